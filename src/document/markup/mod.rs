//! Shared parts of the HTML and XML readers: a tree of elements, and its conversion to prose.

mod entities;
mod flow;
mod html;
mod html_source;
mod reading;
mod roles;
#[cfg(test)]
mod table_tests;
mod tree;
mod xhtml;
mod xml;

pub(super) use entities::decoded;
pub(super) use html::parse_html;
pub(super) use reading::read;
pub(super) use roles::{Format, Role};
pub(super) use tree::{Node, NodeId, Tree};
pub(super) use xml::parse_xml;
