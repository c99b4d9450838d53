//! What time brings: a recovery that nobody confirmed lapses, one that nobody stopped takes effect.

use domain::account::recovery::{Recovery, RecoveryCommand, RecoveryEvent, SecondFactorFate, Stopper};
use domain::account::{Account, AccountCommand};
use domain::ids::RecoveryId;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use storage::{Holder, Tx, accounts, ceremonies, jobs, sessions};

use super::notices::{News, Notices};
use super::{LineHead, Loaded, RecoverError, act, load, note};
use crate::account_act::{AccountActError, change};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::jobs::Outcome;
use crate::limits;
use crate::oidc_provider::end_everything;
use crate::second_factors::forget_all;

/// The kind under which these jobs are stored; the payload is an errand as JSON.
pub(crate) const KIND: &str = "advance_recovery";

/// What the job needs when its time has come: jobs have no randomness of their own.
#[derive(Serialize, Deserialize)]
pub(super) struct Errand {
    recovery: RecoveryId,
    /// From which the messages' identifiers are drawn: done twice, it sends each once.
    seed: [u8; 32],
    /// The hash of a password that nobody knows; none before the second officer has spoken.
    password_hash: Option<String>,
}

impl Errand {
    pub(super) fn to_lapse(ctx: &Ctx, recovery: RecoveryId) -> Self {
        Self { recovery, seed: ctx.random(), password_hash: None }
    }

    pub(super) fn to_apply(ctx: &Ctx, recovery: RecoveryId, password_hash: &str) -> Self {
        Self { recovery, seed: ctx.random(), password_hash: Some(password_hash.to_owned()) }
    }

    pub(super) async fn enqueue(&self, tx: &mut Tx<'_>, at: Instant) -> Result<(), UsecaseError> {
        let payload = serde_json::to_string(self).map_err(|_| UsecaseError::Broken("an errand is written as JSON"))?;
        Ok(jobs::enqueue(tx, KIND, &payload, at).await?)
    }
}

/// Does what is due; what was done already, or was stopped, is no error.
pub(crate) async fn run(app: &App, payload: &str, now: Instant) -> Outcome {
    let Ok(errand) = serde_json::from_str::<Errand>(payload) else {
        return Outcome::Fail("the payload is no errand".into());
    };
    let ctx = Ctx::of_system(now, errand.seed);
    let (notices, line, rules) = (Notices::draw(app, &ctx), LineHead::of(&ctx), app.content().rules.account_recovery);
    let done = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Loaded { recovery, account } = load(tx, errand.recovery).await?;
                // The errand of before the second officer's word has nothing to do after it.
                if errand.password_hash.is_none() && recovery.takes_effect_at.is_some() {
                    return Ok(());
                }
                let agency = recovery.agency.clone();
                let command = RecoveryCommand::Advance;
                let (after, events) = act(tx, Some(recovery), &account, &agency, &command, &rules, now).await?;
                match events.first() {
                    Some(event) => {
                        let hash = errand.password_hash.as_deref();
                        Ok(follow(tx, &after, &account, event, &notices, hash, &line).await?)
                    }
                    None => Ok::<_, RecoverError>(()),
                }
            })
        })
        .await;
    match done {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Retry(error.to_string()),
    }
}

/// What follows from the end of a recovery, in its transaction: the account changes, people are told, the audit has a line.
pub(super) async fn follow(
    tx: &mut Tx<'_>,
    recovery: &Recovery,
    account: &Account,
    event: &RecoveryEvent,
    notices: &Notices,
    password_hash: Option<&str>,
    line: &LineHead,
) -> Result<(), UsecaseError> {
    let (act, news) = match event {
        RecoveryEvent::Applied => ("apply_recovery", News::Applied),
        RecoveryEvent::Stopped { stopper } => {
            (stop_act(stopper), if recovery.takes_effect_at.is_some() { News::Stopped } else { News::Dropped })
        }
        RecoveryEvent::Lapsed => ("lapse_recovery", News::Dropped),
        RecoveryEvent::Voided { .. } => {
            ("void_recovery", if recovery.takes_effect_at.is_some() { News::Stopped } else { News::Dropped })
        }
        RecoveryEvent::Opened { .. } | RecoveryEvent::ContactProved { .. } | RecoveryEvent::Confirmed { .. } => {
            return Ok(());
        }
    };
    if matches!(event, RecoveryEvent::Applied) {
        apply(tx, recovery, account, password_hash, line.at).await?;
    }
    notices.tell(tx, recovery, account, &news).await?;
    Ok(note(tx, line, act, Some(account.id), format!("recovery {}", recovery.id)).await?)
}

fn stop_act(stopper: &Stopper) -> &'static str {
    match stopper {
        Stopper::Holder => "stop_own_recovery",
        Stopper::OldContact => "stop_recovery_by_message",
        Stopper::Officer { .. } => "stop_recovery",
    }
}

/// The account has the new contacts alone; whoever was signed in, or knew the password, is out.
async fn apply(
    tx: &mut Tx<'_>,
    recovery: &Recovery,
    account: &Account,
    password_hash: Option<&str>,
    now: Instant,
) -> Result<(), UsecaseError> {
    let (Some(second), Some(password_hash)) = (recovery.confirmed_by.clone(), password_hash) else {
        return Err(UsecaseError::Broken("a recovery takes effect after its second officer's word"));
    };
    let officers = [recovery.opened_by.clone(), second];
    let command = AccountCommand::RecoverContacts { contacts: recovery.wanted.clone(), officers };
    let id = account.id;
    change(tx, account.clone(), &command, now).await.map_err(|error| match error {
        AccountActError::Usecase(error) => error,
        AccountActError::Refused(_) => UsecaseError::Conflict,
    })?;
    accounts::update_password(tx, id, password_hash).await?;
    limits::forgive_sign_in_codes(tx, id).await?;
    sessions::delete_of_account(tx, id).await?;
    ceremonies::delete_all(tx, Holder::Account(id)).await?;
    end_everything(tx, id, now).await?;
    // What still works is never taken away silently: only when the person said that it is lost too.
    if recovery.second_factors == SecondFactorFate::Removed {
        forget_all(tx, Holder::Account(id)).await?;
    }
    Ok(())
}
