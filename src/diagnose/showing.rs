//! Filtering of findings by level and state.

use super::Diagnostic;
use crate::catalogue::Level;
use crate::resolve::State;

/// A filter of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing {
    /// The least severe level that is shown.
    pub level: Level,
    /// The only state that is shown; all states if `None`.
    pub only: Option<State>,
}

impl Default for Showing {
    fn default() -> Self {
        Self { level: Level::Note, only: None }
    }
}

impl Showing {
    /// Marks diagnostics that do not match the filter as hidden. None is removed.
    pub fn mark(&self, diagnostics: &mut [Diagnostic<'_>]) {
        for diagnostic in diagnostics {
            let is_other = self.only.is_some_and(|only| diagnostic.state != Some(only));
            // Levels stand in the order from the heaviest on.
            diagnostic.hidden = diagnostic.level > self.level || is_other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::diagnose::diagnose;
    use crate::report::samples;

    fn shown(showing: Showing) -> Vec<bool> {
        let (document, mut findings) = samples::paper();
        findings.references[2].level = Level::Hint;
        let (profile, catalogue) = (samples::profile(), Catalogue::built_in().unwrap());
        let mut diagnostics = diagnose(&document, &findings, &profile, &catalogue);
        showing.mark(&mut diagnostics);
        diagnostics.iter().map(|diagnostic| !diagnostic.hidden).collect()
    }

    #[test]
    fn levels_and_states_are_shown_as_asked() {
        let all = Showing::default();
        assert_eq!(shown(all), [true, true, false]);
        assert_eq!(shown(Showing { level: Level::Hint, ..all }), [true, true, true]);
        assert_eq!(shown(Showing { level: Level::Warning, ..all }), [true, false, false]);
        assert_eq!(shown(Showing { level: Level::Error, ..all }), [false, false, false]);
        assert_eq!(shown(Showing { only: Some(State::Named), ..all }), [false, true, false]);
        let hints = Showing { level: Level::Hint, only: Some(State::Unresolved) };
        assert_eq!(shown(hints), [false, false, true]);
    }
}
