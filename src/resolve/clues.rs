//! What a paper tells of one reference.

use super::grouping::Group;
use super::index::Index;
use super::organisation_finder::{OrganisationFinder, Telling};
use super::time::Stretch;
use super::weigh::{Target, targets};
use super::words::{WordId, for_each_word};
use crate::catalogue::{EntityType, EvidenceWeights, Kind, OrganisationId, SystemId};
use crate::detect::{Attributes, Detected, Measure, Mention, Quantity, Trait};
use crate::document::{ByteSpan, Document};

/// How many mentions of a reference are looked around.
const MOST_MENTIONS: usize = 4;
/// Numbers of four digits that are years.
const YEARS: std::ops::Range<i16> = 1990..2100;

/// Where a clue stands, seen from the mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In a neighbouring sentence.
    Neighbour,
    /// In the sentence.
    Sentence,
    /// With the mention.
    Mention,
}

/// A stated amount, and the stretches of amounts that agree with it.
#[derive(Debug, Clone)]
pub(super) struct SizeClue<'a> {
    pub measure: Measure,
    pub quantity: &'a Quantity,
    pub place: Place,
    pub targets: Vec<Target>,
}

/// An organisation that the text tells of.
#[derive(Debug, Clone)]
pub(super) struct OrganisationClue {
    pub id: OrganisationId,
    pub telling: Telling,
    /// How many organisations the same words can mean.
    pub meanings: usize,
    pub written: String,
    pub place: Place,
}

/// The authors and the date of a paper, worked out once for all its references.
#[derive(Debug, Clone, Default)]
pub(super) struct PaperClues {
    pub authors: Vec<OrganisationId>,
    pub authors_known: bool,
    pub date: Option<Stretch>,
}

/// All clues of one reference.
#[derive(Debug, Clone)]
pub(super) struct Clues<'a> {
    pub paper: &'a PaperClues,
    pub entity_type: EntityType,
    /// It stands for several systems.
    pub set: bool,
    /// It is the authors' own.
    pub own: bool,
    /// The text presents it to the world.
    pub announcing: bool,
    /// The text says that it belongs to the authors' organisation.
    pub in_house: bool,
    pub attributes: Attributes,
    pub sizes: Vec<SizeClue<'a>>,
    pub organisations: Vec<OrganisationClue>,
    /// Months of the year that the text gives, from 0.
    pub months: Vec<u8>,
    pub years: Vec<i16>,
    /// Years that the sentences of its mentions give outside of brackets.
    pub years_told: Vec<i16>,
    /// Systems that the text names, and how near.
    pub company: Vec<(SystemId, Place)>,
    /// Words of the sentences that entries have too.
    pub words: WordClues,
}

/// The words of a text that entries have too, and the nearest place of each.
#[derive(Debug, Clone, Default)]
pub(super) struct WordClues {
    /// Each word once, in the order of the text.
    pub found: Vec<WordId>,
    places: Vec<Option<Place>>,
    /// How many words were read; those of neighbouring sentences count in part.
    pub read: f64,
}

impl WordClues {
    fn add(&mut self, word: WordId, place: Place) {
        let at = word as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, None);
        }
        if self.places[at].is_none() {
            self.found.push(word);
        }
        self.places[at] = self.places[at].max(Some(place));
    }

    /// Where a word stands, if the text has it.
    pub fn place(&self, word: WordId) -> Option<Place> {
        self.places.get(word as usize).copied().flatten()
    }
}

/// What reading clues needs of the catalogue.
pub(super) struct ClueReader<'c> {
    pub index: &'c Index,
    pub finder: &'c OrganisationFinder,
    pub weights: &'c EvidenceWeights,
}

impl ClueReader<'_> {
    /// The clues of a group of mentions.
    pub fn read<'a>(
        &self,
        group: &Group,
        document: &'a Document,
        detected: &'a Detected,
        paper: &'a PaperClues,
    ) -> Clues<'a> {
        let mut clues = self.clues_of(group, detected, paper);
        let scopes = scopes(group, detected);
        self.gather_sizes(group, detected, &scopes, &mut clues);
        for mention in detected.mentions.iter().filter(|mention| mention.kind == Kind::Named) {
            let around = scopes.iter().filter(|(scope, _)| scope.contains(mention.span));
            let nearest = around.map(|(_, place)| *place).max();
            clues.company.extend(mention.systems.first().copied().zip(nearest));
        }
        for (scope, place) in &scopes {
            let text = scope.of(&document.prose);
            self.read_text(text, *place, &mut clues);
            if *place != Place::Neighbour {
                years_outside_brackets(text, &mut clues.years_told);
            }
            self.read_organisations(*scope, *place, document, detected, &mut clues);
        }
        if let Some(title) = &document.title {
            self.read_text(title, Place::Neighbour, &mut clues);
        }
        clues
    }

    /// The clues of a text that as a whole describes one system.
    pub fn read_whole<'a>(
        &self,
        group: &Group,
        document: &'a Document,
        detected: &'a Detected,
        paper: &'a PaperClues,
    ) -> Clues<'a> {
        let mut clues = self.clues_of(group, detected, paper);
        clues.announcing = clues.own;
        let whole = [(ByteSpan::new(0, document.prose.len()), Place::Sentence)];
        self.gather_sizes(group, detected, &whole, &mut clues);
        let named = detected.mentions.iter().filter_map(|mention| mention.systems.first());
        clues.company.extend(named.map(|system| (*system, Place::Sentence)));
        self.read_text(&document.prose, Place::Sentence, &mut clues);
        self.read_organisations(whole[0].0, Place::Sentence, document, detected, &mut clues);
        if let Some(title) = &document.title {
            self.read_text(title, Place::Sentence, &mut clues);
        }
        clues
    }

    fn clues_of<'a>(&self, group: &Group, detected: &Detected, paper: &'a PaperClues) -> Clues<'a> {
        let mut attributes = Attributes::default();
        for index in &group.mentions {
            attributes.merge(&detected.mentions[*index].attributes);
        }
        let hints = [Trait::Organisation, Trait::Access];
        let in_house = attributes.traits.iter().any(|(of, value)| {
            hints.contains(of) && self.weights.organisation.in_house_values.contains(value)
        });
        Clues {
            paper,
            entity_type: group.entity_type,
            set: group.plural,
            own: group.own,
            announcing: false,
            in_house,
            attributes,
            sizes: Vec::new(),
            organisations: Vec::new(),
            months: Vec::new(),
            years: Vec::new(),
            years_told: Vec::new(),
            company: Vec::new(),
            words: WordClues::default(),
        }
    }

    /// Amounts of the mentions, and those of their surroundings that belong to nothing else.
    fn gather_sizes<'a>(
        &self,
        group: &Group,
        detected: &'a Detected,
        scopes: &[(ByteSpan, Place)],
        clues: &mut Clues<'a>,
    ) {
        for index in &group.mentions {
            for (measure, quantity) in &detected.mentions[*index].attributes.quantities {
                self.add_size(*measure, quantity, Place::Mention, clues);
            }
        }
        for found in &detected.quantities {
            let scope =
                scopes.iter().filter(|(scope, _)| scope.contains(found.span)).map(|(_, place)| *place).max();
            let Some(place) = scope else { continue };
            let taken = detected.mentions.iter().enumerate().any(|(index, mention)| {
                mention.entity_type == group.entity_type
                    && mention.sentence.contains(found.span)
                    && !group.mentions.contains(&index)
                    && mention
                        .attributes
                        .quantities
                        .iter()
                        .any(|(of, quantity)| *of == found.measure && *quantity == found.quantity)
            });
            if !taken {
                self.add_size(found.measure, &found.quantity, place, clues);
            }
        }
    }

    fn add_size<'a>(&self, measure: Measure, quantity: &'a Quantity, place: Place, clues: &mut Clues<'a>) {
        let known = |size: &SizeClue<'_>| size.measure == measure && size.quantity == quantity;
        if !clues.sizes.iter().any(known) {
            let targets = targets(measure, quantity, self.index, &self.weights.size);
            if !targets.is_empty() {
                clues.sizes.push(SizeClue { measure, quantity, place, targets });
            }
        }
    }

    fn read_text(&self, text: &str, place: Place, clues: &mut Clues<'_>) {
        let counts = if place == Place::Neighbour { self.weights.words.neighbour } else { 1.0 };
        for_each_word(text, |folded, written| {
            clues.words.read += counts;
            let known = self.index.vocabulary.id(folded);
            let telling =
                |word: &WordId| self.index.rarity[*word as usize] > self.weights.words.common as f32;
            if let Some(word) = known.filter(telling) {
                clues.words.add(word, place);
            }
            if written.starts_with(|c: char| c.is_ascii_uppercase()) {
                let month =
                    self.weights.date.months.iter().position(|month| month.eq_ignore_ascii_case(written));
                clues.months.extend(month.map(|month| month as u8));
            } else if written.len() == 4 && matches!(written.as_bytes()[0], b'1' | b'2') {
                clues.years.extend(written.parse::<i16>().ok().filter(|year| YEARS.contains(year)));
            }
        });
    }

    /// Organisations of a part of the prose; the maker's name inside a system's name is none.
    fn read_organisations(
        &self,
        scope: ByteSpan,
        place: Place,
        document: &Document,
        detected: &Detected,
        clues: &mut Clues<'_>,
    ) {
        let text = scope.of(&document.prose);
        self.finder.find(text, |id, telling, meanings, at| {
            let span = ByteSpan::new(scope.start + at.start, scope.start + at.end);
            let inside = |mention: &Mention| mention.kind == Kind::Named && mention.span.overlaps(span);
            if telling == Telling::Name && detected.mentions.iter().any(inside) {
                return;
            }
            match clues.organisations.iter_mut().find(|seen| seen.id == id && seen.telling == telling) {
                Some(seen) => seen.place = seen.place.max(place),
                None => {
                    let written = at.of(text).to_string();
                    clues.organisations.push(OrganisationClue { id, telling, meanings, written, place });
                }
            }
        });
    }
}

/// Years of a text, without those of citations and other bracketed asides.
fn years_outside_brackets(text: &str, years: &mut Vec<i16>) {
    let mut depth = 0usize;
    for part in text.split_inclusive(['(', ')', '[', ']']) {
        let (words, bracket) = part.split_at(part.len() - usize::from(part.ends_with(['(', ')', '[', ']'])));
        if depth == 0 {
            for_each_word(words, |_, written| {
                let year = (written.len() == 4).then(|| written.parse::<i16>().ok()).flatten();
                years.extend(year.filter(|year| YEARS.contains(year)));
            });
        }
        match bracket {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// The sentences of a group's mentions and their neighbours.
fn scopes(group: &Group, detected: &Detected) -> Vec<(ByteSpan, Place)> {
    let mut scopes: Vec<(ByteSpan, Place)> = Vec::with_capacity(4);
    let mut add = |span: ByteSpan, place: Place| match scopes.iter_mut().find(|(seen, _)| *seen == span) {
        Some(seen) => seen.1 = seen.1.max(place),
        None => scopes.push((span, place)),
    };
    for index in group.mentions.iter().take(MOST_MENTIONS) {
        let own = detected.mentions[*index].sentence;
        let at = detected.sentences.partition_point(|sentence| sentence.start < own.start);
        add(own, Place::Sentence);
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        for neighbour in neighbours.into_iter().flatten().filter_map(|at| detected.sentences.get(at)) {
            add(*neighbour, Place::Neighbour);
        }
    }
    scopes
}
