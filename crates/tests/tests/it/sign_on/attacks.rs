//! Attacks on the national portal as a provider: things said twice or at length, addresses that only look right, people led
//! astray, questions answered by somebody else.

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use tests::app::TestApp;
use tests::http::request;
use tests::page::Page;
use tests::portals::{national_account, sign_in_national};
use url::Url;
use url::form_urlencoded::Serializer;

use super::client::{
    AFTER, NUMBER, REDIRECT, address, ask_tokens, basic, code, exchange, on_both, refresh, returned, signed_in, value,
    verifier,
};

on_both! {
    what_a_request_says_twice_gives_no_code;
    what_an_exchange_says_twice_is_not_looked_at;
    bodies_that_no_client_sends_get_an_answer_that_clients_read;
    nobody_is_led_away_after_signing_in;
    nobody_is_led_away_after_signing_out;
    a_question_that_was_not_shown_is_not_answered;
    a_client_gets_nothing_of_what_another_was_given;
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Where people shall be led who are not careful: to another site, however it is written.
const ELSEWHERE: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\r\n/evil.example",
    "/\u{0}/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "https://evil.example",
    "https:evil.example",
    "hTTps:\\\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "@evil.example",
    ".evil.example",
    ":80@evil.example",
    "/tai-khoan\r\nSet-Cookie: a=b",
    "//evil\u{3002}example",
];

/// Panics unless a browser that is on this portal stays there when it follows the redirect.
#[track_caller]
fn must_stay(app: &TestApp, page: &Page, what: &str) {
    let here = Url::parse(app.public_url()).unwrap();
    let there = here.join(page.location()).unwrap_or_else(|error| panic!("{what:?}: {}: {error}", page.location()));
    assert_eq!(there.origin(), here.origin(), "{what:?} leads to {}", page.location());
    assert!(!page.location().contains(|c: char| c.is_control() || c == '\\'), "{what:?}: {:?}", page.location());
    assert!(page.headers().get_all("set-cookie").iter().all(|cookie| !cookie.to_str().unwrap().starts_with("a=")));
}

/// Panics when anything on the page leads to the other site.
#[track_caller]
fn links_must_stay(app: &TestApp, page: &Page, what: &str) {
    let here = Url::parse(app.public_url()).unwrap();
    let source = page.source();
    for address in source.split("=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let leads_away =
            address.contains("evil") && here.join(address).is_ok_and(|there| there.origin() != here.origin());
        assert!(!leads_away, "{what:?} leads to {address}");
    }
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

async fn what_a_request_says_twice_gives_no_code(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    code(&client, &[]).await;
    let names = [
        "response_type",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "response_mode",
        "prompt",
        "max_age",
        "acr_values",
        "ui_locales",
        "id_token_hint",
        "request",
        "request_uri",
    ];
    for name in names {
        let honest = address(&[]);
        let honest = honest.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        let honest = honest.map_or("query".into(), |value| value.replace('+', " "));
        // The same twice, another beside it, and one with its name spelt in another way.
        for other in [honest.as_str(), "khac"] {
            let page = client.get(&address(&[(name, &honest), (name, other)])).await.must_be(303);
            assert_eq!(value(page.location(), "error").as_deref(), Some("invalid_request"), "{name}");
            assert_eq!(value(page.location(), "code"), None, "{name}");
        }
        let spelt = format!("{}&%{:02x}{}=khac", address(&[(name, &honest)]), name.as_bytes()[0], &name[1..]);
        let page = client.get(&spelt).await.must_be(303);
        assert_eq!(value(page.location(), "error").as_deref(), Some("invalid_request"), "{spelt}");
    }
    // Which state was meant cannot be known, so none goes back.
    let page = client.get(&address(&[("state", "a"), ("state", "b")])).await.must_be(303);
    assert_eq!(value(page.location(), "state"), None);
    let long = "a".repeat(2_049);
    for change in [("state", long.as_str()), ("nonce", &long[..513]), ("max_age", "99999999999"), ("max_age", "-1")] {
        let page = client.get(&address(&[change])).await.must_be(303);
        assert_eq!(value(page.location(), "error").as_deref(), Some("invalid_request"), "{}", change.0);
        assert!(page.location().len() < 3_000, "what is too long does not come back");
    }
    // More than anybody needs is not read at all, and goes nowhere.
    for flood in ["&x=1".repeat(60), format!("&x={}", "a".repeat(16_384))] {
        client.get(&format!("{}{flood}", address(&[]))).await.must_be(400);
    }
}

async fn what_an_exchange_says_twice_is_not_looked_at(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let code = code(&client, &[("scope", "openid offline_access")]).await;
    let verifier = verifier();
    let secret = super::client::secret();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier.as_str()),
        ("client_id", "ung-dung"),
        ("client_secret", secret.as_str()),
    ];
    for (name, value) in pairs {
        for other in [value, "khac", ""] {
            let twice: Vec<_> = pairs.into_iter().chain([(name, other)]).collect();
            let page = ask_tokens(&app, None, &twice).await.must_be(400);
            assert_eq!(page.json()["error"], "invalid_request", "{name}");
        }
    }
    // In the header and in the form, or as two clients at once.
    let two_ways = [
        vec![("client_secret", secret.as_str())],
        vec![("client_id", "khac")],
        vec![("client_id", "khac"), ("client_secret", secret.as_str())],
    ];
    for more in two_ways {
        let both: Vec<_> = pairs[..4].iter().copied().chain(more).collect();
        assert_eq!(ask_tokens(&app, Some(&basic()), &both).await.must_be(400).json()["error"], "invalid_request");
    }
    // None of it has used the code up.
    let tokens = exchange(&app, &code).await.must_be(200).json();
    let token = tokens["refresh_token"].as_str().unwrap();
    let pairs = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "openid"), ("scope", "openid")];
    assert_eq!(ask_tokens(&app, Some(&basic()), &pairs).await.must_be(400).json()["error"], "invalid_request");
    refresh(&app, &tokens).await.must_be(200);
}

async fn bodies_that_no_client_sends_get_an_answer_that_clients_read(app: TestApp) {
    let post = async |path: &str, kind: &str, body: Vec<u8>| {
        let mut request = request("POST", path, body);
        request.headers_mut().insert(CONTENT_TYPE, kind.parse().unwrap());
        app.visitor().send(request).await
    };
    let long = [b"grant_type=".to_vec(), vec![b'a'; 3 << 20]].concat();
    let bodies = [
        (FORM, long.clone()),
        (FORM, "a=1&".repeat(65).into_bytes()),
        (FORM, b"\xff\xfe".to_vec()),
        (FORM, Vec::new()),
        (FORM, b"=&=&&&=".to_vec()),
        ("application/json", br#"{"grant_type":"authorization_code","client_id":"ung-dung"}"#.to_vec()),
        ("multipart/form-data; boundary=x", b"--x--".to_vec()),
        ("text/plain", b"grant_type=authorization_code&client_id=khac".to_vec()),
    ];
    for (kind, body) in bodies {
        let length = body.len();
        let page = post("/oidc/token", kind, body).await;
        assert!(matches!(page.status(), 400 | 401), "{kind}, {length}: {}", page.status());
        assert!(page.json()["error"].is_string(), "{kind}, {length}");
        assert_eq!(page.header("cache-control"), Some("no-store"));
    }
    for path in ["/oidc/authorize", "/oidc/logout"] {
        for body in [long.clone(), b"\xff\xfe".to_vec(), "a=1&".repeat(65).into_bytes()] {
            let page = post(path, FORM, body).await;
            assert!(matches!(page.status(), 400 | 413), "{path}: {}", page.status());
            assert!(!page.heading().is_empty(), "a page that people read");
        }
    }
    // An access token is looked for in the header, once, and nowhere else.
    for header in
        ["Bearer", "Bearer a b", "Bearer a, Bearer b", "Basic a", "DPoP a", &format!("Bearer {}", "a".repeat(600))]
    {
        let mut request = request("GET", "/oidc/userinfo", Vec::new());
        request.headers_mut().insert(AUTHORIZATION, header.parse().unwrap());
        let page = app.visitor().send(request).await;
        assert!(matches!(page.status(), 400 | 401) && page.json()["error"].is_string(), "{header}");
        assert!(page.header("www-authenticate").unwrap().starts_with("Bearer "));
    }
}

async fn nobody_is_led_away_after_signing_in(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    for back in ELSEWHERE {
        for door in ["/dang-nhap", "/dang-nhap/cong-dvcqg"] {
            let page = client.get(&format!("{door}?{}", encoded(&[("tiep", back)]))).await;
            if page.status() == 303 {
                must_stay(&app, &page, back);
            } else {
                links_must_stay(&app, &page.must_be(200), back);
            }
        }
    }
    // Through the form itself, to the end.
    let number = "064190000456";
    national_account(&app, number, "0967654321").await;
    for back in ["//evil.example", "/\t/evil.example", "/tai-khoan\r\nSet-Cookie: a=b"] {
        let visitor = app.visitor();
        let page = visitor.get(&format!("/dang-nhap/cong-dvcqg?{}", encoded(&[("tiep", back)]))).await.must_be(200);
        let done = sign_in_national(&app, &visitor, &page, number, "0967654321").await;
        must_stay(&app, &done, back);
        app.advance(std::time::Duration::from_secs(120));
    }
}

async fn nobody_is_led_away_after_signing_out(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let tokens = exchange(&app, &code(&client, &[]).await).await.must_be(200).json();
    let hint = tokens["id_token"].as_str().unwrap();
    let more = [
        "https://ung-dung.vidu.vn/da-ra?x=1",
        "https://ung-dung.vidu.vn/da-ra%2f",
        REDIRECT,
        "https://ung-dung.vidu.vn:8443/da-ra",
    ];
    for back in ELSEWHERE.iter().chain(&more) {
        for who in [("id_token_hint", hint), ("client_id", "ung-dung")] {
            let wish = format!("/oidc/logout?{}", encoded(&[who, ("post_logout_redirect_uri", back)]));
            let page = client.get(&wish).await.must_be(400);
            assert_eq!(page.header("location"), None);
            let agreed = wish.replace("/oidc/logout", "/oidc/dang-xuat");
            assert!(matches!(app.visitor().send(request("POST", &agreed, Vec::new())).await.status(), 400 | 403));
        }
    }
    for name in ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"] {
        let twice = [("id_token_hint", hint), ("post_logout_redirect_uri", AFTER), (name, "khac"), (name, "khac")];
        client.get(&format!("/oidc/logout?{}", encoded(&twice))).await.must_be(400);
    }
    client.get("/tai-khoan").await.must_be(200);
    // The client's own state comes back as a value and as nothing else.
    let state = "a\r\nSet-Cookie: a=b&iss=x#\"><script>";
    let wish = [("id_token_hint", hint), ("post_logout_redirect_uri", AFTER), ("state", state)];
    let page = client.get(&format!("/oidc/logout?{}", encoded(&wish))).await.must_be(303);
    let there = Url::parse(page.location()).unwrap();
    assert!(page.location().starts_with(&format!("{AFTER}?state=")) && there.fragment().is_none());
    assert_eq!(there.query_pairs().collect::<Vec<_>>(), [("state".into(), state.into())]);
}

async fn a_question_that_was_not_shown_is_not_answered(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let query = address(&[]).split_once('?').unwrap().1.to_owned();
    // By a link: the answer in the address counts as nothing.
    for path in ["/oidc/authorize", "/oidc/tiep"] {
        let page = client.get(&format!("{path}?{query}&answer=agree")).await.must_be(200);
        page.must_say("Cho phép Ứng dụng thử");
        for (name, words) in [
            ("x-frame-options", "DENY"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("content-security-policy", "form-action 'self'"),
            ("cross-origin-opener-policy", "same-origin"),
            ("referrer-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert!(page.header(name).is_some_and(|value| value.contains(words)), "{path}: {name}");
        }
    }
    // By a form of another site, by a program that has the cookie and no form, in another encoding.
    let page = client.get(&address(&[])).await.must_be(200);
    let csrf = page.form("/oidc/tiep").value("csrf").unwrap().to_owned();
    let action = format!("/oidc/tiep?{query}");
    let send = async |headers: &[(&'static str, &str)], body: String| {
        let mut request = request("POST", &action, body.into_bytes());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        client.send(request).await
    };
    let own = format!("csrf={csrf}&answer=agree");
    let cases: [(&[(&'static str, &str)], String, u16); 8] = [
        (&[("content-type", FORM), ("sec-fetch-site", "cross-site")], own.clone(), 403),
        (&[("content-type", FORM), ("sec-fetch-site", "same-site")], own.clone(), 403),
        (&[("content-type", FORM), ("origin", "https://evil.example")], own.clone(), 403),
        (&[("content-type", FORM), ("origin", "null")], own.clone(), 403),
        (&[("content-type", FORM)], "answer=agree".into(), 403),
        (&[("content-type", FORM)], "csrf=&answer=agree".into(), 403),
        (&[("content-type", "text/plain")], own.clone(), 400),
        (&[("content-type", "application/json")], format!(r#"{{"csrf":"{csrf}","answer":"agree"}}"#), 400),
    ];
    for (headers, body, expected) in cases {
        let answer = send(headers, body.clone()).await;
        assert_eq!(answer.status(), expected, "{headers:?} {body}");
        assert_eq!(tests::portals::leads_on(&answer), None);
    }
    // To the address that takes forms of other sites: it only opens the page.
    let mut foreign = request("POST", "/oidc/authorize", format!("{query}&{own}").into_bytes());
    foreign.headers_mut().insert(CONTENT_TYPE, FORM.parse().unwrap());
    let opened = client.send(foreign).await.must_be(303);
    client.follow(&opened).await.must_be(200).must_say("Cho phép Ứng dụng thử");
    // Nothing of this was agreed to; a right form, sent for another client's address, goes nowhere.
    client.get(&address(&[])).await.must_be(200);
    let elsewhere = action.replace("ung-dung.vidu.vn", "evil.example");
    let mut request = request("POST", &elsewhere, own.into_bytes());
    request.headers_mut().insert(CONTENT_TYPE, FORM.parse().unwrap());
    client.send(request).await.must_be(400);
}

async fn a_client_gets_nothing_of_what_another_was_given(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let tokens = exchange(&app, &code(&client, &[("scope", "openid offline_access")]).await).await.must_be(200).json();
    let token = tokens["refresh_token"].as_str().unwrap();
    // The public client `khac` brings the refresh token of `ung-dung`; that one is none the worse for it.
    let pairs = [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", "khac")];
    assert_eq!(ask_tokens(&app, None, &pairs).await.must_be(400).json()["error"], "invalid_grant");
    // A code is no refresh token, and a refresh token no code.
    let verifier = verifier();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", token),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier.as_str()),
    ];
    assert_eq!(ask_tokens(&app, Some(&basic()), &pairs).await.must_be(400).json()["error"], "invalid_grant");
    let unused = code(&client, &[]).await;
    for other in [unused.as_str(), tokens["access_token"].as_str().unwrap(), tokens["id_token"].as_str().unwrap()] {
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", other)];
        assert_eq!(ask_tokens(&app, Some(&basic()), &pairs).await.must_be(400).json()["error"], "invalid_grant");
    }
    exchange(&app, &unused).await.must_be(200);
    // In its answers a client sees what it asked for and nothing beside it.
    let page = client.get(&address(&[("scope", "openid"), ("state", "s")])).await.must_be(303);
    let names: Vec<_> = returned(page.location()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["code", "state", "iss"]);
    refresh(&app, &tokens).await.must_be(200);
}
