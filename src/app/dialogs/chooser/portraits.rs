//! The thumbnails of the chooser, computed one in a frame.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureOptions};

use crate::analysis::Portrait;
use crate::optimizer::OptimizerChoice;
use crate::plane::Window;
use crate::sampling::{Sampled, corner_texels};
use crate::surface::{Surface, SurfaceChoice};
use crate::view::Colors;

/// The nodes on a side of a thumbnail's ground.
const NODES: usize = 84;

/// The thumbnails on one surface.
pub struct Portraits {
    /// The surface.
    pub choice: SurfaceChoice,
    surface: Arc<dyn Surface>,
    ground: Option<(bool, TextureHandle)>,
    found: HashMap<String, Option<Portrait>>,
}

impl std::fmt::Debug for Portraits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Portraits({})", self.choice.about().name)
    }
}

impl Portraits {
    /// Begins with none.
    pub fn on(choice: SurfaceChoice) -> Self {
        Self {
            surface: choice.open(),
            choice,
            ground: None,
            found: HashMap::new(),
        }
    }

    /// Returns the window of the surface.
    pub fn window(&self) -> Window {
        self.surface.window()
    }

    /// Returns the lowest points of the surface.
    pub fn minima(&self) -> Vec<[f64; 2]> {
        let minima = self.choice.about().minima.iter();
        minima.filter(|it| it.global).map(|it| it.at).collect()
    }

    /// Returns the painted surface.
    pub fn ground(&mut self, ctx: &Context, colors: &Colors) -> (egui::TextureId, Rect) {
        let texture = match &self.ground {
            Some((dark, texture)) if *dark == colors.dark => texture.id(),
            _ => {
                let texture = self.paint(ctx, colors);
                let id = texture.id();
                self.ground = Some((colors.dark, texture));
                id
            }
        };
        let [from, to] = corner_texels(NODES, NODES);
        (texture, Rect::from_min_max(from.into(), to.into()))
    }

    fn paint(&self, ctx: &Context, colors: &Colors) -> TextureHandle {
        let window = self.surface.window();
        let sampled = Sampled::new(&*self.surface, window, [NODES; 2], [84.0; 2]);
        let pixels = sampled.paint(&colors.colour_map()).into_iter();
        let pixels = pixels.map(|[red, green, blue, opacity]| {
            Color32::from_rgba_unmultiplied(red, green, blue, opacity)
        });
        let image = ColorImage::new([NODES; 2], pixels.collect());
        ctx.load_texture("thumbnails", image, TextureOptions::LINEAR)
    }

    /// Returns the portrait of a rule, if it is known; computes it if `may_compute` says that there is
    /// time for one more in this frame.
    pub fn get(
        &mut self,
        name: &str,
        optimizer: &OptimizerChoice,
        may_compute: &mut bool,
    ) -> Option<&Portrait> {
        if *may_compute && !self.found.contains_key(name) {
            *may_compute = false;
            let portrait = Portrait::of(&self.surface, self.start(), optimizer);
            self.found.insert(name.to_owned(), portrait);
        }
        self.found.get(name)?.as_ref()
    }

    /// Returns whether the portrait of a rule is known, or known to be impossible.
    pub fn knows(&self, name: &str) -> bool {
        self.found.contains_key(name)
    }

    /// Returns whether there is a portrait of a rule.
    pub fn can_paint(&self, name: &str) -> bool {
        self.found.get(name).is_some_and(Option::is_some)
    }

    /// A start at the upper left, which is beside the ridge of a saddle and not on it.
    fn start(&self) -> [f64; 2] {
        let window = self.surface.window();
        [
            window.x[0] + 0.14 * window.width(),
            window.y[0] + 0.74 * window.height(),
        ]
    }
}
