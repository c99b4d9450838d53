//! What the old contacts and the new ones are told about a recovery.

use domain::account::Account;
use domain::account::recovery::{Contacts, Recovery, SecondFactorFate};
use domain::ids::MessageId;
use domain::time::Instant;
use storage::Tx;

use super::confirm::StopSecrets;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, Letter, RECOVERY_NOTICE, RECOVERY_STOP};

/// What happened.
pub(super) enum News {
    /// Two officers have spoken: the wait begins. The old contacts get what stops it.
    Begun(StopSecrets),
    /// It has taken effect.
    Applied,
    /// It was stopped, or came to nothing, during the wait.
    Stopped,
    /// It ended before the wait: only the person at the desk knew of it.
    Dropped,
}

/// Everything that a notice needs, drawn before the transaction.
pub(super) struct Notices {
    portal_name: String,
    sms_name: String,
    public_url: String,
    help: String,
    ids: [MessageId; 4],
    now: Instant,
}

/// A notice for one side: the text message, and the letter.
struct Words {
    template: &'static str,
    sms: String,
    letter: Letter,
}

impl Notices {
    pub(super) fn draw(app: &App, ctx: &Ctx) -> Self {
        let id = || MessageId::from_bytes(ctx.random());
        let settings = app.settings();
        Self {
            portal_name: settings.portal_name.clone(),
            sms_name: settings.sms_name.clone(),
            public_url: settings.public_url.clone(),
            help: app.content().rules.help.display.clone(),
            ids: [id(), id(), id(), id()],
            now: ctx.now,
        }
    }

    /// Tells all old contacts and all new ones.
    pub(super) async fn tell(
        &self,
        tx: &mut Tx<'_>,
        recovery: &Recovery,
        account: &Account,
        news: &News,
    ) -> Result<(), UsecaseError> {
        let number = short_number(account);
        let [old_phone, old_email, new_phone, new_email] = self.ids;
        if let Some(words) = self.to_old(recovery, &number, news) {
            self.send(tx, [old_phone, old_email], &recovery.old, words).await?;
        }
        let words = self.to_new(recovery, &number, news);
        self.send(tx, [new_phone, new_email], &proved(recovery), words).await
    }

    async fn send(
        &self,
        tx: &mut Tx<'_>,
        [first, second]: [MessageId; 2],
        to: &Contacts,
        words: Words,
    ) -> Result<(), UsecaseError> {
        if let Some(phone) = to.phone.as_ref().filter(|phone| phone.is_mobile()) {
            letters::send_text(tx, first, phone, words.template, words.sms, None, self.now).await?;
        }
        if let Some(email) = &to.email {
            letters::send(tx, second, email, &words.letter, None, self.now).await?;
        }
        Ok(())
    }

    fn to_old(&self, recovery: &Recovery, number: &str, news: &News) -> Option<Words> {
        let (portal, help) = (&self.sms_name, &self.help);
        let at = recovery.takes_effect_at.map(Instant::vietnamese).unwrap_or_default();
        Some(match news {
            News::Begun(secrets) => self.begun_to_old(recovery, number, &at, secrets),
            News::Applied => {
                let sms = format!(
                    "{portal}: lien he cua tai khoan {number} da duoc doi tai quay, so nay khong con dung cho tai khoan. Neu khong phai quy vi, goi ngay {help}."
                );
                let text = format!(
                    "Tài khoản {number} đã được khôi phục tại Bộ phận Một cửa lúc {}: số điện thoại và email cũ không còn dùng cho tài khoản này, mọi nơi đang đăng nhập đã bị đăng xuất.{}\n\n\
                     Nếu không phải quý vị yêu cầu, hãy gọi ngay {help}.",
                    self.now.vietnamese(),
                    removed_words(recovery),
                );
                let english = format!(
                    "the account {number} has other contacts now, by two officers at a one-stop desk. If it was not you, call {help} at once."
                );
                self.words(RECOVERY_NOTICE, sms, "Tài khoản đã được khôi phục tại quầy", &text, &english)
            }
            News::Stopped => {
                let sms = format!(
                    "{portal}: viec khoi phuc tai khoan {number} tai quay da dung, lien he cua tai khoan khong thay doi. Can giup do, goi {help}."
                );
                let text = format!(
                    "Việc khôi phục tài khoản {number} tại Bộ phận Một cửa đã dừng lúc {}. Số điện thoại và email của tài khoản không thay đổi.\n\n\
                     Nếu quý vị không biết việc này, hãy đổi mật khẩu và gọi {help}.",
                    self.now.vietnamese(),
                );
                let english = format!("the recovery of the account {number} was stopped; nothing has changed.");
                self.words(RECOVERY_NOTICE, sms, "Việc khôi phục tài khoản đã dừng", &text, &english)
            }
            News::Dropped => return None,
        })
    }

    fn begun_to_old(&self, recovery: &Recovery, number: &str, at: &str, secrets: &StopSecrets) -> Words {
        let (portal, help, code) = (&self.sms_name, &self.help, &secrets.code);
        let what = match recovery.second_factors {
            SecondFactorFate::Kept => "se doi lien he",
            SecondFactorFate::Removed => "doi lien he, go khoa 2 lop",
        };
        let sms = format!(
            "{portal}: tai khoan {number} {what} luc {at}. Khong phai quy vi: goi {help}, muc Dung khoi phuc ma {code}"
        );
        let link = format!("{}/khoi-phuc/dung/{}", self.public_url, secrets.token);
        let text = format!(
            "Hai cán bộ tại Bộ phận Một cửa đã nhận đề nghị khôi phục tài khoản {number}. Đến {at}, số điện thoại và email của tài khoản sẽ được thay bằng số điện thoại, email mới, và mọi nơi đang đăng nhập bị đăng xuất.{}\n\n\
             Nếu đúng là quý vị đề nghị, quý vị không phải làm gì.\n\n\
             Nếu KHÔNG phải quý vị, hãy mở liên kết sau và bấm Dừng khôi phục trước {at}:\n{link}\n\n\
             Quý vị cũng có thể gọi {help}, hoặc nhập mã {code} tại {}/khoi-phuc/dung.",
            removed_words(recovery),
            self.public_url,
        );
        let english = format!(
            "two officers at a one-stop desk were asked to recover the account {number}. At {at} its telephone and e-mail will be replaced. If it was not you, open the link above and stop it, or call {help}."
        );
        self.words(RECOVERY_STOP, sms, "Tài khoản của quý vị sắp được khôi phục tại quầy", &text, &english)
    }

    fn to_new(&self, recovery: &Recovery, number: &str, news: &News) -> Words {
        let (portal, help) = (&self.sms_name, &self.help);
        let at = recovery.takes_effect_at.map(Instant::vietnamese).unwrap_or_default();
        let (sms, subject, text, english) = match news {
            News::Begun(_) => (
                format!(
                    "{portal}: de nghi khoi phuc tai khoan {number} da duoc xac nhan, co hieu luc luc {at}. Khi do quy vi vao muc Quen mat khau."
                ),
                "Đề nghị khôi phục tài khoản đã được xác nhận",
                format!(
                    "Đề nghị khôi phục tài khoản {number} đã được hai cán bộ xác nhận và có hiệu lực lúc {at}.\n\nTừ lúc đó, quý vị đặt mật khẩu mới tại {}/quen-mat-khau.",
                    self.public_url
                ),
                format!(
                    "the recovery of the account {number} takes effect at {at}; then set a password at the address above."
                ),
            ),
            News::Applied => (
                format!(
                    "{portal}: tai khoan {number} da dung so nay. Quy vi vao muc Quen mat khau de dat mat khau moi."
                ),
                "Tài khoản đã được khôi phục",
                format!(
                    "Tài khoản {number} đã được khôi phục. Mật khẩu cũ không còn dùng được: quý vị đặt mật khẩu mới tại {}/quen-mat-khau.{}",
                    self.public_url,
                    removed_words(recovery),
                ),
                format!("the account {number} is recovered; set a new password at the address above."),
            ),
            News::Stopped | News::Dropped => (
                format!(
                    "{portal}: de nghi khoi phuc tai khoan {number} da dung, khong co gi thay doi. Moi quy vi den lai quay hoac goi {help}."
                ),
                "Đề nghị khôi phục tài khoản đã dừng",
                format!(
                    "Đề nghị khôi phục tài khoản {number} đã dừng và không có gì thay đổi. Mời quý vị mang thẻ căn cước đến lại Bộ phận Một cửa, hoặc gọi {help}."
                ),
                format!(
                    "the recovery of the account {number} was stopped and nothing has changed; come to the desk again, or call {help}."
                ),
            ),
        };
        self.words(RECOVERY_NOTICE, sms, subject, &text, &english)
    }

    fn words(&self, template: &'static str, sms: String, subject: &str, text: &str, english: &str) -> Words {
        let portal = &self.portal_name;
        let text = format!("{text}\n\n{portal}\n\n--\nIn English: {english}\n");
        Words { template, sms, letter: Letter { template, subject: subject.to_owned(), text } }
    }
}

/// The new contacts of which the person has shown that they are theirs: a mistyped one is somebody else's.
fn proved(recovery: &Recovery) -> Contacts {
    let Recovery { wanted, codes, .. } = recovery;
    Contacts {
        phone: wanted.phone.clone().filter(|_| codes.phone.is_none()),
        email: wanted.email.clone().filter(|_| codes.email.is_none()),
    }
}

fn removed_words(recovery: &Recovery) -> &'static str {
    match recovery.second_factors {
        SecondFactorFate::Kept => "",
        SecondFactorFate::Removed => {
            " Ứng dụng xác thực, khóa truy cập và mã dự phòng của tài khoản cũng bị gỡ, vì người đề nghị báo đã mất."
        }
    }
}

/// The account's number as its holder knows it and nobody else can use it: text messages have little room.
fn short_number(account: &Account) -> String {
    let number = account.login.as_str();
    format!("{}***{}", &number[..3], &number[number.len() - 2..])
}

#[cfg(test)]
mod tests;
