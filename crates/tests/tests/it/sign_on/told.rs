//! A provider tells the province that sessions have ended: believed when it is signed, meant for us, and said for the first
//! time; and the provider itself is not asked without end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cli::sign_on::callback_address;
use domain::ids::SessionHash;
use http::header::CONTENT_TYPE;
use oidc::client::Registration;
use oidc::jose::{Algorithm, Entropy, JwkSet, SigningKey};
use oidc::{Address, Issuer, Secret};
use serde_json::{Value, json};
use storage::StorageError;
use storage::provider_sessions::{self, Origin};
use tests::app::{Engine, TestApp, sign_in};
use tests::http::{Client, request};
use tests::page::Page;
use tokio::net::TcpListener;
use usecases::login_providers::LoginProvider;
use web::portal::Role;

use super::client::NUMBER;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const FORM: &str = "application/x-www-form-urlencoded";

/// Runs a test of the province and a provider that is this test on both engines.
macro_rules! with_provider {
    ($($name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(super::World::start(tests::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(super::World::start(tests::app::Engine::Postgres).await).await;
            }
        }
    )+};
}

with_provider! {
    a_logout_token_ends_sessions_once;
    what_is_no_logout_token_for_us_ends_nothing;
    a_provider_that_is_down_is_asked_now_and_then;
}

struct World {
    province: TestApp,
    issuer: String,
    key: SigningKey,
    asked: Arc<AtomicUsize>,
    is_down: Arc<AtomicBool>,
}

impl World {
    async fn start(engine: Engine) -> Self {
        let (listener, own) =
            (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let url = format!("http://{}", own.local_addr().unwrap());
        let key = new_key();
        let (asked, is_down) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        tokio::spawn(serve(listener, &issuer, &key, asked.clone(), is_down.clone()));
        let provider = |name: &str, issuer: &str| {
            let registration = Registration {
                issuer: Issuer::parse(issuer).unwrap(),
                client_id: "tinh".into(),
                client_secret: Some(Secret::of("x")),
                redirect_uri: Address::parse(&callback_address(&url, name)).unwrap(),
                scope: "openid".into(),
                acr_values: None,
                algorithms: vec![Algorithm::Es256],
            };
            LoginProvider::new(name.into(), name.into(), name.into(), registration)
        };
        let providers = vec![provider("mot", &issuer), provider("hai", "http://127.0.0.1:9")];
        let province = TestApp::start_on(own, Role::Province, engine, providers).await;
        Self { province, issuer, key, asked, is_down }
    }

    /// Notes that this browser's session came from a session at the provider.
    async fn from_provider(&self, client: &Client) {
        let token = client.cookie("motcua-province").expect("somebody is signed in");
        let hash = SessionHash::of_token(token.as_bytes());
        let origin = Origin {
            issuer: self.issuer.clone(),
            subject: "nguoi-1".into(),
            session: Some("phien-1".into()),
            id_token: "x".into(),
        };
        let noted: Result<(), StorageError> = self
            .province
            .db()
            .write(move |tx| Box::pin(async move { provider_sessions::update(tx, hash, &origin).await }))
            .await;
        noted.unwrap();
    }

    /// What an honest provider says when somebody has left.
    fn claims(&self, id: &str) -> Value {
        let now = self.province.now().as_millis() / 1000;
        json!({
            "iss": self.issuer, "aud": "tinh", "iat": now, "exp": now + 120, "jti": id, "sub": "nguoi-1",
            "events": { EVENT: {} },
        })
    }

    fn sign(&self, claims: &Value) -> String {
        self.key.sign("logout+jwt", claims).unwrap()
    }

    async fn tell(&self, token: &str) -> Page {
        self.post("/dang-nhap/da-ra/mot", FORM, format!("logout_token={token}")).await
    }

    async fn post(&self, path: &str, kind: &str, body: String) -> Page {
        let mut request = request("POST", path, body.into_bytes());
        request.headers_mut().insert(CONTENT_TYPE, kind.parse().unwrap());
        self.province.visitor().send(request).await
    }
}

fn new_key() -> SigningKey {
    let entropy = Entropy::of_the_system();
    SigningKey::read(&SigningKey::generate(&entropy).unwrap(), &entropy).unwrap()
}

/// A provider that has documents and nothing else.
fn serve(
    listener: TcpListener,
    issuer: &str,
    key: &SigningKey,
    asked: Arc<AtomicUsize>,
    is_down: Arc<AtomicBool>,
) -> impl Future<Output = ()> + use<> {
    let document = json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/a"), "token_endpoint": format!("{issuer}/t"),
        "jwks_uri": format!("{issuer}/keys"),
    });
    let keys: JwkSet = [key.public().clone()].into_iter().collect();
    let keys = keys.to_json();
    let answer = move || {
        asked.fetch_add(1, Ordering::SeqCst);
        let status = if is_down.load(Ordering::SeqCst) { StatusCode::BAD_GATEWAY } else { StatusCode::OK };
        let body = document.to_string();
        async move { (status, body) }
    };
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(answer))
        .route("/keys", get(move || async move { keys }));
    async move { axum::serve(listener, router).await.unwrap() }
}

async fn a_logout_token_ends_sessions_once(world: World) {
    let client = world.province.citizen(NUMBER).await;
    world.from_provider(&client).await;
    let elsewhere = world.province.visitor();
    sign_in(&elsewhere, NUMBER).await;
    let token = world.sign(&world.claims("mot-lan"));
    world.tell(&token).await.must_be(200);
    client.get("/tai-khoan").await.must_be(303);
    elsewhere.get("/tai-khoan").await.must_be(200);
    // Whoever has read it on the way, or got it out of a log, cannot sign the person out again.
    sign_in(&client, NUMBER).await;
    world.from_provider(&client).await;
    assert_eq!(world.tell(&token).await.must_be(400).json()["error"], "invalid_request");
    client.get("/tai-khoan").await.must_be(200);
    // Nor when its name has been forgotten.
    for minutes in [3, 70] {
        world.province.advance(Duration::from_secs(minutes * 60));
        usecases::jobs::forget_expired(world.province.portal().app(), world.province.now()).await.unwrap();
        world.tell(&token).await.must_be(400);
        client.get("/tai-khoan").await.must_be(200);
    }
    // One of the same name that lasts a year is forgotten after an hour, and not believed by then.
    let mut long = world.claims("mot-nam");
    long["exp"] = json!(long["iat"].as_i64().unwrap() + 365 * 86_400);
    let long = world.sign(&long);
    world.tell(&long).await.must_be(200);
    sign_in(&client, NUMBER).await;
    world.from_provider(&client).await;
    for _ in 0..4 {
        world.tell(&long).await.must_be(400);
        world.province.advance(Duration::from_secs(29 * 60));
        usecases::jobs::forget_expired(world.province.portal().app(), world.province.now()).await.unwrap();
        client.get("/tai-khoan").await.must_be(200);
    }
    // Another name is another event.
    world.tell(&world.sign(&world.claims("lan-sau"))).await.must_be(200);
    client.get("/tai-khoan").await.must_be(303);
}

async fn what_is_no_logout_token_for_us_ends_nothing(world: World) {
    let client = world.province.citizen(NUMBER).await;
    world.from_provider(&client).await;
    let changed = |name: &str, value: Value| {
        let mut claims = world.claims("1");
        claims[name] = value;
        claims
    };
    let now = world.province.now().as_millis() / 1000;
    let claims = [
        changed("iss", json!("http://127.0.0.1:9")),
        changed("aud", json!("khac")),
        changed("aud", json!(["tinh", "khac"])),
        changed("events", json!({})),
        changed("events", json!({ "khac": {} })),
        changed("nonce", json!("n")),
        changed("exp", json!(now - 61)),
        changed("iat", json!(now + 61)),
        changed("jti", Value::Null),
        changed("sub", Value::Null),
    ];
    let mut tokens: Vec<String> = claims.iter().map(|claims| world.sign(claims)).collect();
    // What is rightly signed and says something else; what somebody else has signed; what nobody has.
    tokens.push(world.key.sign("at+jwt", &world.claims("1")).unwrap());
    tokens.push(new_key().sign("logout+jwt", &world.claims("1")).unwrap());
    let honest = world.sign(&world.claims("1"));
    let payload = honest.split('.').nth(1).unwrap();
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = honest.rsplit('.').next().unwrap();
    let public: Value =
        serde_json::from_str(&[new_key().public().clone()].into_iter().collect::<JwkSet>().to_json()).unwrap();
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "NONE", "typ": "logout+jwt" }),
        json!({ "alg": "HS256", "kid": world.key.kid() }),
        json!({ "alg": "RS256", "kid": world.key.kid() }),
        json!({ "alg": "ES256", "kid": world.key.kid() }),
        json!({ "alg": "ES256", "kid": "khac" }),
        json!({ "alg": "ES256", "jwk": public["keys"][0] }),
        json!({ "alg": "ES256", "kid": world.key.kid(), "crit": ["x"] }),
    ] {
        for signature in ["", signature] {
            tokens.push(format!("{}.{payload}.{signature}", part(header.clone())));
        }
    }
    for token in tokens {
        let page = world.tell(&token).await.must_be(400);
        assert_eq!(page.json()["error"], "invalid_request", "{token}");
        client.get("/tai-khoan").await.must_be(200);
    }
    // The right token in the wrong way: to another's address, twice, in the address, as something else, at length.
    let long = "a".repeat(3 << 20);
    for (path, kind, body) in [
        ("/dang-nhap/da-ra/mot", FORM, format!("logout_token={honest}&logout_token={honest}")),
        (&format!("/dang-nhap/da-ra/mot?logout_token={honest}"), FORM, String::new()),
        ("/dang-nhap/da-ra/mot", "application/json", json!({ "logout_token": honest }).to_string()),
        ("/dang-nhap/da-ra/mot", FORM, format!("logout_token={honest}&x={long}")),
        ("/dang-nhap/da-ra/hai", FORM, format!("logout_token={honest}")),
        ("/dang-nhap/da-ra/khac", FORM, format!("logout_token={honest}")),
    ] {
        let page = world.post(path, kind, body).await;
        assert!([400, 404, 503].contains(&page.status()), "{path:.60}: {}", page.status());
        client.get("/tai-khoan").await.must_be(200);
    }
    world.tell(&honest).await.must_be(200);
    client.get("/tai-khoan").await.must_be(303);
}

async fn a_provider_that_is_down_is_asked_now_and_then(world: World) {
    let asked = || world.asked.load(Ordering::SeqCst);
    let visitor = world.province.visitor();
    world.is_down.store(true, Ordering::SeqCst);
    for _ in 0..5 {
        visitor.get("/dang-nhap/qua/mot").await.must_be(503);
        world.tell("x").await.must_be(503);
    }
    assert_eq!(asked(), 1, "whoever comes meanwhile does not make us ask again");
    world.province.advance(Duration::from_secs(10));
    visitor.get("/dang-nhap/qua/mot").await.must_be(503);
    assert_eq!(asked(), 2);
    world.is_down.store(false, Ordering::SeqCst);
    world.province.advance(Duration::from_secs(10));
    visitor.get("/dang-nhap/qua/mot").await.must_be(303);
    visitor.get("/dang-nhap/qua/mot").await.must_be(303);
    assert_eq!(asked(), 3);
    // What is known of it lasts for an hour, and for a day when it cannot be asked.
    world.is_down.store(true, Ordering::SeqCst);
    world.province.advance(Duration::from_secs(3_601));
    for _ in 0..3 {
        visitor.get("/dang-nhap/qua/mot").await.must_be(303);
    }
    assert_eq!(asked(), 4);
    world.province.advance(Duration::from_secs(86_400));
    visitor.get("/dang-nhap/qua/mot").await.must_be(503);
}
