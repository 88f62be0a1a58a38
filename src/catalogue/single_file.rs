//! Files of a catalogue that are read on their own, one at a fixed path in each layer.

use serde::de::DeserializeOwned;

use super::{CatalogueFile, Fault, Layer};

/// Reads the files at a path in all layers, from the first to the last. `add` lays one over those before it.
///
/// # Errors
/// Returns faults for files of another shape than `T`, and those that `add` finds.
pub(super) fn read_single_file<A: Default, T: DeserializeOwned>(
    layers: &[Layer],
    path: &str,
    add: impl Fn(&mut A, &CatalogueFile, T, &mut Vec<Fault>),
) -> Result<A, Vec<Fault>> {
    let mut all = A::default();
    let mut faults = Vec::new();
    for file in layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path == path) {
        match file.parse::<T>() {
            Ok(table) => add(&mut all, file, table, &mut faults),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}
