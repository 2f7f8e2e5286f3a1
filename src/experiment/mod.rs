//! An experiment is a value: all inputs of a race. Simulating it gives one trajectory a racer.

mod anatomy;
mod arrows;
mod batch;
mod check;
mod check_lesson;
mod color;
mod lesson;
mod noise;
mod presentation;
mod quantity;
mod racer;
mod record;
mod schedule;
mod simulate;
mod status;
mod trajectory;

pub use anatomy::{Anatomy, anatomy};
pub use arrows::{Arrow, Axes, Unit};
pub use batch::{Batch, Draws};
pub use check::{Fault, Key, Place, nearest};
pub use color::Color;
pub use lesson::{Condition, Goal, Lesson};
pub use noise::Noise;
pub use presentation::{Against, Arrows, Presentation};
pub use quantity::Quantity;
pub use racer::{Edit, Racer};
pub use record::{Record, record};
pub use schedule::{Schedule, Setting};
pub use simulate::{simulate, simulate_racer};
pub use status::Status;
pub use trajectory::Trajectory;

use std::sync::Arc;

use crate::surface::{Shape, Surface, SurfaceChoice};

/// All inputs of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// One line that says what is to be seen.
    pub title: String,
    /// What to look at, in a few sentences.
    pub notes: String,
    /// The loss.
    pub surface: SurfaceChoice,
    /// How it lies under the racers.
    pub shape: Shape,
    /// Where every racer starts, as (x, y).
    pub start: [f64; 2],
    /// How many steps each racer makes, from 1 to [`Experiment::MOST_STEPS`].
    pub steps: usize,
    /// From which all chance is derived.
    pub seed: u64,
    /// Who races, in the order of the file.
    pub racers: Vec<Racer>,
    /// How it is shown at first.
    pub view: Presentation,
    /// What makes it a lesson, if it is one.
    pub lesson: Option<Lesson>,
}

impl Default for Experiment {
    /// An empty race on Beale's function.
    fn default() -> Self {
        Self {
            title: String::new(),
            notes: String::new(),
            surface: SurfaceChoice::Beale,
            shape: Shape::default(),
            start: [1.0, 1.6],
            steps: 200,
            seed: 0,
            racers: Vec::new(),
            view: Presentation::default(),
            lesson: None,
        }
    }
}

impl Experiment {
    /// The longest race.
    pub const MOST_STEPS: usize = 1_000_000;

    /// The surface, in its shape.
    #[must_use]
    pub fn open_surface(&self) -> Arc<dyn Surface> {
        self.shape.open(&self.surface)
    }

    /// Whether another experiment is on the same surface, in the same shape.
    #[must_use]
    pub fn same_surface(&self, other: &Self) -> bool {
        self.surface == other.surface && self.shape == other.shape
    }

    /// The racers' names in files: given, or the optimizer's; equal names get " 2", " 3".
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.distinct(|racer| racer.optimizer.rule().about().name)
    }

    /// The racers' names on screen: given, or the optimizer's title; equal names get " 2", " 3".
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        self.distinct(|racer| racer.optimizer.rule().about().title)
    }

    fn distinct(&self, default: impl Fn(&Racer) -> &'static str) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(self.racers.len());
        for racer in &self.racers {
            let base = racer.name.clone().unwrap_or_else(|| default(racer).into());
            let mut name = base.clone();
            let mut number = 2;
            while names.contains(&name) {
                name = format!("{base} {number}");
                number += 1;
            }
            names.push(name);
        }
        names
    }
}
