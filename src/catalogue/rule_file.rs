//! Rule files: one rule each.

use serde::Deserialize;
use toml::Spanned;

use super::expression::{Role, Scope, read_expression};
use super::marked_example::read_marked;
use super::paper_condition::PaperCondition;
use super::rule::{Condition, Example, NameOf, Rule, RuleStatus};
use super::rule_pattern::{PlacedPatterns, read_pattern};
use super::{CatalogueFile, Fault, Kind, Lexicon};
use crate::document::SectionKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleEntry {
    summary: Spanned<String>,
    why: Spanned<String>,
    kind: Option<Kind>,
    names: Option<NameOf>,
    phrase: Option<Spanned<String>>,
    before: Option<Spanned<String>>,
    after: Option<Spanned<String>>,
    sentence: Option<Spanned<String>>,
    unless_phrase: Option<Spanned<String>>,
    unless_before: Option<Spanned<String>>,
    unless_after: Option<Spanned<String>>,
    unless_sentence: Option<Spanned<String>>,
    regex: Option<Spanned<String>>,
    unless_regex: Option<Spanned<String>>,
    scope: Option<Spanned<Scope>>,
    #[serde(default)]
    when: Vec<Condition>,
    #[serde(default)]
    section: Vec<SectionKind>,
    since: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    #[serde(default)]
    organisation: Vec<Spanned<String>>,
    weight: Spanned<f64>,
    nameless: Option<Spanned<f64>>,
    #[serde(default)]
    status: RuleStatus,
    #[serde(default)]
    references: Vec<String>,
    #[serde(default)]
    example: Vec<ExampleEntry>,
}

/// An example as written in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleEntry {
    pub(super) text: Spanned<String>,
    pub(super) expect: Option<Spanned<String>>,
}

impl Rule {
    /// Reads the rule of a file under `rules/`.
    pub fn read(file: &CatalogueFile, lexicon: &Lexicon) -> Result<Self, Vec<Fault>> {
        let entry: RuleEntry = file.parse().map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let name =
            file.path.strip_prefix("rules/").unwrap_or(&file.path).trim_end_matches(".toml").to_string();
        let by_folder = name.split('/').next().and_then(|folder| folder.parse::<Kind>().ok());
        let kind = entry.kind.or(by_folder);
        if kind.is_none() {
            faults.push(
                Fault::at(file, 0, "the rule does not say which kind it votes for").help(
                    "put the file in rules/described/ or another kind's folder, or add `kind = \"...\"`",
                ),
            );
        }
        for (field, text) in [("summary", &entry.summary), ("why", &entry.why)] {
            if text.get_ref().trim().is_empty() {
                faults.push(Fault::at(file, text.span().start, format!("`{field}` is empty")));
            }
        }
        if !(entry.weight.get_ref().is_finite() && (0.0..=20.0).contains(entry.weight.get_ref())) {
            faults.push(
                Fault::at(file, entry.weight.span().start, "a weight lies between 0 and 20")
                    .help("to speak against a kind, vote for another one"),
            );
        }
        if let Some(nameless) = &entry.nameless
            && !(0.0..=5.0).contains(nameless.get_ref())
        {
            faults.push(
                Fault::at(file, nameless.span().start, "`nameless` lies between 0 and 5")
                    .help("it is added to the log-odds that the paper never names what the rule finds"),
            );
        }

        let dates = (entry.since, entry.until);
        let paper = PaperCondition::read(dates, entry.organisation, file, &mut faults);
        let gives_pattern = [&entry.phrase, &entry.before, &entry.after, &entry.sentence, &entry.regex]
            .iter()
            .any(|given| given.is_some());
        if let Some(scope) =
            entry.scope.as_ref().filter(|_| entry.regex.is_none() && entry.unless_regex.is_none())
        {
            faults.push(
                Fault::at(
                    file,
                    scope.span().start,
                    "`scope` says how far a `regex` looks, and there is none",
                )
                .help("take it out; patterns look at one sentence"),
            );
        }
        let mut read = |source: Option<Spanned<String>>| read_pattern(source, file, lexicon, &mut faults);
        let wanted = PlacedPatterns {
            phrase: read(entry.phrase),
            before: read(entry.before),
            after: read(entry.after),
            sentence: read(entry.sentence),
            regex: None,
        };
        let unless = PlacedPatterns {
            phrase: read(entry.unless_phrase),
            before: read(entry.unless_before),
            after: read(entry.unless_after),
            sentence: read(entry.unless_sentence),
            regex: None,
        };
        let mut read = |source, role| read_expression(source, role, file, lexicon, &mut faults);
        let wanted = PlacedPatterns { regex: read(entry.regex, Role::Wanted), ..wanted };
        let unless = PlacedPatterns { regex: read(entry.unless_regex, Role::Unless), ..unless };
        if !gives_pattern && entry.when.is_empty() {
            faults.push(
                Fault::at(file, 0, "the rule looks for nothing: it would match every noun phrase")
                    .help("give it `phrase`, `before`, `after`, `sentence`, `regex` or `when`"),
            );
        }

        let examples = read_examples(entry.example, "the rule", (file, 0), &mut faults);
        if faults.is_empty() {
            Ok(Self {
                name,
                file: file.shown.clone(),
                layer: 0,
                summary: entry.summary.into_inner(),
                why: entry.why.into_inner(),
                kind: kind.unwrap_or(Kind::Generic),
                names: entry.names,
                wanted,
                unless,
                scope: entry.scope.map(Spanned::into_inner).unwrap_or_default(),
                when: entry.when,
                sections: entry.section,
                paper,
                weight: *entry.weight.get_ref(),
                written_weight: entry.weight.into_inner(),
                nameless: entry.nameless.map_or(0.0, Spanned::into_inner),
                status: entry.status,
                measured: None,
                references: entry.references,
                examples,
            })
        } else {
            Err(faults)
        }
    }
}

/// Reads the examples of `whose`, which is at byte offset `place` of its file.
pub(super) fn read_examples(
    entries: Vec<ExampleEntry>,
    whose: &str,
    (file, place): (&CatalogueFile, usize),
    faults: &mut Vec<Fault>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for entry in entries {
        let at = entry.text.span().start;
        let line = file.line_at(at);
        let marked = entry.text.into_inner();
        let near_miss = match entry.expect {
            Some(expect) if expect.get_ref() == "none" => true,
            Some(expect) => {
                faults.push(
                    Fault::at(
                        file,
                        expect.span().start,
                        format!("`{}` cannot be expected", expect.get_ref()),
                    )
                    .help("leave `expect` out, or write \"none\" for a near miss"),
                );
                continue;
            }
            None => false,
        };
        match (near_miss, read_marked(&marked)) {
            (false, None) => faults.push(
                Fault::at(file, at, "the example does not mark what must be found")
                    .help("put [brackets] around the mention, or add `expect = \"none\"`"),
            ),
            (true, Some(_)) => {
                faults.push(Fault::at(file, at, "a near miss marks nothing: take the brackets out"))
            }
            (false, Some((text, span))) => examples.push(Example { text, expected: Some(span), line }),
            (true, None) => examples.push(Example { text: marked, expected: None, line }),
        }
    }
    if !examples.iter().any(|example| example.expected.is_some()) {
        faults.push(
            Fault::at(file, place, format!("{whose} has no example that it must find"))
                .help("add [[example]] with a `text` that marks the mention in [brackets]"),
        );
    }
    if !examples.iter().any(|example| example.expected.is_none()) {
        faults.push(
            Fault::at(file, place, format!("{whose} has no near miss"))
                .help("add [[example]] with a `text` that it must not match and `expect = \"none\"`"),
        );
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"summary = "s"
why = "w"
phrase = "an? {model}"
weight = 1.5

[[example]]
text = "We ran [a model]."

[[example]]
text = "Models are good."
expect = "none"
"#;

    fn read(text: &str) -> Result<Rule, Vec<Fault>> {
        let lexicon =
            Lexicon::read(&[&CatalogueFile::new("l", "[model]\nabout='x'\nwords=['model']")]).unwrap();
        let file = CatalogueFile {
            shown: "patterns/rules/described/x.toml".into(),
            path: "rules/described/x.toml".into(),
            text: text.into(),
        };
        Rule::read(&file, &lexicon)
    }

    #[test]
    fn the_folder_gives_the_kind_and_brackets_the_expected_span() {
        let rule = read(GOOD).unwrap();
        assert_eq!((rule.name.as_str(), rule.kind), ("described/x", Kind::Described));
        assert_eq!(rule.examples[0].text, "We ran a model.");
        assert_eq!(rule.examples[0].expected.unwrap().of(&rule.examples[0].text), "a model");
        assert_eq!(rule.examples[1].expected, None);
    }

    #[test]
    fn each_fault_names_its_line_and_cause() {
        for (old, new, line, cause) in [
            ("{model}", "{modle}", 3, "no lexicon class `modle`"),
            ("an? {model}", "{model}?", 3, "matches the empty text"),
            ("weight = 1.5", "weight = -1.5", 4, "between 0 and 20"),
            ("weight = 1.5", "weight = 1.5\nnameless = nan", 5, "between 0 and 5"),
            ("weight = 1.5", "wieght = 1.5", 4, "unknown field `wieght`"),
            ("[a model]", "a model", 7, "does not mark"),
            ("expect = \"none\"", "expect = \"nothing\"", 11, "cannot be expected"),
            ("phrase = \"an? {model}\"", "", 1, "looks for nothing"),
            ("why = \"w\"", "why = \" \"", 2, "`why` is empty"),
        ] {
            let faults = read(&GOOD.replace(old, new)).unwrap_err();
            assert!(
                faults.iter().any(|fault| fault.line == line && fault.message.contains(cause)),
                "{faults:?}"
            );
        }
    }

    #[test]
    fn a_rule_without_a_near_miss_or_an_example_is_refused() {
        let (head, _) = GOOD.split_once("[[example]]").unwrap();
        let faults = read(head).unwrap_err();
        assert_eq!(faults.len(), 2);
    }
}
