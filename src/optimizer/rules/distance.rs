//! What `DoG` and `LDoG` share: layers that find their rates from how far they have come.

use super::{Field, Oracle, Probe, Real, Role, Valid};
use crate::optimizer::rule::{ASKED, GRADIENT, NoteId, Undefined};
use crate::real::length;

/// Where a rule notes what its layers have found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted {
    /// r
    pub distance: NoteId,
    /// θ₀
    pub start: NoteId,
    /// G
    pub squares: NoteId,
    /// η r/√G
    pub rate: NoteId,
    /// The step.
    pub from_gradient: NoteId,
}

/// The largest distance from the start, and the sum of squared gradients of a layer.
#[derive(Clone, Copy, Debug)]
struct Layer<N> {
    length: usize,
    distance: N,
    squares: N,
}

/// The start, space for a gradient, and the layers.
#[derive(Clone, Debug)]
pub struct Layers<N> {
    start: Vec<N>,
    gradient: Vec<N>,
    parts: Vec<Layer<N>>,
}

impl<N: Real> Layers<N> {
    /// Layers of these lengths before the first step: r = `reps_rel` (1 + ‖θ₀‖), G = ε.
    pub(super) fn begin(
        at: &[N],
        lengths: impl IntoIterator<Item = usize>,
        [reps_rel, epsilon]: [f64; 2],
    ) -> Self {
        let mut from = 0;
        let layer = |count: usize| {
            let part = &at[from..from + count];
            from += count;
            Layer {
                length: count,
                distance: (length(part) + 1.0) * reps_rel,
                squares: N::from(epsilon),
            }
        };
        Self {
            parts: lengths.into_iter().map(layer).collect(),
            start: at.to_vec(),
            gradient: vec![N::ZERO; at.len()],
        }
    }

    /// r ← max(r, ‖θ − θ₀‖); G ← G + ‖g‖²; θ ← θ − η r/√G · g, layer by layer.
    pub(super) fn step<P: Probe>(
        &mut self,
        at: &mut [N],
        learning_rate: f64,
        oracle: &mut dyn Oracle<N>,
        noted: Noted,
        probe: &mut P,
    ) {
        let Self {
            start,
            gradient,
            parts,
        } = self;
        oracle.gradient(at, gradient);
        let mut from = 0;
        for layer in parts {
            let of = from..from + layer.length;
            let ways = at[of.clone()].iter().zip(&start[of.clone()]);
            let come = ways.map(|(&at, &start)| (at - start) * (at - start));
            layer.distance = layer.distance.max(come.sum::<N>().sqrt());
            layer.squares += gradient[of.clone()].iter().map(|&it| it * it).sum::<N>();
            let rate = layer.distance * learning_rate / layer.squares.sqrt();
            for index in of {
                let step = rate * gradient[index];
                probe.coordinate(index);
                probe.note(ASKED, at[index]);
                probe.note(GRADIENT, gradient[index]);
                probe.note(noted.start, start[index]);
                probe.note(noted.distance, layer.distance);
                probe.note(noted.squares, layer.squares);
                probe.note(noted.rate, rate);
                probe.note(noted.from_gradient, -step);
                at[index] -= step;
            }
            from += layer.length;
        }
    }

    /// Why the last step was undefined, if a layer has divided by 0.
    pub(super) fn undefined(&self) -> Option<Undefined> {
        let is_zero = |layer: &Layer<N>| layer.squares == 0.0;
        self.parts.iter().any(is_zero).then_some(Undefined {
            divisor: Some("√G, which is 0"),
            coordinate: None,
        })
    }
}

/// `reps_rel`, the length of the first step.
pub(super) const fn first_step<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "reps_rel",
        "r₀",
        Role::Other,
        Valid::NonNegative,
        [1e-8, 1.0],
        "The length of the first step, relative to 1 + the distance of the start from 0.",
        access,
    )
    .called("first step r₀")
}

/// ε
pub(super) const fn first_square<R>(
    text: &'static str,
    access: fn(&mut R) -> &mut f64,
) -> Field<R> {
    Field::number(
        "epsilon",
        "ε",
        Role::Guard,
        Valid::NonNegative,
        [1e-12, 1.0],
        text,
        access,
    )
}
