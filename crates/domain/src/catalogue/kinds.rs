//! The closed lists of the catalogue: levels, kinds, scopes, ways of filing.

use serde::{Deserialize, Serialize};

/// A word that is not in the list it should come from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(pub String);

/// Gives a closed list its words, as the data files and the database write them.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for it in files and in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }

            /// Reads that word.
            ///
            /// # Errors
            /// When no value has it.
            pub fn parse(text: &str) -> Result<Self, $crate::catalogue::UnknownWord> {
                match text {
                    $($word => Ok($name::$variant),)+
                    other => Err($crate::catalogue::UnknownWord(other.to_owned())),
                }
            }
        }
    };
}

pub(crate) use words;

/// How far a service runs online (leaflet R2; today by Decree 224/2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlineLevel {
    /// Toàn trình: filing, processing and result without a visit.
    Full,
    /// Một phần: some step is not online.
    Partial,
    /// Not offered online.
    None,
}

words!(OnlineLevel { Full = "full", Partial = "partial", None = "none" });

/// A level of administration that carries out a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cấp Bộ.
    Ministry,
    /// Cấp Tỉnh.
    Province,
    /// Cấp Huyện, until 2025-06-30.
    District,
    /// Cấp Xã.
    Commune,
    /// Another body.
    Other,
}

words!(Level {
    Ministry = "ministry",
    Province = "province",
    District = "district",
    Commune = "commune",
    Other = "other",
});

/// The levels of one procedure; stored as the list of their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Level>", into = "Vec<Level>")]
pub struct LevelSet(u8);

impl LevelSet {
    /// Whether the level is among them.
    pub fn contains(self, level: Level) -> bool {
        self.0 & bit(level) != 0
    }

    /// The levels, from the ministry down.
    pub fn iter(self) -> impl Iterator<Item = Level> {
        Level::ALL.iter().copied().filter(move |level| self.contains(*level))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

fn bit(level: Level) -> u8 {
    match level {
        Level::Ministry => 1,
        Level::Province => 2,
        Level::District => 4,
        Level::Commune => 8,
        Level::Other => 16,
    }
}

impl FromIterator<Level> for LevelSet {
    fn from_iter<T: IntoIterator<Item = Level>>(levels: T) -> Self {
        Self(levels.into_iter().fold(0, |set, level| set | bit(level)))
    }
}

impl From<Vec<Level>> for LevelSet {
    fn from(levels: Vec<Level>) -> Self {
        levels.into_iter().collect()
    }
}

impl From<LevelSet> for Vec<Level> {
    fn from(set: LevelSet) -> Self {
        set.iter().collect()
    }
}

/// Who laid a procedure down, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureKind {
    /// For people and organisations, the same everywhere.
    Standard,
    /// Laid down by one province for itself.
    LocalSpecific,
    /// Between state agencies.
    Internal,
}

words!(ProcedureKind {
    Standard = "standard",
    LocalSpecific = "local_specific",
    Internal = "internal",
});

/// Which detail file of the packaged data holds a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Carried out at commune level, also or only.
    Commune,
    /// Carried out at province level but not in communes.
    Province,
    /// Laid down by Gia Lai province itself.
    GiaLai,
    /// Ministries and other central bodies.
    Central,
    /// Another province's own: known by its row only.
    OtherProvince,
}

words!(Scope {
    Commune = "commune",
    Province = "province",
    GiaLai = "gia_lai",
    Central = "central",
    OtherProvince = "other_province",
});

/// What the national database says of a procedure's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureState {
    /// In force as announced.
    Active,
    /// In force, changed since it was announced.
    Updated,
}

words!(ProcedureState { Active = "active", Updated = "updated" });

/// A way of filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Trực tuyến.
    Online,
    /// Dịch vụ bưu chính.
    Postal,
    /// Trực tiếp.
    Direct,
}

words!(Method { Online = "online", Postal = "postal", Direct = "direct" });

impl Method {
    /// The number of KenhThucHien in exchanges with other portals (domain.md §2.4).
    pub fn wire_code(self) -> u8 {
        match self {
            Self::Direct => 1,
            Self::Online => 2,
            Self::Postal => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_and_in_json_are_the_same() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Ok(*scope));
            assert_eq!(serde_json::to_string(scope).unwrap(), format!("\"{}\"", scope.as_str()));
        }
        for level in Level::ALL {
            assert_eq!(serde_json::to_string(level).unwrap(), format!("\"{}\"", level.as_str()));
        }
        assert_eq!(OnlineLevel::parse("toàn trình"), Err(UnknownWord("toàn trình".to_owned())));
    }

    #[test]
    fn a_set_of_levels_survives_json_without_doubles() {
        let set: LevelSet = serde_json::from_str(r#"["commune","province","commune"]"#).unwrap();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["province","commune"]"#);
        assert!(set.contains(Level::Commune) && !set.contains(Level::District) && !set.is_empty());
    }
}
