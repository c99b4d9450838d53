//! The examples that the standards print, letter by letter.

use crate::jose::{Algorithm, Jwk, JwkSet, Jws, JwsError};

// RFC 7515, A.3.1.
pub(crate) const EC_KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;
const EC_TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

// RFC 7515, A.2.1.
pub(crate) const RSA_KEY: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;
const RSA_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

// RFC 8037, A.2 and A.4.
const ED_KEY: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
const ED_TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

// RFC 7638, 3.1.
const THUMBPRINT_KEY: &str = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;

fn keys(keys: &[&str]) -> JwkSet {
    JwkSet::read(format!(r#"{{"keys":[{}]}}"#, keys.join(",")).as_bytes()).unwrap()
}

#[test]
fn the_tokens_of_rfc_7515_are_believed() {
    let both = keys(&[EC_KEY, RSA_KEY]);
    for (token, algorithm) in [(EC_TOKEN, Algorithm::Es256), (RSA_TOKEN, Algorithm::Rs256)] {
        let verified = Jws::read(token).unwrap().verify(&both, &[algorithm]).unwrap();
        let claims: serde_json::Value = verified.claims().unwrap();
        assert_eq!(claims["iss"], "joe");
        assert_eq!(claims["exp"], 1_300_819_380);
        assert!(verified.has_no_kind());
    }
    let refused = Jws::read(RSA_TOKEN).unwrap().verify(&both, &[Algorithm::Es256]).unwrap_err();
    assert_eq!(refused, JwsError::Algorithm);
}

#[test]
fn the_name_of_rfc_7638_is_found() {
    let set = keys(&[THUMBPRINT_KEY]);
    assert_eq!(set.keys()[0].thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!(set.keys().first().and_then(Jwk::kid), Some("2011-04-29"));
}

#[test]
fn the_example_of_rfc_8037_is_believed() {
    let set = keys(&[ED_KEY]);
    // RFC 8037, A.3.
    assert_eq!(set.keys()[0].thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assert!(Jws::read(ED_TOKEN).unwrap().verify(&set, &[Algorithm::EdDsa]).is_ok());
    let refused = Jws::read(ED_TOKEN).unwrap().verify(&set, &[Algorithm::Es256, Algorithm::Rs256]).unwrap_err();
    assert_eq!(refused, JwsError::Algorithm, "who asks for other algorithms gets none of these");
    let (header, rest) = ED_TOKEN.split_once('.').unwrap();
    let detached = format!("{header}..{}", rest.split_once('.').unwrap().1);
    let judge = |token: &str, payload: &[u8]| {
        Jws::read_detached(token, payload).and_then(|jws| jws.verify(&set, &[Algorithm::EdDsa])).err()
    };
    assert_eq!(judge(&detached, b"Example of Ed25519 signing"), None);
    assert_eq!(judge(&detached, b"Example of Ed25519 signing."), Some(JwsError::Signature));
    assert_eq!(judge(ED_TOKEN, b"Example of Ed25519 signing"), Some(JwsError::Malformed));
    assert_eq!(judge("", b""), Some(JwsError::Malformed));
}
