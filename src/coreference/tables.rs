//! Tables as lists: the names in the first column, in other columns whose head announces systems, and in the
//! heads of the columns.

use std::ops::Range;

use super::paper::Sentence;
use super::reading::Reading;
use super::ties::Ties;
use crate::catalogue::Cue;
use crate::document::{ByteSpan, SectionKind};

/// Number of first columns that can hold names; results stand behind them.
const NAMING_COLUMNS: usize = 4;

/// The names of a table that can fill a set.
#[derive(Debug)]
pub(super) struct Column {
    pub names: Vec<usize>,
    /// Number of rows, or columns, besides the head, with a name in them or not.
    pub length: usize,
    /// The index of the table's first sentence in the paper.
    pub sentence: usize,
    /// The heads of the columns.
    pub heads: ByteSpan,
    /// Set when the head of the column says that systems stand in it.
    pub says_systems: bool,
}

/// Returns the naming columns and the heads of all tables, where they hold at least two names.
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
        let says_systems = |column: usize| {
            cell(&of_heads, column)
                .is_some_and(|mut cell| cell.any(|at| of_heads.cue(at, Cue::SetNoun).is_some()))
        };
        let in_heads = |row: &&Sentence<'_>| row.reading.span.start < heads.end;
        let across = rows.iter().copied().filter(in_heads).flat_map(|row| &row.runs);
        let across: Vec<usize> = across.flat_map(|run| run.names.iter().copied()).collect();
        let length = text_of_table(text).lines().filter(|line| line.contains('|')).count().saturating_sub(1);
        let down = |column: usize| -> Vec<usize> {
            let body = rows.iter().copied().filter(|row| !in_heads(row));
            let runs = body.filter_map(|row| {
                let cell = cell(&row.reading, column)?;
                row.runs.iter().find(|run| cell.contains(&run.start))
            });
            runs.flat_map(|run| run.names.iter().copied()).collect()
        };
        let width = heads.of(ties.paper.prose).matches('|').count();
        let others = (1..NAMING_COLUMNS).filter(|column| says_systems(*column));
        let mut lists: Vec<(Vec<usize>, usize, bool)> =
            others.map(|column| (down(column), length, true)).collect();
        lists.push((down(0), length, says_systems(0)));
        lists.push((across, width, true));
        for (names, length, says_systems) in lists {
            if names.len() > 1 {
                found.push(Column { names, length, sentence: first, heads, says_systems });
            }
        }
        first += rows.len();
    }
    found
}

/// Returns the text of a table, up to the blank line behind it.
fn text_of_table(text: &str) -> &str {
    text.find("\n\n").map_or(text, |end| &text[..end])
}

/// Returns the pieces in one cell of a row; columns are counted from 0.
fn cell(row: &Reading<'_>, column: usize) -> Option<Range<usize>> {
    let bars = (0..row.pieces.len()).filter(|at| row.is(*at, '|'));
    let mut ends = bars.chain(std::iter::once(row.pieces.len()));
    let start = match column.checked_sub(1) {
        Some(before) => ends.nth(before)? + 1,
        None => 0,
    };
    Some(start..ends.next()?)
}
