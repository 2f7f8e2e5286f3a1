//! Tests on surfaces whose lines are known, and properties of the lines of any surface.

use std::f64::consts::TAU;

use proptest::prelude::*;

use super::*;
use crate::plane::Window;
use crate::sampling::testing::closure;
use crate::sampling::{Grid, Tone};
use crate::surface::{Rosenbrock, Surface};

const PIXELS: [f64; 2] = [400.0; 2];

fn tones_of(surface: &dyn Surface, window: Window, nodes: usize) -> (Tone, Tones) {
    let grid = Grid::sample(surface, window, nodes, nodes);
    let tone = Tone::of(&grid);
    (tone, Tones::of(&grid, &tone))
}

fn length(line: &IsoLine<'_>) -> f64 {
    let distance = |a: [f32; 2], b: [f32; 2]| f64::from((a[0] - b[0]).hypot(a[1] - b[1]));
    let ends = [line.points[line.points.len() - 1], line.points[0]];
    let closing = if line.closed {
        distance(ends[0], ends[1])
    } else {
        0.0
    };
    let parts = line
        .points
        .windows(2)
        .map(|pair| distance(pair[0], pair[1]));
    parts.sum::<f64>() + closing
}

#[test]
fn each_level_of_a_bowl_is_one_circle() {
    let bowl = closure(|x, y| x * x + y * y);
    let (tone, tones) = tones_of(&bowl, Window::square(1.0), 201);
    let lines = IsoLines::of(&tones, 25, PIXELS);
    let mut circles = 0;
    for line in lines.lines() {
        let radius = tone.loss_at(line.level).sqrt();
        if radius > 0.99 {
            continue;
        }
        circles += 1;
        assert!(line.closed);
        for point in line.points {
            let [x, y] = point.map(|part| 2.0 * f64::from(part) - 1.0);
            assert!((x.hypot(y) - radius).abs() < 2e-4, "{radius}");
        }
        assert!(
            (2.0 * length(&line) / (TAU * radius) - 1.0).abs() < 2e-3,
            "{radius}"
        );
    }
    let expected = (1..25).filter(|&k| tone.loss_at(f64::from(k) / 25.0).sqrt() <= 0.99);
    assert_eq!(circles, expected.count());
}

#[test]
fn the_lines_of_a_plane_are_straight_and_reach_from_border_to_border() {
    let plane = closure(|x, y| 3.0 * x + y);
    let (_, tones) = tones_of(&plane, Window::square(1.0), 50);
    let lines = IsoLines::of(&tones, 25, PIXELS);
    assert_eq!(lines.lines().len(), 24);
    for line in lines.lines() {
        assert!(!line.closed);
        for [x, y] in line.points {
            assert!((f64::from(3.0 * x + y) / 4.0 - line.level).abs() < 1e-6);
        }
        let [[x0, y0], [x1, y1]] = [line.points[0], line.points[line.points.len() - 1]];
        let straight = f64::from((x1 - x0).hypot(y1 - y0));
        assert!((length(&line) - straight).abs() < 1e-5);
    }
}

#[test]
fn a_saddle_cell_joins_the_corners_that_the_middle_is_like() {
    let two = |corners: [f32; 4]| {
        let lines = IsoLines::of(&Tones::from_values(2, corners.to_vec()), 2, PIXELS);
        let mut ends: Vec<[[f32; 2]; 2]> =
            lines.lines().map(|l| [l.points[0], l.points[1]]).collect();
        for line in &mut ends {
            line.sort_by(|a, b| a[0].total_cmp(&b[0]));
        }
        ends.sort_by(|a, b| {
            a[0][0]
                .total_cmp(&b[0][0])
                .then(a[0][1].total_cmp(&b[0][1]))
        });
        ends
    };
    // The centre is high, so the lines cut off the low corners, lower right and upper left.
    let [upper_left, lower_right] = [[[0.0, 0.625], [0.375, 1.0]], [[0.625, 0.0], [1.0, 0.375]]];
    assert_eq!(two([1.0, 0.2, 0.2, 1.0]), [upper_left, lower_right]);
    // The centre is low, so the lines cut off the high corners.
    let [lower_left, upper_right] = [[[0.0, 0.375], [0.375, 0.0]], [[0.625, 1.0], [1.0, 0.625]]];
    assert_eq!(two([0.8, 0.0, 0.0, 0.8]), [lower_left, upper_right]);
}

#[test]
fn levels_that_equal_tones_of_nodes_give_whole_lines() {
    // Terraces of height 1/8 at exactly the levels of the lines, with plateaus and slopes.
    let terraces = closure(|x, y| ((x.abs() + y.abs()) * 8.0).floor());
    let (_, tones) = tones_of(&terraces, Window::square(1.0), 33);
    let lines = IsoLines::of(&tones, 16, PIXELS);
    assert!(lines.lines().len() > 0);
    assert_whole(&tones, &lines);
    // A level that only touches a node leaves no line.
    let mut peak = vec![0.0; 9];
    peak[4] = 0.5;
    assert_eq!(
        IsoLines::of(&Tones::from_values(3, peak), 2, PIXELS)
            .lines()
            .len(),
        0
    );
}

#[test]
fn lines_end_at_a_hole() {
    let hole = closure(|x, y| if x.hypot(y) < 0.3 { f64::NAN } else { x });
    let (_, tones) = tones_of(&hole, Window::square(1.0), 41);
    let lines = IsoLines::of(&tones, 10, PIXELS);
    assert_whole(&tones, &lines);
    // The lines at levels 0.4, 0.5 and 0.6 are each cut in two.
    assert_eq!(lines.lines().len(), 9 + 3);
}

#[test]
fn grids_too_small_for_a_cell_have_no_lines() {
    for (columns, rows) in [(0, 0), (0, 5), (1, 1), (1, 9), (9, 1)] {
        let grid = Grid::sample(&Rosenbrock, Window::square(1.0), columns, rows);
        let tones = Tones::of(&grid, &Tone::of(&grid));
        assert_eq!(IsoLines::of(&tones, 25, PIXELS).lines().len(), 0);
    }
    let tones = Tones::from_values(2, vec![0.0, 1.0, 0.0, 1.0]);
    for steps in [0, 1] {
        assert_eq!(IsoLines::of(&tones, steps, PIXELS).lines().len(), 0);
    }
    let lines = IsoLines::of(&tones, u16::MAX, PIXELS);
    assert_eq!(lines.lines().len(), 65_534);
}

#[test]
fn a_picture_without_size_is_no_trouble() {
    let tones = Tones::from_values(2, vec![0.0, 1.0, 0.0, 1.0]);
    for pixels in [[0.0; 2], [f64::NAN; 2], [-1.0; 2]] {
        assert_whole(&tones, &IsoLines::of(&tones, 25, pixels));
    }
}

/// Asserts that every line is closed or has both ends at the border or at a cell with a hole.
fn assert_whole(tones: &Tones, lines: &IsoLines) {
    let (columns, rows) = (tones.columns(), tones.rows());
    let hole_near = |[x, y]: [f32; 2]| {
        let position = [x * (columns - 1) as f32, y * (rows - 1) as f32];
        let mut nodes = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        nodes.any(|(row, column)| {
            let distance = [position[0] - column as f32, position[1] - row as f32].map(f32::abs);
            tones.values()[row * columns + column].is_nan() && distance[0].max(distance[1]) < 1.001
        })
    };
    let at_border = |point: [f32; 2]| point.iter().any(|&part| part == 0.0 || part == 1.0);
    for line in lines.lines() {
        assert!(line.points.len() >= 2 && line.points.len() == line.opacity.len());
        assert!(line.points.windows(2).all(|pair| pair[0] != pair[1]));
        let inside = |part: &f32| (0.0..=1.0).contains(part);
        assert!(line.points.as_flattened().iter().all(inside));
        assert!(line.opacity.iter().all(inside));
        if !line.closed {
            for end in [line.points[0], line.points[line.points.len() - 1]] {
                assert!(at_border(end) || hole_near(end), "{end:?}");
            }
        }
    }
}

/// Tones that often equal a level, with some holes.
fn any_tones() -> impl Strategy<Value = Tones> {
    let tone = prop_oneof![
        4 => 0.0..=1.0_f32,
        4 => (0..=8_u8).prop_map(|eighths| f32::from(eighths) / 8.0),
        1 => Just(f32::NAN),
    ];
    (1..9_usize, 1..9_usize).prop_flat_map(move |(columns, rows)| {
        prop::collection::vec(tone.clone(), columns * rows)
            .prop_map(move |values| Tones::from_values(columns, values))
    })
}

proptest! {
    #[test]
    fn lines_are_whole_on_any_grid(tones in any_tones()) {
        assert_whole(&tones, &IsoLines::of(&tones, 8, PIXELS));
    }

    #[test]
    fn no_crossing_is_lost_or_used_twice(tones in any_tones()) {
        // No tone is close to a level here, so no two crossings are in the same place, where one of
        // them would be dropped, and the points are exactly the crossings.
        let tones_apart = tones.values().iter().map(|tone| (tone * 64.0).round() / 64.0);
        let shifted = tones_apart.map(|tone| tone * 0.9 + 0.013).collect();
        let tones = Tones::from_values(tones.columns(), shifted);
        let mut crossings = super::crossings::find(&tones, 8, PIXELS);
        crossings.retain(|crossing| crossing.neighbours[0] != NONE);
        let lines = IsoLines::of(&tones, 8, PIXELS);
        let points: usize = lines.lines().map(|line| line.points.len()).sum();
        prop_assert_eq!(points, crossings.len());
    }
}
