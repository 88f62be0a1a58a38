//! Parses and checks the text of a regular expression.

use std::collections::HashMap;
use std::ops::Range;

use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{Ast, CaptureName, GroupKind, Span};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};
use toml::Spanned;

use super::caseless::make_sets_plain;
use super::class_group::{ClassGroup, class_of};
use super::classes::{ClassPlace, masked, places};
use super::literals::Literals;
use super::spaces::widened;
use super::{Compiled, Expression, Group, Reading};
use crate::catalogue::rule_pattern::likely_class;
use crate::catalogue::{CatalogueFile, ClassSet, Fault, Later, Lexicon, Measure, Trait};
use crate::document::ByteSpan;

/// The maximum length of an expression, in bytes.
const MOST_BYTES: usize = 4096;
/// The maximum number of states of a compiled expression, as counted by [`compiled_size`]; some 5 MB.
const MOST_STATES: u64 = 100_000;
/// The maximum nesting of brackets.
const MOST_DEPTH: u32 = 64;
/// The least similarity, 0 to 1, of a group name that is suggested for an unknown one.
const ALIKE: f64 = 0.8;
/// The maximum length of an expression that a message quotes, in bytes.
const QUOTED: usize = 80;

/// The role of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalogue) enum Role {
    /// A condition that a rule looks for.
    Wanted,
    /// A condition that must not hold.
    Unless,
    /// A notation of a quantity.
    Notation,
}

/// The fault of an expression and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExpressionError {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The unknown class, if that is the cause.
    pub(super) unknown_class: Option<String>,
}

impl ExpressionError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None, unknown_class: None }
    }

    /// Adds the expression as its author wrote it, unless it is long.
    fn quoting(mut self, source: &str) -> Self {
        if source.len() <= QUOTED {
            self.message = format!("{} in `{source}`", self.message);
        }
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads the expression of a key, if the key is present.
pub(in crate::catalogue) fn read_expression(
    source: Option<Spanned<String>>,
    role: Role,
    file: &CatalogueFile,
    lexicon: &Lexicon,
    faults: &mut Vec<Fault>,
) -> Option<Expression> {
    let source = source?;
    let written = source.span();
    let span = ByteSpan::new(written.start, written.end);
    if lexicon.is_built_in {
        let (source, lexicon) = (source.into_inner(), lexicon.clone());
        let text = source.clone();
        let reading = Later::new(move || Reading::of(&text, role, &lexicon).unwrap_or_default());
        return Some(Expression { source, span, reading });
    }
    match Expression::parse(source.get_ref(), span, role, lexicon) {
        Ok(expression) => Some(expression),
        Err(error) => {
            let whole = error.range.start == 0 && error.range.end >= source.get_ref().len();
            let range = match whole {
                true => written,
                false => {
                    let place = |at| file.offset_in_text(written.clone(), at);
                    // What is marked is one sign at least: where something is missing, what stands there.
                    let end = place(error.range.end).max(place(error.range.start) + 1);
                    place(error.range.start)..end
                }
            };
            let help = match (error.help, error.unknown_class) {
                (Some(help), _) => help,
                (None, Some(class)) => likely_class(&class, lexicon).replace('{', "{{").replace('}', "}}"),
                (None, None) => {
                    "the notation is that of the Rust crate `regex`; patterns/README.md tells what is added to it".to_string()
                }
            };
            faults.push(Fault::over(file, range, error.message).help(help));
            None
        }
    }
}

impl Expression {
    /// Parses an expression written at `span` of its file.
    pub(super) fn parse(
        source: &str,
        span: ByteSpan,
        role: Role,
        lexicon: &Lexicon,
    ) -> Result<Self, ExpressionError> {
        let reading = Reading::of(source, role, lexicon)?;
        Ok(Self { source: source.to_string(), span, reading: reading.into() })
    }
}

impl Reading {
    fn of(source: &str, role: Role, lexicon: &Lexicon) -> Result<Self, ExpressionError> {
        let whole = 0..source.len();
        if source.len() > MOST_BYTES {
            let message = format!("the expression has {} bytes; {MOST_BYTES} is the most", source.len());
            return Err(ExpressionError::new(whole, message)
                .help("list its words as a class in a file under lexicon/, and write {{class}}; or make several rules of it"));
        }
        let places = places(source, lexicon)?;
        let plain = masked(source, &places);
        let mut ast = parsed(&plain).map_err(|error| error.quoting(source))?;
        make_sets_plain(&mut ast);
        let class_groups = class_groups(&ast, &places)?;
        let mut groups = groups(&ast, role)?;
        let hir = translated(&plain, &ast)?;
        check_matches(&hir, whole.clone())?;
        for (number, name) in named(&ast) {
            if *name == "mention" && can_be_empty(&hir, number) {
                let at = name_range(&ast, "mention").unwrap_or(whole.clone());
                return Err(ExpressionError::new(at, "the group `mention` can match the empty text")
                    .help("a mention has a word at least: write `+` for `*`, or take a `?` out"));
            }
        }
        let mut classes = ClassSet::default();
        let mut readings = Vec::new();
        for (group, place) in class_groups.iter().zip(&places) {
            classes.insert(place.class);
            let reading = lexicon.reading(place.class);
            readings
                .push((*group, reading.map_err(|error| ExpressionError { range: whole.clone(), ..error })?));
        }
        let hir = widened(hir);
        let size = compiled_size(&hir, &readings);
        if size > MOST_STATES {
            let message = format!(
                "the expression is too large: compiled, it has some {size} states; {MOST_STATES} is the most"
            );
            return Err(ExpressionError::new(whole, message)
                .help("repeat less (`{1,20}` for `{1,200}`), write `[a-z]` or `\\S` for `\\w` where that does, or make several rules of it"));
        }
        let literals = Literals::of(&hir, &readings, lexicon);
        for (number, _) in &mut groups {
            *number -= class_groups.iter().filter(|group| (**group as usize) < *number).count();
        }
        Ok(Self { classes, literals, groups, compiled: Some(Compiled::of(hir, readings)) })
    }
}

/// Parses an expression to its syntax tree.
pub(super) fn parsed(source: &str) -> Result<Ast, ExpressionError> {
    let mut parser = ParserBuilder::new().nest_limit(MOST_DEPTH).build();
    parser.parse(source).map_err(|error| {
        let message = format!("this is no regular expression: {}", error.kind());
        ExpressionError::new(range(error.span()), message)
    })
}

/// Translates a syntax tree to the intermediate representation of its meaning.
pub(super) fn translated(source: &str, ast: &Ast) -> Result<Hir, ExpressionError> {
    let mut translator = TranslatorBuilder::new().dot_matches_new_line(true).build();
    translator.translate(source, ast).map_err(|error| {
        let message = format!("this is no regular expression: {}", error.kind());
        ExpressionError::new(range(error.span()), message)
    })
}

fn range(span: &Span) -> Range<usize> {
    span.start.offset..span.end.offset
}

fn check_matches(hir: &Hir, whole: Range<usize>) -> Result<(), ExpressionError> {
    match hir.properties().minimum_len() {
        None => Err(ExpressionError::new(whole, "no text can match the expression")
            .help("a set such as `[^\\s\\S]` holds no sign; take it out")),
        Some(0) => Err(ExpressionError::new(
            whole,
            "the expression matches the empty text, so it would match everywhere",
        )
        .help("let something stand in it without `?`, `*` or `{0,…}`")),
        Some(_) => Ok(()),
    }
}

/// Estimates the number of states of the compiled expression: one for each byte and each range of a set, as
/// often as it is repeated.
pub(super) fn compiled_size(hir: &Hir, classes: &[ClassGroup]) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() as u64,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Repetition(repetition) => {
            let times = u64::from(repetition.max.unwrap_or(repetition.min.saturating_add(1)).max(1));
            times.saturating_mul(compiled_size(&repetition.sub, classes))
        }
        HirKind::Capture(capture) => match class_of(capture, classes) {
            Some(class) => class.states,
            None => compiled_size(&capture.sub, classes).saturating_add(2),
        },
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(|part| compiled_size(part, classes)).fold(1, u64::saturating_add)
        }
    }
}

/// Calls `visit` on a syntax tree and all its parts.
pub(super) fn walk<'a>(ast: &'a Ast, visit: &mut impl FnMut(&'a Ast)) {
    visit(ast);
    match ast {
        Ast::Repetition(repetition) => walk(&repetition.ast, visit),
        Ast::Group(group) => walk(&group.ast, visit),
        Ast::Alternation(alternation) => alternation.asts.iter().for_each(|part| walk(part, visit)),
        Ast::Concat(concat) => concat.asts.iter().for_each(|part| walk(part, visit)),
        _ => {}
    }
}

/// Returns the number and name of each named group.
fn named(ast: &Ast) -> Vec<(usize, &String)> {
    captures(ast).into_iter().map(|name| (name.index as usize, &name.name)).collect()
}

fn name_range(ast: &Ast, wanted: &str) -> Option<Range<usize>> {
    captures(ast).into_iter().find(|name| name.name == wanted).map(|name| range(&name.span))
}

fn captures(ast: &Ast) -> Vec<&CaptureName> {
    let mut found = Vec::new();
    walk(ast, &mut |ast| {
        if let Ast::Group(group) = ast
            && let GroupKind::CaptureName { name, .. } = &group.kind
        {
            found.push(name);
        }
    });
    found
}

/// Returns the numbers of the groups that stand for classes, in order. Refuses a class inside a set such as
/// `[{{model}}]`, where it would be read as the letters of its name.
fn class_groups(ast: &Ast, places: &[ClassPlace]) -> Result<Vec<u32>, ExpressionError> {
    let mut groups = HashMap::new();
    walk(ast, &mut |ast| {
        if let Ast::Group(group) = ast
            && let GroupKind::CaptureIndex(number) = group.kind
        {
            groups.insert(range(&group.span), number);
        }
    });
    let number = |place: &ClassPlace| {
        groups.get(&place.range).copied().ok_or_else(|| {
            ExpressionError::new(place.range.clone(), "a class cannot stand here")
                .help("a class is several words: write it outside of `[ ]`, as in `(?:{{model}}|set)`")
        })
    };
    places.iter().map(number).collect()
}

/// Returns the number and meaning of each named group; an unknown name is an error.
fn groups(ast: &Ast, role: Role) -> Result<Vec<(usize, Group)>, ExpressionError> {
    let mut groups = Vec::new();
    for name in captures(ast) {
        let at = range(&name.span);
        if role == Role::Unless {
            return Err(ExpressionError::new(at, "a named group means nothing in what must not be there")
                .help("write `(?:…)`"));
        }
        match group(&name.name) {
            Some(Group::Amount(measure)) => groups.push((name.index as usize, Group::Amount(measure))),
            Some(group) if role == Role::Wanted => groups.push((name.index as usize, group)),
            _ => {
                let message = format!("no group `{}` means anything here", name.name);
                return Err(ExpressionError::new(at, message).help(likely_group(&name.name, role)));
            }
        }
    }
    if role == Role::Notation && groups.is_empty() {
        let message = "the expression does not say which part of it is the number";
        return Err(ExpressionError::new(0..usize::MAX, message)
            .help("put it into a group that is named after what it counts: `(?<parameters>…)`"));
    }
    Ok(groups)
}

fn group(name: &str) -> Option<Group> {
    if name == "mention" {
        return Some(Group::Mention);
    }
    let written = name.replace('_', "-");
    let amount = written.parse::<Measure>().ok().map(Group::Amount);
    amount.or_else(|| written.parse::<Trait>().ok().map(Group::Trait))
}

/// Returns a hint for an unknown group.
fn likely_group(wanted: &str, role: Role) -> String {
    let of_rules = (role == Role::Wanted).then_some("mention");
    let traits = if role == Role::Wanted { Trait::NAMES } else { &[] };
    let names: Vec<String> =
        of_rules.iter().chain(Measure::NAMES).chain(traits).map(|name| name.replace('-', "_")).collect();
    let alike = |name: &String| strsim::jaro_winkler(name, wanted);
    match names.iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|name| alike(name) >= ALIKE) {
        Some(name) => format!("did you mean `{name}`? A group without a name is written `(?:…)`"),
        None => format!("groups are {}; one without a name is written `(?:…)`", names.join(", ")),
    }
}

/// Returns whether the group of a number can match the empty text.
fn can_be_empty(hir: &Hir, number: usize) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) if capture.index as usize == number => {
            capture.sub.properties().minimum_len() == Some(0)
        }
        HirKind::Capture(capture) => can_be_empty(&capture.sub, number),
        HirKind::Repetition(repetition) => can_be_empty(&repetition.sub, number),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().any(|part| can_be_empty(part, number))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}
