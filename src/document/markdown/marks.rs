//! The marks of pandoc, Quarto and MyST in the running text: citations, references and attributes.

use std::collections::HashSet;
use std::ops::Range;

/// A mark in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) kind: MarkKind,
}

/// What a mark stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A citation of works by their keys.
    Citation(Vec<String>),
    /// What may be a citation of one work: a key without brackets.
    Bare(String),
    /// A reference to a part of the paper, whose number is not known.
    Reference,
    /// Nothing: attributes, and signs around them.
    Setting,
    /// The beginning or the end of a note in the text, which is read as a bracket.
    Note(&'static str),
}

/// Longest mark that is looked for, in bytes, since one without an end would be as long as the paper.
const LONGEST: usize = 600;

/// Longest name of a role, in bytes.
const LONGEST_ROLE: usize = 40;

/// Returns the marks of a paper, in their order and apart from each other.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks: Vec<Mark> = Vec::new();
    let mut ends: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|byte| b"[@{\\:".contains(byte)))
    {
        at += found;
        if let Some([begin, end]) = note(text, at) {
            at += 1;
            marks.push(begin);
            ends.push(end);
            continue;
        }
        let found = match bytes.get(at) {
            Some(b'[') => bracketed(text, at),
            Some(b'@') => bare(text, at),
            Some(b'{') => role(text, at).or_else(|| attributes(text, at)),
            Some(b'\\') => command(text, at),
            _ => role(text, at).or_else(|| fence(text, at)),
        };
        at = found.as_ref().map_or(at + 1, |mark| mark.range.end.max(at + 1));
        if let Some(mark) = found {
            marks.extend(span_opening(text, &mark, marks.last().map_or(0, |last| last.range.end)));
            marks.push(mark);
        }
    }
    settle_keys(&mut marks);
    // What stands within a mark is no end of a note.
    ends.retain(|end| {
        let last = marks.partition_point(|mark| mark.range.start <= end.range.start).checked_sub(1);
        last.is_some_and(|last| marks[last].range.end <= end.range.start)
    });
    marks.extend(ends);
    marks.sort_by_key(|mark| mark.range.start);
    marks
}

/// Finds the beginning and the end of `^[a note]` whose bracket opens at `at`. A full stop at its end is left out.
fn note(text: &str, at: usize) -> Option<[Mark; 2]> {
    let before = text[..at].strip_suffix('^').filter(|before| !before.ends_with('\\'))?;
    let inside = reach(text, at).strip_prefix('[')?;
    let mut depth = 1usize;
    let close = inside.bytes().position(|byte| {
        depth += usize::from(byte == b'[');
        depth -= usize::from(byte == b']');
        depth == 0
    })?;
    let said = inside[..close].trim_end();
    let said = said.strip_suffix('.').unwrap_or(said);
    let is_note = !said.trim().is_empty() && !said.contains("\n\n");
    let end = at + 1 + said.len();
    is_note.then(|| {
        [
            Mark { range: before.len()..at + 1, kind: MarkKind::Note(" (") },
            Mark { range: end..at + 1 + close + 1, kind: MarkKind::Note(")") },
        ]
    })
}

/// Makes citations of the bare keys, except those that are hardly keys: without a year, and cited in brackets nowhere.
fn settle_keys(marks: &mut Vec<Mark>) {
    let mut cited: HashSet<String> = HashSet::new();
    for mark in marks.iter() {
        if let MarkKind::Citation(keys) = &mark.kind {
            cited.extend(keys.iter().cloned());
        }
    }
    marks.retain_mut(|mark| {
        let MarkKind::Bare(key) = &mark.kind else { return true };
        let is_key = has_year(key) || cited.contains(key);
        mark.kind = MarkKind::Citation(vec![key.clone()]);
        is_key
    });
}

fn has_year(key: &str) -> bool {
    key.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_digit))
}

/// Returns the text of a mark's longest reach.
fn reach(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    &rest[..crate::document::floor_to_character(rest, LONGEST)]
}

/// Returns the key behind `@` at the start of a text.
fn key(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('@')?;
    if let Some(braced) = inside.strip_prefix('{') {
        return braced.split_once('}').map(|(key, _)| key).filter(|key| !key.contains(char::is_whitespace));
    }
    let is_inner = |c: char| c.is_alphanumeric() || ":.#$%&-+?<>~/_".contains(c);
    let end = inside.find(|c: char| !is_inner(c)).unwrap_or(inside.len());
    let key = inside[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    key.starts_with(|c: char| c.is_alphanumeric() || c == '_').then_some(key)
}

fn is_part_of_paper(key: &str) -> bool {
    let kind = key.split(['-', ':']).next().unwrap_or_default();
    kind.len() < key.len() && ["fig", "tbl", "tab", "sec", "eq", "lst", "thm", "alg"].contains(&kind)
}

/// Reads `[see @one, p. 3; -@two]`.
fn bracketed(text: &str, at: usize) -> Option<Mark> {
    let rest = reach(text, at + 1);
    let end = rest.find([']', '['])?;
    let inside =
        rest.get(..end).filter(|inside| rest[inside.len()..].starts_with(']') && !inside.contains("\n\n"))?;
    if rest[end + 1..].starts_with(['(', '[', ':']) || text[..at].ends_with(['!', '\\', ']']) {
        return None; // a link
    }
    let mut keys = Vec::new();
    for part in inside.split(';') {
        let sign = part.find('@')?;
        let before = part[..sign].strip_suffix('-').unwrap_or(&part[..sign]);
        if !(before.is_empty() || before.ends_with([' ', '\n', '('])) {
            return None;
        }
        keys.push(key(&part[sign..])?.to_string());
    }
    let range = at..at + 1 + end + 1;
    let kind = if keys.iter().all(|key| is_part_of_paper(key)) {
        MarkKind::Reference
    } else {
        MarkKind::Citation(keys)
    };
    Some(Mark { range, kind })
}

/// Reads `@key` in a sentence.
fn bare(text: &str, at: usize) -> Option<Mark> {
    let before = text[..at]
        .strip_suffix('-')
        .filter(|before| before.ends_with([' ', '\n', '(', '[']))
        .unwrap_or(&text[..at]);
    if before.ends_with(|c: char| c.is_alphanumeric() || "_./\\@`".contains(c)) {
        return None; // an address
    }
    let written = reach(text, at);
    let key = key(written)?;
    let after = written.get(1 + key.len()..).unwrap_or_default();
    if before.ends_with("![") || before.ends_with('[') && (after.starts_with("](") || after.starts_with("]["))
    {
        return None; // a link
    }
    // "@owner/package" is an address too.
    if key.contains('/') || after.starts_with(['/', '(']) {
        return None;
    }
    let length = if written.starts_with("@{") { key.len() + 3 } else { key.len() + 1 };
    let kind = if is_part_of_paper(key) { MarkKind::Reference } else { MarkKind::Bare(key.to_string()) };
    Some(Mark { range: at..at + length, kind })
}

/// Reads `` {cite:p}`key` `` and `` :cite:`key` ``.
fn role(text: &str, at: usize) -> Option<Mark> {
    let written = reach(text, at);
    let inside = written.get(1..)?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_".contains(byte);
    let length = inside.bytes().take(LONGEST_ROLE).take_while(is_name).count();
    let (name, rest) = inside.split_at(length);
    let (name, rest) = match written.starts_with('{') {
        true => (name, rest.strip_prefix('}')?),
        false => (name.strip_suffix(':')?, rest),
    };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let content = rest.strip_prefix('`')?;
    let (keys, after) = content.split_once('`')?;
    let is_reference = ["ref", "eq"].iter().any(|ending| name.ends_with(ending));
    let kind = match name {
        _ if name.starts_with("cite") => {
            MarkKind::Citation(keys.split(',').map(|key| key.trim().to_string()).collect())
        }
        _ if is_reference => MarkKind::Reference,
        // What stands in other roles is text.
        _ if written.starts_with('{') => {
            return Some(Mark { range: at..at + name.len() + 2, kind: MarkKind::Setting });
        }
        _ => return None,
    };
    Some(Mark { range: at..at + written.len() - after.len(), kind })
}

/// Reads `{#id .class key=value}` behind what it is about, and `{{< shortcode >}}`.
fn attributes(text: &str, at: usize) -> Option<Mark> {
    let written = reach(text, at);
    if written.starts_with("{{<") {
        let length = written.find(">}}")? + 3;
        return Some(Mark { range: at..at + length, kind: MarkKind::Setting });
    }
    let inside = written.get(1..)?;
    let inside = &inside[..inside.find(['}', '\n', '{'])?];
    let is_behind_end = text[..at].ends_with([']', ')', '`']);
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_setting = |word: &str| match word.chars().next() {
        Some('#' | '.') => is_name(&word[1..]),
        _ => word.split_once('=').is_some_and(|(key, value)| is_name(key) && !value.is_empty()),
    };
    let mut words = inside.split_ascii_whitespace();
    let is_first = |word: &str| word.starts_with(['#', '.']) || is_behind_end || word == "-";
    let is_meant = inside.split_ascii_whitespace().next().is_some_and(is_first)
        && words.all(|word| is_setting(word) || word == "-" || word.ends_with(['"', '\'']));
    let is_whole = written.get(1 + inside.len()..).is_some_and(|rest| rest.starts_with('}'));
    (is_meant && is_whole).then(|| Mark { range: at..at + inside.len() + 2, kind: MarkKind::Setting })
}

/// Returns the mark of the bracket that opens what attributes behind it are about, and takes in the closing one:
/// `[text]{.mark}`.
fn span_opening(text: &str, mark: &Mark, from: usize) -> Vec<Mark> {
    let is_span = mark.kind == MarkKind::Setting && text[..mark.range.start].ends_with(']');
    let before = text.get(from..mark.range.start.saturating_sub(1)).filter(|_| is_span).unwrap_or_default();
    let nearest = crate::document::ceil_to_character(before, before.len().saturating_sub(LONGEST));
    let Some(open) = before[nearest..].rfind('[').map(|open| from + nearest + open) else {
        return Vec::new();
    };
    let sign = |at: usize| Mark { range: at..at + 1, kind: MarkKind::Setting };
    vec![sign(open), sign(mark.range.start - 1)]
}

/// Reads `\cite{key}` and `\ref{key}`, which pandoc takes out of LaTeX.
fn command(text: &str, at: usize) -> Option<Mark> {
    let written = reach(text, at);
    let name = written.get(1..)?;
    let name = &name[..name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len())];
    let is_citation = name.to_ascii_lowercase().starts_with("cite")
        || matches!(name, "parencite" | "autocite" | "textcite");
    let is_reference = name.ends_with("ref") && name != "href";
    if !is_citation && !is_reference && name != "label" {
        return None;
    }
    let mut rest = written[1 + name.len()..].trim_start_matches('*');
    while is_citation
        && let Some((_, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']'))
    {
        rest = after;
    }
    let (keys, after) = rest.strip_prefix('{')?.split_once('}')?;
    if keys.is_empty() || keys.contains(['\n', '{']) {
        return None;
    }
    let kind = match name {
        "label" => MarkKind::Setting,
        _ if is_reference => MarkKind::Reference,
        _ => MarkKind::Citation(keys.split(',').map(|key| key.trim().to_string()).collect()),
    };
    Some(Mark { range: at..at + written.len() - after.len(), kind })
}

/// Reads the line `::: {.note}` that opens or closes a block.
fn fence(text: &str, at: usize) -> Option<Mark> {
    let written = reach(text, at);
    let colons = written.bytes().take_while(|byte| *byte == b':').count();
    let line = written.split('\n').next().unwrap_or_default();
    let before = text[..at].trim_end_matches(' ');
    let begins_line = before.is_empty() || before.ends_with('\n');
    let (length, name) = (line.trim_end().len(), line[colons..].trim_start());
    let end = match name.find(['}', ' ']) {
        Some(end) if name.starts_with('{') => colons + line[colons..].len() - name.len() + end + 1,
        _ => length,
    };
    (colons >= 3 && begins_line && (name.is_empty() || name.starts_with('{') || !name.contains(' ')))
        .then(|| Mark { range: at..at + end.min(length), kind: MarkKind::Setting })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_text() {
        for (text, found) in [
            ("a bot [@poe20; see -@may21, p. 3] ran", &["[@poe20; see -@may21, p. 3]"][..]),
            ("as @poe2020 says (@may21).", &["@poe2020", "@may21"]),
            ("@some_user and @t5, but [@t5]", &["@t5", "[@t5]"]),
            ("mail a@b20.org or @acme20/tool, [@poe20](x) or ![@poe20]", &[]),
            ("see @fig-orvex-2 and [@tbl-2; @sec:a]", &["@fig-orvex-2", "[@tbl-2; @sec:a]"]),
            (
                "{cite:p}`poe20` {ref}`orvex2` :cite:`poe20` :numref:`a` {term}`bot`",
                &["{cite:p}`poe20`", "{ref}`orvex2`", ":cite:`poe20`", ":numref:`a`", "{term}"],
            ),
            ("# Setup {#sec-orvex-2 .unnumbered}", &["{#sec-orvex-2 .unnumbered}"]),
            ("[a bot]{.mark}, ![x](y.png){width=50%} {a=b} {.5, .6}", &["[", "]", "{.mark}", "{width=50%}"]),
            (
                "\\citep[p. 3]{poe20} \\ref{fig:a} \\label{x} \\textbf{x}",
                &["\\citep[p. 3]{poe20}", "\\ref{fig:a}", "\\label{x}"],
            ),
            ("::: {#fig-a}\na:::b\n:::", &["::: {#fig-a}", ":::"]),
            (":::{note} One\n:::\n{{< include x.qmd >}}", &[":::{note}", ":::", "{{< include x.qmd >}}"]),
        ] {
            let marks: Vec<&str> = marks(text).into_iter().map(|mark| &text[mark.range]).collect();
            assert_eq!(marks, found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn marks_of_any_text_stand_in_order_on_character_bounds(text in "([@{}\\\\:\\[\\]`.#é=\n -]|cite|a20){0,60}") {
            let mut last = 0;
            for mark in marks(&text) {
                proptest::prop_assert!(mark.range.start >= last && mark.range.end > mark.range.start);
                proptest::prop_assert!(text.get(mark.range.clone()).is_some());
                last = mark.range.end;
            }
        }
    }
}
