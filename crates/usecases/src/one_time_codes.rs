//! Codes that go to a telephone or a mailbox and come back typed (R31, R35): sending, sending again, judging.

use domain::account::{Answer, Challenge, CodeRules, OneTimeCode, ResendRefusal};
use domain::codes::Recipient;
use domain::ids::{AccountId, MessageId, OneTimeCodeId};
use domain::time::Instant;
use storage::messages::{self, Channel, Progress};
use storage::one_time_codes::{self, Purpose, StoredChallenge};
use storage::{StorageError, Tx};

use crate::app::{App, Settings};
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, Letter};
use crate::limits;

/// A challenge is remembered for an hour, so that a late code is told from an unknown one.
const KEPT_MILLIS: i64 = 60 * 60_000;

/// Why a typed code opened nothing.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// There is no such challenge, or it is forgotten: one starts anew.
    #[error("there is no such challenge")]
    Unknown,
    /// It was judged, and it is not the right one, or no longer.
    #[error("the code is not right: {0:?}")]
    Refused(Answer),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for CodeError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// Why no other code was sent.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// There is no such challenge, or it is forgotten: one starts anew.
    #[error("there is no such challenge")]
    Unknown,
    /// Not now, or not any more.
    #[error("no other code is sent: {0:?}")]
    Refused(ResendRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for ResendError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// What the page that asks for a code shows.
#[derive(Clone, Debug)]
pub struct WaitingCode {
    /// Where the code went, as far as it may be shown.
    pub masked_recipient: String,
    /// It went to a mailbox, not to a telephone.
    pub by_email: bool,
    /// Whose it is, once there is an account.
    pub account: Option<AccountId>,
    /// How long a code works, in minutes.
    pub minutes: i64,
    /// How many seconds until another may be sent; none when it may be sent now or never.
    pub resend_after_seconds: Option<i64>,
    /// It was typed already.
    pub is_met: bool,
    /// Why the code has not come, as far as it is known and may be told.
    pub trouble: Option<CodeTrouble>,
}

/// Why a code has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTrouble {
    /// The gateways, or the mail server, do not take it at present; it is tried again.
    Delayed,
    /// It was refused for good, or the gateway says that the telephone does not get it.
    Undelivered,
    /// Codes come late at present; whether there is one for this visitor is not told.
    Busy,
}

/// How long a failure to send counts as trouble that others may meet, in milliseconds.
const TROUBLE_MILLIS: i64 = 10 * 60_000;

/// A challenge with its first code, ready to be stored in one transaction.
pub(crate) struct NewChallenge {
    stored: StoredChallenge,
    message: MessageId,
    text: CodeText,
}

impl NewChallenge {
    pub(crate) fn draw(
        app: &App,
        ctx: &Ctx,
        purpose: Purpose,
        account: Option<AccountId>,
        recipient: Recipient,
    ) -> Self {
        let id = OneTimeCodeId::from_bytes(ctx.random());
        let code = OneTimeCode::draw(ctx.random());
        let challenge = Challenge { id, digest: code.digest(id), tries: 0, sends: 1, sent_at: ctx.now, met_at: None };
        Self {
            stored: StoredChallenge { challenge, purpose, account, recipient },
            message: MessageId::from_bytes(ctx.random()),
            text: CodeText::write(app.settings(), purpose, &code),
        }
    }

    pub(crate) fn id(&self) -> OneTimeCodeId {
        self.stored.challenge.id
    }

    pub(crate) async fn send(self, tx: &mut Tx<'_>) -> Result<(), UsecaseError> {
        let now = self.stored.challenge.sent_at;
        one_time_codes::insert(tx, &self.stored, now.plus_millis(KEPT_MILLIS)).await?;
        self.text.send(tx, self.stored.challenge.id, self.message, &self.stored.recipient, now).await
    }

    /// Keeps the challenge and sends nothing: what somebody sees who asks for the code of an account that does not exist.
    pub(crate) async fn pretend(self, tx: &mut Tx<'_>) -> Result<(), UsecaseError> {
        let now = self.stored.challenge.sent_at;
        Ok(one_time_codes::insert(tx, &self.stored, now.plus_millis(KEPT_MILLIS)).await?)
    }
}

/// The challenge of the address, for the page that asks for its code.
pub async fn find_waiting_code(
    app: &App,
    ctx: &Ctx,
    id: OneTimeCodeId,
    purpose: Purpose,
) -> Result<Option<WaitingCode>, UsecaseError> {
    let now = ctx.now;
    let found = app.db().read(move |tx| {
        Box::pin(async move {
            let found = one_time_codes::find(tx, id, now).await?.filter(|found| found.purpose == purpose);
            let Some(found) = found else { return Ok(None) };
            let trouble = find_trouble(tx, &found, now).await?;
            Ok::<_, UsecaseError>(Some((found, trouble)))
        })
    });
    let rules = app.settings().codes;
    Ok(found.await?.map(|(found, trouble)| WaitingCode {
        masked_recipient: found.recipient.masked(),
        by_email: matches!(found.recipient, Recipient::Email(_)),
        account: found.account,
        minutes: rules.minutes,
        resend_after_seconds: match found.challenge.may_resend(&rules, now) {
            Err(ResendRefusal::Wait { seconds }) => Some(seconds),
            _ => None,
        },
        is_met: found.challenge.met_at.is_some(),
        trouble,
    }))
}

/// What hinders the code. Who forgot a password is told what others meet at present, never what became of a message: that
/// there is one would tell that there is an account.
async fn find_trouble(
    tx: &mut Tx<'_>,
    found: &StoredChallenge,
    now: Instant,
) -> Result<Option<CodeTrouble>, StorageError> {
    if found.purpose == Purpose::NewPassword {
        let since = now.plus_millis(-TROUBLE_MILLIS);
        let delayed = messages::count_delayed(tx, Channel::Sms, letters::RECOVERY_CODE, since).await?;
        return Ok((delayed > 0).then_some(CodeTrouble::Busy));
    }
    let Some(message) = one_time_codes::find_message(tx, found.challenge.id).await? else { return Ok(None) };
    Ok(match messages::find_progress(tx, message).await? {
        Some(Progress::Delayed) => Some(CodeTrouble::Delayed),
        Some(Progress::Undelivered | Progress::GivenUp) => Some(CodeTrouble::Undelivered),
        Some(Progress::Waiting | Progress::Sent | Progress::Delivered) | None => None,
    })
}

/// Judges a typed code inside the caller's transaction, which must be committed in either case: a wrong code counts.
pub(crate) async fn judge(
    tx: &mut Tx<'_>,
    id: OneTimeCodeId,
    purpose: Purpose,
    code: &OneTimeCode,
    rules: &CodeRules,
    now: Instant,
) -> Result<Result<StoredChallenge, CodeError>, UsecaseError> {
    let found = one_time_codes::begin_try(tx, id, now).await?;
    let Some(found) = found.filter(|found| found.purpose == purpose) else { return Ok(Err(CodeError::Unknown)) };
    match found.challenge.answer(code, rules, now) {
        Answer::Right => {
            one_time_codes::meet(tx, id, now).await?;
            Ok(Ok(found))
        }
        answer => Ok(Err(CodeError::Refused(answer))),
    }
}

/// Sends another code; the one before is void.
pub async fn resend_code(app: &App, ctx: &Ctx, id: OneTimeCodeId, purpose: Purpose) -> Result<(), ResendError> {
    let now = ctx.now;
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(one_time_codes::find(tx, id, now).await?) }));
    let found = found.await?.filter(|found| found.purpose == purpose).ok_or(ResendError::Unknown)?;
    found.challenge.may_resend(&app.settings().codes, now).map_err(ResendError::Refused)?;
    limits::check_code(app, ctx, purpose, found.account, &found.recipient).await?;
    let code = OneTimeCode::draw(ctx.random());
    let text = CodeText::write(app.settings(), purpose, &code);
    // A challenge that pretends to be an account's goes on pretending.
    let pretends = purpose == Purpose::NewPassword && found.account.is_none();
    let message = MessageId::from_bytes(ctx.random());
    let sent = app.db().write(move |tx| {
        Box::pin(async move {
            let (challenge, digest) = (&found.challenge, code.digest(id));
            one_time_codes::resend(tx, challenge, digest, now, now.plus_millis(KEPT_MILLIS)).await?;
            if pretends {
                return Ok(());
            }
            text.send(tx, id, message, &found.recipient, now).await
        })
    });
    match sent.await {
        Ok(()) => Ok(()),
        // Pressed twice: the other press has sent one.
        Err(UsecaseError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// A code in the words of a text message and of a letter.
struct CodeText {
    template: &'static str,
    sms: String,
    letter: Letter,
}

impl CodeText {
    fn write(settings: &Settings, purpose: Purpose, code: &OneTimeCode) -> Self {
        let (plain, what) = match purpose {
            Purpose::SignUp => ("dang ky tai khoan", "đăng ký tài khoản"),
            Purpose::SignIn => ("dang nhap", "đăng nhập"),
            Purpose::ChangePhone => ("doi so dien thoai", "đổi số điện thoại"),
            Purpose::ChangeEmail => ("doi dia chi email", "đổi địa chỉ email"),
            Purpose::NewPassword => ("dat lai mat khau", "đặt lại mật khẩu"),
            Purpose::Recovery => ("khoi phuc tai khoan", "khôi phục tài khoản"),
        };
        let template = match purpose {
            Purpose::NewPassword => letters::RECOVERY_CODE,
            _ => letters::ONE_TIME_CODE,
        };
        let (minutes, digits, portal) = (settings.codes.minutes, code.as_str(), &settings.portal_name);
        let (warning, warned, english) = match purpose {
            Purpose::Recovery => (
                AT_THE_DESK,
                "Chỉ đọc mã này cho cán bộ đang phục vụ quý vị tại Bộ phận Một cửa",
                "Read it out only to the officer at the desk",
            ),
            _ => (TO_NOBODY, "Tuyệt đối không đưa mã này cho bất kỳ ai", "Never give it to anybody"),
        };
        Self {
            template,
            sms: sms_text(&settings.sms_name, plain, digits, minutes, warning),
            letter: Letter {
                template,
                subject: format!("Mã OTP {what}"),
                text: format!(
                    "Mã OTP {what} của quý vị là {digits}, có hiệu lực trong {minutes} phút.\n\n\
                     {warned}. Nếu không phải quý vị yêu cầu, hãy bỏ qua thư này.\n\n\
                     {portal}\n\n--\nIn English: your confirmation code is {digits}; it works for {minutes} minutes. \
                     {english}.\n"
                ),
            },
        }
    }

    async fn send(
        self,
        tx: &mut Tx<'_>,
        challenge: OneTimeCodeId,
        id: MessageId,
        recipient: &Recipient,
        now: Instant,
    ) -> Result<(), UsecaseError> {
        match recipient {
            Recipient::Phone(phone) => letters::send_text(tx, id, phone, self.template, self.sms, None, now).await?,
            Recipient::Email(email) => letters::send(tx, id, email, &self.letter, None, now).await?,
        }
        Ok(one_time_codes::note_message(tx, challenge, id).await?)
    }
}

/// Whom a code is for: nobody but its reader, or the officer before whom its reader stands.
const TO_NOBODY: &str = "Tuyet doi khong dua ma nay cho bat ky ai";
const AT_THE_DESK: &str = "Chi doc ma nay cho can bo dang phuc vu tai quay";

/// A text message has no accents and no links, at most 160 characters, and says first what the code is for.
fn sms_text(name: &str, what: &str, code: &str, minutes: i64, warning: &str) -> String {
    format!("{name}: Ma OTP {what} la {code}, co hieu luc {minutes} phut. {warning}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_short_plain_and_has_no_link() {
        for name in ["Cong DVC quoc gia", "Cong DVC Gia Lai"] {
            for (what, warning) in [
                ("dang ky tai khoan", TO_NOBODY),
                ("doi so dien thoai", TO_NOBODY),
                ("doi dia chi email", TO_NOBODY),
                ("khoi phuc tai khoan", AT_THE_DESK),
            ] {
                let text = sms_text(name, what, "123456", 15, warning);
                assert!(text.is_ascii() && text.len() <= 160, "{} characters: {text}", text.len());
                assert!(!text.contains("http") && !text.contains("www"), "{text}");
            }
        }
    }
}
