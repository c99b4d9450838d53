//! Identifier codes of agencies, of the order now in force and of the older one (domain.md §2.1).

use super::string_value;
use serde::{Deserialize, Serialize};

/// Decision 20/2020/QĐ-TTg: at most 35 characters.
const MAX_LEN: usize = 35;

/// An agency's code: `H21.58` (most general part first), a unit inside one `H21.180-04`, or the older `000.00.25.H21`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgencyCode(String);

/// A text that is no agency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an agency code such as H21.58 or 000.00.25.H21")]
pub struct AgencyCodeError;

impl AgencyCode {
    /// Reads a code, forgiving spaces around it and lower case.
    ///
    /// # Errors
    /// When the text has neither the form of Decision 20/2020/QĐ-TTg nor that of QCVN 102:2016.
    pub fn parse(text: &str) -> Result<Self, AgencyCodeError> {
        let code = text.trim().to_ascii_uppercase();
        if code.len() > MAX_LEN || !(is_current(&code) || is_old(&code)) {
            return Err(AgencyCodeError);
        }
        Ok(Self(code))
    }

    /// Whether it has the form of QCVN 102:2016, most specific part first.
    pub fn is_old_form(&self) -> bool {
        is_old(&self.0)
    }

    /// The ministry or province on top: `H21` of `H21.58.99` and of `000.00.25.H21`.
    pub fn root(&self) -> AgencyCode {
        let root = match self.is_old_form() {
            true => self.0.rsplit('.').next(),
            false => self.0.split(['.', '-']).next(),
        };
        Self(root.unwrap_or_default().to_owned())
    }

    /// The agency under whose code dossiers are numbered: units such as `H21.180-04` share the ordinals of `H21.180`,
    /// because a dossier code has no place for a dash inside its agency (domain.md §2.2).
    pub fn numbering(&self) -> AgencyCode {
        Self(self.0.split('-').next().unwrap_or_default().to_owned())
    }

    /// Whether this agency's code lies under the other's, or is the same: `H21.58.99` and `H21.58-01` under `H21.58`.
    pub fn is_within(&self, other: &AgencyCode) -> bool {
        match self.0.strip_prefix(&other.0) {
            Some(rest) => rest.is_empty() || rest.starts_with(['.', '-']),
            None => false,
        }
    }
}

/// `Xnn` and any number of parts behind dots or dashes. Parts of one character exist (`G12.18.64.007.1`).
fn is_current(code: &str) -> bool {
    let mut parts = code.split(['.', '-']);
    parts.next().is_some_and(is_root) && parts.all(is_part)
}

/// `nnn.nn.nn.Xnn`.
fn is_old(code: &str) -> bool {
    let parts: Vec<&str> = code.split('.').collect();
    match parts.as_slice() {
        [unit, division, agency, root] => {
            super::is_digits(unit, 3) && super::is_digits(division, 2) && super::is_digits(agency, 2) && is_root(root)
        }
        _ => false,
    }
}

fn is_root(part: &str) -> bool {
    let mut bytes = part.bytes();
    part.len() == 3
        && bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
        && bytes.all(|byte| byte.is_ascii_digit())
}

fn is_part(part: &str) -> bool {
    (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

string_value!(AgencyCode, AgencyCodeError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_orders_are_read() {
        for (text, root, is_old) in [
            ("H21", "H21", false),
            ("H21.65", "H21", false),
            ("H15.50.05.13", "H15", false),
            ("G09.20", "G09", false),
            ("H21.180-04", "H21", false),
            ("H21.24.01-98", "H21", false),
            ("G12.18.64.007.1", "G12", false),
            ("H21.58.A1", "H21", false),
            ("000.00.25.H21", "H21", true),
            ("000.00.04.G18", "G18", true),
            ("000.00.00.H21", "H21", true),
        ] {
            let code = AgencyCode::parse(text).unwrap();
            assert_eq!(code.as_str(), text);
            assert_eq!(code.root().as_str(), root, "{text}");
            assert_eq!(code.is_old_form(), is_old, "{text}");
        }
    }

    #[test]
    fn a_pasted_code_may_have_spaces_around_and_lower_case() {
        assert_eq!(AgencyCode::parse("  h21.58 \n").unwrap().as_str(), "H21.58");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "H",
            "H2",
            "H21.",
            "H21..58",
            "21H",
            ".H21",
            "H21-",
            "H21 58",
            "H21.58!",
            "H21.58\0",
            "HH1.58",
            "H21.12345",
            "000.00.25",
            "00.00.25.H21",
            "H21.Ơ1",
            "0100100079",
            "H21.11.11.11.11.11.11.11.11.11.11.11",
        ] {
            assert_eq!(AgencyCode::parse(text), Err(AgencyCodeError), "{text:?}");
        }
    }

    #[test]
    fn units_share_the_ordinals_of_their_agency() {
        for (unit, numbering) in
            [("H21.180-04", "H21.180"), ("H21.58.99", "H21.58.99"), ("000.00.25.H21", "000.00.25.H21")]
        {
            let code = AgencyCode::parse(unit).unwrap();
            assert_eq!(code.numbering().as_str(), numbering);
        }
    }

    #[test]
    fn a_code_lies_within_another_only_at_a_boundary() {
        let code = |text| AgencyCode::parse(text).unwrap();
        assert!(code("H21.58.99").is_within(&code("H21.58")));
        assert!(code("H21.58-01").is_within(&code("H21.58")));
        assert!(code("H21.58").is_within(&code("H21.58")));
        assert!(!code("H21.580").is_within(&code("H21.58")));
        assert!(!code("H21").is_within(&code("H21.58")));
    }

    #[test]
    fn a_code_in_json_is_checked_when_read() {
        let code: AgencyCode = serde_json::from_str("\"H21.58\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"H21.58\"");
        assert!(serde_json::from_str::<AgencyCode>("\"x\"").is_err());
    }
}
