//! Steps that the tests of accounts take.

use tests::app::{PASSWORD, TestApp, email_of};
use tests::forms::Form;
use tests::http::Client;
use tests::page::Page;

/// The number of a citizen.
pub(super) const NUMBER: &str = "064190000123";
/// The tax number of an enterprise.
pub(super) const TAX_NUMBER: &str = "0100109106";

/// The number of the person who answers for the enterprise.
pub(super) const REPRESENTATIVE: &str = "064185001234";

/// The page that asks for password and personal data.
pub(super) async fn details(client: &Client, kind: &str, number: &str) -> Page {
    let answer = enter_number(client, kind, number).await.must_be(200);
    let title = match kind {
        "doanh-nghiep" => "Mật khẩu và thông tin doanh nghiệp",
        _ => "Mật khẩu và thông tin cá nhân",
    };
    answer.must_say(title);
    answer
}

/// Enters a number and presses *Tiến hành đăng ký*.
pub(super) async fn enter_number(client: &Client, kind: &str, number: &str) -> Page {
    let address = format!("/dang-ky/{kind}");
    client.post_form(&address, &address, &[("number", number)]).await
}

/// A citizen's data, filled in without a fault.
pub(super) fn filled(page: &Page) -> Form {
    let form = page.form(page_action(page)).fill("password", PASSWORD).fill("password_again", PASSWORD);
    let form = form.fill("full_name", "Rơ Châm H'Lan").fill("phone", "0912345678").fill("email", &email_of(NUMBER));
    if form.names().contains(&"birth_date.year") { form.fill("birth_date.year", "1990") } else { represented(form) }
}

/// The person who answers for an enterprise; a household business is not asked for the number again.
fn represented(form: Form) -> Form {
    let form = form.fill("representative_name", "Nguyễn Thị Hòa").fill("representative_birth_date.year", "1985");
    match form.names().contains(&"representative_number") {
        true => form.fill("representative_number", REPRESENTATIVE),
        false => form,
    }
}

fn page_action(page: &Page) -> &'static str {
    if page.path().contains("doanh-nghiep") { "/dang-ky/doanh-nghiep/thong-tin" } else { "/dang-ky/cong-dan/thong-tin" }
}

/// Registers a citizen and stops before the letter is opened; answers the address of the page that waits for it.
pub(super) async fn registered(client: &Client, number: &str) -> String {
    let page = details(client, "cong-dan", number).await;
    client.submit(&page, filled(&page)).await.must_be(303).location().to_owned()
}

/// The links in the letters to this address, the newest first, as paths of the portal.
pub(super) async fn links_to(app: &TestApp, email: &str) -> Vec<String> {
    app.run_jobs().await;
    let letters = app.letters(email);
    letters.iter().map(|letter| letter.links[0].trim_start_matches("http://motcua.test").to_owned()).collect()
}

/// Tries to sign in.
pub(super) async fn try_sign_in(client: &Client, number: &str, password: &str) -> Page {
    client.post_form("/dang-nhap", "/dang-nhap", &[("number", number), ("password", password)]).await
}
