//! The files in which settings and sessions are kept: RON with a version.

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::session::{Compared, Session};
use super::tab_in_file::{Lost, TabInFile};
use crate::app::settings::Settings;
use crate::text::one_line;

/// The version of both files that this program writes.
const VERSION: u32 = 1;

/// Why a file of settings or of a session cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A later version of the program has written it.
    #[error("it is of version {0}, but this Slalom reads only up to version {VERSION}")]
    Newer(u32),
    /// It is cut or was changed by something else.
    #[error("{0}")]
    Broken(String),
}

impl Unusable {
    fn broken(cause: &impl ToString) -> Self {
        Self::Broken(one_line(&cause.to_string()))
    }
}

/// The version of any file, whatever else it contains.
#[derive(Deserialize)]
#[serde(rename = "Session")]
struct AnyVersion {
    version: u32,
}

/// Checks the version first: a later one may have any content.
fn check_version(text: &str) -> Result<(), Unusable> {
    let after = |word| Some(text.split_once(word)?.1.trim_start());
    let found = match ron::from_str::<AnyVersion>(text) {
        Ok(found) => Some(found.version),
        // What a later version writes need not be readable otherwise.
        Err(_) => after("version").and_then(|text| {
            let text = text.strip_prefix(':')?.trim_start();
            let end = text.find(|letter: char| !letter.is_ascii_digit())?;
            text.get(..end)?.parse().ok()
        }),
    };
    match found {
        Some(version) if version > VERSION => Err(Unusable::Newer(version)),
        _ => Ok(()),
    }
}

fn pretty() -> PrettyConfig {
    // Presets stay readable in it: a raw string for each.
    PrettyConfig::new().new_line("\n").escape_strings(false)
}

/// The settings as stored in their file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Settings")]
struct SettingsInFile {
    version: u32,
    settings: Settings,
}

/// Reads settings.
///
/// # Errors
/// Returns an error if they are of a later version or cannot be read.
pub fn settings_from(text: &str) -> Result<Settings, Unusable> {
    check_version(text)?;
    let file: SettingsInFile = ron::from_str(text).map_err(|it| Unusable::broken(&it))?;
    Ok(file.settings.checked())
}

/// Returns the text of a file of settings.
///
/// # Errors
/// Returns an error if a value cannot be written as RON.
pub fn settings_to_text(settings: &Settings) -> Result<String, ron::Error> {
    let file = SettingsInFile {
        version: VERSION,
        settings: settings.clone().checked(),
    };
    ron::ser::to_string_pretty(&file, pretty())
}

/// A session as stored in its file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Session")]
struct SessionInFile {
    version: u32,
    #[serde(default)]
    ended: bool,
    #[serde(default)]
    active: usize,
    #[serde(default)]
    comparison: Option<Compared>,
    tabs: Vec<TabInFile>,
}

/// Reads a session, and the data of its tabs. Tabs that cannot be restored are returned beside it.
///
/// # Errors
/// Returns an error if the session is of a later version or cannot be read.
pub fn session_from(text: &str) -> Result<(Session, Vec<Lost>), Unusable> {
    check_version(text)?;
    let file: SessionInFile = ron::from_str(text).map_err(|it| Unusable::broken(&it))?;
    let mut session = Session {
        tabs: Vec::new(),
        active: file.active,
        comparison: file.comparison,
        ended: file.ended,
    };
    let mut lost = Vec::new();
    // Where the tabs that are lost stood.
    let mut gaps = Vec::new();
    for (index, tab) in file.tabs.into_iter().enumerate() {
        match tab.read() {
            Ok(tab) => session.tabs.push(tab),
            Err(tab) => {
                gaps.push(index);
                lost.push(tab);
            }
        }
    }
    session.close_gaps(&gaps);
    Ok((session, lost))
}

impl Session {
    /// Moves the indices of tabs to where they are without those that are missing.
    fn close_gaps(&mut self, gaps: &[usize]) {
        let moved = |index: usize| index - gaps.iter().filter(|gap| **gap < index).count();
        let is_there = |index: &usize| !gaps.contains(index) && moved(*index) < self.tabs.len();
        let comparison = self
            .comparison
            .filter(|it| is_there(&it.a) && is_there(&it.b));
        self.comparison = comparison.map(|it| Compared {
            a: moved(it.a),
            b: moved(it.b),
            ..it
        });
        self.active = moved(self.active).min(self.tabs.len().saturating_sub(1));
    }

    /// Returns the text of its file.
    ///
    /// # Errors
    /// Returns an error if a value cannot be written as RON.
    pub fn to_text(&self) -> Result<String, ron::Error> {
        let tabs: Result<Vec<TabInFile>, ron::Error> =
            self.tabs.iter().map(TabInFile::of).collect();
        let file = SessionInFile {
            version: VERSION,
            ended: self.ended,
            active: self.active,
            comparison: self.comparison,
            tabs: tabs?,
        };
        ron::ser::to_string_pretty(&file, pretty())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::document::kept::Kept;
    use crate::app::document::source::Source;
    use crate::experiment::Experiment;
    use crate::preset;

    fn tab(title: &str, source: Source) -> Kept {
        let experiment = Experiment {
            title: title.to_owned(),
            ..preset::load_built_in(preset::FIRST).unwrap().experiment
        };
        Kept {
            preset: Arc::new(experiment.into()),
            saved: None,
            source,
            playhead: 12.5,
            playing: false,
            adrift: false,
        }
    }

    fn session() -> Session {
        let mut changed = tab("A \"title\" with\na line and \"# in it", Source::New);
        changed.saved = Some(Arc::new(Experiment::default()));
        let path = std::path::absolute("race.ron").unwrap();
        Session {
            tabs: vec![
                changed,
                tab("second", Source::File(path)),
                tab("third", Source::BuiltIn(preset::FIRST)),
            ],
            active: 2,
            comparison: Some(Compared {
                a: 1,
                b: 2,
                ghosts: true,
                racers: false,
            }),
            ended: false,
        }
    }

    #[test]
    fn a_session_is_read_as_it_was_written() {
        let text = session().to_text().unwrap();
        assert_eq!(session_from(&text), Ok((session(), Vec::new())), "{text}");
    }

    #[test]
    fn a_race_from_a_link_keeps_its_data() {
        let folder = tempfile::tempdir().unwrap();
        let table = "x,y\n1,2\n2,3.5\n3,5\n";
        std::fs::write(folder.path().join("points.csv"), table).unwrap();
        let race =
            "(version: 1, surface: LinearRegression(data: \"points.csv\", x: \"x\", y: \"y\"),
            start: (0.0, 0.0), steps: 5, racers: [(optimizer: Adam(learning_rate: 0.1))])";
        let file = folder.path().join("race.ron");
        std::fs::write(&file, race).unwrap();
        let link = preset::link(&preset::open(&file).unwrap()).unwrap();
        drop(folder);
        let mut session = session();
        session.tabs[0].preset = Arc::new(preset::read_link("link", &link).unwrap());
        let (read, lost) = session_from(&session.to_text().unwrap()).unwrap();
        assert_eq!(lost, Vec::new());
        assert!(preset::carries_data(&read.tabs[0].preset));
    }

    #[test]
    fn a_session_cut_anywhere_is_broken_and_a_later_one_is_newer() {
        let text = session().to_text().unwrap();
        let ends = text.char_indices().map(|(end, _)| end).step_by(37);
        for end in ends {
            let read = session_from(&text[..end]);
            assert!(matches!(read, Err(Unusable::Broken(_))), "{end}: {read:?}");
        }
        let later = text.replacen("version: 1", "version: 2", 1);
        assert_eq!(session_from(&later), Err(Unusable::Newer(2)));
        let strange = "Session {\n version: 31,\n tabs <- [] }";
        assert_eq!(session_from(strange), Err(Unusable::Newer(31)));
    }

    #[test]
    fn a_tab_that_cannot_be_read_is_lost_alone() {
        let mut session = session();
        let text = session.to_text().unwrap();
        let text = text.replacen("surface: ", "surface: No", 1);
        let (read, lost) = session_from(&text).unwrap();
        session.tabs.remove(0);
        session.active = 1;
        session.comparison = session.comparison.map(|it| Compared { a: 0, b: 1, ..it });
        assert_eq!(read, session);
        let [lost] = &lost[..] else {
            panic!("{lost:?}");
        };
        assert!(lost.text.contains("surface: No"), "{}", lost.text);
        assert!(lost.why.contains("the tab:"), "{}", lost.why);
    }

    #[test]
    fn settings_are_read_as_they_were_written_and_later_ones_are_newer() {
        let settings = Settings {
            speed: 2.0,
            ..Settings::default()
        };
        let text = settings_to_text(&settings).unwrap();
        assert_eq!(settings_from(&text), Ok(settings));
        let later = text.replacen("version: 1", "version: 2", 1);
        assert_eq!(settings_from(&later), Err(Unusable::Newer(2)));
        for end in 0..text.len() {
            let read = settings_from(&text[..end]);
            assert!(matches!(read, Err(Unusable::Broken(_))), "{end}: {read:?}");
        }
    }
}
