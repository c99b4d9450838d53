//! Codes of administrative procedures (domain.md §2.1).

use super::{AgencyCode, string_conversions, string_value};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A procedure's code in the national database, such as `1.001193`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureCode(String);

/// A text that is no procedure code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a procedure code such as 1.001193")]
pub struct ProcedureCodeError;

impl ProcedureCode {
    /// Reads a code, forgiving spaces around it.
    ///
    /// The database holds some that are longer than the rule (`2.009182739`) or marked as withdrawn (`1.014955-Xoa`).
    ///
    /// # Errors
    /// When the text has another form; a province's instance (`1.012784.H21`) is a [`ProcedureInstance`].
    pub fn parse(text: &str) -> Result<Self, ProcedureCodeError> {
        let code = text.trim();
        let (number, mark) = match code.split_once('-') {
            Some((number, mark)) => (number, Some(mark)),
            None => (code, None),
        };
        let Some((kind, ordinal)) = number.split_once('.') else {
            return Err(ProcedureCodeError);
        };
        let well_formed = (1..=2).contains(&kind.len())
            && (4..=12).contains(&ordinal.len())
            && kind.bytes().all(|byte| byte.is_ascii_digit())
            && ordinal.bytes().all(|byte| byte.is_ascii_digit())
            && mark.is_none_or(|mark| {
                (1..=8).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        if !well_formed {
            return Err(ProcedureCodeError);
        }
        Ok(Self(code.to_owned()))
    }
}

string_value!(ProcedureCode, ProcedureCodeError);

/// A procedure as one province offers it: `1.012784.H21`, older `2.000635.000.00.00.H21`; procedures match on the base.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureInstance {
    /// The procedure in the national database.
    pub base: ProcedureCode,
    /// The province or ministry, when the code names one.
    pub agency: Option<AgencyCode>,
}

impl ProcedureInstance {
    /// Reads a code with or without its agency.
    ///
    /// # Errors
    /// When either part has another form.
    pub fn parse(text: &str) -> Result<Self, ProcedureCodeError> {
        let text = text.trim();
        let Some((second_dot, _)) = text.match_indices('.').nth(1) else {
            return Ok(Self { base: ProcedureCode::parse(text)?, agency: None });
        };
        let agency = AgencyCode::parse(&text[second_dot + 1..]).map_err(|_| ProcedureCodeError)?;
        Ok(Self { base: ProcedureCode::parse(&text[..second_dot])?, agency: Some(agency) })
    }
}

impl fmt::Display for ProcedureInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.agency {
            Some(agency) => write!(f, "{}.{agency}", self.base),
            None => write!(f, "{}", self.base),
        }
    }
}

string_conversions!(ProcedureInstance, ProcedureCodeError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_national_database_are_read() {
        for text in ["1.001193", "2.000635", "3.000123", "6.006726", "2.009182739", "1.0133611", "1.014955-Xoa"] {
            assert_eq!(ProcedureCode::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(ProcedureCode::parse(" 1.001193 ").unwrap().as_str(), "1.001193");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "1",
            "1.",
            ".001193",
            "1.001",
            "1,001193",
            "1.001193.H21",
            "x.001193",
            "1.00119a",
            "1.001193-",
            "1.001193-a b",
            "1.001193\0",
            "123.001193",
            "1.0011930000000",
            "../../etc/passwd",
        ] {
            assert_eq!(ProcedureCode::parse(text), Err(ProcedureCodeError), "{text:?}");
        }
    }

    #[test]
    fn an_instance_keeps_base_and_agency_apart() {
        for (text, base, agency) in [
            ("2.000635.000.00.00.H21", "2.000635", Some("000.00.00.H21")),
            ("1.012784.H21", "1.012784", Some("H21")),
            ("1.001193", "1.001193", None),
        ] {
            let instance = ProcedureInstance::parse(text).unwrap();
            assert_eq!(instance.base.as_str(), base);
            assert_eq!(instance.agency.as_ref().map(AgencyCode::as_str), agency);
            assert_eq!(instance.to_string(), text);
            let json = serde_json::to_string(&instance).unwrap();
            assert_eq!(serde_json::from_str::<ProcedureInstance>(&json).unwrap(), instance);
        }
        assert!(ProcedureInstance::parse("1.012784.").is_err());
        assert!(ProcedureInstance::parse("1.012784.XYZ").is_err());
    }
}
