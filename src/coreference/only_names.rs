//! Sets that the only names in a paper fill, whatever leads to them: "three closed models", with three in a table of
//! results and no other system named.

use super::fillers::Fillers;
use super::kinds::{names_in_use, test_of_kind};
use super::listings::{Listing, listings};
use super::roles::role_by_noun;
use super::sets::are_of_fewer_families;
use super::ties::{Ties, naming};
use crate::catalogue::Systems;
use crate::detect::{Gates, Way};

/// Ties the sets that count their members, and that nothing else names, to a row of as many names, if the paper
/// uses no others.
pub(super) fn tie_by_only_names(
    ties: &mut Ties<'_, '_>,
    fillers: &Fillers,
    gates: &Gates,
    systems: &Systems,
) {
    let mut only: Option<Option<Listing>> = None;
    for (index, sentence) in ties.open() {
        let is_set = ties.mention(index).plural;
        let Some(count) = ties.count_of(index).filter(|count| is_set && *count > 1) else { continue };
        if ties.is_other(index, &sentence.reading) || !sentence.tells_of_this_paper() {
            continue;
        }
        let Some(row) = only.get_or_insert_with(|| only_row(ties, fillers)) else { return };
        if row.names.len() != count || are_of_fewer_families(ties, index, &row.names) {
            continue;
        }
        // What studied systems are compared with is none of them.
        let is_compared = |name: &usize| fillers.plays_locally(ties, *name);
        if row.names.iter().all(is_compared) && role_by_noun(ties, index, sentence).is_none() {
            continue;
        }
        let is_known = |name: &usize| ties.paper.names.get(*name).is_some_and(|name| name.system.is_some());
        let are_possible = row.names.iter().all(test_of_kind(ties, (gates, systems), index));
        if are_possible && row.names.iter().any(is_known) {
            let way = naming(Way::Set, "the only names in the paper", row.at);
            ties.set(index, &row.names, Some(way));
        }
    }
}

/// Returns the row that has all the names that a paper uses.
fn only_row(ties: &Ties<'_, '_>, fillers: &Fillers) -> Option<Listing> {
    let used = ties.things_of(&ties.paper.trusted(&names_in_use(ties)));
    listings(ties, fillers).into_iter().find(|row| ties.things_of(&row.names) == used)
}
