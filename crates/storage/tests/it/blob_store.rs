//! Files: whole or not at all, under their digest, and nothing left lying about.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use domain::ids::Hash;
use futures_util::stream::{self, Stream};
use storage::{BlobError, BlobStore};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

/// A stream of these pieces.
fn pieces(pieces: Vec<Vec<u8>>) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + Unpin {
    stream::iter(pieces.into_iter().map(Ok))
}

/// Half a megabyte that is not all the same, in pieces of odd sizes.
fn content() -> Vec<Vec<u8>> {
    let whole: Vec<u8> = (0..500_000_u32).flat_map(|number| number.to_le_bytes()).take(500_001).collect();
    whole.chunks(7_777).map(<[u8]>::to_vec).collect()
}

/// Every file below the folder, without locks.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().is_some_and(|name| name != "lock") {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn a_file_is_kept_under_its_digest() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let whole = content().concat();
    let incoming = store.receive(pieces(content()), 1 << 20).await.unwrap();
    assert_eq!(incoming.hash(), Hash::of(&whole));
    assert_eq!(incoming.size(), whole.len() as u64);
    assert_eq!(incoming.head(), &whole[..8 * 1024]);
    assert!(matches!(store.open_file(Hash::of(&whole)).await, Err(BlobError::Missing { .. })));
    let hash = incoming.keep().await.unwrap();
    let mut back = Vec::new();
    store.open_file(hash).await.unwrap().read_to_end(&mut back).await.unwrap();
    assert!(back == whole);
    assert!(store.check(hash, whole.len() as u64).await.unwrap());
    assert!(!store.check(hash, whole.len() as u64 - 1).await.unwrap());
    let name = hash.to_string();
    let place = folder.path().join(&name[..2]).join(&name[2..4]).join(&name);
    assert_eq!(files(folder.path()), [place]);
}

#[tokio::test]
async fn a_file_that_was_changed_on_the_disk_is_noticed() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let hash = store.receive(pieces(vec![b"one".to_vec()]), 10).await.unwrap().keep().await.unwrap();
    fs::write(&files(folder.path())[0], b"two").unwrap();
    assert!(!store.check(hash, 3).await.unwrap());
}

#[tokio::test]
async fn an_empty_file_and_one_of_exactly_the_limit_are_taken() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let empty = store.receive(pieces(vec![]), 0).await.unwrap();
    assert_eq!((empty.size(), empty.hash()), (0, Hash::of(b"")));
    assert_eq!(empty.head(), b"");
    let full = store.receive(pieces(vec![b"ab".to_vec(), b"c".to_vec()]), 3).await.unwrap();
    assert_eq!((full.size(), full.head()), (3, b"abc".as_slice()));
    let over = store.receive(pieces(vec![b"ab".to_vec(), b"cd".to_vec()]), 3).await;
    assert!(matches!(over, Err(BlobError::TooLarge { limit: 3 })));
}

#[tokio::test]
async fn a_file_over_the_limit_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    // The stream never ends: the store must stop reading by itself.
    let endless = stream::repeat_with(|| Ok::<_, io::Error>(vec![0_u8; 1_000]));
    let outcome = store.receive(endless, 1_000_000).await;
    assert!(matches!(outcome, Err(BlobError::TooLarge { limit: 1_000_000 })));
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let broken = stream::iter([Ok(vec![1_u8; 300_000]), Err(io::Error::from(io::ErrorKind::ConnectionReset))]);
    assert!(matches!(store.receive(broken, 1 << 20).await, Err(BlobError::Source(_))));
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_file_that_is_not_kept_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let incoming = store.receive(pieces(content()), 1 << 20).await.unwrap();
    assert_eq!(files(folder.path()).len(), 1);
    drop(incoming);
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn what_a_crash_leaves_is_swept_away() {
    let folder = TempDir::new().unwrap();
    let crashed = folder.path().join("tmp").join("0");
    {
        // A program that crashes runs no destructor, but the system takes its locks away.
        let store = BlobStore::open(folder.path()).await.unwrap();
        let kept = store.receive(pieces(vec![b"kept".to_vec()]), 10).await.unwrap();
        kept.keep().await.unwrap();
        drop(store);
        fs::create_dir(&crashed).unwrap();
        fs::write(crashed.join("lock"), b"").unwrap();
        fs::write(crashed.join("3"), b"half a fi").unwrap();
    }
    let store = BlobStore::open(folder.path()).await.unwrap();
    let running = store.receive(pieces(vec![b"running".to_vec()]), 10).await.unwrap();
    assert_eq!(files(folder.path()).len(), 3);
    assert_eq!(store.sweep_temporary().await.unwrap(), 1);
    assert!(!crashed.exists());
    assert_eq!(store.sweep_temporary().await.unwrap(), 0);
    // Neither what is kept nor what is being received was touched.
    running.keep().await.unwrap();
    assert_eq!(files(folder.path()).len(), 2);
}

#[tokio::test]
async fn a_sweep_leaves_the_uploads_of_another_program() {
    let folder = TempDir::new().unwrap();
    let (one, two) = (BlobStore::open(folder.path()).await.unwrap(), BlobStore::open(folder.path()).await.unwrap());
    let incoming = one.receive(pieces(vec![b"abc".to_vec()]), 10).await.unwrap();
    assert_eq!(two.sweep_temporary().await.unwrap(), 0);
    let hash = incoming.keep().await.unwrap();
    assert!(two.check(hash, 3).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_content_at_once_is_stored_once() {
    let folder = TempDir::new().unwrap();
    let store = BlobStore::open(folder.path()).await.unwrap();
    let mut uploads = Vec::new();
    for _ in 0..16 {
        let store = store.clone();
        uploads.push(tokio::spawn(async move {
            store.receive(pieces(content()), 1 << 20).await.unwrap().keep().await.unwrap()
        }));
    }
    for upload in uploads {
        let hash = upload.await.unwrap();
        assert!(store.check(hash, 500_001).await.unwrap());
    }
    assert_eq!(files(folder.path()).len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("files");
    let store = BlobStore::open(&root).await.unwrap();
    store.receive(pieces(content()), 1 << 20).await.unwrap().keep().await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&root), 0o700);
    assert_eq!(mode(&files(&root)[0]), 0o600);
}
