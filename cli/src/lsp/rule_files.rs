//! Files of the catalogue, opened from the editor.

use std::fs;
use std::path::{Path, PathBuf};

use byname::catalogue::Layer;
use tempfile::TempDir;

/// Temporary copies of catalogue files that are built in or lie in an archive, made to be shown in the
/// editor. The folder is deleted when the server ends.
#[derive(Debug, Default)]
pub(super) struct RuleFiles {
    folder: Option<TempDir>,
}

impl RuleFiles {
    /// Returns the path on disk of a catalogue file: the user's own file if it lies in a folder, else a copy.
    ///
    /// # Errors
    /// If the catalogue has no such file, or its copy cannot be written.
    pub(super) fn place(&mut self, layers: &[Layer], path: &str) -> Result<PathBuf, String> {
        let found = layers
            .iter()
            .rev()
            .find_map(|layer| layer.files.iter().find(|file| file.path == path).map(|file| (layer, file)));
        let (layer, file) = found.ok_or_else(|| format!("the catalogue has no file {path:?}"))?;
        let own = Path::new(&layer.name).join(path);
        if Path::new(&layer.name).is_dir() && own.is_file() {
            return std::path::absolute(&own).map_err(|error| error.to_string());
        }
        let failed = |error: std::io::Error| format!("{path} cannot be written to be shown: {error}");
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => tempfile::Builder::new().prefix("byname-").tempdir().map_err(failed)?,
        };
        let place = self.folder.insert(folder).path().join(path);
        fs::create_dir_all(place.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let note = "# This is a copy: what is changed here changes nothing. `byname rules new` writes rules of your own.\n";
        fs::write(&place, format!("{note}{}", file.text)).map_err(failed)?;
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_the_program_is_copied_and_one_of_the_user_is_opened_where_it_lies() {
        let own = tempfile::tempdir().unwrap();
        fs::create_dir_all(own.path().join("rules/described")).unwrap();
        fs::write(own.path().join("rules/described/mine.toml"), "# mine").unwrap();
        let layers = [Layer::built_in(), Layer::read(own.path()).unwrap()];
        let mut files = RuleFiles::default();
        assert_eq!(
            files.place(&layers, "rules/described/mine.toml").unwrap(),
            own.path().join("rules/described/mine.toml")
        );
        let copy = files.place(&layers, "profiles/disclosure.toml").unwrap();
        let text = fs::read_to_string(&copy).unwrap();
        assert!(text.starts_with("# This is a copy") && text.contains("named-elsewhere"));
        drop(files);
        assert!(!copy.exists());
    }

    #[test]
    fn nothing_but_files_of_the_catalogue_is_opened() {
        let mut files = RuleFiles::default();
        for path in ["../../etc/passwd", "/etc/passwd", "", "rules/described/no-such-rule.toml"] {
            assert!(files.place(&[Layer::built_in()], path).unwrap_err().contains("no file"));
        }
    }
}
