//! Names that a paper gives: those of the authors' own systems, and the labels of any system.

use super::NamingGrammar;
use crate::catalogue::ClassSet;
use crate::detect::unit::Unit;
use crate::document::ByteSpan;

/// Fewest bytes of a capitalised word that is taken for a name.
const SHORTEST_LABEL: usize = 3;

impl NamingGrammar {
    /// Returns whether a sentence with these classes can hold names that [`Self::coined`] adds.
    pub fn may_coin(&self, classes: ClassSet) -> bool {
        classes.has_any(self.propose) || classes.has_any(self.coining)
    }

    /// Adds the names that the authors give to a system of their own: those that are not in the catalogue and
    /// stand right after "we propose", "dubbed" and the like.
    pub fn coined(&self, units: &[Unit], names: &mut Vec<ByteSpan>) {
        for first in 1..units.len() {
            let (unit, before) = (units[first - 1].classes, first.checked_sub(2).map(|at| units[at].classes));
            let proposed = unit.has_any(self.propose) && before.is_some_and(|before| before.has_any(self.we));
            if !(proposed || unit.has_any(self.coining)) {
                continue;
            }
            let known = |unit: &Unit| unit.classes.has_any(ClassSet::one(self.marks.name));
            if self.begins_name(units, first) && !known(&units[first]) {
                let end = self.name_end(units, first);
                names.push(ByteSpan::new(units[first].span.start, units[end - 1].span.end));
            }
        }
    }

    /// Returns whether a phrase of these classes gives a name: "We call it".
    pub fn gives_name(&self, classes: ClassSet) -> bool {
        classes.has_any(self.labelling)
    }

    /// Adds the words that a text gives as names to any system, not only to the authors' own: capitalised
    /// words right after "which we refer to as" and the like.
    pub fn labelled(&self, units: &[Unit], names: &mut Vec<ByteSpan>) {
        let labels = (1..units.len()).filter(|first| {
            units[first - 1].classes.has_any(self.labelling) && self.is_label(&units[*first])
        });
        names.extend(labels.map(|first| {
            let end = self.name_end(units, first);
            ByteSpan::new(units[first].span.start, units[end - 1].span.end)
        }));
    }

    /// Tests whether a word that is in no class is capitalised like a name.
    pub(super) fn is_label(&self, unit: &Unit) -> bool {
        let any = |class| unit.classes.has_any(ClassSet::one(class));
        any(self.marks.capitalised) && any(self.marks.unlisted) && unit.span.len() >= SHORTEST_LABEL
    }
}
