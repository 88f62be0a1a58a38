//! The answer to a reference in a few words.

use crate::resolve::{Answer, AnswerLevel};

/// Returns what an answer says: a system, one of a family, or a system of a maker.
pub fn answer_in_words(answer: &Answer) -> String {
    let name = &answer.name;
    match answer.level {
        AnswerLevel::System => name.clone(),
        AnswerLevel::Family => format!("one of the family {name}"),
        AnswerLevel::Maker => format!("a system of {name}"),
    }
}
