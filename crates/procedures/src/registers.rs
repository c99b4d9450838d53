//! Databases of the state and the kinds of document they hold: what they hold is not asked of people (R8).

use forms::{Refusal, SourceText, Words};
use serde_json::Value;

/// A database of the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Its name in the file.
    pub key: String,
    /// What it is called.
    pub name: Words,
    /// Whether this system can ask it.
    pub is_connected: bool,
    /// The kinds of document whose content it holds.
    pub holds: Vec<String>,
    /// The law that lets it be asked.
    pub ground: String,
}

/// A kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name in the file.
    pub key: String,
    /// What it is called.
    pub title: Words,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// The databases.
    pub registers: Vec<Register>,
    /// The kinds of document.
    pub documents: Vec<Document>,
}

impl Registers {
    /// Reads `registers.toml`.
    ///
    /// # Errors
    /// Everything that is wrong, with its line.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Refusal>> {
        let source = SourceText::toml(file, text).map_err(|refusal| vec![refusal])?;
        let mut refusals = Vec::new();
        if let Err(refusal) = source.allow("", &["registers", "documents"]) {
            refusals.push(refusal);
        }
        let mut keep = |refusal| refusals.push(refusal);
        let documents: Vec<Document> = source
            .items("", "documents")
            .iter()
            .filter_map(|at| document(&source, at).map_err(&mut keep).ok())
            .collect();
        let registers = source
            .items("", "registers")
            .iter()
            .filter_map(|at| register(&source, at, &documents).map_err(&mut keep).ok())
            .collect();
        match refusals.is_empty() {
            true => Ok(Self { registers, documents }),
            false => Err(refusals),
        }
    }

    /// A kind of document by its name.
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.key == key)
    }

    /// The connected register that holds this kind of document.
    pub fn holding(&self, document: &str) -> Option<&Register> {
        self.registers
            .iter()
            .find(|register| register.is_connected && register.holds.iter().any(|held| held == document))
    }
}

fn document(source: &SourceText, at: &str) -> Result<Document, Refusal> {
    source.allow(at, &["key", "title", "title_en"])?;
    let title = source.words(at, "title")?.ok_or_else(|| source.refuse(at, "\"title\" is missing"))?;
    Ok(Document { key: source.text(at, "key")?.to_owned(), title })
}

fn register(source: &SourceText, at: &str, documents: &[Document]) -> Result<Register, Refusal> {
    source.allow(at, &["key", "name", "name_en", "connected", "holds", "ground"])?;
    let mut holds = Vec::new();
    for item in source.items(at, "holds") {
        let name = source.value.pointer(&item).and_then(Value::as_str).unwrap_or_default();
        if documents.iter().all(|document| document.key != name) {
            return Err(source.refuse(&item, format!("{name:?} is none of the documents below")));
        }
        holds.push(name.to_owned());
    }
    Ok(Register {
        key: source.text(at, "key")?.to_owned(),
        name: source.words(at, "name")?.ok_or_else(|| source.refuse(at, "\"name\" is missing"))?,
        is_connected: source.flag(at, "connected")?,
        holds,
        ground: source.text(at, "ground")?.to_owned(),
    })
}
