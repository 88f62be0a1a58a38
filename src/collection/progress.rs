//! How far a long run is, on standard error.

use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error that tells how far a run is, once it has taken a second.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    enabled: bool,
    total: Option<u64>,
}

impl Progress {
    /// Progress towards `total` bytes, where that is known. Nothing is shown where standard error is
    /// no terminal, nor when `enabled` is false.
    pub fn new(enabled: bool, total: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        Self { bar, started: Instant::now(), shown: false, enabled, total }
    }

    /// So many documents and bytes are done.
    pub fn update(&mut self, documents: usize, bytes: u64) {
        if !self.enabled || (!self.shown && self.started.elapsed() < PATIENCE) {
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
        let seconds = self.started.elapsed().as_secs_f64().max(1e-3);
        let speed = HumanBytes((bytes as f64 / seconds) as u64);
        self.bar.set_position(bytes.min(self.total.unwrap_or(bytes)));
        self.bar.set_message(format!(
            "{} papers, {} at {speed}/s",
            HumanCount(documents as u64),
            HumanBytes(bytes)
        ));
    }

    /// Takes the line away for as long as `print` takes, so that messages don't run into it.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the line away for good.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
