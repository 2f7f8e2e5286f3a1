//! Update rules, each written once as a scalar recurrence.
//!
//! Notation: θ position, g gradient, η learning rate, t = 1, 2, … the step being made. Where
//! papers and libraries differ, the difference is a named hyper-parameter; no code asks for a
//! library's name.
//!
//! To add a rule: write one file beside `gradient_descent.rs` and add one line to the `registry!`
//! below.

mod about;
mod choice;
mod dialect;
pub mod equation;
pub mod fields;
mod note;
mod parameter;
mod rule;

pub use about::{About, Defaults, Described, Library, Rule};
pub use equation::Term;
pub use fields::Velocity;
pub use note::{Family, Note, Notebook, Probe, Silent};
pub use parameter::{Field, Kind, Parameter, Valid, Value};
pub use rule::{Adjustable, CoordinateRule, Optimizer, Oracle, Run, Running};

use parameter::forms;

choice::registry! {
    gradient_descent::GradientDescent,
    momentum::Momentum,
    nesterov::Nesterov,
    adagrad::Adagrad,
    adadelta::Adadelta,
    rmsprop::RMSProp,
    adam::Adam,
    nadam::Nadam,
}

pub use adagrad::Matrix;
pub use adam::AmsGrad;
pub use nadam::MomentumSchedule;
pub use nesterov::Form;
