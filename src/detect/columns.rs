//! Discovery of names in columns of tables: a cell among names of models, below a head that announces models,
//! is a name too if it is written like one.

use super::mention::Mention;
use super::name_discovery::DiscoveredName;
use super::vocabulary::Vocabulary;
use crate::catalogue::{ClassSet, EntityType, GrammarClasses, Kind, Lexicon};
use crate::document::ByteSpan;

/// Fewest cells of a column, and smallest share of its cells (one in so many), that must hold a name of the
/// catalogue.
const FEWEST_KNOWN: usize = 2;
const ONE_IN: usize = 3;
/// Length limits of a cell that is a name, in bytes and in words; a longer one is a statement.
const LONGEST_NAME: usize = 40;
const MOST_WORDS: usize = 5;
/// The separator between the cells of a row.
const BAR: char = '|';

/// The word classes that classify columns.
#[derive(Debug)]
pub(super) struct Columns {
    model_head: ClassSet,
    no_name: ClassSet,
}

impl Columns {
    /// Looks up the classes in a lexicon.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let classes = GrammarClasses::of(lexicon);
        let mut model_head = classes.model;
        model_head.extend(classes.models);
        Self { model_head, no_name: classes.not_a_name }
    }

    /// Adds the names in columns of models that are not in the catalogue. `rows` are those of tables, in the
    /// order of the text.
    pub(super) fn coin(
        &self,
        prose: &str,
        rows: &[ByteSpan],
        mentions: &[Mention],
        vocabulary: &Vocabulary,
        coined: &mut Vec<DiscoveredName>,
    ) {
        let has = |word: &str, classes: ClassSet| vocabulary.is_in(word, classes);
        let says_models = |cell: &str| words_of(cell).any(|word| has(word, self.model_head));
        for name in names_in_columns(prose, rows, mentions, says_models) {
            let is_no_name = words_of(&name.name).next().is_some_and(|word| has(word, self.no_name));
            if is_no_name || says_models(&name.name) {
                continue;
            }
            match coined.iter_mut().find(|known| known.name == name.name) {
                Some(known) => known.is_name = true,
                None => coined.push(name),
            }
        }
    }
}

/// Iterates over the words in a cell of a table.
fn words_of(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns the names in columns of models that are not in the catalogue. `says_models` decides from the head
/// of a column whether models stand below it.
fn names_in_columns(
    prose: &str,
    rows: &[ByteSpan],
    mentions: &[Mention],
    says_models: impl Fn(&str) -> bool,
) -> Vec<DiscoveredName> {
    if rows.is_empty() {
        return Vec::new();
    }
    let is_model =
        |mention: &&Mention| mention.kind == Kind::Named && mention.entity_type == EntityType::Model;
    let mut starts: Vec<usize> = mentions.iter().filter(is_model).map(|mention| mention.span.start).collect();
    starts.sort_unstable();
    let mut found = Vec::new();
    for table in tables(prose, rows) {
        let Some((head, body)) = table.split_first() else { continue };
        // A row of one cell is the heading of those below it.
        let is_full = |row: &&ByteSpan| cells(prose, **row).filter(|cell| !cell.is_empty()).count() > 1;
        let body: Vec<&ByteSpan> = body.iter().filter(is_full).collect();
        for (column, _) in cells(prose, *head).enumerate().filter(|(_, cell)| says_models(cell.of(prose))) {
            let below = body.iter().filter_map(|row| cells(prose, **row).nth(column));
            let (known, others): (Vec<ByteSpan>, Vec<ByteSpan>) = below
                .filter(|cell| !cell.is_empty())
                .partition(|cell| starts.binary_search(&cell.start).is_ok());
            if known.len() >= FEWEST_KNOWN && known.len() * ONE_IN >= known.len() + others.len() {
                found.extend(others.into_iter().filter(|cell| is_written_as_name(cell.of(prose))));
            }
        }
    }
    let named = |span: ByteSpan| DiscoveredName {
        name: span.of(prose).into(),
        entity_type: EntityType::Model,
        votes: Vec::new(),
        is_name: true,
        lead: 0.0,
        first: span,
    };
    found.into_iter().map(named).collect()
}

/// Groups rows into tables, which end at blank lines.
fn tables<'r>(prose: &str, rows: &'r [ByteSpan]) -> impl Iterator<Item = &'r [ByteSpan]> {
    rows.chunk_by(|row, next| {
        let gap = prose.get(row.end..next.start).unwrap_or_default();
        let line_ends = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        let trailing = row.of(prose).len() - row.of(prose).trim_end().len();
        line_ends(gap) + line_ends(&prose[row.end - trailing..row.end]) < 2
    })
}

/// Iterates over the cells of a row, without surrounding blanks and without trailing marks and brackets.
fn cells(prose: &str, row: ByteSpan) -> impl Iterator<Item = ByteSpan> {
    row.of(prose).split(BAR).map(move |cell| {
        let start = cell.as_ptr() as usize - prose.as_ptr() as usize + (cell.len() - cell.trim_start().len());
        let cell = cell.trim_start();
        let end = cell.find(" (").or_else(|| cell.find(" [")).unwrap_or(cell.len());
        let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | ')');
        ByteSpan::new(start, start + cell[..end].trim_end_matches(is_mark).len())
    })
}

/// Returns whether a cell consists of one name and has a word that is none of ordinary language: one with a
/// capital inside, or of letters and a final digit.
fn is_written_as_name(cell: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.');
    let is_mixed = |word: &str| {
        // "LLMs" are several of what "LLM" says.
        let word = word.strip_suffix('s').unwrap_or(word);
        let is_small = |c: char| c.is_lowercase() || c.is_ascii_digit();
        let capital_inside = word.chars().skip(1).any(char::is_uppercase);
        capital_inside && word.chars().any(is_small)
            || word.chars().any(char::is_alphabetic)
                && word.chars().next_back().is_some_and(|c| c.is_ascii_digit())
    };
    cell.len() <= LONGEST_NAME
        && cell.split_whitespace().count() <= MOST_WORDS
        && cell.starts_with(char::is_alphabetic)
        && cell.chars().all(is_part)
        && cell.split_whitespace().any(is_mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the names found in a table, given a catalogue whose systems begin with "Orvex".
    fn found(prose: &str) -> Vec<String> {
        let mut start = 0;
        let rows: Vec<ByteSpan> = prose
            .split_inclusive('\n')
            .map(|line| {
                start += line.len();
                ByteSpan::new(start - line.len(), start)
            })
            .filter(|row| !row.of(prose).trim().is_empty())
            .collect();
        let known = prose.match_indices("Orvex").map(|(at, name)| ByteSpan::new(at, at + name.len()));
        let mentions: Vec<Mention> =
            known.map(|span| Mention::by_name(EntityType::Model, span, span)).collect();
        let says_models = |head: &str| head.contains("Model");
        names_in_columns(prose, &rows, &mentions, says_models)
            .into_iter()
            .map(|coined| {
                assert_eq!(coined.first.of(prose), &*coined.name);
                coined.name.into_string()
            })
            .collect()
    }

    #[test]
    fn a_cell_among_names_of_models_is_a_name_where_it_is_written_as_one() {
        let table = "Size | Model | Score\n7B | Orvex 2 | 1\n8B | TamarLM-8B (2025) | 2\n? | Human | 3\n9B | Orvex | 4\n                     3B | mKestrel-Owl3* | 5\n2B | LunVU | 6\n";
        assert_eq!(found(table), ["TamarLM-8B", "mKestrel-Owl3", "LunVU"]);
    }

    #[test]
    fn a_column_that_hardly_holds_known_names_tells_nothing() {
        assert_eq!(found("Model | Score\nOrvex | 1\nTamarLM | 2\n"), [""; 0], "one known name");
        let many = "Model | F1\nOrvex | 1\nOrvex 2 | 1\nAdA1 | 2\nBeB2 | 2\nCiC3 | 2\nDoD4 | 2\nEuE5 | 1\n";
        assert_eq!(found(many), [""; 0], "two of seven");
    }

    #[test]
    fn another_table_and_another_column_tell_nothing() {
        let two = "Model | Data\nOrvex | BirdQA\nOrvex 2 | FishQA\n\nMethod | Score\nKoRAG | 3\nOrvex | 1\n";
        assert_eq!(found(two), [""; 0]);
    }

    #[test]
    fn the_heading_of_some_rows_is_none() {
        let table = "Model | F1\nTamarAI\nOrvex | 1\nOrvex 2 | 2\nKesLab | \nLunVU | 3\n";
        assert_eq!(found(table), ["LunVU"]);
    }

    #[test]
    fn what_says_something_is_no_name() {
        for cell in
            ["Orv2 + RAG", "w/o CoT", "4B", "LLM", "LLMs", "Random", "Average (all)", "a1 b2 c3 d4 e5 f6"]
        {
            assert!(!is_written_as_name(cell), "{cell}");
        }
    }
}
