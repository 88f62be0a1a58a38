//! The comments of a paper that suppress findings, and the lines to which each applies.

use std::ops::RangeInclusive;
use std::path::Path;

use super::directive::{Directive, Scope, may_address};
use crate::document::{Document, LineIndex, ReadNote};

/// The comment syntax of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// From `%` to the end of the line; `\%` is a character of the text.
    Percent,
    /// From `<!--` to `-->`.
    Markup,
}

impl Syntax {
    /// Returns the syntax of a file by its extension; `None` for plain text and other formats without
    /// comments.
    pub fn of_path(path: &str) -> Option<Self> {
        let ending = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "tex" | "ltx" | "latex" | "sty" | "cls" => Some(Self::Percent),
            "md" | "markdown" | "qmd" | "rmd" | "html" | "htm" | "xhtml" | "xml" | "nxml" | "jats"
            | "tei" => Some(Self::Markup),
            _ => None,
        }
    }

    /// Returns the comments of a text that may address byname: the byte offsets of start and end, and the
    /// content.
    fn comments(self, text: &str) -> Vec<(usize, usize, &str)> {
        if !may_address(text) {
            return Vec::new();
        }
        match self {
            Self::Percent => percent_comments(text),
            Self::Markup => markup_comments(text),
        }
    }
}

fn percent_comments(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut escaped = false;
        let sign = line.bytes().position(|byte| {
            let is_comment = byte == b'%' && !escaped;
            escaped = byte == b'\\' && !escaped;
            is_comment
        });
        if let Some((_, comment)) = sign.and_then(|at| line.split_at_checked(at)) {
            let end = start + line.trim_end_matches(['\r', '\n']).len();
            found.push((start + line.len() - comment.len(), end, comment.trim_start_matches('%')));
        }
        start += line.len();
    }
    found
}

fn markup_comments(text: &str) -> Vec<(usize, usize, &str)> {
    const OPEN: &str = "<!--";
    const CLOSE: &str = "-->";
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(OPEN).map(|offset| at + offset) {
        let inside = start + OPEN.len();
        let Some(length) = text[inside..].find(CLOSE) else { break };
        at = inside + length + CLOSE.len();
        found.push((start, at, &text[inside..inside + length]));
    }
    found
}

/// A comment, and the lines of its file to which it applies.
#[derive(Debug, Clone)]
struct Comment {
    file: usize,
    line: usize,
    lines: RangeInclusive<usize>,
    directive: Directive,
    is_used: bool,
}

/// All comments of a paper that address byname.
#[derive(Debug, Clone, Default)]
pub struct Comments {
    comments: Vec<Comment>,
    notes: Vec<CommentNote>,
}

/// A note about a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentNote {
    /// A short fixed identifier of the case, such as `unused-suppression`.
    pub kind: &'static str,
    /// The index of its file in the source map of the document.
    pub file: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// The message for users.
    pub message: String,
}

impl CommentNote {
    /// Returns whether a note of a document is one on a comment.
    pub fn is_one(note: &ReadNote) -> bool {
        [WRONG, UNUSED].contains(&note.kind)
    }

    /// Converts the note to one of a report, which states the position in words.
    pub fn in_words(&self, document: &Document) -> ReadNote {
        // The report tells the first file with each note.
        let place = match document.file_name(self.file) {
            Some(name) => format!("{name}, line {}", self.line),
            None => format!("line {}", self.line),
        };
        ReadNote { kind: self.kind, message: format!("{place}: {}", self.message) }
    }
}

impl Comments {
    /// Reads the comments in every file of a paper.
    pub fn read(document: &Document) -> Self {
        let mut comments = Self::default();
        for file in 0..=document.included.len() {
            let path = document.path_of_file(file);
            if let Some(syntax) = Syntax::of_path(&path) {
                comments.read_file(document, file, syntax);
            }
        }
        comments
    }

    fn read_file(&mut self, document: &Document, file: usize, syntax: Syntax) {
        let text = document.text_of_file(file).1;
        let found = syntax.comments(text);
        if found.is_empty() {
            return;
        }
        // What stands in the prose is shown to readers and is no comment, as in a listing.
        let shown = document.source_map.runs_of_file(file);
        let is_shown = |start: usize| {
            let at = document.text_of_file(file).0.to_source(start);
            let run =
                shown.partition_point(|run| run.start <= at).checked_sub(1).and_then(|run| shown.get(run));
            run.is_some_and(|run| at < run.end)
        };
        let index = LineIndex::new(text);
        let mut open: Vec<usize> = Vec::new();
        for (start, end, content) in found {
            let Some(directive) = Directive::parse(content).filter(|_| !is_shown(start)) else { continue };
            let (line, last) = (index.position(start).line, index.position(end).line);
            let directive = match directive {
                Ok(directive) => directive,
                Err(error) => {
                    self.note(file, line, WRONG, &error.to_string());
                    continue;
                }
            };
            let lines = match directive.scope {
                Scope::Line => line..=last,
                Scope::NextLine => last + 1..=last + 1,
                Scope::File => 1..=usize::MAX,
                Scope::Start => {
                    open.push(self.comments.len());
                    line..=usize::MAX
                }
                Scope::End => {
                    match open.pop().and_then(|begun| self.comments.get_mut(begun)) {
                        Some(begun) => begun.lines = begun.line..=last,
                        None => {
                            self.note(
                                file,
                                line,
                                WRONG,
                                "`ignore-end` ends nothing; put `ignore-start` before it",
                            );
                        }
                    }
                    continue;
                }
            };
            self.comments.push(Comment { file, line, lines, directive, is_used: false });
        }
        for begun in open {
            let line = self.comments[begun].line;
            self.note(file, line, WRONG, "`ignore-start` is never ended; it holds to the end of the file");
        }
    }

    /// Returns whether there is no comment that can suppress anything.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// Returns the reason given by a comment that suppresses what `rules` found on these lines of a file, if
    /// there is such a comment.
    pub fn silence(&mut self, file: usize, lines: RangeInclusive<usize>, rules: &[&str]) -> Option<&str> {
        let silences = |comment: &&mut Comment| {
            comment.file == file
                && comment.lines.start() <= lines.end()
                && lines.start() <= comment.lines.end()
                && rules.iter().any(|rule| comment.directive.silences(rule))
        };
        let comment = self.comments.iter_mut().find(silences)?;
        comment.is_used = true;
        Some(&comment.directive.reason)
    }

    /// Returns the notes on comments that cannot be understood, that name a rule that does not exist, or that
    /// suppress nothing.
    pub fn into_notes(mut self, is_rule: impl Fn(&str) -> bool) -> Vec<CommentNote> {
        for comment in std::mem::take(&mut self.comments) {
            let (file, line) = (comment.file, comment.line);
            let unknown = comment.directive.rules.iter().find(|rule| !is_rule(rule));
            if let Some(rule) = unknown {
                let message = format!("there is no rule `{rule}`; `byname rules list` shows all rules");
                self.note(file, line, WRONG, &message);
            } else if !comment.is_used {
                let message = format!("`{}` suppresses nothing here; remove it", comment.directive.scope);
                self.note(file, line, UNUSED, &message);
            }
        }
        self.notes
    }

    fn note(&mut self, file: usize, line: usize, kind: &'static str, message: &str) {
        self.notes.push(CommentNote { kind, file, line, message: message.to_string() });
    }
}

const WRONG: &str = "wrong-suppression";
const UNUSED: &str = "unused-suppression";

#[cfg(test)]
#[path = "comments_tests.rs"]
mod tests;
