//! What both sides are told about a representation.

use domain::account::{Account, AccountKind, AccountStatus};
use domain::time::Instant;
use storage::Tx;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;

/// One notice for one side.
pub(super) struct RepresentationNotice(Notice);

impl RepresentationNotice {
    /// To the giver: an offer was made.
    pub(super) fn given(app: &App, ctx: &Ctx) -> Self {
        let english = "Somebody was asked to represent you on the portal.";
        Self(Notice::about(app, ctx, "tai khoan vua giao quyen dai dien", "Tài khoản vừa giao quyền đại diện", english))
    }

    /// To the person named: an offer waits.
    pub(super) fn offered(app: &App, ctx: &Ctx) -> Self {
        let plain = "co nguoi moi quy vi dai dien cho ho. Dang nhap, vao muc Dai dien de xem";
        let fact = "Có người mời quý vị làm đại diện cho họ; đăng nhập rồi mở mục Đại diện để xem. Lời mời được gửi";
        Self(Notice::about(app, ctx, plain, fact, "Somebody asks you to represent them; sign in to answer."))
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
