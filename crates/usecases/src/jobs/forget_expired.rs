//! Housekeeping: what has expired means nothing any more, and is deleted.

use domain::time::Instant;
use storage::{
    ceremonies, email_tokens, filing_keys, identity_proofs, known_browsers, officer_enrolments, oidc_grants,
    oidc_tokens, one_time_codes, provider_sign_ins, rate_limits, sessions, signups, used_tokens,
};

use crate::app::App;
use crate::drafts::{expire_drafts, remind_of_drafts};
use crate::errors::UsecaseError;
use crate::programs::FILING_KEY_MILLIS;
use crate::uploads::forget_uploads;

/// How many rows of each kind were forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Sessions that have ended.
    pub sessions: u64,
    /// Links that no longer confirm an address.
    pub email_tokens: u64,
    /// Codes that no longer open anything.
    pub one_time_codes: u64,
    /// Registrations that were not finished.
    pub signups: u64,
    /// Windows in which tries were counted.
    pub rate_limits: u64,
    /// Tokens that were used and would have expired by now.
    pub used_tokens: u64,
    /// Access tokens of clients that open nothing any more.
    pub oidc_tokens: u64,
    /// Sign-ins at clients whose tokens have all ended.
    pub oidc_grants: u64,
    /// People who were sent to a provider and did not come back.
    pub provider_sign_ins: u64,
    /// People who did not prove that an account is theirs.
    pub identity_proofs: u64,
    /// Links with which officers set no password in time.
    pub officer_enrolments: u64,
    /// Steps of signing in that nobody answered.
    pub ceremonies: u64,
    /// Drafts whose filers were told that they will expire.
    pub draft_reminders: u64,
    /// Drafts that nobody had changed for too long.
    pub drafts: u64,
    /// Browsers that nobody has signed in with for a year.
    pub known_browsers: u64,
    /// Files that nobody sent to their end, and notes about those that arrived long ago.
    pub uploads: u64,
    /// Keys with which programs filed drafts, and will not ask again.
    pub filing_keys: u64,
}

/// How long a browser is known to an account that it does not sign in any more, in milliseconds.
const BROWSER_MILLIS: i64 = 365 * 24 * 60 * 60_000;

/// Deletes everything that had expired at this moment, each kind in a transaction of its own, so that none is long.
pub async fn forget_expired(app: &App, now: Instant) -> Result<Forgotten, UsecaseError> {
    let db = app.db();
    let forgotten = Forgotten {
        sessions: db.write(move |tx| Box::pin(sessions::delete_expired(tx, now))).await?,
        email_tokens: db.write(move |tx| Box::pin(email_tokens::delete_expired(tx, now))).await?,
        one_time_codes: db.write(move |tx| Box::pin(one_time_codes::delete_expired(tx, now))).await?,
        signups: db.write(move |tx| Box::pin(signups::delete_expired(tx, now))).await?,
        rate_limits: db.write(move |tx| Box::pin(rate_limits::delete_expired(tx, now))).await?,
        used_tokens: db.write(move |tx| Box::pin(used_tokens::delete_expired(tx, now))).await?,
        oidc_tokens: db.write(move |tx| Box::pin(oidc_tokens::delete_expired(tx, now))).await?,
        oidc_grants: db.write(move |tx| Box::pin(oidc_grants::delete_expired(tx, now))).await?,
        provider_sign_ins: db.write(move |tx| Box::pin(provider_sign_ins::delete_expired(tx, now))).await?,
        identity_proofs: db.write(move |tx| Box::pin(identity_proofs::delete_expired(tx, now))).await?,
        officer_enrolments: db.write(move |tx| Box::pin(officer_enrolments::delete_expired(tx, now))).await?,
        ceremonies: db.write(move |tx| Box::pin(ceremonies::delete_expired(tx, now))).await?,
        draft_reminders: remind_of_drafts(app, now).await?,
        drafts: expire_drafts(app, now).await?,
        known_browsers: db
            .write(move |tx| Box::pin(known_browsers::delete_unseen(tx, now.plus_millis(-BROWSER_MILLIS))))
            .await?,
        uploads: forget_uploads(app, now).await?,
        filing_keys: db
            .write(move |tx| Box::pin(filing_keys::delete_old(tx, now.plus_millis(-FILING_KEY_MILLIS))))
            .await?,
    };
    if forgotten != Forgotten::default() {
        tracing::info!(?forgotten, "Forgot what has expired");
    }
    Ok(forgotten)
}
