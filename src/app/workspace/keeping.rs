//! Keeping rules and surfaces of one's own in the library.

use super::{Asked, Workspace};
use crate::app::settings::library::Entry;

impl Workspace {
    /// Keeps a rule or a surface in the library. If it has no name, or that of another one, the user
    /// is asked first.
    pub fn ask_or_keep(&mut self, entry: Entry) {
        let kind = entry.kind();
        match self.settings.library.in_place_of(&entry) {
            Some(known) if *known == entry => {
                self.say(format!(
                    "This {kind} is in your library as “{}”",
                    entry.name()
                ));
            }
            None if kind == "rule" => self.keep_in_library(entry),
            _ => self.asked = Some(Asked::Keep(Box::new(entry))),
        }
    }

    /// Keeps a rule or a surface in the library, in place of one of the same name.
    pub fn keep_in_library(&mut self, entry: Entry) {
        let name = entry.name().to_owned();
        match self.settings.library.keep(entry) {
            Ok(()) => {
                self.asked = None;
                self.say(format!("“{name}” is in your library now"));
            }
            Err(full) => self.fail(full.to_string()),
        }
    }
}
