//! What every page promises, checked on the gallery, which shows every component in every state.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode};
use tower::ServiceExt;

const PAGES: [&str; 8] = [
    "/phong-cach",
    "/phong-cach?trang-thai=loi",
    "/phong-cach?trang-thai=khoa",
    "/phong-cach?trang-thai=trong&lang=en",
    "/phong-cach?nguoi-xem=cong-dan",
    "/phong-cach/trang-chu",
    "/phong-cach/can-bo",
    "/phong-cach/loi?lang=en",
];

#[tokio::test]
async fn every_page_has_one_heading_a_language_and_the_help_desk() {
    for path in PAGES {
        let html = page(path).await;
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<main ").count(), 1, "{path}");
        let language = if path.contains("lang=en") { "<html lang=\"en\">" } else { "<html lang=\"vi\">" };
        assert!(html.contains(language), "{path}");
        assert!(html.contains("href=\"tel:+842693844789\"") && html.contains("(0269) 3844 789"), "{path}");
        assert!(html.contains("class=\"mc-skip\" href=\"#main\"") && html.contains("id=\"main\""), "{path}");
    }
}

#[tokio::test]
async fn every_field_has_its_label_and_every_description_is_there() {
    for path in PAGES {
        let html = page(path).await;
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: an id stands twice");
        let labelled: BTreeSet<&str> = values(&html, "for").into_iter().collect();
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for id in values(&html, name).iter().flat_map(|value| value.split(' ')) {
                assert!(unique.contains(id), "{path}: {name} names {id}, which is not there");
            }
        }
        for tag in tags(&html).filter(|tag| ["input ", "select ", "textarea "].iter().any(|kind| tag.starts_with(kind)))
        {
            if !tag.contains("type=\"hidden\"") {
                let id = values(tag, "id").first().copied().unwrap_or_default();
                assert!(labelled.contains(id), "{path}: no label for <{tag}>");
            }
        }
    }
}

#[tokio::test]
async fn a_refused_form_says_so_beside_each_field_and_keeps_what_was_entered() {
    let html = page("/phong-cach?trang-thai=loi").await;
    assert!(html.contains("<title>Lỗi: "));
    for field in [
        "full_name",
        "email",
        "password",
        "birth_date",
        "kind",
        "delivery",
        "commune",
        "note",
        "paper",
        "agree",
        "captcha",
    ] {
        assert!(html.contains(&format!("<a href=\"#{field}\">")), "the summary does not lead to {field}");
        assert!(html.contains(&format!("id=\"{field}-error\"")), "no error beside {field}");
        let described =
            values(&html, "aria-describedby").into_iter().any(|value| value.contains(&format!("{field}-error")));
        assert!(described, "the error is not tied to {field}");
    }
    assert!(html.contains("value=\"Nguyễn &#60;b&#62;Văn&#60;/b&#62; &#34;A&#34;\""));
    assert!(!html.contains("<b>Văn</b>"));
}

#[tokio::test]
async fn nothing_needs_an_inline_script_or_style() {
    for path in PAGES {
        let html = page(path).await;
        for tag in tags(&html) {
            assert!(!tag.contains(" style="), "{path}: <{tag}>");
            assert!(!tag.contains(" on"), "{path}: <{tag}>");
            assert!(
                !tag.starts_with("script") || (tag.contains("src=\"/assets/") && tag.contains(" defer")),
                "{path}: <{tag}>"
            );
        }
    }
}

#[tokio::test]
async fn every_asset_of_a_page_is_served() {
    for path in PAGES {
        let html = page(path).await;
        for address in [values(&html, "href"), values(&html, "src")].concat() {
            if address.starts_with("/assets/") {
                assert_eq!(get(address).await.0, StatusCode::OK, "{path}: {address}");
            }
        }
    }
}

#[tokio::test]
async fn every_class_in_a_template_is_in_a_stylesheet() {
    let mut css = String::new();
    for sheet in ["portal.css", "office.css"] {
        css.push_str(&get(web::assets::url(sheet)).await.1);
    }
    let known: BTreeSet<&str> = css.split('.').skip(1).map(class_at_start).collect();
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates"))];
    let mut unknown = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let template = fs::read_to_string(&path).unwrap();
            let classes = values(&template, "class").into_iter().flat_map(str::split_whitespace);
            for class in classes.filter(|class| class.starts_with("mc-") && !class.contains(['{', '%'])) {
                if !known.contains(class) {
                    unknown.insert(format!("{class} in {}", path.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "no style for {unknown:#?}");
}

#[test]
fn the_first_view_is_small() {
    // Compressed; the rest of 14 kB is left to the page itself.
    for sheet in ["portal.css", "office.css"] {
        let size = web::assets::sent_size(sheet).unwrap();
        assert!(size <= 5_632, "{sheet} has {size} bytes");
    }
    let script = web::assets::sent_size("portal.js").unwrap();
    assert!(script <= 3_072, "portal.js has {script} bytes");
}

fn class_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The insides of the tags of a page: `input id="x"`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|part| part.split('>').next())
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.match_indices(&start).filter_map(|(at, _)| html[at + start.len()..].split('"').next()).collect()
}

async fn page(path: &str) -> String {
    let (status, html) = get(path).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    html
}

async fn get(path: &str) -> (StatusCode, String) {
    let app: Router = Router::new().merge(web::gallery::router()).merge(web::assets::router());
    let request = Request::get(path).body(Body::empty()).expect("the path is one of this file");
    let response = app.oneshot(request).await.expect("a router always answers");
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("the body is in memory");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}
