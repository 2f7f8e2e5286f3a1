//! Observes a step.

use crate::real::Real;

/// The index of a quantity in a rule's list of notes.
pub type NoteId = u16;

/// The note of the query point; the first one of every rule that evaluates a gradient.
pub const ASKED: NoteId = 0;
/// The note of the gradient there; the second one of every rule that evaluates a gradient.
pub const GRADIENT: NoteId = 1;

/// Observes a step.
pub trait Probe {
    /// Whether the notes are used; guards expensive computations.
    fn listening(&self) -> bool {
        true
    }

    /// Announces that the following notes belong to this coordinate.
    fn coordinate(&mut self, index: usize);

    /// Hears a quantity of the coordinate, by its index in the rule's list.
    fn hear(&mut self, id: NoteId, value: f64);

    /// Reports a quantity of the coordinate, by its index in the rule's list.
    #[inline]
    fn note<N: Real>(&mut self, id: NoteId, value: N)
    where
        Self: Sized,
    {
        self.hear(id, value.to_f64());
    }
}

/// A probe that ignores everything; in a race it compiles to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Probe for Silent {
    #[inline]
    fn listening(&self) -> bool {
        false
    }

    #[inline]
    fn coordinate(&mut self, _index: usize) {}

    #[inline]
    fn hear(&mut self, _id: NoteId, _value: f64) {}
}

impl<P: Probe + ?Sized> Probe for &mut P {
    fn listening(&self) -> bool {
        (**self).listening()
    }

    fn coordinate(&mut self, index: usize) {
        (**self).coordinate(index);
    }

    fn hear(&mut self, id: NoteId, value: f64) {
        (**self).hear(id, value);
    }
}

/// Forwards an inner rule's notes, with indices after the wrapper's own.
pub(super) struct Shifted<'a> {
    /// The receiver.
    pub probe: &'a mut dyn Probe,
    /// The number of the wrapper's own notes.
    pub by: NoteId,
}

impl Probe for Shifted<'_> {
    fn coordinate(&mut self, index: usize) {
        self.probe.coordinate(index);
    }

    fn hear(&mut self, id: NoteId, value: f64) {
        self.probe.hear(id + self.by, value);
    }
}
