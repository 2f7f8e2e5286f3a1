//! Runs a race: one loop, [`Course::next`], and whatever observes it.
//!
//! [`simulate()`] computes one [`Trajectory`] per racer; [`PathJob`] does the same in slices.
//! [`record()`] and [`anatomy()`] run a race again and collect the quantities that the rule notes
//! in its steps. Nothing here starts a thread or reads a clock.
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
mod ending;
mod ground;
mod horizon;
mod job;
mod memory;
mod oracle;
mod pace;
pub mod price;
mod record;
mod referee;
mod repeats;
mod same;
mod simulate;
mod status;
mod trajectory;
mod vector;
mod weights;

pub use anatomy::{Anatomy, AnatomyJob, anatomy};
pub use arrows::{Arrow, HalfAxes, Unit};
pub use course::{Course, CourseError, Start, Step};
pub use ending::{Ending, EndingJob};
pub use ground::Raced;
pub use horizon::{Horizon, HorizonJob, Shadow};
pub use job::{Job, Progress};
pub use memory::{Keep, Memory};
pub use oracle::{Asked, Draws, Noise};
pub use record::{Record, RecordJob, record};
pub use repeats::Repeats;
pub use same::{largest_difference, takes_the_same_steps};
pub use simulate::{PathJob, simulate, simulate_racer};
pub use status::Status;
pub use trajectory::Trajectory;
pub use weights::WeightsJob;
