//! The word classes that the detection grammar refers to by name, in one table.

use super::{ClassSet, Lexicon};

macro_rules! grammar_classes {
    ($($field:ident => $name:literal,)+) => {
        /// The lexicon classes with which sentences, noun phrases and names are found. A class that the
        /// lexicon does not define is empty here; the loader refuses such a lexicon.
        #[derive(Debug, Clone, Copy)]
        #[allow(missing_docs, reason = "each is the class of the lexicon that is called so, which says what it is")]
        pub struct GrammarClasses { $(pub $field: ClassSet,)+ }

        impl GrammarClasses {
            /// The names of all the classes.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Looks the classes up in a lexicon.
            pub fn of(lexicon: &Lexicon) -> Self {
                Self { $($field: lexicon.set_of($name),)+ }
            }
        }
    };
}

grammar_classes! {
    abbreviation => "abbreviation",
    adjective_ending => "adjective-ending",
    after_head => "after-head",
    preposition => "preposition",
    as_role => "as-role",
    before_count => "before-count",
    before_determiner => "before-determiner",
    boundary => "boundary",
    causative => "causative",
    close_bracket => "close-bracket",
    coining => "coining",
    comma => "comma",
    compound_noun => "compound-noun",
    conjunction => "conjunction",
    copula => "copula",
    count => "count",
    data_head => "data-head",
    determiner => "determiner",
    doubtful_name => "doubtful-name",
    family_noun => "family-noun",
    for_whom => "for",
    given_name => "given-name",
    hardware_noun => "hardware-noun",
    head => "head",
    house_noun => "house-noun",
    introducer => "introducer",
    introducer_filler => "introducer-filler",
    label_noun => "label-noun",
    labelling => "labelling",
    list_sign => "list-sign",
    measure => "measure",
    model => "model",
    models => "models",
    modifier => "modifier",
    naming_head => "naming-head",
    not_a_name => "not-a-name",
    of => "of",
    one => "one",
    open_bracket => "open-bracket",
    part_noun => "part-noun",
    participle_ending => "participle-ending",
    partition => "partition",
    perfect => "perfect",
    person_title => "person-title",
    place_name => "place-name",
    possessive => "possessive",
    propose_verb => "propose-verb",
    several => "several",
    singular_determiner => "singular-determiner",
    size_noun => "size-noun",
    slash => "slash",
    subject => "subject",
    subordinator => "subordinator",
    task_noun => "task-noun",
    thanks => "thanks",
    the => "the",
    tier => "tier",
    variant => "variant",
    hub => "hub",
    verb_form => "verb-form",
    we => "we",
}

impl GrammarClasses {
    /// Returns the classes that tell nothing of a word but beside a name of the catalogue.
    pub fn apart(&self) -> ClassSet {
        let mut apart = self.given_name;
        for class in [self.doubtful_name, self.house_noun, self.person_title, self.thanks] {
            apart.extend(class);
        }
        apart
    }
}
