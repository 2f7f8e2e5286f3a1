//! A prediction as a texture.

use std::sync::Arc;

use egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use super::mosaic;
use crate::sampling::learned::{Learned, Outlook, Palette, Prediction, Sight, borders};

/// What a network has learned by a moment, ready to be drawn.
#[derive(Clone)]
pub struct Painted {
    pub(super) learned: Arc<Learned>,
    /// The borders between classes, in fractions of the window.
    pub(super) borders: Arc<[[[f32; 2]; 2]]>,
    /// The colours of the window, or the rows that are pictures, side by side.
    pub(super) texture: Option<(TextureHandle, Arc<ColorImage>)>,
}

impl std::fmt::Debug for Painted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Painted")
            .field("borders", &self.borders.len())
            .finish_non_exhaustive()
    }
}

impl Painted {
    /// Paints what has been learned. The texture of `before` is used again.
    #[must_use]
    pub fn new(
        ctx: &Context,
        outlook: &Outlook,
        learned: &Arc<Learned>,
        palette: &Palette,
        before: Option<Self>,
    ) -> Self {
        let image = image(outlook, learned, palette).map(Arc::new);
        let options = match outlook.sight() {
            Sight::Pictures(_) => TextureOptions::NEAREST,
            Sight::Plane(_) | Sight::Line => TextureOptions::LINEAR,
        };
        let used = before.and_then(|before| before.texture);
        let texture = image.map(|image| match used {
            Some((mut texture, known)) => {
                if known != image {
                    texture.set(Arc::clone(&image), options);
                }
                (texture, image)
            }
            None => {
                let texture = ctx.load_texture("prediction", Arc::clone(&image), options);
                (texture, image)
            }
        });
        let borders = match &learned.prediction {
            Prediction::Regions(field) => borders(field).into(),
            _ => Arc::default(),
        };
        Self {
            learned: Arc::clone(learned),
            borders,
            texture,
        }
    }

    /// The same in other colours.
    #[must_use]
    pub fn with_palette(&self, ctx: &Context, outlook: &Outlook, palette: &Palette) -> Self {
        Self::new(ctx, outlook, &self.learned, palette, Some(self.clone()))
    }

    /// What has been learned.
    #[must_use]
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// The colours, with the identifier by which shapes refer to them.
    #[must_use]
    pub fn image(&self) -> Option<(TextureId, &ColorImage)> {
        let (texture, image) = self.texture.as_ref()?;
        Some((texture.id(), image))
    }
}

fn image(outlook: &Outlook, learned: &Learned, palette: &Palette) -> Option<ColorImage> {
    let (field, pixels) = match &learned.prediction {
        Prediction::Regions(field) => (field, palette.paint_regions(field)),
        Prediction::Heat(field) => (field, palette.paint_numbers(field, outlook)),
        Prediction::Curve(_) => return None,
        Prediction::Rows => return mosaic::image(outlook),
    };
    let pixels = pixels.into_iter();
    let pixels = pixels.map(|[red, green, blue]| Color32::from_rgb(red, green, blue));
    let size = [field.columns(), field.rows()];
    Some(ColorImage::new(size, pixels.collect()))
}
