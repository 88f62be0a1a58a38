//! Options on what counts as a finding, and the profile that they choose.

use byname::catalogue::{Catalogue, Level, Profile};
use clap::Args;

use super::paper_options::LayOver;
use super::status::CommandError;
use super::values::{share, value_of};
use crate::config::{Configuration, Settings};

/// Options of commands that report findings.
#[derive(Debug, Args)]
pub(super) struct FindingArgs {
    /// Profile (set of checks) to apply: a profile of the catalogue [default: disclosure]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// The lightest level to show [default: note]
    #[arg(long, value_name = "LEVEL", value_parser = value_of(Level::NAMES, str::parse::<Level>))]
    level: Option<Level>,

    /// The least probability that a system is particular and never named in the paper; what lies below is a hint
    /// [default: 0.8]
    #[arg(long, value_name = "P", value_parser = share)]
    min_confidence: Option<f64>,
}

#[cfg(feature = "lsp")]
impl FindingArgs {
    /// Returns whether a profile is given.
    pub(super) fn names_profile(&self) -> bool {
        self.profile.is_some()
    }
}

impl LayOver for FindingArgs {
    fn lay_over(&self, configuration: &mut Configuration) {
        if let Some(profile) = &self.profile {
            configuration.set("profile", "--profile", profile);
        }
        if let Some(level) = self.level {
            configuration.set("level", "--level", level);
        }
        if let Some(least) = self.min_confidence {
            configuration.set("min-confidence", "--min-confidence", least);
        }
    }
}

/// Returns the profile that is set, with the levels that are set.
pub(super) fn profile(settings: &Settings, catalogue: &Catalogue) -> Result<Profile, CommandError> {
    let profiles = &catalogue.profiles;
    let mut profile = named_profile(settings, catalogue)?.clone();
    for (id, level) in &settings.levels {
        let known = profiles.iter().flat_map(|profile| &profile.rules).any(|rule| rule.id == *id);
        if !known {
            return Err(CommandError::new(format!("`levels` names `{id}`, which no profile has"))
                .help("write a rule as its profile and its id, as in \"disclosure/nameless\""));
        }
        profile.rules.iter_mut().filter(|rule| rule.id == *id).for_each(|rule| rule.level = *level);
    }
    Ok(profile)
}

/// Returns the profile that is set, as the catalogue has it.
pub(super) fn named_profile<'c>(
    settings: &Settings,
    catalogue: &'c Catalogue,
) -> Result<&'c Profile, CommandError> {
    let profiles = &catalogue.profiles;
    profiles.iter().find(|profile| profile.name == settings.profile).ok_or_else(|| {
        let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        CommandError::new(format!("there is no profile `{}`", settings.profile))
            .help(format!("the catalogue has these: {}", names.join(", ")))
    })
}
