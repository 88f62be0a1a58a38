//! Tests of the command line, one file per guarantee.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up may fail loudly")]

mod bad_input;
mod catalogue_faults;
mod changed_since;
mod configuration;
mod cookbook;
mod documented_walks;
mod documents;
mod evaluate;
mod exit_status;
mod explain;
mod first_days;
mod fits_in;
mod folders;
mod help;
mod latex;
mod levels;
mod long_runs;
#[cfg(feature = "lsp")]
mod lsp;
mod offsets;
mod one_paper;
mod output_file;
mod overwriting;
mod packages;
mod packed;
mod records;
mod regex_rules;
mod report;
mod resolve;
mod rules_coverage;
mod rules_impact;
mod rules_new;
mod rules_of_thumb;
mod rules_snapshots;
mod rules_test_files;
#[cfg(feature = "watch")]
mod rules_watch;
mod same_bytes;
mod schema;
mod standard_input;
mod stuck;
mod support;
mod suppress;
mod systems;
mod systems_count;
mod systems_import;
mod systems_tune;
mod text;
mod told_once;
mod untrusted_settings;
mod verify;
mod whole_papers;
