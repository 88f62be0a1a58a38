//! Rendering of what examples and tests leave uncovered.

use std::fmt::Write as _;

use byname::report::visible;

use crate::evaluate::Coverage;

/// Most words listed of a class; the JSON form has them all.
const WORDS: usize = 12;

/// Renders a section for each sort of gap, headed by its number of gaps.
pub fn coverage_text(coverage: &Coverage) -> String {
    let mut out = String::new();
    let idle: usize = coverage.classes.iter().map(|class| class.words.len()).sum();
    let _ = writeln!(
        out,
        "{} of {} alternatives are needed by no example",
        coverage.alternatives.len(),
        coverage.alternatives_in_all
    );
    for alternative in &coverage.alternatives {
        let _ = writeln!(out, "  {} {}: {}", alternative.rule, alternative.key, alternative.alternative);
    }
    let _ = writeln!(out, "\n{idle} of {} words stand in no example and no test", coverage.words_in_all);
    for class in &coverage.classes {
        let words: Vec<&str> = class.words.iter().take(WORDS).map(String::as_str).collect();
        let more = class.words.len().saturating_sub(WORDS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let listed = words.join(", ");
        let _ = writeln!(
            out,
            "  {} ({} of {}): {}{more}",
            class.class,
            class.words.len(),
            class.of,
            visible(&listed)
        );
    }
    let _ = writeln!(
        out,
        "\n{} rules can be taken out, and no example and no test changes its kind",
        coverage.unnoticed.len()
    );
    coverage.unnoticed.iter().for_each(|rule| {
        let _ = writeln!(out, "  {rule}");
    });
    let _ = writeln!(
        out,
        "\n{} times another rule votes alike in all examples of a rule, and in none of its near misses",
        coverage.shadowed.len()
    );
    for shadow in &coverage.shadowed {
        let mutual = if shadow.mutual { ", and the other way round" } else { "" };
        let _ = writeln!(out, "  {} by {}{mutual}", shadow.rule, shadow.by);
    }
    let _ = writeln!(
        out,
        "\n{} times another rule speaks for another kind in all examples of a rule",
        coverage.contradictions.len()
    );
    for pair in &coverage.contradictions {
        let outweighed = if pair.outweighed { ", with more weight: others decide" } else { "" };
        let _ = writeln!(out, "  {} against {}{outweighed}", pair.rule, pair.against);
    }
    out
}
