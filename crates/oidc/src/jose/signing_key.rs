//! The provider's own keys: P-256, made with the randomness of the system, stored as PKCS#8.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;

use crate::jose::{Algorithm, Jwk};

/// The randomness of the system, which keys and signatures need. The program makes it once and hands it down.
#[derive(Clone, Debug)]
pub struct Entropy(SystemRandom);

/// A private key that signs tokens.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    jwk: Jwk,
    entropy: Entropy,
}

/// Why there is no key or no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system gave no randomness.
    #[error("the system gives no randomness")]
    Entropy,
    /// What was stored is not a private key for ES256.
    #[error("not a private key of the curve P-256")]
    Malformed,
    /// The claims cannot be written as JSON.
    #[error("claims that cannot be written")]
    Claims,
}

impl Entropy {
    /// The randomness of the machine on which the program runs. For the program's start and for tests.
    #[expect(clippy::disallowed_methods, reason = "the one place: everything else is handed the value")]
    pub fn of_the_system() -> Self {
        Self(SystemRandom::new())
    }

    pub(crate) fn system(&self) -> &SystemRandom {
        &self.0
    }

    /// Fresh random bytes.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], KeyError> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).map_err(|_| KeyError::Entropy)?;
        Ok(bytes)
    }
}

impl SigningKey {
    /// Makes a key; what comes back is what to store (PKCS#8).
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn generate(entropy: &Entropy) -> Result<Vec<u8>, KeyError> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &entropy.0);
        document.map(|document| document.as_ref().to_vec()).map_err(|_| KeyError::Entropy)
    }

    /// Reads a stored key.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn read(pkcs8: &[u8], entropy: &Entropy) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &entropy.0)
            .map_err(|_| KeyError::Malformed)?;
        let point = pair.public_key().as_ref();
        let coordinate = |from: usize| point.get(from..from + 32)?.try_into().ok();
        let (x, y) = coordinate(1).zip(coordinate(33)).ok_or(KeyError::Malformed)?;
        Ok(Self { jwk: Jwk::of_p256(x, y), pair, entropy: entropy.clone() })
    }

    /// The name of the key, made from its public half.
    pub fn kid(&self) -> &str {
        self.jwk.kid().expect("a key of ours is named after its digest")
    }

    /// The public half.
    pub fn public(&self) -> &Jwk {
        &self.jwk
    }

    /// A signed token of this kind with these claims.
    ///
    /// # Errors
    /// When the claims cannot be written, or the system gives no randomness.
    pub fn sign(&self, kind: &str, claims: &impl Serialize) -> Result<String, KeyError> {
        let header = serde_json::json!({ "alg": Algorithm::Es256.as_str(), "kid": self.kid(), "typ": kind });
        let claims = serde_json::to_vec(claims).map_err(|_| KeyError::Claims)?;
        let mut token = URL_SAFE_NO_PAD.encode(header.to_string());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let signature = self.pair.sign(&self.entropy.0, token.as_bytes()).map_err(|_| KeyError::Entropy)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.kid())
    }
}
