//! Networks: the whole training script.

mod data;
mod keras;
mod optax;
mod pytorch;

use super::Framework;
use super::chance::Chance;
use super::counterpart::Lack;
use super::dialect::{Race, indented};
use super::encoded::{DECODED, Width, encoded, is_long, list};
use super::ground::Ground;
use super::layout::filled;
use super::python::number;
use crate::experiment::Experiment;
use crate::network::{Activation, Architecture, LossFunction, Perceptron};
use crate::subspace::Subspace;
use crate::surface::Learner;
use data::Data;

/// A race through the weights of a network.
pub(super) struct OnNetwork<'a> {
    network: &'a Perceptron,
    data: Data<'a>,
    /// The weights at which all racers start.
    initial: Vec<f64>,
    /// x and y are products of these with the weights, less two numbers.
    plane: [Vec<f64>; 2],
    origin: [f64; 2],
    library: &'static dyn Library,
    evaluate: Option<usize>,
}

/// How networks are written in one library.
trait Library {
    /// The head of the script; with `decodes`, some of its lists are in base64.
    fn head(&self, package: Option<&str>, decodes: bool) -> String;

    /// A list as an array of doubles or, without `is_double`, of whole numbers.
    fn array(&self, list: &str, is_double: bool) -> String;

    /// The module whose `where` chooses between two numbers.
    fn module(&self) -> &'static str;

    /// What makes `std` divide by n, as an argument.
    fn population(&self) -> Option<&'static str> {
        None
    }

    /// The network, its loss and what is printed of it.
    fn model(&self, sketch: &Sketch) -> Vec<String>;

    /// What `PyTorch`'s optimizers are given.
    fn weights(&self) -> &'static str {
        ""
    }

    /// The code that is needed once to differentiate the loss.
    fn derivative(&self) -> &'static str;

    /// The variable that holds the network, or the weights, whose loss is printed.
    fn shown(&self, race: &Race) -> String;

    /// The training loop of a racer.
    fn steps(&self, race: &Race, due: &Due) -> String;
}

/// A network without its examples.
struct Sketch<'a> {
    architecture: &'a Architecture,
    loss: LossFunction,
    /// λ
    l2: f64,
    /// Whether there are rows to test on.
    has_test: bool,
}

impl Sketch<'_> {
    /// The layers from the features to the outputs: inputs, outputs, activation.
    fn layers(&self) -> impl Iterator<Item = (usize, usize, Activation)> {
        let layers = self.architecture.layers().enumerate();
        layers.map(|(index, layer)| {
            let activation = self.architecture.activation_of(index);
            (layer.inputs, layer.outputs, activation)
        })
    }

    fn about(&self) -> String {
        let shape = self.architecture.shape();
        match (
            self.architecture.hidden.is_empty(),
            self.architecture.activation,
        ) {
            (true, _) | (_, Activation::Identity) => format!("A linear network, {shape}"),
            (false, activation) => format!("A network {shape} with {}", activation.title()),
        }
    }

    fn about_loss(&self) -> String {
        let penalty = match self.l2 {
            0.0 => "",
            _ => ", and a penalty on the weights, but not on biases",
        };
        format!("The mean {}{penalty}.", self.loss.title())
    }

    /// The term of the loss that penalizes weights, where `squares` is the sum of their squares.
    fn penalty(&self, squares: &str) -> String {
        match self.l2 {
            0.0 => String::new(),
            l2 => format!(" + {} / 2 * {squares}", number(l2)),
        }
    }

    /// The shapes of all parameters in order, each weight matrix with a row per unit.
    fn shapes(&self) -> String {
        let bias = self.architecture.bias;
        let shapes = self.layers().flat_map(|(inputs, outputs, _)| {
            let weights = Some(format!("({outputs}, {inputs})"));
            let biases = bias.then(|| format!("({outputs},)"));
            [weights, biases].into_iter().flatten()
        });
        format!("[{}]", shapes.collect::<Vec<_>>().join(", "))
    }

    /// The function `report`, which prints the metrics of the network in a variable; nothing if
    /// there are none beside the loss.
    fn report(&self, variable: &str) -> Option<String> {
        let metric = |name: &str, function: &str, rows: &str| {
            format!("        \"{name}\": {function}({variable}, {rows}features, {rows}targets),\n")
        };
        let classifies = self.loss.classifies();
        let metrics = [
            classifies.then(|| metric("accuracy", "accuracy", "")),
            self.has_test.then(|| metric("test loss", "loss", "test_")),
            (self.has_test && classifies).then(|| metric("test accuracy", "accuracy", "test_")),
        ];
        let metrics: String = metrics.into_iter().flatten().collect();
        self.reports().then(|| {
            format!(
                "def report(name, {variable}):
    \"\"\"Prints the metrics of a network to standard error.\"\"\"
    metrics = {{
{metrics}    }}
    for metric, value in metrics.items():
        print(f\"{{name}}: {{metric}} {{value:.6f}}\", file=sys.stderr)
"
            )
        })
    }

    /// Whether there is anything to report.
    fn reports(&self) -> bool {
        self.loss.classifies() || self.has_test
    }
}

/// The code that evaluates and prints the loss where it is due.
struct Due {
    /// The line that finds out whether it is.
    line: String,
    /// What follows the loss in the line that evaluates it.
    condition: &'static str,
    /// The printed cell.
    cell: &'static str,
    /// The lines at the end of the race.
    end: String,
}

impl Due {
    fn of(race: &Race, reports: Option<&str>) -> Self {
        let Race { steps, name, .. } = race;
        let end = reports.map_or_else(String::new, |shown| {
            format!("    if step == {steps}:\n        report({name}, {shown})\n")
        });
        match &race.share.interval {
            None => Self {
                line: String::new(),
                condition: "",
                cell: "value.item()",
                end,
            },
            Some(interval) => Self {
                line: format!("    is_due = step % {interval} == 0 or step == {steps}\n"),
                condition: if race.watches {
                    ""
                } else {
                    " if is_due else None"
                },
                cell: "value.item() if is_due else \"\"",
                end,
            },
        }
    }
}

/// The lines of a step that change the hyper-parameters of every optimizer of a list.
fn in_all(change: &str) -> String {
    if change.is_empty() {
        return String::new();
    }
    let lines = format!(
        "for optimizer, (_, _, parameters) in zip(optimizers, groups):\n{}",
        indented(change)
    );
    indented(&lines)
}

impl<'a> OnNetwork<'a> {
    /// A race on the network of `learner`, whose weights are seen on this plane or, if it does not
    /// fit, on a random one.
    pub(super) fn new(
        experiment: &'a Experiment,
        learner: &'a Learner,
        plane: Option<&Subspace>,
        library: Framework,
    ) -> Self {
        let network = &*learner.perceptron;
        let surface = experiment.surface.open();
        let n = network.architecture().parameters();
        let plane = plane.filter(|plane| plane.dimension() == n);
        let plane = plane.or_else(|| surface.subspace().map(|plane| &**plane));
        Self {
            network,
            data: Data::of(experiment, learner),
            initial: surface.initial(experiment.seed).unwrap_or_default(),
            origin: plane.map_or([0.0; 2], |plane| plane.component(plane.origin())),
            plane: plane.map_or_else(Default::default, Subspace::duals),
            evaluate: surface.evaluation_interval(),
            library: match library {
                Framework::Keras => &keras::Keras,
                Framework::PyTorch => &pytorch::PyTorch,
                Framework::Optax => &optax::Optax,
            },
        }
    }

    fn sketch(&self) -> Sketch<'_> {
        Sketch {
            architecture: self.network.architecture(),
            loss: self.network.loss_function(),
            l2: self.network.l2(),
            has_test: !self.network.test().is_empty(),
        }
    }

    /// The weights at the start, and the plane.
    fn numbers(&self) -> String {
        let array = |list: &str| self.library.array(list, true);
        let start = array(&list(&self.initial));
        let plane = if is_long(self.initial.len()) {
            let numbers = self.plane.iter().flatten().copied();
            let flat = array(&encoded(Width::Double, numbers));
            format!("{flat}.reshape(2, {})", self.initial.len())
        } else {
            let row = |row: &Vec<f64>| {
                let numbers: Vec<String> = row.iter().copied().map(number).collect();
                format!("[{}]", numbers.join(", "))
            };
            array(&filled(self.plane.iter().map(row)))
        };
        let origin = array(&format!(
            "[{}, {}]",
            number(self.origin[0]),
            number(self.origin[1])
        ));
        format!(
            "# The weights at which all racers start: layer by layer a row for every unit, then the biases.
initial = {start}

# x and y are coordinates on a plane through all weights, on which Slalom shows the paths.
plane = {plane}
origin = {origin}
"
        )
    }
}

impl Ground for OnNetwork<'_> {
    fn lack(&self) -> Option<Lack> {
        None
    }

    fn head(&self, package: Option<&str>, chance: &Chance) -> String {
        let decodes = is_long(self.initial.len()) || self.data.is_encoded() || chance.is_encoded();
        let head = self.library.head(package, decodes);
        if decodes {
            format!("{head}\n\n{DECODED}")
        } else {
            head
        }
    }

    fn parts(&self, _chance: &Chance) -> Vec<String> {
        let mut parts = vec![self.data.definition(self.library), self.numbers()];
        parts.extend(self.library.model(&self.sketch()));
        parts
    }

    fn weights(&self) -> &'static str {
        self.library.weights()
    }

    fn derivative(&self) -> &'static str {
        self.library.derivative()
    }

    fn interval(&self, per_epoch: u64) -> u64 {
        self.evaluate.map_or(per_epoch, |steps| steps as u64)
    }

    fn steps(&self, race: &Race) -> String {
        let shown = self.library.shown(race);
        let reports = self.sketch().reports().then_some(&*shown);
        self.library.steps(race, &Due::of(race, reports))
    }
}
