//! The filer answers the electronic form of a procedure: every page is kept as it is given.

use std::collections::BTreeMap;

use ::procedures::Version;
use domain::dossier::{Command, Dossier, OwnerKind};
use domain::ids::{DossierId, Hash};
use domain::partial_date::PartialDate;
use domain::policy::Act;
use domain::time::Day;
use forms::{Kind, Question};
use serde_json::Value;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::sessions::SignedInAccount;

/// The version of its procedure under which a dossier stands, the general one where nobody fitted it: a draft moves with
/// the law, a filed dossier keeps the one under which it was filed.
pub fn version_of<'a>(app: &'a App, dossier: &Dossier, today: Day) -> Option<&'a Version> {
    match dossier.is_draft() {
        true => app.content().version_on(&dossier.procedure.code, today),
        false => filed_version(app, dossier),
    }
}

/// The version under which a dossier was filed; none when it was filed without a form.
pub fn filed_version<'a>(app: &'a App, dossier: &Dossier) -> Option<&'a Version> {
    app.content().version_named(&dossier.procedure.code, dossier.form_version.as_deref()?)
}

/// The version that a draft was begun under, when another one counts by now.
pub fn version_before<'a>(app: &'a App, dossier: &Dossier, today: Day) -> Option<&'a Version> {
    let now = version_of(app, dossier, today)?;
    filed_version(app, dossier).filter(|before| before.version != now.version)
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
        "owner.kind" => owner.map(|owner| match owner.kind {
            OwnerKind::Citizen => "person".to_owned(),
            OwnerKind::Organisation => "organisation".to_owned(),
        }),
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
