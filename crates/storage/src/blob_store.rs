//! Files that people upload, kept in a folder under the SHA-256 of their content.
//!
//! A file is received into a temporary one and becomes part of the store only by [`Incoming::keep`], which returns when it
//! is on the disk. Whatever is dropped before that leaves nothing behind; what a crash leaves,
//! [`BlobStore::sweep_temporary`] removes. A file that comes in pieces waits as a [`Partial`] until it is whole.

mod partial;

use std::fs::{self, DirBuilder, TryLockError};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::ids::Hash;
use futures_util::{Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};
use tokio::task::spawn_blocking;

pub use partial::{Ended, Partial};

/// How much of the beginning of a file is kept at hand, to tell its kind.
const HEAD: usize = 8 * 1024;
/// How much is gathered before it goes to the disk.
const BUFFER: usize = 256 * 1024;
const TEMPORARY: &str = "tmp";
const ASIDE: &str = "aside";

/// Why a file could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The file is larger than it may be.
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Where the bytes came from, they stopped in the middle.
    #[error("the upload broke off")]
    Source(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// There is no such file.
    #[error("no file {hash} in the store")]
    Missing {
        /// The content's digest.
        hash: Hash,
    },
    /// The folder cannot be read or written.
    #[error("the store of files cannot {act}")]
    Folder {
        /// What was tried.
        act: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// A folder of files, named by their content; clones share it.
#[derive(Clone, Debug)]
pub struct BlobStore {
    root: Arc<Path>,
    workshop: Arc<Workshop>,
}

/// This store's own place for files that are being received; the lock says that it is in use.
#[derive(Debug)]
struct Workshop {
    folder: PathBuf,
    lock: fs::File,
    next: AtomicU64,
}

impl BlobStore {
    /// Opens the folder, or makes it, readable by its owner only.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when that is not possible.
    pub async fn open(root: &Path) -> Result<Self, BlobError> {
        let root: Arc<Path> = root.into();
        let workshop = on_disk("be opened", {
            let root = Arc::clone(&root);
            move || Workshop::open(&root.join(TEMPORARY))
        })
        .await?;
        Ok(Self { root, workshop: Arc::new(workshop) })
    }

    /// Receives a file of at most `limit` bytes, hashing it as it comes; it is never whole in memory.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`] as soon as one byte too many has come, [`BlobError::Source`] when the bytes stop coming,
    /// [`BlobError::Folder`] when the disk refuses. Nothing is left behind.
    pub async fn receive<B, E>(
        &self,
        content: impl Stream<Item = Result<B, E>>,
        limit: u64,
    ) -> Result<Incoming, BlobError>
    where
        B: AsRef<[u8]>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let mut content = pin!(content);
        let temporary = self.temporary();
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&temporary.path).await.map_err(failed_to("receive a file"))?;
        let mut file = BufWriter::with_capacity(BUFFER, file);
        let mut digest = Sha256::new();
        let mut size = 0_u64;
        let mut head = Vec::new();
        while let Some(piece) = content.try_next().await.map_err(|error| BlobError::Source(error.into()))? {
            let piece = piece.as_ref();
            size += piece.len() as u64;
            if size > limit {
                return Err(BlobError::TooLarge { limit });
            }
            let room = (HEAD - head.len()).min(piece.len());
            head.extend_from_slice(&piece[..room]);
            digest.update(piece);
            file.write_all(piece).await.map_err(failed_to("receive a file"))?;
        }
        file.flush().await.map_err(failed_to("receive a file"))?;
        let hash = Hash::from_bytes(digest.finalize().into());
        Ok(Incoming { hash, size, head, file: file.into_inner(), temporary, target: self.path(&hash) })
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`BlobError::Missing`] when the store has no such file, [`BlobError::Folder`] when the disk refuses.
    pub async fn open_file(&self, hash: Hash) -> Result<tokio::fs::File, BlobError> {
        match tokio::fs::File::open(self.path(&hash)).await {
            Ok(file) => Ok(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(BlobError::Missing { hash }),
            Err(error) => Err(failed_to("open a file")(error)),
        }
    }

    /// Reads a file through: whether it has this many bytes and they still give this digest.
    ///
    /// # Errors
    /// As [`BlobStore::open_file`].
    pub async fn check(&self, hash: Hash, size: u64) -> Result<bool, BlobError> {
        let file = self.open_file(hash).await?.into_std().await;
        let (found, length) = on_disk("read a file", move || digest_of(file)).await?;
        Ok(found == hash && length == size)
    }

    /// Removes what crashed programs were receiving, and says how many files that were; those of running ones are left.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn sweep_temporary(&self) -> Result<usize, BlobError> {
        let folder = self.root.join(TEMPORARY);
        on_disk("be swept", move || sweep(&folder)).await
    }

    /// A place that nobody else uses.
    fn temporary(&self) -> Temporary {
        let number = self.workshop.next.fetch_add(1, Ordering::Relaxed);
        Temporary { path: self.workshop.folder.join(number.to_string()), _workshop: Arc::clone(&self.workshop) }
    }

    /// Puts a file aside, from where it is brought back or deleted; one that is not there is aside already, or gone.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn set_aside(&self, hash: Hash) -> Result<(), BlobError> {
        let (from, to) = (self.path(&hash), self.aside(&hash));
        on_disk("put a file aside", move || {
            make_folders(to.parent().unwrap_or(&to))?;
            unless_gone(fs::rename(&from, &to))
        })
        .await
    }

    /// Brings a file back that was put aside, unless the same content has been received again meanwhile.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn bring_back(&self, hash: Hash) -> Result<(), BlobError> {
        let (from, to) = (self.aside(&hash), self.path(&hash));
        on_disk("bring a file back", move || unless_gone(fs::rename(&from, &to))).await
    }

    /// Deletes a file that was put aside.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn delete_aside(&self, hash: Hash) -> Result<(), BlobError> {
        let path = self.aside(&hash);
        on_disk("delete a file", move || unless_gone(fs::remove_file(&path))).await
    }

    fn aside(&self, hash: &Hash) -> PathBuf {
        self.root.join(ASIDE).join(hash.to_string())
    }

    fn path(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.root.join(&name[..2]).join(&name[2..4]).join(&name)
    }
}

/// A file that has arrived whole but is not part of the store; dropping it deletes it.
#[derive(Debug)]
pub struct Incoming {
    hash: Hash,
    size: u64,
    head: Vec<u8>,
    file: tokio::fs::File,
    temporary: Temporary,
    target: PathBuf,
}

impl Incoming {
    /// The digest of its content.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its first bytes, at most 8 KiB.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Its last bytes, at most so many.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn tail(&self, most: u64) -> Result<Vec<u8>, BlobError> {
        let (path, begin) = (self.temporary.path.clone(), self.size.saturating_sub(most));
        on_disk("read a file", move || {
            let mut file = fs::File::open(path)?;
            file.seek(SeekFrom::Start(begin))?;
            let mut tail = Vec::new();
            file.read_to_end(&mut tail)?;
            Ok(tail)
        })
        .await
    }

    /// Makes it part of the store; when this returns, it survives a power cut. The same content may be kept any number of
    /// times, also at once: it is stored once.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn keep(self) -> Result<Hash, BlobError> {
        let Self { hash, file, temporary, target, .. } = self;
        let file = file.into_std().await;
        on_disk("keep a file", move || {
            file.sync_all()?;
            let folder = target.parent().unwrap_or(&target);
            make_folders(folder)?;
            fs::rename(&temporary.path, &target)?;
            sync_folder(folder)
        })
        .await?;
        Ok(hash)
    }
}

/// Deletes the file when dropped; after `keep` has moved it there is nothing to delete.
#[derive(Debug)]
struct Temporary {
    path: PathBuf,
    _workshop: Arc<Workshop>,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "A temporary file could not be deleted");
            }
            _ => {}
        }
    }
}

impl Workshop {
    /// Takes the first number that no other program has.
    fn open(temporary: &Path) -> io::Result<Self> {
        make_folders(temporary)?;
        for number in 0_u64.. {
            let folder = temporary.join(number.to_string());
            let taken = private_folder(&folder);
            if matches!(&taken, Err(error) if error.kind() == io::ErrorKind::AlreadyExists) {
                continue;
            }
            taken?;
            let lock = fs::File::create(lock_of(&folder))?;
            lock.lock()?;
            // A sweep may have had the lock first, and taken the folder for a crashed program's.
            if !lock_of(&folder).exists() {
                continue;
            }
            return Ok(Self { folder, lock, next: AtomicU64::new(0) });
        }
        Err(io::ErrorKind::QuotaExceeded.into())
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // Best effort: what stays is empty and goes with the next sweep.
        drop(fs::remove_file(lock_of(&self.folder)));
        drop(fs::remove_dir(&self.folder));
        drop(self.lock.unlock());
    }
}

fn digest_of(mut file: fs::File) -> io::Result<(Hash, u64)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut length = 0;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((Hash::from_bytes(digest.finalize().into()), length)),
            count => {
                digest.update(&buffer[..count]);
                length += count as u64;
            }
        }
    }
}

fn lock_of(folder: &Path) -> PathBuf {
    folder.join("lock")
}

fn sweep(temporary: &Path) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(temporary)? {
        let folder = entry?.path();
        // A program that is just starting has the folder before it has the lock: without a lock file it is left alone.
        let Ok(lock) = fs::File::open(lock_of(&folder)) else {
            continue;
        };
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => continue,
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => {}
        }
        removed += fs::read_dir(&folder)?.count() - 1;
        fs::remove_dir_all(&folder)?;
    }
    Ok(removed)
}

/// Makes the folder and those above it, and syncs the parent of each one that is new.
fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_folders(parent)?;
    }
    match private_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    parent.map_or(Ok(()), sync_folder)
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

async fn on_disk<T: Send + 'static>(
    act: &'static str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    let outcome = spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
    outcome.map_err(failed_to(act))
}

fn failed_to(act: &'static str) -> impl Fn(io::Error) -> BlobError {
    move |source| BlobError::Folder { act, source }
}
