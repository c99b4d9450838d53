//! What has expired is forgotten, and nothing else.

use std::time::Duration;

use domain::time::Instant;
use storage::Sql;
use tests::app::{Engine, TestApp, sign_in};
use usecases::jobs::{Forgotten, forget_expired, work};

use crate::steps::CITIZEN;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn count(app: &TestApp, sql: Sql) -> i64 {
    let counted = app.db().read(move |tx| Box::pin(async move { tx.one(sql, Vec::new()).await?.take::<i64>(0) }));
    counted.await.unwrap()
}

async fn sessions(app: &TestApp) -> i64 {
    count(app, Sql::new("select count(*) from session")).await
}

#[tokio::test]
async fn expired_rows_go_and_living_ones_stay() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::start(engine).await;
        let _gone = app.citizen(CITIZEN).await;
        assert_eq!(forget_expired(app.portal().app(), app.now()).await.unwrap(), Forgotten::default());
        app.advance(DAY * 3);
        let here = app.visitor();
        sign_in(&here, CITIZEN).await;
        assert_eq!(sessions(&app).await, 2);
        let forgotten = forget_expired(app.portal().app(), app.now()).await.unwrap();
        assert_eq!((forgotten.sessions, forgotten.email_tokens), (1, 1));
        assert!(forgotten.rate_limits > 0);
        assert_eq!(sessions(&app).await, 1);
        here.get("/tai-khoan").await.must_be(200);
        assert_eq!(forget_expired(app.portal().app(), app.now()).await.unwrap(), Forgotten::default());
    }
}

#[tokio::test]
async fn the_worker_forgets_once_in_every_hour_of_its_clock() {
    let app = TestApp::start(Engine::Sqlite).await;
    let _gone = app.citizen(CITIZEN).await;
    let source = app.portal().source().now.clone();
    let worker = tokio::spawn(work(app.portal().app().clone(), move || -> Instant { source() }));
    // The worker's first round is over when it has done a job.
    sign_in(&app.visitor(), CITIZEN).await;
    app.advance(DAY * 3);
    let forgotten = async {
        while sessions(&app).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), forgotten).await.expect("the worker forgets within a round");
    worker.abort();
}
