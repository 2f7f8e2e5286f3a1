//! All that a diagnosis looks at.

use super::Trials;
use crate::analysis::{Curvature, Stability};
use crate::experiment::Plan;
use crate::number::lowest_first;
use crate::optimizer::{NoteRole, OptimizerChoice, Role, Rule, Value};
use crate::plane::{difference, distance, dot, length};
use crate::simulation::{Anatomy, Status, Trajectory};
use crate::surface::{Minimum, Surface};

/// Below this length a gradient counts as nothing; the statuses are stricter, since their word is
/// final.
pub(super) const NO_SLOPE: f64 = 1e-6;

/// A racer at a step, with everything that was measured there.
pub struct Situation<'a> {
    /// What it does.
    pub(super) plan: &'a Plan,
    /// How it came here, and how it goes on.
    pub(super) path: &'a Trajectory,
    /// What would become of it otherwise.
    pub(super) trials: Trials<'a>,
    /// The rule with its hyper-parameters of this step, edits and schedule applied.
    pub(super) optimizer: OptimizerChoice,
    /// The same of the first step.
    pub(super) first_optimizer: OptimizerChoice,
    /// The minima of the surface.
    pub(super) minima: &'a [Minimum],
    /// The first step of the race.
    pub(super) first: &'a Anatomy,
    /// The step that is looked at, made or about to be made.
    pub(super) now: &'a Anatomy,
    /// The gradient of the full loss where the step starts.
    pub(super) gradient: [f64; 2],
    /// The curvature there, if it is finite.
    pub curvature: Option<Curvature>,
    /// How the step stands to the stability limit, where there is one.
    pub stability: Option<Stability>,
    /// The same of the first step of the race.
    pub(super) first_stability: Option<Stability>,
    /// The diagonal of the surface's window, the measure of long and short.
    pub(super) diagonal: f64,
    /// The names of the surface's axes.
    pub(super) axes: [&'static str; 2],
}

impl<'a> Situation<'a> {
    /// The situation of a racer in the step `now`, where `first` is its first step; both as
    /// [`anatomy`](crate::simulation::anatomy()) tells them. `minima` are those of the surface, as
    /// [`minima::worth_marking`](crate::surface::minima::worth_marking) finds them, and `trials`
    /// tells what would become of the racer otherwise; see [`Attempt::run`](super::Attempt::run).
    #[must_use]
    pub fn new(
        surface: &dyn Surface,
        plan: &'a Plan,
        path: &'a Trajectory,
        minima: &'a [Minimum],
        [first, now]: [&'a Anatomy; 2],
        trials: Trials<'a>,
    ) -> Self {
        let window = surface.window();
        let stability = |anatomy: &Anatomy| {
            let optimizer = plan.optimizer_at(anatomy.step);
            let hessian = surface.hessian(anatomy.from);
            Stability::of(optimizer.rule(), &anatomy.notes, anatomy.step, hessian)
        };
        Self {
            plan,
            path,
            trials,
            optimizer: plan.optimizer_at(now.step),
            first_optimizer: plan.optimizer_at(first.step),
            minima,
            first,
            now,
            gradient: surface.gradient(now.from).1,
            curvature: Curvature::of(surface.hessian(now.from)),
            stability: stability(now),
            first_stability: stability(first),
            diagonal: window.diagonal(),
            axes: surface.axes(),
        }
    }

    /// How many steps were made before this one.
    pub(super) fn step(&self) -> usize {
        self.now.step
    }

    /// How the racer fares.
    pub(super) fn status(&self) -> Status {
        self.path.status_at(self.step())
    }

    /// The rule with its hyper-parameters of this step.
    pub(super) fn rule(&self) -> &(dyn Rule + 'static) {
        self.optimizer.rule()
    }

    /// The rule's name on screen.
    pub(super) fn title(&self) -> &'static str {
        self.rule().about().title
    }

    /// The first hyper-parameter with this role, if the rule has one: its sign and its value in
    /// this step.
    pub(super) fn parameter(&self, role: Role) -> Option<(&'static str, f64)> {
        let index = self.rule().with_role(role)?;
        let symbol = self.rule().parameter(index)?.symbol;
        Some((symbol, self.rule().number(index)?))
    }

    /// Whether the rule has a switch with this role that is off.
    pub(super) fn is_off(&self, role: Role) -> bool {
        let index = self.rule().with_role(role);
        index.and_then(|index| self.rule().get(index)) == Some(Value::Switch(false))
    }

    /// η of this step.
    pub(super) fn learning_rate(&self) -> f64 {
        self.rule().learning_rate().unwrap_or_default()
    }

    /// How slowly the rule forgets squared gradients, as the sign and value of its ρ or β₂; `None`
    /// for rules that keep no average of them.
    pub(super) fn forgetting(&self) -> Option<(&'static str, f64)> {
        self.parameter(Role::Forgetting)
    }

    /// How much of earlier gradients the rule keeps, as the sign and value of its μ or β₁; `None`
    /// for rules without memory, and if it is 0.
    pub(super) fn inertia(&self) -> Option<(&'static str, f64)> {
        let kept = self.parameter(Role::Momentum);
        kept.filter(|&(_, value)| value > 0.0)
    }

    /// The way of this step.
    pub(super) fn way(&self) -> [f64; 2] {
        difference(self.now.to, self.now.from)
    }

    /// The length of this step.
    pub(super) fn stride(&self) -> f64 {
        length(self.way())
    }

    /// The length of the gradient.
    pub(super) fn slope(&self) -> f64 {
        length(self.gradient)
    }

    /// Whether the racer is on its way: it can still move, and there is a slope to follow.
    pub(super) fn is_under_way(&self) -> bool {
        self.stride().is_finite() && self.slope().is_finite() && self.slope() >= NO_SLOPE
    }

    /// Whether the next steps won't lead anywhere that one could see.
    pub(super) fn rests(&self) -> bool {
        self.slope() < NO_SLOPE && self.stride() < 1e-4 * self.diagonal
    }

    /// The nearest minimum and how far it is.
    pub(super) fn nearest(&self) -> Option<(&Minimum, f64)> {
        let with_distance = |minimum: &'a Minimum| (minimum, distance(minimum.at, self.now.from));
        let minima = self.minima.iter().map(with_distance);
        minima.min_by(|(_, a), (_, b)| lowest_first(*a, *b))
    }

    /// The lowest minimum that is known.
    pub(super) fn lowest(&self) -> Option<&Minimum> {
        let minima = self.minima.iter();
        minima.min_by(|a, b| lowest_first(a.value, b.value))
    }

    /// Whether the way to the nearest minimum takes more than this many steps like this one; yes,
    /// if no minimum is known.
    pub(super) fn is_far_off(&self, strides: f64) -> bool {
        self.nearest()
            .is_none_or(|(_, distance)| distance > strides * self.stride())
    }

    /// Whether a minimum is nearer than this part of the window's diagonal.
    pub(super) fn is_near(&self, part: f64) -> bool {
        self.nearest()
            .is_some_and(|(_, distance)| distance < part * self.diagonal)
    }

    /// Whether memory of earlier gradients, if the rule has it, has had time to gather.
    pub(super) fn has_gathered(&self) -> bool {
        self.inertia().is_none() || self.step() >= 10
    }

    /// The parts of the last steps along `measure`, this one first.
    pub(super) fn swings(&self, measure: [f64; 2]) -> impl Iterator<Item = f64> {
        let earlier = (0..self.step()).rev();
        let ways = earlier.map(|step| difference(self.path.at(step + 1), self.path.at(step)));
        let ways = std::iter::once(self.way()).chain(ways);
        ways.map(move |way| dot(way, measure))
    }

    /// How often the last steps have turned round along `measure`, of `most` times that they
    /// could.
    pub(super) fn turns(&self, measure: [f64; 2], most: usize) -> usize {
        let swings: Vec<f64> = self.swings(measure).take(most + 1).collect();
        let turned = swings.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
        turned.count()
    }

    /// Effective rate over η on each axis: the scaling alone; `None` for rules without.
    pub(super) fn scaling(&self) -> Option<[f64; 2]> {
        scaling(self.now, &self.optimizer)
    }

    /// The same of the first step.
    pub(super) fn first_scaling(&self) -> Option<[f64; 2]> {
        scaling(self.first, &self.first_optimizer)
    }

    /// The root of the average or sum of squared gradients on each axis, as the rule divides by it,
    /// ε apart; `None` for rules without.
    pub(super) fn root_mean_square(&self) -> Option<[f64; 2]> {
        let squares = self.now.notes.last(NoteRole::Squares);
        squares.map(|squares| squares.map(f64::sqrt))
    }
}

fn scaling(anatomy: &Anatomy, optimizer: &OptimizerChoice) -> Option<[f64; 2]> {
    let rates = anatomy.notes.first(NoteRole::Rate)?;
    let eta = optimizer.rule().learning_rate().filter(|&eta| eta > 0.0)?;
    Some(rates.map(|rate| rate / eta))
}
