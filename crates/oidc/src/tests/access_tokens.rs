//! Access tokens for other portals, honest and not.

use serde_json::{Value, json};

use crate::client::{AccessTokenError, ExpectedAccess, VerifiedAccess, read_access_token};
use crate::jose::{Algorithm, JwkSet, JwsError};
use crate::provider::{AccessToken, ClientId, IdToken, LogoutToken};
use crate::samples::{NOW, issuer, new_key};
use crate::{Assurance, Scope, Scopes, Secret, UnixTime};

const HERE: &str = "https://gialai.vidu.vn";

fn expected(issuer: &crate::Issuer, now: UnixTime) -> ExpectedAccess<'_> {
    ExpectedAccess { issuer, resource: HERE, algorithms: &[Algorithm::Es256], now }
}

fn judge(kind: &str, claims: &Value) -> Result<VerifiedAccess, AccessTokenError> {
    let (key, _) = new_key();
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    read_access_token(&key.sign(kind, claims).unwrap(), &keys, &expected(&issuer(), NOW))
}

fn changed(changes: &[(&str, Value)]) -> Value {
    let mut claims = json!({
        "iss": "https://dvcqg.vidu.vn", "aud": HERE, "sub": "nguoi-1", "client_id": "so-hoa", "scope": "openid dossiers",
        "client_name": "Số hóa", "iat": NOW, "exp": NOW.plus(300), "jti": "1",
    });
    for (name, value) in changes {
        claims[*name] = value.clone();
    }
    claims
}

#[test]
fn our_providers_token_opens_what_it_says_for_five_minutes() {
    let (key, _) = new_key();
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    let (issuer, client, scopes) = (issuer(), ClientId::parse("so-hoa").unwrap(), Scopes::parse("openid dossiers"));
    let token = AccessToken {
        issuer: &issuer,
        resource: HERE,
        subject: "nguoi-1",
        client: &client,
        client_name: "Số hóa",
        scopes: &scopes,
        id: &Secret::from_random([9; 32]),
    };
    let signed = token.sign(&key, NOW).unwrap();
    let read = read_access_token(&signed, &keys, &expected(&issuer, NOW.plus(300))).unwrap();
    assert_eq!((read.subject.as_str(), read.client_name.as_str(), read.client), ("nguoi-1", "Số hóa", client));
    assert!(read.scopes.contains(Scope::Dossiers));
    let late = read_access_token(&signed, &keys, &expected(&issuer, NOW.plus(361))).unwrap_err();
    assert_eq!(late, AccessTokenError::OutsideItsTime);
    let unknown = read_access_token(&signed, &JwkSet::default(), &expected(&issuer, NOW)).unwrap_err();
    assert_eq!(unknown, AccessTokenError::Token(JwsError::UnknownKey));
}

#[test]
fn what_was_signed_for_something_else_opens_nothing() {
    let (key, _) = new_key();
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    let (issuer, client) = (issuer(), ClientId::parse(HERE.trim_start_matches("https://")).unwrap());
    let id_token = IdToken {
        issuer: &issuer,
        client: &client,
        subject: "nguoi-1",
        nonce: None,
        signed_in_at: NOW,
        assurance: Assurance::LoA2,
        session: "phien-1",
        access_token: &Secret::of("a"),
    };
    let logout =
        LogoutToken { issuer: &issuer, client: &client, subject: "nguoi-1", session: "1", id: &Secret::of("1") };
    for token in [id_token.sign(&key, NOW).unwrap(), logout.sign(&key, NOW).unwrap()] {
        let refused = read_access_token(&token, &keys, &expected(&issuer, NOW)).unwrap_err();
        assert_eq!(refused, AccessTokenError::OtherKind);
    }
}

#[test]
fn a_token_that_does_not_fit_opens_nothing() {
    use AccessTokenError::{Nobody, OtherAudience, OtherIssuer, OtherKind, OutsideItsTime};
    let unreadable = AccessTokenError::Token(JwsError::Claims);
    let cases = [
        ("iss", json!("https://evil.example"), OtherIssuer),
        ("aud", json!("https://khac.vidu.vn"), OtherAudience),
        ("aud", json!(format!("{HERE}/")), OtherAudience),
        ("aud", json!([]), OtherAudience),
        ("aud", json!([HERE, "https://khac.vidu.vn"]), OtherAudience),
        ("sub", json!(""), Nobody),
        ("sub", json!("người"), Nobody),
        ("sub", Value::Null, unreadable),
        ("client_id", json!("a b"), Nobody),
        ("jti", Value::Null, unreadable),
        ("exp", json!(NOW.plus(601)), OutsideItsTime),
        ("exp", json!(NOW.plus(-60)), OutsideItsTime),
        ("nbf", json!(NOW.plus(61)), OutsideItsTime),
        ("exp", json!("x"), unreadable),
    ];
    for (name, value, reason) in cases {
        assert_eq!(judge("at+jwt", &changed(&[(name, value.clone())])).unwrap_err(), reason, "{name}: {value}");
    }
    for kind in ["JWT", "logout+jwt", "", "at+jwt2"] {
        assert_eq!(judge(kind, &changed(&[])).unwrap_err(), OtherKind, "{kind}");
    }
    assert!(judge("application/at+jwt", &changed(&[])).is_ok());
    assert!(judge("at+jwt", &changed(&[("aud", json!([HERE]))])).is_ok());
    let nameless = judge("at+jwt", &changed(&[("client_name", json!(" \n"))])).unwrap();
    assert_eq!(nameless.client_name, "so-hoa");
    assert!(judge("at+jwt", &changed(&[("scope", json!("openid"))])).unwrap().scopes.contains(Scope::OpenId));
}
