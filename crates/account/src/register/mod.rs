//! *Đăng ký* (R37–R41): who registers, the number alone, password and personal data, then the letter that confirms.
//!
//! Nothing is kept between the pages but what the forms carry, and every page checks everything anew.

mod confirm;
mod correct_email;
mod details;
mod kind;
mod number;
mod waiting;

use axum::Router;
use axum::routing::get;
use domain::account::AccountKind;
use domain::ids::AccountId;
use web::errors::WebError;
use web::portal::Portal;

/// The addresses of registration.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/dang-ky", get(kind::show).post(kind::choose))
        .route("/dang-ky/{kind}", get(number::show).post(number::check))
        .route("/dang-ky/{kind}/thong-tin", get(details::start_over).post(details::register))
        .route("/dang-ky/cho-xac-nhan/{id}", get(waiting::show).post(waiting::resend))
        .route("/dang-ky/cho-xac-nhan/{id}/email", get(correct_email::show).post(correct_email::save))
        .merge(confirmation())
}

/// The address to which the letters' links lead, on either portal.
pub(crate) fn confirmation() -> Router<Portal> {
    Router::new().route("/dang-ky/xac-nhan", get(confirm::show).post(confirm::confirm))
}

/// The page of an account that waits for its confirmation; `after` says what led there.
pub(crate) fn waiting_address(account: AccountId, after: &str) -> String {
    format!("/dang-ky/cho-xac-nhan/{account}?sau={after}")
}

/// The last part of the addresses of one kind of account.
fn path_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Citizen => "cong-dan",
        AccountKind::Enterprise => "doanh-nghiep",
        // The provincial portal has no such accounts (R38).
        AccountKind::StateAgency => "",
    }
}

fn kind_of(path: &str) -> Result<AccountKind, WebError> {
    [AccountKind::Citizen, AccountKind::Enterprise]
        .into_iter()
        .find(|kind| path_of(*kind) == path)
        .ok_or(WebError::NotFound)
}
