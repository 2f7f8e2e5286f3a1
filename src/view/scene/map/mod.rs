//! The map: a surface's tones as an image, and its iso-lines.

mod lines;

use std::sync::{Arc, Mutex, PoisonError};

use egui::epaint::Mesh;
use egui::{
    Color32, ColorImage, Context, Painter, Pos2, Rect, Shape, TextureHandle, TextureId,
    TextureOptions, Vec2, pos2,
};

use super::placement::KeptTracks;
use super::values::{self, Value};
use crate::plane::Window;
use crate::sampling::{Relief, Sampled, corner_texels};
use crate::view::Colors;
use crate::view::eye::Eye;
use lines::Lines;

/// A sampled surface, ready to be painted.
#[derive(Clone)]
pub struct Map {
    window: Window,
    texture: TextureHandle,
    image: Arc<ColorImage>,
    texels: Rect,
    lines: Arc<Lines>,
    /// The losses that can be written beside iso-lines.
    values: Arc<[Value]>,
    /// The lowest and the highest loss, if they are known.
    losses: Option<[f64; 2]>,
    /// The iso-lines, tessellated once for an image of this size.
    mesh: (Vec2, Arc<Mutex<Placed>>),
    /// The field of heights, if the surface is to be seen in three dimensions.
    relief: Option<Arc<Relief>>,
    /// The iso-lines as they were last seen through the lens.
    enlarged: Arc<Mutex<Option<Enlarged>>>,
    /// Where the trails run that were last painted over it.
    tracks: Arc<KeptTracks>,
}

/// A mesh, and the eye that it was made for.
type Enlarged = (Eye, Arc<Mesh>);

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
        let lines = Lines::of(sampled, colors);
        let mesh = Placed {
            corner: Pos2::ZERO,
            mesh: Arc::new(lines.mesh(size, ctx.pixels_per_point())),
        };
        Self {
            window: grid.window(),
            texture,
            image,
            texels: Rect::from_min_max(from.into(), to.into()),
            lines: Arc::new(lines),
            values: values::of(sampled, size).into(),
            losses: Some([sampled.tone().minimum(), sampled.tone().maximum()]),
            mesh: (size, Arc::new(Mutex::new(mesh))),
            relief: None,
            enlarged: Arc::default(),
            tracks: Arc::default(),
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
            values: Arc::default(),
            losses: None,
            mesh: (Vec2::ZERO, Arc::default()),
            relief: None,
            enlarged: Arc::default(),
            tracks: Arc::default(),
        }
    }

    /// The same map, painted before, to be shown pixel by pixel.
    #[must_use]
    pub fn repainted(&self, ctx: &Context, image: ColorImage) -> Self {
        Self {
            values: Arc::clone(&self.values),
            losses: self.losses,
            ..Self::painted(ctx, self.window, image)
        }
    }

    /// The same map with the field of heights that an eye from the side sees.
    #[must_use]
    pub fn raised(self, relief: Arc<Relief>) -> Self {
        Self {
            relief: Some(relief),
            ..self
        }
    }

    /// The field of heights, if there is one.
    #[must_use]
    pub fn relief(&self) -> Option<&Arc<Relief>> {
        self.relief.as_ref()
    }

    /// The tracks of the trails over the map.
    pub(super) fn tracks(&self) -> &KeptTracks {
        &self.tracks
    }

    /// The losses of iso-lines and their places.
    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    /// The lowest and the highest loss in the window, if they are known.
    pub(super) fn losses(&self) -> Option<[f64; 2]> {
        self.losses
    }

    /// The image of the tones, with the identifier by which shapes refer to it.
    #[must_use]
    pub fn image(&self) -> (TextureId, &ColorImage) {
        (self.texture.id(), &self.image)
    }

    /// Paints the map; if it was made for another window, it is moved and stretched.
    pub(super) fn paint(&self, painter: &Painter, eye: &Eye, vectors: bool) {
        let Eye::Above(frame) = eye else {
            return;
        };
        let rect = frame.rect_of(&self.window);
        painter.image(self.texture.id(), rect, self.texels, Color32::WHITE);
        let (size, mesh) = &self.mesh;
        if !vectors && (rect.size() - *size).abs().max_elem() < 0.5 {
            let mut placed = mesh.lock().unwrap_or_else(PoisonError::into_inner);
            painter.add(Shape::mesh(placed.at(rect.min)));
        } else {
            painter.extend(self.lines.shapes(rect, painter.clip_rect()));
        }
    }

    /// Paints a part of the map larger than it was made for. It is kept, since the same part is
    /// mostly shown again in the next frame.
    pub(super) fn paint_enlarged(&self, painter: &Painter, eye: &Eye, vectors: bool) {
        if vectors {
            return self.paint(painter, eye, vectors);
        }
        let Eye::Above(frame) = eye else {
            return;
        };
        let rect = frame.rect_of(&self.window);
        painter.image(self.texture.id(), rect, self.texels, Color32::WHITE);
        let mut kept = self.enlarged.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.take().filter(|(other, _)| other == eye);
        let (_, mesh) = kept.insert(known.unwrap_or_else(|| {
            let clip = eye.rect().expand(2.0);
            let points = painter.pixels_per_point();
            let mesh = self.lines.mesh_of_part(rect, clip, points);
            (eye.clone(), Arc::new(mesh))
        }));
        painter.add(Shape::mesh(Arc::clone(mesh)));
    }
}
