//! `slalom render` in three dimensions: pictures from any side, drawings, clips that turn, and
//! clear refusals.

use std::fs;
use std::process::{Command, Stdio};

use egui::{Color32, ColorImage};
use slalom::export::{FigureOptions, Studio};
use slalom::preset::{Pictures, Preset, Projection, Viewpoint, load_built_in};
use slalom::sampling::Heights;
use slalom::view::figure::Parts;

/// A race on a landscape, seen as the preset says.
fn race(pictures: Pictures) -> Preset {
    let mut preset = load_built_in("radford-beale").unwrap();
    preset.experiment.steps = 40;
    preset.view.pictures = pictures;
    preset
}

fn options() -> FigureOptions {
    FigureOptions {
        size: [240, 180],
        ..FigureOptions::default()
    }
}

fn bare() -> FigureOptions {
    FigureOptions {
        parts: Parts {
            legend: false,
            axes: false,
            ..Parts::default()
        },
        ..options()
    }
}

fn studio(preset: Preset, options: FigureOptions) -> Studio {
    Studio::new(preset, options).unwrap()
}

fn seen_from(eye: Viewpoint) -> ColorImage {
    let options = FigureOptions {
        eye: Some(eye),
        ..options()
    };
    studio(race(Pictures::Contours), options).picture(20.0)
}

/// The largest difference between two pictures, in levels of 255.
fn difference(one: &ColorImage, other: &ColorImage) -> u8 {
    assert_eq!(one.size, other.size);
    let pixels = one.pixels.iter().zip(&other.pixels);
    let levels = pixels.flat_map(|(one, other)| {
        let levels = one.to_array().into_iter().zip(other.to_array());
        levels.map(|(one, other)| one.abs_diff(other))
    });
    levels.max().unwrap_or(0)
}

/// The columns and rows between which something differs from the corner's colour.
fn extent(picture: &ColorImage) -> [std::ops::Range<usize>; 2] {
    let [width, height] = picture.size;
    // The scene has a border.
    let background = picture[(3, 3)];
    let is_drawn = |x: usize, y: usize| picture[(x, y)] != background;
    let columns = || (3..width - 3).filter(|&x| (3..height - 3).any(|y| is_drawn(x, y)));
    let rows = || (3..height - 3).filter(|&y| (3..width - 3).any(|x| is_drawn(x, y)));
    let range = |first: Option<usize>, last: Option<usize>| first.unwrap()..last.unwrap() + 1;
    [
        range(columns().next(), columns().next_back()),
        range(rows().next(), rows().next_back()),
    ]
}

#[test]
fn every_eye_sees_another_picture_and_the_same_eye_the_same_bytes() {
    let zoomed = Viewpoint {
        zoom: 2.0,
        ..Viewpoint::RADFORD
    };
    let parallel = Viewpoint {
        projection: Projection::Parallel,
        ..Viewpoint::RADFORD
    };
    let eyes = [
        Viewpoint::RADFORD,
        Viewpoint::VALLEY,
        Viewpoint::ABOVE,
        Viewpoint::at(120.0, 55.0),
        Viewpoint::at(-60.0, 0.0),
        Viewpoint::at(40.0, 90.0),
        zoomed,
        parallel,
    ];
    let pictures: Vec<ColorImage> = eyes.into_iter().map(seen_from).collect();
    for (index, picture) in pictures.iter().enumerate() {
        assert_eq!(picture, &seen_from(eyes[index]), "{:?}", eyes[index]);
        for (other, eye) in pictures[..index].iter().zip(eyes) {
            assert!(difference(picture, other) > 20, "{eye:?} {:?}", eyes[index]);
        }
    }
}

#[test]
fn from_above_is_the_picture_of_the_contours() {
    let contours = studio(race(Pictures::Contours), options()).picture(20.0);
    assert_eq!(seen_from(Viewpoint::ABOVE), contours);
}

#[test]
fn the_preset_decides_unless_an_eye_is_given() {
    let contours = studio(race(Pictures::Contours), options()).picture(20.0);
    let relief = studio(race(Pictures::Relief), options()).picture(20.0);
    assert_eq!(relief, seen_from(race(Pictures::Relief).view.eye));
    assert_ne!(relief, contours);
    let mut linear = race(Pictures::Relief);
    linear.view.heights = Heights::Linear;
    let linear = studio(linear, options()).picture(20.0);
    assert_ne!(linear, relief);
    let asked = FigureOptions {
        heights: Some(Heights::Linear),
        ..options()
    };
    assert_eq!(studio(race(Pictures::Relief), asked).picture(20.0), linear);
}

#[test]
fn both_stand_side_by_side() {
    let mut both = studio(race(Pictures::Both), bare());
    let both = both.picture(20.0);
    let width: u16 = 116;
    let half = FigureOptions {
        size: [usize::from(width), 180],
        ..bare()
    };
    for (pictures, left) in [(Pictures::Contours, 0), (Pictures::Relief, 240 - width)] {
        let alone = studio(race(pictures), half).picture(20.0);
        let part = both.region(
            &egui::Rect::from_min_size(
                egui::pos2(f32::from(left), 0.0),
                egui::vec2(f32::from(width), 180.0),
            ),
            None,
        );
        // At another place on the page, vertices are rounded a little differently.
        let pixels = alone.pixels.iter().zip(&part.pixels);
        let other = pixels.filter(|(one, other)| one != other).count();
        assert!(
            other < 180 * usize::from(width) / 50,
            "{pictures:?}: {other} pixels"
        );
    }
}

/// A ground that was painted once differs from a fresh one by rounding at most.
#[test]
fn the_ground_of_a_standing_eye_is_painted_once_for_all_frames() {
    let [mut standing, mut turning] = [(), ()].map(|()| studio(race(Pictures::Relief), bare()));
    for playhead in [0.0, 20.0, 40.0] {
        let kept = standing.picture(playhead);
        turning.turn(0.0);
        assert!(
            difference(&kept, &turning.picture(playhead)) <= 2,
            "at {playhead}"
        );
        turning.turn(30.0);
        assert!(
            difference(&kept, &turning.picture(playhead)) > 20,
            "at {playhead}"
        );
    }
}

#[test]
fn the_legend_of_a_clip_that_turns_keeps_its_corner() {
    let parts = Parts {
        axes: false,
        ..Parts::default()
    };
    let large = FigureOptions {
        size: [480, 360],
        parts,
        ..FigureOptions::default()
    };
    let mut studio = studio(race(Pictures::Relief), large);
    // The rim of the legend, where it covers no trail.
    let corner = egui::Rect::from_min_max(egui::pos2(300.0, 2.0), egui::pos2(478.0, 15.0));
    let corners: Vec<ColorImage> = (0..6_u8)
        .map(|turn| {
            studio.turn(60.0 * f64::from(turn));
            studio.picture(0.0).region(&corner, None)
        })
        .collect();
    assert!(corners.iter().all(|it| it == &corners[0]));
}

#[test]
fn wide_pictures_make_no_slab_of_the_ground() {
    let wide = FigureOptions {
        size: [640, 180],
        ..bare()
    };
    let [columns, rows] = extent(&studio(race(Pictures::Relief), wide).picture(0.0));
    assert!(columns.len() < 3 * rows.len(), "{columns:?} {rows:?}");
    let middle = usize::midpoint(columns.start, columns.end);
    assert!(middle.abs_diff(320) < 40, "{columns:?}");
}

#[test]
fn a_drawing_has_the_ground_as_a_picture_and_lines_as_vectors() {
    let drawing = studio(race(Pictures::Relief), options()).drawing(40.0);
    let document = roxmltree::Document::parse(&drawing).unwrap();
    let count = |name: &str| {
        let nodes = document.descendants();
        nodes.filter(|node| node.has_tag_name(name)).count()
    };
    assert_eq!(count("image"), 1);
    assert!(count("polyline") > 30, "{}", count("polyline"));
    // Triangles would be tens of thousands.
    assert!(count("polygon") < 500, "{}", count("polygon"));
    assert!(drawing.len() < 1_000_000, "{} bytes", drawing.len());
    let both = studio(race(Pictures::Both), options()).drawing(40.0);
    assert_eq!(both.matches("<image").count(), 2);
}

#[test]
fn nothing_is_behind_a_landscape_on_a_transparent_background() {
    let clear = FigureOptions {
        transparent: true,
        ..bare()
    };
    let picture = studio(race(Pictures::Relief), clear).picture(40.0);
    let count = |is: fn(&Color32) -> bool| picture.pixels.iter().filter(|it| is(it)).count();
    assert!(count(|it| *it == Color32::TRANSPARENT) > 10_000);
    assert!(count(|it| it.a() == 255) > 5_000);
}

#[test]
fn all_parts_of_a_figure_go_with_a_landscape() {
    let parts = Parts {
        title: true,
        caption: true,
        legend: true,
        axes: true,
        chart: true,
        leaderboard: true,
        lens: true,
        predictions: Some(true),
    };
    for size in [[320, 240], [800, 600]] {
        let full = FigureOptions {
            parts,
            size,
            ..options()
        };
        for pictures in Pictures::ALL {
            let mut studio = studio(race(pictures), full);
            assert_eq!(studio.picture(20.0).size, size);
            assert!(studio.drawing(20.0).ends_with("</svg>\n"));
        }
    }
}

struct Shell(tempfile::TempDir);

impl Shell {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn render(&self, preset: &str, output: &str, options: &[&str]) -> Result<Vec<u8>, String> {
        let ended = Command::new(env!("CARGO_BIN_EXE_slalom"))
            .current_dir(self.0.path())
            .args(["render", preset, "-o", output])
            .args(options)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if ended.status.success() {
            return Ok(fs::read(self.0.path().join(output)).unwrap());
        }
        assert_eq!(ended.status.code(), Some(2));
        assert_eq!(self.0.path().read_dir().unwrap().count(), 0);
        Err(String::from_utf8(ended.stderr).unwrap())
    }
}

/// The frames of a GIF with their delays.
fn frames(bytes: &[u8]) -> Vec<(Vec<u8>, u16)> {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        frames.push((frame.buffer.to_vec(), frame.delay));
    }
    frames
}

#[test]
fn an_orbit_turns_through_the_hold() {
    let shell = Shell::new();
    let small = ["--size", "96x72", "--fps", "20", "--show", "none"];
    let turn = ["--steps-per-frame", "8", "--hold", "1", "--orbit", "180"];
    let clip = shell.render("rosenbrock", "a.gif", &[&small[..], &turn].concat());
    let frames = frames(&clip.unwrap());
    assert_eq!(frames.len(), 51 + 20);
    assert!(frames.iter().all(|(_, delay)| *delay == 5));
    // Frames are stored as what differs from the one before.
    assert!(frames.iter().all(|(buffer, _)| buffer.len() > 1000));
    let still = ["--steps-per-frame", "8", "--hold", "1", "--eye=-60,30"];
    let still = shell.render("rosenbrock", "b.gif", &[&small[..], &still].concat());
    assert_eq!(self::frames(&still.unwrap()).len(), 51);
}

#[test]
fn what_cannot_be_seen_is_one_sentence() {
    for (output, option, part) in [
        ("a.png", "--eye=north", "two or three numbers like -60,30"),
        ("a.png", "--eye=-60", "two or three numbers like -60,30"),
        ("a.png", "--eye=1,2,3,4", "two or three numbers like -60,30"),
        (
            "a.png",
            "--eye=inf,30",
            "azimuth is inf, but must be a finite",
        ),
        (
            "a.png",
            "--eye=NaN,30",
            "azimuth is NaN, but must be a finite",
        ),
        (
            "a.png",
            "--eye=-60,91",
            "elevation is 91, but must be from 0 to 90",
        ),
        (
            "a.png",
            "--eye=-60,-5",
            "elevation is -5, but must be from 0 to 90",
        ),
        (
            "a.png",
            "--eye=-60,30,0",
            "zoom is 0, but must be from 0.25 to 16",
        ),
        (
            "a.png",
            "--eye=-60,30,NaN",
            "zoom is NaN, but must be from 0.25 to 16",
        ),
        ("a.png", "--orbit=30", "a single picture cannot turn"),
        (
            "a.svg",
            "--orbit=30",
            "clips are .gif, .apng, .mp4 and .webm (--orbit)",
        ),
        ("a.gif", "--orbit=fast", "degrees per second like 30 or -30"),
        ("a.gif", "--orbit=NaN", "degrees per second like 30 or -30"),
        (
            "a.gif",
            "--orbit=1e9",
            "must be from -3600 to 3600 (--orbit)",
        ),
        (
            "a.png",
            "--heights=linear",
            "has no heights (--heights without --eye)",
        ),
        (
            "a.png",
            "--heights=steep",
            "linear, logarithmic, compressed",
        ),
        (
            "a.png",
            "--projection=parallel",
            "has no projection (--projection without --eye)",
        ),
        (
            "a.gif",
            "--orbit=9 --steps-per-frame=0.01 --hold=60",
            "41501 frames of 8192x8192 pixels",
        ),
    ] {
        let mut options: Vec<&str> = option.split(' ').collect();
        options.push("--size=8192x8192");
        let said = Shell::new()
            .render("rosenbrock", output, &options)
            .unwrap_err();
        assert_eq!(said.matches('\n').count(), 1, "{said}");
        assert!(
            said.starts_with("slalom: ") && said.contains(part),
            "{option}: {said}"
        );
    }
    let said = Shell::new().render("saddle", "a.png", &["--heights=logarithmic"]);
    let said = said.unwrap_err();
    assert!(
        said.contains("no lowest point of this surface is known (--heights)"),
        "{said}"
    );
}
