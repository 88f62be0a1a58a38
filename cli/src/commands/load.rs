//! Loading of the catalogue and the engine.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use super::status::CommandError;
use byname::Engine;
#[cfg(feature = "watch")]
use byname::catalogue::CatalogueFile;
use byname::catalogue::{Catalogue, Layer, fingerprint};

/// A loaded catalogue.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The engine. It is not freed, since the process usually ends right after its work: freeing its many
    /// small parts takes a tenth of the start-up time.
    pub(super) engine: ManuallyDrop<Engine>,
    /// Hash that identifies the catalogue behind some findings.
    pub(super) fingerprint: String,
}

impl Loaded {
    fn new(catalogue: Catalogue, fingerprint: String) -> Self {
        Self { engine: ManuallyDrop::new(Engine::new(catalogue)), fingerprint }
    }

    /// Frees the engine, where the process goes on.
    #[cfg(feature = "watch")]
    fn free(self) {
        drop(ManuallyDrop::into_inner(self.engine));
    }
}

/// Loads the built-in catalogue with the given folders laid over it.
pub(super) fn load(folders: &[PathBuf]) -> Result<Loaded, CommandError> {
    let layers = Layer::over_built_in(folders)?;
    let (fingerprint, catalogue) = rayon::join(|| fingerprint(&layers), || Catalogue::load(&layers));
    Ok(Loaded::new(catalogue?, fingerprint))
}

/// Loads a catalogue repeatedly, and compiles only the parts that have changed.
#[cfg(feature = "watch")]
pub(super) struct Reloader<'p> {
    paths: &'p [PathBuf],
    /// The last catalogue, and the fingerprint of its files other than those of rules, lexicon and
    /// quantities.
    loaded: Option<(Loaded, String)>,
}

#[cfg(feature = "watch")]
impl<'p> Reloader<'p> {
    /// Creates a reloader of the built-in catalogue with these layers over it, without reading anything yet.
    pub(super) fn new(paths: &'p [PathBuf]) -> Self {
        Self { paths, loaded: None }
    }

    /// Loads the catalogue as it is now.
    pub(super) fn load(&mut self) -> Result<&Loaded, CommandError> {
        let layers = Layer::over_built_in(self.paths)?;
        let (whole, rest) = (fingerprint(&layers), fingerprint(&without_words(&layers)));
        // Rules are what is edited, and systems are what takes the time.
        let (loaded, of_rest) = match self.loaded.take() {
            Some((loaded, of_rest)) if loaded.fingerprint == whole => (loaded, of_rest),
            Some((mut loaded, of_rest)) if of_rest == rest => {
                if let Err(error) = loaded.engine.reread_words(&layers) {
                    // What was right before is kept for the next attempt.
                    self.loaded = Some((loaded, of_rest));
                    return Err(error.into());
                }
                loaded.fingerprint = whole;
                (loaded, of_rest)
            }
            other => {
                other.into_iter().for_each(|(loaded, _)| loaded.free());
                (Loaded::new(Catalogue::load(&layers)?, whole), rest)
            }
        };
        Ok(&self.loaded.insert((loaded, of_rest)).0)
    }
}

/// Returns the layers without the files of rules, lexicon and quantities.
#[cfg(feature = "watch")]
fn without_words(layers: &[Layer]) -> Vec<Layer> {
    let is_other = |file: &&CatalogueFile| {
        !["rules/", "lexicon/", "quantities/"].iter().any(|folder| file.path.starts_with(folder))
    };
    layers
        .iter()
        .map(|layer| Layer {
            name: layer.name.clone(),
            files: layer.files.iter().filter(is_other).cloned().collect(),
        })
        .collect()
}
