//! Whole papers of which people judged what was said: are warnings right, is what is owed found, and do notes
//! give the right names?

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
    ConfidenceRow, GroupScore, JudgedScore, NoteScore, VerdictRow, WarningScore, evaluate_judged,
};
