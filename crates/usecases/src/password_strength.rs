//! Judging a new password beyond the rule of R32: what is common, what is the holder's own, what is quickly guessed.

use domain::account::{Account, Registration, Weakness, composed_password, is_personal};
use domain::codes::{EmailAddress, LoginName, PhoneNumber};
use domain::partial_date::PartialDate;
use zxcvbn::{Score, zxcvbn};

use crate::app::App;
use crate::register_account::NewAccount;
use crate::sessions::SignedInAccount;

/// The holder's own words, which a password may not be made of. They are personal data: nothing shows them.
#[derive(Clone, Default)]
pub struct OwnWords(Vec<String>);

impl OwnWords {
    fn new(
        name: &str,
        login: &LoginName,
        birth_date: Option<PartialDate>,
        phone: Option<&PhoneNumber>,
        email: Option<&EmailAddress>,
    ) -> Self {
        let mailbox = email.and_then(|email| email.as_str().split('@').next());
        let words = [
            Some(name.to_owned()),
            Some(login.as_str().to_owned()),
            birth_date.map(|date| date.vietnamese()),
            phone.map(PhoneNumber::national),
            mailbox.map(str::to_owned),
        ];
        Self(words.into_iter().flatten().collect())
    }

    /// Those of somebody who is signed in.
    pub fn of_signed_in(account: &SignedInAccount) -> Self {
        let SignedInAccount { name, login, birth_date, phone, email, .. } = account;
        Self::new(name, login, *birth_date, phone.as_ref(), email.as_ref())
    }

    /// Those of somebody who registers.
    pub fn of_new(account: &NewAccount) -> Self {
        let NewAccount { name, login, birth_date, phone, email, .. } = account;
        Self::new(name.as_str(), login, *birth_date, Some(phone), Some(email))
    }

    /// Those of an officer.
    pub fn of_officer(name: &str, login: &str) -> Self {
        Self(vec![name.to_owned(), login.to_owned()])
    }

    pub(crate) fn of_account(account: &Account) -> Self {
        let Account { name, login, birth_date, phone, email, .. } = account;
        Self::new(name.as_str(), login, *birth_date, phone.as_ref(), email.as_ref())
    }

    pub(crate) fn of_registration(registration: &Registration) -> Self {
        let Registration { name, login, birth_date, phone, email, .. } = registration;
        Self::new(name.as_str(), login, *birth_date, phone.as_ref(), email.as_ref())
    }
}

/// Why a password that keeps the rule is too weak all the same, if it is.
pub fn find_weakness(app: &App, password: &str, own: &OwnWords) -> Option<Weakness> {
    let password = composed_password(password);
    let own: Vec<&str> = own.0.iter().map(String::as_str).collect();
    if app.content().common_passwords.hide_in(&password) {
        return Some(Weakness::Common);
    }
    if is_personal(&password, &own) {
        return Some(Weakness::Personal);
    }
    // Below 3, 10⁸ guesses are enough: an afternoon for whoever has stolen the hashes.
    (zxcvbn(&password, &own).score() < Score::Three).then_some(Weakness::Guessable)
}
