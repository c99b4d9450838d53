//! The page of one procedure: everything that is published about it (R3, R14), and the way to file (R52).

mod budget;
mod outline;
mod page;
mod part;
mod piece;
mod section;
mod words;

#[cfg(test)]
mod all_pages;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use content::Content;
use domain::catalogue::ProcedureSummary;
use domain::codes::{AgencyCode, ProcedureCode, ProcedureInstance};
use web::errors::WebError;
use web::fields::Fields;
use web::portal::Portal;
use web::shell;
use web::visitor::Visitor;

pub(crate) use page::{hours, level_name, level_tag, vi};
pub(crate) use words::limit;

use page::{Input, PartPage, ProcedurePage};
use part::Part;

/// The addresses of a procedure.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/thu-tuc/{code}", get(show)).route("/thu-tuc/{code}/{part}", get(show_part))
}

async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let Path(typed) = path.map_err(|_| WebError::NotFound)?;
    let procedure = find(portal.app().content(), &typed).ok_or(WebError::NotFound)?;
    if procedure.code.as_str() != typed {
        return Ok(go_to(&format!("/thu-tuc/{}", procedure.code), query.as_deref()));
    }
    let asked = Fields::of_query(query.as_deref());
    let input = input(&portal, procedure, &asked);
    // Only addresses that the pages themselves lead to are kept.
    let known = input.agency.map(|agency| format!("co-quan={}", agency.code));
    if query == known {
        return shell::cached_html(&portal, &visitor, &headers, || ProcedurePage::new(visitor.page(&portal), &input));
    }
    shell::html(&ProcedurePage::new(visitor.page(&portal), &input)?)
}

async fn show_part(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<(String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let Path((typed, slug)) = path.map_err(|_| WebError::NotFound)?;
    let part = Part::of_slug(&slug).ok_or(WebError::NotFound)?;
    let procedure = find(portal.app().content(), &typed).ok_or(WebError::NotFound)?;
    if procedure.code.as_str() != typed {
        return Ok(go_to(&format!("/thu-tuc/{}/{slug}", procedure.code), query.as_deref()));
    }
    let asked = Fields::of_query(query.as_deref());
    let number = asked.text("trang").parse().unwrap_or(1);
    let input = input(&portal, procedure, &Fields::default());
    if query.is_none() {
        return shell::cached_html(&portal, &visitor, &headers, || {
            PartPage::new(visitor.page(&portal), &input, part, number)
        });
    }
    shell::html(&PartPage::new(visitor.page(&portal), &input, part, number)?)
}

fn input<'a>(portal: &'a Portal, procedure: &'a ProcedureSummary, asked: &Fields) -> Input<'a> {
    let content = portal.app().content();
    let agency = AgencyCode::parse(asked.text("co-quan")).ok().filter(|code| content.offers(code, &procedure.code));
    Input {
        content,
        procedure,
        role: portal.settings().role,
        province_url: portal.settings().other_portal_url.as_deref(),
        agency: agency.and_then(|code| content.agencies.find(&code)),
    }
}

/// The procedure that was meant: codes are typed with spaces, in small letters, or with the province behind them.
fn find<'a>(content: &'a Content, typed: &str) -> Option<&'a ProcedureSummary> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).take(80).collect();
    let base = ProcedureInstance::parse(&code).ok()?.base;
    content.procedures.find(&base).or_else(|| content.procedures.find(&with_capital_mark(&base)?))
}

/// `1.014955-xoa` is `1.014955-Xoa` in the national database.
fn with_capital_mark(code: &ProcedureCode) -> Option<ProcedureCode> {
    let (number, mark) = code.as_str().split_once('-')?;
    let lower = mark.to_lowercase();
    let first = lower.get(..1)?.to_uppercase();
    ProcedureCode::parse(&format!("{number}-{first}{}", lower.get(1..)?)).ok()
}

fn go_to(path: &str, query: Option<&str>) -> Response {
    let address = match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    Redirect::permanent(&address).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_people_type_them() {
        let content = Content::load().unwrap();
        let found = |typed: &str| find(&content, typed).map(|procedure| procedure.code.as_str());
        for typed in
            ["1.001193", " 1.001193 ", "1. 001193", "1.001193.H21", "1.001193.000.00.00.h21", "1.001193.000.00.00.H21"]
        {
            assert_eq!(found(typed), Some("1.001193"), "{typed:?}");
        }
        assert_eq!(found("1.014955-xoa"), found("1.014955-Xoa"));
        for typed in ["", "1", "1.999999", "khai sinh", "../../etc/passwd", "1.001193.X", "\0", "ứ.ứứứứứứ"]
        {
            assert_eq!(found(typed), None, "{typed:?}");
        }
    }
}
