//! Evaluation of rules against the examples in their files, and of the program against gold papers.

mod ablate;
mod bootstrap;
mod brat;
mod confusion;
mod context_fit;
mod context_tune;
mod coverage;
mod cross_validation;
mod evaluation;
mod fit;
mod gold;
mod gold_change;
mod gold_reader;
mod gold_record;
mod judged;
mod link_case;
mod link_score;
mod link_trial;
mod link_tune;
mod measure;
mod mistakes;
mod observation;
mod rows;
mod scheme;
mod span_score;
mod test_file;
mod trial;
mod tune;

pub use ablate::{Ablation, ChangedLabel, RuleRemoval, ablate};
pub use bootstrap::{DRAWS, Interval};
pub use confusion::{Confusion, ConfusionRow};
pub use context_fit::ElasticNet;
pub use context_tune::{ConfidenceBin, ContextTuneOptions, ContextTuning, tune_contexts};
pub use coverage::{Contradiction, Coverage, IdleAlternative, IdleWords, Shadow, coverage};
pub use cross_validation::{TunedRow, TunedSet};
pub use evaluation::{Evaluation, Known, NamingScore, PaperScore, RowScore, evaluate};
pub use gold::{GoldDocument, GoldLink, GoldMention, GoldSet};
pub use gold_change::{GoldChange, GoldRowChange, gold_changes};
pub use gold_reader::read_gold;
pub use judged::{
    ConfidenceRow, Finding, GroupScore, JudgedMistake, JudgedPaper, JudgedScore, JudgedSet, Judgement,
    MistakeKind, NoteScore, Outcome, Verdict, VerdictRow, WarningScore, WayScore, evaluate_judged,
    holds_judgements, read_judged,
};
pub use link_score::{LinkScore, ReliabilityBin, WrongLink};
pub use link_trial::{LEAST_GAIN, LinkTrial, try_rules_of_thumb};
pub use link_tune::{LinkTuneOptions, LinkTuning, TunedNumber, TunedView, tune_links};
pub use measure::{MeasuredRule, measure};
pub use mistakes::{Fault, Mistake};
pub use rows::{Found, Row};
pub use scheme::{GoldDescription, Label, Offsets, Partial, Scheme};
pub use span_score::{Counts, Score};
pub use test_file::{TestState, TextTest, read_tests, test_files};
pub use trial::{NotationTrial, Trial, try_notations, try_rules};
pub use tune::{TuneOptions, TunedRule, Tuning, tune};
