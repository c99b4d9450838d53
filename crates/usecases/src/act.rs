//! The one way in which a dossier changes: load, ask the policy, decide, record, append, tell people, commit.

use domain::dossier::{self, Actor, Command, Dossier, DossierRefusal, Recorded, decide, evolve, record_all};
use domain::ids::{AttachmentId, DossierId, MessageId, StoreItemId};
use domain::policy::{Act, Resource, Viewer, may};
use domain::time::Instant;
use storage::{Tx, dossiers};

use crate::answer_form::version_of;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::jobs::watch_answer;
use crate::letters::{News, tell_filer};
use crate::obstacles::obstacles;
use crate::receipts::Signer;
use crate::store::{citation_of, cited_in, follow, void_citations_in};
use crate::supplement_dossier::{resumed_clock, supplement_problems};
use crate::tell_principal::tell_principal;

/// How often an act is tried again when others changed the same dossier meanwhile.
const ATTEMPTS: usize = 10;

/// One act as a use case asks for it.
#[derive(Clone)]
pub(crate) struct Step {
    /// What the policy is asked.
    pub(crate) act: Act,
    /// What is decided.
    pub(crate) command: Order,
    /// Which letter goes out, if any.
    pub(crate) news: Option<News>,
}

/// A command, or what is needed to make it inside the transaction.
#[derive(Clone)]
pub(crate) enum Order {
    /// It is known already.
    Ready(Command),
    /// Several at once, for whoever has seen this version of the draft and no other: all of them, or none.
    Change {
        /// The version that was seen.
        seen: u64,
        /// What is decided, one after the other.
        commands: Vec<Command>,
    },
    /// Filing: the code's ordinal is drawn in the same transaction, so that no number is lost or given twice.
    File {
        /// The version of the draft that was seen before it was filed; none when nobody says.
        seen: Option<u64>,
        /// Five bytes make the secret.
        random: u64,
        /// When the desk must have answered.
        answer_due_at: Instant,
        /// What signs the receipt, in the same transaction.
        receipt: ReceiptOrder,
    },
    /// Citing: what the item is, and whether it holds, is looked up in the same transaction.
    Cite {
        /// The item of the filer's store.
        item: StoreItemId,
        /// The file that it becomes.
        file: AttachmentId,
        /// The paper that it stands for.
        component_code: String,
    },
    /// Sending a supplement: the clock follows from the pause, whose beginning the dossier knows.
    SendSupplement {
        /// Which one, counted from 1.
        number: u32,
    },
}

/// What is needed for a receipt.
#[derive(Clone)]
pub(crate) struct ReceiptOrder {
    /// Signs it.
    pub(crate) signer: Signer,
    /// From which the salts of its fields follow.
    pub(crate) seed: [u8; 32],
}

/// Does the act; tries again from the start when somebody else was faster.
pub(crate) async fn act(app: &App, ctx: &Ctx, id: DossierId, step: Step) -> Result<Dossier, ActError> {
    for _ in 0..ATTEMPTS {
        match try_act(app, ctx, id, step.clone()).await {
            Err(ActError::Usecase(UsecaseError::Conflict)) => {}
            result => return result,
        }
    }
    Err(UsecaseError::Conflict.into())
}

async fn try_act(app: &App, ctx: &Ctx, id: DossierId, step: Step) -> Result<Dossier, ActError> {
    let (viewer, actor, now) = (ctx.viewer.clone(), ctx.actor.clone(), ctx.now);
    let rule_version = app.content().rules.version.clone();
    let message = MessageId::from_bytes(ctx.random());
    let watch = MessageId::from_bytes(ctx.random());
    let to_principal = MessageId::from_bytes(ctx.random());
    let work_app = app.clone();
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let before = dossiers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, step.act, &Resource::from(&before))?;
                if let (Order::File { seen, .. }, true) = (&step.command, before.is_draft()) {
                    if let Some(seen) = seen.filter(|seen| *seen != before.version) {
                        return Err(DossierRefusal::DraftChanged { seen, version: before.version }.into());
                    }
                    let void = void_citations_in(tx, &before, now.day()).await?.len();
                    let count = obstacles(&work_app, &before, now.day()).len() + void;
                    if count > 0 {
                        return Err(DossierRefusal::Incomplete { count }.into());
                    }
                }
                if matches!(step.command, Order::SendSupplement { .. }) {
                    let count = supplement_problems(&work_app, &before, now.day()).len();
                    if count > 0 {
                        return Err(DossierRefusal::Incomplete { count }.into());
                    }
                }
                let receipt = match &step.command {
                    Order::File { receipt, .. } => Some(receipt.clone()),
                    Order::Ready(_) | Order::Change { .. } | Order::Cite { .. } | Order::SendSupplement { .. } => None,
                };
                let commands = commands_of(tx, &work_app, &viewer, step.command, &before, now).await?;
                let (due_before, cited) = (before.answer_due_at, cited_in(&before));
                let circumstances = dossier::Act { dossier_id: id, at: now, actor, rule_version };
                let (after, recorded) = decide_all(before, &commands, &circumstances)?;
                if recorded.is_empty() {
                    return Ok(after);
                }
                dossiers::append(tx, &after, &recorded).await?;
                follow(tx, &work_app, &cited, &after, &recorded).await?;
                if let Some(ReceiptOrder { signer, seed }) = receipt {
                    signer.queue(tx, &after, &recorded, seed)?;
                }
                if due_before != after.answer_due_at {
                    watch_answer::enqueue(tx, &after, watch).await?;
                }
                if let Some(news) = step.news {
                    tell_filer(tx, &work_app, &after, news, message, now).await?;
                    if news == News::Filed {
                        tell_principal(tx, &work_app, &after, to_principal, now).await?;
                    }
                }
                Ok(after)
            })
        })
        .await
}

/// Does what a rule and the time bring, which nobody asks for: the policy is about people. Tries again as [`act`] does.
pub(crate) async fn act_by_rule(
    app: &App,
    id: DossierId,
    command: Command,
    news: News,
    message: MessageId,
    now: Instant,
) -> Result<Dossier, ActError> {
    for _ in 0..ATTEMPTS {
        let (command, work_app) = (command.clone(), app.clone());
        let done = app.db().write(move |tx| {
            Box::pin(async move {
                let before = dossiers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let events = decide(Some(&before), &command, now)?;
                if events.is_empty() {
                    return Ok(before);
                }
                let rule_version = work_app.content().rules.version.clone();
                let circumstances = dossier::Act { dossier_id: id, at: now, actor: Actor::System, rule_version };
                let recorded = record_all(Some(&before), &circumstances, events);
                let after = apply(Some(before), &recorded)?;
                dossiers::append(tx, &after, &recorded).await?;
                tell_filer(tx, &work_app, &after, news, message, now).await?;
                Ok(after)
            })
        });
        match done.await {
            Err(ActError::Usecase(UsecaseError::Conflict)) => {}
            result => return result,
        }
    }
    Err(UsecaseError::Conflict.into())
}

/// What follows from commands, one after the other.
fn decide_all(
    before: Dossier,
    commands: &[Command],
    circumstances: &dossier::Act,
) -> Result<(Dossier, Vec<Recorded>), ActError> {
    let (mut state, mut log) = (before, Vec::new());
    for command in commands {
        let events = decide(Some(&state), command, circumstances.at)?;
        let recorded = record_all(Some(&state), circumstances, events);
        state = apply(Some(state), &recorded)?;
        log.extend(recorded);
    }
    Ok((state, log))
}

/// The dossier after these events.
pub(crate) fn apply(before: Option<Dossier>, recorded: &[Recorded]) -> Result<Dossier, UsecaseError> {
    let mut state = before;
    for entry in recorded {
        state = Some(evolve(state, entry)?);
    }
    state.ok_or(UsecaseError::Broken("a dossier without events"))
}

async fn commands_of(
    tx: &mut Tx<'_>,
    app: &App,
    viewer: &Viewer,
    order: Order,
    dossier: &Dossier,
    now: Instant,
) -> Result<Vec<Command>, ActError> {
    match order {
        Order::Ready(command) => Ok(vec![command]),
        Order::Change { seen, .. } if seen != dossier.version => {
            Err(DossierRefusal::DraftChanged { seen, version: dossier.version }.into())
        }
        Order::Change { commands, .. } => Ok(commands),
        Order::Cite { item, file, component_code } => {
            Ok(vec![citation_of(tx, app, viewer, dossier, (item, file, component_code), now).await?])
        }
        Order::SendSupplement { number } => {
            Ok(vec![Command::SendSupplement { number, clock: resumed_clock(app, dossier, now)? }])
        }
        Order::File { random, answer_due_at, .. } => {
            let number = match &dossier.code {
                Some(_) => 1,
                None => dossiers::next_ordinal(tx, &dossier.agency.code, now.day()).await?,
            };
            Ok(vec![Command::File {
                code: domain::codes::DossierCode::new(&dossier.agency.code, now.day(), number),
                secret: domain::codes::TrackingSecret::from_random(random),
                answer_due_at,
                form_version: version_of(app, dossier, now.day()).map(|version| version.version.clone()),
            }])
        }
    }
}
