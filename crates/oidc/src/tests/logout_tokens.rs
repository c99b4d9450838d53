//! Logout tokens, honest and not.

use serde_json::{Value, json};

use super::world::{Portal, World};
use crate::client::{EndedSession, LogoutTokenError, logout_address, read_logout_token};
use crate::jose::{JwkSet, JwsError};
use crate::provider::{ClientId, IdToken, LogoutToken};
use crate::samples::{NOW, issuer, new_key};
use crate::{Address, Assurance, Secret};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

fn honest() -> Value {
    json!({
        "iss": "https://dvcqg.vidu.vn", "aud": "gia-lai", "iat": NOW, "exp": NOW.plus(120), "jti": "1",
        "events": { EVENT: {} }, "sub": "nguoi-1", "sid": "phien-1",
    })
}

fn judge(kind: &str, claims: &Value) -> Result<EndedSession, LogoutTokenError> {
    let (key, _) = new_key();
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    let registration = Portal::of(&World::new("https://dvcqg.vidu.vn")).registration;
    read_logout_token(&key.sign(kind, claims).unwrap(), &keys, &registration, NOW)
}

fn changed(name: &str, value: Option<Value>) -> Value {
    let mut claims = honest();
    match value {
        Some(value) => claims[name] = value,
        None => drop(claims.as_object_mut().unwrap().remove(name)),
    }
    claims
}

#[test]
fn our_providers_logout_token_ends_the_session_that_it_names() {
    let world = World::new("https://dvcqg.vidu.vn");
    let portal = Portal::of(&world);
    let token = LogoutToken {
        issuer: &issuer(),
        client: &ClientId::parse("gia-lai").unwrap(),
        subject: "nguoi-1",
        session: "phien-1",
        id: &Secret::from_random([9; 32]),
    };
    let signed = token.sign(world.keys.borrow().current(NOW).unwrap(), NOW).unwrap();
    let ended = read_logout_token(&signed, &portal.provider.keys, &portal.registration, NOW).unwrap();
    assert_eq!((ended.subject.as_deref(), ended.session.as_deref()), (Some("nguoi-1"), Some("phien-1")));
    let late = read_logout_token(&signed, &portal.provider.keys, &portal.registration, NOW.plus(180)).unwrap_err();
    assert_eq!(late, LogoutTokenError::OutsideItsTime);
    let unknown = read_logout_token(&signed, &JwkSet::default(), &portal.registration, NOW).unwrap_err();
    assert_eq!(unknown, LogoutTokenError::Token(JwsError::UnknownKey));
}

#[test]
fn other_providers_write_less() {
    for kind in ["logout+jwt", "JWT", "application/logout+jwt"] {
        assert!(judge(kind, &honest()).is_ok(), "{kind}");
    }
    assert_eq!(judge("JWT", &changed("sid", None)).unwrap().session, None);
    assert_eq!(judge("JWT", &changed("sub", None)).unwrap().subject, None);
}

#[test]
fn a_token_that_does_not_fit_ends_nothing() {
    use LogoutTokenError::{Nobody, OtherAudience, OtherIssuer, OtherKind, OutsideItsTime};
    let unreadable = LogoutTokenError::Token(JwsError::Claims);
    let nobody = {
        let mut claims = changed("sub", None);
        claims["sid"] = "".into();
        claims
    };
    let cases = [
        (changed("events", None), OtherKind),
        (changed("events", Some(json!({}))), OtherKind),
        (changed("events", Some(json!({ EVENT: true }))), OtherKind),
        (changed("events", Some(json!([EVENT]))), unreadable),
        (changed("nonce", Some(json!("x"))), OtherKind),
        (changed("iss", Some(json!("https://evil.example"))), OtherIssuer),
        (changed("aud", Some(json!("khac"))), OtherAudience),
        (changed("aud", Some(json!(["gia-lai", "khac"]))), OtherAudience),
        (changed("exp", Some(json!(NOW.plus(-60)))), OutsideItsTime),
        (changed("iat", Some(json!(NOW.plus(61)))), OutsideItsTime),
        (changed("iat", Some(json!(NOW.plus(-3601)))), OutsideItsTime),
        (changed("jti", Some(json!(""))), OtherKind),
        (changed("jti", Some(json!("a".repeat(256)))), OtherKind),
        (changed("exp", None), unreadable),
        (changed("iat", None), unreadable),
        (changed("jti", None), unreadable),
        (nobody, Nobody),
    ];
    for (claims, expected) in cases {
        assert_eq!(judge("logout+jwt", &claims).unwrap_err(), expected, "{claims}");
    }
    assert_eq!(judge("at+jwt", &honest()).unwrap_err(), OtherKind);
}

#[test]
fn an_id_token_ends_nothing() {
    let world = World::new("https://dvcqg.vidu.vn");
    let portal = Portal::of(&world);
    for nonce in [None, Some("n")] {
        let token = IdToken {
            issuer: &issuer(),
            client: &ClientId::parse("gia-lai").unwrap(),
            subject: "nguoi-1",
            nonce,
            signed_in_at: NOW,
            assurance: Assurance::LoA2,
            session: "phien-1",
            access_token: &Secret::from_random([1; 32]),
        };
        let signed = token.sign(world.keys.borrow().current(NOW).unwrap(), NOW).unwrap();
        let refused = read_logout_token(&signed, &portal.provider.keys, &portal.registration, NOW).unwrap_err();
        assert_eq!(refused, LogoutTokenError::Token(JwsError::Claims), "it has no jti");
    }
}

#[test]
fn people_are_sent_to_sign_out_with_their_token() {
    let portal = Portal::of(&World::new("https://dvcqg.vidu.vn"));
    let back = Address::parse("https://gialai.vidu.vn/da-ra").unwrap();
    let metadata = &portal.provider.metadata;
    let address = logout_address(&portal.registration, metadata, Some(&Secret::of("a.b.c")), &back).unwrap();
    let expected = "https://dvcqg.vidu.vn/oidc/logout?client_id=gia-lai&post_logout_redirect_uri=https%3A%2F%2Fgialai.vidu.vn%2Fda-ra&id_token_hint=a.b.c";
    assert_eq!(address, expected);
}
