//! The file of the settings, which all running programs share.

#[cfg(test)]
use std::fs;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{Folder, said_of_broken};
use super::in_file::{Unusable, settings_from, settings_to_text};
use crate::app::settings::Settings;
use crate::file::{self, ReadError};

/// The maximum size of the file.
const MOST_BYTES: u64 = 4 << 20;

/// The file of the settings.
#[derive(Debug)]
pub struct SettingsFile {
    path: PathBuf,
    /// The settings as this program has last read or written them.
    base: Settings,
    /// Whether a later version has written it, so that it must stay as it is.
    is_newer: bool,
}

/// What was found in the file.
#[derive(Debug)]
pub struct FoundSettings {
    /// The settings.
    pub settings: Settings,
    /// Whether there was no file.
    pub is_new: bool,
    /// What the user should know, as a sentence.
    pub said: Option<String>,
}

impl SettingsFile {
    /// Reads the settings. A file that cannot be used never stops the program.
    #[must_use]
    pub fn open(folder: &Folder) -> (Self, FoundSettings) {
        let path = folder.settings();
        let mut found = FoundSettings {
            settings: Settings::default(),
            is_new: false,
            said: None,
        };
        let mut is_newer = false;
        match read(&path) {
            Ok(settings) => found.settings = settings,
            Err(Unread::Missing) => found.is_new = true,
            Err(Unread::Newer(version)) => {
                is_newer = true;
                found.said = Some(format!(
                    "The settings were written by a later Slalom (version {version} of the file); \
                     they stay as they are, and what you change now is not kept"
                ));
            }
            Err(Unread::Broken(why)) => {
                found.said = Some(said_of_broken("The file of the settings", &path, &why));
            }
            Err(Unread::Unreadable(why)) => {
                found.said = Some(format!(
                    "The settings cannot be read: {}: {why}",
                    path.display()
                ));
            }
        }
        let base = found.settings.clone();
        let file = Self {
            path,
            base,
            is_newer,
        };
        (file, found)
    }

    /// Writes what has changed, on top of what other programs have written. Returns whether the
    /// settings are kept.
    ///
    /// # Errors
    /// Returns an error if they cannot be written; the old file is then still whole.
    pub fn write(&mut self, settings: &Settings) -> io::Result<()> {
        // One program at a time, or a change in between would be lost. Without locks, that is rare.
        let lock = self.path.with_extension("lock");
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(lock)?;
        let _ = lock.lock();
        let in_file = match read(&self.path) {
            Ok(in_file) => Some(in_file),
            Err(Unread::Newer(_)) => {
                self.is_newer = true;
                None
            }
            Err(Unread::Broken(why)) => {
                log::error!(
                    "{}",
                    said_of_broken("The file of the settings", &self.path, &why)
                );
                None
            }
            Err(Unread::Missing) => None,
            Err(Unread::Unreadable(why)) => return Err(io::Error::other(why)),
        };
        if self.is_newer {
            return Ok(());
        }
        let merged = match &in_file {
            Some(in_file) => settings.merged(&self.base, in_file.clone()),
            None => settings.clone(),
        };
        if in_file.as_ref() != Some(&merged) {
            let text = settings_to_text(&merged).map_err(io::Error::other)?;
            file::replace(&self.path, text.as_bytes())?;
        }
        self.base = settings.clone();
        Ok(())
    }
}

/// Why the file was not read.
enum Unread {
    Missing,
    Newer(u32),
    Broken(String),
    Unreadable(String),
}

fn read(path: &Path) -> Result<Settings, Unread> {
    match file::read_text(path, MOST_BYTES) {
        Ok(text) => settings_from(&text).map_err(|why| match why {
            Unusable::Newer(version) => Unread::Newer(version),
            Unusable::Broken(why) => Unread::Broken(why),
        }),
        Err(ReadError::Missing) => Err(Unread::Missing),
        Err(why @ (ReadError::NotText | ReadError::TooLarge { .. })) => {
            Err(Unread::Broken(why.to_string()))
        }
        Err(why) => Err(Unread::Unreadable(why.to_string())),
    }
}

/// Returns the settings and the only experiment that the first versions kept in one file.
///
/// # Errors
/// Returns a sentence if their file cannot be read. It is left as it is.
pub fn from_before(folder: &Folder) -> Result<Option<(Settings, Option<String>)>, String> {
    let path = folder.before();
    if !path.exists() {
        return Ok(None);
    }
    let unusable = |why: String| {
        let path = path.display();
        format!("The settings of an earlier Slalom cannot be read: {path}: {why}")
    };
    let text = file::read_text(&path, MOST_BYTES).map_err(|why| unusable(why.to_string()))?;
    let mut values: std::collections::BTreeMap<String, String> =
        ron::from_str(&text).map_err(|why| unusable(why.to_string()))?;
    let settings = match values.get("settings") {
        Some(text) => {
            let read: Result<Settings, _> = ron::from_str(text);
            read.map_err(|why| unusable(why.to_string()))?.checked()
        }
        None => Settings::default(),
    };
    Ok(Some((settings, values.remove("last experiment"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        (folder, Folder::new(path))
    }

    #[test]
    fn two_programs_share_the_file() {
        let (_temporary, folder) = folder();
        let (mut here, found) = SettingsFile::open(&folder);
        assert!(found.is_new && found.said.is_none());
        let (mut there, _) = SettingsFile::open(&folder);
        let mut mine = found.settings.clone();
        mine.digits = 5;
        mine.remember_file(Path::new("/races/mine.ron"));
        here.write(&mine).unwrap();
        let mut theirs = found.settings;
        theirs.looping = false;
        theirs.remember_file(Path::new("/races/theirs.ron"));
        there.write(&theirs).unwrap();
        mine.hint_seen = true;
        here.write(&mine).unwrap();
        let (_, found) = SettingsFile::open(&folder);
        let settings = found.settings;
        assert_eq!(
            (settings.digits, settings.looping, settings.hint_seen),
            (5, false, true)
        );
        assert_eq!(settings.recent_files.len(), 2);
    }

    /// As a full disk has left it.
    #[test]
    fn a_file_cut_to_1024_bytes_is_set_aside_and_said_once() {
        let (_temporary, folder) = folder();
        let (mut file, _) = SettingsFile::open(&folder);
        let mut settings = Settings::default();
        for number in 0..10 {
            let path = format!("/a/long/folder/with/many/races/in/it/and/a/name/race-{number}.ron");
            settings.remember_file(Path::new(&path));
        }
        file.write(&settings).unwrap();
        let whole = fs::read(folder.settings()).unwrap();
        assert!(whole.len() > 1024);
        fs::write(folder.settings(), &whole[..1024]).unwrap();

        let (mut file, found) = SettingsFile::open(&folder);
        assert_eq!(found.settings, Settings::default());
        let said = found.said.unwrap();
        assert!(
            said.starts_with("The file of the settings is broken ("),
            "{said}"
        );
        let aside = folder.path().join("settings-broken-1.ron");
        assert!(said.ends_with(aside.to_str().unwrap()), "{said}");
        assert_eq!(fs::read(aside).unwrap(), &whole[..1024]);

        file.write(&settings).unwrap();
        let (_, found) = SettingsFile::open(&folder);
        assert!(found.said.is_none());
        assert_eq!(found.settings, settings);
    }

    #[test]
    fn a_later_file_is_never_overwritten() {
        let (_temporary, folder) = folder();
        let later = "(version: 2, settings: (colour: Sepia))";
        fs::write(folder.settings(), later).unwrap();
        let (mut file, found) = SettingsFile::open(&folder);
        assert!(found.said.unwrap().contains("later Slalom"));
        file.write(&Settings::default()).unwrap();
        assert_eq!(fs::read_to_string(folder.settings()).unwrap(), later);
        // It may also arrive while this program runs.
        fs::remove_file(folder.settings()).unwrap();
        let (mut file, _) = SettingsFile::open(&folder);
        fs::write(folder.settings(), later).unwrap();
        file.write(&Settings::default()).unwrap();
        assert_eq!(fs::read_to_string(folder.settings()).unwrap(), later);
    }

    #[test]
    fn a_folder_in_place_of_the_file_or_none_at_all_is_said() {
        let (_temporary, folder) = folder();
        fs::create_dir(folder.settings()).unwrap();
        let (mut file, found) = SettingsFile::open(&folder);
        let said = found.said.unwrap();
        assert!(said.starts_with("The settings cannot be read: "), "{said}");
        assert!(file.write(&Settings::default()).is_err());

        let nowhere = Folder::new(folder.path().join("nowhere"));
        let (mut file, found) = SettingsFile::open(&nowhere);
        assert!(found.is_new);
        assert!(file.write(&Settings::default()).is_err());
    }

    #[test]
    fn what_an_earlier_version_kept_is_read_and_left_alone() {
        let (_temporary, folder) = folder();
        assert_eq!(from_before(&folder), Ok(None));
        let before = r#"{
            "last experiment": "(version: 1, surface: Saddle)",
            "settings": "(theme:Light,scale:1.25,recent_files:[\"/races/one.ron\"],gone:3)",
            "window": "(inner_size_points:Some((x:1280.0,y:800.0)))",
        }"#;
        fs::write(folder.before(), before).unwrap();
        let (settings, experiment) = from_before(&folder).unwrap().unwrap();
        assert_eq!(settings.theme, egui::ThemePreference::Light);
        assert_eq!((settings.scale, settings.recent_files.len()), (1.25, 1));
        assert_eq!(experiment.unwrap(), "(version: 1, surface: Saddle)");
        fs::write(folder.before(), &before[..100]).unwrap();
        let said = from_before(&folder).unwrap_err();
        assert!(
            said.starts_with("The settings of an earlier Slalom"),
            "{said}"
        );
        assert_eq!(fs::read_to_string(folder.before()).unwrap(), &before[..100]);
    }
}
