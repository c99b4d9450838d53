//! A client of the national portal that can also do what no honest client does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{AccountId, SessionHash};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use oidc::provider::{ClientAuthentication, ClientId, RegisteredClient};
use oidc::{Address, CodeVerifier, Scopes, Secret};
use serde_json::Value;
use storage::{StorageError, sessions};
use tests::app::{Engine, TestApp};
use tests::http::{Client, request};
use tests::page::Page;
use tests::portals::{leads_on, national_account};
use tokio::net::TcpListener;
use url::Url;
use url::form_urlencoded::Serializer;
use web::portal::Role;

/// Runs a test of the national portal, with two clients registered, on both engines.
macro_rules! on_both {
    ($($name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name($crate::sign_on::client::start(tests::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name($crate::sign_on::client::start(tests::app::Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(super) use on_both;

pub(crate) const NUMBER: &str = "064190000123";
pub(crate) const PHONE: &str = "0961234567";
/// Where the client of the tests takes people back. Nothing listens there: the tests read the address.
pub(super) const REDIRECT: &str = "https://ung-dung.vidu.vn/ve";
pub(super) const AFTER: &str = "https://ung-dung.vidu.vn/da-ra";

/// The national portal on a port, with the clients `ung-dung` and `khac`.
pub(super) async fn start(engine: Engine) -> TestApp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let app = TestApp::start_on(listener, Role::National, engine, Vec::new()).await;
    let own = registered("ung-dung", Some(&secret()));
    cli::sign_on::register_clients(app.portal(), &[own, registered("khac", None)]).await.unwrap();
    app
}

pub(super) fn secret() -> Secret {
    Secret::from_random([42; 32])
}

/// A client; the one without a secret is public.
pub(super) fn registered(id: &str, secret: Option<&Secret>) -> RegisteredClient {
    RegisteredClient {
        id: ClientId::parse(id).unwrap(),
        name: "Ứng dụng thử".into(),
        name_en: "Trial application".into(),
        authentication: secret.map_or(ClientAuthentication::Public, ClientAuthentication::by),
        redirect_uris: vec![Address::parse(REDIRECT).unwrap()],
        post_logout_redirect_uris: vec![Address::parse(AFTER).unwrap()],
        backchannel_logout_uri: None,
        scopes: Scopes::parse("openid profile email phone vn offline_access"),
        is_first_party: false,
        resource: None,
    }
}

pub(crate) fn verifier() -> CodeVerifier {
    CodeVerifier::from_random([8; 32])
}

/// Somebody who is signed in at the national portal with an account of this number, without having walked the pages.
pub(super) async fn signed_in(app: &TestApp, number: &str) -> (Client, AccountId) {
    let account = national_account(app, number, PHONE).await;
    (session_of(app, account).await, account)
}

/// A browser in which this account is signed in.
pub(crate) async fn session_of(app: &TestApp, account: AccountId) -> Client {
    let token: String = rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
    let (hash, now) = (SessionHash::of_token(token.as_bytes()), app.now());
    let opened: Result<(), StorageError> = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                sessions::insert_of_account(tx, hash, account, now, now.plus_millis(7_200_000), "Thử").await
            })
        })
        .await;
    opened.unwrap();
    let client = app.visitor();
    client.set_cookie("motcua-national", &token);
    client
}

/// The address of an honest request with some parameters changed; an empty value takes one out.
pub(super) fn address(changes: &[(&str, &str)]) -> String {
    let challenge = verifier().challenge().encode();
    let honest = [
        ("response_type", "code"),
        ("client_id", "ung-dung"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid profile vn"),
        ("state", "trang-thai"),
        ("nonce", "so-1"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let kept = honest.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let pairs = kept.chain(changes).filter(|(_, value)| !value.is_empty());
    format!("/oidc/authorize?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// Agrees on the page that asks, and gives where the browser is led.
pub(crate) async fn agree(client: &Client, page: &Page) -> String {
    let form = page.form("/oidc/tiep").press("answer", "agree");
    leads_on(&client.submit(page, form).await.must_be(200)).expect("the page leads on")
}

/// The parameters that come back to the client.
pub(super) fn returned(address: &str) -> Vec<(String, String)> {
    assert!(address.starts_with(REDIRECT), "{address}");
    Url::parse(address).unwrap().query_pairs().into_owned().collect()
}

/// One of the parameters that come back.
pub(super) fn value(address: &str, name: &str) -> Option<String> {
    returned(address).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// The code for a request, after agreeing if asked.
pub(super) async fn code(client: &Client, changes: &[(&str, &str)]) -> String {
    let page = client.get(&address(changes)).await;
    let back = if page.status() == 303 { page.location().to_owned() } else { agree(client, &page).await };
    value(&back, "code").unwrap_or_else(|| panic!("no code in {back}"))
}

/// Sends a form to the token endpoint.
pub(super) async fn ask_tokens(app: &TestApp, authorization: Option<&str>, pairs: &[(&str, &str)]) -> Page {
    let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
    let mut request = request("POST", "/oidc/token", body.into_bytes());
    request.headers_mut().insert(CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
    if let Some(authorization) = authorization {
        request.headers_mut().insert(AUTHORIZATION, authorization.parse().unwrap());
    }
    app.visitor().send(request).await
}

/// The header by which the client proves itself.
pub(super) fn basic() -> String {
    format!("Basic {}", STANDARD.encode(format!("ung-dung:{}", secret().as_str())))
}

/// Exchanges a code as an honest client does.
pub(super) async fn exchange(app: &TestApp, code: &str) -> Page {
    let verifier = verifier();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier.as_str()),
    ];
    ask_tokens(app, Some(&basic()), &pairs).await
}

/// Refreshes as an honest client does.
pub(super) async fn refresh(app: &TestApp, tokens: &Value) -> Page {
    let token = tokens["refresh_token"].as_str().expect("a refresh token");
    ask_tokens(app, Some(&basic()), &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
}

/// Asks for claims with an access token.
pub(super) async fn claims(app: &TestApp, tokens: &Value) -> Page {
    let mut request = request("GET", "/oidc/userinfo", Vec::new());
    let value = format!("Bearer {}", tokens["access_token"].as_str().expect("an access token"));
    request.headers_mut().insert(AUTHORIZATION, value.parse().unwrap());
    app.visitor().send(request).await
}
