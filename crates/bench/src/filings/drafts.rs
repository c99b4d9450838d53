//! Drafts that lack nothing but the press on *Nộp hồ sơ*.

use std::sync::Arc;

use domain::account::{self, AccountCommand, AccountKind, Assurance, Proof, Registration};
use domain::codes::{AgencyCode, EmailAddress, LoginName, PartyName, PhoneNumber};
use domain::dossier::{
    Act, Actor, AgencyRef, Attachment, Channel, Command, Delivery, Dossier, Owner, OwnerKind, ProcedureRef, Recorded,
    Relation, decide, evolve, record_all,
};
use domain::ids::{AccountId, AttachmentId, DossierId, Hash};
use domain::time::Instant;
use serde_json::Value;
use storage::blobs::Blob;
use storage::{Db, StorageError, accounts, blobs, dossiers};
use usecases::App;

use crate::Failure;

/// Drafts that are written in one transaction.
const AT_ONCE: usize = 500;
/// Answers and files of each dossier.
const ANSWERS: usize = 40;
const FILES: usize = 5;

/// Who files them all.
#[derive(Clone)]
pub(super) struct Filer {
    /// The account.
    pub(super) id: AccountId,
    /// The holder's name.
    pub(super) name: String,
}

impl Filer {
    /// Adds the account.
    pub(super) async fn add(db: &Db) -> Result<Self, Failure> {
        let (id, now) = (AccountId::from_bytes(rand::random()), cli::clock::now());
        let name = "Rơ Châm H'Lan";
        let registration = Registration {
            id,
            kind: AccountKind::Citizen,
            login: LoginName::parse("064190009999")?,
            name: PartyName::parse(name)?,
            birth_date: None,
            representative: None,
            email: Some(EmailAddress::parse("nguoi-nop@vi-du.example")?),
            phone: Some(PhoneNumber::parse("0912345678")?),
            assurance: Assurance::Ial1,
            proof: Proof::Phone,
        };
        let events = account::decide(None, &AccountCommand::Register(registration), now)?;
        let account = events.iter().fold(None, |account, event| account::evolve(account, event, now));
        let account = account.ok_or("registration makes no account")?;
        db.write(move |tx| Box::pin(async move { accounts::insert(tx, &account, "!").await })).await?;
        Ok(Self { id, name: name.to_owned() })
    }
}

/// What the general form asks for; an organisation is asked where no person may file.
const GENERAL_ANSWERS: [(&str, &str); 11] = [
    ("request.applicant", "person"),
    ("request.case", "other"),
    ("request.content", "Đề nghị giải quyết thủ tục."),
    ("person.full_name", "Rơ Châm H'Lan"),
    ("person.number", "064190009999"),
    ("person.address", "Xã Ia Grai, Tỉnh Gia Lai"),
    ("person.phone", "+84912345678"),
    ("organisation.name", "Hợp tác xã Ia Grai"),
    ("organisation.address", "Xã Ia Grai, Tỉnh Gia Lai"),
    ("organisation.phone", "+84912345678"),
    ("organisation.representative", "Rơ Châm H'Lan"),
];

/// Adds so many drafts, spread over the agencies that receive dossiers, by the same rules as people's own.
pub(super) async fn prepare_drafts(app: &App, db: &Db, filer: &Filer, count: usize) -> Result<Vec<DossierId>, Failure> {
    let content = app.content();
    let agencies: Vec<AgencyCode> = content.assignment.receiving_agencies().cloned().collect();
    let now = cli::clock::now();
    let mut all = Vec::with_capacity(count);
    let mut batch: Vec<(Dossier, Vec<Recorded>)> = Vec::new();
    let hash = Hash::of(b"a paper");
    db.write(move |tx| {
        Box::pin(async move { blobs::insert_if_absent(tx, &Blob { hash, size: 7, received_at: now }).await })
    })
    .await?;
    for number in 0..count {
        let code = &agencies[number % agencies.len()];
        let offered =
            content.procedures_of(code).find(|procedure| content.whole_procedures.of(&procedure.code).is_empty());
        let procedure = offered.ok_or("an agency without a procedure that has the general form")?;
        let form = content.version_on(&procedure.code, now.day()).ok_or("a procedure without a form")?;
        let asked: Vec<(String, Value)> = GENERAL_ANSWERS
            .iter()
            .filter(|(path, _)| form.form.field(path).is_some())
            .map(|(path, answer)| ((*path).to_owned(), (*answer).into()))
            .collect();
        let procedure = ProcedureRef {
            code: procedure.code.clone(),
            name: procedure.name.clone(),
            catalogue_version: content.versions.catalogue.clone(),
            component_count: 1,
        };
        let name = content.agencies.find(code).map(|agency| agency.name.clone()).unwrap_or_default();
        let agency = AgencyRef { code: code.clone(), name };
        let draft = draft(filer, (procedure, asked), agency, hash, &content.rules.version, now)?;
        all.push(draft.0.id);
        batch.push(draft);
        if batch.len() == AT_ONCE || number + 1 == count {
            let batch = Arc::new(std::mem::take(&mut batch));
            db.write(move |tx| {
                Box::pin(async move {
                    for (dossier, records) in batch.iter() {
                        dossiers::append(tx, dossier, records).await?;
                    }
                    Ok::<_, StorageError>(())
                })
            })
            .await?;
        }
    }
    Ok(all)
}

fn draft(
    filer: &Filer,
    (procedure, asked): (ProcedureRef, Vec<(String, Value)>),
    agency: AgencyRef,
    hash: Hash,
    rules: &str,
    at: Instant,
) -> Result<(Dossier, Vec<Recorded>), Failure> {
    let id = DossierId::from_bytes(rand::random());
    let owner = Owner {
        kind: OwnerKind::Citizen,
        full_name: PartyName::parse(&filer.name)?,
        number: Some(LoginName::parse("064190009999")?),
        birth_date: None,
        phone: PhoneNumber::parse("0912345678")?,
        email: None,
        address: "Huyện Ia Grai, tỉnh Gia Lai".into(),
        commune: None,
        relation_to_filer: Relation::SelfOwner,
    };
    let paper = |number: usize| Attachment {
        id: AttachmentId::from_bytes(rand::random()),
        component_code: None,
        component_name: "Giấy tờ khác".into(),
        file_name: format!("giay-to-{number}.pdf"),
        media_type: "application/pdf".into(),
        size: 7,
        hash,
        uploaded_at: at,
        citation: None,
    };
    let answer = |number: usize| (format!("part.question_{number}"), "Làng Jút 1, xã Ia Hrung".into());
    let mut commands = vec![
        Command::StartDraft { id, procedure, agency, filer: filer.id, channel: Channel::Online },
        Command::EnterOwner(owner),
        Command::GiveAnswers {
            form_version: "bench".into(),
            answers: (asked.len()..ANSWERS).map(answer).chain(asked).collect(),
            seen: None,
        },
        Command::ChooseDelivery(Delivery::Online),
    ];
    commands.extend((0..FILES).map(|number| Command::AttachFile(paper(number))));
    let actor = Actor::Account { id: filer.id, name: filer.name.clone() };
    let act = Act { dossier_id: id, at, actor, rule_version: rules.to_owned() };
    let (mut dossier, mut all) = (None, Vec::new());
    for command in commands {
        let recorded = record_all(dossier.as_ref(), &act, decide(dossier.as_ref(), &command, at)?);
        for record in &recorded {
            dossier = Some(evolve(dossier, record)?);
        }
        all.extend(recorded);
    }
    Ok((dossier.ok_or("no dossier")?, all))
}
