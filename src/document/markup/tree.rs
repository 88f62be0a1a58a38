//! A document as a tree of elements and texts with their places in the source.

use std::borrow::Cow;
use std::ops::Range;

use super::entities::decoded;
use crate::document::{ByteSpan, single_spaced};

/// The index of a node in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::document) struct NodeId(u32);

/// The kind of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) enum Node<'a> {
    /// An element with its name: in lower case for HTML, without a prefix for XML.
    Element(Cow<'a, str>),
    /// Text with unexpanded entities.
    Text,
    /// Text without entities: a CDATA section.
    Verbatim,
}

/// An attribute: name and value.
type Attribute<'a> = (Cow<'a, str>, Cow<'a, str>);

#[derive(Debug)]
struct TreeEntry<'a> {
    node: Node<'a>,
    span: ByteSpan,
    parent: NodeId,
    attributes: Range<u32>,
    /// Index of the first node after this one that is not inside it.
    after: u32,
}

/// A document as a tree. Nodes are stored in the order of the source.
#[derive(Debug)]
pub(in crate::document) struct Tree<'a> {
    source: &'a str,
    entries: Vec<TreeEntry<'a>>,
    attributes: Vec<Attribute<'a>>,
    open: Vec<NodeId>,
    depth: usize,
    /// Number of open elements nested too deeply to become nodes.
    passed_over: usize,
    /// Start of the first element nested deeper than allowed.
    too_deep: Option<usize>,
}

impl<'a> Tree<'a> {
    /// Creates an empty tree; of elements nested deeper than `depth`, only the text is kept.
    pub(super) fn new(source: &'a str, depth: usize) -> Self {
        let mut tree = Self {
            source,
            entries: Vec::new(),
            attributes: Vec::new(),
            open: Vec::new(),
            depth: depth.max(1),
            passed_over: 0,
            too_deep: None,
        };
        let root = tree.push(Node::Element(Cow::Borrowed("")), ByteSpan::new(0, source.len()), 0..0);
        tree.open.push(root);
        tree
    }

    fn push(&mut self, node: Node<'a>, span: ByteSpan, attributes: Range<u32>) -> NodeId {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let parent = self.open.last().copied().unwrap_or(NodeId(0));
        self.entries.push(TreeEntry { node, span, parent, attributes, after: id.saturating_add(1) });
        NodeId(id)
    }

    /// Opens an element whose tag is at `tag`.
    pub(super) fn open(&mut self, name: Cow<'a, str>, attributes: Vec<Attribute<'a>>, tag: ByteSpan) {
        if self.open.len() > self.depth {
            self.too_deep.get_or_insert(tag.start);
            self.passed_over += 1;
            return;
        }
        let start = u32::try_from(self.attributes.len()).unwrap_or(u32::MAX);
        self.attributes.extend(attributes);
        let end = u32::try_from(self.attributes.len()).unwrap_or(u32::MAX);
        let id = self.push(Node::Element(name), tag, start..end);
        self.open.push(id);
    }

    /// Closes the innermost open element, which ends at `end`. The root stays open.
    pub(super) fn close(&mut self, end: usize) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
        } else if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            self.end(id, end);
        }
    }

    fn end(&mut self, id: NodeId, end: usize) {
        let after = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if let Some(entry) = self.entries.get_mut(id.0 as usize) {
            entry.after = after;
            entry.span.end = end.max(entry.span.end);
        }
    }

    /// Adds a text to the innermost open element.
    pub(super) fn text(&mut self, node: Node<'a>, span: ByteSpan) {
        if !span.is_empty() {
            self.push(node, span, 0..0);
        }
    }

    /// Iterates over the names of the open elements, innermost first, without the root.
    pub(super) fn open_names(&self) -> impl Iterator<Item = &str> {
        self.open.iter().skip(1).rev().map(|id| self.name(*id))
    }

    /// Returns whether the innermost open element was too deep to become a node.
    pub(super) fn is_passing_over(&self) -> bool {
        self.passed_over > 0
    }

    /// Closes all open elements.
    pub(super) fn finish(mut self) -> Self {
        self.passed_over = 0;
        let end = self.source.len();
        while self.open.len() > 1 {
            self.close(end);
        }
        self.end(NodeId(0), end);
        self
    }

    /// Returns the start of the first element nested deeper than allowed.
    pub(super) fn too_deep(&self) -> Option<usize> {
        self.too_deep
    }

    /// Returns the root element, which has no name.
    pub(in crate::document) fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Returns the text that the tree was parsed from.
    pub(in crate::document) fn source(&self) -> &'a str {
        self.source
    }

    fn entry(&self, id: NodeId) -> &TreeEntry<'a> {
        // Ids come from this tree only; the root is always there.
        self.entries.get(id.0 as usize).unwrap_or(&self.entries[0])
    }

    /// Returns the kind of a node.
    pub(in crate::document) fn node(&self, id: NodeId) -> &Node<'a> {
        &self.entry(id).node
    }

    /// Returns the place of a node; of an element, including its tags.
    pub(in crate::document) fn span(&self, id: NodeId) -> ByteSpan {
        self.entry(id).span
    }

    /// Returns the name of an element; empty for texts.
    pub(in crate::document) fn name(&self, id: NodeId) -> &str {
        match &self.entry(id).node {
            Node::Element(name) => name,
            Node::Text | Node::Verbatim => "",
        }
    }

    /// Returns the name of the parent element of a node.
    pub(in crate::document) fn parent_name(&self, id: NodeId) -> &str {
        self.name(self.entry(id).parent)
    }

    /// Returns the value of an attribute.
    pub(in crate::document) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let range = &self.entry(id).attributes;
        let found = self.attributes.get(range.start as usize..range.end as usize)?;
        found.iter().find(|attribute| attribute.0 == name).map(|attribute| &*attribute.1)
    }

    /// Returns whether an attribute that lists words, such as `class`, contains one of `words`.
    pub(in crate::document) fn has_word(&self, id: NodeId, name: &str, words: &[&str]) -> bool {
        self.attribute(id, name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|word| words.contains(&word)))
    }

    /// Iterates over the direct children of a node.
    pub(in crate::document) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.entry(id).after;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(NodeId(next))?;
            next = self.entry(child).after.max(next + 1);
            Some(child)
        })
    }

    /// Iterates over all descendants of a node, in the order of the source.
    pub(in crate::document) fn inside(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..self.entry(id).after).map(NodeId)
    }

    /// Iterates over all descendant elements with a name.
    pub(in crate::document) fn all<'t>(
        &'t self,
        id: NodeId,
        name: &'t str,
    ) -> impl Iterator<Item = NodeId> + 't {
        self.inside(id).filter(move |inner| self.name(*inner) == name)
    }

    /// Returns the first descendant element with a name.
    pub(in crate::document) fn first(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.inside(id).find(|inner| self.name(*inner) == name)
    }

    /// Returns the element at a path of names, each the first child with its name.
    pub(in crate::document) fn at(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, name| self.children(id).find(|child| self.name(*child) == *name))
    }

    /// Returns all text of a node on one line, without the elements named in `without`.
    pub(in crate::document) fn line(&self, id: NodeId, without: &[&str]) -> String {
        let mut text = String::new();
        self.add_text(id, without, &mut text);
        single_spaced(&text)
    }

    fn add_text(&self, id: NodeId, without: &[&str], text: &mut String) {
        match self.node(id) {
            Node::Text => text.push_str(&decoded(self.span(id).of(self.source))),
            Node::Verbatim => text.push_str(self.span(id).of(self.source)),
            Node::Element(name) if without.contains(&&**name) => {}
            Node::Element(name) => {
                if matches!(&**name, "br" | "p" | "div" | "lb") {
                    text.push(' ');
                }
                // In formulas without TeX, powers and indices are told by their elements alone.
                match &**name {
                    "msup" => self.add_script(id, "^{", text),
                    "msub" => self.add_script(id, "_{", text),
                    _ => self.children(id).for_each(|child| self.add_text(child, without, text)),
                }
            }
        }
    }

    /// Adds a power or an index: the first element inside is what it belongs to.
    fn add_script(&self, id: NodeId, mark: &str, text: &mut String) {
        let elements = self.children(id).filter(|child| matches!(self.node(*child), Node::Element(_)));
        for (at, child) in elements.enumerate() {
            if at == 1 {
                text.push_str(mark);
            }
            self.add_text(child, &[], text);
            if at == 1 {
                text.push('}');
            }
        }
    }
}
