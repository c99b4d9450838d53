//! Proof Key for Code Exchange (RFC 7636), with S256 only: who got the code is who asked for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::secret::{Secret, same, sha256};

/// The secret that a client keeps until it exchanges the code.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeVerifier(Secret);

/// The digest of the verifier, which travels through the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeChallenge([u8; 32]);

impl CodeVerifier {
    /// A fresh verifier.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(Secret::from_random(random))
    }

    /// What the client sends to the token endpoint.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What the client sends to the authorization endpoint.
    pub fn challenge(&self) -> CodeChallenge {
        CodeChallenge(self.0.digest())
    }
}

impl CodeChallenge {
    /// Reads the parameter `code_challenge`: 32 bytes in base64url. Anything else is no challenge, least of all a verifier
    /// that is sent as it is.
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// A challenge that was stored.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What is stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What travels.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Whether the given verifier fits, in a time that does not depend on how nearly it does.
    pub fn is_met_by(&self, verifier: &str) -> bool {
        is_verifier(verifier) && same(&self.0, &sha256(verifier.as_bytes()))
    }
}

// RFC 7636, 4.1: 43 to 128 unreserved characters.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_standard_holds() {
        let bytes = URL_SAFE_NO_PAD.decode(VERIFIER).unwrap().try_into().unwrap();
        let verifier = CodeVerifier::from_random(bytes);
        assert_eq!(verifier.as_str(), VERIFIER);
        assert_eq!(verifier.challenge().encode(), CHALLENGE);
        assert!(CodeChallenge::parse(CHALLENGE).unwrap().is_met_by(VERIFIER));
    }

    #[test]
    fn other_verifiers_do_not_fit() {
        let challenge = CodeChallenge::parse(CHALLENGE).unwrap();
        let padded = format!("{VERIFIER}=");
        for verifier in ["", CHALLENGE, &VERIFIER[1..], &VERIFIER.to_lowercase(), &padded] {
            assert!(!challenge.is_met_by(verifier), "{verifier}");
        }
        // Too short and too long ones never fit, whatever their digest.
        for length in [42, 129] {
            let verifier = "a".repeat(length);
            assert!(!CodeChallenge(sha256(verifier.as_bytes())).is_met_by(&verifier));
        }
        assert!(!CodeChallenge(sha256("ă".repeat(43).as_bytes())).is_met_by(&"ă".repeat(43)));
    }

    #[test]
    fn only_a_digest_is_a_challenge() {
        let cases =
            ["", "abc", &CHALLENGE[1..], &format!("{CHALLENGE}="), &format!("{CHALLENGE}A"), "a b", &"+".repeat(43)];
        for text in cases {
            assert_eq!(CodeChallenge::parse(text), None, "{text}");
        }
        // 43 characters hold 258 bits: the last two must be zero, else two texts would mean one digest.
        assert_eq!(CodeChallenge::parse(&CHALLENGE.replace("-cM", "-cN")), None);
    }

    proptest! {
        #[test]
        fn every_verifier_fits_its_own_challenge_only(one in any::<[u8; 32]>(), other in any::<[u8; 32]>()) {
            let (one, other) = (CodeVerifier::from_random(one), CodeVerifier::from_random(other));
            let challenge = CodeChallenge::parse(&one.challenge().encode()).unwrap();
            prop_assert!(challenge.is_met_by(one.as_str()));
            prop_assert_eq!(challenge.is_met_by(other.as_str()), one.as_str() == other.as_str());
        }
    }
}
