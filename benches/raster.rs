//! The time to paint a frame of the app once egui has tessellated it.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{
    Align2, ClippedPrimitive, Color32, ColorImage, Context, FontId, Painter, Pos2, RawInput, Rect,
    Shape, Stroke, TextureHandle, TextureOptions, Vec2, pos2, vec2,
};
use slalom::export::raster::Rasterizer;

const SIZE: [usize; 2] = [800, 600];
const SCENE: Rect = Rect::from_min_max(pos2(20.0, 20.0), pos2(420.0, 420.0));

/// A frame like those of a race: the surface, its iso-lines, trails with rims, and numbers.
fn draw(painter: &Painter, surface: &TextureHandle) {
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    painter.image(surface.id(), SCENE, uv, Color32::WHITE);
    for level in 0..30_u8 {
        let level = f32::from(level);
        let line = (0..500_u16).map(|i| {
            let t = f32::from(i) / 499.0;
            let wave = 12.0 * (t * 12.0 + level * 0.2).sin();
            SCENE.min + vec2(400.0 * t, 20.0 + 12.0 * level + wave)
        });
        let stroke = Stroke::new(1.0, Color32::from_white_alpha(56));
        painter.add(Shape::line(line.collect(), stroke));
    }
    for racer in 0..8_u8 {
        let trail: Vec<_> = (0..200_u16)
            .map(|i| {
                let t = f32::from(i) / 199.0;
                let turn = Vec2::angled(9.0 * t + f32::from(racer));
                SCENE.center() + 190.0 * (1.0 - t) * turn
            })
            .collect();
        let color = Color32::from_rgb(50 + 25 * racer, 200, 255 - 20 * racer);
        painter.add(Shape::line(trail.clone(), Stroke::new(3.8, Color32::BLACK)));
        painter.add(Shape::line(trail, Stroke::new(2.2, color)));
    }
    for row in 0..30_u8 {
        let text = format!("step {row}: the loss is 3.27, the learning rate 0.0063");
        let at = pos2(440.0, 20.0 + 18.0 * f32::from(row));
        let font = FontId::proportional(13.0);
        painter.text(at, Align2::LEFT_TOP, text, font, Color32::WHITE);
    }
}

/// A rasterizer with all textures, and the tessellated frame.
fn frame() -> (Rasterizer, Vec<ClippedPrimitive>) {
    let context = Context::default();
    let rows = (0..400_u16).flat_map(|y| (0..400_u16).map(move |x| [x, y]));
    let pixels = rows.map(|at| {
        let [x, y] = at.map(|along| (along / 2).to_le_bytes()[0]);
        Color32::from_rgb(x, y, 90)
    });
    let image = ColorImage::new([400, 400], pixels.collect());
    let surface = context.load_texture("surface", image, TextureOptions::LINEAR);
    let mut rasterizer = Rasterizer::new();
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0))),
        ..RawInput::default()
    };
    let mut output = context.run_ui(input, |ui| draw(ui.painter(), &surface));
    rasterizer.update_textures(&mut output.textures_delta);
    (rasterizer, context.tessellate(output.shapes, 1.0))
}

fn paint(criterion: &mut Criterion) {
    let (rasterizer, primitives) = frame();
    criterion.bench_function("paint a frame of 800x600", |bencher| {
        bencher.iter(|| rasterizer.paint(black_box(&primitives), 1.0, SIZE, Color32::BLACK));
    });
}

criterion_group!(benches, paint);
criterion_main!(benches);
