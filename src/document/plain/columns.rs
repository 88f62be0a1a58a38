//! Conversion of side-by-side columns, as in text extracted with the page layout, to reading order.

use crate::document::ByteSpan;

/// Minimum number of blanks between columns.
const GAP: usize = 3;
/// Minimum number of lines with text on both sides of a gap for it to separate columns.
const LINES: usize = 8;

/// Returns the parts of a page's lines in reading order. Lines that cross a gap, such as the title, separate
/// the columns above them from those below.
pub(super) fn in_order(text: &str, lines: Vec<ByteSpan>) -> Vec<ByteSpan> {
    let gaps = gaps(text, &lines);
    if gaps.is_empty() {
        return lines;
    }
    let mut ordered = Vec::with_capacity(lines.len() * 2);
    let mut columns = vec![Vec::new(); gaps.len() + 1];
    for line in lines {
        match parts(text, line, &gaps) {
            Some(parts) => columns.iter_mut().zip(parts).for_each(|(column, part)| column.push(part)),
            None => {
                flush(&mut columns, &mut ordered);
                ordered.push(line);
            }
        }
    }
    flush(&mut columns, &mut ordered);
    ordered
}

fn flush(columns: &mut [Vec<ByteSpan>], ordered: &mut Vec<ByteSpan>) {
    columns.iter_mut().for_each(|column| ordered.append(column));
}

/// Returns the gaps between columns, in characters from the left: the place right before the next column.
fn gaps(text: &str, lines: &[ByteSpan]) -> Vec<usize> {
    // For each place, how many lines have a gap there.
    let mut counts: Vec<usize> = Vec::new();
    let mut filled = 0;
    for line in lines.iter().map(|line| line.of(text)).filter(|line| !line.trim().is_empty()) {
        filled += 1;
        let mut blank = None;
        for (at, letter) in line.chars().enumerate() {
            if letter == ' ' {
                blank.get_or_insert(at);
                continue;
            }
            if let Some(from) = blank.take().filter(|from| *from > 0 && at - from >= GAP) {
                counts.resize(counts.len().max(at), 0);
                counts[from..at].iter_mut().for_each(|count| *count += 1);
            }
        }
    }
    let enough = LINES.max(filled * 2 / 5);
    let mut gaps = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    for (at, count) in counts.iter().copied().chain([0]).enumerate() {
        match (&mut run, count >= enough) {
            (None, true) => run = Some((at, count)),
            (Some((place, most)), true) if count >= *most => (*place, *most) = (at, count),
            (Some((place, _)), false) => {
                gaps.push(*place);
                run = None;
            }
            _ => {}
        }
    }
    gaps
}

/// Splits a line at the gaps; `None` if its text crosses one.
fn parts(text: &str, line: ByteSpan, gaps: &[usize]) -> Option<Vec<ByteSpan>> {
    let shown = line.of(text);
    let mut parts = Vec::with_capacity(gaps.len() + 1);
    let mut start = 0;
    for gap in gaps {
        let end = shown.char_indices().nth(*gap).map_or(shown.len(), |(at, _)| at);
        // A gap is at least two blanks wide in each line, so one blank at the place is not enough.
        let around = shown.get(end.saturating_sub(1)..(end + 1).min(shown.len()));
        if end < shown.len() && around != Some("  ") {
            return None;
        }
        parts.push(trimmed(line.start, shown, start.min(end), end));
        start = end;
    }
    parts.push(trimmed(line.start, shown, start, shown.len()));
    Some(parts)
}

fn trimmed(offset: usize, shown: &str, start: usize, end: usize) -> ByteSpan {
    let part = &shown[start..end];
    let start = start + part.len() - part.trim_start().len();
    ByteSpan::new(offset + start, offset + start + part.trim().len())
}
