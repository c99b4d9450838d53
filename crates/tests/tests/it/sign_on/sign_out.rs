//! Signing out, on a client's wish and otherwise, and how the others hear of it.

use serde_json::Value;
use tests::app::TestApp;
use tests::portals::leads_on;
use url::form_urlencoded::Serializer;

use super::client::{AFTER, NUMBER, claims, code, exchange, on_both, session_of, signed_in};

on_both! {
    a_client_that_shows_the_persons_token_signs_them_out_at_once;
    anybody_else_makes_the_person_be_asked;
    nobody_is_sent_to_an_address_that_is_not_registered;
    signing_out_ends_what_the_client_had_of_that_session;
}

fn wish(pairs: &[(&str, &str)]) -> String {
    format!("/oidc/logout?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}

async fn a_client_that_shows_the_persons_token_signs_them_out_at_once(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let tokens: Value = exchange(&app, &code(&client, &[]).await).await.must_be(200).json();
    let hint = tokens["id_token"].as_str().unwrap();
    let address = wish(&[("id_token_hint", hint), ("post_logout_redirect_uri", AFTER), ("state", "s&1")]);
    let page = client.get(&address).await.must_be(303);
    assert_eq!(page.location(), format!("{AFTER}?state=s%261"));
    assert_eq!(client.cookie("motcua-national"), None);
    assert!(client.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"));
    // Who is signed out already goes on all the same.
    client.get(&address).await.must_be(303);
}

async fn anybody_else_makes_the_person_be_asked(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let (other, _) = signed_in(&app, "064190000456").await;
    let tokens: Value = exchange(&app, &code(&other, &[]).await).await.must_be(200).json();
    let others = tokens["id_token"].as_str().unwrap();
    let forged = format!("{}x", &others[..others.len() - 1]);
    for hint in ["", "x", "eyJhbGciOiJub25lIn0.e30.", &forged, others] {
        let address = wish(&[("id_token_hint", hint), ("client_id", "ung-dung"), ("post_logout_redirect_uri", AFTER)]);
        client.get(&address).await.must_be(200).must_say("Quý vị vừa đăng xuất khỏi Ứng dụng thử");
    }
    client.get(&wish(&[])).await.must_be(200).must_say("đăng xuất khỏi Cổng Dịch vụ công quốc gia");
    client.get("/tai-khoan").await.must_be(200);
    // A form of another site only opens the page.
    let mut request = tests::http::request("POST", "/oidc/logout", b"client_id=ung-dung".to_vec());
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    let page = client.send(request).await.must_be(303);
    let page = client.follow(&page).await.must_be(200);
    client.submit(&page, page.form("/oidc/dang-xuat").forge("csrf", "x")).await.must_be(403);
    client.get("/tai-khoan").await.must_be(200);
    // The button signs out, and leads back when the client has said where to.
    let page = client.get(&wish(&[("client_id", "ung-dung"), ("post_logout_redirect_uri", AFTER)])).await;
    let left = client.submit(&page, page.form("/oidc/dang-xuat")).await.must_be(200);
    assert_eq!(leads_on(&left).as_deref(), Some(AFTER));
    client.get("/tai-khoan").await.must_be(303);
}

async fn nobody_is_sent_to_an_address_that_is_not_registered(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let tokens: Value = exchange(&app, &code(&client, &[]).await).await.must_be(200).json();
    let hint = tokens["id_token"].as_str().unwrap();
    for address in ["https://evil.example/", "//evil.example", "https://ung-dung.vidu.vn/da-ra/", "javascript:alert(1)"]
    {
        for more in [vec![("id_token_hint", hint)], vec![("client_id", "ung-dung")], vec![]] {
            let pairs: Vec<_> = more.into_iter().chain([("post_logout_redirect_uri", address)]).collect();
            let page = client.get(&wish(&pairs)).await.must_be(400);
            assert_eq!(page.header("location"), None);
            assert!(!page.source().contains("=\"https://evil") && !page.source().contains("=\"//evil"), "{address}");
        }
    }
    client.get(&wish(&[("id_token_hint", hint), ("client_id", "khac")])).await.must_be(400);
    client.get("/tai-khoan").await.must_be(200);
}

async fn signing_out_ends_what_the_client_had_of_that_session(app: TestApp) {
    let (one, account) = signed_in(&app, NUMBER).await;
    let two = session_of(&app, account).await;
    let of_one: Value = exchange(&app, &code(&one, &[]).await).await.must_be(200).json();
    let of_two: Value = exchange(&app, &code(&two, &[]).await).await.must_be(200).json();
    let kept: Value =
        exchange(&app, &code(&one, &[("scope", "openid profile offline_access")]).await).await.must_be(200).json();
    let page = one.get("/dang-xuat").await.must_be(200);
    one.submit(&page, page.form("/dang-xuat")).await.must_be(303);
    claims(&app, &of_one).await.must_be(401);
    claims(&app, &of_two).await.must_be(200);
    claims(&app, &kept).await.must_be(200);
}
