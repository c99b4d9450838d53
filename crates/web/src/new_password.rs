//! Reading a new password: the rule of R32, what is too weak all the same, and typing it twice alike.

use domain::account::{PasswordFault, Weakness, check_password};
use usecases::{OwnWords, find_weakness};

use crate::fields::Fields;
use crate::i18n::{TextKey, Texts};
use crate::input::Input;
use crate::portal::Portal;

/// The password exactly as it was typed, when it keeps the rule of R32, is no weak one, and was typed twice alike.
pub fn read_password(
    input: &mut Input<'_>,
    fields: &Fields,
    portal: &Portal,
    t: &Texts,
    own: &OwnWords,
) -> Option<String> {
    let password = read_ruled_password(input, fields, t)?;
    match find_weakness(portal.app(), &password, own) {
        None => Some(password),
        Some(weakness) => {
            input.refuse_with("password", t.k(weakness_text(weakness)).to_owned());
            None
        }
    }
}

/// The password exactly as it was typed, when it keeps the rule of R32 and was typed twice alike.
pub fn read_ruled_password(input: &mut Input<'_>, fields: &Fields, t: &Texts) -> Option<String> {
    let password = fields.raw("password");
    if password.is_empty() {
        input.refuse("password", "account-new-password-missing");
        return None;
    }
    if let Err(error) = check_password(password) {
        let lacking: Vec<&str> = error.faults.iter().map(|fault| t.k(fault_text(*fault))).collect();
        input.refuse_with("password", t.f("account-password-lacks", [("rules", lacking.join("; ").into())]));
        return None;
    }
    if password != fields.raw("password_again") {
        input.refuse("password_again", "account-password-differs");
        return None;
    }
    Some(password.to_owned())
}

/// What to say about a weak password.
pub fn weakness_text(weakness: Weakness) -> TextKey {
    match weakness {
        Weakness::Common => TextKey("account-password-common"),
        Weakness::Personal => TextKey("account-password-personal"),
        Weakness::Guessable => TextKey("account-password-guessable"),
    }
}

fn fault_text(fault: PasswordFault) -> TextKey {
    match fault {
        PasswordFault::TooShort => TextKey("account-password-too-short"),
        PasswordFault::TooLong => TextKey("account-password-too-long"),
        PasswordFault::NoUpperCase => TextKey("account-password-no-upper"),
        PasswordFault::NoLowerCase => TextKey("account-password-no-lower"),
        PasswordFault::NoDigit => TextKey("account-password-no-digit"),
        PasswordFault::NoSpecial => TextKey("account-password-no-special"),
        PasswordFault::ControlCharacter => TextKey("account-password-control"),
    }
}
