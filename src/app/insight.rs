//! The selected racer's step, looked at from inside: worked out once for all panels that show it.

use std::collections::HashMap;
use std::sync::Arc;

use super::clock::Clock;
use super::document::Document;
use super::state::State;
use super::trials::TrialCache;
use crate::analysis::diagnosis::{Finding, Situation, Trials, diagnose};
use crate::analysis::{Curvature, Spread, Stability};
use crate::experiment::Racer;
use crate::optimizer::Line;
use crate::simulation::{Anatomy, Arrow, HalfAxes, Trajectory, anatomy};
use crate::view::equation::Equation;

/// What is known of one step of the selected racer.
#[derive(Debug)]
pub struct Insight {
    /// The racer's index.
    pub index: usize,
    /// The step: it leads from here to the next point.
    pub step: usize,
    /// What the rule told.
    pub anatomy: Anatomy,
    /// The step's vectors.
    pub arrows: Vec<Arrow>,
    /// The half axes of the ellipse of accumulated squares.
    pub squares: Option<HalfAxes>,
    /// What the gradient could have been, for a racer that sees some rows only.
    pub spread: Option<Spread>,
    /// How the ground curves there.
    pub curvature: Option<Curvature>,
    /// How the learning rate stands to the local limit.
    pub stability: Option<Stability>,
    /// What there is to remark.
    pub findings: Vec<Finding>,
}

/// Later steps are looked into only while the race stands still: all steps before them have to be
/// run again.
const WHILE_PLAYING: usize = 20_000;

/// On what an insight depends: the paths, the racer's index, the step, the racer, and whether the
/// race plays, when less can be tried.
type Key = (u64, usize, usize, Racer, bool);

/// The insight that was asked for last.
#[derive(Debug, Default)]
pub struct InsightCache {
    key: Option<Key>,
    insight: Option<Insight>,
    trials: TrialCache,
    equations: HashMap<Line, Option<Arc<Equation>>>,
}

impl InsightCache {
    /// Brings it up to date with what is selected and where the playhead is.
    pub fn update(&mut self, state: &State) {
        let document = state.document();
        let (version, playing) = (document.race.version(), document.playback.playing);
        let wanted = wanted(state);
        let key = wanted
            .as_ref()
            .map(|(index, step, racer, _)| (version, *index, *step, racer.clone(), playing));
        if key != self.key {
            let trials = self.trials.of(&document.race, playing);
            self.insight = wanted.and_then(|(index, step, racer, path)| {
                look_into(document, index, step, &racer, path, &trials)
            });
            self.key = key;
        }
    }

    /// What is known now.
    #[must_use]
    pub fn get(&self) -> Option<&Insight> {
        self.insight.as_ref()
    }

    /// What is known of the racer of this index, if it is the selected one.
    #[must_use]
    pub fn of(&self, index: usize) -> Option<&Insight> {
        self.get().filter(|insight| insight.index == index)
    }

    /// An equation, laid out once.
    pub fn equation(&mut self, line: Line) -> Option<Arc<Equation>> {
        let equations = self.equations.entry(line);
        let made = |line: &Line| Equation::new(line).map(Arc::new);
        equations.or_insert_with_key(made).clone()
    }
}

/// The racer and step that are to be looked at.
fn wanted(state: &State) -> Option<(usize, usize, Racer, &Trajectory)> {
    let document = state.document();
    let index = document.selected?;
    let racer = document.race.experiment().racers.get(index)?;
    let path = document.race.paths().get(index)?;
    let step = Clock::of(state).step_of(path);
    let step = step.min(path.last_step().saturating_sub(1));
    let affordable = step <= WHILE_PLAYING || !document.playback.playing;
    affordable.then(|| (index, step, racer.clone(), &**path))
}

fn look_into(
    document: &Document,
    index: usize,
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
        index,
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
