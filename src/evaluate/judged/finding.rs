//! What the program says of one paper, in the shape that judgements are compared with.

use crate::catalogue::{Catalogue, Kind, Profile, named_enum};
use crate::detect::Mention;
use crate::diagnose::{Diagnostic, diagnose, grade};
use crate::document::{ByteSpan, Document, SectionKind};
use crate::engine::Findings;
use crate::resolve::{Level, State};

named_enum! {
    /// How loudly something is reported.
    pub enum Outcome {
        /// As a warning or an error.
        Warning => "warning",
        /// As a hint, which is told to those alone who ask for it.
        Hint => "hint",
        /// As a note.
        Note => "note",
        /// Not at all.
        Silent => "not reported",
    }
}

/// One reference that is reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How loudly.
    pub outcome: Outcome,
    /// How loudly it would be if nothing were too doubtful.
    pub at_best: Outcome,
    /// The probability that it is particular and never named in the paper.
    pub confidence: f64,
    /// The mention that it is shown at, in the prose.
    pub span: ByteSpan,
    /// All its mentions but names, by their places among the mentions.
    pub mentions: Vec<usize>,
    /// The rule that weighs most for the mention that it is shown at.
    pub rule: String,
    /// The part of the paper that this mention stands in.
    pub section: SectionKind,
    /// The names that the paper is said to give; none where it is said to give none.
    pub names: Option<Vec<String>>,
}

impl Finding {
    /// What a profile finds in a paper, in the order of the text; what is less probable than `least` is a hint.
    pub fn all(
        document: &Document,
        findings: &mut Findings,
        (profile, least): (&Profile, f64),
        catalogue: &Catalogue,
    ) -> Vec<Self> {
        let at_best = Self::diagnosed(document, findings, profile, catalogue);
        grade(findings, profile, least);
        let mut found = Self::diagnosed(document, findings, profile, catalogue);
        for (finding, at_best) in found.iter_mut().zip(at_best) {
            finding.at_best = at_best.outcome;
        }
        found
    }

    fn diagnosed(
        document: &Document,
        findings: &Findings,
        profile: &Profile,
        catalogue: &Catalogue,
    ) -> Vec<Self> {
        let diagnostics = diagnose(document, findings, profile, catalogue);
        let of_reference = diagnostics.iter().filter(|diagnostic| diagnostic.rule.finds.is_nameless());
        of_reference.filter_map(|diagnostic| Self::of(diagnostic, findings, catalogue)).collect()
    }

    fn of(diagnostic: &Diagnostic<'_>, findings: &Findings, catalogue: &Catalogue) -> Option<Self> {
        let mention_of = |index: &usize| findings.mentions.get(*index);
        let is_shown = |mention: &Mention| mention.span == diagnostic.span && mention.kind != Kind::Named;
        let mut references = findings.references.iter();
        let reference =
            references.find(|reference| reference.mentions.iter().filter_map(mention_of).any(is_shown))?;
        let shown = reference.mentions.iter().filter_map(mention_of).find(|mention| is_shown(mention))?;
        let vote = shown.votes.iter().find(|vote| vote.kind == shown.kind);
        let rule = vote.and_then(|vote| catalogue.rule(vote.rule));
        let is_description =
            |index: &usize| mention_of(index).is_some_and(|mention| mention.kind != Kind::Named);
        let outcome = match diagnostic.level {
            Level::Error | Level::Warning => Outcome::Warning,
            Level::Note => Outcome::Note,
            Level::Hint => Outcome::Hint,
        };
        Some(Self {
            outcome,
            at_best: outcome,
            confidence: reference.confidence,
            span: shown.span,
            mentions: reference.mentions.iter().copied().filter(is_description).collect(),
            rule: rule.map(|rule| rule.name.clone()).unwrap_or_default(),
            section: shown.section,
            names: (reference.state == State::Named).then(|| reference.names.clone()),
        })
    }
}
