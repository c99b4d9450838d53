//! Sessions: opaque tokens of which only the digest is stored, and who stands behind them.

use content::Content;
use domain::account::{Account, AccountKind, AccountStatus};
use domain::codes::{AgencyCode, EmailAddress, LoginName, PhoneNumber};
use domain::dossier::{Actor, OfficerRef};
use domain::ids::{AccountId, Hash, OfficerId, SessionHash};
use domain::partial_date::PartialDate;
use domain::policy::{Act, Acting, OfficerGrant, Resource, Role, Viewer, may, visible_agencies};
use domain::representation::Right;
use domain::text::fold;
use domain::time::Instant;
use storage::known_browsers::{self, Acquaintance};
use storage::sessions as rows;
use storage::{Holder, accounts, officers, recoveries};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;
use crate::limits::Tried;
use crate::oidc_provider::tell_clients;
use crate::register_account::hex;
use crate::represent::stand_for;

/// The browser in which somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// Its kind, in words that its owner knows it by.
    pub words: &'a str,
    /// The random mark that it keeps, by which it is known again.
    pub mark: &'a str,
}

/// One place where an account is signed in.
pub type OpenSession = rows::OpenSession;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub enum SignedIn {
    /// A citizen or an enterprise.
    Account(SignedInAccount),
    /// An officer.
    Officer(SignedInOfficer),
}

/// A signed-in citizen or enterprise: what forms fill in beforehand (R8).
#[derive(Clone, Debug)]
pub struct SignedInAccount {
    /// The account.
    pub id: AccountId,
    /// Citizen or enterprise.
    pub kind: AccountKind,
    /// The number it signs in with.
    pub login: LoginName,
    /// Name of the person or the enterprise.
    pub name: String,
    /// When the person was born.
    pub birth_date: Option<PartialDate>,
    /// Where to phone.
    pub phone: Option<PhoneNumber>,
    /// Where letters go, when the account has an address.
    pub email: Option<EmailAddress>,
    /// The person who acts for this account, when it is not its holder who is signed in.
    pub acting: Option<ActingPerson>,
    /// Whose representation has just come to an end by itself: the session acts for its holder again.
    pub acting_ended: Option<String>,
    /// Whether officers are recovering the account at a desk: its holder can stop it.
    pub is_being_recovered: bool,
}

/// The person behind a session that acts for another account.
#[derive(Clone, Debug)]
pub struct ActingPerson {
    /// What the person may do.
    pub acting: Acting,
    /// The person's name.
    pub name: String,
}

/// A signed-in officer with what they may do where.
#[derive(Clone, Debug)]
pub struct SignedInOfficer {
    /// The officer.
    pub id: OfficerId,
    /// Their name.
    pub name: String,
    /// Name of the agency for which they work, the first one's when there are several.
    pub agency_name: String,
    /// Their grants that hold today.
    pub grants: Vec<OfficerGrant>,
}

impl SignedInAccount {
    /// Who the policy sees.
    pub fn viewer(&self) -> Viewer {
        match &self.acting {
            Some(person) => Viewer::Representative(person.acting.clone()),
            None => Viewer::Citizen(self.id),
        }
    }

    /// Who the log of acts names.
    pub fn actor(&self) -> Actor {
        match &self.acting {
            Some(person) => Actor::Representative {
                id: person.acting.person,
                name: person.name.clone(),
                principal: self.id,
                principal_name: self.name.clone(),
            },
            None => Actor::Account { id: self.id, name: self.name.clone() },
        }
    }

    /// Whether dossiers can be filed in this account's name.
    pub fn may_file(&self) -> bool {
        self.acting.as_ref().is_none_or(|person| person.acting.has(Right::File))
    }
}

impl SignedInOfficer {
    /// Who the policy sees.
    pub fn viewer(&self) -> Viewer {
        Viewer::Officer { id: self.id, grants: self.grants.clone() }
    }

    /// Who the log of acts names.
    pub fn actor(&self) -> Actor {
        Actor::Officer { id: self.id, name: self.name.clone() }
    }

    /// How a dossier names the officer who holds it.
    pub fn reference(&self) -> OfficerRef {
        OfficerRef { id: self.id, name: self.name.clone() }
    }

    /// Whether dossiers come to the officer at all.
    pub fn has_inbox(&self) -> bool {
        !visible_agencies(&self.viewer()).is_empty()
    }

    /// Whether the officer may open recoveries of accounts at some desk.
    pub fn opens_recoveries(&self) -> bool {
        self.has_desk_right(Act::OpenRecovery)
    }

    /// Whether the officer sees the recoveries of some desk.
    pub fn sees_recoveries(&self) -> bool {
        self.has_desk_right(Act::ReadRecovery)
    }

    fn has_desk_right(&self, act: Act) -> bool {
        let viewer = self.viewer();
        self.grants.iter().any(|grant| may(&viewer, act, &Resource::Recoveries(grant.agency.clone())).is_ok())
    }

    /// Whether the officer looks after accounts.
    pub fn administers(&self) -> bool {
        self.grants.iter().any(|grant| grant.role == Role::Administrator)
    }

    /// The agencies for which the officer works.
    pub fn agencies(&self) -> Vec<AgencyCode> {
        let mut agencies: Vec<AgencyCode> = self.grants.iter().map(|grant| grant.agency.clone()).collect();
        agencies.sort();
        agencies.dedup();
        agencies
    }
}

/// Opens a session; the token goes into the cookie and nowhere else.
pub(crate) async fn open(
    app: &App,
    ctx: &Ctx,
    holder: Holder,
    tried: Option<Tried>,
    browser: Browser<'_>,
) -> Result<String, UsecaseError> {
    let device = browser.words.to_owned();
    let mark = Hash::of(browser.mark.as_bytes());
    let notice = notice_of(app, ctx, browser);
    let token = hex(&ctx.random::<32>());
    let hash = SessionHash::of_token(token.as_bytes());
    let (now, expires_at) = (ctx.now, ctx.now.plus_millis(app.settings().session_millis));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                if let Some(tried) = tried {
                    tried.forgive(tx).await?;
                }
                match holder {
                    Holder::Account(id) => {
                        rows::insert_of_account(tx, hash, id, now, expires_at, &device).await?;
                        if known_browsers::meet(tx, id, mark, now).await? == Acquaintance::New
                            && let Some(account) = accounts::find(tx, id).await?
                        {
                            notice.tell_quietly(tx, &account, now).await?;
                        }
                    }
                    Holder::Officer(id) => rows::insert_of_officer(tx, hash, id, now, expires_at, &device).await?,
                }
                Ok::<_, UsecaseError>(())
            })
        })
        .await?;
    Ok(token)
}

fn notice_of(app: &App, ctx: &Ctx, browser: Browser<'_>) -> Notice {
    let of = if browser.words.is_empty() { String::new() } else { format!(" ({})", browser.words) };
    let plain = format!("tai khoan vua dang nhap tren mot thiet bi moi{}", unmarked(&of));
    let fact = format!("Tài khoản vừa được đăng nhập trên một thiết bị mới{of}");
    Notice::draw(app, ctx, &plain, &fact)
}

/// Words without marks: text messages carry no others.
pub(crate) fn unmarked(words: &str) -> String {
    let plain = |word: &str| if word.is_ascii() { word.to_owned() } else { fold(word) };
    words.split(' ').map(plain).collect::<Vec<_>>().join(" ")
}

/// Who stands behind the token, if its session still lasts. A session that is used goes on.
pub async fn find_session(app: &App, token: &str, now: Instant) -> Result<Option<SignedIn>, UsecaseError> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let work_app = app.clone();
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(session) = rows::find(tx, hash, now).await? else { return Ok(None) };
                let signed_in = match (session.account, session.officer) {
                    (Some(account), _) => match accounts::find(tx, account).await?.filter(is_active) {
                        Some(person) => {
                            let mut stands = stand_for(tx, person, session.representation, now).await?;
                            stands.is_being_recovered =
                                stands.acting.is_none() && recoveries::find_live(tx, stands.id).await?.is_some();
                            Some(SignedIn::Account(stands))
                        }
                        None => None,
                    },
                    (None, Some(officer)) => officer_of(tx, work_app.content(), officer, now).await?,
                    (None, None) => None,
                };
                Ok::<_, UsecaseError>(signed_in.map(|signed_in| (signed_in, session.expires_at)))
            })
        })
        .await?;
    let Some((signed_in, expires_at)) = found else { return Ok(None) };
    let lasts = app.settings().session_millis;
    // Writing once in a tenth of the session's length is enough to keep it alive.
    if expires_at.as_millis() - now.as_millis() < lasts * 9 / 10 {
        let until = now.plus_millis(lasts);
        app.db()
            .write(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(rows::touch(tx, hash, now, until).await?) }))
            .await?;
    }
    Ok(Some(signed_in))
}

/// Where the viewer's account is signed in, the latest used first.
pub async fn list_own_sessions(app: &App, ctx: &Ctx) -> Result<Vec<OpenSession>, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    let now = ctx.now;
    app.db().read(move |tx| Box::pin(async move { Ok(rows::list_of_account(tx, id, now).await?) })).await
}

/// Ends one session of the viewer's account; one that is gone, or another's, changes nothing.
pub async fn end_own_session(app: &App, ctx: &Ctx, hash: SessionHash) -> Result<(), UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    let now = ctx.now;
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                rows::delete_one_of_account(tx, hash, id).await?;
                tell_clients(tx, id, now).await
            })
        })
        .await
}

/// Ends all sessions of the viewer's account but the one of this token.
pub async fn end_other_sessions(app: &App, ctx: &Ctx, token: &str) -> Result<(), UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    let Some(kept) = hash_of(token) else { return Err(UsecaseError::SignInFirst) };
    let now = ctx.now;
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                rows::delete_others_of_account(tx, id, kept).await?;
                tell_clients(tx, id, now).await
            })
        })
        .await
}

async fn officer_of(
    tx: &mut storage::Tx<'_>,
    content: &Content,
    id: OfficerId,
    now: Instant,
) -> Result<Option<SignedIn>, UsecaseError> {
    let Some(officer) = officers::find(tx, id).await?.filter(|officer| officer.is_active) else { return Ok(None) };
    let grants = officers::list_grants(tx, id, now.day()).await?;
    let agency_name = grants.first().and_then(|grant| content.name_of_agency(&grant.agency));
    let agency_name = agency_name.map(str::to_owned).unwrap_or_default();
    Ok(Some(SignedIn::Officer(SignedInOfficer { id, name: officer.name, agency_name, grants })))
}

pub(crate) fn is_active(account: &Account) -> bool {
    account.status == AccountStatus::Active
}

impl From<Account> for SignedInAccount {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            kind: account.kind,
            login: account.login,
            name: account.name.to_string(),
            birth_date: account.birth_date,
            phone: account.phone,
            email: account.email,
            acting: None,
            acting_ended: None,
            is_being_recovered: false,
        }
    }
}

/// The digest of a token that has the form of ours.
pub fn hash_of(token: &str) -> Option<SessionHash> {
    let ours = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    ours.then(|| SessionHash::of_token(token.as_bytes()))
}
