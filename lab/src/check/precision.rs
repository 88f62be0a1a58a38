//! Checks for rules with low measured precision.

use byname::catalogue::{Catalogue, Check, Fault, Layer};

use super::site::{Site, sites};

/// Fewest votes from which the precision of a rule is meaningful.
const ENOUGH: usize = 10;

/// Returns a warning on every voting rule whose measured precision is below `floor`, from 0 to 1. Rules that
/// were not measured, or on fewer than ten votes, are skipped.
pub fn low_precision(catalogue: &Catalogue, layers: &[Layer], floor: f64) -> Vec<Fault> {
    let warning = |site: &Site<'_>| {
        let measured = site.rule.measured.as_ref().filter(|measured| measured.hits >= ENOUGH)?;
        measured.precision().filter(|share| *share < floor)?;
        let (low, high) = measured.interval();
        let message = format!(
            "{} of {} votes were right ({:.0} to {:.0} percent), which is less than {floor}",
            measured.right,
            measured.hits,
            100.0 * low,
            100.0 * high
        );
        let help = "make its pattern narrower, or lower its weight, and measure it again with `byname rules measure`";
        Some(site.warning_at_key(Check::LowPrecision, "weight", message).help(help))
    };
    sites(catalogue, layers).iter().filter_map(warning).collect()
}

#[cfg(test)]
mod tests {
    use byname::catalogue::{CatalogueFile, MEASUREMENTS};

    use super::*;

    #[test]
    fn rules_below_the_floor_are_warned_of_where_enough_was_measured() {
        let text = "date = '2026-11-23'\ngold = []\n[rules]\n'own/our' = { hits = 20, right = 9 }\n'described/access' = { hits = 9, right = 0 }\n";
        let file = CatalogueFile::new("measurements.toml", text);
        let mut unmeasured = Layer::built_in();
        unmeasured.files.retain(|file| file.path != MEASUREMENTS);
        let layers = [unmeasured, Layer { name: "own".into(), files: vec![file] }];
        let catalogue = Catalogue::load(&layers).unwrap();
        let faults = low_precision(&catalogue, &layers, 0.5);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].file.ends_with("own/our.toml") && faults[0].check == Check::LowPrecision);
        assert_eq!(faults[0].message, "9 of 20 votes were right (26 to 66 percent), which is less than 0.5");
        assert_eq!(low_precision(&catalogue, &layers, 0.4), []);
    }
}
