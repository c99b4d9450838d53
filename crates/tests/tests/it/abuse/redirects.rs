//! The way back after signing in stays on the portal, however it is written, as a browser resolves it.

use tests::app::{PASSWORD, TestApp, register};
use tests::html::links;
use tests::page::Page;
use tests::portals::national_account;
use url::Url;
use usecases::demo::DEMO_PASSWORD;

use super::{NUMBER, PHONE, at_the_nation, code_to, half_way, post};
use crate::steps::on_both_databases;

on_both_databases! {
    no_way_back_leads_to_another_site;
}

at_the_nation! {
    no_way_back_leads_from_the_nation_to_another_site;
}

const HOME: &str = "http://motcua.test/";

/// Ways to write another site, and other mischief, as the value of a query.
fn foreign() -> Vec<String> {
    let mut all: Vec<String> = [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "%2f%2fevil.example",
        "%2F%2Fevil.example/%2e%2e",
        "/%2fevil.example",
        "/%252fevil.example",
        "%5c%5cevil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "/%5cevil.example",
        "\\/evil.example",
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%0d%0a/evil.example",
        "%09//evil.example",
        "%20//evil.example",
        "%0a%0a//evil.example",
        "%00//evil.example",
        "/%00/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://evil.example",
        "https%3A%2F%2Fevil.example",
        "HTTPS://evil.example",
        "http://motcua.test@evil.example",
        "//motcua.test@evil.example",
        "//motcua.test%2eevil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/ho-so%0d%0aSet-Cookie:%20motcua-province=x",
        "/ho-so%0d%0aLocation:%20https://evil.example",
        "/ho-so%0aX:%20y",
        "/.//evil.example",
        "/..//evil.example",
        "/ho-so/..//..//evil.example",
        "/%2e%2e//evil.example",
        "/;@evil.example",
        "?//evil.example",
        "%E2%80%AE/evil.example",
        "/%EF%BC%8Fevil.example",
        "%FF%FE",
        "",
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect();
    all.push(format!("/{}", "a".repeat(30_000)));
    all.push(format!("//evil.example/{}", "a".repeat(7_000)));
    all
}

/// Where a browser on the portal would go.
fn resolved(location: &str) -> Url {
    Url::parse(HOME).unwrap().join(location).unwrap_or_else(|error| panic!("{location:.200}: {error}"))
}

#[track_caller]
fn assert_stays(location: &str, way: &str) {
    let target = resolved(location);
    assert_eq!(target.host_str(), Some("motcua.test"), "{way:.200} leads to {target}");
    assert_eq!(target.scheme(), "http", "{way:.200} leads to {target}");
    assert!(target.username().is_empty() && target.port().is_none(), "{way:.200} leads to {target}");
}

/// No header that the address has made, and no link or form of the page that leads away with it.
#[track_caller]
fn assert_page_stays(page: &Page, way: &str) {
    assert!(page.status() < 500, "{way:.200}: {}", page.status());
    assert!(page.header("x").is_none(), "{way:.200}");
    for cookie in page.headers().get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(!cookie.contains("motcua-province=x"), "{way:.200}: {cookie}");
    }
    if page.status() == 303 {
        assert_stays(page.location(), way);
    }
    let links = links(&page.source());
    for (_, href) in links.iter().filter(|(_, href)| href.contains("evil.example")) {
        assert_stays(href, way);
        for (name, value) in resolved(href).query_pairs() {
            assert_ne!(name, "");
            // The same page in the other language is asked with the same words, and judges them again.
            if name == "tiep" && !href.contains("lang=") {
                assert_stays(&value, way);
            }
        }
    }
}

async fn no_way_back_leads_to_another_site(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    let login = "h21.58.51";
    for way in foreign() {
        let visitor = app.visitor();
        let door = format!("/dang-nhap?tiep={way}");
        assert_page_stays(&visitor.get(&door).await, &way);
        assert_page_stays(&visitor.get(&format!("/dang-ky?tiep={way}")).await, &way);
        assert_page_stays(&visitor.get("/dang-nhap").await, &way);
        assert_page_stays(&post(&visitor, &format!("/dang-ky?tiep={way}"), &[("kind", "citizen")]).await, &way);
        let wrong = post(&visitor, &door, &[("number", NUMBER), ("password", "sai")]).await.must_be(422);
        assert_page_stays(&wrong, &way);
        let done = post(&visitor, &door, &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
        assert_page_stays(&done, &way);
        // Who is signed in already is led on at once.
        assert_page_stays(&visitor.get(&door).await, &way);
        // The memory of the browser is as little to be trusted.
        if way.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';') && way.len() < 4_000 {
            let remembering = app.visitor();
            remembering.set_cookie("motcua-way-back", &way);
            assert_page_stays(&remembering.get("/dang-ky/cong-dan").await, &way);
        }
        let officer = app.visitor();
        let door = format!("/can-bo/dang-nhap?tiep={way}");
        assert_page_stays(&officer.get(&door).await, &way);
        let decoded = percent_decoded(&way);
        let fields = [("login", login), ("password", DEMO_PASSWORD), ("tiep", decoded.as_str())];
        assert_page_stays(&post(&officer, &door, &fields).await, &way);
        assert_page_stays(&app.visitor().get(&format!("/dang-nhap/qua/quoc-gia?tiep={way}")).await, &way);
        assert_page_stays(&app.visitor().get(&format!("/dang-nhap?sau={way}&lang={way}&tiep=/ho-so")).await, &way);
    }
}

async fn no_way_back_leads_from_the_nation_to_another_site(app: TestApp) {
    national_account(&app, NUMBER, PHONE).await;
    for (number, way) in foreign().into_iter().enumerate() {
        let visitor = app.visitor();
        for door in ["/dang-nhap", "/dang-nhap/cong-dvcqg", "/dang-ky", "/dang-ky/cong-dan"] {
            assert_page_stays(&visitor.get(&format!("{door}?tiep={way}")).await, &way);
        }
        // Once in the hour of a few: signing in takes a text message each.
        if number % 6 == 0 {
            app.advance(std::time::Duration::from_secs(61));
        }
        let half = half_way(&visitor, NUMBER, PASSWORD).await.must_be(303);
        let code = code_to(&app, PHONE).await;
        let address = half.location().split('?').next().unwrap().to_owned();
        assert_page_stays(&post(&visitor, &format!("{address}?tiep={way}"), &[("code", "x")]).await, &way);
        assert_page_stays(&post(&visitor, &format!("{address}/gui-lai?tiep={way}"), &[]).await, &way);
        let done = post(&visitor, &format!("{address}?tiep={way}"), &[("code", &code)]).await.must_be(303);
        assert_page_stays(&done, &way);
        assert_page_stays(&visitor.get(&format!("/dang-nhap?tiep={way}")).await, &way);
    }
}

fn percent_decoded(text: &str) -> String {
    let pair = format!("a={}", text.replace('+', "%2B").replace('&', "%26"));
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
    decoded.unwrap_or_default()
}
