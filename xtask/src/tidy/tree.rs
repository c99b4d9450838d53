//! The files of the repository: their paths, and the text of those that people write.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Build results, data and what is not ours.
const LEFT_OUT: [&str; 5] = [".git", "target", "motcua-data", "node_modules", "vendor"];
const WRITTEN: [&str; 12] = ["rs", "toml", "md", "html", "css", "js", "ftl", "sh", "sql", "lock", "yml", "typ"];

/// Paths with `/`, relative to the root; the text is empty for files that nobody writes by hand.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the whole repository.
    pub(super) fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    /// Every file with its text, in the order of the paths.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every file whose name ends so.
    pub(super) fn ending(&self, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| path.ends_with(end))
    }

    /// Whether there is a file or a folder of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty() || self.files.keys().any(|known| known == path || known.starts_with(&folder))
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if LEFT_OUT.contains(&name.as_str()) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.add_folder(&entry.path(), &format!("{path}/"))?;
            } else if kind.is_file() {
                let is_written = path == ".ci/run" || WRITTEN.iter().any(|end| path.ends_with(&format!(".{end}")));
                let bytes = if is_written { fs::read(entry.path())? } else { Vec::new() };
                self.files.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self { files: files.collect() }
    }
}
