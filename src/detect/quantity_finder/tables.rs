//! The words of quantities, indexed for look-up.

use super::phrase::{From, PhraseTable};
use crate::catalogue::QuantityWords;
use crate::detect::{Measure, Precision};

/// Condition under which a number with a letter means parameters without a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alone {
    /// Never: it needs a unit.
    Never,
    /// Next to a number that may stand alone.
    InList,
    /// Everywhere.
    Always,
}

/// A scale word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ScaleWord {
    /// The factor that it multiplies by.
    pub(super) factor: f64,
    /// Set when it is vague: "billions".
    pub(super) plural: bool,
}

/// A letter behind a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Symbol {
    /// The factor that it multiplies by.
    pub(super) factor: f64,
    /// Condition under which it means parameters without a unit.
    pub(super) alone: Alone,
    /// The same inside "O( )", where any letter of the scale counts like its clearest one: "O(100b)".
    pub(super) alone_in_wrapper: Alone,
}

/// The meaning of words after a number for its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The unit, by index, and whether it counts only right after the number.
    Unit { unit: usize, attached: bool },
    /// Something that no measure covers is counted.
    Other,
    /// The search ends.
    Stop,
}

/// The way in which two numbers are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joiner {
    /// The ends of a range.
    Range,
    /// The members of a list.
    List,
}

/// The meaning of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct UnitWorth {
    /// The measure that it counts.
    pub(super) measure: Measure,
    /// The amount that one of it stands for.
    pub(super) factor: f64,
    /// Least amount; smaller ones mean something else.
    pub(super) least: f64,
    pub(super) most: f64,
}

/// All tables of the finder.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    pub(super) scales: PhraseTable<ScaleWord>,
    pub(super) symbols: PhraseTable<Symbol>,
    pub(super) numbers: PhraseTable<(f64, Precision)>,
    pub(super) articles: PhraseTable<()>,
    pub(super) partitives: PhraseTable<()>,
    pub(super) additive_joiners: PhraseTable<()>,
    pub(super) joiners: PhraseTable<Joiner>,
    pub(super) openers: PhraseTable<usize>,
    pub(super) opener_joiners: PhraseTable<usize>,
    pub(super) range_openers: PhraseTable<()>,
    /// Words before a number, looked up backwards from the number.
    pub(super) prefixes: PhraseTable<Precision>,
    /// The same, looked up forwards from their first word.
    pub(super) leads: PhraseTable<Precision>,
    pub(super) suffixes: PhraseTable<Precision>,
    pub(super) wrappers: PhraseTable<Precision>,
    pub(super) after: PhraseTable<After>,
    pub(super) before: PhraseTable<usize>,
    pub(super) connectors: PhraseTable<()>,
    pub(super) scale_suffixes: PhraseTable<()>,
    pub(super) scale_of: PhraseTable<usize>,
    pub(super) sized: PhraseTable<usize>,
    pub(super) references: PhraseTable<()>,
    pub(super) currencies: PhraseTable<()>,
    /// The meaning of each unit, by index.
    pub(super) units: Vec<UnitWorth>,
}

fn plain(by: From, words: &[String]) -> PhraseTable<()> {
    let mut table = PhraseTable::new(by);
    words.iter().for_each(|word| table.add(word, ()));
    table
}

impl Tables {
    /// Builds the tables.
    pub(super) fn new(words: &QuantityWords) -> Self {
        let mut tables = Self {
            scales: PhraseTable::new(From::Start),
            symbols: PhraseTable::new(From::Start),
            numbers: PhraseTable::new(From::Start),
            articles: plain(From::End, &words.articles),
            partitives: plain(From::Start, &words.partitives),
            additive_joiners: plain(From::Start, &words.additive_joiners),
            joiners: PhraseTable::new(From::Start),
            openers: PhraseTable::new(From::End),
            opener_joiners: PhraseTable::new(From::Start),
            range_openers: plain(From::End, &words.range_openers),
            prefixes: PhraseTable::new(From::End),
            leads: PhraseTable::new(From::Start),
            suffixes: PhraseTable::new(From::Start),
            wrappers: PhraseTable::new(From::End),
            after: PhraseTable::new(From::Start),
            before: PhraseTable::new(From::End),
            connectors: plain(From::End, &words.connectors),
            scale_suffixes: plain(From::Start, &words.scale_suffixes),
            scale_of: PhraseTable::new(From::Start),
            sized: PhraseTable::new(From::Start),
            references: plain(From::End, &words.references),
            currencies: plain(From::End, &words.currencies),
            units: Vec::new(),
        };
        tables.add_numbers(words);
        tables.add_units(words);
        tables.add_precisions(words);
        tables
    }

    fn add_numbers(&mut self, words: &QuantityWords) {
        for scale in &words.scales {
            let factor = scale.factor;
            scale.words.iter().for_each(|word| self.scales.add(word, ScaleWord { factor, plural: false }));
            scale.plurals.iter().for_each(|word| self.scales.add(word, ScaleWord { factor, plural: true }));
            let alone = |symbol: &String| {
                if scale.alone.contains(symbol) {
                    Alone::Always
                } else if scale.alone_in_list.contains(symbol) {
                    Alone::InList
                } else {
                    Alone::Never
                }
            };
            let alone_in_wrapper = if scale.alone.is_empty() { Alone::Never } else { Alone::Always };
            for symbol in &scale.symbols {
                self.symbols.add_exact(symbol, Symbol { factor, alone: alone(symbol), alone_in_wrapper });
            }
        }
        for number in &words.numbers {
            number.words.iter().for_each(|word| self.numbers.add(word, (number.value, number.precision)));
        }
    }

    fn add_units(&mut self, words: &QuantityWords) {
        for (unit, shape) in words.units.iter().enumerate() {
            self.units.push(UnitWorth {
                measure: shape.measure,
                factor: shape.factor,
                least: shape.least,
                most: shape.most,
            });
            shape.words.iter().for_each(|word| self.after.add(word, After::Unit { unit, attached: false }));
            shape.attached.iter().for_each(|word| self.after.add(word, After::Unit { unit, attached: true }));
            shape.before.iter().for_each(|word| self.before.add(word, unit));
            shape.scale_of.iter().for_each(|word| self.scale_of.add(word, unit));
            shape.sized.iter().for_each(|word| self.sized.add(word, unit));
        }
        words.others.iter().for_each(|word| self.after.add(word, After::Other));
        words.stops.iter().for_each(|word| self.after.add(word, After::Stop));
    }

    fn add_precisions(&mut self, words: &QuantityWords) {
        for precision in &words.precisions {
            for word in &precision.before {
                self.prefixes.add(word, precision.is);
                self.leads.add(word, precision.is);
            }
            precision.after.iter().for_each(|word| self.suffixes.add(word, precision.is));
            precision.around.iter().for_each(|word| self.wrappers.add(word, precision.is));
        }
        words.range_joiners.iter().for_each(|word| self.joiners.add(word, Joiner::Range));
        words.list_joiners.iter().for_each(|word| self.joiners.add(word, Joiner::List));
        for (place, opener) in words.openers.iter().enumerate() {
            opener.words.iter().for_each(|word| self.openers.add(word, place));
            opener.joiners.iter().for_each(|word| self.opener_joiners.add(word, place));
        }
    }
}
