//! Reading what is to be opened, beside the frames of the window.

use std::path::PathBuf;
use std::time::Duration;

use super::{Opening, Target, Workspace};
use crate::app::document::Document;
use crate::app::document::ids::DocumentId;
use crate::app::document::source::Source;
use crate::app::worker::{Answer, Worker};
use crate::preset::{self, LinkError, Preset, PresetError};
use crate::surface::SurfaceChoice;

/// How long a frame waits for what is nearly always read at once.
const PATIENCE: Duration = Duration::from_millis(80);

/// Something that is being read.
#[derive(Debug)]
pub enum Waiting {
    /// A preset.
    Preset {
        /// The worker that reads it.
        worker: Worker<Result<(Preset, Source), PresetError>>,
        /// What is opened.
        opening: Opening,
        /// Where it goes.
        target: Target,
    },
    /// A link to the active document, which takes the files of its data.
    Link(Worker<Result<String, LinkError>>, LinkTo),
    /// The data of a surface.
    Surface {
        /// The worker that loads them.
        worker: Worker<Result<SurfaceChoice, String>>,
        /// The document that is to use them.
        document: DocumentId,
    },
}

/// Where a link goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// To the clipboard.
    Clipboard,
    /// To the page that opens it.
    Page,
}

/// What has been read.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few at a time, and none is kept"
)]
pub enum Arrived {
    /// A document, or why there is none.
    Document(Box<Result<Document, String>>, Target),
    /// A preset that reads data outside of its folder, and the sentence that says so.
    Outside(Opening, Target, String),
    /// A link to the document, or why there is none.
    Link(Result<String, String>, LinkTo),
    /// A surface with its data, or why there is none.
    Surface(Result<SurfaceChoice, String>, DocumentId),
}

impl Waiting {
    /// Starts to read a preset.
    pub fn for_preset(
        opening: Opening,
        read: impl FnOnce() -> Result<(Preset, Source), PresetError> + Send + 'static,
        target: Target,
    ) -> Self {
        Self::Preset {
            worker: Worker::ask("opening", async move |_| read(), || {}),
            opening,
            target,
        }
    }

    /// Starts to make a link.
    pub fn for_link(preset: Preset, to: LinkTo) -> Self {
        let worker = Worker::ask("link", async move |_| preset::link(&preset), || {});
        Self::Link(worker, to)
    }

    /// Starts to load the data of a surface.
    pub fn for_surface(
        mut surface: SurfaceChoice,
        folder: Option<PathBuf>,
        document: DocumentId,
    ) -> Self {
        let load = move || {
            let loaded = surface.load(folder.as_deref());
            loaded.map(|()| surface).map_err(|error| error.to_string())
        };
        Self::Surface {
            worker: Worker::ask("loading of the data", async move |_| load(), || {}),
            document,
        }
    }

    /// Returns what has been read, or itself if that takes longer.
    fn settle(self, patience: Duration) -> Result<Arrived, Self> {
        match self {
            Self::Preset {
                worker,
                opening,
                target,
            } => match worker.wait(patience) {
                Answer::Working => Err(Self::Preset {
                    worker,
                    opening,
                    target,
                }),
                Answer::Done(Ok((preset, source))) => {
                    let document = Document::new(preset, source);
                    Ok(Arrived::Document(Box::new(Ok(document)), target))
                }
                Answer::Done(Err(error)) if error.is_outside() => {
                    Ok(Arrived::Outside(opening, target, error.to_string()))
                }
                Answer::Done(Err(error)) => {
                    let failure = Err(error.to_string());
                    Ok(Arrived::Document(Box::new(failure), target))
                }
                Answer::Failed(report) => {
                    let failure = Err(report.to_string());
                    Ok(Arrived::Document(Box::new(failure), target))
                }
            },
            Self::Link(worker, to) => match worker.wait(patience) {
                Answer::Working => Err(Self::Link(worker, to)),
                Answer::Done(link) => Ok(Arrived::Link(link.map_err(|why| why.to_string()), to)),
                Answer::Failed(report) => Ok(Arrived::Link(Err(report.to_string()), to)),
            },
            Self::Surface { worker, document } => match worker.wait(patience) {
                Answer::Working => Err(Self::Surface { worker, document }),
                Answer::Done(loaded) => Ok(Arrived::Surface(loaded, document)),
                Answer::Failed(report) => Ok(Arrived::Surface(Err(report.to_string()), document)),
            },
        }
    }
}

impl Workspace {
    /// Returns whether something is being read.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Says what takes so long, if anything does.
    #[must_use]
    pub fn waits_for(&self) -> Option<&'static str> {
        Some(match self.waiting.as_ref()? {
            Waiting::Link(..) => "Making the link",
            Waiting::Preset { .. } | Waiting::Surface { .. } => "Opening",
        })
    }

    /// Waits for something to be read, in place of anything before it. If it is there soon, it is
    /// returned at once.
    pub fn wait_for(&mut self, waiting: Waiting) -> Option<Arrived> {
        self.settle(waiting, PATIENCE)
    }

    /// Returns what has been read, once.
    pub fn arrived(&mut self) -> Option<Arrived> {
        let waiting = self.waiting.take()?;
        self.settle(waiting, Duration::ZERO)
    }

    fn settle(&mut self, waiting: Waiting, patience: Duration) -> Option<Arrived> {
        match waiting.settle(patience) {
            Ok(arrived) => {
                self.waiting = None;
                Some(arrived)
            }
            Err(waiting) => {
                self.waiting = Some(waiting);
                None
            }
        }
    }

    /// Gives up what is being read.
    pub fn stop_waiting(&mut self) {
        self.waiting = None;
    }
}
