//! Fits the weights of contexts to gold and estimates how far the fit can be trusted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use byname::Engine;
use byname::catalogue::{Context, Contexts, EntityType, Kind, KindWeights, Template};
use byname::detect::PhraseVotes;
use byname::document::ByteSpan;
use rayon::prelude::*;
use serde::Serialize;

use super::context_fit::{ContextFit, ElasticNet, KINDS, PhraseRow, fit_contexts};
use super::cross_validation::{FittedWeights, TunedSet, folds, ids_of, marked_papers};
use super::observation::{NO_MENTION, bit, right_kinds};
use super::span_score::share_head;
use super::{GoldSet, JudgedPaper, JudgedSet, Verdict};

/// Fewest papers in which a context must occur; a rarer one does not generalise.
const FEWEST_PAPERS: usize = 3;
/// Weight of a rule's example, relative to a phrase of a paper.
const EXAMPLE: f64 = 1.0;
/// Weight of a phrase in a judged paper that nobody judged.
const LET_PASS: f64 = 0.06;
/// Weight of a verdict of which its judge was not sure.
const UNSURE: f64 = 0.5;
/// Weights are written in hundredths, and those below [`SMALLEST`] in absolute value are left out.
const STEP: f64 = 0.01;
const SMALLEST: f64 = 0.03;
/// Number of confidence bins for calibration.
const BINS: usize = 10;

/// Options of a fit of contexts.
#[derive(Debug, Clone)]
pub struct ContextTuneOptions {
    /// Number of folds for cross-validation; at least 2.
    pub folds: usize,
    /// The regularisation of the weights.
    pub net: ElasticNet,
}

/// The result of a fit of contexts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContextTuning {
    /// Number of papers with gold mentions or judgements.
    pub papers: usize,
    /// Number of noun phrases in the fit.
    pub phrases: usize,
    /// Number of folds.
    pub folds: usize,
    /// Number of contexts in the fit.
    pub asked: usize,
    /// Number of contexts with a weight other than 0.
    pub kept: usize,
    /// The factor of the rules' votes, relative to contexts.
    pub rules: f64,
    /// The scores of each gold set, before and after.
    pub sets: Vec<TunedSet>,
    /// For phrases called described, by confidence, the share that the gold marks as described, on papers
    /// that the fit did not see.
    pub calibration: Vec<ConfidenceBin>,
    /// The mean distance between confidence and share of these bins, weighted by their numbers; 0 to 1.
    pub calibration_error: f64,
    /// `true` if every fit converged.
    pub converged: bool,
    /// The weights fitted to all papers.
    #[serde(skip)]
    pub contexts: Contexts,
}

/// Phrases called described whose confidence lies in one tenth of the scale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ConfidenceBin {
    /// Number of phrases.
    pub found: usize,
    /// Number of them that the gold marks as described.
    pub right: usize,
    /// Mean confidence of the phrases.
    pub confidence: f64,
}

/// The phrases of all gold, with the contexts of each by index.
struct Observed {
    rows: Vec<PhraseRow>,
    contexts: Vec<(Template, Box<str>)>,
    /// Number of sets of chosen texts. The phrases of each share one context more, after all others, which
    /// takes up how much oftener the set has each kind than papers do, and which no catalogue holds.
    base_rates: usize,
    papers: usize,
    /// The types of entity on which the gold is informative.
    types: Vec<EntityType>,
}

/// Fits contexts to gold sets, to verdicts on phrases of whole papers and to the examples of the rules. The
/// engine keeps its contexts.
pub fn tune_contexts(
    engine: &mut Engine,
    sets: &[GoldSet],
    judged: &[JudgedSet],
    options: &ContextTuneOptions,
) -> ContextTuning {
    let before = Contexts::clone(&engine.catalogue().contexts);
    let papers = marked_papers(sets);
    let judged: Vec<&JudgedPaper> = judged.iter().flat_map(|set| &set.papers).collect();
    let observed = observe(engine, sets, &judged);
    let mut ids = ids_of(&papers);
    ids.extend(judged.iter().map(|paper| slug(paper)));
    let fold_of = folds(&ids, options.folds);
    let fit = |wanted: &(dyn Fn(usize) -> bool + Sync)| {
        fit_contexts(&observed.rows, observed.contexts.len() + observed.base_rates, options.net, wanted)
    };
    // Of all papers first, then without each fold.
    let mut fits: Vec<ContextFit> = (0..=options.folds)
        .into_par_iter()
        .map(|part| fit(&|paper| part == 0 || fold_of.get(paper).is_none_or(|fold| *fold != part - 1)))
        .collect();
    let converged = fits.iter().all(|fit| fit.converged);
    let exact = fits.remove(0);

    let (calibration, calibration_error) = calibrate(&observed, &fits, &fold_of);
    let contexts = observed.contexts_of(&exact);
    let of_folds: Vec<Contexts> = fits.iter().map(|fit| observed.contexts_of(fit)).collect();
    let weights = FittedWeights { before: &before, fitted: &contexts, of_folds: &of_folds };
    let sets =
        weights.scores(engine, sets, &fold_of, |engine, contexts| engine.reweigh_contexts(contexts.clone()));
    ContextTuning {
        papers: observed.papers,
        phrases: observed.rows.len(),
        folds: options.folds,
        asked: observed.contexts.len(),
        kept: contexts.all.len(),
        rules: contexts.rules,
        sets,
        calibration,
        calibration_error,
        converged,
        contexts,
    }
}

impl ContextTuning {
    /// Returns the fitted contexts as a `contexts.toml` for a catalogue folder.
    pub fn contexts_file(&self) -> String {
        let Self { phrases, papers, kept, .. } = self;
        self.contexts.file(&format!(
            "What the words in and around a phrase say of its kind, in log-odds: {kept} contexts, fitted by\n\
             `byname rules tune` to {phrases} noun phrases of {papers} papers in which people marked mentions.\n\
             `rules` is how much the votes of rules count beside them. patterns/README.md explains the lines."
        ))
    }
}

/// A phrase with its contexts, its votes and its right kinds.
struct AskedPhrase {
    entity_type: EntityType,
    contexts: Vec<(Template, Box<str>)>,
    votes: [f64; KINDS],
    possible: u8,
    right: u8,
    count: f64,
}

impl AskedPhrase {
    /// Creates the phrase; `None` if no kind that can win is right.
    fn new(phrase: &PhraseVotes, right: u8, count: f64) -> Option<Self> {
        let mut votes = [0.0; KINDS];
        phrase.votes.iter().for_each(|vote| votes[vote.kind as usize] += vote.weight);
        let has_name = phrase.votes.iter().any(|vote| vote.kind == Kind::Named);
        let all = Kind::ALL.iter().filter(|kind| has_name || **kind != Kind::Named);
        let possible = all.fold(0, |all, kind| all | bit(*kind as usize));
        let contexts = phrase.contexts.iter().map(|vote| (vote.template, vote.value.clone())).collect();
        let right = right & possible;
        let entity_type = phrase.entity_type;
        (right != 0).then_some(Self { entity_type, contexts, votes, possible, right, count })
    }
}

/// Returns the name of a judged paper, which the ids of its paragraphs in other gold share: the last part of
/// its path.
fn slug(paper: &JudgedPaper) -> &str {
    let path = paper.judgements.first().map_or("", |(judgement, _)| judgement.paper.as_str());
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the judged phrases of a paper, and those without a judgement: whoever read the whole paper for
/// what it leaves nameless saw no description in them.
fn judged_phrases(engine: &Engine, paper: &JudgedPaper) -> Vec<AskedPhrase> {
    let trace = engine.trace_votes(&paper.document);
    let mut judged: HashSet<ByteSpan> = HashSet::new();
    let mut of_judgement = |(judgement, place): &(super::Judgement, Option<ByteSpan>)| {
        let span = (*place)?;
        let phrase = trace.phrases.iter().find(|phrase| share_head(phrase.span, span))?;
        judged.insert(phrase.span);
        let kind = match judgement.verdict {
            Verdict::Right | Verdict::Missed | Verdict::Named => Kind::Described,
            Verdict::Own => Kind::Own,
            Verdict::Generic => Kind::Generic,
            Verdict::Arbitrary => Kind::Arbitrary,
            Verdict::Anaphoric => Kind::Anaphoric,
            Verdict::NotASystem | Verdict::Markup => Kind::NoMention,
        };
        AskedPhrase::new(phrase, bit(kind as usize), if judgement.sure { 1.0 } else { UNSURE })
    };
    let mut asked: Vec<AskedPhrase> = paper.judgements.iter().filter_map(&mut of_judgement).collect();
    let others = Kind::ALL.iter().filter(|kind| **kind != Kind::Described);
    let others = others.fold(0, |all, kind| all | bit(*kind as usize));
    let passed = trace.phrases.iter().filter(|phrase| !judged.contains(&phrase.span));
    asked.extend(passed.filter_map(|phrase| AskedPhrase::new(phrase, others, LET_PASS)));
    asked
}

/// Returns the examples of the rules, each as a paper of one phrase. They hold kinds that the gold leaves
/// open to what the authors of the rules mean.
fn examples(engine: &Engine) -> Vec<Vec<AskedPhrase>> {
    let mut examples = Vec::new();
    for rule in engine.catalogue().rules.iter().filter(|rule| rule.names.is_none()) {
        for example in &rule.examples {
            let Some(expected) = example.expected else { continue };
            let trace = engine.detector().trace_votes(&example.text);
            let phrase = trace.phrases.iter().find(|phrase| phrase.span == expected);
            let asked = phrase.and_then(|phrase| AskedPhrase::new(phrase, bit(rule.kind as usize), EXAMPLE));
            examples.push(asked.into_iter().collect());
        }
    }
    examples
}

/// Collects every phrase on which the gold is informative, and those of the rules' examples. Contexts that
/// occur in too few papers are left out.
fn observe(engine: &Engine, sets: &[GoldSet], judged: &[&JudgedPaper]) -> Observed {
    let marked = marked_papers(sets);
    let mut of_papers: Vec<Vec<AskedPhrase>> = marked
        .par_iter()
        .map(|(set, document)| {
            let scheme = &sets[*set].scheme;
            let trace = engine.trace_votes(&document.document);
            let of_phrase = |phrase: &PhraseVotes| {
                let (right, count) = right_kinds(phrase, document, scheme)?;
                AskedPhrase::new(phrase, right, scheme.weight * count)
            };
            trace.phrases.iter().filter_map(of_phrase).collect()
        })
        .collect();
    let mut of_judged: Vec<Vec<AskedPhrase>> =
        judged.par_iter().map(|paper| judged_phrases(engine, paper)).collect();
    let is_informative = |phrase: &&AskedPhrase| phrase.right != phrase.possible;
    let types_of = |papers: &[Vec<AskedPhrase>]| -> BTreeSet<EntityType> {
        papers.iter().flatten().filter(is_informative).map(|phrase| phrase.entity_type).collect()
    };
    // Verdicts add to what marks say; of types that no mark is of they say too little by themselves.
    let types = types_of(if of_papers.is_empty() { &of_judged } else { &of_papers });
    of_judged.iter_mut().for_each(|phrases| phrases.retain(|phrase| types.contains(&phrase.entity_type)));
    of_papers.extend(of_judged);
    let papers = of_papers.len();
    of_papers.extend(examples(engine));
    let chosen: Vec<usize> = (0..sets.len()).filter(|set| sets[*set].scheme.chosen).collect();
    // The examples of the rules were chosen too.
    let base_rates = chosen.len() + 1;
    let base_rate_of = |paper: usize| match marked.get(paper) {
        Some((set, _)) => chosen.iter().position(|of_set| of_set == set),
        None => (paper >= papers).then_some(chosen.len()),
    };
    let mut papers_of: BTreeMap<(Template, Box<str>), BTreeSet<usize>> = BTreeMap::new();
    for (paper, phrases) in of_papers.iter().enumerate() {
        for context in phrases.iter().flat_map(|phrase| &phrase.contexts) {
            let seen = papers_of.entry(context.clone()).or_default();
            if seen.len() < FEWEST_PAPERS {
                seen.insert(paper);
            }
        }
    }
    papers_of.retain(|_, papers| papers.len() >= FEWEST_PAPERS);
    let contexts: Vec<(Template, Box<str>)> = papers_of.into_keys().collect();
    let places: HashMap<&(Template, Box<str>), u32> =
        contexts.iter().enumerate().map(|(place, context)| (context, place as u32)).collect();
    let mut rows = Vec::new();
    for (paper, phrases) in of_papers.iter().enumerate() {
        for AskedPhrase { contexts: asked, votes, possible, right, count, .. } in phrases {
            let mut known: Vec<u32> =
                asked.iter().filter_map(|context| places.get(context).copied()).collect();
            known.sort_unstable();
            known.dedup();
            known.extend(base_rate_of(paper).map(|base_rate| (contexts.len() + base_rate) as u32));
            let (votes, possible, right, count) = (*votes, *possible, *right, *count);
            rows.push(PhraseRow { contexts: known, votes, possible, right, count, paper });
        }
    }
    Observed { rows, papers, contexts, base_rates, types: types.into_iter().collect() }
}

impl Observed {
    /// Returns the result of a fit as the catalogue holds it.
    fn contexts_of(&self, fit: &ContextFit) -> Contexts {
        let rounded =
            |weights: &[f64; KINDS]| -> KindWeights {
                weights.map(|weight| {
                    if weight.abs() < SMALLEST { 0.0 } else { ((weight / STEP).round() * STEP) as f32 }
                })
            };
        // The weights of the base rates come after these, and stay behind.
        let all = self.contexts.iter().zip(&fit.weights).map(|((template, value), weights)| Context {
            template: *template,
            value: value.clone(),
            weights: rounded(weights),
        });
        Contexts {
            rules: (fit.rules / STEP).round() * STEP,
            types: self.types.clone(),
            bias: rounded(&fit.bias),
            all: all.filter(|context| context.weights != KindWeights::default()).collect(),
        }
    }
}

/// Measures the calibration on papers that a fit did not see and that were not chosen, where the gold marks
/// described phrases: the bins and the mean distance.
fn calibrate(observed: &Observed, fits: &[ContextFit], fold_of: &[usize]) -> (Vec<ConfidenceBin>, f64) {
    let described = Kind::Described as usize;
    let mut bins = vec![ConfidenceBin::default(); BINS];
    let mut found = 0;
    let is_of_papers =
        |row: &&PhraseRow| row.contexts.last().is_none_or(|last| (*last as usize) < observed.contexts.len());
    for row in observed.rows.iter().filter(is_of_papers) {
        // Labels that hold several kinds do not say which it is.
        let says = row.right == 1 << described
            || row.right >> NO_MENTION & 1 == 1 && row.right >> described & 1 == 0;
        let Some(fit) = fold_of.get(row.paper).and_then(|fold| fits.get(*fold)) else { continue };
        let chances = fit.chances(row);
        let wins = chances.iter().all(|chance| *chance <= chances[described]);
        if !says || !wins || row.count < 1.0 {
            continue;
        }
        let bin = &mut bins[((chances[described] * BINS as f64) as usize).min(BINS - 1)];
        bin.found += 1;
        bin.right += usize::from(row.right == 1 << described);
        bin.confidence += chances[described];
        found += 1;
    }
    let apart: f64 = bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum();
    for bin in bins.iter_mut().filter(|bin| bin.found > 0) {
        bin.confidence /= bin.found as f64;
    }
    (bins, apart / f64::from(u32::try_from(found.max(1)).unwrap_or(u32::MAX)))
}

#[cfg(test)]
#[path = "context_tune_tests.rs"]
mod tests;
