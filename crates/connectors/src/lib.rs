//! The outside systems that the platform asks and sends to; each answers whether to try again or to give up.

mod reason;
mod send_error;
mod this_machine;

pub mod fetch;
pub mod http;
pub mod mail;
pub mod population;
pub mod sms;
pub mod subscribers;

pub use send_error::SendError;
