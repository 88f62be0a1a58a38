//! A person's judgement of one place in a paper.

use byname::named_enum;
use serde::Deserialize;

named_enum! {
    /// A person's verdict on a phrase of a paper.
    pub enum Verdict {
        /// One particular system, or a definite set, that the paper never names: a warning is right.
        Right => "right",
        /// The same, but nothing was reported when the paper was judged.
        Missed => "missed",
        /// The paper names it somewhere.
        Named => "named",
        /// A system that the authors themselves built.
        Own => "own",
        /// The class in general.
        Generic => "generic",
        /// Any system that the reader may plug in.
        Arbitrary => "arbitrary",
        /// A system that an earlier mention introduced.
        Anaphoric => "anaphoric",
        /// Neither a trained system nor a data set.
        NotASystem => "not-a-system",
        /// Markup that was read as text.
        Markup => "markup",
    }
}

impl Verdict {
    /// Returns whether a warning is expected there.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Right | Self::Missed)
    }
}

/// One line of a file of judgements. Further keys, such as the reason, are for people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Judgement {
    /// The folder or file of the paper, relative to the folder of papers.
    pub paper: String,
    /// The phrase.
    pub text: String,
    /// The text before it.
    #[serde(default)]
    pub before: String,
    /// The text after it.
    #[serde(default)]
    pub after: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The names that the paper gives it.
    #[serde(default)]
    pub names: Vec<String>,
    /// `true` if the person was sure; unsure judgements count neither way.
    #[serde(default = "sure")]
    pub sure: bool,
}

fn sure() -> bool {
    true
}
