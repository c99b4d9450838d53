//! Durable filings a second: `submit_dossier` on drafts that are ready, beside a bare loop of the same inserts.

mod bare;
mod drafts;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cli::start::{self, PortalParts};
use connectors::mail::{Security, SmtpConfig};
use domain::codes::EmailAddress;
use domain::dossier::Actor;
use domain::ids::DossierId;
use domain::policy::Viewer;
use storage::{BlobStore, Db, messages, receipts};
use tokio::task::JoinSet;
use usecases::{App, Ctx, submit_dossier};
use web::portal::{PortalSettings, Role};
use web::secret::Secret;

use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section, median, quantile};
use crate::world::World;
use crate::{Failure, Size};

use bare::{Baseline, Papers};
use drafts::{Filer, prepare_drafts};

/// A round that takes longer ends where it is.
const LONGEST_ROUND: Duration = Duration::from_secs(3);
/// Callers at once.
const CALLERS: [usize; 3] = [1, 16, 64];

/// At each number of callers, in alternating rounds; the program must not run.
pub(crate) async fn measure(
    world: &World,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let engine = world.engine.name();
    progress.piece(format!("{engine}: preparing drafts"));
    let db = world.database().await?;
    let app = app(world, db.clone()).await?;
    let filer = Filer::add(&db).await?;
    let ours = size.filings.iter().sum::<usize>() * size.rounds + 1;
    let mut drafts = VecDeque::from(prepare_drafts(&app, &db, &filer, ours).await?);
    let first = drafts.pop_front().ok_or("no drafts")?;
    submit_dossier(&app, &context(&filer, 0), first, None).await?;
    let letter = db.read(move |tx| Box::pin(async move { messages::list_for_dossier(tx, first).await }));
    let letter = letter.await?.into_iter().next().ok_or("filing told nobody")?.message;
    let receipt = db.read(move |tx| Box::pin(async move { receipts::find(tx, first).await }));
    let papers = Papers { letter, receipt: receipt.await?.ok_or("filing gave no receipt")? };
    let theirs = prepare_drafts(&app, &db, &filer, ours - 1).await?;
    let mut baseline = Baseline::prepare(world, &db, &app, theirs, &filer, &papers).await?;
    for (callers, count) in CALLERS.into_iter().zip(size.filings) {
        progress.piece(format!("{engine}: filings at {callers} callers"));
        let (mut ours, mut bare, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..size.rounds {
            let (rate, times) = file(&app, &filer, drafts.drain(..count).collect(), callers).await?;
            ours.push(rate);
            taken.extend(times);
            bare.push(baseline.round(callers, count).await?);
        }
        let (ours, bare) = (median(&mut ours), median(&mut bare));
        report.add(Row {
            section: Section::Filings,
            engine,
            what: format!("{callers} at once"),
            cells: vec![("filings/s", ours), ("bare/s", bare), ("ratio", ours / bare)],
            bar: Some(Bar::AtLeast("ratio", 0.5)),
        });
        let cells = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
        report.add(Row {
            section: Section::Times,
            engine,
            what: format!("filing itself, {callers} at once"),
            cells: cells.map(|(name, share)| (name, quantile(&mut taken, share))).to_vec(),
            bar: None,
        });
    }
    Ok(())
}

/// Files these drafts with so many callers: how many a second, and the milliseconds of each.
async fn file(app: &App, filer: &Filer, drafts: Vec<DossierId>, callers: usize) -> Result<(f64, Vec<f64>), Failure> {
    let waiting = Arc::new(Mutex::new(drafts));
    let begin = Instant::now();
    let mut filing = JoinSet::new();
    for caller in 0..callers {
        let (app, filer, waiting) = (app.clone(), filer.clone(), waiting.clone());
        filing.spawn(async move {
            let (mut done, mut taken) = (0_u32, Vec::new());
            while begin.elapsed() < LONGEST_ROUND {
                let next = waiting.lock().map_err(|_| "a caller panicked")?.pop();
                let Some(draft) = next else { break };
                let seed = u64::from(done) * 1_000 + caller as u64 + u64::try_from(begin.elapsed().as_nanos())?;
                let started = Instant::now();
                submit_dossier(&app, &context(&filer, seed), draft, None).await?;
                taken.push(started.elapsed().as_secs_f64() * 1e3);
                done += 1;
            }
            Ok::<_, Failure>((done, taken))
        });
    }
    let (mut done, mut taken) = (0, Vec::new());
    while let Some(caller) = filing.join_next().await {
        let (its, times) = caller??;
        done += its;
        taken.extend(times);
    }
    Ok((f64::from(done) / begin.elapsed().as_secs_f64(), taken))
}

fn context(filer: &Filer, number: u64) -> Ctx {
    let actor = Actor::Account { id: filer.id, name: filer.name.clone() };
    let mut seed = rand::random::<[u8; 32]>();
    seed[..8].copy_from_slice(&number.to_le_bytes());
    Ctx::new(cli::clock::now(), Viewer::Citizen(filer.id), actor, String::new(), seed)
}

/// The provincial portal's application on this database, without its pages and without its worker.
async fn app(world: &World, db: Db) -> Result<App, Failure> {
    let parts = PortalParts {
        db,
        blobs: BlobStore::open(&world.folder().join("files")).await?,
        smtp: SmtpConfig {
            host: "127.0.0.1".into(),
            port: 9,
            security: Security::None,
            user: None,
            password: None,
            extra_roots: None,
            from_name: "Cổng đo".into(),
            from_address: EmailAddress::parse("khong-tra-loi@cong-do.example")?,
            timeout: Duration::from_secs(1),
        },
        sms: Vec::new(),
        subscribers: None,
        population: None,
        login_providers: Vec::new(),
        settings: start::settings(Role::Province, "http://127.0.0.1:8001"),
        portal: PortalSettings {
            role: Role::Province,
            secret: Secret::from_bytes([9; 32]),
            secure_cookies: false,
            other_portal_url: None,
            help: start::help_desk(&world.shared.content),
            demo: None,
            client_address_header: None,
        },
        source: cli::clock::source(Arc::default()),
    };
    Ok(start::build(&world.shared, parts)?.0)
}
