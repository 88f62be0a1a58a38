//! The amounts in entries that correspond to the measures in texts.

use crate::catalogue::System;
use crate::detect::Measure;

/// Returns the amounts that an entry gives for a measure.
pub(super) fn amounts(system: &System, measure: Measure) -> &[f64] {
    match measure {
        Measure::Parameters => &system.parameters,
        Measure::ActiveParameters => &system.active_parameters,
        Measure::Tokens | Measure::Words => &system.tokens,
        Measure::Examples => &system.examples,
        Measure::Bytes => &system.bytes,
        Measure::Compute => &system.compute,
        Measure::Chips => &system.chips,
        Measure::Days => &system.days,
        Measure::ContextLength => &system.context,
        Measure::Vocabulary => &system.vocabulary,
        Measure::Layers => &system.layers,
        Measure::Width => &system.width,
        Measure::Languages | Measure::Labels => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::samples;

    #[test]
    fn words_are_compared_with_tokens_and_each_measure_with_its_own_key() {
        let systems = samples::systems();
        let anvil = systems.by_id("anvil").and_then(|id| systems.get(id)).unwrap();
        assert_eq!(amounts(anvil, Measure::Words), [2.8e12]);
        assert_eq!(
            (amounts(anvil, Measure::Layers), amounts(anvil, Measure::Width)),
            (&[64.0][..], &[8192.0][..])
        );
        assert!(amounts(anvil, Measure::Languages).is_empty());
    }
}
