//! A tab as it is stored in a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::document::kept::Kept;
use crate::app::document::source::Source;
use crate::experiment::Experiment;
use crate::preset::{self, BuiltIn, Preset, Trust};

/// A tab as stored in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Tab")]
pub struct TabInFile {
    /// The file from which it was opened.
    #[serde(default)]
    file: Option<FilePath>,
    /// The built-in preset from which it was opened.
    #[serde(default)]
    built_in: Option<String>,
    #[serde(default)]
    playhead: f64,
    #[serde(default)]
    playing: bool,
    /// The text of the preset.
    preset: String,
    /// The text of the preset as it was opened or saved, if it has changed since then.
    #[serde(default)]
    saved: Option<String>,
}

/// A path in a file. Some systems allow paths that are no text.
#[derive(Serialize, Deserialize)]
enum FilePath {
    Text(String),
    Bytes(Vec<u8>),
}

impl FilePath {
    fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_owned()),
        }
    }

    fn path(self) -> PathBuf {
        match self {
            Self::Text(text) => text.into(),
            #[cfg(unix)]
            Self::Bytes(bytes) => {
                use std::os::unix::ffi::OsStringExt as _;
                std::ffi::OsString::from_vec(bytes).into()
            }
            #[cfg(not(unix))]
            Self::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        }
    }
}

/// A tab that cannot be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The text of its preset.
    pub text: String,
    /// Why it cannot be restored.
    pub why: String,
}

/// Returns the text of a preset, with the data that are in no folder as far as a link can hold them.
fn text(preset: &Preset) -> Result<String, ron::Error> {
    preset::to_text_or_link(preset).or_else(|_| preset::to_text(preset))
}

impl TabInFile {
    /// Returns what is stored of a tab.
    ///
    /// # Errors
    /// Returns an error if a value cannot be written as RON.
    pub fn of(tab: &Kept) -> Result<Self, ron::Error> {
        let saved = |saved: &Arc<Experiment>| text(&Experiment::clone(saved).into());
        let file = tab.source.path();
        let whole = file.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.into()));
        Ok(Self {
            file: whole.as_deref().map(FilePath::of),
            built_in: match tab.source {
                Source::BuiltIn(name) => Some(name.to_owned()),
                Source::New | Source::File(_) => None,
            },
            playhead: tab.playhead,
            playing: tab.playing,
            preset: text(&tab.preset)?,
            saved: tab.saved.as_ref().map(saved).transpose()?,
        })
    }

    /// Reads the tab and its data.
    ///
    /// # Errors
    /// Returns the text of the preset and the reason if that is not possible.
    pub fn read(self) -> Result<Kept, Lost> {
        let read = |text: &str| Trust::Anywhere.read("the tab", text);
        let preset: Preset = match read(&self.preset) {
            Ok(preset) => preset,
            Err(error) => {
                let why = error.to_string();
                let text = self.preset;
                return Err(Lost { text, why });
            }
        };
        let built_in = self.built_in.as_deref().and_then(BuiltIn::named);
        let file = self.file.map(FilePath::path);
        // Where the state before the changes cannot be read, there are changes nevertheless.
        let saved = self.saved.map(|text| read(&text).unwrap_or_default());
        Ok(Kept {
            preset: Arc::new(preset),
            saved: saved.map(|it| Arc::new(it.experiment)),
            source: match (file, built_in) {
                (Some(path), _) => Source::File(path),
                (None, Some(built_in)) => Source::BuiltIn(built_in.name),
                (None, None) => Source::New,
            },
            playhead: self.playhead,
            playing: self.playing,
            adrift: false,
        })
    }
}

impl Kept {
    /// Returns the tab of the only experiment that earlier versions kept.
    ///
    /// # Errors
    /// Returns the text if it cannot be read.
    pub fn of_text(text: &str) -> Result<Self, Lost> {
        let tab = TabInFile {
            file: None,
            built_in: None,
            playhead: 0.0,
            playing: true,
            preset: text.to_owned(),
            saved: None,
        };
        tab.read()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_no_text_is_kept() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = std::ffi::OsStr::from_bytes(b"/races/\xff.ron");
        let tab = Kept {
            preset: Arc::new(preset::load_built_in(preset::FIRST).unwrap()),
            saved: None,
            source: Source::File(path.into()),
            playhead: 1.5,
            playing: true,
            adrift: false,
        };
        let text = ron::to_string(&TabInFile::of(&tab).unwrap()).unwrap();
        let read: TabInFile = ron::from_str(&text).unwrap();
        assert_eq!(read.read(), Ok(tab));
    }
}
