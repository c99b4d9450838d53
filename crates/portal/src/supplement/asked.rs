//! The items of a request as the page shows them.

use std::collections::BTreeMap;

use domain::dossier::{Attachment, Defect, Dossier, Subject, Supplement};
use usecases::filed_version;
use web::answers::answer_words;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;

use crate::filing::items::{Item, items_of_question};

/// One thing that is asked for.
pub(super) struct AskedItem<'a> {
    /// Its number for people, from 1.
    pub(super) number: usize,
    /// What it is about; empty when the sentence says so.
    pub(super) title: &'a str,
    /// What is wrong with it.
    pub(super) defect: TextKey,
    /// What to do.
    pub(super) sentence: &'a str,
    /// The name of the box for files; empty when it takes none.
    pub(super) file_field: String,
    /// The files that were given and not sent yet.
    pub(super) files: Vec<&'a Attachment>,
    /// What was filed before, in words or by the names of files.
    pub(super) before: Vec<String>,
    /// The question to answer anew.
    pub(super) questions: Vec<Item>,
    /// The name of the box for words.
    pub(super) words_field: String,
    /// Whether words are the answer itself.
    pub(super) asks_for_words: bool,
}

/// The words for a defect.
fn defect_words(defect: Defect) -> TextKey {
    match defect {
        Defect::Missing => TextKey("defect-missing"),
        Defect::Unreadable => TextKey("defect-unreadable"),
        Defect::Incomplete => TextKey("defect-incomplete"),
        Defect::Wrong => TextKey("defect-wrong"),
        Defect::Expired => TextKey("defect-expired"),
        Defect::Other => TextKey("defect-other"),
    }
}

/// The box that a missing answer to an item is told beside, and the sentence.
pub(super) fn place_of_error(place: u32, subject: &Subject) -> (String, &'static str) {
    match subject {
        Subject::Component { .. } => (file_field(place), "supplement-file-missing"),
        Subject::Question { path, .. } => (path.clone(), "supplement-answer-missing"),
        Subject::Other => (words_field(place), "supplement-words-missing"),
    }
}

/// The name of the box for files of an item.
pub(super) fn file_field(place: u32) -> String {
    format!("file-{place}")
}

/// The name of the box for words about an item.
pub(super) fn words_field(place: u32) -> String {
    format!("words-{place}")
}

/// The items in order. `grown` is the table that gets a row more.
pub(super) fn items_of<'a>(
    portal: &'a Portal,
    dossier: &'a Dossier,
    open: &'a Supplement,
    grown: Option<&str>,
    t: &'static Texts,
) -> Vec<AskedItem<'a>> {
    let own = filed_version(portal.app(), dossier);
    let mut answers = dossier.answers.clone();
    answers.extend(open.answers.iter().map(|(path, answer)| (path.clone(), answer.clone())));
    let items = (0..).zip(open.request.items());
    let asked = items.map(|(place, item)| {
        let mut questions = Vec::new();
        let (title, file_field, before) = match &item.subject {
            Subject::Component { code, name } => {
                (name.as_str(), file_field(place), names_of(dossier, code.as_deref(), name))
            }
            Subject::Question { path, title } => {
                let field = own.and_then(|own| Some((own, own.form.field(path)?)));
                let before = field.and_then(|(_, field)| Some(answer_words(field, dossier.answers.get(path)?, t)));
                if let Some((own, field)) = field {
                    questions = items_of_question(&own.form, field, &answers, grown, t);
                }
                (title.as_str(), String::new(), before.into_iter().collect())
            }
            Subject::Other => ("", file_field(place), Vec::new()),
        };
        AskedItem {
            number: usize::try_from(place).unwrap_or(usize::MAX).saturating_add(1),
            title,
            defect: defect_words(item.defect),
            sentence: item.sentence.as_str(),
            file_field,
            files: open.files_of(place).collect(),
            before,
            questions,
            words_field: words_field(place),
            asks_for_words: item.subject == Subject::Other,
        }
    });
    asked.collect()
}

/// The files that were filed for a paper.
fn names_of(dossier: &Dossier, code: Option<&str>, name: &str) -> Vec<String> {
    let of_paper = dossier.attachments.iter().filter(|file| match code {
        Some(code) => file.component_code.as_deref() == Some(code),
        None => file.component_code.is_none() && file.component_name == name,
    });
    of_paper.map(|file| file.file_name.clone()).collect()
}

/// The answers of the named questions as they stand: those given anew, else those that were filed.
pub(super) fn standing_answers(dossier: &Dossier, open: &Supplement) -> BTreeMap<String, serde_json::Value> {
    let mut standing = BTreeMap::new();
    for item in open.request.items() {
        if let Subject::Question { path, .. } = &item.subject
            && let Some(answer) = open.answers.get(path).or_else(|| dossier.answers.get(path))
        {
            standing.insert(path.clone(), answer.clone());
        }
    }
    standing
}
