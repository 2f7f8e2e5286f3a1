//! What a network predicts with the weights of a moment.

use super::Field;

/// What a network has learned by a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Its predictions over the window.
    pub prediction: Prediction,
    /// The class that is predicted for every row that is shown; empty for a regression.
    pub classes: Vec<u32>,
    /// The share of the rows shown whose class is predicted; `None` for a regression.
    pub accuracy: Option<f64>,
}

/// The predictions over the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Prediction {
    /// The probabilities of the classes in a plane.
    Regions(Field),
    /// The predicted number in a plane.
    Heat(Field),
    /// The predicted number, or the probabilities of the classes, along a line.
    Curve(Field),
    /// Nothing but the classes of the rows.
    Rows,
}

impl Learned {
    /// Whether the class of a row that is shown is predicted; `true` for a regression.
    #[must_use]
    pub fn is_right(&self, row: usize, class: Option<usize>) -> bool {
        match (self.classes.get(row), class) {
            (Some(&predicted), Some(class)) => predicted as usize == class,
            _ => true,
        }
    }

    /// The numbers over the window, if there are any.
    #[must_use]
    pub const fn field(&self) -> Option<&Field> {
        match &self.prediction {
            Prediction::Regions(field) | Prediction::Heat(field) | Prediction::Curve(field) => {
                Some(field)
            }
            Prediction::Rows => None,
        }
    }
}
