//! A rule as a `keras.optimizers.Optimizer`.

mod functions;

use super::body::{call, indented, unpacked};
use super::names::Names;
use super::{CLASS, Writing};
use crate::export::code::formula::has_word;
use crate::expression::{Program, Whole};
use crate::optimizer::OwnRule;
use functions::Ops;

const CUBE_ROOT: &str = "def cube_root(x):
    \"\"\"The real cube root.\"\"\"
    return keras.ops.sign(x) * keras.ops.abs(x) ** (1 / 3)
";

const NORM: &str = "def norm(x):
    \"\"\"The Euclidean length.\"\"\"
    return keras.ops.sqrt(keras.ops.sum(x * x))
";

const MEAN: &str = "def mean(x):
    \"\"\"The mean, which keras.ops computes in 32 bits.\"\"\"
    return keras.ops.sum(x) / x.shape[0]
";

const FLAT: &str = "def flat(arrays):
    \"\"\"All numbers of some arrays, as one vector.\"\"\"
    return keras.ops.concatenate([keras.ops.reshape(array, [-1]) for array in arrays])
";

const PARTS: &str = "def parts(vector, arrays):
    \"\"\"The numbers of one vector, in the shapes of some arrays.\"\"\"
    found, start = [], 0
    for array in arrays:
        end = start + math.prod(array.shape)
        found.append(keras.ops.reshape(vector[start:end], array.shape))
        start = end
    return found
";

const RESERVED: &[&str] = &[
    "config",
    "cube_root",
    "flat",
    "gradient",
    "gradient_fn",
    "grads",
    "index",
    "keras",
    "kwargs",
    "mean",
    "norm",
    "parts",
    "trainable_variables",
    "value",
    "value_fn",
    "variable",
    "variables",
    // What an optimizer of Keras has of its own.
    "add_optimizer_variables",
    "add_variable",
    "add_variable_from_reference",
    "apply",
    "apply_gradients",
    "assign",
    "assign_add",
    "assign_sub",
    "build",
    "built",
    "clipnorm",
    "clipvalue",
    "ema_momentum",
    "ema_overwrite_frequency",
    "exclude_from_weight_decay",
    "finalize_variable_values",
    "from_config",
    "get_config",
    "global_clipnorm",
    "gradient_accumulation_steps",
    "iterations",
    "load_own_variables",
    "loss_scale_factor",
    "name",
    "save_own_variables",
    "scale_loss",
    "set_weights",
    "stateless_apply",
    "step",
    "update_step",
    "use_ema",
    "weight_decay",
];

const REMARK: &str = "The functions of jax.numpy are those that keras.ops computes in 32 bits.
";

const LOOP: &str =
    "Keras gives an optimizer no loss and no gradient elsewhere: a training loop calls `step`.
";

pub(super) fn definition(rule: &OwnRule, program: &Program) -> (String, Vec<&'static str>, Names) {
    let names = Names::of_rule(program, RESERVED, "learning_rate");
    let script = program.python(&Ops(&names));
    let writing = Writing {
        rule,
        program,
        script,
        names,
    };
    let is_whole = !program.acts_on_each_coordinate();
    let asks = writing.asks();
    let build = writing.keras_build(is_whole);
    let step = writing.keras_step(is_whole);
    let all = format!("{build}{step}");
    let mut remarks = String::new();
    if asks {
        remarks += LOOP;
    }
    if all.contains("jax.numpy.") {
        remarks += REMARK;
    }
    let text = format!(
        "class {CLASS}(keras.optimizers.Optimizer):
{}
{}{build}{step}{}",
        writing.documentation(&remarks),
        writing.keras_init(),
        writing.keras_config()
    );
    let mut helpers = Vec::new();
    for (name, helper) in [("cube_root", CUBE_ROOT), ("norm", NORM), ("mean", MEAN)] {
        if has_word(&all, name) {
            helpers.push(helper);
        }
    }
    if is_whole {
        helpers.extend([FLAT, PARTS]);
    }
    (text, helpers, writing.names)
}

impl Writing<'_> {
    /// The parameters other than the learning rate, in Python.
    fn keras_own(&self) -> Vec<String> {
        let others = self.parameters().map(|(name, _)| name);
        let others = others.filter(|name| *name != "learning_rate");
        others.map(|name| self.names.of(name)).collect()
    }

    fn keras_init(&self) -> String {
        let mut arguments = self.arguments();
        let unused = !self.parameters().any(|(name, _)| name == "learning_rate");
        if unused {
            arguments.push("learning_rate=1.0".to_owned());
        }
        let own = self.keras_own().into_iter();
        let line = |name: String| format!("        self.{name} = {name}\n");
        let own: String = own.map(line).collect();
        let remark = if unused {
            "        # The rule has no learning rate, and Keras expects one.\n"
        } else {
            ""
        };
        format!(
            "    def __init__(self, {}, **kwargs):
{remark}        super().__init__(learning_rate=learning_rate, **kwargs)
{own}",
            arguments.join(", ")
        )
    }

    fn keras_config(&self) -> String {
        let own = self.keras_own();
        if own.is_empty() {
            return String::new();
        }
        let entries = own.iter().map(|name| format!("\"{name}\": self.{name}"));
        let entries: Vec<String> = std::iter::once("**super().get_config()".to_owned())
            .chain(entries)
            .collect();
        let entries = call("return {", &entries, "}", 8);
        format!("\n    def get_config(self):\n{}", indented(&entries, 8))
    }

    fn keras_parameters(&self, first: bool, indent: usize) -> String {
        let pair = |(name, python): (&str, String)| {
            let value = match (name, first) {
                ("learning_rate", true) => "self.learning_rate".to_owned(),
                ("learning_rate", false) => "learning_rate".to_owned(),
                _ => format!("self.{python}"),
            };
            let value = if self.is_array(name) || name == "learning_rate" {
                format!("keras.ops.cast({value}, theta.dtype)")
            } else {
                value
            };
            (python, value)
        };
        let pairs: Vec<_> = self.read_parameters(first).into_iter().map(pair).collect();
        unpacked(&pairs, indent)
    }

    /// The method that makes the states.
    fn keras_build(&self, is_whole: bool) -> String {
        let states = self.states();
        if states.is_empty() {
            return String::new();
        }
        let make = |(name, is_vector): &(String, bool)| match (is_whole, is_vector) {
            (true, true) => format!(
                "self.{name} = self.add_variable(theta.shape, \"zeros\", theta.dtype, name=\"{name}\")\n"
            ),
            (true, false) => {
                format!(
                    "self.{name} = self.add_variable((), \"zeros\", theta.dtype, name=\"{name}\")\n"
                )
            }
            (false, true) => format!(
                "self.{name} = [self.add_variable_from_reference(each, \"{name}\") for each in variables]\n"
            ),
            (false, false) => format!(
                "self.{name} = [self.add_variable((), \"zeros\", each.dtype, name=\"{name}\") for each in variables]\n"
            ),
        };
        let made: String = states.iter().map(make).collect();
        let first = self.first_values();
        let mut values = if self.reads("t", true) {
            "t = keras.ops.cast(1.0, theta.dtype)\n".to_owned()
        } else {
            String::new()
        };
        values += &self.keras_parameters(true, 12);
        let target = |name: &str| {
            if is_whole {
                format!("self.{name}")
            } else {
                format!("self.{name}[index]")
            }
        };
        let assign = |(name, text): &(&str, &str)| format!("{}.assign({text})\n", target(name));
        values.extend(first.iter().map(assign));
        let start = if is_whole {
            "theta = flat(variables)\n"
        } else {
            ""
        };
        let values = match (first.is_empty(), is_whole) {
            (true, _) => String::new(),
            (false, true) => values,
            (false, false) => format!(
                "for index, variable in enumerate(variables):\n    theta = variable.value\n{}",
                indented(&values, 4)
            ),
        };
        format!(
            "
    def build(self, variables):
        if self.built:
            return
        super().build(variables)
{}",
            indented(&format!("{start}{made}{values}"), 8)
        )
    }

    fn keras_step(&self, is_whole: bool) -> String {
        let asks = self.asks();
        let at = |name: &str| {
            if is_whole {
                format!("self.{name}")
            } else {
                format!("self.{name}[index]")
            }
        };
        let mut lines = String::new();
        let [head, variables] = match (is_whole, asks) {
            (false, _) => [
                "def update_step(self, gradient, variable, learning_rate):",
                "",
            ],
            (true, false) => [
                "def _backend_update_step(self, grads, trainable_variables, learning_rate):",
                "trainable_variables",
            ],
            (true, true) => [
                "def step(self, variables, value_fn, gradient_fn):",
                "variables",
            ],
        };
        let reads_gradient = self.program.reads_gradient();
        if asks {
            lines += &self.keras_questions();
        } else if is_whole {
            lines += "theta = flat(trainable_variables)\n";
            if reads_gradient {
                lines += "g = flat(grads)\n";
            }
        } else {
            if !self.states().is_empty() {
                lines += "index = self._get_variable_index(variable)\n";
            }
            lines += if reads_gradient {
                "theta, g = variable.value, keras.ops.cast(gradient, variable.dtype)\n"
            } else {
                "theta = variable.value\n"
            };
        }
        if self.program.reads_time(false) {
            lines += "t = keras.ops.cast(self.iterations + 1, theta.dtype)\n";
        }
        let parameters = self.keras_parameters(false, 8);
        lines += &if asks {
            parameters.replace("cast(learning_rate,", "cast(self.learning_rate,")
        } else {
            parameters
        };
        let pair = |(name, _): (String, bool)| {
            let value = format!("{}.value", at(&name));
            (name, value)
        };
        let pairs: Vec<_> = self.remembered().into_iter().map(pair).collect();
        lines += &unpacked(&pairs, 8);
        lines += &self.steps();
        let assign = |(name, _): (String, bool)| format!("{}.assign({name})\n", at(&name));
        lines.extend(self.states().into_iter().map(assign));
        let end = if is_whole {
            format!(
                "for variable, part in zip({variables}, parts(theta, {variables})):
    variable.assign(part)
"
            )
        } else {
            "variable.assign(theta)\n".to_owned()
        };
        lines += &end;
        if asks {
            lines += "self.iterations.assign_add(1)\n";
        }
        format!("\n    {head}\n{}", indented(&lines, 8))
    }

    fn keras_questions(&self) -> String {
        let mut text =
            "\"\"\"Takes a step; the functions are given arrays like the variables.\"\"\"
self.build(variables)
"
            .to_owned();
        if self.program.calls(Whole::Value) {
            text += "
def value(point):
    return value_fn(parts(point, variables))

";
        }
        if self.program.calls(Whole::Gradient) || self.program.reads_gradient() {
            text += "
def gradient(point):
    return flat(gradient_fn(parts(point, variables)))

";
        }
        let text = text.replace("\n\n\ndef", "\n\ndef");
        text + if self.program.reads_gradient() {
            "theta = flat(variables)\ng = gradient(theta)\n"
        } else {
            "theta = flat(variables)\n"
        }
    }
}
