//! The accounts' door: the eight steps of the national portal (R26–R36), the seven of the provincial one (R37–R43), signing
//! out, and one's own account.

mod answer;
mod code;
mod delivery_report;
mod moving_on;
mod national;
pub mod oidc;
mod own;
mod personal;
mod providers;
mod recovery;
mod register;
mod represent;
mod second_factors;
mod sign_in;
mod sign_out;
mod stop_recovery;

use axum::Router;
use axum::routing::get;
use web::portal::{Portal, Role};

/// Every address of the accounts' pages.
pub fn routes(role: Role) -> Router<Portal> {
    let doors = match role {
        Role::Province => {
            register::routes().route("/dang-nhap", get(sign_in::show).post(sign_in::enter)).merge(providers::routes())
        }
        Role::National => national::routes().merge(crate::oidc::routes()),
    };
    doors
        .route("/dang-xuat", get(sign_out::show).post(sign_out::leave))
        .route(
            "/bao-phat/sms/{gateway}/{message}/{token}",
            get(delivery_report::told).post(delivery_report::told_by_form),
        )
        .merge(recovery::routes())
        .merge(stop_recovery::routes())
        .merge(own::routes())
        .merge(second_factors::routes())
        .merge(represent::routes())
}
