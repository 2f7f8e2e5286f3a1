//! The pictures of the surface in a figure: from above, and as a landscape.

use std::sync::Arc;

use egui::{Color32, ColorImage, Rect, Ui, Vec2, vec2};

use super::options::Look;
use crate::engine::{Signal, pause, sample};
use crate::export::raster::Offscreen;
use crate::plane::Window;
use crate::preset::{Pictures, Viewpoint};
use crate::sampling::{Heights, Relief, Sampled, Tone, framing, nodes};
use crate::surface::Surface;
use crate::view::Colors;
use crate::view::eye::Eye;
use crate::view::figure::Layout;
use crate::view::scene::{Map, paint_ground};

/// The number of data rows that may be evaluated for the pictures of a figure, which bounds the
/// time to about a second.
const BUDGET: f64 = 1e8;
/// The least size of a picture, in points.
const LEAST: Vec2 = vec2(16.0, 16.0);

/// The place of a picture in a figure, before anything is sampled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    rect: Rect,
    /// The eye, unless it is right above.
    viewpoint: Option<Viewpoint>,
    /// The number of nodes along x and y.
    nodes: [usize; 2],
}

/// What the pictures of a figure have in common.
pub(super) struct Subject<'a> {
    pub surface: &'a Arc<dyn Surface>,
    /// What is to be shown; it is extended to the shape of each picture.
    pub view: Window,
    /// Whether x and y may have different scales instead.
    pub stretch: bool,
    pub heights: Heights,
    /// The loss of the global minimum, if it is known.
    pub lowest: Option<f64>,
    pub colors: &'a Colors,
}

impl Place {
    /// The places of the pictures in a scene.
    pub fn all(scene: Rect, look: &Look, surface: &dyn Surface) -> Vec<Self> {
        let [left, right] = Layout::halves(scene);
        let eye = Some(look.eye);
        let places = match look.pictures {
            Pictures::Contours => vec![(scene, None)],
            Pictures::Relief => vec![(scene, eye)],
            Pictures::Both => vec![(left, None), (right, eye)],
        };
        #[expect(clippy::cast_precision_loss, reason = "one or two")]
        let budget = BUDGET / places.len() as f64;
        let place = |(rect, viewpoint): (Rect, Option<Viewpoint>)| {
            let Vec2 { x, y } = rect.size().max(LEAST);
            // A ground is about as long as it is wide, and what is enlarged is sampled more finely.
            let shown = match viewpoint.filter(|eye| !is_above(eye)) {
                None => [x, y].map(f64::from),
                Some(eye) => [f64::from(x.min(y)) * eye.zoom.clamp(1.0, 2.0); 2],
            };
            Self {
                rect,
                viewpoint,
                nodes: nodes(surface, shown, budget),
            }
        };
        places.into_iter().map(place).collect()
    }

    /// The work of sampling the surface, as signals count it.
    pub fn work(&self, surface: &dyn Surface) -> u64 {
        (self.nodes[0] * self.nodes[1]) as u64 * surface.cost() as u64
    }

    /// The width of the window relative to its height. The ground of a landscape keeps the shape of
    /// what is to be seen rather than having that of the picture: in a wide one, it would be a slab.
    fn aspect(&self, view: Window) -> f64 {
        /// The range for a landscape.
        const ASPECTS: [f64; 2] = [0.8, 1.25];
        if self.viewpoint.is_none_or(|eye| is_above(&eye)) {
            let Vec2 { x, y } = self.rect.size().max(LEAST);
            return f64::from(x / y);
        }
        (view.width() / view.height()).clamp(ASPECTS[0], ASPECTS[1])
    }

    /// The size of a picture from above of this aspect.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the screen is as exact as f32"
    )]
    fn size(&self, aspect: f64) -> Vec2 {
        let aspect = aspect as f32;
        let Vec2 { x, y } = self.rect.size().max(LEAST);
        vec2(x.min(y * aspect), y.min(x / aspect))
    }

    /// The number of cells along the longer side of a landscape: about one every three pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped before"
    )]
    fn cells(size: Vec2, zoom: f64, scale: f32) -> usize {
        let longer = f64::from(size.max_elem() * scale) * zoom;
        (longer / 3.0).clamp(200.0, 400.0) as usize
    }

    /// Samples the surface for the picture; `None` if `signal` stops it.
    pub async fn sample(
        self,
        window: &Offscreen,
        subject: &Subject<'_>,
        signal: &Signal,
    ) -> Option<Ground> {
        let &Subject {
            surface, colors, ..
        } = subject;
        let aspect = self.aspect(subject.view);
        let view = framing::shaped(subject.view, aspect, subject.stretch);
        let size = self.size(aspect);
        let shown = [size.x, size.y].map(f64::from);
        let grid = sample(surface, view, self.nodes, &signal.aside()).await?;
        signal.advance(self.work(&**surface));
        let tone = Tone::of(&grid);
        let sampled = Sampled::with_tone(grid, tone, shown);
        pause().await;
        let mut map = Map::new(window.context(), &sampled, colors, size);
        pause().await;
        let mut stand = None;
        if let Some(viewpoint) = self.viewpoint {
            let cells = Self::cells(size, viewpoint.zoom, window.pixels_per_point());
            let relief = Relief::of(&sampled, cells, subject.heights, subject.lowest);
            let relief = Arc::new(relief);
            map = map.raised(Arc::clone(&relief));
            stand = Some((relief, viewpoint));
        }
        Some(Ground {
            rect: self.rect,
            view,
            map,
            stand,
            painted: None,
        })
    }
}

/// Whether an eye sees the picture of the contours.
fn is_above(eye: &Viewpoint) -> bool {
    let above = Viewpoint {
        projection: eye.projection,
        ..Viewpoint::ABOVE
    };
    *eye == above
}

/// A picture of the surface in a figure.
pub(super) struct Ground {
    rect: Rect,
    view: Window,
    /// The map with its tones and iso-lines, and its heights if it is a landscape.
    map: Map,
    /// The field of heights of a landscape, and where its eye stands.
    stand: Option<(Arc<Relief>, Viewpoint)>,
    /// The map as it was painted for the first picture, to be reused by all others.
    painted: Option<Map>,
}

impl Ground {
    /// The eye after it has turned by some degrees.
    pub fn eye(&self, turn: Option<f64>) -> Eye {
        let Some((relief, viewpoint)) = &self.stand else {
            return Eye::above(self.view, self.rect);
        };
        let viewpoint = viewpoint.turned(turn.unwrap_or(0.0), 0.0);
        Eye::orbit(relief, &viewpoint, self.rect)
    }

    /// The map for a picture of a clip. It is painted once, if possible, to be copied pixel by pixel
    /// into every picture: tones, heights and iso-lines are most of the work, and never change unless
    /// the eye turns.
    pub async fn map(&mut self, window: &mut Offscreen, colors: &Colors, turn: Option<f64>) -> Map {
        if turn.is_some() && self.stand.is_some() {
            return self.map.clone();
        }
        if self.painted.is_none() {
            self.painted = self.paint(window, colors).await;
        }
        self.painted.as_ref().unwrap_or(&self.map).clone()
    }

    async fn paint(&self, window: &mut Offscreen, colors: &Colors) -> Option<Map> {
        let pixels = self.rect * window.pixels_per_point();
        let region = pixels.round();
        if !region.is_positive()
            || (region.min - pixels.min).length() > 0.01
            || (region.max - pixels.max).length() > 0.01
        {
            // A scene that does not start on a whole pixel cannot be reproduced exactly.
            return None;
        }
        let eye = self.eye(None);
        let paint = |ui: &mut Ui| paint_ground(ui.painter(), &self.map, colors, &eye, true);
        let ground = window.picture_in_slices(Color32::TRANSPARENT, paint).await;
        Some(self.map.repainted(window.context(), cut(&ground, region)))
    }

    /// The map itself, for a picture that is more than a copy of another one.
    pub fn bare(&self) -> Map {
        self.map.clone()
    }

    /// The map for a drawing of lines: a landscape is a picture in it, under its iso-lines.
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    pub async fn drawn(&self, window: &mut Offscreen, colors: &Colors, turn: Option<f64>) -> Map {
        /// The number of pixels per point, unless a side would have more than this.
        const SHARPNESS: f32 = 2.0;
        const MOST: f32 = 8192.0;
        let eye = self.eye(turn);
        if matches!(eye, Eye::Above(_)) || !self.rect.is_positive() {
            return self.map.clone();
        }
        let scale = window.pixels_per_point();
        let longest = window.size()[0].max(window.size()[1]) as f32 / scale;
        let sharpness = SHARPNESS.min(MOST / longest).max(scale);
        let paint = |ui: &mut Ui| paint_ground(ui.painter(), &self.map, colors, &eye, false);
        let ground = window
            .enlarged_in_slices(sharpness / scale, Color32::TRANSPARENT, paint)
            .await;
        // A pixel at least, to be stretched over what is even smaller.
        let mut region = (self.rect * sharpness).round();
        region.max = region.max.max(region.min + Vec2::splat(1.0));
        self.map.repainted(window.context(), cut(&ground, region))
    }
}

/// A part of an image, at whole pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a region inside the picture"
)]
fn cut(image: &ColorImage, region: Rect) -> ColorImage {
    let [left, right] = [region.left(), region.right()].map(|x| (x as usize).min(image.width()));
    let [top, bottom] = [region.top(), region.bottom()].map(|y| (y as usize).min(image.height()));
    let rows = image.pixels.chunks_exact(image.width().max(1));
    let pixels = rows
        .take(bottom)
        .skip(top)
        .flat_map(|row| row[left..right].to_vec())
        .collect();
    ColorImage::new([right - left, bottom - top], pixels)
}
