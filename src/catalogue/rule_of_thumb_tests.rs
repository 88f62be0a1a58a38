use super::*;
use crate::catalogue::Catalogue;

const GOOD: &str = "why = 'w'
sources = ['arxiv:2101.00001']
favours = [{ system = 'lamda', weight = 1.5 }]
[when]
authors = 'google'
from = '2021-03'
to = '2022-03'
parameters = { from = '60B', to = '150B' }
access = ['internal']
regex = 'model of .* parameters'
[[example]]
text = 'We ran [a model].'
[[example]]
text = 'We ran it.'
expect = 'none'
";

fn layer(files: &[(&str, &str)]) -> Layer {
    Layer::of_texts("x", files.iter().copied())
}

fn load(layers: Vec<Layer>) -> Result<Vec<RuleOfThumb>, Vec<String>> {
    let layers: Vec<Layer> = std::iter::once(Layer::built_in()).chain(layers).collect();
    let messages =
        |error: crate::catalogue::LoadError| error.faults.iter().map(ToString::to_string).collect();
    Catalogue::load(&layers).map(|catalogue| catalogue.rules_of_thumb.to_vec()).map_err(messages)
}

fn mine(text: &str) -> Result<RuleOfThumb, Vec<String>> {
    let rules = load(vec![layer(&[("rules-of-thumb/mine.toml", text)])])?;
    Ok(rules.into_iter().find(|rule| rule.name == "mine").unwrap())
}

#[test]
fn a_rule_of_thumb_is_read_with_what_it_asks_for() {
    let rule = mine(GOOD).unwrap();
    let range = SizeRange { measure: Measure::Parameters, from: 60e9, to: 150e9 };
    assert_eq!(rule.when.sizes, [range]);
    assert_eq!(rule.when.traits, [(Trait::Access, vec!["internal".to_string()])]);
    assert!(rule.when.regex.is_some() && rule.unless.is_empty());
    assert_eq!(rule.examples[0].text, "We ran a model.");
    assert_eq!((rule.examples[0].line, rule.examples[1].expected), (12, None));
}

#[test]
fn each_fault_names_its_line_and_cause() {
    let cases = [
        ("why = 'w'", "why = ' '", 1, "`why` is empty"),
        ("why = 'w'\n", "", 1, "has no `why`"),
        ("sources = ['arxiv:2101.00001']\n", "", 1, "has no `sources`"),
        ("['arxiv:2101.00001']", "[]", 2, "`sources` names none"),
        ("arxiv:2101.00001", "my notes", 2, "`my notes` is no public address"),
        ("'lamda'", "'lambda'", 3, "unknown system `lambda`"),
        ("system = 'lamda'", "maker = 'gogle'", 3, "unknown organisation `gogle`"),
        ("system = 'lamda', ", "", 3, "one system, family or maker"),
        (", weight = 1.5", "", 3, "has no `weight`"),
        ("1.5", "'much'", 3, "a weight is a number"),
        ("1.5", "nan", 3, "above 0 and up to 4"),
        ("1.5", "4.5", 3, "above 0 and up to 4"),
        ("1.5", "-1", 3, "above 0 and up to 4"),
        ("'google'", "'gogle'", 5, "unknown organisation `gogle`"),
        ("'google'", "[]", 5, "`authors` asks for nothing"),
        ("'2021-03'", "'2023-03'", 6, "`from` lies after `to`"),
        ("'2022-03'", "'2099-03'", 7, "in the future"),
        ("'60B'", "'600B'", 8, "runs from 600B down to 150B"),
        ("'60B'", "'many'", 8, "no known notation"),
        ("'internal'", "'secret'", 9, "no word of the lexicon tells the access `secret`"),
        (".* para", "( para", 10, "unclosed group"),
        ("'model of .* parameters'", "'x*'", 10, "matches the empty text"),
        ("'model of .* parameters'", "'\\w{900}{900}'", 10, "too large"),
        ("authors", "writers", 5, "unknown key `writers`"),
        ("[a model]", "a model", 12, "does not mark the description"),
        ("expect = 'none'", "expect = 'all'", 15, "cannot be expected"),
        ("We ran it.", "We ran [it].", 14, "marks nothing"),
    ];
    let files = cases.iter().enumerate().map(|(place, (old, new, _, _))| {
        (format!("rules-of-thumb/r{place}.toml"), GOOD.replacen(old, new, 1))
    });
    let faults = load(vec![Layer::of_texts("x", files)]).unwrap_err();
    for (place, (_, _, line, cause)) in cases.iter().enumerate() {
        let place = format!("x/rules-of-thumb/r{place}.toml:{line}:");
        let is_reported = faults.iter().any(|fault| fault.starts_with(&place) && fault.contains(cause));
        assert!(is_reported, "{place} {cause}: {faults:#?}");
    }
}

#[test]
fn one_that_asks_for_nothing_is_refused() {
    let (head, rest) = GOOD.split_once("[when]\n").unwrap();
    let examples = &rest[rest.find("[[example]]").unwrap()..];
    let faults = mine(&format!("{head}[when]\n{examples}")).unwrap_err();
    assert!(faults[0].contains("would speak for its system in every paper"), "{faults:?}");
    assert!(mine(&format!("{head}{examples}")).unwrap_err()[0].contains("has no `when`"));
}

#[test]
fn an_example_and_a_near_miss_are_asked_for() {
    let (head, _) = GOOD.split_once("[[example]]").unwrap();
    assert_eq!(mine(head).unwrap_err().len(), 2);
}

#[test]
fn a_fault_of_a_regular_expression_is_told_at_its_column() {
    let fault = mine(&GOOD.replace("model of .*", "model (of .*")).unwrap_err().remove(0);
    assert!(fault.starts_with("x/rules-of-thumb/mine.toml:10:16: "), "{fault}");
}

#[test]
fn a_later_layer_replaces_one_of_the_same_name_and_a_package_switches_it_off() {
    let one = || layer(&[("rules-of-thumb/mine.toml", GOOD)]);
    let two = layer(&[("rules-of-thumb/mine.toml", &GOOD.replace("1.5", "2.5"))]);
    let off = |name: &str| {
        let text = format!(
            "name = 'quiet'\nversion = '1.0.0'\nlicence = 'CC0-1.0'\ndescription = 'd'\n[off]\nrules-of-thumb = ['{name}']\n"
        );
        layer(&[("byname-package.toml", &text)])
    };
    let found = |layers: Vec<Layer>| {
        let rules = load(layers).unwrap();
        let rule = rules.iter().find(|rule| rule.name == "mine").unwrap();
        (rule.favours[0].weight, rule.status)
    };
    assert_eq!(found(vec![one()]), (1.5, RuleStatus::Stable));
    assert_eq!(found(vec![one(), two]), (2.5, RuleStatus::Stable));
    assert_eq!(found(vec![one(), off("mine")]), (1.5, RuleStatus::Off));
    assert_eq!(found(vec![one(), off("mine"), one()]), (1.5, RuleStatus::Stable));
    let faults = load(vec![one(), off("nine")]).unwrap_err();
    assert!(faults[0].contains("no rule of thumb `nine` below this package"), "{faults:?}");
    assert_eq!(mine(&GOOD.replace("why", "status = 'off'\nwhy")).unwrap().status, RuleStatus::Off);
}

#[test]
fn a_system_that_is_switched_off_is_favoured_by_nothing_and_no_fault() {
    let text = "name = 'small'\nversion = '1.0.0'\nlicence = 'CC0-1.0'\ndescription = 'd'\n[off]\nsystems = ['alexnet']\n";
    let one = GOOD.replace("'lamda'", "'alexnet'");
    let layers = vec![layer(&[("byname-package.toml", text), ("rules-of-thumb/mine.toml", &one)])];
    let rules = load(layers).unwrap();
    assert_eq!(rules.iter().find(|rule| rule.name == "mine").unwrap().status, RuleStatus::Off);
}
