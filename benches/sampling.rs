//! The time from a surface's formula to iso-lines and to a picture.
//!
//! `iso-lines/one pass` and `iso-lines/level by level` compute the same 30 levels of the same 400 ×
//! 400 samples, sampling included; the second is the simple method, one scan of all cells per
//! level, and neither links segments nor fades them.

#![allow(clippy::cast_precision_loss)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::sampling::{ColourMap, Grid, IsoLines, Tone, Tones, paint_into};
use slalom::surface::{Formula, Rosenbrock};

const NODES: usize = 400;
const STEPS: u16 = 31;

fn tones() -> Tones {
    let grid = Grid::sample(&Rosenbrock, Rosenbrock::ABOUT.window, NODES, NODES);
    Tones::of(&grid, &Tone::of(&grid))
}

fn iso_lines(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("iso-lines");
    let pixels = [NODES as f64; 2];
    group.bench_function("one pass", |bencher| {
        bencher.iter(|| IsoLines::of(&tones(), STEPS, pixels));
    });
    group.bench_function("level by level", |bencher| {
        bencher.iter(|| {
            let tones = tones();
            let levels = (1..STEPS).map(|level| f32::from(level) / f32::from(STEPS));
            levels
                .map(|level| segments(&tones, level))
                .collect::<Vec<_>>()
        });
    });
    let toned = tones();
    group.bench_function("one pass, sampled before", |bencher| {
        bencher.iter(|| IsoLines::of(black_box(&toned), STEPS, pixels));
    });
    group.finish();
}

fn picture(criterion: &mut Criterion) {
    let (tones, map) = (tones(), ColourMap::dark());
    let mut pixels = Vec::new();
    criterion.bench_function("picture", |bencher| {
        bencher.iter(|| paint_into(black_box(&tones), &map, &mut pixels));
    });
}

/// The segments of one iso-line in every cell, without resolving saddles.
fn segments(tones: &Tones, level: f32) -> Vec<[[f32; 2]; 2]> {
    let columns = tones.columns();
    let mut found = Vec::new();
    for row in 0..tones.rows() - 1 {
        for column in 0..columns - 1 {
            let node = row * columns + column;
            let corners = [node, node + 1, node + columns + 1, node + columns];
            let tones = corners.map(|node| tones.values()[node]);
            let places = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
            let mut from = None;
            for (start, end) in [(0, 1), (1, 2), (2, 3), (3, 0)] {
                if (tones[start] >= level) == (tones[end] >= level) {
                    continue;
                }
                let along = (level - tones[start]) / (tones[end] - tones[start]);
                let between = |axis: usize| {
                    places[start][axis] + (places[end][axis] - places[start][axis]) * along
                };
                let point = [column as f32 + between(0), row as f32 + between(1)];
                match from.take() {
                    None => from = Some(point),
                    Some(from) => found.push([from, point]),
                }
            }
        }
    }
    found
}

criterion_group!(benches, iso_lines, picture);
criterion_main!(benches);
