//! `filecontents`: files embedded in the paper itself.

use super::reader::Reader;

/// The place of the text of an embedded file.
#[derive(Debug, Clone)]
pub(super) struct FiledText {
    file: u32,
    part: std::ops::Range<usize>,
}

impl Reader<'_> {
    /// Handles `\begin{filecontents}[options]{name}`: stores the content for its later inclusion.
    pub(super) fn file_contents(&mut self, environment: &str) {
        self.expander.drop_arguments("o");
        let Some((name, _)) = self.expander.argument() else { return };
        let name = self.expander.plain(&name);
        let ending = format!("\\end{{{environment}}}");
        let Some((scanner, text)) = self.expander.scanner() else {
            return self.skip_to_end_of(environment);
        };
        let start = scanner.at;
        let rest = text.get(start..).unwrap_or_default();
        let Some(length) = self.unended.find(rest, &ending) else { return };
        scanner.go_to(start + length + ending.len());
        let file = scanner.place(start, start).file;
        // What stands on the line of the beginning is none of it.
        let first_line = text[start..start + length].find('\n').map_or(0, |end| end + 1);
        self.filed.insert(name, FiledText { file, part: start + first_line..start + length });
    }

    /// Reads the text of an embedded file. Returns `false` if there is none with these names.
    pub(super) fn include_filed(&mut self, names: &[String], at_is_letter: bool) -> bool {
        let named = |name: &String| self.filed.get(name.trim_start_matches("./")).cloned();
        let Some(FiledText { file, part }) = names.iter().find_map(named) else { return false };
        self.expander.enter_part(file, part, at_is_letter)
    }
}
