//! The output of the reports of a run.

use std::io::{self, Write};

use super::Rendered;
use crate::report::{Report, Tally};

/// A report and its target.
struct Part<'a, W> {
    report: &'a dyn Report,
    target: W,
    wrote: bool,
}

/// A writer of each report of a run to its target, paper by paper, which also sums the counts of the papers.
///
/// A report without output for a paper gets no separator for it.
pub struct ReportWriter<'a, W> {
    parts: Vec<Part<'a, W>>,
    tally: Tally,
}

impl<'a, W: Write> ReportWriter<'a, W> {
    /// Writes the text before the first paper; the targets are in the order of the reports.
    ///
    /// # Errors
    /// When a target cannot be written, as with all its methods.
    pub fn begin(reports: &[&'a dyn Report], targets: Vec<W>) -> io::Result<Self> {
        let part = |(report, mut target): (&&'a dyn Report, W)| {
            let mut head = Vec::new();
            report.begin(&mut head)?;
            target.write_all(&head)?;
            Ok(Part { report: *report, target, wrote: false })
        };
        let parts = reports.iter().zip(targets).map(part).collect::<io::Result<_>>()?;
        Ok(Self { parts, tally: Tally::default() })
    }

    /// Writes one paper.
    ///
    /// # Errors
    /// See [`ReportWriter::begin`].
    pub fn paper(&mut self, rendered: &Rendered) -> io::Result<()> {
        self.tally.merge(&rendered.tally);
        for (part, bytes) in self.parts.iter_mut().zip(&rendered.parts).filter(|(_, bytes)| !bytes.is_empty())
        {
            if part.wrote {
                part.target.write_all(part.report.separator())?;
            }
            part.target.write_all(bytes)?;
            part.wrote = true;
        }
        Ok(())
    }

    /// Writes the text after the last paper. Returns the counts and the targets.
    ///
    /// # Errors
    /// See [`ReportWriter::begin`].
    pub fn end(self) -> io::Result<(Tally, Vec<W>)> {
        let tally = self.tally;
        let end = |mut part: Part<'a, W>| {
            let mut tail = Vec::new();
            part.report.end(&tally, &mut tail)?;
            part.target.write_all(&tail)?;
            part.target.flush()?;
            Ok(part.target)
        };
        let targets = self.parts.into_iter().map(end).collect::<io::Result<_>>()?;
        Ok((tally, targets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Concise, Csv, samples};

    #[test]
    fn each_report_gets_what_it_would_alone() {
        let reports: [&dyn Report; 2] = [&Concise, &Csv];
        let mut writer = ReportWriter::begin(&reports, vec![Vec::new(), Vec::new()]).unwrap();
        samples::for_each_entry(0.8, |entry| writer.paper(&Rendered::of(entry, &reports).unwrap()).unwrap());
        let (_, targets) = writer.end().unwrap();
        let written = targets.into_iter().map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(written.collect::<Vec<_>>(), [samples::render(&Concise), samples::render(&Csv)]);
    }
}
