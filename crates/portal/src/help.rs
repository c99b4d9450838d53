//! The help page: whom to call, and how to register and to file in the steps of the leaflet (R43–R45, section G).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use usecases::file_kind::FileKind;
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::{Portal, Role};
use web::shell;
use web::view::filters;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::procedure::hours;

/// The address of the help page.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/ho-tro", get(show))
}

#[derive(Template)]
#[template(path = "portal/help.html")]
struct HelpPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    is_national: bool,
    hours: String,
    answer_hours: u32,
    recovery_days: u32,
    kinds: String,
    most_bytes: u64,
    most_files: usize,
}

async fn show(State(portal): State<Portal>, visitor: Visitor, headers: HeaderMap) -> Result<Response, WebError> {
    let make = || {
        let (content, settings) = (portal.app().content(), portal.app().settings());
        Ok(HelpPage {
            page: visitor.page(&portal).in_section(Section::Help),
            t: visitor.texts(),
            is_national: portal.settings().role == Role::National,
            hours: hours(content),
            answer_hours: content.rules.answer_within_working_hours,
            recovery_days: content.rules.account_recovery.waiting_days(),
            kinds: kinds(),
            most_bytes: settings.upload_limit_bytes,
            most_files: settings.most_files,
        })
    };
    shell::cached_html(&portal, &visitor, &headers, make)
}

/// `PDF, JPG, PNG, …`
fn kinds() -> String {
    // The longer ending where there are two of a kind: TIFF is known better than TIF, and JPG better than JPEG.
    let ending = |kind: &FileKind| match kind {
        FileKind::Tiff => Some("tiff"),
        kind => kind.endings().first().copied(),
    };
    FileKind::ALL.iter().filter_map(ending).map(str::to_uppercase).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_file_are_told_by_their_endings() {
        assert!(kinds().starts_with("PDF, JPG, PNG"));
    }
}
