//! The texts of a page: its summary and its footer.

use std::fmt::Write as _;

use byname::report::decimal;

use super::{Page, html};
use crate::saved::Gathered;
use crate::saved::gathered::Rank;

/// Least expected number of a system that is mentioned in the summary.
const LEAST_EXPECTED: f64 = 0.1;

/// Writes a summary of the findings in one sentence, and the counts behind it.
pub(super) fn summary(gathered: &Gathered, broken_lines: usize, body: &mut String) {
    let nameless = gathered.nameless();
    let documents = counted(gathered.documents, "paper", "papers");
    let _ = write!(body, "<p class=\"found\">");
    if nameless.is_empty() {
        let _ = write!(body, "In {documents}, no reference to a system was found that its paper never names");
    } else {
        let papers = gathered.papers.iter().filter(|paper| paper.nameless > 0).count();
        let answered = nameless.iter().filter(|row| row.answer.is_some()).count();
        let _ = write!(
            body,
            "{} of {documents} {} {} to systems that {} never {}; of {} it can be told what they are",
            number(papers),
            if papers == 1 { "refers" } else { "refer" },
            counted(nameless.len(), "time", "times"),
            if papers == 1 { "it" } else { "they" },
            if papers == 1 { "names" } else { "name" },
            if answered == 0 { "none".to_string() } else { number(answered) }
        );
        let most = gathered.expected().first().copied();
        if let Some((system, expected)) = most.filter(|(_, expected)| *expected >= LEAST_EXPECTED) {
            let name = html(gathered.system_name(system));
            let _ = write!(
                body,
                ", and {name} is expected most often, behind {} of them",
                expected_number(expected)
            );
        }
    }
    body.push_str(".</p>\n");
    let of_rank = |rank: Rank| gathered.rows.iter().filter(|row| row.rank == rank).count();
    let _ = write!(
        body,
        "<p class=\"about\">Beside these there {} that may be such a reference or that something silences, \
         and {} to a system that the same paper names.",
        match of_rank(Rank::Doubtful) {
            1 => "is 1 hint".to_string(),
            count => format!("are {} hints", number(count)),
        },
        counted(of_rank(Rank::Named), "reference", "references")
    );
    if gathered.failures > 0 {
        let failures = counted(gathered.failures, "paper", "papers");
        let _ = write!(body, " {failures} could not be read, or not in full.");
    }
    body.push_str("</p>\n");
    if broken_lines > 0 {
        let lines = counted(broken_lines, "line", "lines");
        let _ = writeln!(
            body,
            "<p class=\"warning\">{lines} of the results could not be read; what stood there is missing here.</p>"
        );
    }
}

/// Writes the footer: what the page leaves out, and what its numbers mean.
pub(super) fn footer(page: &Page<'_>, body: &mut String) {
    body.push_str("<footer>\n");
    let all = page.gathered.rows.len();
    let is_alone = page.further.is_empty();
    let elsewhere = if is_alone {
        "are left out: write the report to a file with <code>--output</code>, and they come as further pages"
    } else {
        "stand on the pages named below"
    };
    if page.references < all {
        let (here, rest) = (number(page.references), number(all - page.references));
        let _ = writeln!(
            body,
            "<p>So that it does not grow too long, this page lists {here} of {} references, what is never named \
             first; the other {rest} {elsewhere}.</p>",
            number(all)
        );
    }
    if page.details < page.references {
        let without = number(page.references - page.details);
        let _ = writeln!(body, "<p>The sentences and the evidence of {without} references {elsewhere}.</p>");
    }
    if !is_alone {
        body.push_str("<ul>\n");
        for (name, range) in &page.further {
            let (shown, from, to) = (html(name), number(range.start + 1), number(range.end));
            let _ = writeln!(body, "<li><a href=\"{shown}\">{shown}</a>: references {from} to {to}</li>");
        }
        body.push_str("</ul>\n");
    }
    let _ = writeln!(
        body,
        "<p>A probability is the program's own estimate, from what the text says, its date and the organisations \
         of its authors. A system that its catalogue does not have stays unknown. Nobody has confirmed any of \
         this. Made by byname {}.</p>\n</footer>",
        env!("CARGO_PKG_VERSION")
    );
}

/// Formats a number with its noun.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

/// Formats a number with a separator between thousands.
pub(super) fn number(count: usize) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// Formats a sum of probabilities to one decimal, with a separator between thousands.
pub(super) fn expected_number(sum: f64) -> String {
    let rounded = decimal(sum);
    match rounded.split_once('.') {
        Some((whole, decimal)) => match whole.parse() {
            Ok(whole) => format!("{}.{decimal}", number(whole)),
            Err(_) => rounded,
        },
        None => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_read_at_a_glance() {
        let numbers = [0, 999, 1000, 1_234_567].map(number);
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
        let sums = [-0.0, 0.04, 0.96, 1457.96, 11134.0].map(expected_number);
        assert_eq!(sums, ["0.0", "0.0", "1.0", "1,458.0", "11,134.0"]);
    }
}
