//! The reading of one paper as it stands in the editor: its findings and their places.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use byname::Findings;
use byname::catalogue::Catalogue;
use byname::collection::{Format, Input, UnsavedFiles, read_unsaved, whole_path};
use byname::diagnose::Diagnostic;
use byname::document::{ByteSpan, Document, Places, ReadError};
use byname::report::{Markup, hover, rule_of, visible};
use byname::suppress::{CommentNote, Syntax};
use gen_lsp_types::{
    Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    Range, TextEdit, Uri,
};

use super::draft::Draft;
use super::held::Held;
use super::lines::{Encoding, Lines};
use super::silencing::silencing;
use super::uri::uri_of;

/// Source that the client shows beside a diagnostic.
pub(super) const SOURCE: &str = "byname";

/// A diagnostic, with its file and what can be done about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    pub(super) uri: String,
    pub(super) diagnostic: LspDiagnostic,
    /// Edit that silences it, if the file can have comments.
    pub(super) silencing: Option<TextEdit>,
    /// Files of the catalogue that explain it: a label and the path in the catalogue of each.
    pub(super) rules: Vec<(String, String)>,
}

/// A mention that has a hover text.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) uri: String,
    pub(super) range: Range,
    /// Indices in the findings: of its reference, and of the mention itself.
    reference: usize,
    mention: usize,
}

/// The result of reading a paper.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// URIs of the files that make up the paper.
    pub(super) files: Vec<String>,
    pub(super) findings: Vec<Finding>,
    pub(super) shown: Vec<Shown>,
    /// The paper and what was found in it, if it could be read.
    found: Option<(Document, Findings)>,
}

impl Reading {
    /// Returns the hover text of a mention.
    pub(super) fn hover(&self, shown: &Shown, catalogue: &Catalogue, markup: Markup) -> Option<String> {
        let (document, findings) = self.found.as_ref()?;
        let of = (findings.references.get(shown.reference), findings.mentions.get(shown.mention)?);
        Some(hover(document, findings, catalogue, of, markup))
    }
}

/// The inputs of a reading, apart from the paper itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) held: &'a Held,
    pub(super) drafts: &'a HashMap<PathBuf, &'a Draft>,
    pub(super) encoding: Encoding,
}

/// Reads a paper and collects all its diagnostics.
pub(super) fn read(input: &Input, path: &Path, format: Format, terms: Terms<'_>) -> Reading {
    let unsaved: UnsavedFiles<'_> =
        terms.drafts.iter().map(|(path, draft)| (path.clone(), draft.text.as_str())).collect();
    // A fault of the program in one paper must not take the others from the editor.
    let (limits, engine) = (terms.held.limits, &*terms.held.engine);
    let read = catch_unwind(AssertUnwindSafe(|| {
        match read_unsaved(input, format, &unsaved, limits, Some(engine)) {
            Ok((document, error)) => of_document(document, error, terms),
            Err(error) => unread(path, &error, terms),
        }
    }));
    read.unwrap_or_else(|_| {
        let message = "byname itself failed on this paper; please report it, with the paper if you may";
        unread(path, &ReadError::new("internal", message), terms)
    })
}

/// Returns the reading of a paper that cannot be read: one error at its start.
fn unread(path: &Path, error: &ReadError, terms: Terms<'_>) -> Reading {
    let uri = terms.drafts.get(&whole_path(path)).map_or_else(|| uri_of(path), |draft| draft.uri.clone());
    let diagnostic = plain(Range::default(), DiagnosticSeverity::Error, error.kind, &error.message);
    Reading {
        files: vec![uri.clone()],
        findings: vec![Finding::plain(uri, diagnostic)],
        ..Reading::default()
    }
}

fn of_document(mut document: Document, error: Option<ReadError>, terms: Terms<'_>) -> Reading {
    let criteria = terms.held.criteria();
    let findings = criteria.find(&mut document);
    let notes = document.notes.clone();
    let (diagnostics, comments) = criteria.judge(&mut document, &findings, error.is_none());
    let paper = Paper::new(&document, &findings, terms);
    let mut reading =
        Reading { files: paper.files.iter().map(|file| file.uri.clone()).collect(), ..Reading::default() };
    for error in error.iter() {
        reading.findings.push(paper.at_start(DiagnosticSeverity::Error, error.kind, &error.message));
    }
    for note in &notes {
        reading.findings.push(paper.at_start(DiagnosticSeverity::Information, note.kind, &note.message));
    }
    reading.findings.extend(comments.iter().filter_map(|note| paper.comment(note)));
    let shown = diagnostics.iter().filter(|diagnostic| diagnostic.suppressed.is_none() && !diagnostic.hidden);
    reading.findings.extend(shown.map(|diagnostic| paper.finding(diagnostic)));
    reading.shown = paper.shown();
    reading.found = Some((document, findings));
    reading
}

/// One file of a paper.
struct File<'a> {
    uri: String,
    /// The text in which positions are counted.
    text: &'a str,
    lines: Lines,
    /// `true` if `text` is that of the editor rather than that read from disk.
    is_draft: bool,
    syntax: Option<Syntax>,
}

struct Paper<'a> {
    document: &'a Document,
    findings: &'a Findings,
    terms: Terms<'a>,
    places: Places<'a>,
    files: Vec<File<'a>>,
    /// Index of the mention at each span.
    mention_at: HashMap<ByteSpan, usize>,
    /// Index of the reference of each mention.
    reference_of: Vec<Option<usize>>,
}

impl<'a> Paper<'a> {
    fn new(document: &'a Document, findings: &'a Findings, terms: Terms<'a>) -> Self {
        let file = |number: usize| {
            let path = document.path_of_file(number);
            let draft = terms.drafts.get(&whole_path(Path::new(&*path)));
            let text = draft.map_or_else(|| document.text_of_file(number).1, |draft| draft.text.as_str());
            File {
                uri: draft.map_or_else(|| uri_of(Path::new(&*path)), |draft| draft.uri.clone()),
                lines: draft.map_or_else(|| Lines::new(text), |draft| draft.lines.clone()),
                is_draft: draft.is_some(),
                syntax: Syntax::of_path(&path),
                text,
            }
        };
        let files = (0..=document.included.len()).map(file).collect();
        let mentions = findings.mentions.iter().enumerate();
        Self {
            mention_at: mentions.rev().map(|(index, mention)| (mention.span, index)).collect(),
            reference_of: findings.references_of_mentions(),
            places: Places::new(document),
            document,
            findings,
            terms,
            files,
        }
    }

    /// Returns the file of a span of the prose, and the range in that file.
    fn place(&self, span: ByteSpan) -> (&File<'a>, Range) {
        let number = self.places.file_of(span).min(self.files.len() - 1);
        let file = &self.files[number];
        let within =
            if file.is_draft { self.document.source_map.to_source(span) } else { self.places.in_text(span) };
        (file, file.lines.range(file.text, within.start, within.end, self.terms.encoding))
    }

    fn related(&self, span: ByteSpan, message: String) -> DiagnosticRelatedInformation {
        let (file, range) = self.place(span);
        DiagnosticRelatedInformation { location: Location { uri: Uri(file.uri.clone()), range }, message }
    }

    fn finding(&self, diagnostic: &Diagnostic<'_>) -> Finding {
        let (file, range) = self.place(diagnostic.span);
        let index = self.mention_at.get(&diagnostic.span).copied();
        let mention = index.and_then(|index| self.findings.mentions.get(index));
        let reference = index.and_then(|index| self.reference_of.get(index).copied().flatten());
        let reference = reference.and_then(|index| self.findings.references.get(index));
        let likely = diagnostic.likely().map_or_else(String::new, |(answer, probability)| {
            format!("; it may be {answer} ({:.0} %)", probability * 100.0)
        });
        let message = visible(&format!("{}{likely}", diagnostic.message)).into_owned();
        let message = format!("{message}\n{}", visible(&diagnostic.advice));
        let mut related = Vec::new();
        let name =
            reference.zip(mention).and_then(|(reference, mention)| self.findings.name_of(reference, mention));
        if let Some(name) = name.filter(|_| diagnostic.rule.finds.is_nameless()) {
            let note = format!("named `{}` here", visible(name.span.of(&self.document.prose)));
            related.push(self.related(name.span, note));
        }
        let others = diagnostic.related.iter().filter(|span| name.is_none_or(|name| name.span != **span));
        related.extend(others.map(|span| self.related(*span, "the same system".to_string())));
        let mut lsp_diagnostic = plain(range, severity(diagnostic), &diagnostic.rule.id, &message);
        lsp_diagnostic.related_information = Some(related).filter(|related| !related.is_empty());
        let rule = mention.and_then(|mention| rule_of(mention, self.terms.held.engine.catalogue()));
        let rule = rule.map(|rule| (format!("rule {}", rule.name), format!("rules/{}.toml", rule.name)));
        let profile = &self.terms.held.profile.name;
        let profile = (format!("profile {profile}"), format!("profiles/{profile}.toml"));
        let silencing = file.syntax.and_then(|syntax| {
            let text = (file.text, &file.lines);
            silencing(text, range.start.line, syntax, &diagnostic.rule.id, self.terms.encoding)
        });
        Finding {
            uri: file.uri.clone(),
            diagnostic: lsp_diagnostic,
            silencing,
            rules: rule.into_iter().chain([profile]).collect(),
        }
    }

    /// Converts a note on a byname comment into a finding.
    fn comment(&self, note: &CommentNote) -> Option<Finding> {
        let file = self.files.get(note.file)?;
        let line = u32::try_from(note.line.checked_sub(1)?).ok()?;
        let written = file.lines.line(file.text, line)?;
        let start = gen_lsp_types::Position { line, character: 0 };
        let begin = file.lines.offset(file.text, start, self.terms.encoding);
        let indent = written.len() - written.trim_start().len();
        let range = file.lines.range(
            file.text,
            begin + indent,
            begin + written.trim_end().len(),
            self.terms.encoding,
        );
        let mut diagnostic = plain(range, DiagnosticSeverity::Warning, note.kind, &note.message);
        if note.kind.starts_with("unused") {
            diagnostic.tags = Some(vec![DiagnosticTag::Unnecessary]);
        }
        Some(Finding::plain(file.uri.clone(), diagnostic))
    }

    /// Creates a finding about the paper as a whole, placed on its first line.
    fn at_start(&self, severity: DiagnosticSeverity, kind: &str, message: &str) -> Finding {
        let file = &self.files[0];
        let end = file.lines.line(file.text, 0).map_or(0, str::len);
        let range = file.lines.range(file.text, 0, end, self.terms.encoding);
        Finding::plain(file.uri.clone(), plain(range, severity, kind, message))
    }

    /// Collects the mentions of all references in open files: a client asks for no hover text elsewhere.
    fn shown(&self) -> Vec<Shown> {
        let mut shown = Vec::new();
        for (reference, of) in self.findings.references.iter().enumerate() {
            for index in &of.mentions {
                let Some(mention) = self.findings.mentions.get(*index) else { continue };
                let (file, range) = self.place(mention.span);
                if file.is_draft {
                    shown.push(Shown { uri: file.uri.clone(), range, reference, mention: *index });
                }
            }
        }
        shown
    }
}

impl Finding {
    fn plain(uri: String, diagnostic: LspDiagnostic) -> Self {
        Self { uri, diagnostic, silencing: None, rules: Vec::new() }
    }
}

/// Returns the severity in the protocol of a diagnostic's level.
fn severity(diagnostic: &Diagnostic<'_>) -> DiagnosticSeverity {
    use byname::catalogue::Level;
    match diagnostic.level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Note => DiagnosticSeverity::Information,
        Level::Hint => DiagnosticSeverity::Hint,
    }
}

/// Creates a diagnostic that has a message but no related places, tags or data.
pub(super) fn plain(range: Range, severity: DiagnosticSeverity, code: &str, message: &str) -> LspDiagnostic {
    LspDiagnostic {
        range,
        severity: Some(severity),
        code: Some(code.to_string().into()),
        code_description: None,
        source: Some(SOURCE.to_string()),
        message: message.into(),
        tags: None,
        related_information: None,
        data: None,
    }
}
