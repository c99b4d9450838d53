//! `/api`: what programs read, and what they file for people who let them.

mod described;
mod drafts;
mod filing;
mod foreign;
mod hostile;
mod read;
mod tokens;
mod world;
