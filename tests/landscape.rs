//! The landscape: what the eye sees, where it points, and how the ground is drawn.

use std::sync::Arc;

use egui::{Color32, ColorImage, Pos2, Rect, pos2, vec2};
use slalom::export::raster::Offscreen;
use slalom::plane::Window;
use slalom::preset::{self, Projection, Viewpoint};
use slalom::sampling::{Grid, Heights, Relief, Sampled, Tone, framing};
use slalom::simulation::simulate;
use slalom::surface::{Surface, SurfaceChoice};
use slalom::view::eye::{Eye, Orbit};
use slalom::view::scene::{Map, paint_ground};
use slalom::view::{Colors, theme};

const RECT: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(420.0, 400.0));

/// A surface in its own window, in the shape of the picture.
fn sampled(surface: &dyn Surface) -> Sampled {
    let window = framing::shaped(surface.window(), 420.0 / 400.0, false);
    Sampled::new(surface, window, [181, 171], [420.0, 400.0])
}

fn relief_of(surface: &dyn Surface, heights: Heights) -> Arc<Relief> {
    let sampled = sampled(surface);
    Arc::new(Relief::of(&sampled, 120, heights, Some(0.0)))
}

/// Numbers in 0…1 that fill the unit cube evenly.
fn spread(index: u32) -> [f64; 3] {
    // The plastic number's cousin in three dimensions (Roberts 2018).
    [0.819_172_513_4, 0.671_043_606_7, 0.549_700_477_9]
        .map(|factor: f64| (0.5 + factor * f64::from(index)).fract())
}

/// Different viewpoints, all around and from the floor to right above.
fn viewpoints(count: u32) -> impl Iterator<Item = Viewpoint> {
    (0..count).map(|index| {
        let [turn, rise, zoom] = spread(index);
        Viewpoint {
            zoom: 0.5 + 3.0 * zoom * zoom,
            shift: [zoom - 0.5, 0.5 - turn],
            projection: if index % 3 == 0 {
                Projection::Parallel
            } else {
                Projection::Perspective
            },
            ..Viewpoint::at(360.0 * turn - 180.0, 90.0 * rise)
        }
    })
}

/// How far a place on the surface is below what hides it from the eye, by many small steps along the
/// straight line from the one to the other; negative if nothing does.
fn depth(orbit: &Orbit, [u, v]: [f64; 2]) -> f64 {
    const STEPS: u32 = 4000;
    let relief = orbit.relief();
    let spot = orbit.spot_in_box([u, v, relief.height([u, v])]);
    // The ray through the spot leads down, from the eye.
    let ray = orbit.ray_through(spot);
    let here = (0..2)
        .max_by(|&a, &b| ray.way[a].abs().total_cmp(&ray.way[b].abs()))
        .map_or(0.0, |axis| ([u, v][axis] - ray.from[axis]) / ray.way[axis]);
    let far = 3.0 / ray.way[0].hypot(ray.way[1]).max(1e-3);
    (1..=STEPS)
        .map(|step| {
            let [u, v, h] = ray.at(here - far * f64::from(step) / f64::from(STEPS));
            let height = relief.height([u, v]);
            if height.is_nan() {
                f64::NEG_INFINITY
            } else {
                height - h
            }
        })
        .fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn trails_are_faint_exactly_where_the_surface_hides_them() {
    let [mut looked, mut hidden, mut wrong] = [0_u32; 3];
    for name in ["radford-beale", "rosenbrock", "saddle"] {
        let experiment = preset::load(name).unwrap().experiment;
        let relief = relief_of(&*experiment.open_surface(), Heights::Compressed);
        let paths = simulate(&experiment);
        for viewpoint in viewpoints(200) {
            let orbit = Orbit::new(&relief, &viewpoint, RECT);
            for path in &paths {
                for step in (1..=path.last_step()).step_by(29) {
                    let points = [path.at(step - 1), path.at(step)];
                    if !orbit.window().contains(points[1]) {
                        continue;
                    }
                    let depth = depth(&orbit, orbit.in_field(points[1]));
                    // What only just appears above an edge is neither.
                    if depth.abs() < 0.01 {
                        continue;
                    }
                    let drawn = orbit.lay(points.into_iter(), 0.6);
                    let is_hidden = drawn.last().unwrap().hidden;
                    assert_eq!(orbit.hides(points[1]), depth > 0.0, "{name} {viewpoint:?}");
                    looked += 1;
                    hidden += u32::from(is_hidden);
                    wrong += u32::from(is_hidden != (depth > 0.0));
                }
            }
        }
    }
    assert!(looked > 5_000 && hidden > 500, "{looked} {hidden}");
    // A slit narrower than the cells that are looked at together.
    assert!(wrong * 500 < looked, "{wrong} of {looked}");
}

#[test]
fn what_is_picked_is_what_is_drawn_there() {
    let [mut hits, mut misses] = [0_u32; 2];
    for choice in [
        SurfaceChoice::Beale,
        SurfaceChoice::Saddle,
        SurfaceChoice::Himmelblau,
    ] {
        let surface = choice.open();
        for heights in Heights::ALL {
            let relief = relief_of(&*surface, heights);
            for (index, viewpoint) in viewpoints(120).enumerate() {
                let eye = Eye::orbit(&relief, &viewpoint, RECT);
                let Eye::Orbit(orbit) = &eye else { continue };
                let [u, v, _] = spread(7 * u32::try_from(index).unwrap());
                let at = orbit.in_plane([u, v]);
                let spot = eye.spot(at);
                match eye.pick(spot) {
                    Some(picked) if !eye.hides(at) => {
                        let off = eye.spot(picked).distance(spot);
                        assert!(off < 0.05, "{viewpoint:?}: {off}");
                        // Seen from the side, places far apart lie on the same spot.
                        if viewpoint.elevation > 70.0 {
                            let window = relief.window();
                            let off = (picked[0] - at[0]).hypot(picked[1] - at[1]);
                            assert!(off < 0.01 * window.diagonal(), "{viewpoint:?}: {off}");
                        }
                        hits += 1;
                    }
                    Some(picked) => assert!(eye.spot(picked).distance(spot) < 0.05),
                    None => assert!(eye.hides(at), "{viewpoint:?}: {at:?}"),
                }
                // Far beside the surface, there is nothing.
                misses += u32::from(eye.pick(pos2(-5e4, -5e4)).is_none());
            }
        }
    }
    assert!(hits > 500 && misses > 1000, "{hits} {misses}");
}

#[test]
fn the_eye_from_above_sees_the_contours() {
    let surface = SurfaceChoice::Beale.open();
    let relief = relief_of(&*surface, Heights::Linear);
    let above = Eye::above(relief.window(), RECT);
    assert_eq!(Eye::orbit(&relief, &Viewpoint::ABOVE, RECT), above);
    // And the landscape becomes the contours without a jump.
    let nearly = Viewpoint::at(-90.0, 89.99);
    let nearly = Eye::orbit(&relief, &nearly, RECT);
    for index in 0..50 {
        let [u, v, _] = spread(index);
        let window = relief.window();
        let at = [
            window.x[0] + u * window.width(),
            window.y[0] + v * window.height(),
        ];
        let off = nearly.spot(at).distance(above.spot(at));
        assert!(off < 0.2, "{off}");
    }
}

/// A landscape on black, in a box that is not seen.
fn ground(map: &Map, colors: &Colors, eye: &Eye, window: &mut Offscreen) -> ColorImage {
    let nothing = Colors {
        window: Color32::BLACK,
        line: Color32::BLACK,
        dim: Color32::BLACK,
        ..*colors
    };
    window.picture(Color32::BLACK, |ui| {
        paint_ground(ui.painter(), map, &nothing, eye, true);
    })
}

struct Easel {
    window: Offscreen,
    colors: Colors,
    map: Map,
    relief: Arc<Relief>,
}

impl Easel {
    fn new(surface: &dyn Surface, heights: Heights, cells: usize) -> Self {
        let window = Offscreen::new([420, 400], 1.0);
        let ctx = window.context().clone();
        theme::apply(&ctx);
        let colors = Colors::light();
        let sampled = sampled(surface);
        let relief = Arc::new(Relief::of(&sampled, cells, heights, Some(0.0)));
        let map = Map::new(&ctx, &sampled, &colors, vec2(420.0, 400.0)).raised(Arc::clone(&relief));
        Self {
            window,
            colors,
            map,
            relief,
        }
    }

    fn paint(&mut self, viewpoint: &Viewpoint) -> ColorImage {
        let eye = Eye::orbit(&self.relief, viewpoint, RECT);
        ground(&self.map, &self.colors, &eye, &mut self.window)
    }
}

fn is_ground(picture: &ColorImage, column: usize, row: usize) -> bool {
    picture.pixels[row * picture.width() + column] != Color32::BLACK
}

fn pixels_of_ground(picture: &ColorImage) -> usize {
    let pixels = picture.pixels.iter();
    pixels.filter(|pixel| **pixel != Color32::BLACK).count()
}

#[test]
fn the_same_frame_has_the_same_bytes() {
    let surface = SurfaceChoice::Himmelblau.open();
    let [mut one, mut other] = [(); 2].map(|()| Easel::new(&*surface, Heights::Compressed, 150));
    for viewpoint in viewpoints(12) {
        let first = one.paint(&viewpoint);
        // Another frame in between must leave nothing behind.
        one.paint(&Viewpoint::RADFORD);
        assert_eq!(one.paint(&viewpoint), first);
        assert_eq!(other.paint(&viewpoint), first);
    }
}

#[test]
fn no_part_of_the_ground_pops_in_or_out_during_a_turn() {
    for (choice, heights) in [
        (SurfaceChoice::Saddle, Heights::Linear),
        (SurfaceChoice::Beale, Heights::Compressed),
        (SurfaceChoice::Rastrigin, Heights::Linear),
    ] {
        let mut easel = Easel::new(&*choice.open(), heights, 100);
        let counts: Vec<usize> = (0..360)
            .map(|degree| {
                let turn = f64::from(degree) - 180.0;
                pixels_of_ground(&easel.paint(&Viewpoint::at(turn, 30.0)))
            })
            .collect();
        let fewest = *counts.iter().min().unwrap();
        assert!(fewest > 20_000, "{choice:?}: {fewest}");
        // The outline moves by a few pixels along its length from frame to frame, and it moves
        // smoothly: a missing row of triangles would be a jump there and back.
        for frame in 0..360 {
            let [before, now, after] = [359, 0, 1].map(|by| counts[(frame + by) % 360]);
            let bend = (before + after).abs_diff(2 * now);
            assert!(bend < 260, "{choice:?} at {frame}: {before} {now} {after}");
        }
    }
}

/// A surface given by its values at 101x101 nodes over [-1, 1]².
fn field(loss: impl Fn(f64, f64) -> f64) -> Sampled {
    let window = Window::square(1.0);
    let node = |index: usize| f64::from(u32::try_from(index).unwrap()) / 50.0 - 1.0;
    let values = (0..101 * 101).map(|index| loss(node(index % 101), node(index / 101)));
    let grid = Grid::from_values(window, [101, 101], values.collect());
    let tone = Tone::of(&grid);
    Sampled::with_tone(grid, tone, [420.0, 400.0])
}

fn easel_of(sampled: &Sampled) -> Easel {
    let window = Offscreen::new([420, 400], 1.0);
    let ctx = window.context().clone();
    theme::apply(&ctx);
    let colors = Colors::light();
    let relief = Arc::new(Relief::of(sampled, 200, Heights::Linear, None));
    let map = Map::new(&ctx, sampled, &colors, vec2(420.0, 400.0)).raised(Arc::clone(&relief));
    Easel {
        window,
        colors,
        map,
        relief,
    }
}

fn pixel(picture: &ColorImage, at: Pos2) -> Color32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position in the picture"
    )]
    let [x, y] = [at.x as usize, at.y as usize];
    picture.pixels[y * picture.width() + x]
}

#[test]
fn where_the_loss_is_not_finite_there_is_a_hole() {
    let hole = |x: f64, y: f64| x.hypot(y) < 0.4;
    for nothing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let sampled = field(|x, y| if hole(x, y) { nothing } else { 0.1 * (x + y) });
        let mut easel = easel_of(&sampled);
        let viewpoint = Viewpoint::at(-60.0, 50.0);
        let eye = Eye::orbit(&easel.relief, &viewpoint, RECT);
        let picture = easel.paint(&viewpoint);
        let Eye::Orbit(orbit) = &eye else { panic!() };
        let middle = orbit.spot_in_box([0.5, 0.5, 0.5]);
        assert_eq!(pixel(&picture, middle), Color32::BLACK, "{nothing}");
        assert_eq!(eye.pick(middle), None);
        assert_ne!(pixel(&picture, eye.spot([0.7, 0.1])), Color32::BLACK);
        // A path across the hole is interrupted by it.
        let runs = eye.lay([[-0.9, 0.05], [0.9, 0.05]], 0.6);
        assert_eq!(runs.len(), 2, "{runs:?}");
        let gap = runs[0].points.last().unwrap().distance(runs[1].points[0]);
        assert!(gap > 40.0, "{gap}");
    }
}

#[test]
fn a_cliff_is_a_wall() {
    let sampled = field(|x, _| if x < 0.0 { 1.0 } else { 0.0 });
    let mut easel = easel_of(&sampled);
    // From the lower side, the wall is seen from its foot to its edge.
    let viewpoint = Viewpoint::at(0.0, 25.0);
    let eye = Eye::orbit(&easel.relief, &viewpoint, RECT);
    let Eye::Orbit(orbit) = &eye else { panic!() };
    let picture = easel.paint(&viewpoint);
    for height in [0.05, 0.3, 0.6, 0.95] {
        let wall = orbit.spot_in_box([0.4975, 0.4, height]);
        assert_ne!(pixel(&picture, wall), Color32::BLACK, "{height}");
    }
    assert!(!eye.hides([0.1, 0.0]) && !eye.hides([-0.9, 0.0]));
    // From the upper side, it hides what lies at its foot.
    let eye = Eye::orbit(&easel.relief, &Viewpoint::at(180.0, 70.0), RECT);
    assert!(eye.hides([0.1, 0.0]) && !eye.hides([0.9, 0.0]) && !eye.hides([-0.1, 0.0]));
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "a field has few nodes")]
fn compressed_heights_leave_valleys_a_third_of_the_picture() {
    for choice in [SurfaceChoice::Beale, SurfaceChoice::GoldsteinPrice] {
        let relief = relief_of(&*choice.open(), Heights::Compressed);
        for viewpoint in [Viewpoint::RADFORD, Viewpoint::VALLEY] {
            let orbit = Orbit::new(&relief, &viewpoint, RECT);
            let [columns, rows] = relief.nodes();
            let mut valley = Rect::NOTHING;
            for (node, tone) in relief.tones().iter().enumerate() {
                let place = [(node % columns, columns), (node / columns, rows)]
                    .map(|(at, count)| at as f64 / (count - 1) as f64);
                let at = orbit.in_plane(place);
                if *tone < 0.5 && !orbit.hides(at) {
                    valley.extend_with(orbit.spot(at));
                }
            }
            let share = valley.intersect(RECT).height() / RECT.height();
            assert!(share > 1.0 / 3.0, "{choice:?} {viewpoint:?}: {share}");
        }
    }
}

#[test]
fn no_triangle_of_the_ground_is_missing() {
    for choice in [
        SurfaceChoice::Saddle,
        SurfaceChoice::Beale,
        SurfaceChoice::Rastrigin,
    ] {
        // Each triangle takes several pixels.
        let mut easel = Easel::new(&*choice.open(), Heights::Compressed, 30);
        for step in 0..90_u32 {
            let viewpoint = Viewpoint {
                projection: Projection::Parallel,
                ..Viewpoint::at(4.0 * f64::from(step) - 180.0, f64::from(step))
            };
            let picture = easel.paint(&viewpoint);
            // In parallel projection, a column of pixels shows a vertical slice through the ground,
            // which is one piece: between two of its pixels there is no other.
            for column in 0..picture.width() {
                let rows = (0..picture.height()).filter(|row| is_ground(&picture, column, *row));
                let rows: Vec<usize> = rows.collect();
                // Without the soft edges, whose pixels may be too faint to be counted.
                if let [_, _, first, .., last, _, _] = rows[..] {
                    let gap = last - first + 5 - rows.len();
                    assert!(gap <= 2, "{choice:?} {viewpoint:?} column {column}: {gap}");
                }
            }
        }
    }
}
