//! The scale on which the values of a hyper-parameter are spread.

use crate::optimizer::{ParameterKind, Valid};

/// The scale of a hyper-parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ruler {
    /// log₁₀ of the value.
    Log,
    /// −log₁₀(1 − value), for fractions such as β: 0, 0.9, 0.99 and 0.999 are at equal distances.
    Complement,
    /// The value itself.
    Linear,
}

impl Ruler {
    /// The scale of a kind of hyper-parameter; `None` if it is not a number.
    #[must_use]
    pub fn of(kind: ParameterKind) -> Option<Self> {
        match kind {
            ParameterKind::Number {
                valid: Valid::Fraction,
                ..
            } => Some(Self::Complement),
            ParameterKind::Number {
                logarithmic: true, ..
            } => Some(Self::Log),
            ParameterKind::Number { .. } => Some(Self::Linear),
            _ => None,
        }
    }

    /// The position of a value; negative infinity for 0 on a logarithmic scale.
    #[must_use]
    pub fn position(self, value: f64) -> f64 {
        match self {
            Self::Log => value.max(0.0).log10(),
            Self::Complement => -(1.0 - value).max(0.0).log10(),
            Self::Linear => value,
        }
    }

    /// The value at a position.
    #[must_use]
    pub fn value(self, position: f64) -> f64 {
        match self {
            Self::Log => 10_f64.powf(position),
            Self::Complement => 1.0 - 10_f64.powf(-position),
            Self::Linear => position,
        }
    }

    /// A value with three significant digits, which people can read and write down.
    #[must_use]
    pub fn rounded(self, value: f64) -> f64 {
        match self {
            Self::Log | Self::Linear => digits(value, 2),
            // The digits that matter are those of the difference.
            Self::Complement => digits(1.0 - digits(1.0 - value, 2), 11),
        }
    }
}

fn digits(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_values_belong_together() {
        for (ruler, value, position) in [
            (Ruler::Log, 0.001, -3.0),
            (Ruler::Complement, 0.99, 2.0),
            (Ruler::Complement, 0.0, 0.0),
            (Ruler::Linear, 0.3, 0.3),
        ] {
            assert!((ruler.position(value) - position).abs() < 1e-12);
            assert!((ruler.value(position) - value).abs() < 1e-12);
        }
        assert_eq!(Ruler::Log.position(0.0), f64::NEG_INFINITY);
    }

    #[test]
    fn rounded_values_are_short() {
        assert_eq!(Ruler::Log.rounded(0.666_66), 0.667);
        assert_eq!(Ruler::Complement.rounded(0.998_741_07), 0.99874);
        assert_eq!(Ruler::Linear.rounded(-12.345), -12.3);
    }
}
