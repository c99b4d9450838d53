//! The honest way, from the button to the claims, and what time does to it.

use futures_util::FutureExt;

use super::world::{Portal, World};
use crate::client::{self, IdTokenError, SignInError, SignInOptions};
use crate::jose::JwsError;
use crate::provider::{ACCESS_TOKEN_SECONDS, TokenErrorCode};
use crate::samples::{NOW, client_secret, person};
use crate::{Params, Secret, UnixTime};

const ISSUER: &str = "https://dvcqg.vidu.vn";

#[test]
fn somebody_signs_in_through_the_provider() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    assert!(address.starts_with("https://dvcqg.vidu.vn/oidc/authorize?response_type=code&client_id=gia-lai&"));
    let identity = portal.finish(&world, &pending, &world.authorize(&address, &person())).unwrap();
    assert_eq!(identity.issuer.as_str(), ISSUER);
    assert_eq!(identity.token.subject, "nguoi-1");
    assert_eq!(identity.token.acr.as_deref(), Some("LoA2"));
    assert_eq!(identity.token.session.as_deref(), Some("phien-1"));
    assert_eq!(identity.token.signed_in_at, Some(NOW.plus(-5)));
    assert_eq!(identity.claims.name(), Some("Nguyễn Thị Hòa"));
    assert_eq!(identity.claims.identity_number(), Some("064190000001"));
    assert_eq!(identity.claims.birth().as_deref(), Some("19900205"));
    assert_eq!(identity.claims.verified_email(), Some("hoa@vidu.vn"));
    assert_eq!(identity.claims.verified_phone(), Some("+84912345678"));
    assert!(identity.claims.is_citizen() && identity.fresh_keys.is_none());
}

#[test]
fn what_is_remembered_survives_being_stored() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let stored = serde_json::to_string(&pending).unwrap();
    let read = serde_json::from_str(&stored).unwrap();
    assert!(portal.finish(&world, &read, &world.authorize(&address, &person())).is_ok());
    let shown = format!("{pending:?}");
    assert!(shown.contains("****") && !shown.contains("AQEB"), "{shown}");
}

#[test]
fn a_provider_that_changed_its_keys_is_asked_again_once() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    world.change_keys();
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    world.asked.borrow_mut().clear();
    let identity = portal.finish(&world, &pending, &back).unwrap();
    assert_eq!(*world.asked.borrow(), ["/oidc/token", "/oidc/jwks", "/oidc/userinfo"]);
    assert_eq!(identity.fresh_keys, Some(world.keys.borrow().published(NOW)));
}

#[test]
fn a_provider_whose_documents_do_not_know_its_key_is_not_believed() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    // It signs with a key that it will publish only later.
    world.change_keys();
    let stale = portal.provider.keys.to_json();
    let fetch = |request: http::Request<Vec<u8>>| {
        let mut answer = world.answer(&request);
        if request.uri().path() == "/oidc/jwks" {
            *answer.body_mut() = stale.clone().into_bytes();
        }
        std::future::ready(Ok::<_, std::convert::Infallible>(answer))
    };
    let answer = Params::parse(back.split_once('?').unwrap().1).unwrap();
    let finished = client::finish(&portal.registration, &portal.provider, &pending, &answer, NOW, fetch).now_or_never();
    let unknown: Result<(), _> = Err(SignInError::IdToken(IdTokenError::Token(JwsError::UnknownKey)));
    assert_eq!(told(finished.unwrap()), told(unknown));
}

fn told<T>(result: Result<T, SignInError>) -> String {
    result.map_or_else(|error| error.to_string(), |_| "signed in".to_owned())
}

#[test]
fn a_person_who_says_no_comes_back_without_a_code() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let (address, pending) = portal.start(1, NOW);
    let params = Params::parse(address.split_once('?').unwrap().1).unwrap();
    let request = crate::provider::AuthorizationRequest::read(&params, &world.clients[0]).unwrap();
    let refusal = request.error(crate::provider::ErrorCode::AccessDenied, "the person said no");
    let back = refusal.location(&world.issuer);
    assert_eq!(told(portal.finish(&world, &pending, &back)), "the provider answers access_denied");
}

#[test]
fn the_address_carries_what_is_asked() {
    let world = World::new(ISSUER);
    let portal = Portal::of(&world);
    let options = SignInOptions { prompt: Some("login"), max_age: Some(300), ui_locale: Some("en") };
    let random = [[1; 32], [2; 32], [3; 32]];
    let (address, _) = client::start(&portal.registration, &portal.provider.metadata, &options, random, NOW);
    for part in ["prompt=login", "max_age=300", "ui_locales=en", "acr_values=LoA2", "code_challenge_method=S256"] {
        assert!(address.contains(part), "{part}");
    }
    assert!(!address.contains(&Secret::from_random([3; 32]).as_str().to_owned()), "the verifier stays at home");
}

fn form(pairs: &[(&str, &str)]) -> Params {
    Params::parse(&url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()).unwrap()
}

/// Signs in for good, and gives the tokens.
fn tokens_of(world: &World) -> serde_json::Value {
    let mut portal = Portal::of(world);
    portal.registration.scope = "openid profile offline_access".to_owned();
    let (address, pending) = portal.start(1, NOW);
    let back = world.authorize(&address, &person());
    let answer = Params::parse(back.split_once('?').unwrap().1).unwrap();
    let code = pending.read_callback(&answer, &portal.provider.metadata, NOW).unwrap();
    let request = client::token_request(&portal.registration, &portal.provider.metadata, &pending, &code);
    serde_json::from_slice(world.answer(&request).body()).unwrap()
}

fn refresh(world: &World, token: &str) -> Result<serde_json::Value, TokenErrorCode> {
    let secret = client_secret();
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", "gia-lai"),
        ("client_secret", secret.as_str()),
    ];
    let answer = world.exchange(None, &form(&pairs)).map_err(|error| error.code)?;
    Ok(serde_json::from_str(&answer).unwrap())
}

fn userinfo(world: &World, tokens: &serde_json::Value) -> u16 {
    let token = tokens["access_token"].as_str().unwrap();
    let request = http::Request::builder()
        .uri(format!("{ISSUER}/oidc/userinfo"))
        .header("authorization", format!("Bearer {token}"));
    world.answer(&request.body(Vec::new()).unwrap()).status().as_u16()
}

fn later(world: &World, seconds: i64) -> UnixTime {
    world.now.set(NOW.plus(seconds));
    world.now.get()
}

#[test]
fn tokens_are_refreshed_one_after_the_other() {
    let world = World::new(ISSUER);
    let first = tokens_of(&world);
    assert_eq!(
        (first["token_type"].as_str(), first["expires_in"].as_i64()),
        (Some("Bearer"), Some(ACCESS_TOKEN_SECONDS))
    );
    assert_eq!(userinfo(&world, &first), 200);
    later(&world, ACCESS_TOKEN_SECONDS + 1);
    assert_eq!(userinfo(&world, &first), 401, "too late");
    let second = refresh(&world, first["refresh_token"].as_str().unwrap()).unwrap();
    assert_eq!(userinfo(&world, &second), 200);
    let third = refresh(&world, second["refresh_token"].as_str().unwrap()).unwrap();
    assert_eq!(userinfo(&world, &third), 200);
}

#[test]
fn a_refresh_token_that_comes_twice_ends_everything() {
    let world = World::new(ISSUER);
    let first = tokens_of(&world);
    let stolen = first["refresh_token"].as_str().unwrap();
    let second = refresh(&world, stolen).unwrap();
    assert_eq!(refresh(&world, stolen), Err(TokenErrorCode::InvalidGrant));
    assert_eq!(refresh(&world, second["refresh_token"].as_str().unwrap()), Err(TokenErrorCode::InvalidGrant));
    assert_eq!(userinfo(&world, &second), 401);
}
