//! The painted surface, repainted only when its appearance changes.

use std::sync::Arc;

use egui::{Context, Vec2};

use crate::app::ports::clock;
use crate::app::worker::{Background, Report};
use crate::engine::sample;
use crate::plane::Window;
use crate::sampling::{Grid, GroundMap, Heights, Relief, Sampled, Tone, coarse_nodes, nodes};
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

/// The cells along the longer side of a landscape that is not enlarged.
const CELLS: usize = 200;

/// A part of a surface, as it is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The surface.
    pub surface: &'a Arc<dyn Surface>,
    /// The part of the plane.
    pub window: Window,
    /// The size of the picture in points.
    pub size: Vec2,
    /// How it rises to a landscape; `None` if it is only seen from above.
    pub rise: Option<Rise>,
}

/// How a surface rises to a landscape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rise {
    /// The scale of the heights.
    pub heights: Heights,
    /// The loss of the global minimum, if it is known.
    pub lowest: Option<f64>,
    /// The magnification.
    pub zoom: f64,
}

impl Rise {
    /// How many times as fine as usual a landscape is sampled that is enlarged so much. It is
    /// enlarged further than that, so that few of the cells are seen: a frame takes as long as
    /// those.
    fn detail(&self) -> u8 {
        match self.zoom {
            zoom if zoom < 3.0 => 1,
            zoom if zoom < 8.0 => 2,
            _ => 4,
        }
    }
}

/// The painted surface of one document, as contours and as a landscape. They share what they can.
///
/// A surface that is expensive to evaluate is first sampled coarsely. Until there is anything, the
/// map of the last window is shown in its place.
#[derive(Debug, Default)]
pub struct MapCache {
    /// What contours and landscape are made of, if it is not the same.
    slots: [Slot; 2],
    /// The slot that was used last.
    last: usize,
}

impl MapCache {
    /// Returns the map of a part of a surface, or that of another part until this one is sampled;
    /// `None` if there is none either. With `ease`, the tones adapt gradually to a change of the
    /// window. The field of heights of a landscape stays the same object until it changes.
    pub fn map(
        &mut self,
        ctx: &Context,
        colors: &Colors,
        part: &Part<'_>,
        ease: bool,
    ) -> Option<Map> {
        let levels = Ground::coarse_to_fine(part);
        let known = self.slots.iter().position(|slot| slot.wanted == levels);
        self.last = known.unwrap_or(usize::from(part.rise.is_some()));
        let slot = &mut self.slots[self.last];
        slot.sample(ctx, levels);
        let made = slot.made(ctx, colors, part.surface, ease)?;
        Some(match &part.rise {
            Some(rise) => made.raised(rise),
            None => made.map.clone(),
        })
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.slots.iter().any(|slot| slot.grid.is_busy())
    }

    /// Returns the fraction of the last map that is sampled, if a worker is sampling it.
    #[must_use]
    pub fn progress(&self) -> Option<f64> {
        self.slots[self.last].grid.progress()
    }

    /// Returns why a map could not be sampled, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        let mut slots = self.slots.iter_mut();
        slots.find_map(|slot| slot.grid.take_failure())
    }
}

/// A sampled part of a surface.
#[derive(Debug)]
struct Slot {
    /// What was asked for last.
    wanted: Vec<Ground>,
    grid: Background<Ground, Option<Grid>>,
    made: Option<Made>,
}

impl Default for Slot {
    fn default() -> Self {
        Self {
            wanted: Vec::new(),
            grid: Background::new("map", u64::from(IN_FRAME)),
            made: None,
        }
    }
}

impl Slot {
    /// Samples the first of these that is not known yet, or starts a worker that does.
    fn sample(&mut self, ctx: &Context, levels: Vec<Ground>) {
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
                async move |signal| sample(&work.surface, work.window, work.nodes, signal).await,
            );
            if self.grid.key() != Some(ground) {
                break;
            }
        }
        self.wanted = levels;
    }

    /// Returns what has been made of the last grid, if it is one of this surface.
    fn made(
        &mut self,
        ctx: &Context,
        colors: &Colors,
        surface: &Arc<dyn Surface>,
        ease: bool,
    ) -> Option<&mut Made> {
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
                raised: None,
                look,
                ..made
            },
            None => Made::new(ctx, ground, grid, look, colors, now, None),
        };
        Some(self.made.insert(made))
    }
}

/// What is sampled, and how finely.
#[derive(Clone, Debug)]
struct Ground {
    surface: Arc<dyn Surface>,
    window: Window,
    size: Vec2,
    /// How many times larger it may be seen.
    detail: u8,
    nodes: [usize; 2],
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.surface, &other.surface)
            && self.window == other.window
            && self.size == other.size
            && self.detail == other.detail
            && self.nodes == other.nodes
    }
}

impl Ground {
    /// Returns what is to be sampled, one after the other: one grid if it can be sampled within a
    /// frame, else coarser ones before it.
    fn coarse_to_fine(part: &Part<'_>) -> Vec<Self> {
        let surface = &**part.surface;
        let ground = |detail, nodes| Self {
            surface: Arc::clone(part.surface),
            window: part.window,
            size: part.size,
            detail,
            nodes,
        };
        let fine = |detail| {
            ground(
                detail,
                nodes(surface, points(part.size, detail), IN_FRAME.into()),
            )
        };
        let usual = fine(1);
        let finest = part.rise.map(|rise| fine(rise.detail()));
        // Large data are not sampled any finer.
        let finest = finest.filter(|finest| finest.nodes != usual.nodes);
        let mut levels = match &finest {
            Some(finest) if finest.is_cheap() => Vec::new(),
            _ if usual.is_cheap() => vec![usual],
            _ => {
                let nodes = coarse_nodes(surface, points(part.size, 1), COARSE.into());
                vec![ground(1, nodes), usual]
            }
        };
        levels.extend(finest);
        levels
    }

    /// Returns the number of evaluations.
    fn cost(&self) -> u64 {
        let [columns, rows] = self.nodes.map(|count| count as u64);
        (columns * rows).saturating_mul(self.surface.cost() as u64)
    }

    fn is_cheap(&self) -> bool {
        self.cost() <= u64::from(IN_FRAME)
    }
}

/// Returns the size of a picture of `size` if it is seen larger.
fn points(size: Vec2, detail: u8) -> [f64; 2] {
    [size.x, size.y].map(|side| f64::from(side) * f64::from(detail))
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

/// What a field of heights depends on besides the values and the tones: the scale, the lowest loss,
/// and the number of cells.
type Raising = (Heights, Option<u64>, usize);

#[derive(Debug)]
struct Made {
    ground: Ground,
    look: Look,
    sampled: Sampled,
    map: Map,
    /// The field of heights, which changes with the values and the tones only.
    relief: Option<(Raising, Arc<Relief>)>,
    /// The map with that field.
    raised: Option<Map>,
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
        let pixels = points(size, ground.detail);
        let tone = seen.unwrap_or(target);
        let sampled = Sampled::with_tone(grid.clone(), tone, pixels);
        Self {
            map: Map::new(ctx, &sampled, colors, size),
            ground: ground.clone(),
            look,
            sampled,
            relief: None,
            raised: None,
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
            (self.relief, self.raised) = (None, None);
            if fraction < 1.0 {
                ctx.request_repaint();
            } else {
                self.easing = None;
            }
        }
        self
    }

    /// Returns the map with its field of heights.
    fn raised(&mut self, rise: &Rise) -> Map {
        let cells = CELLS * usize::from(rise.detail());
        let key = (rise.heights, rise.lowest.map(f64::to_bits), cells);
        let relief = match self.relief.take().filter(|(known, _)| *known == key) {
            Some((_, relief)) => relief,
            None => {
                self.raised = None;
                let relief = Relief::of(&self.sampled, cells, rise.heights, rise.lowest);
                Arc::new(relief)
            }
        };
        self.relief = Some((key, Arc::clone(&relief)));
        let map = &self.map;
        let raised = self
            .raised
            .get_or_insert_with(|| map.clone().raised(relief));
        raised.clone()
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
        let map = shown(cache, surface, window, None);
        map.map(|map| map.image().1.size)
    }

    /// Returns the map after a frame, if there is one.
    fn shown(
        cache: &mut MapCache,
        surface: &Arc<dyn Surface>,
        window: Window,
        rise: Option<Rise>,
    ) -> Option<Map> {
        let part = Part {
            surface,
            window,
            size: SIZE,
            rise,
        };
        let mut shown = None;
        let mut output = Context::default().run_ui(RawInput::default(), |ui| {
            shown = cache.map(ui.ctx(), &Colors::dark(), &part, false);
        });
        output.textures_delta.clear();
        shown
    }

    const RISE: Rise = Rise {
        heights: Heights::Linear,
        lowest: None,
        zoom: 1.0,
    };

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
        cache.slots[cache.last]
            .made
            .as_ref()
            .unwrap()
            .sampled
            .grid()
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

    #[test]
    fn the_field_of_heights_is_kept_while_nothing_changes() {
        let mut cache = MapCache::default();
        let beale = SurfaceChoice::Beale.open();
        let window = beale.window();
        let mut relief = |rise| {
            let map = shown(&mut cache, &beale, window, Some(rise)).unwrap();
            Arc::clone(map.relief().unwrap())
        };
        let first = relief(RISE);
        assert!(Arc::ptr_eq(&first, &relief(RISE)));
        let nearer = Rise { zoom: 1.9, ..RISE };
        assert!(Arc::ptr_eq(&first, &relief(nearer)));
        let compressed = Rise {
            heights: Heights::Compressed,
            ..RISE
        };
        assert_eq!(relief(compressed).scale().heights(), Heights::Compressed);
        assert!(!Arc::ptr_eq(&first, &relief(RISE)));
    }

    #[test]
    fn contours_and_landscape_share_a_grid() {
        let mut cache = MapCache::default();
        let beale = SurfaceChoice::Beale.open();
        let window = beale.window();
        let mut both = || {
            let flat = shown(&mut cache, &beale, window, None).unwrap();
            let raised = shown(&mut cache, &beale, window, Some(RISE)).unwrap();
            assert!(flat.relief().is_none());
            (flat.image().0, raised.image().0)
        };
        let (flat, raised) = both();
        assert_eq!(flat, raised);
        assert_eq!(both(), (flat, raised), "nothing is made again");
    }

    #[test]
    fn an_enlarged_landscape_is_finer_and_leaves_the_contours_alone() {
        let mut cache = MapCache::default();
        let beale = SurfaceChoice::Beale.open();
        let window = beale.window();
        let cells = |cache: &mut MapCache, zoom| {
            let map = shown(cache, &beale, window, Some(Rise { zoom, ..RISE })).unwrap();
            map.relief().unwrap().cells()[0]
        };
        assert_eq!(cells(&mut cache, 1.0), 199);
        let flat = shown(&mut cache, &beale, window, None).unwrap();
        assert_eq!(cells(&mut cache, 3.0), 399);
        assert_eq!(cells(&mut cache, 16.0), 799);
        let again = shown(&mut cache, &beale, window, None).unwrap();
        assert_eq!(flat.image().0, again.image().0);
        assert_eq!(again.image().1.size, [200, 150]);
    }

    #[test]
    fn a_landscape_of_large_data_is_no_finer_when_it_is_enlarged() {
        let mut cache = MapCache::default();
        let surface = moons(16_000);
        let window = surface.window();
        assert_eq!(settle(&mut cache, &surface, window), Some([48, 48]));
        let near = Rise { zoom: 8.0, ..RISE };
        let map = shown(&mut cache, &surface, window, Some(near)).unwrap();
        assert_eq!(map.relief().unwrap().cells(), [47, 47]);
        assert_eq!(cache.progress(), None);
    }
}
