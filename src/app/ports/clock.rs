//! Time.
//!
//! All time in the window is that of egui's frames: on the desktop eframe takes it from the
//! system's clock, on the web from the page's, where `Instant::now` panics. Tests set it by hand.

use egui::Context;

/// The longest time that the playhead moves at once, in seconds. After a long frame, the race goes
/// on from where it was seen.
const LONGEST: f64 = 0.1;

/// Returns the time of this frame, in seconds. It never decreases.
pub fn now(ctx: &Context) -> f64 {
    ctx.input(|input| input.time)
}

/// Returns the seconds by which this frame moves the playhead.
pub fn tick(ctx: &Context) -> f64 {
    f64::from(ctx.input(|input| input.stable_dt)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    #[test]
    fn time_is_that_of_the_frames() {
        let ctx = Context::default();
        let frame = |time| {
            let input = RawInput {
                time: Some(time),
                predicted_dt: 0.04,
                ..RawInput::default()
            };
            let mut seen = [0.0; 2];
            let mut output = ctx.run_ui(input, |ui| {
                ui.ctx().request_repaint();
                seen = [now(ui.ctx()), tick(ui.ctx())];
            });
            output.textures_delta.clear();
            seen
        };
        frame(1.0);
        let [time, seconds] = frame(1.5);
        assert_eq!(time, 1.5);
        assert!(seconds <= LONGEST, "{seconds}");
    }
}
