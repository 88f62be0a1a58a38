//! Selection of the rules of thumb that hold for a description.
//!
//! Rules are indexed by the organisations that they require, so that most cost nothing where they do not
//! hold.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;

use super::clues::{Clues, Proximity};
use super::grouping::Group;
use super::index::Index;
use super::organisation_finder::OrganisationCue;
use super::time::Stretch;
use crate::catalogue::{
    Circumstances, Favour, FavourTarget, Kind, OrganisationId, RuleOfThumb, RuleStatus, SizeRange, System,
    SystemId, Systems,
};
use crate::detect::{Detected, Quantity};
use crate::document::{ByteSpan, Document};

/// Maximum number of mentions of a description that are examined.
const MOST_MENTIONS: usize = 4;
/// Maximum number of systems of a family or a maker that become candidates.
const MOST_FAVOURED: usize = 60;

/// A rule of thumb with the systems that it favours.
#[derive(Debug)]
pub(super) struct Thumb {
    pub rule: RuleOfThumb,
    /// The candidates of each favour; looked up when the rule first holds, since few of the rules ever do.
    candidates: OnceLock<Vec<Vec<SystemId>>>,
}

impl Thumb {
    /// Returns the candidates of each favour, the most used first.
    pub fn candidates(&self, systems: &Systems, index: &Index) -> &[Vec<SystemId>] {
        let of = |favour: &Favour| favoured(favour.target, systems, index);
        self.candidates.get_or_init(|| self.rule.favours.iter().map(of).collect())
    }

    /// Returns its weight for a system, before scaling.
    pub fn weight_for(&self, id: SystemId, system: &System) -> f64 {
        let favoured = self.rule.favours.iter().filter(|favour| is_meant(favour.target, id, system));
        favoured.map(|favour| favour.weight).fold(0.0, f64::max)
    }
}

/// Returns whether a system is among those favoured.
fn is_meant(target: FavourTarget, id: SystemId, system: &System) -> bool {
    match target {
        FavourTarget::System(favoured) => favoured == id,
        FavourTarget::Family(head) => head == id || system.family == Some(head),
        FavourTarget::Maker(maker) => system.organisations.contains(&maker),
    }
}

/// All stable rules of thumb, indexed.
#[derive(Debug, Clone, Default)]
pub(super) struct RulesOfThumb {
    thumbs: Vec<Arc<Thumb>>,
    /// Rules that require authors, by each organisation that they name. Of the other rules, those that
    /// require an organisation in the text are in `by_stated`.
    by_author: HashMap<OrganisationId, Vec<usize>, FixedState>,
    by_stated: HashMap<OrganisationId, Vec<usize>, FixedState>,
    /// Rules that require neither.
    others: Vec<usize>,
}

impl RulesOfThumb {
    /// Indexes the stable rules.
    pub fn new(rules: &[RuleOfThumb]) -> Self {
        let used = rules.iter().filter(|rule| rule.status == RuleStatus::Stable);
        Self::of(
            used.map(|rule| Arc::new(Thumb { rule: rule.clone(), candidates: OnceLock::new() })).collect(),
        )
    }

    /// Returns the rules without the one of this name.
    pub fn without(&self, name: &str) -> Self {
        Self::of(self.thumbs.iter().filter(|thumb| thumb.rule.name != name).cloned().collect())
    }

    fn of(thumbs: Vec<Arc<Thumb>>) -> Self {
        let mut rules = Self { thumbs, ..Self::default() };
        for (place, thumb) in rules.thumbs.iter().enumerate() {
            let when = &thumb.rule.when;
            let (lists, ids) = match (when.authors.is_empty(), when.stated_organisations.is_empty()) {
                (false, _) => (&mut rules.by_author, &when.authors),
                (true, false) => (&mut rules.by_stated, &when.stated_organisations),
                (true, true) => {
                    rules.others.push(place);
                    continue;
                }
            };
            for id in ids {
                lists.entry(*id).or_default().push(place);
            }
        }
        rules
    }

    /// Records in the clues of a description which rules hold for it.
    pub fn read(&self, group: &Group, document: &Document, detected: &Detected, clues: &mut Clues<'_>) {
        let mut found: Vec<usize> = self.others.clone();
        let authors = clues.paper.authors.iter().filter_map(|author| self.by_author.get(author));
        found.extend(authors.flatten());
        if !self.by_stated.is_empty() {
            let organisations = clues.organisations.iter();
            let by_stated = organisations.filter_map(|organisation| self.by_stated.get(&organisation.id));
            found.extend(by_stated.flatten());
        }
        if found.is_empty() {
            return;
        }
        found.sort_unstable();
        found.dedup();
        let facts = Situation { group, prose: &document.prose, detected, clues };
        let holds = |thumb: &&Arc<Thumb>| {
            facts.all_of(&thumb.rule.when)
                && (thumb.rule.unless.is_empty() || !facts.any_of(&thumb.rule.unless))
        };
        let holding: Vec<Arc<Thumb>> =
            found.iter().filter_map(|place| self.thumbs.get(*place)).filter(holds).cloned().collect();
        clues.rules_of_thumb = holding;
    }
}

/// Returns the systems that are favoured, the most used first. No other entries of the catalogue are read.
fn favoured(target: FavourTarget, systems: &Systems, index: &Index) -> Vec<SystemId> {
    let possible: Vec<SystemId> = match target {
        FavourTarget::System(id) => return vec![id],
        FavourTarget::Family(head) => index.family_of(head).collect(),
        FavourTarget::Maker(maker) => index.all_of_organisation(maker).to_vec(),
    };
    let known = possible.into_iter().filter_map(|id| Some((id, systems.get(id)?)));
    let meant = known.filter(|(id, system)| is_meant(target, *id, system));
    let mut found: Vec<(u32, SystemId)> = meant.map(|(id, system)| (system.uses, id)).collect();
    found.sort_unstable_by_key(|(uses, id)| (std::cmp::Reverse(*uses), *id));
    found.truncate(MOST_FAVOURED);
    found.into_iter().map(|(_, id)| id).collect()
}

/// The facts that circumstances are compared with.
struct Situation<'t> {
    group: &'t Group,
    prose: &'t str,
    detected: &'t Detected,
    clues: &'t Clues<'t>,
}

impl Situation<'_> {
    /// Returns whether all given conditions hold.
    fn all_of(&self, asked: &Circumstances) -> bool {
        self.answers(asked).all(|holds| holds)
    }

    /// Returns whether any given condition holds.
    fn any_of(&self, asked: &Circumstances) -> bool {
        self.answers(asked).any(|holds| holds)
    }

    /// Evaluates each given condition, the most expensive ones last.
    fn answers<'c>(&self, asked: &'c Circumstances) -> impl Iterator<Item = bool> + use<'_, 'c> {
        let Circumstances { authors, stated_organisations: organisations, types, kinds, phrases, .. } = asked;
        let clues = self.clues;
        let kind = if self.group.own { Kind::Own } else { Kind::Described };
        let is_dated = asked.from.is_some() || asked.to.is_some();
        let simple = [
            (!types.is_empty()).then(|| types.contains(&clues.entity_type)),
            (!kinds.is_empty()).then(|| kinds.contains(&kind)),
            is_dated.then(|| self.is_of_time(asked)),
            (!authors.is_empty()).then(|| authors.iter().any(|author| clues.paper.authors.contains(author))),
            (!organisations.is_empty()).then(|| organisations.iter().any(|wanted| self.tells_of(*wanted))),
        ];
        let sizes = asked.sizes.iter().map(|range| self.states(range));
        let traits = asked.traits.iter().map(|(of, values)| {
            clues.attributes.values_of(*of).any(|stated| values.iter().any(|value| value == stated))
        });
        let in_mention = phrases.first().into_iter().map(|_| {
            self.spans().any(|(mention, _)| holds_any(&mention.of(self.prose).to_lowercase(), phrases))
        });
        let in_sentence = asked.regex.iter().map(|regex| {
            self.spans().any(|(mention, sentence)| {
                let found = regex.matches(sentence.of(self.prose));
                found.into_iter().any(|found| {
                    let (from, to) = (sentence.start + found.span.start, sentence.start + found.span.end);
                    ByteSpan::new(from, to).overlaps(mention)
                })
            })
        });
        simple.into_iter().flatten().chain(sizes).chain(traits).chain(in_mention).chain(in_sentence)
    }

    /// Returns whether the midpoint of the date of use lies in the required period.
    fn is_of_time(&self, asked: &Circumstances) -> bool {
        let Some(date) = self.clues.date.map(Stretch::middle) else { return false };
        asked.from.is_none_or(|from| Stretch::of(from).from <= date)
            && asked.to.is_none_or(|to| date <= Stretch::of(to).to)
    }

    fn tells_of(&self, wanted: OrganisationId) -> bool {
        let mut clues = self.clues.organisations.iter().filter(|clue| clue.id == wanted);
        clues.any(|clue| {
            clue.place >= Proximity::Sentence && (clue.telling == OrganisationCue::Name || clue.meanings == 1)
        })
    }

    fn states(&self, range: &SizeRange) -> bool {
        let mut stated = self.clues.sizes.iter().filter(|size| size.measure == range.measure);
        stated.any(|size| size.place >= Proximity::Sentence && lies_in(&size.quantity, range))
    }

    /// Returns the mentions with their sentences, or the whole text if there is no mention.
    fn spans(&self) -> impl Iterator<Item = (ByteSpan, ByteSpan)> {
        let whole = ByteSpan::new(0, self.prose.len());
        let mentions = self.group.mentions.iter().take(MOST_MENTIONS);
        let mentions = mentions.filter_map(|index| self.detected.mentions.get(*index));
        let spans = mentions.map(|mention| (mention.span, mention.sentence));
        spans.chain(self.group.mentions.is_empty().then_some((whole, whole)))
    }
}

/// Tests whether a stated amount lies in a range, as far as it is written as a number.
fn lies_in(quantity: &Quantity, range: &SizeRange) -> bool {
    let inside = |amount: f64| range.from <= amount && amount <= range.to;
    match quantity.from {
        Some(from) => from <= range.to && range.from <= quantity.at,
        None => inside(quantity.at) || quantity.values.iter().any(|value| inside(*value)),
    }
}

/// Tests whether a lower-case text contains one of some phrases as whole words, with or without a final "s".
fn holds_any(text: &str, phrases: &[String]) -> bool {
    let bytes = text.as_bytes();
    let goes_on = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    phrases.iter().any(|phrase| {
        text.match_indices(phrase.as_str()).any(|(at, _)| {
            let end = at + phrase.len();
            let end = end + usize::from(bytes.get(end) == Some(&b's'));
            !goes_on(bytes.get(end)) && !goes_on(at.checked_sub(1).and_then(|before| bytes.get(before)))
        })
    })
}

#[cfg(test)]
#[path = "rules_of_thumb_tests.rs"]
mod tests;
