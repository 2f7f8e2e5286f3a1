//! The preview of the figure.

use std::time::Duration;

use egui::{
    Align2, ColorImage, Image, ProgressBar, Rect, TextureHandle, TextureOptions, Ui, Vec2, vec2,
};

use super::ExportDialog;
use super::sheet;
use crate::app::desk::Desk;
use crate::app::worker::Background;
use crate::engine::Signal;
use crate::export::{FigureOptions, Studio};
use crate::preset::Preset;

/// The maximum size of the preview, in points.
const SIZE: [f32; 2] = [420.0, 300.0];
/// The most racer-steps simulated for a preview within a frame.
const IN_FRAME: u64 = 400_000;
/// The number of nodes of a typical map.
const NODES: u64 = 100_000;

/// What a preview shows: the options, and the step.
type Key = (FigureOptions, usize);

/// A scaled-down picture of the figure, made by a worker if it takes long.
pub struct Preview {
    picture: Background<Key, Option<Shot>>,
    texture: Option<(Key, TextureHandle)>,
}

/// A picture, and the letters in it that no font has.
struct Shot {
    picture: ColorImage,
    missing: String,
}

impl Default for Preview {
    fn default() -> Self {
        Self {
            picture: Background::new("preview", IN_FRAME),
            texture: None,
        }
    }
}

impl Preview {
    /// Brings the preview up to date with the race and these options, which have the scale of the
    /// preview.
    pub fn update(&mut self, ui: &Ui, preset: Preset, options: FigureOptions, step: usize) {
        let wake = ui.ctx().clone();
        self.picture.update(
            (options, step),
            cost(&preset),
            move || wake.request_repaint(),
            async move |signal| picture(preset, options, step, signal).await,
        );
        let is_shown = |of: &Key| self.texture.as_ref().is_some_and(|it| it.0 == *of);
        if let Some(of) = self.picture.key().copied().filter(|of| !is_shown(of))
            && let Some(Some(shot)) = self.picture.get()
        {
            let picture = shot.picture.clone();
            let texture = ui
                .ctx()
                .load_texture("export preview", picture, TextureOptions::LINEAR);
            self.texture = Some((of, texture));
        }
    }

    /// The letters in the preview that no font has.
    pub fn missing_letters(&self) -> &str {
        let shot = self.picture.get().and_then(Option::as_ref);
        shot.map_or("", |shot| &shot.missing)
    }

    /// Shows the preview at this size in the middle of `space`.
    #[expect(clippy::cast_possible_truncation, reason = "a share is a small number")]
    pub fn show(&mut self, ui: &mut Ui, space: Rect, size: Vec2) {
        if let Some((_, texture)) = &self.texture {
            let area = Align2::CENTER_CENTER.align_size_within_rect(size, space);
            Image::new((texture.id(), size))
                .alt_text("Preview of the export")
                .paint_at(ui, area);
        }
        if let Some(share) = self.picture.progress() {
            let bar = vec2(0.6 * space.width(), 18.0);
            let area = Align2::CENTER_CENTER.align_size_within_rect(bar, space);
            let bar = ProgressBar::new(share as f32).desired_width(bar.x);
            ui.put(area, bar.text("Preparing the preview"));
            ui.ctx().request_repaint_after(Duration::from_millis(100));
        } else if let Some(failure) = self.picture.failure() {
            ui.put(space, egui::Label::new(failure.to_string()));
        }
    }
}

impl ExportDialog {
    /// Shows the preview in an area whose size does not depend on the options.
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    pub(super) fn preview(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let most = Vec2::from(SIZE);
        let most = most * (ui.available_width() / most.x).min(1.0);
        // In a sheet, nothing stands beside it.
        if self.kind.format().is_none() && sheet::is_sheet(ui) {
            return;
        }
        let (space, _) = ui.allocate_exact_size(most, egui::Sense::hover());
        if self.kind.format().is_none() {
            return;
        }
        let Ok(figure) = self.figure() else {
            return;
        };
        let [width, height] = figure.size.map(|side| side.max(64) as f32);
        let shrink = (most.x / width).min(most.y / height);
        // Rendered at the preview's size in pixels on this screen.
        let options = FigureOptions {
            scale: (shrink * ui.ctx().pixels_per_point()).max(64.0 / width.min(height)),
            ..figure
        };
        let longest = ui.input(|input| input.max_texture_side);
        let fits = |pixels: [usize; 2]| pixels.iter().all(|&side| side <= longest);
        if !options.pixels().is_ok_and(fits) {
            let refusal = "The picture is too long for a preview.";
            ui.put(space, egui::Label::new(refusal));
            return;
        }
        let preset = desk.document.preset();
        let steps = preset.experiment.steps;
        let step = self.timing.step.unwrap_or(steps).min(steps);
        self.preview.update(ui, preset, options, step);
        self.preview.show(ui, space, vec2(width, height) * shrink);
    }
}

/// Returns the cost of the simulation and the map, in racer-steps. Over data, a step costs several
/// times as much.
fn cost(preset: &Preset) -> u64 {
    let experiment = &preset.experiment;
    let rows = experiment.open_surface().rows() as u64;
    let steps = (experiment.steps * experiment.racers.len()) as u64;
    (steps + NODES) * (1 + rows / 32)
}

async fn picture(
    preset: Preset,
    options: FigureOptions,
    step: usize,
    signal: &Signal,
) -> Option<Shot> {
    let mut studio = Studio::in_slices(preset, options, signal).await.ok()?;
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    let playhead = step as f64;
    Some(Shot {
        picture: studio.picture_in_slices(playhead).await,
        missing: studio.missing_letters(),
    })
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;
    use crate::preset::load_built_in;

    /// Returns whether the preview is there after a frame.
    fn frame(preview: &mut Preview, race: &str) -> bool {
        let options = FigureOptions {
            scale: 0.25,
            ..FigureOptions::default()
        };
        let mut output = Context::default().run_ui(RawInput::default(), |ui| {
            preview.update(ui, load_built_in(race).unwrap(), options, 20);
            preview.show(ui, ui.max_rect(), vec2(200.0, 150.0));
        });
        output.textures_delta.clear();
        preview.texture.is_some()
    }

    #[test]
    fn a_preview_of_a_formula_is_there_at_once() {
        assert!(frame(&mut Preview::default(), "radford-beale"));
    }

    #[test]
    fn a_preview_over_data_is_made_aside() {
        let mut preview = Preview::default();
        assert!(!frame(&mut preview, "noisy-moons"));
        assert!(preview.picture.progress().is_some());
        while !frame(&mut preview, "noisy-moons") {
            std::thread::yield_now();
        }
        assert_eq!(preview.picture.progress(), None);
    }
}
