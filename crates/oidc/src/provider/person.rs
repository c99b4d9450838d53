//! What a client learns of a person: the standard claims, and beside them the names that Vietnamese systems read
//! (domain.md §5.3).

use serde_json::{Map, Value};

use crate::assurance::Assurance;
use crate::scope::{Scope, Scopes};
use crate::time::UnixTime;

/// A person or an organisation, as the provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The stable name among all clients.
    pub subject: String,
    /// Citizen, enterprise or agency.
    pub kind: Kind,
    /// The full name of the person; of an organisation, of who signed in for it.
    pub name: String,
    /// When the person was born.
    pub birth: Option<Birth>,
    /// The number of the citizen identity card, 12 digits.
    pub citizen_number: Option<String>,
    /// The number of the old identity card, 9 digits.
    pub old_number: Option<String>,
    /// The tax number of the organisation.
    pub tax_number: Option<String>,
    /// The name of the organisation.
    pub organisation: Option<String>,
    /// The telephone number, as `+84…`.
    pub phone: Option<Contact>,
    /// The e-mail address.
    pub email: Option<Contact>,
    /// How sure it is.
    pub assurance: Assurance,
    /// Who proved the person: `BCA` for the e-ID, another word for the portal's own account.
    pub identity_provider: String,
    /// When any of it was last changed.
    pub updated_at: UnixTime,
}

/// The kind of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Citizen,
    /// An enterprise.
    Enterprise,
    /// A body of the state.
    Agency,
}

/// A date of birth; the day, or day and month, of some people is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1.
    pub day: Option<u8>,
}

/// A telephone number or an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The number or address.
    pub value: String,
    /// Whether the person has shown that it is theirs.
    pub is_verified: bool,
}

impl Kind {
    // 1 is a citizen, anything else an organisation.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "1",
            Self::Enterprise => "2",
            Self::Agency => "3",
        }
    }
}

impl Birth {
    /// OpenID Connect Core, 5.1: a date, or the year alone.
    fn standard(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// `yyyyMMdd`, cut short where it is not known.
    fn compact(self) -> String {
        let month = self.month.map(|month| format!("{month:02}")).unwrap_or_default();
        let day = self.day.filter(|_| self.month.is_some()).map(|day| format!("{day:02}")).unwrap_or_default();
        format!("{:04}{month}{day}", self.year)
    }
}

impl Person {
    /// What these scopes open. What is not known is left out.
    pub fn claims(&self, scopes: &Scopes) -> Map<String, Value> {
        let mut claims = Map::new();
        for scope in scopes.iter() {
            for (name, value) in self.of_scope(scope) {
                claims.insert(name.to_owned(), value);
            }
        }
        claims
    }

    fn of_scope(&self, scope: Scope) -> Vec<(&'static str, Value)> {
        let mut claims: Vec<(&'static str, Option<Value>)> = Vec::new();
        let text = |text: &str| Some(Value::from(text));
        let number = |text: &Option<String>| text.as_deref().map(Value::from);
        match scope {
            Scope::OpenId => claims.extend([("sub", text(&self.subject)), ("TechID", text(&self.subject))]),
            Scope::Profile => claims.extend([
                ("name", text(&self.name)),
                ("HoVaTen", text(&self.name)),
                ("birthdate", self.birth.map(|birth| birth.standard().into())),
                ("NgayThangNamSinh", self.birth.map(|birth| birth.compact().into())),
                ("updated_at", Some(self.updated_at.as_seconds().into())),
                ("LoaiTaiKhoan", text(self.kind.as_str())),
                ("TenDoanhNghiep", number(&self.organisation)),
            ]),
            Scope::Email => {
                let email = self.email.as_ref();
                claims.push(("email", email.map(|email| email.value.as_str().into())));
                claims.push(("email_verified", email.map(|email| email.is_verified.into())));
                claims.push(("ThuDienTu", email.map(|email| email.value.as_str().into())));
            }
            Scope::Phone => {
                let phone = self.phone.as_ref();
                claims.push(("phone_number", phone.map(|phone| phone.value.as_str().into())));
                claims.push(("phone_number_verified", phone.map(|phone| phone.is_verified.into())));
                claims.push(("SoDienThoai", phone.map(|phone| national(&phone.value).into())));
            }
            Scope::Vn => claims.extend([
                ("SoDinhDanh", number(&self.citizen_number)),
                ("SoCMND", number(&self.old_number)),
                ("MaSoThue", number(&self.tax_number)),
                ("LoaiTaiKhoan", text(self.kind.as_str())),
                ("TenDoanhNghiep", number(&self.organisation)),
                ("loginIdp", text(&self.identity_provider)),
                ("loAs", text(self.assurance.as_str())),
            ]),
            Scope::Dossiers | Scope::OfflineAccess => {}
        }
        claims.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn national(phone: &str) -> String {
    phone.strip_prefix("+84").map_or_else(|| phone.to_owned(), |rest| format!("0{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::person;
    use serde_json::json;

    fn claims(person: &Person, scopes: &str) -> Value {
        Value::Object(person.claims(&Scopes::parse(scopes)))
    }

    #[test]
    fn each_scope_opens_its_claims_and_no_more() {
        let person = person();
        assert_eq!(claims(&person, ""), json!({}));
        assert_eq!(claims(&person, "openid"), json!({ "sub": "nguoi-1", "TechID": "nguoi-1" }));
        let profile = json!({
            "name": "Nguyễn Thị Hòa", "HoVaTen": "Nguyễn Thị Hòa",
            "birthdate": "1990-02-05", "NgayThangNamSinh": "19900205",
            "updated_at": 1_795_395_600, "LoaiTaiKhoan": "1",
        });
        assert_eq!(claims(&person, "profile"), profile);
        let email = json!({ "email": "hoa@vidu.vn", "email_verified": true, "ThuDienTu": "hoa@vidu.vn" });
        assert_eq!(claims(&person, "email"), email);
        let phone =
            json!({ "phone_number": "+84912345678", "phone_number_verified": true, "SoDienThoai": "0912345678" });
        assert_eq!(claims(&person, "phone"), phone);
        let vn = json!({
            "SoDinhDanh": "064190000001", "SoCMND": "230000001", "LoaiTaiKhoan": "1", "loginIdp": "DVCQG", "loAs": "LoA2",
        });
        assert_eq!(claims(&person, "vn"), vn);
        assert_eq!(claims(&person, "offline_access"), json!({}));
    }

    #[test]
    fn an_enterprise_has_its_name_and_tax_number() {
        let person = Person {
            kind: Kind::Enterprise,
            tax_number: Some("5900000001".to_owned()),
            organisation: Some("Công ty Ví dụ".to_owned()),
            citizen_number: None,
            old_number: None,
            ..person()
        };
        let vn = json!({
            "MaSoThue": "5900000001", "LoaiTaiKhoan": "2", "TenDoanhNghiep": "Công ty Ví dụ",
            "loginIdp": "DVCQG", "loAs": "LoA2",
        });
        assert_eq!(claims(&person, "vn"), vn);
    }

    #[test]
    fn a_birth_date_may_be_known_in_part() {
        let cases = [
            ((1990, Some(2), Some(5)), ("1990-02-05", "19900205")),
            ((1990, Some(2), None), ("1990", "199002")),
            ((1990, None, None), ("1990", "1990")),
            ((1990, None, Some(5)), ("1990", "1990")),
        ];
        for ((year, month, day), (standard, compact)) in cases {
            let birth = Birth { year, month, day };
            assert_eq!((birth.standard().as_str(), birth.compact().as_str()), (standard, compact));
        }
    }
}
