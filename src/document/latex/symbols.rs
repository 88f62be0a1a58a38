//! Commands for characters, and the accents on letters.

use unicode_normalization::UnicodeNormalization;

/// Commands that stand for characters outside formulas.
pub(super) const SYMBOLS: &[(&str, &str)] = &[
    ("%", "%"),
    ("$", "$"),
    ("&", "&"),
    ("#", "#"),
    ("_", "_"),
    ("{", "{"),
    ("}", "}"),
    // The answers in a checklist, which the venue's style prints so.
    ("answerYes", "[Yes]"),
    ("answerNo", "[No]"),
    ("answerNA", "[NA]"),
    ("answerTODO", "[TODO]"),
    ("answerPartial", "[Partial]"),
    ("-", ""),
    ("/", ""),
    ("!", ""),
    ("@", ""),
    ("ss", "ß"),
    ("SS", "ẞ"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("ng", "ŋ"),
    ("NG", "Ŋ"),
    ("S", "§"),
    ("P", "¶"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("copyright", "©"),
    ("textcopyright", "©"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
    ("pounds", "£"),
    ("textsterling", "£"),
    ("euro", "€"),
    ("texteuro", "€"),
    ("EUR", "€"),
    ("textyen", "¥"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("dotsc", "…"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquotedbl", "\""),
    ("textquotesingle", "'"),
    ("lq", "‘"),
    ("rq", "’"),
    ("glqq", "„"),
    ("grqq", "“"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("textasciicircum", "^"),
    ("textunderscore", "_"),
    ("textbar", "|"),
    ("textless", "<"),
    ("textgreater", ">"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("textbullet", "•"),
    ("textdegree", "°"),
    ("degree", "°"),
    ("textpm", "±"),
    ("texttimes", "×"),
    ("textmu", "µ"),
    ("textdollar", "$"),
    ("textpercent", "%"),
    ("textdagger", "†"),
    ("textdaggerdbl", "‡"),
    ("textsection", "§"),
    ("textparagraph", "¶"),
    ("textasteriskcentered", "*"),
    ("textperiodcentered", "·"),
    ("textrightarrow", "→"),
    ("textleftarrow", "←"),
    ("textuparrow", "↑"),
    ("textdownarrow", "↓"),
    ("slash", "/"),
    ("TeX", "TeX"),
    ("LaTeX", "LaTeX"),
    ("LaTeXe", "LaTeX2e"),
    ("BibTeX", "BibTeX"),
    ("bibtex", "BibTeX"),
];

/// Accents, with the combining characters that look the same.
pub(super) const ACCENTS: &[(&str, char)] = &[
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("r", '\u{30A}'),
    ("H", '\u{30B}'),
    ("v", '\u{30C}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("b", '\u{331}'),
];

/// Puts an accent on a letter; on the first of several.
pub(super) fn marked(letters: &str, mark: char) -> String {
    let mut marked = String::with_capacity(letters.len() + mark.len_utf8());
    let mut characters = letters.chars();
    // The dotless letters are what TeX puts marks on; Unicode wants the dotted ones for that.
    match characters.next() {
        Some('ı') => marked.push('i'),
        Some('ȷ') => marked.push('j'),
        Some(first) => marked.push(first),
        None => return String::new(),
    }
    marked.push(mark);
    marked.push_str(characters.as_str());
    marked.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_on_letters() {
        assert_eq!(marked("o", '\u{308}'), "ö");
        assert_eq!(marked("ı", '\u{301}'), "í");
        assert_eq!(marked("sx", '\u{30C}'), "šx");
        assert_eq!(marked("", '\u{30C}'), "");
    }
}
