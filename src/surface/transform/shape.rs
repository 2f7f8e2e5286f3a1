//! How a surface is transformed before the race.

use std::sync::Arc;

use super::{Rotated, Stretched};
use crate::surface::typed::Typed;
use crate::surface::{Surface, SurfaceChoice};

/// The transformation of a surface under the racers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shape {
    /// The rotation of the surface in degrees, counter-clockwise, about the centre of its window.
    pub rotation: f64,
    /// The condition number of the long valley: the ratio of its two curvatures; `None` means 50.
    pub condition: Option<f64>,
}

impl Shape {
    /// The condition number of [`crate::surface::LongValley`] as defined by its formula.
    pub const CONDITION: f64 = 50.0;

    /// Whether the condition number of this surface can be chosen.
    #[must_use]
    pub fn has_condition(surface: &SurfaceChoice) -> bool {
        *surface == SurfaceChoice::LongValley
    }

    /// The distance of a point from the ridge of a saddle: its y before the surface was rotated;
    /// `None` for surfaces without a ridge.
    ///
    /// On the ridge y = 0 of x² − y² and of x³ − 3xy² the gradient across is exactly 0.
    #[must_use]
    pub fn off_ridge(&self, choice: &SurfaceChoice, at: [f64; 2]) -> Option<f64> {
        let has_ridge = matches!(choice, SurfaceChoice::Saddle | SurfaceChoice::MonkeySaddle);
        has_ridge.then(|| self.carry(choice, at, 0.0)[1])
    }

    /// The point at the same position along the ridge, at this distance from it.
    #[must_use]
    pub fn beside_ridge(&self, choice: &SurfaceChoice, at: [f64; 2], off: f64) -> [f64; 2] {
        let [along, _] = self.carry(choice, at, 0.0);
        Self::default().carry(choice, [along, off], self.rotation)
    }

    /// A copy of a surface that can be edited, if it has a formula. A condition number that was
    /// chosen becomes its parameter k.
    #[must_use]
    pub fn typed_copy(&self, choice: &SurfaceChoice) -> Option<Typed> {
        let mut copy = choice.typed_copy()?;
        if let Some(condition) = self.condition {
            "(x^2 + k*y^2)/2".clone_into(&mut copy.loss);
            copy.parameters.set("k", condition.into());
        }
        Some(copy)
    }

    /// The transformed surface.
    #[must_use]
    pub fn open(&self, choice: &SurfaceChoice) -> Arc<dyn Surface> {
        let mut surface = choice.open();
        if let Some(condition) = self.condition
            && condition != Self::CONDITION
        {
            surface = Arc::new(Stretched::new(
                surface,
                (condition / Self::CONDITION).sqrt(),
            ));
        }
        if self.rotation != 0.0 {
            let centre = surface.window().centre();
            surface = Arc::new(Rotated::new(surface, self.rotation.to_radians(), centre));
        }
        surface
    }

    /// The position to which a point moves if the surface is rotated from this shape's angle to
    /// another, about the centre of the window.
    #[must_use]
    pub fn carry(&self, choice: &SurfaceChoice, at: [f64; 2], rotation: f64) -> [f64; 2] {
        if rotation == self.rotation {
            return at;
        }
        self.turning(choice, rotation).from_inner(at)
    }

    /// The rotation of the surface, and of every point with it, from this shape's angle to another.
    #[must_use]
    pub fn turning(&self, choice: &SurfaceChoice, rotation: f64) -> Rotated {
        let surface = choice.open();
        let centre = surface.window().centre();
        Rotated::new(surface, (rotation - self.rotation).to_radians(), centre)
    }
}
