//! A surface as a Python function.

use super::data::Sketch;
use super::dialect::{Dialect, Lack, indented};
use super::python::number;
use crate::experiment::Experiment;
use crate::surface::Shape;

/// What a formula may use besides numbers, operators, `x` and `y`; both `torch` and `jax.numpy`
/// provide all of it under these names.
const NAMES: &[&str] = &["cos", "e", "exp", "pi", "sin", "sqrt", "where"];

/// A surface as a Python function.
pub(super) struct Definition {
    /// The names that it imports from `torch` or `jax.numpy`.
    pub(super) imports: Vec<&'static str>,
    /// The data, if it is a loss over data, and the function `loss(position)`.
    pub(super) parts: Vec<String>,
}

/// The reason why no script can include the surface, if there is one.
pub(super) fn surface_lack(experiment: &Experiment) -> Option<Lack> {
    let surface = experiment.surface.open();
    Sketch::of(&experiment.surface)?.lack(surface.data()?)
}

/// The definition of `loss`, which every library can differentiate as written; with `has_batches`
/// it can also take rows of the data.
pub(super) fn surface_definition(
    experiment: &Experiment,
    dialect: &dyn Dialect,
    has_batches: bool,
) -> Definition {
    let about = experiment.surface.about();
    let Some(sketch) = Sketch::of(&experiment.surface) else {
        let what = format!("The surface {}", about.title);
        return Definition {
            imports: names_in(about.python),
            parts: vec![function(
                experiment,
                "position",
                &what,
                ["x", "y"],
                about.python,
            )],
        };
    };
    let body = sketch.body(dialect);
    let loss = if has_batches {
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
    Definition {
        imports: Vec::new(),
        parts: data.into_iter().chain([loss]).collect(),
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

fn names_in(code: &str) -> Vec<&'static str> {
    let words = || code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let used = |name: &&&str| words().any(|word| word == **name);
    NAMES.iter().filter(used).copied().collect()
}
