//! Changes of an experiment: each one is a step that can be undone.

use crate::experiment::{Batch, Color, Edit, Experiment, Racer, Schedule};
use crate::optimizer::{OptimizerChoice, Origin, Value};
use crate::surface::{Shape, SurfaceChoice};

/// A change of an experiment. Racers are named by their index.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another surface; the start moves along if it would lie outside.
    Surface(SurfaceChoice),
    /// The surface is turned to this angle, in degrees, and the start with it.
    Rotation(f64),
    /// The long valley gets another condition number.
    Condition(f64),
    /// The start moves to this distance beside the ridge of a saddle.
    OffRidge(f64),
    /// Another start point.
    Start([f64; 2]),
    /// Another number of steps.
    Steps(usize),
    /// One more racer, at the end.
    Add(OptimizerChoice),
    /// A copy of a racer, behind it.
    Duplicate(usize),
    /// A racer leaves.
    Remove(usize),
    /// A racer moves to another index.
    Reorder {
        /// From this index.
        from: usize,
        /// To this index.
        to: usize,
    },
    /// A racer gets another name; `None`: its optimizer's.
    Name(usize, Option<String>),
    /// A racer is shown or hidden.
    Visible(usize, bool),
    /// A racer gets a colour of the user's; `None`: that of its slot.
    Color(usize, Option<Color>),
    /// A racer gets another rule.
    Optimizer(usize, OptimizerChoice),
    /// A racer gets a library's defaults, its learning rate kept or not.
    Defaults {
        /// Who.
        racer: usize,
        /// The racer's index.
        library: Origin,
        /// Whether the learning rate stays.
        keep_rate: bool,
    },
    /// A hyper-parameter gets another value.
    Parameter {
        /// Who.
        racer: usize,
        /// Which, by its index in the rule's list.
        parameter: usize,
        /// The value.
        value: Value,
        /// Whether all racers that have a number of this name get the value, too.
        linked: bool,
    },
    /// A hyper-parameter gets another value from a step on.
    Edit(usize, Edit),
    /// An edit is taken away, by its index in the racer's list.
    RemoveEdit(usize, usize),
    /// A racer's steps look at other rows of the data.
    Batch(usize, Batch),
    /// A racer's rows are put back after drawing, or not.
    Replacement(usize, bool),
    /// Noise is added to a racer's gradients.
    Noise(usize, f64),
    /// A racer's learning rate follows another schedule.
    Schedule(usize, Schedule),
    /// All learning rates are multiplied by this and no longer by what was before; the document,
    /// which knows what was before, sees to it.
    ScaleRates(f64),
}

/// Changes of the same gesture, such as one drag of a slider, are undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The start point is dragged.
    Start,
    /// The surface is turned.
    Rotation,
    /// The start is pushed off the ridge.
    OffRidge,
    /// The valley's condition number is dragged.
    Condition,
    /// The number of steps is dragged.
    Steps,
    /// A title or name is typed.
    Text(usize),
    /// A parameter of a racer is dragged.
    Parameter(usize, usize),
    /// An edit of a racer is dragged.
    Edit(usize, String),
    /// A schedule's number is dragged.
    Schedule(usize),
    /// A batch size is dragged.
    Batch(usize),
    /// The noise is dragged.
    Noise(usize),
    /// A colour is picked.
    Color(usize),
    /// The multiplier of all rates is dragged.
    Rates,
    /// A racer's card is carried past others.
    Order,
}

impl Change {
    /// The gesture that the change may be a part of.
    #[must_use]
    pub fn gesture(&self) -> Option<Gesture> {
        match self {
            Self::Start(_) => Some(Gesture::Start),
            Self::Rotation(_) => Some(Gesture::Rotation),
            Self::Condition(_) => Some(Gesture::Condition),
            Self::OffRidge(_) => Some(Gesture::OffRidge),
            Self::Steps(_) => Some(Gesture::Steps),
            Self::Name(racer, _) => Some(Gesture::Text(*racer)),
            Self::Parameter {
                racer,
                parameter,
                value: Value::Number(_),
                ..
            } => Some(Gesture::Parameter(*racer, *parameter)),
            Self::Edit(racer, edit) => Some(Gesture::Edit(*racer, edit.parameter.clone())),
            Self::Schedule(racer, _) => Some(Gesture::Schedule(*racer)),
            Self::Batch(racer, Batch::MiniBatch(_)) => Some(Gesture::Batch(*racer)),
            Self::Noise(racer, _) => Some(Gesture::Noise(*racer)),
            Self::Color(racer, _) => Some(Gesture::Color(*racer)),
            Self::ScaleRates(_) => Some(Gesture::Rates),
            Self::Reorder { .. } => Some(Gesture::Order),
            _ => None,
        }
    }

    /// Where the racer at an index stands after the change.
    #[must_use]
    pub fn index_after(&self, racer_index: usize) -> usize {
        match *self {
            Self::Reorder { from, to } if from == racer_index => to,
            Self::Reorder { from, to } if (from..=to).contains(&racer_index) => racer_index - 1,
            Self::Reorder { from, to } if (to..from).contains(&racer_index) => racer_index + 1,
            Self::Remove(removed) if removed < racer_index => racer_index - 1,
            Self::Duplicate(original) if original < racer_index => racer_index + 1,
            _ => racer_index,
        }
    }

    /// The experiment after the change. A index that does not exist changes nothing.
    #[must_use]
    pub fn applied(self, experiment: &Experiment) -> Experiment {
        let mut next = experiment.clone();
        match self {
            Self::Surface(surface) => {
                let ground = surface.open();
                if ground.data().is_none() {
                    // Without data there are no rows to be drawn.
                    for racer in &mut next.racers {
                        (racer.plan.batch, racer.plan.replacement) = (Batch::Full, false);
                    }
                }
                let window = ground.window();
                if !window.contains(next.start) {
                    next.start = [
                        next.start[0].clamp(window.x[0], window.x[1]),
                        next.start[1].clamp(window.y[0], window.y[1]),
                    ];
                }
                if !Shape::has_condition(&surface) {
                    next.shape.condition = None;
                }
                next.surface = surface;
            }
            Self::Start(start) => next.start = start,
            Self::Rotation(rotation) => {
                next.start = next.shape.carry(&next.surface, next.start, rotation);
                next.shape.rotation = rotation;
            }
            Self::OffRidge(off) => {
                next.start = next.shape.beside_ridge(&next.surface, next.start, off);
            }
            Self::Condition(condition) => next.shape.condition = Some(condition),
            Self::Steps(steps) => next.steps = steps.clamp(1, Experiment::MOST_STEPS),
            Self::Add(optimizer) => next.racers.push(Racer::new(optimizer)),
            Self::Duplicate(racer_index) => {
                if let Some(racer) = next.racers.get(racer_index).cloned() {
                    next.racers.insert(racer_index + 1, racer);
                }
            }
            Self::Remove(racer_index) => {
                if racer_index < next.racers.len() {
                    next.racers.remove(racer_index);
                }
            }
            Self::Reorder { from, to } => {
                if from < next.racers.len() && to < next.racers.len() {
                    let racer = next.racers.remove(from);
                    next.racers.insert(to, racer);
                }
            }
            Self::Parameter {
                racer,
                parameter,
                value,
                linked,
            } => set_parameter(&mut next.racers, racer, parameter, value, linked),
            Self::ScaleRates(_) => {}
            Self::Batch(racer_index, batch) => {
                on(&mut next, racer_index, |racer| racer.plan.batch = batch);
            }
            Self::Replacement(racer_index, replacement) => {
                on(&mut next, racer_index, |racer| {
                    racer.plan.replacement = replacement;
                });
            }
            Self::Noise(racer_index, noise) => {
                on(&mut next, racer_index, |racer| racer.plan.noise = noise);
            }
            Self::Name(racer_index, name) => {
                on(&mut next, racer_index, |racer| racer.appearance.name = name);
            }
            Self::Visible(racer_index, visible) => {
                on(&mut next, racer_index, |racer| {
                    racer.appearance.visible = visible;
                });
            }
            Self::Color(racer_index, color) => {
                on(&mut next, racer_index, |racer| {
                    racer.appearance.color = color;
                });
            }
            Self::Optimizer(racer_index, optimizer) => on(&mut next, racer_index, |racer| {
                racer.plan.edits.retain(|edit| {
                    let rule = optimizer.rule();
                    rule.find(&edit.parameter)
                        .is_some_and(|parameter| rule.number(parameter).is_some())
                });
                racer.plan.optimizer = optimizer;
            }),
            Self::Defaults {
                racer,
                library,
                keep_rate,
            } => on(&mut next, racer, |racer| {
                if let Some(mut optimizer) = racer.plan.optimizer.defaults(library) {
                    if keep_rate {
                        keep_rate_of(&racer.plan.optimizer, &mut optimizer);
                    }
                    racer.plan.optimizer = optimizer;
                }
            }),
            Self::Edit(racer_index, edit) => on(&mut next, racer_index, |racer| {
                racer
                    .plan
                    .edits
                    .retain(|old| old.step != edit.step || old.parameter != edit.parameter);
                racer.plan.edits.push(edit);
                racer.plan.edits.sort_by_key(|edit| edit.step);
            }),
            Self::RemoveEdit(racer_index, edit) => on(&mut next, racer_index, |racer| {
                if edit < racer.plan.edits.len() {
                    racer.plan.edits.remove(edit);
                }
            }),
            Self::Schedule(racer_index, schedule) => {
                on(&mut next, racer_index, |racer| {
                    racer.plan.schedule = schedule;
                });
            }
        }
        next
    }
}

fn on(experiment: &mut Experiment, racer_index: usize, change: impl FnOnce(&mut Racer)) {
    if let Some(racer) = experiment.racers.get_mut(racer_index) {
        change(racer);
    }
}

/// Gives an optimizer the learning rate of another, where both have one and it means the same:
/// rules that ask for more than a gradient count it in other units.
pub fn keep_rate_of(from: &OptimizerChoice, to: &mut OptimizerChoice) {
    let is_beyond = |rule: &OptimizerChoice| rule.needs().is_beyond_gradient();
    if !from.is_same_rule(to) && (is_beyond(from) || is_beyond(to)) {
        return;
    }
    if let (Some(rate), Some(index)) = (from.rule().learning_rate(), to.rule().rate()) {
        to.rule_mut().set(index, Value::Number(rate));
    }
}

fn set_parameter(
    racers: &mut [Racer],
    racer_index: usize,
    parameter: usize,
    value: Value,
    linked: bool,
) {
    let Some(racer) = racers.get_mut(racer_index) else {
        return;
    };
    racer.plan.optimizer.rule_mut().set(parameter, value);
    let Some(name) = racer
        .plan
        .optimizer
        .rule()
        .parameter(parameter)
        .map(|p| p.name)
    else {
        return;
    };
    if linked {
        for other in racers {
            let rule = other.plan.optimizer.rule_mut();
            if let Some(theirs) = rule.find(&name) {
                rule.set(theirs, value);
            }
        }
    }
}
