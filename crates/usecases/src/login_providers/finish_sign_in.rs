//! Somebody comes back from a provider: their account here is the linked one, else one that they prove, else a new one.

use domain::account::{Account, AccountCommand, AccountStatus, Assurance, Registration};
use domain::codes::PhoneNumber;
use domain::ids::{AccountId, Hash, SessionHash};
use domain::time::Instant;
use oidc::Params;
use oidc::client::{self, CallbackError, Pending, SignInError};
use storage::accounts::AccountWithPassword;
use storage::identity_proofs::IdentityProof;
use storage::{
    Tx, accounts, email_tokens, identity_proofs, linked_identities, provider_sessions, provider_sign_ins, sessions,
};

use super::identity::{Described, Proved};
use super::{browser_of, digest_of, find_provider, moment};
use crate::account_act::{AccountActError, change, open};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::oidc_provider::end_session;
use crate::register_account::hex;
use crate::sessions::hash_of;

/// The account is entered through the provider until its holder sets a password.
const NO_PASSWORD: &str = "";
/// How long somebody has to prove that an account here is theirs, in milliseconds.
const PROOF_MILLIS: i64 = 30 * 60_000;

/// What a browser brings back.
#[derive(Clone, Copy)]
pub struct Returned<'a> {
    /// The provider's name, from the address.
    pub provider: &'a str,
    /// The query.
    pub query: &'a str,
    /// The cookie that the browser was given.
    pub cookie: Option<&'a str>,
    /// The session that the browser has already; it ends when the new one begins.
    pub previous_token: Option<&'a str>,
    /// The kind of browser.
    pub device: &'a str,
}

/// Where somebody has arrived.
#[derive(Clone, PartialEq, Eq)]
pub enum Arrival {
    /// They are signed in.
    SignedIn {
        /// The token of their session, for the cookie.
        token: String,
        /// Where they were going.
        way_back: Option<String>,
    },
    /// An account here has their number: they prove that it is theirs.
    ProveAccount {
        /// The secret of the page.
        id: String,
    },
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// Nobody was sent, or somebody else, or they came back before.
    #[error("nobody was sent to this provider from this browser")]
    Unknown,
    /// They said no.
    #[error("the person said no at the provider")]
    Declined {
        /// Where they were going.
        way_back: Option<String>,
    },
    /// The provider failed, or is not believed.
    #[error("the provider is not believed")]
    Provider(#[source] SignInError),
    /// The provider says too little of them: no account can be found or made.
    #[error("the provider says too little of the person")]
    TooLittle,
    /// Their kind of account is not offered here.
    #[error("this kind of account is not offered here")]
    NotOffered,
    /// Their account here waits to be confirmed by e-mail.
    #[error("the account waits to be confirmed")]
    Unconfirmed,
    /// Their account here cannot be used, such as one that waits to be approved.
    #[error("the account cannot be used")]
    NotUsable,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Signs somebody in who comes back from a provider.
///
/// # Errors
/// When what comes back is not believed, or there is no account for it.
pub async fn finish_provider_sign_in(app: &App, ctx: &Ctx, returned: Returned<'_>) -> Result<Arrival, FinishError> {
    let provider = find_provider(app, returned.provider).ok_or(FinishError::Unknown)?;
    let answer = Params::parse(returned.query).map_err(|_| FinishError::Unknown)?;
    let state = answer.one("state").ok().flatten().ok_or(FinishError::Unknown)?;
    let cookie = browser_of(returned.cookie).ok_or(FinishError::Unknown)?;
    let (state, browser, now) = (digest_of(state), digest_of(cookie), ctx.now);
    let remembered = app
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(provider_sign_ins::take(tx, state, browser, now).await?) })
        })
        .await?;
    let remembered = remembered.filter(|found| found.provider == provider.id).ok_or(FinishError::Unknown)?;
    let pending: Pending = serde_json::from_str(&remembered.pending).map_err(UsecaseError::from)?;
    let known = provider.ask(app, now).await.map_err(|error| FinishError::Provider(error.into()))?;
    let fetcher = &app.single_sign_on().fetcher;
    let finished = client::finish(&provider.registration, &known, &pending, &answer, moment(now), |request| {
        fetcher.fetch(request)
    });
    let identity = finished.await.map_err(|error| match error {
        SignInError::Callback(CallbackError::Refused(word)) if word == "access_denied" => {
            FinishError::Declined { way_back: remembered.way_back.clone() }
        }
        error => FinishError::Provider(error),
    })?;
    if let Some(keys) = &identity.fresh_keys {
        provider.remember_keys(keys.clone());
    }
    let described = Described::of(&identity, provider);
    if !described.is_offered_here() {
        return Err(FinishError::NotOffered);
    }
    let token = hex(&ctx.random::<32>());
    let proof = hex(&ctx.random::<32>());
    let arriving = Arriving {
        proved: Proved::of(&identity),
        registration: described.registration(AccountId::from_bytes(ctx.random())),
        described,
        session: Session {
            hash: SessionHash::of_token(token.as_bytes()),
            previous: returned.previous_token.and_then(hash_of),
            now,
            expires_at: now.plus_millis(app.settings().session_millis),
            device: returned.device.to_owned(),
        },
        proof: digest_of(&proof),
        browser,
        way_back: remembered.way_back.clone(),
    };
    match app.db().write(move |tx| Box::pin(async move { arriving.arrive(tx).await })).await?? {
        Found::SignedIn => Ok(Arrival::SignedIn { token, way_back: remembered.way_back }),
        Found::ProveAccount => Ok(Arrival::ProveAccount { id: proof }),
    }
}

struct Arriving {
    proved: Proved,
    described: Described,
    registration: Option<Registration>,
    session: Session,
    proof: Hash,
    browser: Hash,
    way_back: Option<String>,
}

enum Found {
    SignedIn,
    ProveAccount,
}

impl Arriving {
    // The rules (domain.md §5.3): by the stable subject; else by the number, once both accounts are proved; else anew.
    async fn arrive(self, tx: &mut Tx<'_>) -> Result<Result<Found, FinishError>, UsecaseError> {
        if let Some(id) = linked_identities::find(tx, &self.proved.issuer, &self.proved.subject).await? {
            let account = accounts::find(tx, id).await?.ok_or(UsecaseError::Broken("a linked account is there"))?;
            match account.status {
                AccountStatus::Active => {
                    take_contacts(tx, account, &self.described, self.session.now).await?;
                    self.session.open(tx, id, &self.proved).await?;
                    return Ok(Ok(Found::SignedIn));
                }
                // Whoever closed an account may open another.
                AccountStatus::Closed => {
                    linked_identities::delete(tx, &self.proved.issuer, &self.proved.subject).await?;
                }
                AccountStatus::PendingConfirmation | AccountStatus::PendingApproval => {
                    return Ok(Err(FinishError::NotUsable));
                }
            }
        }
        if self.described.numbers.is_empty() {
            return Ok(Err(FinishError::TooLittle));
        }
        let mut found = None;
        for number in &self.described.numbers {
            found = found.or(accounts::find_by_login(tx, number).await?);
        }
        match found {
            None => {}
            Some(AccountWithPassword { account, .. }) if account.status == AccountStatus::Active => {
                return self.meet(tx, account).await.map(Ok);
            }
            Some(AccountWithPassword { account, .. }) if account.status == AccountStatus::PendingConfirmation => {
                // Nobody has shown that it is theirs; the provider has checked whose number it is.
                let is_forgotten = email_tokens::count_of_account(tx, account.id, self.session.now).await? == 0;
                if !is_forgotten && self.described.level < Assurance::Ial2 {
                    return Ok(Err(FinishError::Unconfirmed));
                }
                accounts::delete_unconfirmed(tx, account.id).await?;
            }
            Some(_) => return Ok(Err(FinishError::NotUsable)),
        }
        let Some(registration) = self.registration.clone() else { return Ok(Err(FinishError::TooLittle)) };
        let now = self.session.now;
        let account = open(tx, registration, NO_PASSWORD, now).await.map_err(unexpected)?;
        let id = account.id;
        take_contacts(tx, account, &self.described, now).await?;
        self.session.link(tx, id, &self.proved).await?;
        Ok(Ok(Found::SignedIn))
    }

    /// An account here has the number. Who is signed in with it has proved it; anybody else does so first.
    async fn meet(self, tx: &mut Tx<'_>, account: Account) -> Result<Found, UsecaseError> {
        if let Some(previous) = self.session.previous {
            let signed_in = sessions::find(tx, previous, self.session.now).await?;
            if signed_in.is_some_and(|session| session.account == Some(account.id)) {
                let id = account.id;
                take_contacts(tx, account, &self.described, self.session.now).await?;
                self.session.link(tx, id, &self.proved).await?;
                return Ok(Found::SignedIn);
            }
        }
        let proof = IdentityProof {
            identity: serde_json::to_string(&self.proved)?,
            account: account.id,
            way_back: self.way_back,
        };
        let expires_at = self.session.now.plus_millis(PROOF_MILLIS);
        identity_proofs::insert(tx, self.proof, self.browser, &proof, expires_at).await?;
        Ok(Found::ProveAccount)
    }
}

/// What the provider has confirmed is confirmed here too, where nothing is confirmed yet: notices go there, and with it a
/// password can be set, should the provider be gone. Another telephone that the holder has given here stays.
async fn take_contacts(
    tx: &mut Tx<'_>,
    mut account: Account,
    described: &Described,
    now: Instant,
) -> Result<(), UsecaseError> {
    let mut commands = Vec::new();
    if let Some(email) = described.email.clone().filter(|_| account.email_confirmed_at.is_none()) {
        commands.extend([AccountCommand::ChangeEmail(email.clone()), AccountCommand::ConfirmEmail(email)]);
    }
    let is_known = |phone: &PhoneNumber| account.phone.as_ref().is_none_or(|known| known == phone);
    if let Some(phone) = described.phone.clone().filter(|phone| account.phone_confirmed_at.is_none() && is_known(phone))
    {
        commands.push(AccountCommand::ChangePhone(phone));
    }
    for command in commands {
        account = change(tx, account, &command, now).await.map_err(unexpected)?;
    }
    Ok(())
}

/// A session that is about to begin.
pub(super) struct Session {
    pub(super) hash: SessionHash,
    pub(super) previous: Option<SessionHash>,
    pub(super) now: Instant,
    pub(super) expires_at: Instant,
    pub(super) device: String,
}

impl Session {
    /// Links the account at the provider with this one, and signs in.
    pub(super) async fn link(&self, tx: &mut Tx<'_>, id: AccountId, proved: &Proved) -> Result<(), UsecaseError> {
        linked_identities::insert(tx, &proved.issuer, &proved.subject, id, self.now).await?;
        self.open(tx, id, proved).await
    }

    async fn open(&self, tx: &mut Tx<'_>, id: AccountId, proved: &Proved) -> Result<(), UsecaseError> {
        if let Some(previous) = self.previous {
            end_session(tx, previous, self.now).await?;
        }
        sessions::insert_of_account(tx, self.hash, id, self.now, self.expires_at, &self.device).await?;
        Ok(provider_sessions::update(tx, self.hash, &proved.origin()).await?)
    }
}

fn unexpected(error: AccountActError) -> UsecaseError {
    match error {
        AccountActError::Usecase(error) => error,
        // Such as a birth date in the future: the provider says what cannot be.
        AccountActError::Refused(_) => UsecaseError::Conflict,
    }
}
