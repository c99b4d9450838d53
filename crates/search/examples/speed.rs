//! How long a query takes: `cargo run -p search --example speed --release`.
#![allow(clippy::disallowed_methods, reason = "a measurement needs a clock")]

use std::time::{Duration, Instant};

use content::{Content, ContentError};
use search::{Entry, Index, Lexicon};

const QUERIES: &str = include_str!("../../../content/search/queries.tsv");
const ROUNDS: usize = 20;

fn main() -> Result<(), ContentError> {
    let content = Content::load()?;
    let words = &content.search_words;
    let lexicon = Lexicon::new(words.synonyms()).with_ignored(words.ignored()).with_fillers(words.fillers());
    let rows = content.search_rows();
    let entries = rows.map(|row| Entry { code: row.code, name: row.name, field: row.field, prior: row.prior });
    let started_at = Instant::now();
    let index = Index::build(entries, &lexicon);
    println!("built over {} titles in {} ms", index.len(), started_at.elapsed().as_millis());

    let lines = QUERIES.lines().filter(|line| !line.starts_with('#'));
    let queries: Vec<&str> = lines.filter_map(|line| line.split('\t').next()).collect();
    let mut hits = 0;
    // The quickest of many rounds is the query's own time; the rest is what else the machine does.
    let mut quickest = vec![Duration::MAX; queries.len()];
    for _ in 0..ROUNDS {
        for (query, quickest) in queries.iter().zip(&mut quickest) {
            let started_at = Instant::now();
            hits += index.search(query, 20, |_| true).len();
            *quickest = started_at.elapsed().min(*quickest);
        }
    }
    let total: Duration = quickest.iter().sum();
    let mut taken: Vec<(Duration, &str)> = quickest.into_iter().zip(queries).collect();
    taken.sort();
    let at = |per_cent: usize| taken[(taken.len() - 1) * per_cent / 100].0.as_secs_f64() * 1_000.0;
    println!("{} queries, {} answers each, the quickest of {ROUNDS} rounds", taken.len(), hits / ROUNDS / taken.len());
    println!("mean {:.3} ms", total.as_secs_f64() * 1_000.0 / taken.len() as f64);
    println!("median {:.3} ms, 95 % within {:.3} ms, slowest {:.3} ms", at(50), at(95), at(100));
    for (duration, query) in taken.iter().rev().take(5) {
        println!("{:.3} ms «{query}»", duration.as_secs_f64() * 1_000.0);
    }
    Ok(())
}
