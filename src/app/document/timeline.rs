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

    /// Returns the step up to which all racers are simulated, if that is not the end.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn reached(&self) -> Option<f64> {
        self.race.reached().map(|step| step as f64)
    }

    /// Advances the playhead by `seconds`. It waits for racers that are still being simulated.
    pub fn play(&mut self, seconds: f64, speed: f64, looping: bool) {
        let end = self.reached().unwrap_or_else(|| self.steps());
        let waits = self.race.is_busy() && self.playback.playhead >= end;
        if !waits {
            self.playback.advance(seconds, speed, end, looping);
        }
    }

    /// Lets the playhead go as far as in a race of this many steps.
    pub fn reach(&mut self, steps: usize) {
        self.reach = steps;
        self.playback.seek(self.playback.playhead, self.steps());
    }
}

#[cfg(test)]
mod tests {
    use crate::app::document::Document;
    use crate::app::document::source::Source;
    use crate::preset::from_text;

    #[test]
    fn the_playhead_waits_for_racers_that_are_being_simulated() {
        let text = "(version: 1, steps: 20000,
            surface: Network(moons: (rows: 200, noise: 0.2), hidden: [16], evaluate: 50),
            racers: [(optimizer: Adam(), batch: MiniBatch(32))])";
        let mut document = Document::new(from_text("training", text).unwrap(), Source::New);
        while document.reached().is_none() {
            document.simulate(|| {});
        }
        let reached = document.reached().unwrap();
        document.playback.playing = true;
        document.play(1e6, 1.0, false);
        document.play(1e6, 1.0, false);
        assert_eq!(document.playback.playhead, reached);
        assert!(document.playback.playing, "it only waits");
        while document.race.is_busy() {
            document.simulate(|| {});
        }
        document.play(1e6, 1.0, false);
        assert_eq!(document.playback.playhead, 20_000.0);
    }
}
