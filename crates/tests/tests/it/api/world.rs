//! Both portals, somebody with an account at each, and a program that they let act for them.

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use oidc::provider::{ClientAuthentication, ClientId, RegisteredClient};
use oidc::{Address, Scopes};
use serde_json::{Value, json};
use tests::app::{Engine, TestApp};
use tests::http::request;
use tests::page::Page;
use tests::portals::{Person, Portals, Site, leads_on, national_account};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::sign_on::client::{NUMBER, PHONE, agree, session_of, verifier};
use crate::steps::{BIRTH, COMMUNE};

/// Where the program takes people back. Nothing listens there: the tests read the address.
pub(super) const BACK: &str = "https://so-hoa.vidu.vn/ve";
/// The program's name as people read it.
pub(super) const NAME: &str = "Số hóa Gia Lai";
/// The paper of the birth.
pub(super) const PAPER: &str = "000.00.00.G15-KQ004389";

/// Runs a test of the world on both engines.
macro_rules! with_program {
    ($($name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(crate::api::world::World::start(tests::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(crate::api::world::World::start(tests::app::Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(super) use with_program;

pub(super) struct World {
    pub(super) portals: Portals,
    /// Whose dossiers are filed; signed in at both portals.
    pub(super) person: Person,
    /// The token with which the program acts for them.
    pub(super) token: String,
}

impl World {
    /// The person has agreed, and the program has a token.
    pub(super) async fn start(engine: Engine) -> Self {
        let portals = Portals::start(engine).await;
        let programs = [program("so-hoa", NAME), program("khac", "Chương trình khác")];
        cli::sign_on::register_clients(portals.national.portal(), &programs).await.unwrap();
        let person = linked(&portals, NUMBER, PHONE).await;
        let mut world = Self { portals, person, token: String::new() };
        world.token = world.fresh_token().await;
        world
    }

    /// The portal at which dossiers are filed.
    pub(super) fn province(&self) -> &TestApp {
        &self.portals.province
    }

    /// Another token for the same person.
    pub(super) async fn fresh_token(&self) -> String {
        self.tokens("so-hoa", &[]).await["access_token"].as_str().unwrap().to_owned()
    }

    /// The token of somebody else who let the program act for them.
    pub(super) async fn strangers_token(&self) -> String {
        let stranger = linked(&self.portals, "064190000456", "0967654321").await;
        let tokens = tokens_of(&self.portals, &stranger, "so-hoa", &[]).await;
        tokens["access_token"].as_str().unwrap().to_owned()
    }

    /// What the provider gives this program for the person, who agrees when asked.
    pub(super) async fn tokens(&self, program: &str, changes: &[(&str, &str)]) -> Value {
        tokens_of(&self.portals, &self.person, program, changes).await
    }

    /// The address to which a program sends people, with some parameters changed; an empty value takes one out.
    pub(super) fn address(&self, program: &str, changes: &[(&str, &str)]) -> String {
        address(&self.portals, program, changes)
    }

    /// Asks with the person's token.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Page {
        ask(self.province(), Some(&self.token), method, path, headers, body).await
    }

    /// Reads something.
    pub(super) async fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[], Vec::new()).await
    }

    /// Sends JSON.
    pub(super) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Page {
        let headers: Vec<(&str, &str)> =
            headers.iter().copied().chain([("content-type", "application/json")]).collect();
        self.ask(method, path, &headers, body.to_string().into_bytes()).await
    }

    /// Changes a draft as it was seen last.
    pub(super) async fn patch(&self, draft: &str, tag: &str, body: &Value) -> Page {
        self.send("PATCH", draft, &[("if-match", tag)], body).await
    }

    /// Files a draft with this key.
    pub(super) async fn submit(&self, draft: &str, key: &str) -> Page {
        self.ask("POST", &format!("{draft}/submit"), &[("idempotency-key", key)], Vec::new()).await
    }

    /// The address of a draft of a birth.
    pub(super) async fn draft(&self) -> String {
        let begun = self.send("POST", "/api/v1/drafts", &[], &json!({"procedure": BIRTH, "agency": COMMUNE})).await;
        begun.must_be(201).header("location").unwrap().to_owned()
    }

    /// A draft that can be filed, with one file.
    pub(super) async fn whole_draft(&self) -> String {
        let draft = self.draft().await;
        let tag = tag(&self.get(&draft).await);
        self.patch(&draft, &tag, &whole()).await.must_be(200);
        self.upload(&draft, PAPER, "giay-chung-sinh.pdf", b"%PDF-1.7\n% a paper\n%%EOF\n").await;
        draft
    }

    /// Sends a whole file at once; its identifier.
    pub(super) async fn upload(&self, draft: &str, component: &str, name: &str, bytes: &[u8]) -> String {
        let metadata = metadata(component, name);
        let length = bytes.len().to_string();
        let headers = [
            ("tus-resumable", "1.0.0"),
            ("upload-length", length.as_str()),
            ("upload-metadata", metadata.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        let begun = self.ask("POST", &format!("{draft}/uploads"), &headers, bytes.to_vec()).await.must_be(201);
        begun.location().rsplit('/').next().unwrap().to_owned()
    }
}

/// What the headers of tus say of a file.
pub(super) fn metadata(component: &str, name: &str) -> String {
    use base64::Engine as _;
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    format!("filename {},component {}", encode(name), encode(component))
}

/// The version of a draft that was shown.
pub(super) fn tag(page: &Page) -> String {
    page.header("etag").unwrap_or_else(|| panic!("{} has no version: {}", page.path(), page.text())).to_owned()
}

/// Everything that a birth needs beside the paper.
pub(super) fn whole() -> Value {
    json!({
        "owner": {
            "relation_to_filer": "self_owner", "kind": "citizen", "full_name": "Rơ Châm H'Lan", "number": NUMBER,
            "birth_date": "1990-02-05", "phone": "0912345678", "email": "hlan@vi-du.example",
            "address": "Tổ 1, thị trấn Ia Kha, huyện Ia Grai, Gia Lai",
        },
        "delivery": {"way": "online"},
        "answers": {
            "requester.full_name": "Rơ Châm H'Lan", "requester.birth_date": "1990-02-05",
            "requester.residence": "Tổ 1, thị trấn Ia Kha, tỉnh Gia Lai", "requester.relationship": "2",
            "requester.paper.kind": "1", "requester.paper.number": NUMBER, "requester.paper.issue_date": "2023-05-11",
            "requester.paper.issue_place": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            "birth.situation": "2", "birth.proof": "1",
            "child.full_name": "Rơ Châm An", "child.birth_date": "2026-11-10", "child.gender": "2",
            "child.ethnicity": "01", "child.nationality": "1",
            "child.birth_place": "Trung tâm Y tế Ia Grai, xã Ia Grai, tỉnh Gia Lai",
            "child.home_town": "Xã Ia Hrung, tỉnh Gia Lai",
            "mother.is_given": true, "mother.full_name": "Rơ Châm H'Lan", "mother.birth": "1990-02-05",
            "mother.ethnicity": "01", "mother.nationality": "1", "mother.residence": "Tổ 1, thị trấn Ia Kha, tỉnh Gia Lai",
            "mother.paper.kind": "1", "mother.paper.number": NUMBER, "mother.paper.issue_date": "2023-05-11",
            "mother.paper.issue_place": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            "father.is_given": false, "copies.wants_copy": false,
        },
    })
}

/// Asks the portal as a program does.
pub(super) async fn ask(
    app: &TestApp,
    token: Option<&str>,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Page {
    let mut request = request(method, path, body);
    if let Some(token) = token {
        request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    }
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
    }
    app.visitor().send(request).await
}

/// A program that the nation has registered; it keeps no secret.
pub(super) fn program(id: &str, name: &str) -> RegisteredClient {
    RegisteredClient {
        id: ClientId::parse(id).unwrap(),
        name: name.into(),
        name_en: name.into(),
        authentication: ClientAuthentication::Public,
        redirect_uris: vec![Address::parse(BACK).unwrap()],
        post_logout_redirect_uris: Vec::new(),
        backchannel_logout_uri: None,
        scopes: Scopes::parse("openid profile dossiers offline_access"),
        is_first_party: false,
        resource: None,
    }
}

/// Somebody who has signed in at the province with their account of the nation.
pub(super) async fn linked(portals: &Portals, number: &str, phone: &str) -> Person {
    let account = national_account(&portals.national, number, phone).await;
    let mut person = portals.person();
    person.national = session_of(&portals.national, account).await;
    let away = person.province.get("/dang-nhap/qua/dvcqg").await.must_be(303);
    let question = person.follow(Site::Province, away).await.must_be(200);
    let back = agree(&person.national, &question).await;
    let arrived = person.province.get(&back).await;
    person.follow(Site::Province, arrived).await.must_be(200);
    person.province.get("/tai-khoan").await.must_be(200);
    person
}

fn address(portals: &Portals, program: &str, changes: &[(&str, &str)]) -> String {
    let challenge = verifier().challenge().encode();
    let honest = [
        ("response_type", "code"),
        ("client_id", program),
        ("redirect_uri", BACK),
        ("scope", "openid dossiers"),
        ("resource", portals.province.public_url()),
        ("state", "trang-thai"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let kept = honest.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    let pairs = kept.chain(changes).filter(|(_, value)| !value.is_empty());
    format!("/oidc/authorize?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}

async fn tokens_of(portals: &Portals, person: &Person, program: &str, changes: &[(&str, &str)]) -> Value {
    let page = person.national.get(&address(portals, program, changes)).await;
    let back = match (page.status(), leads_on(&page)) {
        (303, _) => page.location().to_owned(),
        (_, Some(back)) => back,
        _ => agree(&person.national, &page).await,
    };
    exchange(portals, program, &parameter(&back, "code"), &[]).await.must_be(200).json()
}

/// The value of a parameter with which somebody comes back.
pub(super) fn parameter(back: &str, name: &str) -> String {
    let url = Url::parse(back).unwrap();
    let found = url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    found.unwrap_or_else(|| panic!("no {name} in {back}"))
}

/// Exchanges a code as the program does.
pub(super) async fn exchange(portals: &Portals, program: &str, code: &str, more: &[(&str, &str)]) -> Page {
    let verifier = verifier();
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("client_id", program),
        ("code_verifier", verifier.as_str()),
    ];
    ask_tokens(portals, &[&pairs[..], more].concat()).await
}

/// Sends a form to the token endpoint.
pub(super) async fn ask_tokens(portals: &Portals, pairs: &[(&str, &str)]) -> Page {
    let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
    let mut request = request("POST", "/oidc/token", body.into_bytes());
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    portals.national.visitor().send(request).await
}
