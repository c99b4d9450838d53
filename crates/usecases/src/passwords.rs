//! Making and checking password hashes (argon2id, OWASP's parameters), only a few at once so that memory stays bounded.

use std::sync::{Arc, Mutex};

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;

/// So many wait for each place; whoever comes then is asked to come again. A place does 20 to 50 hashes a second, so that
/// nobody waits much longer than this takes.
const MOST_WAITING: usize = 400;
/// After so many seconds all who waited are through.
const AGAIN_AFTER_SECONDS: u32 = 15;

/// Hashes and checks passwords away from the threads that answer requests.
#[derive(Clone, Debug)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// Those who compute and those who wait.
    queue: Arc<Semaphore>,
    nobody: Arc<str>,
    memory: Memory,
}

/// The memory of checks that have ended, for those to come: an allocator that gets 19 MiB back from many threads, one
/// after the other, keeps them for each.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl Memory {
    /// Lends memory of so many blocks; at most as many are kept as are computed at once.
    fn lend<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let kept = self.0.lock().ok().and_then(|mut kept| kept.pop());
        let mut memory = kept.unwrap_or_default();
        memory.resize(blocks, Block::default());
        let done = work(&mut memory);
        if let Ok(mut kept) = self.0.lock() {
            kept.push(memory);
        }
        done
    }
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hashing function refused its input.
    #[error("cannot hash a password: {0}")]
    Hash(String),
    /// Too many wait already.
    #[error("too many wait for a password to be checked")]
    Busy {
        /// How long to wait.
        retry_after_seconds: u32,
    },
    /// The thread that did the work died.
    #[error("the hashing thread stopped")]
    Stopped,
}

impl Passwords {
    /// At most `at_once` hashes are computed at the same time (each takes 19 MiB and some 50 ms).
    pub fn new(at_once: usize) -> Result<Self, PasswordError> {
        Self::with_queue(at_once, at_once * MOST_WAITING)
    }

    fn with_queue(at_once: usize, waiting: usize) -> Result<Self, PasswordError> {
        let nobody = hash("nobody has this password", &[7; 16])?;
        let semaphore = |places| Arc::new(Semaphore::new(places));
        Ok(Self {
            places: semaphore(at_once),
            queue: semaphore(at_once + waiting),
            nobody: nobody.into(),
            memory: Memory::default(),
        })
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
        let (password, memory) = (password.to_owned(), self.memory.clone());
        let fits = self.run(move || fits(&password, &stored, &memory).unwrap_or(false)).await?;
        Ok(fits && known)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let busy = PasswordError::Busy { retry_after_seconds: AGAIN_AFTER_SECONDS };
        let _waiting = self.queue.try_acquire().map_err(|_| busy)?;
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

/// Whether the password fits a stored hash; nothing when that is no hash of ours. Outputs are compared in constant time.
fn fits(password: &str, stored: &str, memory: &Memory) -> Option<bool> {
    let stored = PasswordHash::new(stored).ok()?;
    let algorithm = Algorithm::new(stored.algorithm.as_str()).ok()?;
    let version = Version::try_from(stored.version?).ok()?;
    let params = Params::try_from(&stored).ok()?;
    let (salt, expected) = (stored.salt?, stored.hash?);
    let blocks = params.block_count();
    let argon2 = Argon2::new(algorithm, version, params);
    let mut output = vec![0; expected.len()];
    memory
        .lend(blocks, |blocks| {
            argon2.hash_password_into_with_memory(password.as_bytes(), salt.as_ref(), &mut output, blocks)
        })
        .ok()?;
    Some(Output::new(&output).ok()? == expected)
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
        assert!(!passwords.verify("Mật khẩu 1!", Some("!")).await.expect("runs"), "no hash fits nothing");
        assert_eq!(passwords.memory.0.lock().expect("nobody panicked").len(), 1, "one after the other takes one");
    }

    #[tokio::test]
    async fn who_comes_when_too_many_wait_is_asked_to_come_again() {
        let passwords = Passwords::with_queue(1, 2).expect("parameters are valid");
        let held = passwords.places.acquire().await.expect("a place is free");
        let attempt = || {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.verify("Mật khẩu 1!", None).await })
        };
        let waiting = [attempt(), attempt(), attempt()];
        while passwords.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = passwords.verify("Mật khẩu 1!", None).await;
        assert!(matches!(refused, Err(PasswordError::Busy { retry_after_seconds: 15 })), "{refused:?}");
        drop(held);
        for waited in waiting {
            assert!(!waited.await.expect("it ends").expect("runs"));
        }
        assert!(passwords.verify("Mật khẩu 1!", None).await.is_ok(), "there is room again");
    }
}
