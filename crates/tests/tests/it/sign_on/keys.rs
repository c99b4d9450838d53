//! The keys of the provider change by themselves, and nobody notices.

use std::time::Duration;

use oidc::jose::{Algorithm, JwkSet, Jws};
use serde_json::Value;
use storage::signing_keys;
use tests::app::TestApp;

use super::client::{NUMBER, code, exchange, on_both, session_of, signed_in};

on_both! {
    a_new_key_is_published_before_it_signs_and_the_old_one_is_known_for_a_while;
    what_is_stored_is_no_key_without_the_secret_of_the_portal;
}

const DAY: u64 = 86_400;

async fn published(app: &TestApp) -> JwkSet {
    JwkSet::read(app.visitor().get("/oidc/jwks").await.must_be(200).bytes()).unwrap()
}

async fn a_new_key_is_published_before_it_signs_and_the_old_one_is_known_for_a_while(app: TestApp) {
    let (_, account) = signed_in(&app, NUMBER).await;
    let token = async || {
        let client = session_of(&app, account).await;
        let tokens: Value = exchange(&app, &code(&client, &[]).await).await.must_be(200).json();
        tokens["id_token"].as_str().unwrap().to_owned()
    };
    let known = |token: &str, keys: &JwkSet| Jws::read(token).unwrap().verify(keys, &[Algorithm::Es256]).is_ok();
    let first = published(&app).await;
    app.advance(Duration::from_secs(88 * DAY + 60));
    let both = published(&app).await;
    assert_eq!(both.keys().len(), 2, "two days ahead");
    assert!(known(&token().await, &first), "the old one signs");
    app.advance(Duration::from_secs(2 * DAY));
    let new = token().await;
    assert!(!known(&new, &first) && known(&new, &both), "whoever has asked in the last two days knows the key");
    app.advance(Duration::from_secs(30 * DAY));
    let later = published(&app).await;
    assert_eq!(later.keys().len(), 1, "thirty days afterwards it is forgotten");
    assert!(known(&new, &later));
}

async fn what_is_stored_is_no_key_without_the_secret_of_the_portal(app: TestApp) {
    published(&app).await;
    let stored = app.db().read(move |tx| Box::pin(signing_keys::list(tx))).await;
    let stored: Vec<signing_keys::StoredKey> = stored.map_err(|error: storage::StorageError| error).unwrap();
    assert_eq!(stored.len(), 1);
    let entropy = oidc::jose::Entropy::of_the_system();
    assert!(oidc::jose::SigningKey::read(&stored[0].sealed, &entropy).is_err());
    assert!(oidc::jose::SigningKey::read(&stored[0].sealed[12..], &entropy).is_err());
}
