//! The details of the selected racer's step, computed once for all panels that show them: within
//! the frame or, where the surface has many rows, on a worker.

use std::collections::HashMap;
use std::sync::Arc;

use egui::Context;

use crate::analysis::diagnosis::{Finding, Situation, Trials, diagnose};
use crate::analysis::{
    Contraction, Curvature, Inapplicable, Slice, Spectrum, Spread, Stability, WeightStep,
};
use crate::app::caches::trials::TrialCache;
use crate::app::document::Document;
use crate::app::document::clock::Clock;
use crate::app::document::ids::RacerId;
use crate::app::ports::within_frame;
use crate::app::worker::{Background, Report};
use crate::engine::{Signal, at_once, drive, pause};
use crate::experiment::Racer;
use crate::optimizer::Line;
use crate::plane::difference;
use crate::preset::Card;
use crate::simulation::{Anatomy, AnatomyJob, Arrow, HalfAxes, Trajectory, price};
use crate::surface::{Minimum, Surface};
use crate::view::equation::Equation;

/// Everything known about one step of the selected racer.
#[derive(Debug)]
pub struct Insight {
    /// The racer.
    pub id: RacerId,
    /// The step, which leads from the point of this number to the next.
    pub step: usize,
    /// What the rule noted.
    pub anatomy: Anatomy,
    /// The step's vectors.
    pub arrows: Vec<Arrow>,
    /// The half-axes of the ellipse of accumulated squares.
    pub squares: Option<HalfAxes>,
    /// The spread of the possible gradients, for a racer that uses only some of the rows.
    pub spread: Option<Spread>,
    /// The curvature of the surface at the racer.
    pub curvature: Option<Curvature>,
    /// The learning rate relative to the local stability limit.
    pub stability: Option<Stability>,
    /// What the step does with all weights of a network.
    pub weights: Option<WeightStep>,
    /// The singular values of the matrices that a rule makes alike, if the card shows them.
    pub spectra: Option<Vec<Spectrum>>,
    /// The diagnosis.
    pub findings: Vec<Finding>,
    /// The loss along the step, if the card shows it.
    pub slice: Option<Slice>,
    /// The contraction per step, or why there is none, if the card shows it.
    pub theory: Option<Result<Contraction, Inapplicable>>,
}

/// The highest cost of a step examined while the race is playing. Examining a step runs all steps
/// before it again, so later ones wait until the race is paused.
const WHILE_PLAYING: u64 = 20_000 * price::STEP;
/// The highest cost of a step examined within a frame.
const IN_FRAME: u64 = within_frame(3 * WHILE_PLAYING);

/// Everything an insight depends on: the version of the paths, the racer's id, the step, the
/// racer, what its card shows, and whether the race is playing, which limits the number of trials.
type Key = (u64, RacerId, usize, Racer, Card, bool);

/// The most recent insight.
#[derive(Debug)]
pub struct InsightCache {
    key: Option<Key>,
    insight: Option<Arc<Insight>>,
    late: Background<Key, Option<Arc<Insight>>>,
    trials: TrialCache,
    equations: HashMap<Line, Option<Arc<Equation>>>,
}

impl Default for InsightCache {
    fn default() -> Self {
        Self {
            key: None,
            insight: None,
            late: Background::new("diagnosis", 0),
            trials: TrialCache::default(),
            equations: HashMap::new(),
        }
    }
}

impl InsightCache {
    /// Updates the insight for the current selection and playhead.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        let clock = document.clock();
        let (version, playing) = (document.race.version(), document.playback.playing);
        let card = document.card();
        let wanted = wanted(document, clock);
        let key = wanted
            .as_ref()
            .map(|(id, step, racer, _)| (version, *id, *step, racer.clone(), card, playing));
        match (key, wanted) {
            (Some(key), Some((id, step, racer, path)))
                if cost(document, &racer, step) > IN_FRAME =>
            {
                let question = Question::of(document, id, step, racer, Arc::clone(path));
                self.look_later(ctx, key, question);
            }
            (key, _) if key == self.key => {}
            (key, wanted) => {
                let trials = self.trials.of(&document.race, playing);
                self.insight = wanted.and_then(|(id, step, racer, path)| {
                    let question = Question::of(document, id, step, racer, Arc::clone(path));
                    at_once(question.answer(&trials, &Signal::default())).map(Arc::new)
                });
                self.key = key;
            }
        }
    }

    /// Has a worker look into a step. Until it is done, the last step examined of the same racer
    /// and the same paths is kept. No advice is tried out: each attempt would take as long.
    fn look_later(&mut self, ctx: &Context, key: Key, question: Question) {
        self.key = None;
        let (version, id) = (key.0, key.1);
        let wake = ctx.clone();
        self.late.update(
            key,
            u64::MAX,
            move || wake.request_repaint(),
            async move |signal| question.answer(&|_| None, signal).await.map(Arc::new),
        );
        let fits = self
            .late
            .key()
            .is_some_and(|it| it.0 == version && it.1 == id);
        self.insight = self.late.get().filter(|_| fits).cloned().flatten();
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.late.is_busy()
    }

    /// Returns why a step could not be examined, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.late.take_failure()
    }

    /// Returns the current insight.
    #[must_use]
    pub fn get(&self) -> Option<&Insight> {
        self.insight.as_deref()
    }

    /// Returns the current insight if it is about this racer.
    #[must_use]
    pub fn of(&self, id: RacerId) -> Option<&Insight> {
        self.get().filter(|insight| insight.id == id)
    }

    /// Returns an equation, laid out on first use.
    pub fn equation(&mut self, line: Line) -> Option<Arc<Equation>> {
        let equations = self.equations.entry(line);
        let made = |line: &Line| Equation::new(line).map(Arc::new);
        equations.or_insert_with_key(made).clone()
    }
}

/// Returns the racer and step to examine.
fn wanted(document: &Document, clock: Clock) -> Option<(RacerId, usize, Racer, &Arc<Trajectory>)> {
    let id = document.selected()?;
    let racer = document.race.lineup().racer(id)?;
    let path = document.race.path_of(id)?;
    let step = clock.step_of(path);
    let step = step.min(path.last_step().saturating_sub(1));
    let affordable = cost(document, racer, step) <= WHILE_PLAYING || !document.playback.playing;
    affordable.then(|| (id, step, racer.clone(), path))
}

/// Returns the cost of running a race up to a step and examining it, in evaluations of a row.
fn cost(document: &Document, racer: &Racer, step: usize) -> u64 {
    let surface = &**document.race.surface();
    let rows = surface.cost() as u64;
    let of_card = match document.card() {
        Card::Step | Card::Confusion => 0,
        Card::Rates => 2,
        Card::Slice => Slice::COST,
        Card::Theory => Contraction::COST,
    };
    let of_step = match surface.network() {
        None => price::of_step(surface),
        // Only the rows of each step are evaluated.
        Some(_) => price::of_passing(&racer.plan, surface).max(price::STEP),
    };
    let of_spectra = if finds_spectra(document.card(), racer) {
        Spectrum::cost(surface.blocks())
    } else {
        0
    };
    // The activity of the units of a network takes two passes over its rows.
    let of_card = of_card + if surface.network().is_some() { 2 } else { 0 };
    let of_steps = of_step.saturating_mul(step as u64);
    of_steps
        .saturating_add(rows.saturating_mul(of_card))
        .saturating_add(of_spectra)
}

/// Returns whether the singular values of a racer's matrices belong to what its card shows.
fn finds_spectra(card: Card, racer: &Racer) -> bool {
    card == Card::Rates && Spectrum::exist(&racer.plan)
}

/// A step to be examined, with everything that this takes.
struct Question {
    id: RacerId,
    step: usize,
    racer: Racer,
    path: Arc<Trajectory>,
    surface: Arc<dyn Surface>,
    minima: Vec<Minimum>,
    seed: u64,
    card: Card,
}

impl Question {
    fn of(
        document: &Document,
        id: RacerId,
        step: usize,
        racer: Racer,
        path: Arc<Trajectory>,
    ) -> Self {
        Self {
            id,
            step,
            racer,
            path,
            surface: Arc::clone(document.race.surface()),
            minima: document.race.minima().to_vec(),
            seed: document.race.experiment().seed,
            card: document.card(),
        }
    }

    /// Returns what there is to know; `None` if it is stopped by `signal`, or if the racer diverges
    /// before.
    async fn answer(&self, trials: Trials<'_>, signal: &Signal) -> Option<Insight> {
        let (surface, plan, path) = (&self.surface, &self.racer.plan, &*self.path);
        let of = async |step| {
            let job = AnatomyJob::new(surface, plan, path, step, self.seed)?;
            drive(job, 0, signal).await?
        };
        let (now, first) = (of(self.step).await?, of(0).await?);
        let steps = [&first, &now];
        pause().await;
        let situation = Situation::new(&**surface, plan, path, &self.minima, steps, trials);
        let (findings, curvature, stability) = (
            diagnose(&situation),
            situation.curvature,
            situation.stability,
        );
        pause().await;
        let plane = surface.subspace();
        let seen = plane.map_or_else(|| now.clone(), |plane| now.seen_on(plane));
        let is_flat = plane.is_none();
        let slice = match self.card {
            Card::Slice => Some(self.slice(&now).await),
            _ => None,
        };
        let theory = match self.card {
            Card::Theory => Some(self.theory().await),
            _ => None,
        };
        Some(Insight {
            id: self.id,
            step: self.step,
            arrows: seen.arrows(&**surface),
            squares: seen.squares().filter(|_| is_flat),
            spread: is_flat
                .then(|| Spread::of(&**surface, plan, now.asked_at()))
                .flatten(),
            weights: WeightStep::of(&now),
            spectra: finds_spectra(self.card, &self.racer).then(|| self.spectra(&now)),
            curvature,
            stability,
            findings,
            slice,
            theory,
            anatomy: now,
        })
    }

    /// Returns the singular values of the racer's matrices.
    fn spectra(&self, now: &Anatomy) -> Vec<Spectrum> {
        Spectrum::all(now, &self.racer.plan, self.surface.blocks())
    }

    /// Returns the loss along the step.
    async fn slice(&self, now: &Anatomy) -> Slice {
        let mut evaluator = Arc::clone(&self.surface).evaluator();
        Slice::along_in_slices(&mut *evaluator, &now.from, &difference(now.to, now.from)).await
    }

    /// Returns the contraction in the steps before.
    async fn theory(&self) -> Result<Contraction, Inapplicable> {
        let mut evaluator = Arc::clone(&self.surface).evaluator();
        Contraction::on_path_in_slices(&mut *evaluator, &self.racer.plan, &self.path, self.step)
            .await
    }
}

#[cfg(test)]
mod tests;
