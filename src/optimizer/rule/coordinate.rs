//! Rules that act on each coordinate separately.

use super::{ASKED, GRADIENT, Optimizer, Oracle, Probe, Undefined};
use crate::objective::Block;
use crate::real::Real;

/// An update rule that acts on each coordinate separately, written over any kind of number `N`: a
/// race runs it on doubles, and then on numbers with twice as many digits.
///
/// The implementing struct holds the hyper-parameters; schedules and edits change those of a copy
/// from step to step.
pub trait CoordinateRule: Clone {
    /// The memory of one coordinate between steps.
    type State<N: Real>: Copy + Send + 'static;
    /// Whatever depends only on the step number, computed once for all coordinates.
    type Clock<N: Real>: Copy + Send + 'static;

    /// The state before the first step, for a coordinate that starts at `position`.
    fn begin<N: Real>(&self, position: N) -> Self::State<N>;

    /// The clock of step `t` = 1, 2, …; the previous clock, if there is one, can save work. The
    /// hyper-parameters may have changed in the meantime.
    fn clock<N: Real>(&self, t: u64, before: Option<&Self::Clock<N>>) -> Self::Clock<N>;

    /// The query point, at which the gradient is evaluated: the position itself, or a look-ahead
    /// point.
    fn query<N: Real>(&self, position: N, _state: &Self::State<N>) -> N {
        position
    }

    /// Makes one step: takes the gradient at the query point, updates the state and returns the new
    /// position. Reports the parts of the step, which add up to it, to the probe.
    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut Self::State<N>,
        clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N;

    /// What the step that led to this state has divided by, and why that is 0, as in "√(G + ε), and
    /// both are 0"; `None` if it is not. It is asked where the new position is no longer finite.
    fn divided_by_zero<N: Real>(&self, _state: &Self::State<N>) -> Option<&'static str> {
        None
    }
}

/// The state of a [`CoordinateRule`] over several coordinates, with space for one gradient.
#[derive(Clone, Debug)]
pub struct Coordinates<S, C, N> {
    states: Vec<S>,
    clock: Option<C>,
    query: Vec<N>,
    gradient: Vec<N>,
}

impl<R: CoordinateRule> Optimizer for R {
    type State<N: Real> = Coordinates<R::State<N>, R::Clock<N>, N>;

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> Self::State<N> {
        let begin = |&position: &N| CoordinateRule::begin(self, position);
        Coordinates {
            states: at.iter().map(begin).collect(),
            clock: None,
            query: vec![N::ZERO; at.len()],
            gradient: vec![N::ZERO; at.len()],
        }
    }

    fn query<N: Real>(&self, at: &[N], state: &mut Self::State<N>, point: &mut [N]) {
        for ((point, &position), state) in point.iter_mut().zip(at).zip(&state.states) {
            *point = CoordinateRule::query(self, position, state);
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut Self::State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let Coordinates {
            states,
            clock,
            query,
            gradient,
        } = state;
        each(at, states, query, |_, position, state, query| {
            *query = CoordinateRule::query(self, *position, state);
        });
        oracle.gradient(query, gradient);
        let now = self.clock::<N>(t, clock.as_ref());
        let clock = clock.insert(now);
        each(at, states, gradient, |index, position, state, gradient| {
            probe.coordinate(index);
            probe.note(ASKED, CoordinateRule::query(self, *position, state));
            probe.note(GRADIENT, *gradient);
            *position = self.update(*position, *gradient, state, clock, probe);
        });
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut Self::State<N>) -> Option<Undefined> {
        let mut coordinates = at.iter().zip(&state.states).enumerate();
        coordinates.find_map(|(index, (position, state))| {
            let divisor = self
                .divided_by_zero::<N>(state)
                .filter(|_| !position.is_finite())?;
            Some(Undefined {
                divisor: Some(divisor),
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
