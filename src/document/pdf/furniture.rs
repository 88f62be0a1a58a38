//! Removal of running heads, page numbers and line numbers.

use std::collections::HashMap;

use super::lines::Line;

/// Number of lines at the top and at the bottom of a page that may be running heads and feet.
const EDGE: usize = 3;
/// Number of lines on a page that hold only a number from which they count as line numbers; no running text
/// has as many.
const NUMBERED_LINES: usize = 25;

/// Removes lines that recur on many pages, page numbers, and line numbers.
pub(super) fn remove(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        for line in edges(page) {
            *seen.entry(key(&page[line])).or_default() += 1;
        }
    }
    // On left and right pages, heads differ.
    let often = (pages.len() / 4).max(2);
    for page in pages.iter_mut() {
        let mut gone: Vec<usize> = edges(page)
            .into_iter()
            .filter(|line| {
                seen.get(&key(&page[*line])).is_some_and(|count| *count >= often)
                    || is_page_number(page, *line)
            })
            .collect();
        let numbers: Vec<usize> = (0..page.len()).filter(|line| is_number(&page[*line].text)).collect();
        if numbers.len() >= NUMBERED_LINES {
            gone.extend(numbers);
        }
        let mut index = 0;
        page.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }
}

/// Returns the indexes of the uppermost and the lowest lines of a page.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].base.total_cmp(&page[*b].base));
    if order.len() <= 2 * EDGE {
        return order;
    }
    let lowest = order.split_off(order.len() - EDGE);
    order.truncate(EDGE);
    order.extend(lowest);
    order
}

/// Returns a line's text without its digits, and its height on the page.
fn key(line: &Line) -> (String, i64) {
    let text: String = line.text.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    #[expect(clippy::cast_possible_truncation, reason = "heights of pages are small numbers")]
    let height = (line.base / 4.0).round() as i64;
    (text, height)
}

fn is_number(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a line is a lone number at the very top or bottom.
fn is_page_number(page: &[Line], line: usize) -> bool {
    let at = page[line].base;
    let is_outermost =
        page.iter().all(|other| other.base >= at - 1.0) || page.iter().all(|other| other.base <= at + 1.0);
    is_outermost && is_number(page[line].text.trim_matches(['-', '–', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> Vec<Line> {
        let line = |text: &str, base: f64| Line {
            text: text.to_string(),
            base,
            right: 100.0,
            size: 10.0,
            ..Line::default()
        };
        let mut page = vec![line(&format!("A paper on size {number}"), 30.0)];
        page.extend(
            (0..20).map(|row| {
                line(&format!("Row {row} of {}.", "x".repeat(number)), 60.0 + 12.0 * f64::from(row))
            }),
        );
        page.push(line(&number.to_string(), 700.0));
        page
    }

    #[test]
    fn heads_and_page_numbers_go_and_the_text_stays() {
        let mut pages: Vec<_> = (1..6).map(page).collect();
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 20), "{pages:?}");
        assert!(pages[0][0].text.starts_with("Row 0"));
    }

    #[test]
    fn numbers_of_lines_go() {
        let mut page = page(1);
        let numbers = (0..30).map(|row| Line { text: format!("{row:03}"), left: -40.0, ..Line::default() });
        page.extend(numbers);
        let mut pages = vec![page];
        remove(&mut pages);
        assert!(pages[0].iter().all(|line| !is_number(&line.text)));
    }
}
