//! The filer answers the electronic form of a procedure: every page is kept as it is given, and judged before filing.

use std::collections::BTreeMap;

use content::ProcedureForm;
use domain::dossier::{Command, Dossier};
use domain::ids::{DossierId, Hash};
use domain::partial_date::PartialDate;
use domain::policy::Act;
use domain::time::Day;
use forms::{Kind, Problem, Question};
use serde_json::Value;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::sessions::SignedInAccount;

/// The form of a dossier's procedure, when it has one of its own.
pub fn form_of<'a>(app: &'a App, dossier: &Dossier) -> Option<&'a ProcedureForm> {
    app.content().forms.find(&dossier.procedure.code)
}

/// What must be put right in the form before the dossier can be filed.
pub fn form_problems(app: &App, dossier: &Dossier, today: Day) -> Vec<Problem> {
    form_of(app, dossier).map(|own| own.form.problems(&dossier.answers, today)).unwrap_or_default()
}

/// Keeps answers, right or wrong; null takes one back. `seen` is what the person had before them.
///
/// # Errors
/// When the form was changed from elsewhere since it was seen, or the draft may not be changed.
pub async fn give_answers(
    app: &App,
    ctx: &Ctx,
    id: DossierId,
    form_version: &str,
    answers: BTreeMap<String, Value>,
    seen: Option<Hash>,
) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::GiveAnswers { form_version: form_version.to_owned(), answers, seen });
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}

/// What the system knows already for a question (R8); it is shown, and kept once the person sends the page.
pub fn known_answer(field: &Question, account: &SignedInAccount, dossier: &Dossier) -> Option<Value> {
    let owner = dossier.owner.as_ref();
    let date = |date: Option<PartialDate>| match (date, &field.kind) {
        (Some(PartialDate::Full(day)), Kind::Date) => Some(day.to_string()),
        (Some(date), Kind::PartialDate) => Some(date.to_string()),
        _ => None,
    };
    // Whoever acts for an enterprise is not known as a person here.
    let filer = Some(account).filter(|account| account.kind == domain::account::AccountKind::Citizen);
    let known = match field.source.as_deref()? {
        "filer.name" => filer.map(|filer| filer.name.clone()),
        "filer.number" => filer.map(|filer| filer.login.as_str().to_owned()),
        "filer.birth_date" => date(filer.and_then(|filer| filer.birth_date)),
        "filer.phone" => account.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        "filer.email" => account.email.as_ref().map(|email| email.as_str().to_owned()),
        "owner.name" => owner.map(|owner| owner.full_name.as_str().to_owned()),
        "owner.number" => owner.and_then(|owner| owner.number.as_ref()).map(|number| number.as_str().to_owned()),
        "owner.birth_date" => date(owner.and_then(|owner| owner.birth_date)),
        "owner.phone" => owner.map(|owner| owner.phone.as_str().to_owned()),
        "owner.email" => owner.and_then(|owner| owner.email.as_ref()).map(|email| email.as_str().to_owned()),
        "owner.address" => owner.map(|owner| owner.address.clone()),
        _ => None,
    };
    known.map(Value::String)
}
