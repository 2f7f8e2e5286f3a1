//! Undoable changes to an experiment.

use super::difference::Take;
use super::formula_change::FormulaChange;
use super::gesture::Gesture;
use super::group_change::GroupChange;
use super::ids::RacerId;
use super::kept_rate::keep_rate_of;
use super::lineup::Lineup;
use super::new_racer::suit_network;
use super::new_surface::replace_surface;
use super::rule_change::RuleChange;
use crate::analysis::sensitivity::Knob;
use crate::experiment::{Batch, Color, Edit, Experiment, Plan, Racer, Schedule};
use crate::optimizer::{OptimizerChoice, Origin, Value};
use crate::surface::SurfaceChoice;

/// A change to an experiment.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "there are few at a time, and none is kept"
)]
pub enum Change {
    /// Set the title.
    Title(String),
    /// Set the notes.
    Notes(String),
    /// Replace the surface; the start moves along if it would otherwise be outside the window.
    Surface(SurfaceChoice),
    /// Change the formula of a typed surface; any other surface stays as it is.
    Formula(FormulaChange),
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
    /// Set the seed of all randomness.
    Seed(u64),
    /// Set the number of seeds with which every racer runs.
    Seeds(usize),
    /// Append a racer.
    Add(Box<Racer>),
    /// Insert a copy of a racer after it.
    Duplicate(RacerId),
    /// Remove a racer.
    Remove(RacerId),
    /// Move a racer to an index.
    Reorder(RacerId, usize),
    /// Rename a racer; `None` restores its optimizer's name.
    Name(RacerId, Option<String>),
    /// Show or hide a racer.
    Visible(RacerId, bool),
    /// Set a racer's colour; `None` restores the colour of its slot.
    Color(RacerId, Option<Color>),
    /// Replace a racer's optimizer.
    Optimizer(RacerId, OptimizerChoice),
    /// Change the lines of a racer's rule; a rule that is built in stays as it is.
    Rule(RacerId, RuleChange),
    /// Apply the defaults of a library or of the publication to a racer.
    Defaults {
        /// The racer.
        racer: RacerId,
        /// The origin of the defaults.
        library: Origin,
        /// Whether to keep the current learning rate.
        keep_rate: bool,
    },
    /// Set a hyper-parameter.
    Parameter {
        /// The racer.
        racer: RacerId,
        /// The hyper-parameter's index in the rule's list.
        parameter: usize,
        /// The new value.
        value: Value,
        /// Whether to set the value in every racer that has a number of this name.
        linked: bool,
    },
    /// Set the rates of several racers.
    Tune(Vec<(RacerId, f64)>),
    /// Set a hyper-parameter from a given step on.
    Edit(RacerId, Edit),
    /// Remove the edit of a hyper-parameter at a step.
    RemoveEdit {
        /// The racer.
        racer: RacerId,
        /// The step of the edit.
        step: usize,
        /// The name of the hyper-parameter.
        parameter: String,
    },
    /// Replace all edits of a racer.
    Edits(RacerId, Vec<Edit>),
    /// Set which rows of the data a racer's steps use.
    Batch(RacerId, Batch),
    /// Set whether a racer draws rows with replacement.
    Replacement(RacerId, bool),
    /// Set the noise added to a racer's gradients.
    Noise(RacerId, f64),
    /// Set a racer's learning-rate schedule.
    Schedule(RacerId, Schedule),
    /// Change the group at an index of a racer's list.
    Group(RacerId, usize, GroupChange),
    /// Make the race equal to another one in one respect.
    Take(Box<Take>),
    /// Set the multiplier of all learning rates, replacing the previous one. Handled by the
    /// document, which knows the previous multiplier.
    ScaleRates(f64),
}

impl Change {
    /// Returns a change that appends a racer with this optimizer.
    #[must_use]
    pub fn add(optimizer: OptimizerChoice) -> Self {
        Self::Add(Box::new(Racer::new(optimizer)))
    }

    /// Returns the gesture that the change belongs to, if it can be part of one.
    #[must_use]
    pub fn gesture(&self) -> Option<Gesture> {
        match self {
            Self::Title(_) => Some(Gesture::Title),
            Self::Notes(_) => Some(Gesture::Notes),
            Self::Start(_) => Some(Gesture::Start),
            Self::Formula(change) => change.gesture(),
            Self::Rotation(_) => Some(Gesture::Rotation),
            Self::Condition(_) => Some(Gesture::Condition),
            Self::OffRidge(_) => Some(Gesture::OffRidge),
            Self::Steps(_) => Some(Gesture::Steps),
            Self::Seed(_) => Some(Gesture::Seed),
            Self::Seeds(_) => Some(Gesture::Seeds),
            Self::Name(racer, _) => Some(Gesture::Name(*racer)),
            Self::Parameter {
                racer,
                parameter,
                value: Value::Number(_),
                ..
            } => Some(Gesture::Parameter(*racer, *parameter)),
            Self::Group(racer, group, GroupChange::Parameter(parameter, Value::Number(_))) => {
                Some(Gesture::Group(*racer, *group, *parameter))
            }
            Self::Rule(racer, change) => change.gesture(*racer),
            Self::Edit(racer, edit) => Some(Gesture::Edit(*racer, edit.parameter.clone())),
            Self::Schedule(racer, _) => Some(Gesture::Schedule(*racer)),
            Self::Batch(racer, Batch::MiniBatch(_)) => Some(Gesture::Batch(*racer)),
            Self::Noise(racer, _) => Some(Gesture::Noise(*racer)),
            Self::Color(racer, _) => Some(Gesture::Color(*racer)),
            Self::ScaleRates(_) => Some(Gesture::Rates),
            Self::Reorder(racer, _) => Some(Gesture::Order(*racer)),
            _ => None,
        }
    }

    /// Returns the lineup after the change. A racer that is not there changes nothing.
    #[must_use]
    pub fn applied(self, lineup: &Lineup) -> Lineup {
        let mut next = lineup.clone();
        match self {
            Self::Title(title) => next.experiment_mut().title = title,
            Self::Notes(notes) => next.experiment_mut().notes = notes,
            Self::Surface(surface) => replace_surface(next.experiment_mut(), surface),
            Self::Formula(change) => {
                let race = next.experiment_mut();
                if let Some(surface) = change.applied(&race.surface) {
                    race.surface = surface;
                }
            }
            Self::Start(start) => next.experiment_mut().start = start,
            Self::Rotation(rotation) => {
                let race = next.experiment_mut();
                race.start = race.shape.carry(&race.surface, race.start, rotation);
                race.shape.rotation = rotation;
            }
            Self::OffRidge(off) => {
                let race = next.experiment_mut();
                race.start = race.shape.beside_ridge(&race.surface, race.start, off);
            }
            Self::Condition(condition) => next.experiment_mut().shape.condition = Some(condition),
            Self::Steps(steps) => {
                next.experiment_mut().steps = steps.clamp(1, Experiment::MOST_STEPS);
            }
            Self::Seed(seed) => {
                let last = u64::MAX - Experiment::MOST_SEEDS as u64;
                next.experiment_mut().seed = seed.min(last);
            }
            Self::Seeds(seeds) => {
                next.experiment_mut().seeds = seeds.clamp(1, Experiment::MOST_SEEDS);
            }
            Self::Add(mut racer) => {
                suit_network(&mut racer, next.experiment());
                next.insert(usize::MAX, *racer);
            }
            Self::Duplicate(id) => {
                if let (Some(index), Some(mut racer)) = (next.index_of(id), next.racer(id).cloned())
                {
                    // Two racers of one colour could not be told apart.
                    racer.appearance.color = None;
                    next.insert(index + 1, racer);
                }
            }
            Self::Remove(id) => next.remove(id),
            Self::Reorder(id, to) => next.reorder(id, to),
            Self::Parameter {
                racer,
                parameter,
                value,
                linked,
            } => set_parameter(&mut next, racer, parameter, value, linked),
            Self::Tune(rates) => {
                for (id, rate) in rates {
                    on(&mut next, id, |racer| {
                        let knob = Knob::find(&racer.plan, None);
                        if let Some(plan) = knob.and_then(|it| it.set(&racer.plan, rate)) {
                            racer.plan = plan;
                        }
                    });
                }
            }
            Self::Take(take) => next = take.applied(lineup),
            Self::ScaleRates(_) => {}
            Self::Batch(id, batch) => on(&mut next, id, |racer| racer.plan.batch = batch),
            Self::Replacement(id, replacement) => {
                on(&mut next, id, |racer| racer.plan.replacement = replacement);
            }
            Self::Noise(id, noise) => on(&mut next, id, |racer| racer.plan.noise = noise),
            Self::Name(id, name) => on(&mut next, id, |racer| racer.appearance.name = name),
            Self::Visible(id, visible) => {
                on(&mut next, id, |racer| racer.appearance.visible = visible);
            }
            Self::Color(id, color) => on(&mut next, id, |racer| racer.appearance.color = color),
            Self::Optimizer(id, optimizer) => {
                on(&mut next, id, |racer| follow(&mut racer.plan, optimizer));
            }
            Self::Rule(id, change) => on(&mut next, id, |racer| {
                let optimizer = &racer.plan.optimizer;
                let changed = optimizer.own_rule().and_then(|own| change.applied(own));
                if let Some(own) = changed {
                    let optimizer = optimizer.with_own_rule(own);
                    follow(&mut racer.plan, optimizer);
                }
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
            Self::Edit(id, edit) => on(&mut next, id, |racer| {
                let edits = &mut racer.plan.edits;
                edits.retain(|old| old.step != edit.step || old.parameter != edit.parameter);
                edits.push(edit);
                edits.sort_by_key(|edit| edit.step);
            }),
            Self::RemoveEdit {
                racer,
                step,
                parameter,
            } => on(&mut next, racer, |racer| {
                let edits = &mut racer.plan.edits;
                edits.retain(|edit| edit.step != step || edit.parameter != parameter);
            }),
            Self::Edits(id, edits) => on(&mut next, id, |racer| racer.plan.edits = edits),
            Self::Group(id, group, change) => {
                on(&mut next, id, |racer| change.apply(&mut racer.plan, group));
            }
            Self::Schedule(id, schedule) => {
                on(&mut next, id, |racer| racer.plan.schedule = schedule);
            }
        }
        let ids = lineup.ids();
        let indices: Vec<_> = ids.iter().map(|&id| next.index_of(id)).collect();
        let race = next.experiment_mut();
        race.keep_slots(lineup.experiment(), |index| {
            indices.get(index).copied().flatten()
        });
        next
    }
}

impl From<FormulaChange> for Change {
    fn from(change: FormulaChange) -> Self {
        Self::Formula(change)
    }
}

/// Lets a racer follow another rule. Of its edits, those stay that concern a number of that rule.
pub fn follow(plan: &mut Plan, optimizer: OptimizerChoice) {
    plan.edits.retain(|edit| {
        let rule = optimizer.rule();
        rule.find(&edit.parameter)
            .is_some_and(|parameter| rule.number(parameter).is_some())
    });
    plan.optimizer = optimizer;
}

fn on(lineup: &mut Lineup, id: RacerId, change: impl FnOnce(&mut Racer)) {
    if let Some(racer) = lineup.racer_mut(id) {
        change(racer);
    }
}

fn set_parameter(lineup: &mut Lineup, id: RacerId, parameter: usize, value: Value, linked: bool) {
    let Some(racer) = lineup.racer_mut(id) else {
        return;
    };
    let rule = racer.plan.optimizer.rule_mut();
    rule.set(parameter, value);
    let Some(name) = rule.parameter(parameter).map(|it| it.name) else {
        return;
    };
    if linked {
        for other in &mut lineup.experiment_mut().racers {
            let rule = other.plan.optimizer.rule_mut();
            if let Some(theirs) = rule.find(&name) {
                rule.set(theirs, value);
            }
        }
    }
}
