//! A program's token: whom it opens the portal for, for how long, and everything that opens nothing.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tests::portals::leads_on;

use super::world::{BACK, NAME, World, ask, ask_tokens, exchange, parameter, with_program};

with_program! {
    the_person_reads_what_the_program_may_do_and_ends_it;
    a_token_that_opens_nothing_is_refused_in_the_words_of_the_standards;
    a_token_is_over_after_five_minutes_and_is_refreshed;
    nobody_agrees_for_another_portal_than_the_one_on_the_page;
    an_account_that_was_never_here_or_is_closed_opens_nothing;
    wrong_tokens_from_one_place_are_counted;
    no_cookie_opens_anything;
}

async fn the_person_reads_what_the_program_may_do_and_ends_it(world: World) {
    let world = world;
    // Once agreed, nobody is asked again; another program is.
    let again = world.person.national.get(&world.address("so-hoa", &[])).await.must_be(303);
    assert!(again.location().starts_with(BACK), "{}", again.location());
    let question = world.person.national.get(&world.address("khac", &[])).await.must_be(200);
    question.must_say("Cho phép Chương trình khác nộp hồ sơ thay quý vị tại Cổng Dịch vụ công tỉnh Gia Lai?");
    question.must_say("tải giấy tờ lên và nộp hồ sơ tại Cổng Dịch vụ công tỉnh Gia Lai");
    question.must_say("chậm nhất 5 phút");
    let said_no = world.person.national.submit(&question, question.form("/oidc/tiep").press("answer", "refuse")).await;
    assert_eq!(parameter(&leads_on(&said_no).unwrap(), "error"), "access_denied");

    let tokens = world.tokens("so-hoa", &[("scope", "openid dossiers offline_access"), ("prompt", "consent")]).await;
    world.get("/api/v1/drafts").await.must_be(200);
    let consents = world.person.national.get("/tai-khoan/ung-dung").await.must_be(200);
    consents.must_say(NAME);
    consents.must_say("nộp hồ sơ tại Cổng Dịch vụ công tỉnh Gia Lai");
    let form = consents.form("/tai-khoan/ung-dung/so-hoa/thu-hoi");
    world.person.national.submit(&consents, form).await.must_be(303);
    // What was given before is over in five minutes, and there is nothing new.
    let refreshed = [
        ("grant_type", "refresh_token"),
        ("client_id", "so-hoa"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    assert_eq!(ask_tokens(&world.portals, &refreshed).await.must_be(400).json()["error"], "invalid_grant");
    advance(&world, 361);
    world.get("/api/v1/drafts").await.must_be(401);
    let asked = world.person.national.get(&world.address("so-hoa", &[])).await.must_be(200);
    asked.must_say(NAME);
}

fn advance(world: &World, seconds: u64) {
    world.portals.national.advance(Duration::from_secs(seconds));
    world.portals.province.advance(Duration::from_secs(seconds));
}

async fn a_token_that_opens_nothing_is_refused_in_the_words_of_the_standards(world: World) {
    let tokens = world.tokens("so-hoa", &[]).await;
    let (access, id_token) = (tokens["access_token"].as_str().unwrap(), tokens["id_token"].as_str().unwrap());
    assert_eq!(tokens["expires_in"], 300);
    let plain = world.tokens("so-hoa", &[("scope", "openid profile"), ("resource", "")]).await;
    let other = |claims: &dyn Fn(&mut Value)| forged(access, claims);
    let cases = [
        (None, 401, None),
        (Some(String::new()), 400, Some("invalid_request")),
        (Some("a b".to_owned()), 400, Some("invalid_request")),
        (Some("ngẫu-nhiên".to_owned()), 400, Some("invalid_request")),
        (Some("a".repeat(5_000)), 400, Some("invalid_request")),
        (Some("abc".to_owned()), 401, Some("invalid_token")),
        // A token that says who has signed in, and one for claims at the nation.
        (Some(id_token.to_owned()), 401, Some("invalid_token")),
        (Some(plain["access_token"].as_str().unwrap().to_owned()), 401, Some("invalid_token")),
        // Signed by nobody.
        (Some(other(&|claims| claims["sub"] = json!("khac"))), 401, Some("invalid_token")),
        (Some(without_signature(access)), 401, Some("invalid_token")),
    ];
    for (token, status, word) in cases {
        for path in ["/api/v1/drafts", "/api/v1/dossiers", "/api/v1/dossiers/H21.58.51-261123-0001/receipt"] {
            let page = ask(world.province(), token.as_deref(), "GET", path, &[], Vec::new()).await.must_be(status);
            let challenge = page.header("www-authenticate").unwrap().to_owned();
            assert!(challenge.starts_with("Bearer realm=\"motcua\", scope=\"dossiers\""), "{challenge}");
            let metadata = format!("{}/.well-known/oauth-protected-resource", world.province().public_url());
            assert!(challenge.contains(&metadata), "{challenge}");
            assert_eq!(challenge.contains("error="), word.is_some(), "{challenge}");
            assert!(word.is_none_or(|word| challenge.contains(&format!("error=\"{word}\""))), "{challenge}");
            assert_eq!(page.header("content-type"), Some("application/problem+json"));
            assert_eq!(page.json()["status"], status);
        }
    }
    let english = [("accept-language", "en-GB,en;q=0.8")];
    let page = ask(world.province(), None, "GET", "/api/v1/drafts", &english, Vec::new()).await.must_be(401);
    assert_eq!(page.json()["title"], "An access token is needed");
    let metadata = world.province().visitor().get("/.well-known/oauth-protected-resource").await.must_be(200).json();
    assert_eq!(metadata["resource"], world.province().public_url());
    assert_eq!(metadata["authorization_servers"], json!([world.portals.national.public_url()]));
    // The other portal takes none.
    world.portals.national.visitor().get("/.well-known/oauth-protected-resource").await.must_be(404);
}

/// The token with other claims and the old signature.
fn forged(token: &str, change: &dyn Fn(&mut Value)) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    change(&mut claims);
    format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims.to_string()), parts[2])
}

fn without_signature(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
    format!("{header}.{}.", token.split('.').nth(1).unwrap())
}

async fn a_token_is_over_after_five_minutes_and_is_refreshed(world: World) {
    let tokens = world.tokens("so-hoa", &[("scope", "openid dossiers offline_access")]).await;
    let opens = async |tokens: &Value| {
        let token = tokens["access_token"].as_str().unwrap();
        ask(world.province(), Some(token), "GET", "/api/v1/drafts", &[], Vec::new()).await.status()
    };
    assert_eq!(opens(&tokens).await, 200);
    advance(&world, 290);
    assert_eq!(opens(&tokens).await, 200);
    advance(&world, 71);
    assert_eq!(opens(&tokens).await, 401);
    let refresh = async |more: &[(&str, &str)], token: &Value| {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", "so-hoa"),
            ("refresh_token", token["refresh_token"].as_str().unwrap()),
        ];
        ask_tokens(&world.portals, &[&form[..], more].concat()).await
    };
    let fresh = refresh(&[("resource", world.province().public_url())], &tokens).await.must_be(200).json();
    assert_eq!(opens(&fresh).await, 200);
    // For less, it opens nothing here; and never another place.
    let less = refresh(&[("scope", "openid offline_access")], &fresh).await.must_be(200).json();
    assert_eq!(opens(&less).await, 401);
    let elsewhere = refresh(&[("resource", "https://khac.vidu.vn")], &less).await.must_be(400).json();
    assert_eq!(elsewhere["error"], "invalid_target");
}

async fn nobody_agrees_for_another_portal_than_the_one_on_the_page(world: World) {
    let cases = [
        (vec![("resource", "https://khac.vidu.vn")], "invalid_target"),
        (vec![("resource", "")], "invalid_target"),
        (vec![("resource", "không")], "invalid_target"),
        (vec![("scope", "openid")], "invalid_target"),
    ];
    for (changes, error) in cases {
        let page = world.person.national.get(&world.address("so-hoa", &changes)).await.must_be(303);
        assert_eq!(parameter(page.location(), "error"), error, "{changes:?}");
    }
    let twice = format!("{}&resource={}", world.address("so-hoa", &[]), "https%3A%2F%2Fkhac.vidu.vn");
    let page = world.person.national.get(&twice).await.must_be(303);
    assert_eq!(parameter(page.location(), "error"), "invalid_request");
    // The code says for which place it is.
    let page = world.person.national.get(&world.address("so-hoa", &[])).await.must_be(303);
    let code = parameter(page.location(), "code");
    let refused = exchange(&world.portals, "so-hoa", &code, &[("resource", "https://khac.vidu.vn")]).await;
    assert_eq!(refused.must_be(400).json()["error"], "invalid_target");
}

async fn an_account_that_was_never_here_or_is_closed_opens_nothing(world: World) {
    let status = async |token: &str| {
        let page = ask(world.province(), Some(token), "GET", "/api/v1/drafts", &[], Vec::new()).await;
        (page.status(), page.json()["type"].as_str().unwrap_or_default().to_owned())
    };
    let nobody = (401, "urn:motcua:problem:no_account".to_owned());
    world.province().run_sql("update linked_identity set subject = 'khac'").await;
    assert_eq!(status(&world.token).await, nobody);
    world.province().run_sql("delete from linked_identity").await;
    assert_eq!(status(&world.token).await, nobody);
}

async fn wrong_tokens_from_one_place_are_counted(world: World) {
    for _ in 0..300 {
        ask(world.province(), Some("abc"), "GET", "/api/v1/drafts", &[], Vec::new()).await.must_be(401);
    }
    let page = ask(world.province(), Some("abc"), "GET", "/api/v1/drafts", &[], Vec::new()).await.must_be(429);
    assert!(page.header("retry-after").is_some());
    advance(&world, 15 * 60);
    ask(world.province(), Some("abc"), "GET", "/api/v1/drafts", &[], Vec::new()).await.must_be(401);
}

async fn no_cookie_opens_anything(world: World) {
    let signed_in = &world.person.province;
    signed_in.get("/ho-so").await.must_be(200);
    let page = signed_in.get("/api/v1/dossiers?lang=en").await.must_be(401);
    assert!(page.header("set-cookie").is_none());
    assert_eq!(page.json()["title"], "Cần có mã truy cập", "a program's language is in its headers");
}
