//! `byname rules review`: asks for a decision on each difference between papers and their snapshots.

use std::io::{self, BufRead as _, Write as _};
use std::path::PathBuf;

use byname::document::ReadLimits;
use byname::report::visible;
use byname_lab::changes::{Snapshot, SnapshotCase, SnapshotError, snapshot_cases};
use byname_lab::report::difference_text;
use clap::Args;

use super::context::Context;
use super::load::Loaded;
use super::output::Output;
use super::status::{CommandError, Outcome};

/// Judge what differs between papers and their snapshots
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules review patterns/tests\n  \
    byname rules review patterns/tests --check\n  \
    byname rules review new-paper.md --accept\n\n\
    Each difference is a finding: added, removed, moved, of another kind, or with another first \
    candidate. Answers are read from standard input, one a line:\n  \
    a  accept: the change is right, and the snapshot takes it over\n  \
    r  reject: the change is wrong, and the snapshot stays as it is\n  \
    t  to do: the change is wrong and known; the snapshot notes it and fails once it is mended\n  \
    A  accept this and all that follows\n  \
    q  stop here; what is left stays as it is")]
pub(super) struct ReviewArgs {
    /// Papers, or folders of papers, with their snapshots beside them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Accept every difference without asking
    #[arg(long, conflicts_with = "check")]
    accept: bool,

    /// Show every difference, ask nothing and write nothing; the exit status is 1 if there is any
    #[arg(long)]
    check: bool,
}

/// The reviewer's decision on a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Todo,
    AcceptAll,
    Stop,
}

/// Numbers of changes and snapshots by outcome.
#[derive(Default)]
struct Counts {
    accepted: usize,
    put_off: usize,
    left: usize,
    new: usize,
    orphans: usize,
    unread: bool,
}

pub(super) fn run(
    args: &ReviewArgs,
    loaded: &Loaded,
    mut output: Output,
    context: &Context,
) -> Result<Outcome, CommandError> {
    let (cases, orphans, failures) = snapshot_cases(&args.paths);
    let mut counts = Counts { orphans: orphans.len(), unread: !failures.is_empty(), ..Counts::default() };
    failures.iter().for_each(|failure| context.messages.failure(failure));
    let mut reviewer = Reviewer { args, output: &mut output, all: args.accept, stopped: args.check };
    for orphan in &orphans {
        let path = orphan.path.display();
        reviewer.say(&format!("{path}: the paper of this snapshot is gone; delete the file\n"))?;
    }
    for case in &cases {
        match reviewer.case(case, loaded, &mut counts) {
            Err(Halt::Snapshot(SnapshotError::Paper(failure))) => {
                context.messages.failure(&failure);
                counts.unread = true;
            }
            Err(Halt::Snapshot(error)) => return Err(CommandError::new(error.to_string())),
            Err(Halt::Command(error)) => return Err(error),
            Ok(()) => {}
        }
    }
    let Counts { accepted, put_off, left, new, orphans, unread } = counts;
    let summary = format!(
        "{accepted} accepted, {put_off} to do, {left} left, {new} new snapshots, {orphans} orphans\n"
    );
    reviewer.say(&summary)?;
    output.finish()?;
    Ok(Outcome { found: left + orphans > 0, unread })
}

/// The reason why the review of a paper was aborted.
enum Halt {
    Snapshot(SnapshotError),
    Command(CommandError),
}

impl From<SnapshotError> for Halt {
    fn from(error: SnapshotError) -> Self {
        Self::Snapshot(error)
    }
}

impl From<CommandError> for Halt {
    fn from(error: CommandError) -> Self {
        Self::Command(error)
    }
}

struct Reviewer<'a> {
    args: &'a ReviewArgs,
    output: &'a mut Output,
    /// Set once all further changes are to be accepted.
    all: bool,
    /// Set once nothing more is to be asked or written.
    stopped: bool,
}

impl Reviewer<'_> {
    fn say(&mut self, text: &str) -> Result<(), CommandError> {
        let written = self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush());
        written.map_err(|error| CommandError::write(&self.output.place, &error))
    }

    fn case(&mut self, case: &SnapshotCase, loaded: &Loaded, counts: &mut Counts) -> Result<(), Halt> {
        let status = case.check(&loaded.engine, ReadLimits::default())?;
        if status.changes.is_empty() && status.snapshot.is_some() {
            return if self.args.check { Ok(()) } else { Ok(case.clear_pending()?) };
        }
        let is_new = status.snapshot.is_none();
        let mut snapshot = status.snapshot.unwrap_or_default();
        // A paper in which nothing is found leaves nothing to ask.
        let (mut touched, mut left) =
            (is_new && (self.all || status.changes.is_empty()) && !self.args.check, 0);
        let head = if is_new { " (no snapshot yet)" } else { "" };
        self.say(&format!("{}{head}\n", visible(&case.paper.shown)))?;
        for change in &status.changes {
            self.say(&difference_text(&case.paper.shown, change.name(), &change.difference))?;
            match self.answer()? {
                Answer::Accept | Answer::AcceptAll => {
                    counts.accepted += 1;
                    snapshot.accept(change);
                    touched = true;
                }
                Answer::Todo => {
                    counts.put_off += 1;
                    snapshot.put_off(change);
                    touched = true;
                }
                Answer::Reject | Answer::Stop => left += 1,
            }
        }
        counts.left += left + usize::from(is_new && !touched && left == 0);
        if touched {
            counts.new += usize::from(is_new);
            // Lines are brought up to date only where something else has changed as well.
            let whole = Snapshot::of(&status.findings);
            case.store(if snapshot.same_findings(&whole) { &whole } else { &snapshot })?;
        }
        if left > 0 && !self.args.check {
            case.store_pending(&status.findings)?;
        }
        Ok(())
    }

    /// Asks for a decision on the change that was shown last.
    fn answer(&mut self) -> Result<Answer, CommandError> {
        if self.all {
            return Ok(Answer::AcceptAll);
        }
        while !self.stopped {
            self.say("    accept, reject, to do, accept All, quit? [a/r/t/A/q] ")?;
            let mut line = String::new();
            let read = io::stdin().lock().read_line(&mut line);
            // The end of the input answers nothing, as does an input that cannot be read.
            if read.unwrap_or(0) == 0 {
                self.say("\n")?;
                break;
            }
            match line.trim() {
                "a" => return Ok(Answer::Accept),
                "r" => return Ok(Answer::Reject),
                "t" => return Ok(Answer::Todo),
                "A" => {
                    self.all = true;
                    return Ok(Answer::AcceptAll);
                }
                "q" => break,
                other => self
                    .say(&format!("    `{}` is not an answer; expected a, A, r, t or q\n", visible(other)))?,
            }
        }
        self.stopped = true;
        Ok(Answer::Stop)
    }
}
