//! What a provider has registered us as.

use crate::address::{Address, Issuer};
use crate::jose::Algorithm;
use crate::secret::Secret;

/// Us, as one provider knows us. Every provider has an address of ours to itself, so that answers cannot be mixed up.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Who the provider is.
    pub issuer: Issuer,
    /// What it calls us.
    pub client_id: String,
    /// How we prove it; without one we are a public client.
    pub client_secret: Option<Secret>,
    /// Where it sends people back.
    pub redirect_uri: Address,
    /// What we ask for, with spaces between; `openid` is among it. A provider may have words of its own.
    pub scope: String,
    /// The levels of assurance that we would like, with spaces between.
    pub acr_values: Option<String>,
    /// The algorithms by which it may sign.
    pub algorithms: Vec<Algorithm>,
}
