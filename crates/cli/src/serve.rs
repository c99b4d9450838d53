//! `motcua serve`: one portal, one listener, one worker; and what both it and the demonstration share.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use storage::BlobStore;
use tokio::net::TcpListener;
use tokio::sync::watch;
use usecases::App;
use web::portal::{Portal, PortalSettings, Role};

use crate::clock;
use crate::config::{Config, RoleName};
use crate::outside::{carrier, population, sms_gateway, smtp};
use crate::sign_on;
use crate::start::{self, Failure, PortalParts, Shared};

/// Runs the portal that the configuration describes until it is told to stop.
pub async fn run(config: Config) -> Result<(), Failure> {
    let metrics = install_metrics()?;
    let clients = config.oidc_clients.iter().map(sign_on::client).collect::<Result<Vec<_>, _>>()?;
    let (app, portal) = build(&config).await?;
    sign_on::register_clients(&portal, &clients).await?;
    let listener = TcpListener::bind(&config.listen).await?;
    tracing::info!(listen = %config.listen, "Started the portal");
    let stop = stop_signal();
    let worker = tokio::spawn(work(app, portal.clone(), stop.clone()));
    listen(listener, start::routes(&portal, metrics), stop).await?;
    worker.await?;
    Ok(())
}

/// The portal that the configuration describes, on its database as this program wants it.
pub(crate) async fn build(config: &Config) -> Result<(App, Portal), Failure> {
    let role = match config.role {
        RoleName::National => Role::National,
        RoleName::Province => Role::Province,
    };
    let secret = config.secret()?;
    let shared = Shared::load(None)?;
    let db = start::open_database(&config.database, &config.database_schema).await?;
    let settings = usecases::Settings {
        upload_limit_bytes: config.upload_limit_bytes,
        session_millis: i64::from(config.session_minutes) * 60_000,
        enrolment_hours: i64::from(config.enrolment_hours),
        ..start::settings(role, &config.public_url)
    };
    let login_providers =
        config.login_providers.iter().map(|section| sign_on::login_provider(section, &config.public_url));
    let parts = PortalParts {
        db,
        blobs: BlobStore::open(&config.blob_dir).await?,
        smtp: smtp(&config.smtp)?,
        sms: config.sms.gateway.iter().map(sms_gateway).collect::<Result<_, _>>()?,
        subscribers: carrier(&config.subscribers)?,
        population: population(&config.population)?,
        login_providers: login_providers.collect::<Result<_, _>>()?,
        settings,
        portal: PortalSettings {
            role,
            secret,
            secure_cookies: config.https,
            other_portal_url: config.other_portal_url.clone(),
            help: start::help_desk(&shared.content),
            demo: None,
            client_address_header: config.client_address_header.clone(),
        },
        source: clock::source(Arc::new(AtomicI64::new(0))),
    };
    start::build(&shared, parts)
}

/// Does the portal's jobs until the program stops; the job at hand is finished or comes back after its lease.
pub async fn work(app: App, portal: Portal, mut stop: watch::Receiver<bool>) {
    let now = portal.source().now.clone();
    tokio::select! {
        () = usecases::jobs::work(app, move || now()) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

/// Answers requests until the program stops; those under way are answered first, for at most ten seconds.
pub async fn listen(listener: TcpListener, routes: Router, stop: watch::Receiver<bool>) -> Result<(), Failure> {
    let mut draining = stop.clone();
    let mut ending = stop;
    let server = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            let _ = draining.wait_for(|stop| *stop).await;
        });
    let deadline = async move {
        let _ = ending.wait_for(|stop| *stop).await;
        tokio::time::sleep(Duration::from_secs(10)).await;
    };
    tokio::select! {
        result = server.into_future() => Ok(result?),
        () = deadline => Ok(()),
    }
}

/// Turns true when the program is asked to stop (Ctrl-C, SIGTERM).
pub fn stop_signal() -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
        let terminated = async {
            match &mut terminate {
                Some(signal) => {
                    signal.recv().await;
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
        let _ = sender.send(true);
        // Held until everything has seen it.
        std::future::pending::<()>().await;
    });
    receiver
}

/// Starts counting for `/metrics`.
pub fn install_metrics() -> Result<PrometheusHandle, Failure> {
    let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
    Ok(PrometheusBuilder::new().set_buckets(&buckets)?.install_recorder()?)
}

#[derive(Clone)]
struct Machine {
    portal: Portal,
    metrics: PrometheusHandle,
}

/// The addresses that machines ask: whether the process lives, whether it can work, and its figures.
pub fn machine_routes(portal: &Portal, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readyz))
        .route("/metrics", get(async |State(machine): State<Machine>| machine.metrics.render()))
        .with_state(Machine { portal: portal.clone(), metrics })
}

async fn readyz(State(machine): State<Machine>) -> (StatusCode, &'static str) {
    if machine.portal.app().is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    }
}
