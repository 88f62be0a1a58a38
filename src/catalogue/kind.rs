//! The kinds of mention and the types of thing that a mention can stand for.

/// Makes an enum whose names stand in one table: `name`, `ALL`, `FromStr`, `Display` and serde
/// all read it.
macro_rules! named_enum {
    ($(#[$meta:meta])* $vis:vis enum $enum:ident { $($(#[$doc:meta])* $variant:ident => $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        $vis enum $enum { $($(#[$doc])* #[serde(rename = $name)] $variant,)+ }

        impl $enum {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The names of all values, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The name used in files and output.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $enum {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or_else(|| {
                    let names: Vec<_> = Self::ALL.iter().map(|value| value.name()).collect();
                    format!("`{text}` is none of: {}", names.join(", "))
                })
            }
        }
    };
}
pub(crate) use named_enum;

named_enum! {
    /// What a mention does in its text.
    pub enum Kind {
        /// One system, by its proper name or an alias.
        Named => "named",
        /// One particular system, or a definite small set, that this mention leaves nameless.
        Described => "described",
        /// Whichever system the reader plugs in.
        Arbitrary => "arbitrary",
        /// The class.
        Generic => "generic",
        /// What the authors themselves propose, build or train in this paper.
        Own => "own",
        /// What an earlier mention of this text introduced.
        Anaphoric => "anaphoric",
        /// No mention at all: an idea, a part of a model, a statistical model. Rules vote for it, and
        /// a phrase that it wins is not reported.
        NoMention => "none",
    }
}

named_enum! {
    /// What a mention or a system is.
    pub enum EntityType {
        /// A trained machine-learning system.
        Model => "model",
        /// A data set.
        Dataset => "dataset",
        /// Training or serving software.
        Software => "software",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_as_its_value() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
        for entity_type in EntityType::ALL {
            assert_eq!(entity_type.name().parse(), Ok(*entity_type));
        }
    }
}
