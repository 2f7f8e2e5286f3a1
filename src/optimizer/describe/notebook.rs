//! A probe that records everything.

use super::equation::{Line, Term};
use super::note::{Note, NoteRole, NoteShape};
use crate::optimizer::rule::{NoteId, Probe};
use crate::subspace::Subspace;

/// The notes of one step: (coordinate, index of the note, value), in order.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    list: Vec<Note>,
    coordinate: usize,
    values: Vec<(usize, NoteId, f64)>,
}

/// The value of a note in its shape; for coordinates, those of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// One value for the step.
    Scalar(f64),
    /// One value per coordinate.
    Vector([f64; 2]),
    /// The off-diagonal element of a matrix.
    Pair(f64),
}

impl Notebook {
    /// Creates an empty notebook for a rule with these notes.
    #[must_use]
    pub fn new(list: Vec<Note>) -> Self {
        Self {
            list,
            ..Self::default()
        }
    }

    /// The quantities that the rule can note.
    #[must_use]
    pub fn list(&self) -> &[Note] {
        &self.list
    }

    /// All recorded values.
    #[must_use]
    pub fn values(&self) -> &[(usize, NoteId, f64)] {
        &self.values
    }

    /// The value of a note for one coordinate, if it was recorded.
    #[must_use]
    pub fn get(&self, coordinate: usize, id: NoteId) -> Option<f64> {
        let mut values = self.values.iter();
        let found = values.find(|&&(at, note, _)| at == coordinate && note == id);
        found.map(|&(.., value)| value)
    }

    /// The value of a note for the plane's two coordinates, if it was recorded.
    #[must_use]
    pub fn vector(&self, id: NoteId) -> Option<[f64; 2]> {
        Some([self.get(0, id)?, self.get(1, id)?])
    }

    /// The values of a note for all coordinates for which it was recorded, in order.
    #[must_use]
    pub fn whole(&self, id: NoteId) -> Vec<f64> {
        let of_note = self.values.iter().filter(|(_, note, _)| *note == id);
        let mut values: Vec<(usize, f64)> = of_note.map(|&(at, _, value)| (at, value)).collect();
        // A rule may note some coordinates later than others, but is not asked to sort them.
        values.sort_by_key(|(at, _)| *at);
        values.into_iter().map(|(_, value)| value).collect()
    }

    /// The values of a note for n coordinates; 0 for those for which it was not recorded, since
    /// another rule moves them.
    fn over_all(&self, id: NoteId, n: usize) -> Vec<f64> {
        let mut values = vec![0.0; n];
        for &(at, note, value) in &self.values {
            if let Some(place) = values.get_mut(at).filter(|_| note == id) {
                *place = value;
            }
        }
        values
    }

    /// The list with the index of each note.
    #[must_use]
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (NoteId, &Note)> {
        let list = self.list.iter().enumerate();
        list.filter_map(|(index, note)| Some((NoteId::try_from(index).ok()?, note)))
    }

    /// The notes that were recorded for every coordinate, with their values in the plane.
    #[must_use]
    pub fn vectors(&self) -> impl DoubleEndedIterator<Item = (NoteId, &Note, [f64; 2])> {
        let notes = self.indexed();
        let notes = notes.filter(|(_, note)| note.shape == NoteShape::Coordinate);
        notes.filter_map(|(id, note)| Some((id, note, self.vector(id)?)))
    }

    /// The notes to show with these equations, in the order of the list: everything that the
    /// equations mention, with the off-diagonal elements of matrices; the gradient and its query
    /// point; the effective rate and the parts of the step.
    #[must_use]
    pub fn beside(&self, lines: &[Line]) -> Vec<(NoteId, &Note, Told)> {
        let named: Vec<Term> = lines.iter().flat_map(Line::terms).collect();
        let is_named = |id, note: &Note| named.contains(&Term::Note(id, note.role.family()));
        let belongs = |id, note: &Note| match note.role {
            NoteRole::Asked | NoteRole::Gradient | NoteRole::Rate | NoteRole::Part(_) => true,
            role if note.shape == NoteShape::Pair => self
                .indexed()
                .any(|(id, other)| other.role == role && is_named(id, other)),
            _ => is_named(id, note),
        };
        let notes = self.indexed().filter(|&(id, note)| belongs(id, note));
        notes
            .filter_map(|(id, note)| Some((id, note, self.told(id, note.shape)?)))
            .collect()
    }

    /// The value of a note with this shape, if it was recorded.
    fn told(&self, id: NoteId, shape: NoteShape) -> Option<Told> {
        match shape {
            NoteShape::Scalar => self.get(0, id).map(Told::Scalar),
            // The rule of a part of a network may not move the first coordinates.
            NoteShape::Coordinate => self
                .vector(id)
                .or_else(|| self.first_two(id))
                .map(Told::Vector),
            NoteShape::Pair => self.any(id).map(Told::Pair),
        }
    }

    /// The first two values of a note, recorded for any coordinates.
    fn first_two(&self, id: NoteId) -> Option<[f64; 2]> {
        let mut values = self.values.iter().filter(|(_, note, _)| *note == id);
        Some([values.next()?.2, values.next()?.2])
    }

    /// The value of a note, recorded for any coordinate.
    fn any(&self, id: NoteId) -> Option<f64> {
        let mut values = self.values.iter();
        let found = values.find(|&&(_, note, _)| note == id);
        found.map(|&(.., value)| value)
    }

    /// The first quantity with this role, in the plane.
    #[must_use]
    pub fn first(&self, role: NoteRole) -> Option<[f64; 2]> {
        let mut vectors = self.vectors();
        vectors
            .find(|(_, note, _)| note.role == role)
            .map(|(.., value)| value)
    }

    /// The last quantity with this role, in the plane.
    #[must_use]
    pub fn last(&self, role: NoteRole) -> Option<[f64; 2]> {
        let mut vectors = self.vectors();
        vectors
            .rfind(|(_, note, _)| note.role == role)
            .map(|(.., value)| value)
    }

    /// The value of a quantity with this role that is one number for the step.
    #[must_use]
    pub fn scalar(&self, role: NoteRole) -> Option<f64> {
        let is_it = |note: &Note| note.role == role && note.shape == NoteShape::Scalar;
        let (id, _) = self.indexed().find(|(_, note)| is_it(note))?;
        self.any(id)
    }

    /// The off-diagonal element of a matrix with this role.
    #[must_use]
    pub fn pair(&self, role: NoteRole) -> Option<f64> {
        let is_it = |note: &Note| note.role == role && note.shape == NoteShape::Pair;
        let (id, _) = self.indexed().find(|(_, note)| is_it(note))?;
        self.any(id)
    }

    /// The same vectors as they are seen on a plane through many parameters: positions, gradients
    /// and ways have a place there, squares and rates do not.
    #[must_use]
    pub fn seen_on(&self, plane: &Subspace) -> Self {
        let n = plane.dimension();
        let mut seen = Self::new(self.list.clone());
        for (id, note) in self.indexed() {
            let place = match (note.shape, note.role) {
                (NoteShape::Coordinate, NoteRole::Asked) if self.whole(id).len() == n => {
                    plane.project(self.over_all(id, n))
                }
                (
                    NoteShape::Coordinate,
                    NoteRole::Gradient | NoteRole::Velocity | NoteRole::Moment | NoteRole::Part(_),
                ) => plane.component(&self.over_all(id, n)),
                _ => continue,
            };
            if self.values.iter().any(|(_, note, _)| *note == id) {
                let parts = (0..).zip(place);
                seen.values
                    .extend(parts.map(|(axis, part)| (axis, id, part)));
            }
        }
        seen
    }

    /// Whether the rule notes a quantity with this role.
    #[must_use]
    pub fn has(&self, role: NoteRole) -> bool {
        self.first(role).is_some()
    }
}

impl Probe for Notebook {
    fn coordinate(&mut self, index: usize) {
        self.coordinate = index;
    }

    fn hear(&mut self, id: NoteId, value: f64) {
        self.values.push((self.coordinate, id, value));
    }
}
