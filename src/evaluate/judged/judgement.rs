//! What a person said of one place of a paper.

use serde::Deserialize;

use crate::catalogue::named_enum;

named_enum! {
    /// What a person says of a phrase of a paper.
    pub enum Verdict {
        /// One particular system, or a definite set, that the paper never names: a warning is right.
        Right => "right",
        /// The same where nothing was reported when the paper was judged.
        Missed => "missed",
        /// The paper names it somewhere.
        Named => "named",
        /// What the authors themselves built.
        Own => "own",
        /// The class.
        Generic => "generic",
        /// Whichever system the reader plugs in.
        Arbitrary => "arbitrary",
        /// What an earlier mention introduced.
        Anaphoric => "anaphoric",
        /// No trained system and no data set.
        NotASystem => "not-a-system",
        /// Markup that was read as words.
        Markup => "markup",
    }
}

impl Verdict {
    /// Whether a warning is owed there.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Right | Self::Missed)
    }
}

/// One line of a file of judgements. Further keys, as the reason, are for people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Judgement {
    /// The folder or file of the paper, seen from the folder of papers.
    pub paper: String,
    /// The phrase.
    pub text: String,
    /// What stands before it.
    #[serde(default)]
    pub before: String,
    /// What stands after it.
    #[serde(default)]
    pub after: String,
    /// What it is.
    pub verdict: Verdict,
    /// The names that the paper gives for it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether the person was sure; of what is not, nothing is counted.
    #[serde(default = "sure")]
    pub sure: bool,
}

fn sure() -> bool {
    true
}
