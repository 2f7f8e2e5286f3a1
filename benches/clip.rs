//! Pictures and clips as `slalom render` makes them. For the same scene, matplotlib needs 145 ms
//! for one 800x600 frame, and 16.2 s and 1.74 MB for a GIF of 120 frames with six trails (measured
//! on the machine for which the targets were set: a frame in 10 ms, the GIF in 1 s).

use std::fs;
use std::ops::ControlFlow;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::experiment::Experiment;
use slalom::export::film::{self, Timing};
use slalom::export::{FigureOptions, Studio};
use slalom::preset::{self, Viewpoint};

/// Radford's six racers over 119 steps, which gives 120 frames.
fn race() -> Experiment {
    let mut race = preset::load_built_in("radford-beale")
        .unwrap_or_default()
        .experiment;
    race.racers.truncate(6);
    race.steps = 119;
    race
}

fn frame(criterion: &mut Criterion) {
    let Ok(mut studio) = Studio::new(race(), FigureOptions::default()) else {
        return;
    };
    criterion.bench_function("one frame of a clip, 800x600", |bencher| {
        bencher.iter(|| studio.picture(119.0));
    });
    criterion.bench_function("one picture from nothing, 800x600", |bencher| {
        bencher.iter(|| {
            Studio::new(race(), FigureOptions::default()).map(|mut studio| studio.picture(119.0))
        });
    });
}

/// A frame of a clip that turns, whose ground is painted for every frame.
fn turned(criterion: &mut Criterion) {
    let options = FigureOptions {
        eye: Some(Viewpoint::RADFORD),
        ..FigureOptions::default()
    };
    let Ok(mut studio) = Studio::new(race(), options) else {
        return;
    };
    criterion.bench_function("one frame in 3-D, 800x600", |bencher| {
        bencher.iter(|| studio.picture(119.0));
    });
    let mut turn = 0.0;
    criterion.bench_function("one frame of an orbit, 800x600", |bencher| {
        bencher.iter(|| {
            turn += 1.6;
            studio.turn(turn);
            studio.picture(119.0)
        });
    });
}

fn clip(criterion: &mut Criterion) {
    let file = std::env::temp_dir().join(format!("slalom-bench-{}.gif", std::process::id()));
    let mut group = criterion.benchmark_group("clip");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(12));
    group.bench_function("GIF of 120 frames, 800x600, six trails", |bencher| {
        bencher.iter(|| {
            let go_on = &mut |_, _| ControlFlow::Continue(());
            film::write(
                &file,
                race(),
                FigureOptions::default(),
                Timing::default(),
                go_on,
            )
        });
    });
    group.finish();
    let size = fs::metadata(&file).map_or(0, |file| file.len());
    println!("the GIF has {size} bytes");
    // If this fails, the file is still only in the folder for temporary files.
    let _ = fs::remove_file(&file);
}

criterion_group!(benches, frame, turned, clip);
criterion_main!(benches);
