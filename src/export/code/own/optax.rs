//! A rule as an Optax `GradientTransformation`.

use super::body::{call, indented, unpacked};
use super::names::Names;
use super::pytorch::floating;
use super::{CLASS, FUNCTION, Writing};
use crate::export::code::formula::has_word;
use crate::expression::{Function, Library, Operand, Program, Sentence, Target, Unary, Whole};
use crate::optimizer::OwnRule;

const RESERVED: &[&str] = &[
    "average",
    "count",
    "extra_args",
    "grad_fn",
    "init",
    "jax",
    "jnp",
    "largest",
    "length",
    "loss",
    "moves",
    "optax",
    "params",
    "product",
    "slope",
    "state",
    "update",
    "updates",
    "value_fn",
];

struct Jax<'a>(&'a Names);

impl Library for Jax<'_> {
    fn name(&self, name: &str) -> String {
        self.0.of(name)
    }

    fn is_array(&self, _parameter: &str) -> bool {
        false
    }

    fn takes_numbers(&self) -> bool {
        true
    }

    fn call(&self, function: Function, arguments: &[Operand<'_>]) -> String {
        let texts: Vec<&str> = arguments.iter().map(|it| it.text).collect();
        let all = texts.join(", ");
        match function {
            Function::Unary(Unary::Erf) => format!("jax.scipy.special.erf({all})"),
            Function::Unary(Unary::Sigmoid | Unary::Softplus | Unary::Relu) => {
                format!("jax.nn.{}({all})", function.name())
            }
            Function::Unary(function) => format!("jnp.{}({all})", function.python()),
            Function::Binary(function) => {
                let name = function.python();
                let texts = arguments.iter().map(floating);
                let nested = texts.reduce(|all, text| format!("jnp.{name}({all}, {text})"));
                nested.unwrap_or_default()
            }
            // They are set apart.
            Function::Whole(function) => format!("{}({all})", function.name()),
        }
    }

    fn choose(&self, condition: &str, [then, otherwise]: [Operand<'_>; 2]) -> String {
        let [then, otherwise] = [then, otherwise].map(|it| floating(&it));
        format!("jnp.where({condition}, {then}, {otherwise})")
    }

    fn array(&self, number: &str) -> String {
        format!("jnp.asarray({number}, float)")
    }

    fn spread(&self, number: Operand<'_>) -> String {
        format!("jnp.full_like(theta, {})", floating(&number))
    }

    fn apart(&self, function: Whole) -> Option<&'static str> {
        Some(match function {
            Whole::Norm => "length",
            Whole::Dot => "product",
            Whole::Mean => "average",
            Whole::Max => "largest",
            Whole::Value => "loss",
            Whole::Gradient => "slope",
        })
    }
}

pub(super) fn definition(rule: &OwnRule, program: &Program) -> (String, Vec<&'static str>, Names) {
    let names = Names::of_rule(program, RESERVED, "learning_rate");
    let script = program.python(&Jax(&names));
    let writing = Writing {
        rule,
        program,
        script,
        names,
    };
    let asks = writing.asks();
    let [arguments, transformation] = if asks {
        [
            "updates, state, params, *, value_fn, grad_fn, **extra_args",
            "GradientTransformationExtraArgs",
        ]
    } else {
        ["updates, state, params", "GradientTransformation"]
    };
    let more = if asks {
        "`update` is also given the functions value_fn and grad_fn of parameters.\n"
    } else {
        ""
    };
    let text = format!(
        "{}def {FUNCTION}({}):
{}{}
    def init(params):
{}
    def update({arguments}):
{}
    return optax.{transformation}(init, update)
",
        writing.optax_state(),
        writing.arguments().join(", "),
        writing.documentation(more),
        writing.lifted(),
        indented(&writing.optax_init(), 8),
        indented(&writing.optax_update(), 8),
    );
    (text, Vec::new(), writing.names)
}

impl Writing<'_> {
    fn counts(&self) -> bool {
        self.program.reads_time(false)
    }

    /// The fields of the state.
    fn fields(&self) -> Vec<String> {
        let count = self.counts().then(|| "count".to_owned());
        let states = self.states().into_iter().map(|(name, _)| name);
        count.into_iter().chain(states).collect()
    }

    fn optax_state(&self) -> String {
        if self.fields().is_empty() {
            return String::new();
        }
        let count = if self.counts() {
            "    count: jax.Array\n"
        } else {
            ""
        };
        let field = |(name, is_vector): (String, bool)| {
            let of = if is_vector {
                "optax.Params"
            } else {
                "jax.Array"
            };
            format!("    {name}: {of}\n")
        };
        let states: String = self.states().into_iter().map(field).collect();
        format!(
            "class {CLASS}State(NamedTuple):
    \"\"\"What `{FUNCTION}` keeps from step to step.\"\"\"

{count}{states}

"
        )
    }

    fn made_state(&self, value: &dyn Fn(&str) -> String, indent: usize) -> String {
        let fields = self.fields();
        if fields.is_empty() {
            return "optax.EmptyState()\n".to_owned();
        }
        let field = |name: &String| format!("{name}={}", value(name));
        let fields: Vec<String> = fields.iter().map(field).collect();
        // The placeholder is shorter than the name will be.
        call(
            &format!("{CLASS}State("),
            &fields,
            ")",
            indent + self.rule.title().len(),
        )
    }

    fn optax_init(&self) -> String {
        let first = self.first_values();
        let mut text = String::new();
        if !first.is_empty() {
            if self.program.begins_with_position() || self.reads("theta", true) {
                text += "theta = params\n";
            }
            if self.reads("t", true) {
                text += "t = jnp.ones([])\n";
            }
            for sentence in self
                .script
                .sentences
                .iter()
                .filter(|it| it.target == Target::First)
            {
                text += &mapped(sentence);
            }
        }
        let states = self.states();
        let value = |name: &str| {
            let state = states.iter().find(|(known, _)| known == name);
            let is_given = first.iter().any(|(known, _)| *known == name);
            match state {
                Some(_) if is_given => name.to_owned(),
                Some((_, true)) => "optax.tree.zeros_like(params)".to_owned(),
                Some((_, false)) => "jnp.zeros([])".to_owned(),
                None => "jnp.zeros([], int)".to_owned(),
            }
        };
        text + "return " + &self.made_state(&value, 15)
    }

    /// Makes arrays of the parameters that have to be some.
    fn lifted(&self) -> String {
        let all = self.script.arrays.iter().map(|name| self.names.of(name));
        let line = |name: String| format!("    {name} = jnp.asarray({name}, float)\n");
        all.map(line).collect()
    }

    fn optax_update(&self) -> String {
        let mut text = String::new();
        text += if self.program.reads_gradient() {
            "theta, g = params, updates\n"
        } else {
            "theta = params\n"
        };
        if self.counts() {
            text += "count = optax.safe_increment(state.count)\nt = count.astype(float)\n";
        }
        let pair = |(name, _): (String, bool)| {
            let value = format!("state.{name}");
            (name, value)
        };
        let pairs: Vec<_> = self.remembered().into_iter().map(pair).collect();
        text += &unpacked(&pairs, 8);
        for sentence in self.script.step() {
            text += &mapped(sentence);
        }
        text += "moves = jax.tree.map(jnp.subtract, theta, params)\n";
        let state = self.made_state(&str::to_owned, 22);
        text + "return moves, " + &state
    }
}

/// A statement over all leaves of the parameters.
fn mapped(sentence: &Sentence) -> String {
    let name = &sentence.name;
    if sentence.target == Target::Result {
        return measured(sentence);
    }
    if !sentence.is_vector {
        return format!("{name} = {}\n", sentence.text);
    }
    map(&format!("{name} = "), &sentence.text, &sentence.vectors)
}

/// A function of whole vectors, or a question.
fn measured(sentence: &Sentence) -> String {
    let mut text = String::new();
    let mut names = Vec::new();
    for (index, (argument, vectors)) in sentence.arguments.iter().enumerate() {
        if vectors.contains(argument) {
            names.push(argument.clone());
            continue;
        }
        let point = match index {
            0 => "point",
            _ => "point_2",
        };
        text += &map(&format!("{point} = "), argument, vectors);
        names.push(point.to_owned());
    }
    let all = names.join(", ");
    let value = match sentence.text.as_str() {
        "norm" => format!("optax.tree.norm({all})"),
        "dot" => format!("optax.tree.vdot({all})"),
        "mean" => format!("optax.tree.sum({all}) / optax.tree.size({all})"),
        "max" => format!("optax.tree.max({all})"),
        "value" => format!("value_fn({all})"),
        _ => format!("grad_fn({all})"),
    };
    text + &format!("{} = {value}\n", sentence.name)
}

/// `jax.tree.map` of an expression over vectors; a name alone stays as it is.
fn map(begin: &str, text: &str, vectors: &[String]) -> String {
    if vectors.iter().any(|name| name == text) {
        return format!("{begin}{text}\n");
    }
    let mut names = vectors.to_vec();
    if names.is_empty() || has_word(text, "theta") && !names.iter().any(|name| name == "theta") {
        names.insert(0, "theta".to_owned());
    }
    let all = names.join(", ");
    let mut arguments = vec![format!("lambda {all}: {text}")];
    arguments.extend(names);
    call(&format!("{begin}jax.tree.map("), &arguments, ")", 8)
}
