//! Officers are entered by whoever runs the portal, and set their first password through a link that works once.

use domain::account::composed_password;
use domain::codes::{AgencyCode, OfficerLogin, PersonName};
use domain::ids::{Hash, OfficerId};
use domain::policy::{OfficerGrant, ProcedureScope, Role};
use domain::time::Instant;
use storage::audit::{self, AuditActor, AuditLine};
use storage::officers::{self, Officer};
use storage::{Tx, officer_enrolments, sessions};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::password_strength::OwnWords;
use crate::register_account::hex;

const HOUR: i64 = 60 * 60_000;

/// What an officer's audit lines are about.
pub(crate) const SUBJECT: &str = "officer";

/// An officer to be entered.
#[derive(Clone, Debug)]
pub struct NewOfficer {
    /// The name to sign in with.
    pub login: OfficerLogin,
    /// The officer's name.
    pub name: PersonName,
    /// For which agency they work.
    pub agency: AgencyCode,
    /// What they may do there.
    pub role: Role,
}

/// A link that was made for an officer.
#[derive(Clone, Debug)]
pub struct EnrolmentLink {
    /// Where the officer sets the password.
    pub address: String,
    /// Until when it works.
    pub expires_at: Instant,
}

/// Why an officer was not entered.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The login name is another officer's.
    #[error("another officer signs in with this name")]
    LoginTaken,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<storage::StorageError> for EnrolError {
    fn from(error: storage::StorageError) -> Self {
        match error.is_constraint(officers::LOGIN_NAME_TAKEN) {
            true => Self::LoginTaken,
            false => Self::Usecase(error.into()),
        }
    }
}

/// Enters an officer with one grant, from today on for all procedures, and makes the link for the first password.
pub async fn enrol_officer(app: &App, ctx: &Ctx, new: NewOfficer) -> Result<EnrolmentLink, EnrolError> {
    // Nobody knows this password: the officer sets one of their own.
    let nobodys = hex(&ctx.random::<32>());
    let password_hash = app.passwords().hash(&nobodys, ctx.random()).await.map_err(UsecaseError::from)?;
    let officer = Officer {
        id: OfficerId::from_bytes(ctx.random()),
        login_name: new.login.as_str().to_owned(),
        name: new.name.as_str().to_owned(),
        password_hash,
        is_active: true,
        created_at: ctx.now,
    };
    let grant = OfficerGrant {
        role: new.role,
        agency: new.agency,
        procedures: ProcedureScope::All,
        valid_from: ctx.now.day(),
        valid_to: None,
    };
    let link = NewLink::draw(app, ctx);
    let basis = format!("{} {}", grant.role.as_str(), grant.agency);
    let line = AuditLine { subject_id: Some(officer.id.to_string()), ..line_of(ctx, "enter_officer", Some(basis)) };
    let made = link.clone();
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                officers::insert(tx, &officer).await?;
                officers::insert_grant(tx, officer.id, &grant).await?;
                officer_enrolments::replace(tx, made.digest, officer.id, made.link.expires_at).await?;
                audit::insert(tx, &line).await?;
                Ok::<_, EnrolError>(())
            })
        })
        .await?;
    Ok(link.link)
}

/// Makes another link for an officer; the one before is void, a password stays until the link is used.
///
/// # Errors
/// [`UsecaseError::NotFound`] when there is no such officer.
pub async fn renew_enrolment(app: &App, ctx: &Ctx, login: &OfficerLogin) -> Result<EnrolmentLink, UsecaseError> {
    let link = NewLink::draw(app, ctx);
    let (made, login) = (link.clone(), login.clone());
    let line = line_of(ctx, "renew_enrolment", None);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let found = officers::find_by_login(tx, login.as_str()).await?.filter(|found| found.is_active);
                let officer = found.ok_or(UsecaseError::NotFound)?.id;
                officer_enrolments::replace(tx, made.digest, officer, made.link.expires_at).await?;
                let line = AuditLine { subject_id: Some(officer.to_string()), ..line };
                Ok::<_, UsecaseError>(audit::insert(tx, &line).await?)
            })
        })
        .await?;
    Ok(link.link)
}

/// A link before it is stored.
#[derive(Clone)]
struct NewLink {
    digest: Hash,
    link: EnrolmentLink,
}

impl NewLink {
    fn draw(app: &App, ctx: &Ctx) -> Self {
        let token: [u8; 32] = ctx.random();
        let address = format!("{}/can-bo/kich-hoat/{}", app.settings().public_url, hex(&token));
        let expires_at = ctx.now.plus_millis(app.settings().enrolment_hours * HOUR);
        Self { digest: Hash::of(&token), link: EnrolmentLink { address, expires_at } }
    }
}

/// The officer whom a link that still works is for.
#[derive(Clone)]
pub struct Enrolment {
    /// The officer's name.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// What the password may not be made of.
    pub own: OwnWords,
}

/// Who sets a password through this link; none when it is void.
pub async fn find_enrolment(app: &App, ctx: &Ctx, token: &str) -> Result<Option<Enrolment>, UsecaseError> {
    let Some(digest) = digest_of(token) else { return Ok(None) };
    let now = ctx.now;
    let found = app.db().read(move |tx| Box::pin(find(tx, digest, now))).await?;
    Ok(found.map(|officer| Enrolment {
        own: OwnWords::of_officer(&officer.name, &officer.login_name),
        name: officer.name,
        login: officer.login_name,
    }))
}

/// Sets the first password; `false` when the link is void, as it is after the first use.
pub async fn finish_enrolment(app: &App, ctx: &Ctx, token: &str, password: &str) -> Result<bool, UsecaseError> {
    let Some(digest) = digest_of(token) else { return Ok(false) };
    let password_hash = app.passwords().hash(&composed_password(password), ctx.random()).await?;
    let now = ctx.now;
    let line = line_of(ctx, "set_first_password", Some("enrolment link".to_owned()));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(officer) = find(tx, digest, now).await? else { return Ok(false) };
                // Of two presses at once one finds the link gone.
                if officer_enrolments::delete_of_officer(tx, officer.id).await? == 0 {
                    return Ok(false);
                }
                let id = officer.id;
                officers::update(tx, &Officer { password_hash, ..officer }).await?;
                sessions::delete_of_officer(tx, id).await?;
                let line = AuditLine { actor: AuditActor::Officer(id), subject_id: Some(id.to_string()), ..line };
                audit::insert(tx, &line).await?;
                Ok(true)
            })
        })
        .await
}

async fn find(tx: &mut Tx<'_>, digest: Hash, now: Instant) -> Result<Option<Officer>, UsecaseError> {
    let Some(id) = officer_enrolments::find(tx, digest, now).await? else { return Ok(None) };
    Ok(officers::find(tx, id).await?.filter(|officer| officer.is_active))
}

/// The digest under which a token is stored.
fn digest_of(token: &str) -> Option<Hash> {
    Hash::parse(token).ok().map(|token| Hash::of(token.as_bytes()))
}

/// An audit line about an officer, by the program until somebody else is named.
fn line_of(ctx: &Ctx, act: &str, basis: Option<String>) -> AuditLine {
    AuditLine {
        at: ctx.now,
        actor: AuditActor::System,
        act: act.to_owned(),
        subject_kind: SUBJECT.to_owned(),
        subject_id: None,
        basis,
        request_id: Some(ctx.request_id.clone()).filter(|id| !id.is_empty()),
    }
}
