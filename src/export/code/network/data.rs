//! The data of a network, as it sees them.

use std::path::Path;

use super::super::encoded::{Width, encoded};
use super::super::layout::filled;
use super::super::python::{number, string};
use super::super::table::{self, Columns};
use super::Library;
use crate::experiment::Experiment;
use crate::network::{Examples, Initial, LossFunction, Targets};
use crate::surface::data::{BuiltIn, Source};
use crate::surface::network::{Network, NetworkData, TestSize};
use crate::surface::{Learner, SurfaceChoice};
use crate::table::ColumnKind;
use crate::text::{counted, one_line};

/// The largest number of features and targets written out in a script.
const MOST: usize = 2_000;

/// The data of a network, and the form in which they are written.
pub(super) struct Data<'a> {
    network: Option<&'a Network>,
    learner: &'a Learner,
    form: Form<'a>,
}

/// How data are written.
enum Form<'a> {
    /// Row by row, as the network sees them.
    Written,
    /// As code that reads their file, and scales and splits them.
    File(&'a Path, &'a Source),
    /// In base64, with code that scales and splits them.
    Encoded(Box<Examples>),
}

impl<'a> Data<'a> {
    pub(super) fn of(experiment: &'a Experiment, learner: &'a Learner) -> Self {
        let network = match &experiment.surface {
            SurfaceChoice::Network(network) => Some(network),
            _ => None,
        };
        let perceptron = &learner.perceptron;
        let rows = perceptron.training().len() + perceptron.test().len();
        let numbers = rows * (perceptron.architecture().inputs + 1);
        let form = if numbers <= MOST {
            Form::Written
        } else {
            file_of(network, &learner.data)
                .or_else(|| Some(Form::Encoded(Box::new(in_own_units(network?)?))))
                .unwrap_or(Form::Written)
        };
        Self {
            network,
            learner,
            form,
        }
    }

    /// Whether they are in base64.
    pub(super) fn is_encoded(&self) -> bool {
        matches!(self.form, Form::Encoded(_))
    }

    /// The code that defines the arrays `features` and `targets` and, with rows to test on,
    /// `test_features` and `test_targets`.
    pub(super) fn definition(&self, library: &dyn Library) -> String {
        let data = &self.learner.data;
        let perceptron = &self.learner.perceptron;
        match &self.form {
            Form::Written => {
                let train = self.written(perceptron.training(), ["", "train on"], library);
                let test = perceptron.test();
                if test.is_empty() {
                    return train;
                }
                let test = self.written(test, ["test_", "test on"], library);
                format!("{train}\n{test}")
            }
            Form::File(file, source) => {
                let read = table::read(file, source, &self.columns(), &self.row(source));
                let features = library.array("[row[:-1] for row in data]", true);
                let targets = library.array("[row[-1] for row in data]", self.has_doubles());
                let arrays = format!("features = {features}\ntargets = {targets}\n");
                read + &arrays + &self.scaled(library) + &self.split(library)
            }
            Form::Encoded(examples) => {
                let rows = format!("{} of {}", counted(examples.len(), "row"), data.name);
                let features = examples.features.iter().copied();
                let features = encoded(Width::of_doubles(&examples.features), features);
                let features = library.array(&features, true);
                let targets: Vec<f64> = doubles(&examples.targets);
                let width = Width::of_doubles(&targets);
                let targets = encoded(width, targets.into_iter());
                let targets = library.array(&targets, self.has_doubles());
                format!(
                    "# {}: {}\nfeatures = {features}.reshape({}, {})\ntargets = {targets}\n",
                    one_line(&rows),
                    self.columns(),
                    examples.len(),
                    examples.width
                ) + &self.scaled(library)
                    + &self.split(library)
            }
        }
    }

    /// Whether targets are doubles rather than whole numbers.
    fn has_doubles(&self) -> bool {
        self.learner.perceptron.loss_function() != LossFunction::CategoricalCrossEntropy
    }

    /// The rows, written out.
    fn written(
        &self,
        examples: &Examples,
        [prefix, purpose]: [&str; 2],
        library: &dyn Library,
    ) -> String {
        let rows = (0..examples.len()).map(|row| {
            let row = examples.row(row).iter().copied().map(number);
            format!("[{}]", row.collect::<Vec<_>>().join(", "))
        });
        let features = library.array(&filled(rows), true);
        let whole = |&class: &u32| {
            if self.has_doubles() {
                number(f64::from(class))
            } else {
                class.to_string()
            }
        };
        let targets: Vec<String> = match &examples.targets {
            Targets::Numbers(numbers) => numbers.iter().copied().map(number).collect(),
            Targets::Classes(classes) => classes.iter().map(whole).collect(),
        };
        let targets = library.array(&filled(targets.into_iter()), self.has_doubles());
        let rows = counted(examples.len(), "row");
        let about = format!(
            "{rows} of {}{} to {purpose}",
            self.learner.data.name,
            self.change()
        );
        format!(
            "# {}: {}\n{prefix}features = {features}\n{prefix}targets = {targets}\n",
            one_line(&about),
            self.columns()
        )
    }

    /// How the features were changed, as an apposition.
    fn change(&self) -> &'static str {
        match self.network {
            Some(network) if network.standardize => ", standardized,",
            Some(network) if network.center => ", centred,",
            _ => "",
        }
    }

    /// The columns, as a comment.
    fn columns(&self) -> String {
        const FEW: usize = 8;
        let NetworkData {
            features,
            target,
            classes,
            ..
        } = &self.learner.data;
        let mut names = features.iter().take(FEW).cloned().collect::<Vec<_>>();
        if features.len() > FEW {
            names.push(format!("and {} more", features.len() - FEW));
        }
        let classes = classes.iter().enumerate().take(FEW);
        let classes = classes.map(|(number, class)| format!("{number} {class}"));
        let mut classes = classes.collect::<Vec<_>>().join(", ");
        if self.learner.data.classes.len() > FEW {
            classes += " …";
        }
        let target = match &*classes {
            "" => target.clone(),
            classes => format!("{target} ({classes})"),
        };
        one_line(&format!("{}; the target is {target}.", names.join(", ")))
    }

    /// How a row of the file is read.
    fn row(&self, source: &Source) -> Columns {
        let data = &self.learner.data;
        let class = |cell: &str, names: &mut dyn Iterator<Item = String>| {
            let names = names.collect::<Vec<_>>().join(", ");
            let class = format!("[{names}].index({cell})");
            if self.has_doubles() {
                format!("float({class})")
            } else {
                class
            }
        };
        let target = if data.classes.is_empty() {
            "{}(target)".to_owned()
        } else if is_numeric(source) {
            class(
                "{}(target)",
                &mut data
                    .classes
                    .iter()
                    .map(|it| number(it.parse().unwrap_or(f64::NAN))),
            )
        } else {
            class("target", &mut data.classes.iter().map(|it| string(it)))
        };
        Columns {
            names: "*numbers, target",
            numbers: format!("*map({{}}, numbers), {target}"),
        }
    }

    /// The code that shifts and scales features and targets.
    fn scaled(&self, library: &dyn Library) -> String {
        let Some(network) = self.network else {
            return String::new();
        };
        let spread = |of: &str, axis: Option<&str>| {
            let arguments = axis.into_iter().chain(library.population());
            format!("{of}.std({})", arguments.collect::<Vec<_>>().join(", "))
        };
        let of_features = spread("features", Some("0"));
        let mut code = match (network.standardize, network.center) {
            (true, _) if self.learner.data.constant.is_empty() => {
                format!("features = (features - features.mean(0)) / {of_features}\n")
            }
            (true, _) => format!(
                "# A feature that is the same in every row is only shifted.
is_constant = (features == features[0]).all(0)
spread = {}.where(is_constant, 1.0, {of_features})
features = (features - features.mean(0)) / spread
",
                library.module()
            ),
            (false, true) => "features = features - features.mean(0)\n".to_owned(),
            (false, false) => String::new(),
        };
        if network.standardize_target {
            let spread = spread("targets", None);
            code.extend(["targets = (targets - targets.mean()) / ", &*spread, "\n"]);
        }
        code
    }

    /// The code that splits the rows into those to train on and those to test on.
    fn split(&self, library: &dyn Library) -> String {
        let test = &self.learner.data.test;
        if test.is_empty() {
            return String::new();
        }
        let rows = filled(test.iter().map(u32::to_string));
        let [train, test] = ["train", "test"].map(|rows| library.array(rows, false));
        format!(
            "# The rows that Slalom drew to test on.
test = {rows}
train = sorted(set(range(len(features))) - set(test))
train, test = {train}, {test}
test_features, test_targets = features[test], targets[test]
features, targets = features[train], targets[train]
"
        )
    }
}

fn is_numeric(source: &Source) -> bool {
    let target = source.used.last().map(|used| used.column);
    let column = target.and_then(|column| source.reading.columns.get(column));
    column.is_some_and(|column| column.kind != ColumnKind::Text)
}

/// The file of the data, if they are in one that can be read as it stands.
fn file_of<'a>(network: Option<&'a Network>, data: &'a NetworkData) -> Option<Form<'a>> {
    let file = network?.data.as_ref()?;
    let source = data.source.as_ref()?;
    // What came with a link is in no file that a script could read.
    let is_on_disk = BuiltIn::named(file).is_none() && !file.is_carried();
    let mut classes = data.classes.iter();
    let is_readable = !is_numeric(source) || classes.all(|class| class.parse::<f64>().is_ok());
    (is_on_disk && is_readable).then_some(Form::File(file, source))
}

/// All rows before they are scaled and split.
fn in_own_units(network: &Network) -> Option<Examples> {
    let mut plain = network.clone();
    (plain.standardize, plain.center, plain.standardize_target) = (false, false, false);
    (plain.test, plain.initial) = (TestSize::default(), Initial::Zero);
    plain.examples().ok().map(|prepared| prepared.train)
}

fn doubles(targets: &Targets) -> Vec<f64> {
    match targets {
        Targets::Numbers(numbers) => numbers.clone(),
        Targets::Classes(classes) => classes.iter().copied().map(f64::from).collect(),
    }
}
