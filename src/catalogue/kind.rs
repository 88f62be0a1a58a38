//! The kinds of mentions and the types of entities.

use crate::named_enum;

named_enum! {
    /// The kind of a mention: how it refers in its text.
    pub enum Kind {
        /// One system, by its proper name or an alias.
        Named => "named",
        /// One particular system, or a definite small set, that this mention leaves nameless.
        Described => "described",
        /// Any system that the reader plugs in.
        Arbitrary => "arbitrary",
        /// The class of systems as a whole.
        Generic => "generic",
        /// A system that the authors themselves propose, build or train in this paper.
        Own => "own",
        /// A system that an earlier mention of the text introduced.
        Anaphoric => "anaphoric",
        /// No mention: an idea, a part of a model, a statistical model. Rules vote for it, and a phrase that
        /// it wins is not reported.
        NoMention => "none",
    }
}

named_enum! {
    /// The type of a mention or a system.
    #[derive(Default)]
    pub enum EntityType {
        /// A trained machine-learning system.
        #[default]
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
