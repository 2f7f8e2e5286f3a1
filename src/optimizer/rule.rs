//! The traits of an update rule, from what an author writes to what a race runs.
//!
//! Nearly every rule of the field acts on each coordinate alone, so an author writes a
//! [`CoordinateRule`]: one scalar recurrence. Every `CoordinateRule` is an [`Optimizer`] of any
//! number of coordinates; only a rule that mixes coordinates implements `Optimizer` by hand. The
//! object-safe [`Run`] carries an optimizer together with its state through a race.

use super::note::{Note, Probe, Silent};

/// Answers what an optimizer may ask of a loss, and nothing else.
pub trait Oracle {
    /// Writes the gradient of the loss at `at` into `gradient`; both have one entry a coordinate.
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]);
}

/// An update rule that acts on each coordinate alone.
///
/// The hyper-parameters are the implementing struct itself; a schedule or an edit steps a copy
/// whose values are those of the step.
pub trait CoordinateRule: Copy {
    /// What one coordinate remembers between steps.
    type State: Copy;
    /// What depends on the step number alone, worked out once for all coordinates.
    type Clock: Copy;

    /// The state before the first step.
    fn begin(&self) -> Self::State;

    /// The clock of step `t` = 1, 2, …
    fn clock(&self, t: u64) -> Self::Clock;

    /// The clock of step `t`, where that of the step before is known, which can save work. The
    /// hyper-parameters may have changed since.
    fn tick(&self, t: u64, _before: &Self::Clock) -> Self::Clock {
        self.clock(t)
    }

    /// Where the gradient is asked for: the position itself, or a look-ahead point.
    fn query(&self, position: f64, _state: &Self::State) -> f64 {
        position
    }

    /// Makes one step: takes the gradient at the query point, brings the state up to date and
    /// returns the new position. Tells the probe the parts of the step, which add up to it.
    fn update<P: Probe + ?Sized>(
        &self,
        position: f64,
        gradient: f64,
        state: &mut Self::State,
        clock: &Self::Clock,
        probe: &mut P,
    ) -> f64;
}

/// An update rule over any number of coordinates.
pub trait Optimizer: Copy {
    /// What the rule remembers between steps.
    type State: Clone;

    /// The state before the first step, for `dimension` coordinates.
    fn start(&self, dimension: usize) -> Self::State;

    /// Makes step `t` = 1, 2, … from `at`, in place.
    fn step<O: Oracle + ?Sized, P: Probe + ?Sized>(
        &self,
        at: &mut [f64],
        state: &mut Self::State,
        t: u64,
        oracle: &mut O,
        probe: &mut P,
    );
}

/// The state of a [`CoordinateRule`] over several coordinates, with room for one gradient.
#[derive(Clone, Debug)]
pub struct Coordinates<S, C> {
    states: Vec<S>,
    clock: Option<C>,
    query: Vec<f64>,
    gradient: Vec<f64>,
}

impl<R: CoordinateRule> Optimizer for R {
    type State = Coordinates<R::State, R::Clock>;

    fn start(&self, dimension: usize) -> Self::State {
        Coordinates {
            states: vec![self.begin(); dimension],
            clock: None,
            query: vec![0.0; dimension],
            gradient: vec![0.0; dimension],
        }
    }

    fn step<O: Oracle + ?Sized, P: Probe + ?Sized>(
        &self,
        at: &mut [f64],
        state: &mut Self::State,
        t: u64,
        oracle: &mut O,
        probe: &mut P,
    ) {
        let Coordinates {
            states,
            clock,
            query,
            gradient,
        } = state;
        for ((query, position), state) in query.iter_mut().zip(&*at).zip(&*states) {
            *query = self.query(*position, state);
        }
        oracle.gradient(query, gradient);
        let now = match clock {
            Some(before) => self.tick(t, before),
            None => self.clock(t),
        };
        let clock = clock.insert(now);
        let asked = query.iter().zip(gradient);
        for (axis, ((position, state), (query, gradient))) in
            at.iter_mut().zip(states).zip(asked).enumerate()
        {
            probe.axis(axis);
            probe.note(Note::Query, *query);
            probe.note(Note::Gradient, *gradient);
            *position = self.update(*position, *gradient, state, clock, probe);
        }
    }
}

/// Hyper-parameters that can be changed by number while a race runs.
pub trait Adjustable {
    /// Sets the numeric parameter with this index; others are left alone.
    fn adjust(&mut self, parameter: usize, value: f64);
}

/// An optimizer on its way: its hyper-parameters of this moment and its state.
pub trait Run: Send {
    /// Makes step `t` = 1, 2, … from `at`, in place.
    fn step(&mut self, at: &mut [f64], t: u64, oracle: &mut dyn Oracle);

    /// The same step, told to a probe.
    fn step_noted(
        &mut self,
        at: &mut [f64],
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut dyn Probe,
    );

    /// Sets the numeric parameter with this index from the next step on.
    fn adjust(&mut self, parameter: usize, value: f64);
}

/// The [`Run`] of any [`Optimizer`].
#[derive(Clone, Debug)]
pub struct Running<O: Optimizer> {
    rule: O,
    state: O::State,
}

impl<O> Running<O>
where
    O: Optimizer + Adjustable + Send + 'static,
    O::State: Send,
{
    /// The rule before its first step, over `dimension` coordinates.
    pub fn start(rule: O, dimension: usize) -> Box<dyn Run> {
        let state = rule.start(dimension);
        Box::new(Self { rule, state })
    }
}

impl<O> Run for Running<O>
where
    O: Optimizer + Adjustable + Send,
    O::State: Send,
{
    fn step(&mut self, at: &mut [f64], t: u64, oracle: &mut dyn Oracle) {
        self.rule.step(at, &mut self.state, t, oracle, &mut Silent);
    }

    fn step_noted(
        &mut self,
        at: &mut [f64],
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut dyn Probe,
    ) {
        self.rule.step(at, &mut self.state, t, oracle, probe);
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        self.rule.adjust(parameter, value);
    }
}
