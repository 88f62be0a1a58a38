//! Tests that the impact of an added rule is reported by change, by rule and by paper.

use byname::catalogue::{Catalogue, Layer};

use super::*;

const RULE: &str = "summary='s'\nwhy='w'\nphrase='{one} _* proprietary _* {model}'\nweight=20.0\n[[example]]\ntext='We ran [a proprietary model].'\n[[example]]\ntext='We ran a model.'\nexpect='none'\n";

fn engine(layers: &[Layer]) -> Engine {
    Engine::new(Catalogue::load(layers).unwrap())
}

fn impact(texts: &[(&str, &str)], samples: usize) -> Impact {
    let layer = Layer::of_texts("new", [("rules/own/proprietary.toml", RULE)]);
    let (old, new) = (engine(&[Layer::built_in()]), engine(&[Layer::built_in(), layer]));
    let task = Compare { old: &old, new: &new };
    let compare = |(id, text): &(&str, &str)| task.paper(Document::from_prose(*id, *text), None);
    let papers = texts.iter().map(compare).collect();
    let changed = changed_rules(old.catalogue(), new.catalogue());
    assert_eq!(changed, ["own/proprietary".to_string()].into());
    Impact::gather(papers, samples, &changed)
}

const GRADED: &str = "The letters were graded by a proprietary language model.";

#[test]
fn differences_are_counted_by_change_rule_and_paper() {
    let impact = impact(&[("a", "Nothing."), ("b", GRADED), ("c", "We ran LaMDA.")], 5);
    assert_eq!((impact.papers, impact.findings), (3, (2, 2)));
    assert_eq!(impact.total, ImpactCounts { other_kind: 1, lost_warnings: 1, ..ImpactCounts::default() });
    assert_eq!(impact.by_paper.len(), 1);
    assert_eq!((impact.by_paper[0].name.as_str(), impact.by_paper[0].counts.sum()), ("b", 1));
    let rules: Vec<&str> = impact.rules.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(rules, ["own/proprietary"]);
    assert_eq!(impact.samples.len(), 1);
    assert_eq!(impact.samples[0].rules, ["own/proprietary"]);
}

#[test]
fn samples_are_few_the_same_each_time_and_in_order() {
    let texts: Vec<(String, &str)> = (0..30).map(|number| (format!("{number:02}"), GRADED)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (id.as_str(), *text)).collect();
    let first = impact(&texts, 4);
    assert_eq!((first.samples.len(), first.total.sum()), (4, 30));
    assert_eq!(first, impact(&texts, 4));
    assert!(first.samples.is_sorted_by_key(|sample| sample.document.clone()));
    assert_eq!(impact(&texts, 0).samples, []);
}
