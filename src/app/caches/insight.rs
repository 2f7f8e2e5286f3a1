//! The details of the selected racer's step, computed once for all panels that show them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::diagnosis::{Finding, Situation, Trials, diagnose};
use crate::analysis::{Curvature, Spread, Stability};
use crate::app::caches::trials::TrialCache;
use crate::app::document::Document;
use crate::app::document::clock::Clock;
use crate::app::document::ids::RacerId;
use crate::experiment::Racer;
use crate::optimizer::Line;
use crate::simulation::{Anatomy, Arrow, HalfAxes, Trajectory, anatomy};
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
    /// The diagnosis.
    pub findings: Vec<Finding>,
}

/// The last step examined while the race is playing. Examining a step runs all steps before it
/// again, so later ones wait until the race is paused.
const WHILE_PLAYING: usize = 20_000;

/// Everything an insight depends on: the version of the paths, the racer's id, the step, the
/// racer, and whether the race is playing, which limits the number of trials.
type Key = (u64, RacerId, usize, Racer, bool);

/// The most recent insight.
#[derive(Debug, Default)]
pub struct InsightCache {
    key: Option<Key>,
    insight: Option<Insight>,
    trials: TrialCache,
    equations: HashMap<Line, Option<Arc<Equation>>>,
}

impl InsightCache {
    /// Updates the insight for the current selection and playhead.
    pub fn update(&mut self, document: &Document) {
        let clock = document.clock();
        let (version, playing) = (document.race.version(), document.playback.playing);
        let wanted = wanted(document, clock);
        let key = wanted
            .as_ref()
            .map(|(id, step, racer, _)| (version, *id, *step, racer.clone(), playing));
        if key != self.key {
            let trials = self.trials.of(&document.race, playing);
            self.insight = wanted.and_then(|(id, step, racer, path)| {
                look_into(document, id, step, &racer, path, &trials)
            });
            self.key = key;
        }
    }

    /// Returns the current insight.
    #[must_use]
    pub fn get(&self) -> Option<&Insight> {
        self.insight.as_ref()
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
fn wanted(document: &Document, clock: Clock) -> Option<(RacerId, usize, Racer, &Trajectory)> {
    let id = document.selected()?;
    let racer = document.race.lineup().racer(id)?;
    let path = document.race.path_of(id)?;
    let step = clock.step_of(path);
    let step = step.min(path.last_step().saturating_sub(1));
    let affordable = step <= WHILE_PLAYING || !document.playback.playing;
    affordable.then(|| (id, step, racer.clone(), &**path))
}

fn look_into(
    document: &Document,
    id: RacerId,
    step: usize,
    racer: &Racer,
    path: &Trajectory,
    trials: Trials<'_>,
) -> Option<Insight> {
    let surface = document.race.surface();
    let seed = document.race.experiment().seed;
    let now = anatomy(surface, &racer.plan, path, step, seed)?;
    let first = anatomy(surface, &racer.plan, path, 0, seed)?;
    let minima = document.race.minima();
    let steps = [&first, &now];
    let situation = Situation::new(&**surface, &racer.plan, path, minima, steps, trials);
    let (findings, curvature, stability) = (
        diagnose(&situation),
        situation.curvature,
        situation.stability,
    );
    Some(Insight {
        id,
        step,
        arrows: now.arrows(&**surface),
        squares: now.squares(),
        spread: Spread::of(&**surface, &racer.plan, now.asked_at()),
        curvature,
        stability,
        findings,
        anatomy: now,
    })
}
