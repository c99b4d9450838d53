//! A dossier as programs see it.

use domain::dossier::{Actor, Dossier, Event, Recorded, Subject};
use domain::time::Instant;
use serde::Serialize;
use usecases::DossierWithLog;
use utoipa::ToSchema;

use crate::drafts::{DeliveryData, FileData, Named, OwnerData};

/// A dossier.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "code": "H21.58.51-261123-0001", "status": "filed", "national_status": 1,
    "procedure": {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"},
    "agency": {"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"},
    "holder": {"agency": {"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"}, "officer": null, "since": 1795395600000_i64},
    "filed_at": 1795395600000_i64, "answer_due_at": 1795482000000_i64, "accepted_at": null, "due_at": null,
    "is_overdue": false, "supplement": null, "reasons": [], "owner": null, "delivery": {"way": "online"}, "files": [],
    "timeline": [{"kind": "filed", "at": 1795395600000_i64, "by": "Rơ Châm H'Lan", "program": "Số hóa Gia Lai"}]
}))]
pub(crate) struct DossierData {
    /// Its code.
    code: String,
    /// Where it stands.
    status: &'static str,
    /// The number of that state in exchanges between portals.
    national_status: Option<u8>,
    /// The procedure.
    procedure: Named,
    /// The agency that received it.
    agency: Named,
    /// Who has it, and since when; null once it is over.
    holder: Option<HolderData>,
    /// When it was filed, in milliseconds UTC.
    filed_at: Option<i64>,
    /// By when the desk must answer, in milliseconds UTC.
    answer_due_at: Option<i64>,
    /// When it was accepted, in milliseconds UTC.
    accepted_at: Option<i64>,
    /// The appointed return, in milliseconds UTC.
    due_at: Option<i64>,
    /// Whether the clock that runs has passed.
    is_overdue: bool,
    /// What the person is asked for, when it waits for them.
    supplement: Option<SupplementData>,
    /// Why it was refused.
    reasons: Vec<String>,
    /// Whose matter it is.
    owner: Option<OwnerData>,
    /// Where the result is received.
    delivery: Option<DeliveryData>,
    /// Its files.
    files: Vec<FileData>,
    /// What happened since filing, oldest first.
    timeline: Vec<TimelineEntry>,
}

/// Who has a dossier.
#[derive(Serialize, ToSchema)]
pub(crate) struct HolderData {
    /// The agency.
    agency: Named,
    /// The officer's name, once one has acted.
    officer: Option<String>,
    /// Since when, in milliseconds UTC.
    since: i64,
}

/// What a person is asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct SupplementData {
    /// The last day for the answer.
    respond_by: String,
    /// Each thing that is asked for.
    items: Vec<SupplementItemData>,
}

/// One thing that is asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct SupplementItemData {
    /// The paper or the question that it is about; null for something else.
    title: Option<String>,
    /// What to do.
    detail: String,
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimelineEntry {
    /// What: `filed`, `supplement_requested`, `supplement_sent`, `answer_overdue`, `accepted`, `refused`, `withdrawn`,
    /// `finished` or `returned`.
    kind: &'static str,
    /// When, in milliseconds UTC.
    at: i64,
    /// Who did it; null when a rule did.
    by: Option<String>,
    /// The program through which they did it.
    program: Option<String>,
}

impl DossierData {
    /// A dossier at a moment.
    pub(crate) fn of(found: &DossierWithLog, now: Instant) -> Self {
        let dossier = &found.dossier;
        let millis = |at: Option<Instant>| at.map(Instant::as_millis);
        Self {
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            status: dossier.status.as_str(),
            national_status: dossier.status.wire_code(),
            procedure: Named { code: dossier.procedure.code.to_string(), name: dossier.procedure.name.clone() },
            agency: Named { code: dossier.agency.code.to_string(), name: dossier.agency.name.clone() },
            holder: dossier.holder.as_ref().map(|holder| HolderData {
                agency: Named { code: holder.agency.code.to_string(), name: holder.agency.name.clone() },
                officer: holder.officer.as_ref().map(|officer| officer.name.clone()),
                since: holder.since.as_millis(),
            }),
            filed_at: millis(dossier.filed_at),
            answer_due_at: millis(dossier.answer_due_at),
            accepted_at: millis(dossier.accepted_at),
            due_at: millis(dossier.due.as_ref().map(|due| due.due_at)),
            is_overdue: dossier.is_overdue(now),
            supplement: supplement(dossier),
            reasons: dossier.refusal.as_ref().map(|reasons| reasons.items().to_vec()).unwrap_or_default(),
            owner: dossier.owner.as_ref().map(OwnerData::of),
            delivery: dossier.delivery.as_ref().map(DeliveryData::of),
            files: dossier.attachments.iter().map(FileData::of).collect(),
            timeline: found.log.iter().filter(|entry| is_told(&entry.event)).map(entry_of).collect(),
        }
    }
}

fn supplement(dossier: &Dossier) -> Option<SupplementData> {
    let open = dossier.open_supplement()?;
    let items = open.request.items().iter().map(|item| SupplementItemData {
        title: match &item.subject {
            Subject::Component { name: title, .. } | Subject::Question { title, .. } => Some(title.clone()),
            Subject::Other => None,
        },
        detail: item.sentence.to_string(),
    });
    Some(SupplementData { respond_by: open.respond_by.to_string(), items: items.collect() })
}

fn is_told(event: &Event) -> bool {
    matches!(
        event,
        Event::Filed { .. }
            | Event::SupplementRequested { .. }
            | Event::SupplementSent { .. }
            | Event::AnswerOverdue { .. }
            | Event::Accepted { .. }
            | Event::Refused { .. }
            | Event::Withdrawn { .. }
            | Event::Finished { .. }
            | Event::Returned { .. }
    )
}

fn entry_of(entry: &Recorded) -> TimelineEntry {
    let (by, program) = match &entry.actor {
        Actor::System => (None, None),
        Actor::Program { name, program_name, .. } => (Some(name.clone()), Some(program_name.clone())),
        Actor::Account { name, .. } | Actor::Representative { name, .. } | Actor::Officer { name, .. } => {
            (Some(name.clone()), None)
        }
    };
    TimelineEntry { kind: entry.event.kind(), at: entry.at.as_millis(), by, program }
}
