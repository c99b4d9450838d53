//! `/tai-khoan/dai-dien`: who acts for whom: giving, accepting, acting, ending, and the children one files for.

mod acting;
mod answer;
mod child;
mod give;
mod journal;
mod overview;

use axum::Router;
use axum::routing::{get, post};
use domain::representation::{Right, Tie};
use domain::time::Day;
use web::fields::Fields;
use web::i18n::TextKey;
use web::input::Input;
use web::portal::Portal;

/// The page that shows everything about representation.
const OVERVIEW: &str = "/tai-khoan/dai-dien";

/// The addresses of representation.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/tai-khoan/dai-dien", get(overview::show))
        .route("/tai-khoan/dai-dien/giao", get(give::show).post(give::save))
        .route("/tai-khoan/dai-dien/con", get(child::show).post(child::save))
        .route("/tai-khoan/dai-dien/nhat-ky", get(journal::show))
        .route("/tai-khoan/dai-dien/thoi", post(acting::stop))
        .route("/tai-khoan/dai-dien/{id}/lam-viec-thay", post(acting::start))
        .route("/tai-khoan/dai-dien/{id}/nhan", post(answer::accept))
        .route("/tai-khoan/dai-dien/{id}/ket-thuc", get(overview::ask_end).post(answer::end))
}

fn tie_text(tie: Tie) -> TextKey {
    match tie {
        Tie::Member => TextKey("represent-tie-member"),
        Tie::Delegate => TextKey("represent-tie-delegate"),
        Tie::Mandate => TextKey("represent-tie-mandate"),
        Tie::Guardian => TextKey("represent-tie-guardian"),
    }
}

fn right_text(right: Right) -> TextKey {
    match right {
        Right::View => TextKey("represent-right-view"),
        Right::File => TextKey("represent-right-file"),
        Right::ManageMembers => TextKey("represent-right-manage"),
    }
}

/// A day in three boxes; nothing when all are empty, and a refusal when they are no day.
fn read_day(input: &mut Input<'_>, fields: &Fields, field: &str) -> Option<Day> {
    let [day, month, year] = ["day", "month", "year"].map(|part| fields.text(&format!("{field}.{part}")));
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return None;
    }
    let found = Day::parse_vietnamese(&format!("{day}/{month}/{year}")).ok();
    if found.is_none() {
        input.refuse(field, "represent-day-wrong");
    }
    found
}

/// The names of the boxes of these days, to be shown again as they were entered.
fn boxes(days: &[&str]) -> Vec<String> {
    days.iter().flat_map(|day| ["day", "month", "year"].map(|part| format!("{day}.{part}"))).collect()
}
