//! Opening and saving files, and the clipboard.

use std::path::{Path, PathBuf};

use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::ghost;
use crate::app::document::ids::{DocumentId, RacerId};
use crate::app::document::source::Source;
use crate::app::games::{GameKind, Ladder};
use crate::app::ports::files;
use crate::app::workspace::{
    Arrived, Asked, Comparison, LinkTo, Next, Opening, Target, Waiting, Workspace,
};
use crate::experiment::{Experiment, Racer};
use crate::export::code::paste::{self, Pasted};
use crate::export::code::{self, Framework};
use crate::number::count;
use crate::optimizer::{Adam, GradientDescent, OptimizerChoice};
use crate::preset::{
    self, Form, Preset, PresetError, Recordings, Saved, Trust, is_recording, is_table, recordings,
};
use crate::surface::grid::is_landscape;
use crate::surface::{Grid, SurfaceChoice};
use crate::table::{Table, Wanted};

/// The most letters of an address: what chats, mails and browsers take whole.
pub const LONGEST_ADDRESS: usize = 8000;

impl Workspace {
    /// Opens something in place of the active document.
    pub(super) fn open(&mut self, opening: Opening) {
        match opening {
            Opening::Game(kind) => {
                let race = (kind == GameKind::Ladder).then(Ladder::experiment);
                if let Some(race) = race {
                    self.replace(Document::new(race, Source::New));
                }
                self.asked = None;
                self.begin_game(kind);
            }
            opening => self.read(opening, Target::Here, Trust::Folder),
        }
    }

    /// Opens the preset that the dialog asks about, with data outside of its folder.
    pub(super) fn allow(&mut self) {
        if let Some(Asked::Outside {
            opening, target, ..
        }) = self.asked.take()
        {
            self.read(opening, target, Trust::Anywhere);
        }
    }

    /// Opens something in a new tab.
    pub(super) fn open_beside(&mut self, opening: Opening) {
        self.read(opening, Target::Beside, Trust::Folder);
    }

    /// Opens something in a new tab and compares the active document with it.
    pub(super) fn open_compared(&mut self, opening: Opening) {
        self.read(opening, Target::Compared, Trust::Folder);
    }

    /// Starts to read what is to be opened.
    fn read(&mut self, opening: Opening, target: Target, trust: Trust) {
        let asked = opening.clone();
        let waiting = match opening {
            Opening::New => {
                let new = || Ok((new_experiment().into(), Source::New));
                Waiting::for_preset(asked, new, target)
            }
            Opening::BuiltIn(name) => {
                let load = move || Ok((preset::load_built_in(name)?, Source::BuiltIn(name)));
                Waiting::for_preset(asked, load, target)
            }
            Opening::Text(text) => {
                let name = if preset::is_link(&text) {
                    "the link"
                } else {
                    "pasted text"
                };
                let read = move || Ok((trust.read(name, &text)?, Source::New));
                Waiting::for_preset(asked, read, target)
            }
            Opening::File(path) => Waiting::for_preset(asked, move || opened(path, trust), target),
            Opening::Game(_) => return,
        };
        if let Some(arrived) = self.wait_for(waiting) {
            self.take(arrived);
        }
    }

    /// Shows what has been read, or says why there is nothing to show.
    pub fn take(&mut self, arrived: Arrived) {
        match arrived {
            Arrived::Document(read, target) => match *read {
                Ok(document) => {
                    if let Some(path) = document.source.path() {
                        self.settings.remember_file(path);
                    }
                    match target {
                        Target::Here => self.replace(document),
                        Target::Beside => self.insert(document),
                        Target::Compared => {
                            let (a, b) = (self.active().id(), document.id());
                            self.insert(document);
                            self.compare(Some(Comparison::new(a, b)));
                        }
                    }
                    self.asked = None;
                }
                Err(failure) => {
                    self.asked = None;
                    self.fail(failure);
                }
            },
            Arrived::Outside(opening, target, what) => {
                self.asked = Some(Asked::Outside {
                    opening,
                    target,
                    what,
                });
            }
            Arrived::Link(Ok(link), to) => self.hand_on(link, to),
            Arrived::Link(Err(failure), LinkTo::Clipboard) => {
                self.fail(format!("No link was copied: {failure}"));
            }
            Arrived::Link(Err(failure), LinkTo::Page) => {
                self.fail(format!("The page cannot show this race: {failure}"));
            }
            Arrived::Surface(Ok(surface), id) => {
                self.asked = None;
                self.change(id, Change::Surface(surface));
            }
            Arrived::Surface(Err(failure), _) => self.fail(failure),
        }
    }

    /// Opens a file that was dropped or chosen.
    pub(super) fn open_file(&mut self, path: PathBuf) {
        if is_table(&path) {
            // A path for comparison does not replace the document.
            self.open_table(&path);
        } else {
            self.ask_or_go_on(Next::Open(Opening::File(path)));
        }
    }

    /// Compares the active document with a copy of itself, which becomes the active one.
    pub(super) fn compare_with_copy(&mut self) {
        let original = self.active();
        let (a, playback) = (original.id(), original.playback);
        let mut preset = original.preset();
        preset.experiment.title = format!("{}, changed", original.title());
        let mut copy = Document::new(preset, Source::New);
        copy.playback = playback;
        let b = copy.id();
        self.insert(copy);
        self.asked = None;
        self.compare(Some(Comparison::new(a, b)));
    }

    /// Loads the data of a surface and switches to it.
    pub(super) fn use_surface(&mut self, id: DocumentId, surface: SurfaceChoice) {
        let Some(document) = self.document(id) else {
            return;
        };
        let folder = document.source.folder().map(Path::to_owned);
        let waiting = Waiting::for_surface(surface, folder, id);
        if let Some(arrived) = self.wait_for(waiting) {
            self.take(arrived);
        }
    }

    pub(super) fn copy_code(
        &mut self,
        id: DocumentId,
        racer: Option<RacerId>,
        framework: Framework,
    ) {
        let Some(document) = self.document(id) else {
            return;
        };
        let experiment = document.experiment();
        let index = racer.and_then(|racer| document.lineup().index_of(racer));
        let racers = match index {
            Some(index) => vec![index],
            None => (0..experiment.racers.len()).collect(),
        };
        let surface = document.race.surface();
        let plane = surface.subspace().map(|plane| &**plane);
        let script = code::script_on(experiment, &racers, framework, plane);
        let what = match plane {
            Some(_) => "it trains the network and prints points on the plane of the picture",
            None if files::ARE_NAMES => "it prints the same numbers as this page exports",
            None => "it prints the same numbers as `slalom run`",
        };
        self.clipboard = Some(script);
        self.say(format!("Copied a {} script; {what}", framework.label()));
    }

    /// Adds the racer of a library's constructor; ignores any other text.
    pub(super) fn add_text(&mut self, id: DocumentId, text: &str) {
        match paste::read(text) {
            None => {}
            Some(Err(error)) => self.fail(error.to_string()),
            Some(Ok(Pasted { racer, library })) => {
                let title = racer.plan.optimizer.rule().title().to_owned();
                self.change(id, Change::Add(Box::new(racer)));
                // Otherwise, the notice says why the change failed.
                if self.notice.is_none() {
                    self.say(format!("Added {title} as {} defines it", library.label()));
                }
            }
        }
    }

    /// Opens a table as a landscape to race on, as a path for comparison or else as data to fit a model
    /// to.
    fn open_table(&mut self, path: &Path) {
        self.asked = None;
        match Table::open(path, &Wanted::default()) {
            Ok(table) if is_landscape(&table) => {
                let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                let grid = Grid::of(whole.as_path().into());
                self.use_surface(self.active().id(), SurfaceChoice::Grid(grid));
            }
            Ok(table) if !is_recording(&table) => {
                self.asked = Some(Asked::Data(Some(path.to_owned())));
            }
            Ok(table) => self.import(path, recordings(path, &table)),
            Err(error) => self.import(path, Err(error.into())),
        }
    }

    fn import(&mut self, path: &Path, read: Result<Recordings, PresetError>) {
        let document = self.active_mut();
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

    /// Saves the active document to its file, or asks for one.
    pub(super) fn save_or_ask(&mut self) {
        self.after_saving = match self.asked.take() {
            Some(Asked::Unsaved { then }) => Some(then),
            _ => None,
        };
        match self.active().source.path().map(Path::to_owned) {
            Some(path) => self.save(&path),
            None => self.asked = Some(Asked::Save),
        }
    }

    pub(super) fn save(&mut self, path: &Path) {
        let save = if cfg!(target_arch = "wasm32") {
            preset::save_whole
        } else {
            preset::save
        };
        match save(path, &self.active().preset()) {
            Ok(saved) => {
                self.active_mut().mark_saved(Source::File(path.to_owned()));
                self.settings.remember_file(path);
                self.asked = None;
                self.say(saved_to(path, &saved));
                if let Some(next) = self.after_saving.take() {
                    // Another tab may be unsaved, too.
                    self.ask_or_go_on(next);
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

    /// Copies a link to the active document. In a browser, it is an address.
    pub(super) fn copy_link(&mut self) {
        self.make_link(LinkTo::Clipboard);
    }

    /// Opens the page with the active document.
    pub(super) fn open_page(&mut self) {
        self.make_link(LinkTo::Page);
    }

    fn make_link(&mut self, to: LinkTo) {
        let waiting = Waiting::for_link(self.active().preset(), to);
        if let Some(arrived) = self.wait_for(waiting) {
            self.take(arrived);
        }
    }

    /// Copies a link, or opens it.
    fn hand_on(&mut self, link: String, to: LinkTo) {
        let address = self.page.as_ref().map(|page| format!("{page}#{link}"));
        let letters = count(link.len());
        match (address, to) {
            (address, LinkTo::Page) => self.visit = address,
            (Some(address), LinkTo::Clipboard) if address.len() <= LONGEST_ADDRESS => {
                let letters = count(address.len());
                self.clipboard = Some(address);
                self.say(format!(
                    "Copied the address of this race, {letters} letters long; it opens in a browser or pasted into a Slalom window"
                ));
            }
            (Some(_), LinkTo::Clipboard) => {
                self.clipboard = Some(link);
                self.say(format!(
                    "Copied a link to paste into a Slalom window; with {letters} letters it is too long for an address, so save the race as a file to hand it on"
                ));
            }
            (None, LinkTo::Clipboard) => {
                self.clipboard = Some(link);
                self.say(format!(
                    "Copied a link to this race, {letters} letters long; pasted into a Slalom window, it opens"
                ));
            }
        }
    }

    /// Copies the text of the active document's preset file.
    pub(super) fn copy_text(&mut self) {
        let preset = self.active().preset();
        match preset::to_text(&preset) {
            Ok(text) => {
                self.clipboard = Some(text);
                self.say(if preset::carries_data(&preset) {
                    "Copied the preset as text, without its data; a link has them"
                } else {
                    "Copied the preset as text; paste it into a Slalom window to open it"
                });
            }
            Err(error) => self.fail(error.to_string()),
        }
    }
}

/// Reads a file. What a picture carries is not saved to the picture.
fn opened(path: PathBuf, trust: Trust) -> Result<(Preset, Source), PresetError> {
    let (preset, form) = trust.open(&path)?;
    let source = match form {
        Form::Preset => Source::File(path),
        Form::Link => Source::New,
    };
    Ok((preset, source))
}

/// Returns a sentence about a preset that was saved, and its data.
fn saved_to(path: &Path, saved: &Saved) -> String {
    let path = path.display();
    let Saved { written, missing } = saved;
    match (&written[..], &missing[..]) {
        ([], []) if files::ARE_NAMES => format!("{path} is among your downloads"),
        (_, []) if files::ARE_NAMES => format!(
            "{path} and its data are among your downloads: {}",
            written.join(", ")
        ),
        (_, [file, ..]) if files::ARE_NAMES => {
            format!("{path} is among your downloads, but without its data, since {file} is gone")
        }
        ([], []) => format!("Saved to {path}"),
        (_, []) => format!(
            "Saved to {path}, and its data beside it: {}",
            written.join(", ")
        ),
        (_, [file, ..]) => format!(
            "Saved to {path}, but without its data, since {file} is gone; it lies outside of the folder"
        ),
    }
}

/// Returns what "New" opens: two racers on Rosenbrock's valley to start from.
fn new_experiment() -> Experiment {
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
