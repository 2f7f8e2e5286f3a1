//! A surface as a Python function.

use super::chance::Chance;
use super::counterpart::Lack;
use super::data::{NONE, Sketch};
use super::dialect::{Dialect, Race, indented};
use super::formula::Formula;
use super::ground::Ground;
use super::python::number;
use crate::experiment::Experiment;
use crate::surface::{Shape, SurfaceChoice};

/// The reason why a race on a measured landscape has no script.
const MEASURED: Lack = "its landscape was measured, and no library has the same interpolation";

/// A race on a surface.
pub(super) struct OnSurface<'a> {
    pub(super) experiment: &'a Experiment,
    pub(super) dialect: &'a dyn Dialect,
}

impl OnSurface<'_> {
    /// The formula, if it is no loss over data.
    fn formula(&self) -> Option<Formula> {
        let (expression, parameters) = self.experiment.surface.formula()?;
        Some(Formula::new(&expression, &parameters, self.dialect.array()))
    }

    /// Whether it is a network, which is a surface only as long as it has no data.
    fn is_unloaded(&self) -> bool {
        matches!(self.experiment.surface, SurfaceChoice::Network(_))
    }
}

impl Ground for OnSurface<'_> {
    fn lack(&self) -> Option<Lack> {
        if self.is_unloaded() {
            return Some(NONE);
        }
        let surface = self.experiment.surface.open();
        if surface.grid().is_some() {
            return Some(MEASURED);
        }
        Sketch::of(&self.experiment.surface)?.lack(surface.data()?)
    }

    fn head(&self, package: Option<&str>, _chance: &Chance) -> String {
        let names = self.formula().map(|formula| formula.names);
        let names = names.unwrap_or_default();
        self.dialect.head(&names, package)
    }

    /// The data, if it is a loss over data, and the function `loss(position)`, which every library
    /// can differentiate as written.
    fn parts(&self, chance: &Chance) -> Vec<String> {
        let Self {
            experiment,
            dialect,
        } = *self;
        if self.is_unloaded() {
            return Vec::new();
        }
        if let Some(formula) = self.formula() {
            let what = format!("The surface {}", experiment.surface.about().title);
            let body = &formula.body;
            let loss = function(experiment, "position", &what, ["x", "y"], body);
            let helpers = formula.helpers.into_iter().map(str::to_owned);
            return helpers.chain([loss]).collect();
        }
        let Some(sketch) = Sketch::of(&experiment.surface) else {
            return Vec::new();
        };
        let body = sketch.body(dialect);
        let loss = if chance.has_batches() {
            let what = format!("{}, over all rows or some", sketch.about);
            function(
                experiment,
                "position, rows=slice(None)",
                &what,
                sketch.parameters,
                &body,
            )
        } else {
            let body = body.replace("[rows]", "");
            function(
                experiment,
                "position",
                sketch.about,
                sketch.parameters,
                &body,
            )
        };
        let surface = experiment.surface.open();
        let data = surface.data().filter(|data| sketch.lack(data).is_none());
        let data = data.map(|data| sketch.definition(data, dialect));
        data.into_iter().chain([loss]).collect()
    }

    fn weights(&self) -> &'static str {
        "[position]"
    }

    fn derivative(&self) -> &'static str {
        self.dialect.derivative()
    }

    fn interval(&self, _per_epoch: u64) -> u64 {
        1
    }

    fn steps(&self, race: &Race) -> String {
        let [x, y] = self.experiment.start.map(number);
        self.dialect.steps(race, &format!("{x}, {y}"))
    }
}

/// The function, with the race's shape applied.
fn function(
    experiment: &Experiment,
    arguments: &str,
    what: &str,
    coordinates: [&str; 2],
    body: &str,
) -> String {
    let Shape {
        rotation,
        condition,
    } = experiment.shape;
    let condition = condition.map_or_else(String::new, |condition| {
        format!(" of condition number {condition}")
    });
    let turned = match rotation {
        0.0 => String::new(),
        _ => format!(", turned by {rotation} degrees"),
    };
    let [x, y] = coordinates;
    format!(
        "def loss({arguments}):\n    \"\"\"{what}{condition}{turned}.\"\"\"\n    {x}, {y} = position\n{}{}",
        indented(&shaping(experiment, coordinates)),
        indented(body)
    )
}

/// The lines that map a point of the shaped surface to the corresponding point of its formula.
fn shaping(experiment: &Experiment, [x, y]: [&str; 2]) -> String {
    let Shape {
        rotation,
        condition,
    } = experiment.shape;
    let turn = format!(
        "angle = math.radians({})
s, c = math.sin(angle), math.cos(angle)
{x}, {y} = c * {x} + s * {y}, c * {y} - s * {x}
",
        number(rotation)
    );
    let centre = experiment.surface.open().window().centre();
    let moved = |by: [f64; 2]| {
        let [across, up] = by.map(added);
        format!("{x}, {y} = {x} {across}, {y} {up}\n")
    };
    let turned_back = match (rotation, centre) {
        (0.0, _) => String::new(),
        (_, [0.0, 0.0]) => turn,
        _ => moved(centre.map(|at| -at)) + &turn + &moved(centre),
    };
    let stretched = condition.map_or_else(String::new, |condition| {
        let (condition, before) = (number(condition), number(Shape::CONDITION));
        format!("{y} = math.sqrt({condition} / {before}) * {y}\n")
    });
    turned_back + &stretched
}

/// The value as a summand: `+ 2.5` or `- 2.5`.
fn added(value: f64) -> String {
    let sign = if value < 0.0 { '-' } else { '+' };
    format!("{sign} {}", number(value.abs()))
}
