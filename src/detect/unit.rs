//! Units: the elements that patterns match in a sentence. A unit is a word, a sign, or several tokens that
//! count as one: a listed phrase, a name, a quantity.

use super::token::{Shape, Token};
use super::vocabulary::{Vocabulary, WordId};
use super::{Measure, QuantityMention};
use crate::catalogue::{ClassId, ClassSet, GrammarClasses, Lexicon};
use crate::document::ByteSpan;

/// One unit of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Its place in the prose.
    pub span: ByteSpan,
    /// Its entry in the vocabulary.
    pub word: WordId,
    /// Its classes, built-in marks included.
    pub classes: ClassSet,
    /// `true` if it is a sign, `false` if it is a word.
    pub sign: bool,
    /// For a name or a quantity: its index in the list that it came from.
    pub source: Option<u32>,
}

impl Unit {
    /// Returns whether the unit has a class.
    pub fn has(&self, class: ClassId) -> bool {
        self.classes.has(class)
    }
}

/// The classes of the built-in marks, looked up once.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// `{name}`
    pub name: ClassId,
    /// `{number}`
    pub number: ClassId,
    /// `{size}`
    pub size: ClassId,
    /// `{quantity}`
    pub quantity: ClassId,
    /// `{capitalised}`
    pub capitalised: ClassId,
    /// `{acronym}`
    pub acronym: ClassId,
    /// `{mixed-case}`
    pub mixed: ClassId,
    /// `{unlisted}`
    pub unlisted: ClassId,
    /// `{joined}`
    pub joined: ClassId,
    /// `{maker}`
    pub maker: ClassId,
    /// Classes of words that may be anything: one such as a given name leaves a word unlisted.
    pub apart: ClassSet,
    /// The same with that of makers, which words are by the way that they are written.
    not_by_word: ClassSet,
    /// `{head}`, the class of all heads
    head: ClassId,
}

impl Marks {
    /// Looks up the marks in a lexicon; every lexicon has them.
    pub fn new(lexicon: &Lexicon) -> Self {
        let class = |name: &str| lexicon.class(name).unwrap_or(ClassId(0));
        let apart = GrammarClasses::of(lexicon).apart();
        let mut not_by_word = apart;
        not_by_word.insert(class("maker"));
        Self {
            name: class("name"),
            number: class("number"),
            size: class("size"),
            quantity: class("quantity"),
            capitalised: class("capitalised"),
            acronym: class("acronym"),
            mixed: class("mixed-case"),
            unlisted: class("unlisted"),
            joined: class("joined"),
            maker: class("maker"),
            apart,
            not_by_word,
            head: class("head"),
        }
    }

    /// Returns the marks of which every unit that is written like a name, or capitalised, has one.
    pub fn written_like_names(&self) -> ClassSet {
        let mut marks = ClassSet::one(self.name);
        [self.mixed, self.acronym, self.capitalised].iter().for_each(|mark| marks.insert(*mark));
        marks
    }
}

/// Joins tokens to units: names first, then quantities, then listed phrases.
///
/// `names` and `quantities` are sorted and lie within the sentence. Where they overlap, the name wins.
pub fn join(
    tokens: &[Token],
    names: &[ByteSpan],
    quantities: &[QuantityMention],
    vocabulary: &Vocabulary,
    marks: Marks,
    units: &mut Vec<Unit>,
) {
    let (mut at, mut name, mut quantity) = (0, 0, 0);
    let start_of_next = |name: usize, quantity: usize| {
        let name = names.get(name).map_or(usize::MAX, |span| span.start);
        quantities.get(quantity).map_or(name, |found| found.span.start.min(name))
    };
    // Where the next name or quantity begins: most tokens lie before it.
    let mut stop = start_of_next(0, 0);
    while at < tokens.len() {
        let token = &tokens[at];
        if token.span.end <= stop {
            at += push_words(tokens, at, stop, vocabulary, marks, units);
            continue;
        }
        while names.get(name).is_some_and(|span| span.end <= token.span.start) {
            name += 1;
        }
        while quantities.get(quantity).is_some_and(|found| found.span.end <= token.span.start) {
            quantity += 1;
        }
        let (span, classes, source, source_is_quantity) = if let Some(span) =
            names.get(name).filter(|span| span.overlaps(token.span))
        {
            (*span, ClassSet::one(marks.name), name, false)
        } else if let Some(found) = quantities.get(quantity).filter(|found| found.span.overlaps(token.span)) {
            let mut classes = ClassSet::one(marks.quantity);
            if found.measure == Measure::Parameters {
                classes.insert(marks.size);
            }
            (found.span, classes, quantity, true)
        } else {
            stop = start_of_next(name, quantity);
            at += push_words(tokens, at, stop, vocabulary, marks, units);
            continue;
        };
        let mut classes = classes;
        if token.shape.joined {
            classes.insert(marks.joined);
        }
        let start = at;
        // "300M images" is a quantity and the head that it counts: the head stays a unit of its own.
        let counted = |token: &Token| source_is_quantity && vocabulary.classes(token.word).has(marks.head);
        while tokens
            .get(at)
            .is_some_and(|token| token.span.overlaps(span) && (at == start || !counted(token)))
        {
            at += 1;
        }
        quantity += usize::from(source_is_quantity); // its head must not be taken for it again
        let cut_short = tokens.get(at).is_some_and(|token| token.span.overlaps(span));
        let end = if cut_short { tokens[at - 1].span.end } else { span.end.max(tokens[at - 1].span.end) };
        let span = ByteSpan::new(span.start.min(tokens[start].span.start), end);
        units.push(Unit { span, word: WordId(0), classes, sign: false, source: Some(source as u32) });
        stop = 0; // the names and quantities up to here are still to be passed
    }
}

/// Pushes the token at `at`, joined with the tokens after it that form a listed phrase with it and begin before
/// `stop`. Returns the number of tokens consumed.
fn push_words(
    tokens: &[Token],
    at: usize,
    stop: usize,
    vocabulary: &Vocabulary,
    marks: Marks,
    units: &mut Vec<Unit>,
) -> usize {
    let token = &tokens[at];
    let (word, length) = if vocabulary.begins_phrase(token.word) {
        let free = tokens[at..].iter().take_while(|token| token.span.start < stop).map(|token| token.word);
        // "a mixture-of-experts model" has no "a mixture of" in it
        let breaks_word = |length: usize| {
            tokens[at + length - 1].shape.joined
                && tokens.get(at + length).is_some_and(|next| next.shape.joined)
        };
        vocabulary.phrase_at(free).filter(|(_, length)| !breaks_word(*length)).unwrap_or((token.word, 1))
    } else {
        (token.word, 1)
    };
    let mut classes = vocabulary.classes(word);
    let shape = token.shape;
    // "Meta" makes models; "a meta model" and "the Meta-Judge" are none of its.
    let is_written_as_name = shape.capital || shape.acronym || shape.mixed;
    let is_joined_to_next = tokens.get(at + length).is_some_and(|next| next.shape.joined);
    let is_maker = classes.has(marks.maker) && is_written_as_name && !is_joined_to_next;
    classes = classes.without(marks.not_by_word);
    if classes.is_empty() && !shape.sign && !shape.number {
        classes.insert(marks.unlisted);
    }
    // Most words are in small letters, so that no mark holds of them.
    if shape != Shape::default() {
        for (holds, mark) in [
            (shape.number && length == 1, marks.number),
            (shape.capital, marks.capitalised),
            (shape.acronym, marks.acronym),
            (shape.mixed, marks.mixed),
            (shape.joined, marks.joined),
            (is_maker, marks.maker),
        ] {
            if holds {
                classes.insert(mark);
            }
        }
    }
    let span = ByteSpan::new(token.span.start, tokens[at + length - 1].span.end);
    units.push(Unit { span, word, classes, sign: shape.sign, source: None });
    length
}

/// Returns the units of a text without names and quantities, for tests.
#[cfg(test)]
pub fn units_of_words(text: &str, vocabulary: &Vocabulary) -> Vec<Unit> {
    let (mut tokens, mut units) = (Vec::new(), Vec::new());
    super::token::tokenise(text, ByteSpan::new(0, text.len()), vocabulary, &mut tokens);
    let marks = Marks::new(&Lexicon::read(&[]).unwrap_or_default());
    join(&tokens, &[], &[], vocabulary, marks, &mut units);
    units
}
