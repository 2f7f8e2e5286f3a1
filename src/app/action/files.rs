//! Opening and saving files, and the clipboard.

use std::path::{Path, PathBuf};

use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::ghost;
use crate::app::workspace::{Asked, State};
use crate::experiment::{Experiment, Racer};
use crate::export::code;
use crate::export::code::paste::{self, Pasted};
use crate::optimizer::{Adam, GradientDescent, OptimizerChoice};
use crate::preset::{self, Preset, PresetError, Recordings, is_recording, recordings};
use crate::surface::SurfaceChoice;
use crate::table::{Table, Wanted};

impl State {
    pub(super) fn replace(&mut self, preset: impl Into<Preset>, path: Option<PathBuf>) {
        let document = Document::new(preset, path, true);
        *self.document_mut() = document;
        self.game = None;
        self.set_up();
        self.notice = None;
        self.asked = None;
    }

    pub(super) fn open(&mut self, opened: Result<Preset, PresetError>, path: Option<PathBuf>) {
        match opened {
            Ok(preset) => self.replace(preset, path),
            Err(error) => {
                self.asked = None;
                self.fail(error.to_string());
            }
        }
    }

    pub(super) fn use_surface(&mut self, mut surface: SurfaceChoice) {
        let folder = self.document().path.clone();
        let folder = folder.as_deref().and_then(Path::parent);
        match surface.load(folder) {
            Ok(()) => {
                self.asked = None;
                self.change(Change::Surface(surface));
            }
            Err(error) => self.fail(error.to_string()),
        }
    }

    pub(super) fn copy_code(&mut self, racer: Option<usize>, library: code::Framework) {
        let experiment = self.document().experiment();
        let script = match racer {
            Some(index) => code::script_of(experiment, &[index], library),
            None => code::script(experiment, library),
        };
        self.clipboard = Some(script);
        self.say(format!(
            "Copied a {} script; it prints the same numbers as `slalom run`",
            library.label()
        ));
    }

    /// Adds the racer of a library's constructor; ignores any other text.
    pub(super) fn add_text(&mut self, text: &str) {
        match paste::read(text) {
            None => {}
            Some(Err(error)) => self.fail(error.to_string()),
            Some(Ok(Pasted { racer, library })) => {
                let title = racer.plan.optimizer.rule().about().title;
                self.change(Change::AddRacer(Box::new(racer)));
                // Otherwise, the notice says why the change failed.
                if self.notice.is_none() {
                    self.say(format!("Added {title} as {} defines it", library.label()));
                }
            }
        }
    }

    /// Opens a table as a path for comparison or, if it holds none, as data to fit a model to.
    pub(super) fn open_table(&mut self, path: &Path) {
        self.asked = None;
        match Table::open(path, &Wanted::default()) {
            Ok(table) if !is_recording(&table) => {
                self.asked = Some(Asked::Data(Some(path.to_owned())));
            }
            Ok(table) => self.import(path, recordings(path, &table)),
            Err(error) => self.import(path, Err(error.into())),
        }
    }

    fn import(&mut self, path: &Path, read: Result<Recordings, PresetError>) {
        let document = self.document_mut();
        match read {
            Ok(recordings) => {
                let paths = ghost::imported(recordings, &**document.race.surface());
                let what = if paths.len() == 1 { "a path" } else { "paths" };
                document.imported.extend(paths);
                self.say(format!("Imported {what} from {}", path.display()));
            }
            Err(error) => self.fail(error.to_string()),
        }
    }

    pub(super) fn save(&mut self, path: &Path) {
        match preset::save(path, &self.document().preset()) {
            Ok(()) => {
                self.document_mut().mark_saved(path.to_owned());
                self.asked = None;
                self.say(format!("Saved to {}", path.display()));
                if let Some(next) = self.after_saving.take() {
                    // Another tab may be unsaved, too.
                    self.apply(*next);
                }
            }
            Err(error) => {
                self.fail(error.to_string());
                // While the dialog is open, the user can choose another file.
                if self.asked.is_none() {
                    self.after_saving = None;
                }
            }
        }
    }

    pub(super) fn share(&mut self) {
        match preset::to_text(&self.document().preset()) {
            Ok(text) => {
                self.clipboard = Some(text);
                self.say("Copied the preset as text; paste it into a Slalom window to open it");
            }
            Err(error) => self.fail(error.to_string()),
        }
    }
}

/// Returns what "New" opens: two racers on Rosenbrock's valley to start from.
pub fn new_experiment() -> Experiment {
    let racer = |optimizer| Racer::new(optimizer);
    Experiment {
        title: "New experiment".into(),
        surface: SurfaceChoice::Rosenbrock,
        start: [-1.5, 2.0],
        racers: vec![
            racer(OptimizerChoice::GradientDescent(GradientDescent {
                learning_rate: 0.001,
            })),
            racer(OptimizerChoice::Adam(Adam {
                learning_rate: 0.1,
                ..Adam::default()
            })),
        ],
        ..Experiment::default()
    }
}
