//! Reads the clues about a reference from a paper, one kind after another.

use super::{Clues, Proximity, SystemClue};
use crate::catalogue::{EntityType, EvidenceWeights, Kind};
use crate::detect::{Attributes, Detected, Gates, Mention, Trait};
use crate::document::{ByteSpan, Document};
use crate::resolve::grouping::Group;
use crate::resolve::index::Index;
use crate::resolve::nearby::within;
use crate::resolve::organisation_finder::OrganisationFinder;
use crate::resolve::paper::PaperClues;
use crate::resolve::rules_of_thumb::RulesOfThumb;
use crate::resolve::stated_date::{Event, date_of_use};
use crate::resolve::weigh::set_word_gains;
use crate::resolve::word_clues::WordClues;

/// Maximum number of mentions of a reference whose surroundings are read.
pub(super) const MOST_MENTIONS: usize = 4;

/// The parts of the catalogue that are needed to read clues.
pub(in crate::resolve) struct ClueReader<'c> {
    pub index: &'c Index,
    pub finder: &'c OrganisationFinder,
    pub gates: &'c Gates,
    pub weights: &'c EvidenceWeights,
    pub rules_of_thumb: &'c RulesOfThumb,
}

impl ClueReader<'_> {
    /// Reads the clues of a group of mentions.
    pub fn read<'a>(
        &self,
        group: &Group,
        document: &'a Document,
        detected: &'a Detected,
        paper: &'a PaperClues,
    ) -> Clues<'a> {
        let mut clues = self.clues_of(group, detected, paper);
        self.read_citations(group, document, detected, &mut clues);
        let scopes = scopes(group, detected);
        self.gather_sizes(group, detected, &scopes, &mut clues);
        for (mention, place) in within(&detected.mentions, &scopes, |mention| mention.span) {
            let named = mention.systems.first().filter(|_| mention.kind == Kind::Named);
            clues.company.extend(named.map(|id| SystemClue { id: *id, place, span: mention.span }));
        }
        let mut names = names_in(detected, &scopes);
        let near: Vec<ByteSpan> =
            group.mentions.iter().take(MOST_MENTIONS).map(|index| detected.mentions[*index].span).collect();
        for (scope, place) in &scopes {
            self.read_organisations((*scope, *place), &near, document, detected, &mut names, &mut clues);
        }
        for (scope, place) in &scopes {
            let text = scope.of(&document.prose);
            self.read_text(text, *place, Some(scope.start), &names, &near, &mut clues);
            self.read_dates(*scope, *place, &document.prose, &mut clues);
            self.gates.read_signs(text, &mut clues.hinted_kinds);
        }
        let near =
            clues.dates.iter().filter(|(_, place)| *place != Proximity::Neighbour).map(|(date, _)| date);
        clues.date = date_of_use(near, paper.date).or(paper.date);
        if let Some(title) = &document.title {
            self.read_text(title, Proximity::Neighbour, None, &[], &[], &mut clues);
        }
        self.read_kinds(group, detected, &document.prose, &mut clues.kinds);
        let first = clues.mention.map(|mention| (mention, detected.mentions[group.mentions[0]].sentence));
        if let Some((mention, sentence)) = first {
            clues.series = self.series(mention, sentence, &document.prose);
        }
        set_word_gains(&mut clues.words, self.index, &self.weights.words);
        self.rules_of_thumb.read(group, document, detected, &mut clues);
        clues
    }

    /// Reads the clues of a text that describes one system as a whole.
    pub fn read_whole<'a>(
        &self,
        group: &Group,
        document: &'a Document,
        detected: &'a Detected,
        paper: &'a PaperClues,
    ) -> Clues<'a> {
        let mut clues = self.clues_of(group, detected, paper);
        clues.announcing = group.own;
        let whole = [(ByteSpan::new(0, document.prose.len()), Proximity::Sentence)];
        self.gather_sizes(group, detected, &whole, &mut clues);
        let named = detected.mentions.iter().filter_map(|mention| Some((mention, *mention.systems.first()?)));
        clues.company.extend(named.map(|(mention, id)| SystemClue {
            id,
            place: Proximity::Sentence,
            span: mention.span,
        }));
        let mut names = names_in(detected, &whole);
        self.read_organisations(whole[0], &[], document, detected, &mut names, &mut clues);
        let short =
            document.prose.split_whitespace().count() < self.weights.words.shortest_presentation as usize;
        if !short {
            names.clear(); // a text that presents a system names its data and its rivals
        }
        let near = if short { &whole[..1] } else { &[] };
        let near: Vec<ByteSpan> = near.iter().map(|(span, _)| *span).collect();
        self.read_text(&document.prose, Proximity::Sentence, Some(0), &names, &near, &mut clues);
        self.read_dates(whole[0].0, Proximity::Sentence, &document.prose, &mut clues);
        self.read_kinds(group, detected, &document.prose, &mut clues.kinds);
        // Of a long text only the mention says what the system is called.
        clues.series = match clues.mention {
            Some(mention) => self.series(mention, whole[0].0, &document.prose),
            None if short => self.series(whole[0].0, whole[0].0, &document.prose),
            None => None,
        };
        if short {
            self.gates.read(&document.prose, &mut clues.kinds);
            self.read_bare_sizes(document, detected, &mut clues);
            // Whatever a short description tells of is told of the system.
            clues.dates.iter_mut().for_each(|(date, _)| date.event = Event::Release);
        }
        if let Some(title) = &document.title {
            self.read_text(title, Proximity::Sentence, None, &[], &[], &mut clues);
        }
        set_word_gains(&mut clues.words, self.index, &self.weights.words);
        self.rules_of_thumb.read(group, document, detected, &mut clues);
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
        let latest = attributes
            .values_of(Trait::Release)
            .any(|value| self.weights.date.latest_values.iter().any(|latest| latest == value));
        let own_chance = group.chance_of_own(detected);
        Clues {
            paper,
            date: paper.date,
            entity_type: group.entity_type,
            mention: group.mentions.first().map(|index| detected.mentions[*index].span),
            latest,
            series: None,
            set: group.plural,
            own: own_chance >= 1.0,
            own_chance,
            announcing: false,
            in_house,
            attributes,
            kinds: Vec::new(),
            hinted_kinds: Vec::new(),
            sizes: Vec::new(),
            organisations: Vec::new(),
            dates: Vec::new(),
            company: Vec::new(),
            cited: Vec::new(),
            words: WordClues::default(),
            rules_of_thumb: Vec::new(),
        }
    }

    /// Reads the kinds of system that the mentions name.
    fn read_kinds(&self, group: &Group, detected: &Detected, prose: &str, kinds: &mut Vec<usize>) {
        for index in group.mentions.iter().take(MOST_MENTIONS) {
            self.gates.read(detected.mentions[*index].span.of(prose), kinds);
        }
    }
}

/// Returns the spans at which the text names systems, in order; not datasets, since they describe systems.
fn names_in(detected: &Detected, scopes: &[(ByteSpan, Proximity)]) -> Vec<ByteSpan> {
    let is_system =
        |mention: &Mention| mention.kind == Kind::Named && mention.entity_type != EntityType::Dataset;
    let named = within(&detected.mentions, scopes, |mention| mention.span);
    let mut names: Vec<ByteSpan> =
        named.filter(|(mention, _)| is_system(mention)).map(|(mention, _)| mention.span).collect();
    names.sort_unstable();
    names
}

/// Returns the sentences of a group's mentions and their neighbours.
fn scopes(group: &Group, detected: &Detected) -> Vec<(ByteSpan, Proximity)> {
    let mut scopes: Vec<(ByteSpan, Proximity)> = Vec::with_capacity(4);
    let mut add = |span: ByteSpan, place: Proximity| match scopes.iter_mut().find(|(seen, _)| *seen == span) {
        Some(seen) => seen.1 = seen.1.max(place),
        None => scopes.push((span, place)),
    };
    for index in group.mentions.iter().take(MOST_MENTIONS) {
        let own = detected.mentions[*index].sentence;
        let at = detected.sentences.partition_point(|sentence| sentence.start < own.start);
        add(own, Proximity::Sentence);
        let neighbours = [at.checked_sub(1), Some(at + 1)];
        for neighbour in neighbours.into_iter().flatten().filter_map(|at| detected.sentences.get(at)) {
            add(*neighbour, Proximity::Neighbour);
        }
    }
    scopes
}
