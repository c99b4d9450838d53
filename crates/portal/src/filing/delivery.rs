//! Where to receive the result (R5, R54): online, at the one-stop desk, or by the public post.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Delivery, Dossier};
use usecases::choose_delivery;
use usecases::sessions::SignedInAccount;
use web::addresses::{AddressAsked, address_asked, offer_places};
use web::errors::WebError;
use web::filing::read_delivery;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::steps::Steps;
use super::tasks::{PLACE, keeping, leads_back, list_of};
use super::{address, draft_or_leave, find};

#[derive(Template)]
#[template(path = "portal/filing/delivery.html")]
struct DeliveryPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    dossier: &'a Dossier,
    /// Where all parts are listed; empty for a short form.
    parts: String,
    step: String,
    back: String,
}

impl DeliveryPage<'_> {
    fn ways(&self) -> [Choice; 3] {
        [
            Choice::new("online", self.t.m("delivery-online")).with_hint(self.t.m("delivery-online-hint")),
            Choice::new("desk", self.t.m("delivery-desk"))
                .with_hint(self.t.f("delivery-desk-hint", [("agency", self.dossier.agency.name.as_str().into())])),
            Choice::new("post", self.t.m("delivery-post")).with_hint(self.t.m("delivery-post-hint")),
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
    html(&page_of(&portal, &visitor, &dossier, &uri, filled(&dossier, visitor.account()?), None))
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    uri: Uri,
    Form { visitor, mut fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let asked = address_asked(&portal, &mut fields);
    let (delivery, form) = read_delivery(&fields, visitor.texts());
    if asked.is_some() {
        return html(&page_of(&portal, &visitor, &dossier, &uri, form.without_errors(), asked.as_ref()));
    }
    let Some(delivery) = delivery else { return html_invalid(&page_of(&portal, &visitor, &dossier, &uri, form, None)) };
    let given_before = dossier.delivery.is_some();
    choose_delivery(portal.app(), &visitor.ctx, dossier.id, delivery).await?;
    let next = match given_before {
        _ if leads_back(&uri) => PLACE,
        true => "xem-lai",
        false => "tep-dinh-kem",
    };
    Ok(Redirect::to(&address(&dossier, next)).into_response())
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    uri: &Uri,
    mut form: FormView,
    asked: Option<&AddressAsked>,
) -> DeliveryPage<'a> {
    form.completes_addresses(keeping(uri, address(dossier, "noi-nhan-ket-qua")));
    offer_places(portal, &mut form, ["post_address"].into_iter(), asked, visitor.texts());
    let steps = Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day());
    DeliveryPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        form,
        dossier,
        parts: list_of(portal, visitor, dossier),
        step: steps.words(steps.of_delivery(), visitor.texts()),
        back: address(dossier, &steps.before_delivery()),
    }
}

fn filled(dossier: &Dossier, account: &SignedInAccount) -> FormView {
    let mut form = FormView::new();
    match &dossier.delivery {
        Some(Delivery::Online) => form.set("way", "online"),
        Some(Delivery::AtDesk) => form.set("way", "desk"),
        Some(Delivery::ByPost { name, phone, address }) => {
            form.set("way", "post");
            form.set("post_name", name.as_str());
            form.set("post_phone", phone.national());
            form.set("post_address", address.as_str());
        }
        None => {}
    }
    if let Some(owner) = dossier.owner.as_ref().filter(|_| form.value("post_name").is_empty()) {
        // Whoever files for somebody else, a child above all, receives what comes by post.
        let filer = account.phone.as_ref().filter(|_| owner.relation_to_filer.is_for_another());
        form.set("post_name", if filer.is_some() { account.name.as_str() } else { owner.full_name.as_str() });
        form.set("post_phone", filer.unwrap_or(&owner.phone).national());
        form.set("post_address", owner.address.as_str());
    }
    form
}
