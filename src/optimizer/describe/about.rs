//! What stands beside an update rule: texts, parameters, and the libraries' defaults.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::equation::{Line, Vocabulary};
use super::note::Note;
use super::parameter::{Field, Parameter, Role, Value};
use crate::optimizer::rule::Adjustable;

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
    /// Which of the eight colours and markers its racers have, if nobody else has it: 0 to 7.
    pub hue: u8,
}

/// Where a set of defaults comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

impl<R> Defaults<R> {
    /// The defaults of one library, if it has the rule.
    pub fn of(self, library: Library) -> Option<R> {
        match library {
            Library::Paper => Some(self.paper),
            Library::PyTorch => self.pytorch,
            Library::Keras => self.keras,
            Library::Optax => self.optax,
        }
    }

    /// As published, for a rule that no library has.
    pub const fn only_published(paper: R) -> Self {
        Self {
            paper,
            pytorch: None,
            keras: None,
            optax: None,
        }
    }
}

/// An update rule with all that stands beside it, as its author writes it.
pub trait Described: Clone + PartialEq + fmt::Debug + Serialize + Send + Sync + 'static {
    /// Its texts.
    const ABOUT: About;
    /// Its own hyper-parameters, the most important first.
    const FIELDS: &'static [Field<Self>];

    /// Its defaults, as published and in the libraries.
    fn defaults() -> Defaults<Self>;

    /// What it notes of a step, by the indices that it notes it with; the macro
    /// [`notes!`](crate::notes) makes the list.
    fn notes(&self) -> &'static [Note];

    /// Why these values cannot go together, as one sentence; `None` if they can.
    fn conflict(&self) -> Option<&'static str> {
        None
    }

    /// Whether a change of the learning rate on the way changes its steps; schedules are lost on a
    /// rule that takes only its first step size from it.
    fn heeds_rate(&self) -> bool {
        true
    }

    /// What a user has to know to read its race right, as one sentence for its card; `None` if
    /// there is nothing unusual.
    fn remark(&self) -> Option<&'static str> {
        None
    }

    /// The rule as it makes step `t` = 1, 2, … with these values, a line each, in LaTeX with its
    /// quantities marked (see [`equation`](super::equation)); without it, the text of
    /// [`About::equation`] is shown. What has no effect with these values is left out.
    ///
    /// The lines are read from top to bottom: on the right of a sign, a quantity has the value of
    /// the step before until a line has given it a new one. `tests/equations/` works them out for
    /// every form and compares them with the notes.
    fn equations(&self, _t: u64) -> Vec<&'static str> {
        Vec::new()
    }

    /// How much of a gradient that changes its sign in every step reaches the steps, once that has
    /// gone on for long, as a multiple of [the rate it notes](super::NoteRole::Rate) (or of η, for
    /// rules that note none); `None` for rules whose step does not grow with the gradient.
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

    /// The rule that it wraps, if it is a wrapper.
    fn inner(&self) -> Option<&dyn Rule> {
        None
    }

    /// The same, to change its hyper-parameters.
    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        None
    }
}

impl<R: Described> Adjustable for R {
    fn parameter_count() -> usize {
        R::FIELDS.len()
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        if let Some(field) = R::FIELDS.get(parameter) {
            field.set(self, Value::Number(value));
        }
    }
}

/// An update rule as the rest of the program uses it. Implemented for every [`Described`] rule.
///
/// The hyper-parameters and notes of a wrapped rule stand behind the wrapper's own; the names of
/// its hyper-parameters begin with `inner.`.
pub trait Rule {
    /// Its texts.
    fn about(&self) -> &'static About;
    /// The number of its hyper-parameters.
    fn parameter_count(&self) -> usize;
    /// The description of a hyper-parameter.
    fn parameter(&self, index: usize) -> Option<Parameter>;
    /// The value of a hyper-parameter.
    fn get(&self, index: usize) -> Option<Value>;
    /// Sets a hyper-parameter; a value of another kind is ignored.
    fn set(&mut self, index: usize, value: Value);
    /// Why these values cannot go together, as one sentence; `None` if they can.
    fn conflict(&self) -> Option<&'static str>;
    /// See [`Described::heeds_rate`]; of a wrapper, the wrapped rule's.
    fn heeds_rate(&self) -> bool;
    /// See [`Described::remark`]; of a wrapper, its own or else the wrapped rule's.
    fn remark(&self) -> Option<&'static str>;
    /// What it notes of a step, by index.
    fn notes(&self) -> Vec<Note>;
    /// The rule as it makes step `t` = 1, 2, … with these values, a line each, with its quantities
    /// marked.
    fn lines(&self, t: u64) -> Vec<Line>;
    /// See [`Described::alternating_gain`].
    fn alternating_gain(&self, t: u64) -> Option<f64>;
    /// The rule that it wraps, if it is a wrapper.
    fn inner(&self) -> Option<&dyn Rule>;
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
        R::FIELDS.len() + Described::inner(self).map_or(0, Rule::parameter_count)
    }

    fn parameter(&self, index: usize) -> Option<Parameter> {
        let Some(behind) = index.checked_sub(R::FIELDS.len()) else {
            return R::FIELDS.get(index).map(|field| field.parameter.clone());
        };
        let inner = Described::inner(self)?.parameter(behind)?;
        Some(Parameter {
            name: Cow::Owned(format!("{INNER}{}", inner.name)),
            ..inner
        })
    }

    fn get(&self, index: usize) -> Option<Value> {
        match index.checked_sub(R::FIELDS.len()) {
            None => R::FIELDS.get(index).map(|field| field.get(self)),
            Some(behind) => Described::inner(self)?.get(behind),
        }
    }

    fn set(&mut self, index: usize, value: Value) {
        match index.checked_sub(R::FIELDS.len()) {
            None => {
                if let Some(field) = R::FIELDS.get(index) {
                    field.set(self, value);
                }
            }
            Some(behind) => {
                if let Some(inner) = Described::inner_mut(self) {
                    inner.set(behind, value);
                }
            }
        }
    }

    fn conflict(&self) -> Option<&'static str> {
        let inner = || Described::inner(self).and_then(Rule::conflict);
        Described::conflict(self).or_else(inner)
    }

    fn heeds_rate(&self) -> bool {
        match Described::inner(self) {
            Some(inner) => inner.heeds_rate(),
            None => Described::heeds_rate(self),
        }
    }

    fn remark(&self) -> Option<&'static str> {
        let inner = || Described::inner(self).and_then(Rule::remark);
        Described::remark(self).or_else(inner)
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = Described::notes(self).to_vec();
        notes.extend(Described::inner(self).map(Rule::notes).unwrap_or_default());
        notes
    }

    fn lines(&self, t: u64) -> Vec<Line> {
        let parameters: Vec<&Parameter> = R::FIELDS.iter().map(|it| &it.parameter).collect();
        let vocabulary = Vocabulary {
            notes: Described::notes(self),
            parameters: &parameters,
        };
        let own = Described::equations(self, t);
        let mut lines: Vec<Line> = own
            .iter()
            .map(|text| Line::read(text, &vocabulary))
            .collect();
        let inner = Described::inner(self).map(|inner| inner.lines(t));
        lines.extend(
            inner
                .into_iter()
                .flatten()
                .map(|line| line.behind(&vocabulary)),
        );
        lines
    }

    fn alternating_gain(&self, t: u64) -> Option<f64> {
        Described::alternating_gain(self, t)
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Described::inner(self)
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }
}

/// What the names of a wrapped rule's hyper-parameters begin with.
const INNER: &str = "inner.";

impl dyn Rule + '_ {
    /// The index of the hyper-parameter with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.parameters()
            .position(|parameter| parameter.name == name)
    }

    /// The index of the hyper-parameter that schedules drive: of a wrapper, the wrapped rule's.
    #[must_use]
    pub fn rate(&self) -> Option<usize> {
        let rates = self.parameters().enumerate();
        let is_rate = |(_, parameter): &(usize, Parameter)| parameter.role == Role::Rate;
        rates.filter(is_rate).last().map(|(index, _)| index)
    }

    /// The value of the hyper-parameter that schedules drive.
    #[must_use]
    pub fn learning_rate(&self) -> Option<f64> {
        self.number(self.rate()?)
    }

    /// The first hyper-parameter with this role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<usize> {
        self.parameters()
            .position(|parameter| parameter.role == role)
    }

    /// The descriptions of all hyper-parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> {
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
