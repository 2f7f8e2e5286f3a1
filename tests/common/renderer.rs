//! Lets `egui_kittest` render without a GPU.

use egui_kittest::TestRenderer;
use slalom::export::raster::Rasterizer;

/// A renderer for a harness: `Harness::builder().renderer(CpuRenderer::default())`.
#[derive(Default)]
pub struct CpuRenderer {
    rasterizer: Rasterizer,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.rasterizer.update_textures(delta);
    }

    fn render(
        &mut self,
        ctx: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        let pixels_per_point = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * pixels_per_point;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a window"
        )]
        let [width, height] = [size.x, size.y].map(|side| side.round() as u32);
        let primitives = ctx.tessellate(output.shapes.clone(), pixels_per_point);
        let picture = self.rasterizer.paint(
            &primitives,
            pixels_per_point,
            [width as usize, height as usize],
            egui::Color32::TRANSPARENT,
        );
        let bytes = picture.pixels.iter().flat_map(egui::Color32::to_array);
        image::RgbaImage::from_raw(width, height, bytes.collect())
            .ok_or_else(|| format!("the picture is not {width} x {height} pixels large"))
    }
}
