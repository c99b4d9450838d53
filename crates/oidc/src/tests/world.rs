//! A provider with everything in memory, and a client of it; browsers and machines are function calls.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::{Ready, ready};

use futures_util::FutureExt;
use http::header::AUTHORIZATION;
use http::{Request, Response};

use crate::client::{self, Identity, Pending, Provider, Registration, SignInError, SignInOptions};
use crate::jose::{Algorithm, SigningKey};
use crate::provider::{
    AuthorizationRequest, Circumstances, CodeGrant, Consent, Consequence, Exchange, GrantRefusal, IdToken, KeyRing,
    Next, Person, RefreshGrant, RegisteredClient, Rotation, Session, TokenError, TokenRequest, TokenResponse,
    bearer_token, decide,
};
use crate::samples::{NOW, REDIRECT, client_secret, endpoints, entropy, new_key, person, registered};
use crate::{Address, Issuer, Params, Scopes, Secret, UnixTime, digest};

type Answer = Result<Response<Vec<u8>>, Infallible>;

/// What a person agreed to for a client, and what came of it.
#[derive(Clone)]
struct Grant {
    person: Person,
    scopes: Scopes,
    nonce: Option<String>,
    granted_at: UnixTime,
    is_revoked: bool,
}

/// A provider, as its tables would hold it.
pub(super) struct World {
    pub(super) issuer: Issuer,
    pub(super) clients: Vec<RegisteredClient>,
    pub(super) now: Cell<UnixTime>,
    pub(super) keys: RefCell<KeyRing>,
    /// What machines asked, in order.
    pub(super) asked: RefCell<Vec<String>>,
    next: Cell<u8>,
    grants: RefCell<Vec<Grant>>,
    codes: RefCell<HashMap<[u8; 32], (CodeGrant, usize)>>,
    access_tokens: RefCell<HashMap<[u8; 32], (usize, UnixTime)>>,
    refresh_tokens: RefCell<HashMap<[u8; 32], (RefreshGrant, usize)>>,
}

impl World {
    pub(super) fn new(issuer: &str) -> Self {
        Self {
            issuer: Issuer::parse(issuer).unwrap(),
            clients: vec![registered()],
            now: Cell::new(NOW),
            keys: RefCell::new(KeyRing::new(vec![(NOW, new_key().0)], Rotation::USUAL)),
            asked: RefCell::default(),
            // Other bytes than those from which clients make their states.
            next: Cell::new(50),
            grants: RefCell::default(),
            codes: RefCell::default(),
            access_tokens: RefCell::default(),
            refresh_tokens: RefCell::default(),
        }
    }

    /// The key of today goes, and the documents know only the new one.
    pub(super) fn change_keys(&self) {
        let pkcs8 = SigningKey::generate(&entropy()).unwrap();
        let key = SigningKey::read(&pkcs8, &entropy()).unwrap();
        *self.keys.borrow_mut() = KeyRing::new(vec![(NOW, key)], Rotation::USUAL);
    }

    fn random(&self) -> [u8; 32] {
        self.next.set(self.next.get() + 1);
        [self.next.get(); 32]
    }

    /// The person is signed in, agrees, and their browser goes where it is sent.
    pub(super) fn authorize(&self, address: &str, person: &Person) -> String {
        let query = address.split_once('?').unwrap().1;
        let params = Params::parse(query).unwrap();
        let client = &self.clients[0];
        let request = match AuthorizationRequest::read(&params, client) {
            Ok(request) => request,
            Err(crate::provider::AuthorizeError::Returned(error)) => return error.location(&self.issuer),
            Err(crate::provider::AuthorizeError::Shown(error)) => return format!("page: {error}"),
        };
        let now = self.now.get();
        let session =
            Session { subject: person.subject.clone(), signed_in_at: now.plus(-5), assurance: person.assurance };
        let given = Circumstances {
            session: Some(&session),
            consent: Consent::GivenNow,
            asked_at: now.plus(-10),
            hinted_subject: None,
            now,
        };
        assert_eq!(decide(&request, client, &given), Next::GiveCode);
        let code = Secret::from_random(self.random());
        let (scopes, nonce) = (request.scopes.clone(), request.nonce.clone());
        let mut grants = self.grants.borrow_mut();
        grants.push(Grant { person: person.clone(), scopes, nonce, granted_at: now, is_revoked: false });
        let grant = CodeGrant {
            client: client.id.clone(),
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.challenge,
            issued_at: now,
            is_used: false,
        };
        self.codes.borrow_mut().insert(code.digest(), (grant, grants.len() - 1));
        request.location(&self.issuer, &code)
    }

    /// What machines ask.
    pub(super) fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        let path = request.uri().path().to_owned();
        assert!(request.uri().to_string().starts_with(self.issuer.as_str()), "{}", request.uri());
        self.asked.borrow_mut().push(path.clone());
        let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let body = std::str::from_utf8(request.body()).unwrap();
        let (status, body) = match path.as_str() {
            "/.well-known/openid-configuration" => (200, endpoints().discovery(&self.issuer)),
            "/oidc/jwks" => (200, self.keys.borrow().published(self.now.get()).to_json()),
            "/oidc/token" => match self.exchange(authorization, &Params::parse(body).unwrap()) {
                Ok(body) => (200, body),
                Err(error) => (error.status(), error.to_json()),
            },
            "/oidc/userinfo" => match self.claims(authorization) {
                Some(body) => (200, body),
                None => (401, String::new()),
            },
            _ => (404, String::new()),
        };
        Response::builder().status(status).body(body.into_bytes()).unwrap()
    }

    pub(super) fn fetch(&self) -> impl Fn(Request<Vec<u8>>) -> Ready<Answer> + '_ {
        |request| ready(Ok(self.answer(&request)))
    }

    pub(super) fn exchange(&self, authorization: Option<&str>, form: &Params) -> Result<String, TokenError> {
        let request = TokenRequest::read(authorization, form)?;
        let client = self.clients.iter().find(|client| client.id == request.credentials.client);
        let client = request.credentials.prove(client)?;
        let now = self.now.get();
        let (index, scopes) = match &request.exchange {
            Exchange::Code { code, redirect_uri, verifier } => {
                let mut codes = self.codes.borrow_mut();
                let (grant, index) = codes.get_mut(&digest(code)).ok_or(GrantRefusal::Unknown)?;
                let answer = grant.redeem(&client.id, redirect_uri, verifier, now);
                match answer.map_err(GrantRefusal::consequence) {
                    Ok(()) | Err(Consequence::UseUp) => grant.is_used = true,
                    Err(Consequence::RevokeAll) => self.grants.borrow_mut()[*index].is_revoked = true,
                    Err(Consequence::Nothing) => {}
                }
                answer?;
                (*index, self.grants.borrow()[*index].scopes.clone())
            }
            Exchange::Refresh { token, scopes } => {
                let mut tokens = self.refresh_tokens.borrow_mut();
                let (grant, index) = tokens.get_mut(&digest(token)).ok_or(GrantRefusal::Unknown)?;
                grant.is_revoked = self.grants.borrow()[*index].is_revoked;
                let answer = grant.redeem(&client.id, scopes.as_ref(), now);
                match &answer {
                    Ok(_) => grant.is_used = true,
                    Err(GrantRefusal::Reused) => self.grants.borrow_mut()[*index].is_revoked = true,
                    Err(_) => {}
                }
                (*index, answer?)
            }
        };
        let grant = self.grants.borrow()[index].clone();
        let (access, refresh) = (Secret::from_random(self.random()), Secret::from_random(self.random()));
        self.access_tokens.borrow_mut().insert(access.digest(), (index, now));
        let kept = RefreshGrant {
            client: client.id.clone(),
            scopes: grant.scopes.clone(),
            issued_at: now,
            granted_at: grant.granted_at,
            is_used: false,
            is_revoked: false,
        };
        self.refresh_tokens.borrow_mut().insert(refresh.digest(), (kept, index));
        let keys = self.keys.borrow();
        let token = IdToken {
            issuer: &self.issuer,
            client: &client.id,
            subject: &grant.person.subject,
            nonce: grant.nonce.as_deref(),
            signed_in_at: grant.granted_at.plus(-5),
            assurance: grant.person.assurance,
            session: "phien-1",
            access_token: &access,
        };
        let id_token = token.sign(keys.current(now).unwrap(), now).unwrap();
        let refresh_token = scopes.contains(crate::Scope::OfflineAccess).then_some(&refresh);
        let expires_in = crate::provider::ACCESS_TOKEN_SECONDS;
        let response =
            TokenResponse { access_token: &access, expires_in, refresh_token, id_token: &id_token, scopes: &scopes };
        Ok(response.to_json())
    }

    fn claims(&self, authorization: Option<&str>) -> Option<String> {
        let token = bearer_token(authorization).ok()?;
        let (index, issued_at) = *self.access_tokens.borrow().get(&digest(token))?;
        let grant = self.grants.borrow()[index].clone();
        let lasts = self.now.get().since(issued_at) <= crate::provider::ACCESS_TOKEN_SECONDS && !grant.is_revoked;
        lasts.then(|| serde_json::Value::Object(grant.person.claims(&grant.scopes)).to_string())
    }
}

/// The client's side of the world.
pub(super) struct Portal {
    pub(super) registration: Registration,
    pub(super) provider: Provider,
}

impl Portal {
    pub(super) fn of(world: &World) -> Self {
        let registration = Registration {
            issuer: world.issuer.clone(),
            client_id: "gia-lai".to_owned(),
            client_secret: Some(client_secret()),
            redirect_uri: Address::parse(REDIRECT).unwrap(),
            scope: "openid profile email phone vn".to_owned(),
            acr_values: Some("LoA2".to_owned()),
            algorithms: vec![Algorithm::Es256],
        };
        let provider = client::discover(&world.issuer, world.fetch()).now_or_never().unwrap().unwrap();
        Self { registration, provider }
    }

    /// Somebody presses the button; the number makes one question differ from the next.
    pub(super) fn start(&self, number: u8, now: UnixTime) -> (String, Pending) {
        let random = [[number; 32], [number + 100; 32], [number + 200; 32]];
        client::start(&self.registration, &self.provider.metadata, &SignInOptions::default(), random, now)
    }

    /// They come back with this address.
    pub(super) fn finish(&self, world: &World, pending: &Pending, address: &str) -> Result<Identity, SignInError> {
        let answer = Params::parse(address.split_once('?').unwrap().1).unwrap();
        let now = world.now.get();
        client::finish(&self.registration, &self.provider, pending, &answer, now, world.fetch()).now_or_never().unwrap()
    }
}

/// Another person than the usual one.
pub(super) fn another_person() -> Person {
    Person { subject: "nguoi-2".to_owned(), name: "Trần Văn Bình".to_owned(), ..person() }
}
