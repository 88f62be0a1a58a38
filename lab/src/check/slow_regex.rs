//! Checks for regular expressions that have to be searched for in every sentence.

use std::hint::black_box;
use std::time::{Duration, Instant};

use byname::Engine;
use byname::catalogue::{Catalogue, Check, Expression, Fault, Layer};
use byname::document::Document;

use super::site::Site;

/// Number of measurements, of which the shortest counts.
const ROUNDS: usize = 3;
/// Least duration of a measurement. A search is repeated until it takes this long, so that the clock can
/// resolve it.
const LONG_ENOUGH: Duration = Duration::from_millis(2);

/// Reports every expression without a literal that all of its matches must contain, and its cost on the
/// examples of the catalogue's own rules.
pub(super) fn look(sites: &[Site<'_>], catalogue: &Catalogue, layers: &[Layer], faults: &mut Vec<Fault>) {
    let slow = |regex: &&Expression| regex.literals().is_none();
    let of_rules = sites.iter().filter_map(|site| {
        let regex = site.rule.wanted.regex.as_ref().filter(slow)?;
        Some((site.file, regex))
    });
    let files = || layers.iter().rev().flat_map(|layer| &layer.files);
    let of_notations = catalogue.quantities.notations.iter().filter_map(|notation| {
        let file = files().find(|file| file.shown == notation.file)?;
        slow(&&notation.regex).then_some((file, &notation.regex))
    });
    let slow: Vec<_> = of_rules.chain(of_notations).collect();
    if slow.is_empty() {
        return;
    }
    let texts: Vec<&str> =
        catalogue.rules.iter().flat_map(|rule| &rule.examples).map(|example| example.text.as_str()).collect();
    let scan = scan_time(layers, &texts);
    let costs: Vec<Duration> = slow.iter().map(|(_, regex)| search_time(regex, &texts)).collect();
    let share = |cost: Duration| 100.0 * cost.as_secs_f64() / scan.as_secs_f64().max(f64::MIN_POSITIVE);
    let all = match slow.len() {
        1 => String::new(),
        count => format!(" (all {count} such: {:.1} %)", share(costs.iter().sum())),
    };
    for ((file, regex), cost) in slow.iter().zip(&costs) {
        let each = 1e6 * cost.as_secs_f64() / texts.len().max(1) as f64;
        let message = format!(
            "the expression is slow: it needs no particular text, so every sentence is searched for it: {each:.2} µs each, {:.1} % more than a scan takes{all}",
            share(*cost)
        );
        faults.push(
            Fault::over(file, regex.span.start..regex.span.end, message).of(Check::SlowPattern).help(
                "let letters stand in it that every match must hold, three or more in a row, or a sign with one beside it: `\\d+B parameters` in place of `\\d+\\w`",
            ),
        );
    }
}

/// Measures the time that a scan of all texts takes.
fn scan_time(layers: &[Layer], texts: &[&str]) -> Duration {
    let Ok(catalogue) = Catalogue::load(layers) else { return Duration::MAX };
    let engine = Engine::new(catalogue);
    let document = Document::from_prose("examples", texts.join("\n\n"));
    shortest(|| drop(black_box(engine.scan(&document))))
}

/// Measures the time that a search of all texts for an expression takes.
fn search_time(regex: &Expression, texts: &[&str]) -> Duration {
    let mut times = 1;
    loop {
        let taken = shortest(|| {
            for _ in 0..times {
                texts.iter().for_each(|text| drop(black_box(regex.matches(text))));
            }
        });
        if taken >= LONG_ENOUGH || times >= 1 << 10 {
            return taken / times;
        }
        times *= 4;
    }
}

fn shortest(mut run: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use byname::catalogue::Check;

    use crate::check::samples::{marked_of, warnings_of};

    #[test]
    fn an_expression_without_a_text_to_look_for_is_told_with_its_cost() {
        for (keys, marked) in [
            ("regex = '\\d+ \\w+'", &["\\d+ \\w+"][..]),
            ("regex = '(?:\\d+|model) \\w+'", &["(?:\\d+|model) \\w+"]),
            ("regex = '\\d+ gherkins?'", &[]),
            ("regex = 'O\\(\\d+\\)'", &[]),
            ("regex = '(?i)gherkin'", &[]),
        ] {
            assert_eq!(marked_of(keys, Check::SlowPattern), marked, "{keys}");
        }
        let warnings = warnings_of("regex = '\\d+ \\w+'");
        assert!(
            warnings[0].contains(" µs each, ") && warnings[0].contains(" % more than a scan"),
            "{warnings:?}"
        );
    }
}
