//! Evaluation on whole papers with human judgements: whether warnings are right, whether every expected
//! warning is found, and whether notes give the right names.

mod finding;
mod judgement;
mod paper;
mod place;
mod read;
mod same_name;
mod score;

pub use finding::{Finding, Outcome};
pub use judgement::{Judgement, Verdict};
pub use paper::{JudgedMistake, MistakeKind};
pub use read::{JudgedPaper, JudgedSet, holds_judgements, read_judged};
pub use score::{
    ConfidenceRow, GroupScore, JudgedScore, NoteScore, VerdictRow, WarningScore, WayScore, evaluate_judged,
};
