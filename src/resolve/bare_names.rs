//! Counts of bare names, shared with the versions that they may stand for.
//!
//! "Llama" of 2025 seldom means the system of 2023 that bears just this name. So a count of a bare name is
//! divided between its system and the later versions, by how often papers of the half-year name each.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::{HalfYear, HalfYearCounts, SystemId, SystemOutline, Uses};

/// Estimated numbers of papers of consecutive half-years that use a system.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UseCounts {
    /// The half-year of the first count.
    pub first: HalfYear,
    /// The counts, not negative.
    pub counts: Vec<f32>,
}

impl UseCounts {
    fn of(&self, half: HalfYear) -> f32 {
        half.since(self.first).and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    fn add(&mut self, half: HalfYear, count: f32) {
        let place = half.since(self.first).and_then(|place| self.counts.get_mut(place));
        if let Some(counted) = place {
            *counted += count;
        }
    }
}

impl From<&HalfYearCounts> for UseCounts {
    fn from(counts: &HalfYearCounts) -> Self {
        Self { first: counts.first, counts: counts.counts.iter().map(|count| *count as f32).collect() }
    }
}

/// Returns the counts of all systems that papers name, with those of bare names shared.
pub(super) fn shared_counts(uses: &Uses, systems: &[SystemOutline<'_>]) -> Vec<(SystemId, UseCounts)> {
    let outline = |id: SystemId| systems.get(id.0 as usize);
    let as_named: Vec<(SystemId, UseCounts)> =
        uses.of_systems.iter().map(|(id, counts)| (*id, counts.into())).collect();
    let mut versions: HashMap<String, Vec<usize>, FixedState> = HashMap::default();
    for (place, (id, _)) in as_named.iter().enumerate() {
        let word = outline(*id).and_then(|system| numbered_word(system.name));
        if let Some(word) = word {
            versions.entry(word).or_default().push(place);
        }
    }
    let mut shared = as_named.clone();
    for (place, (id, counts)) in as_named.iter().enumerate() {
        let Some(system) = outline(*id).filter(|system| is_bare(system.name)) else { continue };
        let Some(same_word) = versions.get(&system.name.to_lowercase()) else { continue };
        let of_version = |other: &&usize| {
            let other = as_named.get(**other).and_then(|(id, _)| outline(*id));
            other.is_some_and(|other| is_version(other, system))
        };
        let later: Vec<usize> = same_word.iter().filter(of_version).copied().collect();
        for (step, bare) in counts.counts.iter().enumerate() {
            let half = counts.first.later(step);
            let with_number: f32 = later.iter().map(|place| as_named[*place].1.of(half)).sum();
            if with_number == 0.0 || *bare == 0.0 {
                continue;
            }
            let moved = bare * with_number / (bare + with_number);
            shared[place].1.add(half, -moved);
            for version in &later {
                let part = as_named[*version].1.of(half) / with_number;
                shared[*version].1.add(half, moved * part);
            }
        }
    }
    shared
}

/// Returns whether a name is one word of letters only.
fn is_bare(name: &str) -> bool {
    name.chars().all(char::is_alphabetic)
}

/// Returns the first word of a name with a number, in lower case.
fn numbered_word(name: &str) -> Option<String> {
    let end = name.find(|c: char| !c.is_alphabetic())?;
    let has_number = name.contains(|c: char| c.is_ascii_digit());
    (end > 0 && has_number).then(|| name[..end].to_lowercase())
}

/// Returns whether a system is a later one of the same makers and type.
fn is_version(later: &SystemOutline<'_>, first: &SystemOutline<'_>) -> bool {
    let (of_later, of_first) = (&later.facts, &first.facts);
    later.entity_type == first.entity_type
        && of_later.organisations.iter().any(|maker| of_first.organisations.contains(maker))
        && of_later
            .announced
            .zip(of_first.announced)
            .is_some_and(|(later, first)| later.earliest() > first.latest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueFile, Layer, Organisations, Systems};

    fn counts_of(rows: &str) -> Vec<(String, UseCounts)> {
        let system = |id: &str, name: &str, maker: &str, date: &str| {
            format!(
                "[[system]]\nid='{id}'\nname='{name}'\ntype='model'\norganisations=['{maker}']\n\
                 announced='{date}'\nsources=['s']\n"
            )
        };
        let systems = [
            system("ferry", "Ferry", "one", "2023-01-10"),
            system("ferry-2", "Ferry 2", "one", "2023-08"),
            system("ferry-3-8b", "Ferry-3-8B", "one", "2024-02"),
            system("ferry-4", "Ferry 4", "two", "2024-02"),
            system("barge", "Barge", "two", "2024-02"),
        ]
        .concat();
        let makers = "[[organisation]]\nid='one'\nname='One'\n[[organisation]]\nid='two'\nname='Two'\n";
        let file = |path: &str, text: &str| CatalogueFile {
            shown: path.to_string(),
            path: path.to_string(),
            text: text.to_string().into(),
        };
        let uses = format!("source='s'\npapers='2023a 900 900 900'\n[systems]\n{rows}");
        let files = vec![
            file("organisations.toml", makers),
            file("systems/all.toml", &systems),
            file("uses.toml", &uses),
        ];
        let layers = [Layer { name: "x".into(), files }];
        let organisations = Organisations::read(&layers).unwrap();
        let systems = Systems::read(&layers, &organisations, "2026-11-23".parse().unwrap()).unwrap();
        let counts = shared_counts(systems.uses(), &systems.outlines());
        counts.into_iter().map(|(id, counts)| (systems.get(id).unwrap().id.clone(), counts)).collect()
    }

    #[test]
    fn a_bare_name_counts_for_the_versions_that_its_time_names() {
        let rows = "ferry='2023a 40 40 40'\nferry-2='2023b 10 30'\nferry-3-8b='2024a 90'\nferry-4='2024a 50'\n\
                    barge='2024a 7'";
        let counts = counts_of(rows);
        let of = |id: &str| counts.iter().find(|(name, _)| name == id).unwrap().1.counts.clone();
        assert_eq!(of("ferry"), [40.0, 32.0, 10.0], "the first half-year knows no versions");
        assert_eq!(of("ferry-2"), [18.0, 37.5]);
        assert_eq!(of("ferry-3-8b"), [112.5]);
        assert_eq!((of("ferry-4"), of("barge")), (vec![50.0], vec![7.0]), "of another maker");
    }

    #[test]
    fn sharing_keeps_the_sum_of_all_counts() {
        let rows = "ferry='2023a 5 17 3'\nferry-2='2023b 11 0'\nferry-3-8b='2024a 1'";
        let sum: f32 = counts_of(rows).iter().flat_map(|(_, counts)| &counts.counts).sum();
        assert!((sum - 37.0).abs() < 1e-3, "{sum}");
    }
}
