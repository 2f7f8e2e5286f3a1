//! How much of a race is kept, which bounds the memory.

use std::fmt;

use crate::experiment::Experiment;
use crate::number::count;
use crate::surface::Surface;

/// What is kept of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The number of steps between kept positions; the last position is always kept.
    pub every: usize,
    /// The number of kept positions between those of which all parameters are kept, in addition to
    /// the point in the plane; `None` if they are not.
    pub parameters: Option<usize>,
}

impl Default for Keep {
    /// Keeps every position, but only its point in the plane.
    fn default() -> Self {
        Self {
            every: 1,
            parameters: None,
        }
    }
}

/// How much of a race is kept, so that its memory is bounded.
///
/// All steps of all racers are simulated, regardless of what is kept; the window and pictures show
/// the kept points. `slalom run` writes every step as it is made and needs no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    racers: usize,
    steps: usize,
    every: usize,
    bytes_per_point: usize,
    /// The number of parameters of a position, if all of them are kept.
    parameters: Option<usize>,
}

impl Memory {
    /// The maximum number of steps that a race keeps, over all racers: 80 to 96 MB, and several
    /// times as much if all of them are drawn.
    pub const MOST_STEPS: usize = 2_000_000;

    /// The maximum memory for all parameters of many positions, over all racers: 64 MB.
    pub const MOST_PARAMETERS: usize = 64_000_000 / size_of::<f64>();

    /// What is kept of an experiment on its surface.
    #[must_use]
    pub fn of(experiment: &Experiment, surface: &dyn Surface) -> Self {
        let (racers, steps) = (experiment.racers.len(), experiment.steps);
        // x, y, loss, gradient norm, learning rate; over data, also the rows seen.
        let mut numbers = if surface.rows() == 0 { 5 } else { 6 };
        let parameters = surface.subspace().map(|plane| plane.dimension());
        if parameters.is_some() {
            // Accuracy, loss and accuracy over the test rows, norm.
            numbers += 4;
        }
        Self {
            racers,
            steps,
            every: racers
                .saturating_mul(steps)
                .div_ceil(Self::MOST_STEPS)
                .max(1),
            bytes_per_point: numbers * size_of::<f64>(),
            parameters,
        }
    }

    /// The number of points that each racer keeps.
    fn points(&self) -> usize {
        self.steps / self.every + 2
    }

    /// The number of kept points between those of which all parameters are kept.
    fn parameters_every(&self) -> Option<usize> {
        let numbers = self.parameters?.saturating_mul(self.points());
        let numbers = numbers.saturating_mul(self.racers);
        Some(numbers.div_ceil(Self::MOST_PARAMETERS).max(1))
    }

    /// What is kept of each course.
    #[must_use]
    pub fn keep(&self) -> Keep {
        Keep {
            every: self.every,
            parameters: self.parameters_every(),
        }
    }

    /// Whether some steps are not kept.
    #[must_use]
    pub fn is_thinned(&self) -> bool {
        self.every > 1
    }

    /// The memory of the paths, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let points = self.points();
        let with_parameters = self
            .parameters_every()
            .map_or(0, |every| points / every + 1);
        let parameters = self.parameters.unwrap_or_default();
        let per_racer = points
            .saturating_mul(self.bytes_per_point)
            .saturating_add(with_parameters.saturating_mul(parameters * size_of::<f64>()));
        self.racers.saturating_mul(per_racer)
    }
}

impl fmt::Display for Memory {
    /// Describes it in one sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = match self.steps {
            1 => "1 step".to_owned(),
            steps => format!("{} steps", count(steps)),
        };
        match self.racers {
            0 => return f.write_str("There is no racer, and nothing is kept."),
            1 => write!(f, "1 racer makes {steps}")?,
            racers => write!(f, "{} racers make {steps} each", count(racers))?,
        }
        let size = match self.bytes() {
            ..1_000_000 => "less than 1 MB".to_owned(),
            bytes => format!("{} MB", count(bytes.div_ceil(1_000_000))),
        };
        if self.is_thinned() {
            let every = count(self.every);
            write!(
                f,
                ": window and pictures keep one step in {every} ({size}), `slalom run` writes all."
            )
        } else {
            write!(f, ": every step is kept ({size}).")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(racers: usize, steps: usize, every: usize) -> String {
        let memory = Memory {
            racers,
            steps,
            every,
            bytes_per_point: 40,
            parameters: None,
        };
        memory.to_string()
    }

    #[test]
    fn what_is_kept_reads_well_for_any_number() {
        assert_eq!(said(0, 200, 1), "There is no racer, and nothing is kept.");
        assert_eq!(
            said(1, 200, 1),
            "1 racer makes 200 steps: every step is kept (less than 1 MB)."
        );
        assert_eq!(
            said(2, 1, 1),
            "2 racers make 1 step each: every step is kept (less than 1 MB)."
        );
        assert_eq!(
            said(4, 1_000_000, 4),
            "4 racers make 1,000,000 steps each: window and pictures keep one step in 4 (41 MB), \
             `slalom run` writes all."
        );
    }
}
