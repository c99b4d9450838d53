//! Requests a second for the pages that most people see, beside a bare handler with the same bytes.

use crate::bare::Bare;
use crate::client::{Requests, get, rate};
use crate::machine::processor_time;
use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section, median};
use crate::world::World;
use crate::{Failure, Size};

/// Connections that ask at once.
const CONNECTIONS: u8 = 16;
/// Procedures of the mixture.
const MIXTURE: usize = 500;
/// Searches of which each is asked once; more than a run gets through.
const DISTINCT: usize = 100_000;

const QUERIES: &str = include_str!("../../../content/search/queries.tsv");

/// Each kind of page in alternating rounds.
pub(crate) async fn measure(
    world: &World,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let searches = searches();
    let distinct = distinct_searches(0, DISTINCT);
    let cases = [
        ("one procedure page", vec!["/thu-tuc/1.001193".to_owned()], None, true),
        ("500 procedure pages in turn", procedures(world, 0), None, true),
        ("searches that were asked before", searches, None, true),
        ("searches, each asked for the first time", distinct[..1].to_vec(), Some(&distinct[1..]), false),
    ];
    for (what, same, asked, has_bar) in cases {
        progress.piece(format!("{}: {what}", world.engine.name()));
        let bare = Bare::start(world.port(), &same, world.folder()).await?;
        let asked = asked.unwrap_or(&same).iter().map(|path| get(path, None)).collect();
        let requests = Requests::new(asked);
        let mut ours = Side::new(world.port(), world.process()?);
        let mut baseline = Side::new(bare.port, bare.process());
        for _ in 0..size.rounds {
            ours.round(&requests, size).await?;
            baseline.round(&requests, size).await?;
        }
        let (ours, baseline) = (ours.medians(), baseline.medians());
        report.add(Row {
            section: Section::Pages,
            engine: world.engine.name(),
            what: what.to_owned(),
            cells: vec![
                ("pages/s", ours.0),
                ("bare/s", baseline.0),
                ("ratio", ours.0 / baseline.0),
                ("µs of CPU", ours.1),
                ("bare µs", baseline.1),
            ],
            bar: has_bar.then_some(Bar::AtLeast("ratio", 0.5)),
        });
    }
    Ok(())
}

/// One of the two that are compared.
struct Side {
    port: u16,
    process: u32,
    rates: Vec<f64>,
    costs: Vec<f64>,
}

impl Side {
    fn new(port: u16, process: u32) -> Self {
        Self { port, process, rates: Vec::new(), costs: Vec::new() }
    }

    async fn round(&mut self, requests: &Requests, size: Size) -> Result<(), Failure> {
        let before = processor_time(self.process)?;
        let rate = rate(self.port, CONNECTIONS, requests, size.round).await?;
        let spent = processor_time(self.process)? - before;
        self.rates.push(rate);
        self.costs.push(spent / (rate * size.round.as_secs_f64()));
        Ok(())
    }

    /// Pages a second, and processor time of one.
    fn medians(&mut self) -> (f64, f64) {
        (median(&mut self.rates), median(&mut self.costs))
    }
}

/// Procedure pages from all over the catalogue, others for every offset.
pub(crate) fn procedures(world: &World, offset: usize) -> Vec<String> {
    let all = world.shared.content.procedures.all();
    let step = all.len() / MIXTURE;
    let some = all.iter().skip(offset).step_by(step).take(MIXTURE);
    some.map(|procedure| format!("/thu-tuc/{}", procedure.code)).collect()
}

/// What people type, one search each.
pub(crate) fn searches() -> Vec<String> {
    words().map(search).collect()
}

/// Searches made of two that people type, each pair once.
pub(crate) fn distinct_searches(from: usize, count: usize) -> Vec<String> {
    let words: Vec<&str> = words().collect();
    let pair = |number: usize| {
        let (first, round) = (number % words.len(), number / words.len());
        search(format!("{} {}", words[first], words[(first + round + 1) % words.len()]))
    };
    (from..from + count).map(pair).collect()
}

fn words() -> impl Iterator<Item = &'static str> {
    QUERIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next())
}

fn search(words: impl AsRef<str>) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(words.as_ref().as_bytes()).collect();
    format!("/thu-tuc?q={encoded}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn searches_that_shall_differ_do() {
        assert!(searches().len() > 400);
        let distinct = distinct_searches(0, 20_000);
        assert_eq!(distinct.iter().collect::<HashSet<_>>().len(), distinct.len());
    }
}
