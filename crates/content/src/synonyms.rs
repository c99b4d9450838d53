//! Everyday words, abbreviations and old names of papers, with the words that the catalogue uses for them.

use serde::Deserialize;

use crate::error::ContentError;
use crate::files::Files;

/// What people type for what the catalogue says.
#[derive(Debug)]
pub struct Synonyms {
    groups: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    typed: Vec<String>,
    means: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymsFile {
    synonym: Vec<Group>,
}

impl Synonyms {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let file: SynonymsFile = files.toml("search/synonyms.toml")?;
        Ok(Self {
            groups: file.synonym,
        })
    }

    /// Every pair of what is typed and what it means.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.groups.iter().flat_map(|group| {
            let means = group.means.iter();
            means.flat_map(|means| {
                group
                    .typed
                    .iter()
                    .map(move |typed| (typed.as_str(), means.as_str()))
            })
        })
    }
}
