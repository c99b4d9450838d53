//! People and dossiers to store.

use domain::account::{Account, AccountCommand, AccountKind, Assurance, Proof, Registration, decide, evolve};
use domain::codes::{
    AgencyCode, DossierCode, EmailAddress, LoginName, PartyName, PhoneNumber, ProcedureCode, TrackingSecret,
};
use domain::deadline::{CountingPolicy, DueDate, TimeLimit, TimeUnit};
use domain::dossier::{
    self, Act, Actor, AgencyRef, Attachment, Channel, Command, Delivery, Dossier, OfficerRef, Owner, OwnerKind,
    ProcedureRef, Recorded, RefusalReasons, Relation, ReturnWay, record_all,
};
use domain::ids::{AccountId, AttachmentId, DossierId, Hash, OfficerId};
use domain::time::Instant;
use storage::{Db, StorageError, accounts, dossiers};

/// 22 November 2026, 14:05 in Vietnam.
pub(crate) const NOW: i64 = 1_795_331_100_000;

pub(crate) fn at(minutes: i64) -> Instant {
    Instant::from_millis(NOW).plus_millis(minutes * 60_000)
}

pub(crate) fn agency(number: u32) -> AgencyCode {
    AgencyCode::parse(&format!("H21.{number}")).unwrap()
}

pub(crate) fn procedure(number: u32) -> ProcedureCode {
    ProcedureCode::parse(&format!("1.{number:06}")).unwrap()
}

pub(crate) fn bytes(number: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// An account that has just been registered.
pub(crate) fn account(number: u32) -> Account {
    let registration = Registration {
        id: AccountId::from_bytes(bytes(number)),
        kind: AccountKind::Citizen,
        login: LoginName::parse(&format!("001090{number:06}")).unwrap(),
        name: PartyName::parse("Nguyễn Thị Ánh").unwrap(),
        birth_date: Some("1990-02".to_owned().try_into().unwrap()),
        representative: None,
        email: Some(EmailAddress::parse(&format!("anh{number}@example.com")).unwrap()),
        phone: Some(PhoneNumber::parse("0912345678").unwrap()),
        assurance: Assurance::Ial2,
        proof: Proof::Email,
    };
    let events = decide(None, &AccountCommand::Register(registration), at(0)).unwrap();
    events.iter().fold(None, |account, event| evolve(account, event, at(0))).unwrap()
}

/// Stores an account to file dossiers with.
pub(crate) async fn add_account(db: &Db, number: u32) -> AccountId {
    let account = account(number);
    let id = account.id;
    let added: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { accounts::insert(tx, &account, "a hash").await })).await;
    added.unwrap();
    id
}

pub(crate) fn officer() -> OfficerRef {
    OfficerRef { id: OfficerId::from_bytes([9; 16]), name: "Trần Văn Bình".to_owned() }
}

pub(crate) fn start(number: u32, filer: AccountId, agency_number: u32, procedure_number: u32) -> Command {
    Command::StartDraft {
        id: DossierId::from_bytes(bytes(number)),
        procedure: ProcedureRef {
            code: procedure(procedure_number),
            name: "Đăng ký khai sinh".to_owned(),
            catalogue_version: "2026-11".to_owned(),
            component_count: 1,
        },
        agency: AgencyRef { code: agency(agency_number), name: "UBND xã Ia Grai".to_owned() },
        filer,
        channel: Channel::Online,
    }
}

pub(crate) fn owner() -> Command {
    Command::EnterOwner(Owner {
        kind: OwnerKind::Citizen,
        full_name: PartyName::parse("Rơ Châm H'Lan").unwrap(),
        number: Some(LoginName::parse("064190000123").unwrap()),
        birth_date: None,
        phone: PhoneNumber::parse("0912345678").unwrap(),
        email: None,
        address: "Làng Jút 1".to_owned(),
        commune: None,
        relation_to_filer: Relation::OnBehalf,
    })
}

pub(crate) fn attachment(number: u32) -> Attachment {
    Attachment {
        id: AttachmentId::from_bytes(bytes(number)),
        component_code: Some("GIAY-01".to_owned()),
        component_name: "Tờ khai".to_owned(),
        file_name: "tờ khai.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 1_234,
        hash: Hash::of(&number.to_be_bytes()),
        uploaded_at: at(1),
        citation: None,
    }
}

pub(crate) fn file(agency_number: u32, number: u32, answer_due_at: Instant) -> Command {
    Command::File {
        code: DossierCode::new(&agency(agency_number), at(0).day(), number),
        secret: TrackingSecret::from_random(u64::from(number)),
        answer_due_at,
        form_version: None,
    }
}

pub(crate) fn accept(accepted_at: Instant, due_at: Instant) -> Command {
    let due = DueDate {
        due_at,
        accepted_at,
        limit: TimeLimit::whole(5, TimeUnit::WorkingDay).unwrap(),
        policy: CountingPolicy::Exact,
        rule_version: "118/2025".to_owned(),
        cut_off: None,
        hours: None,
        calendar_version: "2026".to_owned(),
        steps: Vec::new(),
        skipped: Vec::new(),
        is_within_calendar: true,
        pauses: Vec::new(),
        extension: None,
    };
    Command::Accept { due, officer: officer() }
}

pub(crate) fn refuse() -> Command {
    let reasons = RefusalReasons::new(&["Thiếu tờ khai có chữ ký."], None).unwrap();
    Command::Refuse { reasons, officer: officer() }
}

pub(crate) fn finish(result: u32) -> Command {
    Command::Finish { results: vec![attachment(result)], note: None, officer: officer() }
}

pub(crate) fn hand_over() -> Command {
    Command::Return { how: ReturnWay::Online, officer: officer() }
}

/// A dossier as its acts make it, with every record so far and those of the last act.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) dossier: Option<Dossier>,
    pub(crate) records: Vec<Recorded>,
    last: Vec<Recorded>,
}

impl Story {
    /// Does an act, without storing it.
    pub(crate) fn does(&mut self, command: Command, at: Instant) -> &mut Self {
        let events = dossier::decide(self.dossier.as_ref(), &command, at).unwrap();
        let id = match (&self.dossier, &command) {
            (Some(dossier), _) => dossier.id,
            (None, Command::StartDraft { id, .. }) => *id,
            (None, _) => panic!("a story begins with a draft"),
        };
        let actor = Actor::Account { id: AccountId::from_bytes([1; 16]), name: "Nguyễn Thị Ánh".to_owned() };
        let act = Act { dossier_id: id, at, actor, rule_version: "1".to_owned() };
        self.last = record_all(self.dossier.as_ref(), &act, events);
        for record in &self.last {
            self.dossier = Some(dossier::evolve(self.dossier.take(), record).unwrap());
        }
        self.records.extend_from_slice(&self.last);
        self
    }

    /// Stores the last act.
    pub(crate) async fn store(&self, db: &Db) -> Result<(), StorageError> {
        let (dossier, records) = (self.dossier().clone(), self.last.clone());
        db.write(move |tx| Box::pin(async move { dossiers::append(tx, &dossier, &records).await })).await
    }

    /// Stores everything so far in one go.
    pub(crate) async fn store_all(&self, db: &Db) {
        let (dossier, records) = (self.dossier().clone(), self.records.clone());
        let stored: Result<(), StorageError> =
            db.write(move |tx| Box::pin(async move { dossiers::append(tx, &dossier, &records).await })).await;
        stored.unwrap();
    }

    pub(crate) fn dossier(&self) -> &Dossier {
        self.dossier.as_ref().unwrap()
    }

    pub(crate) fn id(&self) -> DossierId {
        self.dossier().id
    }
}

/// A dossier that was filed with one paper.
pub(crate) fn filed(
    number: u32,
    filer: AccountId,
    agency_number: u32,
    procedure_number: u32,
    answer_due_at: Instant,
) -> Story {
    let mut story = Story::default();
    story
        .does(start(number, filer, agency_number, procedure_number), at(i64::from(number)))
        .does(owner(), at(1))
        .does(Command::ChooseDelivery(Delivery::Online), at(1))
        .does(Command::AttachFile(attachment(number)), at(1))
        .does(file(agency_number, number, answer_due_at), at(2));
    story
}
