//! Two hundred people who sign in at once: what the server holds meanwhile, and how long everybody else's pages take.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use domain::account::composed_password;
use domain::codes::LoginName;
use storage::{StorageError, accounts};
use usecases::Passwords;

use crate::client::{Connection, Requests, get, on_one_thread, post, times};
use crate::memory::Watch;
use crate::people::{People, login_of};
use crate::progress::Progress;
use crate::report::{Bar, Report, Row, Section, quantile};
use crate::world::World;
use crate::{Failure, Size};

/// How many sign in at once.
const CROWD: u8 = 200;
/// Pages that others ask for meanwhile, every second.
const RATE: u32 = 100;
/// Their password.
const PASSWORD: &str = "Mat-khau-do-9!";
/// A hash takes 19 MiB; two hundred at once would take four gigabytes.
const MOST_MEGABYTES: f64 = 400.0;

/// Both figures.
pub(crate) async fn measure(
    world: &World,
    people: &People,
    size: Size,
    progress: &Progress,
    report: &mut Report,
) -> Result<(), Failure> {
    let engine = world.engine.name();
    progress.piece(format!("{engine}: {CROWD} people sign in at once"));
    set_password(world).await?;
    let crowd = Crowd::begin(world.port());
    let watch = Watch::begin(world.process()?);
    let (begin, asked) = (Instant::now(), pages(people));
    let mut all = Vec::new();
    // Until every one of the crowd has come in once, and for as many pages as the others are measured by.
    while crowd.signed_in() < usize::from(CROWD) || all.len() < size.timed {
        all.extend(times(world.port(), &asked, 100, RATE).await?);
    }
    let speed = crowd.signed_in() as f64 / begin.elapsed().as_secs_f64();
    let peak = watch.end().await?;
    crowd.end().await?;
    let cells = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
    report.add(Row {
        section: Section::Times,
        engine,
        what: format!("other pages while {CROWD} sign in at once ({speed:.0} a second come in)"),
        cells: cells.map(|(name, share)| (name, quantile(&mut all, share))).to_vec(),
        bar: Some(Bar::Under("p95", 50.0)),
    });
    report.add(Row {
        section: Section::Memory,
        engine,
        what: format!("at most while {CROWD} people sign in at once"),
        cells: vec![("MB", peak)],
        bar: Some(Bar::Under("MB", MOST_MEGABYTES)),
    });
    Ok(())
}

/// What people do who do not sign in at that moment: public pages and their own.
fn pages(people: &People) -> Requests {
    let own = people.dossiers.iter().take(50).map(|filed| (format!("/ho-so/{}", filed.code), Some(&filed.cookie)));
    let public = ["/", "/thu-tuc/1.001193", "/thu-tuc?q=khai+sinh", "/dang-nhap"].iter().cycle();
    let public = public.map(|path| ((*path).to_owned(), None));
    let mixed = own.zip(public).flat_map(|(own, public)| [own, public]);
    Requests::new(mixed.map(|(path, cookie)| get(&path, cookie.map(String::as_str))).collect())
}

/// Gives everybody of the crowd the password.
async fn set_password(world: &World) -> Result<(), Failure> {
    let db = world.database().await?;
    let hash = Passwords::new(1)?.hash(&composed_password(PASSWORD), [3; 16]).await?;
    let logins = (0..usize::from(CROWD)).map(login_of).collect::<Result<Vec<LoginName>, _>>()?;
    db.write(move |tx| {
        Box::pin(async move {
            for login in &logins {
                let id = accounts::find_by_login(tx, login).await?.ok_or(StorageError::NoRow)?.account.id;
                accounts::update_password(tx, id, &hash).await?;
            }
            Ok::<_, StorageError>(())
        })
    })
    .await?;
    Ok(())
}

/// The people who sign in, again and again until they are told to stop.
struct Crowd {
    stopped: Arc<AtomicBool>,
    signed_in: Arc<AtomicUsize>,
    running: tokio::task::JoinHandle<Result<(), Failure>>,
}

impl Crowd {
    fn begin(port: u16) -> Self {
        let (stopped, signed_in) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (stop, count) = (stopped.clone(), signed_in.clone());
        let running = tokio::spawn(on_one_thread(async move {
            let mut asking = tokio::task::JoinSet::new();
            for number in 0..CROWD {
                let (stop, count) = (stop.clone(), count.clone());
                asking.spawn(async move {
                    let login = login_of(usize::from(number))?;
                    let request = post("/dang-nhap", &format!("number={}&password={PASSWORD}", login.as_str()));
                    let mut connection = Connection::open(port, number).await?;
                    while !stop.load(Ordering::Relaxed) {
                        connection.ask_for(&request, "303").await?;
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok::<_, Failure>(())
                });
            }
            while let Some(asked) = asking.join_next().await {
                asked??;
            }
            Ok(())
        }));
        Self { stopped, signed_in, running }
    }

    fn signed_in(&self) -> usize {
        self.signed_in.load(Ordering::Relaxed)
    }

    async fn end(self) -> Result<(), Failure> {
        self.stopped.store(true, Ordering::Relaxed);
        self.running.await?
    }
}
