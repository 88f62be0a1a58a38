//! Rules with the files that they were read from, so that a fault can point into the file.

use std::collections::HashMap;
use std::ops::Range;

use byname::catalogue::{
    Catalogue, CatalogueFile, Check, Fault, Layer, Lexicon, Pattern, Rule, RulePattern, RuleStatus,
};

/// A rule and its file.
pub(super) struct Site<'a> {
    pub(super) rule: &'a Rule,
    pub(super) file: &'a CatalogueFile,
}

/// Returns every rule that is not switched off, with its file.
pub(super) fn sites<'a>(catalogue: &'a Catalogue, layers: &'a [Layer]) -> Vec<Site<'a>> {
    // Of two layers whose files are shown alike, the later one holds what counts.
    let files: HashMap<&str, &CatalogueFile> =
        layers.iter().flat_map(|layer| &layer.files).map(|file| (file.shown.as_str(), file)).collect();
    let voting = catalogue.rules.iter().filter(|rule| rule.status != RuleStatus::Off);
    voting.filter_map(|rule| Some(Site { rule, file: files.get(rule.file.as_str())? })).collect()
}

impl<'a> Site<'a> {
    /// Returns the patterns of the rule with their keys; those under an `unless-` key must not match.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (&'static str, &'a RulePattern)> + use<'a> {
        let (wanted, unless) = (&self.rule.wanted, &self.rule.unless);
        [
            ("phrase", &wanted.phrase),
            ("before", &wanted.before),
            ("after", &wanted.after),
            ("sentence", &wanted.sentence),
            ("unless-phrase", &unless.phrase),
            ("unless-before", &unless.before),
            ("unless-after", &unless.after),
            ("unless-sentence", &unless.sentence),
        ]
        .into_iter()
        .filter_map(|(key, pattern)| pattern.as_ref().map(|pattern| (key, pattern)))
    }

    /// Creates a warning on the units of a pattern that are numbered `units`, in the order of
    /// [`Pattern::for_each_element`].
    pub(super) fn warning(
        &self,
        check: Check,
        pattern: &RulePattern,
        units: Range<usize>,
        lexicon: &Lexicon,
        message: String,
    ) -> Fault {
        let span = pattern.span.start..pattern.span.end;
        let places = Pattern::parse_placed(&pattern.source, |name| lexicon.class(name));
        let places = places.map(|(_, places)| places).unwrap_or_default();
        let range = match places.get(units).and_then(|of| Some(of.first()?.start..of.last()?.end)) {
            Some(of) => {
                self.file.offset_in_text(span.clone(), of.start)..self.file.offset_in_text(span, of.end)
            }
            None => span,
        };
        Fault::over(self.file, range, message).of(check)
    }

    /// Creates a warning on a whole pattern.
    pub(super) fn warning_on(&self, check: Check, pattern: &RulePattern, message: String) -> Fault {
        Fault::over(self.file, pattern.span.start..pattern.span.end, message).of(check)
    }

    /// Creates a warning on a key of the file, or on its first line if the key is not there.
    pub(super) fn warning_at_key(&self, check: Check, key: &str, message: String) -> Fault {
        let mut at = 0;
        for line in self.file.text.split_inclusive('\n') {
            let rest = line.strip_prefix(key).map(str::trim_start);
            if rest.is_some_and(|rest| rest.starts_with('=')) {
                let length = line.trim_end().len();
                return Fault::over(self.file, at..at + length, message).of(check);
            }
            at += line.len();
        }
        Fault::at(self.file, 0, message).of(check)
    }
}
