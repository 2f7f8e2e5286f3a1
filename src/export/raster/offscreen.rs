//! An invisible window, and pictures of its contents.

use egui::epaint::ClippedShape;
use egui::{Color32, ColorImage, Context, Pos2, RawInput, Rect, Ui, ViewportId};

use super::Rasterizer;
use crate::pause::{at_once, pause};

/// An egui context without a window that renders its contents to images.
///
/// It has its own clock, which starts at 0, so that the same calls give the same pictures.
///
/// ```
/// use slalom::export::raster::Offscreen;
///
/// let mut window = Offscreen::new([320, 200], 1.0);
/// let picture = window.picture(egui::Color32::BLACK, |ui| {
///     ui.label("Hello");
/// });
/// assert_eq!(picture.size, [320, 200]);
/// ```
pub struct Offscreen {
    context: Context,
    rasterizer: Rasterizer,
    size: [usize; 2],
    pixels_per_point: f32,
    /// The longest side of a texture.
    texture_side: usize,
    /// The time on egui's clock, in seconds.
    time: f64,
}

impl Offscreen {
    /// The time between passes, in seconds: long enough for any animation to finish.
    const PASS: f64 = 1.0;
    /// The maximum number of passes; a UI that still requests a repaint after these always will.
    const MAX_PASSES: usize = 6;

    /// Creates a window of `size` pixels (width, height) with `pixels_per_point` pixels per egui
    /// point.
    #[must_use]
    pub fn new(size: [usize; 2], pixels_per_point: f32) -> Self {
        let context = Context::default();
        context.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
            style.visuals.text_cursor.blink = false;
        });
        Self {
            context,
            rasterizer: Rasterizer::new(),
            size,
            pixels_per_point,
            // The larger of egui's default and the picture's size, since a texture may fill the
            // picture.
            texture_side: size[0].max(size[1]).max(2048),
            time: 0.0,
        }
    }

    /// The egui context, for setting fonts, theme and style, or for loading textures.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The width and height in pixels.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The number of pixels per egui point. The context knows it only after its first pass.
    #[must_use]
    pub fn pixels_per_point(&self) -> f32 {
        self.pixels_per_point
    }

    /// Runs `ui` until it has settled (egui learns the sizes of many widgets only by showing them
    /// once) and paints the result over `background`.
    pub fn picture(&mut self, background: Color32, ui: impl FnMut(&mut Ui)) -> ColorImage {
        at_once(self.picture_in_slices(background, ui))
    }

    /// The same in slices.
    pub async fn picture_in_slices(
        &mut self,
        background: Color32,
        ui: impl FnMut(&mut Ui),
    ) -> ColorImage {
        self.paint(1.0, self.size, background, ui).await
    }

    /// A picture with `times` as many pixels along each side. Text is not sharper, but everything
    /// else is.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no picture is 2^23 pixels wide"
    )]
    pub async fn enlarged_in_slices(
        &mut self,
        times: f32,
        background: Color32,
        ui: impl FnMut(&mut Ui),
    ) -> ColorImage {
        let size = self.size.map(|side| (side as f32 * times).round() as usize);
        // Such a picture may become a texture.
        self.texture_side = self.texture_side.max(size[0]).max(size[1]);
        self.paint(times, size, background, ui).await
    }

    async fn paint(
        &mut self,
        times: f32,
        size: [usize; 2],
        background: Color32,
        ui: impl FnMut(&mut Ui),
    ) -> ColorImage {
        let shapes = self.shapes_in_slices(ui).await;
        let pixels_per_point = self.pixels_per_point * times;
        let primitives = self.context.tessellate(shapes, pixels_per_point);
        pause().await;
        let rasterizer = &self.rasterizer;
        rasterizer
            .paint_in_slices(&primitives, pixels_per_point, size, background)
            .await
    }

    /// Runs `ui` until it has settled and returns its shapes before tessellation.
    pub fn shapes(&mut self, ui: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        at_once(self.shapes_in_slices(ui))
    }

    /// The same in slices.
    pub async fn shapes_in_slices(&mut self, mut ui: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        let mut shapes = Vec::new();
        // At least twice: in its first pass egui may misplace or hide things without requesting
        // another.
        for pass in 1..=Self::MAX_PASSES {
            let mut output = self.context.run_ui(self.input(), &mut ui);
            self.time += Self::PASS;
            self.rasterizer.update_textures(&mut output.textures_delta);
            shapes = output.shapes;
            pause().await;
            let settled = output
                .viewport_output
                .get(&ViewportId::ROOT)
                .is_none_or(|root| !root.repaint_delay.is_zero());
            if settled && pass > 1 {
                break;
            }
        }
        shapes
    }

    /// The input to a pass: the window's size and the time.
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    fn input(&self) -> RawInput {
        let size = self.size.map(|side| side as f32 / self.pixels_per_point);
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size.into())),
            max_texture_side: Some(self.texture_side),
            time: Some(self.time),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(self.pixels_per_point);
        input
    }
}

/// Renders one UI in a fresh context with egui's default fonts and style.
pub fn picture(
    size: [usize; 2],
    pixels_per_point: f32,
    background: Color32,
    ui: impl FnMut(&mut Ui),
) -> ColorImage {
    Offscreen::new(size, pixels_per_point).picture(background, ui)
}
