//! A folder that goes when it is dropped.
//!
//! Not the `tempfile` crate: that switches on a feature of a package under the typesetter, and a release build that the bench
//! could share would be made a second time, for twenty minutes.

use crate::StartError;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Copies a folder with everything in it.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A new, empty folder of our own among the temporary files, readable by its owner only.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes a folder whose name begins so.
    ///
    /// # Errors
    /// [`StartError::System`] when the system does not make it.
    pub fn create(prefix: &str) -> Result<Self, StartError> {
        let mut last = std::io::Error::other("no attempt was made");
        for _ in 0..100 {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("{prefix}{}-{number}", std::process::id()));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) => last = error,
            }
        }
        Err(StartError::System { what: "make a folder".into(), source: last })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_with_what_is_in_it() {
        let folder = Folder::create("motcua-folder-").unwrap();
        let other = Folder::create("motcua-folder-").unwrap();
        assert_ne!(folder.path(), other.path());
        fs::write(folder.path().join("file"), "text").unwrap();
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists() && other.path().exists());
    }
}
