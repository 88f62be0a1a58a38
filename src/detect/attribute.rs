//! Facts that a phrase and its clause state on a system.

use foldhash::HashMap;

use super::noun_phrase::NounPhrase;
use super::unit::Unit;
use super::{Attributes, Measure, QuantityMention, Trait};
use crate::catalogue::{ClassId, ClassSet, EntityType, GrammarClasses, Lexicon, MAX_CLASSES};

/// The facts that each class of the lexicon states.
#[derive(Debug)]
pub struct AttributeReader {
    /// The class, trait and value of each.
    telling: Vec<(Trait, String)>,
    tells_anything: ClassSet,
    /// For each class the indices in `telling` of what it states.
    told_by: Vec<Vec<u32>>,
    counting: Vec<(ClassSet, u32)>,
    conjunction: ClassSet,
    /// Words that each state a number.
    numbers: HashMap<String, u32>,
}

impl AttributeReader {
    /// Collects the classes of a lexicon that state facts.
    pub fn new(lexicon: &Lexicon) -> Self {
        let set = |name: &str| lexicon.set_of(name);
        let (mut telling, mut tells_anything) = (Vec::new(), ClassSet::default());
        let mut told_by = vec![Vec::new(); MAX_CLASSES];
        for (class, told) in lexicon.classes.iter().filter_map(|class| Some((class, class.tells.clone()?))) {
            let classes = set(&class.name);
            tells_anything.extend(classes);
            classes.iter().for_each(|class| told_by[usize::from(class.0)].push(telling.len() as u32)); // one a class
            telling.push(told);
        }
        let counting = lexicon
            .classes
            .iter()
            .filter_map(|class| class.count.map(|count| (set(&class.name), count)))
            .collect();
        let conjunction = GrammarClasses::of(lexicon).conjunction;
        let numbers = lexicon.classes.iter().flat_map(|class| class.numbers.clone()).collect();
        Self { telling, tells_anything, told_by, counting, conjunction, numbers }
    }

    /// Adds the traits that units state.
    pub fn read_traits(&self, units: &[Unit], attributes: &mut Attributes) {
        let mut told: Vec<&u32> = Vec::new();
        for unit in units.iter().filter(|unit| unit.classes.has_any(self.tells_anything)) {
            told.clear();
            told.extend(unit.classes.iter().flat_map(|class| &self.told_by[usize::from(class.0)]));
            told.sort_unstable();
            for place in &told {
                let stated = &self.telling[**place as usize];
                if !attributes.traits.contains(stated) {
                    attributes.traits.push(stated.clone());
                }
            }
        }
    }

    /// Returns the number of systems that a phrase stands for: 1 if singular, and `None` if plural without a
    /// count. Numbers in digits count from 2 to 10,000.
    pub fn count(&self, units: &[Unit], phrase: NounPhrase, text: &str) -> Option<u32> {
        if !phrase.plural {
            return Some(1);
        }
        let before = &units[phrase.start..phrase.head];
        // "3-layer networks", "Orvex-5 models": what a hyphen joins to a word counts no systems, nor does a share or a
        // range: "3/4 models", "1–2 models".
        let is_joint = |next: Option<char>| matches!(next, Some('-' | '/' | '–' | '—'));
        let by_itself = |unit: &&Unit| {
            let (before, after) = text.split_at(unit.span.start);
            !is_joint(before.chars().next_back()) && !is_joint(after[unit.span.len()..].chars().next())
        };
        let number = |unit: &Unit| {
            let listed =
                self.counting.iter().find(|(class, _)| unit.classes.has_any(*class)).map(|(_, count)| *count);
            let word = unit.span.of(text);
            listed
                .or_else(|| self.numbers.get(&word.to_lowercase()).copied())
                .or_else(|| word.parse().ok().filter(|count| (2..=10_000).contains(count)))
        };
        let counted = |(at, unit): (usize, &Unit)| Some((at, number(unit).filter(|_| by_itself(&unit))?));
        let mut numbers = before.iter().enumerate().filter_map(counted);
        let (first, count) = numbers.next()?;
        // "two closed and three open models" are five; "two or three models" are as many as either.
        let adds = |at: usize| {
            at > first + 2 && at + 1 < before.len() && before[at - 1].classes.has_any(self.conjunction)
        };
        Some(count + numbers.find(|(at, _)| adds(*at)).map_or(0, |(_, more)| more))
    }
}

/// Returns whether a quantity of this measure can apply to an entity of this type.
pub fn fits(measure: Measure, entity_type: EntityType) -> bool {
    match measure {
        Measure::Examples | Measure::Labels => entity_type != EntityType::Software,
        Measure::Parameters
        | Measure::ActiveParameters
        | Measure::ContextLength
        | Measure::Vocabulary
        | Measure::Layers
        | Measure::Width => entity_type == EntityType::Model,
        Measure::Chips | Measure::Days | Measure::Compute => entity_type != EntityType::Dataset,
        Measure::Tokens | Measure::Words | Measure::Bytes | Measure::Languages => true,
    }
}

/// The most bytes between a quantity and the phrase that it belongs to.
pub(crate) const FARTHEST_OWNER: usize = 1000;

/// Finds the index of the phrase that a quantity belongs to: the one it stands in, else the last fitting one
/// before it, else the first fitting one after it, on its side of a semicolon. In "a data set of 300M images" the
/// count belongs to the data set; one right before a name ("unlike the 540B PaLM") or with "of" between belongs to no
/// phrase that it does not stand in. `of` is the class of that word, `name` that of names.
pub fn attach(
    quantity: &QuantityMention,
    phrases: &[NounPhrase],
    (prose, units): (&str, &[Unit]),
    (of, name): (ClassSet, ClassId),
) -> Option<usize> {
    let is_parted = |from: usize, to: usize| to - from > FARTHEST_OWNER || prose[from..to].contains(';');
    let span_of = |phrase: &NounPhrase| (units[phrase.start].span.start, units[phrase.head].span.end);
    let fitting = |phrase: &NounPhrase| fits(quantity.measure, phrase.entity_type);
    // Phrases stand in the order of the text.
    let first_that = |is_past: &dyn Fn((usize, usize)) -> bool| {
        phrases.partition_point(|phrase| !is_past(span_of(phrase)))
    };
    let reaching = first_that(&|(_, end)| end >= quantity.span.end);
    let inside = Some(reaching)
        .filter(|index| phrases.get(*index).is_some_and(|phrase| span_of(phrase).0 <= quantity.span.start));
    let owner = |index: usize| {
        let whole = index.checked_sub(1).filter(|whole| {
            let (whole, part) = (&phrases[*whole], &phrases[index]);
            let both_data = [whole, part].iter().all(|phrase| phrase.entity_type == EntityType::Dataset);
            both_data && part.start == whole.head + 2 && units[whole.head + 1].classes.has_any(of)
        });
        whole.unwrap_or(index)
    };
    if let Some(inside) = inside {
        return Some(owner(inside));
    }
    let next = units.partition_point(|unit| unit.span.start < quantity.span.end);
    let next = next + usize::from(units.get(next).is_some_and(|unit| unit.classes.has_any(of)));
    if units.get(next).is_some_and(|unit| unit.has(name)) {
        return None;
    }
    let behind = first_that(&|(_, end)| end > quantity.span.start);
    let before = phrases[..behind].iter().rposition(fitting);
    let before = before.filter(|index| !is_parted(span_of(&phrases[*index]).1, quantity.span.start));
    before.or_else(|| {
        let from = first_that(&|(start, _)| start >= quantity.span.end);
        let after = from + phrases[from..].iter().position(fitting)?;
        Some(after).filter(|index| !is_parted(quantity.span.end, span_of(&phrases[*index]).0))
    })
}
