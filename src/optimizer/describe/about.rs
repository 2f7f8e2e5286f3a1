//! The description of an update rule: texts, hyper-parameters, and the libraries' defaults.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::equation::{Line, Vocabulary};
use super::history::History;
use super::note::Note;
use super::parameter::{Field, Held, Parameter, Role, Value};
use super::recurrence::Recurrence;
use super::typed::{self, ByHand};
use crate::optimizer::rule::Adjustable;

/// The texts that describe an update rule.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The name in preset files, for instance `GradientDescent`.
    pub name: &'static str,
    /// The display name, for instance `Gradient descent`.
    pub title: &'static str,
    /// The publication: author, venue and year.
    pub source: &'static str,
    /// One sentence in plain words, on the published form; see [`Described::idea`].
    pub idea: &'static str,
    /// The preferred slot of its racers, which determines colour and marker: 0 to 7.
    pub hue: u8,
}

/// The origin of a set of defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The rule's publication.
    Paper,
    /// PyTorch 2.
    PyTorch,
    /// Keras 3.
    Keras,
    /// Optax; it has no default learning rate, so ours is used instead.
    Optax,
}

impl Origin {
    /// All of them, in menu order.
    pub const ALL: &[Self] = &[Self::Paper, Self::PyTorch, Self::Keras, Self::Optax];

    /// The display name.
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
    /// As published; used for parameters that a preset omits.
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
    pub fn of(self, library: Origin) -> Option<R> {
        match library {
            Origin::Paper => Some(self.paper),
            Origin::PyTorch => self.pytorch,
            Origin::Keras => self.keras,
            Origin::Optax => self.optax,
        }
    }

    /// The published defaults, for a rule that no library has.
    pub const fn only_published(paper: R) -> Self {
        Self {
            paper,
            pytorch: None,
            keras: None,
            optax: None,
        }
    }
}

/// An update rule together with its description, as its author writes it.
pub trait Described: Clone + PartialEq + fmt::Debug + Serialize + Send + Sync + 'static {
    /// Its texts.
    const ABOUT: About;
    /// Where it comes from, and what it is good for; `None` for a rule that is typed.
    const HISTORY: Option<History> = None;
    /// Its own hyper-parameters, most important first.
    const FIELDS: &'static [Field<Self>];

    /// Its defaults, as published and in the libraries.
    fn defaults() -> Defaults<Self>;

    /// The quantities it notes in a step, indexed by [`NoteId`](crate::optimizer::NoteId); the macro
    /// [`notes!`](crate::notes) defines the list.
    fn notes(&self) -> &'static [Note];

    /// The reason why these values conflict, as one sentence; `None` if they don't.
    fn conflict(&self) -> Option<&'static str> {
        None
    }

    /// Whether the steps depend on changes of the learning rate during the race; schedules have no
    /// effect on a rule that uses it only as its first step size.
    fn heeds_rate(&self) -> bool {
        true
    }

    /// One sentence in plain words on the rule with these values. Where the sentence on the published
    /// form would be wrong, because a part is switched off or another form is chosen, it is a
    /// different one.
    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::ABOUT.idea)
    }

    /// A remark that users need to interpret its race, as one sentence for its card; `None` if
    /// there is nothing unusual.
    fn remark(&self) -> Option<&'static str> {
        None
    }

    /// The equations with these values, in the language of [`expression`](crate::expression): an
    /// element is a line on screen, with one statement or several with semicolons between them.
    /// What has no effect at these values is left out.
    ///
    /// The names are those of hyper-parameters and notes, so that each has its value beside it, and
    /// θ, g and t. Of a wrapper, [`INNER_STEP`](super::INNER_STEP) stands for what the inner
    /// rule does. `tests/equations/` computes the lines of every form, and compares the results with
    /// the steps and the notes of the rule.
    fn equations(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The equations of step `t` = 1, 2, … with these values, for a rule whose equations cannot be
    /// typed.
    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        None
    }

    /// The factor by which a gradient that alternates in sign ends up in the steps after a long
    /// time, as a multiple of [the rate that the rule notes](super::NoteRole::Rate) (or of η, for
    /// rules that note none); `None` for rules whose step does not grow with the gradient.
    ///
    /// The stability of the rule depends on this gain. With its scaling P frozen, a rule θ ← θ − η
    /// P (a g + b Σⱼ μʲ g₋ⱼ) on a quadratic with curvature λ along an eigenvector of P H is a
    /// linear recurrence. For a, b ≥ 0 and 0 ≤ μ < 1 its roots first leave the unit circle at z =
    /// −1, where position and gradient change sign in every step: the step is then η (a + b/(1 +
    /// μ)) λ θ = 2 θ. So the rule is stable while η · gain · λ < 2, where gain = a + b/(1 + μ) is
    /// the value of this function. Bias corrections are taken at their limits; anything else that
    /// depends on the step number `t` = 1, 2, … is frozen at its value in that step.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        None
    }

    /// The recurrence of the position along an eigenvector of the Hessian with eigenvalue
    /// `curvature`, on a quadratic and with these values in every step; `None` for rules whose steps
    /// are not linear in positions and gradients.
    fn recurrence(&self, _curvature: f64) -> Option<Recurrence> {
        None
    }

    /// The inner rule, if this is a wrapper.
    fn inner(&self) -> Option<&dyn Rule> {
        None
    }

    /// Mutable access to the inner rule, if this is a wrapper.
    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        None
    }

    /// The rule that moves the vectors, if this one moves matrices and names one.
    fn vectors(&self) -> Option<&dyn Rule> {
        None
    }

    /// Mutable access to the rule that moves the vectors.
    fn vectors_mut(&mut self) -> Option<&mut dyn Rule> {
        None
    }
}

/// The hyper-parameters of a rule itself.
fn own_parameters<R: Described>() -> Vec<&'static Parameter> {
    R::FIELDS.iter().map(|field| &field.parameter).collect()
}

/// The rule that another one holds, and how.
fn held<R: Described>(rule: &R) -> Option<(Held, &dyn Rule)> {
    let inner = rule.inner().map(|inner| (Held::Inside, inner));
    inner.or_else(|| Some((Held::Beside, rule.vectors()?)))
}

impl<R: Described> Adjustable for R {
    fn own_parameters(&self) -> usize {
        R::FIELDS.len()
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        if let Some(field) = R::FIELDS.get(parameter) {
            field.set(self, Value::Number(value));
        }
    }
}

/// An update rule as the rest of the program uses it. Implemented for every [`Described`] rule, and
/// for [those that are typed](crate::optimizer::OwnRule).
///
/// The hyper-parameters and notes of an inner rule follow the wrapper's own; the names of its
/// hyper-parameters start with `inner.`. Those of a rule for the vectors start with `vectors.`.
pub trait Rule {
    /// The texts of its kind.
    fn about(&self) -> &'static About;
    /// See [`Described::HISTORY`].
    fn history(&self) -> Option<&'static History>;
    /// The display name: that of its kind, or its own if it is typed.
    fn title(&self) -> &str;
    /// The name of its racers in files, unless they have one: that of its kind, or its title if it is
    /// typed.
    fn name(&self) -> &str;
    /// The number of its hyper-parameters.
    fn parameter_count(&self) -> usize;
    /// The description of a hyper-parameter.
    fn parameter(&self, index: usize) -> Option<Parameter>;
    /// The value of a hyper-parameter.
    fn get(&self, index: usize) -> Option<Value>;
    /// Sets a hyper-parameter; a value of the wrong kind is ignored.
    fn set(&mut self, index: usize, value: Value);
    /// The reason why these values conflict, as one sentence; `None` if they don't.
    fn conflict(&self) -> Option<&'static str>;
    /// See [`Described::heeds_rate`]; for a wrapper, the inner rule's.
    fn heeds_rate(&self) -> bool;
    /// See [`Described::idea`]; for a wrapper, its own.
    fn idea(&self) -> Cow<'static, str>;
    /// See [`Described::remark`]; for a wrapper, its own remark or else the inner rule's.
    fn remark(&self) -> Option<&'static str>;
    /// All remarks: for a wrapper, its own and those of the inner rule.
    fn remarks(&self) -> Vec<&'static str>;
    /// The quantities it notes in a step, in the order of their indices.
    fn notes(&self) -> Vec<Note>;
    /// The equations of step `t` = 1, 2, … with these values, one per line, with their quantities
    /// marked; of a wrapper, those of the inner rule follow.
    fn lines(&self, t: u64) -> Vec<Line>;
    /// See [`Described::equations`]; empty for a rule whose equations are written by hand.
    fn equations(&self) -> Vec<Cow<'_, str>>;
    /// The equations with these values as Unicode text, with semicolons between them; for a wrapper,
    /// its own.
    fn equation(&self) -> String;
    /// See [`Described::alternating_gain`].
    fn alternating_gain(&self, t: u64) -> Option<f64>;
    /// See [`Described::recurrence`].
    fn recurrence(&self, curvature: f64) -> Option<Recurrence>;
    /// The inner rule, if this is a wrapper.
    fn inner(&self) -> Option<&dyn Rule>;
    /// The rule that moves the vectors, if this one moves matrices and names one.
    fn vectors(&self) -> Option<&dyn Rule>;
    /// The hyper-parameters by name, as JSON.
    ///
    /// # Errors
    /// Returns an error if JSON cannot represent a number.
    fn to_json(&self) -> serde_json::Result<serde_json::Value>;
}

impl<R: Described> Rule for R {
    fn about(&self) -> &'static About {
        const { &R::ABOUT }
    }

    fn history(&self) -> Option<&'static History> {
        const { R::HISTORY.as_ref() }
    }

    fn title(&self) -> &str {
        R::ABOUT.title
    }

    fn name(&self) -> &str {
        R::ABOUT.name
    }

    fn parameter_count(&self) -> usize {
        R::FIELDS.len() + held(self).map_or(0, |(_, rule)| rule.parameter_count())
    }

    fn parameter(&self, index: usize) -> Option<Parameter> {
        let Some(behind) = index.checked_sub(R::FIELDS.len()) else {
            return R::FIELDS.get(index).map(|field| field.parameter.clone());
        };
        let (how, rule) = held(self)?;
        let own = R::FIELDS.iter().map(|field| &field.parameter);
        Some(rule.parameter(behind)?.behind(how, own))
    }

    fn get(&self, index: usize) -> Option<Value> {
        match index.checked_sub(R::FIELDS.len()) {
            None => R::FIELDS.get(index).map(|field| field.get(self)),
            Some(behind) => held(self)?.1.get(behind),
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
                } else if let Some(vectors) = Described::vectors_mut(self) {
                    vectors.set(behind, value);
                }
            }
        }
    }

    fn conflict(&self) -> Option<&'static str> {
        let inner = || held(self).and_then(|(_, rule)| rule.conflict());
        Described::conflict(self).or_else(inner)
    }

    fn heeds_rate(&self) -> bool {
        match Described::inner(self) {
            Some(inner) => inner.heeds_rate(),
            None => Described::heeds_rate(self),
        }
    }

    fn idea(&self) -> Cow<'static, str> {
        Described::idea(self)
    }

    fn remarks(&self) -> Vec<&'static str> {
        let inner = held(self).map(|(_, rule)| rule.remarks());
        let own = Described::remark(self).into_iter();
        own.chain(inner.into_iter().flatten()).collect()
    }

    fn remark(&self) -> Option<&'static str> {
        let inner = || held(self).and_then(|(_, rule)| rule.remark());
        Described::remark(self).or_else(inner)
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = Described::notes(self).to_vec();
        notes.extend(held(self).map(|(_, rule)| rule.notes()).unwrap_or_default());
        notes
    }

    fn lines(&self, t: u64) -> Vec<Line> {
        let parameters = own_parameters::<R>();
        let vocabulary = Vocabulary {
            notes: Described::notes(self),
            parameters: &parameters,
        };
        let mut lines = match self.by_hand(t) {
            Some(ByHand { latex, .. }) => {
                let latex = latex.iter().map(|text| Line::read(text, &vocabulary));
                latex.collect()
            }
            None => typed::typeset(&Described::equations(self), &vocabulary, t),
        };
        let inner = held(self).map(|(_, rule)| rule.lines(t));
        lines.extend(
            inner
                .into_iter()
                .flatten()
                .map(|line| line.behind(&vocabulary)),
        );
        lines
    }

    fn equations(&self) -> Vec<Cow<'_, str>> {
        match self.by_hand(1) {
            Some(_) => Vec::new(),
            None => {
                let lines = Described::equations(self).into_iter();
                lines.map(Cow::Borrowed).collect()
            }
        }
    }

    fn equation(&self) -> String {
        let parameters = own_parameters::<R>();
        let vocabulary = Vocabulary {
            notes: Described::notes(self),
            parameters: &parameters,
        };
        match self.by_hand(1) {
            Some(ByHand { text, .. }) => text.to_owned(),
            None => typed::text(&Described::equations(self), &vocabulary),
        }
    }

    fn alternating_gain(&self, t: u64) -> Option<f64> {
        Described::alternating_gain(self, t)
    }

    fn recurrence(&self, curvature: f64) -> Option<Recurrence> {
        Described::recurrence(self, curvature)
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Described::inner(self)
    }

    fn vectors(&self) -> Option<&dyn Rule> {
        Described::vectors(self)
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }
}

impl dyn Rule + '_ {
    /// The index of the hyper-parameter with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.parameters()
            .position(|parameter| parameter.name == name)
    }

    /// The index of the hyper-parameter that schedules drive; for a wrapper, the inner rule's.
    #[must_use]
    pub fn rate(&self) -> Option<usize> {
        self.rates().next()
    }

    /// The indices of the rates: first the one that schedules drive, then those that change by the
    /// same factor, as that of the rule for the vectors.
    pub fn rates(&self) -> impl Iterator<Item = usize> {
        let rates = self.parameters().enumerate();
        let is_rate = |(_, parameter): &(usize, Parameter)| parameter.role == Role::Rate;
        rates.filter(is_rate).map(|(index, _)| index)
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
