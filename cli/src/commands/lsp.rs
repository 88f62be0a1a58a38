//! `byname lsp`: the language server.

use std::io::{stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use byname::Engine;
use byname::catalogue::{Catalogue, Layer, fingerprint};
use byname::diagnose::Showing;
use clap::Args;

use super::context::Context;
use super::finding_options::{FindingArgs, named_profile, profile};
use super::paper_options::{KnownArgs, LayOver as _, LimitArgs, limits};
use super::setup::{Setup, set_floor};
use super::status::{CommandError, Outcome};
use crate::config::{Settings, Share};
use crate::lsp::{Ending, Held, Surroundings, Trouble, serve};

/// Check papers in an editor while they are written: a language server on standard input and output
#[derive(Debug, Args)]
#[command(
    after_help = "An editor starts it; docs/editors.md has the settings for Neovim, VS Code, Emacs and Helix.\n\
    `byname.toml` is found upwards from each paper, as `byname scan` finds it; options hold over it."
)]
pub(super) struct LspArgs {
    #[command(flatten)]
    findings: FindingArgs,

    #[command(flatten)]
    known: KnownArgs,

    /// Speak over standard input and output, as byname always does; some editors give this to every server
    #[arg(long, hide = true)]
    stdio: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

pub(super) fn run(args: &LspArgs, context: &Context) -> Result<Outcome, CommandError> {
    if !context.common.output.is_empty() {
        return Err(
            CommandError::new("the language server speaks on standard output").help("leave --output out")
        );
    }
    let mut surroundings = SettingsOfFiles { args, context, loaded: Vec::new(), held: Vec::new() };
    surroundings.check_profile()?;
    match serve(stdin(), &mut stdout().lock(), &mut surroundings) {
        Ending::Asked => Ok(Outcome::default()),
        // The protocol wants a status of 1 for this.
        Ending::Left => Ok(Outcome { found: true, unread: false }),
        Ending::Broken(message) => Err(CommandError::new(message)),
    }
}

/// Settings of files, from their `byname.toml` and the options of the command line.
#[derive(Debug)]
struct SettingsOfFiles<'a> {
    args: &'a LspArgs,
    context: &'a Context,
    /// Engines of recently used catalogues, the last used at the end.
    loaded: Vec<(CatalogueKey, Arc<Engine>)>,
    /// Settings by all values that determine them, so that unchanged values give the same [`Held`].
    held: Vec<(HeldKey, Arc<Held>)>,
}

/// Number of catalogues, and of sets of settings, that are kept.
const KEPT: usize = 4;

/// Identifies a loaded catalogue: its folders, a hash of their files (`None` for the built-in one), and the
/// floor that is set.
#[derive(Debug, Clone, PartialEq)]
struct CatalogueKey {
    folders: Vec<PathBuf>,
    fingerprint: Option<String>,
    floor: Option<Share>,
}

/// Identifies a set of settings: the catalogue, and all values in their debug format.
type HeldKey = (CatalogueKey, String);

impl SettingsOfFiles<'_> {
    fn setup(&self, path: Option<&Path>) -> Result<Setup, CommandError> {
        let path = path.map(Path::to_path_buf);
        let mut setup = self.context.setup(path.as_slice())?;
        let args = self.args;
        setup.lay_over(|configuration| {
            args.findings.lay_over(configuration);
            args.known.lay_over(configuration);
            args.limits.lay_over(configuration);
        });
        Ok(setup)
    }

    /// Fails if the profile of the command line is not one of the catalogue that is set where the server starts.
    /// All else that is wrong with settings is shown in the files that it belongs to.
    fn check_profile(&mut self) -> Result<(), CommandError> {
        if !self.args.findings.names_profile() {
            return Ok(());
        }
        let Ok(settings) = self.setup(None).and_then(|setup| setup.settings()) else { return Ok(()) };
        let engine = catalogue_of(&settings).and_then(|(key, layers)| self.engine(key, &layers));
        engine.map_or(Ok(()), |engine| named_profile(&settings, engine.catalogue()).map(|_| ()))
    }

    fn held(&mut self, path: Option<&Path>) -> Result<Arc<Held>, CommandError> {
        let setup = self.setup(path)?;
        let settings = setup.settings()?;
        let (catalogue, layers) = catalogue_of(&settings)?;
        let key = (catalogue.clone(), format!("{:?}", setup.first()));
        if let Some(held) = recall(&mut self.held, &key) {
            return Ok(held);
        }
        let engine = self.engine(catalogue, &layers)?;
        let held = Arc::new(Held {
            profile: profile(&settings, engine.catalogue())?,
            least_confidence: settings.min_confidence.0,
            showing: Showing { level: settings.level, only: None },
            limits: limits(&settings),
            rules: Arc::new(setup.first().path_rules().map_err(CommandError::new)?),
            engine,
        });
        keep(&mut self.held, key, &held);
        Ok(held)
    }

    fn engine(&mut self, key: CatalogueKey, layers: &[Layer]) -> Result<Arc<Engine>, CommandError> {
        if let Some(engine) = recall(&mut self.loaded, &key) {
            return Ok(engine);
        }
        let mut engine = Engine::new(Catalogue::load(layers)?);
        set_floor(&mut engine, key.floor);
        let engine = Arc::new(engine);
        keep(&mut self.loaded, key, &engine);
        Ok(engine)
    }
}

/// Returns the layers of the catalogue that is set, and what identifies it.
fn catalogue_of(settings: &Settings) -> Result<(CatalogueKey, Vec<Layer>), CommandError> {
    let layers = Layer::over_built_in(&settings.catalog)?;
    // The built-in catalogue never changes while the program runs.
    let fingerprint = (!settings.catalog.is_empty()).then(|| fingerprint(&layers));
    Ok((CatalogueKey { folders: settings.catalog.clone(), fingerprint, floor: settings.floor }, layers))
}

/// Looks up a value in a cache, and marks it as the last used.
fn recall<K: PartialEq, V>(kept: &mut [(K, Arc<V>)], key: &K) -> Option<Arc<V>> {
    let at = kept.iter().position(|(known, _)| known == key)?;
    kept[at..].rotate_left(1);
    kept.last().map(|(_, value)| Arc::clone(value))
}

/// Adds a value to a cache; if the cache is full, the one used longest ago is dropped.
fn keep<K, V>(kept: &mut Vec<(K, Arc<V>)>, key: K, value: &Arc<V>) {
    if kept.len() == KEPT {
        kept.remove(0);
    }
    kept.push((key, Arc::clone(value)));
}

impl Surroundings for SettingsOfFiles<'_> {
    fn of(&mut self, path: Option<&Path>) -> Result<Arc<Held>, Trouble> {
        self.held(path).map_err(trouble)
    }

    fn layers(&self, path: Option<&Path>) -> Result<Vec<Layer>, Trouble> {
        let layers = || Ok(Layer::over_built_in(&self.setup(path)?.settings()?.catalog)?);
        layers().map_err(trouble)
    }
}

fn trouble(error: CommandError) -> Trouble {
    match error {
        CommandError::Catalogue(error) => Trouble::Faults(error.faults),
        CommandError::Wrong { message, help: Some(help) } => Trouble::Wrong(format!("{message}; {help}")),
        CommandError::Wrong { message, help: None } => Trouble::Wrong(message),
        CommandError::Reported | CommandError::ClosedPipe => {
            Trouble::Wrong("the settings cannot be read".to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_longest_ago_is_dropped() {
        let mut kept = Vec::new();
        for number in 0..KEPT {
            keep(&mut kept, number, &Arc::new(number));
        }
        assert_eq!(recall(&mut kept, &0).as_deref(), Some(&0));
        keep(&mut kept, KEPT, &Arc::new(KEPT));
        assert_eq!(recall(&mut kept, &0).as_deref(), Some(&0));
        assert_eq!(recall(&mut kept, &1), None);
    }
}
