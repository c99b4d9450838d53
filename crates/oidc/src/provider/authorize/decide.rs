//! What comes next with a request: sign in, agree, go back with a code, or go back with bad news.

use super::error::{ErrorCode, ReturnedError};
use super::request::AuthorizationRequest;
use crate::assurance::Assurance;
use crate::provider::RegisteredClient;
use crate::scope::Scopes;
use crate::time::UnixTime;

/// Who is signed in at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The stable name of the person or organisation among all clients.
    pub subject: String,
    /// When they proved who they are.
    pub signed_in_at: UnixTime,
    /// How sure it is.
    pub assurance: Assurance,
}

/// What the person has agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consent {
    /// This client may learn this, as agreed on another day.
    Remembered(Scopes),
    /// They have just pressed the button for this very request.
    GivenNow,
}

/// In which a request is judged.
#[derive(Clone, Debug)]
pub struct Circumstances<'a> {
    /// Who is signed in.
    pub session: Option<&'a Session>,
    /// What they have agreed to.
    pub consent: Consent,
    /// When this request first came, before the person was sent to sign in for it.
    pub asked_at: UnixTime,
    /// The subject of the client's `id_token_hint`, when that is a token of ours.
    pub hinted_subject: Option<&'a str>,
    /// The moment.
    pub now: UnixTime,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The person signs in, and then the request is judged again.
    SignIn,
    /// The person is asked.
    AskConsent,
    /// The client gets a code.
    GiveCode,
    /// The client gets bad news.
    Return(ReturnedError),
}

/// Judges a request of this client.
pub fn decide(request: &AuthorizationRequest, client: &RegisteredClient, given: &Circumstances<'_>) -> Next {
    let session = given.session.filter(|session| is_recent_enough(request, session, given));
    let Some(session) = session else {
        return ask(request, Next::SignIn, ErrorCode::LoginRequired, "nobody is signed in as asked");
    };
    if given.hinted_subject.is_some_and(|hinted| hinted != session.subject) {
        // Once they have signed in for this request and are still somebody else, asking again would never end.
        if session.signed_in_at >= given.asked_at {
            return Next::Return(request.error(ErrorCode::LoginRequired, "somebody else is signed in"));
        }
        return ask(request, Next::SignIn, ErrorCode::LoginRequired, "somebody else is signed in");
    }
    if has_agreed(request, client, &given.consent) {
        return Next::GiveCode;
    }
    ask(request, Next::AskConsent, ErrorCode::ConsentRequired, "the person has not agreed")
}

fn ask(request: &AuthorizationRequest, page: Next, code: ErrorCode, description: &'static str) -> Next {
    if request.is_silent { Next::Return(request.error(code, description)) } else { page }
}

fn is_recent_enough(request: &AuthorizationRequest, session: &Session, given: &Circumstances<'_>) -> bool {
    let signed_in_for_this = session.signed_in_at >= given.asked_at;
    let is_young = request.max_age.is_none_or(|most| given.now.since(session.signed_in_at) <= most);
    signed_in_for_this || (is_young && !request.wants_sign_in)
}

fn has_agreed(request: &AuthorizationRequest, client: &RegisteredClient, consent: &Consent) -> bool {
    match consent {
        Consent::GivenNow => true,
        Consent::Remembered(_) if request.wants_consent => false,
        // What the law lets a client know is one thing; acting in somebody's name is always asked.
        Consent::Remembered(scopes) => {
            (client.is_first_party && request.resource.is_none()) || request.scopes.are_within(scopes)
        }
    }
}
