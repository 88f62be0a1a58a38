//! Systems that packages switch off.

use std::collections::HashSet;

use super::names::NameMap;
use super::{Fault, Layer};

/// The ids that are switched off, updated while layers are read from the lowest up.
#[derive(Debug, Default)]
pub(super) struct SwitchedOff {
    ids: HashSet<String>,
    reached: usize,
}

impl SwitchedOff {
    /// Adds the ids that the layers up to `layer` switch off among the systems below them, whose ids are the
    /// keys of `below`.
    pub(super) fn reach(
        &mut self,
        layer: usize,
        layers: &[Layer],
        below: &NameMap<usize>,
        faults: &mut Vec<Fault>,
    ) {
        while self.reached <= layer && self.reached < layers.len() {
            let layer = &layers[self.reached];
            self.reached += 1;
            // A package with a fault is told of where all packages are read.
            let (Ok(Some(package)), Some(file)) = (layer.package(), layer.package_file()) else { continue };
            for off in package.systems_off {
                if below.contains_key(off.id.as_str()) {
                    self.ids.insert(off.id);
                } else {
                    let message = format!("there is no system `{}` below this package to switch off", off.id);
                    faults.push(
                        Fault::at(file, off.offset, message).help("`byname systems list` shows all systems"),
                    );
                }
            }
        }
    }

    /// Switches a system on again, because a layer defines it anew.
    pub(super) fn bring_back(&mut self, id: &str) {
        self.ids.remove(id);
    }

    /// Returns whether no system is switched off.
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns whether a system is switched off.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}
