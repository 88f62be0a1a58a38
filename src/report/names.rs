//! What renderers need to know of the catalogue.

use crate::catalogue::{Catalogue, Measurement, RuleId, SystemId};

/// How a system is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemNames<'a> {
    /// Its id in the catalogue.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its other names and spellings.
    pub aliases: &'a [String],
}

/// Tells the names behind the ids in findings.
pub trait Names: Sync {
    /// The name of a rule: its path under `rules/`.
    fn rule_name(&self, rule: RuleId) -> &str;

    /// How often a rule was right on marked papers; none where nobody has measured it.
    fn measured(&self, _rule: RuleId) -> Option<&Measurement> {
        None
    }

    /// The names of a system.
    fn system(&self, system: SystemId) -> SystemNames<'_>;
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
}
