//! Bibliography files: BibTeX databases and the lists made of them.

mod database;
mod item;
mod names;
mod work;

pub(in crate::document) use database::entries;
pub(in crate::document) use item::Item;
pub(in crate::document) use work::{Work, arxiv_of, date_of, work_of};
