//! Search for the start of a noun phrase: back from its head over modifiers, counts, signs and conjunctions.

use super::Grammar;
use crate::catalogue::ClassSet;
use crate::detect::naming::is_year;
use crate::detect::unit::Unit;

/// Most units of a phrase before its head.
const LONGEST_PHRASE: usize = 16;
/// Most units inside the brackets of a tuple.
const LONGEST_TUPLE: usize = 7;

impl Grammar {
    /// Returns the start of the phrase with this head, and its determiner.
    pub(super) fn start_of(
        &self,
        units: &[Unit],
        head: usize,
        plural: bool,
        text: &str,
    ) -> (usize, Option<usize>) {
        let joined = ClassSet::one(self.marks.joined);
        let mut start = head;
        // Where the phrase begins unless a determiner further left shows that a doubtful word
        // ("training models", "the training models") belongs to it.
        let mut doubtful: Option<usize> = None;
        let floor = head.saturating_sub(LONGEST_PHRASE);
        while start > floor {
            let at = start - 1;
            let (unit, current) = (&units[at], &units[start]);
            let classes = unit.classes;
            if current.classes.has_any(joined) && !unit.sign {
                start = at;
            } else if self.is_possessive_phrase(unit, text) {
                return (at, Some(at));
            } else if classes.has_any(self.possessive) && at > floor && !units[at - 1].sign {
                start = at - 1;
            } else if self.is_inner_modifier(units, at, floor, text) {
                start = at;
            } else if unit.has(self.marks.quantity) && self.begins_with_determiner(unit, text) {
                return (at, Some(at)); // "a billion-parameter model"
            } else if unit.sign {
                match self.over_sign(units, at, start, floor, text) {
                    Some(further) => start = further,
                    None => break,
                }
            } else if plural && classes.has_any(self.singular_determiner) && !self.is_count(unit) {
                break; // "that" before a plural begins a clause
            } else if self.is_label(units, at, text) {
                break;
            } else if classes.has_any(self.determiner) && !self.is_count(unit) {
                let joins = |unit: &Unit| unit.classes.has_any(self.before_determiner) || self.is_count(unit);
                let start = if at > 0 && joins(&units[at - 1]) { at - 1 } else { at }; // "two other models"
                return (start, Some(at));
            } else if self.is_count(unit) && !self.is_version(units, at) {
                return self.over_count(units, self.before_share(units, at), plural, text);
            } else if classes.has_any(self.conjunction) {
                let before = at.checked_sub(1).map(|index| &units[index]);
                // "validation and test sets": the head of several words begins with a modifier
                let begins_modified = if start < head {
                    self.modifies(current, text) || self.is_count(current)
                } else {
                    current.span.of(text).contains([' ', '-'])
                };
                let pair = before.is_some_and(|unit| self.pairs(unit, text)) && begins_modified;
                if !pair {
                    break;
                }
                start = at - 1;
            } else if classes.has_any(self.boundary) && !classes.has_any(joined)
                || self.is_verb(units, at, start, text)
                || self.head(unit).is_some_and(|(_, plural)| plural)
            {
                break;
            } else {
                if doubtful.is_none() && self.is_doubtful(units, at, text) {
                    doubtful = Some(start);
                }
                start = at;
            }
        }
        (doubtful.unwrap_or(start), self.possessor(units, doubtful.unwrap_or(start), head))
    }

    /// Returns the number before the sign and the number of a share or a range, or the number itself: "3/4 models",
    /// "1–2 models".
    fn before_share(&self, units: &[Unit], at: usize) -> usize {
        let above = at.checked_sub(2).filter(|above| {
            let (above, sign) = (&units[*above], &units[at - 1]);
            let is_glued = above.span.end == sign.span.start && sign.span.end == units[at].span.start;
            is_glued && sign.sign && above.has(self.marks.number)
        });
        above.unwrap_or(at)
    }

    /// Returns whether a word that elsewhere begins a clause or counts is a modifier here, since an article or
    /// a possessive stands before it: "a second model", "the most used model".
    fn is_inner_modifier(&self, units: &[Unit], at: usize, floor: usize, text: &str) -> bool {
        let classes = units[at].classes;
        // What counts modifies a participle only: "the most used model", but a model is "the most suitable" for
        // something.
        let is_participle = |unit: &Unit| {
            self.participle_endings.iter().any(|ending| unit.span.of(text).ends_with(ending.as_str()))
        };
        let is_doubtful = match classes.has_any(self.determiner) {
            true => units.get(at + 1).is_some_and(is_participle),
            false => classes.has_any(self.boundary),
        };
        is_doubtful
            && classes.has_any(self.modifier)
            && at > floor
            && (self.is_definite_determiner(&units[at - 1])
                || units[at - 1].classes.has_any(self.indefinite)
                || units[at - 1].classes.has_any(self.possessive))
    }

    /// Returns whether a determiner of one letter is the label of the word before it, which a capital inside
    /// a sentence shows: "Group A models".
    fn is_label(&self, units: &[Unit], at: usize, text: &str) -> bool {
        let written = units[at].span.of(text);
        let is_capital =
            written.len() == 1 && written.starts_with(|letter: char| letter.is_ascii_uppercase());
        let is_behind_word = at.checked_sub(1).map(|before| &units[before]).is_some_and(|before| {
            !before.sign
                && before.classes.has_any(ClassSet::one(self.marks.capitalised))
                && matches!(text.get(before.span.end..units[at].span.start), Some(" " | "-"))
        });
        // In a title, the words behind an article are capitalised as well.
        let is_no_title = units
            .get(at + 1)
            .is_some_and(|next| next.span.of(text).starts_with(|letter: char| letter.is_lowercase()));
        is_capital && is_behind_word && is_no_title && units[at].classes.has_any(self.determiner)
    }

    /// Returns whether a number is the version or the number of the word before it: "Orvex-5 models", "the article-2
    /// set", "Class 2 models"; of "the top-5 models" there are five.
    fn is_version(&self, units: &[Unit], at: usize) -> bool {
        let joined = units[at].has(self.marks.joined);
        let is_numbered = |before: &Unit| match joined {
            true => !before.sign && !before.classes.has_any(self.before_count),
            false => before.has(self.marks.capitalised) && before.classes.has_any(self.label_noun),
        };
        units[at].has(self.marks.number) && at > 0 && is_numbered(&units[at - 1])
    }

    /// Steps over a slash, a comma or a bracket inside a phrase: "real/fake classifiers", "a large, closed
    /// model", "state-of-the-art (SOTA) models". Returns the new start of the phrase.
    fn over_sign(&self, units: &[Unit], at: usize, start: usize, floor: usize, text: &str) -> Option<usize> {
        let unit = &units[at];
        if unit.classes.has_any(self.slash) {
            // "real/fake classifiers"
            let glued = at > floor
                && unit.span.start == units[at - 1].span.end
                && unit.span.end == units[start].span.start
                && !units[at - 1].classes.has_any(self.boundary);
            return glued.then(|| at - 1);
        }
        if unit.classes.has_any(self.comma) {
            // "Third, strong models do so"
            let opens_sentence = at == 1 && units[0].classes.has_any(self.boundary);
            let between = at > floor
                && !opens_sentence
                && self.modifies(&units[at - 1], text)
                && self.modifies(&units[start], text)
                && !units[at - 1].classes.has_any(ClassSet::one(self.marks.name));
            return between.then(|| at - 1);
        }
        if unit.classes.has_any(self.close_bracket) && at >= floor + 3 {
            let abbreviation = &units[at - 1];
            let is_short = [self.marks.acronym, self.marks.mixed].iter().any(|mark| abbreviation.has(*mark));
            let bracketed = is_short
                && units[at - 2].classes.has_any(self.open_bracket)
                && !units[at - 3].sign
                && !units[at - 3].classes.has_any(self.boundary);
            return bracketed
                .then(|| at - 3)
                .or_else(|| self.tuple(units, at, floor))
                .or_else(|| self.citation(units, at, floor, text));
        }
        None
    }

    /// Returns the word before a citation that ends at `close` and interrupts a phrase: "a BERT (Devlin et
    /// al., 2019) answer extraction model".
    fn citation(&self, units: &[Unit], close: usize, floor: usize, text: &str) -> Option<usize> {
        let open = (floor..close).rev().find(|at| units[*at].classes.has_any(self.open_bracket))?;
        let before = open.checked_sub(1)?;
        let cites = units[open + 1..close].iter().any(|unit| is_year(unit.span.of(text)));
        (cites && !units[before].sign && !units[before].classes.has_any(self.boundary)).then_some(before)
    }

    /// Returns the start of a tuple that ends at `close`: "(image, text) pairs".
    fn tuple(&self, units: &[Unit], close: usize, floor: usize) -> Option<usize> {
        let open = (floor..close).rev().find(|at| units[*at].classes.has_any(self.open_bracket))?;
        let inside = &units[open + 1..close];
        let listed = inside.iter().any(|unit| unit.classes.has_any(self.comma));
        let plain = inside.iter().all(|unit| !unit.sign || unit.classes.has_any(self.comma));
        (listed && plain && inside.len() <= LONGEST_TUPLE).then_some(open)
    }

    /// Extends a phrase over words before its count: "the six", "another two", "both 7B".
    fn over_count(&self, units: &[Unit], count: usize, plural: bool, text: &str) -> (usize, Option<usize>) {
        let mut start = count;
        while start > 0 {
            let before = units[start - 1].classes;
            if plural && before.has_any(self.singular_determiner) {
                break;
            } else if units[start].classes.has_any(self.vague_count) && self.is_count(&units[start - 1]) {
                start -= 1; // "two other models"
            } else if before.has_any(self.before_count) && !units[count].classes.has_any(self.vague_count) {
                start -= 1;
            } else if before.has_any(self.determiner) || before.has_any(self.before_determiner) {
                return (start - 1, Some(start - 1));
            } else if start >= 3 && before.has_any(self.conjunction) && self.pairs(&units[start - 2], text) {
                // "12 proprietary and 10 open models" is one set
                let mut first = start - 2;
                while first > 0 && self.modifies(&units[first], text) && !self.is_count(&units[first]) {
                    first -= 1;
                }
                if !self.is_count(&units[first]) {
                    break;
                }
                start = first;
            } else {
                break;
            }
        }
        (start, Some(count))
    }

    /// Returns whether a unit before a conjunction modifies the head behind it; "four models and three tests"
    /// are two phrases.
    fn pairs(&self, unit: &Unit, text: &str) -> bool {
        self.modifies(unit, text) && !self.head(unit).is_some_and(|(_, plural)| plural)
    }
}

#[cfg(test)]
#[path = "start_tests.rs"]
mod tests;
