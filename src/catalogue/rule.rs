//! Rules: what they look for, what they vote for, their reasons and their examples.

use super::expression::Scope;
use super::paper_condition::PaperCondition;
use super::rule_pattern::PlacedPatterns;
use super::{ClassSet, Element, EntityType, Expression, Kind, Measurement};
use crate::document::{ByteSpan, SectionKind};
use crate::named_enum;

named_enum! {
    /// A condition on a noun phrase that no pattern can express.
    pub enum Condition {
        /// The phrase stands for one system.
        Singular => "singular",
        /// The phrase stands for several systems.
        Plural => "plural",
        /// The phrase has no determiner, count or possessive.
        Bare => "bare",
        /// No earlier phrase of the text stood for an entity of this type.
        First => "first",
        /// An earlier phrase of the text stood for an entity of this type.
        Later => "later",
        /// A name is beside the phrase, in apposition or in brackets.
        NamedBeside => "named-beside",
        /// No name is beside the phrase.
        NotNamedBeside => "not-named-beside",
        /// The phrase states a count of parameters.
        Sized => "sized",
        /// No count of parameters belongs to the phrase.
        NotSized => "not-sized",
        /// The phrase stands for a model, by its head word.
        Model => "model",
        /// The phrase stands for a data set, by its head word.
        Dataset => "dataset",
    }
}

named_enum! {
    /// The type of thing that a name belongs to.
    pub enum NameOf {
        /// A model.
        Model => "model",
        /// A data set.
        Dataset => "dataset",
        /// Software.
        Software => "software",
        /// None of these: a task, a measure, a place.
        Nothing => "nothing",
    }
}

impl NameOf {
    /// Returns the entity type of what has the name; `None` for what is not reported.
    pub fn entity_type(self) -> Option<EntityType> {
        match self {
            Self::Model => Some(EntityType::Model),
            Self::Dataset => Some(EntityType::Dataset),
            Self::Software => Some(EntityType::Software),
            Self::Nothing => None,
        }
    }
}

named_enum! {
    /// The status of a rule.
    #[derive(Default)]
    pub enum RuleStatus {
        /// The rule votes.
        #[default]
        Stable => "stable",
        /// The rule is kept, but does not vote.
        Off => "off",
    }
}

/// An example of a rule file.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text without its brackets.
    pub text: String,
    /// The span that must be found, in bytes of the text; `None` for a near miss.
    pub expected: Option<ByteSpan>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// A detection rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its path under `rules/`, without the extension: `described/reached-through-api`.
    pub name: String,
    /// The layer and file that it comes from, as shown in reports.
    pub file: String,
    /// The layer that it comes from, as an index into the catalogue's `origins`.
    pub layer: usize,
    /// A one-line summary of what it finds.
    pub summary: String,
    /// The reason why that is a sign of the kind.
    pub why: String,
    /// The kind that it votes for.
    pub kind: Kind,
    /// For a rule on words written as names, not on noun phrases: the type that it gives these names.
    pub names: Option<NameOf>,
    /// The patterns that must match.
    pub wanted: PlacedPatterns,
    /// The patterns that must not match.
    pub unless: PlacedPatterns,
    /// The scope of its regular expressions.
    pub scope: Scope,
    /// Further conditions on the phrase.
    pub when: Vec<Condition>,
    /// The sections of a paper that it applies to; empty for all.
    pub sections: Vec<SectionKind>,
    /// Conditions on the paper.
    pub paper: PaperCondition,
    /// The weight of its vote; a sum of weights is a log-odds.
    pub weight: f64,
    /// The weight in its own file, before any `weights.toml`.
    pub written_weight: f64,
    /// Addition to the log-odds that the paper never names what the rule finds.
    pub nameless: f64,
    /// Its status.
    pub status: RuleStatus,
    /// Its precision on annotated papers, if `measurements.toml` has it.
    pub measured: Option<Measurement>,
    /// Further reading.
    pub references: Vec<String>,
    /// Texts in which it must find something, and near misses.
    pub examples: Vec<Example>,
}

impl Rule {
    /// Returns whether the rule can apply to an entity of this type: `false` if its conditions require
    /// another type.
    pub fn concerns(&self, entity_type: EntityType) -> bool {
        let asks = |condition| self.when.contains(&condition);
        match entity_type {
            EntityType::Model => !asks(Condition::Dataset),
            EntityType::Dataset => !asks(Condition::Model),
            EntityType::Software => !asks(Condition::Dataset) && !asks(Condition::Model),
        }
    }

    /// Returns the classes of the lexicon that its patterns and regular expressions name.
    pub fn classes(&self) -> ClassSet {
        let mut classes = ClassSet::default();
        for places in [&self.wanted, &self.unless] {
            classes.extend(places.regex.as_ref().map(Expression::classes).unwrap_or_default());
            for (_, pattern) in places.patterns() {
                pattern.pattern.for_each_element(&mut |element| {
                    if let Element::Class(class) | Element::NotClass(class) = element {
                        classes.insert(*class);
                    }
                });
            }
        }
        classes
    }
}

/// Returns whether a rule with these sections applies to a section; without any, it applies to all.
pub(crate) fn applies_to(sections: &[SectionKind], section: SectionKind) -> bool {
    sections.is_empty() || sections.contains(&section)
}
