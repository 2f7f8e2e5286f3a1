//! The painted surface, repainted only when its appearance changes.

use std::sync::Arc;

use egui::{Context, Vec2};

use crate::plane::Window;
use crate::sampling::{Grid, Sampled, Tone, nodes};
use crate::surface::Surface;
use crate::view::Colors;
use crate::view::scene::Map;

/// The time in seconds that the tones take to adapt after a zoom.
const EASE: f64 = 0.15;

/// The most rows of data evaluated for a map, which takes about 30 ms, so that it keeps up with
/// dragging.
const BUDGET: f64 = 4e6;

/// The painted surface of one scene.
#[derive(Debug, Default)]
pub struct MapCache {
    made: Option<Made>,
}

#[derive(Debug)]
struct Made {
    key: Key,
    sampled: Sampled,
    map: Map,
    /// The tones at the start of a transition and the time when it started.
    easing: Option<(Tone, f64)>,
    target: Tone,
}

#[derive(Clone, Debug)]
struct Key {
    surface: Arc<dyn Surface>,
    window: Window,
    size: Vec2,
    dark: bool,
    pixels_per_point: f32,
}

impl Key {
    /// Returns whether the grid of values is the same.
    fn same_values(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.surface, &other.surface)
            && self.window == other.window
            && self.size == other.size
    }

    fn same_picture(&self, other: &Self) -> bool {
        self.same_values(other)
            && self.dark == other.dark
            && self.pixels_per_point.to_bits() == other.pixels_per_point.to_bits()
    }
}

impl MapCache {
    /// Returns the map of a surface in a window, for a picture of `size` points. With `ease`, the
    /// tones adapt gradually to a change of the window.
    pub fn map(
        &mut self,
        ctx: &Context,
        surface: &Arc<dyn Surface>,
        window: Window,
        size: Vec2,
        ease: bool,
    ) -> Map {
        let colors = Colors::current(ctx);
        let key = Key {
            surface: Arc::clone(surface),
            window,
            size,
            dark: colors.dark,
            pixels_per_point: ctx.pixels_per_point(),
        };
        let now = ctx.input(|input| input.time);
        let made = match self.made.take() {
            Some(made) if made.key.same_picture(&key) => made.settle(ctx, &colors, now),
            Some(made) if made.key.same_values(&key) => Made {
                map: Map::new(ctx, &made.sampled, &colors, size),
                key,
                ..made
            },
            before => Made::new(ctx, key, &colors, now, before.filter(|_| ease)),
        };
        let map = made.map.clone();
        self.made = Some(made);
        map
    }
}

impl Made {
    fn new(ctx: &Context, key: Key, colors: &Colors, now: f64, before: Option<Self>) -> Self {
        let size = key.size;
        let points = [f64::from(size.x), f64::from(size.y)];
        let [columns, rows] = nodes(&*key.surface, points, BUDGET);
        let grid = Grid::sample(&*key.surface, key.window, columns, rows);
        let target = Tone::of(&grid);
        let seen = before
            .filter(|before| Arc::ptr_eq(&before.key.surface, &key.surface))
            .map(|before| *before.sampled.tone());
        let pixels = [f64::from(size.x), f64::from(size.y)];
        let tone = seen.unwrap_or(target);
        let sampled = Sampled::with_tone(grid, tone, pixels);
        Self {
            map: Map::new(ctx, &sampled, colors, size),
            key,
            sampled,
            easing: (tone != target).then(|| {
                ctx.request_repaint();
                (tone, now)
            }),
            target,
        }
    }

    /// Advances the transition of the tones.
    fn settle(mut self, ctx: &Context, colors: &Colors, now: f64) -> Self {
        if let Some((from, since)) = self.easing {
            let fraction = ((now - since) / EASE).clamp(0.0, 1.0);
            self.sampled
                .set_tone(Tone::eased(&from, &self.target, fraction));
            self.map = Map::new(ctx, &self.sampled, colors, self.key.size);
            if fraction < 1.0 {
                ctx.request_repaint();
            } else {
                self.easing = None;
            }
        }
        self
    }
}
