//! `byname rules new`: writes a rule file that passes, from an example.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use byname::catalogue::{Kind, Layer};
use byname_lab::changes::MarkedText;
use byname_lab::draft::{Draft, DraftError, DraftRegex, DraftRequest, draft_rule};
use clap::Args;

use super::context::Context;
use super::status::{CommandError, Outcome};
use super::values::value_of;

/// Folder in which a rule is written if no catalogue is given.
const DEFAULT_FOLDER: &str = "patterns";

/// Write a rule from one example: a file with all its sections that passes its own examples
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules new stealth --kind described --example \"We label them with [a stealth model].\"\n  \
    byname rules new own/at-home --kind own --catalog own \\\n    \
    --example \"It beats [the model] that we keep at home.\" \\\n    \
    --near-miss \"It beats the model that they keep at home.\"\n\n\
    The rule stands in the last folder given with --catalog, or else in ./patterns. A file that is \
    there is never written over.")]
pub(super) struct NewArgs {
    /// The rule's id, as `described/stealth`, or without its kind, as `stealth`
    id: String,

    /// The kind of mention that the rule speaks for
    #[arg(long, value_parser = value_of(Kind::NAMES, str::parse::<Kind>))]
    kind: Kind,

    /// A sentence with the mention that the rule must find in [brackets]
    #[arg(long, value_name = "TEXT", value_parser = MarkedText::read)]
    example: MarkedText,

    /// A sentence that the rule must leave alone [default: one made from the example]
    #[arg(long, value_name = "TEXT")]
    near_miss: Option<String>,

    /// Let it look with a regular expression: PATTERN, or one made from the example
    #[arg(long, value_name = "PATTERN", num_args = 0..=1)]
    regex: Option<Option<String>>,

    /// What the rule finds, in a line [default: one made from the example]
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Why that is a sign of the kind [default: what the kind means]
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

pub(super) fn run(args: &NewArgs, context: &Context) -> Result<Outcome, CommandError> {
    let given = &context.common.catalog;
    let folder = given.last().cloned().unwrap_or_else(|| PathBuf::from(DEFAULT_FOLDER));
    // The folder may be new, and then has nothing to lay over the others.
    let mut folders = if given.is_empty() { vec![folder.clone()] } else { given.clone() };
    folders.retain(|path| *path != folder || path.join("rules").is_dir() || path.join("lexicon").is_dir());
    let request = DraftRequest {
        id: args.id.clone(),
        kind: args.kind,
        example: args.example.clone(),
        near_miss: args.near_miss.clone(),
        regex: match &args.regex {
            None => DraftRegex::No,
            Some(None) => DraftRegex::Drafted,
            Some(Some(source)) => DraftRegex::Given(source.clone()),
        },
        summary: args.summary.clone(),
        why: args.why.clone(),
    };
    let draft = draft_rule(&request, &Layer::over_built_in(&folders)?).map_err(refusal)?;
    let path = folder.join(&draft.path);
    write_new(&path, &draft.text)?;
    let output = context.output()?;
    let text = report(&draft, &path, given.is_empty(), &folder);
    output.complete(text.as_bytes())?;
    Ok(Outcome::default())
}

fn refusal(error: DraftError) -> CommandError {
    let help = match &error {
        DraftError::Catalogue(_) => None,
        DraftError::NoPattern(_) => Some(
            "mark a whole noun phrase, from its first word to a head word of patterns/lexicon/heads.toml, such as \
             [a stealth model]",
        ),
        DraftError::NoNearMiss => {
            Some("give one with --near-miss: the closest text that it must leave alone")
        }
        _ => Some("`byname rules new --help` shows examples"),
    };
    let message = error.to_string();
    match (error, help) {
        (DraftError::Catalogue(error), _) => error.into(),
        (_, Some(help)) => CommandError::new(message).help(help),
        (_, None) => CommandError::new(message),
    }
}

/// Writes a new file; a file that exists is an error.
fn write_new(path: &Path, text: &str) -> Result<(), CommandError> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write {}: {error}", path.display());
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => CommandError::new(message).help("give the rule another id"),
            _ => {
                CommandError::new(message).help("write to a folder that you may write to, with --catalog DIR")
            }
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

fn report(draft: &Draft, path: &Path, default_folder: bool, folder: &Path) -> String {
    let mut text = format!("{} is written, and passes its example and its near miss\n", path.display());
    if !draft.found_before_by.is_empty() {
        let rules = draft.found_before_by.join(", ");
        let _ = writeln!(text, "note: the example was found without it, by {rules}");
    }
    for (rule, example) in &draft.breaks {
        let _ = writeln!(text, "warning: an example of {rule} fails now: {example}");
    }
    let id = draft.path.trim_start_matches("rules/").trim_end_matches(".toml");
    let over = if default_folder { DEFAULT_FOLDER.to_string() } else { folder.display().to_string() };
    let _ = writeln!(
        text,
        "next: say in it what it finds and why, put closer near misses, and run\n  \
         byname rules test {id} --catalog {over}"
    );
    text
}
