//! Hyper-parameters, described once: sliders, file checks and documentation all follow from that.

use std::borrow::Cow;
use std::fmt;

/// A hyper-parameter, apart from its value.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in preset files, for instance `beta_1`, or `inner.beta_1` for a wrapped rule.
    pub name: Cow<'static, str>,
    /// The symbol for display, for instance `β₁`.
    pub symbol: Cow<'static, str>,
    /// The same in LaTeX, if it does not follow from the symbol.
    pub latex: Option<String>,
    /// The display name, if role and symbol do not determine it.
    pub called: Option<&'static str>,
    /// Its purpose.
    pub role: Role,
    /// The kind of value it takes.
    pub kind: ParameterKind,
    /// One sentence in plain words.
    pub help: &'static str,
    /// Words before the display name that tell it from those of the rules that hold this one.
    pub(in crate::optimizer) whose: Cow<'static, str>,
}

/// How one rule holds another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A wrapper's inner rule.
    Inside,
    /// The rule for the vectors, beside one for the matrices.
    Beside,
}

/// The purpose of a hyper-parameter, regardless of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Scales the step; schedules drive it.
    Rate,
    /// Decreases the rate over time.
    RateDecay,
    /// The proportion of earlier steps or gradients that is kept.
    Momentum,
    /// How slowly squared gradients are forgotten.
    Forgetting,
    /// Pulls the position towards 0.
    WeightDecay,
    /// Prevents a division by 0.
    Guard,
    /// Whether averages that start at 0 are corrected for that bias.
    Correction,
    /// A difference between formulations of the same rule in papers and libraries.
    Form,
    /// Any other tuned parameter.
    Other,
}

impl Role {
    /// Whether users tune it; otherwise, it is a detail of a library's formulation of the rule.
    #[must_use]
    pub const fn is_tuned(self) -> bool {
        !matches!(self, Self::Guard | Self::Correction | Self::Form)
    }
}

/// The kind of value that a hyper-parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ParameterKind {
    /// A number; the range of the slider limits only the slider.
    Number {
        /// The mathematically valid range.
        valid: Valid,
        /// The ends of the slider.
        slider: [f64; 2],
        /// Whether the slider is logarithmic.
        logarithmic: bool,
    },
    /// On or off.
    Switch,
    /// One of several variants, with their names in preset files.
    Choice(&'static [&'static str]),
}

/// The valid range of a hyper-parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Valid {
    /// Finite, 0 or more.
    NonNegative,
    /// 0 or more, below 1.
    Fraction,
    /// Finite and above 0.
    Positive,
    /// From 0 to 1, inclusive.
    Share,
    /// Finite, 1 or more.
    AtLeastOne,
    /// Finite, 4 or more.
    AtLeastFour,
    /// An integer, 1 or more.
    Count,
    /// An integer, 0 or more.
    Whole,
    /// Finite, 0 or less.
    NonPositive,
    /// Any finite number.
    Finite,
}

impl Valid {
    /// Whether the number is in the range. NaN and infinities never are.
    #[must_use]
    pub fn allows(self, value: f64) -> bool {
        match self {
            Self::NonNegative => value.is_finite() && value >= 0.0,
            Self::Fraction => (0.0..1.0).contains(&value),
            Self::Positive => value.is_finite() && value > 0.0,
            Self::Share => (0.0..=1.0).contains(&value),
            Self::AtLeastOne => value.is_finite() && value >= 1.0,
            Self::AtLeastFour => value.is_finite() && value >= 4.0,
            Self::Count => value.is_finite() && value >= 1.0 && value.fract() == 0.0,
            Self::Whole => value.is_finite() && value >= 0.0 && value.fract() == 0.0,
            Self::NonPositive => value.is_finite() && value <= 0.0,
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
            Self::AtLeastFour => "a finite number, 4 or more",
            Self::Count => "a whole number, 1 or more",
            Self::Whole => "a whole number, 0 or more",
            Self::NonPositive => "a finite number, 0 or less",
            Self::Finite => "a finite number",
        })
    }
}

/// The value of a hyper-parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// The value of a [`ParameterKind::Number`].
    Number(f64),
    /// The value of a [`ParameterKind::Switch`].
    Switch(bool),
    /// The value of a [`ParameterKind::Choice`]: the index in its list.
    Choice(usize),
}

/// A hyper-parameter of the struct `R`: its description and access to its value.
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

/// A value that is one of several variants; the macro `forms!` declares such an enum.
pub trait Choose {
    /// The index of the current variant.
    fn position(&self) -> usize;
    /// Selects the variant with this index; past the end, the last one.
    fn choose(&mut self, position: usize);
}

impl<R> Field<R> {
    /// A number with a slider from `slider[0]` to `slider[1]`, logarithmic unless it includes 0.
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
                symbol: Cow::Borrowed(symbol),
                latex: None,
                called: None,
                role,
                kind: ParameterKind::Number {
                    valid,
                    slider,
                    logarithmic,
                },
                help,
                whose: Cow::Borrowed(""),
            },
            access: Access::Number(access),
        }
    }

    /// A switch.
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
                symbol: Cow::Borrowed(symbol),
                latex: None,
                called: None,
                role,
                kind: ParameterKind::Switch,
                help,
                whose: Cow::Borrowed(""),
            },
            access: Access::Switch(access),
        }
    }

    /// One of several variants; the macro `forms!` declares such an enum.
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
                symbol: Cow::Borrowed(symbol),
                latex: None,
                called: None,
                role,
                kind: ParameterKind::Choice(names),
                help,
                whose: Cow::Borrowed(""),
            },
            access: Access::Choice(access),
        }
    }
}

impl<R> Field<R> {
    /// Sets the display name.
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
            Access::Choice(access) => Value::Choice(access(&mut copy).position()),
        }
    }

    /// Sets the value in `rule`; a value of the wrong kind is ignored.
    pub fn set(&self, rule: &mut R, value: Value) {
        match (&self.access, value) {
            (Access::Number(access), Value::Number(number)) => *access(rule) = number,
            (Access::Switch(access), Value::Switch(on)) => *access(rule) = on,
            (Access::Choice(access), Value::Choice(position)) => access(rule).choose(position),
            _ => {}
        }
    }
}

/// Declares an enum of variants for a hyper-parameter, with their names in order.
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
            fn position(&self) -> usize {
                *self as usize
            }

            fn choose(&mut self, position: usize) {
                *self = Self::ALL[position.min(Self::ALL.len() - 1)];
            }
        }
    };
}

pub(in crate::optimizer) use forms;
