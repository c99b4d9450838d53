//! Asking a provider what it knows of a person, and reading it whatever it calls it.

use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use http::{Request, Response};
use serde_json::{Map, Value};

use crate::client::{MOST_BYTES, ProviderMetadata};
use crate::secret::Secret;

/// What a provider says of a person. Contacts in it key nobody: they change hands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims(Map<String, Value>);

/// Why a provider's claims are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserinfoError {
    /// It answers with another status.
    #[error("the provider answers with status {0}")]
    Status(u16),
    /// It answers something else than a JSON object.
    #[error("an answer that cannot be read")]
    Malformed,
    /// It speaks of somebody else.
    #[error("claims about another person")]
    OtherSubject,
}

/// The request for the claims, when the provider has such an endpoint.
pub fn userinfo_request(metadata: &ProviderMetadata, access_token: &Secret) -> Option<Request<Vec<u8>>> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", access_token.as_str())).ok()?;
    value.set_sensitive(true);
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = metadata.userinfo.as_ref()?.as_str().parse().ok()?;
    request.headers_mut().insert(AUTHORIZATION, value);
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    Some(request)
}

/// Reads the claims about the subject of the ID token.
///
/// # Errors
/// When the provider refused, or speaks of somebody else (OpenID Connect Core, 5.3.2).
pub fn read_userinfo(answer: &Response<Vec<u8>>, subject: &str) -> Result<Claims, UserinfoError> {
    if answer.status() != 200 {
        return Err(UserinfoError::Status(answer.status().as_u16()));
    }
    if answer.body().len() > MOST_BYTES {
        return Err(UserinfoError::Malformed);
    }
    let claims: Map<String, Value> = serde_json::from_slice(answer.body()).map_err(|_| UserinfoError::Malformed)?;
    if claims.get("sub").and_then(Value::as_str) != Some(subject) {
        return Err(UserinfoError::OtherSubject);
    }
    Ok(Claims(claims))
}

impl Claims {
    #[cfg(test)]
    pub(crate) fn of(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// These claims, and of the others those that are not among them.
    #[must_use]
    pub(crate) fn over(self, others: Map<String, Value>) -> Self {
        let mut claims = others;
        claims.extend(self.0);
        Self(claims)
    }

    /// The first of these claims that is a text and not empty.
    pub fn text(&self, names: &[&str]) -> Option<&str> {
        let texts = names.iter().filter_map(|name| self.0.get(*name)?.as_str());
        texts.map(str::trim).find(|text| !text.is_empty())
    }

    /// Whether this claim is `true`; some write it as a text.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Bool(true))) || self.text(&[name]) == Some("true")
    }

    /// The full name.
    pub fn name(&self) -> Option<&str> {
        self.text(&["HoVaTen", "name"])
    }

    /// The number of the identity card, of 12 digits or of 9.
    pub fn identity_number(&self) -> Option<&str> {
        self.text(&["SoDinhDanh", "SoCMND"])
    }

    /// The tax number of an enterprise.
    pub fn tax_number(&self) -> Option<&str> {
        self.text(&["MaSoThue"])
    }

    /// The date of birth as `yyyyMMdd`, `yyyyMM` or `yyyy`.
    pub fn birth(&self) -> Option<String> {
        let text = self.text(&["NgayThangNamSinh", "birthdate"])?;
        let digits: String = text.chars().filter(|character| *character != '-').collect();
        let is_date = [4, 6, 8].contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_date.then_some(digits)
    }

    /// The e-mail address, when the provider says that it is the person's.
    pub fn verified_email(&self) -> Option<&str> {
        self.text(&["email", "ThuDienTu"]).filter(|_| self.is_true("email_verified"))
    }

    /// The telephone number, when the provider says that it is the person's.
    pub fn verified_phone(&self) -> Option<&str> {
        self.text(&["phone_number", "SoDienThoai"]).filter(|_| self.is_true("phone_number_verified"))
    }

    /// Whether it is a person's account, as far as the provider says.
    pub fn is_citizen(&self) -> bool {
        let kind = self.0.get("LoaiTaiKhoan");
        kind.is_none_or(|kind| kind == "1" || kind.as_i64() == Some(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judge(status: u16, body: &str) -> Result<Claims, UserinfoError> {
        read_userinfo(&Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap(), "a")
    }

    #[test]
    fn claims_must_be_about_the_person_of_the_token() {
        use UserinfoError::{Malformed, OtherSubject, Status};
        assert!(judge(200, r#"{"sub":"a","name":"x"}"#).is_ok());
        let cases = [
            (200, r#"{"sub":"b"}"#, OtherSubject),
            (200, r#"{"sub":["a"]}"#, OtherSubject),
            (200, r#"{"name":"x"}"#, OtherSubject),
            (200, "eyJhbGciOiJub25lIn0.e30.", Malformed),
            (200, "[]", Malformed),
            (401, r#"{"sub":"a"}"#, Status(401)),
            (302, "", Status(302)),
        ];
        for (status, body, expected) in cases {
            assert_eq!(judge(status, body), Err(expected), "{status} {body}");
        }
    }

    #[test]
    fn claims_are_read_under_either_name() {
        let read = |value: Value| Claims::of(value.as_object().unwrap().clone());
        let vietnamese = read(json!({
            "HoVaTen": "Nguyễn Văn A", "SoDinhDanh": "", "SoCMND": "230000001", "NgayThangNamSinh": "19900205",
            "LoaiTaiKhoan": "1", "ThuDienTu": "a@vidu.vn", "SoDienThoai": "0912345678", "phone_number_verified": "true",
        }));
        assert_eq!(vietnamese.name(), Some("Nguyễn Văn A"));
        assert_eq!(vietnamese.identity_number(), Some("230000001"));
        assert_eq!(vietnamese.birth().as_deref(), Some("19900205"));
        assert_eq!(vietnamese.verified_email(), None, "nobody says that it is theirs");
        assert_eq!(vietnamese.verified_phone(), Some("0912345678"));
        assert!(vietnamese.is_citizen());
        let standard = read(json!({
            "name": "Nguyễn Văn A", "birthdate": "1990-02-05", "email": "a@vidu.vn", "email_verified": true, "LoaiTaiKhoan": 2,
        }));
        assert_eq!(standard.name(), Some("Nguyễn Văn A"));
        assert_eq!(standard.birth().as_deref(), Some("19900205"));
        assert_eq!(standard.verified_email(), Some("a@vidu.vn"));
        assert_eq!(standard.identity_number(), None);
        assert!(!standard.is_citizen());
        let odd = read(json!({ "name": 7, "birthdate": "hôm nay", "email": ["a"], "email_verified": 1 }));
        assert_eq!((odd.name(), odd.birth(), odd.verified_email()), (None, None, None));
    }
}
