//! ID tokens that are rightly signed and still not to be believed.

use serde_json::{Value, json};

use crate::client::{Expected, IdTokenError, VerifiedIdToken, read_id_token, signed_in_at};
use crate::jose::{Algorithm, JwkSet, JwsError, SigningKey};
use crate::provider::{ClientId, IdToken, LogoutToken};
use crate::samples::{NOW, issuer, new_key, rsa_key, sign_rsa};
use crate::{Assurance, Secret, UnixTime};

fn nonce() -> Secret {
    Secret::from_random([5; 32])
}

fn access_token() -> Secret {
    Secret::from_random([6; 32])
}

fn honest() -> Value {
    json!({
        "iss": "https://dvcqg.vidu.vn", "sub": "nguoi-1", "aud": "gia-lai", "exp": NOW.plus(600), "iat": NOW,
        "auth_time": NOW.plus(-100), "nonce": nonce(), "acr": "LoA2", "sid": "phien-1",
    })
}

fn judge(claims: &Value, max_age: Option<i64>) -> Result<VerifiedIdToken, IdTokenError> {
    let (key, _) = new_key();
    read(&key.sign("JWT", claims).unwrap(), &key, max_age)
}

fn read(token: &str, key: &SigningKey, max_age: Option<i64>) -> Result<VerifiedIdToken, IdTokenError> {
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    let expected = Expected {
        issuer: &issuer(),
        client_id: "gia-lai",
        algorithms: &[Algorithm::Es256],
        nonce: &nonce(),
        access_token: &access_token(),
        max_age,
        now: NOW,
    };
    read_id_token(token, &keys, &expected)
}

#[test]
fn a_token_that_was_kept_says_when_its_subject_signed_in() {
    let (key, _) = new_key();
    assert_eq!(signed_in_at(&key.sign("JWT", &honest()).unwrap()), Some(NOW.plus(-100)));
    for without in ["", "x", "x.y", "e30.e30.", "e30.!!.x"] {
        assert_eq!(signed_in_at(without), None, "{without}");
    }
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut claims = honest();
    claims[name] = value.into();
    claims
}

fn without(name: &str) -> Value {
    let mut claims = honest();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn at(seconds: i64) -> i64 {
    NOW.plus(seconds).as_seconds()
}

#[test]
fn an_honest_token_is_believed() {
    let token = judge(&with("ten-rieng", "x"), Some(60)).unwrap();
    assert_eq!(token.subject, "nguoi-1");
    assert_eq!(token.signed_in_at, Some(UnixTime::from_seconds(at(-100))));
    assert_eq!(token.claims["ten-rieng"], "x");
    let accepted = [
        with("aud", json!(["gia-lai"])),
        {
            let mut claims = with("aud", json!(["gia-lai", "khac"]));
            claims["azp"] = "gia-lai".into();
            claims
        },
        with("azp", "gia-lai"),
        with("exp", at(-59)),
        with("exp", at(600) as f64 + 0.5),
        with("iat", at(60)),
        with("nbf", at(60)),
        without("acr"),
        without("sid"),
        without("auth_time"),
    ];
    for claims in accepted {
        assert!(judge(&claims, None).is_ok(), "{claims}");
    }
}

#[test]
fn a_token_that_does_not_fit_is_not() {
    use IdTokenError::{OtherAccessToken, OtherAudience, OtherIssuer, OtherNonce, OutsideItsTime, Subject};
    let unreadable = IdTokenError::Token(JwsError::Claims);
    let cases = [
        (with("iss", "https://evil.example"), OtherIssuer),
        (with("iss", "https://dvcqg.vidu.vn/"), OtherIssuer),
        (with("iss", "https://DVCQG.vidu.vn"), OtherIssuer),
        (without("iss"), unreadable),
        (with("aud", "khac"), OtherAudience),
        (with("aud", "gia-lai-2"), OtherAudience),
        (with("aud", json!([])), OtherAudience),
        (with("aud", json!(["gia-lai", "khac"])), OtherAudience),
        (with("azp", "khac"), OtherAudience),
        (with("aud", json!({ "gia-lai": 1 })), unreadable),
        (without("aud"), unreadable),
        (with("exp", at(-60)), OutsideItsTime),
        (with("exp", i64::MIN), OutsideItsTime),
        (with("iat", at(61)), OutsideItsTime),
        (with("nbf", at(61)), OutsideItsTime),
        (with("exp", at(600).to_string()), unreadable),
        (with("exp", Value::Null), unreadable),
        (without("exp"), unreadable),
        (without("iat"), unreadable),
        (with("nonce", ""), OtherNonce),
        (with("nonce", "khac"), OtherNonce),
        (with("nonce", json!(["x"])), unreadable),
        (without("nonce"), OtherNonce),
        (with("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), OtherAccessToken),
        (with("at_hash", ""), OtherAccessToken),
        (with("sub", ""), Subject),
        (with("sub", "a b"), Subject),
        (with("sub", "ă"), Subject),
        (with("sub", "a".repeat(256)), Subject),
        (with("sub", 7), unreadable),
        (without("sub"), unreadable),
        (json!([honest()]), unreadable),
    ];
    for (claims, expected) in cases {
        assert_eq!(judge(&claims, None).unwrap_err(), expected, "{claims}");
    }
}

#[test]
fn a_sign_in_must_be_as_fresh_as_was_asked() {
    let cases = [(Some(40), true), (Some(39), false), (Some(0), false), (Some(i64::MAX), true), (None, true)];
    for (max_age, fits) in cases {
        assert_eq!(judge(&honest(), max_age).is_ok(), fits, "{max_age:?}");
    }
    assert_eq!(judge(&without("auth_time"), Some(100)).unwrap_err(), IdTokenError::SignedInTooLongAgo);
}

#[test]
fn a_token_of_another_kind_does_not_pass() {
    let (key, _) = new_key();
    for kind in ["at+jwt", "logout+jwt", "application/logout+jwt", "secevent+jwt"] {
        let token = key.sign(kind, &honest()).unwrap();
        assert_eq!(read(&token, &key, None).unwrap_err(), IdTokenError::OtherKind, "{kind}");
    }
    let logout = LogoutToken {
        issuer: &issuer(),
        client: &ClientId::parse("gia-lai").unwrap(),
        subject: "nguoi-1",
        session: "phien-1",
        id: &Secret::from_random([9; 32]),
    };
    assert_eq!(read(&logout.sign(&key, NOW).unwrap(), &key, None).unwrap_err(), IdTokenError::OtherKind);
}

#[test]
fn an_algorithm_that_was_not_agreed_on_does_not_pass() {
    let keys: JwkSet = [rsa_key()].into_iter().collect();
    let token = sign_rsa(&json!({ "alg": "RS256" }), &honest());
    let judge = |algorithms: &[Algorithm]| {
        let (issuer, nonce, access_token) = (issuer(), nonce(), access_token());
        let (client_id, max_age, now) = ("gia-lai", None, NOW);
        let expected = Expected {
            issuer: &issuer,
            client_id,
            algorithms,
            nonce: &nonce,
            access_token: &access_token,
            max_age,
            now,
        };
        read_id_token(&token, &keys, &expected).map(|_| ())
    };
    assert_eq!(judge(&[Algorithm::Es256]), Err(IdTokenError::Token(JwsError::Algorithm)));
    assert_eq!(judge(&[Algorithm::Es256, Algorithm::Rs256]), Ok(()), "a provider that signs with RSA");
    assert_eq!(judge(&[]), Err(IdTokenError::Token(JwsError::Algorithm)));
}

#[test]
fn our_providers_token_names_its_access_token() {
    let (key, _) = new_key();
    let (access, other) = (access_token(), Secret::from_random([7; 32]));
    let judge = |access: &Secret| {
        let nonce = nonce();
        let token = IdToken {
            issuer: &issuer(),
            client: &ClientId::parse("gia-lai").unwrap(),
            subject: "nguoi-1",
            nonce: Some(nonce.as_str()),
            signed_in_at: NOW,
            assurance: Assurance::LoA2,
            session: "phien-1",
            access_token: access,
        };
        read(&token.sign(&key, NOW).unwrap(), &key, None).map(|token| token.subject)
    };
    assert_eq!(judge(&access).as_deref(), Ok("nguoi-1"));
    assert_eq!(judge(&other), Err(IdTokenError::OtherAccessToken));
}
