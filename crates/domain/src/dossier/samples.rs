//! Dossiers, people and acts for tests.

use super::{
    Act, Actor, AgencyRef, Attachment, Channel, Command, Defect, Delivery, Dossier, DossierRefusal, OfficerRef, Owner,
    OwnerKind, ProcedureRef, Recorded, RefusalReasons, Relation, ResumedClock, ReturnWay, Sentence, Subject,
    SupplementItem, SupplementRequest, decide, evolve, record_all,
};
use crate::codes::{AgencyCode, DossierCode, LoginName, PersonName, PhoneNumber, ProcedureCode, TrackingSecret};
use crate::deadline::fixture::{at, calendar, hours};
use crate::deadline::{CountingPolicy, DeadlineRule, DueDate, TimeLimit, TimeUnit, due};
use crate::ids::{AccountId, AttachmentId, DossierId, Hash, OfficerId};
use crate::time::Instant;
use std::collections::BTreeMap;

pub(crate) fn dossier_id() -> DossierId {
    DossierId::from_bytes([7; 16])
}

pub(crate) fn filer() -> AccountId {
    AccountId::from_bytes([1; 16])
}

pub(crate) fn now() -> Instant {
    at("2026-11-23 08:00")
}

pub(crate) fn start() -> Command {
    Command::StartDraft {
        id: dossier_id(),
        procedure: ProcedureRef {
            code: ProcedureCode::parse("1.001193").unwrap(),
            name: "Đăng ký khai sinh".to_owned(),
            catalogue_version: "2026-07-19".to_owned(),
            component_count: 2,
        },
        agency: AgencyRef { code: AgencyCode::parse("H21.58").unwrap(), name: "UBND huyện Ia Grai".to_owned() },
        filer: filer(),
        channel: Channel::Online,
    }
}

pub(crate) fn owner(name: &str) -> Owner {
    Owner {
        kind: OwnerKind::Citizen,
        full_name: PersonName::parse(name).unwrap().into(),
        number: Some(LoginName::parse("064090001234").unwrap()),
        birth_date: None,
        phone: PhoneNumber::parse("0912345678").unwrap(),
        email: None,
        address: "Làng Jut, xã Ia Dêr".to_owned(),
        commune: None,
        relation_to_filer: Relation::SelfOwner,
    }
}

pub(crate) fn attachment(number: u8) -> Attachment {
    Attachment {
        id: AttachmentId::from_bytes([number; 16]),
        component_code: Some("000.00.00.G15-KQ0001".to_owned()),
        component_name: "Tờ khai".to_owned(),
        file_name: format!("to-khai-{number}.pdf"),
        media_type: "application/pdf".to_owned(),
        size: 1_000 + u64::from(number),
        hash: Hash::of(&[number]),
        uploaded_at: now(),
        citation: None,
    }
}

pub(crate) fn code(number: u32) -> DossierCode {
    DossierCode::new(&AgencyCode::parse("H21.58").unwrap(), now().day(), number)
}

pub(crate) fn file(number: u32) -> Command {
    Command::File {
        code: code(number),
        secret: TrackingSecret::parse("7KP3").unwrap(),
        answer_due_at: at("2026-11-25 08:00"),
        form_version: Some("2026-11-23".to_owned()),
    }
}

pub(crate) fn officer() -> OfficerRef {
    OfficerRef { id: OfficerId::from_bytes([9; 16]), name: "Rơ Châm Khoa".to_owned() }
}

pub(crate) fn due_date() -> DueDate {
    let rule = DeadlineRule { policy: CountingPolicy::Exact, cut_off: 900, version: "v1".to_owned() };
    let limit = TimeLimit::whole(1, TimeUnit::WorkingDay).unwrap();
    due(now(), limit, &rule, &calendar(), &hours())
}

pub(crate) fn accept() -> Command {
    Command::Accept { due: due_date(), officer: officer() }
}

pub(crate) fn refuse() -> Command {
    let reasons = RefusalReasons::new(&["Thiếu Giấy chứng sinh"], Some("Nghị định 118/2025/NĐ-CP")).unwrap();
    Command::Refuse { reasons, officer: officer() }
}

pub(crate) fn finish() -> Command {
    Command::Finish { results: vec![attachment(200)], note: None, officer: officer() }
}

/// A paper that cannot be read, a question, and something else.
pub(crate) fn ask() -> Command {
    let item = |subject, defect, words| SupplementItem { subject, defect, sentence: Sentence::parse(words).unwrap() };
    let paper = Subject::Component { code: Some("000.00.00.G15-KQ0001".to_owned()), name: "Tờ khai".to_owned() };
    let question = Subject::Question { path: "child.name".to_owned(), title: "Họ và tên".to_owned() };
    let items = vec![
        item(paper, Defect::Unreadable, "Ảnh chụp bị mờ."),
        item(question, Defect::Wrong, "Viết theo giấy chứng sinh."),
        item(Subject::Other, Defect::Missing, "Cho biết ai đón kết quả."),
    ];
    let request = SupplementRequest::new(items, None).unwrap();
    Command::RequestSupplement { request, respond_by: now().day().plus_days(10), officer: officer() }
}

pub(crate) fn supply(item: u32, number: u8) -> Command {
    Command::SupplyFile { item, attachment: attachment(number) }
}

pub(crate) fn explain(item: u32) -> Command {
    let explanations = [(item, Some(Sentence::parse("Đã nộp tại quầy.").unwrap()))].into();
    Command::FillSupplement { form_version: None, answers: BTreeMap::new(), explanations }
}

pub(crate) fn answer(path: &str, value: &str) -> Command {
    let answers = [(path.to_owned(), serde_json::Value::from(value))].into();
    Command::FillSupplement { form_version: Some("v2".to_owned()), answers, explanations: BTreeMap::new() }
}

pub(crate) fn send(number: u32, accepted: bool) -> Command {
    let clock = match accepted {
        true => ResumedClock::Return { due: due_date() },
        false => ResumedClock::Answer { due_at: at("2026-11-27 08:00") },
    };
    Command::SendSupplement { number, clock }
}

pub(crate) fn withdraw() -> Command {
    Command::Withdraw { reason: Sentence::parse("Tôi nộp nhầm nơi.").unwrap() }
}

pub(crate) fn give_back() -> Command {
    Command::Return { how: ReturnWay::Online, officer: officer() }
}

/// Every command from the draft to the returned result.
pub(crate) fn whole_way() -> Vec<Command> {
    vec![
        start(),
        Command::EnterOwner(owner("Siu H'Bia")),
        Command::ChooseDelivery(Delivery::ByPost {
            name: PersonName::parse("Siu H'Bia").unwrap().into(),
            phone: PhoneNumber::parse("0912345678").unwrap(),
            address: "Làng Jut".to_owned(),
        }),
        Command::AttachFile(attachment(1)),
        Command::AttachFile(attachment(2)),
        Command::RemoveFile(attachment(1).id),
        file(1),
        accept(),
        finish(),
        give_back(),
    ]
}

/// A dossier with its records.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) dossier: Option<Dossier>,
    pub(crate) records: Vec<Recorded>,
}

impl History {
    /// Does one act, some seconds after the last.
    pub(crate) fn act(&mut self, command: &Command) -> Result<usize, DossierRefusal> {
        let seconds = i64::try_from(self.records.len()).unwrap();
        self.act_at(command, now().plus_millis(seconds * 1_000))
    }

    pub(crate) fn act_at(&mut self, command: &Command, at: Instant) -> Result<usize, DossierRefusal> {
        let events = decide(self.dossier.as_ref(), command, at)?;
        let act = Act {
            dossier_id: dossier_id(),
            at,
            actor: Actor::Account { id: filer(), name: "Siu H'Bia".to_owned() },
            rule_version: "2026-11-01".to_owned(),
        };
        let records = record_all(self.dossier.as_ref(), &act, events);
        let count = records.len();
        for recorded in records {
            self.dossier = Some(evolve(self.dossier.take(), &recorded).unwrap());
            self.records.push(recorded);
        }
        Ok(count)
    }

    /// Does these acts, each of which must be possible.
    pub(crate) fn after(commands: &[Command]) -> Self {
        let mut history = Self::default();
        for command in commands {
            history.act(command).unwrap();
        }
        history
    }

    pub(crate) fn state(&self) -> &Dossier {
        self.dossier.as_ref().unwrap()
    }
}

/// A dossier as it is after so many commands of the whole way.
pub(crate) fn after_steps(count: usize) -> Dossier {
    History::after(&whole_way()[..count]).state().clone()
}

/// A filed dossier.
pub(crate) fn filed() -> Dossier {
    after_steps(7)
}
