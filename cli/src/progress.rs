//! Progress of a long run, shown on standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Time before anything is shown on a terminal; a run that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two plain lines, where standard error is not a terminal.
const PLAIN: Duration = Duration::from_secs(20);

/// Reports the progress of a run on standard error: on a terminal as a progress bar, once the run has taken a
/// second; elsewhere, as in the log of a CI system, as a plain line every 20 seconds.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    enabled: bool,
    total: Option<u64>,
    /// Time of the last plain line; `None` on a terminal.
    plain: Option<Instant>,
}

impl Progress {
    /// Creates the progress towards `total` bytes, if that is known. Shows nothing if `enabled` is false.
    pub fn new(enabled: bool, total: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let started = Instant::now();
        let plain = (!io::stderr().is_terminal()).then_some(started);
        Self { bar, started, shown: false, enabled, total, plain }
    }

    /// Reports the number of documents and bytes that are done so far.
    pub fn update(&mut self, documents: usize, bytes: u64) {
        if !self.enabled || (!self.shown && self.started.elapsed() < PATIENCE) {
            return;
        }
        if let Some(last) = self.plain {
            if last.elapsed() >= PLAIN {
                self.plain = Some(Instant::now());
                // There is nowhere left to tell that standard error cannot be written.
                let _ = writeln!(io::stderr(), "{}", self.plain_line(documents, bytes));
            }
            return;
        }
        if !self.shown {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            let template = if self.total.is_some() {
                "{bar:30} {percent:>3} %  {msg}, {eta} left"
            } else {
                "{spinner} {msg}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
        }
        self.bar.set_position(bytes.min(self.total.unwrap_or(bytes)));
        self.bar.set_message(amount_done(documents, bytes, self.started.elapsed()));
    }

    fn plain_line(&self, documents: usize, bytes: u64) -> String {
        let elapsed = self.started.elapsed();
        let done = amount_done(documents, bytes, elapsed);
        match self.total.filter(|_| bytes > 0) {
            Some(total) => {
                let left = elapsed.mul_f64(total.saturating_sub(bytes) as f64 / bytes as f64);
                format!("{done}, {} left", HumanDuration(left))
            }
            None => done,
        }
    }

    /// Hides the bar while `print` runs, so that messages don't run into it.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Removes the bar for good.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn amount_done(documents: usize, bytes: u64, elapsed: Duration) -> String {
    let speed = HumanBytes((bytes as f64 / elapsed.as_secs_f64().max(1e-3)) as u64);
    format!("{} papers, {} at {speed}/s", HumanCount(documents as u64), HumanBytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_tells_rate_and_time_left() {
        let mut progress = Progress::new(true, Some(4000));
        progress.started = Instant::now() - Duration::from_secs(10);
        let line = progress.plain_line(1234, 1000);
        assert!(line.starts_with("1,234 papers, 1000 B at ") && line.ends_with("30 seconds left"), "{line}");
        progress.total = None;
        assert!(!progress.plain_line(1, 1).contains("left"));
    }
}
