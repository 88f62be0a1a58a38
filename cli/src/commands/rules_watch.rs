//! `byname rules test --watch`: runs the tests again whenever a file of the catalogue is saved.

use std::io::Write as _;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use byname::report::faults_text;
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::context::Context;
use super::load::Reloader;
use super::rules_test::{self, TestArgs};
use super::status::{CommandError, Outcome};

/// Time without events after which a save counts as finished: editors write in several steps.
const SETTLED: Duration = Duration::from_millis(15);

type Events = Receiver<notify::Result<Event>>;

/// Runs the tests and waits for a change, over and over, until the user interrupts it or the output is
/// closed.
pub(super) fn run(args: &TestArgs, context: &Context) -> Result<Outcome, CommandError> {
    let paths = &context.setup(&[])?.settings()?.catalog.clone();
    if paths.is_empty() {
        let nothing = CommandError::new("there is nothing to watch: no catalogue of yours is given");
        return Err(nothing.help("give its folder, as in --catalog own; in a checkout, --catalog patterns"));
    }
    if !context.common.output.is_empty() {
        let endless = CommandError::new("--watch has no end, so its result cannot go to a file");
        return Err(endless.help("leave --output or --watch out"));
    }
    let (sender, events) = mpsc::channel();
    let cannot = |error: &notify::Error| CommandError::new(format!("cannot watch the catalogue: {error}"));
    let mut watcher = notify::recommended_watcher(sender).map_err(|error| cannot(&error))?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).map_err(|error| cannot(&error))?;
    }
    let mut reloader = Reloader::new(paths);
    let mut begun = Instant::now();
    loop {
        round(args, context, &mut reloader, begun)?;
        begun = match next_change(&events) {
            Some(change) => change,
            None => return Ok(Outcome::default()),
        };
    }
}

/// Runs the tests once. Faults of the catalogue are printed and do not end the watch: a file may be half
/// written.
fn round(
    args: &TestArgs,
    context: &Context,
    reloader: &mut Reloader<'_>,
    begun: Instant,
) -> Result<(), CommandError> {
    let text = match reloader.load() {
        Ok(loaded) => match rules_test::test(args, loaded, context) {
            Ok((text, _)) => text,
            Err(CommandError::Catalogue(error)) => faults_text(&error.faults, context.colours()),
            // The rule that was asked for may come back.
            Err(CommandError::Wrong { message, .. }) => message + "\n",
            Err(other) => return Err(other),
        },
        Err(CommandError::Catalogue(error)) => faults_text(&error.faults, context.colours()),
        Err(other) => return Err(other),
    };
    let mut output = context.output()?;
    let took = begun.elapsed().as_millis();
    let written = write!(output, "{text}-- {took} ms; waiting for a change\n\n");
    written.map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()
}

/// Waits until a catalogue file has changed and no further event has come for a moment. Returns the time of
/// the last change; `None` if no more events can come.
fn next_change(events: &Events) -> Option<Instant> {
    loop {
        if concerns(&events.recv().ok()?) {
            break;
        }
    }
    let mut last = Instant::now();
    loop {
        match events.recv_timeout(SETTLED) {
            Ok(event) if concerns(&event) => last = Instant::now(),
            Ok(_) if last.elapsed() < SETTLED => {}
            Ok(_) | Err(RecvTimeoutError::Timeout) => return Some(last),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Returns whether an event is a change to a catalogue file, and not merely a read. Files that the tests
/// write end in `.new` and are ignored.
fn concerns(event: &notify::Result<Event>) -> bool {
    let Ok(event) = event else { return false };
    let is_change = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
    let of_catalogue = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ["toml", "zip", "gz", "tgz", "tar"].iter().any(|known| ending == *known))
    };
    is_change && event.paths.iter().any(|path| of_catalogue(path))
}
