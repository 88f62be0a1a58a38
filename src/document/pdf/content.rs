//! Reduction of page contents to their text: lines, colours and pictures cost memory and carry no text.

use super::actual_text;
use super::syntax::{Kind, Lexer, Token};

/// Maximum number of words of a content after its reduction. A full page has some ten thousand.
const WORDS: usize = 1_000_000;
/// Minimum memory cost of an operator, in words.
const LEAST: usize = 4;
/// Maximum nesting depth of saved graphics states.
const STATES: usize = 256;

/// Operators that place or show text, with their operands: numbers, a name, a string or an array.
const OPERATORS: &[(&[u8], &[Kind])] = &[
    (b"BT", &[]),
    (b"ET", &[]),
    (b"cm", &[Kind::Number; 6]),
    (b"TJ", &[Kind::ArrayOpen]),
    (b"Tj", &[Kind::Text]),
    (b"Tc", &[Kind::Number]),
    (b"Tw", &[Kind::Number]),
    (b"Tz", &[Kind::Number]),
    (b"TL", &[Kind::Number]),
    (b"Tf", &[Kind::Name, Kind::Number]),
    (b"Ts", &[Kind::Number]),
    (b"Tm", &[Kind::Number; 6]),
    (b"Td", &[Kind::Number; 2]),
    (b"TD", &[Kind::Number; 2]),
    (b"T*", &[]),
];

/// The result of drawing a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// No text is shown.
    Nothing,
    Text,
}

/// The reason why a content is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is larger than any page needs.
    TooLarge,
    /// Drawings contain themselves or are nested too deeply.
    Cyclic,
}

/// Access to the resources that a content uses.
pub(super) trait Resources {
    /// Draws the drawing with a name.
    fn draw(&mut self, name: &[u8]) -> Result<Part, Refused>;
    /// Records the use of the font with a name.
    fn font(&mut self, name: &[u8]);
}

/// A reduced content.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reduced {
    pub(super) bytes: Vec<u8>,
    /// Its number of words.
    pub(super) words: usize,
    pub(super) shows_text: bool,
}

/// A saved graphics state.
#[derive(Debug)]
struct Kept {
    /// Length and number of words before it.
    before: (usize, usize),
    shows_text: bool,
    /// `true` if it was written.
    written: bool,
}

/// The open marked-content sequences.
#[derive(Debug, Default)]
struct Marks {
    /// Number of open sequences.
    open: usize,
    /// The number of sequences open before the one with an `ActualText`, and that text, which is emptied
    /// once written.
    actual: Option<(usize, String)>,
}

impl Marks {
    fn begin(&mut self, lexer: &Lexer<'_>, operands: &[Token]) {
        if self.actual.is_none()
            && let Some(dictionary) = operands.last().filter(|token| token.kind == Kind::DictionaryOpen)
        {
            self.actual = actual_text::replacement(lexer, *dictionary).map(|text| (self.open, text));
        }
        self.open += 1;
    }

    fn end(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.actual = self.actual.take().filter(|(before, _)| *before < self.open);
    }

    /// Adds an operator that shows a string. If its letters are replaced, the first string carries the
    /// replacement, and those after it nothing.
    fn show(
        &mut self,
        reduced: &mut Reduced,
        lexer: &Lexer<'_>,
        string: &[Token],
        (operator, cost): (&[u8], usize),
    ) -> Result<(), Refused> {
        reduced.shows_text = true;
        let Some((_, text)) = &mut self.actual else { return add(reduced, lexer, string, operator, cost) };
        let text = std::mem::take(text);
        reduced.bytes.extend_from_slice(&actual_text::strokes(&text));
        add(reduced, lexer, string, operator, cost + LEAST * (text.len() + 2))?;
        reduced.bytes.extend_from_slice(actual_text::END);
        Ok(())
    }
}

/// Reduces a content to its text.
pub(super) fn reduce(content: &[u8], resources: &mut dyn Resources) -> Result<Reduced, Refused> {
    let mut lexer = Lexer::new(content, 0);
    let mut reduced = Reduced::default();
    let mut kept: Vec<Kept> = Vec::new();
    let mut operands: Vec<Token> = Vec::new();
    let mut marks = Marks::default();
    let mut depth = 0usize;
    let mut words = 0;
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::ArrayOpen | Kind::DictionaryOpen => {
                if depth == 0 {
                    operands.push(token);
                }
                depth += 1;
                continue;
            }
            Kind::ArrayClose | Kind::DictionaryClose => {
                depth = depth.saturating_sub(1);
                if let (0, Some(open)) = (depth, operands.last_mut()) {
                    open.end = token.end;
                }
                continue;
            }
            Kind::Word if !matches!(lexer.text(token), b"true" | b"false" | b"null") => {}
            _ => {
                words += 1;
                if depth == 0 {
                    operands.push(token);
                }
                continue;
            }
        }
        // An operator ends whatever was left open before it.
        depth = 0;
        let operator = lexer.text(token);
        let cost = LEAST.max(std::mem::take(&mut words) + 1);
        let given = std::mem::take(&mut operands);
        match operator {
            b"q" => {
                let before = (reduced.bytes.len(), reduced.words);
                let written = kept.len() < STATES;
                kept.push(Kept { before, shows_text: reduced.shows_text, written });
                reduced.shows_text = false;
                if written {
                    add(&mut reduced, &lexer, &[], b"q", LEAST)?;
                }
            }
            b"Q" => {
                let Some(state) = kept.pop() else { continue };
                leave(&mut reduced, &state, true);
            }
            b"BI" => pass_picture(&mut lexer),
            b"BMC" | b"BDC" => marks.begin(&lexer, &given),
            b"EMC" => marks.end(),
            b"Do" => {
                let Some(name) = given.last().filter(|name| name.kind == Kind::Name) else { continue };
                if resources.draw(&lexer.name(*name))? == Part::Text {
                    reduced.shows_text = true;
                    add(&mut reduced, &lexer, &[*name], b"Do", cost)?;
                }
            }
            // The other ways to show a string, written as the usual one.
            b"'" | b"\"" => {
                let Some((string, before)) = given.split_last() else { continue };
                if let (b"\"", [.., word, letter]) = (operator, before) {
                    for (spacing, operator) in [(word, b"Tw"), (letter, b"Tc")] {
                        if spacing.kind == Kind::Number {
                            add(&mut reduced, &lexer, &[*spacing], operator, LEAST)?;
                        }
                    }
                }
                if string.kind == Kind::Text {
                    add(&mut reduced, &lexer, &[], b"T*", LEAST)?;
                    marks.show(&mut reduced, &lexer, &[*string], (b"Tj", LEAST))?;
                }
            }
            _ => {
                let Some((_, wanted)) = OPERATORS.iter().find(|(known, _)| *known == operator) else {
                    continue;
                };
                let Some(from) = given.len().checked_sub(wanted.len()) else { continue };
                let given = given.get(from..).unwrap_or_default();
                let fits = |(token, kind): (&Token, &Kind)| {
                    token.kind == *kind && (*kind != Kind::ArrayOpen || lexer.text(*token).ends_with(b"]"))
                };
                if !given.iter().zip(*wanted).all(fits) {
                    continue;
                }
                if operator == b"Tf"
                    && let Some(name) = given.first()
                {
                    resources.font(&lexer.name(*name));
                }
                if matches!(operator, b"TJ" | b"Tj") {
                    marks.show(&mut reduced, &lexer, given, (operator, cost))?;
                } else {
                    add(&mut reduced, &lexer, given, operator, cost)?;
                }
            }
        }
    }
    while let Some(state) = kept.pop() {
        leave(&mut reduced, &state, false);
    }
    Ok(reduced)
}

/// Leaves a state. A state in which no text was shown is removed entirely.
fn leave(reduced: &mut Reduced, state: &Kept, is_ended: bool) {
    if !reduced.shows_text {
        reduced.bytes.truncate(state.before.0);
        reduced.words = state.before.1;
    } else if state.written && is_ended {
        reduced.bytes.extend_from_slice(b"Q\n");
        reduced.words += LEAST;
    }
    reduced.shows_text |= state.shows_text;
}

fn add(
    reduced: &mut Reduced,
    lexer: &Lexer<'_>,
    operands: &[Token],
    operator: &[u8],
    cost: usize,
) -> Result<(), Refused> {
    for operand in operands {
        reduced.bytes.extend_from_slice(lexer.text(*operand));
        reduced.bytes.push(b' ');
    }
    reduced.bytes.extend_from_slice(operator);
    reduced.bytes.push(b'\n');
    reduced.words += cost;
    if reduced.words > WORDS { Err(Refused::TooLarge) } else { Ok(()) }
}

/// Skips an inline image.
fn pass_picture(lexer: &mut Lexer<'_>) {
    while let Some(token) = lexer.next() {
        if lexer.text(token) == b"ID" {
            break;
        }
    }
    let is_blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let data = lexer.bytes.get(lexer.at..).unwrap_or_default();
    let end = memchr::memmem::find_iter(data, b"EI").find(|end| {
        is_blank(end.checked_sub(1).and_then(|before| data.get(before))) && is_blank(data.get(end + 2))
    });
    lexer.at += end.map_or(data.len(), |end| end + 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Resources in which only drawings whose name begins with a T show text.
    struct Named;

    impl Resources for Named {
        fn draw(&mut self, name: &[u8]) -> Result<Part, Refused> {
            Ok(if name.starts_with(b"T") { Part::Text } else { Part::Nothing })
        }

        fn font(&mut self, _: &[u8]) {}
    }

    fn reduced(content: &str) -> String {
        let reduced = reduce(content.as_bytes(), &mut Named).unwrap();
        String::from_utf8(reduced.bytes).unwrap().trim_end().replace('\n', " ")
    }

    #[test]
    fn text_stays_and_what_is_painted_goes() {
        assert_eq!(
            reduced("q /Cs1 cs 1 0 0 rg 0 0 m 5 5 l S BT /F1 9 Tf [(a\\)b)-3<63>]TJ ET Q"),
            "q BT /F1 9 Tf [(a\\)b)-3<63>] TJ ET Q"
        );
        assert_eq!(reduced("q 1 0 0 1 5 5 cm /Im1 Do Q (x) Tj q q /T1 Do"), "(x) Tj q q /T1 Do");
        assert_eq!(reduced("/OC <</A [(b)]>> BDC (x) Tj EMC"), "(x) Tj");
        assert_eq!(
            reduced("/Span <</ActualText(ab)>> BDC q (x) Tj EMC Q /P BMC (y) Tj EMC (z) Tj EMC (u) '"),
            "q 97 0 m 98 0 m S (x) Tj f Q (y) Tj (z) Tj T* (u) Tj"
        );
        assert_eq!(
            reduced(
                "/Span <</ActualText(a)>> BDC /P BMC [(x)] TJ EMC /S <</ActualText(b)>> BDC (y) Tj EMC EMC EMC (z) Tj"
            ),
            "97 0 m S [(x)] TJ f S (y) Tj f (z) Tj"
        );
        assert_eq!(reduced("BI /W 1 ID (x) Tj EIx \nEI (y) Tj"), "(y) Tj");
        assert_eq!(reduced("1 2 (x) \" (y) '"), "1 Tw 2 Tc T* (x) Tj T* (y) Tj");
        assert_eq!(reduced("0 /T (x) \""), "0 Tw T* (x) Tj", "a name is no spacing");
        assert_eq!(reduced("1 cm Td (x) Tj"), "(x) Tj");
    }

    #[test]
    fn states_and_marks_without_text_cost_nothing() {
        assert_eq!(reduced(&"q ".repeat(100_000)), "");
        assert_eq!(reduced(&"q 1 0 0 1 5 5 cm /M0 Do Q ".repeat(100_000)), "");
        let nested = reduced(&format!("{}(x) Tj", "q ".repeat(100_000)));
        assert_eq!(nested.matches('q').count(), STATES);
    }

    #[test]
    fn a_page_of_too_many_words_is_refused() {
        assert_eq!(reduce("(a) Tj ".repeat(300_000).as_bytes(), &mut Named), Err(Refused::TooLarge));
        let array = format!("[{}] TJ", "(a)1 ".repeat(600_000));
        assert_eq!(reduce(array.as_bytes(), &mut Named), Err(Refused::TooLarge));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_reduced_and_then_stay_so(content in "(q|Q|BT|Tj|TJ|Td|cm|Do|BI|ID|EI|'|[0-9]|/T|/M|\\(a|\\)|<|>|\\[|\\]| |\\PC){0,60}") {
            let once = reduce(content.as_bytes(), &mut Named).unwrap();
            let twice = reduce(&once.bytes, &mut Named).unwrap();
            proptest::prop_assert_eq!(&once.bytes, &twice.bytes);
        }
    }
}
