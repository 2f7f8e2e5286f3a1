//! Rules that act on each coordinate separately.

use super::{ASKED, GRADIENT, Optimizer, Oracle, Probe, Undefined};
use crate::objective::Block;

/// An update rule that acts on each coordinate separately.
///
/// The implementing struct holds the hyper-parameters; schedules and edits change those of a copy
/// from step to step.
pub trait CoordinateRule: Clone {
    /// The memory of one coordinate between steps.
    type State: Copy;
    /// Whatever depends only on the step number, computed once for all coordinates.
    type Clock: Copy;

    /// The state before the first step, for a coordinate that starts at `position`.
    fn begin(&self, position: f64) -> Self::State;

    /// The clock of step `t` = 1, 2, …; the previous clock, if there is one, can save work. The
    /// hyper-parameters may have changed in the meantime.
    fn clock(&self, t: u64, before: Option<&Self::Clock>) -> Self::Clock;

    /// The query point, at which the gradient is evaluated: the position itself, or a look-ahead
    /// point.
    fn query(&self, position: f64, _state: &Self::State) -> f64 {
        position
    }

    /// Makes one step: takes the gradient at the query point, updates the state and returns the new
    /// position. Reports the parts of the step, which add up to it, to the probe.
    fn update<P: Probe + ?Sized>(
        &self,
        position: f64,
        gradient: f64,
        state: &mut Self::State,
        clock: &Self::Clock,
        probe: &mut P,
    ) -> f64;

    /// What the step that led to this state has divided by, and why that is 0, as in "√(G + ε), and
    /// both are 0"; `None` if it is not. It is asked where the new position is no longer finite.
    fn divided_by_zero(&self, _state: &Self::State) -> Option<&'static str> {
        None
    }
}

/// The state of a [`CoordinateRule`] over several coordinates, with space for one gradient.
#[derive(Clone, Debug)]
pub struct Coordinates<S, C> {
    states: Vec<S>,
    clock: Option<C>,
    query: Vec<f64>,
    gradient: Vec<f64>,
}

impl<R: CoordinateRule> Optimizer for R {
    type State = Coordinates<R::State, R::Clock>;

    fn begin(&self, at: &[f64], _blocks: &[Block]) -> Self::State {
        let begin = |&position: &f64| CoordinateRule::begin(self, position);
        Coordinates {
            states: at.iter().map(begin).collect(),
            clock: None,
            query: vec![0.0; at.len()],
            gradient: vec![0.0; at.len()],
        }
    }

    fn step<P: Probe + ?Sized>(
        &self,
        at: &mut [f64],
        state: &mut Self::State,
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut P,
    ) {
        let Coordinates {
            states,
            clock,
            query,
            gradient,
        } = state;
        each(at, states, query, |_, position, state, query| {
            *query = self.query(*position, state);
        });
        oracle.gradient(query, gradient);
        let now = self.clock(t, clock.as_ref());
        let clock = clock.insert(now);
        each(at, states, gradient, |index, position, state, gradient| {
            probe.coordinate(index);
            probe.note(ASKED, self.query(*position, state));
            probe.note(GRADIENT, *gradient);
            *position = self.update(*position, *gradient, state, clock, probe);
        });
    }

    fn undefined(&self, at: &[f64], state: &mut Self::State) -> Option<Undefined> {
        let mut coordinates = at.iter().zip(&state.states).enumerate();
        coordinates.find_map(|(index, (position, state))| {
            let divisor = self
                .divided_by_zero(state)
                .filter(|_| !position.is_finite())?;
            Some(Undefined {
                divisor,
                coordinate: Some(index),
            })
        })
    }
}

/// Iterates over three slices in parallel, up to the end of the shortest.
///
/// A loop over indices takes a third less time than zipped iterators. It is not unrolled for the
/// two coordinates of the plane: the compiler would then pack numbers of both into one register,
/// and the square root of one coordinate would wait for the other's (RMSProp and Adadelta take half
/// as long again).
#[inline]
fn each<A, B, C>(
    one: &mut [A],
    other: &mut [B],
    third: &mut [C],
    mut act: impl FnMut(usize, &mut A, &mut B, &mut C),
) {
    let length = one.len().min(other.len()).min(third.len());
    for index in 0..length {
        act(index, &mut one[index], &mut other[index], &mut third[index]);
    }
}
