//! Codes that are sent to a telephone and typed back (leaflet R31, R35; I6): how long they work, how often they may be
//! tried and sent again.

use std::fmt;

use crate::codes::constant_time_eq;
use crate::ids::{Hash, OneTimeCodeId};
use crate::time::Instant;

const DIGITS: usize = 6;
const SECOND: i64 = 1_000;

/// What a portal lets people do with codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRules {
    /// How long a code works, in minutes.
    pub minutes: i64,
    /// How often it may be typed wrongly before it is void.
    pub most_tries: u32,
    /// How long one waits before another is sent, in seconds.
    pub resend_after_seconds: i64,
    /// How many are sent for one purpose, the first among them.
    pub most_sends: u32,
}

impl Default for CodeRules {
    fn default() -> Self {
        Self { minutes: 5, most_tries: 5, resend_after_seconds: 60, most_sends: 5 }
    }
}

/// Six digits that only the telephone and the one who holds it know.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

/// A text that is not six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has six digits")]
pub struct OneTimeCodeError;

impl OneTimeCode {
    /// A code from fresh random bytes; each of the million is as likely as another, to within 2⁻⁴⁴.
    pub fn draw(random: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_le_bytes(random) % 1_000_000))
    }

    /// Reads what was typed; spaces and dashes between the digits do not count.
    ///
    /// # Errors
    /// When anything but six digits is left.
    pub fn parse(text: &str) -> Result<Self, OneTimeCodeError> {
        let mut digits = String::with_capacity(DIGITS);
        for character in text.chars() {
            match character {
                '0'..='9' if digits.len() < DIGITS => digits.push(character),
                ' ' | '-' | '\u{a0}' | '\t' => {}
                _ => return Err(OneTimeCodeError),
            }
        }
        if digits.len() == DIGITS { Ok(Self(digits)) } else { Err(OneTimeCodeError) }
    }

    /// The digits, for the message that carries them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it. It holds for this challenge alone: the same digits elsewhere are another value.
    pub fn digest(&self, challenge: OneTimeCodeId) -> Hash {
        Hash::of(format!("motcua one-time code\0{challenge}\0{}", self.0).as_bytes())
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(…)")
    }
}

/// A challenge that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its identifier, which stands in the address of the page that asks for the code.
    pub id: OneTimeCodeId,
    /// What is stored of the code that was sent last; the ones before are void.
    pub digest: Hash,
    /// How many wrong codes were typed since the last was sent.
    pub tries: u32,
    /// How many codes were sent.
    pub sends: u32,
    /// When the last was sent.
    pub sent_at: Instant,
    /// When a right code was typed; a challenge is met once.
    pub met_at: Option<Instant>,
}

/// What became of a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is the one that was sent.
    Right,
    /// It is not; this many tries are left.
    Wrong {
        /// Tries that are left.
        left: u32,
    },
    /// Too many wrong ones: the code is void, another can be sent.
    Void,
    /// The code is too old: another can be sent.
    Expired,
    /// The challenge was met before.
    Used,
}

/// Why no other code is sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResendRefusal {
    /// The last was sent a moment ago.
    Wait {
        /// How many seconds are left.
        seconds: i64,
    },
    /// Enough were sent: one starts anew.
    TooMany,
    /// The challenge was met before.
    Used,
}

impl Challenge {
    /// What a typed code leads to.
    pub fn answer(&self, code: &OneTimeCode, rules: &CodeRules, now: Instant) -> Answer {
        if self.met_at.is_some() {
            return Answer::Used;
        }
        if now >= self.expires_at(rules) {
            return Answer::Expired;
        }
        if self.tries >= rules.most_tries {
            return Answer::Void;
        }
        if constant_time_eq(self.digest.as_bytes(), code.digest(self.id).as_bytes()) {
            return Answer::Right;
        }
        match rules.most_tries - self.tries - 1 {
            0 => Answer::Void,
            left => Answer::Wrong { left },
        }
    }

    /// When the code that was sent last stops working.
    pub fn expires_at(&self, rules: &CodeRules) -> Instant {
        self.sent_at.plus_millis(rules.minutes * 60 * SECOND)
    }

    /// Whether another code may be sent now.
    ///
    /// # Errors
    /// Why not, and how long to wait.
    pub fn may_resend(&self, rules: &CodeRules, now: Instant) -> Result<(), ResendRefusal> {
        if self.met_at.is_some() {
            return Err(ResendRefusal::Used);
        }
        if self.sends >= rules.most_sends {
            return Err(ResendRefusal::TooMany);
        }
        let left = self.sent_at.plus_millis(rules.resend_after_seconds * SECOND).as_millis() - now.as_millis();
        match left {
            ..=0 => Ok(()),
            left => Err(ResendRefusal::Wait { seconds: (left + SECOND - 1) / SECOND }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: CodeRules = CodeRules { minutes: 5, most_tries: 5, resend_after_seconds: 60, most_sends: 5 };

    fn at(seconds: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + seconds * SECOND)
    }

    fn challenge(code: &OneTimeCode) -> Challenge {
        let id = OneTimeCodeId::from_bytes([7; 16]);
        Challenge { id, digest: code.digest(id), tries: 0, sends: 1, sent_at: at(0), met_at: None }
    }

    #[test]
    fn a_code_is_six_digits_however_they_are_typed() {
        for typed in ["012345", "012 345", " 012-345 ", "0 1 2 3 4 5"] {
            assert_eq!(OneTimeCode::parse(typed).map(|code| code.0), Ok("012345".to_owned()), "{typed:?}");
        }
        for typed in ["", "12345", "1234567", "12345a", "٠١٢٣٤٥", "12345\0", "-1", &"1".repeat(10_000)] {
            assert_eq!(OneTimeCode::parse(typed), Err(OneTimeCodeError), "{typed:?}");
        }
        assert_eq!(OneTimeCode::draw([0; 8]).as_str(), "000000");
        assert_eq!(OneTimeCode::draw(1_234_567_u64.to_le_bytes()).as_str(), "234567");
        assert_eq!(format!("{:?}", OneTimeCode::draw([9; 8])), "OneTimeCode(…)", "logs never hold it");
    }

    #[test]
    fn a_code_works_once_for_five_minutes_and_five_tries() {
        let code = OneTimeCode::draw([1; 8]);
        let wrong = OneTimeCode::draw([2; 8]);
        let fresh = challenge(&code);
        assert_eq!(fresh.answer(&code, &RULES, at(299)), Answer::Right);
        assert_eq!(fresh.answer(&code, &RULES, at(300)), Answer::Expired);
        for (tries, expected) in [(0, Answer::Wrong { left: 4 }), (3, Answer::Wrong { left: 1 }), (4, Answer::Void)] {
            assert_eq!(Challenge { tries, ..fresh.clone() }.answer(&wrong, &RULES, at(1)), expected);
        }
        assert_eq!(Challenge { tries: 5, ..fresh.clone() }.answer(&code, &RULES, at(1)), Answer::Void);
        assert_eq!(Challenge { met_at: Some(at(1)), ..fresh }.answer(&code, &RULES, at(2)), Answer::Used);
    }

    #[test]
    fn the_code_of_another_challenge_is_a_wrong_one() {
        let code = OneTimeCode::draw([1; 8]);
        let other = Challenge { id: OneTimeCodeId::from_bytes([8; 16]), ..challenge(&code) };
        assert_eq!(other.answer(&code, &RULES, at(1)), Answer::Wrong { left: 4 });
    }

    #[test]
    fn another_code_is_sent_after_a_minute_and_not_without_end() {
        let first = challenge(&OneTimeCode::draw([1; 8]));
        assert_eq!(first.may_resend(&RULES, at(0)), Err(ResendRefusal::Wait { seconds: 60 }));
        assert_eq!(first.may_resend(&RULES, at(59)), Err(ResendRefusal::Wait { seconds: 1 }));
        assert_eq!(first.may_resend(&RULES, at(60)), Ok(()));
        assert_eq!(Challenge { sends: 5, ..first.clone() }.may_resend(&RULES, at(60)), Err(ResendRefusal::TooMany));
        assert_eq!(Challenge { met_at: Some(at(1)), ..first }.may_resend(&RULES, at(60)), Err(ResendRefusal::Used));
    }
}
