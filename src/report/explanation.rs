//! Explanations of why mentions were found and references ranked, as data that text and JSON are made from.

use std::io;

use serde::Serialize;

use super::explained_reference::ExplainedReference;
use super::values::{MentionValue, Remark, rounded};
use super::{Names, ReportedPaper, push_pretty_json};
use crate::catalogue::{Contexts, Kind, Measurement, Template};
use crate::detect::{Mention, Vote, VoteTrace, Way};
use crate::document::{ByteSpan, Places, Position};

/// Maximum number of contexts given for each mention; [`LEAST_TELLING`] is their minimum weight.
const CONTEXTS: usize = 8;
const LEAST_TELLING: f64 = 0.1;

/// A line of the file that the user gave, and perhaps a column of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedPlace {
    /// The line, from 1.
    pub line: usize,
    /// The column at which a mention begins, in characters from 1. Where none begins, the whole line is meant.
    pub column: Option<usize>,
}

/// An explanation of the mentions and references of a paper, or of one place of it.
#[derive(Serialize)]
pub struct Explanation<'a> {
    pub(super) document: &'a str,
    pub(super) mentions: Vec<ExplainedMention<'a>>,
    pub(super) references: Vec<ExplainedReference<'a>>,
    notes: Vec<Remark<'a>>,
    errors: Vec<Remark<'a>>,
    #[serde(skip)]
    pub(super) entry: ReportedPaper<'a>,
    /// The place that is explained, if it is not the whole paper.
    #[serde(skip)]
    pub(super) place: Option<AskedPlace>,
}

#[derive(Serialize)]
pub(super) struct ExplainedMention<'a> {
    /// Its index among all mentions of the paper.
    pub(super) index: usize,
    #[serde(flatten)]
    value: MentionValue<'a>,
    /// The votes of each kind that has any, the winning kind first.
    pub(super) votes: Vec<KindVotes<'a>>,
    /// The words in and around it that speak most for its kind and against it, the strongest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) contexts: Vec<TellingContext>,
    named_by: &'a [usize],
    /// The link to its names: the way, the words, and the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) naming: Option<NamingValue<'a>>,
    #[serde(skip)]
    pub(super) mention: &'a Mention,
    #[serde(skip)]
    pub(super) reference: Option<usize>,
}

/// A word in or around a mention, or another context feature, with its weight.
#[derive(Serialize)]
pub(super) struct TellingContext {
    pub(super) template: Template,
    pub(super) value: Box<str>,
    /// The log-odds by which it favours the mention's kind over the average of the other kinds.
    pub(super) weight: f64,
}

/// The link from a mention to its names.
#[derive(Serialize)]
pub(super) struct NamingValue<'a> {
    pub(super) way: Way,
    pub(super) told: &'a str,
    pub(super) line: usize,
    /// Present only if the names are those of a part of a set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
}

/// The votes of the rules for one kind.
#[derive(Serialize)]
pub(super) struct KindVotes<'a> {
    pub(super) kind: Kind,
    pub(super) sum: f64,
    /// How much more its rules would have to weigh for this kind to win, for those that lost beside contexts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) short_by: Option<f64>,
    pub(super) rules: Vec<RuleVote<'a>>,
}

#[derive(Serialize)]
pub(super) struct RuleVote<'a> {
    pub(super) rule: &'a str,
    pub(super) weight: f64,
    /// Its measured accuracy on annotated papers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) measured: Option<&'a Measurement>,
}

impl<'a> Explanation<'a> {
    /// Explains all mentions of a paper, or those at a place of its source, and the references that they
    /// belong to. Of a paper in several files, these are the mentions of the file that the user gave.
    pub fn new<N: Names>(entry: ReportedPaper<'a>, asked: Option<AskedPlace>, names: &'a N) -> Self {
        let ReportedPaper { document, findings, errors, .. } = entry;
        let places = Places::new(document);
        let is_at = |span: ByteSpan, AskedPlace { line, column }: AskedPlace| {
            let Position { line: first, column: start } = places.of(span).position;
            let fits = match column {
                Some(column) => (first, start) == (line, column),
                None => (first..=places.last_line(span)).contains(&line),
            };
            fits && document.source_map.file_of(span) == document.asked_file()
        };
        let is_met = |place: &AskedPlace| findings.mentions.iter().any(|mention| is_at(mention.span, *place));
        let whole_line = asked.map(|place| AskedPlace { column: None, ..place });
        let wanted = asked.filter(is_met).or(whole_line);
        let is_wanted = |span: ByteSpan| wanted.map_or(document.is_asked(span), |place| is_at(span, place));
        let mut mentions = Vec::new();
        for (index, (mention, reference)) in
            findings.mentions.iter().zip(findings.references_of_mentions()).enumerate()
        {
            if !is_wanted(mention.span) {
                continue;
            }
            let place = places.of(mention.span);
            let value = MentionValue::new(mention, document, place, reference, names);
            let votes = votes_by_kind(mention, names);
            let named_by = mention.named_by.as_slice();
            let naming = mention.naming.as_ref().map(|naming| NamingValue {
                way: naming.way,
                told: &naming.reason,
                line: places.of(naming.at).position.line,
                partial: naming.partial,
            });
            let contexts = Vec::new();
            mentions.push(ExplainedMention {
                index,
                value,
                votes,
                contexts,
                named_by,
                naming,
                mention,
                reference,
            });
        }
        let is_part = asked.is_some() || document.asked_files.is_some();
        let is_shown = |id: usize| !is_part || mentions.iter().any(|mention| mention.reference == Some(id));
        let references = findings
            .references
            .iter()
            .enumerate()
            .filter(|(id, _)| is_shown(*id))
            .map(|(id, reference)| ExplainedReference::new(id, reference, &places, names))
            .collect();
        Self {
            document: &document.id,
            mentions,
            references,
            notes: document.notes.iter().map(|note| Remark::new(note.kind, &note.message)).collect(),
            errors: errors.iter().map(|error| Remark::new(error.kind, &error.message)).collect(),
            entry,
            place: asked,
        }
    }

    /// Adds, for each mention of a type that contexts weigh, the words in and around it that speak most for
    /// its kind and against it, and by how much the rules for other kinds fall short beside them.
    pub fn with_contexts(mut self, trace: &VoteTrace, weights: &Contexts) -> Self {
        let is_weighed =
            |explained: &&mut ExplainedMention<'_>| weights.types.contains(&explained.mention.entity_type);
        for explained in self.mentions.iter_mut().filter(is_weighed) {
            let mention = explained.mention;
            let chance = |kind: Kind| f64::from(mention.chances[kind as usize]);
            for lost in explained.votes.iter_mut().filter(|votes| votes.kind != mention.kind) {
                let short = (chance(mention.kind) / chance(lost.kind)).ln() / weights.rules;
                lost.short_by = Some(rounded(short)).filter(|short| short.is_finite());
            }
            let of_mention = trace.phrases.iter().find(|phrase| phrase.span == mention.span);
            let contexts = of_mention.map_or(&[][..], |phrase| &phrase.contexts);
            let telling = contexts.iter().filter_map(|context| {
                let of_kind = f64::from(context.weights[mention.kind as usize]);
                let all: f64 = context.weights.iter().map(|weight| f64::from(*weight)).sum();
                let weight = rounded(of_kind - (all - of_kind) / (context.weights.len() - 1) as f64);
                let (template, value) = (context.template, context.value.clone());
                (weight.abs() >= LEAST_TELLING).then_some(TellingContext { template, value, weight })
            });
            explained.contexts = telling.collect();
            explained.contexts.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
            explained.contexts.truncate(CONTEXTS);
        }
        self
    }

    /// Writes the explanation as one JSON document.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        push_pretty_json(out, self)?;
        out.push(b'\n');
        Ok(())
    }
}

fn votes_by_kind<'a, N: Names>(mention: &Mention, names: &'a N) -> Vec<KindVotes<'a>> {
    let mut kinds: Vec<KindVotes<'a>> = Vec::new();
    for Vote { rule, kind, weight, .. } in &mention.votes {
        let vote =
            RuleVote { rule: names.rule_name(*rule), weight: *weight, measured: names.measured(*rule) };
        match kinds.iter_mut().find(|votes| votes.kind == *kind) {
            Some(votes) => votes.rules.push(vote),
            None => kinds.push(KindVotes { kind: *kind, sum: 0.0, short_by: None, rules: vec![vote] }),
        }
    }
    for kind in &mut kinds {
        kind.sum = rounded(kind.rules.iter().map(|vote| vote.weight).sum());
    }
    kinds.sort_by(|a, b| {
        (b.kind == mention.kind).cmp(&(a.kind == mention.kind)).then(b.sum.total_cmp(&a.sum))
    });
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn explained(line: Option<usize>) -> serde_json::Value {
        explained_at(line.map(|line| AskedPlace { line, column: None }))
    }

    fn explained_at(asked: Option<AskedPlace>) -> serde_json::Value {
        let names = samples::SampleNames::new();
        let (document, findings) = samples::paper();
        let entry = ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
        let mut out = Vec::new();
        Explanation::new(entry, asked, &names).json(&mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn votes_are_summed_for_each_kind_and_the_winner_stands_first() {
        let whole = explained(None);
        assert_eq!(whole["mentions"].as_array().unwrap().len(), 7);
        let votes = &whole["mentions"][1]["votes"];
        assert_eq!((&votes[0]["kind"], &votes[0]["sum"]), (&"described".into(), &2.5.into()));
        assert_eq!(votes[1]["rules"][0]["rule"], "generic/other");
    }

    #[test]
    fn the_runner_up_lost_where_the_gap_is_widest() {
        let reference = &explained(None)["references"][0];
        assert_eq!(reference["candidates"][0]["sum"], 5.6);
        assert_eq!(
            reference["would_settle"],
            serde_json::json!([
                "its training tokens (2.8T or 1.6T)",
                "when it came out (2021-05 or 2021-12)"
            ])
        );
        assert_eq!(reference["candidates"][0]["sources"][0], "arxiv:2201.08239");
        let places = &reference["candidates"][0]["places"];
        assert_eq!(places, &serde_json::json!([null, null, {"line": 8, "column": 27}]));
        let lost = &reference["runner_up"];
        assert_eq!((&lost["name"], &lost["behind"]), (&"GLaM".into(), &3.5.into()));
        assert_eq!(lost["clues"], serde_json::json!([{"clue": "parameters", "first": 3.9, "second": 0.0}]));
    }

    #[test]
    fn a_line_leaves_out_what_stands_elsewhere() {
        let whole = explained(None);
        let line = whole["mentions"][1]["line"].as_u64().unwrap() as usize;
        // The mention goes over two lines, and stands on both.
        for line in [line, line + 1] {
            let part = explained(Some(line));
            let indices: Vec<u64> = part["mentions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|mention| mention["index"].as_u64().unwrap())
                .collect();
            assert!(indices.contains(&1), "{indices:?}");
            assert_eq!(part["references"].as_array().unwrap().len(), 1);
        }
        assert_eq!(explained(Some(1))["mentions"], serde_json::json!([]));
    }

    #[test]
    fn a_column_narrows_a_line_to_the_mention_that_begins_there() {
        let whole = explained(None);
        let at = |key: &str| whole["mentions"][1][key].as_u64().unwrap() as usize;
        let count = |column: Option<usize>| {
            let part = explained_at(Some(AskedPlace { line: at("line"), column }));
            part["mentions"].as_array().unwrap().len()
        };
        assert_eq!(count(Some(at("column"))), 1);
        assert_eq!(count(Some(at("column") + 1)), count(None), "no mention begins there");
    }
}
