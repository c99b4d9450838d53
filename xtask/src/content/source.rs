//! Reading the source data: text, tables and JSON lines, each refusal with file, line and reason.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

/// Why the data was not packed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContentError {
    #[error("{file}: cannot be read")]
    Unreadable {
        file: String,
        #[source]
        cause: io::Error,
    },
    #[error("{file}, line {line}: {reason}")]
    Refused { file: String, line: usize, reason: String },
    #[error("{file}: cannot be written")]
    Unwritable {
        file: String,
        #[source]
        cause: io::Error,
    },
}

/// A folder of source data.
pub(crate) struct Source {
    folder: PathBuf,
}

impl Source {
    pub(crate) fn open(folder: &Path) -> Result<Self, ContentError> {
        match folder.read_dir() {
            Ok(_) => Ok(Self { folder: folder.to_owned() }),
            Err(cause) => Err(ContentError::Unreadable { file: folder.display().to_string(), cause }),
        }
    }

    /// The whole of a file, checked to be UTF-8 in composed form and free of control characters.
    pub(crate) fn text(&self, file: &str) -> Result<String, ContentError> {
        let bytes = std::fs::read(self.folder.join(file))
            .map_err(|cause| ContentError::Unreadable { file: file.to_owned(), cause })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            refuse(file, line, "bytes that are not UTF-8")
        })?;
        for (index, line) in text.split('\n').enumerate() {
            if !is_nfc(line) {
                return Err(refuse(file, index + 1, "text that is not in composed form (NFC)"));
            }
            if line.chars().any(char::is_control) {
                return Err(refuse(file, index + 1, "a control character"));
            }
        }
        Ok(text)
    }

    /// A table whose header must be exactly `header`.
    pub(crate) fn table(&self, file: &'static str, header: &'static [&'static str]) -> Result<Table, ContentError> {
        let text = self.text(file)?;
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let found = reader.headers().map_err(|error| refuse_csv(file, &error))?;
        if !found.iter().eq(header.iter().copied()) {
            let found: Vec<&str> = found.iter().collect();
            return Err(refuse(file, 1, format!("the header is «{}», not «{}»", found.join(","), header.join(","))));
        }
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(|error| refuse_csv(file, &error))?;
            let line = record.position().map_or(0, |position| position.line() as usize);
            // No cell of the data spans lines: a line feed in one means a quotation mark that was never closed.
            if record.iter().any(|cell| cell.contains('\n')) {
                return Err(refuse(file, line, "a quotation mark that is not closed"));
            }
            rows.push(Row { file, line, header, record });
        }
        Ok(Table { rows })
    }
}

/// A table of the source data.
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// The values of a column that must be filled and unique.
    pub(crate) fn unique(&self, column: &str) -> Result<HashSet<String>, ContentError> {
        let mut seen = HashSet::with_capacity(self.rows.len());
        for row in &self.rows {
            let value = row.filled(column)?;
            if !seen.insert(value.to_owned()) {
                return Err(row.refuse(format!("{column} «{value}» stands twice")));
            }
        }
        Ok(seen)
    }

    /// The given columns of every row, as CSV.
    pub(crate) fn columns(&self, columns: &[&str]) -> Vec<u8> {
        let mut writer = writer();
        write_record(&mut writer, columns);
        for row in &self.rows {
            let cells: Vec<&str> = columns.iter().map(|column| row.get(column)).collect();
            write_record(&mut writer, &cells);
        }
        finish(writer)
    }
}

/// A row of a table, which knows where it stands.
pub(crate) struct Row {
    file: &'static str,
    line: usize,
    header: &'static [&'static str],
    record: csv::StringRecord,
}

impl Row {
    pub(crate) fn get(&self, column: &str) -> &str {
        let index =
            self.header.iter().position(|name| *name == column).expect("only columns of the header are asked for");
        &self.record[index]
    }

    pub(crate) fn filled(&self, column: &str) -> Result<&str, ContentError> {
        match self.get(column) {
            "" => Err(self.refuse(format!("{column} is empty"))),
            value => Ok(value),
        }
    }

    pub(crate) fn one_of(&self, column: &str, allowed: &[&str]) -> Result<&str, ContentError> {
        let value = self.get(column);
        if allowed.contains(&value) {
            return Ok(value);
        }
        Err(self.refuse(format!("{column} is «{value}», which is none of «{}»", allowed.join("|"))))
    }

    /// The parts of a cell that holds a list joined by `|`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).split('|').filter(|part| !part.is_empty())
    }

    /// A cell that is empty or refers to one of `known`.
    pub(crate) fn reference(&self, column: &str, known: &HashSet<String>) -> Result<&str, ContentError> {
        let value = self.get(column);
        if value.is_empty() || known.contains(value) {
            return Ok(value);
        }
        Err(self.refuse(format!("{column} «{value}» is not known")))
    }

    pub(crate) fn day(&self, column: &str) -> Result<Option<jiff::civil::Date>, ContentError> {
        let value = self.get(column);
        if value.is_empty() {
            return Ok(None);
        }
        match value.parse() {
            Ok(day) => Ok(Some(day)),
            Err(_) => Err(self.refuse(format!("{column} «{value}» is not a day"))),
        }
    }

    pub(crate) fn count(&self, column: &str) -> Result<u32, ContentError> {
        let value = self.get(column);
        value.parse().map_err(|_| self.refuse(format!("{column} «{value}» is not a count")))
    }

    pub(crate) fn refuse(&self, reason: impl Into<String>) -> ContentError {
        refuse(self.file, self.line, reason)
    }
}

pub(crate) fn refuse(file: &str, line: usize, reason: impl Into<String>) -> ContentError {
    ContentError::Refused { file: file.to_owned(), line, reason: reason.into() }
}

fn refuse_csv(file: &str, error: &csv::Error) -> ContentError {
    let line = error.position().map_or(1, |position| position.line() as usize);
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells, where the header has {expected_len}")
        }
        _ => error.to_string(),
    };
    refuse(file, line, reason)
}

pub(crate) fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

pub(crate) fn write_record(writer: &mut csv::Writer<Vec<u8>>, cells: &[&str]) {
    writer.write_record(cells).expect("every row is written with as many cells as the header");
}

pub(crate) fn finish(writer: csv::Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().expect("writing to memory does not fail")
}
