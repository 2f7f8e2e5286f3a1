//! Listening to a step.

/// The index of a quantity in a rule's own list of notes.
pub type NoteId = u16;

/// The note of the point where the gradient was asked for; first in the list of every rule that
/// asks for one.
pub const ASKED: NoteId = 0;
/// The note of the gradient there; second in the list of every rule that asks for one.
pub const GRADIENT: NoteId = 1;

/// Listens to a step.
pub trait Probe {
    /// Whether anybody listens; guards what is expensive to compute.
    fn listening(&self) -> bool {
        true
    }

    /// The notes that follow are of this coordinate.
    fn coordinate(&mut self, index: usize);

    /// A quantity of the coordinate, by its index in the rule's list.
    fn note(&mut self, id: NoteId, value: f64);
}

/// A probe that listens to nothing; in a race it is compiled away.
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
    fn note(&mut self, _id: NoteId, _value: f64) {}
}

impl<P: Probe + ?Sized> Probe for &mut P {
    fn listening(&self) -> bool {
        (**self).listening()
    }

    fn coordinate(&mut self, index: usize) {
        (**self).coordinate(index);
    }

    fn note(&mut self, id: NoteId, value: f64) {
        (**self).note(id, value);
    }
}

/// Hands a wrapped rule's notes on: they stand behind the wrapper's own.
pub(super) struct Shifted<'a> {
    /// Who listens.
    pub probe: &'a mut dyn Probe,
    /// How many notes the wrapper has itself.
    pub by: NoteId,
}

impl Probe for Shifted<'_> {
    fn coordinate(&mut self, index: usize) {
        self.probe.coordinate(index);
    }

    fn note(&mut self, id: NoteId, value: f64) {
        self.probe.note(id + self.by, value);
    }
}
