//! Sending somebody to a provider to be signed out there too.

use crate::address::Address;
use crate::client::{ProviderMetadata, Registration};
use crate::secret::Secret;

/// Where somebody is sent who signs out here and wants to be signed out there; nowhere when the provider has no such page.
pub fn logout_address(
    registration: &Registration,
    metadata: &ProviderMetadata,
    id_token: Option<&Secret>,
    back: &Address,
) -> Option<String> {
    let mut address = metadata.end_session.clone()?;
    {
        let mut query = address.query_pairs_mut();
        query.append_pair("client_id", &registration.client_id);
        query.append_pair("post_logout_redirect_uri", back.as_str());
        if let Some(id_token) = id_token {
            query.append_pair("id_token_hint", id_token.as_str());
        }
    }
    Some(address.into())
}
