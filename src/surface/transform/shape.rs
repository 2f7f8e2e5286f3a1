//! What is done to a surface before the race: turned, or made a longer valley.

use std::sync::Arc;

use super::{Rotated, Stretched};
use crate::surface::{Surface, SurfaceChoice};

/// How a surface lies under the racers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shape {
    /// By how many degrees the surface is turned, counter-clockwise, about the middle of its
    /// window.
    pub rotation: f64,
    /// The condition number of the long valley: the ratio of its two curvatures; `None`: 50.
    pub condition: Option<f64>,
}

impl Shape {
    /// The condition number of [`crate::surface::LongValley`] as it stands in its formula.
    pub const CONDITION: f64 = 50.0;

    /// Whether the condition number of this surface can be chosen.
    #[must_use]
    pub fn has_condition(surface: &SurfaceChoice) -> bool {
        *surface == SurfaceChoice::LongValley
    }

    /// How far beside the ridge of a saddle a point is: its y before the surface was turned; `None`
    /// for surfaces without a ridge.
    ///
    /// On the ridge y = 0 of x² − y² and of x³ − 3xy² the slope across is exactly 0.
    #[must_use]
    pub fn off_ridge(&self, choice: &SurfaceChoice, at: [f64; 2]) -> Option<f64> {
        let has_ridge = matches!(choice, SurfaceChoice::Saddle | SurfaceChoice::MonkeySaddle);
        has_ridge.then(|| self.carry(choice, at, 0.0)[1])
    }

    /// The point of the same height along the ridge at this distance beside it.
    #[must_use]
    pub fn beside_ridge(&self, choice: &SurfaceChoice, at: [f64; 2], off: f64) -> [f64; 2] {
        let [along, _] = self.carry(choice, at, 0.0);
        Self::default().carry(choice, [along, off], self.rotation)
    }

    /// The surface in this shape.
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

    /// Where a point goes when the surface is turned from this shape's angle to another, about the
    /// middle of the window.
    #[must_use]
    pub fn carry(&self, choice: &SurfaceChoice, at: [f64; 2], rotation: f64) -> [f64; 2] {
        if rotation == self.rotation {
            return at;
        }
        self.turning(choice, rotation).from_inner(at)
    }

    /// The turn that brings the surface, and every point with it, from this shape's angle to another.
    #[must_use]
    pub fn turning(&self, choice: &SurfaceChoice, rotation: f64) -> Rotated {
        let surface = choice.open();
        let centre = surface.window().centre();
        Rotated::new(surface, (rotation - self.rotation).to_radians(), centre)
    }
}
