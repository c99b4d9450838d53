//! Steps that many tests take: a paper, a draft, a filed dossier.

use tests::app::TestApp;
use tests::forms::FilePart;
use tests::http::Client;
use tests::page::Page;

/// The number of a citizen.
pub(crate) const CITIZEN: &str = "064190000123";
/// The number of another one.
pub(crate) const STRANGER: &str = "064090000456";
/// UBND thị trấn Ia Kha, a commune of Ia Grai.
pub(crate) const COMMUNE: &str = "H21.58.51";
/// Thủ tục đăng ký khai sinh.
pub(crate) const BIRTH: &str = "1.001193";

/// A small file that is a PDF by its content.
pub(crate) fn paper(name: &str) -> FilePart {
    FilePart::new(name, "application/pdf", b"%PDF-1.7\n% a paper\n%%EOF\n".to_vec())
}

/// A draft with owner, answers and delivery, on the page of the files.
pub(crate) async fn draft(client: &Client) -> Page {
    let page = draft_of(client, BIRTH).await;
    let page = answered(client, page).await;
    let action = page.path().to_owned();
    let form = page.form(&action).fill("way", "online");
    let page = client.submit(&page, form).await.must_be(303);
    client.follow(&page).await.must_be(200)
}

/// A draft of a procedure at the commune, on the first page of its form.
pub(crate) async fn draft_of(client: &Client, procedure: &str) -> Page {
    let page = client.get(&format!("/nop-ho-so/{procedure}?co-quan={COMMUNE}")).await.must_be(200);
    let form =
        page.form(&format!("/nop-ho-so/{procedure}")).fill("address", "Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai");
    let page = client.submit(&page, form).await.must_be(303);
    client.follow(&page).await.must_be(200)
}

/// Answers the pages of the form as far as they go; the page after them.
pub(crate) async fn answered(client: &Client, page: Page) -> Page {
    let mut page = page;
    while page.path().contains("/to-khai/") {
        let sent = client.submit(&page, page.form(page.path()).fill_rest()).await.must_be(303);
        page = client.follow(&sent).await.must_be(200);
    }
    page
}

/// Uploads a paper for the first component and goes to the review.
pub(crate) async fn review(client: &Client, files: &Page) -> Page {
    let form = files.form(files.path()).upload("file-1", paper("giấy chứng sinh.pdf"));
    let page = client.submit(files, form).await.must_be(303);
    let page = client.follow(&page).await.must_be(200);
    page.must_say("giấy chứng sinh.pdf");
    client.get(&files.path().replace("tep-dinh-kem", "xem-lai")).await.must_be(200)
}

/// A filed dossier: its code and its secret.
pub(crate) async fn filed(client: &Client) -> (String, String) {
    let files = draft(client).await;
    let review = review(client, &files).await;
    let page = client.submit(&review, review.form(review.path())).await.must_be(303);
    let page = client.follow(&page).await.must_be(200);
    (between(&page, "id=\"ma-ho-so\">"), between(&page, "id=\"ma-tra-cuu\">"))
}

/// A dossier that was filed by this citizen, with the app's jobs done.
pub(crate) async fn filed_by(app: &TestApp, number: &str) -> (Client, String, String) {
    let client = app.citizen(number).await;
    let (code, secret) = filed(&client).await;
    app.run_jobs().await;
    (client, code, secret)
}

/// What stands between the mark and the next tag.
pub(crate) fn between(page: &Page, mark: &str) -> String {
    let source = page.source();
    let (_, rest) = source.split_once(mark).unwrap_or_else(|| panic!("{} has no {mark}", page.path()));
    rest.split('<').next().unwrap_or_default().to_owned()
}

/// Runs a test on both engines.
macro_rules! on_both_databases {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(tests::app::TestApp::start(tests::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(tests::app::TestApp::start(tests::app::Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(crate) use on_both_databases;
