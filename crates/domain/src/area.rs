//! Areas (provinces, districts, communes) before and after 2025-07-01, apart from the organisations that govern them
//! (domain.md §7).

use crate::catalogue::words;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is no area code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an area code of {expected} digits")]
pub struct AreaCodeError {
    /// How many digits the code has.
    pub expected: usize,
}

/// Declares the statistics codes of areas: a fixed number of digits.
macro_rules! area_codes {
    ($($(#[$doc:meta])+ $name:ident($len:literal);)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $len]);

        impl $name {
            /// Reads a code, forgiving spaces around it.
            ///
            /// # Errors
            /// When it has another number of digits.
            pub fn parse(text: &str) -> Result<Self, AreaCodeError> {
                match <[u8; $len]>::try_from(text.trim().as_bytes()) {
                    Ok(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(Self(digits)),
                    _ => Err(AreaCodeError { expected: $len }),
                }
            }

            /// The digits.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).expect("an area code has ASCII digits only")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl TryFrom<String> for $name {
            type Error = AreaCodeError;
            fn try_from(text: String) -> Result<Self, AreaCodeError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.to_string()
            }
        }
    )+};
}

area_codes! {
    /// A province's statistics code: 52 is the Gia Lai of today, 64 that of before 2025-07-01.
    ProvinceCode(2);
    /// A district's statistics code; districts ended on 2025-06-30.
    DistrictCode(3);
    /// A commune's statistics code; one number may mean an old and a new commune, told apart by the era.
    CommuneCode(5);
}

/// The order of areas: of three tiers until 2025-06-30, of two since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Era {
    /// With districts.
    Old,
    /// Without.
    New,
}

words!(Era { Old = "old", New = "new" });

impl Era {
    /// The order in force on that day.
    pub fn on(day: Day) -> Self {
        let change = Day::new(2025, 7, 1).expect("the day of the reorganisation exists");
        match day < change {
            true => Self::Old,
            false => Self::New,
        }
    }
}

/// What an area is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// Tỉnh.
    Tinh,
    /// Thành phố, of the centre or of a province.
    ThanhPho,
    /// Quận.
    Quan,
    /// Huyện.
    Huyen,
    /// Thị xã.
    ThiXa,
    /// Phường.
    Phuong,
    /// Xã.
    Xa,
    /// Thị trấn.
    ThiTran,
    /// Đặc khu.
    DacKhu,
}

words!(AreaKind {
    Tinh = "tinh",
    ThanhPho = "thanh_pho",
    Quan = "quan",
    Huyen = "huyen",
    ThiXa = "thi_xa",
    Phuong = "phuong",
    Xa = "xa",
    ThiTran = "thi_tran",
    DacKhu = "dac_khu",
});

/// A province or a city of the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Province {
    /// Its statistics code.
    pub code: ProvinceCode,
    /// Its name with the word for its kind.
    pub name: String,
    /// Its name without.
    pub short_name: String,
    /// What it is called.
    pub kind: AreaKind,
    /// The order it belongs to.
    pub era: Era,
}

/// A district of the old order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// Its statistics code.
    pub code: DistrictCode,
    /// Its province.
    pub province: ProvinceCode,
    /// Its name with the word for its kind.
    pub name: String,
    /// Its name without.
    pub short_name: String,
    /// What it is called.
    pub kind: AreaKind,
}

/// A commune, ward, township or special zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commune {
    /// Its statistics code.
    pub code: CommuneCode,
    /// Its district, in the old order.
    pub district: Option<DistrictCode>,
    /// Its province.
    pub province: ProvinceCode,
    /// Its name with the word for its kind.
    pub name: String,
    /// Its name without.
    pub short_name: String,
    /// What it is called.
    pub kind: AreaKind,
    /// The order it belongs to.
    pub era: Era,
}

/// One line from an old commune to a new one; a divided commune has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneMapping {
    /// The old commune; none for the five island districts that had no communes.
    pub old_commune: Option<CommuneCode>,
    /// Its district.
    pub old_district: DistrictCode,
    /// Its province.
    pub old_province: ProvinceCode,
    /// The new commune.
    pub new_commune: CommuneCode,
    /// Its province.
    pub new_province: ProvinceCode,
    /// How much of the old commune it took.
    pub extent: Extent,
    /// Whether it is the one to assume when nothing more is known of an address.
    pub is_main_successor: bool,
    /// Whether a second source says the same.
    pub is_confirmed: bool,
}

/// How much of an old commune went to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part: the address must be asked for.
    Partial,
}

words!(Extent { Whole = "whole", Partial = "partial" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_number_of_digits() {
        assert_eq!(ProvinceCode::parse(" 52 ").unwrap().as_str(), "52");
        assert_eq!(CommuneCode::parse("00004").unwrap().to_string(), "00004");
        for text in ["", "4", "0004", "000004", "0000x", "٠٠٠٠٤"] {
            assert_eq!(CommuneCode::parse(text), Err(AreaCodeError { expected: 5 }), "{text:?}");
        }
        let json = serde_json::to_string(&DistrictCode::parse("628").unwrap()).unwrap();
        assert_eq!(json, "\"628\"");
        assert_eq!(serde_json::from_str::<DistrictCode>(&json).unwrap().as_str(), "628");
    }

    #[test]
    fn districts_ended_with_june_2025() {
        assert_eq!(Era::on(Day::new(2025, 6, 30).unwrap()), Era::Old);
        assert_eq!(Era::on(Day::new(2025, 7, 1).unwrap()), Era::New);
    }
}
