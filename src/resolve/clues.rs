//! What a paper tells of one reference.

use std::borrow::Cow;
use std::sync::Arc;

use super::gate::Gates;
use super::grouping::Group;
use super::index::Index;
use super::nearby::{starting_in, within};
use super::organisation_finder::{OrganisationFinder, Telling};
use super::paper::PaperClues;
use super::rules_of_thumb::{RulesOfThumb, Thumb};
use super::time::Stretch;
use super::told_date::{Event, ToldDate, date_of_use, read_dates};
use super::weigh::{Target, set_word_gains, targets};
use super::word_clues::WordClues;
use super::words::{for_each_word, is_plain_number};
use crate::catalogue::{EntityType, EvidenceWeights, Kind, OrganisationId, SizeUnit, SystemId, parse_size};
use crate::detect::{Attributes, Detected, Measure, Mention, Precision, Quantity, Trait};
use crate::document::{ByteSpan, Document};

/// How many mentions of a reference are looked around.
const MOST_MENTIONS: usize = 4;

/// How far behind a mention, in bytes, a citation may stand that belongs to it.
const CITATION_REACH: usize = 60;

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
    pub quantity: Cow<'a, Quantity>,
    pub place: Place,
    /// Where it stands in the prose.
    pub span: Option<ByteSpan>,
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
    pub span: ByteSpan,
}

/// A system that the text names, or whose paper it cites.
#[derive(Debug, Clone, Copy)]
pub(super) struct SystemClue {
    pub id: SystemId,
    pub place: Place,
    pub span: ByteSpan,
}

/// All clues of one reference.
#[derive(Debug, Clone)]
pub(super) struct Clues<'a> {
    pub paper: &'a PaperClues,
    /// When it was used: as its sentence tells, else the date of the paper.
    pub date: Option<Stretch>,
    pub entity_type: EntityType,
    /// The first of its mentions; none where the whole text describes it.
    pub mention: Option<ByteSpan>,
    /// It stands for several systems.
    pub set: bool,
    /// It is the authors' own for certain.
    pub own: bool,
    /// The probability that it is the authors' own.
    pub own_chance: f64,
    /// The text presents it to the world.
    pub announcing: bool,
    /// The text says that it belongs to the authors' organisation.
    pub in_house: bool,
    /// The text calls it the newest of its kind.
    pub latest: bool,
    /// The word of its mentions that names of several systems begin with, and where it stands.
    pub series: Option<(String, ByteSpan)>,
    pub attributes: Attributes,
    /// The kinds of systems that it is called, as [`Gates`] counts them.
    pub kinds: Vec<usize>,
    pub sizes: Vec<SizeClue<'a>>,
    pub organisations: Vec<OrganisationClue>,
    /// Dates that the text tells of, and how near; their spans are of the prose.
    pub dates: Vec<(ToldDate, Place)>,
    /// Systems that the text names, and how near.
    pub company: Vec<SystemClue>,
    /// Systems whose papers the text cites, and how near.
    pub cited: Vec<SystemClue>,
    /// Words of the sentences that entries have too.
    pub words: WordClues,
    /// Rules of thumb that hold.
    pub rules_of_thumb: Vec<Arc<Thumb>>,
}

impl Clues<'_> {
    /// How many systems are described; two where nothing is said of how many.
    pub fn described(&self) -> usize {
        if self.set { self.attributes.count.map_or(2, |count| count as usize).max(2) } else { 1 }
    }
}

/// What reading clues needs of the catalogue.
pub(super) struct ClueReader<'c> {
    pub index: &'c Index,
    pub finder: &'c OrganisationFinder,
    pub gates: &'c Gates,
    pub weights: &'c EvidenceWeights,
    pub rules_of_thumb: &'c RulesOfThumb,
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
            self.read_organisations(*scope, *place, document, detected, &mut names, &mut clues);
        }
        for (scope, place) in &scopes {
            let text = scope.of(&document.prose);
            self.read_text(text, *place, Some(scope.start), &names, &near, &mut clues);
            self.read_dates(*scope, *place, &document.prose, &mut clues);
        }
        let near = clues.dates.iter().filter(|(_, place)| *place != Place::Neighbour).map(|(told, _)| told);
        clues.date = date_of_use(near, paper.date).or(paper.date);
        if let Some(title) = &document.title {
            self.read_text(title, Place::Neighbour, None, &[], &[], &mut clues);
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

    /// The clues of a text that as a whole describes one system.
    pub fn read_whole<'a>(
        &self,
        group: &Group,
        document: &'a Document,
        detected: &'a Detected,
        paper: &'a PaperClues,
    ) -> Clues<'a> {
        let mut clues = self.clues_of(group, detected, paper);
        clues.announcing = group.own;
        let whole = [(ByteSpan::new(0, document.prose.len()), Place::Sentence)];
        self.gather_sizes(group, detected, &whole, &mut clues);
        let named = detected.mentions.iter().filter_map(|mention| Some((mention, *mention.systems.first()?)));
        clues.company.extend(named.map(|(mention, id)| SystemClue {
            id,
            place: Place::Sentence,
            span: mention.span,
        }));
        let mut names = names_in(detected, &whole);
        self.read_organisations(whole[0].0, Place::Sentence, document, detected, &mut names, &mut clues);
        let short =
            document.prose.split_whitespace().count() < self.weights.words.shortest_presentation as usize;
        if !short {
            names.clear(); // a text that presents a system names its data and its rivals
        }
        let near = if short { &whole[..1] } else { &[] };
        let near: Vec<ByteSpan> = near.iter().map(|(span, _)| *span).collect();
        self.read_text(&document.prose, Place::Sentence, Some(0), &names, &near, &mut clues);
        self.read_dates(whole[0].0, Place::Sentence, &document.prose, &mut clues);
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
            self.read_text(title, Place::Sentence, None, &[], &[], &mut clues);
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
            sizes: Vec::new(),
            organisations: Vec::new(),
            dates: Vec::new(),
            company: Vec::new(),
            cited: Vec::new(),
            words: WordClues::default(),
            rules_of_thumb: Vec::new(),
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
                let sentence = detected.mentions[*index].sentence;
                let found = starting_in(&detected.quantities, sentence, |found| found.span).find(|found| {
                    found.measure == *measure && found.quantity == *quantity && sentence.contains(found.span)
                });
                let span = found.map(|found| found.span);
                self.add_size(*measure, Cow::Borrowed(quantity), Place::Mention, span, clues);
            }
        }
        for (found, place) in within(&detected.quantities, scopes, |found| found.span) {
            // Mentions stand in the order of their sentences.
            let first = detected.mentions.partition_point(|mention| mention.sentence.end < found.span.end);
            let around = detected.mentions.iter().enumerate().skip(first);
            let mut around = around.take_while(|(_, mention)| mention.sentence.start <= found.span.start);
            let taken = around.any(|(index, mention)| {
                mention.entity_type == group.entity_type
                    && mention.sentence.contains(found.span)
                    && group.mentions.binary_search(&index).is_err()
                    && mention
                        .attributes
                        .quantities
                        .iter()
                        .any(|(of, quantity)| *of == found.measure && *quantity == found.quantity)
            });
            if !taken {
                self.add_size(found.measure, Cow::Borrowed(&found.quantity), place, Some(found.span), clues);
            }
        }
    }

    /// What its mentions call the system.
    fn read_kinds(&self, group: &Group, detected: &Detected, prose: &str, kinds: &mut Vec<usize>) {
        for index in group.mentions.iter().take(MOST_MENTIONS) {
            self.gates.read(detected.mentions[*index].span.of(prose), kinds);
        }
    }

    /// Sizes of a short description before a word that is no known head: "a 671B mixture of experts",
    /// "a 7B base".
    fn read_bare_sizes(&self, document: &Document, detected: &Detected, clues: &mut Clues<'_>) {
        let told = clues.sizes.iter().any(|size| size.measure == Measure::Parameters);
        if told || clues.entity_type != EntityType::Model {
            return;
        }
        let prose = document.prose.as_str();
        for word in prose.split_whitespace() {
            let start = word.as_ptr() as usize - prose.as_ptr() as usize;
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let scale = word.chars().next_back().is_some_and(|scale| matches!(scale, 'B' | 'b' | 'M' | 'T'));
            let size = parse_size(&word.to_uppercase(), SizeUnit::Count).filter(|_| scale);
            let Some(size) = size else { continue };
            let span = ByteSpan::new(start, start + word.len());
            // An amount of something else has its measure.
            if !detected.quantities.iter().any(|found| found.span.overlaps(span)) {
                let quantity = Cow::Owned(Quantity::new(size, Precision::Exact));
                self.add_size(Measure::Parameters, quantity, Place::Mention, Some(span), clues);
            }
        }
    }

    fn add_size<'a>(
        &self,
        measure: Measure,
        quantity: Cow<'a, Quantity>,
        place: Place,
        span: Option<ByteSpan>,
        clues: &mut Clues<'a>,
    ) {
        let known = |size: &SizeClue<'_>| size.measure == measure && size.quantity == quantity;
        if !clues.sizes.iter().any(known) {
            let targets = targets(measure, &quantity, self.index, &self.weights.size);
            if !targets.is_empty() {
                clues.sizes.push(SizeClue { measure, quantity, place, span, targets });
            }
        }
    }

    /// The word with which names of several systems begin and that a part of the prose holds in capitals.
    /// The first word of a sentence is written so whatever it is.
    fn series(&self, part: ByteSpan, sentence: ByteSpan, prose: &str) -> Option<(String, ByteSpan)> {
        let text = part.of(prose);
        let mut found = None;
        for_each_word(text, |folded, written| {
            let at = part.start + (written.as_ptr() as usize - text.as_ptr() as usize);
            let capital = written.starts_with(char::is_uppercase) && at > sentence.start;
            if found.is_none() && capital && !self.index.series.of(folded).is_empty() {
                found = Some((written.to_string(), ByteSpan::new(at, at + written.len())));
            }
        });
        found.map(|(written, span)| (written.to_lowercase(), span))
    }

    /// Reads the words of a text that begins at `start` of the prose; none for a title. The words of
    /// `names`, of systems and organisations in the order of the prose, tell of what is named; those of
    /// `near` are the mention's own.
    fn read_text(
        &self,
        text: &str,
        place: Place,
        start: Option<usize>,
        names: &[ByteSpan],
        near: &[ByteSpan],
        clues: &mut Clues<'_>,
    ) {
        let in_name = |span: &ByteSpan| {
            let after = names.partition_point(|name| name.start <= span.start);
            names[..after].iter().rev().take(NAMES_AROUND).any(|name| name.contains(*span))
        };
        let counts = if place == Place::Neighbour { self.weights.words.neighbour } else { 1.0 };
        for_each_word(text, |folded, written| {
            clues.words.read += counts;
            let known = (!is_plain_number(folded)).then(|| self.index.vocabulary.id(folded)).flatten();
            let telling = |word: &u32| self.index.rarity[*word as usize] > self.weights.words.common as f32;
            if let Some(word) = known.filter(telling) {
                let span = start.map(|start| {
                    let at = start + (written.as_ptr() as usize - text.as_ptr() as usize);
                    ByteSpan::new(at, at + written.len())
                });
                if !span.as_ref().is_some_and(in_name) {
                    let with_mention = span.is_some_and(|span| near.iter().any(|near| near.contains(span)));
                    clues.words.add(word, if with_mention { Place::Mention } else { place }, span);
                }
            }
        });
    }

    /// Reads the dates of a part of the prose; one that belongs to the mention tells when it came out.
    fn read_dates(&self, scope: ByteSpan, place: Place, prose: &str, clues: &mut Clues<'_>) {
        let mut dates = Vec::new();
        read_dates(scope.of(prose), &self.weights.date, &mut dates);
        for mut date in dates {
            date.span = ByteSpan::new(date.span.start + scope.start, date.span.end + scope.start);
            let belongs = clues.mention.is_some_and(|mention| {
                let gap = prose.get(mention.end..date.span.start).map(|gap| gap.trim_matches(is_joint));
                mention.overlaps(date.span) || matches!(gap, Some("" | "of" | "from"))
            });
            if belongs {
                date.event = Event::Release;
            }
            clues.dates.push((date, if belongs { Place::Mention } else { place }));
        }
    }

    /// Systems whose papers are cited in the sentences of a group's mentions.
    fn read_citations(&self, group: &Group, document: &Document, detected: &Detected, clues: &mut Clues<'_>) {
        for index in group.mentions.iter().take(MOST_MENTIONS) {
            let mention = &detected.mentions[*index];
            for citation in document.citations.iter().filter(|cited| mention.sentence.contains(cited.span)) {
                let place = if is_beside(citation.span, mention, detected) {
                    Place::Mention
                } else {
                    Place::Sentence
                };
                let works = citation.works.iter().filter_map(|work| document.bibliography.get(*work));
                for id in works.flat_map(|work| self.index.papers.systems(work)) {
                    let clue = SystemClue { id, place, span: citation.span };
                    match clues.cited.iter_mut().find(|seen| seen.id == id) {
                        Some(seen) if seen.place < place => *seen = clue,
                        Some(_) => {}
                        None => clues.cited.push(clue),
                    }
                }
            }
        }
    }

    /// Organisations of a part of the prose; the maker's name inside a system's name is none, and none
    /// the maker of hardware in the name of the hardware. Where they stand is added to `names`.
    fn read_organisations(
        &self,
        scope: ByteSpan,
        place: Place,
        document: &Document,
        detected: &Detected,
        names: &mut Vec<ByteSpan>,
        clues: &mut Clues<'_>,
    ) {
        let text = scope.of(&document.prose);
        let before = names.len();
        self.finder.find(text, |id, telling, meanings, at| {
            let span = ByteSpan::new(scope.start + at.start, scope.start + at.end);
            let inside = |mention: &Mention| mention.kind == Kind::Named && mention.span.overlaps(span);
            if telling == Telling::Name {
                if starting_in(&detected.mentions, scope, |mention| mention.span).any(inside) {
                    return;
                }
                names.push(span);
                if self.is_of_hardware(text.get(at.end..).unwrap_or_default()) {
                    return;
                }
            }
            match clues.organisations.iter_mut().find(|seen| seen.id == id && seen.telling == telling) {
                Some(seen) if seen.place < place => (seen.place, seen.span) = (place, span),
                Some(_) => {}
                None => {
                    let written = at.of(text).to_string();
                    clues.organisations.push(OrganisationClue {
                        id,
                        telling,
                        meanings,
                        written,
                        place,
                        span,
                    });
                }
            }
        });
        if names.len() > before {
            names.sort_unstable();
        }
    }

    /// Whether what follows the name of an organisation makes it that of its hardware or its cloud:
    /// "NVIDIA A100", "Google Cloud".
    fn is_of_hardware(&self, rest: &str) -> bool {
        let next = rest.trim_start_matches([' ', '-', '\u{a0}']);
        let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
        let word = next[..end].to_lowercase();
        rest.len() > next.len()
            && self.weights.organisation.hardware.iter().any(|listed| {
                *listed == word || word.strip_suffix('s').is_some_and(|singular| singular == listed)
            })
    }
}

/// What may join a date to the mention before it.
fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '(')
}

/// How many names that begin before a word are looked at: one can stand inside another.
const NAMES_AROUND: usize = 3;

/// Where the text names systems, in its order; not data sets, by which systems are described.
fn names_in(detected: &Detected, scopes: &[(ByteSpan, Place)]) -> Vec<ByteSpan> {
    let is_system =
        |mention: &Mention| mention.kind == Kind::Named && mention.entity_type != EntityType::Dataset;
    let named = within(&detected.mentions, scopes, |mention| mention.span);
    let mut names: Vec<ByteSpan> =
        named.filter(|(mention, _)| is_system(mention)).map(|(mention, _)| mention.span).collect();
    names.sort_unstable();
    names
}

/// Whether a citation stands in a mention or close behind it, with no other mention between them.
fn is_beside(citation: ByteSpan, mention: &Mention, detected: &Detected) -> bool {
    let near = mention.span.start <= citation.start && citation.start <= mention.span.end + CITATION_REACH;
    let between = |other: &Mention| other.span.start >= mention.span.end && other.span.end <= citation.start;
    near && !detected.mentions.iter().any(between)
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
