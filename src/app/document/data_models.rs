//! Losses over the built-in data, and switching their standardization.

use crate::surface::data::Moons;
use crate::surface::{LinearRegression, LogisticRegression, SurfaceChoice};

/// The losses over built-in data, each with its label in the menu.
#[must_use]
pub fn built_in() -> Vec<(&'static str, SurfaceChoice)> {
    let line = |data: &str, x: Option<&str>, y: Option<&str>, standardize: bool| {
        let mut model = LinearRegression::default();
        model.data = data.into();
        model.x = x.map(String::from);
        model.y = y.map(String::from);
        model.standardize = standardize;
        SurfaceChoice::LinearRegression(model)
    };
    let mut moons = LogisticRegression::default();
    moons.moons = Some(Moons::default());
    let mut iris = LogisticRegression::default();
    iris.data = Some("iris".into());
    iris.x1 = Some("petal_length_cm".into());
    iris.x2 = Some("petal_width_cm".into());
    iris.label = Some("species".into());
    iris.positive = Some("virginica".into());
    iris.standardize = true;
    let flippers = line(
        "penguins",
        Some("flipper_length_mm"),
        Some("body_mass_g"),
        true,
    );
    vec![
        ("Line through 100 points", line("line", None, None, false)),
        ("Penguins: flipper and weight", flippers),
        (
            "Noisy moons: two classes",
            SurfaceChoice::LogisticRegression(moons),
        ),
        (
            "Iris: virginica or not",
            SurfaceChoice::LogisticRegression(iris),
        ),
    ]
}

/// Returns the surface with its data standardized or not; `None` if it has no data.
#[must_use]
pub fn standardized(surface: &SurfaceChoice, on: bool) -> Option<SurfaceChoice> {
    let mut surface = surface.clone();
    match &mut surface {
        SurfaceChoice::LinearRegression(model) => model.standardize = on,
        SurfaceChoice::LogisticRegression(model) => model.standardize = on,
        _ => return None,
    }
    Some(surface)
}

/// Returns whether a surface's data are standardized; `None` if it has no data.
#[must_use]
pub fn is_standardized(surface: &SurfaceChoice) -> Option<bool> {
    match surface {
        SurfaceChoice::LinearRegression(model) => Some(model.standardize),
        SurfaceChoice::LogisticRegression(model) => Some(model.standardize),
        _ => None,
    }
}
