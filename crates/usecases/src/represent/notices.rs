//! What both sides are told about a representation.

use domain::account::{Account, AccountKind, AccountStatus};
use domain::time::Instant;
use storage::Tx;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;
use crate::sessions::unmarked;

/// The most characters of one text message.
const LONGEST_TEXT: usize = 160;

/// One notice for one side.
pub(super) struct RepresentationNotice(Notice);

impl RepresentationNotice {
    /// To the giver: an offer was made.
    pub(super) fn given(app: &App, ctx: &Ctx) -> Self {
        let english = "Somebody was asked to represent you on the portal.";
        Self(Notice::about(
            app,
            ctx,
            "tai khoan vua moi nguoi lam dai dien",
            "Tài khoản của quý vị vừa mời một người làm đại diện",
            english,
        ))
    }

    /// To the person named: an offer waits.
    pub(super) fn offered(app: &App, ctx: &Ctx, giver: &str) -> Self {
        let settings = app.settings();
        let (portal, portal_en) = (&settings.portal_name, &settings.portal_name_en);
        let link = format!("{}/tai-khoan/dai-dien", settings.public_url);
        let (at, help) = (ctx.now.vietnamese(), &app.content().rules.help.display);
        let subject = format!("{giver} mời quý vị làm đại diện");
        let text = format!(
            "{giver} mời quý vị làm đại diện trên {portal}. Lời mời được gửi lúc {at}.\n\n\
             Quý vị đăng nhập, mở mục Tài khoản, chọn Đại diện và ủy quyền để xem được giao những quyền gì, rồi nhận hoặc \
             từ chối:\n\n{link}\n\n\
             Quý vị không bắt buộc phải nhận; khi chưa nhận thì chưa có gì thay đổi. Nếu không biết người mời là ai, quý vị \
             hãy từ chối, hoặc gọi {help} để hỏi.\n\n{portal}\n\n--\n\
             In English: {giver} invites you to represent them on the {portal_en}. Please sign in and open the address above \
             to see which rights are offered, and to accept or decline. You need not accept; nothing changes until you do. \
             If you do not know who invites you, decline, or call {help}.\n"
        );
        let rest = "moi quy vi lam dai dien. Dang nhap, mo Tai khoan > Dai dien va uy quyen.";
        let room = LONGEST_TEXT - app.settings().sms_name.chars().count() - ": ".len() - rest.len() - " ".len();
        let name: String = unmarked(giver).chars().filter(char::is_ascii).take(room).collect();
        let plain = format!("{} {rest}", name.trim());
        Self(Notice::written(app, ctx, &plain, subject, text))
    }

    /// To both sides: it was accepted.
    pub(super) fn accepted(app: &App, ctx: &Ctx) -> Self {
        let english = "A representation was accepted.";
        Self(Notice::about(app, ctx, "mot viec dai dien vua duoc nhan", "Một việc đại diện vừa được nhận", english))
    }

    /// To both sides: it was ended.
    pub(super) fn ended(app: &App, ctx: &Ctx) -> Self {
        let english = "A representation has ended.";
        Self(Notice::about(app, ctx, "mot viec dai dien vua ket thuc", "Một việc đại diện vừa kết thúc", english))
    }

    /// Sends it to the account.
    pub(super) async fn send(self, tx: &mut Tx<'_>, account: &Account, now: Instant) -> Result<(), UsecaseError> {
        self.0.tell(tx, account, now).await
    }
}

/// Sends a notice to whoever can sign in and answer it.
pub(super) async fn tell(
    tx: &mut Tx<'_>,
    notice: RepresentationNotice,
    account: &Account,
    now: Instant,
) -> Result<(), UsecaseError> {
    match (account.status, account.kind) {
        (AccountStatus::Active, AccountKind::Citizen | AccountKind::Enterprise) => notice.send(tx, account, now).await,
        _ => Ok(()),
    }
}
