//! The map: a surface's tones as an image, and its iso-lines.

mod landscape;
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
use crate::view::eye::{Eye, Frame, Orbit, Sight};
use landscape::Paint;
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
    /// The colours of the landscape.
    paint: Option<Arc<Paint>>,
    /// Whether the image is a whole picture, painted before.
    is_picture: bool,
    /// The landscape as it was last seen.
    landscape: Arc<KeptMesh>,
    /// The iso-lines or the landscape as they were last seen through the lens.
    enlarged: Arc<KeptMesh>,
    /// Where the trails run that were last painted over it.
    tracks: Arc<KeptTracks>,
}

/// A mesh with the sight that it was made for and whether it contains the iso-lines, to be used
/// again in the next frame.
#[derive(Default)]
struct KeptMesh(Mutex<Option<(Sight, bool, Arc<Mesh>)>>);

impl KeptMesh {
    fn of(&self, sight: Sight, with_lines: bool, make: impl FnOnce(&Sight) -> Mesh) -> Arc<Mesh> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.take();
        let known = known.filter(|(other, lines, _)| *other == sight && *lines == with_lines);
        let (_, _, mesh) = kept.insert(known.unwrap_or_else(|| {
            let mesh = Arc::new(make(&sight));
            (sight, with_lines, mesh)
        }));
        Arc::clone(mesh)
    }
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
            paint: Some(Arc::new(Paint::of(colors))),
            is_picture: false,
            landscape: Arc::default(),
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
            paint: None,
            is_picture: true,
            landscape: Arc::default(),
            enlarged: Arc::default(),
            tracks: Arc::default(),
        }
    }

    /// The same map, painted before, to be shown pixel by pixel. Its iso-lines are kept, to be drawn
    /// as lines above a picture without them.
    #[must_use]
    pub fn repainted(&self, ctx: &Context, image: ColorImage) -> Self {
        Self {
            values: Arc::clone(&self.values),
            losses: self.losses,
            lines: Arc::clone(&self.lines),
            relief: self.relief.clone(),
            ..Self::painted(ctx, self.window, image)
        }
    }

    /// The same map with the field of heights that an eye from the side sees.
    #[must_use]
    pub fn raised(self, relief: Arc<Relief>) -> Self {
        Self {
            relief: Some(relief),
            // The same map may be seen from above in the same frame.
            landscape: Arc::default(),
            enlarged: Arc::default(),
            tracks: Arc::default(),
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

    /// Paints the map; if it was made for another window, it is moved and stretched. With `vectors`,
    /// iso-lines are lines rather than part of a mesh.
    pub(super) fn paint(&self, painter: &Painter, eye: &Eye, vectors: bool) {
        self.paint_ground(painter, eye, !vectors);
        if vectors {
            self.paint_lines(painter, eye);
        }
    }

    /// Paints the map with iso-lines as a mesh, or without them.
    pub(super) fn paint_ground(&self, painter: &Painter, eye: &Eye, with_lines: bool) {
        match eye {
            Eye::Above(frame) => {
                let rect = self.paint_image(painter, frame);
                if self.is_picture {
                    return;
                }
                let (size, mesh) = &self.mesh;
                if with_lines && (rect.size() - *size).abs().max_elem() < 0.5 {
                    let mut placed = mesh.lock().unwrap_or_else(PoisonError::into_inner);
                    painter.add(Shape::mesh(placed.at(rect.min)));
                } else if with_lines {
                    self.paint_lines(painter, eye);
                }
            }
            Eye::Orbit(orbit) => self.paint_landscape(painter, orbit, with_lines, &self.landscape),
        }
    }

    /// Paints a part of the map larger than it was made for. It is kept, since the same part is
    /// mostly shown again in the next frame.
    pub(super) fn paint_enlarged(&self, painter: &Painter, eye: &Eye, vectors: bool) {
        match eye {
            _ if vectors => self.paint(painter, eye, vectors),
            Eye::Above(frame) => {
                let rect = self.paint_image(painter, frame);
                let mesh = self
                    .enlarged
                    .of(sight(painter, eye.clone()), true, |sight| {
                        let clip = eye.rect().expand(2.0);
                        self.lines.mesh_of_part(rect, clip, sight.pixels_per_point)
                    });
                painter.add(Shape::mesh(mesh));
            }
            Eye::Orbit(orbit) => self.paint_landscape(painter, orbit, true, &self.enlarged),
        }
    }

    fn paint_image(&self, painter: &Painter, frame: &Frame) -> Rect {
        let rect = frame.rect_of(&self.window);
        painter.image(self.texture.id(), rect, self.texels, Color32::WHITE);
        rect
    }

    fn paint_landscape(&self, painter: &Painter, orbit: &Orbit, with_lines: bool, kept: &KeptMesh) {
        let Some(paint) = &self.paint else {
            if self.is_picture {
                painter.image(self.texture.id(), orbit.rect(), self.texels, Color32::WHITE);
            }
            return;
        };
        let sight = sight(painter, Eye::Orbit(orbit.clone()));
        let mesh = kept.of(sight, with_lines, |sight| {
            let soft = 1.0 / sight.pixels_per_point;
            landscape::mesh(orbit, paint, with_lines, sight.clip, soft)
        });
        painter.add(Shape::mesh(mesh));
    }

    /// Paints the iso-lines as lines.
    fn paint_lines(&self, painter: &Painter, eye: &Eye) {
        let clip = painter.clip_rect();
        match eye {
            Eye::Above(frame) => {
                let rect = frame.rect_of(&self.window);
                painter.extend(self.lines.shapes(rect, clip));
            }
            Eye::Orbit(orbit) => painter.extend(self.lines.shapes_on(orbit, clip)),
        }
    }
}

fn sight(painter: &Painter, eye: Eye) -> Sight {
    Sight {
        eye,
        clip: painter.clip_rect(),
        pixels_per_point: painter.pixels_per_point(),
    }
}
