//! The language server: what `scan` finds, told in the editor while a paper is written.
//!
//! A thin face over the engine. After each change the paper is read again as a whole, with the texts of the editor in
//! the place of the files, and run through the same steps as in `scan`: that takes less time than a person sees, and
//! nothing has to be kept in step. Whatever a client sends, the texts that it opened are kept, and what was told of
//! them stays until it is told anew.

mod answers;
mod client;
mod draft;
mod held;
mod lines;
mod papers;
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
