//! The diagnostics that the client shows, so that only changes are sent.

use std::collections::{BTreeMap, HashSet};

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};

use super::papers::{Drafts, Papers};
use super::uri::path_of;

/// Diagnostics last published for each file, by URI.
#[derive(Debug, Default)]
pub(super) struct Published(BTreeMap<String, Vec<Diagnostic>>);

impl Published {
    /// Takes over the findings of the papers, and returns the diagnostics to publish: those of files that were
    /// read, and of others whose diagnostics have changed.
    pub(super) fn take_over(
        &mut self,
        read: &[String],
        papers: &Papers,
        drafts: &Drafts,
    ) -> Vec<PublishDiagnosticsParams> {
        let mut now: BTreeMap<String, Vec<Diagnostic>> =
            read.iter().map(|uri| (uri.clone(), Vec::new())).collect();
        // Two papers may share a part.
        let mut seen = HashSet::new();
        for finding in papers.findings() {
            let uri = as_client_names(&finding.uri, drafts);
            if seen.insert((uri.clone(), &finding.diagnostic)) {
                now.entry(uri).or_default().push(finding.diagnostic.clone());
            }
        }
        let gone: Vec<String> = self.0.keys().filter(|uri| !now.contains_key(*uri)).cloned().collect();
        now.extend(gone.into_iter().map(|uri| (uri, Vec::new())));
        now.retain(|uri, diagnostics| read.contains(uri) || self.0.get(uri) != Some(diagnostics));
        for (uri, diagnostics) in &now {
            if diagnostics.is_empty() {
                self.0.remove(uri);
            } else {
                self.0.insert(uri.clone(), diagnostics.clone());
            }
        }
        let params = now.into_iter().map(|(uri, diagnostics)| {
            let version = drafts.get(&uri).and_then(|draft| draft.version);
            PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics }
        });
        params.collect()
    }
}

/// Returns the URI that the client uses for a file, if it is open; otherwise the given one.
fn as_client_names(uri: &str, drafts: &Drafts) -> String {
    if drafts.contains_key(uri) {
        return uri.to_string();
    }
    let path = path_of(uri);
    let draft = drafts.values().find(|draft| Some(&draft.path) == path.as_ref());
    draft.map_or_else(|| uri.to_string(), |draft| draft.uri.clone())
}
