//! Limits on tries, counted in the database so that they hold across several processes.

use domain::codes::{LoginName, PhoneNumber, Recipient};
use domain::ids::{AccountId, Hash, OfficerId, RecoveryId};
use domain::time::Instant;
use storage::one_time_codes::Purpose;
use storage::{Tx, rate_limits};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::register_account::hex;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// How many tries of one kind are allowed in one window.
struct Limit {
    /// What is counted; part of the key.
    what: &'static str,
    /// The most tries.
    most: i64,
    /// The window in milliseconds.
    window: i64,
}

/// Tries to sign in with one number from one place: ten in a quarter of an hour. Counting both together keeps a stranger
/// elsewhere from locking the owner out.
const SIGN_IN_PAIR: Limit = Limit { what: "sign-in", most: 10, window: 15 * MINUTE };
/// Tries to sign in from one place, whatever the number; a one-stop desk shares one address among many people.
const SIGN_IN_PLACE: Limit = Limit { what: "sign-in-place", most: 300, window: 15 * MINUTE };
/// Look-ups with a wrong secret for one dossier: the secret has four characters, so guessing must be slow.
const TRACK_CODE: Limit = Limit { what: "track-code", most: 10, window: 60 * MINUTE };
/// Look-ups with a wrong secret from one place.
const TRACK_PLACE: Limit = Limit { what: "track-place", most: 300, window: 15 * MINUTE };
/// Registrations from one place.
const REGISTER_PLACE: Limit = Limit { what: "register-place", most: 60, window: 60 * MINUTE };
/// People sent to providers from one place: each is remembered until they come back.
const DEPARTURE_PLACE: Limit = Limit { what: "departure-place", most: 300, window: 15 * MINUTE };
/// Identity numbers asked about from one place: finding out who has an account must be slow (R39 shows it one by one).
const NUMBER_PLACE: Limit = Limit { what: "number-place", most: 300, window: 15 * MINUTE };
/// Codes that anybody may have sent to one telephone or mailbox, by registering or by changing an account: they cost money
/// and wake people.
const TEXT: Limit = Limit { what: "text", most: 10, window: 60 * MINUTE };
const TEXT_DAY: Limit = Limit { what: "text-day", most: 30, window: DAY };
/// Codes with which one account's holder signs in. Whoever has one sent has shown the password, so strangers use none of
/// them up; another password gives all of them back.
const SIGN_IN_CODE: Limit = Limit { what: "sign-in-code", most: 10, window: 60 * MINUTE };
const SIGN_IN_CODE_DAY: Limit = Limit { what: "sign-in-code-day", most: 40, window: DAY };
/// Questions to the carrier about one telephone, from anywhere and from one place.
const SUBSCRIPTION: Limit = Limit { what: "subscription", most: 10, window: 60 * MINUTE };
const SUBSCRIPTION_PLACE: Limit = Limit { what: "subscription-place", most: 100, window: 60 * MINUTE };
/// Questions to the population register by one person or one officer: a desk has a few hundred dossiers a day.
const REGISTER: Limit = Limit { what: "register", most: 60, window: 60 * MINUTE };
/// Questions for another password of one number from one place, and codes for it to anywhere, whether the number has an
/// account or not. With five tries a code, who guesses without end gets in once in thirty years; signing in goes on
/// meanwhile, since its codes are counted apart.
const RECOVERY_PAIR: Limit = Limit { what: "forgotten-password-pair", most: 5, window: 60 * MINUTE };
const RECOVERY: Limit = Limit { what: "forgotten-password", most: 10, window: 60 * MINUTE };
const RECOVERY_DAY: Limit = Limit { what: "forgotten-password-day", most: 20, window: DAY };
/// Numbers that one officer looks up for recoveries, and recoveries that they open: few people a day lose both telephone and
/// mailbox, and an officer must not find out who has an account.
const DESK_SEARCH: Limit = Limit { what: "looking-up-at-desk", most: 30, window: DAY };
const DESK_OPENING: Limit = Limit { what: "opening-at-desk", most: 20, window: DAY };
/// Tails of a paper typed to confirm one recovery: whoever holds the paper needs one.
const RECOVERY_PAPER: Limit = Limit { what: "showing-paper", most: 5, window: DAY };
/// Codes and links from one place that shall stop a recovery; ten digits each.
const STOP_CODE: Limit = Limit { what: "stopping-code", most: 20, window: 60 * MINUTE };
/// Questions to keys from one place: each is remembered until it is answered.
const PASSKEY_PLACE: Limit = Limit { what: "passkey-place", most: 300, window: 15 * MINUTE };
/// Wrong codes of one holder's authenticator, from anywhere: whoever sends them knows the password already. Three of a
/// million codes are right at any moment.
const SECOND_FACTOR: Limit = Limit { what: "second-factor", most: 30, window: 60 * MINUTE };
/// Receipts checked from one place: each may bring large files to be hashed.
const RECEIPT_PLACE: Limit = Limit { what: "checking-receipts", most: 300, window: 15 * MINUTE };
/// Access tokens from one place that open nothing; many programs may share an address.
const WRONG_TOKEN: Limit = Limit { what: "wrong-token", most: 300, window: 15 * MINUTE };
/// What one program changes for one person: drafts that it begins, changes and files, files that it begins to send. Filing
/// one dossier takes about ten.
const PROGRAM: Limit = Limit { what: "program", most: 1_000, window: 15 * MINUTE };
/// Offers to represent one account, and children that it declares: every offer may wake somebody.
const GIVING: Limit = Limit { what: "giving", most: 30, window: 60 * MINUTE };
/// Letters that confirm one account's address, beside the first.
const LETTER: Limit = Limit { what: "letter", most: 5, window: 60 * MINUTE };

/// Counts one try to sign in. What it returns is taken back when the try succeeds, so that a desk whose people share an
/// address, or a login, is never kept out by signing in often.
pub(crate) async fn check_sign_in(app: &App, ctx: &Ctx, client: &str, login: &str) -> Result<Tried, UsecaseError> {
    let pair = format!("{client}\0{login}");
    check(app, ctx, &SIGN_IN_PLACE, client).await?;
    check(app, ctx, &SIGN_IN_PAIR, &pair).await?;
    Ok(Tried { place: SIGN_IN_PLACE.key(client), pair: SIGN_IN_PAIR.key(&pair) })
}

/// A counted try to sign in.
#[derive(Debug)]
pub(crate) struct Tried {
    place: String,
    pair: String,
}

impl Tried {
    /// The try succeeded: it does not count for its place, and the pair begins anew.
    pub(crate) async fn forgive(&self, tx: &mut Tx<'_>) -> Result<(), UsecaseError> {
        rate_limits::take_back(tx, &self.place).await?;
        Ok(rate_limits::delete(tx, &self.pair).await?)
    }
}

/// Refuses a look-up when there were too many wrong ones before. Nothing is written, so that looking up costs no more
/// than reading; wrong ones are counted by [`count_wrong_secret`].
pub(crate) async fn check_track(tx: &mut Tx<'_>, client: &str, code: &str, now: Instant) -> Result<(), UsecaseError> {
    refuse_when_full(tx, &TRACK_PLACE, client, now).await?;
    refuse_when_full(tx, &TRACK_CODE, &format!("{client}\0{code}"), now).await
}

pub(crate) async fn count_wrong_secret(app: &App, ctx: &Ctx, client: &str, code: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &TRACK_PLACE, client).await?;
    check(app, ctx, &TRACK_CODE, &format!("{client}\0{code}")).await
}

pub(crate) async fn check_number(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &NUMBER_PLACE, client).await
}

pub(crate) async fn check_departure(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &DEPARTURE_PLACE, client).await
}

pub(crate) async fn check_letter(app: &App, ctx: &Ctx, account: AccountId) -> Result<(), UsecaseError> {
    check(app, ctx, &LETTER, &account.to_string()).await
}

/// Counts one code of this purpose before it is sent. Each purpose has limits of its own, so that nobody who asks for codes
/// of one keeps the holder from those of another.
pub(crate) async fn check_code(
    app: &App,
    ctx: &Ctx,
    purpose: Purpose,
    account: Option<AccountId>,
    recipient: &Recipient,
) -> Result<(), UsecaseError> {
    // Who asks for another password of a number without account is counted under a recipient who is nobody.
    let whose = || account.map_or_else(|| recipient.as_str().to_owned(), |account| account.to_string());
    let (limits, who) = match purpose {
        Purpose::SignIn => ([&SIGN_IN_CODE, &SIGN_IN_CODE_DAY], whose()),
        Purpose::NewPassword => ([&RECOVERY, &RECOVERY_DAY], whose()),
        _ => ([&TEXT, &TEXT_DAY], recipient.as_str().to_owned()),
    };
    for limit in limits {
        check(app, ctx, limit, &who).await?;
    }
    Ok(())
}

/// The holder has signed in, or has another password: the codes sent before do not count any more.
pub(crate) async fn forgive_sign_in_codes(tx: &mut Tx<'_>, account: AccountId) -> Result<(), UsecaseError> {
    for limit in [&SIGN_IN_CODE, &SIGN_IN_CODE_DAY] {
        rate_limits::delete(tx, &limit.key(&account.to_string())).await?;
    }
    Ok(())
}

/// Counts one question to the carrier about this telephone.
pub(crate) async fn check_subscription(
    app: &App,
    ctx: &Ctx,
    client: &str,
    phone: &PhoneNumber,
) -> Result<(), UsecaseError> {
    check(app, ctx, &SUBSCRIPTION_PLACE, client).await?;
    check(app, ctx, &SUBSCRIPTION, phone.as_str()).await
}

/// Counts one question to a register by this person or officer.
pub(crate) async fn check_register(app: &App, ctx: &Ctx, who: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &REGISTER, who).await
}

/// Counts one question for another password of this number from this place.
pub(crate) async fn check_recovery(app: &App, ctx: &Ctx, client: &str, login: &LoginName) -> Result<(), UsecaseError> {
    check(app, ctx, &RECOVERY_PAIR, &format!("{client}\0{}", login.as_str())).await
}

/// Counts one question to a key from this place.
pub(crate) async fn check_passkey_question(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &PASSKEY_PLACE, client).await
}

/// Counts one code of this holder's authenticator.
pub(crate) async fn check_second_factor(app: &App, ctx: &Ctx, holder: &[u8; 16]) -> Result<(), UsecaseError> {
    check(app, ctx, &SECOND_FACTOR, &hex(holder)).await
}

/// The right code came: the holder's tries begin anew.
pub(crate) async fn forgive_second_factor(app: &App, holder: &[u8; 16]) -> Result<(), UsecaseError> {
    let key = SECOND_FACTOR.key(&hex(holder));
    app.db().write(move |tx| Box::pin(async move { Ok(rate_limits::delete(tx, &key).await?) })).await
}

/// Counts one offer of this account, or one child that it declares.
pub(crate) async fn check_giving(app: &App, ctx: &Ctx, account: AccountId) -> Result<(), UsecaseError> {
    check(app, ctx, &GIVING, &account.to_string()).await
}

/// Counts one number that this officer looks up.
pub(crate) async fn check_desk_search(app: &App, ctx: &Ctx, officer: OfficerId) -> Result<(), UsecaseError> {
    check(app, ctx, &DESK_SEARCH, &officer.to_string()).await
}

/// Counts one recovery that this officer opens.
pub(crate) async fn check_desk_opening(app: &App, ctx: &Ctx, officer: OfficerId) -> Result<(), UsecaseError> {
    check(app, ctx, &DESK_OPENING, &officer.to_string()).await
}

/// Counts one reading of the paper of this recovery.
pub(crate) async fn check_recovery_paper(app: &App, ctx: &Ctx, recovery: RecoveryId) -> Result<(), UsecaseError> {
    check(app, ctx, &RECOVERY_PAPER, &recovery.to_string()).await
}

/// Counts one code, or link, from this place that shall stop a recovery.
pub(crate) async fn check_stop_code(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &STOP_CODE, client).await
}

/// Counts one receipt that is checked from this place.
pub(crate) async fn check_receipt_place(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &RECEIPT_PLACE, client).await
}

/// Refuses a token when there were too many wrong ones from this place before. Nothing is written.
pub(crate) async fn check_wrong_token(tx: &mut Tx<'_>, client: &str, now: Instant) -> Result<(), UsecaseError> {
    refuse_when_full(tx, &WRONG_TOKEN, client, now).await
}

/// Counts one token that opens nothing.
pub(crate) async fn count_wrong_token(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &WRONG_TOKEN, client).await
}

/// Counts one thing that this program changes for the holder of this account.
pub(crate) async fn check_program(app: &App, ctx: &Ctx, program: &str, account: AccountId) -> Result<(), UsecaseError> {
    check(app, ctx, &PROGRAM, &format!("{program}\0{account}")).await
}

/// Counts one registration from this place.
pub(crate) async fn check_registration(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check(app, ctx, &REGISTER_PLACE, client).await
}

impl Limit {
    /// Under which the tries are counted. Only a digest is stored: addresses and numbers are personal data.
    fn key(&self, who: &str) -> String {
        format!("{}:{}", self.what, Hash::of(who.as_bytes()))
    }

    fn too_many(&self, now: Instant) -> UsecaseError {
        let left = self.window - now.as_millis().rem_euclid(self.window);
        UsecaseError::TooMany { retry_after_seconds: u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX) }
    }
}

async fn refuse_when_full(tx: &mut Tx<'_>, limit: &Limit, who: &str, now: Instant) -> Result<(), UsecaseError> {
    let hits = rate_limits::count(tx, &limit.key(who), now).await?;
    if hits < limit.most { Ok(()) } else { Err(limit.too_many(now)) }
}

async fn check(app: &App, ctx: &Ctx, limit: &'static Limit, who: &str) -> Result<(), UsecaseError> {
    let key = limit.key(who);
    let now = ctx.now;
    let hits = app
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(rate_limits::hit(tx, &key, limit.window, now).await?) })
        })
        .await?;
    if hits <= limit.most { Ok(()) } else { Err(limit.too_many(now)) }
}
