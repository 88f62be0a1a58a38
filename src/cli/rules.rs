//! `byname rules`: the rules that find mentions.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::{Args, Subcommand};

use super::ablate::{self, AblateArgs};
use super::context::Context;
use super::load::Loaded;
use super::output::json;
use super::rules_check::{self, CheckArgs};
use super::status::{CommandError, Outcome};
use super::tune::{self, TuneArgs};
use super::values::{ListFormat, value_of};
use crate::catalogue::{Catalogue, Example, Kind, Rule, RuleStatus};
use crate::evaluate::try_rules;

/// List, show, check, test and measure the rules
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List the rules, one a line
    List {
        /// Only rules that speak for this kind of mention
        #[arg(long, value_parser = value_of(Kind::NAMES, str::parse::<Kind>))]
        kind: Option<Kind>,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Show what a rule finds, why, and its examples
    Show {
        /// The rule's id, as `described/in-house`
        rule: String,
        /// The form of the result
        #[arg(long, short, default_value = "text", value_parser = value_of(ListFormat::NAMES, str::parse::<ListFormat>))]
        format: ListFormat,
    },
    /// Check every rule, lexicon and quantity file of the catalogue
    Check(CheckArgs),
    /// Run the examples and near misses of rules
    Test {
        /// Ids of rules; without any, all rules are tested
        rules: Vec<String>,
    },
    /// Take out one rule at a time and measure what changes on papers that people marked
    Ablate(AblateArgs),
    /// Fit the weights of the rules to papers that people marked
    Tune(TuneArgs),
}

pub(super) fn run(args: &RulesArgs, context: &Context) -> Result<Outcome, CommandError> {
    // A check is for catalogues that do not load.
    if let RulesCommand::Check(args) = &args.command {
        return rules_check::run(args, context);
    }
    let loaded = context.load()?;
    let catalogue = loaded.engine.catalogue();
    let mut output = context.output()?;
    let (text, outcome) = match &args.command {
        RulesCommand::List { kind, format } => (list(catalogue, *kind, *format)?, Outcome::default()),
        RulesCommand::Show { rule, format } => {
            (show(catalogue, find(catalogue, rule)?, *format)?, Outcome::default())
        }
        RulesCommand::Check(args) => return rules_check::run(args, context),
        RulesCommand::Test { rules } => test(&loaded, rules)?,
        RulesCommand::Ablate(args) => return ablate::run(args, loaded, output, context),
        RulesCommand::Tune(args) => return tune::run(args, loaded, output, context),
    };
    output.write_all(text.as_bytes()).map_err(|error| CommandError::write(&output.place, &error))?;
    output.finish()?;
    Ok(outcome)
}

fn list(catalogue: &Catalogue, kind: Option<Kind>, format: ListFormat) -> Result<String, CommandError> {
    let rules = catalogue.rules.iter().filter(|rule| kind.is_none_or(|kind| kind == rule.kind));
    if format == ListFormat::Json {
        return json(&rules.map(|rule| as_json(catalogue, rule)).collect::<Vec<_>>());
    }
    let width = catalogue.rules.iter().map(|rule| rule.name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for rule in rules {
        let off = if rule.status == RuleStatus::Off { " (off)" } else { "" };
        let _ = writeln!(text, "{:width$}  {:>4.1}  {}{off}", rule.name, rule.weight, rule.summary);
    }
    Ok(text)
}

fn find<'a>(catalogue: &'a Catalogue, wanted: &str) -> Result<&'a Rule, CommandError> {
    catalogue.rules.iter().find(|rule| rule.name == wanted).ok_or_else(|| {
        let last = wanted.rsplit('/').next().unwrap_or(wanted);
        let alike: Vec<&str> = catalogue
            .rules
            .iter()
            .map(|rule| rule.name.as_str())
            .filter(|name| name.contains(last))
            .collect();
        let help = match alike.as_slice() {
            [] => "`byname rules list` shows all rules".to_string(),
            names => format!("did you mean {}?", names.join(", ")),
        };
        CommandError::new(format!("there is no rule `{wanted}`")).help(help)
    })
}

/// Every place in which a rule looks, by the key of its file.
fn places(rule: &Rule) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("phrase", &rule.wanted.phrase),
        ("before", &rule.wanted.before),
        ("after", &rule.wanted.after),
        ("sentence", &rule.wanted.sentence),
        ("unless-phrase", &rule.unless.phrase),
        ("unless-before", &rule.unless.before),
        ("unless-after", &rule.unless.after),
        ("unless-sentence", &rule.unless.sentence),
    ]
    .into_iter()
    .filter_map(|(key, place)| place.as_ref().map(|place| (key, place.source.as_str())))
}

fn show(catalogue: &Catalogue, rule: &Rule, format: ListFormat) -> Result<String, CommandError> {
    if format == ListFormat::Json {
        return json(&as_json(catalogue, rule));
    }
    let mut text = format!("{}\n\n  {}\n\nWhat it finds\n", rule.name, rule.summary);
    for (key, source) in places(rule) {
        let _ = writeln!(text, "  {key:15}  {source}");
    }
    if !rule.when.is_empty() {
        let when: Vec<&str> = rule.when.iter().map(|condition| condition.name()).collect();
        let _ = writeln!(text, "  {:15}  {}", "when", when.join(", "));
    }
    let _ = writeln!(
        text,
        "\nWhy\n  {}\n  It votes for `{}` with a weight of {}.",
        rule.why, rule.kind, rule.weight
    );
    let examples =
        |wanted: bool| rule.examples.iter().filter(move |example| example.expected.is_some() == wanted);
    let _ = writeln!(text, "\nMatches");
    for example in examples(true) {
        let _ = writeln!(text, "  {}", marked(example));
    }
    let _ = writeln!(text, "\nDoes not match");
    for example in examples(false) {
        let _ = writeln!(text, "  {}", example.text);
    }
    if !rule.references.is_empty() {
        let _ = writeln!(text, "\nReferences\n  {}", rule.references.join("\n  "));
    }
    let _ = writeln!(text, "\nFile\n  {}", rule.file);
    if let Some(origin) = catalogue.origins.get(rule.layer) {
        let _ = writeln!(text, "  {origin}");
    }
    Ok(text)
}

/// An example with its mention in brackets.
fn marked(example: &Example) -> String {
    match example.expected {
        Some(span) => format!(
            "{}[{}]{}",
            &example.text[..span.start],
            span.of(&example.text),
            &example.text[span.end..]
        ),
        None => example.text.clone(),
    }
}

fn as_json(catalogue: &Catalogue, rule: &Rule) -> serde_json::Value {
    let example = |example: &Example| serde_json::json!({"text": marked(example), "expect": example.expected.map_or("none", |_| "match")});
    serde_json::json!({
        "id": rule.name,
        "kind": rule.kind,
        "summary": rule.summary,
        "why": rule.why,
        "patterns": places(rule).collect::<std::collections::BTreeMap<_, _>>(),
        "when": rule.when,
        "weight": rule.weight,
        "status": if rule.status == RuleStatus::Off { "off" } else { "stable" },
        "references": rule.references,
        "examples": rule.examples.iter().map(example).collect::<Vec<_>>(),
        "file": rule.file,
        "origin": catalogue.origins.get(rule.layer).map(ToString::to_string),
    })
}

fn test(loaded: &Loaded, wanted: &[String]) -> Result<(String, Outcome), CommandError> {
    let catalogue = loaded.engine.catalogue();
    for name in wanted {
        find(catalogue, name)?;
    }
    let trials = try_rules(catalogue, loaded.engine.detector(), |rule| {
        wanted.is_empty() || wanted.contains(&rule.name)
    });
    let mut text = String::new();
    for trial in &trials {
        if let Some(failure) = &trial.failure {
            let Example { text: example, line, .. } = trial.example;
            let _ =
                writeln!(text, "{}:{line}: {}: {failure}\n    {example}", trial.rule.file, trial.rule.name);
        }
    }
    let failed = trials.iter().filter(|trial| trial.failure.is_some()).count();
    let _ = writeln!(text, "{} examples passed, {failed} failed", trials.len() - failed);
    Ok((text, Outcome { found: failed > 0, unread: false }))
}
