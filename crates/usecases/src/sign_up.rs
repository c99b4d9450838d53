//! Registration on the national portal (R28–R32): data, a code to the telephone, a password, and only then an account.

use connectors::subscribers::{CheckError, Differences, SubscriberAnswer, SubscriberQuery};
use domain::account::{
    AccountKind, AccountRefusal, Assurance, LegalRepresentative, OneTimeCode, Proof, Registration, composed_password,
};
use domain::codes::{EmailAddress, LoginName, PartyName, PersonName, PhoneNumber, Recipient};
use domain::ids::{AccountId, OneTimeCodeId};
use domain::partial_date::PartialDate;
use storage::one_time_codes::Purpose;
use storage::{accounts, signups};

use crate::account_act::{AccountActError, open, opened};
use crate::app::App;
use crate::confirm_email::NewLink;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::one_time_codes::{CodeError, NewChallenge, judge};
use crate::password_strength::OwnWords;
use crate::register_account::{NumberUse, find_number_use};

/// How long a registration waits for its code, and then for its password.
const KEPT_MILLIS: i64 = 60 * 60_000;

/// What the registration page of the national portal collects (R29), already checked field by field.
#[derive(Clone, Debug)]
pub struct NewSignUp {
    /// Citizen, enterprise or state agency (R27).
    pub kind: AccountKind,
    /// The number it signs in with.
    pub login: LoginName,
    /// Name of the person, the enterprise or the agency.
    pub name: PartyName,
    /// When the person was born.
    pub birth_date: Option<PartialDate>,
    /// Who answers for the enterprise.
    pub representative: Option<LegalRepresentative>,
    /// The mobile telephone that gets the code.
    pub phone: PhoneNumber,
    /// Where letters go, if anywhere.
    pub email: Option<EmailAddress>,
}

/// Why a registration did not begin.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The number has an account already.
    #[error("the number has an account already")]
    Taken,
    /// The carrier has registered something else for this subscription (R30).
    #[error("the carrier has registered something else")]
    Differs(Differences),
    /// The carrier has no such subscription.
    #[error("the carrier has no such subscription")]
    NoSubscription,
    /// The carrier cannot be asked at present.
    #[error("the carrier cannot be asked")]
    CarrierSilent(#[source] CheckError),
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(AccountRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Why a registration that had begun did not become an account.
#[derive(Debug, thiserror::Error)]
pub enum FinishSignUpError {
    /// There is no such registration, it is forgotten, or its code was not typed: one starts anew.
    #[error("there is no such registration")]
    Unknown,
    /// Somebody else registered the number meanwhile.
    #[error("the number has an account already")]
    Taken,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Keeps what was entered and sends a code to the telephone. Nothing of it is an account yet (R31).
pub async fn begin_sign_up(app: &App, ctx: &Ctx, client: &str, input: NewSignUp) -> Result<OneTimeCodeId, SignUpError> {
    limits::check_registration(app, ctx, client).await?;
    if find_number_use(app, ctx, client, &input.login).await? != NumberUse::Free {
        return Err(SignUpError::Taken);
    }
    let assurance = check_subscription(app, ctx, client, &input).await?;
    let registration = Registration {
        id: AccountId::from_bytes(ctx.random()),
        kind: input.kind,
        login: input.login,
        name: input.name,
        birth_date: input.birth_date,
        representative: input.representative,
        email: input.email,
        phone: Some(input.phone.clone()),
        assurance,
        proof: Proof::Phone,
    };
    opened(registration.clone(), ctx.now).map_err(|error| match error {
        AccountActError::Refused(refusal) => SignUpError::Refused(refusal),
        AccountActError::Usecase(error) => SignUpError::Usecase(error),
    })?;
    let recipient = Recipient::Phone(input.phone);
    limits::check_code(app, ctx, Purpose::SignUp, None, &recipient).await?;
    let challenge = NewChallenge::draw(app, ctx, Purpose::SignUp, None, recipient);
    let (id, expires_at) = (challenge.id(), ctx.now.plus_millis(KEPT_MILLIS));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                signups::insert(tx, id, &registration, expires_at).await?;
                challenge.send(tx).await
            })
        })
        .await?;
    Ok(id)
}

/// Compares what a citizen entered, or what was entered about an enterprise's representative, with what the carrier has
/// registered (R28, R30); only what fits is medium assurance. An agency has no subscription of its own to compare.
async fn check_subscription(app: &App, ctx: &Ctx, client: &str, input: &NewSignUp) -> Result<Assurance, SignUpError> {
    let Some((number, name, birth_date)) = person_of(input) else { return Ok(Assurance::Ial1) };
    // Questions about a telephone are few, so that nobody tries out whose it is.
    limits::check_subscription(app, ctx, client, &input.phone).await?;
    let query = SubscriberQuery { phone: input.phone.clone(), number, name, birth_date };
    match app.subscribers().check(&query).await {
        Ok(SubscriberAnswer::Matches) => Ok(Assurance::Ial2),
        Ok(SubscriberAnswer::Differs(differences)) => Err(SignUpError::Differs(differences)),
        Ok(SubscriberAnswer::NotFound) => Err(SignUpError::NoSubscription),
        Err(error) => {
            tracing::warn!(error = %error, "The carrier's check gave no verdict");
            Err(SignUpError::CarrierSilent(error))
        }
    }
}

/// The person whose subscription the telephone must be.
fn person_of(input: &NewSignUp) -> Option<(LoginName, PersonName, PartialDate)> {
    match input.kind {
        AccountKind::Citizen => {
            let name = PersonName::parse(input.name.as_str()).ok()?;
            Some((input.login.clone(), name, input.birth_date?))
        }
        AccountKind::Enterprise => {
            let person = input.representative.as_ref()?;
            Some((person.number.clone(), person.name.clone(), person.birth_date))
        }
        AccountKind::StateAgency => None,
    }
}

/// What the carrier has registered otherwise, for the sentences beside the fields.
pub type SubscriptionDifferences = Differences;

/// Judges the code (R31); the right one leads on to the password.
pub async fn confirm_sign_up(app: &App, ctx: &Ctx, id: OneTimeCodeId, code: &OneTimeCode) -> Result<(), CodeError> {
    let (code, rules, now) = (code.clone(), app.settings().codes, ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let judged = judge(tx, id, Purpose::SignUp, &code, &rules, now).await?;
                if judged.is_ok() {
                    signups::confirm(tx, id, now, now.plus_millis(KEPT_MILLIS)).await?;
                }
                Ok::<_, UsecaseError>(judged.map(drop))
            })
        })
        .await?
}

/// The own words of whoever registers, when the registration waits for its password.
pub async fn find_confirmed_sign_up(app: &App, ctx: &Ctx, id: OneTimeCodeId) -> Result<Option<OwnWords>, UsecaseError> {
    let now = ctx.now;
    let found =
        app.db().read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(signups::find(tx, id, now).await?) }));
    let confirmed = found.await?.filter(|signup| signup.phone_confirmed_at.is_some());
    Ok(confirmed.map(|signup| OwnWords::of_registration(&signup.registration)))
}

/// What a registration has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedUp {
    /// Whose account it is.
    pub kind: AccountKind,
    /// Whether a letter went to the address that was entered: only its owner makes it one for notices.
    pub mailed: bool,
}

/// The link that confirms the address of a registration, when one was entered.
async fn draw_link(app: &App, ctx: &Ctx, id: OneTimeCodeId) -> Result<Option<NewLink>, UsecaseError> {
    let now = ctx.now;
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(signups::find(tx, id, now).await?) }))
        .await?;
    let Some(registration) = found.map(|signup| signup.registration).filter(|entered| entered.email.is_some()) else {
        return Ok(None);
    };
    match opened(registration, now) {
        Ok(account) => NewLink::draw(app, ctx, &account).map(Some),
        Err(AccountActError::Usecase(error)) => Err(error),
        // It was allowed when it was entered.
        Err(AccountActError::Refused(_)) => Err(UsecaseError::Conflict),
    }
}

/// Makes the account with the password (R32), and sends a link to its address, if it has one.
pub async fn finish_sign_up(
    app: &App,
    ctx: &Ctx,
    id: OneTimeCodeId,
    password: &str,
) -> Result<SignedUp, FinishSignUpError> {
    let password_hash =
        app.passwords().hash(&composed_password(password), ctx.random()).await.map_err(UsecaseError::from)?;
    let now = ctx.now;
    let link = draw_link(app, ctx, id).await?;
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let signup = signups::find(tx, id, now).await?;
                let Some(signup) = signup.filter(|signup| signup.phone_confirmed_at.is_some()) else {
                    return Ok(None);
                };
                if accounts::find_by_login(tx, &signup.registration.login).await?.is_some() {
                    return Ok(Some(Err(FinishSignUpError::Taken)));
                }
                let account =
                    open(tx, signup.registration, &password_hash, now).await.map_err(|error| match error {
                        AccountActError::Usecase(error) => error,
                        // It was allowed when it was entered.
                        AccountActError::Refused(_) => UsecaseError::Conflict,
                    })?;
                signups::delete(tx, id).await?;
                let mailed = link.is_some();
                if let Some(link) = link {
                    link.send(tx).await?;
                }
                Ok::<_, UsecaseError>(Some(Ok(SignedUp { kind: account.kind, mailed })))
            })
        })
        .await;
    match written {
        Ok(Some(made)) => made,
        Ok(None) => Err(FinishSignUpError::Unknown),
        Err(UsecaseError::Storage(refused)) if refused.is_constraint(accounts::LOGIN_NAME_TAKEN) => {
            Err(FinishSignUpError::Taken)
        }
        Err(error) => Err(error.into()),
    }
}
