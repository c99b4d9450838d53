//! After the right password: whether something more is needed, and the code that gives it.

use domain::ids::CeremonyId;
use domain::time::Instant;
use storage::ceremonies::{self, CeremonyPurpose};
use storage::{Holder, Tx, authenticators, passkeys};

use super::authenticator::{begin_owned, draw, takes_code};
use super::backup_codes::takes_backup_code;
use super::{MOST_TRIES, SecondFactorError, begin};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::sessions::{self, Browser};
use crate::sign_in::sign_out;

/// Where the right password has led.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// To a session: its token, for the cookie.
    SignedIn(String),
    /// To the page that asks for a code of the app, or one on paper.
    SecondFactor(CeremonyId),
    /// To the page on which an officer adds the app that they must have.
    FirstAuthenticator(CeremonyId),
    /// Nowhere: the officer has passkeys alone, and signs in with one of them.
    PasskeyOnly,
}

/// What is left to do after the right password.
pub(crate) enum NextStep {
    /// Nothing: a session may be opened.
    Session,
    /// What it says.
    Other(Step),
}

/// Begins the step that the holder needs after the right password, if any, in the caller's transaction.
pub(crate) async fn next_step(
    tx: &mut Tx<'_>,
    holder: Holder,
    must_have_one: bool,
    fresh: FreshStep,
    now: Instant,
) -> Result<NextStep, UsecaseError> {
    if authenticators::find(tx, holder).await?.is_some() {
        begin(tx, fresh.id, CeremonyPurpose::SecondFactor, Some(holder), "", now).await?;
        return Ok(NextStep::Other(Step::SecondFactor(fresh.id)));
    }
    if !must_have_one {
        return Ok(NextStep::Session);
    }
    if !passkeys::list(tx, holder).await?.is_empty() {
        return Ok(NextStep::Other(Step::PasskeyOnly));
    }
    begin_owned(tx, fresh.id, CeremonyPurpose::FirstAuthenticator, holder, fresh.state, now).await?;
    Ok(NextStep::Other(Step::FirstAuthenticator(fresh.id)))
}

/// The random parts of a step, drawn before the transaction.
pub(crate) struct FreshStep {
    id: CeremonyId,
    state: String,
}

impl FreshStep {
    pub(crate) fn draw(app: &App, ctx: &Ctx) -> Result<Self, UsecaseError> {
        let (id, state) = draw(app, ctx)?;
        Ok(Self { id, state })
    }
}

/// What the page that asks for the second factor needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// An officer signs in, not an account.
    pub is_officer: bool,
}

/// The step, for its page; nothing when it is forgotten.
pub async fn find_second_step(app: &App, ctx: &Ctx, id: CeremonyId) -> Result<Option<SecondStep>, UsecaseError> {
    let now = ctx.now;
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, UsecaseError>(ceremonies::find(tx, id, CeremonyPurpose::SecondFactor, now).await?)
            })
        })
        .await?;
    let holder = found.filter(|found| found.tries <= MOST_TRIES).and_then(|found| found.holder);
    Ok(holder.map(|holder| SecondStep { is_officer: holder.officer().is_some() }))
}

/// The right code, of the app or on paper, opens the session; returns its token.
pub async fn finish_second_step(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
    code: &str,
    previous_token: Option<&str>,
    browser: Browser<'_>,
) -> Result<String, SecondFactorError> {
    let (now, working, typed) = (ctx.now, app.clone(), code.to_owned());
    let begun = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = ceremonies::begin_try(tx, id, CeremonyPurpose::SecondFactor, now).await?;
                Ok::<_, UsecaseError>(found)
            })
        })
        .await?;
    let holder = begun.filter(|begun| begun.tries <= MOST_TRIES).and_then(|begun| begun.holder);
    let holder = holder.ok_or(SecondFactorError::Unknown)?;
    limits::check_second_factor(app, ctx, holder.as_bytes()).await?;
    let is_right = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let is_right = takes_code(tx, &working, holder, &typed, now).await?
                    || takes_backup_code(tx, holder, &typed).await?;
                // Of two who bring right codes at once, one finds the step still there.
                Ok::<_, UsecaseError>(is_right && ceremonies::delete(tx, id).await?)
            })
        })
        .await?;
    if !is_right {
        return Err(SecondFactorError::Wrong);
    }
    limits::forgive_second_factor(app, holder.as_bytes()).await?;
    let token = sessions::open(app, ctx, holder, None, browser).await?;
    if let Some(previous) = previous_token {
        sign_out(app, ctx, previous).await?;
    }
    Ok(token)
}
