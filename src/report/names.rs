//! The interface of renderers to the catalogue.

use crate::catalogue::{Catalogue, Measurement, RuleId, System, SystemId};

/// The names of a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemNames<'a> {
    /// Its id in the catalogue.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its other names and spellings.
    pub aliases: &'a [String],
}

/// A lookup of the names behind the ids in findings.
pub trait Names: Sync {
    /// Returns the name of a rule: its path under `rules/`.
    fn rule_name(&self, rule: RuleId) -> &str;

    /// Returns the measured accuracy of a rule on annotated papers; `None` if it was not measured.
    fn measured(&self, _rule: RuleId) -> Option<&Measurement> {
        None
    }

    /// Returns the names of a system.
    fn system(&self, system: SystemId) -> SystemNames<'_>;

    /// Returns the catalogue's entry of a system.
    fn facts(&self, system: SystemId) -> Option<&System>;
}

impl Names for Catalogue {
    fn rule_name(&self, rule: RuleId) -> &str {
        self.rule(rule).map_or("", |rule| &rule.name)
    }

    fn measured(&self, rule: RuleId) -> Option<&Measurement> {
        self.rule(rule)?.measured.as_ref()
    }

    fn system(&self, system: SystemId) -> SystemNames<'_> {
        match Catalogue::system(self, system) {
            Some(system) => SystemNames { id: &system.id, name: &system.name, aliases: &system.aliases },
            None => SystemNames { id: "", name: "", aliases: &[] },
        }
    }

    fn facts(&self, system: SystemId) -> Option<&System> {
        Catalogue::system(self, system)
    }
}
