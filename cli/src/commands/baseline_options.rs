//! Options for the baseline, a file of known findings.

use std::fs;
use std::path::{Path, PathBuf};

use byname::suppress::{Baseline, BaselineSession, NewFindings};
use clap::Args;

use super::context::Context;
use super::output::Output;
use super::status::CommandError;

/// Most stale entries of the baseline that are listed one by one.
const MOST_STALE: usize = 20;

/// Which findings are known, and where they are kept.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Report only findings that are not in this file; every paper is read, whatever --cache keeps
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    baseline: Option<PathBuf>,

    /// Write all findings to this file, as known from now on; of a baseline that it holds, reasons and owners stay
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "resume"])]
    write_baseline: Option<PathBuf>,

    /// Add new findings to the baseline and drop those that are gone; reasons and owners stay
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
}

impl BaselineArgs {
    /// Opens the baseline for a run; `None` if no option asks for one.
    pub(super) fn open(&self) -> Result<Option<BaselineSession>, CommandError> {
        if let Some(path) = &self.write_baseline {
            return Ok(Some(BaselineSession::new(existing(path)?, NewFindings::WrittenAnew)));
        }
        let Some(path) = &self.baseline else { return Ok(None) };
        let new = if self.update_baseline { NewFindings::TakenIn } else { NewFindings::Reported };
        Ok(Some(BaselineSession::new(read(path)?, new)))
    }

    /// Reports stale entries, or writes the baseline if that is asked for and all papers were read.
    pub(super) fn finish(
        &self,
        session: BaselineSession,
        is_complete: bool,
        context: &Context,
    ) -> Result<(), CommandError> {
        let (stale, updated) = session.finish();
        let written =
            self.write_baseline.as_ref().or(self.baseline.as_ref().filter(|_| self.update_baseline));
        if let Some(path) = written {
            if !is_complete {
                context.messages.unread(&format!("{} was not written", path.display()));
                return Ok(());
            }
            write(path, &updated)?;
            let dropped = if stale.is_empty() { String::new() } else { format!(", {} dropped", stale.len()) };
            context.note(&format!("{} holds {} findings{dropped}", path.display(), updated.len()));
            return Ok(());
        }
        for entry in stale.iter().take(MOST_STALE) {
            context
                .note(&format!("the baseline is stale: {} no longer has `{}`", entry.document, entry.text));
        }
        if !stale.is_empty() {
            let more = stale.len().saturating_sub(MOST_STALE);
            let more = if more > 0 { format!("{more} more entries are stale; ") } else { String::new() };
            context.note(&format!("{more}drop stale entries with --update-baseline"));
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Baseline, CommandError> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| CommandError::read(path, error).help("write a baseline with --write-baseline"))?;
    Baseline::parse(&text).map_err(|error| {
        let fault = CommandError::new(format!("{shown}:{}: {}", error.line, error.cause));
        fault.help("mend that line, or write the file anew with --write-baseline")
    })
}

/// Returns the baseline that a new one replaces: what people wrote of its entries stays. Any other file is refused.
fn existing(path: &Path) -> Result<Baseline, CommandError> {
    if !path.exists() {
        return Ok(Baseline::default());
    }
    let text = fs::read_to_string(path).map_err(|error| CommandError::read(path, error))?;
    Baseline::parse(&text).map_err(|error| {
        let shown = path.display();
        let message = format!(
            "{shown}:{}: {shown} is no baseline, so it is not overwritten: {}",
            error.line, error.cause
        );
        CommandError::new(message).help("write to another file, or remove this one first")
    })
}

fn write(path: &Path, baseline: &Baseline) -> Result<(), CommandError> {
    let text = baseline
        .to_toml()
        .map_err(|error| CommandError::new(format!("the baseline cannot be written as TOML: {error}")))?;
    let output = Output::open(Some(path))?;
    output.complete(text.as_bytes())
}
