//! Surfaces that are typed: a formula over x and y, with parameters.

mod frame;
mod loss;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::typed_error::TypedError;
pub use crate::expression::{Parameter, Parameters};
pub use loss::TypedLoss;

use super::data::{DataError, Loaded, Model};
use super::typed_error::check_window;
use super::{About, Surface};
use crate::expression::{Expression, Vocabulary};
use crate::file::DataFile;
use crate::plane::Window;

/// f(x, y), as typed: definitions such as `u = x + y`, and in the last line the formula itself.
///
/// See [`crate::expression`] for the language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The text of the formula.
    pub loss: String,
    /// The parameters with their values.
    #[serde(default, skip_serializing_if = "Parameters::is_empty")]
    pub parameters: Parameters,
    /// The initial window; found by itself if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    #[serde(skip)]
    loaded: Loaded<TypedLoss>,
}

impl Typed {
    /// A formula without parameters, to be seen in a window that it finds by itself.
    #[must_use]
    pub fn new(loss: impl Into<String>) -> Self {
        Self {
            loss: loss.into(),
            ..Self::default()
        }
    }

    /// Reads the formula. Every name in it must be x, y, or one of the parameters.
    ///
    /// # Errors
    /// The first mistake.
    pub fn expression(&self) -> Result<Expression, TypedError> {
        self.parameters.check(read_name)?;
        let parameters: Vec<&str> = self.parameters.names().collect();
        let vocabulary = Vocabulary {
            parameters: &parameters,
            open: false,
            ..Vocabulary::default()
        };
        Ok(Expression::parse(&self.loss, &vocabulary)?)
    }

    /// The names in the formula that are no parameters yet, in the order of their appearance.
    ///
    /// # Errors
    /// The first mistake.
    pub fn unknown_names(&self) -> Result<Vec<String>, TypedError> {
        let expression = Expression::parse(&self.loss, &Vocabulary::default())?;
        let names = expression.parameters().iter();
        let unknown = names.filter(|name| self.parameters.get(name).is_none());
        Ok(unknown.cloned().collect())
    }
}

/// The name as which a formula reads a name that stands alone.
fn read_name(name: &str) -> Option<String> {
    let formula = Expression::parse(name, &Vocabulary::default()).ok()?;
    match formula.parameters() {
        [known] => Some(known.clone()),
        _ => None,
    }
}

impl Model for Typed {
    const ABOUT: About = loss::ABOUT;

    type Loss = TypedLoss;

    fn data_mut(&mut self) -> Option<&mut DataFile> {
        None
    }

    fn loaded(&self) -> &Loaded<TypedLoss> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<TypedLoss> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> Arc<dyn Surface> {
        Arc::new(TypedLoss::undefined())
    }

    fn read(&self) -> Result<TypedLoss, DataError> {
        let expression = self.expression()?;
        if let Some(window) = self.window {
            check_window(&window)?;
        }
        Ok(TypedLoss::new(&expression, &self.parameters, self.window))
    }
}
