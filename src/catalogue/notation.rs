//! Notations of quantities, given as regular expressions.

use serde::Deserialize;
use toml::Spanned;

use super::expression::{Role, read_expression};
use super::rule::Example;
use super::rule_file::{ExampleEntry, read_examples};
use super::{CatalogueFile, Expression, Fault, Lexicon, Precision};

/// A way to write a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Notation {
    /// Who uses the notation, or what is special about it.
    pub about: String,
    /// The expression that matches it; a group named after a measure captures the number.
    pub regex: Expression,
    /// Factor that the number is multiplied by.
    pub factor: f64,
    /// The base of which the number is the exponent, if it is one.
    pub power_of: Option<f64>,
    /// The precision of the quantity; `None` to leave that to the words in the group.
    pub precision: Option<Precision>,
    /// Texts with the quantity marked, and near misses.
    pub examples: Vec<Example>,
    /// The value of the quantity of each example, where the example states it.
    pub reads: Vec<Option<String>>,
    /// The file that defines it, as shown in reports.
    pub file: String,
}

/// A notation as written in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NotationShape {
    about: Spanned<String>,
    regex: Spanned<String>,
    factor: Option<Spanned<f64>>,
    power_of: Option<Spanned<f64>>,
    precision: Option<Spanned<Precision>>,
    #[serde(default)]
    example: Vec<NotationExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotationExample {
    text: Spanned<String>,
    reads: Option<Spanned<String>>,
    expect: Option<Spanned<String>>,
}

impl Notation {
    /// Reads a notation and adds its faults to `faults`.
    pub(super) fn read(
        shape: NotationShape,
        file: &CatalogueFile,
        lexicon: &Lexicon,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let before = faults.len();
        if shape.about.get_ref().trim().is_empty() {
            faults.push(
                Fault::at(file, shape.about.span().start, "`about` is empty").help("say who writes so"),
            );
        }
        if let (Some(_), Some(power)) = (&shape.factor, &shape.power_of) {
            let message = "a number is multiplied by `factor` or an exponent of `power-of`, not both";
            faults.push(Fault::at(file, power.span().start, message).help("take one of them out"));
        }
        for (key, number, least) in [("factor", &shape.factor, 0.0), ("power-of", &shape.power_of, 1.0)] {
            if let Some(number) =
                number.as_ref().filter(|number| !(number.get_ref().is_finite() && *number.get_ref() > least))
            {
                let message = format!("`{key}` is {}, and must be above {least}", number.get_ref());
                faults.push(Fault::at(file, number.span().start, message));
            }
        }
        if let Some(precision) = shape.precision.as_ref().filter(|of| *of.get_ref() == Precision::Range) {
            let fault = Fault::at(file, precision.span().start, "one number makes no range");
            faults.push(
                fault.help("let the group hold both ends, as in \"7B to 70B\", and leave `precision` out"),
            );
        }
        let at = shape.regex.span().start;
        let mut reads = Vec::new();
        let mut entries = Vec::new();
        for example in shape.example {
            reads.push(example.reads.map(Spanned::into_inner));
            entries.push(ExampleEntry { text: example.text, expect: example.expect });
        }
        let examples = read_examples(entries, "the notation", (file, at), faults);
        let regex = read_expression(Some(shape.regex), Role::Notation, file, lexicon, faults);
        (faults.len() == before).then_some(())?;
        Some(Self {
            about: shape.about.into_inner(),
            regex: regex?,
            factor: shape.factor.map_or(1.0, Spanned::into_inner),
            power_of: shape.power_of.map(Spanned::into_inner),
            precision: shape.precision.map(Spanned::into_inner),
            examples,
            reads,
            file: file.shown.clone(),
        })
    }
}
