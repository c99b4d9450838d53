//! Tokens that somebody forged, in every way that has worked against somebody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde_json::{Value, json};

use crate::jose::{Algorithm, Jwk, JwkSet, Jws, JwsError, SigningKey};
use crate::samples::{WEAK_KEY, WEAK_TOKEN, new_key, part, rsa_key, sign_raw, sign_rsa};

const ANY: &[Algorithm] = &[Algorithm::Es256, Algorithm::Rs256];

fn judge(token: &str, keys: &JwkSet) -> Result<(), JwsError> {
    Jws::read(token)?.verify(keys, ANY).map(|_| ())
}

fn published(key: &SigningKey) -> JwkSet {
    [key.public().clone()].into_iter().collect()
}

/// A token of our own key, and the set that knows it.
fn genuine() -> (String, JwkSet, SigningKey, Vec<u8>) {
    let (key, pkcs8) = new_key();
    let token = key.sign("JWT", &json!({ "sub": "a" })).unwrap();
    (token, published(&key), key, pkcs8)
}

/// A token whose header is chosen freely, rightly signed by this key.
fn with_header(pkcs8: &[u8], header: &Value) -> String {
    sign_raw(pkcs8, &format!("{}.{}", part(header), part(&json!({ "sub": "evil" }))))
}

#[test]
fn a_genuine_token_is_believed_and_names_its_kind() {
    let (token, keys, _, _) = genuine();
    let verified = Jws::read(&token).unwrap().verify(&keys, ANY).unwrap();
    assert!(verified.is_kind("jwt") && verified.is_kind("JWT") && !verified.is_kind("logout+jwt"));
    assert_eq!(verified.claims::<Value>().unwrap(), json!({ "sub": "a" }));
}

#[test]
fn a_token_without_a_signature_is_refused_however_none_is_spelt() {
    let (token, keys, _, _) = genuine();
    let payload = token.split('.').nth(1).unwrap();
    for alg in ["none", "None", "NONE", "nOnE", "", "null"] {
        let header = part(&json!({ "alg": alg }));
        for signature in ["", "AA"] {
            assert_eq!(judge(&format!("{header}.{payload}.{signature}"), &keys), Err(JwsError::Algorithm), "{alg}");
        }
    }
    for header in [json!({}), json!({ "alg": null }), json!({ "alg": ["ES256"] }), json!([]), json!("ES256")] {
        assert_eq!(judge(&format!("{}.{payload}.", part(&header)), &keys), Err(JwsError::Malformed), "{header}");
    }
    // The right algorithm, but nothing signed.
    let header = token.split('.').next().unwrap();
    assert_eq!(judge(&format!("{header}.{payload}."), &keys), Err(JwsError::Signature));
}

#[test]
fn the_public_key_is_no_shared_secret() {
    let (_, keys, key, _) = genuine();
    let document: Value = serde_json::from_str(&keys.to_json()).unwrap();
    let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(document["keys"][0][name].as_str().unwrap()).unwrap();
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let secrets = [keys.to_json().into_bytes(), key.kid().as_bytes().to_vec(), point, Vec::new()];
    for alg in ["HS256", "HS384", "HS512"] {
        for secret in &secrets {
            let signed =
                format!("{}.{}", part(&json!({ "alg": alg, "kid": key.kid() })), part(&json!({ "sub": "evil" })));
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), signed.as_bytes());
            let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag));
            assert_eq!(judge(&token, &keys), Err(JwsError::Algorithm), "{alg}");
        }
    }
}

#[test]
fn a_token_cannot_bring_its_own_key() {
    let (_, keys, key, _) = genuine();
    let (evil, evil_pkcs8) = new_key();
    let own: Value = serde_json::from_str(&published(&evil).to_json()).unwrap();
    let headers = [
        json!({ "alg": "ES256", "jwk": own["keys"][0] }),
        json!({ "alg": "ES256", "kid": key.kid(), "jwk": own["keys"][0] }),
        json!({ "alg": "ES256", "kid": key.kid(), "jku": "https://evil.example/keys" }),
        json!({ "alg": "ES256", "kid": key.kid(), "x5u": "https://evil.example/cert", "x5c": ["AAAA"] }),
    ];
    for header in headers {
        assert_eq!(judge(&with_header(&evil_pkcs8, &header), &keys), Err(JwsError::Signature), "{header}");
    }
    for kid in ["", "../../dev/null", "x' or '1'='1", evil.kid()] {
        let header = json!({ "alg": "ES256", "kid": kid });
        assert_eq!(judge(&with_header(&evil_pkcs8, &header), &keys), Err(JwsError::UnknownKey), "{kid}");
    }
}

#[test]
fn what_a_header_demands_is_not_passed_over() {
    let (_, keys, _, pkcs8) = genuine();
    for header in [
        json!({ "alg": "ES256", "crit": ["exp"], "exp": 1 }),
        json!({ "alg": "ES256", "crit": [] }),
        json!({ "alg": "ES256", "b64": false, "crit": ["b64"] }),
        json!({ "alg": "ES256", "b64": false }),
    ] {
        assert_eq!(judge(&with_header(&pkcs8, &header), &keys), Err(JwsError::Critical), "{header}");
    }
}

#[test]
fn signatures_of_zeros_and_other_encodings_are_wrong() {
    let (token, keys, _, _) = genuine();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut padded = vec![0];
    padded.extend(&bytes);
    let wrong: Vec<Vec<u8>> =
        vec![vec![0; 64], vec![0xff; 64], Vec::new(), bytes[..63].to_vec(), padded, der(&bytes), bytes.repeat(2)];
    for signature in wrong {
        let forged = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&signature));
        assert_eq!(judge(&forged, &keys), Err(JwsError::Signature), "{signature:02x?}");
    }
    for at in 0..64 {
        let mut other = bytes.clone();
        other[at] ^= 1;
        assert_eq!(judge(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&other)), &keys), Err(JwsError::Signature));
    }
}

// The same two numbers as ASN.1 writes them.
fn der(signature: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8]| [&[2, 33, 0], bytes].concat();
    [vec![0x30, 70], number(&signature[..32]), number(&signature[32..])].concat()
}

#[test]
fn keys_of_one_kind_do_not_serve_the_other() {
    let rsa = rsa_key();
    let (ec, _) = new_key();
    let both: JwkSet = [rsa.clone(), ec.public().clone()].into_iter().collect();
    let only_ec = published(&ec);
    let token = sign_rsa(&json!({ "alg": "RS256" }), &json!({ "sub": "a" }));
    assert_eq!(judge(&token, &both), Ok(()));
    assert_eq!(judge(&token, &only_ec), Err(JwsError::UnknownKey));
    // The algorithm says one kind, the name the other.
    for (alg, kid) in [("ES256", rsa.thumbprint()), ("RS256", ec.kid().to_owned())] {
        let token = sign_rsa(&json!({ "alg": alg, "kid": kid }), &json!({ "sub": "a" }));
        assert_eq!(judge(&token, &both), Err(JwsError::UnknownKey), "{alg}");
    }
    let refused = Jws::read(&token).unwrap().verify(&both, &[Algorithm::Es256]).unwrap_err();
    assert_eq!(refused, JwsError::Algorithm, "an algorithm that we know, but that this caller does not allow");
}

#[test]
fn what_is_no_token_is_refused() {
    let (token, keys, _, _) = genuine();
    let parts: Vec<&str> = token.split('.').collect();
    let long = format!("{}.{}.{}", parts[0], "A".repeat(16 * 1024), parts[2]);
    let five = format!("{token}.AA.AA");
    let padded = format!("{token}=");
    let deep = format!("{}.{}.{}", URL_SAFE_NO_PAD.encode("[".repeat(10_000)), parts[1], parts[2]);
    let twice = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","alg":"ES256"}"#);
    let twice = format!("{twice}.{}.{}", parts[1], parts[2]);
    let standard = token.replace(['-', '_'], "+");
    let cases = ["", ".", "..", "a.b", parts[0], &long, &five, &padded, &deep, &twice, &format!(" {token}"), "đ.đ.đ"];
    for token in cases {
        assert_eq!(judge(token, &keys), Err(JwsError::Malformed), "{token:.60}");
    }
    assert!(standard == token || judge(&standard, &keys).is_err());
    // The last character of a signature of 64 bytes holds four stray bits: they must be zero.
    let last = token.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let stray = alphabet.chars().nth(alphabet.find(last).unwrap() + 1).unwrap();
    let respelt = format!("{}{stray}", &token[..token.len() - 1]);
    assert_eq!(judge(&respelt, &keys), Err(JwsError::Malformed));
}

#[test]
fn a_claim_that_stands_twice_is_not_chosen_from() {
    #[derive(Debug, serde::Deserialize)]
    struct Claims {
        #[expect(dead_code, reason = "only read")]
        sub: String,
    }
    let (_, keys, _, pkcs8) = genuine();
    let header = part(&json!({ "alg": "ES256" }));
    let payload = URL_SAFE_NO_PAD.encode(r#"{"sub":"a","sub":"b"}"#);
    let token = sign_raw(&pkcs8, &format!("{header}.{payload}"));
    let verified = Jws::read(&token).unwrap().verify(&keys, ANY).unwrap();
    assert_eq!(verified.claims::<Claims>().unwrap_err(), JwsError::Claims);
}

#[test]
fn what_a_weak_key_signed_is_not_believed() {
    let keys = JwkSet::read(WEAK_KEY.as_bytes()).unwrap();
    assert_eq!(keys.keys().len(), 1);
    assert_eq!(judge(WEAK_TOKEN, &keys), Err(JwsError::Signature), "1024 bits");
}

#[test]
fn a_token_signed_by_a_key_that_is_gone_is_told_apart() {
    let (token, _, _, _) = genuine();
    let other: JwkSet = [Jwk::of_p256([1; 32], [2; 32])].into_iter().collect();
    assert_eq!(judge(&token, &other), Err(JwsError::UnknownKey));
    assert_eq!(judge(&token, &JwkSet::default()), Err(JwsError::UnknownKey));
}
