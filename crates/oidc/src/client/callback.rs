//! Somebody comes back from a provider: whether it is who was sent, from where they were sent, and with what.

use crate::client::{Pending, ProviderMetadata, protocol_word};
use crate::params::{Params, Repeated};
use crate::secret::Secret;
use crate::time::UnixTime;

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// Something stands in it twice, or it holds no code.
    #[error("an answer that cannot be read")]
    Malformed,
    /// It is not the answer to this question: somebody else's, or an old one.
    #[error("an answer to another question")]
    OtherState,
    /// It comes from another provider than the one that was asked (RFC 9207).
    #[error("an answer of another provider")]
    OtherIssuer,
    /// They stayed away for too long.
    #[error("an answer that comes too late")]
    Late,
    /// The provider, or the person there, said no.
    #[error("the provider answers {0}")]
    Refused(String),
}

impl From<Repeated> for CallbackError {
    fn from(_: Repeated) -> Self {
        Self::Malformed
    }
}

impl Pending {
    /// The code in the answer.
    ///
    /// # Errors
    /// When the answer does not belong here, or is a refusal.
    pub fn read_callback(
        &self,
        params: &Params,
        metadata: &ProviderMetadata,
        now: UnixTime,
    ) -> Result<Secret, CallbackError> {
        // What has not our state was not asked for: nothing else of it is looked at.
        if !params.one("state")?.is_some_and(|state| self.state.matches(state)) {
            return Err(CallbackError::OtherState);
        }
        let is_from_whom_we_asked = match params.one("iss")? {
            Some(named) => named == self.issuer.as_str(),
            None => !metadata.names_itself,
        };
        if !is_from_whom_we_asked || self.issuer != metadata.issuer {
            return Err(CallbackError::OtherIssuer);
        }
        if self.is_late(now) {
            return Err(CallbackError::Late);
        }
        if let Some(error) = params.one("error")? {
            return Err(CallbackError::Refused(protocol_word(error).unwrap_or("something unreadable").to_owned()));
        }
        params.one("code")?.map(Secret::of).ok_or(CallbackError::Malformed)
    }
}
