//! An administrator approves or refuses the accounts of state agencies (leaflet R27); their holders are told.

use domain::account::{Account, AccountCommand, AccountEvent, AccountKind, AccountRefusal, Reason};
use domain::dossier::{Actor, OfficerRef};
use domain::ids::{AccountId, MessageId};
use domain::policy::{Act, Basis, Grant, Resource, may};
use domain::text::fold;
use domain::time::Instant;
use storage::audit::{self, AuditActor, AuditLine};
use storage::{StorageError, accounts, applicants};

use crate::account_act::{AccountActError, change};
use crate::app::{App, Settings};
use crate::change_account::message_ids;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, Letter};

/// How many waiting accounts a page of the list holds.
pub const APPLICANTS_A_PAGE: u32 = 50;
/// How often a decision is tried again when the account was changed meanwhile.
const ATTEMPTS: usize = 5;
/// The most characters of a text message.
const LONGEST_TEXT: usize = 160;
const TEMPLATE: &str = "account_decision";

/// What an administrator decides about an account that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may be used.
    Approve,
    /// It may not, for this reason.
    Refuse(Reason),
}

/// An account as an administrator sees it, with the decision that was made about it.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// The account.
    pub account: Account,
    /// When it was decided, by whom, and why it was refused.
    pub decided: Option<(Instant, OfficerRef, Option<Reason>)>,
}

/// Why a decision was not made.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Somebody has decided otherwise meanwhile.
    #[error("somebody has decided otherwise")]
    Otherwise,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for DecideError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// The accounts that wait, the longest first.
pub async fn list_applicants(
    app: &App,
    ctx: &Ctx,
    after: Option<(Instant, AccountId)>,
) -> Result<Vec<Account>, UsecaseError> {
    may(&ctx.viewer, Act::ReadApplicant, &Resource::Applicant(AccountKind::StateAgency))?;
    app.db().read(move |tx| Box::pin(async move { Ok(applicants::list(tx, after, APPLICANTS_A_PAGE).await?) })).await
}

/// One account of a state agency, whether it still waits or not.
pub async fn find_applicant(app: &App, ctx: &Ctx, id: AccountId) -> Result<Applicant, UsecaseError> {
    let viewer = ctx.viewer.clone();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                may(&viewer, Act::ReadApplicant, &Resource::Applicant(AccountKind::StateAgency))?;
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadApplicant, &Resource::Applicant(account.kind))?;
                let events = accounts::list_events(tx, id).await?;
                let decided = events.into_iter().find_map(|(at, event)| match event {
                    AccountEvent::Approved { officer } => Some((at, officer, None)),
                    AccountEvent::RegistrationRefused { officer, reason } => Some((at, officer, Some(reason))),
                    _ => None,
                });
                Ok(Applicant { account, decided })
            })
        })
        .await
}

/// Decides; a decision that was made already changes nothing and tells nobody again.
pub async fn decide_applicant(app: &App, ctx: &Ctx, id: AccountId, decision: Decision) -> Result<(), DecideError> {
    for _ in 0..ATTEMPTS {
        match try_decide(app, ctx, id, decision.clone()).await {
            Err(DecideError::Usecase(UsecaseError::Conflict)) => {}
            // Two at once: the other's event has the number.
            Err(DecideError::Usecase(UsecaseError::Storage(error))) if error.is_constraint(accounts::EVENT_NUMBER) => {}
            decided => return decided,
        }
    }
    Err(UsecaseError::Conflict.into())
}

async fn try_decide(app: &App, ctx: &Ctx, id: AccountId, decision: Decision) -> Result<(), DecideError> {
    let Actor::Officer { id: officer_id, name } = ctx.actor.clone() else {
        return Err(UsecaseError::SignInFirst.into());
    };
    let officer = OfficerRef { id: officer_id, name };
    let (viewer, now, ids) = (ctx.viewer.clone(), ctx.now, message_ids(ctx));
    let settings = app.settings().clone();
    let help = app.content().rules.help.display.clone();
    let request_id = Some(ctx.request_id.clone()).filter(|id| !id.is_empty());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let waiting = Resource::Applicant(AccountKind::StateAgency);
                may(&viewer, Act::JudgeApplicant, &waiting).map_err(UsecaseError::from)?;
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let right = may(&viewer, Act::JudgeApplicant, &Resource::Applicant(account.kind));
                let right = right.map_err(UsecaseError::from)?;
                let version = account.version;
                let command = match &decision {
                    Decision::Approve => AccountCommand::Approve { officer },
                    Decision::Refuse(reason) => AccountCommand::RefuseRegistration { officer, reason: reason.clone() },
                };
                let changed = change(tx, account, &command, now).await.map_err(|error| match error {
                    AccountActError::Refused(AccountRefusal::Closed | AccountRefusal::NotWaiting) => {
                        DecideError::Otherwise
                    }
                    AccountActError::Refused(_) => DecideError::Usecase(UsecaseError::Conflict),
                    AccountActError::Usecase(error) => DecideError::Usecase(error),
                })?;
                if changed.version == version {
                    return Ok(());
                }
                let line = AuditLine {
                    at: now,
                    actor: AuditActor::Officer(officer_id),
                    act: act_of(&decision).to_owned(),
                    subject_kind: "account".to_owned(),
                    subject_id: Some(id.to_string()),
                    basis: Some(basis_of(&right, &decision)),
                    request_id,
                };
                audit::insert(tx, &line).await?;
                tell(tx, &settings, &help, &changed, &decision, ids, now).await?;
                Ok(())
            })
        })
        .await
}

fn act_of(decision: &Decision) -> &'static str {
    match decision {
        Decision::Approve => "approve_account",
        Decision::Refuse(_) => "refuse_account",
    }
}

/// By which right, and why.
fn basis_of(right: &Grant, decision: &Decision) -> String {
    let right = match &right.basis {
        Basis::Officer { role, agency } => format!("{} {agency}", role.as_str()),
        _ => String::new(),
    };
    match decision {
        Decision::Approve => right,
        Decision::Refuse(reason) => format!("{right}: {reason}"),
    }
}

/// Tells the holder by telephone and, when there is an address, by letter, which has room for the whole reason.
async fn tell(
    tx: &mut storage::Tx<'_>,
    settings: &Settings,
    help: &str,
    account: &Account,
    decision: &Decision,
    [first, second]: [MessageId; 2],
    now: Instant,
) -> Result<(), UsecaseError> {
    if let Some(phone) = account.phone.as_ref().filter(|phone| phone.is_mobile()) {
        let text = text_message(&settings.sms_name, account.login.as_str(), decision);
        letters::send_text(tx, first, phone, TEMPLATE, text, None, now).await?;
    }
    if let Some(email) = &account.email {
        letters::send(tx, second, email, &letter(settings, help, account, decision), None, now).await?;
    }
    Ok(())
}

/// Without accents and links, and never longer than one message.
fn text_message(portal: &str, number: &str, decision: &Decision) -> String {
    match decision {
        Decision::Approve => {
            format!("{portal}: tai khoan co quan {number} da duoc phe duyet. Quy vi dang nhap duoc ngay bay gio.")
        }
        Decision::Refuse(reason) => {
            let begun = format!("{portal}: tai khoan co quan {number} khong duoc phe duyet. Ly do: ");
            let plain: String = fold(reason.as_str()).chars().filter(char::is_ascii).collect();
            let room = LONGEST_TEXT.saturating_sub(begun.len());
            match plain.len() <= room {
                true => begun + &plain,
                false => format!("{begun}{}...", plain.chars().take(room.saturating_sub(3)).collect::<String>()),
            }
        }
    }
}

fn letter(settings: &Settings, help: &str, account: &Account, decision: &Decision) -> Letter {
    let (name, number) = (&account.name, &account.login);
    let (portal, portal_en, url) = (&settings.portal_name, &settings.portal_name_en, &settings.public_url);
    let (subject, text) = match decision {
        Decision::Approve => (
            "Tài khoản cơ quan đã được phê duyệt",
            format!(
                "Tài khoản {number} của {name} trên {portal} đã được phê duyệt. Quý vị đăng nhập được tại {url}/dang-nhap.\n\n\
                 {portal}\n\n--\nIn English: the account {number} of {name} on the {portal_en} is approved. \
                 You can sign in at {url}/dang-nhap.\n"
            ),
        ),
        Decision::Refuse(reason) => (
            "Tài khoản cơ quan không được phê duyệt",
            format!(
                "Tài khoản {number} của {name} trên {portal} không được phê duyệt.\n\nLý do: {reason}\n\n\
                 Quý vị có thể đăng ký lại tại {url}/dang-ky. Cần giúp đỡ, hãy gọi {help}.\n\n{portal}\n\n--\n\
                 In English: the account {number} of {name} on the {portal_en} was not approved, for the reason above. \
                 You may register again at {url}/dang-ky. For help call {help}.\n"
            ),
        ),
    };
    Letter { template: TEMPLATE, subject: subject.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_message_is_short_and_plain_whatever_the_reason() {
        let long = Decision::Refuse(Reason::parse(&"Thiếu quyết định thành lập, ".repeat(15)).unwrap());
        let short = Decision::Refuse(Reason::parse("Thiếu quyết định").unwrap());
        for portal in ["Cong DVC quoc gia", "Cong DVC Gia Lai"] {
            for decision in [&Decision::Approve, &long, &short] {
                let text = text_message(portal, "0100109106-001", decision);
                assert!(text.is_ascii() && text.len() <= LONGEST_TEXT, "{} characters: {text}", text.len());
            }
        }
        assert!(text_message("Cong", "0100109106", &short).ends_with("Ly do: thieu quyet dinh"));
    }
}
