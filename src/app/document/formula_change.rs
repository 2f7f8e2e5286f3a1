//! Changes of a typed surface: its text, its parameters, and its window.

use super::gesture::Gesture;
use super::parameter_change::{NEW, range_story, set_range, set_value, value_story};
use crate::plane::Window;
use crate::surface::SurfaceChoice;
use crate::surface::typed::{Parameter, Typed};

/// A change of a typed surface.
#[derive(Clone, Debug, PartialEq)]
pub enum FormulaChange {
    /// Replace the text.
    Text(String),
    /// Set the value of a parameter.
    Value(String, f64),
    /// Set the range of a parameter's slider.
    Range(String, [f64; 2]),
    /// Append a parameter, and replace the text if one that needs it is given.
    Add {
        /// The name of the parameter.
        name: String,
        /// The text.
        text: Option<String>,
    },
    /// Remove a parameter.
    Remove(String),
    /// Set the window; `None` lets the surface find one.
    Window(Option<Window>),
}

impl FormulaChange {
    /// Returns the surface after the change; `None` if it is not typed or would not be valid.
    #[must_use]
    pub fn applied(self, surface: &SurfaceChoice) -> Option<SurfaceChoice> {
        let mut typed = surface.typed()?.clone();
        match self {
            Self::Text(text) => typed.loss = text,
            Self::Value(name, value) => set_value(&mut typed.parameters, &name, value, false)?,
            Self::Range(name, range) => set_range(&mut typed.parameters, &name, range)?,
            Self::Add { name, text } => {
                typed.parameters.set(&name, NEW);
                typed.loss = text.unwrap_or(typed.loss);
            }
            Self::Remove(name) => typed.parameters.remove(&name),
            Self::Window(window) => typed.window = window,
        }
        let mut next = SurfaceChoice::Typed(typed);
        next.load(None).ok()?;
        Some(next)
    }

    /// Returns the gesture that the change belongs to, if it can be part of one.
    #[must_use]
    pub fn gesture(&self) -> Option<Gesture> {
        match self {
            Self::Text(_) => Some(Gesture::Formula),
            Self::Value(name, _) => Some(Gesture::FormulaParameter(name.clone())),
            Self::Range(name, _) => Some(Gesture::FormulaRange(name.clone())),
            _ => None,
        }
    }

    /// Describes the change that led from one surface to another.
    #[must_use]
    pub fn story(&self, surfaces: [&SurfaceChoice; 2]) -> String {
        let parameters = surfaces.map(|it| it.typed().map(|typed| &typed.parameters));
        match self {
            Self::Text(_) => "Type the formula".to_owned(),
            Self::Value(name, _) => value_story(name, parameters),
            Self::Range(name, _) => range_story(name, parameters),
            Self::Add { name, .. } => format!("New slider {name}"),
            Self::Remove(name) => format!("Remove the slider {name}"),
            Self::Window(None) => "The surface finds its window".to_owned(),
            Self::Window(Some(_)) => "Fix the window of the surface".to_owned(),
        }
    }
}

/// Returns whether two typed surfaces differ only in their parameters or in their windows.
#[must_use]
pub fn is_morphed(was: &SurfaceChoice, is: &SurfaceChoice) -> bool {
    match (was.typed(), is.typed()) {
        (Some(was), Some(is)) => was.loss == is.loss,
        _ => false,
    }
}

/// Returns whether the visible window stays where it is when one typed surface becomes another:
/// while parameters move, and if both have the same window although they are written differently.
#[must_use]
pub fn keeps_window(was: &SurfaceChoice, is: &SurfaceChoice) -> bool {
    let (Some(before), Some(after)) = (was.typed(), is.typed()) else {
        return false;
    };
    let is_same = (&before.loss, before.window) == (&after.loss, after.window);
    is_same || was.open().window() == is.open().window()
}

/// Returns the formula that is typed at first: two minima at the ends of a bent valley.
#[must_use]
pub fn first() -> Typed {
    let mut typed = Typed::new("u = y - c*x^2\n(x^2 - 1)^2 + a*x + b*u^2");
    for (name, value, most) in [("a", 0.35, 2.0), ("b", 2.0, 5.0), ("c", 0.5, 2.0)] {
        let range = Some([0.0, most]);
        typed.parameters.set(name, Parameter { value, range });
    }
    typed
}
