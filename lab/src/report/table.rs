//! Plain-text tables with aligned columns.

use std::fmt::Write as _;

use byname::report::visible;

/// Lines of cells under a line of titles.
#[derive(Debug, Default)]
pub(super) struct Table {
    lines: Vec<Vec<String>>,
}

impl Table {
    /// Creates a table with these titles. Columns of numbers are aligned to the right, others to the left.
    pub(super) fn new(titles: &[&str]) -> Self {
        Self { lines: vec![titles.iter().map(|title| (*title).to_string()).collect()] }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, cells: Vec<String>) {
        self.lines.push(cells.iter().map(|cell| visible(cell).into_owned()).collect());
    }

    /// Writes the table, indented by two blanks.
    pub(super) fn write(&self, out: &mut String) {
        let columns = self.lines.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.lines.iter().filter_map(|line| line.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let numbers: Vec<bool> = (0..columns).map(|column| self.holds_numbers(column)).collect();
        for line in &self.lines {
            let mut text = String::new();
            for (index, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let _ = match numbers.get(index) {
                    Some(true) => write!(text, "  {cell:>width$}"),
                    _ => write!(text, "  {cell:width$}"),
                };
            }
            let _ = writeln!(out, "{}", text.trim_end());
        }
    }

    fn holds_numbers(&self, column: usize) -> bool {
        let mut cells = self.lines.iter().skip(1).filter_map(|line| line.get(column));
        cells.all(|cell| cell.parse::<f64>().is_ok() || cell.is_empty()) && column > 0
    }
}

/// Returns a share as a percentage with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}
