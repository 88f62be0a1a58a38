//! Lookup of items in parts of the prose without scanning the whole paper.

use std::collections::BTreeMap;

use super::clues::Proximity;
use crate::document::ByteSpan;

/// Returns the items that start in a part of the prose, given all items in the order of the prose. In the
/// worst case a paper has as many groups as mentions, so no group may scan all items.
pub(super) fn starting_in<T>(
    items: &[T],
    scope: ByteSpan,
    span: impl Fn(&T) -> ByteSpan,
) -> impl Iterator<Item = &T> {
    let first = items.partition_point(|item| span(item).start < scope.start);
    items[first..].iter().take_while(move |item| span(item).start < scope.end)
}

/// Returns the items that lie within parts of the prose, in its order, each with the nearest of its parts.
pub(super) fn within<'t, T>(
    items: &'t [T],
    scopes: &[(ByteSpan, Proximity)],
    span: impl Fn(&T) -> ByteSpan,
) -> impl Iterator<Item = (&'t T, Proximity)> {
    let mut found = BTreeMap::new();
    for (scope, place) in scopes {
        let first = items.partition_point(|item| span(item).start < scope.start);
        let inside =
            items.iter().enumerate().skip(first).take_while(|(_, item)| span(item).start < scope.end);
        for (index, _) in inside.filter(|(_, item)| scope.contains(span(item))) {
            found.entry(index).and_modify(|nearest| *nearest = (*place).max(*nearest)).or_insert(*place);
        }
    }
    found.into_iter().map(|(index, place)| (&items[index], place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_that_stands_in_the_text_only_what_lies_in_the_parts_is_looked_at() {
        let looked_at = std::cell::Cell::new(0);
        let items: Vec<ByteSpan> =
            (0..10_000).map(|number| ByteSpan::new(number * 10, number * 10 + 5)).collect();
        let span = |item: &ByteSpan| {
            looked_at.set(looked_at.get() + 1);
            *item
        };
        let scopes = [
            (ByteSpan::new(500, 532), Proximity::Sentence),
            (ByteSpan::new(520, 540), Proximity::Neighbour),
            (ByteSpan::new(100, 110), Proximity::Neighbour),
        ];
        let found: Vec<(usize, Proximity)> =
            within(&items, &scopes, span).map(|(item, place)| (item.start, place)).collect();
        let expected = [
            (100, Proximity::Neighbour),
            (500, Proximity::Sentence),
            (510, Proximity::Sentence),
            (520, Proximity::Sentence),
            (530, Proximity::Neighbour),
        ];
        assert_eq!(found, expected);
        assert_eq!(starting_in(&items, scopes[0].0, span).count(), 4);
        assert!(looked_at.get() < 200, "{} looks", looked_at.get());
    }
}
