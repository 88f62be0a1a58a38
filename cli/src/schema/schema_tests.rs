use std::collections::BTreeSet;
use std::path::Path;

use byname::Engine;
use byname::catalogue::{Catalogue, Layer};
use byname::collection::Task as _;
use byname::diagnose::Showing;
use byname::document::{ReadError, read_markdown};
use byname::report::{JsonLines, Provenance, Report, Shown};
use byname::scan::{Criteria, Scan};
use byname_lab::import::ImportFormats;

use super::*;

/// Returns the keys that the program accepts in a table, taken from its fault about the unknown key `zzz`.
fn known(path: &str, text: &str) -> BTreeSet<String> {
    let layers = [Layer::built_in(), Layer::of_texts("x", [(path, text)])];
    let faults = match (Catalogue::load(&layers), ImportFormats::read(&layers)) {
        (Err(error), _) | (_, Err(error)) => error.faults,
        _ => panic!("{path}: {text}"),
    };
    let fault = faults.iter().find(|fault| fault.message.contains("`zzz`")).unwrap();
    match fault.help.as_ref().and_then(|help| help.strip_prefix("known keys: ")) {
        Some(keys) => keys.split(", ").map(str::to_string).collect(),
        None => fault.message.split('`').skip(3).step_by(2).map(str::to_string).collect(),
    }
}

/// Returns the schema of the table at a path of keys; `*` stands for any key.
fn table_at<'a>(schema: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().fold(schema, |schema, key| match *key {
        "*" => &schema["additionalProperties"],
        key => {
            let inner = &schema["properties"][key];
            if inner["type"] == "array" { &inner["items"] } else { inner }
        }
    })
}

#[test]
fn the_keys_of_each_schema_are_those_that_the_program_knows() {
    for (kind, path, text, keys) in [
        (FileKind::Rule, "rules/own/x.toml", "zzz = 1", &[][..]),
        (FileKind::Rule, "rules/own/x.toml", "[[example]]\nzzz = 1", &["example"]),
        (FileKind::RuleOfThumb, "rules-of-thumb/x.toml", "zzz = 1", &[]),
        (FileKind::RuleOfThumb, "rules-of-thumb/x.toml", "[when]\nzzz = 1", &["when"]),
        (FileKind::RuleOfThumb, "rules-of-thumb/x.toml", "unless = { zzz = 1 }", &["unless"]),
        (
            FileKind::RuleOfThumb,
            "rules-of-thumb/x.toml",
            "when = { tokens = { zzz = 1 } }",
            &["when", "tokens"],
        ),
        (FileKind::RuleOfThumb, "rules-of-thumb/x.toml", "favours = [{ zzz = 1 }]", &["favours"]),
        (FileKind::RuleOfThumb, "rules-of-thumb/x.toml", "[[example]]\nzzz = 1", &["example"]),
        (FileKind::Lexicon, "lexicon/x.toml", "[x]\nzzz = 1", &["*"]),
        (FileKind::Quantities, "quantities/x.toml", "zzz = 1", &[]),
        (FileKind::Quantities, "quantities/x.toml", "[[scale]]\nzzz = 1", &["scale"]),
        (FileKind::Quantities, "quantities/x.toml", "[[number]]\nzzz = 1", &["number"]),
        (FileKind::Quantities, "quantities/x.toml", "[[unit]]\nzzz = 1", &["unit"]),
        (FileKind::Quantities, "quantities/x.toml", "[[precision]]\nzzz = 1", &["precision"]),
        (FileKind::Quantities, "quantities/x.toml", "[[opener]]\nzzz = 1", &["opener"]),
        (FileKind::Quantities, "quantities/x.toml", "[[notation]]\nzzz = 1", &["notation"]),
        (
            FileKind::Quantities,
            "quantities/x.toml",
            "[[notation]]\nabout = 'a'\nregex = 'b'\n[[notation.example]]\nzzz = 1",
            &["notation", "example"],
        ),
        (FileKind::Profile, "profiles/x.toml", "zzz = 1", &[]),
        (FileKind::Profile, "profiles/x.toml", "summary = 's'\n[[rule]]\nzzz = 1", &["rule"]),
        (FileKind::Systems, "systems/x.toml", "zzz = 1", &[]),
        (FileKind::Systems, "systems/x.toml", "[[system]]\nzzz = 1", &["system"]),
        (FileKind::Organisations, "organisations.toml", "[[organisation]]\nzzz = 1", &["organisation"]),
        (FileKind::Contexts, "contexts.toml", "zzz = 1", &[]),
        (
            FileKind::Contexts,
            "contexts.toml",
            "version = 1\nrules = 1.0\ntypes = []\n[[template]]\nzzz = 1",
            &["template"],
        ),
        (FileKind::WordShares, "word-shares.toml", "zzz = 1", &[]),
        (FileKind::WordShares, "word-shares.toml", "[[band]]\nzzz = 1", &["band"]),
        (FileKind::Uses, "uses.toml", "zzz = 1", &[]),
        (FileKind::Coreference, "coreference.toml", "zzz = 1", &[]),
        (FileKind::Coreference, "coreference.toml", "[role.x]\nzzz = 1", &["role", "*"]),
        (FileKind::Measurements, "measurements.toml", "zzz = 1", &[]),
        (FileKind::Import, "imports/x.toml", "zzz = 1", &[]),
        (FileKind::Import, "imports/x.toml", "[[column]]\nzzz = 1", &["column"]),
        (FileKind::Import, "imports/x.toml", "[[column]]\nwhere = { zzz = 1 }", &["column", "where"]),
        (FileKind::Package, "byname-package.toml", "zzz = 1", &[]),
        (FileKind::Package, "byname-package.toml", "off = { zzz = 1 }", &["off"]),
    ] {
        let schema = kind.schema();
        let table = table_at(&schema, keys);
        let written: BTreeSet<String> = table["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(known(path, text), written, "{kind} {keys:?}");
    }
}

/// Collects the parts of a value that a schema does not allow; covers the keywords of JSON Schema that the
/// schemas use.
fn misfits(value: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
    let is = |name: &Value| match name.as_str() {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        _ => false,
    };
    let type_fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    let one_fits = schema["anyOf"].as_array().is_none_or(|choices| {
        choices.iter().any(|choice| {
            let mut found = Vec::new();
            misfits(value, choice, at, &mut found);
            found.is_empty()
        })
    });
    let is_listed = schema["enum"].as_array().is_none_or(|names| names.contains(value));
    let is_in_bounds = value.as_f64().is_none_or(|number| {
        schema["minimum"].as_f64().is_none_or(|least| least <= number)
            && schema["maximum"].as_f64().is_none_or(|most| number <= most)
    });
    if !(type_fits && one_fits && is_listed && is_in_bounds) {
        found.push(format!("{at}: {value}"));
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap_or_default()).is_none() {
            found.push(format!("{at}: no {required}"));
        }
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        match (&schema["properties"][key], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => found.push(format!("{at}: unknown {key}")),
            (Value::Null, Value::Null) => {}
            (Value::Null, others) => misfits(value, others, &format!("{at}.{key}"), found),
            (schema, _) => misfits(value, schema, &format!("{at}.{key}"), found),
        }
    }
    for value in value.as_array().into_iter().flatten() {
        misfits(value, &schema["items"], at, found);
    }
}

fn kind_of(path: &str) -> FileKind {
    let fits = |kind: &&FileKind| match kind.place().split_once('/') {
        Some((folder, _)) => path.starts_with(&format!("{folder}/")),
        None => kind.place() == path,
    };
    FileKind::ALL.iter().find(fits).copied().unwrap()
}

#[test]
fn every_file_that_ships_fits_its_schema() {
    let mut found = Vec::new();
    for file in Layer::built_in().files {
        let value: Value = toml::from_str(&file.text).unwrap();
        misfits(&value, &kind_of(&file.path).schema(), &file.path, &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Covers results of whole papers, of unreadable ones, and of mentions with many kinds of attributes.
#[test]
fn every_line_of_results_fits_its_schema() {
    let engine = Engine::built_in().unwrap();
    let text = "# On cards\n\nWe prompted two proprietary language models with 7B/13B/70B parameters.\n\
        <!-- byname: ignore-next-line drafted -->\nA large language model, reached over an API in May 2024, graded them. \
        GPT-4 did not. Our model has from 2 million to 137 billion parameters and an internal data set.\n";
    let mut document = read_markdown("a.md", text.as_bytes().to_vec());
    document.date = Some("2024-06".parse().unwrap());
    document.organisations = vec!["Google".to_string()];
    let profile =
        engine.catalogue().profiles.iter().find(|profile| profile.name == Criteria::PROFILE).unwrap();
    let criteria = Criteria {
        engine: &engine,
        profile,
        least_confidence: 0.5,
        showing: Showing::default(),
        baseline: None,
    };
    let report = JsonLines::new(engine.catalogue())
        .with_provenance(Provenance { catalogue: "c", program: byname::BUILD });
    let reports: [&dyn Report; 1] = [&report];
    let task = Scan { criteria, reports: &reports, shown: Shown::All };
    let lines = [
        task.paper(document.clone(), None).unwrap(),
        task.paper(document, Some(&ReadError::new("truncated", "it ends early"))).unwrap(),
        task.lost("b.md", &ReadError::new("not-found", "no such file")).unwrap(),
    ];
    let mut found = Vec::new();
    for line in &lines {
        let value: Value = serde_json::from_slice(&line.parts[0]).unwrap();
        misfits(&value, &FileKind::Results.schema(), "line", &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
    let first: Value = serde_json::from_slice(&lines[0].parts[0]).unwrap();
    assert!(first["mentions"].as_array().unwrap().len() >= 5, "{first:#}");
    assert!(first["references"].as_array().unwrap().iter().any(|found| !found["suppressed"].is_null()));
}

#[test]
fn what_a_schema_does_not_allow_is_found() {
    let value = serde_json::json!({"summary": 1, "weight": 30, "when": ["often"], "colour": "red"});
    let mut found = Vec::new();
    misfits(&value, &FileKind::Rule.schema(), "x", &mut found);
    assert_eq!(found.len(), 5, "{found:?}"); // `why` is missing
}

#[test]
fn the_schemas_that_are_kept_are_those_of_the_program() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas"));
    for kind in FileKind::ALL {
        let kept = std::fs::read_to_string(folder.join(kind.file_name())).unwrap_or_default();
        assert_eq!(
            kept,
            kind.schema_text(),
            "schemas/{} is stale; `cargo run -- schema --write schemas` writes it anew",
            kind.file_name()
        );
    }
}
