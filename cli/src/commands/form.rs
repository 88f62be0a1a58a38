//! The form of a result that a person or a program reads.

use clap::Args;
use serde::Serialize;

use super::output::json;
use super::status::CommandError;
use super::values::{ListFormat, value_of};

/// The option of commands that tell one result.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct FormArgs {
    /// The form of the result
    #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
    pub(super) format: ListFormat,
}

impl FormArgs {
    /// Writes a result in the form that is asked for.
    pub(super) fn written<T: Serialize>(
        self,
        result: &T,
        text: impl FnOnce(&T) -> String,
    ) -> Result<String, CommandError> {
        match self.format {
            ListFormat::Json => json(result),
            ListFormat::Text => Ok(text(result)),
        }
    }
}
