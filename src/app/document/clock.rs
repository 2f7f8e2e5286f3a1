//! The unit of the playhead: steps, or rows of the data. Counting rows makes a racer that uses one
//! row per step comparable with one that uses all of them.

use super::Document;
use crate::analysis::TimeUnit;
use crate::simulation::Trajectory;

/// The clock of a race. The playhead always runs from 0 to the number of steps. When rows are
/// counted, it represents a fraction of the rows used by the racer that uses the most, and every
/// racer is shown at the point where it has used that number of rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    playhead: f64,
    steps: f64,
    /// The number of rows used by the end and the number of rows per epoch, if rows are counted.
    rows: Option<[f64; 2]>,
    unit: TimeUnit,
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts far below 2^53, and a playhead that is no less than 0"
)]
impl Clock {
    /// Creates the clock of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let unit = document.time_unit();
        let steps = document.experiment().steps as f64;
        let paths = document.race.paths().iter();
        let seen = paths.filter_map(|path| {
            let seen = *path.rows_seen.last()? as f64;
            // A path that is not finished yet goes on at its pace.
            let share = path.last_step().max(1) as f64 / steps.max(1.0);
            Some(if path.is_cut_off() {
                seen / share
            } else {
                seen
            })
        });
        let most = seen.reduce(f64::max).filter(|_| unit.needs_data());
        let epoch = document.race.surface().rows();
        Self {
            playhead: document.playback.playhead.min(steps),
            steps,
            rows: most.map(|most| [most, epoch as f64]),
            unit,
        }
    }

    /// Returns whether rows are counted.
    #[must_use]
    pub fn is_by_rows(&self) -> bool {
        self.rows.is_some()
    }

    /// Returns the fractional step at which a racer is shown.
    #[must_use]
    pub fn playhead_of(&self, path: &Trajectory) -> f64 {
        let Some([most, _]) = self.rows else {
            return self.playhead;
        };
        let rows = self.share() * most;
        let next = path.rows_seen.partition_point(|&seen| seen as f64 <= rows);
        let Some(point) = next.checked_sub(1) else {
            return 0.0;
        };
        let step = |point| path.step_of(point) as f64;
        match (path.rows_seen.get(point), path.rows_seen.get(next)) {
            (Some(&before), Some(&after)) if after > before => {
                let share = (rows - before as f64) / (after - before) as f64;
                step(point) + share * (step(next) - step(point))
            }
            _ => step(point),
        }
    }

    /// Returns the last whole step that a racer has completed.
    #[must_use]
    pub fn step_of(&self, path: &Trajectory) -> usize {
        self.playhead_of(path).max(0.0) as usize
    }

    /// Returns the playhead at which a racer reaches the given step.
    #[must_use]
    pub fn playhead_for(&self, path: &Trajectory, step: f64) -> f64 {
        match self.rows {
            Some([most, _]) if most > 0.0 => {
                let point = path.point_of(step.max(0.0) as usize);
                let seen = path.rows_seen.get(point).copied().unwrap_or_default();
                seen as f64 / most * self.steps
            }
            _ => step,
        }
    }

    /// Returns the playhead and the end of the race in the clock's unit, unless that unit is steps.
    #[must_use]
    pub fn now(&self) -> Option<[f64; 2]> {
        let [most, epoch] = self.rows?;
        let unit = match self.unit {
            TimeUnit::Epochs => epoch,
            _ => 1.0,
        };
        Some([self.share() * most / unit, most / unit])
    }

    /// Converts a moment in the clock's unit to a playhead.
    #[must_use]
    pub fn playhead_at(&self, moment: f64) -> f64 {
        match self.now() {
            Some([_, end]) if end > 0.0 => moment / end * self.steps,
            _ => moment,
        }
    }

    fn share(&self) -> f64 {
        (self.playhead / self.steps.max(1.0)).clamp(0.0, 1.0)
    }
}
