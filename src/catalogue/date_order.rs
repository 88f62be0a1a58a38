//! Checks on the order of the dates of a system.

use super::entry::{At, EntryReader};
use crate::document::PartialDate;

/// Reports a fault if `internal_since` is after `announced`, or `retired` before it.
pub(super) fn refuse_wrong_order(
    reader: &mut EntryReader<'_, '_>,
    announced: Option<&At<PartialDate>>,
    internal_since: Option<&At<PartialDate>>,
    retired: Option<&At<PartialDate>>,
) {
    let Some(announced) = announced else { return };
    if let Some(internal) = internal_since.filter(|internal| internal.value.days_after(announced.value) > 0) {
        let message =
            format!("used inside from {}, but announced before, in {}", internal.value, announced.value);
        reader.fault_with_help(internal.offset, message, "internal-since is at or before announced");
    }
    if let Some(retired) = retired.filter(|retired| announced.value.days_after(retired.value) > 0) {
        let message = format!("retired in {} before it was announced in {}", retired.value, announced.value);
        reader.fault_with_help(retired.offset, message, "retired is at or after announced");
    }
}

/// Reports a fault if `released` is before `announced`.
pub(super) fn refuse_early_release(
    reader: &mut EntryReader<'_, '_>,
    announced: Option<&At<PartialDate>>,
    released: Option<&At<PartialDate>>,
) {
    let (Some(announced), Some(released)) = (announced, released) else { return };
    if announced.value.days_after(released.value) > 0 {
        let message =
            format!("released in {} before it was announced in {}", released.value, announced.value);
        reader.fault_with_help(released.offset, message, "released is at or after announced");
    }
}
