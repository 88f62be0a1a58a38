//! Where the weights of the answers to questions about a phrase stand.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::catalogue::Template;

/// Ids of classes of units start here, above those of all words, which are far below.
pub(super) const FIRST_NAME: u32 = (1 << 28) - MOST_NAMES;
/// Number of ids from [`FIRST_NAME`] on.
pub(super) const MOST_NAMES: u32 = 16;
/// Number of other answers of each template that have a place in a table: counts and sections are fewer.
const FEW: u32 = 32;

/// Numbers by template and answer.
#[derive(Debug, Default)]
pub(super) struct ContextPlaces {
    /// The numbers of answers below [`FEW`] and of classes of units, counted from 1; 0 where there is none.
    few: Vec<u32>,
    others: HashMap<u64, u32, FixedState>,
}

impl ContextPlaces {
    /// Gives an answer of two parts its number; a later number takes the place of an earlier one.
    pub(super) fn insert(&mut self, template: Template, answer: (u32, u32), number: u32) {
        let Some(place) = place_of_few(template, answer) else {
            self.others.insert(key(template, answer), number);
            return;
        };
        if self.few.len() <= place {
            self.few.resize(place + 1, 0);
        }
        self.few[place] = number + 1;
    }

    /// Returns the number of an answer.
    pub(super) fn get(&self, template: Template, answer: (u32, u32)) -> Option<u32> {
        match place_of_few(template, answer) {
            Some(place) => self.few.get(place)?.checked_sub(1),
            None => self.others.get(&key(template, answer)).copied(),
        }
    }
}

fn place_of_few(template: Template, (first, second): (u32, u32)) -> Option<usize> {
    let place = first.checked_sub(FIRST_NAME).map_or(first, |name| FEW + name);
    let has_place = second == 0 && !(FEW..FIRST_NAME).contains(&first);
    has_place.then_some((template as u32 * (FEW + MOST_NAMES) + place) as usize)
}

/// Packs a template and its answer into one number; all ids are below 2^28.
fn key(template: Template, (first, second): (u32, u32)) -> u64 {
    (template as u64) << 56 | u64::from(first) << 28 | u64::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_own_place() {
        let mut places = ContextPlaces::default();
        let answers = [
            (0, 0),
            (31, 0),
            (32, 0),
            (0, 1),
            (5, 32),
            (FIRST_NAME, 0),
            (FIRST_NAME + 9, 0),
            (FIRST_NAME, 1),
        ];
        let all = || [Template::Head, Template::Length].into_iter().flat_map(|of| answers.map(|it| (of, it)));
        for ((template, answer), number) in all().zip(0..) {
            assert_eq!(places.get(template, answer), None);
            places.insert(template, answer, number);
        }
        for ((template, answer), number) in all().zip(0..) {
            assert_eq!(places.get(template, answer), Some(number));
        }
        assert_eq!(places.get(Template::Rule, (3, 0)), None);
    }
}
