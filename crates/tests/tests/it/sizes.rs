//! No page of the citizen needs more than 14 KB, compressed, for HTML and CSS on the first view (design.md §5).

use std::io::Cursor;

use domain::catalogue::Fileability;
use tests::app::{Engine, TestApp};
use tests::http::Client;
use tests::page::Page;

use crate::steps::{BIRTH, CITIZEN, COMMUNE, answered, draft, review};

const BAR: usize = 14 * 1024;

/// The bytes of the first view: the page as a browser gets it compressed, and its stylesheet.
fn first_view(page: &Page) -> usize {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut Cursor::new(page.bytes()), &mut compressed, &parameters).unwrap();
    compressed.len() + web::assets::sent_size("portal.css").unwrap()
}

fn assert_light(page: &Page) {
    let bytes = first_view(page);
    assert!(bytes <= BAR, "{} needs {bytes} bytes", page.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_journey_is_light() {
    let app = TestApp::start(Engine::Sqlite).await;
    let visitor = app.visitor();
    for path in [
        "/",
        "/dich-vu-cong",
        "/thu-tuc",
        "/thu-tuc?q=khai+sinh",
        "/thu-tuc/1.001193",
        "/co-quan",
        "/co-quan/H21.58",
        "/ho-tro",
        "/tra-cuu",
        "/dang-ky",
        "/dang-ky/cong-dan",
        "/dang-nhap",
        "/can-bo/dang-nhap",
        "/nop-ho-so/1.001193",
        "/nothing",
    ] {
        assert_light(&visitor.get(path).await);
        assert_light(&visitor.get(&format!("{path}{}lang=en", if path.contains('?') { '&' } else { '?' })).await);
    }
    let client = app.citizen(CITIZEN).await;
    assert_light(&client.get(&format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}")).await);
    let files = draft(&client).await;
    assert_light(&files);
    assert_light(&client.get(&files.path().replace("tep-dinh-kem", "noi-nhan-ket-qua")).await);
    let review = review(&client, &files).await;
    assert_light(&review);
    let done = client.submit(&review, review.form(review.path())).await.must_be(303);
    let code = done.location().trim_start_matches("/ho-so/").trim_end_matches("/da-nop").to_owned();
    for path in [format!("/ho-so/{code}"), format!("/ho-so/{code}/da-nop"), "/ho-so".into(), "/tai-khoan".into()] {
        assert_light(&client.get(&path).await.must_be(200));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_lists_of_papers_are_light_too() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(CITIZEN).await;
    let content = app.portal().app().content();
    let mut fileable: Vec<_> = content
        .procedures
        .all()
        .iter()
        .filter(|procedure| content.fileability(&procedure.code) == Some(Fileability::Here))
        .map(|procedure| {
            let detail = content.procedures.detail(&procedure.code).unwrap();
            let letters: usize = detail.components().map(|component| component.name.len()).sum();
            (letters, procedure.code.to_string())
        })
        .collect();
    fileable.sort_unstable_by(|left, right| right.cmp(left));
    for (_, code) in fileable.iter().take(10) {
        let agency = content.agencies_of(&code.parse().unwrap())[0].to_string();
        let files = files_page(&client, code, &agency).await;
        assert_light(&files);
        for link in files
            .source()
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next())
            .filter(|link| link.contains("trang="))
        {
            assert_light(&client.get(link).await.must_be(200));
        }
    }
}

async fn files_page(client: &Client, procedure: &str, agency: &str) -> Page {
    let page = client.get(&format!("/nop-ho-so/{procedure}?co-quan={agency}")).await.must_be(200);
    assert_light(&page);
    let form = page.form(&format!("/nop-ho-so/{procedure}")).fill("address", "Huyện Ia Grai, tỉnh Gia Lai");
    let page = client.submit(&page, form).await.must_be(303);
    let page = answered(client, client.follow(&page).await.must_be(200)).await;
    let form = page.form(page.path()).fill("way", "online");
    let page = client.submit(&page, form).await.must_be(303);
    client.follow(&page).await.must_be(200)
}
