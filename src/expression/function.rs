//! The functions of the language, in one table: a line adds one.
//!
//! A value is computed on any kind of number; a slope is the same function's derivative in doubles.
//! `tests` holds the two against each other.

use super::Number;
use super::kinks::{
    absolute, arc_hyperbolic_cosine, arcus, cube_root, logarithm, relu, rounded_down, sign,
    square_root, tangent_hyperbolic,
};
use super::special::{erf, sigmoid, softplus};

/// A function by its place in the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// A function of one number.
    Unary(Unary),
    /// A function of two numbers; `min` and `max` may have more.
    Binary(Binary),
    /// A function of whole vectors, in rules.
    Whole(Whole),
}

macro_rules! unary {
    ($($variant:ident $name:literal $latex:literal $python:literal,
        |$x:ident| $value:expr, |$at:ident, $of:ident| $slope:expr;)*) => {
        /// Functions of one number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Unary {
            $(#[doc = $name] $variant,)*
        }

        impl Unary {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name under which it is typed.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Its name in LaTeX.
            #[must_use]
            pub const fn latex(self) -> &'static str {
                match self { $(Self::$variant => $latex,)* }
            }

            /// Its name in NumPy.
            #[must_use]
            pub const fn python(self) -> &'static str {
                match self { $(Self::$variant => $python,)* }
            }

            /// Its value.
            #[must_use]
            pub fn of<D: Number>(self, number: D) -> D {
                match self { $(Self::$variant => { let $x = number; $value })* }
            }

            /// Its derivative at a number, given its value there.
            #[must_use]
            pub fn slope(self, at: f64, value: f64) -> f64 {
                match self { $(Self::$variant => { let ($at, $of) = (at, value); $slope })* }
            }
        }
    };
}

unary! {
    Sin "sin" r"\sin" "sin", |x| x.sin(), |x, _f| x.cos();
    Cos "cos" r"\cos" "cos", |x| x.cos(), |x, _f| -x.sin();
    Tan "tan" r"\tan" "tan", |x| x.tan(), |_x, f| 1.0 + f * f;
    Asin "asin" r"\arcsin" "arcsin", |x| arcus(x, D::asin), |x, _f| edge(x, 1.0 / (1.0 - x * x).sqrt());
    Acos "acos" r"\arccos" "arccos", |x| arcus(x, D::acos), |x, _f| edge(x, -1.0 / (1.0 - x * x).sqrt());
    Atan "atan" r"\arctan" "arctan", |x| x.atan(), |x, _f| 1.0 / (1.0 + x * x);
    Sinh "sinh" r"\sinh" "sinh", |x| x.sinh(), |x, _f| x.cosh();
    Cosh "cosh" r"\cosh" "cosh", |x| x.cosh(), |x, _f| x.sinh();
    Tanh "tanh" r"\tanh" "tanh", |x| tangent_hyperbolic(x), |x, _f| 1.0 / (x.cosh() * x.cosh());
    Asinh "asinh" r"\operatorname{arsinh}" "arcsinh", |x| x.asinh(), |x, _f| 1.0 / x.hypot(1.0);
    Acosh "acosh" r"\operatorname{arcosh}" "arccosh", |x| arc_hyperbolic_cosine(x), |x, _f| edge(x, 1.0 / ((x - 1.0) * (x + 1.0)).sqrt());
    Atanh "atanh" r"\operatorname{artanh}" "arctanh", |x| arcus(x, D::atanh), |x, _f| edge(x, 1.0 / (1.0 - x * x));
    Exp "exp" r"\exp" "exp", |x| x.exp(), |_x, f| f;
    Log "log" r"\ln" "log", |x| logarithm(x, D::ln), |x, _f| level_at_0(x, 1.0 / x);
    Log10 "log10" r"\log_{10}" "log10", |x| logarithm(x, D::log10), |x, _f| level_at_0(x, std::f64::consts::LOG10_E / x);
    Log2 "log2" r"\log_2" "log2", |x| logarithm(x, D::log2), |x, _f| level_at_0(x, std::f64::consts::LOG2_E / x);
    Sqrt "sqrt" r"\sqrt" "sqrt", |x| square_root(x), |_x, f| level_at_0(f, 0.5 / f);
    Cbrt "cbrt" r"\sqrt[3]" "cbrt", |x| cube_root(x), |_x, f| level_at_0(f, 1.0 / (3.0 * f * f));
    Abs "abs" "|" "abs", |x| absolute(x), |x, _f| sign(x);
    Sign "sign" r"\operatorname{sign}" "sign", |x| sign(x), |_x, _f| 0.0;
    Floor "floor" r"\lfloor" "floor", |x| rounded_down(x), |_x, _f| 0.0;
    Ceil "ceil" r"\lceil" "ceil", |x| -rounded_down(-x), |_x, _f| 0.0;
    Sigmoid "sigmoid" r"\sigma" "sigmoid", |x| sigmoid(x), |x, f| f * sigmoid(-x);
    Softplus "softplus" r"\operatorname{softplus}" "softplus", |x| softplus(x), |x, _f| sigmoid(x);
    Relu "relu" r"\operatorname{relu}" "relu", |x| relu(x), |x, _f| if x > 0.0 { 1.0 } else { 0.0 };
    Erf "erf" r"\operatorname{erf}" "erf", |x| erf(x), |x, _f| std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp();
}

/// A slope that is infinite where this number is 0, and counts as level there.
fn level_at_0(number: f64, slope: f64) -> f64 {
    if number == 0.0 { 0.0 } else { slope }
}

/// A slope that is infinite at ±1, the edge of what is defined, and counts as level there.
fn edge(at: f64, slope: f64) -> f64 {
    if at.abs() == 1.0 { 0.0 } else { slope }
}

/// Functions of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// The smaller one.
    Min,
    /// The larger one.
    Max,
    /// The angle of the point (second, first).
    Atan2,
    /// √(a² + b²)
    Hypot,
    /// The remainder of a division, with the sign of the divisor.
    Mod,
}

impl Binary {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Min, Self::Max, Self::Atan2, Self::Hypot, Self::Mod];

    /// The name under which it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Atan2 => "atan2",
            Self::Hypot => "hypot",
            Self::Mod => "mod",
        }
    }

    /// Its name in LaTeX.
    #[must_use]
    pub const fn latex(self) -> &'static str {
        match self {
            Self::Min => r"\min",
            Self::Max => r"\max",
            Self::Atan2 => r"\operatorname{atan2}",
            Self::Hypot => r"\operatorname{hypot}",
            Self::Mod => r"\bmod",
        }
    }

    /// Its name in NumPy.
    #[must_use]
    pub const fn python(self) -> &'static str {
        match self {
            Self::Min => "minimum",
            Self::Max => "maximum",
            Self::Atan2 => "arctan2",
            Self::Hypot => "hypot",
            Self::Mod => "mod",
        }
    }
}

/// Functions of whole vectors, which are numbers, and the questions that a rule may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whole {
    /// The Euclidean length.
    Norm,
    /// The sum of the products of coordinates.
    Dot,
    /// The mean of the coordinates.
    Mean,
    /// The largest coordinate.
    Max,
    /// The loss at a point.
    Value,
    /// The gradient at a point.
    Gradient,
}

impl Whole {
    /// All that have names of their own: `max` is that of two numbers, with one argument.
    pub const ALL: &'static [Self] = &[
        Self::Norm,
        Self::Dot,
        Self::Mean,
        Self::Value,
        Self::Gradient,
    ];

    /// The name under which it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Norm => "norm",
            Self::Dot => "dot",
            Self::Mean => "mean",
            Self::Max => "max",
            Self::Value => "value",
            Self::Gradient => "gradient",
        }
    }

    /// The number of its arguments.
    #[must_use]
    pub const fn arity(self) -> usize {
        if matches!(self, Self::Dot) { 2 } else { 1 }
    }
}

/// Further names of some functions.
const ALIASES: &[(&str, Unary)] = &[
    ("ln", Unary::Log),
    ("arcsin", Unary::Asin),
    ("arccos", Unary::Acos),
    ("arctan", Unary::Atan),
    ("arcsinh", Unary::Asinh),
    ("arccosh", Unary::Acosh),
    ("arctanh", Unary::Atanh),
    ("sgn", Unary::Sign),
];

impl Function {
    /// The function of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let unary = Unary::ALL.iter().find(|known| known.name() == name);
        let alias = || ALIASES.iter().find(|(known, _)| *known == name);
        let binary = || Binary::ALL.iter().find(|known| known.name() == name);
        let whole = || Whole::ALL.iter().find(|known| known.name() == name);
        unary
            .map(|found| Self::Unary(*found))
            .or_else(|| alias().map(|(_, found)| Self::Unary(*found)))
            .or_else(|| binary().map(|found| Self::Binary(*found)))
            .or_else(|| whole().map(|found| Self::Whole(*found)))
    }

    /// The name under which it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unary(function) => function.name(),
            Self::Binary(function) => function.name(),
            Self::Whole(function) => function.name(),
        }
    }

    /// All names that can be called, for suggestions; those of rules only on demand.
    #[must_use]
    pub fn names(in_rules: bool) -> Vec<&'static str> {
        let unary = Unary::ALL.iter().map(|known| known.name());
        let aliases = ALIASES.iter().map(|(name, _)| *name);
        let binary = Binary::ALL.iter().map(|known| known.name());
        let whole = Whole::ALL.iter().filter(|_| in_rules);
        unary
            .chain(aliases)
            .chain(binary)
            .chain(whole.map(|known| known.name()))
            .chain(["if", "sum"])
            .collect()
    }
}
