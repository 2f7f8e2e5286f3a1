//! Undoable changes to an experiment.

use crate::experiment::{Batch, Color, Edit, Experiment, Racer, Schedule};
use crate::optimizer::{OptimizerChoice, Origin, Value};
use crate::surface::{Shape, SurfaceChoice};

/// A change to an experiment. Racers are identified by their index.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Replace the surface; the start moves along if it would otherwise be outside the window.
    Surface(SurfaceChoice),
    /// Rotate the surface to this angle, in degrees, and the start with it.
    Rotation(f64),
    /// Set the condition number of the long valley.
    Condition(f64),
    /// Move the start to this distance from the ridge of a saddle.
    OffRidge(f64),
    /// Move the start.
    Start([f64; 2]),
    /// Set the number of steps.
    Steps(usize),
    /// Append a racer.
    Add(OptimizerChoice),
    /// Append a racer with a plan of its own.
    AddRacer(Box<Racer>),
    /// Insert a copy of a racer after it.
    Duplicate(usize),
    /// Remove a racer.
    Remove(usize),
    /// Move a racer to another index.
    Reorder {
        /// The index to move from.
        from: usize,
        /// The index to move to.
        to: usize,
    },
    /// Rename a racer; `None` restores its optimizer's name.
    Name(usize, Option<String>),
    /// Show or hide a racer.
    Visible(usize, bool),
    /// Set a racer's colour; `None` restores the colour of its slot.
    Color(usize, Option<Color>),
    /// Replace a racer's optimizer.
    Optimizer(usize, OptimizerChoice),
    /// Apply the defaults of a library or of the publication to a racer.
    Defaults {
        /// The racer's index.
        racer: usize,
        /// The origin of the defaults.
        library: Origin,
        /// Whether to keep the current learning rate.
        keep_rate: bool,
    },
    /// Set a hyper-parameter.
    Parameter {
        /// The racer's index.
        racer: usize,
        /// The hyper-parameter's index in the rule's list.
        parameter: usize,
        /// The new value.
        value: Value,
        /// Whether to set the value in every racer that has a number of this name.
        linked: bool,
    },
    /// Set a hyper-parameter from a given step on.
    Edit(usize, Edit),
    /// Remove an edit, given by the racer's index and the edit's index in its list.
    RemoveEdit(usize, usize),
    /// Set which rows of the data a racer's steps use.
    Batch(usize, Batch),
    /// Set whether a racer draws rows with replacement.
    Replacement(usize, bool),
    /// Set the noise added to a racer's gradients.
    Noise(usize, f64),
    /// Set a racer's learning-rate schedule.
    Schedule(usize, Schedule),
    /// Set the multiplier of all learning rates, replacing the previous one. Handled by the
    /// document, which knows the previous multiplier.
    ScaleRates(f64),
}

/// A continuous user action, such as one drag of a slider. Its changes are undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// Dragging the start.
    Start,
    /// Rotating the surface.
    Rotation,
    /// Moving the start off the ridge.
    OffRidge,
    /// Dragging the valley's condition number.
    Condition,
    /// Dragging the number of steps.
    Steps,
    /// Typing a title or name.
    Text(usize),
    /// Dragging a racer's parameter.
    Parameter(usize, usize),
    /// Dragging the value of an edit.
    Edit(usize, String),
    /// Dragging a number of a schedule.
    Schedule(usize),
    /// Dragging a batch size.
    Batch(usize),
    /// Dragging the noise.
    Noise(usize),
    /// Picking a colour.
    Color(usize),
    /// Dragging the multiplier of all learning rates.
    Rates,
    /// Dragging a racer's card past others.
    Order,
}

impl Change {
    /// Returns the gesture that the change belongs to, if it can be part of one.
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

    /// Returns the index after the change of the racer now at `racer_index`.
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

    /// Returns the index after the change of one of `count` racers, unless it is removed.
    fn index_kept(&self, racer_index: usize, count: usize) -> Option<usize> {
        match *self {
            Self::Remove(removed) if removed == racer_index => None,
            Self::Reorder { from, to } if from.max(to) >= count => Some(racer_index),
            _ => Some(self.index_after(racer_index)),
        }
    }

    /// Returns the experiment after the change. An index out of range changes nothing.
    #[must_use]
    pub fn applied(self, experiment: &Experiment) -> Experiment {
        let mut next = experiment.clone();
        let indices: Vec<_> = (0..experiment.racers.len())
            .map(|index| self.index_kept(index, experiment.racers.len()))
            .collect();
        match self {
            Self::Surface(surface) => {
                let ground = surface.open();
                if ground.data().is_none() {
                    // Without data there are no rows to draw.
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
            Self::AddRacer(racer) => next.racers.push(*racer),
            Self::Duplicate(racer_index) => {
                if let Some(mut racer) = next.racers.get(racer_index).cloned() {
                    // Two racers of one colour could not be told apart.
                    racer.appearance.color = None;
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
        next.keep_slots(experiment, |index| indices[index]);
        next
    }
}

fn on(experiment: &mut Experiment, racer_index: usize, change: impl FnOnce(&mut Racer)) {
    if let Some(racer) = experiment.racers.get_mut(racer_index) {
        change(racer);
    }
}

/// Copies the learning rate of one optimizer to another if both have one and it means the same.
/// Rules that use more than the gradient measure it in different units.
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
