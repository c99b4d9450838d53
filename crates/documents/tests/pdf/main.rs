//! The documents as a reader, an archive and a prankster meet them.

mod hostile;
mod page;
mod pictures;
mod reading;
mod samples;
mod standards;
