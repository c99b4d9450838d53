//! Empty PostgreSQL databases and schemas for one test each.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};
use throwaway::{Flush, Postgres};
use tokio_postgres::{Config, NoTls};

static OWN_CLUSTER: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A database with nothing in it, dropped at the end of the test.
#[derive(Debug)]
pub struct Database {
    name: String,
    cluster: Cluster,
}

#[derive(Debug)]
struct Cluster {
    url: String,
    // Keeps a cluster of our own alive as long as a test uses it.
    _own: Option<Arc<Postgres>>,
}

impl Database {
    /// Makes an empty database on the cluster of this test run, or on one started for this process.
    pub async fn create() -> Self {
        let cluster = cluster();
        let name = unique_name();
        execute(&cluster.url, &format!("create database {name}")).await;
        Self { name, cluster }
    }

    /// The address to connect to, as the superuser and without a password.
    pub fn url(&self) -> String {
        let (server, _) = self.cluster.url.rsplit_once('/').expect("the address of a cluster names a database");
        format!("{server}/{}", self.name)
    }

    /// Runs statements that return nothing.
    pub async fn execute(&self, statements: &str) {
        execute(&self.url(), statements).await;
    }

    /// The first column of the first row of a query, as text.
    pub async fn value(&self, query: &str) -> Option<String> {
        let client = connect(&self.url()).await;
        let rows = client.simple_query(query).await.unwrap_or_else(|error| panic!("{query}: {error:?}"));
        rows.iter().find_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A destructor cannot wait on the test's runtime; a thread with one of its own can.
        let (url, drop_it) = (self.cluster.url.clone(), format!("drop database {} with (force)", self.name));
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(execute(&url, &drop_it));
            }
        });
        let _ = dropping.join();
    }
}

/// A name for a schema that no other test uses.
pub fn unique_name() -> String {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{number}_{:08x}", std::process::id(), rand::random::<u32>())
}

fn cluster() -> Cluster {
    if let Ok(url) = std::env::var("MOTCUA_TEST_POSTGRES") {
        return Cluster { url, _own: None };
    }
    let mut shared = OWN_CLUSTER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let own = shared.upgrade().unwrap_or_else(|| {
        let started = Postgres::start(Flush::Never).unwrap_or_else(|error| panic!("{error}"));
        Arc::new(started)
    });
    *shared = Arc::downgrade(&own);
    Cluster { url: own.url(), _own: Some(own) }
}

async fn execute(url: &str, statements: &str) {
    let result = connect(url).await.batch_execute(statements).await;
    result.unwrap_or_else(|error| panic!("{statements}: {error:?}"));
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let config: Config = url.parse().unwrap_or_else(|error| panic!("{url}: {error}"));
    let connected = config.connect(NoTls).await;
    let (client, connection) = connected.unwrap_or_else(|error| panic!("{url}: {error:?}"));
    tokio::spawn(connection);
    client
}
