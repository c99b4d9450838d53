//! The first page of filing: which agency, and whose dossier. The draft is born when its form is sent, not by looking.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::agency::{Agency, AgencyLevel};
use domain::catalogue::{Fileability, ProcedureSummary};
use domain::codes::{AgencyCode, ProcedureCode};
use usecases::represent::list_own_children;
use usecases::sessions::SignedInAccount;
use usecases::{StartError, enter_owner, find_open_draft, start_draft};
use web::addresses::{AddressAsked, address_asked};
use web::errors::WebError;
use web::fields::Fields;
use web::filing::read_owner;
use web::form::Form;
use web::i18n::Texts;
use web::links::encode;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::Link;
use web::visitor::Visitor;

use super::address;
use super::owner::{OwnerPage, before, empty_for_another, filled, filled_for_child, next, with_places};
use super::population::{self, Population};
use super::steps::Steps;

/// In the query of the first page: the dossier is somebody else's.
const OTHERS: &str = "nguoi-khac";
/// The most places for which the receiver is told.
const MOST_RECEIVERS: usize = 20;

/// The page on which the agency is chosen.
#[derive(Template)]
#[template(path = "portal/filing/agency.html")]
struct AgencyPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    procedure: &'a ProcedureSummary,
    back: String,
    /// What was typed to narrow the list.
    words: &'a str,
    /// For the places that were meant: who receives it there, and why.
    receivers: Vec<ReceiverLine>,
    /// Agencies by the one above them.
    groups: Vec<AgencyGroup>,
}

/// Who receives it at a place.
struct ReceiverLine {
    agency: Link,
    place: String,
    why: String,
}

/// Agencies below one another.
struct AgencyGroup {
    title: String,
    agencies: Vec<Link>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(procedure): Path<String>,
    uri: axum::http::Uri,
) -> Result<Response, WebError> {
    let query = Fields::of_query(uri.query());
    let Some(summary) = find_fileable(&portal, &procedure)? else {
        // The procedure's own page says why it is not filed here, and what to do instead.
        return Ok(Redirect::to(&format!("/thu-tuc/{procedure}")).into_response());
    };
    let offering = portal.app().content().agencies_of(&summary.code);
    let asked = AgencyCode::parse(query.text("co-quan")).ok().filter(|agency| offering.contains(agency));
    let only = offering.first().filter(|_| offering.len() == 1).cloned();
    let Some(agency) = asked.or(only) else {
        return html(&agency_page(&portal, &visitor, summary, offering, query.text("tim")));
    };
    let account = filing_account(&visitor)?;
    let draft = find_open_draft(portal.app(), account.id, &summary.code, &agency).await?;
    let entered = draft.as_ref().and_then(|draft| draft.owner.as_ref());
    let for_another = query.text("cho") == OTHERS && entered.is_none();
    let children = match (&account.acting, entered) {
        (None, None) => list_own_children(portal.app(), &visitor.ctx).await?,
        _ => Vec::new(),
    };
    let chosen = children.iter().find(|(id, _)| id.to_string() == query.text("con"));
    let form = match chosen {
        Some((_, child)) => filled_for_child(account, child),
        None if for_another => empty_for_another(),
        None => filled(account, entered),
    };
    let name = agency_name(&portal, &agency);
    let page = page_of(&portal, &visitor, summary, (&agency, &name), form, None);
    let other_page =
        if for_another || entered.is_some() { String::new() } else { format!("{}&cho={OTHERS}", page.action) };
    let others = children.iter().filter(|(id, _)| chosen.is_none_or(|(chosen, _)| chosen != id));
    let for_children =
        others.map(|(id, child)| Link::new(format!("{}&con={id}", page.action), child.name.as_str())).collect();
    let population = population::offer(&portal, &visitor, &page.form).await?;
    html(&OwnerPage { resumed: draft.is_some(), for_another: other_page, for_children, population, ..page })
}

pub(super) async fn begin(
    State(portal): State<Portal>,
    Path(procedure): Path<String>,
    uri: axum::http::Uri,
    Form { visitor, mut fields }: Form,
) -> Result<Response, WebError> {
    let summary = find_fileable(&portal, &procedure)?.ok_or(WebError::NotFound)?;
    let query = Fields::of_query(uri.query());
    let agency = AgencyCode::parse(query.text("co-quan")).map_err(|_| WebError::NotFound)?;
    let account = filing_account(&visitor)?;
    if population::is_asked(&fields) {
        let (form, population) = population::ask(&portal, &visitor, &fields, &summary.code, None).await?;
        let name = agency_name(&portal, &agency);
        return html(&OwnerPage { population, ..page_of(&portal, &visitor, summary, (&agency, &name), form, None) });
    }
    let asked = address_asked(&portal, &mut fields);
    let (owner, form) = read_owner(&fields, account, visitor.texts(), visitor.ctx.now.day());
    let name = agency_name(&portal, &agency);
    if asked.is_some() {
        return html(&page_of(&portal, &visitor, summary, (&agency, &name), form.without_errors(), asked.as_ref()));
    }
    let Some(owner) = owner else {
        let population = population::offer(&portal, &visitor, &form).await?;
        return html_invalid(&OwnerPage {
            population,
            ..page_of(&portal, &visitor, summary, (&agency, &name), form, None)
        });
    };
    let draft = match start_draft(portal.app(), &visitor.ctx, account, &summary.code, &agency).await {
        Ok(draft) => draft,
        Err(StartError::NoProcedure | StartError::NotFileable(_) | StartError::NotOffered) => {
            return Err(WebError::NotFound);
        }
        Err(StartError::Act(error)) => return Err(error.into()),
    };
    enter_owner(portal.app(), &visitor.ctx, draft.id, owner).await?;
    Ok(Redirect::to(&address(&draft, &next(&portal, &visitor, &draft))).into_response())
}

/// The account in whose name it is filed; whoever acts for it and may only look is told so.
fn filing_account(visitor: &Visitor) -> Result<&SignedInAccount, WebError> {
    let account = visitor.account()?;
    if account.may_file() { Ok(account) } else { Err(WebError::MayNotFile) }
}

/// The procedure, when it can be filed here; not found when there is no such procedure.
fn find_fileable<'a>(portal: &'a Portal, procedure: &str) -> Result<Option<&'a ProcedureSummary>, WebError> {
    let code = ProcedureCode::parse(procedure).map_err(|_| WebError::NotFound)?;
    let content = portal.app().content();
    let summary = content.procedures.find(&code).ok_or(WebError::NotFound)?;
    match content.fileability(&code) {
        Some(Fileability::Here) => Ok(Some(summary)),
        _ => Ok(None),
    }
}

fn agency_name(portal: &Portal, agency: &AgencyCode) -> String {
    portal.app().content().agencies.find(agency).map(|agency| agency.name.clone()).unwrap_or_default()
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    procedure: &'a ProcedureSummary,
    (agency, agency_name): (&AgencyCode, &'a str),
    form: FormView,
    asked: Option<&AddressAsked>,
) -> OwnerPage<'a> {
    let content = portal.app().content();
    let action = start(&procedure.code, agency);
    OwnerPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        form: with_places(portal, form, &action, asked, visitor.texts()),
        procedure_name: &procedure.name,
        agency_name,
        why: content.agencies.find(agency).map(|agency| reception_words(agency, visitor.texts())).unwrap_or_default(),
        back: before(portal, &procedure.code),
        parts: String::new(),
        step: Steps::of(portal, &procedure.code, &BTreeMap::new(), visitor.ctx.now.day()).words(1, visitor.texts()),
        action,
        resumed: false,
        for_another: String::new(),
        for_children: Vec::new(),
        population: Population::default(),
    }
}

/// Who receives it for people of the communes that the words mean.
fn receivers(portal: &Portal, procedure: &ProcedureCode, words: &str, t: &Texts) -> Vec<ReceiverLine> {
    let content = portal.app().content();
    let line = |receiver: content::Receiver<'_>| ReceiverLine {
        agency: Link::new(start(procedure, &receiver.agency.code), receiver.agency.name.clone()),
        place: content.areas.full_name(receiver.commune),
        why: reception_words(receiver.agency, t),
    };
    content.receivers_at(procedure, words, MOST_RECEIVERS).into_iter().map(line).collect()
}

/// Why this agency receives it.
fn reception_words(agency: &Agency, t: &Texts) -> String {
    t.m(match agency.level {
        AgencyLevel::Commune => "filing-agency-why-commune",
        AgencyLevel::District => "filing-agency-why-district",
        AgencyLevel::Province => "filing-agency-why-province",
    })
    .to_owned()
}

/// Where filing begins with an agency.
fn start(procedure: &ProcedureCode, agency: &AgencyCode) -> String {
    format!("/nop-ho-so/{procedure}?co-quan={}", encode(agency.as_str()))
}

fn agency_page<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    procedure: &'a ProcedureSummary,
    offering: &[AgencyCode],
    words: &'a str,
) -> AgencyPage<'a> {
    let agencies = &portal.app().content().agencies;
    let wanted = domain::text::fold(words);
    let mut groups: Vec<AgencyGroup> = Vec::new();
    // The home district and its communes come first, then all others.
    let home = &portal.app().content().rules.home_district;
    let (near, far): (Vec<&AgencyCode>, Vec<&AgencyCode>) = offering.iter().partition(|code| code.is_within(home));
    for agency in near.into_iter().chain(far).filter_map(|code| agencies.find(code)) {
        let above = agency.parent.as_ref().and_then(|parent| agencies.find(parent));
        let title = above.map(|above| above.name.clone()).unwrap_or_default();
        if !domain::text::fold(&format!("{} {title}", agency.name)).contains(&wanted) {
            continue;
        }
        let link = Link::new(start(&procedure.code, &agency.code), agency.name.clone());
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.agencies.push(link),
            None => groups.push(AgencyGroup { title, agencies: vec![link] }),
        }
    }
    AgencyPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        procedure,
        back: format!("/thu-tuc/{}", procedure.code),
        words,
        receivers: receivers(portal, &procedure.code, words, visitor.texts()),
        groups,
    }
}
