//! The parts a dossier is made of.

use crate::area::CommuneCode;
use crate::codes::{AgencyCode, EmailAddress, LoginName, PartyName, PhoneNumber, ProcedureCode};
use crate::ids::{AttachmentId, Hash, OfficerId};
use crate::partial_date::PartialDate;
use crate::representation::turns_fourteen_on;
use crate::store::Citation;
use crate::text::clean_text;
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// The procedure as it stood when the draft was begun: old dossiers never re-render under new names (domain.md §7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// Its code.
    pub code: ProcedureCode,
    /// Its name then.
    pub name: String,
    /// The version of the catalogue it was read from.
    pub catalogue_version: String,
    /// How many documents it asks for; with none, a dossier without files can be filed.
    pub component_count: u32,
}

/// An agency under the name it had then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyRef {
    /// Its code.
    pub code: AgencyCode,
    /// Its name then.
    pub name: String,
}

/// An officer under the name they had then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerRef {
    /// The officer.
    pub id: OfficerId,
    /// Their name then.
    pub name: String,
}

/// The way a dossier came in (KenhThucHien, domain.md §2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Trực tiếp, at the desk.
    Desk,
    /// Trực tuyến.
    Online,
    /// Bưu chính công ích.
    Post,
}

/// What the owner of a dossier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// A person.
    Citizen,
    /// An enterprise or another organisation.
    Organisation,
}

/// How the filer stands to the owner (leaflet R53).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The filer's own dossier.
    SelfOwner,
    /// Filed on the owner's behalf, by a close relative, a guardian or whoever runs the organisation.
    OnBehalf,
    /// Filed by written mandate (văn bản ủy quyền), which is attached.
    ByMandate,
}

impl Relation {
    /// Whether somebody else than the owner files it.
    pub fn is_for_another(self) -> bool {
        self != Self::SelfOwner
    }
}

/// The component under which a mandate is attached, beside those of the procedure.
pub const MANDATE: &str = "mandate";

/// The dossier's owner (chủ hồ sơ), who need not be the filer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Person or organisation.
    pub kind: OwnerKind,
    /// The name.
    pub full_name: PartyName,
    /// The identity or tax number; only a child under 14 may have none yet.
    pub number: Option<LoginName>,
    /// The birth date, as far as it is known.
    pub birth_date: Option<PartialDate>,
    /// Where to call.
    pub phone: PhoneNumber,
    /// Where to write.
    pub email: Option<EmailAddress>,
    /// The address as it was written.
    pub address: String,
    /// The commune of that address.
    pub commune: Option<CommuneCode>,
    /// How the filer stands to the owner.
    pub relation_to_filer: Relation,
}

impl Owner {
    /// Whether an owner like this may have no number yet: a child under 14, for whom somebody else files.
    pub fn may_lack_number(kind: OwnerKind, relation: Relation, birth_date: Option<PartialDate>, today: Day) -> bool {
        let Some(PartialDate::Full(born)) = birth_date else { return false };
        kind == OwnerKind::Citizen && relation.is_for_another() && today < turns_fourteen_on(born)
    }

    /// The number as it is shown; empty when there is none.
    pub fn number_text(&self) -> &str {
        self.number.as_ref().map(LoginName::as_str).unwrap_or_default()
    }
}

/// Where the result is received (nơi nhận kết quả; leaflet R5, R54).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Delivery {
    /// At the one-stop desk.
    AtDesk,
    /// By the public post.
    ByPost {
        /// Who receives it.
        name: PartyName,
        /// Their telephone number.
        phone: PhoneNumber,
        /// Their address.
        address: String,
    },
    /// Online, as a signed file.
    Online,
}

/// How a result was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum ReturnWay {
    /// At the one-stop desk.
    AtDesk {
        /// Who took it.
        receiver: PartyName,
    },
    /// By the public post.
    ByPost {
        /// The number of the item, when there is one.
        tracking_number: Option<String>,
    },
    /// Made available online.
    Online,
}

/// One file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file within the dossier.
    pub id: AttachmentId,
    /// The required document it is for; none for a file beside the list.
    pub component_code: Option<String>,
    /// The name of that document then.
    pub component_name: String,
    /// The file's name on the person's device, cleaned.
    pub file_name: String,
    /// The kind of file, found by its content.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, under which they are stored.
    pub hash: Hash,
    /// When it was received.
    pub uploaded_at: Instant,
    /// That it was cited from the filer's store instead of being uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
}

/// Who has a filed dossier, and since when (leaflet R11, R17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The agency that has it.
    pub agency: AgencyRef,
    /// The officer who has it; none until one acts.
    pub officer: Option<OfficerRef>,
    /// Since when.
    pub since: Instant,
}

/// Why a dossier is refused: sentences for the citizen, never codes (form 03, domain.md §1.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRefusalReasons")]
pub struct RefusalReasons {
    items: Vec<String>,
    legal_ground: Option<String>,
}

#[derive(Deserialize)]
struct RawRefusalReasons {
    items: Vec<String>,
    legal_ground: Option<String>,
}

/// RefusalReasons that can't be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusalReasonsError {
    /// No reason was given.
    #[error("no reason given")]
    Empty,
    /// A reason is longer than a form holds.
    #[error("a reason is longer than {max} characters")]
    TooLong {
        /// The most a reason may have.
        max: usize,
    },
    /// More reasons than a form holds.
    #[error("more than {max} reasons")]
    TooMany {
        /// The most there may be.
        max: usize,
    },
    /// A reason holds a control character.
    #[error("a reason contains a control character")]
    ControlCharacter,
}

impl RefusalReasons {
    /// The most characters of one reason.
    pub const MAX_LEN: usize = 2_000;
    /// The most reasons.
    pub const MAX_ITEMS: usize = 30;

    /// RefusalReasons in the order given, empty ones left out, with the legal ground when one is named.
    ///
    /// # Errors
    /// When none is left, or one can't be printed.
    pub fn new<I: AsRef<str>>(items: &[I], legal_ground: Option<&str>) -> Result<Self, RefusalReasonsError> {
        let mut cleaned = Vec::new();
        for item in items {
            let text = clean(item.as_ref())?;
            if !text.is_empty() {
                cleaned.push(text);
            }
        }
        if cleaned.is_empty() {
            return Err(RefusalReasonsError::Empty);
        }
        if cleaned.len() > Self::MAX_ITEMS {
            return Err(RefusalReasonsError::TooMany { max: Self::MAX_ITEMS });
        }
        let legal_ground = match legal_ground.map(clean).transpose()? {
            Some(text) if !text.is_empty() => Some(text),
            _ => None,
        };
        Ok(Self { items: cleaned, legal_ground })
    }

    /// The reasons.
    pub fn items(&self) -> &[String] {
        &self.items
    }

    /// The law it rests on.
    pub fn legal_ground(&self) -> Option<&str> {
        self.legal_ground.as_deref()
    }
}

fn clean(text: &str) -> Result<String, RefusalReasonsError> {
    clean_text(text, RefusalReasons::MAX_LEN).map_err(|error| match error {
        crate::text::TextError::TooLong { max } => RefusalReasonsError::TooLong { max },
        crate::text::TextError::ControlCharacter => RefusalReasonsError::ControlCharacter,
    })
}

impl TryFrom<RawRefusalReasons> for RefusalReasons {
    type Error = RefusalReasonsError;
    fn try_from(raw: RawRefusalReasons) -> Result<Self, RefusalReasonsError> {
        Self::new(&raw.items, raw.legal_ground.as_deref())
    }
}
