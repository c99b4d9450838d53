//! Encrypts what must be read again and may not stand in the database as it is.

use std::sync::Arc;

use oidc::jose::{Entropy, InstallationKey};

use crate::errors::UsecaseError;

/// Seals with the installation's key, which no database holds. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    key: Arc<InstallationKey>,
    entropy: Arc<Entropy>,
}

impl Vault {
    /// A vault with this key.
    pub fn new(key: InstallationKey, entropy: Entropy) -> Self {
        Self { key: Arc::new(key), entropy: Arc::new(entropy) }
    }

    /// Encrypts a secret of this name; it opens under the same name only.
    pub(crate) fn seal(&self, name: &str, secret: &[u8]) -> Result<Vec<u8>, UsecaseError> {
        Ok(self.key.seal(name, secret, &self.entropy)?)
    }

    /// The randomness with which keys are made that are sealed here.
    pub(crate) fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// Decrypts a secret of this name; nothing when it was encrypted with another key, or under another name.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.key.open(name, sealed)
    }
}
