//! The findings of one paper in the form in which two runs are compared, saved or fresh.

use byname::Findings;
use byname::catalogue::Kind;
use byname::diagnose::FindingKey;
use byname::document::{Document, Places};
use byname::report::CONTEXT;

use crate::saved::{SavedDocument, SavedProvenance};

/// The findings of one paper.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperFindings {
    /// The name of the paper.
    pub(super) document: String,
    /// The text, catalogue and program that they were made from; `None` in older results.
    pub(super) provenance: Option<SavedProvenance>,
    pub(super) findings: Vec<PaperFinding>,
}

/// One reference of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaperFinding {
    pub(super) mentions: Vec<PlacedMention>,
    /// The mention at which it is reported, in as much of its sentence as results keep.
    pub(super) key: FindingKey<'static>,
    /// The state, and the name if there is one.
    pub(super) answer: String,
}

/// One mention: its place in the file and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlacedMention {
    /// The included file; `None` if it is the one that the paper is named after.
    pub(super) file: Option<String>,
    /// Byte offset in the file.
    pub(super) start: usize,
    /// Byte offset in the file, exclusive.
    pub(super) end: usize,
    /// Counted from 1.
    pub(super) line: usize,
    /// Counted from 1.
    pub(super) column: usize,
    pub(super) text: String,
}

impl From<&SavedDocument> for PaperFindings {
    fn from(saved: &SavedDocument) -> Self {
        let mention = |index: &usize| {
            let mention = saved.mentions.get(*index)?;
            Some(PlacedMention {
                file: mention.file.clone(),
                start: mention.start,
                end: mention.end,
                line: mention.line,
                column: mention.column,
                text: mention.text.clone(),
            })
        };
        let findings = saved.references.iter().map(|reference| {
            let context = reference.context.as_ref();
            let (before, after) = context.map_or(("", ""), |context| (&context.before, &context.after));
            let text = saved.shown_mention(reference).map_or("", |mention| &mention.text);
            PaperFinding {
                mentions: reference.mentions.iter().filter_map(mention).collect(),
                key: FindingKey::of_parts(before, text, after),
                answer: reference.answer(),
            }
        });
        Self {
            document: saved.document.clone(),
            provenance: saved.provenance.clone(),
            findings: findings.collect(),
        }
    }
}

impl PaperFindings {
    /// Collects what a run found in a paper, with what it was made from and with.
    pub fn of_run(document: &Document, findings: &Findings, provenance: SavedProvenance) -> Self {
        let places = Places::new(document);
        let mention = |index: &usize| {
            let mention = findings.mentions.get(*index)?;
            let place = places.of(mention.span);
            Some(PlacedMention {
                file: place.file.map(str::to_string),
                start: place.source.start,
                end: place.source.end,
                line: place.position.line,
                column: place.position.column,
                text: mention.span.of(&document.prose).to_string(),
            })
        };
        let findings = findings.references.iter().map(|reference| {
            let shown = findings.shown_mention(reference);
            // Results keep no sentences of names.
            let key = match shown.filter(|shown| shown.kind != Kind::Named) {
                Some(shown) => FindingKey::of(document, shown, CONTEXT),
                None => {
                    let name = shown.map_or("", |name| name.span.of(&document.prose));
                    FindingKey::of_parts("", name, "")
                }
            };
            PaperFinding {
                mentions: reference.mentions.iter().filter_map(mention).collect(),
                key,
                answer: answer(
                    reference.state.name(),
                    reference.candidates.first().map(|candidate| candidate.name.as_str()),
                    reference.names.first().map(String::as_str),
                ),
            }
        });
        Self { document: document.id.clone(), provenance: Some(provenance), findings: findings.collect() }
    }
}

impl PaperFinding {
    /// Returns whether the sentence around its mention is known. That of a name is not kept, and older results
    /// keep none.
    pub(super) fn has_sentence(&self) -> bool {
        self.key.sentence.len() > self.key.mention().len()
    }
}

/// Describes how a reference was resolved: its state, and its first candidate or else its first name.
pub(crate) fn answer(state: &str, candidate: Option<&str>, name: Option<&str>) -> String {
    match candidate.or(name) {
        Some(name) if state != "unresolved" => format!("{state} {name}"),
        _ => state.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use byname::Engine;
    use byname::report::{JsonLines, Provenance, Report as _, ReportedPaper, text_hash};

    use super::*;

    #[test]
    fn what_a_run_finds_is_what_its_saved_results_say() {
        let engine = Engine::built_in().unwrap();
        let prose = "Our judge was a proprietary LLM with 175B parameters.\n\nThe grader (GPT-4) is a strong LLM.\n\
                     We ask a 7B model and a commercial chatbot from OpenAI.";
        let document = Document::from_prose("p.md", prose);
        let findings = engine.scan(&document);
        let provenance = Provenance { catalogue: "c", program: byname::BUILD };
        let report = JsonLines::new(engine.catalogue()).with_provenance(provenance);
        let mut line = Vec::new();
        let entry = ReportedPaper { document: &document, findings: &findings, errors: &[], diagnostics: &[] };
        report.document(&entry, &mut line).unwrap();
        let saved: SavedDocument = serde_json::from_slice(&line).unwrap();
        let (text, program) = (text_hash(&document), byname::BUILD.to_string());
        let provenance = SavedProvenance { text, catalogue: "c".to_string(), program };
        let fresh = PaperFindings::of_run(&document, &findings, provenance);
        assert!(fresh.findings.len() > 2, "{fresh:?}");
        assert_eq!(fresh, PaperFindings::from(&saved));
    }
}
