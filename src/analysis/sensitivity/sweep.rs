//! Runs a plan with many values of one hyper-parameter, the coarse values first.

use super::ground::RunJob;
use super::{Grid, Ground, Knob, Run};
use crate::engine::{Signal, all_cores, at_once};
use crate::experiment::Plan;
use crate::number::lowest_first;

/// The runs of one racer with other values of a hyper-parameter.
///
/// Rounds 0 to 3 make every eighth run of the grid, then those between, down to every one. Two
/// more rounds refine around the lowest losses of the grid.
#[derive(Clone, Debug)]
pub struct Sweep {
    knob: Knob,
    plan: Plan,
    grid: Grid,
    /// The runs made so far, in ascending order of their values.
    runs: Vec<Run>,
    /// The values that cannot be run.
    barred: Vec<f64>,
    round: usize,
    rounds: usize,
    /// What the last round of refinement has to look between.
    brackets: Vec<[f64; 2]>,
}

/// The distances between the values of the grid that are run in each round.
const STRIDES: [usize; 4] = [8, 4, 2, 1];
/// The number of rounds of refinement.
const REFINEMENTS: usize = 2;
/// The number of dips of the grid that are refined, the lowest first.
const DIPS: usize = 3;
/// The number of values tried within a dip, in each round.
const INSIDE: usize = 8;
/// The number of rounds of a sweep that would cost too much otherwise: every fourth value.
const COARSE_ROUNDS: usize = 2;

/// The highest cost of all sweeps of a race, in evaluations of a row: some 20 s on one core. What
/// costs more is done with a quarter of the values and not refined, unless even that costs more.
const MOST: u64 = 20_000_000_000;
/// The cost after which partial results are handed over: some 20 ms.
const IN_ONE_GO: u64 = 20_000_000;

impl Sweep {
    /// Prepares to sweep the hyper-parameter with this name, or the rate if it is `None`; the
    /// result is `None` if the plan has no such number.
    #[must_use]
    pub fn new(plan: &Plan, name: Option<&str>) -> Option<Self> {
        let knob = Knob::find(plan, name)?;
        let grid = Grid::of(&knob, knob.value(plan))?;
        Some(Self {
            plan: plan.clone(),
            grid,
            knob,
            runs: Vec::new(),
            barred: Vec::new(),
            round: 0,
            rounds: STRIDES.len() + REFINEMENTS,
            brackets: Vec::new(),
        })
    }

    /// Whether the sweep holds for another plan as well, which differs at most in the value that
    /// is swept.
    #[must_use]
    pub fn is_of(&self, plan: &Plan, name: Option<&str>) -> bool {
        let Some(knob) = Knob::find(plan, name) else {
            return false;
        };
        let value = self.knob.value(&self.plan);
        let same_plan =
            knob.index == self.knob.index && knob.set(plan, value).as_ref() == Some(&self.plan);
        same_plan && Grid::of(&knob, knob.value(plan)).as_ref() == Some(&self.grid)
    }

    /// The hyper-parameter.
    #[must_use]
    pub fn knob(&self) -> &Knob {
        &self.knob
    }

    /// The values of the first rounds.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The runs made so far, in ascending order of their values.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Whether all runs have been made.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.round >= self.rounds
    }

    /// The values of the next round.
    fn wanted(&self) -> Vec<f64> {
        let mut values: Vec<f64> = match STRIDES.get(self.round) {
            _ if self.is_finished() => vec![],
            Some(stride) => self.grid.values.iter().step_by(*stride).copied().collect(),
            None => {
                let inside = self.brackets.iter().flat_map(|ends| self.inside(*ends));
                inside.collect()
            }
        };
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        let is_known = |value: &f64| {
            self.runs.iter().any(|run| run.value == *value) || self.barred.contains(value)
        };
        values.retain(|value| !is_known(value));
        values
    }

    /// Values between two others, at equal distances on the scale.
    fn inside(&self, ends: [f64; 2]) -> impl Iterator<Item = f64> {
        let (ruler, valid) = (self.grid.ruler, self.knob.valid());
        let [from, to] = ends.map(|value| ruler.position(value));
        #[expect(clippy::cast_precision_loss, reason = "a handful of values")]
        let share = move |k: usize| k as f64 / (INSIDE + 1) as f64;
        let value = move |k| ruler.rounded(ruler.value(from + share(k) * (to - from)));
        (1..=INSIDE)
            .map(value)
            .filter(move |value| valid.allows(*value))
    }

    /// Takes the runs of a round.
    fn take(&mut self, wanted: &[f64], runs: impl Iterator<Item = Run>) {
        self.runs.extend(runs);
        self.runs.sort_by(|a, b| a.value.total_cmp(&b.value));
        let has_run = |value: &f64| self.runs.iter().any(|run| run.value == *value);
        let barred = wanted.iter().filter(|value| !has_run(value)).copied();
        let barred: Vec<f64> = barred.collect();
        self.barred.extend(barred);
        self.round += 1;
        self.brackets = self.dips();
    }

    /// The neighbourhoods of the lowest losses that are lower than both of their neighbours.
    fn dips(&self) -> Vec<[f64; 2]> {
        let loss = |index: usize| self.runs.get(index).map_or(f64::NAN, Run::loss);
        let is_dip = |index: &usize| {
            let beside = [index.checked_sub(1).map_or(f64::NAN, loss), loss(index + 1)];
            let own = loss(*index);
            own.is_finite() && beside.iter().all(|it| lowest_first(own, *it).is_le())
        };
        let mut dips: Vec<usize> = (0..self.runs.len()).filter(is_dip).collect();
        dips.sort_by(|a, b| lowest_first(loss(*a), loss(*b)));
        let value = |index: usize| self.runs.get(index).map(|run| run.value);
        let bracket = |index: usize| {
            let own = value(index)?;
            let below = index.checked_sub(1).and_then(value).unwrap_or(own);
            Some([below, value(index + 1).unwrap_or(own)])
        };
        dips.into_iter().take(DIPS).filter_map(bracket).collect()
    }

    /// The cost of all runs that may still be made, in evaluations of a row.
    fn remaining_cost(&self, ground: &Ground) -> u64 {
        let values = self.grid.values.len();
        let count = |round: usize| match (round, STRIDES.get(round)) {
            (0, Some(stride)) => values.div_ceil(*stride),
            // Every second one of them has been run before.
            (_, Some(stride)) => values.div_ceil(2 * stride),
            (_, None) => DIPS * INSIDE,
        };
        let runs: usize = (self.round..self.rounds).map(count).sum();
        ground.price_of_run(&self.plan).saturating_mul(runs as u64)
    }
}

/// The cost of finishing these sweeps, in evaluations of a row. If it would be too high, the
/// sweeps are first reduced to fewer values; the result is `None` if it is too high even so.
#[must_use]
pub fn cost(sweeps: &mut [Sweep], ground: &Ground) -> Option<u64> {
    let total = |sweeps: &[Sweep]| {
        let costs = sweeps.iter().map(|sweep| sweep.remaining_cost(ground));
        costs.fold(0, u64::saturating_add)
    };
    if total(sweeps) > MOST {
        for sweep in &mut *sweeps {
            sweep.rounds = COARSE_ROUNDS;
        }
    }
    Some(total(sweeps)).filter(|cost| *cost <= MOST)
}

/// Makes the next rounds of runs on all cores, as many as take a moment, but at least one of each
/// sweep. Nothing changes if `signal` stops it.
pub async fn next_rounds(sweeps: &mut [Sweep], ground: &Ground, signal: &Signal) {
    let mut done = 0_u64;
    while done <= IN_ONE_GO && !signal.is_stopped() && !sweeps.iter().all(Sweep::is_finished) {
        done = done.saturating_add(round(sweeps, ground, signal).await);
    }
}

/// Makes all runs.
pub fn finish(sweeps: &mut [Sweep], ground: &Ground, signal: &Signal) {
    while !signal.is_stopped() && !sweeps.iter().all(Sweep::is_finished) {
        at_once(round(sweeps, ground, signal));
    }
}

/// Makes one round of runs of every sweep, and returns what it cost.
async fn round(sweeps: &mut [Sweep], ground: &Ground, signal: &Signal) -> u64 {
    let wanted: Vec<Vec<f64>> = sweeps.iter().map(Sweep::wanted).collect();
    let jobs = sweeps.iter().zip(&wanted).flat_map(|(sweep, values)| {
        values.iter().map(|&value| {
            let plan = sweep.knob.set(&sweep.plan, value)?;
            Some(RunJob {
                ground,
                value,
                plan: Some(plan),
                running: None,
            })
        })
    });
    let jobs: Vec<Option<RunJob<'_>>> = jobs.collect();
    let price = sweeps.iter().map(|sweep| ground.price_of_run(&sweep.plan));
    let price = price.max().unwrap_or(0);
    let count = jobs.len();
    let work = usize::try_from(price).unwrap_or(usize::MAX);
    let mut runs = all_cores(jobs, work, signal).await.into_iter();
    if signal.is_stopped() {
        return 0;
    }
    for (sweep, values) in sweeps.iter_mut().zip(&wanted) {
        if !sweep.is_finished() {
            let made = runs.by_ref().take(values.len()).flatten().flatten();
            sweep.take(values, made);
        }
    }
    price.saturating_mul(count as u64)
}
