//! The vectors of a step, as they stand in the plane.

use super::Anatomy;
use crate::optimizer::{Family, Note, Term};
use crate::plane::{Eigen, difference};
use crate::surface::Surface;

/// In what an arrow's length is counted; arrows of one unit can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Lengths in the plane: the step and its parts.
    Plane,
    /// Slopes: gradients and their averages.
    Slope,
}

/// A vector of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// What it is, in a word or two.
    pub name: &'static str,
    /// The quantity behind it.
    pub term: Term,
    /// The family whose colour it has.
    pub family: Family,
    /// Where it begins.
    pub from: [f64; 2],
    /// Where it leads, from there.
    pub by: [f64; 2],
    /// In what its length is counted.
    pub unit: Unit,
    /// Whether it is only there to be compared with.
    pub other: bool,
}

/// An ellipse of accumulated squares: its half axes, each a vector, in units of slope.
pub type Axes = [[f64; 2]; 2];

impl Anatomy {
    /// The vectors of the step: downhill slopes first, then the parts of the step, which lead tip
    /// to tail from the old position to the new one, and the step itself.
    ///
    /// All slopes are turned downhill, as the step goes. Nesterov's look-ahead form also gets the
    /// step that plain momentum would have made from the same velocity.
    #[must_use]
    pub fn arrows(&self, surface: &dyn Surface) -> Vec<Arrow> {
        let mut arrows: Vec<Arrow> = self.slopes();
        let parts = self.parts();
        let whole = difference(self.to, self.from);
        // A single part is the step.
        if parts.len() > 1 {
            arrows.extend(parts);
        }
        arrows.extend(self.plain_momentum(surface));
        arrows.push(Arrow {
            name: "step",
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

    fn slopes(&self) -> Vec<Arrow> {
        const SLOPES: &[(Note, &str)] = &[
            (Note::Gradient, "−gradient"),
            (Note::FirstMoment, "−m"),
            (Note::CorrectedFirstMoment, "−m̂"),
        ];
        let asked = self.asked_at();
        let of = |&(note, name): &(Note, &'static str)| {
            let [x, y] = self.notes.vector(note)?;
            let from = if note == Note::Gradient {
                asked
            } else {
                self.from
            };
            Some(Arrow {
                name,
                term: Term::Note(note),
                family: note.family(),
                from,
                by: [-x, -y],
                unit: Unit::Slope,
                other: false,
            })
        };
        SLOPES.iter().filter_map(of).collect()
    }

    /// The parts of the step, tip to tail.
    fn parts(&self) -> Vec<Arrow> {
        const PARTS: &[(Note, &str)] = &[
            (Note::DecayPart, "weight decay"),
            (Note::MomentumPart, "momentum"),
            (Note::GradientPart, "new gradient"),
        ];
        let mut from = self.from;
        let mut arrows = Vec::new();
        for &(note, name) in PARTS {
            let Some(by) = self.notes.vector(note) else {
                continue;
            };
            if by == [0.0, 0.0] {
                continue;
            }
            arrows.push(Arrow {
                name,
                term: Term::Note(note),
                family: note.family(),
                from,
                by,
                unit: Unit::Plane,
                other: false,
            });
            from = [from[0] + by[0], from[1] + by[1]];
        }
        arrows
    }

    /// The step of plain momentum from the same velocity, where the gradient was asked for ahead.
    fn plain_momentum(&self, surface: &dyn Surface) -> Option<Arrow> {
        let asked = self.asked_at();
        if asked == self.from {
            return None;
        }
        let kept = self.notes.vector(Note::MomentumPart)?;
        let added = self.notes.vector(Note::GradientPart)?;
        let ahead = self.notes.vector(Note::Gradient)?;
        // Of a step that saw some rows only, or noise, the whole surface does not tell.
        let (_, told) = surface.gradient(asked);
        if told != ahead {
            return None;
        }
        let (_, here) = surface.gradient(self.from);
        // The rate is what the gradient ahead was multiplied with; where it has no component, so
        // has the other coordinate's.
        let rate = (0..2)
            .filter(|&axis| ahead[axis] != 0.0)
            .map(|axis| added[axis] / ahead[axis])
            .next()?;
        Some(Arrow {
            name: "plain momentum’s step",
            term: Term::Position,
            family: Family::Step,
            from: self.from,
            by: [kept[0] + rate * here[0], kept[1] + rate * here[1]],
            unit: Unit::Plane,
            other: true,
        })
    }

    /// Where the gradient was asked for.
    #[must_use]
    pub fn asked_at(&self) -> [f64; 2] {
        self.notes.vector(Note::Query).unwrap_or(self.from)
    }

    /// The half axes of the ellipse of accumulated squares: the roots of G (of v̂, of E) along each
    /// coordinate, or along the eigenvectors of the full matrix.
    #[must_use]
    pub fn squares(&self) -> Option<Axes> {
        let [a, d] = [
            Note::CorrectedSecondMoment,
            Note::SecondMoment,
            Note::Accumulator,
        ]
        .into_iter()
        .find_map(|note| self.notes.vector(note))?;
        let notes = self.notes.notes();
        let cross = notes
            .iter()
            .find(|(_, note, _)| *note == Note::AccumulatorCross);
        let b = cross.map_or(0.0, |&(.., value)| value);
        Some(Eigen::of([[a, b], [b, d]])?.half_axes())
    }
}
