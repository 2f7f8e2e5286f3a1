//! Running a race: one loop, [`Course::next`], and those who listen to it.
//!
//! [`simulate()`] makes one [`Trajectory`] a racer; [`PathJob`] does the same in slices.
//! [`record()`] and [`anatomy()`] run a race again and listen to what the rule notes of its steps.
//! Nothing here starts a thread or reads a clock.
//!
//! ```
//! use slalom::optimizer::{Adam, OptimizerChoice};
//! use slalom::{experiment::Plan, simulation::simulate_racer, surface::SurfaceChoice};
//!
//! let surface = SurfaceChoice::Rosenbrock.open();
//! let adam = Plan::new(OptimizerChoice::Adam(Adam {
//!     learning_rate: 0.05,
//!     ..Adam::default()
//! }));
//! let path = simulate_racer(&surface, &adam, [-1.2, 1.0], 2000, 0);
//! assert!(path.loss_at(2000) < 1e-7);
//! ```

mod anatomy;
mod arrows;
mod course;
mod job;
mod memory;
mod oracle;
mod pace;
mod record;
mod referee;
mod simulate;
mod status;
mod trajectory;

pub use anatomy::{Anatomy, anatomy};
pub use arrows::{Arrow, Axes, Unit};
pub use course::{Course, CourseError, Start, Step};
pub use job::{Job, Progress};
pub use memory::{Keep, Memory};
pub use oracle::{Asked, Draws, Noise};
pub use record::{Record, record};
pub use simulate::{PathJob, simulate, simulate_racer};
pub use status::Status;
pub use trajectory::Trajectory;

/// The Euclidean length of a vector. `hypot` takes a quarter of a race's time, so scaling is left
/// to where a square leaves the range of numbers.
fn norm(vector: &[f64]) -> f64 {
    let square: f64 = vector.iter().map(|entry| entry * entry).sum();
    if square.is_normal() {
        return square.sqrt();
    }
    if square.is_nan() {
        return square;
    }
    let largest = vector
        .iter()
        .fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    let scaled = vector.iter().map(|entry| (entry / largest).powi(2));
    largest * scaled.sum::<f64>().sqrt()
}
