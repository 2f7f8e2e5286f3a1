//! What is done to a surface before the race: turned, or made a longer valley.

use std::sync::Arc;

use crate::surface::{Rotated, Stretched, Surface, SurfaceChoice};

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
        let surface = choice.open();
        let centre = surface.window().centre();
        Rotated::new(surface, (rotation - self.rotation).to_radians(), centre).from_inner(at)
    }
}
