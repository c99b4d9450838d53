//! The letters that go to citizens by e-mail: what each says, in Vietnamese with an English twin below.

use askama::Template;
use domain::account::{Account, AccountStatus};
use domain::codes::{EmailAddress, PhoneNumber, Recipient};
use domain::dossier::{Dossier, RefusalReasons};
use domain::ids::{DossierId, MessageId};
use domain::time::Instant;
use storage::messages::{self, Channel, Message};
use storage::{Tx, accounts, jobs};

use crate::app::{App, Settings};
use crate::change_account::message_ids;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::jobs::SEND_MESSAGE;

/// The template of text messages with a code to type.
pub(crate) const ONE_TIME_CODE: &str = "one_time_code";
/// The same for another password: kept apart, because what becomes of these messages tells whether there is an account.
pub(crate) const RECOVERY_CODE: &str = "recovery_code";
/// The template of messages with what stops a recovery at the desk.
pub(crate) const RECOVERY_STOP: &str = "recovery_stop";
/// The template of the other messages about such a recovery.
pub(crate) const RECOVERY_NOTICE: &str = "recovery_notice";
/// The template of the letter with the link that confirms an address.
const CONFIRM: &str = "confirm";

/// Whether messages of this template hold a secret that nobody but the recipient may know: of it, a digest is stored, and
/// the message must not keep it longer than until it is sent.
pub(crate) fn holds_secret(template: &str) -> bool {
    [ONE_TIME_CODE, RECOVERY_CODE, RECOVERY_STOP, CONFIRM].contains(&template)
}

/// Whether messages of this template carry a code that works for minutes only.
pub(crate) fn holds_code(template: &str) -> bool {
    [ONE_TIME_CODE, RECOVERY_CODE].contains(&template)
}

/// A finished letter: subject and plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Which template it was made from, for the list of messages.
    pub(crate) template: &'static str,
    /// Subject line.
    pub(crate) subject: String,
    /// Plain text.
    pub(crate) text: String,
}

/// What happened to a dossier that its owner is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It went to the reception desk (R57).
    Filed,
    /// It was accepted.
    Accepted,
    /// It was not accepted.
    Refused,
    /// It was processed.
    Finished,
    /// The filer is asked for something.
    SupplementRequested,
    /// What was asked for has arrived.
    SupplementSent,
    /// The filer withdrew it.
    Withdrawn,
    /// The desk has not answered in its time.
    AnswerOverdue,
    /// The desk has written to the filer.
    Remark,
    /// The result was handed over.
    Returned,
}

#[derive(Template)]
#[template(path = "mail/confirm.txt")]
struct Confirm<'a> {
    name: &'a str,
    portal: &'a str,
    portal_en: &'a str,
    link: &'a str,
    hours: i64,
}

#[derive(Template)]
#[template(path = "mail/confirm_address.txt")]
struct ConfirmAddress<'a> {
    name: &'a str,
    portal: &'a str,
    portal_en: &'a str,
    link: &'a str,
    hours: i64,
}

#[derive(Template)]
#[template(path = "mail/filed.txt")]
struct Filed<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    due: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/accepted.txt")]
struct Accepted<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    due: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/refused.txt")]
struct Refused<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    reasons: &'a [String],
    phone: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/finished.txt")]
struct Finished<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/returned.txt")]
struct Returned<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/supplement_requested.txt")]
struct SupplementRequested<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    day: &'a str,
    count: usize,
    phone: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/supplement_sent.txt")]
struct SupplementSent<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    /// Which clock runs again.
    clock: &'a str,
    due: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/answer_overdue.txt")]
struct AnswerOverdue<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    due: &'a str,
    /// Who has it.
    holder: &'a str,
    phone: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/remark.txt")]
struct RemarkNotice<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    agency: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/draft_expires.txt")]
struct DraftExpires<'a> {
    portal: &'a str,
    procedure: &'a str,
    at: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/draft_expired.txt")]
struct DraftExpired<'a> {
    portal: &'a str,
    procedure: &'a str,
    link: &'a str,
}

/// What happens to a draft that nobody changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DraftNews {
    /// It will be deleted at that moment.
    ExpiresAt(Instant),
    /// It was deleted.
    Expired,
}

/// The letter about a draft that nobody changes.
pub(crate) fn about_draft(app: &App, draft: &Dossier, news: DraftNews) -> Result<Letter, UsecaseError> {
    let settings = app.settings();
    let (portal, procedure) = (settings.portal_name.as_str(), short_name(&draft.procedure.name));
    let procedure = procedure.as_str();
    Ok(match news {
        DraftNews::ExpiresAt(at) => {
            let link = format!("{}/ho-so?trang-thai=dang-soan", settings.public_url);
            let text = DraftExpires { portal, procedure, at: &at.vietnamese(), link: &link }.render()?;
            Letter { template: "draft_expires", subject: "Hồ sơ đang soạn sắp bị xóa".to_owned(), text }
        }
        DraftNews::Expired => {
            let link = format!("{}/thu-tuc/{}", settings.public_url, draft.procedure.code);
            let text = DraftExpired { portal, procedure, link: &link }.render()?;
            Letter { template: "draft_expired", subject: "Hồ sơ đang soạn đã bị xóa".to_owned(), text }
        }
    })
}

#[derive(Template)]
#[template(path = "mail/withdrawn.txt")]
struct Withdrawn<'a> {
    name: &'a str,
    portal: &'a str,
    code: &'a str,
    procedure: &'a str,
    agency: &'a str,
    at: &'a str,
    phone: &'a str,
    link: &'a str,
}

/// The letter with the link that confirms an address, and with it the account when that waits for it (R41).
pub(crate) fn confirm(settings: &Settings, account: &Account, token: &str) -> Result<Letter, UsecaseError> {
    let (name, portal, portal_en) = (account.name.as_str(), settings.portal_name.as_str(), &settings.portal_name_en);
    let link = &format!("{}/dang-ky/xac-nhan?ma={token}", settings.public_url);
    let hours = settings.confirmation_hours;
    let (what, text) = match account.status {
        AccountStatus::PendingConfirmation => ("tài khoản", Confirm { name, portal, portal_en, link, hours }.render()?),
        AccountStatus::PendingApproval | AccountStatus::Active | AccountStatus::Closed => {
            ("địa chỉ email", ConfirmAddress { name, portal, portal_en, link, hours }.render()?)
        }
    };
    Ok(Letter { template: CONFIRM, subject: format!("Xác nhận {what} trên {portal}"), text })
}

/// Where news of dossiers go: to the confirmed mailbox, else to the confirmed telephone, when there is one.
pub(crate) fn news_recipient(filer: &Account) -> Option<Recipient> {
    let email = filer.email.clone().filter(|_| filer.email_confirmed_at.is_some());
    let phone = filer.phone.clone().filter(|phone| phone.is_mobile() && filer.phone_confirmed_at.is_some());
    email.map(Recipient::Email).or(phone.map(Recipient::Phone))
}

/// Tells the filer what happened, in the transaction of the act itself: the message, and the job that sends it.
pub(crate) async fn tell_filer(
    tx: &mut Tx<'_>,
    app: &App,
    dossier: &Dossier,
    news: News,
    id: MessageId,
    now: Instant,
) -> Result<(), UsecaseError> {
    let Some(filer) = accounts::find(tx, dossier.filer).await? else { return Ok(()) };
    match news_recipient(&filer) {
        Some(Recipient::Email(email)) => {
            let letter = about(app, dossier, filer.name.as_str(), news)?;
            send(tx, id, &email, &letter, Some(dossier.id), now).await
        }
        // What the person waits for, or must act upon, finds its way also without a mailbox; the rest is on the page.
        Some(Recipient::Phone(phone)) => match plain_text_about(app, dossier, news) {
            Some(text) => send_text(tx, id, &phone, DOSSIER_NEWS, text, Some(dossier.id), now).await,
            None => Ok(()),
        },
        None => Ok(()),
    }
}

/// Stores the message and the job that sends it.
pub(crate) async fn send(
    tx: &mut Tx<'_>,
    id: MessageId,
    to: &EmailAddress,
    letter: &Letter,
    dossier: Option<DossierId>,
    now: Instant,
) -> Result<(), UsecaseError> {
    let message = Message {
        id,
        channel: Channel::Email,
        template: letter.template.to_owned(),
        to: to.as_str().to_owned(),
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        dossier,
        created_at: now,
    };
    messages::insert(tx, &message).await?;
    jobs::enqueue(tx, SEND_MESSAGE, &id.to_string(), now).await?;
    Ok(())
}

/// Stores a text message and the job that sends it. It has no accents and no links: carriers cut the ones and refuse the
/// others (domain.md §5.6).
pub(crate) async fn send_text(
    tx: &mut Tx<'_>,
    id: MessageId,
    to: &PhoneNumber,
    template: &'static str,
    text: String,
    dossier: Option<DossierId>,
    now: Instant,
) -> Result<(), UsecaseError> {
    let message = Message {
        id,
        channel: Channel::Sms,
        template: template.to_owned(),
        to: to.as_str().to_owned(),
        subject: String::new(),
        text,
        dossier,
        created_at: now,
    };
    messages::insert(tx, &message).await?;
    jobs::enqueue(tx, SEND_MESSAGE, &id.to_string(), now).await?;
    Ok(())
}

/// Tells a holder what happened to their account, wherever they can be reached.
pub(crate) struct Notice {
    ids: [MessageId; 2],
    text: String,
    letter: Letter,
}

impl Notice {
    /// A notice: the fact without accents for a text message, and with them for a letter.
    pub(crate) fn draw(app: &App, ctx: &Ctx, plain: &str, fact: &str) -> Self {
        Self::about(app, ctx, plain, fact, "Your account was changed.")
    }

    /// The same for what did not change the account itself, with its own English sentence.
    pub(crate) fn about(app: &App, ctx: &Ctx, plain: &str, fact: &str, english: &str) -> Self {
        let settings = app.settings();
        let help = &app.content().rules.help.display;
        let text = format!("{}: {plain}. Neu khong phai quy vi, goi ngay {help}.", settings.sms_name);
        let letter = Letter {
            template: NOTICE,
            subject: fact.to_owned(),
            text: format!(
                "{fact} lúc {}.\n\nNếu không phải quý vị làm việc này, hãy gọi ngay {help}.\n\n{}\n\n--\n\
                 In English: {english} If it was not you, call {help} at once.\n",
                ctx.now.vietnamese(),
                settings.portal_name
            ),
        };
        Self { ids: message_ids(ctx), text, letter }
    }

    /// A notice in words of its own; the text message begins with the portal's name.
    pub(crate) fn written(app: &App, ctx: &Ctx, plain: &str, subject: String, text: String) -> Self {
        let plain = format!("{}: {plain}", app.settings().sms_name);
        Self { ids: message_ids(ctx), text: plain, letter: Letter { template: NOTICE, subject, text } }
    }

    /// Sends it to the confirmed mailbox of the account, or when it has none, to the telephone: what happens often must not
    /// cost a text message each time.
    pub(crate) async fn tell_quietly(
        self,
        tx: &mut Tx<'_>,
        account: &Account,
        now: Instant,
    ) -> Result<(), UsecaseError> {
        match account.email.as_ref().filter(|_| account.email_confirmed_at.is_some()) {
            Some(email) => send(tx, self.ids[1], email, &self.letter, None, now).await,
            None => self.tell(tx, account, now).await,
        }
    }

    /// Sends it to the confirmed telephone and the confirmed mailbox of the account.
    pub(crate) async fn tell(self, tx: &mut Tx<'_>, account: &Account, now: Instant) -> Result<(), UsecaseError> {
        let [first, second] = self.ids;
        if let Some(phone) =
            account.phone.as_ref().filter(|phone| phone.is_mobile() && account.phone_confirmed_at.is_some())
        {
            send_text(tx, first, phone, NOTICE, self.text, None, now).await?;
        }
        if let Some(email) = account.email.as_ref().filter(|_| account.email_confirmed_at.is_some()) {
            send(tx, second, email, &self.letter, None, now).await?;
        }
        Ok(())
    }
}

const NOTICE: &str = "account_notice";
/// The template of text messages about a dossier.
const DOSSIER_NEWS: &str = "dossier_news";

/// The text message for those without a mailbox; only what they wait for, or must act upon, has one.
fn plain_text_about(app: &App, dossier: &Dossier, news: News) -> Option<String> {
    let (name, code) = (&app.settings().sms_name, dossier.code.as_ref()?);
    match news {
        News::SupplementRequested => {
            let day = dossier.open_supplement()?.respond_by.vietnamese();
            Some(format!("{name}: ho so {code} can bo sung truoc het ngay {day}. Dang nhap, mo muc Ho so cua toi."))
        }
        News::AnswerOverdue => {
            let phone = &app.content().rules.help.display;
            Some(format!("{name}: co quan chua tra loi ho so {code} dung han. Xin loi quy vi. Hoi: {phone}."))
        }
        News::Refused => Some(format!("{name}: ho so {code} khong duoc tiep nhan. Dang nhap, mo muc Ho so cua toi.")),
        News::Finished => Some(format!("{name}: ho so {code} da giai quyet xong. Dang nhap, mo muc Ho so cua toi.")),
        News::Filed | News::Accepted | News::SupplementSent | News::Withdrawn | News::Remark | News::Returned => None,
    }
}

fn about(app: &App, dossier: &Dossier, name: &str, news: News) -> Result<Letter, UsecaseError> {
    let settings = app.settings();
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let link = format!("{}/ho-so/{code}", settings.public_url);
    let (portal, procedure, agency) =
        (settings.portal_name.as_str(), short_name(&dossier.procedure.name), dossier.agency.name.as_str());
    let procedure = procedure.as_str();
    let (code, link) = (code.as_str(), link.as_str());
    let at = |at: Option<Instant>| at.map(Instant::vietnamese).unwrap_or_default();
    let (template, what, text) = match news {
        News::Filed => {
            let (at, due) = (at(dossier.filed_at), at(dossier.answer_due_at));
            let text = Filed { name, portal, code, procedure, agency, at: &at, due: &due, link }.render()?;
            ("filed", "đã được chuyển đến bộ phận tiếp nhận hồ sơ", text)
        }
        News::Accepted => {
            let due = at(dossier.due.as_ref().map(|due| due.due_at));
            let text =
                Accepted { name, portal, code, procedure, agency, at: &at(dossier.accepted_at), due: &due, link }
                    .render()?;
            ("accepted", "đã được tiếp nhận", text)
        }
        News::Refused => {
            let phone = app.help_phone(&dossier.agency.code);
            let reasons = dossier.refusal.as_ref().map(RefusalReasons::items).unwrap_or_default();
            let text = Refused { name, portal, code, procedure, agency, reasons, phone: &phone, link }.render()?;
            ("refused", "không được tiếp nhận", text)
        }
        News::Finished => {
            let text =
                Finished { name, portal, code, procedure, agency, at: &at(dossier.finished_at), link }.render()?;
            ("finished", "đã giải quyết xong", text)
        }
        News::SupplementRequested => {
            let phone = app.help_phone(&dossier.agency.code);
            let open = dossier.open_supplement().ok_or(UsecaseError::Broken("a request that is not open"))?;
            let (day, count) = (open.respond_by.vietnamese(), open.request.items().len());
            let text =
                SupplementRequested { name, portal, code, procedure, agency, day: &day, count, phone: &phone, link }
                    .render()?;
            ("supplement_requested", "cần bổ sung", text)
        }
        News::SupplementSent => {
            let (clock, due) = match dossier.accepted_at {
                Some(_) => ("Hẹn trả kết quả", dossier.due.as_ref().map(|due| due.due_at)),
                None => ("Cơ quan trả lời về việc tiếp nhận chậm nhất lúc", dossier.answer_due_at),
            };
            let text = SupplementSent { name, portal, code, procedure, agency, clock, due: &at(due), link }.render()?;
            ("supplement_sent", "đã được bổ sung", text)
        }
        News::Remark => {
            let text = RemarkNotice { name, portal, code, agency, link }.render()?;
            ("remark", "có trao đổi mới", text)
        }
        News::AnswerOverdue => {
            let (due, phone) = (at(dossier.answer_due_at), app.help_phone(&dossier.agency.code));
            let officer = dossier.holder.as_ref().and_then(|holder| holder.officer.as_ref());
            let holder = officer.map_or_else(|| agency.to_owned(), |officer| format!("{}, {agency}", officer.name));
            let text = AnswerOverdue {
                name,
                portal,
                code,
                procedure,
                agency,
                due: &due,
                holder: &holder,
                phone: &phone,
                link,
            }
            .render()?;
            ("answer_overdue", "chưa được trả lời đúng hạn", text)
        }
        News::Withdrawn => {
            let phone = app.help_phone(&dossier.agency.code);
            let withdrawn_at = at(dossier.withdrawal.as_ref().map(|withdrawal| withdrawal.at));
            let text =
                Withdrawn { name, portal, code, procedure, agency, at: &withdrawn_at, phone: &phone, link }.render()?;
            ("withdrawn", "đã được rút", text)
        }
        News::Returned => {
            let text =
                Returned { name, portal, code, procedure, agency, at: &at(dossier.returned_at), link }.render()?;
            ("returned", "đã có kết quả", text)
        }
    };
    Ok(Letter { template, subject: format!("Hồ sơ {code} {what}"), text })
}

/// A procedure's name behind the words *Thủ tục:*, without saying them twice.
pub(crate) fn short_name(name: &str) -> String {
    let short = name.strip_prefix("Thủ tục ").unwrap_or(name);
    let mut letters = short.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_procedure_is_not_said_twice() {
        assert_eq!(short_name("Thủ tục đăng ký khai sinh"), "Đăng ký khai sinh");
        assert_eq!(short_name("Cấp bản sao trích lục hộ tịch"), "Cấp bản sao trích lục hộ tịch");
        assert_eq!(short_name("Thủ tục "), "");
        assert_eq!(short_name(""), "");
    }
}
