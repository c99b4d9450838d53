//! The eight steps of the national portal (R26–R36): who registers and how they are checked, data, the code, the password;
//! then number and password, and a code again.
//!
//! What was entered waits under the identifier of its challenge, which stands in the address; nothing is in the browser.

mod details;
mod kind;
mod new_password;
mod sign_in;

use axum::Router;
use axum::routing::get;
use domain::account::AccountKind;
use usecases::CodePurpose;
use web::errors::WebError;
use web::portal::Portal;

use crate::{code, register};

/// The addresses of registration and sign-in.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/dang-ky", get(kind::show).post(kind::choose))
        .route("/dang-ky/{kind}", get(details::show).post(details::register))
        .route("/dang-ky/mat-khau/{id}", get(new_password::show).post(new_password::save))
        .route("/dang-ky/thanh-cong", get(new_password::done))
        .route("/dang-nhap", get(sign_in::choose))
        .route("/dang-nhap/cong-dvcqg", get(sign_in::show).post(sign_in::enter))
        .merge(register::confirmation())
        .merge(code::routes(CodePurpose::SignUp))
        .merge(code::routes(CodePurpose::SignIn))
}

/// The kinds of account (R27) with the word of the form and the last part of the address.
const KINDS: [(&str, &str, AccountKind); 3] = [
    ("citizen", "cong-dan", AccountKind::Citizen),
    ("enterprise", "doanh-nghiep", AccountKind::Enterprise),
    ("agency", "co-quan-nha-nuoc", AccountKind::StateAgency),
];

fn kind_of(path: &str) -> Result<AccountKind, WebError> {
    let found = KINDS.iter().find(|(_, known, _)| *known == path);
    found.map(|(_, _, kind)| *kind).ok_or(WebError::NotFound)
}

fn path_of(kind: AccountKind) -> &'static str {
    KINDS.iter().find(|(_, _, known)| *known == kind).map_or("", |(_, path, _)| path)
}
