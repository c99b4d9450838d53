//! What the server holds after all that load, with a thousand people signed in, and while documents are made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::client::{Requests, get, rate};
use crate::machine::resident;
use crate::people::{People, SESSIONS};
use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section};
use crate::world::World;
use crate::{Failure, Size};

/// Clients that ask for documents at once.
const CLIENTS: u8 = 4;

/// Both figures.
pub(crate) async fn measure(
    world: &World,
    people: &People,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let engine = world.engine.name();
    progress.piece(format!("{engine}: {SESSIONS} people who are signed in"));
    let lists = people.citizens.iter().map(|cookie| get("/ho-so", Some(cookie))).collect();
    rate(world.port(), 16, &Requests::new(lists), size.round * 2).await?;
    let loaded = resident(world.process()?)?;
    progress.piece(format!("{engine}: documents"));
    let receipts = people.dossiers.iter();
    let receipts =
        receipts.map(|filed| get(&format!("/ho-so/{}/giay-to/bien-nhan.pdf", filed.code), Some(&filed.cookie)));
    let watch = Watch::begin(world.process()?);
    let speed = rate(world.port(), CLIENTS, &Requests::new(receipts.collect()), size.documents).await?;
    let peak = watch.end().await?;
    let rows = [
        (format!("after the load above, {SESSIONS} people signed in"), loaded, 300.0),
        (format!("at most while {CLIENTS} clients have receipts made ({speed:.0} a second)"), peak, 450.0),
    ];
    for (what, megabytes, bar) in rows {
        let (section, bar) = (Section::Memory, Some(Bar::Under("MB", bar)));
        report.add(Row { section, engine, what, cells: vec![("MB", megabytes)], bar });
    }
    Ok(())
}

/// Looks at a process again and again, and remembers the most.
pub(crate) struct Watch {
    ended: Arc<AtomicBool>,
    most: tokio::task::JoinHandle<Result<f64, Failure>>,
}

impl Watch {
    /// Looks from here on.
    pub(crate) fn begin(process: u32) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let end = ended.clone();
        let most = tokio::spawn(async move {
            let mut most = 0.0_f64;
            while !end.load(Ordering::Relaxed) {
                most = most.max(resident(process)?);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(most)
        });
        Self { ended, most }
    }

    /// The most megabytes that were seen.
    pub(crate) async fn end(self) -> Result<f64, Failure> {
        self.ended.store(true, Ordering::Relaxed);
        self.most.await?
    }
}
