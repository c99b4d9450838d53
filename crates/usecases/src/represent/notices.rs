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
        Self(Notice::about(app, ctx, "tai khoan vua giao quyen dai dien", "Tài khoản vừa giao quyền đại diện", english))
    }

    /// To the person named: an offer waits.
    pub(super) fn offered(app: &App, ctx: &Ctx, giver: &str) -> Self {
        let fact = format!(
            "{giver} mời quý vị làm đại diện; đăng nhập, mở Tài khoản > Đại diện và ủy quyền. Lời mời được gửi"
        );
        let english = format!("{giver} asks you to represent them; sign in to answer.");
        let rest = "moi quy vi lam dai dien. Dang nhap, mo Tai khoan > Dai dien va uy quyen.";
        let room = LONGEST_TEXT - app.settings().sms_name.chars().count() - ": ".len() - rest.len() - " ".len();
        let name: String = unmarked(giver).chars().filter(char::is_ascii).take(room).collect();
        let plain = format!("{} {rest}", name.trim());
        Self(Notice::about(app, ctx, "", &fact, &english).texted(app, &plain))
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
