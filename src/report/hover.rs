//! What an editor shows of one mention.

use std::fmt::Write as _;

use super::evidence::most_telling;
use super::markdown::plain;
use super::text::{NEARLY_NONE, above_systems, clue, percent};
use super::visible;
use crate::catalogue::{Catalogue, Kind, Rule};
use crate::detect::Mention;
use crate::document::Document;
use crate::engine::Findings;
use crate::resolve::{Candidate, Reference, State};

/// Candidates shown of each reference.
const CANDIDATES: usize = 5;
/// Clues shown of each candidate.
const CLUES: usize = 4;

/// How an editor shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// As it is.
    Plain,
    /// As Markdown.
    Markdown,
}

impl Markup {
    /// A text of the paper or the catalogue, shown as it is.
    fn text(self, text: &str) -> String {
        match self {
            Self::Plain => visible(text).into_owned(),
            Self::Markdown => plain(text),
        }
    }

    fn strong(self, text: &str) -> String {
        match self {
            Self::Plain => self.text(text),
            Self::Markdown => format!("**{}**", self.text(text)),
        }
    }
}

/// What is known of a mention: what it stands for, with the evidence for each candidate, and the rule that found it.
pub fn hover(
    document: &Document,
    findings: &Findings,
    catalogue: &Catalogue,
    (reference, mention): (Option<&Reference>, &Mention),
    markup: Markup,
) -> String {
    let quoted = mention.span.of(&document.prose);
    let mut out = format!("{}: {} {}", markup.strong(quoted), mention.kind, mention.entity_type);
    if let Some(reference) = reference {
        tell_reference(document, findings, (reference, mention), markup, &mut out);
    }
    if let Some(rule) = rule_of(mention, catalogue) {
        let (name, summary, why) =
            (markup.text(&rule.name), markup.text(&rule.summary), markup.text(&rule.why));
        let _ = write!(out, "\n\nFound by the rule {name}: {summary}. {why}");
    }
    out
}

/// The rule that weighs most for the kind of a mention.
pub(crate) fn rule_of<'c>(mention: &Mention, catalogue: &'c Catalogue) -> Option<&'c Rule> {
    let vote = mention.votes.iter().find(|vote| vote.kind == mention.kind)?;
    catalogue.rule(vote.rule)
}

fn tell_reference(
    document: &Document,
    findings: &Findings,
    (reference, mention): (&Reference, &Mention),
    markup: Markup,
    out: &mut String,
) {
    let state = match reference.state {
        State::Named if mention.kind == Kind::Named => "",
        State::Named => ", named in this paper",
        State::Linked | State::Unresolved => ", never named in this paper",
    };
    out.push_str(state);
    if reference.state == State::Named {
        let name = findings.name_of(reference, mention).map(|name| name.span.of(&document.prose));
        if let Some(name) = name.filter(|_| mention.kind != Kind::Named) {
            let _ = write!(out, ": {}", markup.strong(name));
        }
        if let Some(naming) = &mention.naming {
            let _ = write!(out, " ({})", markup.text(&naming.told));
        }
        return;
    }
    if reference.unknown >= NEARLY_NONE || reference.candidates.is_empty() {
        out.push_str("\n\nNo known system fits.");
        return;
    }
    if reference.state == State::Unresolved {
        // Whoever asks of one place gets to see what came nearest, and that it is no answer.
        out.push_str("\n\nWhich system it is cannot be told. What comes nearest:");
    }
    out.push('\n');
    if let Some(told) = above_systems(reference.answer.as_ref(), &reference.candidates) {
        let _ = write!(out, "\n- {}", markup.text(told.trim()));
    }
    for candidate in reference.candidates.iter().take(CANDIDATES) {
        tell_candidate(candidate, markup, out);
    }
    let none = markup.text(percent(reference.unknown).trim());
    let _ = write!(out, "\n- {none} none in the catalogue");
}

fn tell_candidate(candidate: &Candidate, markup: Markup, out: &mut String) {
    let share = markup.text(percent(candidate.probability).trim());
    let _ = write!(out, "\n- {share} {}", markup.strong(&candidate.name));
    for evidence in most_telling(&candidate.evidence, CLUES) {
        let _ = write!(out, "\n  - {}", markup.text(&clue(evidence)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn told(index: usize, markup: Markup, change: impl Fn(&mut Findings)) -> String {
        let (document, mut findings) = samples::paper();
        change(&mut findings);
        let reference = findings.references.iter().find(|reference| reference.mentions.contains(&index));
        let catalogue = Catalogue::built_in().unwrap();
        hover(&document, &findings, &catalogue, (reference, &findings.mentions[index]), markup)
    }

    #[test]
    fn candidates_come_with_their_evidence() {
        let told = told(1, Markup::Plain, |_| ());
        assert!(
            told.starts_with("a large language model: described model, never named in this paper\n"),
            "{told}"
        );
        assert!(told.contains("- 83 % LaMDA\n  - "), "{told}");
        assert!(told.contains("none in the catalogue") && told.contains("Found by the rule "), "{told}");
    }

    #[test]
    fn what_cannot_be_told_is_no_answer() {
        let doubtful = |findings: &mut Findings| findings.references[0].state = State::Unresolved;
        assert!(told(1, Markup::Plain, doubtful).contains("cannot be told. What comes nearest:"));
        let strange = |findings: &mut Findings| findings.references[0].unknown = 0.99;
        let told = told(1, Markup::Plain, strange);
        assert!(told.contains("No known system fits") && !told.contains("LaMDA"), "{told}");
    }

    #[test]
    fn no_word_of_a_paper_or_a_catalogue_becomes_mark_up() {
        let hostile = |findings: &mut Findings| {
            findings.references[0].candidates[0].name = "[x](command:y) <b>**".to_string();
        };
        let told = told(1, Markup::Markdown, hostile);
        assert!(!told.contains("](") && !told.contains("<b>"), "{told}");
    }
}
