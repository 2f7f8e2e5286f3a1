//! The race with its other seeds, run beside the frames.

use std::mem;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

use crate::analysis::{Ensemble, Ranking};
use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::{Signal, repeat};
use crate::experiment::Experiment;
use crate::simulation::{Repeats, Trajectory};

/// The number of seeds from which those of a racer that are there replace older ones, while others
/// are still being run.
const ENOUGH: usize = 5;

/// The paths of all racers with all seeds.
#[derive(Debug, Default)]
pub struct SeedCache {
    /// The version of the race's own paths.
    race_version: Option<u64>,
    /// The race; `None` if it has only one seed.
    race: Option<Experiment>,
    racers: Vec<Entry>,
    /// The number of seeds to be run, including the race's own.
    wanted: usize,
    /// The number of steps between kept points.
    every: usize,
    running: Option<Running>,
    failure: Option<Report>,
    version: u64,
}

/// The paths of one racer, its own first; only that one if its path does not depend on the seed.
#[derive(Debug)]
struct Entry {
    id: RacerId,
    /// What is shown: for a moment after a change, those of the racer as it was before.
    shown: Vec<Arc<Trajectory>>,
    /// What has been run so far; `None` if everything is shown.
    coming: Option<Vec<Arc<Trajectory>>>,
}

/// The worker, and the racers' positions in the race with their next paths.
#[derive(Debug)]
struct Running {
    worker: Worker<()>,
    receive: Receiver<(usize, Trajectory)>,
}

impl SeedCache {
    /// Brings the runs up to date with a document. Racers whose plans have not changed keep theirs.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        self.collect();
        let version = document.race.version();
        if self.race_version.replace(version) == Some(version) {
            return;
        }
        // Dropping the worker cancels it.
        self.running = None;
        self.version += 1;
        let experiment = document.race.experiment();
        if experiment.seeds < 2 {
            *self = Self {
                race_version: self.race_version,
                version: self.version,
                ..Self::default()
            };
            return;
        }
        let repeats = Repeats::of(experiment, document.race.surface());
        self.begin(document, &repeats);
        let late = self.racers.iter().enumerate();
        let late = late.filter(|(_, entry)| entry.coming.is_some());
        let racers: Vec<usize> = late.map(|(racer, _)| racer).collect();
        if !racers.is_empty() {
            self.run(ctx, repeats, racers);
        }
    }

    /// Starts with what is known.
    fn begin(&mut self, document: &Document, repeats: &Repeats) {
        let race = document.race.experiment();
        let wanted = 1 + repeats.seeds().len();
        let old = self.race.replace(race.clone()).filter(|old| {
            old.same_surface(race)
                && (old.start, old.steps, old.seed) == (race.start, race.steps, race.seed)
                && self.every == repeats.every()
        });
        let known = mem::take(&mut self.racers);
        let ids = document.race.lineup().ids().iter().enumerate();
        let entry = |(index, &id): (usize, &RacerId)| {
            let own = document.race.paths().get(index).cloned();
            let with = |others: &[Arc<Trajectory>]| -> Vec<_> {
                let others = others.iter().skip(1).take(wanted - 1);
                own.iter().chain(others).cloned().collect()
            };
            if !repeats.racers().contains(&index) {
                return Entry {
                    id,
                    shown: with(&[]),
                    coming: None,
                };
            }
            let plan = race.racers.get(index).map(|racer| &racer.plan);
            let racers = old.iter().flat_map(|old| &old.racers).zip(&known);
            let mut equal = racers.filter(|(racer, _)| Some(&racer.plan) == plan);
            let complete =
                equal.find(|(_, entry)| entry.coming.is_none() && entry.shown.len() >= wanted);
            if let Some((_, entry)) = complete {
                return Entry {
                    id,
                    shown: with(&entry.shown),
                    coming: None,
                };
            }
            let before = known.iter().find(|entry| entry.id == id);
            Entry {
                id,
                shown: with(before.map_or(&[], |entry| &entry.shown)),
                coming: Some(with(&[])),
            }
        };
        self.racers = ids.map(entry).collect();
        (self.wanted, self.every) = (wanted, repeats.every());
    }

    /// Has a worker run these racers with the other seeds.
    fn run(&mut self, ctx: &Context, repeats: Repeats, racers: Vec<usize>) {
        let (send, receive) = channel();
        let (wake, ended) = (ctx.clone(), ctx.clone());
        let work = async move |signal: &Signal| {
            signal.expect(repeats.work_of(racers.len()));
            repeat(&repeats, &racers, signal, |position, path| {
                // If nobody listens, the work has been cancelled.
                let _ = send.send((racers[position], path));
                wake.request_repaint();
            })
            .await;
        };
        let end = move || ended.request_repaint();
        self.running = Some(Running {
            worker: Worker::ask("race with other seeds", work, end),
            receive,
        });
    }

    /// Takes over the paths that are there.
    fn collect(&mut self) {
        let Some(running) = self.running.take() else {
            return;
        };
        let answer = running.worker.poll();
        let mut any = false;
        for (racer, path) in running.receive.try_iter() {
            let coming = self.racers.get_mut(racer).and_then(|it| it.coming.as_mut());
            if let Some(coming) = coming {
                coming.push(Arc::new(path));
                any = true;
            }
        }
        if any {
            self.version += 1;
            let wanted = self.wanted;
            self.racers
                .iter_mut()
                .for_each(|entry| entry.promote(wanted));
        }
        match answer {
            Answer::Working => self.running = Some(running),
            Answer::Done(()) => {}
            Answer::Failed(report) => self.failure = Some(report),
        }
    }

    /// Returns whether the race runs with several seeds.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.wanted > 1
    }

    /// Returns the median of a racer's losses at the playhead, if its race runs with several seeds
    /// and the runs are those of the race as it is now.
    #[must_use]
    pub fn median_loss(&self, document: &Document, racer: usize) -> Option<f64> {
        if self.race_version != Some(document.race.version()) {
            return None;
        }
        let step = document.clock().step_of(document.race.paths().get(racer)?);
        let minima = document.race.minima();
        let standing = self
            .ensemble(racer)?
            .standing(racer, Ranking::Loss, step, minima)?;
        Some(standing.loss)
    }

    /// Returns the paths of the racer with this index, if the race runs with several seeds.
    #[must_use]
    pub fn of(&self, racer: usize) -> Option<&[Arc<Trajectory>]> {
        let entry = self.racers.get(racer).filter(|_| self.wanted > 1)?;
        Some(&entry.shown)
    }

    /// Returns the racer's ensemble, if the race runs with several seeds.
    #[must_use]
    pub fn ensemble(&self, racer: usize) -> Option<Ensemble<'_>> {
        self.of(racer).map(Ensemble::of)
    }

    /// Returns the number of seeds with which all racers have run, and of those to be run.
    #[must_use]
    pub fn counts(&self) -> [usize; 2] {
        let late = self.racers.iter().filter_map(|entry| entry.coming.as_ref());
        let done = late.map(Vec::len).min().unwrap_or(self.wanted);
        [done, self.wanted]
    }

    /// Returns the number of steps between the kept points of the runs.
    #[must_use]
    pub const fn every(&self) -> usize {
        self.every
    }

    /// Returns a number that changes whenever other paths are shown.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let running = self.running.as_ref();
        running.is_some_and(|it| it.worker.is_working())
    }

    /// Returns why the runs failed, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.failure.take()
    }
}

impl Entry {
    /// Shows what has been run, if that is enough.
    fn promote(&mut self, wanted: usize) {
        let Some(coming) = &self.coming else {
            return;
        };
        if coming.len() >= wanted {
            self.shown = self.coming.take().unwrap_or_default();
        } else if coming.len() >= ENOUGH {
            self.shown.clone_from(coming);
        }
    }
}
