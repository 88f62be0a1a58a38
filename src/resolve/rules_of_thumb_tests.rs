use super::*;
use crate::catalogue::{Catalogue, CatalogueFile, Layer};
use crate::engine::{Engine, ScanOptions};

const HEAD: &str = "why = 'as everybody knows'\nsources = ['arxiv:2101.00001']\n";
const EXAMPLES: &str =
    "\n[[example]]\ntext = 'We ran [a model].'\n[[example]]\ntext = 'We ran it.'\nexpect = 'none'\n";

/// Creates an engine with rules of thumb of these names and conditions, which favour BIG-G.
fn engine(rules: &[(String, &str)]) -> Engine {
    let file = |(name, conditions): &(String, &str)| {
        let path = format!("rules-of-thumb/{name}.toml");
        let text =
            format!("{HEAD}favours = [{{ system = 'big-g-137b', weight = 3.0 }}]\n{conditions}{EXAMPLES}");
        CatalogueFile { shown: path.clone(), path, text: text.into() }
    };
    let layer = Layer { name: "x".into(), files: rules.iter().map(file).collect() };
    Engine::new(Catalogue::load(&[Layer::built_in(), layer]).unwrap())
}

/// Returns a text of June 2022 by people of Google.
fn paper(text: &str) -> Document {
    let mut document = Document::from_prose("p", text);
    document.date = "2022-06".parse().ok();
    document.organisations = vec!["Google".to_string()];
    document
}

fn holds(engine: &Engine, name: &str, text: &str) -> bool {
    let document = paper(text);
    engine.linker().holds(name, &document, &engine.detect(&document), &ScanOptions::default())
}

const TEXT: &str = "The letters were sorted by an in-house 62B-parameter language model.";

#[test]
fn all_that_is_asked_for_must_hold_and_nothing_that_is_excluded() {
    let cases = [
        ("[when]\nauthors = 'google'", true),
        ("[when]\nauthors = ['baidu', 'google']", true),
        ("[when]\nauthors = 'baidu'", false),
        ("[when]\ntold = 'google'", false),
        ("[when]\nfrom = '2022-06'\nto = '2022-06'", true),
        ("[when]\nfrom = '2022'", true),
        ("[when]\nto = '2022-05'", false),
        ("[when]\nfrom = '2022-07'", false),
        ("[when]\nparameters = { from = '60B' }", true),
        ("[when]\nparameters = { from = '60B', to = '61B' }", false),
        ("[when]\ntokens = { from = '60B' }", false),
        ("[when]\norganisation = 'in-house'", true),
        ("[when]\naccess = ['api', 'open']", false),
        ("[when]\ntype = 'model'", true),
        ("[when]\ntype = 'dataset'", false),
        ("[when]\nkind = 'own'", false),
        ("[when]\nkind = ['own', 'described']", true),
        ("[when]\nphrases = ['vision model', 'Language Model']", true),
        ("[when]\nphrases = 'language mode'", false),
        ("[when]\nphrases = 'letter'", false),
        ("[when]\nregex = '(?i)sorted by .* model'", true),
        ("[when]\nregex = 'letters were'", false),
        ("[when]\nauthors = 'google'\n[unless]\nparameters = { to = '10B' }", true),
        ("[when]\nauthors = 'google'\n[unless]\nparameters = { to = '100B' }", false),
        ("[when]\nauthors = 'google'\n[unless]\nphrases = 'in-house'\naccess = 'api'", false),
    ];
    let named: Vec<(String, &str)> =
        cases.iter().enumerate().map(|(place, (conditions, _))| (format!("r{place}"), *conditions)).collect();
    let engine = engine(&named);
    for ((name, conditions), (_, expected)) in named.iter().zip(cases) {
        assert_eq!(holds(&engine, name, TEXT), expected, "{conditions}");
    }
    assert!(holds(&engine, "r3", "The letters were sorted by a language model by Google."));
    assert!(!holds(&engine, "r0", "The letters were sorted by GPT-4."), "what is named is not asked");
}

#[test]
fn what_holds_is_told_by_its_name_and_its_reason_and_makes_its_system_a_candidate() {
    let engine = engine(&[("mine".to_string(), "[when]\nauthors = 'google'")]);
    let (document, options) =
        (paper("The letters were sorted by an in-house model."), ScanOptions::default());
    let detected = engine.detect(&document);
    let evidence_of = |candidates: &[crate::resolve::Candidate]| -> Vec<String> {
        let of = candidates.iter().filter(|candidate| candidate.name == "BIG-G");
        let evidence = of.flat_map(|candidate| candidate.evidence.clone());
        let of_thumb = evidence.filter(|evidence| evidence.detail.starts_with("mine"));
        of_thumb
            .map(|evidence| format!("{} {} {:+.1}", evidence.clue, evidence.detail, evidence.weight))
            .collect()
    };
    let weight = 3.0 * engine.catalogue().evidence.rule_of_thumb.strength;
    let expected = [format!("rule-of-thumb mine: as everybody knows {weight:+.1}")];
    let with = engine.linker().resolve(&document, &detected, &options);
    assert_eq!(evidence_of(&with[0].candidates), expected);
    assert_eq!(evidence_of(&engine.rank(&document, &options).candidates), expected);
    let without = engine.linker().resolve_without("mine", &document, &detected, &options);
    assert_eq!(evidence_of(&without[0].candidates), [""; 0]);
}

#[test]
fn all_rules_of_thumb_together_add_no_more_than_the_bound() {
    let text = |name: &str| {
        let conditions = "[when]\nphrases = 'zorbly'";
        let text = format!("{HEAD}favours = [{{ system = 'gpt-2', weight = 3.0 }}]\n{conditions}{EXAMPLES}");
        let path = format!("rules-of-thumb/{name}.toml");
        CatalogueFile { shown: path.clone(), path, text: text.into() }
    };
    let layer = Layer { name: "x".into(), files: vec![text("one"), text("two")] };
    let engine = Engine::new(Catalogue::load(&[Layer::built_in(), layer]).unwrap());
    let document = Document::from_prose("p", "The letters were sorted by a zorbly open language model.");
    let findings = engine.scan(&document);
    let candidate =
        findings.references[0].candidates.iter().find(|candidate| candidate.name == "GPT-2").unwrap();
    let weights = candidate.evidence.iter().filter(|evidence| evidence.clue == "rule-of-thumb");
    let sum: f64 = weights.map(|evidence| evidence.weight).sum();
    assert!((sum - engine.catalogue().evidence.rule_of_thumb.most).abs() < 1e-9, "{sum}");
}

#[test]
fn a_stated_amount_lies_in_a_range_as_it_is_written() {
    use crate::catalogue::{Measure, Precision};
    let range = SizeRange { measure: Measure::Parameters, from: 60e9, to: 150e9 };
    let at = |at: f64| Quantity::new(at, Precision::Exact);
    assert!(lies_in(&at(60e9), &range) && lies_in(&at(150e9), &range) && !lies_in(&at(151e9), &range));
    let list = Quantity { values: vec![7e9, 70e9, 400e9], ..at(400e9) };
    assert!(lies_in(&list, &range));
    let wide = Quantity { from: Some(7e9), ..Quantity::new(400e9, Precision::Range) };
    assert!(lies_in(&wide, &range));
    assert!(!lies_in(&Quantity { from: Some(200e9), ..wide }, &range));
}
