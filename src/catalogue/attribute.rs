//! Attributes of systems: what an amount counts, how precisely it is stated, and which other traits words
//! express. The lexicon, the quantity words and the evidence weights use these names as keys.

use crate::named_enum;

named_enum! {
    /// The thing that a quantity counts.
    pub enum Measure {
        /// Trainable weights of a model.
        Parameters => "parameters",
        /// Weights used for one token of a mixture of experts.
        ActiveParameters => "active-parameters",
        /// Tokens trained on, or held by a data set.
        Tokens => "tokens",
        /// Words trained on, or held by a data set.
        Words => "words",
        /// Items of a data set: images, pairs, documents, questions.
        Examples => "examples",
        /// Bytes of training data.
        Bytes => "bytes",
        /// Training compute in floating-point operations.
        Compute => "compute",
        /// Accelerators used at once.
        Chips => "chips",
        /// Training time in days.
        Days => "days",
        /// Tokens that the model can attend to.
        ContextLength => "context-length",
        /// Entries of the vocabulary.
        Vocabulary => "vocabulary",
        /// Layers of the network, stacked on each other.
        Layers => "layers",
        /// Width of the network: values that a layer passes on for each token.
        Width => "width",
        /// Natural languages covered.
        Languages => "languages",
        /// Classes, labels or categories.
        Labels => "labels",
    }
}

named_enum! {
    /// The precision with which a quantity is stated.
    pub enum Precision {
        /// "137B": exact to the last digit written.
        Exact => "exact",
        /// "about 140 billion".
        About => "about",
        /// "O(100b)", "hundreds of billions", "billion-scale".
        OrderOfMagnitude => "order-of-magnitude",
        /// "over 100 billion".
        AtLeast => "at-least",
        /// "up to 137B", "sub-10B".
        AtMost => "at-most",
        /// "1.3B to 13B", "between 7B and 70B".
        Range => "range",
    }
}

named_enum! {
    /// A trait that a word of a description can express, quantities aside.
    pub enum Trait {
        /// The maker: a catalogue id of an organisation, or a hint such as `in-house`.
        Organisation => "organisation",
        /// `api`, `open`, `proprietary`, `internal`, `on-device`.
        Access => "access",
        /// `frontier`, `state-of-the-art`, `popular`, `small`, `large` and the like.
        Standing => "standing",
        /// `decoder-only`, `mixture-of-experts` and the like.
        Architecture => "architecture",
        /// `text`, `image`, `speech` and the like.
        Modality => "modality",
        /// `dialogue`, `medical` and the like.
        Domain => "domain",
        /// `latest`, or a date.
        Release => "release",
        /// `judge`, `teacher`, `baseline` and the like.
        Role => "role",
        /// Accelerators by name.
        Hardware => "hardware",
    }
}
