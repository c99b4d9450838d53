//! A captcha without third parties: digits to read or to hear, or work that the browser does instead of the person.
//!
//! A handler issues a [`Captcha`] for the page, whose form shows it by `fields::captcha(form, captcha)`, and asks
//! [`check`] first of all when the form comes back, before it looks at any other field:
//!
//! ```ignore
//! const SIGN_UP: CaptchaPurpose = CaptchaPurpose::new("sign-up");
//!
//! if captcha::wants_another(&fields) {
//!     let captcha = Captcha::issue(&portal, &visitor, SIGN_UP, difficulty).with_focus();
//!     return html(&page(form_as_entered, captcha));
//! }
//! let outcome = captcha::check(&portal, &visitor, &fields, SIGN_UP).await?;
//! // … read the other fields …
//! if let Err(refusal) = &outcome {
//!     input.refuse(captcha::FIELD, refusal.text_key());
//! }
//! // When anything was refused: who solved it does not solve it again.
//! let captcha = Captcha::again(&portal, &visitor, SIGN_UP, difficulty, outcome);
//! ```
//!
//! After a wrong password use [`Captcha::after_failure`] instead of `again`, or one captcha would be good for several guesses.
//! A page with a captcha is never kept: answer it with `html`, not `cached_html`.

mod chance;
mod difficulty;
mod glyphs;
mod picture;
mod routes;
pub(crate) mod sample;
mod sound;
mod token;
mod work;

use domain::codes::constant_time_eq;
use usecases::captcha::{Solved, Who, count_failure, count_failures, spend};

use crate::errors::WebError;
use crate::fields::Fields;
use crate::portal::Portal;
use crate::visitor::Visitor;

use self::token::{Keys, Token, Unusable};

pub use self::difficulty::Difficulty;
pub use self::routes::router;

/// The field of the answer, beside which a refusal stands.
pub const FIELD: &str = "captcha";
const TOKEN_FIELD: &str = "captcha_token";
const WORK_FIELD: &str = "captcha_work";
const ANOTHER_FIELD: &str = "captcha_another";
/// How often in a row a solved captcha is handed on to the next try of the same form.
const MOST_HANDED_ON: u8 = 5;
/// Failures of a place that weigh as much as one of a number: many people may share an address.
const PLACE_SHARE: u32 = 4;

/// Which form a captcha is for; solved for one, it counts for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptchaPurpose(&'static str);

impl CaptchaPurpose {
    /// A purpose of this name, such as `sign-up`.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

/// A captcha as a page shows it.
#[derive(Clone, Debug)]
pub struct Captcha {
    address: &'static str,
    token: String,
    nonce: String,
    difficulty: Difficulty,
    passed: bool,
    focus: bool,
    demo_answer: Option<String>,
}

/// That somebody solved a captcha; good for one act.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed {
    handed_on: u8,
}

/// Why a form is not taken for that of a person; each has its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptchaRefusal {
    /// Nothing was answered and no work was done.
    Missing,
    /// The answer or the work is wrong.
    Wrong,
    /// The page was open for too long.
    Expired,
    /// The form was sent before.
    Used,
    /// The token is none of ours, or of another form.
    Void,
}

impl CaptchaRefusal {
    /// The key of what the person reads.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Missing => "captcha-missing",
            Self::Wrong => "captcha-wrong",
            Self::Expired => "captcha-expired",
            Self::Used => "captcha-used",
            Self::Void => "captcha-void",
        }
    }
}

impl Difficulty {
    /// As hard as it should be after the failures of a number that the caller counted and those that were counted for the
    /// visitor's place.
    pub async fn of(portal: &Portal, visitor: &Visitor, failures: u32) -> Result<Self, WebError> {
        let of_place = count_failures(portal.app(), &visitor.ctx, Who::Place(&visitor.client)).await?;
        Ok(Self::after(failures.saturating_add(of_place / PLACE_SHARE)))
    }
}

impl Captcha {
    /// A captcha to be solved.
    pub fn issue(portal: &Portal, visitor: &Visitor, purpose: CaptchaPurpose, difficulty: Difficulty) -> Self {
        Self::made(portal, visitor, purpose, difficulty, 0)
    }

    /// The captcha of a form that is shown again: one that was solved need not be solved again, a few times in a row.
    pub fn again(
        portal: &Portal,
        visitor: &Visitor,
        purpose: CaptchaPurpose,
        difficulty: Difficulty,
        outcome: Result<Passed, CaptchaRefusal>,
    ) -> Self {
        match outcome {
            Ok(Passed { handed_on }) if handed_on < MOST_HANDED_ON => {
                Self::made(portal, visitor, purpose, difficulty, handed_on + 1)
            }
            _ => Self::issue(portal, visitor, purpose, difficulty),
        }
    }

    /// The captcha after an act that failed though the captcha was solved, such as a wrong password: the failure counts for
    /// the number and for the visitor's place, and each makes this one harder than the last.
    pub async fn after_failure(
        portal: &Portal,
        visitor: &Visitor,
        purpose: CaptchaPurpose,
        number: &str,
    ) -> Result<Self, WebError> {
        count_failure(portal.app(), &visitor.ctx, &visitor.client, number).await?;
        let failures = count_failures(portal.app(), &visitor.ctx, Who::Number(number)).await?;
        Ok(Self::issue(portal, visitor, purpose, Difficulty::of(portal, visitor, failures).await?))
    }

    /// The same with the cursor in its field, for who asked for another picture.
    pub fn with_focus(self) -> Self {
        Self { focus: true, ..self }
    }

    fn made(
        portal: &Portal,
        visitor: &Visitor,
        purpose: CaptchaPurpose,
        difficulty: Difficulty,
        handed_on: u8,
    ) -> Self {
        let keys = Keys::of(&portal.settings().secret);
        let token = Token::new(purpose, difficulty, handed_on, visitor.ctx.random(), visitor.ctx.now);
        let answer = portal.settings().demo.is_some().then(|| written(&keys.digits(&token)));
        Self::of_token(&keys, &token, answer)
    }

    fn of_token(keys: &Keys, token: &Token, demo_answer: Option<String>) -> Self {
        Self {
            address: routes::ADDRESS,
            token: keys.write(token),
            nonce: token.nonce.iter().map(|byte| format!("{byte:02x}")).collect(),
            difficulty: token.difficulty,
            passed: token.is_passed(),
            focus: false,
            demo_answer,
        }
    }

    /// What the form sends back.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The address of the picture.
    pub fn picture(&self) -> String {
        format!("{}/{}.png", self.address, self.token)
    }

    /// The address of the digits as they are spoken.
    pub fn sound(&self) -> String {
        format!("{}/{}.wav", self.address, self.token)
    }

    /// How many digits the picture has.
    pub fn digits(&self) -> u8 {
        self.difficulty.digits()
    }

    /// What the script makes the work from.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// How hard each part of the work is.
    pub fn bits(&self) -> u8 {
        self.difficulty.bits()
    }

    /// How many parts the work has.
    pub fn parts(&self) -> usize {
        work::PARTS
    }

    /// Whether it has been solved already.
    pub fn is_passed(&self) -> bool {
        self.passed
    }

    /// Whether the cursor belongs into its field.
    pub fn has_focus(&self) -> bool {
        self.focus
    }

    /// The answer, in the demonstration only.
    pub fn demo_answer(&self) -> Option<&str> {
        self.demo_answer.as_deref()
    }
}

/// Whether the person pressed the button for another picture instead of sending the form.
pub fn wants_another(fields: &Fields) -> bool {
    fields.find(ANOTHER_FIELD).is_some()
}

/// Whether the form comes from a person, or from a machine that worked for it.
///
/// A token that was looked at is used up, whatever came with it.
pub async fn check(
    portal: &Portal,
    visitor: &Visitor,
    fields: &Fields,
    purpose: CaptchaPurpose,
) -> Result<Result<Passed, CaptchaRefusal>, WebError> {
    let keys = Keys::of(&portal.settings().secret);
    let written = fields.raw(TOKEN_FIELD);
    let token = match keys.read(written, visitor.ctx.now) {
        Ok(token) if token.is_for(purpose) => token,
        Ok(_) | Err(Unusable::Forged) => return Ok(Err(CaptchaRefusal::Void)),
        Err(Unusable::Expired) => return Ok(Err(CaptchaRefusal::Expired)),
    };
    let Some(solved) = judge(&keys, &token, fields.text(FIELD), fields.text(WORK_FIELD)) else {
        return Ok(Err(CaptchaRefusal::Missing));
    };
    let first = spend(portal.app(), &visitor.ctx, written, token.expires_at, solved, &visitor.client).await?;
    Ok(match (first, solved) {
        (false, _) => Err(CaptchaRefusal::Used),
        (true, Solved::No) => Err(CaptchaRefusal::Wrong),
        (true, Solved::Yes) => Ok(Passed { handed_on: token.handed_on }),
    })
}

/// Who typed an answer is judged by it; else the work counts. `None` when there is neither.
fn judge(keys: &Keys, token: &Token, answer: &str, done: &str) -> Option<Solved> {
    let right = match (token.is_passed(), answer, done) {
        (true, _, _) => true,
        (false, "", "") => return None,
        (false, "", done) => work::is_done(done, &token.nonce, token.difficulty.bits()),
        (false, answer, _) => is_right(answer, &keys.digits(token)),
    };
    Some(if right { Solved::Yes } else { Solved::No })
}

/// People put spaces or dots between digits that they hear.
fn is_right(answer: &str, digits: &[u8]) -> bool {
    let plain: Vec<u8> = answer.bytes().filter(|byte| !matches!(byte, b' ' | b'.' | b'-' | b',')).take(64).collect();
    constant_time_eq(&plain, written(digits).as_bytes())
}

fn written(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit % 10)).collect()
}

#[cfg(test)]
mod tests {
    use domain::time::Instant;

    use super::*;
    use crate::secret::Secret;

    fn token(handed_on: u8) -> (Keys, Token) {
        let keys = Keys::of(&Secret::from_bytes([5; 32]));
        let token = Token::new(
            CaptchaPurpose::new("sign-up"),
            Difficulty::after(0),
            handed_on,
            [1; 16],
            Instant::from_millis(0),
        );
        (keys, token)
    }

    #[test]
    fn an_answer_may_be_typed_as_it_is_heard() {
        for answer in ["50719", "5 0 7 1 9", "5.0.7.1.9", "50-719", "5, 0, 7, 1, 9"] {
            assert!(is_right(answer, &[5, 0, 7, 1, 9]), "{answer}");
        }
        for answer in ["5071", "507190", "50718", "", "năm", "５０７１９", "50719\0", "0x50719"] {
            assert!(!is_right(answer, &[5, 0, 7, 1, 9]), "{answer}");
        }
        assert!(!is_right(&"5".repeat(1 << 20), &[5, 0, 7, 1, 9]));
    }

    #[test]
    fn a_typed_answer_counts_before_work_and_what_was_passed_before_both() {
        let (keys, open) = token(0);
        let right = written(&keys.digits(&open));
        let wrong = if right == "00000" { "11111" } else { "00000" };
        assert_eq!(judge(&keys, &open, "", ""), None);
        assert_eq!(judge(&keys, &open, &right, ""), Some(Solved::Yes));
        assert_eq!(judge(&keys, &open, &right, "0.0"), Some(Solved::Yes));
        assert_eq!(judge(&keys, &open, wrong, ""), Some(Solved::No));
        assert_eq!(judge(&keys, &open, "", "0.0"), Some(Solved::No));
        let (keys, passed) = token(1);
        assert_eq!(judge(&keys, &passed, "", ""), Some(Solved::Yes));
        assert_eq!(judge(&keys, &passed, wrong, "0.0"), Some(Solved::Yes));
    }

    #[test]
    fn what_a_page_gives_away_does_not_hold_the_answer() {
        let (keys, token) = token(0);
        let answer = written(&keys.digits(&token));
        let captcha = Captcha::of_token(&keys, &token, None);
        assert_eq!(captcha.demo_answer(), None);
        assert!(!format!("{captcha:?}").contains(&answer));
    }
}
