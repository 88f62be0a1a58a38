//! Rules of thumb in the output of `byname rules list` and `byname rules show`.

use std::fmt::Write as _;

use byname::catalogue::{
    Catalogue, Circumstances, FavourTarget, LinkExample, OrganisationId, RuleOfThumb, RuleStatus, SizeRange,
    SystemId, marked, show_amount,
};

use super::output::json;
use super::rules::rows;
use super::status::CommandError;
use super::values::ListFormat;

/// Finds a rule of thumb by its name, with or without its folder.
pub(super) fn find_of_thumb<'a>(catalogue: &'a Catalogue, wanted: &str) -> Option<&'a RuleOfThumb> {
    let wanted = wanted.strip_prefix("rules-of-thumb/").unwrap_or(wanted);
    catalogue.rules_of_thumb.iter().find(|rule| rule.name == wanted)
}

/// Lists rules of thumb, one per line.
pub(super) fn list_of_thumb(
    catalogue: &Catalogue,
    rules: &[&RuleOfThumb],
    format: ListFormat,
) -> Result<String, CommandError> {
    if format == ListFormat::Json {
        return json(&rules.iter().map(|rule| as_json(catalogue, rule)).collect::<Vec<_>>());
    }
    Ok(rows(rules, |rule| (&rule.name, favoured(catalogue, rule).join(", "), rule.status)))
}

/// Shows a rule of thumb in full.
pub(super) fn show_of_thumb(
    catalogue: &Catalogue,
    rule: &RuleOfThumb,
    format: ListFormat,
) -> Result<String, CommandError> {
    if format == ListFormat::Json {
        return json(&as_json(catalogue, rule));
    }
    let mut text = format!("{}\n\n  {}\n", rule.name, rule.why);
    for (part, asked) in [("When", &rule.when), ("Unless", &rule.unless)] {
        if asked.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{part}");
        for (key, values) in conditions(catalogue, asked) {
            let _ = writeln!(text, "  {key:15}  {}", values.join(", "));
        }
    }
    let _ = writeln!(text, "\nFavours\n  {}", favoured(catalogue, rule).join("\n  "));
    if rule.status == RuleStatus::Off {
        let _ = writeln!(text, "  It is switched off.");
    }
    let examples =
        |wanted: bool| rule.examples.iter().filter(move |example| example.expected.is_some() == wanted);
    for (heading, wanted) in [("Leads to the right system", true), ("Does not hold", false)] {
        let _ = writeln!(text, "\n{heading}");
        for example in examples(wanted) {
            let _ = writeln!(text, "  {}", marked(&example.text, example.expected));
            let _ = writeln!(text, "    {}", circumstances(example));
        }
    }
    let _ = writeln!(text, "\nSources\n  {}", rule.sources.join("\n  "));
    let _ = writeln!(text, "\nFile\n  {}", rule.file);
    if let Some(origin) = catalogue.origins.get(rule.layer) {
        let _ = writeln!(text, "  {origin}");
    }
    Ok(text)
}

fn system_id(catalogue: &Catalogue, id: SystemId) -> String {
    catalogue.system(id).map(|system| system.id.clone()).unwrap_or_default()
}

fn organisation_id(catalogue: &Catalogue, id: OrganisationId) -> String {
    catalogue.organisations.get(id).map(|organisation| organisation.id.clone()).unwrap_or_default()
}

fn target(catalogue: &Catalogue, target: FavourTarget) -> (&'static str, String) {
    match target {
        FavourTarget::System(id) => ("system", system_id(catalogue, id)),
        FavourTarget::Family(id) => ("family", system_id(catalogue, id)),
        FavourTarget::Maker(id) => ("maker", organisation_id(catalogue, id)),
    }
}

fn favoured(catalogue: &Catalogue, rule: &RuleOfThumb) -> Vec<String> {
    let one = |favour: &byname::catalogue::Favour| {
        let (what, id) = target(catalogue, favour.target);
        format!("{what} {id} {:+.1}", favour.weight)
    };
    rule.favours.iter().map(one).collect()
}

/// Lists the conditions of a rule of thumb, by the keys of its file.
fn conditions(catalogue: &Catalogue, asked: &Circumstances) -> Vec<(String, Vec<String>)> {
    let ids = |ids: &[OrganisationId]| ids.iter().map(|id| organisation_id(catalogue, *id)).collect();
    let range = |range: &SizeRange| {
        let from = (range.from > 0.0).then(|| format!("from {}", show_amount(range.from)));
        let to = range.to.is_finite().then(|| format!("to {}", show_amount(range.to)));
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    };
    let mut conditions: Vec<(String, Vec<String>)> = vec![
        ("authors".into(), ids(&asked.authors)),
        ("told".into(), ids(&asked.stated_organisations)),
        ("from".into(), asked.from.iter().map(ToString::to_string).collect()),
        ("to".into(), asked.to.iter().map(ToString::to_string).collect()),
        ("type".into(), asked.types.iter().map(ToString::to_string).collect()),
        ("kind".into(), asked.kinds.iter().map(ToString::to_string).collect()),
    ];
    conditions.extend(asked.sizes.iter().map(|size| (size.measure.to_string(), vec![range(size)])));
    conditions.extend(asked.traits.iter().map(|(of, values)| (of.to_string(), values.clone())));
    conditions.push(("phrases".into(), asked.phrases.clone()));
    conditions.push(("regex".into(), asked.regex.iter().map(|regex| regex.source.clone()).collect()));
    conditions.retain(|(_, values)| !values.is_empty());
    conditions
}

/// Describes the organisations and the date of an example's paper.
fn circumstances(example: &LinkExample) -> String {
    let date = example.date.map(|date| date.to_string());
    let parts: Vec<String> = example.organisations.iter().cloned().chain(date).collect();
    if parts.is_empty() { "nothing is known of its paper".to_string() } else { parts.join(", ") }
}

fn as_json(catalogue: &Catalogue, rule: &RuleOfThumb) -> serde_json::Value {
    let map = |asked| conditions(catalogue, asked).into_iter().collect::<std::collections::BTreeMap<_, _>>();
    let favour = |favour: &byname::catalogue::Favour| {
        let (what, id) = target(catalogue, favour.target);
        serde_json::json!({what: id, "weight": favour.weight})
    };
    let example = |example: &LinkExample| {
        serde_json::json!({
            "text": marked(&example.text, example.expected),
            "date": example.date.map(|date| date.to_string()),
            "organisations": example.organisations,
            "system": example.system.map(|id| system_id(catalogue, id)),
            "expect": example.expected.map_or("none", |_| "match"),
        })
    };
    serde_json::json!({
        "id": rule.name,
        "why": rule.why,
        "when": map(&rule.when),
        "unless": map(&rule.unless),
        "favours": rule.favours.iter().map(favour).collect::<Vec<_>>(),
        "status": rule.status,
        "sources": rule.sources,
        "examples": rule.examples.iter().map(example).collect::<Vec<_>>(),
        "file": rule.file,
        "origin": catalogue.origins.get(rule.layer).map(ToString::to_string),
    })
}
