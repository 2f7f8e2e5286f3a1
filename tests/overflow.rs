//! Overflow: a loss that overflows is infinite, not NaN, as long as the position is finite.

mod common;

use common::data::Folder;
use slalom::experiment::Experiment;
use slalom::export::trajectories;
use slalom::simulation::{Status, simulate};
use slalom::surface::{Shape, Surface, SurfaceChoice};

const FAR: [f64; 5] = [1e80, 1e160, 1e250, 1e300, f64::MAX];

/// The loss there, on which value, gradient and batch agree.
fn loss(surface: &dyn Surface, at: [f64; 2]) -> f64 {
    let loss = surface.value(at);
    let (beside_gradient, _) = surface.gradient(at);
    let mut of_row = [0.0; 2];
    surface.row(&[at[0], at[0]], at[1], &mut of_row);
    let bits = [loss, beside_gradient, of_row[0], of_row[1]].map(f64::to_bits);
    assert_eq!(bits, [loss.to_bits(); 4], "{} at {at:?}", surface.title());
    loss
}

/// Points on the axes, on the diagonals and in between, from 1e80 to the largest numbers.
fn far_points() -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for far in FAR {
        for [x, y] in [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.3], [1e-60, 1.0]] {
            for (left, down) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
                points.push([left * x * far, down * y * far]);
            }
        }
    }
    points
}

/// The losses computed with 4000 digits, `inf` where they exceed the largest number.
#[test]
fn far_losses_are_those_of_four_thousand_digits() {
    let mut rows = csv::Reader::from_path("tests/data/far_out.csv").expect("the table");
    let mut seen = 0;
    for row in rows.deserialize() {
        let (name, [x, y, expected]): (String, [f64; 3]) = row.expect("a row");
        let surface: SurfaceChoice = ron::from_str(&name).expect("a name");
        let got = loss(&*surface.open(), [x, y]);
        let tolerance = match &*name {
            // The waves are rounding errors so far out; those of LeviN13 are as high as the rest.
            "Ackley" | "Easom" => 3.0,
            "LeviN13" => expected.abs(),
            // On the parabola, only rounding errors are left.
            "Rosenbrock" if y == x * x => f64::MAX,
            _ => 1e-9 * expected.abs(),
        };
        let is_right = got == expected || (got - expected).abs() <= tolerance + 1e-12;
        assert!(
            is_right,
            "{name} at ({x:e}, {y:e}): {got:e} is not {expected:e}"
        );
        seen += 1;
    }
    assert_eq!(seen, 64 * SurfaceChoice::BUILT_IN.len());
}

/// The surfaces that grow in every direction; saddles fall to one side, and the others do not grow
/// along some line, or not at all.
const GROWING: [SurfaceChoice; 14] = [
    SurfaceChoice::Rosenbrock,
    SurfaceChoice::LongValley,
    SurfaceChoice::Himmelblau,
    SurfaceChoice::Rastrigin,
    SurfaceChoice::Booth,
    SurfaceChoice::Matyas,
    SurfaceChoice::ThreeHumpCamel,
    SurfaceChoice::SixHumpCamel,
    SurfaceChoice::StyblinskiTang,
    SurfaceChoice::GoldsteinPrice,
    SurfaceChoice::LeviN13,
    SurfaceChoice::Griewank,
    SurfaceChoice::Bohachevsky,
    SurfaceChoice::Branin,
];

#[test]
fn what_grows_without_end_is_infinite_far_out_turned_and_stretched_too() {
    for choice in GROWING {
        for rotation in [0.0, 30.0, 45.0, 90.0, 135.0, -72.5] {
            let condition = Shape::has_condition(&choice).then_some(1e6);
            for condition in [None, condition] {
                let shape = Shape {
                    rotation,
                    condition,
                };
                let surface = shape.open(&choice);
                for at in far_points() {
                    let loss = loss(&*surface, at);
                    let size = at[0].abs().max(at[1].abs());
                    let name = choice.about().name;
                    assert!(loss > size, "{name}, {shape:?}, at {at:?}: {loss}");
                    assert!(size < 1e200 || loss == f64::INFINITY, "{name} at {at:?}");
                }
            }
        }
    }
}

#[test]
fn a_saddle_is_infinite_upwards_and_downwards() {
    let saddle = SurfaceChoice::Saddle.open();
    let monkey = SurfaceChoice::MonkeySaddle.open();
    for far in FAR.into_iter().filter(|&far| far > 1e155) {
        assert_eq!(loss(&*saddle, [far, far / 2.0]), f64::INFINITY);
        assert_eq!(loss(&*saddle, [far / 2.0, -far]), f64::NEG_INFINITY);
        assert_eq!(loss(&*saddle, [far, -far]), 0.0);
        assert_eq!(loss(&*monkey, [far, far]), f64::NEG_INFINITY);
        assert_eq!(loss(&*monkey, [-far, far]), f64::INFINITY);
        assert_eq!(loss(&*monkey, [far, far / 2.0]), f64::INFINITY);
    }
}

#[test]
fn nothing_is_known_of_the_loss_where_the_position_is_no_number() {
    for choice in SurfaceChoice::BUILT_IN {
        let surface = choice.open();
        assert!(surface.value([f64::NAN, 1.0]).is_nan());
        assert!(surface.gradient([1.0, f64::NAN]).0.is_nan());
    }
}

/// On the saddle the loss falls without bound to `-inf`, which is a string in JSON.
#[test]
fn files_tell_infinities_apart() {
    let text = "(version: 1, surface: Saddle, start: (0.0, 1.0), steps: 1000, \
                racers: [(optimizer: GradientDescent(learning_rate: 1.0))])";
    let race = slalom::preset::from_text("saddle.ron", text).unwrap();
    let [mut csv, mut json] = [Vec::new(), Vec::new()];
    trajectories::write_csv(&mut csv, &race.experiment).unwrap();
    trajectories::write_json(&mut json, &race.experiment).unwrap();
    // y triples in every step: y² overflows from 3^323 on, y from 3^647.
    let csv = String::from_utf8(csv).unwrap();
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows.len(), 647);
    for (step, row) in rows.into_iter().enumerate() {
        assert_eq!(row.ends_with(",-inf,false"), step >= 324, "{row}");
    }
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    for (step, loss) in json[0]["loss"].as_array().unwrap().iter().enumerate() {
        assert_eq!(loss == "-inf", step >= 324, "{loss}");
        assert!(loss.is_f64() || loss == "-inf", "{loss}");
    }
}

const HOURS: &str = include_str!("data/study-hours.csv");

fn diverging(racers: &str) -> Experiment {
    let race = Folder::with(HOURS)
        .open(r#"LinearRegression(data: "points.csv")"#, racers)
        .unwrap();
    Experiment {
        steps: 1000,
        ..race
    }
}

/// From these steps on the mean square overflows, while the position keeps growing.
#[test]
fn a_regression_that_diverges_has_an_infinite_loss_and_a_finite_position() {
    let race = diverging(
        "(optimizer: GradientDescent(learning_rate: 0.0005)), \
         (optimizer: GradientDescent(learning_rate: 0.0006)), \
         (optimizer: GradientDescent(learning_rate: 0.05))",
    );
    let [calm, slow, fast] = &simulate(&race)[..] else {
        panic!("three racers")
    };
    assert!(calm.loss.iter().all(|loss| loss.is_finite()));
    for (path, first) in [(slow, 865), (fast, 66)] {
        for (step, loss) in path.loss.iter().enumerate() {
            if step < first {
                assert!(loss.is_finite(), "{step}: {loss}");
            } else {
                assert_eq!(*loss, f64::INFINITY, "{step}");
            }
        }
    }
    assert_eq!(slow.last_step(), 1000);
    assert_eq!(slow.status(), Status::Far);
    assert!(slow.at(1000).iter().all(|part| part.is_finite()));
    assert!(matches!(fast.status(), Status::Diverged(_)));
}

#[test]
fn losses_over_data_are_infinite_far_out_with_and_without_a_penalty() {
    let straight = Folder::with(HOURS);
    let classes = Folder::with("a,b,label\n1,2,0\n-1,3,1\n2,-1,1\n-2,-2,0\n0.5,-3,1\n");
    for l2 in ["", ", l2: 0.1"] {
        let line = format!("LinearRegression(data: \"points.csv\"{l2})");
        let border = format!("LogisticRegression(data: \"points.csv\"{l2})");
        let line = straight.open(&line, "").unwrap().open_surface();
        let border = classes.open(&border, "").unwrap().open_surface();
        for at in far_points() {
            let size = at[0].abs().max(at[1].abs());
            for surface in [&line, &border] {
                let all: Vec<u32> = (0..5).collect();
                let found = [loss(&**surface, at), surface.batch(&all, at).0];
                for loss in found {
                    assert!(loss > size / 100.0, "{} at {at:?}: {loss}", surface.title());
                }
            }
            if size > 1e200 {
                assert_eq!(loss(&*line, at), f64::INFINITY, "{at:?}");
            }
        }
    }
}

/// The margins of these rows are differences of two products that overflow, 1e308 (10 − 10) and
/// 1e308 (9 − 10): the first row has a loss near zero, the second one near the size of its margin.
#[test]
fn a_far_margin_is_that_of_its_row() {
    let folder = Folder::with("a,b,label\n10,-10,1\n10,-9,0\n");
    let surface = r#"LogisticRegression(data: "points.csv")"#;
    let surface = folder.open(surface, "").unwrap().open_surface();
    let at = [1e308, 1e308];
    for found in [loss(&*surface, at), surface.batch(&[0, 1], at).0] {
        assert!((found / 0.5e308 - 1.0).abs() < 1e-12, "{found}");
    }
}
