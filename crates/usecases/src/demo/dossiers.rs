//! Generated dossiers, made by the same rules as real ones, for looking at long lists and for measuring.

use bytes::Bytes;
use domain::account::{self, Account, AccountCommand, AccountKind, Assurance, Proof, Registration};
use domain::catalogue::{Method, ProcedureSummary};
use domain::codes::{AgencyCode, DossierCode, EmailAddress, LoginName, PartyName, PhoneNumber, TrackingSecret};
use domain::deadline::{TimeLimit, TimeUnit};
use domain::dossier::{
    self, Actor, AgencyRef, Attachment, Channel, Command, Delivery, Dossier, OfficerRef, Owner, OwnerKind,
    ProcedureRef, Recorded, RefusalReasons, Relation, ReturnWay, decide, record_all,
};
use domain::ids::{AccountId, AttachmentId, DossierId};
use domain::receipt::Manifest;
use domain::time::Instant;
use futures_util::stream;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use storage::{accounts, dossiers as rows, officers};

use super::names::person_name;
use crate::act::apply;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::receipts::Signer;

/// How many dossiers are written in one transaction.
const AT_ONCE: u32 = 500;
/// How many accounts share the generated dossiers.
const FILERS: u64 = 500;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The smallest file that is a PDF by its content.
const PAPER: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Adds `count` dossiers filed over the last half year, in all states; `progress` is told how many are done.
pub async fn seed_dossiers(app: &App, ctx: &Ctx, count: u32, progress: impl Fn(u64)) -> Result<(), UsecaseError> {
    let source = Source::prepare(app, ctx).await?;
    let mut done = 0;
    while done < count {
        let size = AT_ONCE.min(count - done);
        let (source, seed) = (source.clone(), ctx.random::<32>());
        app.db()
            .write(move |tx| {
                Box::pin(async move {
                    let mut rng = StdRng::from_seed(seed);
                    for _ in 0..size {
                        let plan = Plan::draw(&source, &mut rng);
                        let number = rows::next_ordinal(tx, &plan.agency.code, plan.filed_at.day()).await?;
                        let (dossier, recorded) = plan.live(&source, number, &mut rng)?;
                        rows::append(tx, &dossier, &recorded).await?;
                        if dossier.filed_at.is_some_and(|at| source.signer.has_begun(at)) {
                            let mut receipt_seed = [0; 32];
                            rng.fill_bytes(&mut receipt_seed);
                            let (filed, filing) =
                                Manifest::filing_of(&recorded).ok_or(UsecaseError::Broken("a generated filing"))?;
                            source.signer.queue(tx, &filed, std::slice::from_ref(filing), receipt_seed)?;
                        }
                    }
                    Ok::<_, UsecaseError>(())
                })
            })
            .await?;
        done += size;
        progress(u64::from(done));
    }
    Ok(())
}

/// What generated dossiers are drawn from.
#[derive(Clone)]
struct Source {
    app: App,
    now: Instant,
    signer: Signer,
    filers: Vec<AccountId>,
    offices: Vec<(AgencyRef, OfficerRef)>,
    paper: Attachment,
}

impl Source {
    async fn prepare(app: &App, ctx: &Ctx) -> Result<Self, UsecaseError> {
        let content = app.content();
        let home = &content.rules.home_district;
        // Half of the dossiers come to the leaflet's district and its communes.
        let receiving: Vec<AgencyCode> = content.assignment.receiving_agencies().cloned().collect();
        let near: Vec<AgencyCode> = receiving.iter().filter(|agency| agency.is_within(home)).cloned().collect();
        let filers = Self::filers(app, ctx).await?;
        let copies = receiving.len() / near.len().max(1);
        let codes: Vec<AgencyCode> =
            receiving.iter().chain(near.iter().cycle().take(near.len() * copies)).cloned().collect();
        let found = app
            .db()
            .read(move |tx| {
                Box::pin(async move {
                    let mut offices = Vec::new();
                    for code in &codes {
                        if let Some(officer) = officers::find_by_login(tx, code.as_str()).await? {
                            offices.push((code.clone(), OfficerRef { id: officer.id, name: officer.name }));
                        }
                    }
                    Ok::<_, UsecaseError>(offices)
                })
            })
            .await?;
        let named =
            |code: &AgencyCode| content.agencies.find(code).map(|agency| agency.name.clone()).unwrap_or_default();
        let offices =
            found.into_iter().map(|(code, officer)| (AgencyRef { name: named(&code), code }, officer)).collect();
        let incoming =
            app.blobs().receive(stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(PAPER))]), 1 << 20).await?;
        let (hash, size) = (incoming.hash(), incoming.size());
        incoming.keep().await?;
        let paper = Attachment {
            id: AttachmentId::from_bytes(ctx.random()),
            component_code: None,
            component_name: "Giấy tờ khác".into(),
            file_name: "giay-to.pdf".into(),
            media_type: "application/pdf".into(),
            size,
            hash,
            uploaded_at: ctx.now,
            citation: None,
        };
        let signer = Signer::existing(app).await?;
        Ok(Self { app: app.clone(), now: ctx.now, signer, filers, offices, paper })
    }

    /// The accounts of people who do not exist; nobody can sign in with them.
    async fn filers(app: &App, ctx: &Ctx) -> Result<Vec<AccountId>, UsecaseError> {
        let mut made = Vec::new();
        for number in 0..FILERS {
            made.push(account_of(number, AccountId::from_bytes(ctx.random()), ctx.now)?);
        }
        app.db()
            .write(move |tx| {
                Box::pin(async move {
                    let mut filers = Vec::new();
                    for account in made {
                        match accounts::find_by_login(tx, &account.login).await? {
                            Some(found) => filers.push(found.account.id),
                            None => {
                                accounts::insert(tx, &account, "!").await?;
                                filers.push(account.id);
                            }
                        }
                    }
                    Ok::<_, UsecaseError>(filers)
                })
            })
            .await
    }
}

fn account_of(number: u64, id: AccountId, at: Instant) -> Result<Account, UsecaseError> {
    let broken = |_| UsecaseError::Broken("a generated value");
    let email = EmailAddress::parse(&format!("nguoi-dan-{number}@vi-du.example"));
    let email = email.map_err(|_| UsecaseError::Broken("a generated address"))?;
    let registration = Registration {
        id,
        kind: AccountKind::Citizen,
        login: LoginName::parse(&format!("0641900{:05}", 10_000 + number))
            .map_err(|_| UsecaseError::Broken("a generated number"))?,
        name: PartyName::parse(&person_name(number)).map_err(|_| UsecaseError::Broken("a generated name"))?,
        birth_date: None,
        representative: None,
        email: Some(email),
        phone: None,
        assurance: Assurance::Ial1,
        proof: Proof::Email,
    };
    let events = account::decide(None, &AccountCommand::Register(registration), at).map_err(broken)?;
    let account = events.iter().fold(None, |account, event| account::evolve(account, event, at));
    account.ok_or(UsecaseError::Broken("a generated account"))
}

/// How one generated dossier goes.
struct Plan {
    id: DossierId,
    procedure: ProcedureRef,
    limit: TimeLimit,
    agency: AgencyRef,
    officer: OfficerRef,
    filer: AccountId,
    person: u64,
    filed_at: Instant,
    /// Drawn from 0 to 99; it decides how far the dossier has come.
    fate: u32,
}

impl Plan {
    fn draw(source: &Source, rng: &mut StdRng) -> Self {
        let content = source.app.content();
        let (agency, officer) = source.offices[rng.random_range(0..source.offices.len())].clone();
        let offered = content.assignment.procedures_of(&agency.code);
        let summary: &ProcedureSummary = content.procedures.get(offered[rng.random_range(0..offered.len())]);
        let detail = content.procedures.detail(&summary.code);
        let limit = detail.as_ref().and_then(|detail| detail.time_limit(Method::Online));
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        Self {
            id: DossierId::from_bytes(id),
            procedure: ProcedureRef {
                code: summary.code.clone(),
                name: summary.name.clone(),
                catalogue_version: content.versions.catalogue.clone(),
                component_count: 1,
            },
            limit: limit.unwrap_or(TimeLimit::whole(5, TimeUnit::WorkingDay).expect("five days are a limit")),
            agency,
            officer,
            filer: source.filers[rng.random_range(0..source.filers.len())],
            person: rng.random_range(0..1_000_000),
            filed_at: source.now.plus_millis(-rng.random_range(0..180 * DAY)),
            fate: rng.random_range(0..100),
        }
    }

    /// The dossier with its events, by the same `decide` and `evolve` as real ones.
    fn live(self, source: &Source, number: u32, rng: &mut StdRng) -> Result<(Dossier, Vec<Recorded>), UsecaseError> {
        let rule_version = source.app.content().rules.version.clone();
        let name = person_name(self.person);
        let citizen = Actor::Account { id: self.filer, name: name.clone() };
        let office = Actor::Officer { id: self.officer.id, name: self.officer.name.clone() };
        let mut state: Option<Dossier> = None;
        let mut all = Vec::new();
        for (at, actor, command) in self.commands(source, &name, number, &citizen, &office, rng)? {
            let circumstances = dossier::Act { dossier_id: self.id, at, actor, rule_version: rule_version.clone() };
            let events = decide(state.as_ref(), &command, at).map_err(|_| UsecaseError::Broken("a generated act"))?;
            let recorded = record_all(state.as_ref(), &circumstances, events);
            state = Some(apply(state, &recorded)?);
            all.extend(recorded);
        }
        Ok((state.ok_or(UsecaseError::Broken("a generated dossier"))?, all))
    }

    fn commands(
        &self,
        source: &Source,
        name: &str,
        number: u32,
        citizen: &Actor,
        office: &Actor,
        rng: &mut StdRng,
    ) -> Result<Vec<(Instant, Actor, Command)>, UsecaseError> {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let filed_at = self.filed_at;
        let started_at = filed_at.plus_millis(-HOUR / 4);
        let paper = Attachment { id: AttachmentId::from_bytes(id), uploaded_at: started_at, ..source.paper.clone() };
        let start = Command::StartDraft {
            id: self.id,
            procedure: self.procedure.clone(),
            agency: self.agency.clone(),
            filer: self.filer,
            channel: Channel::Online,
        };
        let file = Command::File {
            code: DossierCode::new(&self.agency.code, filed_at.day(), number),
            secret: TrackingSecret::from_random(rng.next_u64()),
            answer_due_at: source.app.answer_due_at(filed_at),
            form_version: None,
        };
        let mut commands = vec![
            (started_at, citizen.clone(), start),
            (started_at, citizen.clone(), Command::EnterOwner(self.owner(name)?)),
            (started_at, citizen.clone(), Command::ChooseDelivery(Delivery::Online)),
            (started_at, citizen.clone(), Command::AttachFile(paper)),
            (filed_at, citizen.clone(), file),
        ];
        let answered_at = filed_at.plus_millis(rng.random_range(HOUR..10 * HOUR));
        if self.fate >= 90 || answered_at > source.now {
            return Ok(commands);
        }
        if self.fate >= 85 {
            let reasons = RefusalReasons::new(&["Bản chụp giấy tờ không đọc được, vui lòng chụp lại rõ nét."], None)
                .map_err(|_| UsecaseError::Broken("a generated reason"))?;
            commands.push((answered_at, office.clone(), Command::Refuse { reasons, officer: self.officer.clone() }));
            return Ok(commands);
        }
        let due = source.app.due(answered_at, self.limit);
        let span = (due.due_at.as_millis() - answered_at.as_millis()).max(HOUR);
        commands.push((answered_at, office.clone(), Command::Accept { due, officer: self.officer.clone() }));
        let finished_at = answered_at.plus_millis(span / 100 * rng.random_range(30..105));
        if self.fate >= 70 || finished_at > source.now {
            return Ok(commands);
        }
        let note = Some("Kết quả giấy đã có tại Bộ phận Một cửa.".to_owned());
        let finish = Command::Finish { results: Vec::new(), note, officer: self.officer.clone() };
        commands.push((finished_at, office.clone(), finish));
        let returned_at = finished_at.plus_millis(rng.random_range(HOUR..2 * DAY));
        if self.fate >= 65 || returned_at > source.now {
            return Ok(commands);
        }
        let give = Command::Return { how: ReturnWay::Online, officer: self.officer.clone() };
        commands.push((returned_at, office.clone(), give));
        Ok(commands)
    }

    fn owner(&self, name: &str) -> Result<Owner, UsecaseError> {
        Ok(Owner {
            kind: OwnerKind::Citizen,
            full_name: PartyName::parse(name).map_err(|_| UsecaseError::Broken("a generated name"))?,
            number: Some(
                LoginName::parse(&format!("064190{:06}", self.person))
                    .map_err(|_| UsecaseError::Broken("a generated number"))?,
            ),
            birth_date: None,
            phone: PhoneNumber::parse(&format!("09{:08}", self.person))
                .map_err(|_| UsecaseError::Broken("a generated phone"))?,
            email: None,
            address: "Huyện Ia Grai, tỉnh Gia Lai".into(),
            commune: None,
            relation_to_filer: Relation::SelfOwner,
        })
    }
}
