//! The quantity finder reads every notation that papers use, and nothing else.

use byname::catalogue::{Layer, Lexicon, QuantityWords};
use byname::detect::{Measure, Precision, QuantityFinder, QuantityMention};
use byname::document::ByteSpan;
use proptest::prelude::*;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    finds: Vec<Find>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Find {
    covers: String,
    is: Measure,
    at: f64,
    from: Option<f64>,
    #[serde(default)]
    values: Vec<f64>,
    #[serde(default = "exact")]
    precision: Precision,
    /// Whether the span may take in or leave out the signs of a formula at its ends.
    #[serde(default)]
    loose_cover: bool,
}

fn exact() -> Precision {
    Precision::Exact
}

static FINDER: LazyLock<QuantityFinder> = LazyLock::new(|| {
    let built_in = Layer::built_in();
    let files: Vec<_> = built_in.files.iter().filter(|file| file.path.starts_with("quantities/")).collect();
    match QuantityWords::read(&files, &Lexicon::default()) {
        Ok(words) => QuantityFinder::new(&words),
        Err(faults) => panic!("the built-in words are wrong: {faults:?}"),
    }
});

fn find_in(text: &str, from: usize, to: usize) -> Vec<QuantityMention> {
    let mut found = Vec::new();
    FINDER.find(text, ByteSpan::new(from, to), &mut found);
    found
}

fn find(text: &str) -> Vec<QuantityMention> {
    find_in(text, 0, text.len())
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * other.abs()
}

fn fits(found: &QuantityMention, wanted: &Find, text: &str) -> bool {
    let (covered, quantity) = (found.span.of(text), &found.quantity);
    let bare = |text: &str| text.trim_matches('$').to_string();
    let covers = covered == wanted.covers || (wanted.loose_cover && bare(covered) == bare(&wanted.covers));
    covers
        && found.measure == wanted.is
        && near(quantity.at, wanted.at)
        && quantity.precision == wanted.precision
        && quantity.from.is_some() == wanted.from.is_some()
        && quantity.from.zip(wanted.from).is_none_or(|(one, other)| near(one, other))
        && quantity.values.len() == wanted.values.len()
        && quantity.values.iter().zip(&wanted.values).all(|(one, other)| near(*one, *other))
}

#[test]
fn every_row_of_the_table_is_read_as_it_says() {
    let table: Table = toml::from_str(include_str!("cases/quantities.toml")).unwrap();
    assert!(table.case.len() >= 150, "the table has shrunk to {} rows", table.case.len());
    let mut wrong = Vec::new();
    for case in &table.case {
        let found = find(&case.text);
        let right = found.len() == case.finds.len()
            && found.iter().zip(&case.finds).all(|(found, wanted)| fits(found, wanted, &case.text));
        if !right {
            let told: Vec<_> = found
                .iter()
                .map(|one| format!("{:?} {} {:?}", one.span.of(&case.text), one.measure, one.quantity))
                .collect();
            wrong.push(format!("{}\n    found: {}", case.text, told.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn only_the_range_that_was_asked_for_is_read() {
    let text = "A 7B model. A 13B model.";
    assert_eq!(find_in(text, 0, 11).len(), 1);
    assert_eq!(find_in(text, 12, text.len())[0].span.of(text), "13B");
    assert!(find_in(text, 5, 2).is_empty());
    assert!(find_in(text, 0, 999).is_empty());
    assert!(find_in("é7B", 1, 4).is_empty(), "a range that cuts a character is no range");
}

/// Bits of text that quantities are made of, to get deep into the parser.
fn noisy_text() -> impl Strategy<Value = String> {
    let bits = [
        "7",
        "137",
        "1.4",
        "10",
        "^",
        "{11}",
        "¹¹",
        "B",
        "M",
        "b",
        "T",
        "k",
        "GB",
        " ",
        " ",
        " ",
        "-",
        "–",
        "--",
        "/",
        ",",
        ".",
        "$",
        "\\$",
        "{",
        "}",
        "(",
        ")",
        "O(",
        "\\times",
        "\\mathcal{O}(",
        "~",
        "x",
        "×",
        "%",
        "billion",
        "billions",
        "hundreds of",
        "a",
        "a few",
        "half a",
        "of",
        "up to",
        "about",
        "over",
        ">",
        "between",
        "and",
        "to",
        "from",
        "parameters",
        "tokens",
        "-parameter",
        "images",
        "context window of",
        "vocabulary",
        "GPUs",
        "twenty",
        "five",
        "hundred",
        "é",
        "…",
        "\u{202f}",
        "scale",
        "1e400",
        "9999999999999999",
        "e",
        "+",
        "\\,",
        "model",
    ];
    prop::collection::vec(prop::sample::select(bits.to_vec()), 0..40).prop_map(|bits| bits.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = find(text);
    let mut end = 0;
    for mention in &found {
        prop_assert!(mention.span.start >= end, "overlap or disorder in {text:?}: {found:?}");
        prop_assert!(!mention.span.is_empty() && !mention.span.of(text).is_empty(), "{text:?}: {found:?}");
        let quantity = &mention.quantity;
        for value in quantity.values.iter().chain(&quantity.from).chain([&quantity.at]) {
            prop_assert!(value.is_finite() && *value > 0.0, "{text:?}: {found:?}");
        }
        prop_assert_eq!(quantity.from.is_some(), quantity.precision == Precision::Range);
        end = mention.span.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC*") {
        check(&text)?;
    }

    #[test]
    fn text_made_of_quantities_is_read_without_harm(text in noisy_text()) {
        check(&text)?;
    }

    #[test]
    fn what_stands_before_the_sentence_only_shifts_it(text in noisy_text(), before in "\\PC{0,30}") {
        let together = format!("{before}{text}");
        let shifted = find_in(&together, before.len(), together.len());
        let mut alone = find(&text);
        for mention in &mut alone {
            mention.span = ByteSpan::new(mention.span.start + before.len(), mention.span.end + before.len());
        }
        prop_assert_eq!(shifted, alone);
    }
}

#[test]
fn long_hostile_texts_are_read_in_linear_time() {
    let hostile = [
        "7, ",
        "7B/",
        "$7",
        "10^{",
        "hundreds of ",
        "{{7}}",
        "up to ",
        "7-",
        "a few ",
        "1,000,",
        "$1 ",
        "~7B ",
    ];
    let start = std::time::Instant::now();
    for bit in hostile {
        find(&bit.repeat(100_000));
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
