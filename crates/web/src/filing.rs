//! What a filer enters beside the answers, read field by field: the owner, and where the result is received. Pages and
//! programs are judged by the same rules, in the same words.

use domain::dossier::{Delivery, Owner, OwnerKind, Relation};
use domain::time::Day;
use usecases::sessions::SignedInAccount;

use crate::fields::Fields;
use crate::i18n::Texts;
use crate::input::Input;
use crate::view::form::FormView;

/// The owner's fields, by the names under which they are sent.
pub const OWNER_FIELDS: [&str; 7] = ["relation", "kind", "full_name", "number", "phone", "email", "address"];
/// How the filer may stand to the owner, by the words under which it is sent.
pub const RELATIONS: [(&str, Relation); 3] =
    [("self", Relation::SelfOwner), ("behalf", Relation::OnBehalf), ("mandate", Relation::ByMandate)];
const KINDS: [(&str, OwnerKind); 2] = [("citizen", OwnerKind::Citizen), ("organisation", OwnerKind::Organisation)];
/// The same for the place where the result is received.
const DELIVERY_FIELDS: [&str; 4] = ["way", "post_name", "post_phone", "post_address"];
/// The most characters of an address.
const LONGEST_ADDRESS: usize = 300;

/// What was entered, as an owner; `None` with the refusals in the form.
pub fn read_owner(
    fields: &Fields,
    account: &SignedInAccount,
    t: &'static Texts,
    today: Day,
) -> (Option<Owner>, FormView) {
    let mut input = Input::new(fields, t, &OWNER_FIELDS);
    let relation_to_filer = input.choice("relation", &RELATIONS, "owner-relation-missing");
    let kind = input.choice("kind", &KINDS, "owner-kind-missing");
    let full_name = match kind {
        Some(OwnerKind::Organisation) => input.organisation_name("full_name", "owner-organisation-missing"),
        _ => input.person_name("full_name", "owner-full-name-missing"),
    };
    // Asked below, for the order of the errors; whether the number may be left out depends on it.
    let born = Input::new(fields, t, &[]).birth_date("birth_date", today);
    let may_lack =
        kind.zip(relation_to_filer).is_some_and(|(kind, relation)| Owner::may_lack_number(kind, relation, born, today));
    let number = if may_lack && input.text("number").is_empty() { None } else { input.login_name("number") };
    if relation_to_filer.is_some_and(Relation::is_for_another) && number.as_ref() == Some(&account.login) {
        // Prefilled and forgotten: the dossier would bear the filer's own number.
        input.refuse("number", "owner-number-is-yours");
    }
    let birth_date = if kind == Some(OwnerKind::Organisation) { None } else { input.birth_date("birth_date", today) };
    let phone = input.phone("phone");
    let email = input.optional_email("email");
    let address = input.line("address", LONGEST_ADDRESS, "owner-address-missing");
    let form = input.into_form();
    let owner = || {
        Some(Owner {
            kind: kind?,
            full_name: full_name?,
            number,
            birth_date,
            phone: phone?,
            email,
            address: address?,
            commune: None,
            relation_to_filer: relation_to_filer?,
        })
    };
    let owner = if form.is_valid() { owner() } else { None };
    (owner, form)
}

/// What was entered, as a way to receive the result; `None` with the refusals in the form.
pub fn read_delivery(fields: &Fields, t: &'static Texts) -> (Option<Delivery>, FormView) {
    let mut input = Input::new(fields, t, &DELIVERY_FIELDS);
    let delivery = match input.choice("way", &[("online", 0), ("desk", 1), ("post", 2)], "delivery-missing") {
        Some(0) => Some(Delivery::Online),
        Some(1) => Some(Delivery::AtDesk),
        Some(_) => {
            let name = input.person_name("post_name", "delivery-post-name-missing");
            let phone = input.phone("post_phone");
            let address = input.line("post_address", LONGEST_ADDRESS, "owner-address-missing");
            name.zip(phone).zip(address).map(|((name, phone), address)| Delivery::ByPost { name, phone, address })
        }
        None => None,
    };
    (delivery, input.into_form())
}
