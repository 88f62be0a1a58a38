//! stub
use super::QuantityMention;
use crate::catalogue::QuantityWords;
use crate::document::ByteSpan;
/// stub
#[derive(Debug)]
pub struct QuantityFinder;
impl QuantityFinder {
    /// stub
    pub fn new(_w: &QuantityWords) -> Self {
        Self
    }
    /// stub
    pub fn find(&self, _t: &str, _s: ByteSpan, _o: &mut Vec<QuantityMention>) {}
}
