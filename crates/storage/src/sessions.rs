//! Who is signed in; only the digests of session tokens are stored.

use domain::ids::{AccountId, OfficerId, RepresentationId, SessionHash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into session (token_hash, account_id, officer_id, created_at, seen_at, expires_at, device)
         values ($1, $2, $3, $4, $4, $5, $6)",
    );
    FIND = Sql::new(
        "select account_id, officer_id, created_at, expires_at, representation_id
         from session where token_hash = $1 and expires_at > $2",
    );
    ROTATE = Sql::new(
        "update session set token_hash = $1, representation_id = $2 where token_hash = $3 and account_id = $4",
    );
    ROTATE_GRANTS = Sql::new("update oidc_grant set session_hash = $1 where session_hash = $2");
    STOP_ACTING = Sql::new("update session set representation_id = null where token_hash = $1 and representation_id = $2");
    TOUCH = Sql::new("update session set seen_at = $1, expires_at = $2 where token_hash = $3");
    RENEW = Sql::new("update session set token_hash = $1 where token_hash = $2 and account_id = $3");
    DELETE = Sql::new("delete from session where token_hash = $1");
    LIST_OF_ACCOUNT = Sql::new(
        "select token_hash, created_at, seen_at, device
         from session where account_id = $1 and expires_at > $2 order by seen_at desc, token_hash",
    );
    DELETE_ONE_OF_ACCOUNT = Sql::new("delete from session where token_hash = $1 and account_id = $2");
    DELETE_OTHERS_OF_ACCOUNT = Sql::new("delete from session where account_id = $1 and token_hash <> $2");
    DELETE_OF_ACCOUNT = Sql::new("delete from session where account_id = $1");
    DELETE_OF_OFFICER = Sql::new("delete from session where officer_id = $1");
    DELETE_EXPIRED = Sql::new("delete from session where expires_at <= $1");
}

/// A session that still lasts; exactly one of account and officer is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account that is signed in.
    pub account: Option<AccountId>,
    /// The officer who is signed in.
    pub officer: Option<OfficerId>,
    /// When it began.
    pub created_at: Instant,
    /// When it ends unless it is used.
    pub expires_at: Instant,
    /// By which representation the person acts for somebody else.
    pub representation: Option<RepresentationId>,
}

/// Signs an account in.
///
/// # Errors
/// [`StorageError::Reference`], with the next statement or the commit, when there is no such account.
pub async fn insert_of_account(
    tx: &mut Tx<'_>,
    hash: SessionHash,
    account: AccountId,
    now: Instant,
    expires_at: Instant,
    device: &str,
) -> Result<(), StorageError> {
    tx.queue(INSERT, params![hash, account, None::<OfficerId>, now, expires_at, device]);
    Ok(())
}

/// Signs an officer in.
///
/// # Errors
/// [`StorageError::Reference`], with the next statement or the commit, when there is no such officer.
pub async fn insert_of_officer(
    tx: &mut Tx<'_>,
    hash: SessionHash,
    officer: OfficerId,
    now: Instant,
    expires_at: Instant,
    device: &str,
) -> Result<(), StorageError> {
    tx.queue(INSERT, params![hash, None::<AccountId>, officer, now, expires_at, device]);
    Ok(())
}

/// The session of this token, if it still lasts.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, hash: SessionHash, now: Instant) -> Result<Option<Session>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![hash, now]).await? else {
        return Ok(None);
    };
    Ok(Some(Session {
        account: row.take(0)?,
        officer: row.take(1)?,
        created_at: row.take(2)?,
        expires_at: row.take(3)?,
        representation: row.take(4)?,
    }))
}

/// Gives a session of the account another token, because whom it acts for changes; what clients were given in it goes on.
/// Says whether there was such a session.
///
/// # Errors
/// When the database refuses.
pub async fn rotate(
    tx: &mut Tx<'_>,
    old: SessionHash,
    new: SessionHash,
    account: AccountId,
    representation: Option<RepresentationId>,
) -> Result<bool, StorageError> {
    if tx.exec(ROTATE, params![new, representation, old, account]).await? == 0 {
        return Ok(false);
    }
    tx.exec(ROTATE_GRANTS, params![new, old]).await?;
    Ok(true)
}

/// Notes that the session no longer acts by this representation.
///
/// # Errors
/// When the database refuses.
pub async fn stop_acting(
    tx: &mut Tx<'_>,
    hash: SessionHash,
    representation: RepresentationId,
) -> Result<(), StorageError> {
    tx.exec(STOP_ACTING, params![hash, representation]).await.map(drop)
}

/// Notes that a session was used, and lets it last until then.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn touch(tx: &mut Tx<'_>, hash: SessionHash, now: Instant, expires_at: Instant) -> Result<(), StorageError> {
    tx.queue(TOUCH, params![now, expires_at, hash]);
    Ok(())
}

/// Goes on with a session of an account under another token; the one before opens nothing any more.
///
/// # Errors
/// When the database refuses.
pub async fn renew(
    tx: &mut Tx<'_>,
    old: SessionHash,
    new: SessionHash,
    account: AccountId,
) -> Result<(), StorageError> {
    tx.exec(RENEW, params![new, old, account]).await.map(drop)
}

/// Ends a session; one that is gone already is fine.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete(tx: &mut Tx<'_>, hash: SessionHash) -> Result<(), StorageError> {
    tx.queue(DELETE, params![hash]);
    Ok(())
}

/// Ends all sessions of an account, such as when its password is changed.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StorageError> {
    tx.queue(DELETE_OF_ACCOUNT, params![account]);
    Ok(())
}

/// One place where an account is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The digest of its token.
    pub hash: SessionHash,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within a tenth of its length.
    pub seen_at: Instant,
    /// The kind of browser, when it was known.
    pub device: Option<String>,
}

/// Where an account is signed in, the latest used first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: Instant,
) -> Result<Vec<OpenSession>, StorageError> {
    let rows = tx.all(LIST_OF_ACCOUNT, params![account, now]).await?;
    rows.into_iter()
        .map(|mut row| {
            Ok(OpenSession {
                hash: row.take(0)?,
                created_at: row.take(1)?,
                seen_at: row.take(2)?,
                device: row.take(3)?,
            })
        })
        .collect()
}

/// Ends one session of an account; another's stays.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_one_of_account(tx: &mut Tx<'_>, hash: SessionHash, account: AccountId) -> Result<(), StorageError> {
    tx.queue(DELETE_ONE_OF_ACCOUNT, params![hash, account]);
    Ok(())
}

/// Ends all sessions of an account but this one.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_others_of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    kept: SessionHash,
) -> Result<(), StorageError> {
    tx.queue(DELETE_OTHERS_OF_ACCOUNT, params![account, kept]);
    Ok(())
}

/// Ends all sessions of an officer, such as when they leave.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_of_officer(tx: &mut Tx<'_>, officer: OfficerId) -> Result<(), StorageError> {
    tx.queue(DELETE_OF_OFFICER, params![officer]);
    Ok(())
}

/// Forgets sessions that have ended, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
