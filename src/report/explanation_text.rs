//! Explanations as text for users.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use annotate_snippets::Level as Rank;

use super::evidence::in_telling_order;
use super::explained_reference::{ExplainedCandidate, ExplainedReference, RunnerUp};
use super::explanation::{ExplainedMention, Explanation, RuleVote};
use super::ranking::attributes_text;
use super::snippet::{Marked, renderer, without_empty_origin};
use super::text::percent;
use super::{signed, visible, visible_at_start};
use crate::document::Places;
use crate::resolve::Evidence;

/// Width in characters of the column with the names of clues.
const CLUE: usize = 18;
/// Width in characters of the column with the positions of clues in the text.
const PLACE: usize = 8;
/// Width in characters of the column with the comparisons.
const DETAIL: usize = 64;

impl Explanation<'_> {
    /// Writes the explanation as text: each mention in its line with the votes on it, then each reference
    /// with the contribution of every clue to its candidates.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn text(&self, colours: bool, out: &mut Vec<u8>) -> io::Result<()> {
        for note in &self.entry.document.notes {
            writeln!(out, "note: {}\n", visible(&note.message))?;
        }
        for error in self.entry.errors {
            writeln!(out, "error: {}\n", visible(&error.message))?;
        }
        if self.mentions.is_empty() {
            let line = self.place.map_or_else(String::new, |place| format!(" on line {}", place.line));
            return writeln!(out, "{}: no mention{line}", visible_at_start(self.document));
        }
        let places = Places::new(self.entry.document);
        for mention in &self.mentions {
            writeln!(out, "{}\n", self.mention(mention, &places, colours))?;
        }
        for reference in &self.references {
            self.reference(reference, out)?;
        }
        Ok(())
    }

    fn mention(&self, explained: &ExplainedMention<'_>, places: &Places<'_>, colours: bool) -> String {
        let ExplainedMention { mention, index, reference, .. } = explained;
        let document = self.entry.document;
        let quoted = visible(mention.span.of(&document.prose)).into_owned();
        let label = match reference {
            Some(reference) => format!("mention {index}, reference {reference}"),
            None => format!("mention {index}, in no reference"),
        };
        let marked = Marked::new(places, mention.span, label);
        let title = format!(
            "`{quoted}` is a mention of kind {} and type {}, with confidence {:.2}",
            mention.kind, mention.entity_type, mention.confidence
        );
        let votes = Rank::NOTE.with_name("votes").message(votes(explained));
        let mut group =
            Rank::NOTE.primary_title(title).element(marked.origin()).element(marked.snippet()).element(votes);
        if !explained.contexts.is_empty() {
            group = group.element(Rank::NOTE.with_name("words").message(contexts(explained)));
        }
        let says = attributes_text(&mention.attributes);
        if !says.is_empty() {
            group = group.element(Rank::NOTE.with_name("says").message(says));
        }
        if !mention.named_by.is_empty() {
            let names: Vec<String> = mention.named_by.iter().map(|name| self.quote(*name)).collect();
            group = group.element(Rank::NOTE.with_name("named by").message(names.join(", ")));
        }
        if let Some(naming) = &explained.naming {
            let why = format!("{}, on line {}", visible(naming.told), naming.line);
            group = group.element(Rank::NOTE.with_name("why").message(why));
        }
        without_empty_origin(&renderer(colours).render(&[group]))
    }

    fn quote(&self, mention: usize) -> String {
        let document = self.entry.document;
        let mention = self.entry.findings.mentions.get(mention);
        mention.map_or_else(String::new, |mention| format!("`{}`", visible(mention.span.of(&document.prose))))
    }

    fn reference(&self, reference: &ExplainedReference<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let names = match reference.names {
            [] => String::new(),
            names => format!(" {}", visible(&names.join(", "))),
        };
        let mentions: Vec<String> = reference.mentions.iter().map(|mention| self.quote(*mention)).collect();
        writeln!(out, "reference {}: {}{names}", reference.id, reference.state)?;
        writeln!(out, "  its mentions: {}", mentions.join(", "))?;
        if !reference.confidence_evidence.is_empty() {
            writeln!(out, "\n  {}  particular, and never named here", percent(reference.confidence))?;
        }
        for evidence in reference.confidence_evidence {
            write_clue(evidence, "", out)?;
        }
        for candidate in &reference.candidates {
            write_candidate(candidate, out)?;
        }
        if let Some(others) = reference.others {
            writeln!(out, "\n  {}  others", percent(others))?;
        }
        writeln!(out, "\n  {}  none in the catalogue", percent(reference.unknown))?;
        if let (Some(first), Some(runner_up)) = (reference.candidates.first(), &reference.runner_up) {
            writeln!(out, "\n  {}", lost(runner_up, &first.candidate.name))?;
        }
        if !reference.would_settle.is_empty() {
            writeln!(out, "  further facts that would decide it: {}", reference.would_settle.join(", "))?;
        }
        writeln!(out)
    }
}

/// Returns the words that spoke most for the kind of a mention and against it.
fn contexts(explained: &ExplainedMention<'_>) -> String {
    let kind = explained.mention.kind;
    let side = |title: &str, wanted: &dyn Fn(f64) -> bool| {
        let of_side = explained.contexts.iter().filter(|context| wanted(context.weight));
        let words: Vec<String> = of_side
            .map(|context| {
                format!("{} `{}` {}", context.template, visible(&context.value), signed(context.weight))
            })
            .collect();
        (!words.is_empty()).then(|| format!("{title} {kind}: {}", words.join(", ")))
    };
    let sides = [side("for", &|weight| weight > 0.0), side("against", &|weight| weight < 0.0)];
    sides.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Returns the votes of each kind, one kind per line.
fn votes(explained: &ExplainedMention<'_>) -> String {
    if explained.votes.is_empty() {
        return "none; a name is a mention without a vote".to_string();
    }
    let mut out = String::new();
    for (index, kind) in explained.votes.iter().enumerate() {
        let rule = |vote: &RuleVote<'_>| {
            let measured = vote.measured.map_or_else(String::new, |measured| {
                format!(" ({} of {} right)", measured.right, measured.hits)
            });
            format!("{} {}{measured}", visible(vote.rule), signed(vote.weight))
        };
        let rules: Vec<String> = kind.rules.iter().map(rule).collect();
        let short = kind.short_by.map_or_else(String::new, |short| format!("; {short:.1} more would win"));
        let _ = write!(
            out,
            "{}{:9} {}  = {}{short}",
            if index > 0 { "\n" } else { "" },
            kind.kind,
            signed(kind.sum),
            rules.join(", ")
        );
    }
    out
}

fn write_candidate(explained: &ExplainedCandidate<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let candidate = explained.candidate;
    write!(out, "\n  {}  {}", percent(candidate.probability), visible(&candidate.name))?;
    match explained.sources {
        [] => writeln!(out)?,
        sources => writeln!(out, "; facts from {}", visible(&sources.join(", ")))?,
    }
    for evidence in in_telling_order(&candidate.evidence) {
        let index = candidate.evidence.iter().position(|other| std::ptr::eq(other, evidence));
        let place = index.and_then(|index| explained.places.get(index).copied().flatten());
        let place = place.map_or_else(String::new, |place| format!("{}:{}", place.line, place.column));
        write_clue(evidence, &place, out)?;
    }
    writeln!(out, "         {:CLUE$} {:PLACE$} {:DETAIL$} {:>6}", "sum", "", "", signed(explained.sum))
}

fn write_clue(evidence: &Evidence, place: &str, out: &mut Vec<u8>) -> io::Result<()> {
    let (clue, detail) = (visible(&evidence.clue), visible(&evidence.detail));
    writeln!(out, "         {clue:CLUE$} {place:PLACE$} {detail:DETAIL$} {:>6}", signed(evidence.weight))
}

/// Explains why the second candidate is not the first.
fn lost(runner_up: &RunnerUp<'_>, first: &str) -> String {
    let (name, first) = (visible(runner_up.name), visible(first));
    if runner_up.clues.is_empty() {
        return format!("{name} comes after {first}, though no single clue speaks more for {first}");
    }
    let clues: Vec<String> = runner_up
        .clues
        .iter()
        .map(|gap| format!("{} ({} against {})", visible(gap.clue), signed(gap.second), signed(gap.first)))
        .collect();
    format!("{name} falls behind {first} by {:.1}, most by {}", runner_up.behind, clues.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportedPaper, samples};

    #[test]
    fn an_explanation_reads_well() {
        let names = samples::SampleNames::new();
        let (document, findings) = samples::paper();
        let entry = ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
        let mut out = Vec::new();
        Explanation::new(entry, None, &names).text(false, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains('\u{1b}'), "{text}");
        insta::assert_snapshot!(text);
    }
}
