//! How long the main pages take at moderate load.

use crate::client::{Requests, get, post, times};
use crate::pages::{distinct_searches, procedures, searches};
use crate::people::People;
use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section, quantile};
use crate::world::World;
use crate::{Failure, Size};

/// Requests a second, far from what saturates the machine.
const RATE: u32 = 100;

/// A kind of page: its name, the requests, the p95 in milliseconds that it should stay under.
type Case = (&'static str, Vec<Vec<u8>>, f64);

/// Each page by itself.
pub(crate) async fn measure(
    world: &World,
    people: &People,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    for (what, requests, bar) in cases(world, people) {
        progress.piece(format!("{}: {what}", world.engine.name()));
        let mut all = times(world.port(), &Requests::new(requests), size.timed, RATE).await?;
        let cells = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
        report.add(Row {
            section: Section::Times,
            engine: world.engine.name(),
            what: what.to_owned(),
            cells: cells.map(|(name, share)| (name, quantile(&mut all, share))).to_vec(),
            bar: Some(Bar::Under("p95", bar)),
        });
    }
    Ok(())
}

fn cases(world: &World, people: &People) -> Vec<Case> {
    let gets = |paths: Vec<String>| paths.iter().map(|path| get(path, None)).collect::<Vec<_>>();
    let one = |path: &str, cookie: Option<&str>| vec![get(path, cookie)];
    let tracking =
        people.dossiers.iter().map(|filed| post("/tra-cuu", &format!("code={}&secret={}", filed.code, filed.secret)));
    let lists = people.citizens.iter().map(|cookie| get("/ho-so", Some(cookie)));
    let own = people.dossiers.iter().map(|filed| get(&format!("/ho-so/{}", filed.code), Some(&filed.cookie)));
    vec![
        ("home page", one("/", None), 10.0),
        ("search, asked before", gets(searches()), 10.0),
        ("search, first time", gets(distinct_searches(120_000, 1_000)), 10.0),
        ("procedure page, asked before", gets(procedures(world, 0)), 10.0),
        ("procedure page, first time", gets(procedures(world, 5)), 10.0),
        ("agencies", one("/co-quan", None), 10.0),
        ("tracking with code and secret", tracking.collect(), 10.0),
        ("own dossiers (100 of 200)", lists.collect(), 50.0),
        ("own dossier", own.collect(), 50.0),
        ("officer's inbox (100 rows)", one("/can-bo", Some(&people.officer)), 50.0),
        ("officer's inbox, accepted", one("/can-bo?trang-thai=dang-giai-quyet", Some(&people.officer)), 50.0),
    ]
}
