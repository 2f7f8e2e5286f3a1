//! What a step does with the many weights of a network.

use super::{Histogram, Spacing};
use crate::optimizer::{NoteId, NoteRole, NoteShape, Notebook};
use crate::real::norm;
use crate::simulation::Anatomy;

/// A step of a network, over all its weights.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightStep {
    /// The number of weights.
    pub count: usize,
    /// The Euclidean lengths of the vectors that the rule noted, by their notes.
    pub lengths: Vec<(NoteId, f64)>,
    /// The Euclidean length of the step.
    pub length: f64,
    /// The effective rates of the weights; `None` if the rule has no rate for each of them.
    pub rates: Option<Histogram>,
    /// The weights before the step.
    pub weights: Option<Histogram>,
    /// The sizes of the components of the gradient.
    pub gradients: Option<Histogram>,
}

impl WeightStep {
    /// What a step does with all weights; `None` on a surface of two parameters.
    #[must_use]
    pub fn of(anatomy: &Anatomy) -> Option<Self> {
        let [before, after] = anatomy.parameters.as_ref()?;
        let notes = &anatomy.notes;
        let vectors = || {
            let listed = notes.indexed();
            listed.filter(|(_, note)| note.shape == NoteShape::Coordinate)
        };
        let lengths = vectors().filter_map(|(id, _)| {
            let values = notes.whole(id);
            (!values.is_empty()).then(|| (id, norm(&values)))
        });
        let first = |role: NoteRole| {
            let mut found = vectors().filter(|(_, note)| note.role == role);
            found.next().map(|(id, _)| notes.whole(id))
        };
        let gradients = first(NoteRole::Gradient).unwrap_or_default();
        let gradients = gradients.into_iter().map(f64::abs);
        let way = after.iter().zip(before).map(|(to, from)| to - from);
        let way: Vec<f64> = way.collect();
        Some(Self {
            count: before.len(),
            lengths: lengths.collect(),
            length: norm(&way),
            rates: rates(notes),
            weights: Histogram::of(before.iter().copied(), Spacing::Linear),
            gradients: Histogram::of(gradients, Spacing::Logarithmic),
        })
    }

    /// The length of the vector of a note, if it was noted for every weight.
    #[must_use]
    pub fn length_of(&self, id: NoteId) -> Option<f64> {
        let mut lengths = self.lengths.iter();
        lengths.find(|(of, _)| *of == id).map(|(_, length)| *length)
    }
}

/// The effective rates of all weights.
fn rates(notes: &Notebook) -> Option<Histogram> {
    let is_rate =
        |shape: NoteShape, role: NoteRole| role == NoteRole::Rate && shape == NoteShape::Coordinate;
    let mut found = notes.indexed();
    let (id, _) = found.find(|(_, note)| is_rate(note.shape, note.role))?;
    Histogram::of(notes.whole(id), Spacing::Logarithmic)
}
