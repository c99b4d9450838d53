//! The portal as browsers know it when they make and use passkeys.

use std::fmt;
use std::sync::Arc;

use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Checks passkeys for one portal (WebAuthn, level 3: the relying party). Cheap to clone.
#[derive(Clone)]
pub struct RelyingParty {
    inner: Arc<Webauthn>,
}

/// Why there are no passkeys.
#[derive(Debug, thiserror::Error)]
pub enum RelyingPartyError {
    /// The portal's address is none that browsers bind keys to.
    #[error("browsers bind passkeys to a name, and {0} has none")]
    NoName(String),
    /// The library refused.
    #[error("passkeys cannot be offered: {0}")]
    Refused(String),
}

impl RelyingParty {
    /// The portal that people reach at this address. Browsers bind keys to names: a bare IP address has no passkeys, but on
    /// one's own machine the same portal is reached as `localhost`.
    ///
    /// # Errors
    /// When the address has no name.
    pub fn new(public_url: &str, name: &str) -> Result<Self, RelyingPartyError> {
        let mut origin = Url::parse(public_url).map_err(|error| RelyingPartyError::Refused(error.to_string()))?;
        let is_loopback = matches!(origin.host_str(), Some("127.0.0.1" | "[::1]"));
        if is_loopback {
            origin.set_host(Some("localhost")).map_err(|error| RelyingPartyError::Refused(error.to_string()))?;
        }
        let Some(domain) = origin.domain().map(str::to_owned) else {
            return Err(RelyingPartyError::NoName(public_url.to_owned()));
        };
        let built = WebauthnBuilder::new(&domain, &origin).and_then(|builder| builder.rp_name(name).build());
        let inner = built.map_err(|error| RelyingPartyError::Refused(error.to_string()))?;
        Ok(Self { inner: Arc::new(inner) })
    }

    pub(super) fn webauthn(&self) -> &Webauthn {
        &self.inner
    }
}

impl fmt::Debug for RelyingParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelyingParty")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_bound_to_names() {
        for address in
            ["https://dichvucong.gialai.gov.vn", "http://127.0.0.1:8001", "http://[::1]:8001", "http://motcua.test"]
        {
            assert!(RelyingParty::new(address, "Cổng").is_ok(), "{address}");
        }
        for address in ["http://10.1.2.3:8001", "https://[2001:db8::1]", "not an address", ""] {
            assert!(RelyingParty::new(address, "Cổng").is_err(), "{address}");
        }
    }
}
