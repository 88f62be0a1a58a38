//! The texts of which matches of regular expressions hold one, all looked for in one pass.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::catalogue::{Expression, ODD_CASES};

/// Regular expressions by the texts that they need.
#[derive(Debug, Clone, Default)]
pub struct LiteralIndex {
    automaton: Option<AhoCorasick>,
    /// For each text of the automaton the places of its expressions.
    of_text: Vec<Vec<u32>>,
    /// Expressions that need no text, so that they are to be searched for everywhere.
    always: Vec<u32>,
}

impl LiteralIndex {
    /// An index of expressions, by their places among them.
    pub fn new<'a>(expressions: impl Iterator<Item = &'a Expression>) -> Self {
        let (mut texts, mut of_text, mut always) =
            (Vec::<Box<[u8]>>::new(), Vec::<Vec<u32>>::new(), Vec::new());
        let mut add = |text: &[u8], place: u32| match texts.iter().position(|known| **known == *text) {
            Some(known) => of_text[known].push(place),
            None => {
                texts.push(text.into());
                of_text.push(vec![place]);
            }
        };
        for (place, expression) in expressions.enumerate() {
            let place = place as u32; // far fewer than 2^32 expressions
            let Some(literals) = &expression.literals else {
                always.push(place);
                continue;
            };
            literals.texts.iter().for_each(|text| add(text, place));
            if literals.odd_cases {
                ODD_CASES.iter().for_each(|odd| add(odd.to_string().as_bytes(), place));
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&texts)
            .ok()
            .filter(|_| !texts.is_empty());
        if automaton.is_none() {
            // Too many texts for an automaton: slow, and right.
            always.extend(of_text.drain(..).flatten());
            always.sort_unstable();
            always.dedup();
        }
        Self { automaton, of_text, always }
    }

    /// Calls `visit` on each text that stands in `prose`, in the order of their ends: the place of its last
    /// byte, and the expressions that need it.
    pub fn each(&self, prose: &str, mut visit: impl FnMut(usize, &[u32])) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(prose) {
            visit(found.end() - 1, &self.of_text[found.pattern().as_usize()]);
        }
    }

    /// The expressions that need no text.
    pub fn always(&self) -> &[u32] {
        &self.always
    }
}
