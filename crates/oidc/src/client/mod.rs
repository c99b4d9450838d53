//! The client's side: how people are sent to a provider, and which of its answers are believed.

mod access_token;
mod callback;
mod exchange;
mod id_token;
mod logout;
mod logout_token;
mod metadata;
mod registration;
mod session;
mod sign_in;
mod userinfo;

pub use access_token::{AccessTokenError, ExpectedAccess, VerifiedAccess, read_access_token};
pub use callback::CallbackError;
pub use exchange::{ExchangeError, Tokens, read_tokens, token_request};
pub use id_token::{Expected, IdTokenError, VerifiedIdToken, read_id_token, signed_in_at};
pub use logout::logout_address;
pub use logout_token::{EndedSession, LogoutTokenError, read_logout_token};
pub use metadata::{MetadataError, ProviderMetadata};
pub use registration::Registration;
pub use session::{FetchError, Identity, Provider, SignInError, discover, fetch_keys, finish};
pub use sign_in::{PENDING_SECONDS, Pending, SignInOptions, start};
pub use userinfo::{Claims, UserinfoError, read_userinfo, userinfo_request};

/// How far the clocks of two machines may differ, in seconds.
const LEEWAY: i64 = 60;
/// The longest answer of a provider that is read.
const MOST_BYTES: usize = 256 * 1024;

/// A word of the protocol from a provider's refusal. It goes to logs, so anything else is dropped.
fn protocol_word(text: &str) -> Option<&str> {
    let is_word = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_word.then_some(text)
}
