//! Files that somebody holds against a receipt: hashed as they come, never kept.

use domain::ids::Hash;
use sha2::{Digest, Sha256};

/// A file that somebody holds against a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenFile {
    /// What it is called there.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: Hash,
}

/// A file on its way.
#[derive(Clone, Debug)]
pub struct ComingFile {
    name: String,
    size: u64,
    digest: Sha256,
}

impl ComingFile {
    /// A file of this name, of which nothing has come yet.
    pub fn new(name: String) -> Self {
        Self { name, size: 0, digest: Sha256::new() }
    }

    /// How many bytes have come.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.digest.update(bytes);
    }

    /// The file, when its last byte has come.
    pub fn finish(self) -> GivenFile {
        GivenFile { name: self.name, size: self.size, sha256: Hash::from_bytes(self.digest.finalize().into()) }
    }
}
