//! The command line of byname: a thin layer over the library [`byname`] and its laboratory, [`byname_lab`].
//!
//! [`run`] is the whole program. Its parts are public for the programs that test them; nothing here is
//! guaranteed to stay stable.

pub mod commands;
pub mod config;
#[cfg(feature = "lsp")]
pub mod lsp;
mod progress;
pub mod saved;
pub mod schema;
pub mod verify;

pub use commands::run;
