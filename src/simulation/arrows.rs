//! The vectors of a step in the plane.

use std::borrow::Cow;

use super::Anatomy;
use crate::optimizer::{Family, NoteRole, Term};
use crate::plane::{Eigen, difference, length};
use crate::surface::Surface;

/// The unit of an arrow's length; only arrows with the same unit can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Lengths in the plane: the step and its parts.
    Plane,
    /// Gradients and their averages.
    Slope,
}

/// A vector of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Its name, in a word or two.
    pub name: Cow<'static, str>,
    /// The quantity behind it.
    pub term: Term,
    /// The family, which determines its colour.
    pub family: Family,
    /// Its starting point.
    pub from: [f64; 2],
    /// Its direction and length.
    pub by: [f64; 2],
    /// The unit of its length.
    pub unit: Unit,
    /// Whether it is shown only for comparison.
    pub other: bool,
}

/// An ellipse of accumulated squares: its half axes, each a vector, in the units of the gradient.
pub type HalfAxes = [[f64; 2]; 2];

impl Anatomy {
    /// The vectors of the step: first the negative gradients, then the parts of the step, which
    /// lead tip to tail from the old position to the new one, and the step itself.
    ///
    /// All gradients are negated, so that they point downhill like the step. Nesterov's look-ahead
    /// form also gets the step that plain momentum would have made from the same velocity.
    #[must_use]
    pub fn arrows(&self, surface: &dyn Surface) -> Vec<Arrow> {
        let mut arrows: Vec<Arrow> = self.slopes();
        let parts = self.parts();
        let whole = difference(self.to, self.from);
        // A single part is the whole step.
        if parts.len() > 1 {
            arrows.extend(parts);
        }
        arrows.extend(self.plain_momentum(surface));
        arrows.push(Arrow {
            name: "step".into(),
            term: Term::Position,
            family: Family::Step,
            from: self.from,
            by: whole,
            unit: Unit::Plane,
            other: false,
        });
        arrows.retain(|arrow| {
            let [x, y] = arrow.by;
            x.is_finite() && y.is_finite() && (x != 0.0 || y != 0.0)
        });
        arrows
    }

    /// The gradient and its averages, negated. An average that is only a multiple of a later one
    /// is left out: two arrows would be drawn as one.
    fn slopes(&self) -> Vec<Arrow> {
        let asked = self.asked_at();
        let slopes = self.notes.vectors().filter_map(|(id, note, [x, y])| {
            let (from, name) = match note.role {
                NoteRole::Gradient => (asked, &note.label),
                NoteRole::Moment => (self.from, &note.sign),
                _ => return None,
            };
            let family = note.role.family();
            Some(Arrow {
                name: format!("−{name}").into(),
                term: Term::Note(id, family),
                family,
                from,
                by: [-x, -y],
                unit: Unit::Slope,
                other: false,
            })
        });
        let slopes: Vec<Arrow> = slopes.collect();
        let is_last = |index: usize| {
            let mut later = slopes[index + 1..].iter();
            !later.any(|other| is_multiple(&slopes[index], other))
        };
        let kept = (0..slopes.len()).filter(|&index| is_last(index));
        kept.map(|index| slopes[index].clone()).collect()
    }

    /// The parts of the step, tip to tail: weight decay, then those of the memory, of the new
    /// gradient, and of a wrapper.
    fn parts(&self) -> Vec<Arrow> {
        const ORDER: [Family; 4] = [
            Family::Decay,
            Family::Memory,
            Family::Gradient,
            Family::Step,
        ];
        let mut from = self.from;
        let mut arrows = Vec::new();
        for family in ORDER {
            let parts = self.notes.vectors();
            let of_family = parts.filter(|(_, note, _)| note.role == NoteRole::Part(family));
            for (id, note, by) in of_family {
                if by == [0.0, 0.0] {
                    continue;
                }
                arrows.push(Arrow {
                    name: note.sign.clone(),
                    term: Term::Note(id, family),
                    family,
                    from,
                    by,
                    unit: Unit::Plane,
                    other: false,
                });
                from = [from[0] + by[0], from[1] + by[1]];
            }
        }
        arrows
    }

    /// The step of plain momentum from the same velocity, if the gradient was evaluated at a
    /// look-ahead point.
    fn plain_momentum(&self, surface: &dyn Surface) -> Option<Arrow> {
        let asked = self.asked_at();
        if asked == self.from {
            return None;
        }
        let kept = self.notes.first(NoteRole::Part(Family::Memory))?;
        let added = self.notes.first(NoteRole::Part(Family::Gradient))?;
        let ahead = self.notes.first(NoteRole::Gradient)?;
        // The full gradient says nothing about a step that used only some rows, or had noise.
        let (_, told) = surface.gradient(asked);
        if told != ahead {
            return None;
        }
        let (_, here) = surface.gradient(self.from);
        // The rate is the factor of the gradient at the look-ahead point; if one component of that
        // is zero, the other coordinate has the same rate.
        let rate = (0..2)
            .filter(|&axis| ahead[axis] != 0.0)
            .map(|axis| added[axis] / ahead[axis])
            .next()?;
        Some(Arrow {
            name: "plain momentum’s step".into(),
            term: Term::Position,
            family: Family::Step,
            from: self.from,
            by: [kept[0] + rate * here[0], kept[1] + rate * here[1]],
            unit: Unit::Plane,
            other: true,
        })
    }

    /// The point at which the gradient was evaluated.
    #[must_use]
    pub fn asked_at(&self) -> [f64; 2] {
        self.notes.first(NoteRole::Asked).unwrap_or(self.from)
    }

    /// The half axes of the ellipse of accumulated squares: the square roots of G (of v̂, of E)
    /// along each coordinate, or along the eigenvectors of the full matrix.
    #[must_use]
    pub fn squares(&self) -> Option<HalfAxes> {
        let [a, d] = self.notes.last(NoteRole::Squares)?;
        let b = self.notes.pair(NoteRole::Squares).unwrap_or_default();
        Some(Eigen::of([[a, b], [b, d]])?.half_axes())
    }
}

/// Whether two arrows of one family point from the same point in the same direction.
fn is_multiple(one: &Arrow, other: &Arrow) -> bool {
    let ([ax, ay], [bx, by]) = (one.by, other.by);
    let across = ax * by - ay * bx;
    let size = length(one.by) * length(other.by);
    let along = ax * bx + ay * by;
    one.family == other.family
        && one.from == other.from
        && along > 0.0
        && across.abs() <= 1e-9 * size
}
