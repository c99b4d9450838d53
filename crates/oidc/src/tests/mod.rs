//! Provider and client against each other, and each against those who lie to it.

mod access_tokens;
mod attacks;
mod flows;
mod id_tokens;
mod logout_tokens;
mod world;
