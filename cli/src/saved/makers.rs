//! The makers of systems, and the makers that the affiliations of authors belong to.

use std::collections::HashMap;

use byname::catalogue::{Catalogue, OrganisationId, Organisations};
use byname::resolve::OrganisationFinder;

/// The makers of a catalogue, prepared for lookup.
#[derive(Debug)]
pub struct Makers {
    organisations: Organisations,
    finder: OrganisationFinder,
    by_system: HashMap<String, Vec<OrganisationId>>,
}

impl Makers {
    /// Collects the makers of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let by_system =
            catalogue.systems.iter().map(|(_, system)| (system.id.clone(), system.organisations.clone()));
        Self {
            finder: OrganisationFinder::new(&catalogue.organisations, &[]),
            by_system: by_system.collect(),
            organisations: catalogue.organisations.clone(),
        }
    }

    /// Returns the organisations that an affiliation names.
    pub(super) fn of_affiliation(&self, affiliation: &str) -> Vec<OrganisationId> {
        let mut found = Vec::new();
        self.finder.of_affiliation(affiliation, &mut found);
        found
    }

    /// Returns whether an organisation, or one related to it, made a system.
    pub(super) fn made(&self, organisation: OrganisationId, system: &str) -> bool {
        let makers = self.by_system.get(system).into_iter().flatten();
        makers.into_iter().any(|maker| self.organisations.related(organisation, *maker))
    }

    /// Returns the name of an organisation.
    pub(super) fn name(&self, organisation: OrganisationId) -> &str {
        self.organisations.get(organisation).map_or("", |organisation| &organisation.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maker_is_known_by_affiliation_and_made_what_its_parts_made() {
        let makers = Makers::new(&Catalogue::built_in().unwrap());
        let google = makers.of_affiliation("Google")[0];
        assert_eq!(makers.name(google), "Google");
        assert!(makers.made(google, "lamda") && !makers.made(google, "gpt-4"));
        assert!(makers.of_affiliation("a village school").is_empty());
    }
}
