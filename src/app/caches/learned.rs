//! What the networks of all racers have learned by the playhead.

use std::sync::Arc;

use egui::Context;

use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::app::ports::within_frame;
use crate::app::worker::{Answer, Report, Worker};
use crate::engine::{Signal, drive};
use crate::sampling::learned::{Learned, LearnedJob, Outlook, Palette};
use crate::simulation::{Job as _, Trajectory};
use crate::surface::Learner;
use crate::view::Colors;
use crate::view::network::{Painted, palette};

/// The most work within a frame for the small pictures and for the large one, in evaluations of a row:
/// two milliseconds. The regions of six networks of 16 units need less, so they follow the playhead
/// frame by frame.
const IN_FRAME: u64 = within_frame(120_000);

/// What the networks of a document have learned, in small and in one large picture.
#[derive(Debug, Default)]
pub struct LearnedCache {
    outlook: Option<Arc<Outlook>>,
    /// The features that were asked for when the outlook was made.
    chosen: Option<[usize; 2]>,
    palette: Option<(bool, Arc<Palette>)>,
    tiles: Gallery,
    large: Gallery,
}

impl LearnedCache {
    /// Returns what is seen of the data, with the colours of predictions. Over other data or
    /// features, nothing is known any more.
    pub fn outlook(
        &mut self,
        learner: &Learner,
        chosen: Option<[usize; 2]>,
        colors: &Colors,
    ) -> (Arc<Outlook>, Arc<Palette>) {
        let known = self.outlook.take().filter(|outlook| {
            Arc::ptr_eq(outlook.perceptron(), &learner.perceptron) && self.chosen == chosen
        });
        let outlook = known.unwrap_or_else(|| {
            self.palette = None;
            Arc::new(Outlook::new(learner, chosen))
        });
        let known = self.palette.take();
        let (_, palette) = self.palette.insert(
            known
                .filter(|(dark, _)| *dark == colors.dark)
                .unwrap_or_else(|| {
                    let palette = palette(colors, outlook.classes());
                    (colors.dark, Arc::new(palette))
                }),
        );
        self.chosen = chosen;
        self.outlook = Some(Arc::clone(&outlook));
        (outlook, Arc::clone(palette))
    }

    /// Computes what these racers have learned by the playhead, at so many nodes; what takes long is
    /// done beside the frames. `large` tells which of the pictures they are.
    pub fn update(
        &mut self,
        ctx: &Context,
        document: &Document,
        racers: &[RacerId],
        nodes: [usize; 2],
        large: bool,
    ) {
        let (Some(outlook), Some((_, palette))) = (&self.outlook, &self.palette) else {
            return;
        };
        let clock = document.clock();
        let wanted = racers.iter().filter_map(|&racer| {
            let path = document.race.path_of(racer)?;
            let (step, _) = path.parameters_by(clock.step_of(path))?;
            Some(Wanted {
                racer,
                moment: Moment {
                    outlook: Arc::clone(outlook),
                    path: Arc::clone(path),
                    step,
                    nodes,
                },
            })
        });
        let gallery = if large {
            &mut self.large
        } else {
            &mut self.tiles
        };
        gallery.update(ctx, wanted.collect(), palette);
    }

    /// Returns the small picture of a racer that was finished last.
    #[must_use]
    pub fn tile(&self, racer: RacerId) -> Option<&Painted> {
        self.tiles.of(racer)
    }

    /// Returns the large picture of a racer that was finished last.
    #[must_use]
    pub fn large(&self, racer: RacerId) -> Option<&Painted> {
        self.large.of(racer)
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let galleries = [&self.tiles, &self.large];
        let mut running = galleries.iter().filter_map(|it| it.running.as_ref());
        running.any(|it| it.worker.is_working())
    }

    /// Returns why pictures could not be computed, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.tiles
            .failure
            .take()
            .or_else(|| self.large.failure.take())
    }
}

/// The weights of a moment, and how they are looked at.
#[derive(Clone, Debug)]
struct Moment {
    outlook: Arc<Outlook>,
    path: Arc<Trajectory>,
    /// The step at which the weights were kept.
    step: usize,
    nodes: [usize; 2],
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.outlook, &other.outlook)
            && Arc::ptr_eq(&self.path, &other.path)
            && self.step == other.step
            && self.nodes == other.nodes
    }
}

impl Moment {
    /// Prepares the predictions.
    fn job(&self) -> Option<LearnedJob> {
        let (_, weights) = self.path.parameters_by(self.step)?;
        let outlook = Arc::clone(&self.outlook);
        Some(LearnedJob::new(outlook, weights.to_vec(), self.nodes))
    }
}

/// The picture that is wanted of a racer.
#[derive(Clone, Debug)]
struct Wanted {
    racer: RacerId,
    moment: Moment,
}

/// A picture that is finished.
#[derive(Debug)]
struct Entry {
    of: Wanted,
    palette: Arc<Palette>,
    painted: Painted,
}

/// The pictures of some racers. The last finished ones are shown while the next are computed.
#[derive(Debug, Default)]
struct Gallery {
    entries: Vec<Entry>,
    running: Option<Running>,
    failure: Option<Report>,
    /// What was wanted when it failed.
    failed: Vec<Moment>,
}

/// Predictions with their racers; `None` for what was stopped.
type Finished = Vec<(Wanted, Option<Learned>)>;

/// A worker, and what it computes.
#[derive(Debug)]
struct Running {
    wanted: Vec<Moment>,
    worker: Worker<Finished>,
}

impl Gallery {
    fn of(&self, racer: RacerId) -> Option<&Painted> {
        let entry = self.entries.iter().find(|entry| entry.of.racer == racer)?;
        Some(&entry.painted)
    }

    fn update(&mut self, ctx: &Context, wanted: Vec<Wanted>, palette: &Arc<Palette>) {
        self.collect(ctx, palette);
        // What is seen of other data or of racers that are gone cannot stand in for anything.
        self.entries.retain(|entry| {
            wanted.iter().any(|it| {
                it.racer == entry.of.racer
                    && Arc::ptr_eq(&it.moment.outlook, &entry.of.moment.outlook)
            })
        });
        self.repaint(ctx, palette);
        if self.is_running_for(&wanted) {
            return;
        }
        // Dropping a worker cancels it.
        self.running = None;
        let is_known = |it: &Wanted| {
            let mut known = self.entries.iter().map(|entry| &entry.of);
            known.any(|known| known.racer == it.racer && known.moment == it.moment)
                || self.failed.contains(&it.moment)
        };
        let missing: Vec<Wanted> = wanted.into_iter().filter(|it| !is_known(it)).collect();
        if !missing.is_empty() {
            self.compute(ctx, missing, palette);
        }
    }

    /// Returns whether a worker computes pictures of the same data. It may finish even if the
    /// playhead has moved on: pictures that are a little late are better than none while it plays.
    fn is_running_for(&self, wanted: &[Wanted]) -> bool {
        let outlook = wanted.first().map(|it| &it.moment.outlook);
        let theirs = self.running.as_ref().and_then(|it| it.wanted.first());
        match (outlook, theirs) {
            (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, &theirs.outlook),
            _ => false,
        }
    }

    /// Computes pictures at once or beside the frames.
    fn compute(&mut self, ctx: &Context, missing: Vec<Wanted>, palette: &Arc<Palette>) {
        let moments = missing.iter().map(|it| it.moment.clone()).collect();
        let jobs: Vec<(Wanted, LearnedJob)> = missing
            .into_iter()
            .filter_map(|it| Some((it.clone(), it.moment.job()?)))
            .collect();
        let work: u64 = jobs.iter().map(|(_, job)| job.work()).sum();
        if work <= IN_FRAME {
            for (wanted, job) in jobs {
                self.accept(ctx, wanted, &Arc::new(job.finish()), palette);
            }
            return;
        }
        let wake = ctx.clone();
        let work = async move |signal: &Signal| {
            let mut finished = Finished::with_capacity(jobs.len());
            for (wanted, job) in jobs {
                finished.push((wanted, drive(job, 0, signal).await));
            }
            finished
        };
        self.running = Some(Running {
            wanted: moments,
            worker: Worker::ask("picture of the predictions", work, move || {
                wake.request_repaint();
            }),
        });
    }

    /// Takes over what a worker has finished.
    fn collect(&mut self, ctx: &Context, palette: &Arc<Palette>) {
        let Some(running) = self.running.take() else {
            return;
        };
        match running.worker.poll() {
            Answer::Working => self.running = Some(running),
            Answer::Done(finished) => {
                for (wanted, learned) in finished {
                    if let Some(learned) = learned {
                        self.accept(ctx, wanted, &Arc::new(learned), palette);
                    }
                }
            }
            Answer::Failed(report) => {
                (self.failure, self.failed) = (Some(report), running.wanted);
            }
        }
    }

    fn accept(
        &mut self,
        ctx: &Context,
        of: Wanted,
        learned: &Arc<Learned>,
        palette: &Arc<Palette>,
    ) {
        let known = self
            .entries
            .iter()
            .position(|it| it.of.racer == of.racer)
            .map(|index| self.entries.swap_remove(index).painted);
        let painted = Painted::new(ctx, &of.moment.outlook, learned, palette, known);
        self.entries.push(Entry {
            of,
            palette: Arc::clone(palette),
            painted,
        });
    }

    /// Paints pictures again whose colours have changed.
    fn repaint(&mut self, ctx: &Context, palette: &Arc<Palette>) {
        for entry in &mut self.entries {
            if !Arc::ptr_eq(&entry.palette, palette) {
                let outlook = &entry.of.moment.outlook;
                entry.painted = entry.painted.with_palette(ctx, outlook, palette);
                entry.palette = Arc::clone(palette);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::app::document::source::Source;
    use crate::preset;

    const FEW: [usize; 2] = [9, 9];
    /// More than a frame allows.
    const MANY: [usize; 2] = [300, 300];

    fn document() -> Document {
        let text = "(version: 1, steps: 40, surface: Network(moons: (rows: 60, noise: 0.2, \
                    seed: 0), hidden: [8], activation: Tanh, loss: CategoricalCrossEntropy, \
                    test: 0.3), racers: [(optimizer: Adam(learning_rate: 0.05)), (optimizer: \
                    Momentum(learning_rate: 0.05))])";
        let mut document = Document::new(preset::from_text("test", text).unwrap(), Source::New);
        let (wake, woken) = channel();
        document.simulate(move || wake.send(()).unwrap_or_default());
        while document.race.is_busy() {
            woken.recv().unwrap();
            document.simulate(|| {});
        }
        document
    }

    /// Updates the small pictures of all racers at a step.
    fn update(
        cache: &mut LearnedCache,
        document: &mut Document,
        ctx: &Context,
        (step, nodes): (usize, [usize; 2]),
    ) -> Vec<Option<Learned>> {
        document.playback.playing = false;
        document.playback.playhead = f64::from(u32::try_from(step).unwrap());
        let surface = Arc::clone(document.race.surface());
        let learner = surface.network().unwrap();
        cache.outlook(learner, None, &Colors::dark());
        let ids = document.lineup().ids().to_vec();
        cache.update(ctx, document, &ids, nodes, false);
        let learned = |id: &RacerId| cache.tile(*id).map(|it| it.learned().clone());
        ids.iter().map(learned).collect()
    }

    /// What a racer has learned by a step, computed directly.
    fn expected(document: &Document, racer: usize, step: usize, nodes: [usize; 2]) -> Learned {
        let surface = document.race.surface();
        let outlook = Outlook::new(surface.network().unwrap(), None);
        let (_, weights) = document.race.paths()[racer].parameters_by(step).unwrap();
        LearnedJob::new(Arc::new(outlook), weights.to_vec(), nodes).finish()
    }

    #[test]
    fn small_pictures_follow_the_playhead_at_once() {
        let (mut document, ctx) = (document(), Context::default());
        let mut cache = LearnedCache::default();
        for step in [0, 7, 40, 7] {
            let found = update(&mut cache, &mut document, &ctx, (step, FEW));
            for (racer, found) in found.into_iter().enumerate() {
                assert_eq!(found, Some(expected(&document, racer, step, FEW)));
            }
        }
    }

    #[test]
    fn the_last_picture_stays_until_the_next_is_finished() {
        let (mut document, ctx) = (document(), Context::default());
        let (wake, woken) = channel();
        ctx.set_request_repaint_callback(move |_| wake.send(()).unwrap_or_default());
        let mut cache = LearnedCache::default();
        let first = update(&mut cache, &mut document, &ctx, (3, FEW));
        let mut found = update(&mut cache, &mut document, &ctx, (30, MANY));
        assert_eq!(found, first, "the next is being computed");
        let next = Some(expected(&document, 0, 30, MANY));
        while found[0] != next {
            woken.recv().unwrap();
            found = update(&mut cache, &mut document, &ctx, (30, MANY));
        }
    }

    #[test]
    fn pictures_of_racers_that_are_not_shown_are_forgotten() {
        let (mut document, ctx) = (document(), Context::default());
        let mut cache = LearnedCache::default();
        update(&mut cache, &mut document, &ctx, (3, FEW));
        let ids = document.lineup().ids().to_vec();
        cache.update(&ctx, &document, &ids[..1], FEW, false);
        assert!(cache.tile(ids[0]).is_some() && cache.tile(ids[1]).is_none());
        assert!(cache.large(ids[0]).is_none());
    }
}
