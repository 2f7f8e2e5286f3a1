//! Mathematics that one can type: what it means, its derivatives, its notations, its errors.

mod built_in;
#[path = "../common/mod.rs"]
mod common;
mod derivatives;
mod language;
mod mistakes;
mod notation;
mod random;
mod rules;
mod surfaces;

use slalom::expression::{Expression, Vocabulary};

/// Reads a formula over x and y in which every other name is a parameter.
fn read(text: &str) -> Expression {
    Expression::parse(text, &Vocabulary::default())
        .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.caret(text)))
}

/// The value of a formula without parameters.
fn value(text: &str, x: f64, y: f64) -> f64 {
    read(text).tape().eval(x, y, &[])
}

/// Whether two numbers are equal, up to a relative error; NaN equals NaN.
fn near(a: f64, b: f64, error: f64) -> bool {
    a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= error * a.abs().max(b.abs()).max(1.0)
}
