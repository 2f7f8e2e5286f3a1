//! The input of a diagnosis.

use std::borrow::Cow;

use super::{Evidence, Trials};
use crate::analysis::{Curvature, Stability};
use crate::experiment::Plan;
use crate::number::lowest_first;
use crate::optimizer::{NoteRole, OptimizerChoice, Role, Rule, Value};
use crate::plane::{difference, distance, dot, length};
use crate::simulation::{Anatomy, Status, Trajectory};
use crate::surface::{Minimum, Surface};

/// The length below which a gradient counts as zero; the statuses are stricter, since they are
/// final.
pub(super) const NO_SLOPE: f64 = 1e-6;

/// A racer at a step, with everything that was measured there.
pub struct Situation<'a> {
    /// The racer's plan.
    pub(super) plan: &'a Plan,
    /// The racer's whole path, before and after the step.
    pub(super) path: &'a Trajectory,
    /// Runs the races that test advice.
    pub(super) trials: Trials<'a>,
    /// The rule with its hyper-parameters in this step, after edits and schedule.
    pub(super) optimizer: OptimizerChoice,
    /// The same for the first step.
    pub(super) first_optimizer: OptimizerChoice,
    /// The minima of the surface.
    pub(super) minima: &'a [Minimum],
    /// The first step of the race.
    pub(super) first: &'a Anatomy,
    /// The step under inspection, which may not have been made yet.
    pub(super) now: &'a Anatomy,
    /// The full gradient at the start of the step.
    pub(super) gradient: [f64; 2],
    /// The curvature there, if it is finite.
    pub curvature: Option<Curvature>,
    /// The step's relation to the stability limit, if there is one.
    pub stability: Option<Stability>,
    /// The same for the first step of the race.
    pub(super) first_stability: Option<Stability>,
    /// The diagonal of the surface's window, to which lengths are compared.
    pub(super) diagonal: f64,
    /// The names of the surface's axes.
    pub(super) axes: [&'static str; 2],
    /// Whether the surface was measured at the nodes of a grid.
    pub(super) is_measured: bool,
    /// What is measured of a network; `None` on a surface of two parameters.
    pub(super) network: Option<Evidence>,
}

impl<'a> Situation<'a> {
    /// The situation of a racer in the step `now`, where `first` is its first step; both as
    /// returned by [`anatomy`](crate::simulation::anatomy()). `minima` are those of the surface, as
    /// returned by [`minima::worth_marking`](crate::surface::minima::worth_marking), and `trials`
    /// returns the outcome of an attempt; see [`Attempt::run`](super::Attempt::run).
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
        let network = Evidence::of(surface, [first, now]);
        // What is so on the plane of the picture need not be so for the racer above it.
        let is_flat = network.is_none();
        let stability = |anatomy: &Anatomy| {
            if !is_flat {
                return None;
            }
            let optimizer = plan.optimizer_in(anatomy.step, anatomy.learning_rate);
            let hessian = surface.hessian(anatomy.from);
            Stability::of(optimizer.rule(), &anatomy.notes, anatomy.step, hessian)
        };
        Self {
            plan,
            path,
            trials,
            optimizer: plan.optimizer_in(now.step, now.learning_rate),
            first_optimizer: plan.optimizer_in(first.step, first.learning_rate),
            minima,
            first,
            now,
            gradient: if is_flat {
                surface.gradient(now.from).1
            } else {
                [f64::NAN; 2]
            },
            curvature: is_flat
                .then(|| Curvature::of(surface.hessian(now.from)))
                .flatten(),
            stability: stability(now),
            first_stability: stability(first),
            diagonal: window.diagonal(),
            axes: surface.axes(),
            is_measured: surface.grid().is_some(),
            network,
        }
    }

    /// The number of steps before this one.
    pub(super) fn step(&self) -> usize {
        self.now.step
    }

    /// The racer's status.
    pub(super) fn status(&self) -> Status {
        self.path.status_at(self.step())
    }

    /// The rule with its hyper-parameters in this step.
    pub(super) fn rule(&self) -> &(dyn Rule + 'static) {
        self.optimizer.rule()
    }

    /// The display name of the rule.
    pub(super) fn title(&self) -> &str {
        self.rule().title()
    }

    /// The display name of the rule that takes the steps, inside all wrappers.
    pub(super) fn inner_title(&self) -> &str {
        let mut rule: &dyn Rule = self.rule();
        while let Some(inner) = rule.inner() {
            rule = inner;
        }
        rule.title()
    }

    /// The display name of the hyper-parameter that schedules drive.
    pub(super) fn rate_label(&self) -> String {
        let rule = self.rule();
        let rate = rule.rate().and_then(|index| rule.parameter(index));
        rate.map_or_else(|| "learning rate".to_owned(), |rate| rate.label())
    }

    /// The first hyper-parameter with this role, if the rule has one: its symbol and its value in
    /// this step.
    pub(super) fn parameter(&self, role: Role) -> Option<(Cow<'static, str>, f64)> {
        let index = self.rule().with_role(role)?;
        let symbol = self.rule().parameter(index)?.symbol;
        Some((symbol, self.rule().number(index)?))
    }

    /// Whether the rule has a switch with this role that is off.
    pub(super) fn is_off(&self, role: Role) -> bool {
        let index = self.rule().with_role(role);
        index.and_then(|index| self.rule().get(index)) == Some(Value::Switch(false))
    }

    /// η in this step.
    pub(super) fn learning_rate(&self) -> f64 {
        self.rule().learning_rate().unwrap_or_default()
    }

    /// How slowly the rule forgets squared gradients, as the symbol and value of its ρ or β₂;
    /// `None` for rules without such an average.
    pub(super) fn forgetting(&self) -> Option<(Cow<'static, str>, f64)> {
        self.parameter(Role::Forgetting)
    }

    /// The proportion of earlier gradients that the rule keeps, as the symbol and value of its μ or
    /// β₁; `None` for rules without memory, and if it is 0.
    pub(super) fn inertia(&self) -> Option<(Cow<'static, str>, f64)> {
        let kept = self.parameter(Role::Momentum);
        kept.filter(|(_, value)| *value > 0.0)
    }

    /// The displacement in this step.
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

    /// Whether the racer is still under way: it can move, and there is a gradient to follow.
    pub(super) fn is_under_way(&self) -> bool {
        self.stride().is_finite() && self.slope().is_finite() && self.slope() >= NO_SLOPE
    }

    /// Whether the next steps are too short to be seen.
    pub(super) fn rests(&self) -> bool {
        self.slope() < NO_SLOPE && self.stride() < 1e-4 * self.diagonal
    }

    /// The nearest minimum and the distance to it.
    pub(super) fn nearest(&self) -> Option<(&Minimum, f64)> {
        let with_distance = |minimum: &'a Minimum| (minimum, distance(minimum.at, self.now.from));
        let minima = self.minima.iter().map(with_distance);
        minima.min_by(|(_, a), (_, b)| lowest_first(*a, *b))
    }

    /// The lowest known minimum.
    pub(super) fn lowest(&self) -> Option<&Minimum> {
        let minima = self.minima.iter();
        minima.min_by(|a, b| lowest_first(a.value, b.value))
    }

    /// Whether reaching the nearest minimum takes more than `strides` steps like this one; `true`
    /// if no minimum is known.
    pub(super) fn is_far_off(&self, strides: f64) -> bool {
        self.nearest()
            .is_none_or(|(_, distance)| distance > strides * self.stride())
    }

    /// Whether a minimum is closer than this fraction of the window's diagonal.
    pub(super) fn is_near(&self, part: f64) -> bool {
        self.nearest()
            .is_some_and(|(_, distance)| distance < part * self.diagonal)
    }

    /// Whether the memory of earlier gradients, if the rule has one, has had time to build up.
    pub(super) fn has_gathered(&self) -> bool {
        self.inertia().is_none() || self.step() >= 10
    }

    /// The components of the last steps along `measure`, most recent first.
    pub(super) fn swings(&self, measure: [f64; 2]) -> impl Iterator<Item = f64> {
        let earlier = (0..self.step()).rev();
        let ways = earlier.map(|step| difference(self.path.at(step + 1), self.path.at(step)));
        let ways = std::iter::once(self.way()).chain(ways);
        ways.map(move |way| dot(way, measure))
    }

    /// How often the last steps have changed direction along `measure`, out of `most` possible
    /// times.
    pub(super) fn turns(&self, measure: [f64; 2], most: usize) -> usize {
        let swings: Vec<f64> = self.swings(measure).take(most + 1).collect();
        let turned = swings.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
        turned.count()
    }

    /// The effective rate divided by η on each axis; `None` for rules without scaling.
    pub(super) fn scaling(&self) -> Option<[f64; 2]> {
        scaling(self.now, &self.optimizer)
    }

    /// The same for the first step.
    pub(super) fn first_scaling(&self) -> Option<[f64; 2]> {
        scaling(self.first, &self.first_optimizer)
    }

    /// The root of the average or sum of squared gradients on each axis, as in the rule's divisor
    /// but without ε; `None` for rules that have none.
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
