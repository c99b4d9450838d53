//! Building the parts of a portal out of configuration.

use std::error::Error;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use connectors::fetch::Fetcher;
use connectors::mail::{Mailer, SmtpConfig};
use connectors::population::{PopulationConfig, PopulationRegister};
use connectors::sms::{Reports, Sms, SmsConfig};
use connectors::subscribers::{SubscriberConfig, SubscriberRegister};
use content::Content;
use documents::Typesetter;
use domain::account::CodeRules;
use domain::catalogue::Fileability;
use indicatif::{ProgressBar, ProgressStyle};
use oidc::Issuer;
use oidc::jose::{Entropy, InstallationKey};
use storage::{BlobStore, Db};
use usecases::find_procedures::Finder;
use usecases::login_providers::LoginProvider;
use usecases::oidc_provider::OidcProvider;
use usecases::receipts::ReceiptKeys;
use usecases::second_factors::{RelyingParty, Vault};
use usecases::verify::VerifyReport;
use usecases::{App, Parts, Passwords, Settings, SingleSignOn};
use web::portal::{HelpDesk, Portal, PortalSettings, Role, Source};

/// Any error, with its chain.
pub type Failure = Box<dyn Error + Send + Sync>;

/// How long another portal is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the simulators are waited for.
const SIMULATED_PATIENCE: Duration = Duration::from_secs(5);

/// What both portals of one process share: it is read once.
#[derive(Clone)]
pub struct Shared {
    /// Procedures, agencies, calendars, rules.
    pub content: Arc<Content>,
    /// Finds procedures.
    pub finder: Arc<Finder>,
    /// Makes documents.
    pub typesetter: Typesetter,
    /// Hashes passwords.
    pub passwords: Passwords,
}

impl Shared {
    /// Reads the packaged content, or a folder like it, and prepares what every portal needs.
    pub fn load(folder: Option<&Path>) -> Result<Self, Failure> {
        let content = Arc::new(folder.map_or_else(Content::load, Content::from_dir)?);
        let finder = Arc::new(Finder::new(&content));
        // One core is left to everybody who does not sign in at this moment.
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let passwords = Passwords::new(cores.saturating_sub(1).max(1))?;
        Ok(Self { content, finder, typesetter: Typesetter::new()?, passwords })
    }
}

/// What differs between portals.
pub struct PortalParts {
    /// Its database, migrated.
    pub db: Db,
    /// Its files.
    pub blobs: BlobStore,
    /// Where its letters go.
    pub smtp: SmtpConfig,
    /// Where its text messages go, in the order in which the gateways are tried.
    pub sms: Vec<SmsConfig>,
    /// The carrier that knows subscriptions; none for a portal that asks no carrier.
    pub subscribers: Option<SubscriberConfig>,
    /// The population register; none for a portal that asks none.
    pub population: Option<PopulationConfig>,
    /// The providers whose accounts the portal takes.
    pub login_providers: Vec<LoginProvider>,
    /// Settings of the acts.
    pub settings: Settings,
    /// Settings of the pages.
    pub portal: PortalSettings,
    /// Its clock and randomness.
    pub source: Source,
}

/// The application of one portal and its pages.
pub fn build(shared: &Shared, parts: PortalParts) -> Result<(App, Portal), Failure> {
    let subscribers = match parts.subscribers {
        Some(config) => SubscriberRegister::new(config)?,
        None => SubscriberRegister::absent(),
    };
    let population = match parts.population {
        Some(config) => PopulationRegister::new(config)?,
        None => PopulationRegister::absent(),
    };
    let report_key = parts.portal.secret.key("sms report").sign("address", b"");
    let reports = Reports::new(&parts.settings.public_url, report_key);
    let app = App::new(Parts {
        db: parts.db,
        blobs: parts.blobs,
        content: shared.content.clone(),
        finder: shared.finder.clone(),
        typesetter: shared.typesetter.clone(),
        mailer: Mailer::smtp(parts.smtp)?,
        sms: Sms::new(parts.sms)?.reporting(reports),
        subscribers,
        population,
        passwords: shared.passwords.clone(),
        single_sign_on: SingleSignOn {
            provider: oidc_provider(&parts.portal, &parts.settings.public_url),
            login_providers: parts.login_providers,
            fetcher: Fetcher::new(None, PATIENCE)?,
        },
        vault: vault(&parts.portal),
        receipt_keys: receipt_keys(&parts.portal),
        relying_party: relying_party(&parts.settings),
        settings: parts.settings,
    });
    let portal = Portal::new(app.clone(), parts.portal, parts.source);
    Ok((app, portal))
}

/// The national portal as a provider, when people reach it in a way that nobody can listen to.
fn oidc_provider(portal: &PortalSettings, public_url: &str) -> Option<OidcProvider> {
    let issuer = Issuer::parse(public_url).ok().filter(|_| portal.role == Role::National)?;
    let key = InstallationKey::new(&portal.secret.key("oidc").sign("installation", b""));
    Some(OidcProvider::new(issuer, account::oidc::ENDPOINTS, key, Entropy::of_the_system()))
}

/// What encrypts the secrets of authenticators.
fn vault(portal: &PortalSettings) -> Vault {
    let key = InstallationKey::new(&portal.secret.key("second factors").sign("installation", b""));
    Vault::new(key, Entropy::of_the_system())
}

/// What seals the keys that sign receipts.
fn receipt_keys(portal: &PortalSettings) -> ReceiptKeys {
    let key = InstallationKey::new(&portal.secret.key("receipts").sign("installation", b""));
    ReceiptKeys::new(Vault::new(key, Entropy::of_the_system()))
}

/// The portal as browsers know it; without a name it has no passkeys, and says so once.
fn relying_party(settings: &Settings) -> Option<RelyingParty> {
    match RelyingParty::new(&settings.public_url, &settings.portal_name) {
        Ok(party) => Some(party),
        Err(reason) => {
            tracing::warn!(%reason, "There are no passkeys");
            None
        }
    }
}

/// Every address of a portal, with the layers round it.
pub fn routes(portal: &Portal, metrics: metrics_exporter_prometheus::PrometheusHandle) -> Router {
    let mut routes = Router::new()
        .merge(portal::routes(portal))
        .merge(account::routes(portal.settings().role))
        .merge(api::routes(portal.settings().role))
        .merge(web::assets::router())
        .merge(web::captcha::router());
    routes = match portal.settings().role {
        Role::Province => routes.merge(office::routes(portal)),
        Role::National => routes.merge(office::administration_routes()),
    };
    if portal.settings().demo.is_some() {
        routes = routes.merge(web::gallery::router()).merge(web::gallery::live_router());
    }
    web::middleware::surround(routes, portal).merge(crate::serve::machine_routes(portal, metrics))
}

/// The settings that all portals share unless configuration says otherwise.
pub fn settings(role: Role, public_url: &str) -> Settings {
    let (portal_name, portal_name_en, sms_name) = match role {
        Role::National => ("Cổng Dịch vụ công quốc gia", "National Public Service Portal", "Cong DVC quoc gia"),
        Role::Province => ("Cổng Dịch vụ công tỉnh Gia Lai", "Gia Lai Public Service Portal", "Cong DVC Gia Lai"),
    };
    Settings {
        portal_name: portal_name.into(),
        portal_name_en: portal_name_en.into(),
        sms_name: sms_name.into(),
        codes: CodeRules::default(),
        public_url: public_url.into(),
        upload_limit_bytes: 100_000_000,
        most_files: 100,
        session_millis: 120 * 60_000,
        officers_need_second_factor: true,
        confirmation_hours: 24,
        enrolment_hours: 72,
    }
}

/// The two gateways that the simulators at this address pretend to be.
pub fn simulated_gateways(simulators: &str) -> Vec<SmsConfig> {
    let gateway = |name: &str, path: &str| SmsConfig {
        name: name.into(),
        base_url: format!("{simulators}{path}"),
        api_key: "mo-phong".into(),
        secret_key: "mo-phong".into(),
        brandname: "MOTCUA".into(),
        callback_url: None,
        extra_roots: None,
        timeout: SIMULATED_PATIENCE,
    };
    vec![gateway("simulated", ""), gateway("simulated backup", "/du-phong")]
}

/// The carrier that the simulators at this address pretend to be.
pub fn simulated_carrier(simulators: &str) -> SubscriberConfig {
    SubscriberConfig {
        url: format!("{simulators}/telco/subscriber-check"),
        token: "mo-phong".into(),
        extra_roots: None,
        timeout: SIMULATED_PATIENCE,
    }
}

/// The population register that the simulators at this address pretend to be.
pub fn simulated_population(simulators: &str) -> PopulationConfig {
    PopulationConfig {
        url: format!("{simulators}/lgsp"),
        client_id: "motcua".into(),
        client_secret: "mo-phong".into(),
        extra_roots: None,
        timeout: SIMULATED_PATIENCE,
    }
}

/// The desk that helps people, as the content's rules name it (R44).
pub fn help_desk(content: &Content) -> HelpDesk {
    let help = &content.rules.help;
    let name = content.agencies.find(&help.agency).map(|agency| agency.name.clone()).unwrap_or_default();
    HelpDesk {
        name_en: format!("One-stop desk: {name}"),
        name,
        phone: help.display.clone(),
        phone_link: help.phone.to_string(),
    }
}

/// Opens the database and brings it to the schema of this program; a bar shows at a terminal when that takes long.
pub async fn open_database(address: &str, schema: &str) -> Result<Db, Failure> {
    let db = match address.strip_prefix("sqlite:") {
        Some(path) => Db::open_sqlite(Path::new(path))?,
        None => Db::open_postgres(address, schema).await?,
    };
    let bar = progress("Preparing the database", None);
    db.migrate(|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    Ok(db)
}

/// A progress bar that appears at a terminal only, and only after two seconds.
pub fn progress(what: &'static str, length: Option<u64>) -> ProgressBar {
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::no_length(),
    };
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(5));
    bar.set_message(what);
    let late = bar.clone();
    bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(2)).await;
        if !late.is_finished() {
            late.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(5));
        }
    });
    bar
}

/// Reads the packaged content, or that of a folder, and tells what there is.
pub fn check_content(folder: Option<&Path>) -> Result<(), Failure> {
    let content = match folder {
        Some(folder) => Content::from_dir(folder)?,
        None => Content::load()?,
    };
    let versions = &content.versions;
    println!("Content {}, catalogue {}, calendar {}", versions.content, versions.catalogue, versions.calendar);
    let (procedures, whole) = (content.procedures.all().len(), content.whole_procedures.codes().count());
    println!(
        "{procedures} procedures, {whole} of them with files of their own, {} agencies",
        content.agencies.all().count()
    );
    println!("{} samples come out as they expect", content.check_samples(folder)?);
    println!("{} procedures have the general form", check_general_forms(&content)?);
    Ok(())
}

/// Makes the form of every procedure that is filed here and has no files of its own; how many there are.
fn check_general_forms(content: &Content) -> Result<usize, Failure> {
    let today = crate::clock::now().day();
    let codes = content.procedures.all().iter().map(|procedure| &procedure.code);
    let mut count = 0;
    for code in codes.filter(|code| content.fileability(code) == Some(Fileability::Here)) {
        match content.version_on(code, today) {
            Some(version) => count += usize::from(version.is_general),
            None => return Err(format!("no form can be made from the record of {code}").into()),
        }
    }
    Ok(count)
}

/// Replays the log against the tables and prints what does not fit.
pub async fn verify(db: &Db, blobs: &BlobStore) -> Result<(), Failure> {
    let bar = progress("Replaying", None);
    let report = usecases::verify::verify(db, blobs, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    let VerifyReport { dossiers, events, files, receipts, .. } = &report;
    println!("{dossiers} dossiers, {events} events, {files} files, {receipts} receipts");
    for difference in &report.differences {
        println!("{difference}");
    }
    match report.differences.len() {
        0 => Ok(()),
        count => Err(format!("{count} differences between the log and the tables").into()),
    }
}
