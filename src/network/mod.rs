//! Multilayer perceptrons: the loss of a network over examples is an objective of all its weights.
//!
//! h₀ = a row of features; hₖ = φ(Wₖhₖ₋₁ + bₖ) for each hidden layer; o = W h + b without
//! activation. The parameters are one flat list, layer by layer, W row by row \[out\]\[in\], then b:
//! the order of `PyTorch`'s `parameters()`.
//!
//! An [`Architecture`] says which layers there are, [`Examples`] are the rows, and a [`Perceptron`]
//! is both with a loss function: the [`Objective`](crate::objective::Objective) that a rule
//! minimizes.

mod activation;
mod architecture;
mod arithmetic;
mod error;
mod examples;
mod far_out;
mod initial;
mod layer;
mod loss_function;
mod objective;
mod pass;
mod perceptron;
mod predictions;
mod row_loss;
mod tangent;
mod unit_activity;
mod workspace;

pub use activation::Activation;
pub use architecture::{Architecture, Layer};
pub use error::NetworkError;
pub use examples::{Examples, Targets};
pub use initial::{Initial, Start};
pub use loss_function::LossFunction;
pub use perceptron::Perceptron;
pub use unit_activity::UnitActivity;
pub use workspace::Workspace;
