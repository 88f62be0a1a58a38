//! What can be said of a system: what its amounts count, how exactly they are stated, and what words
//! tell. The lexicon, the words of quantities and the weights of evidence are kept by these names.

use super::named_enum;

named_enum! {
    /// What a quantity counts.
    pub enum Measure {
        /// Trainable weights of a model.
        Parameters => "parameters",
        /// Weights used for one token of a mixture of experts.
        ActiveParameters => "active-parameters",
        /// Tokens trained on, or held by a data set.
        Tokens => "tokens",
        /// Words trained on, or held by a data set.
        Words => "words",
        /// Images, pairs, documents, questions: the items of a data set.
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
        /// Layers on top of each other.
        Layers => "layers",
        /// Numbers that a layer hands on for each token.
        Width => "width",
        /// Natural languages covered.
        Languages => "languages",
        /// Classes, labels or categories.
        Labels => "labels",
    }
}

named_enum! {
    /// How exactly a quantity is stated.
    pub enum Precision {
        /// "137B": right to the digits written.
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
    /// What a word of a description can tell of a system, quantities aside.
    pub enum Trait {
        /// The maker: a catalogue id of an organisation, or a hint such as `in-house`.
        Organisation => "organisation",
        /// `api`, `open`, `proprietary`, `internal`, `on-device`.
        Access => "access",
        /// `frontier`, `state-of-the-art`, `popular`, `small`, `large` and their like.
        Standing => "standing",
        /// `decoder-only`, `mixture-of-experts` and their like.
        Architecture => "architecture",
        /// `text`, `image`, `speech` and their like.
        Modality => "modality",
        /// `dialogue`, `medical` and their like.
        Domain => "domain",
        /// `latest`, or a date.
        Release => "release",
        /// `judge`, `teacher`, `baseline` and their like.
        Role => "role",
        /// Accelerators by name.
        Hardware => "hardware",
    }
}
