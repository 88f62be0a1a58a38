//! Guarantees of the curves of use.

use super::*;
use crate::catalogue::{CatalogueFile, Layer, Organisations, Systems};
use crate::resolve::samples;

fn at(date: &str) -> Option<Stretch> {
    Some(Stretch::of(date.parse().unwrap()))
}

/// Returns two systems of one age: Ferry, often named in 2023 and no longer in 2025, and Barge, the reverse.
fn boats() -> (Systems, Usage) {
    let files = [
        (
            "systems/all.toml",
            "[[system]]\nid='ferry'\nname='Ferry'\ntype='model'\nannounced='2023-01-10'\nsources=['s']\n\
             [[system]]\nid='barge'\nname='Barge'\ntype='model'\nannounced='2023-01-10'\nsources=['s']\n\
             [[system]]\nid='raft'\nname='Raft'\ntype='model'\nannounced='2023-01-10'\nsources=['s']\n",
        ),
        (
            "uses.toml",
            "source='s'\npapers='2023a 9000 9000 9000 9000 9000 9000'\n[systems]\nferry='2023a 900 400 90 20 0 0'\n\
             barge='2023a 10 20 90 400 900 900'\n",
        ),
    ];
    let files =
        files.map(|(path, text)| CatalogueFile { shown: path.into(), path: path.into(), text: text.into() });
    let layers = [Layer { name: "x".into(), files: files.into() }];
    let systems = Systems::read(&layers, &Organisations::default(), "2026-11-23".parse().unwrap()).unwrap();
    let usage = Usage::new(systems.uses(), &systems.outlines(), &samples::weights());
    (systems, usage)
}

#[test]
fn the_use_of_a_time_tells_and_not_that_of_all_times() {
    let (systems, usage) = boats();
    let weights = samples::weights().prior;
    let prior =
        |id: &str, date: &str| usage.prior(systems.by_id(id).unwrap(), EntityType::Model, at(date), &weights);
    assert!(prior("ferry", "2023-04") > prior("barge", "2023-04") + 1.0);
    assert!(prior("barge", "2025-08") > prior("ferry", "2025-08") + 1.0);
    assert!(prior("ferry", "2025-08") > prior("raft", "2025-08"), "what was used once may be used again");
    assert!(prior("barge", "2030-01") > prior("raft", "2030-01"), "after the sample its whole use tells");
}

#[test]
fn use_changes_without_a_step() {
    let (systems, usage) = boats();
    let (id, weights) = (systems.by_id("ferry").unwrap(), samples::weights().prior);
    let months: Vec<f32> = (0..400).map(|step| 2023.0 * 12.0 + step as f32 * 0.1).collect();
    let logs: Vec<f32> =
        months.iter().map(|month| usage.weight(id, &usage.moment(Some(*month)), &weights)).collect();
    let steepest = logs.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f32::max);
    assert!(steepest < 0.1, "{steepest}");
}

#[test]
fn shares_of_use_sum_to_one_where_enough_systems_are_known() {
    let (small, weights) = (samples::systems(), samples::weights());
    let catalogue = crate::catalogue::Catalogue::built_in().unwrap();
    let sum = |systems: &Systems| -> f32 {
        let usage = Usage::new(systems.uses(), &systems.outlines(), &weights);
        let models = systems.iter().filter(|(_, system)| system.entity_type == EntityType::Model);
        models.map(|(id, _)| usage.prior(id, EntityType::Model, None, &weights.prior).exp()).sum()
    };
    let (few, many) = (sum(&small), sum(&catalogue.systems));
    assert!(few < 0.9 && (many - 1.0).abs() < 1e-2, "{few} {many}");
}

#[test]
fn what_nobody_had_yet_is_not_among_the_most_used() {
    let systems = samples::systems();
    let usage = Usage::new(systems.uses(), &systems.outlines(), &samples::weights());
    let found: Vec<&str> = usage
        .most_used(EntityType::Model, at("2021-01"))
        .filter_map(|id| systems.get(id).map(|system| system.id.as_str()))
        .collect();
    assert!(found.contains(&"bolt-1") && !found.contains(&"bolt-2"), "{found:?}");
}
