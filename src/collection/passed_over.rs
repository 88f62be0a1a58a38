//! The files that a walk through folders passed over, with the reasons.

use std::sync::{Mutex, PoisonError};

/// The reason why a file found in a folder, or a path that was given before, is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its name begins with a dot.
    Hidden,
    /// A pattern of the configuration excludes it.
    Excluded,
    /// A paper in a format that is not read.
    Unsupported,
    /// A configuration file that lies below the given folder, so that it does not hold for the run.
    Settings,
    /// A result of this program.
    OwnOutput,
    /// Its extension is not that of a paper.
    Ending,
    /// A part of a LaTeX paper, which is read with the paper and not counted.
    Part,
    /// A part of a LaTeX paper that the paper does not include.
    UnusedPart,
    /// A note on a project.
    Note,
    /// A companion document, sent to a venue along with a paper.
    Companion,
    /// A prompt for a model.
    Prompt,
    /// A record file in which none of the examined records has a text.
    NoText,
    /// A picture.
    Picture,
    /// A template of a venue.
    Template,
    /// A version that was set aside.
    Old,
    /// A LaTeX document of another kind: slides, a letter, a picture.
    OtherClass,
    /// XML of a kind other than papers.
    OtherXml,
    /// A folder written by a tool.
    ToolFolder,
    /// Another form of a paper that is read.
    SamePaper,
    /// A file that is read under another name, or was given twice.
    SameFile,
}

impl Reason {
    /// Returns the name of one such file and of several.
    fn called(self) -> (&'static str, &'static str) {
        match self {
            Self::Hidden => ("hidden", "hidden"),
            Self::Excluded => ("excluded", "excluded"),
            Self::Unsupported => (
                "paper in a format that is not read (convert it, as with pandoc)",
                "papers in formats that are not read (convert them, as with pandoc)",
            ),
            Self::Settings => ("byname.toml that is not used", "byname.toml that are not used"),
            Self::OwnOutput => ("result of byname", "results of byname"),
            Self::Ending => ("no paper by its ending", "no papers by their endings"),
            Self::Part => ("part of a LaTeX paper", "parts of LaTeX papers"),
            Self::UnusedPart => ("unused part of a LaTeX paper", "unused parts of LaTeX papers"),
            Self::Note => ("note on a project", "notes on projects"),
            Self::Companion => ("companion of a paper", "companions of papers"),
            Self::Prompt => ("prompt", "prompts"),
            Self::NoText => ("file of records without a text", "files of records without a text"),
            Self::Picture => ("picture", "pictures"),
            Self::Template => ("template", "templates"),
            Self::Old => ("old version", "old versions"),
            Self::OtherClass => ("LaTeX document of another kind", "LaTeX documents of other kinds"),
            Self::OtherXml => ("XML file of another kind", "XML files of other kinds"),
            Self::ToolFolder => ("folder of a tool", "folders of tools"),
            Self::SamePaper => ("other form of a paper", "other forms of papers"),
            Self::SameFile => ("file again", "files again"),
        }
    }
}

/// The files that were passed over. Threads that read papers add to it as well.
#[derive(Debug, Default)]
pub struct PassedOver {
    /// `true` if every file is listed, not only counted.
    lists: bool,
    files: Mutex<Files>,
}

#[derive(Debug, Default)]
struct Files {
    counts: Vec<(Reason, usize)>,
    /// Each file with its reason and the file that is read in its place.
    listed: Vec<(String, Reason, Option<String>)>,
    settings: Vec<String>,
    notes: Vec<String>,
}

impl PassedOver {
    /// Creates a collector that keeps the name of each file, for [`PassedOver::listed`].
    pub fn listing() -> Self {
        Self { lists: true, ..Self::default() }
    }

    /// Adds a file; `instead` is the file that is read in its place.
    pub(super) fn add(&self, shown: &str, reason: Reason, instead: Option<&str>) {
        if reason == Reason::Part {
            return;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if reason == Reason::Settings {
            // Each has a note of its own.
            files.settings.push(shown.to_string());
            return;
        }
        match files.counts.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => files.counts.push((reason, 1)),
        }
        if self.lists {
            files.listed.push((shown.to_string(), reason, instead.map(str::to_string)));
        }
    }

    /// Returns a one-sentence summary for the user; `None` if nothing was passed over.
    pub fn summary(&self) -> Option<String> {
        let mut counts = self.files.lock().unwrap_or_else(PoisonError::into_inner).counts.clone();
        if counts.is_empty() {
            return None;
        }
        counts.sort_unstable();
        let parts: Vec<String> = counts
            .iter()
            .map(|(reason, count)| {
                let (one, several) = reason.called();
                format!("{count} {}", if *count == 1 { one } else { several })
            })
            .collect();
        Some(format!("passed over: {}", parts.join(", ")))
    }

    /// Returns the configuration files that lie below the given folders and do not hold for the run, sorted.
    pub fn unused_settings(&self) -> Vec<String> {
        let mut settings = self.files.lock().unwrap_or_else(PoisonError::into_inner).settings.clone();
        settings.sort_unstable();
        settings
    }

    /// Adds a sentence on a file that says what is passed over, and cannot be used.
    pub(super) fn add_note(&self, note: String) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).notes.push(note);
    }

    /// Returns the sentences on files that say what is passed over, and cannot be used, sorted.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.files.lock().unwrap_or_else(PoisonError::into_inner).notes.clone();
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// Returns a line for each file, sorted by name; empty unless the collector was created by
    /// [`PassedOver::listing`].
    pub fn listed(&self) -> Vec<String> {
        let mut listed = self.files.lock().unwrap_or_else(PoisonError::into_inner).listed.clone();
        listed.sort_unstable();
        let line = |(shown, reason, instead): (String, Reason, Option<String>)| match (reason, instead) {
            (Reason::SamePaper, Some(instead)) => format!("{shown}: passed over, same paper as {instead}"),
            (Reason::SameFile, Some(instead)) => format!("{shown}: passed over, same file as {instead}"),
            (reason, _) => format!("{shown}: passed over, {}", reason.called().0),
        };
        listed.into_iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_reason_and_listed_where_that_is_asked() {
        let (counted, listed) = (PassedOver::default(), PassedOver::listing());
        assert_eq!(counted.summary(), None);
        for passed_over in [&counted, &listed] {
            passed_over.add("z.pdf", Reason::SamePaper, Some("z.tex"));
            passed_over.add("README.md", Reason::Note, None);
            passed_over.add("a/README.md", Reason::Note, None);
        }
        let summary = "passed over: 2 notes on projects, 1 other form of a paper";
        assert_eq!(
            (counted.summary().as_deref(), listed.summary().as_deref()),
            (Some(summary), Some(summary))
        );
        assert!(counted.listed().is_empty());
        let lines = [
            "README.md: passed over, note on a project",
            "a/README.md: passed over, note on a project",
            "z.pdf: passed over, same paper as z.tex",
        ];
        assert_eq!(listed.listed(), lines);
    }
}
