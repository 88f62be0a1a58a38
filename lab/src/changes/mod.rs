//! Differences between two runs: findings side by side, snapshots of papers, and the impact of a changed
//! catalogue on a collection.

mod difference;
mod finding;
mod impact;
mod marked_text;
mod snapshot;
mod snapshot_folder;

pub use difference::{Change, Difference, differences};
pub use finding::{Finding, findings_of};
pub use impact::{
    Compare, Comparison, Impact, ImpactCounts, ImpactRow, ImpactSample, NO_RULE, changed_rules,
};
pub use marked_text::MarkedText;
pub use snapshot::{SNAPSHOT_FORMAT, Snapshot, SnapshotChange, SnapshotEntry, Todo};
pub use snapshot_folder::{
    Orphan, PENDING_ENDING, SNAPSHOT_ENDING, SnapshotCase, SnapshotError, SnapshotStatus, snapshot_cases,
};
