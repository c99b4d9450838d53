//! Reading an authorization request: the code flow with PKCE S256, and nothing else.

use super::error::{AuthorizeError, ErrorCode, ReturnedError, ShownError};
use crate::address::{Address, Issuer};
use crate::assurance::Assurance;
use crate::params::{Params, Repeated};
use crate::pkce::CodeChallenge;
use crate::provider::{ClientId, RegisteredClient};
use crate::scope::{Scope, Scopes};
use crate::secret::Secret;

const MOST_STATE: usize = 2048;
const MOST_NONCE: usize = 512;

/// What a registered client asks for. Whoever holds it may send people to its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client: ClientId,
    /// Where the answer goes: one of the client's registered addresses.
    pub redirect_uri: Address,
    /// What it may learn.
    pub scopes: Scopes,
    /// Comes back in the ID token.
    pub nonce: Option<String>,
    /// What the exchange of the code must fit.
    pub challenge: CodeChallenge,
    /// The person must sign in now, even when they are signed in.
    pub wants_sign_in: bool,
    /// The person must agree now, even when they have agreed before.
    pub wants_consent: bool,
    /// No page may be shown.
    pub is_silent: bool,
    /// The longest time, in seconds, that may have passed since the person signed in.
    pub max_age: Option<i64>,
    /// The levels of assurance that the client would like, the dearest first. What was reached stands in the ID token.
    pub acr_values: Vec<Assurance>,
    /// The languages in which the pages are wanted.
    pub ui_locales: Vec<String>,
    /// Whose token the client has.
    pub id_token_hint: Option<String>,
    /// Where the access token shall open something (RFC 8707); whether there is such a place has to be looked up.
    pub resource: Option<Issuer>,
    state: Option<String>,
}

/// The client that a request names; it has to be looked up before the request can be read.
///
/// # Errors
/// When it names none, or more than one.
pub fn presented_client(params: &Params) -> Result<ClientId, ShownError> {
    let id = params.one("client_id").map_err(|_| ShownError::Malformed)?.ok_or(ShownError::UnknownClient)?;
    ClientId::parse(id).map_err(|_| ShownError::UnknownClient)
}

impl AuthorizationRequest {
    /// Reads the request of this client.
    ///
    /// # Errors
    /// Shown to the person until client and address are sure, returned to the client after that.
    pub fn read(params: &Params, client: &RegisteredClient) -> Result<Self, AuthorizeError> {
        if presented_client(params)? != client.id {
            return Err(ShownError::UnknownClient.into());
        }
        let asked = params.one("redirect_uri").map_err(|_| ShownError::Malformed)?;
        let redirect_uri = asked.and_then(|asked| client.redirect_uri(asked)).ok_or(ShownError::UnknownRedirect)?;
        // From here on the client is told, with its own state when that is clear.
        let state = params.one("state").ok().flatten().filter(|state| state.len() <= MOST_STATE);
        let known = Known { params, client, redirect_uri, state };
        known.read().map_err(|(code, description)| known.error(code, description).into())
    }

    /// Where the browser goes with the code.
    pub fn location(&self, issuer: &Issuer, code: &Secret) -> String {
        self.redirect_uri.with(&[
            ("code", Some(code.as_str())),
            ("state", self.state.as_deref()),
            ("iss", Some(issuer.as_str())),
        ])
    }

    /// Bad news for the client.
    pub fn error(&self, code: ErrorCode, description: &'static str) -> ReturnedError {
        ReturnedError { redirect_uri: self.redirect_uri.clone(), state: self.state.clone(), code, description }
    }
}

/// A request whose client and address are sure.
struct Known<'a> {
    params: &'a Params,
    client: &'a RegisteredClient,
    redirect_uri: &'a Address,
    state: Option<&'a str>,
}

type Wrong = (ErrorCode, &'static str);

impl Known<'_> {
    fn error(&self, code: ErrorCode, description: &'static str) -> ReturnedError {
        let (redirect_uri, state) = (self.redirect_uri.clone(), self.state.map(str::to_owned));
        ReturnedError { redirect_uri, state, code, description }
    }

    fn one(&self, name: &'static str) -> Result<Option<&str>, Wrong> {
        let repeated = |Repeated(_)| (ErrorCode::InvalidRequest, "a parameter is given more than once");
        self.params.one(name).map_err(repeated)
    }

    fn read(&self) -> Result<AuthorizationRequest, Wrong> {
        use ErrorCode::{InvalidRequest, UnsupportedResponseType};
        self.refuse_what_we_do_not_do()?;
        match self.one("response_type")? {
            Some("code") => {}
            Some(_) => return Err((UnsupportedResponseType, "response_type must be code")),
            None => return Err((InvalidRequest, "response_type is missing")),
        }
        if self.one("response_mode")?.is_some_and(|mode| mode != "query") {
            return Err((InvalidRequest, "response_mode must be query"));
        }
        if self.one("state")?.is_some_and(|state| state.len() > MOST_STATE) {
            return Err((InvalidRequest, "state is too long"));
        }
        let nonce = self.one("nonce")?;
        if nonce.is_some_and(|nonce| nonce.len() > MOST_NONCE) {
            return Err((InvalidRequest, "nonce is too long"));
        }
        let (challenge, scopes, max_age) = (self.challenge()?, self.scopes()?, self.max_age()?);
        let resource = self.resource(&scopes)?;
        let prompts: Vec<&str> = self.one("prompt")?.unwrap_or("").split(' ').filter(|name| !name.is_empty()).collect();
        let is_silent = prompts.contains(&"none");
        if is_silent && prompts.len() > 1 {
            return Err((InvalidRequest, "prompt none stands alone"));
        }
        let acr_values = self.one("acr_values")?.unwrap_or("").split(' ').filter_map(Assurance::parse).collect();
        let ui_locales = self.one("ui_locales")?.unwrap_or("").split_whitespace().map(str::to_owned).collect();
        Ok(AuthorizationRequest {
            client: self.client.id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            scopes,
            nonce: nonce.map(str::to_owned),
            challenge,
            // Choosing another account is signing in with it.
            wants_sign_in: prompts.iter().any(|name| ["login", "select_account"].contains(name)),
            wants_consent: prompts.contains(&"consent"),
            is_silent,
            max_age,
            acr_values,
            ui_locales,
            id_token_hint: self.one("id_token_hint")?.map(str::to_owned),
            resource,
            state: self.state.map(str::to_owned),
        })
    }

    fn refuse_what_we_do_not_do(&self) -> Result<(), Wrong> {
        let others = [
            ("request", ErrorCode::RequestNotSupported, "request is not supported"),
            ("request_uri", ErrorCode::RequestUriNotSupported, "request_uri is not supported"),
            ("registration", ErrorCode::RegistrationNotSupported, "registration is not supported"),
        ];
        for (name, code, description) in others {
            if self.one(name)?.is_some() {
                return Err((code, description));
            }
        }
        Ok(())
    }

    // RFC 9700, 2.1.1: PKCE for every client. RFC 7636, 4.3: without a method, `plain` is meant.
    fn challenge(&self) -> Result<CodeChallenge, Wrong> {
        use ErrorCode::InvalidRequest;
        let challenge = self.one("code_challenge")?.ok_or((InvalidRequest, "code_challenge is missing"))?;
        if self.one("code_challenge_method")? != Some("S256") {
            return Err((InvalidRequest, "code_challenge_method must be S256"));
        }
        CodeChallenge::parse(challenge).ok_or((InvalidRequest, "code_challenge is not a digest in base64url"))
    }

    fn scopes(&self) -> Result<Scopes, Wrong> {
        let scopes = Scopes::parse(self.one("scope")?.unwrap_or(""));
        if !scopes.contains(Scope::OpenId) {
            return Err((ErrorCode::InvalidScope, "scope must hold openid"));
        }
        if !scopes.are_within(&self.client.scopes) {
            return Err((ErrorCode::InvalidScope, "scope holds what this client may not have"));
        }
        Ok(scopes)
    }

    // A token that opens dossiers does so at one place, which the person reads; nothing else is bound to one.
    fn resource(&self, scopes: &Scopes) -> Result<Option<Issuer>, Wrong> {
        use ErrorCode::InvalidTarget;
        let asked = self.one("resource")?;
        match (asked, scopes.contains(Scope::Dossiers)) {
            (None, false) => Ok(None),
            (Some(asked), true) => {
                let resource = Issuer::parse(asked).map_err(|_| (InvalidTarget, "resource is no portal's address"))?;
                Ok(Some(resource))
            }
            (None, true) => Err((InvalidTarget, "the scope dossiers needs a resource")),
            (Some(_), false) => Err((InvalidTarget, "a resource needs the scope dossiers")),
        }
    }

    fn max_age(&self) -> Result<Option<i64>, Wrong> {
        let Some(text) = self.one("max_age")? else { return Ok(None) };
        let is_number = text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        let max_age = text.parse().ok().filter(|_| is_number);
        max_age.map(Some).ok_or((ErrorCode::InvalidRequest, "max_age is not a number of seconds"))
    }
}
