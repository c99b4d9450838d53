//! The filer answers a request for a supplement in place: files and answers are kept as they are given, and count once the
//! supplement is sent.

use std::collections::BTreeMap;

use domain::dossier::{Command, Dossier, DossierRefusal, ResumedClock, Sentence, Status, Subject};
use domain::ids::{AttachmentId, DossierId};
use domain::policy::Act;
use domain::time::{Day, Instant};
use forms::Problem;
use serde_json::Value;

use crate::act::{Order, Step, act};
use crate::answer_form::filed_version;
use crate::app::App;
use crate::attach_file::{AttachError, ComponentRef, ReceivedFile, keep_file};
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;
use crate::view_dossier::find_by_id;

/// The name of a file that is given for something that was asked for in words.
const BESIDE: &str = "Giấy tờ khác";

/// Keeps a file for an item of the request.
///
/// # Errors
/// When the file is not taken, or the request does not ask for one there.
pub async fn supply_file(
    app: &App,
    ctx: &Ctx,
    dossier: &Dossier,
    item: u32,
    file: ReceivedFile,
) -> Result<Dossier, AttachError> {
    let named = dossier.open_supplement().and_then(|open| open.request.items().get(usize::try_from(item).ok()?));
    let component = match named.map(|named| &named.subject) {
        Some(Subject::Component { code, name }) => ComponentRef { code: code.clone(), name: name.clone() },
        Some(Subject::Question { .. } | Subject::Other) | None => ComponentRef { code: None, name: BESIDE.into() },
    };
    let attachment = keep_file(ctx, component, file).await?;
    let command = Order::Ready(Command::SupplyFile { item, attachment });
    Ok(act(app, ctx, dossier.id, Step { act: Act::SupplementDossier, command, news: None }).await?)
}

/// Takes a file back that was given for an item and not sent yet; the log keeps that it was there.
///
/// # Errors
/// When there is no such file.
pub async fn take_back_file(app: &App, ctx: &Ctx, id: DossierId, file: AttachmentId) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::TakeBackFile(file));
    act(app, ctx, id, Step { act: Act::SupplementDossier, command, news: None }).await
}

/// Keeps answers and explanations, right or wrong.
///
/// # Errors
/// When the request does not ask for them.
pub async fn fill_supplement(
    app: &App,
    ctx: &Ctx,
    dossier: &Dossier,
    answers: BTreeMap<String, Value>,
    explanations: BTreeMap<u32, Option<Sentence>>,
) -> Result<Dossier, ActError> {
    let form_version = filed_version(app, dossier).map(|own| own.version.clone()).filter(|_| !answers.is_empty());
    let command = Order::Ready(Command::FillSupplement { form_version, answers, explanations });
    act(app, ctx, dossier.id, Step { act: Act::SupplementDossier, command, news: None }).await
}

/// Sends the supplement of this number, counted from 1; one that was sent already is returned as it is.
///
/// # Errors
/// When an item is neither answered nor explained, or an answer is wrong.
pub async fn send_supplement(app: &App, ctx: &Ctx, id: DossierId, number: u32) -> Result<Dossier, ActError> {
    let command = Order::SendSupplement { number };
    let step = Step { act: Act::SupplementDossier, command, news: Some(News::SupplementSent) };
    match act(app, ctx, id, step).await {
        Err(ActError::Refused(DossierRefusal::AlreadySupplemented)) => {
            Ok(find_by_id(app, ctx, id).await?.ok_or(UsecaseError::NotFound)?)
        }
        result => result,
    }
}

/// What is wrong with the answers that were given anew.
pub fn supplement_problems(app: &App, dossier: &Dossier, today: Day) -> Vec<Problem> {
    let (Some(open), Some(own)) = (dossier.open_supplement(), filed_version(app, dossier)) else { return Vec::new() };
    let mut answers = dossier.answers.clone();
    answers.extend(open.answers.iter().map(|(path, answer)| (path.clone(), answer.clone())));
    let is_given = |problem: &Problem| {
        // A cell of a table belongs to the table's question.
        open.answers.keys().any(|path| {
            problem.path == *path || problem.path.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        })
    };
    own.form.problems(&answers, today).into_iter().filter(is_given).collect()
}

/// The clock that runs again when the supplement is sent at this moment.
pub(crate) fn resumed_clock(app: &App, dossier: &Dossier, now: Instant) -> Result<ResumedClock, DossierRefusal> {
    let not_now = DossierRefusal::NotInStatus { status: dossier.status };
    // Of one that was sent already the rule itself says so.
    let Some(last) = dossier.supplements.last() else { return Err(not_now) };
    match (last.stage, &dossier.due) {
        (Status::Accepted, Some(due)) => {
            Ok(ResumedClock::Return { due: app.due_after_supplement(due, last.requested_at, now) })
        }
        (Status::Filed, _) => Ok(ResumedClock::Answer { due_at: app.answer_due_at(now) }),
        _ => Err(not_now),
    }
}
