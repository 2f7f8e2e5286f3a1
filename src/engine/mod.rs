//! Runs jobs to completion on all cores.
//!
//! Nothing below this module starts a thread: a [`Job`](crate::simulation::Job) only knows how to
//! do some work. On the web there are no threads, and the jobs run one after the other. A
//! [`Signal`] tells how far they are and can cancel them; [`caught`] turns their panics into values.

mod all_cores;
mod panic;
mod repeat;
mod sample;
mod signal;
mod simulate;
#[cfg(not(target_family = "wasm"))]
mod watch;

pub use all_cores::{Run, Stage, all_cores, drive, in_rounds};
pub use panic::Panic;
#[cfg(target_family = "wasm")]
pub use panic::caught;
pub use repeat::repeat;
pub use sample::sample;
pub use signal::Signal;
pub use simulate::{horizons_until, paths_until, race_until, simulate, simulate_until};
#[cfg(not(target_family = "wasm"))]
pub use watch::{caught, caught_with_trace};
