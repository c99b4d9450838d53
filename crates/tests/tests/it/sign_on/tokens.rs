//! Codes and tokens: each once, each for its client, and what happens when one comes twice.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tests::app::TestApp;

use super::client::{
    NUMBER, REDIRECT, address, agree, ask_tokens, basic, claims, code, exchange, on_both, refresh, signed_in, value,
    verifier,
};

on_both! {
    a_code_is_good_once_and_the_second_time_ends_everything;
    of_many_who_bring_one_code_at_once_one_gets_tokens_and_nobody_keeps_them;
    a_code_waits_a_minute;
    a_code_is_of_no_use_to_another_client_or_with_another_verifier;
    tokens_are_refreshed_in_turn_and_a_stolen_one_ends_them_all;
    of_many_who_refresh_at_once_nobody_keeps_tokens;
    refreshing_gives_no_more_than_was_agreed_to;
    an_access_token_lasts_ten_minutes;
    a_new_password_ends_what_clients_have;
    a_public_client_needs_its_verifier_alone;
}

const OFFLINE: [(&str, &str); 1] = [("scope", "openid profile offline_access")];

async fn tokens_of(app: &TestApp) -> Value {
    let (client, _) = signed_in(app, NUMBER).await;
    exchange(app, &code(&client, &OFFLINE).await).await.must_be(200).json()
}

async fn a_code_is_good_once_and_the_second_time_ends_everything(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let code = code(&client, &OFFLINE).await;
    let tokens = exchange(&app, &code).await.must_be(200).json();
    claims(&app, &tokens).await.must_be(200);
    let again = exchange(&app, &code).await.must_be(400);
    assert_eq!(again.json()["error"], "invalid_grant");
    claims(&app, &tokens).await.must_be(401);
    assert_eq!(refresh(&app, &tokens).await.must_be(400).json()["error"], "invalid_grant");
}

async fn of_many_who_bring_one_code_at_once_one_gets_tokens_and_nobody_keeps_them(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let code = code(&client, &OFFLINE).await;
    let app = Arc::new(app);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (app, code) = (app.clone(), code.clone());
        tries.spawn(async move { exchange(&app, &code).await });
    }
    let answers = tries.join_all().await;
    let given: Vec<Value> = answers.iter().filter(|page| page.status() == 200).map(|page| page.json()).collect();
    assert_eq!(given.len(), 1);
    assert!(answers.iter().filter(|page| page.status() != 200).all(|page| page.json()["error"] == "invalid_grant"));
    claims(&app, &given[0]).await.must_be(401);
}

async fn a_code_waits_a_minute(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let late = code(&client, &[]).await;
    app.advance(Duration::from_secs(60));
    let in_time = code(&client, &[]).await;
    app.advance(Duration::from_secs(1));
    assert_eq!(exchange(&app, &late).await.must_be(400).json()["error"], "invalid_grant");
    exchange(&app, &in_time).await.must_be(200);
}

async fn a_code_is_of_no_use_to_another_client_or_with_another_verifier(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let right = verifier();
    let other = oidc::CodeVerifier::from_random([1; 32]);
    let challenge = right.challenge().encode();
    let pairs = |code: &str, redirect: &str, verifier: &str| {
        [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", redirect.to_owned()),
            ("code_verifier", verifier.to_owned()),
        ]
    };
    let ask = async |authorization: Option<&str>, pairs: &[(&str, String)], more: &[(&str, &str)]| {
        let mut all: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.extend(more);
        ask_tokens(&app, authorization, &all).await
    };
    // Another client does not even use it up.
    let first = code(&client, &[]).await;
    let answer = ask(None, &pairs(&first, REDIRECT, right.as_str()), &[("client_id", "khac")]).await.must_be(400);
    assert_eq!(answer.json()["error"], "invalid_grant");
    exchange(&app, &first).await.must_be(200);
    // The client itself has one try.
    let wrong = [
        (REDIRECT.to_owned(), other.as_str()),
        (REDIRECT.to_owned(), challenge.as_str()),
        (format!("{REDIRECT}/"), right.as_str()),
    ];
    for (redirect, verifier) in wrong {
        let code = code(&client, &[]).await;
        ask(Some(&basic()), &pairs(&code, &redirect, verifier), &[]).await.must_be(400);
        assert_eq!(exchange(&app, &code).await.must_be(400).json()["error"], "invalid_grant");
    }
    // Without a verifier, or without proof of who it is, nothing is looked at.
    let last = code(&client, &[]).await;
    let without = ask(Some(&basic()), &pairs(&last, REDIRECT, "")[..3], &[]).await.must_be(400);
    assert_eq!(without.json()["error"], "invalid_request");
    let clients = [
        (None, vec![("client_id", "ung-dung")]),
        (None, vec![("client_id", "ung-dung"), ("client_secret", "sai")]),
        (None, vec![("client_id", "khong-co"), ("client_secret", "sai")]),
        (Some("Basic dW5nLWR1bmc6c2Fp"), vec![]),
        (Some("Bearer abc"), vec![]),
    ];
    for (authorization, more) in clients {
        let answer = ask(authorization, &pairs(&last, REDIRECT, right.as_str()), &more).await.must_be(401);
        assert_eq!(answer.json()["error"], "invalid_client", "{authorization:?} {more:?}");
        assert!(answer.header("www-authenticate").is_some());
    }
    exchange(&app, &last).await.must_be(200);
}

async fn tokens_are_refreshed_in_turn_and_a_stolen_one_ends_them_all(app: TestApp) {
    let first = tokens_of(&app).await;
    app.advance(Duration::from_secs(3_600));
    let second = refresh(&app, &first).await.must_be(200).json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    claims(&app, &second).await.must_be(200);
    let third = refresh(&app, &second).await.must_be(200).json();
    // The thief, or the owner after the thief, comes with an old one.
    assert_eq!(refresh(&app, &second).await.must_be(400).json()["error"], "invalid_grant");
    assert_eq!(refresh(&app, &third).await.must_be(400).json()["error"], "invalid_grant");
    claims(&app, &third).await.must_be(401);
}

async fn of_many_who_refresh_at_once_nobody_keeps_tokens(app: TestApp) {
    let tokens = Arc::new(tokens_of(&app).await);
    let app = Arc::new(app);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (app, tokens) = (app.clone(), tokens.clone());
        tries.spawn(async move { refresh(&app, &tokens).await });
    }
    let answers = tries.join_all().await;
    let given: Vec<Value> = answers.iter().filter(|page| page.status() == 200).map(|page| page.json()).collect();
    assert_eq!(given.len(), 1);
    assert_eq!(refresh(&app, &given[0]).await.must_be(400).json()["error"], "invalid_grant");
}

async fn refreshing_gives_no_more_than_was_agreed_to(app: TestApp) {
    let tokens = tokens_of(&app).await;
    let ask = async |tokens: &Value, scope: &str| {
        let token = tokens["refresh_token"].as_str().unwrap();
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        ask_tokens(&app, Some(&basic()), &pairs).await
    };
    assert_eq!(ask(&tokens, "openid vn").await.must_be(400).json()["error"], "invalid_scope");
    let less = ask(&tokens, "openid offline_access").await.must_be(200).json();
    assert_eq!(less["scope"], "openid offline_access");
    assert!(claims(&app, &less).await.must_be(200).json().get("name").is_none());
    let all = ask(&less, "").await.must_be(200).json();
    assert!(claims(&app, &all).await.must_be(200).json().get("name").is_some());
}

async fn an_access_token_lasts_ten_minutes(app: TestApp) {
    let tokens = tokens_of(&app).await;
    app.advance(Duration::from_secs(599));
    claims(&app, &tokens).await.must_be(200);
    app.advance(Duration::from_secs(1));
    let late = claims(&app, &tokens).await.must_be(401);
    assert!(late.header("www-authenticate").unwrap().contains("invalid_token"));
    // What is no access token opens nothing either: a refresh token, an ID token, none at all.
    for name in ["refresh_token", "id_token"] {
        let other = serde_json::json!({ "access_token": tokens[name] });
        assert!(matches!(claims(&app, &other).await.status(), 400 | 401), "{name}");
    }
    let nobody = app.visitor().get("/oidc/userinfo").await.must_be(401);
    assert_eq!(nobody.header("www-authenticate"), Some("Bearer realm=\"oidc\""));
    let token = tokens["access_token"].as_str().unwrap();
    app.visitor().get(&format!("/oidc/userinfo?access_token={token}")).await.must_be(401);
    // Housekeeping forgets it, and nothing else of the sign-in.
    let forgotten = usecases::jobs::forget_expired(app.portal().app(), app.now()).await.unwrap();
    assert_eq!((forgotten.oidc_tokens, forgotten.oidc_grants), (1, 0));
    refresh(&app, &tokens).await.must_be(200);
    app.advance(Duration::from_secs(91 * 86_400));
    let forgotten = usecases::jobs::forget_expired(app.portal().app(), app.now()).await.unwrap();
    assert_eq!(forgotten.oidc_grants, 1);
}

async fn a_new_password_ends_what_clients_have(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let tokens = exchange(&app, &code(&client, &OFFLINE).await).await.must_be(200).json();
    let page = client.get("/tai-khoan/mat-khau").await.must_be(200);
    let names = page.form("/tai-khoan/mat-khau").names().join(" ");
    let form = page.form("/tai-khoan/mat-khau").fill("present", tests::app::PASSWORD);
    let form = form.fill("password", "Rẫy-cà-phê-10!").fill("password_again", "Rẫy-cà-phê-10!");
    let changed = client.submit(&page, form).await;
    assert!(matches!(changed.status(), 200 | 303), "{names}: {}", changed.text());
    assert_eq!(refresh(&app, &tokens).await.must_be(400).json()["error"], "invalid_grant");
    claims(&app, &tokens).await.must_be(401);
}

async fn a_public_client_needs_its_verifier_alone(app: TestApp) {
    let (client, _) = signed_in(&app, NUMBER).await;
    let page = client.get(&address(&[("client_id", "khac")])).await.must_be(200);
    let code = value(&agree(&client, &page).await, "code").unwrap();
    let verifier = verifier();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier.as_str()),
        ("client_id", "khac"),
    ];
    let with_secret: Vec<_> = pairs.into_iter().chain([("client_secret", "x")]).collect();
    assert_eq!(ask_tokens(&app, None, &with_secret).await.must_be(401).json()["error"], "invalid_client");
    ask_tokens(&app, None, &pairs).await.must_be(200);
}
