//! Making and checking password hashes (argon2id, OWASP's parameters), only a few at once so that memory stays bounded.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashes and checks passwords away from the threads that answer requests.
#[derive(Clone, Debug)]
pub struct Passwords {
    places: Arc<Semaphore>,
    nobody: Arc<str>,
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hashing function refused its input.
    #[error("cannot hash a password: {0}")]
    Hash(String),
    /// The thread that did the work died.
    #[error("the hashing thread stopped")]
    Stopped,
}

impl Passwords {
    /// At most `at_once` hashes are computed at the same time (each takes 19 MiB and some 50 ms).
    pub fn new(at_once: usize) -> Result<Self, PasswordError> {
        let nobody = hash("nobody has this password", &[7; 16])?;
        Ok(Self { places: Arc::new(Semaphore::new(at_once)), nobody: nobody.into() })
    }

    /// The PHC string to store for a new password.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
        let password = password.to_owned();
        self.run(move || hash(&password, &salt)).await?
    }

    /// Whether the password fits the stored hash. Without a stored hash the same work is done in vain, so that the time
    /// taken does not tell whether an account exists.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.nobody).to_owned();
        let password = password.to_owned();
        let fits = self
            .run(move || {
                PasswordHash::new(&stored)
                    .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| PasswordError::Stopped)?;
        tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        })
        .await
        .map_err(|_| PasswordError::Stopped)
    }
}

fn hash(password: &str, salt: &[u8]) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new(2).expect("parameters are valid");
        let stored = passwords.hash("Mật khẩu 1!", [1; 16]).await.expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("Mật khẩu 1!", Some(&stored)).await.expect("runs"));
        assert!(!passwords.verify("Mật khẩu 2!", Some(&stored)).await.expect("runs"));
        assert!(!passwords.verify("nobody has this password", None).await.expect("runs"));
    }
}
