//! Quantities in notations that the catalogue gives as regular expressions.

use super::{Quantity, QuantityFinder, QuantityMention};
use crate::catalogue::{Group, Notation};
use crate::detect::literal_index::{LiteralIndex, SetsHeld};
use crate::document::ByteSpan;

/// The notations of a catalogue, indexed by the literals that they need.
#[derive(Debug, Clone, Default)]
pub(super) struct Notations {
    index: LiteralIndex,
    list: Vec<Notation>,
}

impl Notations {
    /// Indexes the notations.
    pub(super) fn new(notations: &[Notation]) -> Self {
        let index = LiteralIndex::new(notations.iter().map(|notation| &notation.regex));
        Self { index, list: notations.to_vec() }
    }

    /// Returns whether there are no notations.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds the quantities in these notations in a sentence to those from `first` on in `out`. They replace
    /// overlapping ones: whoever defines a notation knows more of it than words do.
    pub(super) fn find(
        &self,
        finder: &QuantityFinder,
        text: &str,
        sentence: ByteSpan,
        first: usize,
        out: &mut Vec<QuantityMention>,
    ) {
        let Some(slice) = text.get(sentence.start..sentence.end) else { return };
        let mut wanted = self.index.always().to_vec();
        self.index.each(slice, |_, place| wanted.push(place));
        wanted.sort_unstable();
        wanted.dedup();
        let (window, mut held) = (ByteSpan::new(0, slice.len()), SetsHeld::default());
        wanted.retain(|place| self.index.may_match(*place, slice, window, &mut held));
        for notation in wanted.iter().filter_map(|place| self.list.get(*place as usize)) {
            for found in notation.regex.matches(slice) {
                let amount = found.groups.iter().find_map(|(group, range)| match group {
                    Group::Amount(measure) => {
                        let quantity = finder.amount(&slice[range.clone()], *measure)?;
                        Some((*measure, scaled(quantity, notation)?))
                    }
                    Group::Mention | Group::Trait(_) => None,
                });
                let Some((measure, quantity)) = amount else { continue };
                let start = sentence.start + found.span.start;
                let matched = &slice[found.span];
                let blank = matched.len() - matched.trim_start().len();
                let span = ByteSpan::new(start + blank, start + blank + matched.trim().len());
                let (span, quantity) = finder.with_precision(text, sentence, span, quantity);
                let from = first + out[first..].partition_point(|other| other.span.end <= span.start);
                let to = from + out[from..].partition_point(|other| other.span.start < span.end);
                out.splice(from..to, [QuantityMention { span, measure, quantity }]);
            }
        }
    }
}

/// Converts an amount to the value that the notation stands for.
fn scaled(quantity: Quantity, notation: &Notation) -> Option<Quantity> {
    let meant = |value: f64| match notation.power_of {
        Some(base) => base.powf(value),
        None => value * notation.factor,
    };
    let quantity = Quantity {
        at: meant(quantity.at),
        precision: notation.precision.unwrap_or(quantity.precision),
        from: quantity.from.map(meant),
        values: quantity.values.into_iter().map(meant).collect(),
    };
    (quantity.at.is_finite() && quantity.at > 0.0).then_some(quantity)
}
