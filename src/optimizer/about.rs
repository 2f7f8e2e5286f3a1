//! What stands beside an update rule: texts, parameters, and the libraries' defaults.

use serde::Serialize;

use super::parameter::{Field, Parameter, Value};
use super::rule::{Adjustable, Run};

/// The texts that stand beside an update rule.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Name in preset files, for instance `GradientDescent`.
    pub name: &'static str,
    /// Name on screen, for instance `Gradient descent`.
    pub title: &'static str,
    /// The rule in Unicode text.
    pub equation: &'static str,
    /// Author, year and place of the publication.
    pub source: &'static str,
    /// One sentence in plain words.
    pub idea: &'static str,
}

/// Where a set of defaults comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Library {
    /// As the authors published the rule.
    Paper,
    /// PyTorch 2.
    PyTorch,
    /// Keras 3.
    Keras,
    /// Optax; it has no default learning rate, so that ours stands in.
    Optax,
}

impl Library {
    /// All of them, in the order of the menus.
    pub const ALL: &[Self] = &[Self::Paper, Self::PyTorch, Self::Keras, Self::Optax];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::PyTorch => "PyTorch",
            Self::Keras => "Keras",
            Self::Optax => "Optax",
        }
    }
}

/// The defaults of a rule in each library that has it.
#[derive(Clone, Copy, Debug)]
pub struct Defaults<R> {
    /// As published; what a preset gets for a parameter that it leaves out.
    pub paper: R,
    /// PyTorch's.
    pub pytorch: Option<R>,
    /// Keras'.
    pub keras: Option<R>,
    /// Optax'.
    pub optax: Option<R>,
}

impl<R: Copy> Defaults<R> {
    /// The defaults of one library, if it has the rule.
    pub fn of(&self, library: Library) -> Option<R> {
        match library {
            Library::Paper => Some(self.paper),
            Library::PyTorch => self.pytorch,
            Library::Keras => self.keras,
            Library::Optax => self.optax,
        }
    }
}

/// An update rule with all that stands beside it, as its author writes it.
pub trait Described: Copy + PartialEq + Serialize + Send + 'static {
    /// Its texts.
    const ABOUT: About;
    /// Its hyper-parameters, the most important first; the first is the learning rate.
    const FIELDS: &'static [Field<Self>];
    /// Its defaults, as published and in the libraries.
    const DEFAULTS: Defaults<Self>;

    /// Why these values cannot go together, as one sentence; `None` if they can.
    fn conflict(&self) -> Option<&'static str> {
        None
    }

    /// The rule with these values, a line each, in LaTeX with its quantities marked (see
    /// [`equation`](super::equation)); without it, the text of [`About::equation`] is shown.
    fn equations(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// How much of a gradient that changes its sign in every step reaches the steps, once that has
    /// gone on for long, as a multiple of [`Note::EffectiveRate`](super::Note::EffectiveRate) (or
    /// of η, for rules without one); `None` for rules whose step does not grow with the gradient.
    ///
    /// This is what the rule's stability depends on. With its scaling P held still, a rule
    /// θ ← θ − η P (a g + b Σⱼ μʲ g₋ⱼ) on a quadratic with curvature λ along an eigen-direction of
    /// P H is a linear recurrence. For a, b ≥ 0 and 0 ≤ μ < 1 its roots leave the unit circle at
    /// z = −1 first, where position and gradient flip in every step: the step is then
    /// η (a + b/(1 + μ)) λ θ = 2 θ. So the rule is stable while η · gain · λ < 2, where
    /// gain = a + b/(1 + μ) is what this function gives. Bias corrections count as settled; what
    /// else depends on the step number `t` = 1, 2, … stands still at its value of that step.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        None
    }

    /// The rule before its first step, over `dimension` coordinates.
    fn run(&self, dimension: usize) -> Box<dyn Run>;
}

impl<R: Described> Adjustable for R {
    fn adjust(&mut self, parameter: usize, value: f64) {
        if let Some(field) = R::FIELDS.get(parameter) {
            field.set(self, Value::Number(value));
        }
    }
}

/// An update rule as the rest of the program uses it. Implemented for every [`Described`] rule.
pub trait Rule {
    /// Its texts.
    fn about(&self) -> &'static About;
    /// How many hyper-parameters it has.
    fn parameter_count(&self) -> usize;
    /// The description of a hyper-parameter.
    fn parameter(&self, index: usize) -> Option<&'static Parameter>;
    /// The value of a hyper-parameter.
    fn get(&self, index: usize) -> Option<Value>;
    /// Sets a hyper-parameter; a value of another kind is ignored.
    fn set(&mut self, index: usize, value: Value);
    /// Why these values cannot go together, as one sentence; `None` if they can.
    fn conflict(&self) -> Option<&'static str>;
    /// The rule with these values, a line each, in LaTeX with its quantities marked.
    fn equations(&self) -> Vec<&'static str>;

    /// See [`Described::alternating_gain`].
    fn alternating_gain(&self, t: u64) -> Option<f64>;
    /// The rule before its first step, over `dimension` coordinates.
    fn run(&self, dimension: usize) -> Box<dyn Run>;
    /// The hyper-parameters by name, as JSON.
    ///
    /// # Errors
    /// A number that JSON cannot express.
    fn to_json(&self) -> serde_json::Result<serde_json::Value>;
}

impl<R: Described> Rule for R {
    fn about(&self) -> &'static About {
        const { &R::ABOUT }
    }

    fn parameter_count(&self) -> usize {
        R::FIELDS.len()
    }

    fn parameter(&self, index: usize) -> Option<&'static Parameter> {
        R::FIELDS.get(index).map(|field| &field.parameter)
    }

    fn get(&self, index: usize) -> Option<Value> {
        R::FIELDS.get(index).map(|field| field.get(self))
    }

    fn set(&mut self, index: usize, value: Value) {
        if let Some(field) = R::FIELDS.get(index) {
            field.set(self, value);
        }
    }

    fn conflict(&self) -> Option<&'static str> {
        Described::conflict(self)
    }

    fn equations(&self) -> Vec<&'static str> {
        Described::equations(self)
    }

    fn alternating_gain(&self, t: u64) -> Option<f64> {
        Described::alternating_gain(self, t)
    }

    fn run(&self, dimension: usize) -> Box<dyn Run> {
        Described::run(self, dimension)
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }
}

impl dyn Rule + '_ {
    /// The place of the hyper-parameter with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.parameters()
            .position(|parameter| parameter.name == name)
    }

    /// The descriptions of all hyper-parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        (0..self.parameter_count()).filter_map(|index| self.parameter(index))
    }

    /// The value of a numeric hyper-parameter.
    #[must_use]
    pub fn number(&self, index: usize) -> Option<f64> {
        match self.get(index) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }
}
