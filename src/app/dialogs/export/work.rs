//! The export itself, on a thread of its own.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use egui::Context;

use crate::experiment::Experiment;
use crate::export::film::{self, Timing};
use crate::export::{FigureOptions, Format, trajectories};
use crate::preset::{Preset, write_beside};

/// A running export. Dropping it stops the export.
pub struct Job {
    messages: Receiver<Message>,
    stop: Arc<AtomicBool>,
    /// The number of frames that are finished.
    pub done: usize,
    /// The number of frames; 0 until it is known.
    pub all: usize,
}

enum Message {
    Frame(usize, usize),
    Ended(Result<(), String>),
}

impl Job {
    /// Starts an export on a thread of its own, which wakes the window whenever it has news.
    pub fn begin(work: Work, ctx: Context) -> Self {
        let (send, messages) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&stop);
        thread::spawn(move || {
            let ended = work.run(&send, &theirs, &ctx);
            // If the dialog was closed, the receiver is gone and the result is not needed.
            let _ = send.send(Message::Ended(ended));
            ctx.request_repaint();
        });
        Self {
            messages,
            stop,
            done: 0,
            all: 0,
        }
    }

    /// Asks the worker to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Handles the worker's messages and returns the result, if it has ended.
    pub fn result(&mut self) -> Option<Result<(), String>> {
        let mut ended = None;
        let gone = loop {
            match self.messages.try_recv() {
                Ok(Message::Frame(done, all)) => (self.done, self.all) = (done, all),
                Ok(Message::Ended(result)) => ended = Some(result),
                Err(error) => break error == TryRecvError::Disconnected,
            }
        };
        // A worker that panicked sends no result.
        let fault = || Err("the export failed because of a bug in Slalom".to_owned());
        ended.or_else(|| gone.then(fault))
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Everything that a worker needs.
pub struct Work {
    /// The file to write.
    pub path: PathBuf,
    /// What is exported.
    pub preset: Preset,
    /// How a picture looks.
    pub options: FigureOptions,
    /// Which steps a picture shows, and how fast.
    pub timing: Timing,
    /// The file type, if numbers are exported rather than a picture.
    pub numbers: Option<&'static str>,
}

impl Work {
    fn run(&self, send: &Sender<Message>, stop: &AtomicBool, ctx: &Context) -> Result<(), String> {
        match self.numbers {
            Some(ending) => write_numbers(&self.path, &self.preset.experiment, ending == "json"),
            None => self.film(&mut |done, all| {
                let _ = send.send(Message::Frame(done, all));
                ctx.request_repaint();
                if stop.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            }),
        }
    }

    fn film(
        &self,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let format = Format::of(&self.path).map_err(|error| error.to_string())?;
        let timing = fitted(self.timing, format, self.preset.experiment.steps);
        let preset = self.preset.clone();
        film::write(&self.path, preset, self.options, timing, progress)
            .map_err(|error| error.to_string())
    }
}

/// Only a picture has a step, which must exist in the race.
pub fn fitted(timing: Timing, format: Format, steps: usize) -> Timing {
    let step = timing.step.filter(|_| format.is_still());
    Timing {
        step: step.map(|step| step.min(steps)),
        ..timing
    }
}

fn write_numbers(path: &Path, experiment: &Experiment, json: bool) -> Result<(), String> {
    write_beside(path, |to| {
        if json {
            trajectories::write_json(to, experiment)
        } else {
            trajectories::write_csv(to, experiment)
        }
    })
    .map_err(|cause| format!("{} cannot be written: {cause}", path.display()))
}
