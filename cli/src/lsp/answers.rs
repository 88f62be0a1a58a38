//! Answers to requests of the client: hover texts, code actions, and the command that they run.

use std::collections::HashSet;

use byname::report::Markup;
use gen_lsp_types::{CodeAction, CodeActionKind, Command, Position, Range, TextEdit, Uri, WorkspaceEdit};
use serde_json::{Value, json};

use super::client::Client;
use super::papers::Papers;
use super::reading::{Finding, SOURCE};

/// Command that opens a file of the catalogue; its argument is the file's path in the catalogue.
pub(super) const OPEN_RULE: &str = "byname.openRule";

/// Returns the hover text for the mention at a position, or `null` if there is none.
pub(super) fn hover(papers: &Papers, client: Client, uri: &str, position: Position) -> Value {
    let shown = papers.whole().flat_map(|paper| paper.reading.shown.iter().map(move |shown| (paper, shown)));
    let here = shown.filter(|(_, shown)| shown.uri == uri && holds(shown.range, position));
    // Of mentions in each other, the inner one.
    let inner = here.max_by_key(|(_, shown)| (shown.range.start, std::cmp::Reverse(shown.range.end)));
    let found = inner.and_then(|(paper, shown)| {
        let text = paper.reading.hover(shown, paper.held.engine.catalogue(), client.markup)?;
        Some((text, shown.range))
    });
    let Some((text, range)) = found else { return Value::Null };
    let kind = match client.markup {
        Markup::Markdown => "markdown",
        Markup::Plain => "plaintext",
    };
    json!({"contents": {"kind": kind, "value": text}, "range": range})
}

/// Returns the code actions for findings that touch a range or that the client names in the request's
/// context.
pub(super) fn actions(papers: &Papers, client: Client, uri: &str, range: Range, context: &Value) -> Value {
    let named: Vec<Range> =
        context["diagnostics"].as_array().into_iter().flatten().filter_map(named_range).collect();
    let is_wanted = |finding: &&Finding| {
        let at = finding.diagnostic.range;
        finding.uri == uri && (at.start <= range.end && range.start <= at.end || named.contains(&at))
    };
    let only: Option<Vec<&str>> =
        context["only"].as_array().map(|kinds| kinds.iter().filter_map(Value::as_str).collect());
    // A kind stands for those below it, and the empty one for all.
    if only.is_some_and(|kinds| !kinds.iter().any(|kind| kind.is_empty() || *kind == "quickfix")) {
        return json!([]);
    }
    let mut actions: Vec<Value> = Vec::new();
    let mut opened = HashSet::new();
    for finding in papers.findings().filter(is_wanted) {
        if let Some(edit) = finding.silencing.as_ref().filter(|_| client.takes_actions) {
            actions.push(json!(silence(finding, edit)));
        }
        for (called, path) in finding.rules.iter().filter(|(_, path)| opened.insert(path)) {
            let title = format!("Open the {called}");
            let arguments = Some(vec![json!(path)]);
            let command =
                Command { title: title.clone(), tooltip: None, command: OPEN_RULE.to_string(), arguments };
            actions.push(match client.takes_actions {
                true => json!(CodeAction { command: Some(command), ..action(title, finding) }),
                false => json!(command),
            });
        }
    }
    Value::Array(actions)
}

fn silence(finding: &Finding, edit: &TextEdit) -> CodeAction {
    let rule = match &finding.diagnostic.code {
        Some(gen_lsp_types::Code::String(rule)) => rule.as_str(),
        _ => "",
    };
    let changes = [(Uri(finding.uri.clone()), vec![edit.clone()])].into_iter().collect();
    let edit = WorkspaceEdit { changes: Some(changes), document_changes: None, change_annotations: None };
    CodeAction { edit: Some(edit), ..action(format!("Silence {rule} here with a comment"), finding) }
}

fn action(title: String, finding: &Finding) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![finding.diagnostic.clone()]),
        is_preferred: None,
        disabled: None,
        edit: None,
        command: None,
        data: None,
        tags: None,
    }
}

/// Reads the range of a diagnostic that a client sends back; `None` if the diagnostic has another source than
/// byname.
fn named_range(diagnostic: &Value) -> Option<Range> {
    let is_ours = diagnostic["source"].as_str().is_none_or(|source| source == SOURCE);
    serde_json::from_value(diagnostic["range"].clone()).ok().filter(|_| is_ours)
}

fn holds(range: Range, position: Position) -> bool {
    range.start <= position && position <= range.end
}
