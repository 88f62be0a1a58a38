//! The bibliography of a page.

use super::super::bibliography::{Item, Work, entries, work_of};
use super::super::latex::plain_text;
use super::super::markup::{NodeId, Tree};
use super::super::paper_facts::WorkList;

/// Separator between the blocks of an entry; it occurs in no entry.
const MARK: char = '\u{1F}';

/// Reads the bibliography, wherever it is in the page.
pub(super) fn read(tree: &Tree<'_>) -> WorkList {
    let mut works = WorkList::default();
    for node in tree.inside(tree.root()) {
        if is_entry(tree, node) {
            add_entry(tree, node, &mut works);
        } else if tree.name(node) == "script" && tree.attribute(node, "type") == Some("text/bibliography") {
            // Distill has BibTeX in the page.
            let text: String = tree.children(node).map(|text| tree.span(text).of(tree.source())).collect();
            for entry in entries(&text) {
                works.add(work_of(&entry, &mut |latex| plain_text(latex)).cited);
            }
        }
    }
    works
}

fn is_entry(tree: &Tree<'_>, node: NodeId) -> bool {
    let has_id = tree.attribute(node, "id").is_some();
    has_id
        && (tree.has_word(node, "class", &["ltx_bibitem", "csl-entry"])
            || tree.attribute(node, "role") == Some("doc-biblioentry"))
}

fn add_entry(tree: &Tree<'_>, node: NodeId, works: &mut WorkList) {
    let key = tree.attribute(node, "id").unwrap_or_default().to_string();
    let blocks: Vec<NodeId> =
        tree.inside(node).filter(|inner| tree.has_word(*inner, "class", &["ltx_bibblock"])).collect();
    let label = tree
        .inside(node)
        .find(|inner| tree.has_word(*inner, "class", &["ltx_tag_bibitem"]))
        .map(|label| tree.line(label, &[]));
    let text = if blocks.is_empty() {
        in_author_year_style(&tree.line(node, &[]))
    } else {
        let mark = MARK.to_string();
        blocks.iter().map(|block| tree.line(*block, &[])).collect::<Vec<_>>().join(&mark)
    };
    works.add(Work::from_item(&Item { key, label, text }, MARK).cited);
}

/// Splits an undivided entry in a style that puts the year after the authors:
/// `Brown, T., & Mann, B. (2020). Title. Journal.`
fn in_author_year_style(line: &str) -> String {
    let year = line.match_indices('(').find(|(at, _)| {
        let inner = line[at + 1..].split(')').next().unwrap_or_default();
        inner.len() <= 20
            && inner
                .split(',')
                .next()
                .is_some_and(|year| year.len() >= 4 && year.as_bytes().iter().take(4).all(u8::is_ascii_digit))
    });
    let Some((at, _)) = year else { return line.to_string() };
    let after = line[at..].find(')').map_or(line.len(), |end| at + end + 1);
    let rest = line[after..].trim_start_matches(['.', ',', ' ']);
    let title_end = rest.find(". ").or_else(|| rest.find("? ").map(|at| at + 1)).unwrap_or(rest.len());
    let (title, rest) = (&rest[..title_end], rest.get(title_end..).unwrap_or_default());
    format!("{}{MARK}{title}{MARK}{}{MARK}{rest}", in_order_of_speech(&line[..at]), &line[at..after])
}

/// Converts names of the form "Brown, T. B., & Mann, B." to "T. B. Brown, B. Mann".
fn in_order_of_speech(names: &str) -> String {
    let parts: Vec<&str> = names
        .split(',')
        .map(|part| part.trim().trim_start_matches('&').trim())
        .filter(|part| !part.is_empty())
        .collect();
    let are_initials = |part: &str| part.split([' ', '-']).all(|word| word.ends_with('.') && word.len() <= 4);
    let mut spoken: Vec<String> = Vec::new();
    for part in parts {
        match spoken.last_mut() {
            Some(family) if are_initials(part) => *family = format!("{part} {family}"),
            _ => spoken.push(part.to_string()),
        }
    }
    spoken.join(", ")
}
