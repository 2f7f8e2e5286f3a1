//! The textures of triangles, and how they are sampled.

use std::collections::HashMap;

use egui::epaint::ImageDelta;
use egui::{
    ColorImage, ImageData, Pos2, TextureFilter, TextureId, TextureOptions, TextureWrapMode,
    TexturesDelta,
};

use super::lanes::{Lanes, Packed};

/// All textures that egui has set and not yet freed.
#[derive(Debug, Default)]
pub(super) struct Textures {
    by_id: HashMap<TextureId, Texture>,
    /// Textures freed by egui that may still be shown in the frame that freed them.
    freed: Vec<TextureId>,
}

impl Textures {
    /// The texture with this identifier.
    pub fn get(&self, id: TextureId) -> Option<&Texture> {
        self.by_id.get(&id)
    }

    /// Applies egui's changes, and leaves `delta` empty.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.by_id.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.change(id, change);
            }
        }
        self.freed.extend(delta.free.drain());
    }

    /// Sets a texture or a part of it. The part of a patch that does not fit is cut off.
    fn change(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(patch) = change.image;
        let options = change.options;
        match change.pos {
            None if patch.size.contains(&0) => {
                self.by_id.remove(&id);
            }
            None => {
                let texture = Texture {
                    size: patch.size,
                    texels: patch.pixels.iter().map(|&color| color.into()).collect(),
                    options,
                };
                self.by_id.insert(id, texture);
            }
            Some(corner) => {
                if let Some(texture) = self.by_id.get_mut(&id) {
                    texture.options = options;
                    texture.insert(&patch, corner);
                }
            }
        }
    }
}

/// An image with its filtering options. Points on it are in texels.
#[derive(Debug)]
pub(super) struct Texture {
    /// The width and height in texels, neither of them 0.
    pub size: [usize; 2],
    pub options: TextureOptions,
    texels: Vec<Packed>,
}

impl Texture {
    /// Replaces a part of the image with `patch`, whose upper left corner is placed at `left`,
    /// `top`.
    fn insert(&mut self, patch: &ColorImage, [left, top]: [usize; 2]) {
        let rows = self.texels.chunks_exact_mut(self.size[0]).skip(top);
        let patch_rows = patch.pixels.chunks_exact(patch.width().max(1));
        for (row, new) in rows.zip(patch_rows) {
            for (texel, &color) in row.iter_mut().skip(left).zip(new) {
                *texel = color.into();
            }
        }
    }

    /// The colour of a triangle whose corners all have the same texture point.
    pub fn at(&self, uv: Pos2) -> Lanes {
        let [width, height] = self.size.map(real);
        let filter = self.options.magnification;
        let (u, v) = (f64::from(uv.x) * width, f64::from(uv.y) * height);
        match filter {
            TextureFilter::Linear => self.mixed(fixed(u - HALF_TEXEL), fixed(v - HALF_TEXEL)),
            TextureFilter::Nearest => self.nearest(fixed(u), fixed(v)),
        }
    }

    /// The texel that contains a point.
    #[inline]
    pub fn nearest(&self, u: i64, v: i64) -> Lanes {
        let [width, height] = self.size;
        self.texel(self.wrapped(u >> 32, width), self.wrapped(v >> 32, height))
    }

    /// The four texels whose centres surround a point, interpolated by distance. The point is
    /// relative to the centre of the first texel.
    #[inline]
    pub fn mixed(&self, u: i64, v: i64) -> Lanes {
        let [width, height] = self.size;
        let (x, y) = (u >> 32, v >> 32);
        let (left, right) = (self.wrapped(x, width), self.wrapped(x + 1, width));
        let (top, bottom) = (self.wrapped(y, height), self.wrapped(y + 1, height));
        let (across, down) = (weight(u), weight(v));
        let upper = self.texel(left, top).mixed(self.texel(right, top), across);
        let lower = self
            .texel(left, bottom)
            .mixed(self.texel(right, bottom), across);
        upper.mixed(lower, down)
    }

    /// A run of texels in a row, if the row is long enough.
    #[inline]
    pub fn row(&self, [x, y]: [usize; 2], length: usize) -> Option<&[Packed]> {
        let [width, height] = self.size;
        if y >= height || x.saturating_add(length) > width {
            return None;
        }
        let start = y * width + x;
        self.texels.get(start..start + length)
    }

    /// One texel.
    #[inline]
    pub fn texel(&self, x: usize, y: usize) -> Lanes {
        let index = y * self.size[0] + x;
        self.texels
            .get(index)
            .map_or(Lanes::CLEAR, |&texel| Lanes::unpack(texel))
    }

    /// The index of the texel that stands in for one beyond the border.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        reason = "sizes of pictures in memory fit an i64, and the result is in 0..size"
    )]
    pub fn wrapped(&self, index: i64, size: usize) -> usize {
        let size = size as i64;
        let index = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => index.clamp(0, size - 1),
            TextureWrapMode::Repeat => index.rem_euclid(size),
            TextureWrapMode::MirroredRepeat => {
                let index = index.rem_euclid(2 * size);
                index.min(2 * size - 1 - index)
            }
        };
        index as usize
    }
}

/// The offset from a texel's corner to its centre, less half of the finest weight: a point within
/// 1/512 of a centre shows that texel alone, so that text on whole pixels stays crisp.
pub(super) const HALF_TEXEL: f64 = 0.5 - TOLERANCE;
pub(super) const TOLERANCE: f64 = 1.0 / 512.0;

/// Converts to fixed point with 32 fractional bits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
pub(super) fn fixed(value: f64) -> i64 {
    (value * 4_294_967_296.0) as i64
}

/// The first 8 fractional bits.
#[inline]
#[expect(clippy::cast_sign_loss, reason = "only bits after the point are kept")]
pub(super) fn weight(fixed: i64) -> u64 {
    (fixed >> 24) as u64 & 0xff
}

/// A number of texels.
#[inline]
#[expect(
    clippy::cast_precision_loss,
    reason = "no picture has 2^52 texels in a row"
)]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
