//! Reads the letters of a procedure.

use forms::{Condition, Form, Kind, Refusal, SourceText, child};
use serde_json::Value;

use super::text::LetterText;
use super::{Blank, Block, Head, Letter, LetterKind, Part, Signer};
use crate::process::{Process, Stage};
use crate::version::File;

/// All letters, in the order of their files.
///
/// # Errors
/// Everything that is wrong with them.
pub(crate) fn read_letters(files: &[File<'_>], form: &Form, process: &Process) -> Result<Vec<Letter>, Vec<Refusal>> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut refusals = Vec::new();
    for (file, text) in files {
        let read = SourceText::toml(file, text).and_then(|source| {
            let letter = Reader { source: &source, form, process }.letter(name_of(file))?;
            match letters.iter().any(|other| other.title.vi == letter.title.vi) {
                true => Err(source.refuse("/title", format!("two letters are called {:?}", letter.title.vi))),
                false => Ok(letter),
            }
        });
        match read {
            Ok(letter) => letters.push(letter),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() { Ok(letters) } else { Err(refusals) }
}

/// A file's name without its folder and its ending.
fn name_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

struct Reader<'r> {
    source: &'r SourceText,
    form: &'r Form,
    process: &'r Process,
}

const KNOWN: [&str; 15] = [
    "title",
    "title_en",
    "kind",
    "step",
    "ground",
    "when",
    "symbol",
    "heading",
    "subject",
    "to",
    "grounds",
    "signed_by",
    "receivers",
    "blanks",
    "body",
];

impl Reader<'_> {
    fn letter(&self, name: &str) -> Result<Letter, Refusal> {
        let source = self.source;
        source.allow("", &KNOWN)?;
        let title = source.words("", "title")?.ok_or_else(|| source.refuse("", "\"title\" is missing"))?;
        let kind = self.choose("kind", &[("result", LetterKind::Result), ("refusal", LetterKind::Refusal)])?;
        let signer = self.choose("signed_by", &[("committee", Signer::Committee), ("head", Signer::Head)])?;
        let when = self.form.condition_at(source, "/when")?;
        let given: Vec<&Condition> = when.iter().collect();
        let blanks = self.blanks()?;
        let body = source.items("", "body");
        if body.is_empty() {
            return Err(source.refuse("/body", "the letter has no body"));
        }
        let body: Vec<Block> = body.iter().map(|at| self.block(at, &blanks, &given)).collect::<Result<_, Refusal>>()?;
        let to = self.text_if_any("", "to", &blanks, &given)?;
        let heading = match (source.object("")?.contains_key("heading"), &to) {
            (true, Some(_)) => return Err(source.refuse("/heading", "an official letter (\"to\") has no heading")),
            (true, None) => source.text("", "heading")?.to_owned(),
            (false, Some(_)) => String::new(),
            (false, None) => title.vi.to_uppercase(),
        };
        let subject = self.text_if_any("", "subject", &blanks, &given)?;
        let grounds = self.texts("grounds", &blanks, &given)?;
        let letter = Letter {
            name: name.to_owned(),
            step: self.step()?,
            ground: source.text("", "ground")?.to_owned(),
            symbol: self.symbol()?,
            head: Head { heading, subject, to, grounds },
            receivers: self.texts("receivers", &blanks, &given)?,
            title,
            kind,
            signer,
            when,
            blanks,
            body,
        };
        let unused =
            (0..).zip(&letter.blanks).find(|(_, blank)| !letter.texts().any(|text| text.has_blank(&blank.key)));
        match unused {
            Some((place, Blank { key, .. })) => {
                Err(source.refuse(&format!("/blanks/{place}"), format!("the blank {key} stands nowhere in the letter")))
            }
            None => Ok(letter),
        }
    }

    fn symbol(&self) -> Result<String, Refusal> {
        match self.source.object("")?.contains_key("symbol") {
            true => self.source.text("", "symbol").map(str::to_owned),
            false => Ok(String::new()),
        }
    }

    fn step(&self) -> Result<String, Refusal> {
        let step = self.source.text("", "step")?;
        match self.process.tasks.iter().find(|task| task.id == step) {
            None => Err(self.source.refuse("/step", format!("there is no step {step} in the process"))),
            Some(task) if task.stage != Stage::Process => {
                Err(self.source.refuse("/step", format!("{step} is no step between acceptance and result")))
            }
            Some(task) => Ok(task.id.clone()),
        }
    }

    fn choose<T: Copy>(&self, name: &str, known: &[(&str, T)]) -> Result<T, Refusal> {
        let word = self.source.text("", name)?;
        known.iter().find(|(known, _)| *known == word).map(|(_, chosen)| *chosen).ok_or_else(|| {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.source.refuse(&child("", name), format!("{name:?} is {}", words.join(" or ")))
        })
    }

    fn blanks(&self) -> Result<Vec<Blank>, Refusal> {
        let mut blanks: Vec<Blank> = Vec::new();
        for at in self.source.items("", "blanks") {
            self.source.allow(&at, &["key", "title", "title_en"])?;
            let key = self.source.text(&at, "key")?.to_owned();
            if blanks.iter().any(|other| other.key == key) {
                return Err(self.source.refuse(&child(&at, "key"), format!("two blanks are called {key:?}")));
            }
            let title = self.source.words(&at, "title")?;
            let title = title.ok_or_else(|| self.source.refuse(&at, "\"title\" is missing"))?;
            blanks.push(Blank { key, title });
        }
        Ok(blanks)
    }

    fn block(&self, at: &str, blanks: &[Blank], given: &[&Condition]) -> Result<Block, Refusal> {
        let source = self.source;
        source.allow(at, &["heading", "text", "lead", "rows", "table", "columns", "when"])?;
        let when = self.form.condition_at(source, &child(at, "when"))?;
        let given: Vec<&Condition> = given.iter().copied().chain(&when).collect();
        let has = |name: &str| source.value.pointer(&child(at, name)).is_some();
        let part = match (has("heading"), has("text"), has("rows"), has("table")) {
            (true, false, false, false) => Part::Heading(self.text(at, "heading", blanks, &given)?),
            (false, true, false, false) => {
                let lead = if has("lead") { source.text(at, "lead")?.to_owned() } else { String::new() };
                Part::Paragraph { lead, text: self.text(at, "text", blanks, &given)? }
            }
            (false, false, true, false) => Part::Rows(self.rows(at, blanks, &given)?),
            (false, false, false, true) => self.table(at)?,
            _ => {
                return Err(
                    source.refuse(at, "a part of the body has one of \"heading\", \"text\", \"rows\", \"table\"")
                );
            }
        };
        Ok(Block { when, part })
    }

    fn rows(&self, at: &str, blanks: &[Blank], given: &[&Condition]) -> Result<Vec<(String, LetterText)>, Refusal> {
        let rows = self.pairs(at, "rows")?;
        let read = |(place, title, text): (String, String, String)| {
            let text = LetterText::read(&text, self.form, blanks, given);
            Ok((title, text.map_err(|reason| self.source.refuse(&place, reason))?))
        };
        rows.into_iter().map(read).collect()
    }

    fn table(&self, at: &str) -> Result<Part, Refusal> {
        let path = self.source.text(at, "table")?;
        let place = child(at, "table");
        let columns = match self.form.field(path).map(|question| &question.kind) {
            Some(Kind::Table { columns, .. }) => columns,
            Some(_) => return Err(self.source.refuse(&place, format!("{path} is no table"))),
            None => return Err(self.source.refuse(&place, format!("there is no field {path}"))),
        };
        let mut shown = Vec::new();
        for (place, title, column) in self.pairs(at, "columns")? {
            if columns.iter().all(|known| known.path != column) {
                return Err(self.source.refuse(&place, format!("{path} has no column {column}")));
            }
            shown.push((title, column));
        }
        Ok(Part::Table { path: path.to_owned(), columns: shown })
    }

    /// A list of pairs of texts: where each stands, and both.
    fn pairs(&self, at: &str, name: &str) -> Result<Vec<(String, String, String)>, Refusal> {
        let pair = |place: String| match self.source.value.pointer(&place).and_then(Value::as_array).map(Vec::as_slice)
        {
            Some([Value::String(one), Value::String(other)]) => Ok((place, one.clone(), other.clone())),
            _ => Err(self.source.refuse(&place, "a pair of texts is expected")),
        };
        let pairs: Vec<_> = self.source.items(at, name).into_iter().map(pair).collect::<Result<_, Refusal>>()?;
        match pairs.is_empty() {
            true => Err(self.source.refuse(at, format!("{name:?} is missing or empty"))),
            false => Ok(pairs),
        }
    }

    fn text(&self, at: &str, name: &str, blanks: &[Blank], given: &[&Condition]) -> Result<LetterText, Refusal> {
        let text = LetterText::read(self.source.text(at, name)?, self.form, blanks, given);
        text.map_err(|reason| self.source.refuse(&child(at, name), reason))
    }

    fn text_if_any(
        &self,
        at: &str,
        name: &str,
        blanks: &[Blank],
        given: &[&Condition],
    ) -> Result<Option<LetterText>, Refusal> {
        match self.source.object(at)?.contains_key(name) {
            true => self.text(at, name, blanks, given).map(Some),
            false => Ok(None),
        }
    }

    fn texts(&self, name: &str, blanks: &[Blank], given: &[&Condition]) -> Result<Vec<LetterText>, Refusal> {
        let read = |place: &String| {
            let text = self.source.value.pointer(place).and_then(Value::as_str).unwrap_or_default();
            let text = LetterText::read(text, self.form, blanks, given);
            text.map_err(|reason| self.source.refuse(place, reason))
        };
        self.source.items("", name).iter().map(read).collect()
    }
}

impl Letter {
    /// Every text of the letter.
    fn texts(&self) -> impl Iterator<Item = &LetterText> {
        let head = self.head.subject.iter().chain(&self.head.to).chain(&self.head.grounds);
        let body = self.body.iter().flat_map(|block| match &block.part {
            Part::Heading(text) | Part::Paragraph { text, .. } => vec![text],
            Part::Rows(rows) => rows.iter().map(|(_, text)| text).collect(),
            Part::Table { .. } => Vec::new(),
        });
        head.chain(body).chain(&self.receivers)
    }
}
