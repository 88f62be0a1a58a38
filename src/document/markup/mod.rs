//! What HTML and XML have in common: a tree of elements, and prose out of it.

mod entities;
mod flow;
mod html;
mod html_source;
mod reading;
mod roles;
#[cfg(test)]
mod table_tests;
mod tree;
mod xml;

pub(super) use html::parse_html;
pub(super) use reading::read;
pub(super) use roles::{Format, Role};
pub(super) use tree::{Node, NodeId, Tree};
pub(super) use xml::parse_xml;
