//! The structure of a preset file, version 1.

use std::path::Path;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::explain::explain;
use super::locate::{locate, word_at};
use super::tokens::Position;
use super::{Carried, Preset, PresetError, ViewSettings};
use crate::experiment::{Experiment, Fault, FaultKind, Lesson, Location, Racer};
use crate::file::{DataFile, leads_out};
use crate::surface::data::DataError;
use crate::surface::{Shape, SurfaceChoice};
use crate::text::{brief, message};

/// The version that this program writes. Older versions stay readable.
const VERSION: u32 = 1;

/// A preset as stored in its file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Preset", deny_unknown_fields)]
struct InFile {
    version: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    surface: SurfaceChoice,
    #[serde(default, skip_serializing_if = "is_zero")]
    rotation: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    condition: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<(f64, f64)>,
    steps: usize,
    #[serde(default)]
    seed: u64,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    seeds: usize,
    racers: Vec<Racer>,
    #[serde(default, skip_serializing_if = "ViewSettings::is_empty")]
    view: ViewSettings,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lesson: Option<Lesson>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

fn one() -> usize {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_one(number: &usize) -> bool {
    *number == 1
}

impl From<InFile> for Preset {
    fn from(file: InFile) -> Self {
        Self {
            experiment: Experiment {
                title: file.title,
                notes: file.notes,
                surface: file.surface,
                shape: Shape {
                    rotation: file.rotation,
                    condition: file.condition,
                },
                start: file.start.unwrap_or_default().into(),
                steps: file.steps,
                seed: file.seed,
                seeds: file.seeds,
                racers: file.racers,
            },
            view: file.view,
            lesson: file.lesson,
        }
    }
}

/// RON options that allow plain optional values and variants: `name: "…"`, `Adam(learning_rate:
/// 0.1)`.
fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Where the files are that a preset names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// Nowhere: a text from a stranger reads no file.
    Nowhere,
    /// In this folder, to which paths are relative, and nowhere else.
    Folder(&'a Path),
    /// Anywhere on disk. Paths are relative to this folder; without one, a relative path means
    /// nothing.
    Anywhere(Option<&'a Path>),
    /// Among these, and nowhere else.
    Carried(&'a Carried),
}

impl Origin<'_> {
    /// Returns the surface with the data that it names loaded.
    fn load(self, surface: &SurfaceChoice) -> Result<SurfaceChoice, DataError> {
        let folder = match self {
            Self::Folder(folder) => Some(folder),
            Self::Anywhere(folder) => folder,
            Self::Nowhere | Self::Carried(_) => None,
        };
        let mut surface = surface.with_files(|field, file| {
            // Reading the surface reports an empty path.
            if file.as_os_str().is_empty() {
                return Ok(file.clone());
            }
            self.file(file).map_err(|fault| fault.at(field, None))
        })?;
        surface.load(folder)?;
        Ok(surface)
    }

    /// Returns a file as it may be read, before anything on disk is looked at.
    fn file(self, file: &DataFile) -> Result<DataFile, DataError> {
        let name = file.to_string_lossy();
        let outside = || DataError::Outside {
            file: name.clone().into_owned(),
        };
        match self {
            Self::Anywhere(_) => Ok(file.clone()),
            Self::Nowhere | Self::Folder(_) if leads_out(file) => Err(outside()),
            Self::Nowhere => Err(DataError::NoFiles {
                file: name.into_owned(),
            }),
            Self::Folder(folder) => Ok(file.kept_in(folder)),
            Self::Carried(files) => {
                let missing = || DataError::NotCarried { file: brief(&name) };
                files.file(&name).ok_or_else(missing)
            }
        }
    }
}

/// Reads a preset that does not come from a file. It may use built-in data, but reads no file.
///
/// # Errors
/// Returns [`PresetError::Fault`] with the location of the first fault.
pub fn from_text(file: &str, text: &str) -> Result<Preset, PresetError> {
    read(file, text, Origin::Nowhere)
}

/// Reads a preset and its data, which are at `origin`.
pub(super) fn read(file: &str, text: &str, origin: Origin<'_>) -> Result<Preset, PresetError> {
    let wrong = |(at, fault)| PresetError::Fault {
        file: file.to_owned(),
        at,
        fault,
    };
    // Some editors start a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_version(text).map_err(wrong)?;
    let file: InFile = options()
        .from_str(text)
        .map_err(|fault| wrong(explain(&fault, text)))?;
    check_start(&file).map_err(|fault| wrong((locate(text, &fault.location), fault)))?;
    let mut preset = Preset::from(file);
    let loaded = origin.load(&preset.experiment.surface);
    preset.experiment.surface = loaded.map_err(|fault| {
        let mut location = Location::default().field("surface").field(fault.field());
        if let Some(entry) = fault.entry() {
            location = location.entry(entry);
        }
        let at = locate(text, &location);
        let kind = if fault.is_outside() {
            FaultKind::Outside
        } else {
            FaultKind::Data
        };
        let typed = preset.experiment.surface.typed();
        let mistake = fault.in_formula();
        let excerpt = mistake
            .zip(typed)
            .map(|(mistake, typed)| mistake.caret(&typed.loss));
        let what = message(&fault.to_string());
        let fault = Fault {
            what,
            location,
            kind,
            excerpt,
        };
        wrong((at, fault))
    })?;
    preset.check().map_err(|fault| {
        let what = message(&fault.what);
        wrong((locate(text, &fault.location), Fault { what, ..fault }))
    })?;
    Ok(preset)
}

/// Checks that a start is given exactly where the surface does not say where a race begins.
fn check_start(file: &InFile) -> Result<(), Fault> {
    let location = Location::default().field("start");
    match (file.start, file.surface.has_own_start()) {
        (None, false) => Err(Fault {
            what: "the field start is missing".to_owned(),
            location,
            kind: FaultKind::MissingField,
            excerpt: None,
        }),
        (Some(_), true) => {
            let what = "a network starts from its initial weights; leave start out, and choose them \
                        with initial";
            Err(Fault::conflict(what.to_owned(), location))
        }
        _ => Ok(()),
    }
}

/// Returns the text of a preset, with every hyper-parameter written out. View settings or a goal
/// that no longer fit the race, because its racer is gone, are left out.
///
/// # Errors
/// Returns an error if a value cannot be written as RON.
pub fn to_text(preset: &Preset) -> Result<String, ron::Error> {
    let mut view = preset.view.clone();
    if preset.check_view().is_err() {
        view = ViewSettings::default();
    }
    let mut lesson = preset.lesson.clone();
    if preset.check_lesson().is_err() {
        // Perhaps only what was allowed is gone with a racer's rule.
        let mut free = preset.clone();
        let goal = free.lesson.as_mut().and_then(|it| it.goal.as_mut());
        if let Some(goal) = goal {
            goal.allows = None;
        }
        if free.check_lesson().is_err()
            && let Some(lesson) = &mut free.lesson
        {
            lesson.goal = None;
        }
        lesson = free.lesson;
    }
    let experiment = &preset.experiment;
    let file = InFile {
        version: VERSION,
        title: experiment.title.clone(),
        notes: experiment.notes.clone(),
        surface: experiment.surface.clone(),
        rotation: experiment.shape.rotation,
        condition: experiment.shape.condition,
        start: (!experiment.surface.has_own_start()).then_some(experiment.start.into()),
        steps: experiment.steps,
        seed: experiment.seed,
        seeds: experiment.seeds,
        racers: experiment.racers.clone(),
        view,
        lesson,
    };
    // One line per field and per racer.
    let pretty = PrettyConfig::new().depth_limit(2).new_line("\n");
    let mut text = options().to_string_pretty(&file, pretty)?;
    text.push('\n');
    Ok(text)
}

/// Checks the version first, as a later one would cause confusing errors about its new fields.
fn check_version(text: &str) -> Result<(), (Position, Fault)> {
    let location = Location::default().field("version");
    let (at, what) = match word_at(text, &location).map(|(word, at)| (word.parse::<u64>(), at)) {
        Some((Ok(0), at)) => (at, "there is no version 0; versions start at 1".to_owned()),
        Some((Ok(version), at)) if version > u64::from(VERSION) => (
            at,
            format!(
                "this preset is of version {version}, but this Slalom reads only up to version \
                 {VERSION}"
            ),
        ),
        // The parser reports everything else that is wrong with it.
        _ => return Ok(()),
    };
    let kind = FaultKind::Version;
    Err((
        at,
        Fault {
            what,
            location,
            kind,
            excerpt: None,
        },
    ))
}
