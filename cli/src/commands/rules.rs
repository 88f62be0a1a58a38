//! `byname rules`: the rules that find mentions.

use std::fmt::Write as _;

use clap::{Args, Subcommand};

use super::ablate::{self, AblateArgs};
use super::context::Context;
use super::form::FormArgs;
use super::output::json;
use super::rules_check::{self, CheckArgs};
use super::rules_coverage::{self, CoverageArgs};
use super::rules_impact::{self, ImpactArgs};
use super::rules_measure::{self, MeasureArgs};
use super::rules_new::{self, NewArgs};
use super::rules_of_thumb::{find_of_thumb, list_of_thumb, show_of_thumb};
use super::rules_review::{self, ReviewArgs};
use super::rules_test::{self, TestArgs};
#[cfg(feature = "watch")]
use super::rules_watch;
use byname::catalogue::{Catalogue, Example, Kind, Origin, Rule, RuleStatus, Scope, marked};

use super::status::{CommandError, Outcome};
use super::tune::{self, TuneArgs};
use super::values::{ListFormat, value_of};

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
        /// Only rules whose patterns ask for this class of the lexicon, or for words that are not of it
        #[arg(long, value_name = "CLASS")]
        class: Option<String>,
        /// Only rules of this status
        #[arg(long, value_parser = value_of(RuleStatus::NAMES, str::parse::<RuleStatus>))]
        status: Option<RuleStatus>,
        /// Only rules of this package, or of the layer that is given by this path
        #[arg(long, value_name = "NAME")]
        package: Option<String>,
        /// The rules of thumb by which descriptions are linked, in place of the rules that find them
        #[arg(long, conflicts_with_all = ["kind", "class"])]
        of_thumb: bool,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Show what a rule finds, why, and its examples
    Show {
        /// The rule's id, as `described/in-house`, or the name of a rule of thumb
        rule: String,
        #[command(flatten)]
        form: FormArgs,
    },
    /// Check every rule, lexicon and quantity file of the catalogue
    Check(CheckArgs),
    New(NewArgs),
    Test(TestArgs),
    Review(ReviewArgs),
    Impact(ImpactArgs),
    Coverage(CoverageArgs),
    Measure(MeasureArgs),
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
    if let RulesCommand::New(args) = &args.command {
        return rules_new::run(args, context);
    }
    #[cfg(feature = "watch")]
    if let RulesCommand::Test(args) = &args.command
        && args.watch
    {
        return rules_watch::run(args, context);
    }
    let loaded = context.load()?;
    let catalogue = loaded.engine.catalogue();
    let output = context.output()?;
    let (text, outcome) = match &args.command {
        RulesCommand::List { status, package, form, of_thumb: true, .. } => {
            let layers = package.as_deref().map(|package| layers_of(catalogue, package)).transpose()?;
            let wanted = catalogue.rules_of_thumb.iter().filter(|rule| {
                status.is_none_or(|status| status == rule.status)
                    && layers.as_ref().is_none_or(|layers| layers.contains(&rule.layer))
            });
            (list_of_thumb(catalogue, &wanted.collect::<Vec<_>>(), form.format)?, Outcome::default())
        }
        RulesCommand::List { kind, class, status, package, form, .. } => {
            let mut rules = chosen(catalogue, *kind, class.as_deref(), *status)?;
            if let Some(package) = package {
                let layers = layers_of(catalogue, package)?;
                rules.retain(|rule| layers.contains(&rule.layer));
            }
            (list(catalogue, &rules, form.format)?, Outcome::default())
        }
        RulesCommand::Show { rule, form } if catalogue.rules.iter().all(|known| known.name != *rule) => {
            match find_of_thumb(catalogue, rule) {
                Some(rule) => (show_of_thumb(catalogue, rule, form.format)?, Outcome::default()),
                None => (show(catalogue, find(catalogue, rule)?, form.format)?, Outcome::default()),
            }
        }
        RulesCommand::Show { rule, form } => {
            (show(catalogue, find(catalogue, rule)?, form.format)?, Outcome::default())
        }
        RulesCommand::Check(args) => return rules_check::run(args, context),
        RulesCommand::New(args) => return rules_new::run(args, context),
        RulesCommand::Test(args) => rules_test::test(args, &loaded, context)?,
        RulesCommand::Coverage(args) => rules_coverage::run(args, context)?,
        RulesCommand::Review(args) => return rules_review::run(args, &loaded, output, context),
        RulesCommand::Impact(args) => return rules_impact::run(args, &loaded, output, context),
        RulesCommand::Measure(args) => return rules_measure::run(args, &loaded, output, context),
        RulesCommand::Ablate(args) => return ablate::run(args, loaded, output, context),
        RulesCommand::Tune(args) => return tune::run(args, loaded, output, context),
    };
    output.complete(text.as_bytes())?;
    Ok(outcome)
}

/// Selects the rules of a kind, a class and a status, each if given.
fn chosen<'a>(
    catalogue: &'a Catalogue,
    kind: Option<Kind>,
    class: Option<&str>,
    status: Option<RuleStatus>,
) -> Result<Vec<&'a Rule>, CommandError> {
    let class = class.map(|name| {
        catalogue.lexicon.class(name).ok_or_else(|| {
            CommandError::new(format!("there is no class `{name}`"))
                .help("the files under lexicon/ hold the classes; patterns/README.md lists those that need no words")
        })
    });
    let class = class.transpose()?;
    let rules = catalogue.rules.iter().filter(|rule| {
        kind.is_none_or(|kind| kind == rule.kind)
            && status.is_none_or(|status| status == rule.status)
            && class.is_none_or(|class| rule.classes().has(class))
    });
    Ok(rules.collect())
}

/// Returns the layers that have this path, or are the package with this name.
fn layers_of(catalogue: &Catalogue, wanted: &str) -> Result<Vec<usize>, CommandError> {
    let is_wanted = |origin: &Origin| {
        origin.layer == wanted || origin.package.as_ref().is_some_and(|package| package.name == wanted)
    };
    let origins = catalogue.origins.iter().enumerate();
    let layers: Vec<usize> =
        origins.filter(|(_, origin)| is_wanted(origin)).map(|(layer, _)| layer).collect();
    if layers.is_empty() {
        let known: Vec<String> = catalogue.origins.iter().map(ToString::to_string).collect();
        let error = CommandError::new(format!("there is no package or layer `{wanted}`"));
        return Err(error.help(format!("there are {}", known.join(", "))));
    }
    Ok(layers)
}

/// Lists rules, one per line: the name, a summary, and whether it is switched off.
pub(super) fn rows<T>(rules: &[T], row: impl Fn(&T) -> (&str, String, RuleStatus)) -> String {
    let rows: Vec<_> = rules.iter().map(row).collect();
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    let line = |(name, summary, status): &(&str, String, RuleStatus)| {
        let off = if *status == RuleStatus::Off { " (off)" } else { "" };
        format!("{name:width$}  {summary}{off}\n")
    };
    rows.iter().map(line).collect()
}

fn list(catalogue: &Catalogue, rules: &[&Rule], format: ListFormat) -> Result<String, CommandError> {
    if format == ListFormat::Json {
        return json(&rules.iter().map(|rule| as_json(catalogue, rule)).collect::<Vec<_>>());
    }
    let summary = |rule: &Rule| format!("{:>4.1}  {}", rule.weight, rule.summary);
    Ok(rows(rules, |rule| (&rule.name, summary(rule), rule.status)))
}

/// Least similarity of an id that is suggested, and the most that are.
const ALIKE: f64 = 0.9;
const SUGGESTED: usize = 5;

pub(super) fn find<'a>(catalogue: &'a Catalogue, wanted: &str) -> Result<&'a Rule, CommandError> {
    catalogue.rules.iter().find(|rule| rule.name == wanted).ok_or_else(|| {
        let last = wanted.rsplit('/').next().unwrap_or(wanted);
        let alike: Vec<&str> = catalogue
            .rules
            .iter()
            .map(|rule| rule.name.as_str())
            .filter(|name| name.contains(last) || strsim::jaro_winkler(name, wanted) >= ALIKE)
            .take(SUGGESTED)
            .collect();
        let of_profile = catalogue.profiles.iter().flat_map(|profile| &profile.rules);
        if let Some(rule) = of_profile.into_iter().find(|rule| rule.id == wanted) {
            let message =
                format!("`{wanted}` is a rule of a profile, which says what a paper owes its readers");
            return CommandError::new(message)
                .help(format!("{}: {} Rules that find mentions are shown here", rule.title, rule.why));
        }
        let help = match alike.as_slice() {
            [] => "`byname rules list` shows all rules".to_string(),
            names => format!("did you mean {}?", names.join(", ")),
        };
        CommandError::new(format!("there is no rule `{wanted}`")).help(help)
    })
}

/// Lists every condition of a rule, by the key in its file.
fn places(rule: &Rule) -> impl Iterator<Item = (String, String)> {
    let wanted = rule.wanted.sources().map(|(key, source)| (key.to_string(), source.to_string()));
    let unless = rule.unless.sources().map(|(key, source)| (format!("unless-{key}"), source.to_string()));
    let scope =
        (rule.scope != Scope::default()).then(|| ("scope".to_string(), rule.scope.name().to_string()));
    let paper = rule.paper.keys().into_iter().map(|(key, value)| (key.to_string(), value));
    wanted.chain(unless).chain(scope).chain(paper)
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
    if !rule.sections.is_empty() {
        let sections: Vec<&str> = rule.sections.iter().map(|kind| kind.name()).collect();
        let _ = writeln!(text, "  {:15}  {}", "section", sections.join(", "));
    }
    let _ = writeln!(
        text,
        "\nWhy\n  {}\n  It votes for `{}` with a weight of {}.",
        rule.why, rule.kind, rule.weight
    );
    if let Some(measured) = &rule.measured {
        let (low, high) = measured.interval();
        let _ = writeln!(
            text,
            "  Measured {}: {} of {} votes right ({:.1} to {:.1} percent).",
            measured.date,
            measured.right,
            measured.hits,
            100.0 * low,
            100.0 * high
        );
    }
    let examples =
        |wanted: bool| rule.examples.iter().filter(move |example| example.expected.is_some() == wanted);
    let _ = writeln!(text, "\nMatches");
    for example in examples(true) {
        let _ = writeln!(text, "  {}", marked(&example.text, example.expected));
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

fn as_json(catalogue: &Catalogue, rule: &Rule) -> serde_json::Value {
    let example = |example: &Example| serde_json::json!({"text": marked(&example.text, example.expected), "expect": example.expected.map_or("none", |_| "match")});
    serde_json::json!({
        "id": rule.name,
        "kind": rule.kind,
        "summary": rule.summary,
        "why": rule.why,
        "patterns": places(rule).collect::<std::collections::BTreeMap<_, _>>(),
        "when": rule.when,
        "section": rule.sections,
        "weight": rule.weight,
        "status": rule.status,
        "measured": rule.measured,
        "references": rule.references,
        "examples": rule.examples.iter().map(example).collect::<Vec<_>>(),
        "file": rule.file,
        "origin": catalogue.origins.get(rule.layer).map(ToString::to_string),
    })
}
