//! What can be inferred from the measurements of a race: the curvature around a racer, the learning
//! rates that are stable there, and a diagnosis in words.
//!
//! ```
//! use slalom::analysis::diagnosis::{Attempt, Situation, diagnose};
//! use slalom::experiment::Plan;
//! use slalom::optimizer::{GradientDescent, OptimizerChoice};
//! use slalom::simulation::{anatomy, simulate_racer};
//! use slalom::surface::{SurfaceChoice, minima};
//!
//! let valley = SurfaceChoice::LongValley.open();
//! let bold = GradientDescent { learning_rate: 0.041 };
//! let plan = Plan::new(OptimizerChoice::GradientDescent(bold));
//! let path = simulate_racer(&valley, &plan, [-4.0, 1.0], 20, 0);
//! let step = |step| anatomy(&valley, &plan, &path, step, 0);
//! let minima = minima::worth_marking(&*valley);
//! if let (Some(first), Some(now)) = (step(0), step(10)) {
//!     let trials = |attempt: &Attempt| Some(attempt.run(&valley, 20, 0));
//!     let situation = Situation::new(&*valley, &plan, &path, &minima, [&first, &now], &trials);
//!     let finding = &diagnose(&situation)[0];
//!     assert!(finding.what.contains("it bounces off the walls"), "{}", finding.what);
//!     let advice = finding.advice.as_deref().unwrap_or_default();
//!     assert!(advice.starts_with("Lower the learning rate to 0.036"), "{advice}");
//! }
//! ```
//!
//! All of it follows from the surface and from what the rules themselves note about their steps; no
//! rule is implemented a second time.

mod confusion;
mod contraction;
mod curvature;
pub mod diagnosis;
mod dormand_prince;
mod ensemble;
mod escape;
mod evaluations;
mod goal;
mod gradient_flow;
mod histogram;
mod parting;
mod portrait;
mod quantity;
mod ranking;
mod seeds;
pub mod sensitivity;
mod settling;
pub mod slice;
mod spectrum;
mod spread;
mod stability;
mod time_unit;
mod weight_step;

pub use confusion::Confusion;
pub use contraction::{Contraction, Direction, Inapplicable, Measured};
pub use curvature::Curvature;
pub use ensemble::Ensemble;
pub use escape::escape;
pub use evaluations::{Evaluation, evaluations};
pub use gradient_flow::{FlowEnd, FlowJob, GradientFlow};
pub use histogram::{Histogram, Spacing};
pub use parting::parting;
pub use portrait::Portrait;
pub use quantity::{Quantity, distance};
pub use ranking::{Ranking, Standing};
pub use seeds::{Duel, Quantiles};
pub use settling::settled;
pub use slice::Slice;
pub use spectrum::Spectrum;
pub use spread::Spread;
pub use stability::{Stability, learning_rate_limit};
pub use time_unit::TimeUnit;
pub use weight_step::WeightStep;
