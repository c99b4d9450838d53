//! Reading tables (CSV) with refusals that name file and line.

use std::fmt::Display;

use crate::error::{ContentError, refuse};
use crate::files::Files;

/// Reads every row of a table whose header must be exactly `header`, and makes a value of each.
pub(crate) fn read<T>(
    files: &Files,
    path: &'static str,
    header: &'static [&'static str],
    mut make: impl FnMut(&Row<'_>) -> Result<T, ContentError>,
) -> Result<Vec<T>, ContentError> {
    let text = files.text(path)?;
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let found = reader.headers().map_err(|error| refuse_csv(path, &error))?;
    if !found.iter().eq(header.iter().copied()) {
        return Err(refuse(path, 1, format!("the header is not «{}»", header.join(","))));
    }
    let mut values = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| refuse_csv(path, &error))? {
        let line = record.position().map_or(0, |position| position.line() as usize);
        values.push(make(&Row { path, line, header, record: &record })?);
    }
    Ok(values)
}

fn refuse_csv(path: &str, error: &csv::Error) -> ContentError {
    let line = error.position().map_or(1, |position| position.line() as usize);
    refuse(path, line, error.to_string())
}

/// A row of a table, which knows where it stands.
pub(crate) struct Row<'a> {
    path: &'static str,
    line: usize,
    header: &'static [&'static str],
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    pub(crate) fn get(&self, column: &str) -> &str {
        let index =
            self.header.iter().position(|name| *name == column).expect("only columns of the header are asked for");
        &self.record[index]
    }

    pub(crate) fn text(&self, column: &str) -> String {
        self.get(column).to_owned()
    }

    /// The parts of a cell that holds a list joined by `|`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|part| !part.is_empty())
    }

    pub(crate) fn texts(&self, column: &str) -> Vec<String> {
        self.list(column).map(str::to_owned).collect()
    }

    /// A cell as a value.
    pub(crate) fn parse<T, E: Display>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, ContentError> {
        let text = self.get(column);
        parse(text).map_err(|error| self.refuse(format!("{column} «{text}»: {error}")))
    }

    /// A cell as a value, or nothing when it is empty.
    pub(crate) fn parse_filled<T, E: Display>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, ContentError> {
        match self.get(column) {
            "" => Ok(None),
            _ => self.parse(column, parse).map(Some),
        }
    }

    pub(crate) fn yes(&self, column: &str) -> Result<bool, ContentError> {
        match self.get(column) {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            other => Err(self.refuse(format!("{column} «{other}» is neither yes nor no"))),
        }
    }

    pub(crate) fn refuse(&self, reason: impl Into<String>) -> ContentError {
        refuse(self.path, self.line, reason)
    }
}
