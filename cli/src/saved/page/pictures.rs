//! The charts of a report: by date, by system, by organisation, by description, and by whether papers name
//! what they describe.

use super::chart::{Bar, Bars, Columns};
use super::html;
use super::summary::{counted, expected_number, number};
use crate::saved::gathered::{Gathered, Own, Row};
use crate::saved::periods::Periods;

/// Most bars of a chart.
const MOST_BARS: usize = 15;
/// Least expected number that has a bar of its own.
const LEAST_EXPECTED: f64 = 0.05;

/// Writes all charts.
pub(super) fn pictures(gathered: &Gathered, out: &mut String) {
    over_time(gathered, out);
    naming(gathered, out);
    systems(gathered, out);
    ways(gathered, out);
    organisations(gathered, out);
}

fn over_time(gathered: &Gathered, out: &mut String) {
    let of_row = |row: &Row| {
        let answered = usize::from(row.answer.is_some());
        (gathered.paper(row).and_then(|paper| paper.date), [answered, 1 - answered])
    };
    let dated: Vec<_> = gathered.nameless().iter().map(of_row).collect();
    let periods = Periods::count(&dated);
    let by = if periods.months { "month" } else { "year" };
    let most = periods.columns.iter().max_by_key(|(_, parts)| parts[0] + parts[1]);
    let mut description = match most {
        Some((name, [answered, unanswered])) => {
            format!(
                "Most come from {name}: {} of them, and of {} it can be told what they are.",
                number(answered + unanswered),
                number(*answered)
            )
        }
        None => "No paper with such a reference gives its date.".to_string(),
    };
    description.push_str(&without_date(periods.undated));
    Columns {
        id: "over-time",
        title: &format!("Nameless references by {by}"),
        description: &description,
        by,
        parts: ["the system, its family or its maker can be told", "it stays unknown"],
        columns: &periods.columns,
    }
    .write(out);
}

fn systems(gathered: &Gathered, out: &mut String) {
    let expected = gathered.expected();
    let unknown: f64 = gathered.nameless().iter().map(|row| f64::from(row.unknown)).sum();
    let all = gathered.nameless().len() as f64;
    let mut bars: Vec<Bar> = Vec::new();
    let (mut shown, mut others) = (0.0, 0usize);
    for (system, sum) in &expected {
        if bars.len() == MOST_BARS || *sum < LEAST_EXPECTED {
            others += 1;
            continue;
        }
        let (key, name) = (gathered.systems.get(*system), gathered.system_name(*system));
        let label = format!("<a href=\"#system={}\">{}</a>", html(&address(key)), html(name));
        shown += sum;
        bars.push(Bar { label, value: *sum, value_text: expected_number(*sum), apart: false });
    }
    let rest = (all - shown - unknown).max(0.0);
    let apart =
        |label: String, value: f64| Bar { label, value, value_text: expected_number(value), apart: true };
    if rest >= LEAST_EXPECTED {
        let label = match others {
            0 => "systems that are less probable".to_string(),
            _ => format!("{} and less probable ones", counted(others, "other system", "other systems")),
        };
        bars.push(apart(label, rest));
    }
    bars.push(apart("unknown: none in the catalogue".to_string(), unknown));
    let description = format!(
        "The expected number is the sum of the probabilities over all {} references. Of them, {} \
         are expected to be no system of the catalogue.",
        number(gathered.nameless().len()),
        expected_number(unknown)
    );
    Bars {
        id: "systems",
        title: "The systems that stand behind them",
        description: &description,
        heads: ["system", "expected references"],
        bars: &bars,
    }
    .write(out);
}

fn organisations(gathered: &Gathered, out: &mut String) {
    let mut own: Vec<_> = gathered.own.iter().collect();
    own.sort_by(|a, b| b.1.expected.total_cmp(&a.1.expected).then_with(|| a.0.cmp(b.0)));
    let shown = own.iter().filter(|(_, own)| own.expected >= LEAST_EXPECTED).take(MOST_BARS);
    let bar = |(name, own): &(&String, &Own)| Bar {
        label: format!("<a href=\"#organisation={}\">{}</a>", html(&address(name)), html(name)),
        value: own.expected,
        value_text: format!("{} of {}", expected_number(own.expected), number(own.references)),
        apart: false,
    };
    let bars: Vec<Bar> = shown.map(bar).collect();
    let description = match own.first().filter(|_| !bars.is_empty()) {
        Some((name, own)) => format!(
            "In papers of {name}, {} of {} nameless references are expected to be systems of its own.",
            expected_number(own.expected),
            number(own.references)
        ),
        None if own.is_empty() => {
            "This is not known: no paper with a nameless reference is known to come from an \
                                   organisation of the catalogue."
                .to_string()
        }
        None => {
            "No nameless reference is likely to be a system of its authors' own organisation.".to_string()
        }
    };
    Bars {
        id: "organisations",
        title: "Organisations that leave their own systems nameless",
        description: &description,
        heads: ["organisation of the authors", "expected own systems, of all in its papers"],
        bars: &bars,
    }
    .write(out);
}

fn ways(gathered: &Gathered, out: &mut String) {
    let all = number(gathered.nameless().len());
    let mut ways: Vec<_> = gathered.ways.iter().collect();
    ways.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let bar = |(name, count): &(&String, &usize)| Bar {
        label: html(name),
        value: **count as f64,
        value_text: format!("{} of {all}", number(**count)),
        apart: false,
    };
    let bars: Vec<Bar> = ways.iter().take(MOST_BARS).map(bar).collect();
    let description = match ways.first() {
        Some((name, count)) => {
            let count = number(**count);
            format!("One reference may say several things. Most often it is \"{name}\": {count} of {all}.")
        }
        None => "No nameless reference says of its system how it is reached, how large it is or whose."
            .to_string(),
    };
    Bars {
        id: "ways",
        title: "What they say instead of a name",
        description: &description,
        heads: ["what is said", "references"],
        bars: &bars,
    }
    .write(out);
}

fn naming(gathered: &Gathered, out: &mut String) {
    let papers = gathered.papers.iter();
    let dated: Vec<_> = papers
        .map(|paper| {
            let leaves = usize::from(paper.nameless > 0);
            (paper.date, [usize::from(paper.nameless == 0 && paper.named > 0), leaves])
        })
        .collect();
    let [names, leaves] =
        dated.iter().fold([0, 0], |sums, (_, counts)| [sums[0] + counts[0], sums[1] + counts[1]]);
    let periods = Periods::count(&dated);
    let by = if periods.months { "month" } else { "year" };
    let mut description = format!(
        "A system is described in {}; {} also name each, and {} never name at least one.",
        counted(names + leaves, "paper", "papers"),
        number(names),
        number(leaves)
    );
    description.push_str(&without_date(periods.undated));
    Columns {
        id: "naming",
        title: "Papers that name what they describe, and papers that never do",
        description: &description,
        by,
        parts: ["each described system is named", "at least one is never named"],
        columns: &periods.columns,
    }
    .write(out);
}

fn without_date(undated: [usize; 2]) -> String {
    match undated[0] + undated[1] {
        0 => String::new(),
        count => format!(" Without a date, and not drawn: {}.", number(count)),
    }
}

/// Percent-encodes a text for the fragment of the page's address.
fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
