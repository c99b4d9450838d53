//! The personal store (kho quản lý dữ liệu điện tử): results and checked papers that an account owns and cites instead of
//! uploading them again (Decree 45/2020/NĐ-CP; leaflet R8). What a citizen uploads is no checked paper.

use crate::catalogue::words;
use crate::codes::{DossierCode, ProcedureCode};
use crate::dossier::{Actor, AgencyRef, Attachment, Dossier, OfficerRef};
use crate::ids::{AccountId, AttachmentId, DossierId, Hash, StoreItemId};
use crate::text::{TextError, clean_line, fold};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// The most characters of an issuer's name.
const LONGEST_ISSUER: usize = 200;
/// The most characters of a paper's number.
const LONGEST_NUMBER: usize = 60;

/// How an item came into the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It is the result of a dossier.
    Result,
    /// An officer compared it with the original.
    Checked,
}

words!(Origin { Result = "result", Checked = "checked" });

/// What a paper says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFacts {
    /// Its kind, by which procedures ask for it (`registers.toml`); none for a result whose kind nobody has named.
    pub kind: Option<String>,
    /// What it was called when it was kept.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// Its number.
    pub number: Option<String>,
    /// When it was issued.
    pub issued_on: Option<Day>,
    /// The last day on which it holds; none when it does not end.
    pub valid_until: Option<Day>,
}

/// Facts that no paper has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperFactsError {
    /// Nobody issued it.
    #[error("the issuer is missing")]
    IssuerMissing,
    /// The issuer or the number cannot be printed, or is too long.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It would have been issued after today.
    #[error("issued after today")]
    IssuedLater,
    /// It holds no longer: it may be read, but there is nothing to cite.
    #[error("it has expired")]
    Expired,
    /// It would end before it begins.
    #[error("it ends before it was issued")]
    EndsBeforeIssued,
}

impl PaperFacts {
    /// What an officer read from the original, cleaned.
    ///
    /// # Errors
    /// When no paper that holds today says so.
    pub fn checked(self, today: Day) -> Result<Self, PaperFactsError> {
        let issuer = clean_line(&self.issuer, LONGEST_ISSUER)?;
        if issuer.is_empty() {
            return Err(PaperFactsError::IssuerMissing);
        }
        let number = self.number.map(|number| clean_line(&number, LONGEST_NUMBER)).transpose()?;
        if self.issued_on.is_some_and(|issued| issued > today) {
            return Err(PaperFactsError::IssuedLater);
        }
        if self.issued_on.zip(self.valid_until).is_some_and(|(issued, last)| last < issued) {
            return Err(PaperFactsError::EndsBeforeIssued);
        }
        if self.valid_until.is_some_and(|last| last < today) {
            return Err(PaperFactsError::Expired);
        }
        Ok(Self { issuer, number: number.filter(|number| !number.is_empty()), ..self })
    }

    /// What is the same for the same paper, perhaps issued or checked anew: kind and number; nothing without both.
    pub fn same_paper_key(&self) -> Option<String> {
        Some(format!("{}\0{}", self.kind.as_deref()?, fold(self.number.as_deref()?)))
    }
}

/// The file of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its name.
    pub name: String,
    /// The kind of file, found by its content.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, under which they are stored.
    pub hash: Hash,
}

impl From<&Attachment> for StoredFile {
    fn from(file: &Attachment) -> Self {
        let Attachment { file_name, media_type, size, hash, .. } = file;
        Self { name: file_name.clone(), media_type: media_type.clone(), size: *size, hash: *hash }
    }
}

/// The dossier out of which an item was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The dossier.
    pub dossier: DossierId,
    /// Its code.
    pub code: DossierCode,
    /// Its file.
    pub attachment: AttachmentId,
    /// Its procedure's name then.
    pub procedure: String,
}

impl Source {
    /// A file of a filed dossier; nothing when it was never filed.
    pub fn of(dossier: &Dossier, attachment: AttachmentId) -> Option<Self> {
        let code = dossier.code.clone()?;
        Some(Self { dossier: dossier.id, code, attachment, procedure: dossier.procedure.name.clone() })
    }
}

/// That a newer one took an item's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The newer one.
    pub by: StoreItemId,
    /// When.
    pub at: Instant,
}

/// An item of a store. Nothing of it changes but that a newer one takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreItem {
    /// Its identifier.
    pub id: StoreItemId,
    /// Whose it is.
    pub owner: AccountId,
    /// How it came here.
    pub origin: Origin,
    /// What it says of itself.
    pub facts: PaperFacts,
    /// Which version of the paper it is, from 1.
    pub version: u32,
    /// Its file.
    pub file: StoredFile,
    /// Where it came from.
    pub source: Source,
    /// The agency that vouches for it.
    pub agency: AgencyRef,
    /// The officer who gave the result or checked the paper.
    pub officer: OfficerRef,
    /// When it was kept.
    pub kept_at: Instant,
    /// The newer one.
    pub superseded: Option<Superseded>,
}

/// How an item stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It can be cited.
    Valid,
    /// Its last day has passed.
    Expired,
    /// A newer one took its place.
    Superseded,
}

/// Why an item is not cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCitable {
    /// Its last day has passed.
    #[error("it has expired")]
    Expired,
    /// A newer one took its place.
    #[error("a newer one took its place")]
    Superseded,
    /// The procedure asks for another kind of paper there, or for none.
    #[error("another kind of paper is asked for")]
    OtherKind,
}

impl StoreItem {
    /// How it stands on that day.
    pub fn standing(&self, today: Day) -> Standing {
        match self.facts.valid_until {
            _ if self.superseded.is_some() => Standing::Superseded,
            Some(last) if last < today => Standing::Expired,
            _ => Standing::Valid,
        }
    }

    /// What a dossier keeps of it when it is cited on that day for a paper of this kind.
    ///
    /// # Errors
    /// When it holds no longer, or is no such paper.
    pub fn cite(&self, kind: Option<&str>, today: Day) -> Result<Citation, NotCitable> {
        match self.standing(today) {
            Standing::Expired => return Err(NotCitable::Expired),
            Standing::Superseded => return Err(NotCitable::Superseded),
            Standing::Valid => {}
        }
        if kind.is_none() || self.facts.kind.as_deref() != kind {
            return Err(NotCitable::OtherKind);
        }
        Ok(Citation {
            item: self.id,
            origin: self.origin,
            agency: self.agency.clone(),
            kept_on: self.kept_at.day(),
            valid_until: self.facts.valid_until,
        })
    }
}

/// That a file of a dossier was cited from the store, with who vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The item.
    pub item: StoreItemId,
    /// How the item came into the store.
    pub origin: Origin,
    /// The agency that gave the result or checked the paper.
    pub agency: AgencyRef,
    /// When it did.
    pub kept_on: Day,
    /// The item's last day, when it has one.
    pub valid_until: Option<Day>,
}

/// What follows for a store from a paper that is to be kept in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is there already: pressing twice keeps once.
    Already(StoreItemId),
    /// It is kept as this version, and takes the place of these.
    New {
        /// Its version.
        version: u32,
        /// Older ones that hold until now.
        supersedes: Vec<StoreItemId>,
    },
}

/// What keeping a paper means for an owner who has these items: the same file checked anew is a correction, and the same
/// number of the same kind the same paper.
pub fn keep(items: &[StoreItem], facts: &PaperFacts, source: &Source) -> Kept {
    let key = facts.same_paper_key();
    let live = items.iter().filter(|item| item.superseded.is_none());
    let same: Vec<&StoreItem> = live
        .filter(|item| {
            item.source.attachment == source.attachment || (key.is_some() && item.facts.same_paper_key() == key)
        })
        .collect();
    if let Some(item) = same.iter().find(|item| item.source == *source && item.facts == *facts) {
        return Kept::Already(item.id);
    }
    let version = same.iter().map(|item| item.version).max().unwrap_or(0) + 1;
    Kept::New { version, supersedes: same.into_iter().map(|item| item.id).collect() }
}

/// What was done with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// It was put into a draft.
    Cited,
    /// It was taken out of the draft again.
    TakenBack,
    /// The dossier with it was filed: the agency has it from then on.
    Filed,
}

words!(UseKind { Cited = "cited", TakenBack = "taken_back", Filed = "filed" });

/// One use of an item, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreUse {
    /// What was done.
    pub kind: UseKind,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Actor,
    /// The dossier it was used for.
    pub dossier: DossierId,
    /// The dossier's code, once filed.
    pub code: Option<DossierCode>,
    /// The purpose: the procedure.
    pub procedure: ProcedureCode,
    /// Its name then.
    pub procedure_name: String,
    /// The agency that gets it.
    pub agency: AgencyRef,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::samples::{attachment, filed, now, officer};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn facts(number: &str, valid_until: &str) -> PaperFacts {
        PaperFacts {
            kind: Some("birth_certificate".to_owned()),
            title: "Giấy khai sinh".to_owned(),
            issuer: " UBND  thị trấn Ia Kha ".to_owned(),
            number: Some(number.to_owned()),
            issued_on: Some(day("2020-02-03")),
            valid_until: Day::parse(valid_until).ok(),
        }
    }

    fn item(number: u8, facts: PaperFacts) -> StoreItem {
        let dossier = filed();
        let file = attachment(number);
        StoreItem {
            id: StoreItemId::from_bytes([number; 16]),
            owner: dossier.filer,
            origin: Origin::Checked,
            facts,
            version: 1,
            file: StoredFile::from(&file),
            source: Source::of(&dossier, file.id).unwrap(),
            agency: dossier.agency.clone(),
            officer: officer(),
            kept_at: now(),
            superseded: None,
        }
    }

    #[test]
    fn an_officer_enters_what_a_paper_can_say() {
        let today = day("2026-11-23");
        let clean = facts(" 12/2020 ", "").checked(today).unwrap();
        assert_eq!((clean.issuer.as_str(), clean.number.as_deref()), ("UBND thị trấn Ia Kha", Some("12/2020")));
        assert_eq!(facts(" ", "").checked(today).unwrap().number, None);
        for (change, expected) in [
            (PaperFacts { issuer: " ".into(), ..facts("1", "") }, PaperFactsError::IssuerMissing),
            (PaperFacts { issued_on: Some(day("2026-11-24")), ..facts("1", "") }, PaperFactsError::IssuedLater),
            (facts("1", "2026-11-22"), PaperFactsError::Expired),
            (facts("1", "2020-02-02"), PaperFactsError::EndsBeforeIssued),
            (facts(&"1".repeat(61), ""), PaperFactsError::Text(TextError::TooLong { max: 60 })),
            (facts("1\u{7}", ""), PaperFactsError::Text(TextError::ControlCharacter)),
        ] {
            assert_eq!(change.checked(today), Err(expected));
        }
        assert!(facts("1", "2026-11-23").checked(today).is_ok(), "on its last day a paper holds");
    }

    #[test]
    fn what_holds_and_is_of_the_kind_is_cited() {
        let one = item(1, facts("12/2020", "2026-11-23"));
        let (last, after) = (day("2026-11-23"), day("2026-11-24"));
        let citation = one.cite(Some("birth_certificate"), last).unwrap();
        assert_eq!((citation.item, citation.valid_until), (one.id, Some(last)));
        assert_eq!(one.cite(Some("birth_certificate"), after), Err(NotCitable::Expired));
        assert_eq!(one.cite(Some("marriage_certificate"), last), Err(NotCitable::OtherKind));
        assert_eq!(one.cite(None, last), Err(NotCitable::OtherKind));
        let nameless = item(2, PaperFacts { kind: None, ..facts("12/2020", "") });
        assert_eq!(nameless.cite(None, last), Err(NotCitable::OtherKind), "a paper of no kind stands for none");
        let by = Superseded { by: StoreItemId::from_bytes([9; 16]), at: now() };
        let old = StoreItem { superseded: Some(by), ..one };
        assert_eq!(old.cite(Some("birth_certificate"), last), Err(NotCitable::Superseded));
    }

    #[test]
    fn the_same_paper_is_kept_once_and_a_newer_one_takes_its_place() {
        let first = item(1, facts("12/2020", ""));
        let items = [first.clone(), item(2, facts("13/2020", ""))];
        let elsewhere = item(3, facts("x", "")).source;
        let new = |version, supersedes: &[StoreItemId]| Kept::New { version, supersedes: supersedes.to_vec() };
        assert_eq!(keep(&items, &first.facts, &first.source), Kept::Already(first.id));
        assert_eq!(keep(&items, &facts("12/2020", "2030-01-01"), &first.source), new(2, &[first.id]), "corrected");
        assert_eq!(keep(&items, &facts("99/2020", ""), &first.source), new(2, &[first.id]), "the number corrected");
        assert_eq!(keep(&items, &facts("12/2020", ""), &elsewhere), new(2, &[first.id]), "seen anew");
        assert_eq!(keep(&items, &facts("14/2020", ""), &elsewhere), new(1, &[]));
        let numberless = PaperFacts { number: None, ..facts("", "") };
        assert_eq!(keep(&items, &numberless, &elsewhere), new(1, &[]), "without a number none is known to be the same");
        let other = PaperFacts { kind: Some("death_extract".into()), ..facts("12/2020", "") };
        assert_eq!(keep(&items, &other, &elsewhere), new(1, &[]));
    }
}
