//! A thousand citizens and an officer who are signed in, and dossiers whose secrets are known.

use domain::account::AccountStatus;
use domain::codes::{LoginName, LoginNameError};
use domain::ids::SessionHash;
use storage::{StorageError, accounts, dossiers, officers, sessions};

use crate::Failure;
use crate::world::World;

/// How many citizens are signed in at once.
pub(crate) const SESSIONS: usize = 1_000;
/// How many accounts the generated dossiers are shared among.
const ACCOUNTS: usize = 500;
/// The leaflet's district, at whose desk half of the generated dossiers are.
const OFFICER: &str = "h21.58";
const HOUR: i64 = 3_600_000;

/// Who visits.
pub(crate) struct People {
    /// The cookies of the citizens.
    pub(crate) citizens: Vec<String>,
    /// The officer's cookie.
    pub(crate) officer: String,
    /// Filed dossiers.
    pub(crate) dossiers: Vec<Filed>,
}

/// A dossier that was filed.
pub(crate) struct Filed {
    /// Its code.
    pub(crate) code: String,
    /// The characters that open its progress.
    pub(crate) secret: String,
    /// The cookie of whoever filed it.
    pub(crate) cookie: String,
}

/// Opens the sessions and looks the dossiers up.
pub(crate) async fn sign_in(world: &World) -> Result<People, Failure> {
    let db = world.database().await?;
    let now = cli::clock::now();
    let until = now.plus_millis(2 * HOUR);
    let logins: Vec<LoginName> = (0..ACCOUNTS).map(login_of).collect::<Result<_, _>>()?;
    let accounts = db
        .write(move |tx| {
            Box::pin(async move {
                let mut all = Vec::new();
                for (number, login) in logins.iter().cycle().take(SESSIONS).enumerate() {
                    let mut account = accounts::find_by_login(tx, login).await?.ok_or(StorageError::NoRow)?.account;
                    let version = account.version;
                    (account.status, account.email_confirmed_at) = (AccountStatus::Active, Some(now));
                    accounts::update(tx, &account, version).await?;
                    sessions::insert_of_account(tx, hash(number), account.id, now, until, "bench").await?;
                    all.push(account.id);
                }
                let officer = officers::find_by_login(tx, OFFICER).await?.ok_or(StorageError::NoRow)?;
                sessions::insert_of_officer(tx, hash(SESSIONS), officer.id, now, until, "").await?;
                Ok::<_, StorageError>(all)
            })
        })
        .await?;
    let filed = db
        .read(move |tx| {
            Box::pin(async move {
                let mut filed = Vec::new();
                for (number, account) in accounts.into_iter().take(ACCOUNTS).enumerate() {
                    for row in dossiers::list_of_account(tx, account, None, 3).await? {
                        let Some(code) = row.code else { continue };
                        let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(StorageError::NoRow)?;
                        let secret = dossier.secret.map(|secret| secret.as_str().to_owned()).unwrap_or_default();
                        filed.push(Filed { code: code.to_string(), secret, cookie: cookie(number) });
                    }
                }
                Ok::<_, StorageError>(filed)
            })
        })
        .await?;
    Ok(People { citizens: (0..SESSIONS).map(cookie).collect(), officer: cookie(SESSIONS), dossiers: filed })
}

/// The number of a generated account.
pub(crate) fn login_of(number: usize) -> Result<LoginName, LoginNameError> {
    LoginName::parse(&format!("0641900{:05}", 10_000 + number))
}

fn token(number: usize) -> String {
    format!("{number:064x}")
}

fn hash(number: usize) -> SessionHash {
    SessionHash::of_token(token(number).as_bytes())
}

fn cookie(number: usize) -> String {
    format!("motcua-province={}", token(number))
}
