//! Fuzz tests of everything that reads untrusted input: real inputs, changed at random.
//!
//! `cargo test --test fuzz` tries some inputs of each target, the same ones every time. A long run takes any
//! time: `BYNAME_FUZZ_SECONDS=600 cargo test --test fuzz -- --ignored --nocapture --exact long::latex`.
//! Findings are minimised and written to the folder that the run names. One that is fixed is kept in
//! `found/READER/`, which both kinds of run try first.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot go on may say so
#![allow(clippy::print_stderr)] // a long run tells how it goes on

mod driver;
mod mutation;
mod promises;
mod seeds;
mod shape_of_pdf;
mod targets;

macro_rules! each_target {
    ($($name:ident),* $(,)?) => {
        /// A few inputs of each target, for every run of the tests.
        mod short {
            $(#[test] fn $name() { crate::driver::short(&crate::targets::$name()); })*
        }

        /// As many inputs as there is time for.
        mod long {
            $(#[test] #[ignore = "takes as long as BYNAME_FUZZ_SECONDS says"]
            fn $name() { crate::driver::long(&crate::targets::$name()); })*
        }
    };
}

each_target! {
    plain, markdown, latex, latex_project, html, jats, tei, records, archive, catalogue, settings,
    saved_results, baseline, import_csv, import_json, import_yaml, cache,
}

#[cfg(feature = "pdf")]
mod pdf {
    #[test]
    fn short() {
        crate::driver::short(&crate::targets::pdf());
    }

    #[test]
    #[ignore = "takes as long as BYNAME_FUZZ_SECONDS says"]
    fn long() {
        crate::driver::long(&crate::targets::pdf());
    }
}

#[cfg(feature = "parquet")]
mod parquet {
    #[test]
    fn short() {
        crate::driver::short(&crate::targets::parquet());
    }

    #[test]
    #[ignore = "takes as long as BYNAME_FUZZ_SECONDS says"]
    fn long() {
        crate::driver::long(&crate::targets::parquet());
    }
}
