//! Requests that lie: nobody is sent where nobody may be sent, and no page is drawn for what was forged.

use tests::app::TestApp;

use super::client::{NUMBER, REDIRECT, address, on_both, signed_in, value};

on_both! {
    nobody_is_sent_to_an_address_that_is_not_registered;
    what_else_is_wrong_the_client_is_told_at_its_own_address;
    the_question_is_answered_by_the_person_alone;
    the_way_back_from_signing_in_stays_here;
}

async fn nobody_is_sent_to_an_address_that_is_not_registered(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let wrong = [
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "//evil.example/"),
        ("redirect_uri", "https:\\\\evil.example"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve/"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve?x=1"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve#"),
        ("redirect_uri", "https://ung-dung.vidu.vn/../ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn@evil.example/ve"),
        ("redirect_uri", "HTTPS://ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve\r\nSet-Cookie: a=b"),
        ("redirect_uri", "javascript:alert(document.domain)"),
        ("redirect_uri", "https://ung-dung.vidu.vn"),
        ("redirect_uri", "https://ung-dung.vidu.vn/"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve2"),
        ("redirect_uri", "https://ung-dung.vidu.vn/VE"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve/../evil"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve/..%2fevil"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve%2f..%2fevil"),
        ("redirect_uri", "https://ung-dung.vidu.vn/%76e"),
        ("redirect_uri", "https%3A%2F%2Fung-dung.vidu.vn%2Fve"),
        ("redirect_uri", "https://ung-dung.vidu.vn:443/ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn:8443/ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn./ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn.evil.example/ve"),
        ("redirect_uri", "https://evil.example/https://ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://evil.example\\@ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://evil.example#@ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://a:b@ung-dung.vidu.vn/ve"),
        ("redirect_uri", "http://ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://ung-dung.vidu.vn/ve\t"),
        ("redirect_uri", " https://ung-dung.vidu.vn/ve"),
        ("redirect_uri", "https://*.vidu.vn/ve"),
        ("redirect_uri", "http://127.0.0.1/ve"),
        ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"),
        ("redirect_uri", ""),
        ("client_id", "khong-co"),
        ("client_id", "<script>alert(1)</script>"),
        ("client_id", ""),
    ];
    for change in wrong {
        for visitor in [&client, &app.visitor()] {
            let page = visitor.get(&address(&[change, ("prompt", "none")])).await.must_be(400);
            assert_eq!(page.header("location"), None, "{change:?}");
            assert_eq!(page.heading(), "Không thể đăng nhập từ trang này");
            for led in ["=\"https://evil", "=\"//evil", "url=https", "alert(", "<script>alert"] {
                assert!(!page.source().contains(led), "{change:?} leads on");
            }
        }
    }
    for twice in ["client_id=khac", "redirect_uri=https%3A%2F%2Fevil.example%2F"] {
        client.get(&format!("{}&{twice}", address(&[]))).await.must_be(400);
    }
    client.get(&format!("{}&x={}", address(&[]), "a".repeat(20_000))).await.must_be(400);
    client.get("/oidc/authorize").await.must_be(400);
}

async fn what_else_is_wrong_the_client_is_told_at_its_own_address(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let wrong = [
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("response_mode", "fragment"), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("request", "eyJhbGciOiJub25lIn0.e30."), "request_not_supported"),
        (("request_uri", "http://169.254.169.254/"), "request_uri_not_supported"),
        (("prompt", "none login"), "invalid_request"),
    ];
    for (change, expected) in wrong {
        let page = client.get(&address(&[change])).await.must_be(303);
        assert!(page.location().starts_with(&format!("{REDIRECT}?error={expected}")), "{}", page.location());
        assert_eq!(value(page.location(), "state").as_deref(), Some("trang-thai"));
        assert_eq!(value(page.location(), "iss").as_deref(), Some(app.public_url()));
    }
}

async fn the_question_is_answered_by_the_person_alone(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let (other, _) = signed_in(&app, "064190000456").await;
    let page = client.get(&address(&[])).await.must_be(200);
    let form = page.form("/oidc/tiep").press("answer", "agree");
    // Somebody else's form, no form, a form of a session that has ended.
    client.submit(&page, form.clone().forge("csrf", "0123456789abcdef0123456789abcdef")).await.must_be(403);
    other.submit(&page, form.clone()).await.must_be(403);
    client.submit(&page, form.clone().forge("answer", "")).await.must_be(200).must_say("Cho phép");
    let nobody = app.visitor().submit(&page, form).await.must_be(303);
    assert!(nobody.location().starts_with("/dang-nhap?tiep="));
    assert_eq!(page.header("x-frame-options"), Some("DENY"));
    client.get(&address(&[])).await.must_be(200).must_say("Cho phép");
}

async fn the_way_back_from_signing_in_stays_here(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    for back in ["//evil.example", "/\\evil.example", "https://evil.example", "%2F%2Fevil.example", "/%5Cevil.example"]
    {
        let page = client.get(&format!("/dang-nhap?tiep={back}")).await.must_be(303);
        assert_eq!(page.location(), "/", "{back}");
    }
}
