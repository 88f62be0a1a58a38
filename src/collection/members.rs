//! The papers of an archive as jobs.
//!
//! A dedicated thread reads the archive and waits until its jobs are taken, so that no more than a few papers
//! are held in memory.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::archive::{Member, each_member};
use super::source::{io_error, read_bounded};
use super::stream::RecordLines;
use super::work_queue::{Job, SizedJob};
use super::{Failure, Format, Input};
use crate::document::ReadLimits;

/// Maximum number of jobs waiting to be taken.
const WAITING: usize = 2;

/// Starts reading the papers of an archive, and returns the channel of their jobs.
pub(super) fn members_of(path: PathBuf, input: Input, limits: ReadLimits) -> Receiver<SizedJob> {
    let (sender, receiver) = sync_channel(WAITING);
    // The thread ends by itself once nobody takes what it reads.
    std::thread::spawn(move || {
        let mut found = false;
        let read = File::open(&path).and_then(|file| {
            each_member(BufReader::new(file), limits, &mut |member| {
                send_member(member, &input, limits, &sender, &mut found)
            })
        });
        let error = match read {
            Err(error) => io_error(&error),
            Ok(()) if found => return,
            Ok(()) => crate::document::ReadError::new("no-papers", "this archive holds no paper"),
        };
        let failure = Failure { document: input.shown, error };
        let _ = sender.send(SizedJob { work: Job::Failed(failure), bytes: 0 });
    });
    receiver
}

/// Sends the papers of one member. Returns `false` if the receiver is gone.
fn send_member(
    member: Member<'_>,
    archive: &Input,
    limits: ReadLimits,
    sender: &SyncSender<SizedJob>,
    found: &mut bool,
) -> io::Result<bool> {
    let Some(format) = Format::of_path(Path::new(&member.path)) else { return Ok(true) };
    let shown = format!("{}/{}", archive.shown, member.path);
    let known = Arc::clone(&archive.known);
    *found = true;
    if format != Format::Records {
        let work = match read_bounded(&mut { member.reader }, limits.size, 0) {
            Ok(bytes) => Job::Text { shown, known, format: Some(format), bytes },
            // The archive itself breaks off, and says so at the next member.
            Err(error) => Job::Failed(Failure { document: shown, error }),
        };
        return Ok(send(sender, work));
    }
    let shown: Arc<str> = shown.into();
    let mut lines = RecordLines::new(BufReader::new(member.reader), limits.size);
    while let Some(batch) = lines.next_batch()? {
        let (shown, known) = (Arc::clone(&shown), Arc::clone(&known));
        if !send(sender, Job::Records { shown, known, lines: batch }) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn send(sender: &SyncSender<SizedJob>, work: Job) -> bool {
    let bytes = match &work {
        Job::Text { bytes, .. } => bytes.len(),
        Job::Records { lines, .. } => lines.bytes.len(),
        _ => 0,
    };
    sender.send(SizedJob { work, bytes }).is_ok()
}
