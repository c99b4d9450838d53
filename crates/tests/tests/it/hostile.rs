//! Hostile input at every door: a clear sentence or a clean 4xx, never a 500, and nothing lost.

use http::Request;
use tests::app::TestApp;
use tests::http::{Client, request};
use tests::page::Page;

use crate::steps::{BIRTH, CITIZEN, COMMUNE, draft, filed_by, on_both_databases};

on_both_databases! {
    forms_take_any_bytes_without_breaking;
    addresses_take_any_bytes_without_breaking;
    other_sites_and_old_forms_change_nothing;
}

fn post(path: &str, kind: &str, body: Vec<u8>) -> Request<Vec<u8>> {
    let mut request = request("POST", path, body);
    request.headers_mut().insert("content-type", kind.parse().unwrap());
    request.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
    request
}

fn assert_clean(page: &Page, what: &str) {
    let status = page.status();
    assert!((300..500).contains(&status) || status == 200, "{what}: {} answered {status}", page.path());
    if status >= 400 {
        assert_eq!(page.source().matches("<h1").count(), 1, "{what}: {} {status} is a page", page.path());
    }
}

async fn forms_take_any_bytes_without_breaking(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let officer = app.officer(COMMUNE).await;
    let files = draft(&citizen).await;
    let csrf = files.form(files.path()).value("csrf").unwrap().to_owned();
    let page = officer.get(&format!("/can-bo/ho-so/{code}")).await;
    let desk_csrf = page.form(&format!("/can-bo/ho-so/{code}/tu-choi")).value("csrf").unwrap().to_owned();
    let of_draft = |page: &str| files.path().replace("tep-dinh-kem", page);
    let doors: Vec<(&Client, String, &str)> = vec![
        (&citizen, "/dang-nhap".into(), &csrf),
        (&citizen, "/dang-ky/cong-dan".into(), &csrf),
        (&citizen, "/dang-ky/cong-dan/thong-tin".into(), &csrf),
        (&citizen, "/tra-cuu".into(), &csrf),
        (&citizen, format!("/nop-ho-so/{BIRTH}?co-quan={COMMUNE}"), &csrf),
        (&citizen, of_draft("chu-ho-so"), &csrf),
        (&citizen, of_draft("noi-nhan-ket-qua"), &csrf),
        (&officer, "/can-bo/dang-nhap".into(), &desk_csrf),
        (&officer, format!("/can-bo/ho-so/{code}/tu-choi"), &desk_csrf),
    ];
    let names = [
        "full_name",
        "number",
        "phone",
        "email",
        "address",
        "way",
        "post_name",
        "post_address",
        "code",
        "secret",
        "login",
        "password",
        "password_again",
        "legal_ground",
        "birth_date.day",
        "kind",
        "relation",
    ];
    let values =
        ["", "%00", "%0A%0D", "-1", "%F0%9F%98%80", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "'%3B--", "%E2%80%AE"];
    for (client, path, csrf) in &doors {
        for value in values {
            let fields: String = names.iter().map(|name| format!("&{name}={value}")).collect();
            let page = client
                .send(post(path, "application/x-www-form-urlencoded", format!("csrf={csrf}{fields}").into_bytes()))
                .await;
            assert_clean(&page, value);
            assert!(!page.source().contains("<script>alert"), "{path} gives a script back");
        }
        let cases: [(&str, &str, Vec<u8>, &[u16]); 4] = [
            ("nothing", "application/x-www-form-urlencoded", Vec::new(), &[403, 422, 200, 303]),
            (
                "wrong UTF-8",
                "application/x-www-form-urlencoded",
                format!("csrf={csrf}&full_name=%ff%fe").into_bytes(),
                &[400],
            ),
            (
                "10 MB",
                "application/x-www-form-urlencoded",
                [format!("csrf={csrf}&full_name=").into_bytes(), vec![b'a'; 10 << 20]].concat(),
                &[413],
            ),
            ("another kind", "text/plain", b"a".to_vec(), &[400]),
        ];
        for (what, kind, body, expected) in cases {
            let page = client.send(post(path, kind, body)).await;
            assert_clean(&page, what);
            assert!(expected.contains(&page.status()), "{what}: {path} answered {}", page.status());
        }
    }
    for (what, body) in [
        ("no end", "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc".as_bytes().to_vec()),
        ("garbage", vec![0xff; 4096]),
        ("empty", Vec::new()),
    ] {
        let page = citizen.send(post(files.path(), "multipart/form-data; boundary=x", body)).await;
        assert_clean(&page, what);
        assert!(page.status() >= 400, "{what}");
    }
    // Nothing of all this touched what was there.
    citizen.get(&format!("/ho-so/{code}")).await.must_be(200).must_say("Mới đăng ký");
    citizen.get(files.path()).await.must_be(200);
}

async fn addresses_take_any_bytes_without_breaking(app: TestApp) {
    let (citizen, code, _) = filed_by(&app, CITIZEN).await;
    let long = "a".repeat(8_000);
    let ids = [
        "-1",
        "0",
        "%00",
        "%ff",
        "..%2F..%2Fetc%2Fpasswd",
        "%F0%9F%98%80",
        "00000000000000000000000000000000",
        "H21.58.51-261123-9999",
        &long,
    ];
    let shapes = [
        "/thu-tuc/{}",
        "/thu-tuc?q={}&trang={}&linh-vuc={}&cap={}&co-quan={}",
        "/co-quan/{}",
        "/ho-so/{}",
        "/ho-so/{}/da-nop",
        "/ho-so/{}/tep/{}",
        "/ho-so/{}/giay-to/{}",
        "/nop-ho-so/{}",
        "/nop-ho-so/1.001193?co-quan={}",
        "/nop-ho-so/1.001193/{}/tep-dinh-kem",
        "/nop-ho-so/1.001193/{}/xem-lai",
        "/tra-cuu?ma={}",
        "/dang-ky/xac-nhan?ma={}",
        "/dang-nhap?tiep={}",
        "/can-bo/ho-so/{}",
        "/can-bo?trang-thai={}&sau={}&co-quan={}",
        "/assets/{}",
        "/{}",
    ];
    for shape in shapes {
        for id in ids {
            let page = citizen.get(&shape.replace("{}", id)).await;
            assert_clean(&page, shape);
        }
    }
    let garbage = "x".repeat(3_000);
    for cookie in ["", "0", garbage.as_str(), "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"] {
        let visitor = app.visitor();
        visitor.set_cookie("motcua-province", cookie);
        visitor.get("/").await.must_be(200);
        visitor.get(&format!("/ho-so/{code}")).await.must_be(303);
    }
}

async fn other_sites_and_old_forms_change_nothing(app: TestApp) {
    let client = app.citizen(CITIZEN).await;
    let files = draft(&client).await;
    let review = crate::steps::review(&client, &files).await;
    let csrf = review.form(review.path()).value("csrf").unwrap().to_owned();
    let mut foreign = post(review.path(), "application/x-www-form-urlencoded", format!("csrf={csrf}").into_bytes());
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    client.send(foreign).await.must_be(403);
    let stale = post(review.path(), "application/x-www-form-urlencoded", b"csrf=0123".to_vec());
    client.send(stale).await.must_be(403).must_say("Phiên làm việc đã hết hạn");
    assert_eq!(client.get("/ho-so").await.source().matches("261123-0001").count(), 0);
    let filed = client.submit(&review, review.form(review.path())).await.must_be(303);
    assert_eq!(filed.location(), "/ho-so/H21.58.51-261123-0001/da-nop");
}
