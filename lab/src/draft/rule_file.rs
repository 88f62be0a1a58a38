//! The text of a rule file, in the order in which it is best read.

use std::fmt::Write as _;

use byname::catalogue::{Kind, marked};

use super::DraftRequest;
use super::phrase_pattern::DraftPattern;

/// Returns the text of a rule's file.
pub(super) fn rule_file(
    request: &DraftRequest,
    pattern: &DraftPattern,
    weight: f64,
    near_miss: &str,
) -> String {
    let example = &request.example;
    let phrase = example.spans.first().map_or("", |span| span.of(&example.text));
    let summary = request.summary.clone().unwrap_or_else(|| format!("Phrases such as \"{phrase}\""));
    let why = request.why.as_deref().unwrap_or(reason(request.kind));
    let mut text = String::from("# What it finds\n");
    let _ = writeln!(text, "summary = {}", quoted(&summary));
    let places = [
        ("phrase", Some(&pattern.phrase).filter(|phrase| !phrase.is_empty())),
        ("before", pattern.before.as_ref()),
        ("after", pattern.after.as_ref()),
        ("regex", pattern.regex.as_ref()),
    ];
    for (key, source) in places {
        if let Some(source) = source {
            let _ = writeln!(text, "{key} = {}", quoted(source));
        }
    }
    let _ = writeln!(text, "\n# Why\nwhy = {}\nweight = {weight:.1}", quoted(why));
    let _ = writeln!(text, "\n# References\nreferences = []");
    let _ = writeln!(
        text,
        "\n# Matches\n[[example]]\ntext = {}",
        quoted(&marked(&request.example.text, request.example.spans.first().copied()))
    );
    let _ = write!(text, "\n# Does not match{}", near_miss_table(near_miss));
    text
}

/// Returns a near miss as an example table of a rule file.
pub(super) fn near_miss_table(text: &str) -> String {
    format!("\n[[example]]\ntext = {}\nexpect = \"none\"\n", quoted(text))
}

/// Returns the meaning of the kind, as the reason of a rule whose author has not yet given one.
fn reason(kind: Kind) -> &'static str {
    match kind {
        Kind::Named => "It gives a system by its proper name.",
        Kind::Described => "It speaks of one particular system and leaves it nameless.",
        Kind::Arbitrary => "It leaves open which system is meant: any would do.",
        Kind::Generic => "It speaks of the class and of no particular system.",
        Kind::Own => "It speaks of what the authors made themselves.",
        Kind::Anaphoric => "It takes up what the text has introduced before.",
        Kind::NoMention => "It speaks of no system at all.",
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}
