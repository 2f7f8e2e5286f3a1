//! Losses over the built-in data, and switching their standardization.

use crate::network::{Activation, Initial, LossFunction};
use crate::surface::data::{Moons, Spiral};
use crate::surface::network::TestSize;
use crate::surface::{Grid, LinearRegression, LogisticRegression, Network, SurfaceChoice};

/// The losses over built-in data and the networks, each with its label in the menu.
#[must_use]
pub fn built_in() -> Vec<(&'static str, SurfaceChoice)> {
    let mut models = small();
    models.extend(networks());
    models.push((
        "Landscape measured in PyTorch",
        SurfaceChoice::Grid(Grid::of("moons-landscape".into())),
    ));
    models
}

/// Models of two parameters.
fn small() -> Vec<(&'static str, SurfaceChoice)> {
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

/// Networks that train within seconds.
fn networks() -> Vec<(&'static str, SurfaceChoice)> {
    let with = |title, change: fn(&mut Network)| {
        let mut network = Network::default();
        network.test = TestSize::Share(0.3);
        change(&mut network);
        (title, SurfaceChoice::Network(network))
    };
    vec![
        with("Network: moons 2–16–2", |it| {
            it.moons = Some(Moons::default());
            it.hidden = vec![16];
        }),
        with("Network: spiral 2–16–16–2", |it| {
            it.spiral = Some(Spiral::default());
            it.hidden = vec![16, 16];
        }),
        with("Network: penguins 2–8–8–3", |it| {
            it.data = Some("penguins".into());
            it.features = ["bill_length_mm", "bill_depth_mm"].map(String::from).into();
            it.target = Some("species".into());
            it.hidden = vec![8, 8];
            it.standardize = true;
        }),
        with("Network: iris 4–8–3", |it| {
            it.data = Some("iris".into());
            it.target = Some("species".into());
            it.hidden = vec![8];
            it.standardize = true;
        }),
        with("Network: digits 64–32–10", |it| {
            it.data = Some("digits".into());
            it.target = Some("digit".into());
            it.loss = Some(LossFunction::CategoricalCrossEntropy);
            it.hidden = vec![32];
            it.activation = Activation::Relu;
            it.initial = Initial::HeUniform;
            it.standardize = true;
        }),
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
