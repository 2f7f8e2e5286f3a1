//! A step of Muon over all blocks.

use std::ops::Range;

use super::newton_schulz::Workspace;
use super::{BLENDED, FROM_DECAY, FROM_MOMENT, Inner, MOMENT, Muon, NOTES, ORTHOGONAL};
use crate::objective::{Block, Queries};
use crate::optimizer::describe::Value;
use crate::optimizer::rule::{
    ASKED, GRADIENT, NoteId, NotedIn, Optimizer, Oracle, Paced, Part, Power, Probe, Run, Shared,
    Undefined,
};
use crate::real::Real;

/// The memory of all matrices, and the run of the rule for what is none.
#[derive(Clone)]
pub struct State<N: Real> {
    matrices: Vec<Matrix>,
    /// B, for every coordinate of a matrix.
    moment: Vec<N>,
    /// D, and then X, of the matrix at hand.
    direction: Vec<N>,
    space: Workspace<N>,
    shared: Shared<N>,
    vectors: Vectors<N>,
    /// 1 − μᵗ and 1 − μᵗ⁺¹ of the latest step.
    powers: Option<[Power<N>; 2]>,
}

/// A block that is a matrix.
#[derive(Clone, Debug)]
struct Matrix {
    range: Range<usize>,
    shape: [usize; 2],
}

/// The coordinates that are no matrix, and their rule.
#[derive(Clone)]
struct Vectors<N: Real> {
    part: Part,
    run: Box<dyn Run<N>>,
    at: Vec<N>,
    point: Vec<N>,
    /// The index of the rate of a rule that was not named, and the value that it follows.
    follows: Option<(usize, f64)>,
}

impl<I: Inner> Optimizer for Muon<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        let vectors = self.vectors.as_ref().map(Inner::needs);
        Queries {
            gradient: true,
            matrices: true,
            ..vectors.unwrap_or(Queries::GRADIENT)
        }
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        let mut matrices = Vec::new();
        let mut others = Vec::new();
        let mut start = 0;
        for block in blocks {
            let range = start..start + block.len();
            start = range.end;
            match *block {
                Block::Matrix { rows, columns } => matrices.push(Matrix {
                    range,
                    shape: [rows, columns],
                }),
                Block::Vector(_) => others.push(range),
            }
        }
        let shapes: Vec<_> = matrices.iter().map(|matrix| matrix.shape).collect();
        let largest = matrices.iter().map(|matrix| matrix.range.len()).max();
        State {
            space: Workspace::for_all(&shapes),
            moment: vec![N::ZERO; at.len()],
            direction: vec![N::ZERO; largest.unwrap_or_default()],
            shared: Shared::new(at.len()),
            vectors: self.begin_vectors(at, others),
            matrices,
            powers: None,
        }
    }

    fn query<N: Real>(&self, at: &[N], state: &mut State<N>, point: &mut [N]) {
        point.copy_from_slice(at);
        state.vectors.ask(at);
        state.vectors.part.scatter(&state.vectors.point, point);
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        state.shared.begin(at);
        state.vectors.ask(at);
        let vectors = &mut state.vectors;
        state.shared.announce(&vectors.part, &vectors.point);
        state.shared.gradient(oracle);
        if probe.listening() {
            tell_gradient(&mut state.shared, oracle, probe);
        }
        self.step_vectors(at, state, t, oracle, probe);
        let before = state.powers;
        let powers = [(0, t), (1, t + 1)]
            .map(|(index, t)| Power::after(before.map(|it| it[index]), self.momentum, t));
        state.powers = Some(powers);
        for index in 0..state.matrices.len() {
            self.step_matrix(at, index, state, oracle, probe);
        }
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let State {
            vectors, matrices, ..
        } = state;
        vectors.part.gather(at, &mut vectors.at);
        if vectors.at.iter().any(|position| !position.is_finite()) {
            let found = vectors.run.undefined(&vectors.at)?;
            let outside = |index| vectors.part.outside(index);
            return Some(Undefined {
                coordinate: found.coordinate.and_then(outside),
                ..found
            });
        }
        let moment = &state.moment;
        let is_still = |matrix: &Matrix| moment[matrix.range.clone()].iter().all(|it| *it == 0.0);
        (self.epsilon == 0.0 && matrices.iter().any(is_still)).then_some(Undefined {
            divisor: Some("the norm of a momentum, and both it and ε are 0"),
            coordinate: None,
        })
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.vectors.run)
    }
}

impl<I: Inner> Muon<I> {
    /// Starts the rule for what is no matrix.
    fn begin_vectors<N: Real>(&self, at: &[N], ranges: Vec<Range<usize>>) -> Vectors<N> {
        let blocks: Vec<Block> = ranges
            .iter()
            .map(|range| Block::Vector(range.len()))
            .collect();
        let part = Part::of(ranges);
        let mut here = vec![N::ZERO; part.len()];
        part.gather(at, &mut here);
        let (run, follows): (Box<dyn Run<N>>, _) = match &self.vectors {
            Some(vectors) => {
                let rule = vectors.rule();
                let rate = rule.learning_rate().unwrap_or_default();
                let run = vectors.begin(&here, &blocks);
                (Box::new(Paced::new(run, rule.rate(), rate)), None)
            }
            None => {
                let mut standard = I::standard();
                let index = standard.rule().rate();
                if let Some(index) = index {
                    let rate = Value::Number(self.learning_rate);
                    standard.rule_mut().set(index, rate);
                }
                let follows = index.map(|index| (index, self.learning_rate));
                (standard.begin(&here, &blocks), follows)
            }
        };
        Vectors {
            part,
            run,
            point: here.clone(),
            at: here,
            follows,
        }
    }

    fn step_vectors<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let State {
            vectors, shared, ..
        } = state;
        if vectors.part.is_empty() {
            return;
        }
        if let Some((index, rate)) = &mut vectors.follows
            && rate.to_bits() != self.learning_rate.to_bits()
        {
            *rate = self.learning_rate;
            vectors.run.adjust(*index, *rate);
        }
        let mut oracle = shared.of(&vectors.part, oracle);
        // A rule that is not named has no notes among those of this one.
        if probe.listening() && self.vectors.is_some() {
            let mut noted = NotedIn {
                probe,
                part: &vectors.part,
                by: NoteId::try_from(NOTES.len()).unwrap_or(NoteId::MAX),
            };
            let run = &mut vectors.run;
            run.step_noted(&mut vectors.at, t, &mut oracle, &mut noted);
        } else {
            vectors.run.step(&mut vectors.at, t, &mut oracle);
        }
        vectors.part.scatter(&vectors.at, at);
    }

    fn step_matrix<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        index: usize,
        state: &mut State<N>,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let State {
            matrices,
            moment,
            direction,
            space,
            shared,
            powers,
            ..
        } = state;
        let Matrix { range, shape } = &matrices[index];
        let gradient = &shared.gradient(oracle)[range.clone()];
        let (moment, at) = (&mut moment[range.clone()], &mut at[range.clone()]);
        let direction = &mut direction[..range.len()];
        self.blend(gradient, moment, direction, *powers);
        tell(BLENDED, range.start, direction, probe);
        self.orthogonalise_with(direction, *shape, space);
        tell(MOMENT, range.start, moment, probe);
        tell(ORTHOGONAL, range.start, direction, probe);
        let rate = N::from(self.learning_rate);
        let (decay, length) = (rate * self.weight_decay, rate * self.factor(*shape));
        for (index, (position, &direction)) in at.iter_mut().zip(&*direction).enumerate() {
            let (decayed, step) = (*position * decay, length * direction);
            probe.coordinate(range.start + index);
            probe.note(FROM_DECAY, -decayed);
            probe.note(FROM_MOMENT, -step);
            *position = *position * (N::ONE - decay) - step;
        }
    }

    /// Updates B and writes D.
    fn blend<N: Real>(
        &self,
        gradient: &[N],
        moment: &mut [N],
        direction: &mut [N],
        powers: Option<[Power<N>; 2]>,
    ) {
        let momentum = N::from(self.momentum);
        let rest = N::ONE - momentum;
        let corrections = powers.filter(|_| self.momentum_correction);
        let [now, next] = corrections.map_or([N::ONE; 2], |it| it.map(Power::correction));
        let entries = moment.iter_mut().zip(gradient).zip(direction);
        for ((moment, &gradient), direction) in entries {
            *moment = momentum * *moment + rest * gradient;
            *direction = if self.nesterov {
                momentum * *moment / next + rest * gradient / now
            } else {
                *moment / now
            };
        }
    }
}

impl<N: Real> Vectors<N> {
    /// Takes the coordinates out of `at`, and finds out where the rule will ask first.
    fn ask(&mut self, at: &[N]) {
        self.part.gather(at, &mut self.at);
        self.run.query(&self.at, &mut self.point);
    }
}

/// Notes the query point and the gradient of every coordinate.
fn tell_gradient<N: Real, P: Probe>(
    shared: &mut Shared<N>,
    oracle: &mut dyn Oracle<N>,
    probe: &mut P,
) {
    for (index, &asked) in shared.asked().iter().enumerate() {
        probe.coordinate(index);
        probe.note(ASKED, asked);
    }
    tell(GRADIENT, 0, shared.gradient(oracle), probe);
}

/// Notes a quantity of consecutive coordinates.
fn tell<N: Real, P: Probe>(id: NoteId, first: usize, values: &[N], probe: &mut P) {
    if probe.listening() {
        for (index, &value) in values.iter().enumerate() {
            probe.coordinate(first + index);
            probe.note(id, value);
        }
    }
}
