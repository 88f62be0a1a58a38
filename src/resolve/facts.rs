//! What weighing needs of every system, worked out when linking is prepared or once for all references. It lies close
//! together: entries are large, and waiting for memory would take most of the time of weighing.

use std::sync::OnceLock;

use super::time::Stretch;
use crate::catalogue::{Access, EntityType, OutlineFacts, SystemId, SystemOutline, Systems};

/// Precomputed facts about a system that weighing needs.
#[derive(Debug)]
pub(super) struct Facts {
    /// Its type.
    pub entity_type: EntityType,
    /// The first system of its type that it was made from.
    pub derived_from: Option<SystemId>,
    /// Date of its announcement.
    pub announced: Option<Stretch>,
    /// Date from which its makers used it.
    pub internal: Option<Stretch>,
    /// Date from which people outside could use it.
    pub released: Option<Stretch>,
    /// Date from which nobody could use it.
    pub retired: Option<Stretch>,
    /// The head of its family, if that is another system.
    pub family: Option<SystemId>,
    /// Its words, as a range of those of all entries.
    pub words: (u32, u32),
    /// Its makers, as a range of those of all systems.
    pub makers: (u32, u32),
    /// The systems that it was made from or that were made from it, and the data it was trained on.
    pub relatives: Vec<(SystemId, Relation)>,
    /// What its entry tells of access, which is read when the system is first a candidate.
    access: OnceLock<AccessTold>,
}

/// What an entry tells of access by people outside the house.
#[derive(Debug, Clone, Copy)]
struct AccessTold {
    now: Option<Access>,
    before: Option<Access>,
}

impl Facts {
    /// Creates the facts that the outline of a system tells, given where its words and makers are.
    pub fn new(outline: &SystemOutline<'_>, words: (u32, u32), makers: (u32, u32)) -> Self {
        let OutlineFacts { announced, internal_since, released, retired, family, .. } = outline.facts;
        Self {
            entity_type: outline.entity_type,
            derived_from: None,
            announced: announced.map(Stretch::of),
            internal: internal_since.map(Stretch::of),
            released: released.map(Stretch::of),
            retired: retired.map(Stretch::of),
            family,
            words,
            makers,
            relatives: Vec::new(),
            access: OnceLock::new(),
        }
    }

    /// Returns how people outside could access the system of these facts when it was used.
    pub fn access_at(&self, date: Option<Stretch>, id: SystemId, systems: &Systems) -> Option<Access> {
        let AccessTold { now, before } = *self.access.get_or_init(|| {
            let system = systems.get(id);
            AccessTold {
                now: system.and_then(|system| system.access),
                before: system.and_then(|system| system.access_before),
            }
        });
        match (date, self.released) {
            (Some(date), Some(released)) if date.after(released) < 0.0 => {
                Some(before.unwrap_or(Access::Unreleased))
            }
            _ => now,
        }
    }
}

/// A relation between two systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// One was made from the other.
    Base,
    /// The former was trained on the latter.
    Dataset,
}
