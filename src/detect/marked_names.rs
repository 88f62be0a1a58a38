//! Texts for tests, in which brackets mark the names.

use super::name::NameMention;
use crate::catalogue::SystemId;
use crate::document::ByteSpan;

/// Returns the prose without the brackets `[` and `]`, and what stood between them as names of one system.
pub(super) fn marked_names(marked: &str) -> (String, Vec<NameMention>) {
    let (mut prose, mut names) = (String::new(), Vec::new());
    for (index, part) in marked.split(['[', ']']).enumerate() {
        let start = prose.len();
        prose.push_str(part);
        if index % 2 == 1 {
            let span = ByteSpan::new(start, prose.len());
            let systems = vec![SystemId(0)];
            names.push(NameMention {
                span,
                systems,
                after_maker: false,
                other_version: false,
                entity_type: None,
            });
        }
    }
    (prose, names)
}
