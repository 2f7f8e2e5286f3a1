//! A texture mapped onto a region, and the traversal of its texels.

use egui::{Pos2, TextureFilter};

use super::canvas::lay_patchy;
use super::lanes::{Lanes, Packed};
use super::region::{Frame, Plane};
use super::texture::{HALF_TEXEL, TOLERANCE, Texture, fixed, real, weight};

/// A texture mapped onto a region.
pub(super) struct Covering<'a> {
    texture: &'a Texture,
    /// Texture coordinates in texels.
    u: Plane,
    v: Plane,
    filter: TextureFilter,
}

impl<'a> Covering<'a> {
    /// Maps the texture so that its points `uv` (0 to 1) fall on the corners of the frame.
    pub fn new(texture: &'a Texture, frame: &Frame, uv: [Pos2; 3]) -> Self {
        let [width, height] = texture.size.map(real);
        let u = frame.plane(uv.map(|uv| f64::from(uv.x) * width));
        let v = frame.plane(uv.map(|uv| f64::from(uv.y) * height));
        let across = u.dx * u.dx + v.dx * v.dx;
        let down = u.dy * u.dy + v.dy * v.dy;
        let filter = if across.max(down) <= 1.0 {
            texture.options.magnification
        } else {
            texture.options.minification
        };
        Self {
            texture,
            u,
            v,
            filter,
        }
    }

    /// Paints the pixels of `span`, which starts at (`row`, `column`), in the texture's colours as
    /// modified by `tint`, which is called once per pixel from left to right.
    #[inline]
    pub fn paint(
        &self,
        span: &mut [Packed],
        (row, column): (i32, i32),
        mut tint: impl FnMut(Lanes) -> Lanes,
    ) {
        let (u, v) = (self.u.at(row, column), self.v.at(row, column));
        if let Some(texels) = self.aligned(u, v, span.len()) {
            let mut texels = texels.iter();
            lay_patchy(span, || {
                let texel = texels.next().copied().map_or(Lanes::CLEAR, Lanes::unpack);
                tint(texel)
            });
            return;
        }
        let texture = self.texture;
        let (du, dv) = (fixed(self.u.dx), fixed(self.v.dx));
        match self.filter {
            TextureFilter::Linear if dv == 0 => {
                let mut row = LevelRow::new(texture, fixed(u - HALF_TEXEL), fixed(v - HALF_TEXEL));
                lay_patchy(span, || tint(row.step(du)));
            }
            TextureFilter::Linear => {
                let mut walk = Walk::new(u - HALF_TEXEL, v - HALF_TEXEL, du, dv);
                lay_patchy(span, || {
                    let (u, v) = walk.step();
                    tint(texture.mixed(u, v))
                });
            }
            TextureFilter::Nearest => {
                let mut walk = Walk::new(u, v, du, dv);
                lay_patchy(span, || {
                    let (u, v) = walk.step();
                    tint(texture.nearest(u, v))
                });
            }
        }
    }

    /// The texels of a span if pixels and texels correspond one to one, as they do in text.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the casts saturate, and are followed by checked look-ups"
    )]
    fn aligned(&self, u: f64, v: f64, length: usize) -> Option<&'a [Packed]> {
        let drift = (self.u.dx - 1.0).abs().max(self.v.dx.abs()) * real(length);
        let (x, y) = (u as usize, v as usize);
        let off_centre = (u - real(x) - 0.5).abs().max((v - real(y) - 0.5).abs());
        if drift + off_centre >= TOLERANCE {
            return None;
        }
        self.texture.row([x, y], length)
    }
}

/// A traversal of a texture along its rows, as in any picture that is shown upright: neighbouring
/// pixels then share most of the lookups and interpolation.
struct LevelRow<'a> {
    texture: &'a Texture,
    upper: usize,
    lower: usize,
    down: u64,
    u: i64,
    /// The column of texels to the left of `u`, and the colours of this column and the next.
    column: i64,
    left: Lanes,
    right: Lanes,
}

impl<'a> LevelRow<'a> {
    #[inline]
    fn new(texture: &'a Texture, u: i64, v: i64) -> Self {
        let height = texture.size[1];
        let (y, column) = (v >> 32, u >> 32);
        let mut row = Self {
            texture,
            upper: texture.wrapped(y, height),
            lower: texture.wrapped(y + 1, height),
            down: weight(v),
            u,
            column,
            left: Lanes::CLEAR,
            right: Lanes::CLEAR,
        };
        row.left = row.show(column);
        row.right = row.show(column + 1);
        row
    }

    /// The colour of a column of texels, interpolated at the current height.
    #[inline]
    fn show(&self, column: i64) -> Lanes {
        let x = self.texture.wrapped(column, self.texture.size[0]);
        let upper = self.texture.texel(x, self.upper);
        upper.mixed(self.texture.texel(x, self.lower), self.down)
    }

    /// Returns the current colour and advances by `du`.
    #[inline]
    fn step(&mut self, du: i64) -> Lanes {
        let column = self.u >> 32;
        if column != self.column {
            self.left = if column == self.column + 1 {
                self.right
            } else {
                self.show(column)
            };
            self.right = self.show(column + 1);
            self.column = column;
        }
        let color = self.left.mixed(self.right, weight(self.u));
        self.u = self.u.wrapping_add(du);
        color
    }
}

/// A straight path across a texture, in texels with 32 fractional bits.
struct Walk {
    u: i64,
    v: i64,
    du: i64,
    dv: i64,
}

impl Walk {
    #[inline]
    fn new(u: f64, v: f64, du: i64, dv: i64) -> Self {
        let (u, v) = (fixed(u), fixed(v));
        Self { u, v, du, dv }
    }

    /// Returns the current position and advances by one pixel.
    #[inline]
    fn step(&mut self) -> (i64, i64) {
        let here = (self.u, self.v);
        self.u = self.u.wrapping_add(self.du);
        self.v = self.v.wrapping_add(self.dv);
        here
    }
}
