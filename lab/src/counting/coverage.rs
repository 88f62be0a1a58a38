//! Systems that papers name often and whose catalogue entries lack facts.

use byname::catalogue::{Access, Catalogue, EntityType, Measure, System};
use serde::Serialize;

use super::NameCounts;

/// A system whose entry lacks facts that linking relies on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thin {
    /// The id of the system.
    pub id: String,
    /// Number of papers that name it.
    pub papers: u64,
    /// The keys that its entry lacks.
    pub lacks: Vec<&'static str>,
}

/// Returns the systems that at least `least` papers name and whose entries lack facts, those named by most
/// papers first.
pub fn thinly_known(counts: &NameCounts, catalogue: &Catalogue, least: u64) -> Vec<Thin> {
    let named = counts.of_systems.iter().map(|(id, counts)| (catalogue.system(*id), counts.sum()));
    let mut thin: Vec<Thin> = named
        .filter(|(_, papers)| *papers >= least)
        .filter_map(|(system, papers)| {
            let system = system?;
            let lacks = lacking(system);
            (!lacks.is_empty()).then(|| Thin { id: system.id.clone(), papers, lacks })
        })
        .collect();
    thin.sort_by(|a, b| b.papers.cmp(&a.papers).then_with(|| a.id.cmp(&b.id)));
    thin
}

/// Returns the keys that every entry of this type should have and this one lacks. Facts that makers keep to
/// themselves, such as the size of a closed model, are not required.
fn lacking(system: &System) -> Vec<&'static str> {
    let is_model = system.entity_type == EntityType::Model;
    let is_open = matches!(system.access, Some(Access::Open | Access::OpenRestricted));
    let has = |measure| !system.amounts(measure).is_empty();
    let data_sized = [Measure::Examples, Measure::Tokens, Measure::Bytes].into_iter().any(has);
    [
        ("organisations", system.organisations.is_empty()),
        ("announced", system.announced.is_none()),
        ("access", is_model && system.access.is_none()),
        ("parameters", is_model && is_open && !has(Measure::Parameters)),
        ("modalities", is_model && system.modalities.is_empty()),
        ("examples", system.entity_type == EntityType::Dataset && !data_sized),
    ]
    .into_iter()
    .filter_map(|(key, is_missing)| is_missing.then_some(key))
    .collect()
}

#[cfg(test)]
mod tests {
    use byname::catalogue::{HalfYearCounts, Layer};

    use super::*;

    #[test]
    fn what_is_named_often_and_known_thinly_is_told_and_secrets_are_not_asked_for() {
        let text = "[[system]]\nid='zz-thin'\nname='Zz Thin'\ntype='model'\naccess='open'\nsources=['s']\n\
                    [[system]]\nid='zz-kept'\nname='Zz Kept'\ntype='model'\naccess='api'\nannounced='2024-01'\n\
                    organisations=['google']\nmodalities=['text']\nsources=['s']\n";
        let layers = [Layer::built_in(), Layer::of_texts("x", [("systems/zz.toml", text)])];
        let catalogue = Catalogue::load(&layers).unwrap();
        let mut counts = NameCounts::default();
        for id in ["zz-thin", "zz-kept"] {
            let named = HalfYearCounts { first: "2024a".parse().unwrap(), counts: vec![7] };
            counts.of_systems.insert(catalogue.systems.by_id(id).unwrap(), named);
        }
        let thin = thinly_known(&counts, &catalogue, 5);
        let lacks = vec!["organisations", "announced", "parameters", "modalities"];
        assert_eq!(thin, [Thin { id: "zz-thin".into(), papers: 7, lacks }]);
        assert!(thinly_known(&counts, &catalogue, 8).is_empty());
    }
}
