//! A scaled-down preview of the figure.

use egui::{Align2, Label, Sense, TextureHandle, TextureOptions, Ui, vec2};

use super::ExportDialog;
use crate::app::desk::Desk;
use crate::export::{FigureOptions, Studio};
use crate::preset::Preset;

/// The maximum size of the preview, in points.
const SIZE: [f32; 2] = [420.0, 300.0];
/// The most racer-steps that are simulated for a preview.
const MOST_STEPS: usize = 400_000;

/// The last picture, with the options and the step it was made for.
#[derive(Default)]
pub struct Preview {
    made: Option<(FigureOptions, Option<usize>, TextureHandle)>,
}

impl ExportDialog {
    /// Shows the preview in an area whose size does not depend on the options.
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    pub(super) fn preview(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let (space, _) = ui.allocate_exact_size(SIZE.into(), Sense::hover());
        if self.kind.format().is_none() {
            return;
        }
        let [width, height] = self.options.size.map(|side| side.max(64) as f32);
        let shrink = (SIZE[0] / width).min(SIZE[1] / height);
        let is_current = |(options, step, _): &(FigureOptions, Option<usize>, TextureHandle)| {
            *options == self.options && *step == self.timing.step
        };
        if !self.preview.made.as_ref().is_some_and(is_current) {
            // Rendered at the preview's size in pixels on this screen.
            let options = FigureOptions {
                scale: (shrink * ui.ctx().pixels_per_point()).max(64.0 / width.min(height)),
                ..self.options
            };
            let preset = desk.document.preset();
            if let Some(refusal) = refusal(ui, &preset, &options) {
                ui.put(space, Label::new(refusal));
                return;
            }
            let steps = preset.experiment.steps;
            let step = self.timing.step.unwrap_or(steps).min(steps);
            if let Ok(mut studio) = Studio::new(preset, options) {
                let picture = studio.picture(step as f64);
                let name = "export preview";
                let texture = ui.ctx().load_texture(name, picture, TextureOptions::LINEAR);
                self.preview.made = Some((self.options, self.timing.step, texture));
            }
        }
        if let Some((_, _, texture)) = &self.preview.made {
            let size = vec2(width, height) * shrink;
            let area = Align2::CENTER_CENTER.align_size_within_rect(size, space);
            egui::Image::new((texture.id(), size))
                .alt_text("Preview of the export")
                .paint_at(ui, area);
        }
    }
}

/// Returns why there is no preview.
fn refusal(ui: &Ui, preset: &Preset, options: &FigureOptions) -> Option<&'static str> {
    let longest = ui.input(|input| input.max_texture_side);
    let fits = |pixels: [usize; 2]| pixels.iter().all(|&side| side <= longest);
    let experiment = &preset.experiment;
    if experiment.steps * experiment.racers.len() > MOST_STEPS {
        Some("The race is too long for a preview.")
    } else if !options.pixels().is_ok_and(fits) {
        Some("The picture is too long for a preview.")
    } else {
        None
    }
}
