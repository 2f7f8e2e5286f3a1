//! The painted surface, repainted only when its appearance changes.

use std::sync::Arc;

use egui::{Context, Vec2};

use crate::app::ports::clock;
use crate::app::worker::{Background, Report};
use crate::engine::sample;
use crate::plane::Window;
use crate::sampling::{Grid, GroundMap, Sampled, Tone, coarse_nodes, nodes};
use crate::surface::Surface;
use crate::view::Colors;
use crate::view::scene::Map;

/// The time in seconds that the tones take to adapt after a zoom.
const EASE: f64 = 0.15;

/// The most evaluations of a formula or a row of data within a frame, which take about 10 ms: a map
/// that needs no more keeps up with dragging. Maps of larger data need more, on a worker.
const IN_FRAME: u32 = 4_000_000;

/// The evaluations for the coarse map that is shown until then.
const COARSE: u32 = 1_000_000;

/// The painted surface of one scene.
///
/// A surface that is expensive to evaluate is first sampled coarsely. Until there is anything, the
/// map of the last window is shown in its place.
#[derive(Debug)]
pub struct MapCache {
    grid: Background<Ground, Option<Grid>>,
    made: Option<Made>,
}

impl Default for MapCache {
    fn default() -> Self {
        Self {
            grid: Background::new("map", u64::from(IN_FRAME)),
            made: None,
        }
    }
}

impl MapCache {
    /// Returns the map of a surface in a window, for a picture of `size` points, or that of another
    /// window until this one is sampled; `None` if there is none either. With `ease`, the tones
    /// adapt gradually to a change of the window.
    pub fn map(
        &mut self,
        ctx: &Context,
        colors: &Colors,
        surface: &Arc<dyn Surface>,
        window: Window,
        size: Vec2,
        ease: bool,
    ) -> Option<Map> {
        self.sample(ctx, &Ground::coarse_to_fine(surface, window, size));
        let (ground, grid) = (self.grid.key()?, self.grid.get()?.as_ref()?);
        if !Arc::ptr_eq(&ground.surface, surface) {
            return None;
        }
        let look = Look::of(ctx, colors);
        let now = clock::now(ctx);
        let made = match self.made.take() {
            Some(made) if made.ground != *ground => {
                let before = ease.then_some(&made);
                Made::new(ctx, ground, grid, look, colors, now, before)
            }
            Some(made) if made.look == look => made.settle(ctx, colors, now),
            Some(made) => Made {
                map: Map::new(ctx, &made.sampled, colors, ground.size),
                look,
                ..made
            },
            None => Made::new(ctx, ground, grid, look, colors, now, None),
        };
        Some(self.made.insert(made).map.clone())
    }

    /// Samples the first of these that is not known yet, or starts a worker that does.
    fn sample(&mut self, ctx: &Context, levels: &[Ground]) {
        self.grid.collect();
        for (level, ground) in levels.iter().enumerate() {
            let as_fine = &levels[level..];
            let is_last = as_fine.len() == 1;
            if !is_last && self.grid.key().is_some_and(|known| as_fine.contains(known)) {
                continue;
            }
            let (wake, work) = (ctx.clone(), ground.clone());
            self.grid.update(
                ground.clone(),
                ground.cost(),
                move || wake.request_repaint(),
                move |signal| sample(&work.surface, work.window, work.nodes, signal),
            );
            if self.grid.key() != Some(ground) {
                return;
            }
        }
    }

    /// Returns the fraction of the map that is sampled, if a worker is sampling it.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.grid.progress()
    }

    /// Returns why the map could not be sampled, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.grid.take_failure()
    }
}

/// What is sampled, and how finely.
#[derive(Clone, Debug)]
struct Ground {
    surface: Arc<dyn Surface>,
    window: Window,
    size: Vec2,
    nodes: [usize; 2],
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.surface, &other.surface)
            && self.window == other.window
            && self.size == other.size
            && self.nodes == other.nodes
    }
}

impl Ground {
    /// Returns what is to be sampled, one after the other: one grid if it can be sampled within a
    /// frame, else a coarse one before it.
    fn coarse_to_fine(surface: &Arc<dyn Surface>, window: Window, size: Vec2) -> Vec<Self> {
        let points = [f64::from(size.x), f64::from(size.y)];
        let ground = |nodes| Self {
            surface: Arc::clone(surface),
            window,
            size,
            nodes,
        };
        let fine = ground(nodes(&**surface, points, IN_FRAME.into()));
        if fine.cost() <= u64::from(IN_FRAME) {
            return vec![fine];
        }
        let coarse = ground(coarse_nodes(&**surface, points, COARSE.into()));
        vec![coarse, fine]
    }

    /// Returns the number of evaluations.
    fn cost(&self) -> u64 {
        let [columns, rows] = self.nodes.map(|count| count as u64);
        (columns * rows).saturating_mul(self.surface.cost() as u64)
    }
}

/// What a map's appearance depends on besides its values.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    dark: bool,
    colours: GroundMap,
    pixels_per_point: f32,
}

impl Look {
    fn of(ctx: &Context, colors: &Colors) -> Self {
        Self {
            dark: colors.dark,
            colours: colors.map,
            pixels_per_point: ctx.pixels_per_point(),
        }
    }
}

#[derive(Debug)]
struct Made {
    ground: Ground,
    look: Look,
    sampled: Sampled,
    map: Map,
    /// The tones at the start of a transition and the time when it started.
    easing: Option<(Tone, f64)>,
    target: Tone,
}

impl Made {
    fn new(
        ctx: &Context,
        ground: &Ground,
        grid: &Grid,
        look: Look,
        colors: &Colors,
        now: f64,
        before: Option<&Self>,
    ) -> Self {
        let size = ground.size;
        let target = Tone::of(grid);
        let seen = before
            .filter(|before| Arc::ptr_eq(&before.ground.surface, &ground.surface))
            .map(|before| *before.sampled.tone());
        let pixels = [f64::from(size.x), f64::from(size.y)];
        let tone = seen.unwrap_or(target);
        let sampled = Sampled::with_tone(grid.clone(), tone, pixels);
        Self {
            map: Map::new(ctx, &sampled, colors, size),
            ground: ground.clone(),
            look,
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
            self.map = Map::new(ctx, &self.sampled, colors, self.ground.size);
            if fraction < 1.0 {
                ctx.request_repaint();
            } else {
                self.easing = None;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, vec2};

    use super::*;
    use crate::surface::data::Moons;
    use crate::surface::{LogisticRegression, SurfaceChoice};

    const SIZE: Vec2 = vec2(400.0, 300.0);

    fn moons(rows: usize) -> Arc<dyn Surface> {
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons {
            rows,
            ..Moons::default()
        });
        let mut moons = SurfaceChoice::LogisticRegression(model);
        moons.load(None).unwrap();
        moons.open()
    }

    /// Returns the number of columns and rows of the map after a frame, if there is a map.
    fn frame(
        cache: &mut MapCache,
        surface: &Arc<dyn Surface>,
        window: Window,
    ) -> Option<[usize; 2]> {
        let mut shown = None;
        let mut output = Context::default().run_ui(RawInput::default(), |ui| {
            let map = cache.map(ui.ctx(), &Colors::dark(), surface, window, SIZE, false);
            shown = map.map(|map| map.image().1.size);
        });
        output.textures_delta.clear();
        shown
    }

    /// Runs frames until nothing is being sampled.
    fn settle(
        cache: &mut MapCache,
        surface: &Arc<dyn Surface>,
        window: Window,
    ) -> Option<[usize; 2]> {
        loop {
            let shown = frame(cache, surface, window);
            if cache.progress().is_none() {
                return shown;
            }
            std::thread::yield_now();
        }
    }

    fn values(cache: &MapCache) -> &Grid {
        cache.made.as_ref().unwrap().sampled.grid()
    }

    #[test]
    fn a_cheap_map_is_there_in_the_first_frame() {
        let mut cache = MapCache::default();
        let beale = SurfaceChoice::Beale.open();
        assert_eq!(frame(&mut cache, &beale, beale.window()), Some([200, 150]));
        assert_eq!(cache.progress(), None);
        let wider = beale.window().zoomed(2.0, [0.0, 0.0]);
        frame(&mut cache, &beale, wider);
        assert_eq!(*values(&cache), Grid::sample(&*beale, wider, 200, 150));
    }

    #[test]
    fn an_expensive_map_is_sampled_aside_coarsely_at_first() {
        let mut cache = MapCache::default();
        let surface = moons(16_000);
        let window = surface.window();
        assert_eq!(frame(&mut cache, &surface, window), None);
        assert!(cache.progress().is_some());
        let mut seen = vec![];
        while seen.last() != Some(&[48, 48]) {
            seen.extend(frame(&mut cache, &surface, window));
            seen.dedup();
            std::thread::yield_now();
        }
        assert_eq!(seen, [[16, 16], [48, 48]]);
        assert_eq!(*values(&cache), Grid::sample(&*surface, window, 48, 48));
    }

    #[test]
    fn the_old_map_stays_while_another_window_is_sampled() {
        let mut cache = MapCache::default();
        let surface = moons(16_000);
        let [first, second] = [1.0, 2.0].map(|size| surface.window().zoomed(size, [0.0, 0.0]));
        assert_eq!(settle(&mut cache, &surface, first), Some([48, 48]));
        assert_eq!(frame(&mut cache, &surface, second), Some([48, 48]));
        assert!(cache.progress().is_some());
        assert_eq!(values(&cache).window(), first);
        assert_eq!(settle(&mut cache, &surface, second), Some([48, 48]));
        assert_eq!(values(&cache).window(), second);
    }

    #[test]
    fn the_map_of_another_surface_is_not_shown() {
        let mut cache = MapCache::default();
        let beale = SurfaceChoice::Beale.open();
        frame(&mut cache, &beale, beale.window());
        let surface = moons(16_000);
        assert_eq!(frame(&mut cache, &surface, surface.window()), None);
        assert!(frame(&mut cache, &beale, beale.window()).is_some());
        assert_eq!(cache.progress(), None);
    }
}
