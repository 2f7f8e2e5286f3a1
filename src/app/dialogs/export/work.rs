//! The export itself, on a worker.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use egui::Context;

use super::kind::Kind;
use crate::app::worker::{Answer, Worker};
use crate::engine::Signal;
use crate::experiment::Experiment;
use crate::export::film::{self, Timing};
use crate::export::{FigureOptions, Format, trajectories};
use crate::file::Replacement;
use crate::preset::{self, Preset};

/// A running export. Dropping it cancels the export.
pub struct Job(Worker<Result<Remark, String>>);

impl Job {
    /// Starts an export, which wakes the window whenever it has news.
    pub fn begin(work: Work, ctx: Context) -> Self {
        let wake = ctx.clone();
        Self(Worker::ask(
            "export",
            async move |signal| work.run(signal, &ctx).await,
            move || wake.request_repaint(),
        ))
    }

    /// Cancels the export. What it was writing is removed as soon as it notices.
    pub fn cancel(self) {
        self.0.cancel();
    }

    /// Returns the fraction of the export that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.0.progress()
    }

    /// Returns the frames, steps or evaluations done and their number, which is 0 until it is
    /// known.
    pub fn count(&self) -> [u64; 2] {
        self.0.count()
    }

    /// Returns the result, if it has ended.
    pub fn result(&self) -> Option<Result<Remark, String>> {
        match self.0.poll() {
            Answer::Working => None,
            Answer::Done(result) => Some(result),
            Answer::Failed(report) => Some(Err(report.to_string())),
        }
    }
}

/// Everything that a worker needs.
pub struct Work {
    /// The file to write.
    pub path: PathBuf,
    /// The type of the file.
    pub kind: Kind,
    /// What is exported.
    pub preset: Preset,
    /// How a picture looks.
    pub options: FigureOptions,
    /// Which steps a picture shows, and how fast.
    pub timing: Timing,
    /// Whether a picture carries its experiment.
    pub carries: bool,
}

/// What is worth saying of a file that was written; empty if nothing is.
pub type Remark = String;

impl Work {
    async fn run(&self, signal: &Signal, ctx: &Context) -> Result<Remark, String> {
        if let Some(format) = self.kind.format() {
            return self.film(format, signal, ctx).await;
        }
        write_numbers(&self.path, &self.preset.experiment, self.kind, signal)
            .await
            .map(|()| Remark::new())
            .map_err(|cause| format!("{} cannot be written: {cause}", self.path.display()))
    }

    async fn film(&self, format: Format, signal: &Signal, ctx: &Context) -> Result<Remark, String> {
        let link = self.carries.then(|| preset::link(&self.preset));
        let (link, remark) = match link {
            None => (None, Remark::new()),
            Some(Ok(link)) => (Some(link), Remark::new()),
            Some(Err(why)) => (None, format!("It carries no experiment: {why}")),
        };
        let timing = fitted(self.timing, format, self.preset.experiment.steps);
        let preset = self.preset.clone();
        film::write_in_slices(
            &self.path,
            preset,
            self.options,
            timing,
            link.as_deref(),
            signal,
            &mut |_, _| {
                ctx.request_repaint();
                ControlFlow::Continue(())
            },
        )
        .await
        .map(|_| remark)
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

async fn write_numbers(
    path: &Path,
    experiment: &Experiment,
    kind: Kind,
    signal: &Signal,
) -> io::Result<()> {
    let mut new = Replacement::begin(path)?;
    match kind {
        Kind::Json => trajectories::write_json_in_slices(&mut new, experiment, signal).await?,
        _ => trajectories::write_csv_in_slices(&mut new, experiment, signal).await?,
    }
    new.commit()
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::engine::at_once;
    use crate::preset::load_built_in;

    /// Returns a folder and an export to a file in it that takes minutes.
    fn endless(file: &str) -> (tempfile::TempDir, Work) {
        let folder = tempfile::tempdir().unwrap();
        let mut preset = load_built_in("noisy-moons").unwrap();
        preset.experiment.steps = 90_000;
        let work = Work {
            path: folder.path().join(file),
            preset,
            options: FigureOptions::default(),
            timing: Timing::default(),
            kind: Kind::of(Path::new(file)).unwrap(),
            carries: true,
        };
        (folder, work)
    }

    #[test]
    fn a_cancelled_export_leaves_no_file() {
        for file in ["race.gif", "race.csv", "race.json"] {
            let (folder, work) = endless(file);
            let signal = Signal::default();
            let ended = thread::scope(|scope| {
                let running = scope.spawn(|| at_once(work.run(&signal, &Context::default())));
                while file != "race.gif" && signal.done() == 0 {
                    thread::sleep(Duration::from_millis(1));
                }
                signal.stop();
                running.join().unwrap()
            });
            assert!(ended.unwrap_err().contains("stopped"), "{file}");
            assert_eq!(folder.path().read_dir().unwrap().count(), 0, "{file}");
        }
    }

    #[test]
    fn the_progress_of_a_clip_is_counted_in_frames() {
        let (_folder, mut work) = endless("race.gif");
        work.preset.experiment.steps = 3;
        work.options.size = [64, 64];
        let job = Job::begin(work, Context::default());
        let (mut share, ended) = (0.0, loop_until_ended(&job));
        for now in ended.shares {
            assert!(now >= share);
            share = now;
        }
        assert_eq!(ended.result, Ok(Remark::new()));
        assert_eq!((job.count(), job.progress()), ([4, 4], 1.0));
    }

    struct Ended {
        shares: Vec<f64>,
        result: Result<Remark, String>,
    }

    fn loop_until_ended(job: &Job) -> Ended {
        let mut shares = Vec::new();
        loop {
            shares.push(job.progress());
            if let Some(result) = job.result() {
                return Ended { shares, result };
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}
