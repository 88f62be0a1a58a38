//! Measurements, fits and changes rendered as text for people.

mod ablation_text;
mod context_tuning_text;
mod coverage_text;
mod difference_text;
mod evaluation_text;
mod impact_text;
mod judged_text;
mod link_tuning_text;
mod measurement_text;
mod table;
mod tuning_text;

pub use ablation_text::ablation_text;
pub use context_tuning_text::context_tuning_text;
pub use coverage_text::coverage_text;
pub use difference_text::difference_text;
pub use evaluation_text::evaluation_text;
pub use impact_text::impact_text;
pub use judged_text::judged_text;
pub use link_tuning_text::link_tuning_text;
pub use measurement_text::{measurement_file, measurement_text};
pub use tuning_text::tuning_text;
