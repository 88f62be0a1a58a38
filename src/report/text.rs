//! The report for terminals, in the style of a compiler.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use annotate_snippets::{Group, Level as Rank, Renderer};

use super::evidence::most_telling;
use super::snippet::{Marked, renderer, without_empty_origin};
use super::{Names, Report, ReportedPaper, Tally, signed, visible};
use crate::catalogue::EntityType;
use crate::detect::Mention;
use crate::diagnose::{Diagnostic, answer_in_words, is_above_systems};
use crate::document::Places;
use crate::resolve::{Answer, Candidate, Evidence, Level, Reference, State};

/// Maximum number of candidates shown for each reference.
const CANDIDATES: usize = 3;
/// Maximum number of clues shown for each candidate.
const CLUES: usize = 2;

/// A renderer that writes each reference with its line of the paper, and a summary at the end.
#[derive(Debug, Clone)]
pub struct Text<'n, N> {
    names: &'n N,
    renderer: Renderer,
    /// The minimum confidence of findings that are no hints, if hints are not shown.
    unshown_below: Option<f64>,
}

impl<'n, N: Names> Text<'n, N> {
    /// Creates a renderer that looks names up in `names`, with or without colours.
    pub fn new(names: &'n N, colours: bool) -> Self {
        Self { names, renderer: renderer(colours), unshown_below: None }
    }

    /// Adds to the summary the number of hints below this confidence that are not shown.
    #[must_use]
    pub fn without_hints(self, below: f64) -> Self {
        Self { unshown_below: Some(below), ..self }
    }

    fn reference(
        &self,
        entry: &ReportedPaper<'_>,
        places: &Places<'_>,
        reference: &Reference,
    ) -> Option<String> {
        let level = entry.reported_of(reference)?.level;
        let document = entry.document;
        let shown = entry.findings.shown_mention(reference)?;
        let marked = Marked::new(places, shown.span, self.label(shown));
        let quoted = visible(shown.span.of(&document.prose)).into_owned();
        let mut group = rank(level)
            .primary_title(title(&quoted, shown, reference))
            .element(marked.origin())
            .element(marked.snippet());
        if let Some(named) = self.named(entry, places, reference, shown) {
            group = group.element(Rank::NOTE.message(named));
        }
        if let Some(candidates) = candidates(reference) {
            group = group.element(Rank::NOTE.with_name("candidates").message(candidates));
        }
        Some(without_empty_origin(&self.renderer.render(&[group])))
    }

    /// Renders a finding about a name.
    fn about_name(&self, places: &Places<'_>, diagnostic: &Diagnostic<'_>) -> String {
        let marked = Marked::new(places, diagnostic.span, diagnostic.rule.id.clone());
        let group = rank(diagnostic.level)
            .primary_title(visible(&diagnostic.message))
            .element(marked.origin())
            .element(marked.snippet())
            .element(Rank::HELP.message(visible(&diagnostic.advice)));
        without_empty_origin(&self.renderer.render(&[group]))
    }

    /// Returns a label with the kind of a mention and the rule with the highest weight for it.
    fn label(&self, mention: &Mention) -> String {
        let vote = mention.votes.iter().find(|vote| vote.kind == mention.kind);
        let rule = vote.map(|vote| format!(" ({})", visible(self.names.rule_name(vote.rule))));
        format!("{} {}{}", mention.kind, mention.entity_type, rule.unwrap_or_default())
    }

    /// Returns a note of the place where the paper gives the name.
    fn named(
        &self,
        entry: &ReportedPaper<'_>,
        places: &Places<'_>,
        reference: &Reference,
        shown: &Mention,
    ) -> Option<String> {
        let document = entry.document;
        let name = entry.findings.name_of(reference, shown)?;
        let place = places.of(name.span).position;
        let path = places.path(name.span);
        let path = visible(&path);
        let name = visible(name.span.of(&document.prose));
        Some(format!("named `{name}` at {path}:{}:{}", place.line, place.column))
    }
}

fn rank(level: Level) -> Rank<'static> {
    match level {
        Level::Error => Rank::ERROR,
        Level::Warning => Rank::WARNING,
        Level::Note => Rank::NOTE,
        Level::Hint => Rank::HELP.with_name(Level::Hint.name()),
    }
}

/// Maximum number of members of a set named in the first line.
const MEMBERS: usize = 3;

fn title(quoted: &str, shown: &Mention, reference: &Reference) -> String {
    // Images and texts are one data set.
    let is_set = shown.plural && shown.entity_type != EntityType::Dataset;
    let is = if shown.plural { "are" } else { "is" };
    let best = reference.candidates.first();
    match (reference.state, best) {
        (State::Named, _) if reference.partial => {
            format!("some of `{quoted}` are {}", visible(&reference.names.join(", ")))
        }
        (State::Named, _) if !reference.names.is_empty() => {
            format!("`{quoted}` {is} {}", visible(&reference.names.join(", ")))
        }
        (State::Named, Some(best)) => format!("`{quoted}` {is} {}", visible(&best.name)),
        (State::Named, None) => format!("`{quoted}` {is} named in this paper"),
        // Of a set, the candidates are members; where only their maker can be told, none of them can.
        (State::Linked, Some(_)) if is_set && !is_above(reference) => {
            let described = shown.attributes.count.map_or(MEMBERS, |count| count as usize);
            let first = reference.candidates.iter().take(described.clamp(1, MEMBERS));
            let names: Vec<_> = first.map(|candidate| visible(&candidate.name)).collect();
            format!("`{quoted}` are never named; likely among them: {}", names.join(", "))
        }
        (State::Linked, Some(best)) => {
            let likely = if is_set { "likely among them:" } else { "most likely" };
            let answer = reference.answer.as_ref();
            let words = answer.map(|answer| answer_in_words(answer, &reference.candidates));
            let words = words.unwrap_or_else(|| best.name.clone());
            format!("`{quoted}` {is} never named; {likely} {}", visible(&words))
        }
        _ if is_set => format!("`{quoted}` are never named, and could not be identified"),
        _ => format!("`{quoted}` {is} never named, and no known system fits"),
    }
}

/// Returns whether the answer is a family or a maker.
fn is_above(reference: &Reference) -> bool {
    reference.answer.as_ref().is_some_and(|answer| is_above_systems(answer, &reference.candidates))
}

/// Probability of `unknown` from which candidates are not worth a line.
pub(super) const NEARLY_NONE: f64 = 0.95;

/// Returns the answer at the level of a family or maker, with its probability; `None` if the answer is a
/// single system.
fn above_systems(answer: Option<&Answer>, candidates: &[Candidate]) -> Option<(f64, String)> {
    let answer = answer.filter(|answer| is_above_systems(answer, candidates))?;
    Some((answer.probability, visible(&answer_in_words(answer, candidates)).into_owned()))
}

/// Formats the answer of [`above_systems`] as a line.
pub(super) fn line_above_systems(answer: Option<&Answer>, candidates: &[Candidate]) -> Option<String> {
    above_systems(answer, candidates).map(|(probability, what)| format!("{}  {what}", percent(probability)))
}

/// Returns the best candidates, one per line, and the remaining probability of none in the catalogue. For an
/// unresolved reference, candidates are not named: readers would take a name for a guess all the same.
fn candidates(reference: &Reference) -> Option<String> {
    let likeliest = reference.candidates.first()?.probability;
    if reference.state == State::Named || reference.unknown >= NEARLY_NONE {
        return None;
    }
    if reference.state == State::Unresolved {
        let none = percent(reference.unknown);
        return Some(format!(
            "{} for the likeliest, {} for none in the catalogue; `byname explain` names them",
            percent(likeliest).trim(),
            none.trim()
        ));
    }
    let mut out = String::new();
    if let Some(line) = line_above_systems(reference.answer.as_ref(), &reference.candidates) {
        let _ = writeln!(out, "{line}");
    }
    for candidate in reference.candidates.iter().take(CANDIDATES) {
        let _ = writeln!(
            out,
            "{}  {}{}",
            percent(candidate.probability),
            visible(&candidate.name),
            clues(candidate)
        );
    }
    let others = reference.candidates.len().saturating_sub(CANDIDATES);
    if others > 0 {
        let rest: f64 =
            reference.candidates.iter().skip(CANDIDATES).map(|candidate| candidate.probability).sum();
        let _ = writeln!(out, "{}  {others} more", percent(rest));
    }
    let _ = write!(out, "{}  none in the catalogue", percent(reference.unknown));
    Some(out)
}

/// Returns the most informative clues.
fn clues(candidate: &Candidate) -> String {
    let shown: Vec<String> = most_telling(&candidate.evidence, CLUES).into_iter().map(clue).collect();
    if shown.is_empty() { String::new() } else { format!("  {}", shown.join("; ")) }
}

/// Formats one clue with the comparison and its weight.
pub(super) fn clue(evidence: &Evidence) -> String {
    format!("{}: {} ({})", visible(&evidence.clue), visible(&evidence.detail), signed(evidence.weight))
}

/// Formats a probability to stand before a candidate.
pub(super) fn percent(probability: f64) -> String {
    let rounds_to_none = probability > 0.0 && probability < 0.005;
    if rounds_to_none { " <1 %".to_string() } else { format!("{:>3.0} %", probability * 100.0) }
}

impl<N: Names> Report for Text<'_, N> {
    fn document(&self, entry: &ReportedPaper<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let path = visible(&entry.document.id);
        for error in entry.errors {
            let title =
                Rank::ERROR.primary_title(format!("{path}: {}", visible(&error.message))).id(error.kind);
            writeln!(out, "{}\n", self.renderer.render(&[Group::with_title(title)]))?;
        }
        for note in &entry.document.notes {
            let title = Rank::NOTE.primary_title(format!("{path}: {}", visible(&note.message))).id(note.kind);
            writeln!(out, "{}\n", self.renderer.render(&[Group::with_title(title)]))?;
        }
        if entry.findings.references.is_empty() && entry.diagnostics.is_empty() {
            return Ok(());
        }
        let places = Places::new(entry.document);
        for diagnostic in entry.reported().filter(|diagnostic| !diagnostic.rule.finds.is_nameless()) {
            writeln!(out, "{}\n", self.about_name(&places, diagnostic))?;
        }
        for reference in &entry.findings.references {
            if let Some(rendered) = self.reference(entry, &places, reference) {
                writeln!(out, "{rendered}\n")?;
            }
        }
        Ok(())
    }

    fn end(&self, tally: &Tally, out: &mut Vec<u8>) -> io::Result<()> {
        let papers = count(tally.documents - tally.failures, "paper");
        let failures = match tally.failures {
            0 => String::new(),
            failures => format!(", {failures} failed or incomplete"),
        };
        let references = match tally.references() {
            0 => "no nameless reference found".to_string(),
            found => format!(
                "{}: {} linked, {} unresolved, {} named in the same paper",
                count(found, "nameless reference"),
                tally.in_state(State::Linked),
                tally.in_state(State::Unresolved),
                tally.in_state(State::Named)
            ),
        };
        writeln!(out, "{papers} read{failures}; {references}")?;
        let hints = tally.at_level(Level::Hint);
        if let Some(below) = self.unshown_below.filter(|_| hints > 0) {
            writeln!(out, "{} below {below}, shown with --level hint", count(hints, "hint"))?;
        }
        match tally.suppressed() {
            Some(suppressed) => writeln!(out, "{suppressed}"),
            None => Ok(()),
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn render(colours: bool) -> String {
        let names = samples::SampleNames::new();
        let report = Text::new(&names, colours);
        samples::render(&report)
    }

    #[test]
    fn the_sample_findings_read_well() {
        insta::assert_snapshot!(render(false));
    }

    #[test]
    fn hints_are_counted_and_not_shown_unless_asked_for() {
        let names = samples::SampleNames::new();
        let printed =
            |least: f64| samples::render_above(&Text::new(&names, false).without_hints(least), least);
        assert!(
            printed(0.95)
                .ends_with("1 named in the same paper\n2 hints below 0.95, shown with --level hint\n")
        );
        assert!(!printed(0.95).contains("LaMDA") && !printed(0.5).contains("hint"));
    }

    #[test]
    fn what_no_system_fits_is_not_called_by_a_name() {
        let (_, findings) = samples::paper();
        let mut reference = findings.references[0].clone();
        assert!(candidates(&reference).unwrap().contains("LaMDA"));
        reference.state = State::Unresolved;
        let printed = candidates(&reference).unwrap();
        assert_eq!(
            printed,
            "83 % for the likeliest, 11 % for none in the catalogue; `byname explain` names them"
        );
        reference.unknown = 0.96;
        assert_eq!(candidates(&reference), None);
    }

    #[test]
    fn without_colours_no_escape_gets_out() {
        assert!(!render(false).contains('\u{1b}'));
        assert!(render(true).contains("\u{1b}["));
        assert!(!render(true).contains("\u{1b}[31mapart"), "a paper's own escape must not get through");
    }
}
