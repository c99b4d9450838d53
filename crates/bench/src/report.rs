//! The figures as tables for people and as JSON for machines.

use std::fmt;

use serde_json::{Value, json};

use crate::Failure;

/// What a figure is about; each has a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Requests a second beside a bare handler.
    Pages,
    /// Durable filings a second beside a bare loop.
    Filings,
    /// How long pages take.
    Times,
    /// What the server holds.
    Memory,
    /// From the start to readiness.
    Start,
}

const SECTIONS: [(Section, &str); 5] = [
    (Section::Pages, "Pages a second, beside a bare axum handler with the same bytes"),
    (
        Section::Filings,
        "Durable filings a second (40 answers, 5 files, a signed receipt), beside a bare loop of the same inserts",
    ),
    (Section::Times, "Time of a page in milliseconds"),
    (Section::Memory, "Resident memory of the server in MB"),
    (Section::Start, "Seconds from start to ready"),
];

/// What a figure should reach.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bar {
    /// At least so much of this cell.
    AtLeast(&'static str, f64),
    /// Less than so much of this cell.
    Under(&'static str, f64),
}

/// One row of a table.
#[derive(Debug)]
pub(crate) struct Row {
    /// The table.
    pub(crate) section: Section,
    /// The database.
    pub(crate) engine: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// The figures under their headings.
    pub(crate) cells: Vec<(&'static str, f64)>,
    /// What is wanted, if anything.
    pub(crate) bar: Option<Bar>,
}

impl Row {
    fn is_met(&self) -> Option<bool> {
        let value = |name: &str| self.cells.iter().find(|(cell, _)| *cell == name).map(|(_, value)| *value);
        match self.bar? {
            Bar::AtLeast(name, bar) => value(name).map(|value| value >= bar),
            Bar::Under(name, bar) => value(name).map(|value| value < bar),
        }
    }

    fn verdict(&self) -> String {
        let verdict = match self.is_met() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => return String::new(),
        };
        match self.bar {
            Some(Bar::AtLeast(name, bar)) => format!("{name} ≥ {bar}: {verdict}"),
            Some(Bar::Under(name, bar)) => format!("{name} < {bar}: {verdict}"),
            None => String::new(),
        }
    }
}

/// All figures of a run.
#[derive(Debug)]
pub(crate) struct Report {
    notes: Vec<String>,
    rows: Vec<Row>,
}

impl Report {
    /// A report with these lines at its head.
    pub(crate) fn new(notes: Vec<String>) -> Self {
        Self { notes, rows: Vec::new() }
    }

    /// Adds a line to the head.
    pub(crate) fn note(&mut self, line: String) {
        self.notes.push(line);
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The same for machines.
    pub(crate) fn json(&self) -> Result<String, Failure> {
        let rows = self.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
            json!({
                "section": format!("{:?}", row.section).to_lowercase(),
                "engine": row.engine,
                "what": row.what,
                "figures": cells.collect::<serde_json::Map<_, _>>(),
                "bar": row.verdict(),
                "met": row.is_met(),
            })
        });
        Ok(serde_json::to_string_pretty(&json!({ "notes": self.notes, "rows": rows.collect::<Vec<_>>() }))?)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(f, "* {note}")?;
        }
        for (section, title) in SECTIONS {
            let rows: Vec<&Row> = self.rows.iter().filter(|row| row.section == section).collect();
            let Some(first) = rows.first() else { continue };
            let headings = first.cells.iter().map(|(name, _)| format!(" {name} |")).collect::<String>();
            writeln!(f, "\n### {title}\n\n| what | database |{headings} wanted |")?;
            writeln!(f, "| --- | --- |{} --- |", " ---: |".repeat(first.cells.len()))?;
            for row in rows {
                let cells = row.cells.iter().map(|(_, value)| format!(" {} |", shown(*value))).collect::<String>();
                writeln!(f, "| {} | {} |{cells} {} |", row.what, row.engine, row.verdict())?;
            }
        }
        Ok(())
    }
}

/// Three digits that mean something, without more places than that.
fn shown(value: f64) -> String {
    match value.abs() {
        small if small < 10.0 => format!("{value:.2}"),
        middle if middle < 100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// The value in the middle.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value that this share of the values does not exceed.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() as f64 * share).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let mut values = [3.0, 1.0, 2.0];
        assert_eq!(median(&mut values), 2.0);
        assert_eq!(quantile(&mut values, 0.99), 3.0);
        assert!(median(&mut []).is_nan());
    }

    #[test]
    fn a_figure_that_misses_its_bar_says_so() {
        let row =
            |bar| Row { section: Section::Pages, engine: "SQLite", what: "x".into(), cells: vec![("ratio", 0.4)], bar };
        assert_eq!(row(Some(Bar::AtLeast("ratio", 0.5))).verdict(), "ratio ≥ 0.5: **no**");
        assert_eq!(row(Some(Bar::Under("ratio", 0.5))).is_met(), Some(true));
        assert_eq!(row(None).verdict(), "");
    }
}
