//! stub
use super::{CatalogueFile, Fault};
/// stub
#[derive(Debug, Default)]
pub struct QuantityWords;
impl QuantityWords {
    /// stub
    pub fn read(_f: &[&CatalogueFile]) -> Result<Self, Vec<Fault>> {
        Ok(Self)
    }
}
