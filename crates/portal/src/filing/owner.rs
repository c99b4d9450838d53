//! The dossier's owner (R53): prefilled from the account, or another person's data when filing on their behalf.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::codes::{PersonalNumber, ProcedureCode};
use domain::dossier::{Dossier, Owner, OwnerKind};
use domain::representation::Child;
use usecases::enter_owner;
use usecases::sessions::SignedInAccount;
use web::addresses::{AddressAsked, address_asked, offer_places};
use web::errors::WebError;
use web::filing::{RELATIONS, read_owner};
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::view::parts::Link;
use web::visitor::Visitor;

use super::population::{self, Population};
use super::steps::Steps;
use super::tasks::{PLACE, keeping, leads_back, list_of};
use super::{address, draft_or_leave, find};

/// The page with the owner's fields.
#[derive(Template)]
#[template(path = "portal/filing/owner.html")]
pub(super) struct OwnerPage<'a> {
    pub(super) page: Page<'a>,
    pub(super) t: &'static Texts,
    pub(super) form: FormView,
    pub(super) procedure_name: &'a str,
    pub(super) agency_name: &'a str,
    /// Why it is this agency; empty once the draft has begun.
    pub(super) why: String,
    pub(super) back: String,
    /// Where all parts are listed; empty for a short form and before there is a draft.
    pub(super) parts: String,
    /// Which step of how many it is.
    pub(super) step: String,
    /// Where the form goes.
    pub(super) action: String,
    /// A draft for the same procedure and agency waits to be finished.
    pub(super) resumed: bool,
    /// The same page with empty fields, for filing on behalf of somebody; empty when something was entered before.
    pub(super) for_another: String,
    /// The same page for each child under 14 of the person's own.
    pub(super) for_children: Vec<Link>,
    /// What the population register offers, or has said.
    pub(super) population: Population,
}

impl OwnerPage<'_> {
    /// The account's own dossier, in the words of its holder or of whoever acts for it.
    fn own_relation(&self) -> String {
        match self.page.acting {
            Some(name) => self.t.f("owner-relation-principal", [("name", name.into())]),
            None => self.t.m("owner-relation-self").to_owned(),
        }
    }

    fn relations(&self) -> [Choice; 3] {
        [
            Choice::new("self", self.own_relation()),
            Choice::new("behalf", self.t.m("owner-relation-behalf")).with_hint(self.t.m("owner-relation-behalf-hint")),
            Choice::new("mandate", self.t.m("owner-relation-mandate"))
                .with_hint(self.t.m("owner-relation-mandate-hint")),
        ]
    }

    fn kinds(&self) -> [Choice; 2] {
        [
            Choice::new("citizen", self.t.m("owner-kind-citizen")),
            Choice::new("organisation", self.t.m("owner-kind-organisation")),
        ]
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let form = filled(visitor.account()?, dossier.owner.as_ref());
    let population = population::offer(&portal, &visitor, &form).await?;
    html(&OwnerPage { population, ..page_of(&portal, &visitor, &dossier, &uri, form, None) })
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    uri: Uri,
    Form { visitor, mut fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    if population::is_asked(&fields) {
        let (code, draft) = (&dossier.procedure.code, Some(dossier.id));
        let (form, population) = population::ask(&portal, &visitor, &fields, code, draft).await?;
        return html(&OwnerPage { population, ..page_of(&portal, &visitor, &dossier, &uri, form, None) });
    }
    let asked = address_asked(&portal, &mut fields);
    let (owner, form) = read_owner(&fields, visitor.account()?, visitor.texts(), visitor.ctx.now.day());
    if asked.is_some() {
        return html(&page_of(&portal, &visitor, &dossier, &uri, form.without_errors(), asked.as_ref()));
    }
    let Some(owner) = owner else {
        let population = population::offer(&portal, &visitor, &form).await?;
        return html_invalid(&OwnerPage { population, ..page_of(&portal, &visitor, &dossier, &uri, form, None) });
    };
    enter_owner(portal.app(), &visitor.ctx, dossier.id, owner).await?;
    let next = if leads_back(&uri) { PLACE.to_owned() } else { next(&portal, &visitor, &dossier) };
    Ok(Redirect::to(&address(&dossier, &next)).into_response())
}

/// The page before the owner's: the choice of the agency, or the procedure where there is nothing to choose.
pub(super) fn before(portal: &Portal, procedure: &ProcedureCode) -> String {
    let page = if portal.app().content().agencies_of(procedure).len() > 1 { "nop-ho-so" } else { "thu-tuc" };
    format!("/{page}/{procedure}")
}

/// Where the owner's page leads: on through the pages, or back to the review once everything was given.
pub(super) fn next(portal: &Portal, visitor: &Visitor, dossier: &Dossier) -> String {
    match dossier.delivery {
        Some(_) => "xem-lai".to_owned(),
        None => Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day()).after_owner(),
    }
}

/// The form with help for its address; `action` is where it goes.
pub(super) fn with_places(
    portal: &Portal,
    mut form: FormView,
    action: &str,
    asked: Option<&AddressAsked>,
    t: &Texts,
) -> FormView {
    form.completes_addresses(action);
    offer_places(portal, &mut form, ["address"].into_iter(), asked, t);
    form
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    uri: &Uri,
    form: FormView,
    asked: Option<&AddressAsked>,
) -> OwnerPage<'a> {
    let action = keeping(uri, address(dossier, "chu-ho-so"));
    OwnerPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        form: with_places(portal, form, &action, asked, visitor.texts()),
        procedure_name: &dossier.procedure.name,
        agency_name: &dossier.agency.name,
        why: String::new(),
        back: before(portal, &dossier.procedure.code),
        parts: list_of(portal, visitor, dossier),
        step: Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day())
            .words(1, visitor.texts()),
        action,
        resumed: false,
        for_another: String::new(),
        for_children: Vec::new(),
        population: Population::default(),
    }
}

/// The form for somebody else's dossier (R53): nothing of the filer's own stands in it.
pub(super) fn empty_for_another() -> FormView {
    let mut form = FormView::new();
    form.set("relation", "behalf");
    form
}

/// The form for a child's dossier: the child is the owner, the guardian is reached.
pub(super) fn filled_for_child(account: &SignedInAccount, child: &Child) -> FormView {
    let mut form = FormView::new();
    form.set("relation", "behalf");
    form.set("kind", "citizen");
    form.set("full_name", child.name.as_str());
    form.set("number", child.number.as_ref().map(PersonalNumber::as_str).unwrap_or_default());
    form.set("phone", account.phone.as_ref().map(|phone| phone.national()).unwrap_or_default());
    form.set("email", account.email.as_ref().map(|email| email.as_str()).unwrap_or_default());
    let born = child.birth_date;
    for (part, value) in [("day", born.day_of_month().into()), ("month", born.month().into()), ("year", born.year())] {
        form.set(&format!("birth_date.{part}"), value.to_string());
    }
    form
}

/// The form as the person finds it: what was entered before, else what the account knows (R8).
pub(super) fn filled(account: &SignedInAccount, owner: Option<&Owner>) -> FormView {
    let mut form = FormView::new();
    let born = match owner {
        Some(owner) => {
            let chosen = RELATIONS.iter().find(|(_, relation)| *relation == owner.relation_to_filer);
            form.set("relation", chosen.map(|(value, _)| *value).unwrap_or_default());
            form.set("kind", if owner.kind == OwnerKind::Citizen { "citizen" } else { "organisation" });
            form.set("full_name", owner.full_name.as_str());
            form.set("number", owner.number_text());
            form.set("phone", owner.phone.national());
            form.set("email", owner.email.as_ref().map(|email| email.as_str()).unwrap_or_default());
            form.set("address", owner.address.as_str());
            owner.birth_date
        }
        None => {
            form.set("relation", "self");
            form.set("kind", if account.kind == AccountKind::Citizen { "citizen" } else { "organisation" });
            form.set("full_name", account.name.as_str());
            form.set("number", account.login.as_str());
            form.set("phone", account.phone.as_ref().map(|phone| phone.national()).unwrap_or_default());
            form.set("email", account.email.as_ref().map(|email| email.as_str()).unwrap_or_default());
            account.birth_date
        }
    };
    if let Some(born) = born {
        let written = born.vietnamese();
        let mut parts = written.rsplit('/');
        for part in ["year", "month", "day"] {
            form.set(&format!("birth_date.{part}"), parts.next().unwrap_or_default());
        }
    }
    form
}
