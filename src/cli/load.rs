//! The catalogue and the engine that a command works with.

use std::path::PathBuf;

use super::status::CommandError;
use crate::catalogue::{Catalogue, Layer, LoadError};
use crate::engine::Engine;

/// A catalogue made ready.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) engine: Engine,
    /// The hash that tells which catalogue gave some findings.
    pub(super) fingerprint: String,
}

/// Reads the built-in catalogue and lays the given folders over it.
pub(super) fn load(folders: &[PathBuf]) -> Result<Loaded, CommandError> {
    let layers = layers(folders)?;
    let engine = Engine::new(Catalogue::load(&layers)?)
        .map_err(|error| CommandError::new(format!("the names of the catalogue are too many: {error}")))?;
    Ok(Loaded { engine, fingerprint: fingerprint(&layers) })
}

/// The built-in catalogue and the given folders over it, not yet read.
pub(super) fn layers(folders: &[PathBuf]) -> Result<Vec<Layer>, LoadError> {
    let mut layers = vec![Layer::built_in()];
    for folder in folders {
        layers.push(Layer::read(folder)?);
    }
    Ok(layers)
}

/// A hash over the paths and texts of all files (FNV-1a, 64 bits: the same on every machine and in
/// every version of the program).
fn fingerprint(layers: &[Layer]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in layers.iter().flat_map(|layer| &layer.files) {
        // A zero byte stands in no path and in no text, so that no two catalogues run together.
        for byte in file.path.bytes().chain([0]).chain(file.text.bytes()).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CatalogueFile;

    #[test]
    fn the_fingerprint_tells_catalogues_apart() {
        let layer = |path: &str, text: &str| {
            let file = CatalogueFile { shown: String::new(), path: path.into(), text: text.into() };
            fingerprint(&[Layer { name: "l".into(), files: vec![file] }])
        };
        assert_eq!(fingerprint(&[]), "cbf29ce484222325");
        assert_ne!(layer("a", "b"), layer("a", "c"));
        assert_ne!(layer("a", "b"), layer("ab", ""));
    }
}
