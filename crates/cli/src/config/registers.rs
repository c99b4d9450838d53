//! The sections about outside systems that are asked about people: the carrier and the population register.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::patience;

/// The carrier's check of subscriptions (R28, R30).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SubscribersSection {
    /// Where it takes questions. The national portal needs it.
    pub url: Option<String>,
    /// File that holds the key alone by which the carrier knows the portal.
    pub token_file: Option<PathBuf>,
    /// File with certificates in PEM to trust beside the public ones.
    pub extra_roots_file: Option<PathBuf>,
    /// How long one question may take, in seconds: a person waits for it.
    pub timeout_seconds: u16,
}

/// The national population database, asked through the province's platform for sharing data (LGSP).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PopulationSection {
    /// The address of the service; without one no register is asked.
    pub url: Option<String>,
    /// The name by which the service knows the portal.
    pub client_id: Option<String>,
    /// File that holds the secret alone that goes with it.
    pub client_secret_file: Option<PathBuf>,
    /// File with certificates in PEM to trust beside the public ones.
    pub extra_roots_file: Option<PathBuf>,
    /// How long one question may take, in seconds: a person waits for it.
    pub timeout_seconds: u16,
}

impl Default for SubscribersSection {
    fn default() -> Self {
        Self { url: None, token_file: None, extra_roots_file: None, timeout_seconds: patience() }
    }
}

impl Default for PopulationSection {
    fn default() -> Self {
        Self {
            url: None,
            client_id: None,
            client_secret_file: None,
            extra_roots_file: None,
            timeout_seconds: patience(),
        }
    }
}
