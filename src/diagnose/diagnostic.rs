//! Diagnostics: requirements of a profile that a paper does not meet, with their positions.

use crate::catalogue::{Access, Catalogue, EntityType, Finds, Kind, Profile, ProfileRule};
use crate::detect::Mention;
use crate::document::{ByteSpan, Document, Places};
use crate::engine::Findings;
use crate::resolve::{Answer, Candidate, Level, Reference, State};
use crate::suppress::Suppressed;

use super::version::{is_versioned, tells_date};
use super::{FindingKey, answer_in_words};

/// A problem at one position, and how to fix it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic<'a> {
    /// The rule of the profile.
    pub rule: &'a ProfileRule,
    /// Its severity.
    pub level: Level,
    /// The resolution state of the reference; `None` if the diagnostic is about a name.
    pub state: Option<State>,
    /// `true` if the user did not ask to see it.
    pub hidden: bool,
    /// The mention, in the prose.
    pub span: ByteSpan,
    /// The sentence around it, in the prose.
    pub sentence: ByteSpan,
    /// The problem.
    pub message: String,
    /// Advice on what to write instead.
    pub advice: String,
    /// The other mentions of the same system, in the prose.
    pub related: Vec<ByteSpan>,
    /// The systems that it may be, the most likely first; empty if the name is known.
    pub candidates: &'a [Candidate],
    /// The most specific answer that the probabilities support, if there is one and the name is not known.
    pub answer: Option<&'a Answer>,
    /// 16 hexadecimal digits, a hash of the rule, the words of the mention and those of its sentence. They
    /// stay the same when other parts of the paper change.
    pub fingerprint: String,
    /// Its suppression, if it is suppressed.
    pub suppressed: Option<Suppressed>,
}

/// Returns the diagnostics of a profile for a paper, in the order of the text.
pub fn diagnose<'a>(
    document: &Document,
    findings: &'a Findings,
    profile: &'a Profile,
    catalogue: &Catalogue,
) -> Vec<Diagnostic<'a>> {
    let paper = Paper { document, places: Places::new(document), findings, catalogue, types: &profile.types };
    let mut all = Vec::new();
    for reference in &findings.references {
        let of_reference = profile.rules.iter().find_map(|rule| paper.of_reference(rule, reference));
        all.extend(of_reference);
    }
    for rule in profile.rules.iter().filter(|rule| rule.finds == Finds::Unversioned) {
        all.extend(paper.unversioned(rule));
    }
    all.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    all
}

/// What the message of a profile's rule has for the place of the name.
const WHERE: &str = "{where}";

struct Paper<'a, 'd> {
    document: &'d Document,
    places: Places<'d>,
    findings: &'a Findings,
    catalogue: &'d Catalogue,
    types: &'a [EntityType],
}

impl Diagnostic<'_> {
    /// Returns the answer in words, with its probability, to be given in a single line. Without an answer no
    /// candidate is named: readers would take it for one.
    pub fn likely(&self) -> Option<(String, f64)> {
        self.answer.map(|answer| (answer_in_words(answer, self.candidates), answer.probability))
    }
}

impl<'a> Paper<'a, '_> {
    fn of_reference(&self, rule: &'a ProfileRule, reference: &'a Reference) -> Option<Diagnostic<'a>> {
        let wanted = match rule.finds {
            Finds::Nameless => reference.state != State::Named,
            Finds::NamedElsewhere => reference.state == State::Named,
            Finds::Unversioned => false,
        };
        let mentions = || self.findings.mentions_of(reference);
        let hides = |mention: &&Mention| match mention.kind {
            Kind::Described => true,
            Kind::Own => reference.state != State::Named,
            _ => false,
        };
        let first = mentions().find(hides).filter(|_| wanted)?;
        if !self.types.contains(&first.entity_type) {
            return None;
        }
        if mentions().any(|mention| self.is_excused(rule, mention)) {
            return None;
        }
        let related = mentions().filter(|mention| mention.span != first.span).map(|mention| mention.span);
        let candidates = if reference.state == State::Named { &[][..] } else { &reference.candidates };
        let names = if reference.names.is_empty() {
            reference.candidates.first().map(|candidate| candidate.name.clone()).unwrap_or_default()
        } else {
            let others = if reference.partial { " and others" } else { "" };
            format!("{}{others}", reference.names.join(", "))
        };
        let mut diagnostic = self.diagnostic(rule, first, &names, related.collect(), candidates);
        if diagnostic.message.contains(WHERE) {
            let name = self.findings.name_of(reference, first).map(|name| name.span);
            let told = name.or_else(|| first.naming.as_ref().map(|naming| naming.at)).unwrap_or(first.span);
            diagnostic.message = diagnostic.message.replace(WHERE, &self.place_of(told, first.span));
        }
        // An own system is no more than a note, and what is doubtful no more than a hint; else the profile tells.
        if reference.state != State::Named && reference.level > Level::Warning {
            diagnostic.level = diagnostic.level.max(reference.level);
        }
        diagnostic.state = Some(reference.state);
        diagnostic.answer = reference.answer.as_ref().filter(|_| reference.state == State::Linked);
        Some(diagnostic)
    }

    /// Returns names of systems behind interfaces, once each, for which the paper gives neither version nor
    /// date.
    fn unversioned(&self, rule: &'a ProfileRule) -> Vec<Diagnostic<'a>> {
        let mut found: Vec<Diagnostic<'a>> = Vec::new();
        let mut seen = Vec::new();
        for mention in self.findings.mentions.iter().filter(|mention| self.is_service(mention)) {
            let name = mention.span.of(&self.document.prose);
            let sentence = mention.sentence.of(&self.document.prose);
            if is_versioned(name) || tells_date(sentence) {
                seen.push(mention.systems.clone()); // told once, it holds for the paper
                found.retain(|diagnostic| diagnostic.span.of(&self.document.prose) != name);
            } else if !seen.contains(&mention.systems) && !self.is_excused(rule, mention) {
                seen.push(mention.systems.clone());
                found.push(self.diagnostic(rule, mention, name, Vec::new(), &[]));
            }
        }
        found
    }

    fn is_service(&self, mention: &Mention) -> bool {
        let systems = || mention.systems.iter().filter_map(|id| self.catalogue.system(*id));
        mention.kind == Kind::Named
            && mention.entity_type == EntityType::Model
            && systems().next().is_some()
            && systems().all(|system| matches!(system.access, Some(Access::Api | Access::Hosted)))
    }

    /// Returns the line of a name, with its file if that is another than the one in which the reader is.
    fn place_of(&self, name: ByteSpan, reader: ByteSpan) -> String {
        let line = self.places.of(name).position.line;
        if self.places.file_of(name) == self.places.file_of(reader) {
            return format!("line {line}");
        }
        format!("line {line} of {}", self.places.path(name))
    }

    fn is_excused(&self, rule: &ProfileRule, mention: &Mention) -> bool {
        let voted = mention.votes.iter().filter_map(|vote| self.catalogue.rule(vote.rule));
        voted.into_iter().any(|voted| rule.unless_voted.contains(&voted.name))
    }

    fn diagnostic(
        &self,
        rule: &'a ProfileRule,
        mention: &Mention,
        names: &str,
        related: Vec<ByteSpan>,
        candidates: &'a [Candidate],
    ) -> Diagnostic<'a> {
        let key = FindingKey::of(self.document, mention, usize::MAX);
        let filled = |template: &str| {
            let type_name = mention.entity_type.to_string();
            template
                .replace("{type}", &type_name)
                .replace("{names}", names)
                .replace("{mention}", key.mention())
        };
        Diagnostic {
            rule,
            level: rule.level,
            state: None,
            hidden: false,
            span: mention.span,
            sentence: mention.sentence,
            message: filled(rule.message_set.as_ref().filter(|_| mention.plural).unwrap_or(&rule.message)),
            advice: filled(rule.advice_set.as_ref().filter(|_| mention.plural).unwrap_or(&rule.advice)),
            related,
            candidates,
            answer: None,
            fingerprint: key.fingerprint(&rule.id),
            suppressed: None,
        }
    }
}

#[cfg(test)]
#[path = "diagnostic_tests.rs"]
mod tests;
