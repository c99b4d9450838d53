//! The signed token of a captcha: what it asks for, until when and for which form; the answer follows from it by the key only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::codes::constant_time_eq;
use domain::time::Instant;
use sha2::{Digest, Sha256};

use crate::secret::{Key, Secret};

use super::CaptchaPurpose;
use super::difficulty::Difficulty;

/// How long a token is good for.
const LASTS_MILLIS: i64 = 10 * 60_000;
const FORM: u8 = 1;
const NONCE: usize = 16;
const BODY: usize = 1 + 8 + NONCE + 8 + 3;
const SIGNATURE: usize = 24;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What makes it differ from every other, and what digits and work are made from.
    pub(super) nonce: [u8; NONCE],
    /// The first eight bytes of the digest of the purpose.
    purpose: [u8; 8],
    pub(super) expires_at: Instant,
    pub(super) difficulty: Difficulty,
    /// 0 when it is still to be solved; else how often in a row it was handed on after being solved.
    pub(super) handed_on: u8,
}

/// Why a text is no token that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Not made by this portal.
    Forged,
    /// Too old.
    Expired,
}

/// The keys of one portal's captchas.
pub(super) struct Keys(Key);

impl Token {
    pub(super) fn new(
        purpose: CaptchaPurpose,
        difficulty: Difficulty,
        handed_on: u8,
        nonce: [u8; NONCE],
        now: Instant,
    ) -> Self {
        let expires_at = now.plus_millis(LASTS_MILLIS);
        Self { nonce, purpose: purpose.digest(), expires_at, difficulty, handed_on }
    }

    pub(super) fn is_for(&self, purpose: CaptchaPurpose) -> bool {
        self.purpose == purpose.digest()
    }

    pub(super) fn is_passed(&self) -> bool {
        self.handed_on > 0
    }

    fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        body[0] = FORM;
        body[1..9].copy_from_slice(&self.expires_at.as_millis().to_be_bytes());
        body[9..25].copy_from_slice(&self.nonce);
        body[25..33].copy_from_slice(&self.purpose);
        body[33..].copy_from_slice(&[self.difficulty.bits(), self.difficulty.digits(), self.handed_on]);
        body
    }

    fn of_body(body: &[u8; BODY]) -> Option<Self> {
        let (mut expires_at, mut nonce, mut purpose) = ([0; 8], [0; NONCE], [0; 8]);
        expires_at.copy_from_slice(&body[1..9]);
        nonce.copy_from_slice(&body[9..25]);
        purpose.copy_from_slice(&body[25..33]);
        Some(Self {
            nonce,
            purpose,
            expires_at: Instant::from_millis(i64::from_be_bytes(expires_at)),
            difficulty: Difficulty::of_parts(body[33], body[34])?,
            handed_on: body[35],
        })
        .filter(|_| body[0] == FORM)
    }
}

impl Keys {
    pub(super) fn of(secret: &Secret) -> Self {
        Self(secret.key("captcha"))
    }

    /// The token as it stands in pages and addresses.
    pub(super) fn write(&self, token: &Token) -> String {
        let body = token.body();
        let mut bytes = body.to_vec();
        bytes.extend_from_slice(&self.signature(&body));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a text says that this portal wrote and that has not expired.
    pub(super) fn read(&self, text: &str, now: Instant) -> Result<Token, Unusable> {
        // Four letters for three bytes; anything longer is not even decoded.
        if text.len() != (BODY + SIGNATURE) * 4 / 3 {
            return Err(Unusable::Forged);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Unusable::Forged)?;
        let (body, signature) = bytes.split_first_chunk::<BODY>().ok_or(Unusable::Forged)?;
        if !constant_time_eq(signature, &self.signature(body)) {
            return Err(Unusable::Forged);
        }
        let token = Token::of_body(body).ok_or(Unusable::Forged)?;
        if token.expires_at <= now { Err(Unusable::Expired) } else { Ok(token) }
    }

    /// The digits that a person must read or hear, each from 0 to 9.
    pub(super) fn digits(&self, token: &Token) -> Vec<u8> {
        // 250 and more would make some digits likelier than others.
        let fair = self.0.sign("digits", &token.nonce).into_iter().filter(|byte| *byte < 250);
        let mut digits: Vec<u8> = fair.map(|byte| byte % 10).take(usize::from(token.difficulty.digits())).collect();
        // That so many of 32 bytes are unfair does not happen; the answer has its length all the same.
        digits.resize(usize::from(token.difficulty.digits()), 0);
        digits
    }

    /// Where chance of this token's picture or sound starts: the same whenever it is asked for, so that averaging many
    /// copies removes no noise.
    pub(super) fn chance(&self, token: &Token, what: &str) -> u64 {
        let bytes = self.0.sign(what, &token.nonce);
        bytes[..8].iter().fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
    }

    fn signature(&self, body: &[u8; BODY]) -> [u8; SIGNATURE] {
        let whole = self.0.sign("token", body);
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(&whole[..SIGNATURE]);
        signature
    }
}

impl CaptchaPurpose {
    fn digest(self) -> [u8; 8] {
        let whole = Sha256::digest(self.0);
        let mut digest = [0; 8];
        digest.copy_from_slice(&whole[..8]);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGN_UP: CaptchaPurpose = CaptchaPurpose::new("sign-up");

    fn keys() -> Keys {
        Keys::of(&Secret::from_bytes([3; 32]))
    }

    fn token(nonce: u8) -> Token {
        Token::new(SIGN_UP, Difficulty::after(0), 0, [nonce; NONCE], Instant::from_millis(1_000))
    }

    #[test]
    fn a_token_comes_back_until_it_expires() {
        let written = keys().write(&token(1));
        assert_eq!(keys().read(&written, Instant::from_millis(1_000 + LASTS_MILLIS - 1)), Ok(token(1)));
        assert_eq!(keys().read(&written, Instant::from_millis(1_000 + LASTS_MILLIS)), Err(Unusable::Expired));
        assert!(token(1).is_for(SIGN_UP) && !token(1).is_for(CaptchaPurpose::new("sign-in")));
    }

    #[test]
    fn no_letter_of_a_token_can_be_changed() {
        let written = keys().write(&token(1));
        for at in 0..written.len() {
            let mut forged = written.clone().into_bytes();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(keys().read(&forged, Instant::from_millis(0)), Err(Unusable::Forged), "letter {at}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let written = keys().write(&token(1));
        let foreign = Keys::of(&Secret::from_bytes([4; 32])).write(&token(1));
        let others =
            [String::new(), "\0".repeat(80), "ế".repeat(40), "A".repeat(1 << 20), written[1..].to_owned(), foreign];
        for text in others.iter().chain([&format!("{written}="), &format!(" {written}")]) {
            assert_eq!(keys().read(text, Instant::from_millis(0)), Err(Unusable::Forged));
        }
    }

    #[test]
    fn digits_follow_from_the_key_and_the_nonce_only() {
        assert_eq!(keys().digits(&token(1)), keys().digits(&token(1)));
        assert_ne!(keys().digits(&token(1)), keys().digits(&token(2)));
        assert_ne!(keys().digits(&token(1)), Keys::of(&Secret::from_bytes([4; 32])).digits(&token(1)));
        let mut seen = [0_u32; 10];
        for nonce in 0..=255 {
            let digits = keys().digits(&token(nonce));
            assert_eq!(digits.len(), 5);
            digits.iter().for_each(|digit| seen[usize::from(*digit)] += 1);
        }
        assert!(seen.iter().all(|count| (80..180).contains(count)), "every digit comes up: {seen:?}");
    }
}
