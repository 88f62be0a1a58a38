//! Drafts a first rule from one marked example: a pattern that finds it, a near miss, and a rule file that
//! passes.

mod near_miss;
mod phrase_pattern;
mod regex_pattern;
mod rule_file;

use std::fmt;

use byname::Engine;
use byname::catalogue::{Catalogue, CatalogueFile, Kind, Layer, LoadError};
use near_miss::near_misses;
use phrase_pattern::{DraftPattern, patterns};
use regex_pattern::{expressions, of_source};
use rule_file::rule_file;

use crate::changes::MarkedText;
use crate::evaluate::try_rules;

/// Weights to try, smallest first: the rule should win its own example and outvote no more than that.
const WEIGHTS: [f64; 7] = [2.0, 3.0, 4.0, 6.0, 9.0, 13.0, 20.0];

/// The input for a draft.
#[derive(Debug, Clone)]
pub struct DraftRequest {
    /// The id of the rule, such as `described/stealth`; without a folder, that of `kind` is put before it.
    pub id: String,
    /// The kind that it votes for.
    pub kind: Kind,
    /// A text with one marked mention that the rule must find.
    pub example: MarkedText,
    /// A text in which it must find nothing; `None` to have one generated.
    pub near_miss: Option<String>,
    /// The kind of pattern: token patterns or a regular expression.
    pub regex: DraftRegex,
    /// One line on what it finds; `None` for a line made from the example.
    pub summary: Option<String>,
    /// Why that is a sign of the kind; `None` for the general meaning of the kind.
    pub why: Option<String>,
}

/// The use of a regular expression in a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum DraftRegex {
    /// No regular expression: the draft uses token patterns.
    #[default]
    No,
    /// A regular expression derived from the example.
    Drafted,
    /// The given regular expression.
    Given(String),
}

/// A drafted rule that finds its example.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The path of its file in a catalogue folder.
    pub path: String,
    /// The text of the file.
    pub text: String,
    /// The rules that voted the example into this kind before the draft; empty if it was not found, or found
    /// as another kind.
    pub found_before_by: Vec<String>,
    /// Examples of other rules that fail because of this one, as pairs of rule id and example text.
    pub breaks: Vec<(String, String)>,
}

/// The reason why no rule could be drafted.
#[derive(Debug)]
#[non_exhaustive]
pub enum DraftError {
    /// The request is wrong, with a message.
    Request(String),
    /// The catalogue cannot be loaded.
    Catalogue(LoadError),
    /// No pattern finds the example, with the failure of the last one.
    NoPattern(String),
    /// The rule matches every near miss tried.
    NoNearMiss,
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(message) => f.write_str(message),
            Self::Catalogue(error) => write!(f, "{error}"),
            Self::NoPattern(cause) => write!(f, "no pattern was found for the marked phrase: {cause}"),
            Self::NoNearMiss => f.write_str("the rule matches every near miss that was tried"),
        }
    }
}

impl std::error::Error for DraftError {}

/// Drafts a rule over the given layers, and verifies it with them.
///
/// # Errors
/// Fails if the id or the example is invalid, if a rule of that id exists, or if no candidate passes.
pub fn draft_rule(request: &DraftRequest, layers: &[Layer]) -> Result<Draft, DraftError> {
    let id = checked_id(request)?;
    let [marked] = request.example.spans.as_slice() else {
        return Err(DraftError::Request(format!(
            "the example marks {} mentions; put [brackets] around one",
            request.example.spans.len()
        )));
    };
    let near_miss = request.near_miss.as_deref().unwrap_or_default();
    if request.example.text.contains(['[', ']']) || near_miss.contains(['[', ']']) {
        let message = "examples of rule files hold no brackets but those around the mention: leave them out";
        return Err(DraftError::Request(message.to_string()));
    }
    let catalogue = Catalogue::load(layers).map_err(DraftError::Catalogue)?;
    if let Some(rule) = catalogue.rules.iter().find(|rule| rule.name == id) {
        return Err(DraftError::Request(format!("there is a rule `{id}` already, in {}", rule.file)));
    }
    let (text, lexicon) = (&request.example.text, &catalogue.lexicon);
    let candidates = match &request.regex {
        DraftRegex::No => patterns(text, *marked, lexicon),
        DraftRegex::Drafted => expressions(text, *marked, lexicon),
        DraftRegex::Given(source) => vec![of_source(source)],
    };
    let misses = match &request.near_miss {
        Some(text) => vec![text.clone()],
        None => near_misses(&request.example.text, *marked, &catalogue.lexicon),
    };
    drop(catalogue);

    let mut trial = Trials::new(request, layers, &candidates, &misses)?;
    let found_before_by = trial.found_before_by(request, *marked);
    let failing_before = trial.failing(None);
    let (place, weight) = trial.first_that_finds(candidates.len())?;
    let near_miss = trial.near_miss(place, &misses).ok_or(DraftError::NoNearMiss)?;
    let failing = trial.failing(Some((place, weight)));
    let breaks = failing.into_iter().filter(|failure| !failing_before.contains(failure)).collect();
    let text = rule_file(request, &candidates[place], weight, near_miss);
    let draft = Draft { path: format!("rules/{id}.toml"), text, found_before_by, breaks };
    prove(&draft, &id, layers)?;
    Ok(draft)
}

/// Loads the finished file as the program will, and runs its examples once more.
fn prove(draft: &Draft, id: &str, layers: &[Layer]) -> Result<(), DraftError> {
    let layers = with_files(layers, vec![CatalogueFile::new(draft.path.clone(), draft.text.clone())]);
    let engine = engine(&layers)?;
    let trials = try_rules(engine.catalogue(), engine.detector(), |rule| rule.name == id);
    match trials.into_iter().find_map(|trial| trial.failure) {
        Some(failure) => Err(DraftError::NoPattern(failure)),
        None => Ok(()),
    }
}

fn checked_id(request: &DraftRequest) -> Result<String, DraftError> {
    let kind = request.kind.name();
    let id = match request.id.split_once('/') {
        None => format!("{kind}/{}", request.id),
        Some((folder, _)) if folder == kind => request.id.clone(),
        Some((folder, _)) => {
            return Err(DraftError::Request(format!(
                "a rule for `{kind}` stands under {kind}/, not under {folder}/: call it {kind}/NAME"
            )));
        }
    };
    let sound = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if id.split('/').all(sound) {
        return Ok(id);
    }
    Err(DraftError::Request(format!(
        "`{}` is no id: write small letters, digits and hyphens, as in {kind}/in-house",
        request.id
    )))
}

fn with_files(layers: &[Layer], files: Vec<CatalogueFile>) -> Vec<Layer> {
    let mut layers = layers.to_vec();
    layers.push(Layer { name: "draft".to_string(), files });
    layers
}

fn engine(layers: &[Layer]) -> Result<Engine, DraftError> {
    let catalogue = Catalogue::load(layers).map_err(DraftError::Catalogue)?;
    Ok(Engine::new(catalogue))
}

/// All candidate rules in one catalogue, of which at most one has a weight at a time.
struct Trials {
    engine: Engine,
    /// The index of each candidate among the rules.
    places: Vec<usize>,
    weights: Vec<f64>,
}

/// The folder of candidates while they are tried; no valid id starts with it.
const FOLDER: &str = "_draft";

impl Trials {
    fn new(
        request: &DraftRequest,
        layers: &[Layer],
        candidates: &[DraftPattern],
        misses: &[String],
    ) -> Result<Self, DraftError> {
        let name = |place: usize| format!("{FOLDER}/{place}");
        let files = candidates.iter().enumerate().map(|(place, pattern)| {
            // Every near miss stands in each, and those that hold are kept.
            let mut text = format!("kind = \"{}\"\n", request.kind);
            text.push_str(&rule_file(
                request,
                pattern,
                WEIGHTS[0],
                misses.first().map_or("", String::as_str),
            ));
            for miss in misses.iter().skip(1) {
                text.push_str(&rule_file::near_miss_table(miss));
            }
            CatalogueFile::new(format!("rules/{}.toml", name(place)), text)
        });
        let engine = engine(&with_files(layers, files.collect()))?;
        let rules = &engine.catalogue().rules;
        let place_of = |place: usize| rules.iter().position(|rule| rule.name == name(place));
        let places: Vec<usize> = (0..candidates.len()).filter_map(place_of).collect();
        let mut weights: Vec<f64> = rules.iter().map(|rule| rule.weight).collect();
        places.iter().for_each(|place| weights[*place] = 0.0);
        Ok(Self { engine, places, weights })
    }

    /// Sets the weight of one candidate, and those of all others to 0; `None` sets all to 0.
    fn weigh(&mut self, candidate: Option<(usize, f64)>) {
        let mut weights = self.weights.clone();
        if let Some((place, weight)) = candidate {
            weights[self.places[place]] = weight;
        }
        self.engine.reweigh(&weights);
    }

    /// Returns the rules that find the example without any candidate.
    fn found_before_by(&mut self, request: &DraftRequest, marked: byname::document::ByteSpan) -> Vec<String> {
        self.weigh(None);
        let detected = self.engine.detector().detect(&request.example.text);
        let same = detected.mentions.iter().find(|found| found.span == marked && found.kind == request.kind);
        let votes = same.into_iter().flat_map(|mention| &mention.votes);
        let votes = votes.filter(|vote| vote.kind == request.kind && vote.weight > 0.0);
        let rules = votes.filter_map(|vote| self.engine.catalogue().rule(vote.rule));
        rules.map(|rule| rule.name.clone()).collect()
    }

    /// Returns the first candidate that gives the example its kind, with the smallest weight that suffices.
    fn first_that_finds(&mut self, candidates: usize) -> Result<(usize, f64), DraftError> {
        let mut last = "the phrase has no words that a pattern can ask for".to_string();
        for place in 0..candidates {
            for weight in WEIGHTS {
                match self.failures(place, weight, true).into_iter().next() {
                    None => return Ok((place, weight)),
                    Some((_, failure)) => last = failure,
                }
            }
        }
        Err(DraftError::NoPattern(last))
    }

    fn near_miss<'a>(&mut self, place: usize, misses: &'a [String]) -> Option<&'a str> {
        let failures = self.failures(place, WEIGHTS[0], false);
        let holds = |miss: &&String| !failures.iter().any(|(text, _)| text == *miss);
        misses.iter().find(holds).map(String::as_str)
    }

    /// Returns the failing examples of one candidate (`wanted`) or its failing near misses, each with the
    /// cause.
    fn failures(&mut self, place: usize, weight: f64, wanted: bool) -> Vec<(String, String)> {
        self.weigh(Some((place, weight)));
        let name = format!("{FOLDER}/{place}");
        let trials = try_rules(self.engine.catalogue(), self.engine.detector(), |rule| rule.name == name);
        let of_sort = trials.into_iter().filter(|trial| trial.example.expected.is_some() == wanted);
        of_sort.filter_map(|trial| Some((trial.example.text.clone(), trial.failure?))).collect()
    }

    /// Returns the examples of the catalogue's own rules that fail while a candidate has a weight, as pairs
    /// of rule id and example text.
    fn failing(&mut self, candidate: Option<(usize, f64)>) -> Vec<(String, String)> {
        self.weigh(candidate);
        let own = |name: &str| !name.starts_with(FOLDER);
        let trials = try_rules(self.engine.catalogue(), self.engine.detector(), |rule| own(&rule.name));
        let failing = trials.into_iter().filter(|trial| trial.failure.is_some());
        failing.map(|trial| (trial.rule.name.clone(), trial.example.text.clone())).collect()
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
