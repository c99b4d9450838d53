//! An empty database of either engine for one test.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use storage::{Db, Kind, Sql, StorageError, params};
use tempfile::TempDir;
use throwaway::{Flush, Postgres};

static NUMBER: AtomicU32 = AtomicU32::new(0);
static OWN_CLUSTER: Mutex<Weak<Postgres>> = Mutex::new(Weak::new());

/// Declares each of these functions, which take a [`TestDb`], as a test on SQLite and as one on PostgreSQL.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::support::TestDb::sqlite().await).await;
            }
        )+}
        mod on_postgres {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::support::TestDb::postgres().await).await;
            }
        )+}
    };
}

/// A migrated database that goes with the test.
pub(crate) struct TestDb {
    db: Db,
    place: Place,
}

/// Where a test's database is, to open it once more.
enum Place {
    Sqlite { folder: TempDir },
    Postgres { cluster: Cluster, schema: String },
}

/// The cluster of the whole run, or one of our own that ends with its last test.
#[derive(Clone)]
struct Cluster {
    url: String,
    _own: Option<Arc<Postgres>>,
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl TestDb {
    pub(crate) async fn sqlite() -> Self {
        Self::empty_sqlite().migrated().await
    }

    pub(crate) async fn postgres() -> Self {
        Self::empty_postgres().await.migrated().await
    }

    /// Without any table.
    pub(crate) fn empty_sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let db = Db::open_sqlite(&folder.path().join("portal.db")).expect("a new database");
        Self { db, place: Place::Sqlite { folder } }
    }

    /// Without any table.
    pub(crate) async fn empty_postgres() -> Self {
        let cluster = cluster();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let schema = format!("storage_{}_{number}", std::process::id());
        execute(&cluster.url, &format!("drop schema if exists {schema} cascade")).await;
        let db = Db::open_postgres(&cluster.url, &schema).await.expect("a database on the cluster");
        Self { db, place: Place::Postgres { cluster, schema } }
    }

    async fn migrated(self) -> Self {
        self.db.migrate(|_, _| {}).await.expect("migrations run");
        self
    }

    /// The same database as another process would open it.
    pub(crate) async fn open_again(&self) -> Db {
        match &self.place {
            Place::Sqlite { .. } => Db::open_sqlite(&self.file()).expect("the database opens again"),
            Place::Postgres { cluster, schema } => {
                Db::open_postgres(&cluster.url, schema).await.expect("the database opens again")
            }
        }
    }

    /// The file on SQLite.
    pub(crate) fn file(&self) -> PathBuf {
        match &self.place {
            Place::Sqlite { folder } => folder.path().join("portal.db"),
            Place::Postgres { .. } => panic!("no file on PostgreSQL"),
        }
    }

    /// Runs statements that answer nothing.
    pub(crate) async fn script(&self, text: &'static str) -> Result<(), StorageError> {
        self.db.write(move |tx| Box::pin(async move { tx.script(text).await })).await
    }

    /// The number that a query answers.
    pub(crate) async fn number(&self, text: &'static str) -> i64 {
        number(&self.db, text).await
    }

    /// A table that is nobody's.
    pub(crate) async fn make_scratch(&self) {
        let table = match self.db.kind() {
            Kind::Sqlite => "create table scratch (id integer not null constraint scratch_id primary key, note text)",
            Kind::Postgres => "create table scratch (id bigint not null constraint scratch_id primary key, note text)",
        };
        self.script(table).await.expect("a scratch table");
    }
}

/// The number that a query answers.
pub(crate) async fn number(db: &Db, text: &'static str) -> i64 {
    let answer: Result<i64, StorageError> =
        db.read(move |tx| Box::pin(async move { tx.one(Sql::new(text), params![]).await?.take(0) })).await;
    answer.expect("a number")
}

fn cluster() -> Cluster {
    if let Ok(url) = std::env::var("MOTCUA_TEST_POSTGRES") {
        return Cluster { url, _own: None };
    }
    let mut shared = OWN_CLUSTER.lock().unwrap_or_else(PoisonError::into_inner);
    let own = shared.upgrade().unwrap_or_else(|| Arc::new(Postgres::start(Flush::Never).expect("PostgreSQL starts")));
    *shared = Arc::downgrade(&own);
    Cluster { url: own.url(), _own: Some(own) }
}

async fn execute(url: &str, statements: &str) {
    let connected = tokio_postgres::connect(url, tokio_postgres::NoTls).await;
    let (client, connection) = connected.expect("the cluster answers");
    tokio::spawn(connection);
    client.batch_execute(statements).await.expect("the cluster obeys");
}
