//! Which moments of a race a picture or a clip shows, and for how long.

use std::iter;

use super::ExportError;

/// Which moments of the race are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// The step that a single picture shows; `None` means the last.
    pub step: Option<usize>,
    /// The frame rate of a clip in frames per second, from 1 to 100.
    pub fps: u16,
    /// The number of steps from one frame to the next, from 0.001 to 1,000,000.
    pub steps_per_frame: f64,
    /// How long the last frame is shown, in seconds, from 0 to 60.
    pub hold: f64,
    /// How fast the eye goes round the surface during a clip, in degrees per second from -3600 to
    /// 3600; `None` lets it stand. It also turns while the last frame is held, so that a clip whose
    /// turns are whole is a loop without a jump.
    pub orbit: Option<f64>,
}

/// What a frame of a clip shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// The playhead.
    pub(super) playhead: f64,
    /// How far the eye has turned, in degrees.
    pub(super) turn: f64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            step: None,
            fps: 25,
            steps_per_frame: 1.0,
            hold: 1.5,
            orbit: None,
        }
    }
}

impl Timing {
    pub(super) fn check(&self) -> Result<(), ExportError> {
        if !(1..=100).contains(&self.fps) {
            return Err(ExportError::FrameRate { fps: self.fps });
        }
        if !(1e-3..=1e6).contains(&self.steps_per_frame) {
            let steps = self.steps_per_frame;
            return Err(ExportError::StepsPerFrame { steps });
        }
        if !(0.0..=60.0).contains(&self.hold) {
            let seconds = self.hold;
            return Err(ExportError::Hold { seconds });
        }
        if let Some(speed) = self.orbit.filter(|it| !(-3600.0..=3600.0).contains(it)) {
            return Err(ExportError::Orbit { speed });
        }
        Ok(())
    }

    /// The number of frames of a race of `steps` steps.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub(super) fn frame_count(&self, steps: usize) -> f64 {
        let held = self.orbit.map_or(0, |_| self.held());
        (steps as f64 / self.steps_per_frame).ceil() + 1.0 + held as f64
    }

    /// All frames. The playhead of the last one is the end of the race; if the eye turns, it goes on
    /// turning there for as long as the end is held.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub(super) fn frames(&self, steps: usize) -> Vec<Moment> {
        let apart = self.steps_per_frame;
        let end = steps as f64;
        let mut playheads: Vec<f64> = (0..u32::MAX)
            .map(|frame| f64::from(frame) * apart)
            .take_while(|playhead| *playhead < end)
            .collect();
        playheads.push(end);
        if self.orbit.is_some() {
            playheads.extend(iter::repeat_n(end, self.held()));
        }
        let turn = self.orbit.unwrap_or(0.0) / f64::from(self.fps);
        let moment = |(frame, playhead)| Moment {
            playhead,
            turn: turn * frame as f64,
        };
        playheads.into_iter().enumerate().map(moment).collect()
    }

    /// For how many frames the last one is repeated in a video, or in any clip that turns.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few seconds of frames"
    )]
    pub(super) fn held(&self) -> usize {
        (f64::from(self.hold_ms()) / 1000.0 * f64::from(self.fps)) as usize
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped before"
    )]
    fn hold_ms(&self) -> u32 {
        (self.hold * 1000.0).clamp(0.0, 60_000.0) as u32
    }

    /// How much longer than the others the last frame of an animation is shown, in milliseconds.
    pub(super) fn pause_ms(&self) -> u32 {
        self.orbit.map_or(self.hold_ms(), |_| 0)
    }
}
