//! Files that come in pieces: each grows in a file of its own that one program at a time may write, and what is said to have
//! arrived is on the disk.
//!
//! Whoever writes holds a lock on the file, which ends with the program however it ends, so that a program that was killed
//! keeps nobody waiting. A connection that was cut may be noticed by the server much later than by the person: whoever comes
//! back leaves a mark, and a holder to whom nothing comes gives way when it sees the mark.

use std::fs::{self, TryLockError};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use domain::ids::UploadId;
use futures_util::{Stream, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio::time::{sleep, timeout};

use super::{BlobError, BlobStore, HEAD, Incoming, digest_of, failed_to, make_folders, on_disk, sync_folder};

const FOLDER: &str = "partial";
/// How much is gathered before it goes to the disk: little, since of many at once each has as much.
const BUFFER: usize = 64 * 1024;
/// How long a holder waits for bytes before it writes what it has, and looks whether somebody else wants the file.
const PAUSE: Duration = Duration::from_secs(1);
/// After so many pauses without a byte the sender is gone.
const MOST_PAUSES: u32 = 60;
/// How often, and how long apart, somebody tries to get the file from its holder.
const TRIES: u32 = 50;
const BETWEEN_TRIES: Duration = Duration::from_millis(60);

/// How a piece ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All of it has arrived.
    Whole,
    /// The sender is gone; what came until then is kept.
    CutOff,
    /// There was more than the file may have; nothing of the piece is kept.
    TooMuch,
}

/// A file that comes in pieces, while nobody else may write it.
#[derive(Debug)]
pub struct Partial {
    file: fs::File,
    path: PathBuf,
    length: u64,
    store: BlobStore,
}

impl BlobStore {
    /// Takes hold of the file of this upload, empty when nothing of it has come; `None` when somebody else holds it and goes
    /// on writing.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn hold_partial(&self, id: UploadId) -> Result<Option<Partial>, BlobError> {
        for tried in 0..TRIES {
            let store = self.clone();
            if let Some(partial) = on_disk("hold a file", move || try_hold(store, id, tried > 0)).await? {
                return Ok(Some(partial));
            }
            sleep(BETWEEN_TRIES).await;
        }
        Ok(None)
    }

    /// The uploads of which something lies here.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn list_partials(&self) -> Result<Vec<UploadId>, BlobError> {
        let folder = self.partials();
        on_disk("list files", move || {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                entries => entries?,
            };
            let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
            names.filter_map(|name| name.map(|name| UploadId::parse(name.to_str()?).ok()).transpose()).collect()
        })
        .await
    }

    fn partials(&self) -> PathBuf {
        self.root.join(FOLDER)
    }
}

impl Partial {
    /// How many bytes are on the disk.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Its first bytes, at most 8 KiB.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn head(&self) -> Result<Vec<u8>, BlobError> {
        let path = self.path.clone();
        on_disk("read a file", move || head_of(&mut fs::File::open(path)?)).await
    }

    /// Adds bytes as they come, up to a length of `most`, and returns when all that is kept is on the disk. What came before
    /// the sender went is kept.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn append<B, E>(
        &mut self,
        content: impl Stream<Item = Result<B, E>>,
        most: u64,
    ) -> Result<Ended, BlobError>
    where
        B: AsRef<[u8]>,
    {
        let before = self.length;
        let file = self.file.try_clone().map_err(failed_to("write a file"))?;
        let mut file = tokio::fs::File::from_std(file);
        file.set_max_buf_size(BUFFER);
        let copied = copy(content, &mut file, before, most, &self.wanted()).await;
        let (ended, length) = copied.map_err(failed_to("write a file"))?;
        drop(file);
        match ended {
            Ended::TooMuch => self.cut_to(before).await?,
            Ended::Whole | Ended::CutOff => self.settle(length).await?,
        }
        Ok(ended)
    }

    /// Forgets what came after this length.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn cut_to(&mut self, length: u64) -> Result<(), BlobError> {
        let file = self.file.try_clone().map_err(failed_to("write a file"))?;
        on_disk("shorten a file", move || {
            file.set_len(length)?;
            (&file).seek(SeekFrom::Start(length))?;
            file.sync_data()
        })
        .await?;
        self.length = length;
        Ok(())
    }

    /// Reads it through as a file that has arrived whole. It stays here too, until [`Partial::remove`].
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn read(&self) -> Result<Incoming, BlobError> {
        let temporary = self.store.temporary();
        let (path, target) = (self.path.clone(), temporary.path.clone());
        let (hash, size, head, file) = on_disk("read a file", move || {
            // The same bytes under a second name; a folder that knows no such thing gets a copy.
            if fs::hard_link(&path, &target).is_err() {
                fs::copy(&path, &target)?;
            }
            let mut file = fs::File::open(&target)?;
            let head = head_of(&mut file)?;
            file.rewind()?;
            let (hash, size) = digest_of(file.try_clone()?)?;
            Ok((hash, size, head, file))
        })
        .await?;
        let target = self.store.path(&hash);
        Ok(Incoming { hash, size, head, file: tokio::fs::File::from_std(file), temporary, target })
    }

    /// Deletes it.
    ///
    /// # Errors
    /// [`BlobError::Folder`] when the disk refuses.
    pub async fn remove(self) -> Result<(), BlobError> {
        let (path, wanted) = (self.path.clone(), self.wanted());
        on_disk("delete a file", move || {
            gone(fs::remove_file(wanted))?;
            gone(fs::remove_file(&path))?;
            path.parent().map_or(Ok(()), sync_folder)
        })
        .await
    }

    async fn settle(&mut self, length: u64) -> Result<(), BlobError> {
        let file = self.file.try_clone().map_err(failed_to("write a file"))?;
        on_disk("write a file", move || file.sync_data()).await?;
        self.length = length;
        Ok(())
    }

    fn wanted(&self) -> PathBuf {
        self.path.with_extension("wanted")
    }
}

/// One try. The mark for the holder is left from the second try on, and taken away by whoever gets hold.
fn try_hold(store: BlobStore, id: UploadId, leave_mark: bool) -> io::Result<Option<Partial>> {
    let folder = store.partials();
    make_folders(&folder)?;
    let path = folder.join(id.to_string());
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let is_new = !path.exists();
    let mut file = options.open(&path)?;
    let wanted = path.with_extension("wanted");
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            if leave_mark {
                fs::write(wanted, b"")?;
            }
            return Ok(None);
        }
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    // Whoever held it before may have deleted it meanwhile: then this is a file without a name.
    if !is_same(&file, &path)? {
        return Ok(None);
    }
    gone(fs::remove_file(wanted))?;
    if is_new {
        sync_folder(&folder)?;
    }
    // A program that was killed may have left bytes that the disk has not seen: from here on they are there to stay.
    file.sync_all()?;
    let length = file.seek(SeekFrom::End(0))?;
    Ok(Some(Partial { file, path, length, store }))
}

/// Copies until the end, the limit, or the sender's silence; how it ended and how long the file is.
async fn copy<B: AsRef<[u8]>, E>(
    content: impl Stream<Item = Result<B, E>>,
    file: &mut tokio::fs::File,
    before: u64,
    most: u64,
    wanted: &std::path::Path,
) -> io::Result<(Ended, u64)> {
    let mut content = pin!(content);
    let mut length = before;
    let mut pauses = 0;
    let ended = loop {
        match timeout(PAUSE, content.next()).await {
            Ok(None) => break Ended::Whole,
            Ok(Some(Err(_))) => break Ended::CutOff,
            Ok(Some(Ok(piece))) => {
                pauses = 0;
                let piece = piece.as_ref();
                if piece.len() as u64 > most.saturating_sub(length) {
                    break Ended::TooMuch;
                }
                file.write_all(piece).await?;
                length += piece.len() as u64;
            }
            Err(_) => {
                pauses += 1;
                file.flush().await?;
                if pauses >= MOST_PAUSES || tokio::fs::try_exists(wanted).await? {
                    break Ended::CutOff;
                }
            }
        }
    };
    file.flush().await?;
    Ok((ended, length))
}

fn head_of(file: &mut fs::File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(unix)]
fn is_same(file: &fs::File, path: &std::path::Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) => Ok((held.dev(), held.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_same(_file: &fs::File, path: &std::path::Path) -> io::Result<bool> {
    Ok(path.exists())
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
