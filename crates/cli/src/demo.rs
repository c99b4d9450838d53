//! `motcua demo`: both portals, the simulators and a seeded province, on an empty machine.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use connectors::mail::{Security, SmtpConfig};
use domain::codes::{AgencyCode, EmailAddress};
use metrics_exporter_prometheus::PrometheusHandle;
use simulators::{Simulators, SimulatorsConfig};
use storage::BlobStore;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use usecases::Ctx;
use usecases::Settings;
use usecases::demo::{
    COLLEAGUE, DEMO_ADMINISTRATOR, DEMO_PASSWORD, seed_administrator, seed_colleagues, seed_officers,
};
use usecases::login_providers::LoginProvider;
use web::portal::{Demo, Portal, PortalSettings, Role};
use web::secret::Secret;

use crate::clock;
use crate::commands::DemoOptions;
use crate::serve::{install_metrics, listen, stop_signal, work};
use crate::sign_on;
use crate::start::{self, Failure, PortalParts, Shared};

/// Văn phòng Chính phủ, which keeps the national portal in the leaflet's days.
const NATIONAL_OFFICE: &str = "G22";
/// A file that marks a folder as a demonstration's, so that `--fresh` never deletes anything else.
const MARK: &str = "motcua-demo";

/// Starts the demonstration and runs it until it is told to stop.
pub(crate) async fn run(options: DemoOptions) -> Result<(), Failure> {
    prepare_folder(&options.data_dir, options.fresh)?;
    let ports = Ports::bind(options.port_base).await?;
    let metrics = install_metrics()?;
    let shared = Shared::load(options.content.as_deref())?;
    let offset = Arc::new(AtomicI64::new(read_offset(&options.data_dir)));
    let source = clock::source(offset.clone());
    let now = source.now.clone();
    let simulators = Simulators::start(SimulatorsConfig {
        http: ports.simulators,
        smtp: ([127, 0, 0, 1], 0).into(),
        capacity: 10_000,
        now: Arc::new(move || now().as_millis()),
        clock_offset_ms: offset.clone(),
    })
    .await?;
    let builder =
        Builder { options: &options, shared: &shared, offset: &offset, smtp_port: simulators.smtp_addr().port() };
    let address = |offset| format!("http://127.0.0.1:{}", options.port_base + offset);
    let (client, login_provider) = sign_on::demonstration(&address(0), &address(1), clock::seed())?;
    let national = builder.portal(Role::National, Vec::new()).await?;
    sign_on::register_clients(&national, &[client]).await?;
    seed_administrator(national.app(), &ctx_of(&national), AgencyCode::parse(NATIONAL_OFFICE)?).await?;
    let province = builder.portal(Role::Province, vec![login_provider]).await?;
    let officers = seed(&province, &options).await?;

    let stop = stop_signal();
    let mut running = JoinSet::new();
    for (portal, listener) in [(national, ports.national), (province, ports.province)] {
        running.spawn(serve(portal, listener, metrics.clone(), stop.clone()));
    }
    running.spawn(keep_offset(options.data_dir.clone(), offset, stop.clone()));
    announce(&options, &officers);
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    simulators.stop().await;
    Ok(())
}

struct Ports {
    national: TcpListener,
    province: TcpListener,
    simulators: TcpListener,
}

impl Ports {
    /// Takes the three ports first of all, so that a second demonstration stops before it touches anything.
    async fn bind(base: u16) -> Result<Self, Failure> {
        let bind = async |offset: u16| {
            let port = base.checked_add(offset).ok_or("the port is too large")?;
            let bound = TcpListener::bind(("127.0.0.1", port)).await;
            bound.map_err(|error| {
                Failure::from(format!("cannot listen on port {port}: {error}; choose others with --port-base"))
            })
        };
        Ok(Self { national: bind(0).await?, province: bind(1).await?, simulators: bind(2).await? })
    }
}

struct Builder<'a> {
    options: &'a DemoOptions,
    shared: &'a Shared,
    offset: &'a Arc<AtomicI64>,
    smtp_port: u16,
}

impl Builder<'_> {
    async fn portal(&self, role: Role, login_providers: Vec<LoginProvider>) -> Result<Portal, Failure> {
        let (name, port, other) = match role {
            Role::National => ("national", self.options.port_base, self.options.port_base + 1),
            Role::Province => ("province", self.options.port_base + 1, self.options.port_base),
        };
        let address = match &self.options.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.options.data_dir.join(format!("{name}.db")).display()),
        };
        let public_url = format!("http://127.0.0.1:{port}");
        let simulators = format!("http://127.0.0.1:{}", self.options.port_base + 2);
        let offset = self.offset.clone();
        let parts = PortalParts {
            db: start::open_database(&address, &format!("motcua_{name}")).await?,
            blobs: BlobStore::open(&self.options.data_dir.join(format!("{name}-files"))).await?,
            smtp: SmtpConfig {
                host: "127.0.0.1".into(),
                port: self.smtp_port,
                security: Security::None,
                user: None,
                password: None,
                from_name: start::settings(role, &public_url).portal_name,
                from_address: EmailAddress::parse(&format!("khong-tra-loi@{name}.motcua.example"))?,
                extra_roots: None,
                timeout: Duration::from_secs(10),
            },
            sms: start::simulated_gateways(&simulators),
            subscribers: Some(start::simulated_carrier(&simulators)),
            population: (role == Role::Province).then(|| start::simulated_population(&simulators)),
            login_providers,
            // Everybody may look at the officers' pages of a demonstration with the password that it prints.
            settings: Settings { officers_need_second_factor: false, ..start::settings(role, &public_url) },
            portal: PortalSettings {
                role,
                secret: keep_secret(&self.options.data_dir, name)?,
                secure_cookies: false,
                other_portal_url: Some(format!("http://127.0.0.1:{other}")),
                help: start::help_desk(&self.shared.content),
                demo: Some(Demo {
                    simulators_url: simulators,
                    clock_offset: Arc::new(move || offset.load(Ordering::Relaxed)),
                }),
                client_address_header: None,
            },
            source: clock::source(self.offset.clone()),
        };
        let (_, portal) = start::build(self.shared, parts)?;
        Ok(portal)
    }
}

async fn serve(
    portal: Portal,
    listener: TcpListener,
    metrics: PrometheusHandle,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let worker = tokio::spawn(work(portal.app().clone(), portal.clone(), stop.clone()));
    listen(listener, start::routes(&portal, metrics), stop).await?;
    worker.await?;
    Ok(())
}

async fn seed(province: &Portal, options: &DemoOptions) -> Result<Vec<(String, String)>, Failure> {
    let ctx = ctx_of(province);
    let provincial_office = province.app().content().rules.home_district.root();
    seed_administrator(province.app(), &ctx, provincial_office).await?;
    let bar = start::progress("Seeding", None);
    let officers = seed_officers(province.app(), &ctx, |done| bar.set_position(done)).await?;
    seed_colleagues(province.app(), &ctx, &province.app().content().rules.home_district).await?;
    if options.dossiers > 0 {
        bar.set_length(u64::from(options.dossiers));
        usecases::demo::seed_dossiers(province.app(), &ctx, options.dossiers, |done| bar.set_position(done)).await?;
    }
    bar.finish_and_clear();
    Ok(officers)
}

fn ctx_of(portal: &Portal) -> Ctx {
    Ctx::of_system((portal.source().now)(), (portal.source().seed)())
}

fn announce(options: &DemoOptions, officers: &[(String, String)]) {
    let port = options.port_base;
    println!("Một Cửa is running.\n");
    println!("  National portal     http://127.0.0.1:{port}");
    println!("  Provincial portal   http://127.0.0.1:{}", port + 1);
    println!("  Simulators          http://127.0.0.1:{}   (what would have been sent)", port + 2);
    println!("\n  Officers sign in at http://127.0.0.1:{}/can-bo with the password {DEMO_PASSWORD}", port + 1);
    for (login, agency) in officers.iter().filter(|(login, _)| login.starts_with("h21.58")) {
        println!("    {login:<12} {agency}");
    }
    let others = officers.iter().filter(|(login, _)| !login.starts_with("h21.58")).count();
    println!("    … and {others} others: the login name is the agency's code in small letters, as on /co-quan.");
    println!("    Each agency of h21.58 has a second officer: the same login name with {COLLEAGUE} behind it.");
    println!(
        "\n  Administrators sign in as {DEMO_ADMINISTRATOR} with the same password, on both portals at /can-bo/dang-nhap"
    );
    println!("\n  Data: {}   Stop with Ctrl-C.", options.data_dir.display());
}

fn prepare_folder(folder: &Path, fresh: bool) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let mark = folder.join(MARK);
    let empty = std::fs::read_dir(folder)?.next().is_none();
    if !empty && !mark.exists() {
        return Err(format!("{} holds something else; choose an empty folder with --data-dir", folder.display()).into());
    }
    if fresh {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { std::fs::remove_dir_all(&path)? } else { std::fs::remove_file(&path)? }
        }
    }
    std::fs::write(mark, "This folder belongs to a demonstration; `motcua demo --fresh` empties it.\n")?;
    Ok(())
}

/// The secret of one portal, made at the first start and kept in the data folder, so that open pages outlive a restart.
fn keep_secret(folder: &Path, name: &str) -> Result<Secret, Failure> {
    let path = folder.join(format!("{name}.secret"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Secret::parse(&text).ok_or_else(|| format!("{} holds no secret; delete it", path.display()).into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let text: String = clock::seed().iter().map(|byte| format!("{byte:02x}")).collect();
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            Secret::parse(&text).ok_or_else(|| Failure::from("a fresh secret is too short"))
        }
        Err(error) => Err(error.into()),
    }
}

fn offset_file(folder: &Path) -> PathBuf {
    folder.join("clock")
}

fn read_offset(folder: &Path) -> i64 {
    std::fs::read_to_string(offset_file(folder)).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// Writes the moved clock down, so that a second start goes on where the first stopped.
async fn keep_offset(folder: PathBuf, offset: Arc<AtomicI64>, mut stop: watch::Receiver<bool>) -> Result<(), Failure> {
    let mut written = offset.load(Ordering::Relaxed);
    loop {
        let stopped = tokio::time::timeout(Duration::from_millis(500), stop.wait_for(|stop| *stop)).await.is_ok();
        let current = offset.load(Ordering::Relaxed);
        if current != written {
            std::fs::write(offset_file(&folder), current.to_string())?;
            written = current;
        }
        if stopped {
            return Ok(());
        }
    }
}
