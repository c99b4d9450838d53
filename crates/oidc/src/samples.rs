//! What tests share: keys, and tokens signed as no honest signer would.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::jose::{Entropy, Jwk, JwkSet, SigningKey};
use crate::provider::{Birth, ClientAuthentication, ClientId, Contact, Endpoints, Kind, Person, RegisteredClient};
use crate::{Address, Assurance, Issuer, Scope, Secret, UnixTime};

/// The morning on which tests take place: 2026-11-23, 08:00 in Vietnam.
pub(crate) const NOW: UnixTime = UnixTime::from_seconds(1_795_395_600);

/// A key made for these tests; it is used nowhere else.
const RSA_DER: &str = "MIIEowIBAAKCAQEAvpd2RwNP7vWQ/dXo8zZPF8s0YMS2uU1lgr2fBtlkvaATbYYI/0Bzfp7PjSCVm7ltYH3MLZmF5el/JSzyns5lvWL+4pjAwukRlYJDRNU+oCYHwOr7dU5SpGl7UCUSx11D1DnTXojDEVhqOxSjHaxZdRAiWWBOm+vqN9s+Fhy4vjGlj5MIuLS+tFemTD1boKmM+1+RuSLQFqpS2CQY9XZ+7NizXA21ol+mkw361umU3GVq2+UdJu/s7PRwVrZMWKdYyw90l3RkWUvrOV93Qk4HmyRKs8W2rwy8ZvwK4Pgcu4GlYjZNHTfjMrfXNgbTNeR/bxKYBzvazMvtZT7bP0Gy5wIDAQABAoIBAAwHMwe4Rcsm5EegwFrZCpTN1jhlMcLwB4AAx5B/F8R/3boDw32Ya7GKBD871zVEtopoZgJatgCUg9msxIMRM4qIPN3AFio22008M1Kcwp8Ix2R9b/EvSDfoEEg2jsDWOfmizJwitWzaz5l66/BreBnTMtfBJDTi5p0v0PNETMRz8YmLoHEzKeBOSL4WB3gCdoCdatpEV7pKMsz36ob8zpNqw57YpaQlJDA7Jfdm77XDQ01xpFOD0rSFeQ2ocuzglD/fgeXKqPp5BWqJF+NIrAA60O/9iQH+cBNbLCy/020P41cabOhgi/NmqHDTg7WV2E1pVX20eq49mDWz8Wmue4ECgYEA+2wtnDVO3cROf5s5+xrs/zRrs1Z7oIqGIDM6FhZdmZWi6Rl7vX58Y2k29Kmn2J1pWRuIMJWFkwgo5H4894QJzR1FXAGSxYEuz4qCpowOFWttcmLdjHQcZe3llqZoosFrEum0WBccMhyOP6p4XFyNn+uG/SWQKw553VoomWSAfekCgYEAwg/D4JQCp8dsHn+SoYKlX4lPQm2Ys9dJg+cZFUKqoAD39D/UierFiCdnuUS4oTdfiA1NduUWx03CScuBtosdOnGkWpwJT0zZRwmR5TzmXZTNDh2BG+ZMzjEWe6k6yuGet6ul2xoSgsq8awMkN+UgiSdX7aIq631v3lKg9UBFGE8CgYEA7zcfMlgaILCNi6YShZM52Rt0OZ7YY4hJU0vKQYeoKOARr71aWZKGIUPTUPg2xcgHmwuyCZ/KBnomBjkCIvJTLQBjpMWucxKVikwcQQBSyhh7evEMIH29I1I1NqBAQFLNYKJRv9rFLfyzb2nvuNkquvSqbCOYRw8v7ebBaCkShDkCgYAnxH9JaEtbAnzfixkLS/CDsWmynS7ru7Ru+U6kkrLQcyJcxS/Sy2+LRTf2OWT0dJp5EPDM6olOclrcMH32YG+u6Fbb0pn9zCvCaO2i4mX6y2FyAQ3SH9Ghd2G6GaXYqX+S9/PXAHLGprER5OTpJ2URdiSIp/DPrTbdgmVFnNQL9QKBgCPy5CrIL9/4AVwfJ5YFtVMZa7yswl7l2J9Ups59HNSaZ9AP3qtvlVIWcVLOuQDTNj9XEt8ceJof6F5VxMGJ4MJ+HD2t5U7pZxkrI8oCvB/Qb2HjyMAG8F2LWq5p6CyvnQdIsajKYtkYzBfy8TWHKAm1GqPdTt1bYWMCO9oc975r";
const RSA_MODULUS: &str = "vpd2RwNP7vWQ_dXo8zZPF8s0YMS2uU1lgr2fBtlkvaATbYYI_0Bzfp7PjSCVm7ltYH3MLZmF5el_JSzyns5lvWL-4pjAwukRlYJDRNU-oCYHwOr7dU5SpGl7UCUSx11D1DnTXojDEVhqOxSjHaxZdRAiWWBOm-vqN9s-Fhy4vjGlj5MIuLS-tFemTD1boKmM-1-RuSLQFqpS2CQY9XZ-7NizXA21ol-mkw361umU3GVq2-UdJu_s7PRwVrZMWKdYyw90l3RkWUvrOV93Qk4HmyRKs8W2rwy8ZvwK4Pgcu4GlYjZNHTfjMrfXNgbTNeR_bxKYBzvazMvtZT7bP0Gy5w";

/// A key of 1024 bits, and a token that it really signed.
pub(crate) const WEAK_KEY: &str = r#"{"keys":[{"kty":"RSA","e":"AQAB","n":"1lcja_viOLXwNmAy2B897_CUAmO3t1zAaNualZ5uztr8qXyzMa8ZY-_v7omTnJBXVcK2E7R0zfI7x34Fq0f-zTAZPdKML4QbE4WyaXthQiiIdZmG3wIIuzh_qLJHIkose050OAhh--_JUFGMFTz3toFgJIh7LYygHC4LmvifPsE"}]}"#;
pub(crate) const WEAK_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.KfOH_pLFa3EVcHM0iAuKG1l0JfrdraWZCGA8145lnI2Lzd69ofaxmOsShGeydbaVNcdLj_CgrWYyA_Den2HPpFRzJPFjEFrqtJtpTGy0ny_sy5DlZ206dZG23yvaZ247j4Pfis3RnFjzCBvnsYG-wnfqRmvdBrZeHw9PMoZzblU";

pub(crate) fn entropy() -> Entropy {
    Entropy::of_the_system()
}

/// A fresh key of a provider: the key, and what would be stored.
pub(crate) fn new_key() -> (SigningKey, Vec<u8>) {
    let pkcs8 = SigningKey::generate(&entropy()).unwrap();
    (SigningKey::read(&pkcs8, &entropy()).unwrap(), pkcs8)
}

/// The text with a right signature of the stored key behind it, whatever the text says.
pub(crate) fn sign_raw(pkcs8: &[u8], signed: &str) -> String {
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &random).unwrap();
    let signature = pair.sign(&random, signed.as_bytes()).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token of the RSA key with any header.
pub(crate) fn sign_rsa(header: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", part(header), part(claims));
    let pair = RsaKeyPair::from_der(&STANDARD.decode(RSA_DER).unwrap()).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The public half of the RSA key, without a name.
pub(crate) fn rsa_key() -> Jwk {
    let set = json!({ "keys": [{ "kty": "RSA", "e": "AQAB", "n": RSA_MODULUS }] });
    JwkSet::read(set.to_string().as_bytes()).unwrap().keys()[0].clone()
}

/// JSON as a part of a token.
pub(crate) fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The provider of these tests.
pub(crate) fn issuer() -> Issuer {
    Issuer::parse("https://dvcqg.vidu.vn").unwrap()
}

/// Its endpoints.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints {
        authorization: "/oidc/authorize",
        token: "/oidc/token",
        userinfo: "/oidc/userinfo",
        jwks: "/oidc/jwks",
        end_session: "/oidc/logout",
    }
}

/// Where the client of these tests takes people back.
pub(crate) const REDIRECT: &str = "https://gialai.vidu.vn/dang-nhap/ve?nha-cung-cap=dvcqg";

/// The secret of the client of these tests.
pub(crate) fn client_secret() -> Secret {
    Secret::from_random([42; 32])
}

/// The client of these tests: a portal of its own, with a secret, about which people are asked.
pub(crate) fn registered() -> RegisteredClient {
    RegisteredClient {
        id: ClientId::parse("gia-lai").unwrap(),
        name: "Cổng Dịch vụ công tỉnh Gia Lai".to_owned(),
        name_en: "Gia Lai public service portal".to_owned(),
        authentication: ClientAuthentication::by(&client_secret()),
        redirect_uris: vec![Address::parse(REDIRECT).unwrap(), Address::parse("https://gialai.vidu.vn/hai").unwrap()],
        post_logout_redirect_uris: vec![Address::parse("https://gialai.vidu.vn/da-ra").unwrap()],
        backchannel_logout_uri: Some(Address::parse("https://gialai.vidu.vn/oidc/ra").unwrap()),
        scopes: Scope::ALL.into_iter().collect(),
        is_first_party: false,
        resource: None,
    }
}

/// Somebody with an account at the provider.
pub(crate) fn person() -> Person {
    let contact = |value: &str| Some(Contact { value: value.to_owned(), is_verified: true });
    Person {
        subject: "nguoi-1".to_owned(),
        kind: Kind::Citizen,
        name: "Nguyễn Thị Hòa".to_owned(),
        birth: Some(Birth { year: 1990, month: Some(2), day: Some(5) }),
        citizen_number: Some("064190000001".to_owned()),
        old_number: Some("230000001".to_owned()),
        tax_number: None,
        organisation: None,
        phone: contact("+84912345678"),
        email: contact("hoa@vidu.vn"),
        assurance: Assurance::LoA2,
        identity_provider: "DVCQG".to_owned(),
        updated_at: NOW,
    }
}
