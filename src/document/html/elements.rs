//! The roles of HTML elements in the prose.
//!
//! Names, classes and roles are those of common paper converters: LaTeXML (`ltx_`), pandoc, Distill (`d-`),
//! KaTeX and MathJax.

use super::super::SectionKind;
use super::super::markup::{Format, NodeId, Role, Tree};
use super::WorkNumbers;
use super::facts::title_heading;

/// Elements without running text.
const APART: &[&str] = &[
    "script",
    "style",
    "head",
    "nav",
    "template",
    "noscript",
    "svg",
    "button",
    "form",
    "select",
    "textarea",
    "input",
    "iframe",
    "object",
    "canvas",
    "video",
    "audio",
    "map",
    "footer",
    "menu",
    "dialog",
    "img",
    "picture",
    "d-bibliography",
    "d-citation-list",
    "d-byline",
    "d-front-matter",
    "d-footnote-list",
    "d-contents",
    "d-toc",
    "d-interstitial",
    "dt-byline",
    "mjx-container",
    "aside-nav",
];

/// Classes of elements without running text.
const APART_CLASSES: &[&str] = &[
    "ltx_bibliography",
    "ltx_page_footer",
    "ltx_page_header",
    "ltx_page_navbar",
    "ltx_TOC",
    "ltx_authors",
    "ltx_creator",
    "ltx_dates",
    "ltx_date",
    "ltx_ERROR",
    "ltx_equation",
    "ltx_equationgroup",
    "ltx_listing_data",
    "ltx_tag_section",
    "ltx_tag_subsection",
    "ltx_tag_subsubsection",
    "ltx_tag_appendix",
    "ltx_tag_chapter",
    "ltx_tag_paragraph",
    "ltx_tag_item",
    "ltx_note_mark",
    "ltx_tag_note",
    "ltx_note_type",
    "ltx_rule",
    "ltx_pagination",
    "ltx_keywords",
    "ltx_classification",
    "ltx_index",
    "ltx_role_newpage",
    "references",
    "csl-bib-body",
    "footnote-back",
    "footnoteBack",
    "sr-only",
    "toc",
    "navbar",
    "breadcrumb",
    "sidebar",
    "katex-html",
    "MathJax_Preview",
    "MathJax",
    "package-alerts",
    "header-section-number",
    "ltx_engrafo_equation_container",
    "byline",
    "authors",
];

/// ARIA roles of elements without running text.
const APART_ROLES: &[&str] =
    &["navigation", "doc-toc", "doc-bibliography", "doc-backlink", "banner", "contentinfo", "search"];

/// The HTML format, with facts about the whole page.
#[derive(Debug)]
pub(super) struct Html<'w> {
    /// The heading that holds the paper's title.
    pub(super) title: Option<NodeId>,
    works: &'w WorkNumbers,
}

impl<'w> Html<'w> {
    pub(super) fn new(tree: &Tree<'_>, root: NodeId, works: &'w WorkNumbers) -> Self {
        Self { title: title_heading(tree, root), works }
    }
}

impl Format for Html<'_> {
    fn role(&self, tree: &Tree<'_>, node: NodeId) -> Role {
        let name = tree.name(node);
        if name == "script" && tree.attribute(node, "type").is_some_and(|kind| kind.starts_with("math/tex")) {
            return match tree.attribute(node, "type") {
                Some(kind) if kind.contains("display") => Role::Apart,
                _ => Role::Formula(tree.line(node, &[])),
            };
        }
        if let Some(key) = note_mark(tree, node) {
            return Role::Mark(key);
        }
        if APART.contains(&name) || is_apart(tree, node) {
            return Role::Apart;
        }
        if self.title == Some(node) {
            return Role::Part(SectionKind::Title);
        }
        by_class(tree, node).or_else(|| self.citation(tree, node)).unwrap_or_else(|| by_name(tree, node))
    }
}

impl Html<'_> {
    /// Returns the role of a citation.
    fn citation(&self, tree: &Tree<'_>, node: NodeId) -> Option<Role> {
        let known = |keys: Vec<String>| keys.iter().any(|key| self.works.contains_key(key)).then_some(keys);
        let listed = |value: &str| -> Vec<String> {
            value.split([',', ' ']).map(str::trim).filter(|key| !key.is_empty()).map(str::to_string).collect()
        };
        match tree.name(node) {
            "a" => {
                let key = tree.attribute(node, "href")?.rsplit_once('#')?.1;
                known(vec![key.to_string()]).map(Role::Citation)
            }
            "d-cite" | "dt-cite" => {
                let keys = tree.attribute(node, "key").or_else(|| tree.attribute(node, "bibtex-key"))?;
                known(listed(keys)).map(Role::EmptyCitation)
            }
            // pandoc writes the keys as they stood in its source, and "ref-" before them in the list.
            "span" => {
                let keys = listed(tree.attribute(node, "data-cites")?);
                known(keys.into_iter().map(|key| format!("ref-{key}")).collect()).map(Role::Citation)
            }
            _ => None,
        }
    }
}

fn is_apart(tree: &Tree<'_>, node: NodeId) -> bool {
    // Of listings in colours, only those that stand by themselves are read.
    let is_listing = matches!(tree.name(node), "pre" | "div" | "figure" | "table");
    (!is_listing
        && tree.parent_name(node) != "pre"
        && tree.has_word(node, "class", &["sourceCode", "highlight"]))
        || tree.has_word(node, "class", APART_CLASSES)
        || tree.has_word(node, "role", APART_ROLES)
        || tree.attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden") == Some("true")
        || tree.attribute(node, "style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
}

/// Returns the id of the footnote to which an element is the mark: a superscript with a link, or a link of a class or
/// role of marks.
fn note_mark(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let target = |link: NodeId| tree.attribute(link, "href").map(|target| target.trim_start_matches('#'));
    let of_note = |link: NodeId| target(link).filter(|id| id.starts_with("fn") || id.starts_with("footnote"));
    let is_called_mark =
        tree.has_word(node, "class", &["footnote-ref"]) || tree.has_word(node, "role", &["doc-noteref"]);
    let found = if is_called_mark {
        Some(target(node).or_else(|| tree.inside(node).find_map(target)).unwrap_or_default())
    } else {
        match tree.name(node) {
            "sup" => return note_mark(tree, tree.children(node).next()?),
            "a" if tree.parent_name(node) == "sup" => of_note(node),
            _ => None,
        }
    };
    found.map(str::to_string)
}

/// Returns the role of an element by its class, id or ARIA role.
fn by_class(tree: &Tree<'_>, node: NodeId) -> Option<Role> {
    let is = |words: &[&str]| tree.has_word(node, "class", words);
    let name = tree.name(node);
    if is(&["ltx_tabular"]) {
        return Some(Role::Table);
    }
    if is(&["ltx_tr"]) {
        return Some(Role::Row);
    }
    if is(&["ltx_td", "ltx_th"]) {
        return Some(Role::Cell(columns(tree, node)));
    }
    if name == "span" || name == "div" || name == "aside" {
        if is(&["ltx_role_footnote", "ltx_role_footnotetext", "ltx_role_thanks"]) {
            return Some(Role::Later(SectionKind::Footnote));
        }
        if is(&["math", "katex", "katex-display", "MathJax_Display"]) {
            return Some(formula(tree, node, is(&["display", "katex-display", "MathJax_Display"])));
        }
        if is(&["ltx_listing"]) {
            return Some(Role::Part(SectionKind::Verbatim));
        }
        if is(&["ltx_caption"]) {
            return Some(Role::Part(SectionKind::Caption));
        }
        if is(&["ltx_para", "ltx_p", "ltx_block", "ltx_inline-para"]) {
            return Some(Role::Block);
        }
    }
    if is(&["ltx_abstract", "abstract"])
        || tree.attribute(node, "id").is_some_and(|id| id.eq_ignore_ascii_case("abstract"))
            && !name.starts_with('h')
            && name != "a"
    {
        return Some(Role::Section(SectionKind::Abstract));
    }
    if is(&["ltx_appendix"]) {
        return Some(Role::Section(SectionKind::Appendix));
    }
    if is(&["ltx_acknowledgements"]) || tree.attribute(node, "role") == Some("doc-acknowledgments") {
        return Some(Role::Section(SectionKind::Acknowledgements));
    }
    if is(&["footnotes"]) || matches!(tree.attribute(node, "role"), Some("doc-endnotes" | "doc-footnote")) {
        return Some(Role::Part(SectionKind::Footnote));
    }
    None
}

/// Returns the role of an element by its name.
fn by_name(tree: &Tree<'_>, node: NodeId) -> Role {
    match tree.name(node) {
        "h1" => Role::Heading(Some(1)),
        "h2" => Role::Heading(Some(2)),
        "h3" => Role::Heading(Some(3)),
        "h4" => Role::Heading(Some(4)),
        "h5" => Role::Heading(Some(5)),
        "h6" => Role::Heading(Some(6)),
        "section" => Role::Section(SectionKind::Body),
        "d-abstract" => Role::Section(SectionKind::Abstract),
        "d-appendix" | "dt-appendix" => Role::Section(SectionKind::Appendix),
        "d-footnote" | "dt-fn" => Role::Later(SectionKind::Footnote),
        "figcaption" | "caption" => Role::Part(SectionKind::Caption),
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell(columns(tree, node)),
        "pre" | "dt-code" => Role::Later(SectionKind::Verbatim),
        "d-code" if tree.attribute(node, "block").is_some() => Role::Later(SectionKind::Verbatim),
        // What was struck out is no longer said.
        "d-code" | "del" | "s" | "strike" => Role::Apart,
        "math" => formula(tree, node, tree.attribute(node, "display") == Some("block")),
        "d-math" | "math-latex" => {
            let is_display =
                tree.attribute(node, "block").is_some() || tree.attribute(node, "display-mode").is_some();
            formula(tree, node, is_display)
        }
        "br" => Role::Break,
        "sup" => Role::Raised,
        "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "blockquote" | "figure" | "article"
        | "main" | "header" | "aside" | "details" | "summary" | "center" | "hr" | "address" | "d-title"
        | "d-article" | "d-figure" | "dt-article" | "body" | "fieldset" | "hgroup" => Role::Block,
        _ => Role::Inline,
    }
}

/// Returns the number of columns that a cell spans.
fn columns(tree: &Tree<'_>, node: NodeId) -> u8 {
    tree.attribute(node, "colspan").and_then(|columns| columns.trim().parse().ok()).unwrap_or(1)
}

/// Returns the role of a formula, as TeX if the page has it.
fn formula(tree: &Tree<'_>, node: NodeId, is_display: bool) -> Role {
    if is_display {
        return Role::Apart;
    }
    let annotation = || {
        tree.all(node, "annotation")
            .find(|inner| tree.attribute(*inner, "encoding") == Some("application/x-tex"))
            .map(|inner| tree.line(inner, &[]))
    };
    let attribute =
        tree.attribute(node, "alttext").or_else(|| tree.attribute(node, "latex")).map(str::to_string);
    let written =
        attribute.or_else(annotation).unwrap_or_else(|| tree.line(node, &["annotation", "annotation-xml"]));
    let bare = written.trim();
    let bare = bare.strip_prefix("\\(").and_then(|rest| rest.strip_suffix("\\)")).unwrap_or(bare);
    let bare = bare.trim_matches('$').trim();
    if bare.is_empty() { Role::Apart } else { Role::Formula(bare.to_string()) }
}
