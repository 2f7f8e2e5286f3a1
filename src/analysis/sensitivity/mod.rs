//! How a race would end with other values of one hyper-parameter.
//!
//! A [`Sweep`] runs a racer's plan with 60 values of the parameter, usually the learning rate, and
//! keeps of each run only its [`Ending`]: the loss, the number of steps until the target, and the
//! share of rows that are classified correctly. The values are the same however the parameter is
//! set now, so moving its slider leaves the sweep as it is. [`Curve`] adds the present value, finds
//! the best one, and measures the range of values that are about as good.
//!
//! A value means what the slider means: schedules and edits of the plan are kept. Under a one-cycle
//! schedule, which has its own rate, the swept rate is its maximum.
//!
//! ```
//! use slalom::analysis::sensitivity::{Curve, Ground, Sweep, finish};
//! use slalom::engine::Signal;
//! use slalom::preset::load_built_in;
//!
//! let race = load_built_in("radford-beale")?.experiment;
//! let ground = Ground::of(&race);
//! let nadam = &race.racers[7].plan;
//! let mut sweeps: Vec<Sweep> = Sweep::new(nadam, None).into_iter().collect();
//! finish(&mut sweeps, &ground, &Signal::default());
//! let best = Curve::of(&sweeps[0], None, &ground).best.ok_or("no run ends well")?;
//! assert!(best.ending.loss < 1.2e-11, "{} at {}", best.ending.loss, best.value);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Ending`]: crate::simulation::Ending

mod curve;
mod grid;
mod ground;
mod knob;
mod ruler;
mod sweep;

pub use curve::{Curve, Region};
pub use grid::Grid;
pub use ground::{Ground, Run};
pub use knob::{Knob, knobs};
pub use ruler::Ruler;
pub use sweep::{Sweep, cost, finish, next_rounds};
