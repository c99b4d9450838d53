//! The token endpoint: who asks, what for, and what they get.

mod credentials;
mod error;
mod request;
mod response;

pub use credentials::Credentials;
pub use error::{TokenError, TokenErrorCode};
pub use request::{Exchange, TokenRequest};
pub use response::TokenResponse;
