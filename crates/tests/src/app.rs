//! A provincial portal inside the test: real database, real mail, a clock that moves only when the test moves it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use axum::Router;
use cli::start::{self, PortalParts, Shared};
use connectors::mail::{Security, SmtpConfig};
use connectors::population::PopulationConfig;
use domain::codes::{AgencyCode, EmailAddress};
use domain::time::{Day, Instant};
use simulators::{Message, Simulators, SimulatorsConfig};
use storage::{BlobStore, Db};
use tempfile::TempDir;
use tokio::net::TcpListener;
use usecases::demo::{DEMO_ADMINISTRATOR, DEMO_PASSWORD, seed_administrator, seed_officers};
use usecases::login_providers::LoginProvider;
use usecases::{Ctx, Settings};
use web::portal::{Demo, Portal, PortalSettings, Role, Source};
use web::secret::Secret;

use crate::http::Client;
use crate::logs;
use crate::page::Page;
use crate::postgres::Database;

/// The password of every citizen of the tests.
pub const PASSWORD: &str = "Rẫy-cà-phê-9!";

/// The schema of a portal's tables on PostgreSQL.
const SCHEMA: &str = "motcua_test";

/// A portal with everything round it.
pub struct TestApp {
    portal: Portal,
    db: Db,
    router: Router,
    public_url: String,
    database_address: String,
    clock: Arc<AtomicI64>,
    simulators: Simulators,
    // Dropped last: the database and the files under the portal.
    _database: Option<Database>,
    _folder: TempDir,
}

/// Another process of a portal, while the first runs.
pub struct SecondProcess {
    router: Router,
    public_url: String,
}

impl SecondProcess {
    /// Somebody without cookies.
    pub fn visitor(&self) -> Client {
        Client::of_router_at(self.router.clone(), &self.public_url)
    }
}

/// What differs between the portals of tests.
struct Setting {
    public_url: String,
    login_providers: Vec<LoginProvider>,
    demo: Option<Demo>,
    officers_need_second_factor: bool,
    /// A folder like `content/` that is read in place of what is packaged.
    content: Option<PathBuf>,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            public_url: "http://motcua.test".into(),
            login_providers: Vec::new(),
            demo: None,
            officers_need_second_factor: false,
            content: None,
        }
    }
}

/// Each process of a portal has randomness of its own, the same in every run of one test.
static PROCESSES: AtomicU64 = AtomicU64::new(0);

/// On which engine a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl TestApp {
    /// The provincial portal on an empty database of this engine; it is Monday, 23 November 2026, 08:00.
    pub async fn start(engine: Engine) -> Self {
        Self::start_as(Role::Province, engine).await
    }

    /// A portal of this role.
    pub async fn start_as(role: Role, engine: Engine) -> Self {
        Self::start_with(role, engine, Setting::default()).await
    }

    /// A portal of this role as `motcua demo` starts it, with what the demonstration shows beside the rest.
    pub async fn start_demonstration(role: Role, engine: Engine) -> Self {
        let demo = Demo { simulators_url: "http://simulators.test".into(), clock_offset: Arc::new(|| 0) };
        Self::start_with(role, engine, Setting { demo: Some(demo), ..Setting::default() }).await
    }

    /// The provincial portal, where officers need a second factor as everywhere but in a demonstration and in most tests.
    pub async fn start_strict(engine: Engine) -> Self {
        Self::start_with(Role::Province, engine, Setting { officers_need_second_factor: true, ..Setting::default() })
            .await
    }

    /// The provincial portal with the content of this folder.
    pub async fn start_with_content(engine: Engine, folder: &Path) -> Self {
        Self::start_with(Role::Province, engine, Setting { content: Some(folder.to_owned()), ..Setting::default() })
            .await
    }

    /// A portal of this role that other machines reach on this port, and that takes accounts of these providers.
    pub async fn start_on(
        listener: TcpListener,
        role: Role,
        engine: Engine,
        login_providers: Vec<LoginProvider>,
    ) -> Self {
        let address = listener.local_addr().expect("a bound port has an address");
        let setting = Setting { public_url: format!("http://{address}"), login_providers, ..Setting::default() };
        let app = Self::start_with(role, engine, setting).await;
        let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        // It ends with the test's runtime.
        tokio::spawn(async move { axum::serve(listener, service).await });
        app
    }

    async fn start_with(role: Role, engine: Engine, setting: Setting) -> Self {
        logs::start();
        let folder = TempDir::with_prefix("motcua-test-").expect("a folder for the data can be made");
        let (database, address) = match engine {
            Engine::Sqlite => (None, format!("sqlite:{}", folder.path().join("test.db").display())),
            Engine::Postgres => {
                let database = Database::create().await;
                let url = database.url();
                (Some(database), url)
            }
        };
        let morning = Day::new(2026, 11, 23).expect("a day").at_minute(8 * 60).as_millis();
        let clock = Arc::new(AtomicI64::new(morning));
        let simulators = start_simulators(&clock).await;
        let db = start::open_database(&address, SCHEMA).await.expect("the database opens");
        let public_url = setting.public_url.clone();
        let portal = build(role, setting, db.clone(), &folder, &clock, &simulators).await;
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle();
        let router = start::routes(&portal, metrics);
        if role == Role::Province {
            let ctx = Ctx::of_system((portal.source().now)(), (portal.source().seed)());
            seed_officers(portal.app(), &ctx, |_| {}).await.expect("officers can be seeded");
        }
        Self {
            portal,
            db,
            router,
            public_url,
            database_address: address,
            clock,
            simulators,
            _database: database,
            _folder: folder,
        }
    }

    /// Another process of the same portal: connections and memory of its own to the same database.
    pub async fn start_second_process(&self) -> SecondProcess {
        let db = start::open_database(&self.database_address, SCHEMA).await.expect("the database opens");
        let setting = Setting { public_url: self.public_url.clone(), ..Setting::default() };
        let role = self.portal.settings().role;
        let portal = build(role, setting, db, &self._folder, &self.clock, &self.simulators).await;
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle();
        SecondProcess { router: start::routes(&portal, metrics), public_url: self.public_url.clone() }
    }

    /// Somebody without cookies.
    pub fn visitor(&self) -> Client {
        Client::of_router_at(self.router.clone(), &self.public_url)
    }

    /// Where people reach it.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The portal's addresses, to be served on a port.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The portal itself, for tests that look at the content.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The portal's database, for tests that look below the pages.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The moment at which everything happens.
    pub fn now(&self) -> Instant {
        Instant::from_millis(self.clock.load(Ordering::SeqCst))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.clock.fetch_add(i64::try_from(by.as_millis()).expect("not for ever"), Ordering::SeqCst);
    }

    /// Sets the clock to the machine's, for programs of others, which look at that one.
    pub fn take_the_time_of_the_machine(&self) {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later than 1970");
        self.clock.store(i64::try_from(since_1970.as_millis()).expect("not for ever"), Ordering::SeqCst);
    }

    /// Does all jobs that are due.
    pub async fn run_jobs(&self) {
        while usecases::jobs::run_due(self.portal.app(), self.now()).await.expect("jobs can be claimed") > 0 {}
    }

    /// The letters that arrived at this address, newest first.
    pub fn letters(&self, to: &str) -> Vec<Arc<Message>> {
        let letters = self.simulators.messages(to);
        letters.iter().for_each(|letter| logs::note_message(letter));
        letters
    }

    /// The text messages that arrived at this telephone, newest first.
    pub fn texts(&self, phone: &str) -> Vec<Arc<Message>> {
        self.letters(phone)
    }

    /// Takes to the portal what the SMS gateways report, since nobody reaches a portal without a port.
    pub async fn deliver_reports(&self) {
        let gateway = self.visitor();
        for report in self.simulators.take_reports() {
            gateway.get(&report).await.must_be(200);
        }
    }

    /// Every difference that `motcua verify` finds.
    pub async fn differences(&self) -> Vec<String> {
        let blobs = self.blobs().await;
        match usecases::verify::verify(&self.db, &blobs, |_| {}).await {
            Ok(report) => report.differences,
            // What cannot be read at all ends it.
            Err(error) => vec![web::errors::chain(&error)],
        }
    }

    /// Changes what the database holds, as somebody would who has got below the program.
    pub async fn run_sql(&self, script: &str) {
        let text = script.to_owned();
        let done = self.db.write(move |tx| Box::pin(async move { tx.script(&text).await })).await;
        done.unwrap_or_else(|error: storage::StorageError| panic!("{script}: {error:?}"));
    }

    /// Changes a byte of every file that was uploaded; how many there are.
    pub fn change_stored_files(&self) -> usize {
        let mut folders = vec![self._folder.path().join("files")];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("an entry can be read").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let mut bytes = std::fs::read(&path).expect("the file can be read");
                let Some(last) = bytes.last_mut() else { continue };
                *last ^= 1;
                std::fs::write(&path, bytes).expect("the file can be written");
                count += 1;
            }
        }
        count
    }

    /// How many files that were uploaded are on the disk, those that were put aside among them.
    pub fn count_files(&self) -> usize {
        let mut folders = vec![self._folder.path().join("files")];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("an entry can be read").path();
                match path.is_dir() {
                    true => folders.push(path),
                    // A lock is a file too, an empty one.
                    false => count += usize::from(path.metadata().is_ok_and(|file| file.len() > 0)),
                }
            }
        }
        count
    }

    async fn blobs(&self) -> BlobStore {
        BlobStore::open(&self._folder.path().join("files")).await.expect("the folder of files opens")
    }

    /// The outside world, to be made to fail.
    pub fn simulators(&self) -> &Simulators {
        &self.simulators
    }

    /// A citizen with a confirmed account, signed in, by the pages of the seven steps.
    pub async fn citizen(&self, number: &str) -> Client {
        let client = self.visitor();
        register(self, &client, number).await;
        sign_in(&client, number).await;
        client
    }

    /// An administrator of the portal, signed in.
    pub async fn administrator(&self) -> Client {
        let ctx = Ctx::of_system(self.now(), (self.portal.source().seed)());
        let agency = AgencyCode::parse("H21").expect("a code");
        seed_administrator(self.portal.app(), &ctx, agency).await.expect("an administrator can be seeded");
        let client = self.visitor();
        let page = client.get("/can-bo/dang-nhap").await.must_be(200);
        let form = page.form("/can-bo/dang-nhap").fill("login", DEMO_ADMINISTRATOR).fill("password", DEMO_PASSWORD);
        client.submit(&page, form).await.must_be(303);
        client
    }

    /// The officer of an agency, signed in.
    pub async fn officer(&self, agency: &str) -> Client {
        let client = self.visitor();
        let page = client.get("/can-bo/dang-nhap").await.must_be(200);
        let form = page.form("/can-bo/dang-nhap").fill("login", &agency.to_lowercase()).fill("password", DEMO_PASSWORD);
        client.submit(&page, form).await.must_be(303);
        client
    }
}

/// The address of the citizen with this number.
pub fn email_of(number: &str) -> String {
    format!("nguoi-{number}@vi-du.example")
}

/// Registers by the leaflet's steps and confirms the address through the link in the letter.
pub async fn register(app: &TestApp, client: &Client, number: &str) {
    let page = client.get("/dang-ky").await.must_be(200);
    let page = pass(client, &page, "/dang-ky", &[("kind", "citizen")]).await;
    let page = pass(client, &page, "/dang-ky/cong-dan", &[("number", number)]).await;
    let email = email_of(number);
    let details = [
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Rơ Châm H'Lan"),
        ("birth_date.year", "1990"),
        ("phone", "0912345678"),
        ("email", email.as_str()),
    ];
    pass(client, &page, "/dang-ky/cong-dan/thong-tin", &details).await;
    app.run_jobs().await;
    let letters = app.letters(&email);
    let link = letters.iter().find_map(|letter| letter.links.first()).expect("a letter with the link arrives").clone();
    let path = link.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    let page = client.get(&path.expect("the link has a path")).await.must_be(200);
    pass(client, &page, "/dang-ky/xac-nhan", &[]).await;
}

/// Sends the page's form to this address and follows where it leads.
async fn pass(client: &Client, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
    let form = fields.iter().fold(page.form(action), |form, (name, value)| form.fill(name, value));
    let answer = client.submit(page, form).await;
    if answer.status() == 303 { client.follow(&answer).await.must_be(200) } else { answer.must_be(200) }
}

/// Signs a citizen in.
pub async fn sign_in(client: &Client, number: &str) {
    let page = client.get("/dang-nhap").await.must_be(200);
    let form = page.form("/dang-nhap").fill("number", number).fill("password", PASSWORD);
    client.submit(&page, form).await.must_be(303);
}

async fn start_simulators(clock: &Arc<AtomicI64>) -> Simulators {
    let now = clock.clone();
    Simulators::start(SimulatorsConfig {
        http: TcpListener::bind("127.0.0.1:0").await.expect("a port is free"),
        smtp: ([127, 0, 0, 1], 0).into(),
        capacity: 10_000,
        now: Arc::new(move || now.load(Ordering::SeqCst)),
        clock_offset_ms: Arc::new(AtomicI64::new(0)),
    })
    .await
    .expect("the simulators start")
}

async fn build(
    role: Role,
    setting: Setting,
    db: Db,
    folder: &TempDir,
    clock: &Arc<AtomicI64>,
    simulators: &Simulators,
) -> Portal {
    let shared = Shared::load(setting.content.as_deref()).expect("the content loads");
    let outside = format!("http://{}", simulators.http_addr());
    let now = clock.clone();
    let (seeds, ticks) = (AtomicU64::new(PROCESSES.fetch_add(1, Ordering::Relaxed) << 32 | 1), AtomicU64::new(0));
    let parts = PortalParts {
        db,
        blobs: BlobStore::open(&folder.path().join("files")).await.expect("the folder of files opens"),
        smtp: SmtpConfig {
            host: "127.0.0.1".into(),
            port: simulators.smtp_addr().port(),
            security: Security::None,
            user: None,
            password: None,
            extra_roots: None,
            from_name: "Cổng thử".into(),
            from_address: EmailAddress::parse("khong-tra-loi@cong-thu.example").expect("an address"),
            timeout: Duration::from_secs(10),
        },
        sms: start::simulated_gateways(&outside),
        subscribers: Some(start::simulated_carrier(&outside)),
        population: Some(PopulationConfig {
            timeout: Duration::from_millis(1_500),
            ..start::simulated_population(&outside)
        }),
        login_providers: setting.login_providers,
        settings: Settings {
            officers_need_second_factor: setting.officers_need_second_factor,
            ..start::settings(role, &setting.public_url)
        },
        portal: PortalSettings {
            role,
            secret: Secret::from_bytes([9; 32]),
            secure_cookies: false,
            other_portal_url: Some("http://other.test".into()),
            help: start::help_desk(&shared.content),
            demo: setting.demo,
            client_address_header: None,
        },
        source: Source {
            now: Arc::new(move || Instant::from_millis(now.load(Ordering::SeqCst))),
            ticks: Arc::new(move || ticks.fetch_add(1, Ordering::Relaxed)),
            // Every request gets another seed, the same ones in every run.
            seed: Arc::new(move || {
                let number = seeds.fetch_add(1, Ordering::Relaxed);
                let mut seed = [7; 32];
                seed[..8].copy_from_slice(&number.to_le_bytes());
                seed
            }),
        },
    };
    start::build(&shared, parts).expect("the portal builds").1
}
