//! Attributes from the named groups of a regular expression, read by the same readers as the text.

use super::detector::Detector;
use super::token::tokenise;
use super::unit::join;
use super::{Attributes, QuantityMention, Trait};
use crate::catalogue::{Group, spelling_key};
use crate::document::{ByteSpan, single_spaced};

impl Detector {
    /// Adds the attributes that groups state, of each group the first. They replace those of the surrounding
    /// text.
    pub(super) fn add_group_attributes(
        &self,
        prose: &str,
        groups: &[(Group, ByteSpan)],
        quantities: &[QuantityMention],
        attributes: &mut Attributes,
    ) {
        let mut seen = Vec::new();
        for (group, span) in groups {
            if seen.contains(group) {
                continue;
            }
            seen.push(*group);
            match group {
                Group::Mention => {}
                Group::Amount(measure) => {
                    // What stands around the number tells how exactly it is meant: "O(100B)", "over 100B".
                    let whole = quantities
                        .iter()
                        .find(|found| found.measure == *measure && found.span.contains(*span));
                    let quantity = whole
                        .map(|found| found.quantity.clone())
                        .or_else(|| self.quantities.amount(span.of(prose), *measure));
                    let Some(quantity) = quantity else { continue };
                    // What the number would count without the group.
                    let others = quantities.iter().filter(|found| found.span.overlaps(*span));
                    for other in others {
                        attributes
                            .quantities
                            .retain(|(of, is)| (*of, is) != (other.measure, &other.quantity));
                    }
                    attributes.quantities.retain(|(of, _)| of != measure);
                    attributes.quantities.push((*measure, quantity));
                }
                Group::Trait(of) => {
                    let values = self.told_of(*of, prose, *span);
                    attributes.traits.retain(|(other, _)| other != of);
                    attributes.traits.extend(values.into_iter().map(|value| (*of, value)));
                }
            }
        }
    }

    /// Returns the values of a trait in a span: those of the lexicon, else the words themselves.
    fn told_of(&self, wanted: Trait, prose: &str, span: ByteSpan) -> Vec<String> {
        let (mut tokens, mut units, mut read) = (Vec::new(), Vec::new(), Attributes::default());
        tokenise(prose, span, &self.vocabulary, &mut tokens);
        join(&tokens, &[], &[], &self.vocabulary, self.marks, &mut units);
        self.attributes.read_traits(&units, &mut read);
        let values: Vec<String> = read.values_of(wanted).map(str::to_string).collect();
        if !values.is_empty() {
            return values;
        }
        let words = single_spaced(span.of(prose));
        match wanted {
            Trait::Organisation => {
                vec![self.makers.get(&*spelling_key(&words)).map_or(words.clone(), |id| id.to_string())]
            }
            _ => vec![words.to_lowercase()],
        }
    }
}
