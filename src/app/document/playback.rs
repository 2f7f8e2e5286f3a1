//! The playhead and its movement.

/// Steps per second at speed 1, the pace of Radford's animations.
pub const PACE: f64 = 25.0;
/// The speeds on offer, from slowest to fastest.
pub const SPEEDS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
/// How long a looping race pauses at its end, in seconds.
const REST: f64 = 1.5;

/// The position of the playhead and whether it is moving.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// The fractional step that is shown.
    pub playhead: f64,
    /// Whether the playhead is moving.
    pub playing: bool,
    rested: f64,
}

impl Playback {
    /// Creates a playhead at the start.
    #[must_use]
    pub const fn new(playing: bool) -> Self {
        Self {
            playhead: 0.0,
            playing,
            rested: 0.0,
        }
    }

    /// Advances the playhead by `seconds` in a race of `steps`.
    pub fn advance(&mut self, seconds: f64, speed: f64, steps: f64, looping: bool) {
        if !self.playing {
            return;
        }
        if self.playhead < steps {
            self.playhead = (self.playhead + seconds * PACE * speed).min(steps);
            self.rested = 0.0;
        } else if looping {
            self.rested += seconds;
            if self.rested >= REST {
                self.playhead = 0.0;
            }
        } else {
            self.playing = false;
        }
    }

    /// Starts or stops playing; at the end, starts over.
    pub fn toggle(&mut self, steps: f64) {
        self.playing = !self.playing;
        if self.playing && self.playhead >= steps {
            self.playhead = 0.0;
        }
    }

    /// Stops and moves by `by` whole steps.
    pub fn step(&mut self, by: f64, steps: f64) {
        self.playing = false;
        let whole = if by < 0.0 {
            self.playhead.ceil()
        } else {
            self.playhead.floor()
        };
        self.playhead = (whole + by).clamp(0.0, steps);
    }

    /// Goes to a step, without starting or stopping.
    pub fn seek(&mut self, step: f64, steps: f64) {
        self.playhead = if step.is_finite() {
            step.clamp(0.0, steps)
        } else {
            0.0
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_second_is_twenty_five_steps() {
        let mut playback = Playback::new(true);
        playback.advance(1.0, 1.0, 200.0, true);
        assert!((playback.playhead - 25.0).abs() < 1e-12);
        playback.advance(1.0, 2.0, 200.0, true);
        assert!((playback.playhead - 75.0).abs() < 1e-12);
    }

    #[test]
    fn it_loops_after_a_rest_or_stops() {
        let mut playback = Playback::new(true);
        playback.advance(9.0, 1.0, 200.0, true);
        playback.advance(1.0, 1.0, 200.0, true);
        assert!((playback.playhead - 200.0).abs() < 1e-12);
        playback.advance(1.0, 1.0, 200.0, true);
        assert!(playback.playhead.abs() < 1e-12);

        playback.playhead = 200.0;
        playback.advance(0.1, 1.0, 200.0, false);
        assert!(!playback.playing);
    }

    #[test]
    fn steps_land_on_whole_numbers() {
        let mut playback = Playback::new(true);
        playback.playhead = 10.4;
        playback.step(1.0, 200.0);
        assert!((playback.playhead - 11.0).abs() < 1e-12);
        playback.playhead = 10.4;
        playback.step(-1.0, 200.0);
        assert!((playback.playhead - 10.0).abs() < 1e-12);
        assert!(!playback.playing);
        playback.step(-50.0, 200.0);
        assert!(playback.playhead.abs() < 1e-12);
    }
}
