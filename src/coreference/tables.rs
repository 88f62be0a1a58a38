//! Tables as lists: the names in the first column, in other columns whose head announces systems, and in the
//! heads of the columns.

use std::ops::Range;

use super::paper::Sentence;
use super::reading::Reading;
use super::ties::Ties;
use super::words::RoleId;
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

/// A table of the paper.
struct Table<'t, 'p, 'a> {
    ties: &'t Ties<'p, 'a>,
    /// The index of its first sentence in the paper.
    first: usize,
    rows: Vec<&'t Sentence<'a>>,
    /// The row of its heads.
    heads: ByteSpan,
    of_heads: Reading<'a>,
}

impl<'t, 'a> Table<'t, '_, 'a> {
    fn is_in_heads(&self, row: &Sentence<'_>) -> bool {
        row.reading.span.start < self.heads.end
    }

    /// Returns the names in the heads of its columns.
    fn across(&self) -> Vec<usize> {
        let rows = self.rows.iter().filter(|row| self.is_in_heads(row));
        rows.flat_map(|row| &row.runs).flat_map(|run| run.names.iter().copied()).collect()
    }

    /// Returns the names in a column, below its head.
    fn down(&self, column: usize) -> Vec<usize> {
        let body = self.rows.iter().filter(|row| !self.is_in_heads(row));
        let runs = body.filter_map(|row| {
            let cell = cell(&row.reading, column)?;
            row.runs.iter().find(|run| cell.contains(&run.start))
        });
        runs.flat_map(|run| run.names.iter().copied()).collect()
    }

    fn says_systems(&self, column: usize) -> bool {
        let mut head = cell(&self.of_heads, column).into_iter().flatten();
        head.any(|at| self.of_heads.cue(at, Cue::SetNoun).is_some())
    }

    /// Returns the role that the head of a column consists of.
    fn role(&self, column: usize) -> Option<RoleId> {
        let head = cell(&self.of_heads, column)?;
        let (end, role) = self.of_heads.noun(head.start)?;
        let end = self.of_heads.cue(end, Cue::SetNoun).unwrap_or(end);
        (end == head.end).then_some(role)
    }

    /// Returns the number of rows below the heads.
    fn length(&self) -> usize {
        let text = text_of_table(&self.ties.paper.prose[self.heads.start..]);
        text.lines().filter(|line| line.contains('|')).count().saturating_sub(1)
    }

    fn width(&self) -> usize {
        self.heads.of(self.ties.paper.prose).matches('|').count()
    }
}

/// Returns all tables that hold a name or a description.
fn tables<'t, 'p, 'a>(ties: &'t Ties<'p, 'a>) -> Vec<Table<'t, 'p, 'a>> {
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
        let (of_heads, length) = (rows[0].reading.read(heads), rows.len());
        found.push(Table { ties, first, rows, heads, of_heads });
        first += length;
    }
    found
}

/// Returns the naming columns and the heads of all tables, where they hold at least two names.
pub(super) fn columns(ties: &Ties<'_, '_>) -> Vec<Column> {
    let mut found = Vec::new();
    for table in tables(ties) {
        let others = (1..NAMING_COLUMNS).filter(|column| table.says_systems(*column));
        let length = table.length();
        let mut lists: Vec<(Vec<usize>, usize, bool)> =
            others.map(|column| (table.down(column), length, true)).collect();
        lists.push((table.down(0), length, table.says_systems(0)));
        lists.push((table.across(), table.width(), true));
        for (names, length, says_systems) in lists {
            if names.len() > 1 {
                let (sentence, heads) = (table.first, table.heads);
                found.push(Column { names, length, sentence, heads, says_systems });
            }
        }
    }
    found
}

/// Returns the roles that stand at the head of a column, each with the only name in the column.
pub(super) fn players(ties: &Ties<'_, '_>) -> Vec<(RoleId, usize, ByteSpan)> {
    let mut found = Vec::new();
    for table in tables(ties) {
        for column in 0..NAMING_COLUMNS {
            let Some(role) = table.role(column) else { continue };
            if let [name] = ties.distinct(&table.down(column))[..] {
                found.push((role, name, ties.mention(name).span));
            }
        }
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
