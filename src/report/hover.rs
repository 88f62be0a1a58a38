//! The text that an editor shows for one mention.

use std::fmt::Write as _;

use super::evidence::most_telling;
use super::markdown::plain;
use super::text::{NEARLY_NONE, clue, line_above_systems, percent};
use super::visible;
use crate::catalogue::{Catalogue, Kind, Rule};
use crate::detect::Mention;
use crate::document::Document;
use crate::engine::Findings;
use crate::resolve::{Candidate, Reference, State};

/// Maximum number of candidates shown for each reference.
const CANDIDATES: usize = 5;
/// Maximum number of clues shown for each candidate.
const CLUES: usize = 4;

/// The markup that an editor displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

impl Markup {
    /// Escapes a text of the paper or the catalogue so that it is displayed literally.
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

/// Describes a mention: the system it refers to, with the evidence for each candidate, and the rule that
/// found it.
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

/// Returns the rule with the highest weight for the kind of a mention.
pub fn rule_of<'c>(mention: &Mention, catalogue: &'c Catalogue) -> Option<&'c Rule> {
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
            let _ = write!(out, " ({})", markup.text(&naming.reason));
        }
        return;
    }
    if reference.unknown >= NEARLY_NONE || reference.candidates.is_empty() {
        out.push_str("\n\nNo known system fits.");
        return;
    }
    if reference.state == State::Unresolved {
        // Whoever asks of one place gets to see what came nearest, and that it is no answer.
        out.push_str("\n\nThe system could not be identified. The nearest candidates:");
    }
    out.push('\n');
    if let Some(line) = line_above_systems(reference.answer.as_ref(), &reference.candidates) {
        let _ = write!(out, "\n- {}", markup.text(line.trim()));
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

    fn hover_text(index: usize, markup: Markup, change: impl Fn(&mut Findings)) -> String {
        let (document, mut findings) = samples::paper();
        change(&mut findings);
        let reference = findings.reference_of(index);
        let catalogue = Catalogue::built_in().unwrap();
        hover(&document, &findings, &catalogue, (reference, &findings.mentions[index]), markup)
    }

    #[test]
    fn candidates_come_with_their_evidence() {
        let text = hover_text(1, Markup::Plain, |_| ());
        assert!(
            text.starts_with("a large language model: described model, never named in this paper\n"),
            "{text}"
        );
        assert!(text.contains("- 83 % LaMDA\n  - "), "{text}");
        assert!(text.contains("none in the catalogue") && text.contains("Found by the rule "), "{text}");
    }

    #[test]
    fn what_cannot_be_told_is_no_answer() {
        let doubtful = |findings: &mut Findings| findings.references[0].state = State::Unresolved;
        assert!(
            hover_text(1, Markup::Plain, doubtful)
                .contains("could not be identified. The nearest candidates:")
        );
        let strange = |findings: &mut Findings| findings.references[0].unknown = 0.99;
        let text = hover_text(1, Markup::Plain, strange);
        assert!(text.contains("No known system fits") && !text.contains("LaMDA"), "{text}");
    }

    #[test]
    fn no_word_of_a_paper_or_a_catalogue_becomes_mark_up() {
        let hostile = |findings: &mut Findings| {
            findings.references[0].candidates[0].name = "[x](command:y) <b>**".to_string();
        };
        let text = hover_text(1, Markup::Markdown, hostile);
        assert!(!text.contains("](") && !text.contains("<b>"), "{text}");
    }
}
