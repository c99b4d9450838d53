//! The button of the owner's page that asks the population register about the person who files: what it knows is filled in and
//! stays to be changed; when it says nothing, filing goes on.

use domain::codes::{ProcedureCode, Sex};
use domain::ids::DossierId;
use domain::registers::RegisterDifference;
use domain::time::Day;
use usecases::{AskError, OwnFacts, RegisteredCitizen, UsecaseError, ask_about_oneself, may_ask_register};
use web::errors::WebError;
use web::fields::Fields;
use web::filing::OWNER_FIELDS;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::view::form::FormView;
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

/// What the button sends.
const ASK: &str = "dan-cu";

/// What the owner's page shows of the register.
#[derive(Default)]
pub(super) struct Population {
    /// Whether the register can be asked about this person.
    pub(super) may_ask: bool,
    /// What came of the question; empty when nothing was asked.
    pub(super) told: String,
    /// What the register knows.
    pub(super) facts: Vec<SummaryRow>,
}

/// Whether the page was sent by the button.
pub(super) fn is_asked(fields: &Fields) -> bool {
    fields.text("viec") == ASK
}

/// What the page offers before anything is asked; only one's own data are asked for.
pub(super) async fn offer(portal: &Portal, visitor: &Visitor, form: &FormView) -> Result<Population, WebError> {
    let is_own = form.value("relation") == "self" && form.value("kind") == "citizen";
    let may_ask = is_own && may_ask_register(portal.app(), &visitor.ctx).await?;
    Ok(Population { may_ask, ..Population::default() })
}

/// Asks, and fills the form as it was entered with what is registered.
pub(super) async fn ask(
    portal: &Portal,
    visitor: &Visitor,
    fields: &Fields,
    procedure: &ProcedureCode,
    draft: Option<DossierId>,
) -> Result<(FormView, Population), WebError> {
    let t = visitor.texts();
    let mut input = Input::new(fields, t, &OWNER_FIELDS);
    let born = input.birth_date("birth_date", visitor.ctx.now.day());
    let entered = input.into_form();
    let told = |told: String| Population { may_ask: true, told, facts: Vec::new() };
    let sentence = match ask_about_oneself(portal.app(), &visitor.ctx, procedure, draft, born).await {
        Ok(OwnFacts::Found(found)) => {
            let form = filled(fields, &found.0, visitor.ctx.now.day(), t);
            let told = t.m("population-filled").to_owned();
            return Ok((form, Population { may_ask: true, told, facts: rows(&found.0, t) }));
        }
        Ok(OwnFacts::Differs(differs)) => t.f("population-differs", [("what", differences(&differs, t).into())]),
        Ok(OwnFacts::Unknown) => t.m("population-unknown").to_owned(),
        Ok(OwnFacts::NoAnswer) => t.m("population-no-answer").to_owned(),
        Err(AskError::NotAsked) => t.m("population-not-asked").to_owned(),
        Err(AskError::NotConfirmed) => return Err(WebError::Forbidden),
        Err(AskError::Usecase(UsecaseError::TooMany { .. })) => t.m("population-too-many").to_owned(),
        Err(AskError::Usecase(error)) => return Err(error.into()),
    };
    Ok((entered, told(sentence)))
}

/// What was entered, with what is registered in its place.
fn filled(fields: &Fields, citizen: &RegisteredCitizen, today: Day, t: &'static Texts) -> FormView {
    let mut form = FormView::new();
    if !citizen.residence.is_empty() {
        form.set("address", citizen.residence.clone());
    }
    let date = citizen.birth_date.map(|date| date.vietnamese()).unwrap_or_default();
    let mut parts = date.rsplit('/').filter(|part| !part.is_empty());
    for part in ["year", "month", "day"] {
        let Some(value) = parts.next() else { break };
        form.set(&format!("birth_date.{part}"), value);
    }
    let mut input = Input::new(fields, t, &OWNER_FIELDS);
    input.birth_date("birth_date", today);
    let entered = input.into_form();
    for field in OWNER_FIELDS.into_iter().chain(["birth_date.day", "birth_date.month", "birth_date.year"]) {
        form.set(field, entered.value(field).to_owned());
    }
    form
}

fn rows(citizen: &RegisteredCitizen, t: &Texts) -> Vec<SummaryRow> {
    let sex = match citizen.sex {
        Some(Sex::Male) => t.m("population-male"),
        Some(Sex::Female) => t.m("population-female"),
        None => "",
    };
    let members = citizen.household.iter().map(|member| format!("{} ({})", member.name, member.relation));
    vec![
        SummaryRow::new(t.m("population-sex"), sex),
        SummaryRow::new(t.m("owner-birth-date"), citizen.birth_date.map(|date| date.vietnamese()).unwrap_or_default()),
        SummaryRow::new(t.m("population-residence"), citizen.residence.clone()),
        SummaryRow::new(t.m("population-household"), members.collect::<Vec<_>>().join("\n")),
    ]
}

fn differences(differs: &[RegisterDifference], t: &Texts) -> String {
    differs.iter().map(|difference| web::store_words::difference_words(*difference, t)).collect::<Vec<_>>().join(", ")
}
