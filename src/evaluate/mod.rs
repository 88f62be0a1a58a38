//! Measures: do the rules find what their files say, and does the program find what people found?

mod ablate;
mod bootstrap;
mod brat;
mod confusion;
mod evaluation;
mod fit;
mod gold;
mod gold_reader;
mod gold_record;
mod link_case;
mod link_score;
mod link_tune;
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
pub use evaluation::{Evaluation, Known, NamingScore, PaperScore, RowScore, evaluate};
pub use gold::{GoldDocument, GoldLink, GoldMention, GoldSet};
pub use gold_reader::read_gold;
pub use link_score::{LinkScore, ReliabilityBin, WrongLink};
pub use link_tune::{LinkTuneOptions, LinkTuning, TunedNumber, TunedView, tune_links};
pub use mistakes::{Fault, Mistake};
pub use rows::{Found, Row};
pub use scheme::{GoldDescription, Label, Offsets, Partial, Scheme};
pub use span_score::{Counts, Score};
pub use test_file::{TestState, TextTest, read_tests, test_files};
pub use trial::{Trial, try_rules};
pub use tune::{TuneOptions, TunedRow, TunedRule, TunedSet, Tuning, tune};
