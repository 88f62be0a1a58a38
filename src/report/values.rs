//! Findings in the form shared by the JSON formats.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::provenance::ProvenanceValue;
use super::{Names, ReportedPaper};
use crate::catalogue::{EntityType, Kind};
use crate::detect::{Attributes, KindChances, Mention};
use crate::diagnose::around;
use crate::document::{DateSource, Document, PartialDate, Place, Places, SectionKind};
use crate::resolve::{Answer, AnswerLevel, Candidate, Evidence, Level, Reference, State};
use crate::suppress::Suppressed;

/// A document.
#[derive(Serialize)]
pub(super) struct DocumentValue<'a> {
    document: &'a str,
    /// The place of the record that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<RecordValue<'a>>,
    title: Option<&'a str>,
    date: Option<PartialDate>,
    /// The source of the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_source: Option<DateSource>,
    organisations: &'a [String],
    mentions: Vec<MentionValue<'a>>,
    references: Vec<ReferenceValue<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Remark<'a>>,
    errors: Vec<Remark<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provenance: Option<ProvenanceValue<'a>>,
}

/// The place of a record.
#[derive(Serialize)]
struct RecordValue<'a> {
    file: &'a str,
    line: usize,
}

/// A note or an error on the reading of a document.
#[derive(Serialize)]
pub(super) struct Remark<'a> {
    kind: &'a str,
    message: &'a str,
}

impl<'a> Remark<'a> {
    pub(super) fn new(kind: &'a str, message: &'a str) -> Self {
        Self { kind, message }
    }
}

#[derive(Serialize)]
pub(super) struct MentionValue<'a> {
    kind: Kind,
    #[serde(rename = "type")]
    entity_type: EntityType,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    /// The page, if the paper has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
    /// The part of the paper, if its format marks parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<SectionKind>,
    confidence: f64,
    /// The probability of each plausible kind.
    #[serde(skip_serializing_if = "KindsValue::is_sure")]
    kinds: KindsValue,
    rules: Vec<&'a str>,
    attributes: &'a Attributes,
    reference: Option<usize>,
}

#[derive(Serialize)]
struct ReferenceValue<'a> {
    id: usize,
    state: State,
    level: Level,
    confidence: f64,
    /// The sentence around the mention at which the reference is reported.
    context: Option<Context>,
    mentions: &'a [usize],
    names: &'a [String],
    /// Present only if the names are those of a part of a set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    candidates: Vec<CandidateValue<'a>>,
    unknown: f64,
    answer: Option<AnswerValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<&'a Suppressed>,
}

/// The probabilities of kinds, without negligible ones.
struct KindsValue(KindChances);

/// Probability below which a kind is left out.
const LEAST_CHANCE: f32 = 0.01;

impl KindsValue {
    fn is_sure(&self) -> bool {
        self.0.iter().any(|chance| *chance > 1.0 - LEAST_CHANCE)
    }
}

impl Serialize for KindsValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (kind, chance) in Kind::ALL.iter().zip(self.0).filter(|(_, chance)| *chance >= LEAST_CHANCE) {
            map.serialize_entry(kind.name(), &rounded(f64::from(chance)))?;
        }
        map.end()
    }
}

/// The text around a mention in its sentence.
#[derive(Serialize)]
struct Context {
    before: String,
    after: String,
}

/// Maximum number of characters of its sentence that the JSON formats give on each side of a mention.
pub const CONTEXT: usize = 240;

impl Context {
    fn of(entry: &ReportedPaper<'_>, reference: &Reference) -> Option<Self> {
        let mention =
            entry.findings.shown_mention(reference).filter(|mention| mention.kind != Kind::Named)?;
        let (before, after) = around(entry.document, mention, CONTEXT);
        Some(Self { before: before.to_string(), after: after.to_string() })
    }
}

/// A candidate, as printed by `scan` and `resolve`.
#[derive(Serialize)]
pub(super) struct CandidateValue<'a> {
    system: Option<&'a str>,
    name: &'a str,
    /// Other names; for a family also those of the members that fit equally well.
    aliases: Vec<&'a str>,
    probability: f64,
    evidence: Vec<EvidenceValue<'a>>,
}

#[derive(Serialize)]
struct EvidenceValue<'a> {
    clue: &'a str,
    detail: &'a str,
    weight: f64,
}

/// The most specific answer that the probabilities support.
#[derive(Serialize)]
pub(super) struct AnswerValue<'a> {
    level: AnswerLevel,
    id: Option<&'a str>,
    name: &'a str,
    probability: f64,
}

impl<'a> AnswerValue<'a> {
    pub(super) fn new(answer: &'a Answer) -> Self {
        Self {
            level: answer.level,
            id: answer.id.as_deref(),
            name: &answer.name,
            probability: rounded(answer.probability),
        }
    }
}

impl<'a> DocumentValue<'a> {
    pub(super) fn new<N: Names>(entry: &ReportedPaper<'a>, names: &'a N) -> Self {
        let ReportedPaper { document, findings, errors, .. } = *entry;
        let places = Places::new(document);
        let mention_value = |(mention, reference): (&'a Mention, Option<usize>)| {
            MentionValue::new(mention, document, places.of(mention.span), reference, names)
        };
        Self {
            document: &document.id,
            source: document
                .record
                .as_ref()
                .map(|record| RecordValue { file: &record.file, line: record.line }),
            title: document.title.as_deref(),
            date: document.dated().map(|(date, _)| date),
            date_source: document.dated().map(|(_, source)| source),
            organisations: &document.organisations,
            mentions: findings
                .mentions
                .iter()
                .zip(findings.references_of_mentions())
                .map(mention_value)
                .collect(),
            references: findings
                .references
                .iter()
                .enumerate()
                .map(|(id, reference)| ReferenceValue::new(id, reference, entry, names))
                .collect(),
            notes: document.notes.iter().map(|note| Remark::new(note.kind, &note.message)).collect(),
            errors: errors.iter().map(|error| Remark::new(error.kind, &error.message)).collect(),
            provenance: None,
        }
    }
}

impl<'a> MentionValue<'a> {
    pub(super) fn new<N: Names>(
        mention: &'a Mention,
        document: &'a Document,
        place: Place<'a>,
        reference: Option<usize>,
        names: &'a N,
    ) -> Self {
        let votes = mention.votes.iter().filter(|vote| vote.kind == mention.kind);
        Self {
            kind: mention.kind,
            entity_type: mention.entity_type,
            text: mention.span.of(&document.prose),
            file: place.file,
            start: place.source.start,
            end: place.source.end,
            line: place.position.line,
            column: place.position.column,
            page: document.page_of(mention.span.start),
            section: (!document.sections.is_empty()).then_some(mention.section),
            confidence: rounded(mention.confidence),
            kinds: KindsValue(mention.chances),
            rules: votes.map(|vote| names.rule_name(vote.rule)).collect(),
            attributes: &mention.attributes,
            reference,
        }
    }
}

impl<'a> ReferenceValue<'a> {
    fn new<N: Names>(id: usize, reference: &'a Reference, entry: &ReportedPaper<'a>, names: &'a N) -> Self {
        Self {
            id,
            state: reference.state,
            level: entry.diagnostic_of(reference).map_or(reference.level, |diagnostic| diagnostic.level),
            confidence: rounded(reference.confidence),
            context: Context::of(entry, reference),
            mentions: &reference.mentions,
            names: &reference.names,
            partial: reference.partial,
            candidates: reference
                .candidates
                .iter()
                .map(|candidate| CandidateValue::new(candidate, names))
                .collect(),
            unknown: rounded(reference.unknown),
            answer: reference.answer.as_ref().map(AnswerValue::new),
            suppressed: entry.suppressed(reference),
        }
    }
}

impl<'a> CandidateValue<'a> {
    /// Creates the value of a candidate, with its names from the catalogue.
    pub(super) fn new<N: Names>(candidate: &'a Candidate, names: &'a N) -> Self {
        let system = candidate.system.map(|system| names.system(system));
        let evidence = |evidence: &'a Evidence| EvidenceValue {
            clue: &evidence.clue,
            detail: &evidence.detail,
            weight: rounded(evidence.weight),
        };
        let aliases = system.map_or(&[][..], |system| system.aliases).iter();
        let members = candidate.members.iter().map(|member| names.system(*member).name);
        Self {
            system: system.map(|system| system.id),
            name: &candidate.name,
            aliases: aliases.map(String::as_str).chain(members).collect(),
            probability: rounded(candidate.probability),
            evidence: candidate.evidence.iter().map(evidence).collect(),
        }
    }
}

/// Rounds a number to four decimals: short to read, and close enough for the probabilities of a handful of
/// candidates to sum to 1 within a thousandth. Zero has no sign.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign_in_json() {
        assert!(!rounded(-0.0).is_sign_negative() && !rounded(-1e-9).is_sign_negative());
        assert_eq!((rounded(-0.12346), rounded(0.00004)), (-0.1235, 0.0));
    }
}
