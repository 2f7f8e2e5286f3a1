//! The map: a surface's tones as an image, and its iso-lines.

use std::sync::{Arc, Mutex, PoisonError};

use egui::epaint::{Mesh, PathStroke, TessellationOptions, Tessellator};
use egui::{
    Color32, ColorImage, Context, Painter, Pos2, Rect, Shape, TextureHandle, TextureId,
    TextureOptions, Vec2, pos2,
};

use super::Frame;
use super::line::thinned;
use crate::plane::Window;
use crate::sampling::{Sampled, corner_texels};
use crate::view::Colors;
use crate::view::theme::Ground;

/// A sampled surface, ready to be painted.
#[derive(Clone)]
pub struct Map {
    window: Window,
    texture: TextureHandle,
    image: Arc<ColorImage>,
    texels: Rect,
    lines: Arc<[Line]>,
    /// The iso-lines, tessellated once for an image of this size.
    mesh: (Vec2, Arc<Mutex<Placed>>),
}

/// A mesh at the position where it was last painted: copying it every frame would cost more than
/// drawing it.
#[derive(Default)]
struct Placed {
    corner: Pos2,
    mesh: Arc<Mesh>,
}

impl Placed {
    fn at(&mut self, corner: Pos2) -> Arc<Mesh> {
        if corner != self.corner {
            Arc::make_mut(&mut self.mesh).translate(corner - self.corner);
            self.corner = corner;
        }
        Arc::clone(&self.mesh)
    }
}

/// A piece of an iso-line of one colour; the points are fractions of the window from the top left.
#[derive(Clone, Debug)]
struct Line {
    points: Vec<Pos2>,
    color: Color32,
    bounds: Rect,
}

impl std::fmt::Debug for Map {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Map")
            .field("window", &self.window)
            .field("lines", &self.lines.len())
            .finish_non_exhaustive()
    }
}

impl Map {
    /// Prepares a sampled surface for display at `size` points.
    #[must_use]
    pub fn new(ctx: &Context, sampled: &Sampled, colors: &Colors, size: Vec2) -> Self {
        let grid = sampled.grid();
        let pixels = sampled.paint(&colors.colour_map());
        let pixels = pixels
            .iter()
            .map(|&[red, green, blue, opacity]| {
                Color32::from_rgba_unmultiplied(red, green, blue, opacity)
            })
            .collect();
        let image = Arc::new(ColorImage::new([grid.columns(), grid.rows()], pixels));
        let texture = ctx.load_texture("surface", Arc::clone(&image), TextureOptions::LINEAR);
        let [from, to] = corner_texels(grid.columns(), grid.rows());
        let lines = lines(sampled, colors);
        let mesh = Placed {
            corner: Pos2::ZERO,
            mesh: Arc::new(tessellated(&lines, size, ctx.pixels_per_point())),
        };
        Self {
            window: grid.window(),
            texture,
            image,
            texels: Rect::from_min_max(from.into(), to.into()),
            lines: lines.into(),
            mesh: (size, Arc::new(Mutex::new(mesh))),
        }
    }

    /// A map that was painted before, to be shown pixel by pixel.
    #[must_use]
    pub fn painted(ctx: &Context, window: Window, image: ColorImage) -> Self {
        let image = Arc::new(image);
        let texture = ctx.load_texture("ground", Arc::clone(&image), TextureOptions::NEAREST);
        Self {
            window,
            texture,
            image,
            texels: Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)),
            lines: Arc::default(),
            mesh: (Vec2::ZERO, Arc::default()),
        }
    }

    /// The image of the tones, with the identifier by which shapes refer to it.
    #[must_use]
    pub fn image(&self) -> (TextureId, &ColorImage) {
        (self.texture.id(), &self.image)
    }

    /// Paints the map; if it was made for another window, it is moved and stretched.
    pub(super) fn paint(&self, painter: &Painter, frame: &Frame, vectors: bool) {
        let rect = frame.rect_of(&self.window);
        painter.image(self.texture.id(), rect, self.texels, Color32::WHITE);
        let (size, mesh) = &self.mesh;
        if !vectors && (rect.size() - *size).abs().max_elem() < 0.5 {
            let mut placed = mesh.lock().unwrap_or_else(PoisonError::into_inner);
            painter.add(Shape::mesh(placed.at(rect.min)));
        } else {
            painter.extend(self.shapes(rect, painter.clip_rect()));
        }
    }

    fn shapes(&self, rect: Rect, clip: Rect) -> impl Iterator<Item = Shape> {
        let seen = move |line: &&Line| placed_rect(line.bounds, rect).intersects(clip);
        self.lines
            .iter()
            .filter(seen)
            .map(move |line| line.shape(rect))
    }
}

impl Line {
    fn shape(&self, rect: Rect) -> Shape {
        let points = self.points.iter().map(|&point| placed(point, rect));
        Shape::line(points.collect(), PathStroke::new(1.0, self.color))
    }
}

fn placed(fraction: Pos2, rect: Rect) -> Pos2 {
    rect.min + fraction.to_vec2() * rect.size()
}

fn placed_rect(fractions: Rect, rect: Rect) -> Rect {
    Rect::from_min_max(placed(fractions.min, rect), placed(fractions.max, rect))
}

/// Splits each iso-line where its opacity changes, so that every piece has one colour.
fn lines(sampled: &Sampled, colors: &Colors) -> Vec<Line> {
    /// The number of levels of opacity.
    const SHADES: f32 = 6.0;
    let mut lines = Vec::new();
    for iso_line in sampled.iso_lines().lines() {
        let shade = |opacity: f32| (opacity * SHADES).round();
        let color = match colors.ground {
            Ground::Tones => colors.iso_line,
            Ground::Rainbow => rainbow(iso_line.level),
        };
        let around = usize::from(iso_line.closed);
        let points: Vec<Pos2> = iso_line
            .points
            .iter()
            .chain(iso_line.points.iter().take(around))
            .map(|&[across, up]| pos2(across, 1.0 - up))
            .collect();
        let mut from = 0;
        while from + 1 < points.len() {
            let this = shade(iso_line.opacity[from]);
            let run = iso_line.opacity[from + 1..]
                .iter()
                .take_while(|&&opacity| shade(opacity).total_cmp(&this).is_eq())
                .count();
            // The piece extends to the first point of the next one, so that there is no gap.
            let to = (from + run + 1).min(points.len() - 1);
            if this > 0.0 {
                let piece = points[from..=to].to_vec();
                lines.push(Line {
                    bounds: Rect::from_points(&piece),
                    points: piece,
                    color: color.gamma_multiply(this / SHADES),
                });
            }
            from = to;
        }
    }
    lines
}

/// From blue through cyan, yellow and red to dark red: the "jet" colour map of matplotlib at the
/// time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of 255"
)]
fn rainbow(level: f64) -> Color32 {
    let ramp = |centre: f64| {
        let share = (1.5 - (4.0 * level - centre).abs()).clamp(0.0, 1.0);
        (share * 255.0).round() as u8
    };
    Color32::from_rgb(ramp(3.0), ramp(2.0), ramp(1.0))
}

fn tessellated(lines: &[Line], size: Vec2, pixels_per_point: f32) -> Mesh {
    /// Samples are denser than bends: a point closer than this to the line between its neighbours
    /// can be dropped.
    const UNSEEN: f32 = 0.04;
    // Lines use only the white texel of the font atlas, so its size does not matter.
    let mut tessellator = Tessellator::new(
        pixels_per_point,
        TessellationOptions::default(),
        [1, 1],
        vec![],
    );
    let rect = Rect::from_min_size(Pos2::ZERO, size);
    let mut mesh = Mesh::default();
    for line in lines {
        let points: Vec<Pos2> = line.points.iter().map(|&at| placed(at, rect)).collect();
        let stroke = PathStroke::new(1.0, line.color);
        tessellator.tessellate_shape(Shape::line(thinned(&points, UNSEEN), stroke), &mut mesh);
    }
    mesh
}
