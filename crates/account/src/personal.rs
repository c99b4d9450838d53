//! Reading what people enter about themselves to register: number, birth date, name.

use domain::account::{AccountKind, LegalRepresentative};
use domain::codes::{LoginName, LoginNameError, NameError, OrganisationName, PartyName, PersonName};
use domain::partial_date::PartialDate;
use domain::time::Day;
use web::input::Input;

/// The number to register, of a kind that fits the account; each refusal says what this kind of account needs.
pub(crate) fn read_number(input: &mut Input<'_>, kind: AccountKind) -> Option<LoginName> {
    let text = input.text("number");
    let refusal = match (kind, LoginName::parse(text)) {
        (AccountKind::Citizen, Ok(number @ (LoginName::Personal(_) | LoginName::OldIdentity(_)))) => {
            return Some(number);
        }
        // Household businesses use their owner's personal number since 2025-07-01 (domain.md §2.3).
        (AccountKind::Enterprise, Ok(number @ (LoginName::Tax(_) | LoginName::Personal(_)))) => return Some(number),
        (AccountKind::StateAgency, Ok(number @ LoginName::Tax(_))) => return Some(number),
        (AccountKind::Citizen, _) if text.is_empty() => "account-number-missing",
        (AccountKind::Enterprise | AccountKind::StateAgency, _) if text.is_empty() => "account-tax-number-missing",
        (AccountKind::Citizen, Ok(LoginName::Tax(_))) => "account-number-is-tax-number",
        (AccountKind::Enterprise | AccountKind::StateAgency, Ok(LoginName::OldIdentity(_))) => {
            "account-tax-number-is-identity"
        }
        (_, Err(LoginNameError::NotDigits)) => "account-number-digits",
        (_, Err(LoginNameError::UnknownPlace)) => "account-number-place",
        (AccountKind::Citizen, Err(_)) => "account-number-length",
        (AccountKind::Enterprise | AccountKind::StateAgency, Err(LoginNameError::WrongCheckDigit)) => {
            "account-tax-number-check"
        }
        (AccountKind::StateAgency, Ok(LoginName::Personal(_))) => "account-tax-number-length",
        (AccountKind::Enterprise | AccountKind::StateAgency, Err(_)) => "account-tax-number-length",
    };
    input.refuse("number", refusal);
    None
}

/// A citizen's birth date; the year is enough, since some papers hold no more.
pub(crate) fn read_birth_date(input: &mut Input<'_>, today: Day) -> Option<PartialDate> {
    let date = input.birth_date("birth_date", today);
    if date.is_none() {
        // Only the first refusal of a field counts, so a wrong date keeps its own sentence.
        input.refuse("birth_date", "account-birth-date-missing");
    }
    date
}

/// The name of an enterprise or an agency.
pub(crate) fn read_organisation_name(input: &mut Input<'_>) -> Option<PartyName> {
    match OrganisationName::parse(input.text("full_name")) {
        Ok(name) => return Some(name.into()),
        Err(NameError::Empty) => input.refuse("full_name", "account-organisation-name-missing"),
        Err(NameError::WrongCharacter) => input.refuse("full_name", "account-organisation-name-wrong"),
        // The field's own sentence about its length.
        Err(NameError::TooLong { .. }) => {
            return input.organisation_name("full_name", "account-organisation-name-missing");
        }
    }
    None
}

/// The person who answers for an enterprise. A household business, which signs in with its owner's number, has its owner.
pub(crate) fn read_representative(
    input: &mut Input<'_>,
    login: Option<&LoginName>,
    today: Day,
) -> Option<LegalRepresentative> {
    let name = input.person_name("representative_name", "account-representative-name-missing");
    let number = read_representative_number(input, login);
    let birth_date = input.birth_date("representative_birth_date", today);
    if birth_date.is_none() {
        input.refuse("representative_birth_date", "account-representative-birth-date-missing");
    }
    let name = PersonName::parse(name?.as_str()).ok()?;
    Some(LegalRepresentative { name, number: number?, birth_date: birth_date? })
}

fn read_representative_number(input: &mut Input<'_>, login: Option<&LoginName>) -> Option<LoginName> {
    const FIELD: &str = "representative_number";
    let owner = login.filter(|login| matches!(login, LoginName::Personal(_)));
    let text = input.text(FIELD);
    let refusal = match (LoginName::parse(text), owner) {
        (_, Some(owner)) if text.is_empty() => return Some(owner.clone()),
        (Ok(number), Some(owner)) if number != *owner => "account-representative-number-owner",
        (Ok(number @ (LoginName::Personal(_) | LoginName::OldIdentity(_))), _) => return Some(number),
        _ if text.is_empty() => "account-representative-number-missing",
        (Ok(LoginName::Tax(_)), _) => "account-number-is-tax-number",
        (Err(LoginNameError::NotDigits), _) => "account-number-digits",
        (Err(LoginNameError::UnknownPlace), _) => "account-number-place",
        (Err(_), _) => "account-number-length",
    };
    input.refuse(FIELD, refusal);
    None
}

#[cfg(test)]
mod tests {
    use web::fields::Fields;
    use web::i18n::{Locale, Texts};

    use super::*;

    fn read(kind: AccountKind, number: &str) -> Result<String, String> {
        let mut fields = Fields::default();
        fields.push("number".into(), number.into());
        let mut input = Input::new(&fields, Texts::of(Locale::Vi), &["number"]);
        match read_number(&mut input, kind) {
            Some(login) => Ok(login.to_string()),
            None => Err(input.into_form().error("number").expect("a refusal has a sentence").to_owned()),
        }
    }

    #[test]
    fn a_number_must_fit_the_kind_of_account() {
        let t = Texts::of(Locale::Vi);
        let (citizen, enterprise) = (AccountKind::Citizen, AccountKind::Enterprise);
        let cases = [
            (citizen, "064 090 001 234", Ok("064090001234")),
            (citizen, "230123456", Ok("230123456")),
            (citizen, "0100109106", Err("account-number-is-tax-number")),
            (citizen, "0100109107", Err("account-number-length")),
            (citizen, "", Err("account-number-missing")),
            (citizen, "06409000123x", Err("account-number-digits")),
            (citizen, "064090001234\0", Err("account-number-digits")),
            (citizen, "000090001234", Err("account-number-place")),
            (enterprise, "0100109106", Ok("0100109106")),
            (enterprise, "0100109106-001", Ok("0100109106-001")),
            (enterprise, "064090001234", Ok("064090001234")),
            (enterprise, "0100109107", Err("account-tax-number-check")),
            (enterprise, "230123456", Err("account-tax-number-is-identity")),
            (enterprise, "12345", Err("account-tax-number-length")),
            (enterprise, "", Err("account-tax-number-missing")),
        ];
        for (kind, number, expected) in cases {
            let expected = expected.map(str::to_owned).map_err(|key| t.m(key).to_owned());
            assert_eq!(read(kind, number), expected, "{number:?}");
        }
        let flood = "1".repeat(10_000);
        assert_eq!(read(citizen, &flood), Err(t.m("account-number-length").to_owned()));
    }

    #[test]
    fn a_representative_is_a_person_and_a_household_business_has_its_owner() {
        let t = Texts::of(Locale::Vi);
        let (tax, owner) = ("0100109106", "064185001234");
        let cases = [
            (tax, owner, Ok(owner)),
            (tax, "230123456", Ok("230123456")),
            (owner, "", Ok(owner)),
            (owner, "0641 8500 1234", Ok(owner)),
            (owner, "064090001234", Err("account-representative-number-owner")),
            (tax, "", Err("account-representative-number-missing")),
            (tax, tax, Err("account-number-is-tax-number")),
            (tax, "0100109107", Err("account-number-length")),
            (tax, "06409000123x", Err("account-number-digits")),
        ];
        for (login, number, expected) in cases {
            let mut fields = Fields::default();
            let parts = [("name", "Nguyễn Thị Hòa"), ("number", number), ("birth_date.year", "1985")];
            for (part, value) in parts {
                fields.push(format!("representative_{part}"), value.to_owned());
            }
            let mut input = Input::new(&fields, t, &[]);
            let login = LoginName::parse(login).ok();
            let today = Day::new(2026, 11, 23).expect("a day");
            let read = read_representative(&mut input, login.as_ref(), today);
            let form = input.into_form();
            let outcome =
                read.map(|person| person.number.to_string()).ok_or_else(|| form.error("representative_number"));
            let expected = expected.map(str::to_owned).map_err(|key| Some(t.m(key)));
            assert_eq!(outcome, expected, "{login:?} {number:?}");
        }
    }
}
