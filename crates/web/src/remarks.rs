//! What the two sides of a dossier wrote to each other, as either side reads it.

use domain::dossier::{Remark, RemarkRefusal, Side};

use crate::i18n::Texts;

/// One remark on a page.
pub struct ShownRemark {
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: String,
    /// What.
    pub words: String,
    /// Whether the reader's own side wrote it.
    pub is_own: bool,
}

/// The remarks, the oldest first, as this side reads them; officers are named with their agency.
pub fn shown(list: &[Remark], reader: Side, agency: &str, t: &Texts) -> Vec<ShownRemark> {
    let one = |remark: &Remark| {
        let is_own = remark.side == reader;
        let who = match remark.side {
            Side::Filer if is_own => t.f("remarks-you", [("name", remark.writer_name.as_str().into())]),
            Side::Filer => t.f("remarks-filer", [("name", remark.writer_name.as_str().into())]),
            Side::Desk => format!("{}, {agency}", remark.writer_name),
        };
        ShownRemark { who, at: remark.written_at.vietnamese(), words: remark.words.to_string(), is_own }
    };
    list.iter().map(one).collect()
}

/// Why nothing more can be written now, and what to do.
pub fn refusal_words(refusal: RemarkRefusal, t: &Texts) -> String {
    match refusal {
        RemarkRefusal::NotNow => t.m("remarks-closed").to_owned(),
        RemarkRefusal::TooMany { max } => t.f("remarks-too-many", [("max", max.into())]),
        RemarkRefusal::WaitForAnswer { max } => t.f("remarks-wait", [("max", max.into())]),
    }
}
