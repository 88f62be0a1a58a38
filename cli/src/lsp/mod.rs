//! The language server: the findings of `scan`, shown in the editor while a paper is written.
//!
//! A thin layer over the engine. After each change the whole paper is read again, with the texts of the
//! editor in place of the files, and goes through the same steps as in `scan`: that is too fast to notice,
//! and no state has to be kept in sync. Whatever a client sends, the texts that it opened are kept, and their
//! diagnostics stay until new ones replace them.

mod answers;
mod client;
mod draft;
mod held;
mod lines;
mod papers;
mod published;
mod reading;
mod rule_files;
mod session;
mod silencing;
mod transport;
mod uri;

#[cfg(test)]
mod session_tests;

pub use held::{Held, Surroundings, Trouble};
pub use session::{Ending, serve};
