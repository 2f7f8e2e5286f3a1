//! How far the playhead goes.

use super::Document;

impl Document {
    /// Returns the number of steps that the playhead passes through: those of the race, or of a
    /// longer one that it is compared with.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn steps(&self) -> f64 {
        self.experiment().steps.max(self.reach) as f64
    }

    /// Returns the whole step at the playhead, or the last one if the race has ended before.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the playhead is between 0 and the number of steps"
    )]
    pub fn step(&self) -> usize {
        let step = self.playback.playhead.max(0.0) as usize;
        step.min(self.experiment().steps)
    }

    /// Lets the playhead go as far as in a race of this many steps.
    pub fn reach(&mut self, steps: usize) {
        self.reach = steps;
        self.playback.seek(self.playback.playhead, self.steps());
    }
}
