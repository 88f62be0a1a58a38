//! Recognition of files that this program wrote: they are no papers, and a new result may replace them.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Number of leading bytes that are examined.
const HEAD: u64 = 4096;

/// How results of other formats than the text for terminals begin.
const BEGINNINGS: &[&str] = &[
    "## byname\n",
    "{\"document\":",
    "{\"byname\":",
    "document,file,line,column,",
    "::error file=",
    "::warning file=",
    "::notice file=",
];

/// What stands near the beginning of results that share their first words with other programs.
const SIGNS: &[&str] = &["<testsuites name=\"byname\">", "<checkstyle version=", "content=\"byname"];

/// Returns whether a file begins as a result of this program does. One that is empty or cannot be read is not
/// recognised.
pub fn is_own_output(path: &Path) -> bool {
    let mut head = Vec::new();
    // Opening a pipe would wait for its writer.
    path.is_file()
        && File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_ok()
        && begins_as_result(&String::from_utf8_lossy(&head))
}

fn begins_as_result(head: &str) -> bool {
    let start = head.trim_start();
    let is_markup = start.starts_with('<') || start.starts_with("{\"$schema\":");
    let is_sarif = start.contains("\"name\":\"byname\"");
    BEGINNINGS.iter().any(|beginning| start.starts_with(beginning))
        || (is_markup && (is_sarif || SIGNS.iter().any(|sign| start.contains(sign))))
        || begins_as_text_report(start)
}

/// Returns whether a text begins with a finding, a message or the summary of the report for terminals, or with
/// a line of the concise one.
fn begins_as_text_report(start: &str) -> bool {
    let mut lines = start.lines();
    let first = lines.next().unwrap_or_default();
    let is_level = |word: &str| ["error", "warning", "note", "hint"].contains(&word);
    let level_end = first.find([':', '[']).unwrap_or(first.len());
    let is_message = is_level(&first[..level_end]);
    let has_place = lines.next().is_some_and(|second| second.trim_start().starts_with("--> "));
    let has_kind = first[level_end..].starts_with('[') && first.contains("]: ");
    let is_concise = first.ends_with(']')
        && first.split(": ").nth(1).is_some_and(is_level)
        && first.split(": ").next().is_some_and(|place| place.contains(':') || is_of_file(first));
    (is_message && (has_place || has_kind)) || is_concise || is_summary(first)
}

/// Returns whether a line of the concise report is about a whole file.
fn is_of_file(line: &str) -> bool {
    ["[unread]", "-suppression]"].iter().any(|end| line.ends_with(end))
}

/// Returns whether a line is `N papers read...; ...`.
fn is_summary(line: &str) -> bool {
    let mut words = line.split(' ');
    words.next().is_some_and(|number| number.parse::<usize>().is_ok())
        && words.next().is_some_and(|noun| noun == "paper" || noun == "papers")
        && words.next().is_some_and(|verb| verb.starts_with("read"))
        && line.contains(" reference")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{
        Checkstyle, Concise, Csv, GitHub, JUnit, Json, JsonLines, Markdown, Report, Text, samples,
    };

    #[test]
    fn every_format_of_a_result_is_known_again() {
        let names = samples::SampleNames::new();
        let formats: [&dyn Report; 9] = [
            &Text::new(&names, false),
            &Concise,
            &Csv,
            &GitHub,
            &JUnit,
            &Checkstyle,
            &Markdown,
            &JsonLines::new(&names),
            &Json::new(&names, "0"),
        ];
        for (number, format) in formats.iter().enumerate() {
            let written = samples::render(*format);
            assert!(begins_as_result(&written), "{number}: {written}");
        }
        for text in [
            "1 paper read; no nameless reference found\n",
            "warning: `a model` is never named\n --> a.md:1:1\n",
        ] {
            assert!(begins_as_result(text), "{text}");
        }
    }

    #[test]
    fn papers_are_no_results() {
        for text in [
            "",
            "# Notes on warnings\n",
            "warning: this draft is not done\nWe use a model.",
            "12 papers read our work; none cites it.",
            "a: b: c [1]",
            "document,file\n",
            "<?xml version=\"1.0\"?>\n<article>",
            "{\"id\": 1, \"text\": \"document\"}",
            "\\documentclass{article}",
        ] {
            assert!(!begins_as_result(text), "{text}");
        }
    }
}
