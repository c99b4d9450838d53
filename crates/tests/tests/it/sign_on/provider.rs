//! The honest way through the provider: documents, signing in, agreeing, tokens, claims.

use std::time::Duration;

use oidc::Secret;
use oidc::client::{Expected, read_id_token};
use oidc::jose::{Algorithm, JwkSet};
use oidc::{Issuer, UnixTime};
use serde_json::{Value, json};
use tests::app::TestApp;
use tests::portals::{leads_on, national_account, sign_in_national};

use super::client::{
    NUMBER, PHONE, address, agree, claims, code, exchange, on_both, refresh, returned, session_of, signed_in, value,
};

on_both! {
    programs_find_everything_through_the_document;
    somebody_signs_in_agrees_and_the_client_knows_them;
    who_has_agreed_is_not_asked_again_unless_for_more;
    who_says_no_goes_back_without_a_code;
    a_client_that_wants_a_fresh_sign_in_gets_one;
    a_client_that_wants_no_page_gets_none;
    a_request_may_come_as_a_form_of_another_site;
    the_page_that_asks_speaks_both_languages;
    who_has_agreed_can_take_it_back;
}

async fn programs_find_everything_through_the_document(app: TestApp) {
    let page = app.visitor().get("/.well-known/openid-configuration").await.must_be(200);
    assert_eq!(page.header("content-type"), Some("application/json"));
    assert_eq!(page.header("cache-control"), Some("public, max-age=3600"));
    assert_eq!(page.header("access-control-allow-origin"), Some("*"));
    let document = page.json();
    let issuer = app.public_url();
    assert_eq!(document["issuer"], issuer);
    assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
    let keys = document["jwks_uri"].as_str().unwrap().strip_prefix(issuer).unwrap().to_owned();
    let page = app.visitor().get(&keys).await.must_be(200);
    let keys = JwkSet::read(page.bytes()).unwrap();
    assert_eq!(keys.keys().len(), 1);
    assert!(!page.source().contains("\"d\""), "the private half stays at home");
    // The same key is given tomorrow, and by another process.
    app.advance(Duration::from_secs(86_400));
    assert_eq!(JwkSet::read(app.visitor().get("/oidc/jwks").await.bytes()).unwrap(), keys);
}

async fn somebody_signs_in_agrees_and_the_client_knows_them(app: TestApp) {
    let account = national_account(&app, NUMBER, PHONE).await;
    let client = app.visitor();
    // Nobody is signed in: the page of providers, then number, password and code, then the question.
    let page = client.get(&address(&[])).await.must_be(303);
    assert!(
        page.location().starts_with("/dang-nhap?tiep=%2Foidc%2Ftiep")
            || page.location().starts_with("/dang-nhap?tiep=/oidc/tiep")
    );
    let providers = client.follow(&page).await.must_be(200);
    let door = client.get(&providers.link("Tài khoản cấp bởi Cổng DVCQG")).await.must_be(200);
    let signed_in = sign_in_national(&app, &client, &door, NUMBER, PHONE).await;
    let question = client.follow(&signed_in).await.must_be(200);
    assert_eq!(question.heading(), "Cho phép Ứng dụng thử biết thông tin của quý vị?");
    for words in ["Họ và tên, ngày sinh", "Số CMND/CCCD", "Mật khẩu của quý vị không được chia sẻ"]
    {
        question.must_say(words);
    }
    assert!(!question.text().contains("Số điện thoại,"), "what is not asked for is not listed");
    let back = agree(&client, &question).await;
    let names: Vec<_> = returned(&back).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["code", "state", "iss"]);
    assert_eq!(value(&back, "state").as_deref(), Some("trang-thai"));
    assert_eq!(value(&back, "iss").as_deref(), Some(app.public_url()));

    let answer = exchange(&app, &value(&back, "code").unwrap()).await.must_be(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = answer.json();
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(tokens["scope"], "openid profile vn");
    assert_eq!(tokens["refresh_token"], Value::Null, "nobody asked for the time when the person is away");
    let issuer = Issuer::parse(app.public_url()).unwrap();
    let expected = Expected {
        issuer: &issuer,
        client_id: "ung-dung",
        algorithms: &[Algorithm::Es256],
        nonce: &Secret::of("so-1"),
        access_token: &Secret::of(tokens["access_token"].as_str().unwrap()),
        max_age: Some(60),
        now: UnixTime::from_millis(app.now().as_millis()),
    };
    let keys = JwkSet::read(app.visitor().get("/oidc/jwks").await.bytes()).unwrap();
    let token = read_id_token(tokens["id_token"].as_str().unwrap(), &keys, &expected).unwrap();
    assert_eq!(token.subject, account.to_string());
    assert_eq!(token.acr.as_deref(), Some("LoA2"));
    assert!(!token.claims.contains_key("SoDinhDanh"), "the token says who it is and no more");

    let expected = json!({
        "sub": account.to_string(), "TechID": account.to_string(),
        "name": "Rơ Châm H'Lan", "HoVaTen": "Rơ Châm H'Lan",
        "birthdate": "1990-02-05", "NgayThangNamSinh": "19900205",
        "updated_at": app.now().as_millis() / 1000, "LoaiTaiKhoan": "1",
        "SoDinhDanh": NUMBER, "loginIdp": "DVCQG", "loAs": "LoA2",
    });
    let page = claims(&app, &tokens).await.must_be(200);
    assert_eq!(page.json(), expected);
    assert_eq!(page.header("content-type"), Some("application/json"));
}

async fn who_has_agreed_is_not_asked_again_unless_for_more(app: TestApp) {
    let (client, account) = signed_in(&app, NUMBER).await;
    code(&client, &[]).await;
    for changes in [vec![], vec![("scope", "openid")], vec![("state", "khac")]] {
        let page = client.get(&address(&changes)).await.must_be(303);
        assert!(value(page.location(), "code").is_some());
    }
    // Another session of the same account has agreed too; another client, more, or the client's wish are new questions.
    let again = session_of(&app, account).await;
    again.get(&address(&[])).await.must_be(303);
    for changes in [vec![("client_id", "khac")], vec![("scope", "openid phone")], vec![("prompt", "consent")]] {
        client.get(&address(&changes)).await.must_be(200).must_say("Cho phép Ứng dụng thử");
    }
    let page = client.get(&address(&[("scope", "openid phone")])).await;
    agree(&client, &page).await;
    client.get(&address(&[("scope", "openid phone vn")])).await.must_be(303);
}

async fn who_says_no_goes_back_without_a_code(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let page = client.get(&address(&[])).await.must_be(200);
    let form = page.form("/oidc/tiep").press("answer", "refuse");
    let back = leads_on(&client.submit(&page, form).await.must_be(200)).unwrap();
    assert_eq!(value(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!((value(&back, "code"), value(&back, "state").as_deref()), (None, Some("trang-thai")));
    client.get(&address(&[])).await.must_be(200).must_say("Cho phép");
}

async fn a_client_that_wants_a_fresh_sign_in_gets_one(app: TestApp) {
    let (client, account) = signed_in(&app, NUMBER).await;
    code(&client, &[]).await;
    app.advance(Duration::from_secs(600));
    for changes in [("prompt", "login"), ("max_age", "300")] {
        let page = client.get(&address(&[changes])).await.must_be(303);
        assert!(page.location().starts_with("/dang-nhap/cong-dvcqg?tiep="), "{}", page.location());
        // Coming back without having signed in leads to the same door again.
        let tiep = page.location().split("tiep=").nth(1).unwrap();
        let resume = percent_decoded(tiep);
        app.advance(Duration::from_secs(5));
        let again = client.get(&resume).await.must_be(303);
        assert!(again.location().starts_with("/dang-nhap/cong-dvcqg?tiep="));
        // A mark on other parameters, or another moment, is none of ours: it counts from now.
        let forged = resume.replace("luc=1", "luc=0");
        assert!(client.get(&forged).await.must_be(303).location().starts_with("/dang-nhap/cong-dvcqg?tiep="));
        // Whoever has signed in since goes on.
        let fresh = session_of(&app, account).await;
        let back = leads_on(&fresh.get(&resume).await.must_be(200)).expect("the page leads on");
        assert!(value(&back, "code").is_some());
        // An hour later the mark is too old.
        app.advance(Duration::from_secs(3_700));
        assert!(fresh.get(&resume).await.must_be(303).location().starts_with("/dang-nhap/cong-dvcqg?tiep="));
    }
    client.get(&address(&[("max_age", "3000000")])).await.must_be(303);
}

fn percent_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("a={text}").as_bytes()).next().unwrap().1.into_owned()
}

async fn a_client_that_wants_no_page_gets_none(app: TestApp) {
    let nobody = app.visitor();
    let back = nobody.get(&address(&[("prompt", "none")])).await.must_be(303);
    assert_eq!(value(back.location(), "error").as_deref(), Some("login_required"));
    let (client, _) = signed_in(&app, NUMBER).await;
    let back = client.get(&address(&[("prompt", "none")])).await.must_be(303);
    assert_eq!(value(back.location(), "error").as_deref(), Some("consent_required"));
    code(&client, &[]).await;
    let back = client.get(&address(&[("prompt", "none")])).await.must_be(303);
    assert!(value(back.location(), "code").is_some());
}

async fn a_request_may_come_as_a_form_of_another_site(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let query = address(&[]).split_once('?').unwrap().1.to_owned();
    let mut request = tests::http::request("POST", "/oidc/authorize", query.clone().into_bytes());
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    headers.insert("origin", "https://ung-dung.vidu.vn".parse().unwrap());
    let page = client.send(request).await.must_be(303);
    assert!(page.location().starts_with("/oidc/authorize?"));
    client.follow(&page).await.must_be(200).must_say("Cho phép Ứng dụng thử");
    // The answer to the question is no such form.
    let mut request = tests::http::request("POST", &format!("/oidc/tiep?{query}"), b"answer=agree".to_vec());
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    client.send(request).await.must_be(403);
}

async fn the_page_that_asks_speaks_both_languages(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    client.get("/?lang=en").await;
    let page = client.get(&address(&[("scope", "openid profile email phone vn offline_access")])).await.must_be(200);
    assert_eq!(page.heading(), "May Trial application know about you?");
    for words in ["E-mail address", "Telephone number", "Identity number", "90 days", "I agree", "I do not agree"] {
        page.must_say(words);
    }
}

async fn who_has_agreed_can_take_it_back(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let (other, _) = signed_in(&app, "064190000456").await;
    let page = client.get("/tai-khoan").await.must_be(200);
    let page = client.get(&page.link("Các nơi được xem thông tin của tôi")).await.must_be(200);
    page.must_say("Quý vị chưa cho phép nơi nào");
    let scope = [("scope", "openid profile offline_access")];
    let tokens = exchange(&app, &code(&client, &scope).await).await.must_be(200).json();
    let others = exchange(&app, &code(&other, &scope).await).await.must_be(200).json();
    let page = client.get("/tai-khoan/ung-dung").await.must_be(200);
    for words in ["Ứng dụng thử", "Họ và tên, ngày sinh", "90 ngày", "Đồng ý lúc 08:00 23/11/2026"] {
        page.must_say(words);
    }
    let data = client.get("/tai-khoan/du-lieu.json").await.must_be(200).json();
    assert_eq!(data["consents"][0]["may_know"], "openid profile offline_access");
    let form = page.form("/tai-khoan/ung-dung/ung-dung/thu-hoi");
    client.submit(&page, form.clone().forge("csrf", "x")).await.must_be(403);
    claims(&app, &tokens).await.must_be(200);
    let page = client.submit(&page, form).await.must_be(303);
    client.follow(&page).await.must_be(200).must_say("Quý vị chưa cho phép nơi nào");
    // What the client was given opens nothing any more, and it has to ask; another person's is untouched.
    claims(&app, &tokens).await.must_be(401);
    assert_eq!(refresh(&app, &tokens).await.must_be(400).json()["error"], "invalid_grant");
    client.get(&address(&scope)).await.must_be(200).must_say("Cho phép Ứng dụng thử");
    refresh(&app, &others).await.must_be(200);
}
