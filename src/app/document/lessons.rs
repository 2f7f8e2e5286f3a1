//! The lessons before and after a lesson.

use std::path::{Path, PathBuf};

use super::source::Source;
use crate::preset::{self, BuiltIn, Preset, TOUR};

/// The location of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonAt {
    /// A lesson of the tour.
    BuiltIn(&'static str),
    /// A file.
    File(PathBuf),
}

/// The lessons before and after a lesson, and its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The previous lesson.
    pub before: Option<LessonAt>,
    /// The next lesson.
    pub after: Option<LessonAt>,
    /// The lesson's number, from 1, and the number of lessons.
    pub index: Option<[usize; 2]>,
}

impl Neighbours {
    /// Finds the neighbours of a lesson in its folder or in the tour.
    #[must_use]
    pub fn of(preset: &Preset, source: &Source) -> Self {
        match source {
            _ if preset.lesson.is_none() => Self::default(),
            Source::File(path) => Self::of_file(path),
            Source::BuiltIn(name) => Self::of_built_in(name),
            Source::New => Self::of_title(&preset.experiment.title),
        }
    }

    /// Finds the neighbours of the tour's lesson with this title.
    fn of_title(title: &str) -> Self {
        let has_title = |lesson: &&BuiltIn| lesson.title() == Some(title);
        let found = TOUR.iter().find(has_title);
        found.map_or_else(Self::default, |lesson| Self::of_built_in(lesson.name))
    }

    fn of_built_in(name: &str) -> Self {
        let lesson = |found: Option<&'static BuiltIn>| found.map(|it| LessonAt::BuiltIn(it.name));
        let [before, after] = BuiltIn::neighbours(name).map(lesson);
        let index = TOUR.iter().position(|lesson| lesson.name == name);
        Self {
            before,
            after,
            index: index.map(|index| [index + 1, TOUR.len()]),
        }
    }

    fn of_file(path: &Path) -> Self {
        let [before, after] = preset::neighbours(path).map(|found| found.map(LessonAt::File));
        Self {
            before,
            after,
            index: None,
        }
    }
}
