//! The page of one agency: what it is, how to reach it, and the services that it offers (R21).

use askama::Template;
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use content::Content;
use domain::agency::{Agency, AgencyKind, AgencyLevel, Contact, ContactChannel};
use domain::codes::AgencyCode;
use domain::time::Day;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::view::filters;
use web::view::page::{Page, Section};
use web::view::parts::Link;
use web::visitor::Visitor;

use crate::popular::Popular;
use crate::procedure::{hours, vi};
use crate::procedures::{FieldsPage, Place, Results, Search, answer};

/// The addresses of an agency.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/co-quan/{code}", get(show)).route("/co-quan/{code}/linh-vuc", get(show_fields))
}

#[derive(Template)]
#[template(path = "portal/agency.html")]
struct AgencyPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    agency: &'a Agency,
    crumbs: Vec<Link>,
    level: TextKey,
    desk: Option<&'a Agency>,
    hours: String,
    phone: Option<Phone<'a>>,
    contacts: Vec<&'a Contact>,
    communes: Vec<&'a Agency>,
    successor: Option<&'a Agency>,
    /// Why it is not on the map, when it is not.
    off_map: Option<TextKey>,
    is_searched: bool,
    results: Results<'a>,
    popular: Vec<Popular>,
}

/// Whom to call.
struct Phone<'a> {
    name: &'a str,
    written: String,
    dialled: &'a str,
}

impl AgencyPage<'_> {
    fn vi(&self) -> &'static str {
        vi(self.t)
    }

    fn channel(&self, contact: &Contact) -> TextKey {
        match contact.channel {
            ContactChannel::Phone => TextKey("contact-phone"),
            ContactChannel::Website => TextKey("contact-website"),
            ContactChannel::ZaloOa => TextKey("contact-zalo"),
        }
    }

    fn is_site(&self, contact: &Contact) -> bool {
        contact.channel == ContactChannel::Website
    }
}

async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let Path(typed) = path.map_err(|_| WebError::NotFound)?;
    let content = portal.app().content();
    let agency = find(content, &typed).ok_or(WebError::NotFound)?;
    if agency.code.as_str() != typed {
        return Ok(Redirect::permanent(&format!("/co-quan/{}", agency.code)).into_response());
    }
    let asked = Fields::of_query(query.as_deref());
    let search = Search::parse(&without_agency(&asked), content);
    let make = || {
        let t = visitor.texts();
        let results = Results::find(&portal, Place::Agency(agency), &search, t);
        let desk = content.agencies.desk_of(&agency.code);
        let own = |contact: &&Contact| {
            contact
                .agency_code
                .as_ref()
                .is_some_and(|code| *code == agency.code || desk.is_some_and(|desk| desk.code == *code))
        };
        Ok(AgencyPage {
            page: visitor.page(&portal).in_section(Section::Agencies),
            t,
            agency,
            crumbs: crumbs(content, agency, t),
            level: level(agency),
            desk: desk.filter(|desk| desk.code != agency.code),
            hours: hours(content),
            phone: phone(content, agency),
            contacts: content
                .agencies
                .contacts()
                .iter()
                .filter(own)
                .filter(|contact| contact.channel != ContactChannel::Phone)
                .collect(),
            communes: match agency.kind {
                AgencyKind::DistrictCommittee => content.agencies.communes_of(&agency.code).collect(),
                _ => Vec::new(),
            },
            successor: agency.successor.as_ref().and_then(|code| content.agencies.find(code)),
            off_map: off_map(agency, content.agencies.map_day()),
            is_searched: !search.is_empty() || asked.find("q").is_some(),
            results,
            popular: Vec::new(),
        })
    };
    answer(&portal, &visitor, &headers, &search, make)
}

async fn show_fields(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let Path(typed) = path.map_err(|_| WebError::NotFound)?;
    let content = portal.app().content();
    let agency = find(content, &typed).ok_or(WebError::NotFound)?;
    let search = Search::parse(&without_agency(&Fields::of_query(query.as_deref())), content);
    let page = || visitor.page(&portal).in_section(Section::Agencies);
    answer(&portal, &visitor, &headers, &search, || {
        Ok(FieldsPage::new(page(), &portal, Place::Agency(agency), &search))
    })
}

/// The path names the agency; a filter of that name in the query would only contradict it.
fn without_agency(asked: &Fields) -> Fields {
    let mut kept = Fields::default();
    for name in ["q", "linh-vuc", "cap", "doi-tuong", "muc-do", "trang"] {
        if let Some(value) = asked.find(name) {
            kept.push(name.to_owned(), value.to_owned());
        }
    }
    kept
}

fn find<'a>(content: &'a Content, typed: &str) -> Option<&'a Agency> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    content.agencies.find(&AgencyCode::parse(&code).ok()?)
}

fn crumbs(content: &Content, agency: &Agency, t: &Texts) -> Vec<Link> {
    let mut above: Vec<Link> = content
        .agencies
        .ancestors(&agency.code)
        .map(|parent| Link::new(format!("/co-quan/{}", parent.code), parent.name.as_str()))
        .collect();
    above.push(Link::new("/co-quan", t.m("menu-agencies")));
    above.push(Link::new("/", t.m("menu-home")));
    above.reverse();
    above
}

fn level(agency: &Agency) -> TextKey {
    match agency.level {
        AgencyLevel::Province => TextKey("tier-province"),
        AgencyLevel::District => TextKey("tier-district"),
        AgencyLevel::Commune => TextKey("tier-commune"),
    }
}

fn off_map(agency: &Agency, map_day: Day) -> Option<TextKey> {
    match agency.valid_from {
        _ if agency.exists_on(map_day) => None,
        Some(from) if from > map_day => Some(TextKey("agency-not-yet")),
        _ => Some(TextKey("agency-no-more")),
    }
}

/// The number of the agency's desk, else of the nearest agency above it that has one.
fn phone<'a>(content: &'a Content, agency: &Agency) -> Option<Phone<'a>> {
    let contact = content.agencies.contact_for(&agency.code, ContactChannel::Phone)?;
    let help = &content.rules.help;
    let is_help = domain::codes::PhoneNumber::parse(&contact.value).is_ok_and(|phone| phone == help.phone);
    Some(Phone {
        name: &contact.agency_name,
        written: if is_help { help.display.clone() } else { contact.value.clone() },
        dialled: &contact.value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_found_as_people_type_them() {
        let content = Content::load().unwrap();
        for typed in ["H21.58", "h21.58", " H21. 58 "] {
            assert_eq!(find(&content, typed).unwrap().name, "UBND huyện Ia Grai");
        }
        for typed in ["", "H21.9999", "../", "\0", "Z"] {
            assert!(find(&content, typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn an_agency_off_the_map_says_whether_it_is_to_come_or_gone() {
        let content = Content::load().unwrap();
        let agency = |code: &str| find(&content, code).unwrap();
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(off_map(agency("H21.58"), day("2025-06-30")), None);
        assert_eq!(off_map(agency("H21.58"), day("2025-07-01")), Some(TextKey("agency-no-more")));
        assert_eq!(off_map(agency("H21.134"), day("2025-06-30")), Some(TextKey("agency-not-yet")));
    }

    #[test]
    fn a_commune_without_a_number_of_its_own_gives_that_of_its_district() {
        let content = Content::load().unwrap();
        let phone = phone(&content, find(&content, "H21.58.59").unwrap()).unwrap();
        assert_eq!((phone.written.as_str(), phone.dialled), ("(0269) 3844 789", "02693844789"));
    }
}
