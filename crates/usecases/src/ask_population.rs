//! Asking the population register about a person: by the person, whose form it fills, and at the desk, where the answer is a
//! fact beside others. Each question is kept with its purpose; none is asked inside a transaction; no answer rejects anybody.

use connectors::population::{Citizen, Difference, PopulationAnswer, PopulationQuery, Requester};
use domain::account::{Account, Assurance};
use domain::codes::{LoginName, PersonName, PersonalNumber, ProcedureCode};
use domain::dossier::{Dossier, OwnerKind};
use domain::ids::{AccountId, DossierId, MessageId};
use domain::partial_date::PartialDate;
use domain::policy::{Act, Resource, Viewer, may};
use domain::registers::{RegisterAnswer, RegisterDifference, RegisterQuestion};
use storage::{accounts, dossiers, register_questions as rows};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits::check_register;
use crate::register_account::hex;
use crate::sessions::SignedInOfficer;
use crate::store::account_of_owner;

/// The register's name in `registers.toml`.
const REGISTER: &str = "population";
/// The most questions that are shown.
const MOST_QUESTIONS: u32 = 100;

/// What the register holds of a person.
pub type RegisteredCitizen = Citizen;

/// What came of a person's question about themselves.
#[derive(Clone, Debug)]
pub enum OwnFacts {
    /// What is registered.
    Found(Box<FoundCitizen>),
    /// The register has this otherwise; it tells nothing more.
    Differs(Vec<RegisterDifference>),
    /// The register does not know the number.
    Unknown,
    /// It does not answer; filing goes on without it.
    NoAnswer,
}

/// What is registered of the person, and never printed.
#[derive(Clone)]
pub struct FoundCitizen(pub RegisteredCitizen);

impl std::fmt::Debug for FoundCitizen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FoundCitizen")
    }
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The account's identity was not confirmed: anybody may register any number.
    #[error("the identity is not confirmed")]
    NotConfirmed,
    /// Only citizens with a personal number, a name and a birth date are registered.
    #[error("number, name or birth date are missing")]
    NotAsked,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Whether the person who is signed in can have the register asked about themselves.
///
/// # Errors
/// When the database cannot answer.
pub async fn may_ask_register(app: &App, ctx: &Ctx) -> Result<bool, UsecaseError> {
    if !app.population().is_configured() {
        return Ok(false);
    }
    Ok(own_account(app, ctx).await?.is_some_and(|account| is_known(&account)))
}

fn is_known(account: &Account) -> bool {
    account.assurance >= Assurance::Ial2 && matches!(account.login, LoginName::Personal(_))
}

/// The account of whoever is signed in for themselves.
async fn own_account(app: &App, ctx: &Ctx) -> Result<Option<Account>, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Ok(None) };
    app.db().read(move |tx| Box::pin(async move { Ok(accounts::find(tx, id).await?) })).await
}

/// Asks about the person who is signed in, for a procedure that they are filing. The number is the account's own.
///
/// # Errors
/// When the account is not known to be the person's, or too much was asked.
pub async fn ask_about_oneself(
    app: &App,
    ctx: &Ctx,
    procedure: &ProcedureCode,
    draft: Option<DossierId>,
    birth_date: Option<PartialDate>,
) -> Result<OwnFacts, AskError> {
    let account = own_account(app, ctx).await?.ok_or(UsecaseError::SignInFirst)?;
    let LoginName::Personal(number) = account.login.clone() else { return Err(AskError::NotAsked) };
    if !is_known(&account) {
        return Err(AskError::NotConfirmed);
    }
    let name = PersonName::parse(account.name.as_str()).map_err(|_| AskError::NotAsked)?;
    let birth_date = account.birth_date.or(birth_date).ok_or(AskError::NotAsked)?;
    check_register(app, ctx, &account.id.to_string()).await?;
    let summary = app.content().procedures.find(procedure).ok_or(UsecaseError::NotFound)?;
    let requester = Requester::Citizen(account.id.to_string());
    let person = Person { number, name, birth_date };
    let told = ask(app, ctx, person, format!("{procedure}"), requester).await;
    let (answer, differs) = kind_of(&told);
    let question = RegisterQuestion {
        at: ctx.now,
        actor: ctx.actor.clone(),
        agency: None,
        register: REGISTER.to_owned(),
        procedure: procedure.clone(),
        procedure_name: summary.name.clone(),
        dossier: draft,
        code: None,
        answer,
        differs: differs.clone(),
    };
    keep(app, ctx, Some(account.id), question).await?;
    Ok(match told {
        Some(PopulationAnswer::Matches(citizen)) => OwnFacts::Found(Box::new(FoundCitizen(citizen))),
        Some(PopulationAnswer::Differs(_)) => OwnFacts::Differs(differs),
        Some(PopulationAnswer::Unknown) => OwnFacts::Unknown,
        None => OwnFacts::NoAnswer,
    })
}

/// An officer asks whether the owner of a dossier is registered as entered; the answer stands on the dossier's page.
///
/// # Errors
/// Not found for whoever may not read the dossier; [`AskError::NotAsked`] when the owner is no person with number and birth
/// date.
pub async fn ask_about_owner(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    dossier: DossierId,
) -> Result<RegisterAnswer, AskError> {
    let viewer = ctx.viewer.clone();
    let (dossier, about) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find(tx, dossier).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::AskRegister, &Resource::from(&dossier))?;
                let about = account_of_owner(tx, &dossier).await?;
                Ok::<_, UsecaseError>((dossier, about))
            })
        })
        .await?;
    let person = person_of(&dossier).ok_or(AskError::NotAsked)?;
    check_register(app, ctx, &officer.id.to_string()).await?;
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let purpose = format!("{} {code}", dossier.procedure.code);
    let told = ask(app, ctx, person, purpose, Requester::Officer(officer.id.to_string())).await;
    let (answer, differs) = kind_of(&told);
    let question = RegisterQuestion {
        at: ctx.now,
        actor: ctx.actor.clone(),
        agency: Some(dossier.agency.clone()),
        register: REGISTER.to_owned(),
        procedure: dossier.procedure.code.clone(),
        procedure_name: dossier.procedure.name.clone(),
        dossier: Some(dossier.id),
        code: dossier.code.clone(),
        answer,
        differs,
    };
    keep(app, ctx, about, question).await?;
    Ok(answer)
}

/// Whether the register can be asked about the owner of a dossier.
pub fn can_ask_about_owner(app: &App, dossier: &Dossier) -> bool {
    app.population().is_configured() && person_of(dossier).is_some()
}

/// What registers were asked about the viewer, or the principal, the latest first.
///
/// # Errors
/// When nobody is signed in, or the representative may not look.
pub async fn list_questions(app: &App, ctx: &Ctx) -> Result<Vec<RegisterQuestion>, UsecaseError> {
    let about = crate::store::owner_of(ctx)?;
    may(&ctx.viewer, Act::ReadStore, &Resource::Store(about))?;
    app.db().read(move |tx| Box::pin(async move { Ok(rows::list_of_account(tx, about, MOST_QUESTIONS).await?) })).await
}

struct Person {
    number: PersonalNumber,
    name: PersonName,
    birth_date: PartialDate,
}

fn person_of(dossier: &Dossier) -> Option<Person> {
    let owner = dossier.owner.as_ref().filter(|owner| owner.kind == OwnerKind::Citizen)?;
    let LoginName::Personal(number) = owner.number.clone()? else { return None };
    let name = PersonName::parse(owner.full_name.as_str()).ok()?;
    Some(Person { number, name, birth_date: owner.birth_date? })
}

/// The register's answer; nothing when there is none that can be trusted.
async fn ask(app: &App, ctx: &Ctx, person: Person, purpose: String, requester: Requester) -> Option<PopulationAnswer> {
    let Person { number, name, birth_date } = person;
    let request_id = hex(&ctx.random::<16>());
    let query = PopulationQuery { number, name, birth_date, purpose, requester, request_id };
    match app.population().ask(&query).await {
        Ok(answer) => Some(answer),
        Err(error) => {
            tracing::warn!(error = %error, "The population register gave no answer");
            None
        }
    }
}

fn kind_of(told: &Option<PopulationAnswer>) -> (RegisterAnswer, Vec<RegisterDifference>) {
    match told {
        Some(PopulationAnswer::Matches(_)) => (RegisterAnswer::Match, Vec::new()),
        Some(PopulationAnswer::Unknown) => (RegisterAnswer::Unknown, Vec::new()),
        None => (RegisterAnswer::NoAnswer, Vec::new()),
        Some(PopulationAnswer::Differs(differences)) => {
            let of = |difference: &Difference| match difference {
                Difference::FullName => RegisterDifference::Name,
                Difference::BirthDate => RegisterDifference::BirthDate,
            };
            (RegisterAnswer::Mismatch, differences.iter().map(of).collect())
        }
    }
}

async fn keep(app: &App, ctx: &Ctx, about: Option<AccountId>, question: RegisterQuestion) -> Result<(), UsecaseError> {
    let id = MessageId::from_bytes(ctx.random());
    app.db().write(move |tx| Box::pin(async move { Ok(rows::insert(tx, id, about, &question).await?) })).await
}
