//! `byname config`: shows the settings in effect, and the origin of each.

use std::path::PathBuf;

use byname::report::printable;
use clap::Args;
use serde::Serialize;

use super::context::Context;
use super::form::FormArgs;
use super::output::json;
use super::status::{CommandError, Outcome};
use super::values::ListFormat;
use crate::config::Override;

/// Show the effective configuration for a path, and where each value comes from
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname config\n  \
    byname config drafts/paper.tex")]
pub(super) struct ConfigArgs {
    /// A file or a folder
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,

    #[command(flatten)]
    form: FormArgs,
}

#[derive(Serialize)]
struct Row<'a> {
    key: &'a str,
    value: &'a toml::Value,
    from: String,
}

#[derive(Serialize)]
struct Shown<'a> {
    files: &'a [String],
    values: Vec<Row<'a>>,
    #[serde(rename = "override", skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<&'a Override>,
}

pub(super) fn run(args: &ConfigArgs, context: &Context) -> Result<Outcome, CommandError> {
    let setup = context.setup(std::slice::from_ref(&args.path))?;
    setup.unused().for_each(|message| context.note(message));
    let configuration = setup.first();
    let values = configuration
        .entries()
        .map(|(key, entry)| Row { key, value: &entry.value, from: entry.origin.to_string() })
        .collect();
    let overrides = configuration.overrides().collect();
    let shown = Shown { files: &configuration.files, values, overrides };
    let text = match args.form.format {
        ListFormat::Json => json(&shown)?,
        ListFormat::Text => as_text(&shown)?,
    };
    let output = context.output()?;
    output.complete(text.as_bytes())?;
    Ok(Outcome::default())
}

fn as_text(shown: &Shown<'_>) -> Result<String, CommandError> {
    let mut lines: Vec<(String, &str)> =
        shown.values.iter().map(|row| (format!("{} = {}", row.key, row.value), row.from.as_str())).collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
    let mut text: String = lines.drain(..).map(|(line, from)| format!("{line:width$}  # {from}\n")).collect();
    for found in &shown.overrides {
        let found = toml::to_string(found)
            .map_err(|error| CommandError::new(format!("an override cannot be shown: {error}")))?;
        text.push_str(&format!("\n[[override]]\n{found}"));
    }
    Ok(text.lines().map(|line| format!("{}\n", printable(line))).collect())
}
