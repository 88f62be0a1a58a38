//! Tables as lists: the names in the first column, and those that head the others.

use super::paper::Sentence;
use super::reading::Reading;
use super::ties::Ties;
use crate::catalogue::Cue;
use crate::document::{ByteSpan, SectionKind};

/// The names of a table that can fill a set.
#[derive(Debug)]
pub(super) struct Column {
    pub names: Vec<usize>,
    /// How many rows, or columns, it has besides its head, with a name in them or not.
    pub length: usize,
    /// The first row with a name, by its place among the sentences of the paper.
    pub sentence: usize,
    /// The heads of the columns.
    pub heads: ByteSpan,
    /// Whether the head of the column says that systems stand in it.
    pub says_systems: bool,
}

/// The first columns and the rows of heads of all tables, where names stand in them.
pub(super) fn columns(ties: &Ties<'_, '_>) -> Vec<Column> {
    let sentences = &ties.paper.sentences;
    let mut found = Vec::new();
    let mut first = 0;
    while first < sentences.len() {
        if sentences[first].section != SectionKind::Table {
            first += 1;
            continue;
        }
        let start = sentences[first].paragraph;
        let same = |row: &&Sentence<'_>| row.section == SectionKind::Table && row.paragraph == start;
        let rows: Vec<&Sentence<'_>> = sentences[first..].iter().take_while(same).collect();
        let text = &ties.paper.prose[start..];
        let heads = ByteSpan::new(start, start + text.find('\n').unwrap_or(text.len()));
        let of_heads = rows[0].reading.read(heads);
        let says_systems = (0..first_cell(&of_heads)).any(|at| of_heads.cue(at, Cue::SetNoun).is_some());
        let in_heads = |row: &&Sentence<'_>| row.reading.span.start < heads.end;
        let across = rows.iter().copied().filter(in_heads).flat_map(|row| &row.runs);
        let across: Vec<usize> = across.flat_map(|run| run.names.iter().copied()).collect();
        let length = text_of_table(text).lines().filter(|line| line.contains('|')).count().saturating_sub(1);
        let down = rows
            .iter()
            .copied()
            .filter(|row| !in_heads(row))
            .filter_map(|row| row.runs.iter().find(|run| run.start < first_cell(&row.reading)));
        let down: Vec<usize> = down.flat_map(|run| run.names.iter().copied()).collect();
        let width = heads.of(ties.paper.prose).matches('|').count();
        for (names, length, says_systems) in [(down, length, says_systems), (across, width, true)] {
            if names.len() > 1 {
                found.push(Column { names, length, sentence: first, heads, says_systems });
            }
        }
        first += rows.len();
    }
    found
}

/// A table up to the blank line behind it.
fn text_of_table(text: &str) -> &str {
    text.find("\n\n").map_or(text, |end| &text[..end])
}

/// Where the first cell of a row ends.
fn first_cell(row: &Reading<'_>) -> usize {
    (0..row.pieces.len()).find(|at| row.is(*at, '|')).unwrap_or(row.pieces.len())
}
