//! Runs jobs to completion on all cores.
//!
//! Nothing below this module starts a thread: a [`Job`](crate::simulation::Job) only knows how to
//! do some work. A [`Signal`] tells how far jobs are and can cancel them; [`caught`] turns their
//! panics into values.
//!
//! On the web there are no threads. The jobs run one after the other, and what drives them is
//! `async`: it [`pause`]s between slices of work, so that a page can do other things in between
//! ([`Slices`]). Everybody else does the same work [`at_once`].

mod all_cores;
mod panic;
mod repeat;
mod sample;
mod signal;
mod simulate;
mod sliced_panic;
mod slices;
#[cfg(not(target_family = "wasm"))]
mod watch;

pub use crate::pause::{Pause, Pauses, at_once, pause};
pub use all_cores::{Run, Stage, all_cores, drive, in_rounds};
pub use panic::Panic;
#[cfg(target_family = "wasm")]
pub use panic::caught;
pub use repeat::repeat;
pub use sample::sample;
pub use signal::Signal;
pub use simulate::{horizons_until, paths_until, race_until, simulate, simulate_until};
pub use sliced_panic::caught_in_slices;
pub use slices::Slices;
#[cfg(not(target_family = "wasm"))]
pub use watch::{caught, caught_with_trace};
