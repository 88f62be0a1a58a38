//! The program's findings in one paper, in the shape that judgements are compared with.

use byname::Findings;
use byname::catalogue::{Catalogue, Kind, Profile};
use byname::detect::Mention;
use byname::diagnose::{Diagnostic, diagnose, grade};
use byname::document::{ByteSpan, Document, SectionKind};
use byname::named_enum;
use byname::resolve::{Level, State};

named_enum! {
    /// The severity with which something is reported.
    pub enum Outcome {
        /// Reported as a warning or an error.
        Warning => "warning",
        /// Reported as a hint, which is shown only on request.
        Hint => "hint",
        /// Reported as a note.
        Note => "note",
        /// Not reported.
        Silent => "not reported",
    }
}

/// A reported reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The severity with which it is reported.
    pub outcome: Outcome,
    /// The severity it would have if no confidence were too low.
    pub at_best: Outcome,
    /// The probability that it is a particular system that the paper never names.
    pub confidence: f64,
    /// The span of the mention at which it is reported, in the prose.
    pub span: ByteSpan,
    /// The indices of all its mentions except names.
    pub mentions: Vec<usize>,
    /// The rule with the largest weight for that mention.
    pub rule: String,
    /// The part of the paper that holds that mention.
    pub section: SectionKind,
    /// The names that the paper gives according to the program; `None` if it gives none.
    pub names: Option<Vec<String>>,
    /// The way in which these names were found, and why, as `explain` tells it; `None` for a description that
    /// shares its reference with a name.
    pub naming: Option<String>,
}

impl Finding {
    /// Returns the findings of a profile in a paper, in the order of the text; one less probable than `least`
    /// is a hint.
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
        let is_shown = |mention: &&Mention| mention.span == diagnostic.span && mention.kind != Kind::Named;
        let shown_of = |reference| Some((reference, findings.mentions_of(reference).find(is_shown)?));
        let (reference, shown) = findings.references.iter().find_map(shown_of)?;
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
            naming: shown.naming.as_ref().map(|naming| format!("{}: {}", naming.way, naming.reason)),
        })
    }
}
