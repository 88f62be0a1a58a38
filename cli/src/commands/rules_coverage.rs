//! `byname rules coverage`: shows what no example and no test exercises.

use std::path::PathBuf;

use byname::catalogue::TESTS;
use byname_lab::evaluate::coverage;
use byname_lab::report::coverage_text;
use clap::Args;

use super::context::Context;
use super::form::FormArgs;
use super::rules_test::read_test_files;
use super::status::{CommandError, Outcome};

/// Show what no example and no test reaches, and rules that shadow or contradict each other
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    byname rules coverage patterns/tests\n  \
    byname rules coverage --catalog own --format json")]
pub(super) struct CoverageArgs {
    /// Test files, or folders of them, that count beside the examples of the rules; the `tests`
    /// folders of catalogues given with --catalog count anyway
    #[arg(value_name = "PATH")]
    tests: Vec<PathBuf>,

    #[command(flatten)]
    form: FormArgs,
}

pub(super) fn run(args: &CoverageArgs, context: &Context) -> Result<(String, Outcome), CommandError> {
    let own = context.common.catalog.iter().map(|folder| folder.join(TESTS)).filter(|path| path.is_dir());
    let paths: Vec<PathBuf> = own.chain(args.tests.clone()).collect();
    let found = coverage(&context.layers()?, &read_test_files(&paths)?)?;
    let text = args.form.written(&found, coverage_text)?;
    Ok((text, Outcome::default()))
}
