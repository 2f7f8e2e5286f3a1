//! Hyper-parameters described once: sliders, file checks and documentation all follow from it.

use std::borrow::Cow;
use std::fmt;

/// What a hyper-parameter is, apart from its value.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name in preset files, for instance `beta_1`, or `inner.beta_1` of a wrapped rule.
    pub name: Cow<'static, str>,
    /// Short sign on screen, for instance `β₁`.
    pub symbol: &'static str,
    /// What it is called on screen, where its role and sign do not say it.
    pub called: Option<&'static str>,
    /// What it is for.
    pub role: Role,
    /// What sort of value it takes.
    pub kind: Kind,
    /// One sentence in plain words.
    pub help: &'static str,
}

/// What a hyper-parameter is for, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Scales the step; schedules drive it.
    Rate,
    /// Shrinks the rate as the steps go by.
    RateDecay,
    /// How much of earlier steps or gradients is kept.
    Momentum,
    /// How slowly squared gradients are forgotten.
    Forgetting,
    /// Pulls the position towards 0.
    WeightDecay,
    /// Guards against a division by 0.
    Guard,
    /// Whether averages that start at 0 are corrected for it.
    Correction,
    /// How a paper or a library happens to write the same rule.
    Form,
    /// Anything else that is tuned.
    Other,
}

impl Role {
    /// Whether users tune it; what remains is a matter of how a library writes the rule.
    #[must_use]
    pub const fn is_tuned(self) -> bool {
        !matches!(self, Self::Guard | Self::Correction | Self::Form)
    }
}

/// The sort of value a hyper-parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A number; the slider's range limits the slider alone.
    Number {
        /// The mathematically valid range.
        valid: Valid,
        /// The slider's ends.
        slider: [f64; 2],
        /// Whether the slider's scale is logarithmic.
        logarithmic: bool,
    },
    /// On or off.
    Switch,
    /// One of several forms, by the names that preset files use.
    Choice(&'static [&'static str]),
}

/// The range of numbers that make sense for a hyper-parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Valid {
    /// Finite, 0 or more.
    NonNegative,
    /// 0 or more, below 1.
    Fraction,
    /// Finite and above 0.
    Positive,
    /// From 0 to 1, both included.
    Share,
    /// Finite, 1 or more.
    AtLeastOne,
    /// A whole number, 1 or more.
    Count,
    /// A whole number, 0 or more.
    Whole,
    /// Any finite number.
    Finite,
}

impl Valid {
    /// Whether the number lies in the range. NaN and infinities never do.
    #[must_use]
    pub fn allows(self, value: f64) -> bool {
        match self {
            Self::NonNegative => value.is_finite() && value >= 0.0,
            Self::Fraction => (0.0..1.0).contains(&value),
            Self::Positive => value.is_finite() && value > 0.0,
            Self::Share => (0.0..=1.0).contains(&value),
            Self::AtLeastOne => value.is_finite() && value >= 1.0,
            Self::Count => value.is_finite() && value >= 1.0 && value.fract() == 0.0,
            Self::Whole => value.is_finite() && value >= 0.0 && value.fract() == 0.0,
            Self::Finite => value.is_finite(),
        }
    }
}

impl fmt::Display for Valid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NonNegative => "a finite number, 0 or more",
            Self::Fraction => "0 or more and less than 1",
            Self::Positive => "a finite number above 0",
            Self::Share => "from 0 to 1",
            Self::AtLeastOne => "a finite number, 1 or more",
            Self::Count => "a whole number, 1 or more",
            Self::Whole => "a whole number, 0 or more",
            Self::Finite => "a finite number",
        })
    }
}

/// The value of a hyper-parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Of a [`Kind::Number`].
    Number(f64),
    /// Of a [`Kind::Switch`].
    Switch(bool),
    /// Of a [`Kind::Choice`]: the place in its list.
    Choice(usize),
}

/// A hyper-parameter of the struct `R`: its description and the way to its value.
#[derive(Debug)]
pub struct Field<R> {
    /// The description.
    pub parameter: Parameter,
    access: Access<R>,
}

#[derive(Debug)]
enum Access<R> {
    Number(fn(&mut R) -> &mut f64),
    Switch(fn(&mut R) -> &mut bool),
    Choice(fn(&mut R) -> &mut dyn Choose),
}

/// A value that is one of several forms; the macro `forms!` declares such an enum.
pub trait Choose {
    /// Its place in the list of all forms.
    fn place(&self) -> usize;
    /// Becomes the form at this place; past the end, the last one.
    fn choose(&mut self, place: usize);
}

impl<R> Field<R> {
    /// A number with a slider from `slider[0]` to `slider[1]`, logarithmic if 0 is not on it.
    pub const fn number(
        name: &'static str,
        symbol: &'static str,
        role: Role,
        valid: Valid,
        slider: [f64; 2],
        help: &'static str,
        access: fn(&mut R) -> &mut f64,
    ) -> Self {
        let logarithmic = slider[0] > 0.0;
        Self {
            parameter: Parameter {
                name: Cow::Borrowed(name),
                symbol,
                called: None,
                role,
                kind: Kind::Number {
                    valid,
                    slider,
                    logarithmic,
                },
                help,
            },
            access: Access::Number(access),
        }
    }

    /// Something that is on or off.
    pub const fn switch(
        name: &'static str,
        symbol: &'static str,
        role: Role,
        help: &'static str,
        access: fn(&mut R) -> &mut bool,
    ) -> Self {
        Self {
            parameter: Parameter {
                name: Cow::Borrowed(name),
                symbol,
                called: None,
                role,
                kind: Kind::Switch,
                help,
            },
            access: Access::Switch(access),
        }
    }

    /// One of several forms; the macro `forms!` declares such an enum.
    pub const fn choice(
        name: &'static str,
        symbol: &'static str,
        role: Role,
        names: &'static [&'static str],
        help: &'static str,
        access: fn(&mut R) -> &mut dyn Choose,
    ) -> Self {
        Self {
            parameter: Parameter {
                name: Cow::Borrowed(name),
                symbol,
                called: None,
                role,
                kind: Kind::Choice(names),
                help,
            },
            access: Access::Choice(access),
        }
    }
}

impl<R> Field<R> {
    /// The same, called so on screen.
    #[must_use]
    pub const fn called(mut self, words: &'static str) -> Self {
        self.parameter.called = Some(words);
        self
    }
}

impl<R: Clone> Field<R> {
    /// The value in `rule`.
    pub fn get(&self, rule: &R) -> Value {
        let mut copy = rule.clone();
        match self.access {
            Access::Number(access) => Value::Number(*access(&mut copy)),
            Access::Switch(access) => Value::Switch(*access(&mut copy)),
            Access::Choice(access) => Value::Choice(access(&mut copy).place()),
        }
    }

    /// Sets the value in `rule`; a value of another kind is ignored.
    pub fn set(&self, rule: &mut R, value: Value) {
        match (&self.access, value) {
            (Access::Number(access), Value::Number(number)) => *access(rule) = number,
            (Access::Switch(access), Value::Switch(on)) => *access(rule) = on,
            (Access::Choice(access), Value::Choice(place)) => access(rule).choose(place),
            _ => {}
        }
    }
}

/// Declares an enum of forms that a hyper-parameter chooses from, with its names in order.
macro_rules! forms {
    ($(#[$meta:meta])* $name:ident { $($(#[$form_meta:meta])* $form:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$form_meta])* $form),+ }

        impl $name {
            /// The names that preset files use, in order.
            pub const NAMES: &[&str] = &[$(stringify!($form)),+];
            const ALL: &[Self] = &[$(Self::$form),+];
        }

        impl $crate::optimizer::describe::Choose for $name {
            fn place(&self) -> usize {
                *self as usize
            }

            fn choose(&mut self, place: usize) {
                *self = Self::ALL[place.min(Self::ALL.len() - 1)];
            }
        }
    };
}

pub(in crate::optimizer) use forms;
