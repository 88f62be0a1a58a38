//! Tests of the reader of counts, and of its faults.

use super::super::{CatalogueFile, Fault, Layer, Organisations, Systems};
use super::*;

fn layer(path: &str, text: &str) -> Layer {
    let file = CatalogueFile::new(path, text);
    Layer { name: path.into(), files: vec![file] }
}

fn read(layers: &[&str]) -> Result<Systems, Vec<Fault>> {
    let systems = "[[system]]\nid='ferry'\nname='Ferry'\ntype='model'\nuses=3\nsources=['s']\n\
                   [[system]]\nid='barge'\nname='Barge'\ntype='model'\nuses=3\nsources=['s']\n";
    let mut all = vec![layer("systems/all.toml", systems)];
    all.extend(layers.iter().map(|text| layer(FILE, text)));
    Systems::read(&all, &Organisations::default(), "2026-05-01".parse().unwrap())
}

/// Returns the line and the message of each fault.
fn faults(text: &str) -> Vec<(usize, String)> {
    read(&[text]).unwrap_err().into_iter().map(|fault| (fault.line, fault.message)).collect()
}

const GOOD: &str = "source = 'letters'\npapers = '2023a 10 20 30'\n[systems]\nferry = '2023b 4 9'\n";

#[test]
fn counts_are_of_the_half_years_that_follow_the_first() {
    let systems = read(&[GOOD]).unwrap();
    let (id, counts) = &systems.uses().of_systems[0];
    let of = |half: &str| counts.of(half.parse().unwrap());
    assert_eq!((of("2023a"), of("2023b"), of("2024a"), of("2024b")), (0, 4, 9, 0));
    assert_eq!(systems.get(*id).map(|system| system.uses), Some(13), "the sum stands in place of the key");
    let other = systems.by_id("barge").and_then(|id| systems.get(id)).map(|system| system.uses);
    assert_eq!(other, Some(3), "the key holds where nothing was counted");
}

#[test]
fn a_later_layer_stands_in_place_of_those_below() {
    let above = "source = 'notes'\npapers = '2024a 5'\n[systems]\nbarge = '2024a 2'\n";
    let systems = read(&[GOOD, above]).unwrap();
    assert_eq!((systems.uses().of_systems.len(), systems.uses().papers.sum()), (1, 5));
}

#[test]
fn bad_counts_are_refused_with_their_lines() {
    let faults_of =
        |row: &str| faults(&format!("source = 's'\npapers = '2023a 10 20'\n[systems]\nferry = {row}\n"));
    assert_eq!(faults_of("'2026b 1'"), [(4, "`ferry` counts papers of the future: 2026b".to_string())]);
    assert_eq!(faults_of("'2023 1'"), [(4, "`ferry` begins with no half-year".to_string())]);
    assert_eq!(faults_of("'2023a -1'"), [(4, "`ferry` must hold whole numbers after 2023a".to_string())]);
    assert_eq!(faults_of("'2023a'"), [(4, "`ferry` must hold whole numbers after 2023a".to_string())]);
    assert_eq!(faults_of("7"), [(4, "`ferry` must be a text".to_string())]);
    assert_eq!(faults_of("'2023b 21'"), [(4, "21 papers of 2023b name `ferry`, of 20 in all".to_string())]);
    assert_eq!(faults_of("'2024a 1'"), [(4, "1 papers of 2024a name `ferry`, of 0 in all".to_string())]);
    let odd = faults("source = 's'\npapers = '2023a 10'\n[systems]\nraft = '2023a 1'\n");
    assert_eq!(odd, [(4, "unknown system `raft`".to_string())]);
    assert_eq!(faults("papers = '2023a 1'\nboats = 2\n").len(), 2);
    assert_eq!(faults("source = 's'\nsystems = 2\n").len(), 2);
}

#[test]
fn counting_up_reaches_back_and_forth() {
    let mut counts = HalfYearCounts::default();
    for half in ["2024a", "2025a", "2023b", "2024a"] {
        counts.add(half.parse().unwrap());
    }
    assert_eq!(counts.to_string(), "2023b 1 2 0 1");
    assert_eq!(counts.sum(), 4);
}
