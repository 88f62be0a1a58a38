//! The reader of the files of quantities.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::notation::{Notation, NotationShape};
use super::quantity_words::{NumberWord, Opener, PrecisionWords, QuantityWords, Scale, Unit};
use super::{CatalogueFile, Fault, Lexicon, Measure, Precision};

type Words = Vec<Spanned<String>>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct FileShape {
    scale: Vec<ScaleShape>,
    number: Vec<NumberShape>,
    unit: Vec<UnitShape>,
    precision: Vec<PrecisionShape>,
    opener: Vec<OpenerShape>,
    articles: Words,
    partitives: Words,
    additive_joiners: Words,
    range_joiners: Words,
    list_joiners: Words,
    range_openers: Words,
    connectors: Words,
    scale_suffixes: Words,
    references: Words,
    currencies: Words,
    others: Words,
    stops: Words,
    notation: Vec<NotationShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScaleShape {
    factor: Spanned<f64>,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    plurals: Words,
    #[serde(default)]
    symbols: Words,
    #[serde(default)]
    alone: Words,
    #[serde(default)]
    alone_in_list: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct NumberShape {
    value: Spanned<f64>,
    words: Words,
    #[serde(default = "exact")]
    precision: Precision,
}

fn exact() -> Precision {
    Precision::Exact
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct UnitShape {
    measure: Measure,
    factor: Option<Spanned<f64>>,
    least: Option<Spanned<f64>>,
    most: Option<Spanned<f64>>,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    attached: Words,
    #[serde(default)]
    before: Words,
    #[serde(default)]
    scale_of: Words,
    #[serde(default)]
    sized: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PrecisionShape {
    is: Spanned<Precision>,
    #[serde(default)]
    before: Words,
    #[serde(default)]
    after: Words,
    #[serde(default)]
    around: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OpenerShape {
    words: Words,
    joiners: Words,
}

impl QuantityWords {
    /// Reads and merges the files: a later file adds to the earlier ones.
    pub fn read(files: &[&CatalogueFile], lexicon: &Lexicon) -> Result<Self, Vec<Fault>> {
        let mut merge = Merge::default();
        for file in files {
            match file.parse::<FileShape>() {
                Ok(shape) => merge.add(file, shape, lexicon),
                Err(fault) => merge.faults.push(fault),
            }
        }
        if merge.faults.is_empty() { Ok(merge.words) } else { Err(merge.faults) }
    }
}

/// The words merged so far, and their faults.
#[derive(Default)]
struct Merge {
    words: QuantityWords,
    faults: Vec<Fault>,
    /// The measure of each unit word, by the position in which the word occurs.
    owners: HashMap<(&'static str, String), Measure>,
}

impl Merge {
    fn add(&mut self, file: &CatalogueFile, shape: FileShape, lexicon: &Lexicon) {
        shape.scale.into_iter().for_each(|scale| self.add_scale(file, scale));
        for number in shape.number {
            let value = self.positive(file, &number.value, "the value of a number");
            let words = self.checked(file, number.words);
            self.words.numbers.push(NumberWord { value, words, precision: number.precision });
        }
        shape.unit.into_iter().for_each(|unit| self.add_unit(file, unit));
        for precision in shape.precision {
            if *precision.is.get_ref() == Precision::Range {
                let fault = Fault::at(file, precision.is.span().start, "no word alone makes a range")
                    .help("list the word under `range-joiners`, or give an [[opener]]");
                self.faults.push(fault);
            }
            let words = PrecisionWords {
                is: precision.is.into_inner(),
                before: self.checked(file, precision.before),
                after: self.checked(file, precision.after),
                around: self.checked(file, precision.around),
            };
            self.words.precisions.push(words);
        }
        for notation in shape.notation {
            self.words.notations.extend(Notation::read(notation, file, lexicon, &mut self.faults));
        }
        for opener in shape.opener {
            let words = self.checked(file, opener.words);
            let joiners = self.checked(file, opener.joiners);
            self.words.openers.push(Opener { words, joiners });
        }
        macro_rules! lists {
            ($($list:ident),+) => { $({ let more = self.checked(file, shape.$list); self.words.$list.extend(more); })+ };
        }
        lists!(articles, partitives, additive_joiners, range_joiners, list_joiners, range_openers);
        lists!(connectors, scale_suffixes, references, currencies, others, stops);
    }

    fn add_scale(&mut self, file: &CatalogueFile, scale: ScaleShape) {
        for symbol in scale.alone.iter().chain(&scale.alone_in_list) {
            if !scale.symbols.iter().any(|known| known.get_ref() == symbol.get_ref()) {
                let message = format!("`{}` is no symbol of this scale", symbol.get_ref());
                self.faults.push(Fault::at(file, symbol.span().start, message).help("add it to `symbols`"));
            }
        }
        let scale = Scale {
            factor: self.positive(file, &scale.factor, "the factor of a scale"),
            words: self.checked(file, scale.words),
            plurals: self.checked(file, scale.plurals),
            symbols: self.checked(file, scale.symbols),
            alone: self.checked(file, scale.alone),
            alone_in_list: self.checked(file, scale.alone_in_list),
        };
        self.words.scales.push(scale);
    }

    fn add_unit(&mut self, file: &CatalogueFile, unit: UnitShape) {
        let places = [
            ("after a number", &unit.words),
            ("after a number", &unit.attached),
            ("before a number", &unit.before),
            ("after a scale", &unit.scale_of),
            ("after a symbol", &unit.sized),
        ];
        for (place, words) in places {
            for word in words {
                let key = (place, word.get_ref().clone());
                let owner = *self.owners.entry(key).or_insert(unit.measure);
                if owner != unit.measure {
                    let message =
                        format!("`{}` stands under {owner} and under {}", word.get_ref(), unit.measure);
                    let fault = Fault::at(file, word.span().start, message);
                    self.faults.push(fault.help("a word counts one thing; take it out of one of them"));
                }
            }
        }
        let factor = unit.factor.map_or(1.0, |factor| self.positive(file, &factor, "the factor of a unit"));
        let least = unit.least.map_or(0.0, |least| self.positive(file, &least, "the least amount of a unit"));
        let most = unit.most.map_or(f64::INFINITY, |most| self.positive(file, &most, "the most of a unit"));
        let unit = Unit {
            measure: unit.measure,
            factor,
            least,
            most,
            words: self.checked(file, unit.words),
            attached: self.checked(file, unit.attached),
            before: self.checked(file, unit.before),
            scale_of: self.checked(file, unit.scale_of),
            sized: self.checked(file, unit.sized),
        };
        self.words.units.push(unit);
    }

    fn positive(&mut self, file: &CatalogueFile, number: &Spanned<f64>, what: &str) -> f64 {
        let value = *number.get_ref();
        if !(value.is_finite() && value > 0.0) {
            let message = format!("{what} is {value}, and must be above 0");
            self.faults.push(Fault::at(file, number.span().start, message));
        }
        value
    }

    fn checked(&mut self, file: &CatalogueFile, words: Words) -> Vec<String> {
        for word in &words {
            if word.get_ref().trim().is_empty() {
                let fault = Fault::at(file, word.span().start, "the word is empty");
                self.faults.push(fault.help("write the word, or take the entry out"));
            }
        }
        words.into_iter().map(Spanned::into_inner).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> CatalogueFile {
        CatalogueFile { shown: "q.toml".into(), path: "quantities/q.toml".into(), text: text.into() }
    }

    fn fault(text: &str) -> String {
        let faults = QuantityWords::read(&[&file(text)], &Lexicon::default()).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults[0].to_string()
    }

    #[test]
    fn faults_name_the_place_and_the_cause() {
        let cases = [
            ("stops = [\"of\", \" \"]", "q.toml:1:16: the word is empty"),
            ("[[unit]]\nwords = [\"tokens\"]", "q.toml:1:1: missing field `measure`"),
            ("[[unit]]\nmeasure = \"coins\"", "q.toml:2:11: unknown variant `coins`"),
            (
                "[[unit]]\nmeasure = \"tokens\"\nwords = [\"bits\"]\n[[unit]]\nmeasure = \"words\"\nattached = [\"bits\"]",
                "q.toml:6:13: `bits` stands under tokens and under words",
            ),
            ("[[scale]]\nfactor = -3", "q.toml:2:10: the factor of a scale is -3, and must be above 0"),
            ("[[scale]]\nfactor = 3\nalone = [\"Z\"]", "q.toml:3:10: `Z` is no symbol of this scale"),
            ("[[number]]\nvalue = 0\nwords = [\"none\"]", "q.toml:2:9: the value of a number is 0"),
            ("[[unit]]\nmeasure = \"days\"\nplaces = []", "q.toml:3:1: unknown field `places`"),
            ("stopps = []", "q.toml:1:1: unknown field `stopps`"),
            ("[[precision]]\nis = \"range\"", "q.toml:2:6: no word alone makes a range"),
            ("stops = [", "q.toml:1:10: "),
        ];
        for (text, wanted) in cases {
            let found = fault(text);
            assert!(found.starts_with(wanted), "{text}\n{found}\n{wanted}");
        }
    }

    #[test]
    fn a_later_file_adds_to_an_earlier_one() {
        let first = file("stops = [\"of\"]\n[[unit]]\nmeasure = \"tokens\"\nwords = [\"tokens\"]");
        let second = file("stops = [\"von\"]\n[[unit]]\nmeasure = \"words\"\nwords = [\"Wörter\"]");
        let words = QuantityWords::read(&[&first, &second], &Lexicon::default()).unwrap();
        assert_eq!(words.stops, ["of", "von"]);
        assert_eq!(words.units.len(), 2);
        let clash = file("[[unit]]\nmeasure = \"words\"\nwords = [\"tokens\"]");
        assert_eq!(QuantityWords::read(&[&first, &clash], &Lexicon::default()).unwrap_err()[0].line, 3);
    }

    #[test]
    fn every_fault_of_every_file_is_told() {
        let (bad, worse) = (file("stops = [\"\", \"\"]"), file("nonsense"));
        assert_eq!(QuantityWords::read(&[&bad, &worse], &Lexicon::default()).unwrap_err().len(), 3);
    }
}
