//! Measures: do the rules find what their files say?

mod trial;

pub use trial::{Trial, try_rules};
