//! The first officer writes down the paper and the new contacts; a code goes to each of them.

use domain::account::Reason;
use domain::account::recovery::{
    Contacts, Opening, PendingCodes, Recovery, RecoveryCommand, SecondFactorFate, SeenPaper,
};
use domain::codes::Recipient;
use domain::ids::{AccountId, RecoveryId};
use domain::time::Instant;
use storage::one_time_codes::Purpose;
use storage::{accounts, recoveries};

use super::advance::Errand;
use super::{LineHead, RecoverError, act, basis_of, decide, desk_of, note, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::one_time_codes::NewChallenge;

/// What an officer enters.
#[derive(Clone, Debug)]
pub struct NewRecovery {
    /// The paper that was seen.
    pub paper: SeenPaper,
    /// The contacts that the account shall have.
    pub wanted: Contacts,
    /// How the old ones were lost.
    pub reason: Reason,
    /// What happens to the ways to sign in beside the password.
    pub second_factors: SecondFactorFate,
}

/// Opens a recovery and sends the codes. The same form sent twice opens one.
pub async fn open_recovery(
    app: &App,
    ctx: &Ctx,
    account: AccountId,
    new: NewRecovery,
) -> Result<RecoveryId, RecoverError> {
    let (by, (agency, right)) = (officer_of(ctx)?, desk_of(&ctx.viewer)?);
    let id = RecoveryId::from_bytes(ctx.random());
    let mut challenges = Vec::new();
    let mut draw = |recipient: Recipient| {
        let challenge = NewChallenge::draw(app, ctx, Purpose::Recovery, Some(account), recipient);
        let code = challenge.id();
        challenges.push(challenge);
        code
    };
    let recipients = [new.wanted.phone.clone().map(Recipient::Phone), new.wanted.email.clone().map(Recipient::Email)];
    let [phone, email] = recipients.clone().map(|recipient| recipient.map(&mut draw));
    let NewRecovery { paper, wanted, reason, second_factors } = new;
    let codes = PendingCodes { phone, email };
    let opening = Opening { id, by: by.clone(), agency: agency.clone(), paper, wanted, codes, reason, second_factors };
    let (rules, now) = (app.content().rules.account_recovery, ctx.now);
    // A mistake in the form is said before anything is counted.
    if let Some(same) = check(app, account, &opening, now).await? {
        return Ok(same);
    }
    limits::check_desk_opening(app, ctx, by.id).await?;
    for recipient in recipients.iter().flatten() {
        limits::check_code(app, ctx, Purpose::Recovery, Some(account), recipient).await?;
    }
    let command = RecoveryCommand::Open(Box::new(opening));
    let (line, basis, errand) = (LineHead::of(ctx), basis_of(&right, Some(id)), Errand::to_lapse(ctx, id));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, account).await?.ok_or(UsecaseError::NotFound)?;
                let (opened, _) = act(tx, None, &account, &agency, &command, &rules, now).await?;
                for challenge in challenges {
                    challenge.send(tx).await?;
                }
                errand.enqueue(tx, opened.lapses_at).await?;
                note(tx, &line, "open_recovery", Some(account.id), basis).await?;
                Ok(id)
            })
        })
        .await
}

/// Whether the rules allow it; answers the recovery that the first press of the same button has opened.
async fn check(
    app: &App,
    account: AccountId,
    opening: &Opening,
    now: Instant,
) -> Result<Option<RecoveryId>, RecoverError> {
    let (opening, rules) = (opening.clone(), app.content().rules.account_recovery);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let is_same = |live: &Recovery| {
                    live.opened_by.id == opening.by.id && live.wanted == opening.wanted && live.paper == opening.paper
                };
                match recoveries::find_live(tx, account).await? {
                    Some(live) if is_same(&live) => return Ok(Some(live.id)),
                    Some(_) => return Err(RecoverError::AlreadyLive),
                    None => {}
                }
                let account = accounts::find(tx, account).await?.ok_or(UsecaseError::NotFound)?;
                let desk = opening.agency.clone();
                let command = RecoveryCommand::Open(Box::new(opening));
                decide(tx, None, &account, &desk, &command, &rules, now).await?;
                Ok(None)
            })
        })
        .await
}
