//! The process of a procedure beside a dossier: its steps as a list and as a picture, with the stage in which it is.

mod picture;

use domain::deadline::{TimeLimit, TimeUnit};
use domain::dossier::{Dossier, Status};
use domain::time::Day;
use procedures::{Process, Stage, Task};
use usecases::version_of;
use web::answers::words;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::view::format::time_limit;
use web::view::parts::{StepState, Tone};
use web::view::roles::role_words;

pub(crate) use picture::Picture;

/// The steps of a dossier.
pub(crate) struct ProcessView {
    /// The steps that it takes, in their order.
    pub(crate) steps: Vec<ProcessStep>,
    /// The whole process.
    pub(crate) picture: Picture,
}

/// One step.
pub(crate) struct ProcessStep {
    /// What is done.
    pub(crate) title: String,
    /// Who does it, and within how long.
    pub(crate) who: String,
    /// How far it is, in words.
    pub(crate) status: String,
    /// The colour of the status.
    pub(crate) tone: Tone,
    /// Whether the dossier is in it, or in one of its stage.
    pub(crate) is_current: bool,
}

/// The process of a dossier on which somebody works or worked; none of a draft, and of what ended without a result.
pub(crate) fn process(portal: &Portal, dossier: &Dossier, today: Day, t: &Texts) -> Option<ProcessView> {
    let current = current_stage(dossier)?;
    let own = version_of(portal.app(), dossier, today);
    let standard = Process::standard(dossier.due.as_ref().map(|due| due.limit));
    let process = own.map_or(&standard, |own| &own.process);
    let asked = own.map(|own| own.form.asked(&dossier.answers));
    let state = |task: &Task| state_of(task.stage, current);
    let step = |task: &Task| {
        let (key, tone) = match state(task) {
            StepState::Done => (TextKey("process-done"), Tone::Good),
            StepState::Current => (TextKey("process-current"), Tone::Active),
            StepState::ToCome => (TextKey("process-to-come"), Tone::Neutral),
        };
        ProcessStep {
            title: words(&task.title, t).to_owned(),
            who: who(task, t),
            status: t.k(key).to_owned(),
            tone,
            is_current: state(task) == StepState::Current,
        }
    };
    let steps = process.route(asked.as_ref()).into_iter().map(step).collect();
    Some(ProcessView { steps, picture: Picture::of(&process.draw(asked.as_ref()), &state, t) })
}

/// Where a dossier is; `Stage` counts the steps only as far as acts tell: within a stage no act names the step yet.
fn current_stage(dossier: &Dossier) -> Option<Option<Stage>> {
    match dossier.status {
        Status::Draft | Status::Refused | Status::Withdrawn => None,
        Status::Filed => Some(Some(Stage::Receive)),
        Status::AwaitingSupplement if dossier.accepted_at.is_none() => Some(Some(Stage::Receive)),
        Status::AwaitingSupplement | Status::Accepted => Some(Some(Stage::Process)),
        Status::Finished => Some(Some(Stage::Return)),
        Status::Returned => Some(None),
    }
}

fn state_of(stage: Stage, current: Option<Stage>) -> StepState {
    let order = |stage: Stage| match stage {
        Stage::Receive => 0,
        Stage::Process => 1,
        Stage::Return => 2,
    };
    match current.map(|current| order(stage).cmp(&order(current))) {
        None | Some(std::cmp::Ordering::Less) => StepState::Done,
        Some(std::cmp::Ordering::Equal) => StepState::Current,
        Some(std::cmp::Ordering::Greater) => StepState::ToCome,
    }
}

/// Who does a step, and within how many working hours when that is known.
fn who(task: &Task, t: &Texts) -> String {
    let role = t.k(role_words(task.role)).to_owned();
    let hours = i64::try_from(task.milli_hours).ok().filter(|hours| *hours > 0);
    match hours.and_then(|hours| TimeLimit::new(hours, TimeUnit::Hour).ok()) {
        Some(limit) => t.f("process-who", [("role", role.into()), ("limit", time_limit(limit, t).into())]),
        None => role,
    }
}
