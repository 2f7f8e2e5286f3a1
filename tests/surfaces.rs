//! Formulas, derivatives and minima of every built-in surface, compared with finite differences,
//! published values and an evaluation to 50 digits (`tests/data/surfaces.py`).

#![allow(clippy::float_cmp, reason = "equal to the last bit is what is meant")]

use std::f64::consts::PI;
use std::sync::Arc;

use proptest::prelude::*;
use slalom::plane::Window;
use slalom::surface::{
    About, Equation, Formula, Minimum, Number, Rotated, Surface, SurfaceChoice, minima,
};

/// A surface, its minima (position, value, whether global), and the rounding error of these digits.
type Published = (&'static str, &'static [([f64; 2], f64, bool)], f64);

/// The minima as published, rounded for legibility.
const PUBLISHED: &[Published] = &[
    ("Beale", &[([3.0, 0.5], 0.0, true)], 0.0),
    ("Rosenbrock", &[([1.0, 1.0], 0.0, true)], 0.0),
    ("Saddle", &[], 0.0),
    ("LongValley", &[([0.0, 0.0], 0.0, true)], 0.0),
    (
        "Himmelblau",
        &[
            ([3.0, 2.0], 0.0, true),
            ([-2.805_118, 3.131_313], 0.0, true),
            ([-3.779_310, -3.283_186], 0.0, true),
            ([3.584_428, -1.848_127], 0.0, true),
        ],
        1e-6,
    ),
    ("Rastrigin", &[([0.0, 0.0], 0.0, true)], 0.0),
    ("Ackley", &[([0.0, 0.0], 0.0, true)], 0.0),
    ("Booth", &[([1.0, 3.0], 0.0, true)], 0.0),
    ("Matyas", &[([0.0, 0.0], 0.0, true)], 0.0),
    (
        "ThreeHumpCamel",
        &[
            ([0.0, 0.0], 0.0, true),
            ([1.747_55, -0.873_78], 0.298_64, false),
            ([-1.747_55, 0.873_78], 0.298_64, false),
        ],
        1e-5,
    ),
    (
        "SixHumpCamel",
        &[
            ([0.0898, -0.7126], -1.0316, true),
            ([-0.0898, 0.7126], -1.0316, true),
            ([1.703_61, -0.796_08], -0.215_46, false),
            ([-1.703_61, 0.796_08], -0.215_46, false),
            ([1.607_10, 0.568_65], 2.104_25, false),
            ([-1.607_10, -0.568_65], 2.104_25, false),
        ],
        1e-4,
    ),
    (
        "StyblinskiTang",
        &[
            ([-2.903_534, -2.903_534], -78.332_33, true),
            ([-2.903_53, 2.746_80], -64.195_61, false),
            ([2.746_80, -2.903_53], -64.195_61, false),
            ([2.746_80, 2.746_80], -50.058_89, false),
        ],
        1e-5,
    ),
    (
        "GoldsteinPrice",
        &[
            ([0.0, -1.0], 3.0, true),
            ([-0.6, -0.4], 30.0, false),
            ([1.8, 0.2], 84.0, false),
            ([1.2, 0.8], 840.0, false),
        ],
        0.0,
    ),
    (
        "McCormick",
        &[
            ([-0.547_20, -1.547_20], -1.9133, true),
            ([2.594_40, 1.594_40], 1.228_37, false),
        ],
        1e-4,
    ),
    ("LeviN13", &[([1.0, 1.0], 0.0, true)], 0.0),
    ("Easom", &[([PI, PI], -1.0, true)], 0.0),
    ("Griewank", &[([0.0, 0.0], 0.0, true)], 0.0),
    ("MonkeySaddle", &[], 0.0),
    ("Bohachevsky", &[([0.0, 0.0], 0.0, true)], 0.0),
    (
        "Branin",
        &[
            ([-PI, 12.275], 0.397_887, true),
            ([PI, 2.275], 0.397_887, true),
            ([9.424_78, 2.475], 0.397_887, true),
        ],
        3e-6,
    ),
];

fn every_surface() -> impl Iterator<Item = (&'static str, Arc<dyn Surface>)> {
    SurfaceChoice::BUILT_IN
        .iter()
        .map(|choice| (choice.about().name, choice.open()))
}

fn open(choice: &SurfaceChoice) -> Arc<dyn Surface> {
    choice.open()
}

/// The point at the fractions `part` of a window's width and height.
fn point_in(window: &Window, part: [f64; 2]) -> [f64; 2] {
    [
        window.x[0] + part[0] * window.width(),
        window.y[0] + part[1] * window.height(),
    ]
}

/// The centres of the cells of a 16 × 16 grid over a window.
fn points(window: Window) -> impl Iterator<Item = [f64; 2]> {
    let middle = |index: u32| (f64::from(index) + 0.5) / 16.0;
    (0..256).map(move |index| point_in(&window, [middle(index % 16), middle(index / 16)]))
}

/// The derivative of `N` functions at once along axis `k`, by fourth-order finite differences.
fn slope<const N: usize>(
    functions: impl Fn([f64; 2]) -> [f64; N],
    at: [f64; 2],
    k: usize,
    step: f64,
) -> [f64; N] {
    let moved = |steps: f64| {
        let mut moved = at;
        moved[k] += steps * step;
        functions(moved)
    };
    let [before, left, right, after] = [-2.0, -1.0, 1.0, 2.0].map(moved);
    std::array::from_fn(|i| (8.0 * (right[i] - left[i]) - (after[i] - before[i])) / (12.0 * step))
}

/// Compares the gradient and the Hessian at a point with finite differences.
///
/// The step h is 1e-5 of the window. Fourth-order differences have an error of h⁴/30 of the fifth
/// derivative: for the finest ripples, 6π per unit in a window of 20, that is 1e-11 of the slope.
/// Rounding adds about 2e-16 · |f| / h, which is 2e-11 · |f| per width of the window. So the
/// tolerance of 1e-9 of the slope and of the largest |f| per width leaves a margin, but detects a
/// wrong term. Coordinates are rounded, too, also inside a formula: by about 2e-16 · |x|, which
/// changes f by as much times its slope.
fn check_derivatives(surface: &dyn Surface, at: [f64; 2]) -> Result<(), TestCaseError> {
    let window = surface.window();
    let sides = [window.width(), window.height()];
    let mut largest = [0.0_f64; 3];
    let mut steepest = [0.0_f64; 3];
    for point in points(window) {
        let (loss, gradient) = surface.gradient(point);
        let [dxx, dyy] = surface.hessian(point);
        let slopes = [gradient, dxx, dyy];
        for (i, new) in [loss, gradient[0], gradient[1]].into_iter().enumerate() {
            largest[i] = largest[i].max(new.abs());
            steepest[i] = steepest[i].max(slopes[i][0].hypot(slopes[i][1]));
        }
    }
    let [x, y] = at;
    let rounding = 4.0 * f64::EPSILON * x.abs().max(y.abs());
    let (loss, gradient) = surface.gradient(at);
    prop_assert!((loss - surface.value(at)).abs() <= 1e-14 * largest[0]);
    let hessian = surface.hessian(at);
    prop_assert_eq!(hessian[0][1].to_bits(), hessian[1][0].to_bits());
    for k in 0..2 {
        let step = 1e-5 * sides[k];
        let by_differences = slope(
            |at| {
                let [dx, dy] = surface.gradient(at).1;
                [surface.value(at), dx, dy]
            },
            at,
            k,
            step,
        );
        let exact = [gradient[k], hessian[k][0], hessian[k][1]];
        for i in 0..3 {
            let allowed =
                1e-9 * (exact[i].abs() + largest[i] / sides[k]) + rounding * steepest[i] / step;
            prop_assert!(
                (by_differences[i] - exact[i]).abs() <= allowed,
                "{surface:?} at {at:?}, axis {k}, derivative of {i}: {} by differences, {} exact",
                by_differences[i],
                exact[i]
            );
        }
    }
    Ok(())
}

/// Whether a point is so close to the tip of Ackley's cone that finite differences are meaningless.
fn is_at_a_cusp(name: &str, [x, y]: [f64; 2]) -> bool {
    name == "Ackley" && x.hypot(y) < 0.05
}

/// The smaller and the larger eigenvalue.
fn eigenvalues([[a, b], [_, c]]: [[f64; 2]; 2]) -> [f64; 2] {
    let (mean, radius) = (f64::midpoint(a, c), ((a - c) / 2.0).hypot(b));
    [mean - radius, mean + radius]
}

fn newton_step(surface: &dyn Surface, at: [f64; 2]) -> [f64; 2] {
    let (_, [dx, dy]) = surface.gradient(at);
    let [[a, b], [_, c]] = surface.hessian(at);
    let determinant = a * c - b * b;
    [
        -(c * dx - b * dy) / determinant,
        -(a * dy - b * dx) / determinant,
    ]
}

/// The minima in the surface's own window.
fn found(choice: &SurfaceChoice) -> Vec<Minimum> {
    let surface = choice.open();
    minima::find(&*surface, &surface.window())
}

fn assert_close(a: f64, b: f64, tolerance: f64, what: &str) {
    assert!(
        (a - b).abs() <= tolerance * (1.0 + b.abs()),
        "{what}: {a} is not {b}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 250,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn derivatives_agree_with_differences(part in [0.0..=1.0, 0.0..=1.0]) {
        for (name, surface) in every_surface() {
            let at = point_in(&surface.window(), part);
            if !is_at_a_cusp(name, at) {
                check_derivatives(&*surface, at)?;
            }
        }
    }

    #[test]
    fn derivatives_of_turned_surfaces_agree_with_differences(
        part in [0.0..=1.0, 0.0..=1.0],
        angle in -4.0..4.0,
        about in [-3.0..3.0, -3.0..3.0],
    ) {
        use SurfaceChoice::{Branin, McCormick, SixHumpCamel};
        for choice in [SixHumpCamel, Branin, McCormick] {
            let turned = Rotated::new(choice.open(), angle, about);
            let at = point_in(&turned.window(), part);
            check_derivatives(&turned, turned.from_inner(at))?;
        }
    }

    #[test]
    fn a_row_holds_the_values_of_its_points(
        parts in prop::collection::vec(0.0..=1.0, 0..9),
        y in 0.0..=1.0,
    ) {
        for (_, surface) in every_surface() {
            let at = |part: f64| point_in(&surface.window(), [part, y]);
            let xs: Vec<f64> = parts.iter().map(|&part| at(part)[0]).collect();
            let [_, y] = at(0.0);
            let mut losses = vec![f64::NAN; xs.len()];
            surface.row(&xs, y, &mut losses);
            for (x, loss) in xs.into_iter().zip(losses) {
                prop_assert_eq!(loss.to_bits(), surface.value([x, y]).to_bits());
            }
        }
    }
}

#[test]
fn values_and_derivatives_agree_with_fifty_digits() {
    let mut rows = csv::Reader::from_path("tests/data/surfaces.csv").expect("the table");
    let mut seen = Vec::new();
    for row in rows.deserialize() {
        let (name, [x, y, expected @ ..]): (String, [f64; 8]) = row.expect("a row");
        let surface: SurfaceChoice = ron::from_str(&name).expect("a name");
        let surface = surface.open();
        let (loss, [dx, dy]) = surface.gradient([x, y]);
        let [[xx, xy], [yx, yy]] = surface.hessian([x, y]);
        assert_eq!(xy.to_bits(), yx.to_bits());
        let got = [loss, dx, dy, xx, xy, yy];
        for (column, (got, expected)) in got.into_iter().zip(expected).enumerate() {
            assert!(
                (got - expected).abs() <= 1e-12 * expected.abs(),
                "{name} at ({x}, {y}), column {column}: {got:e} is not {expected:e}"
            );
        }
        assert!((surface.value([x, y]) - expected[0]).abs() <= 1e-12 * expected[0].abs());
        seen.push(name);
    }
    seen.dedup();
    let names: Vec<&str> = every_surface().map(|(name, _)| name).collect();
    assert_eq!(seen, names, "every surface has rows in the table");
}

#[test]
fn every_surface_is_described() {
    let mut titles = std::collections::HashSet::new();
    for (choice, (name, _, _)) in SurfaceChoice::BUILT_IN.iter().zip(PUBLISHED) {
        let about = choice.about();
        assert_eq!(about.name, *name, "the order of the menus");
        assert_eq!(about.name, format!("{choice:?}"));
        assert!(titles.insert(about.title), "{name}: a title of its own");
        let equation = about.equation.to_string();
        for text in [&equation, about.source, about.teaches] {
            assert!(!text.is_empty() && text.trim() == text, "{name}: {text}");
            assert!(!text.contains("  "), "{name}: {text}");
        }
        assert!(about.teaches.ends_with('.'), "{name}: a whole sentence");
        assert_eq!(choice.open().title(), about.title);
        assert_eq!(choice.open().window(), about.window);
        assert_eq!(choice.open().minima(), about.minima);
    }
    assert_eq!(SurfaceChoice::BUILT_IN.len(), PUBLISHED.len());
}

/// What is printed, exported and copied is the formula that is raced on.
#[test]
fn every_surface_has_the_loss_and_derivatives_of_its_text() {
    for choice in SurfaceChoice::BUILT_IN {
        let (surface, text) = (choice.open(), choice.about().equation);
        let expression = text.expression().expect("a formula");
        let mut typed = SurfaceChoice::Typed(choice.typed_copy().expect("a copy"));
        typed.load(None).unwrap();
        let copy = typed.open();
        assert_eq!(copy.window(), surface.window(), "{choice:?}");
        let window = surface.window();
        for k in 0..60_u32 {
            // Points that are spread evenly, and the origin.
            let part = |step: f64| (f64::from(k) * step).fract();
            let at = if k == 0 {
                [0.0, 0.0]
            } else {
                [
                    window.x[0] + part(0.618_033_988_749_895) * window.width(),
                    window.y[0] + part(0.754_877_666_246_693) * window.height(),
                ]
            };
            let (loss, gradient) = surface.gradient(at);
            let (its, slope) = copy.gradient(at);
            let same = |a: f64, b: f64, what: &str| {
                let error = (a - b).abs() / (1.0 + a.abs());
                assert!(error < 1e-11, "{choice:?} at {at:?}: {what} {a}, but {b}");
            };
            same(loss, its, "loss");
            same(loss, expression.tape().eval(at[0], at[1], &[]), "loss");
            for axis in 0..2 {
                same(gradient[axis], slope[axis], "slope");
                if k > 0 {
                    let [ours, its] = [surface.hessian(at), copy.hessian(at)];
                    same(ours[axis][0], its[axis][0], "curvature");
                    same(ours[axis][1], its[axis][1], "curvature");
                }
            }
        }
    }
}

#[test]
fn known_minima_have_the_published_digits() {
    for (choice, (name, published, rounding)) in SurfaceChoice::BUILT_IN.iter().zip(PUBLISHED) {
        let known = choice.about().minima;
        assert_eq!(known.len(), published.len(), "{name}");
        for (minimum, (at, value, global)) in known.iter().zip(*published) {
            for k in 0..2 {
                assert!((minimum.at[k] - at[k]).abs() <= *rounding, "{name}: {at:?}");
            }
            assert!(
                (minimum.value - value).abs() <= *rounding,
                "{name}: {value}"
            );
            assert_eq!(minimum.global, *global, "{name}: {at:?}");
        }
    }
}

#[test]
fn known_minima_are_minima_to_the_last_digit() {
    for (name, surface) in every_surface() {
        for minimum in surface.minima() {
            let at = minimum.at;
            assert!(surface.window().contains(at), "{name}: {at:?}");
            assert_close(surface.value(at), minimum.value, 1e-12, name);
            let [low, high] = eigenvalues(surface.hessian(at));
            assert!(low > 1e-6 * high, "{name} curves upwards at {at:?}");
            let (_, gradient) = surface.gradient(at);
            assert!(
                gradient[0].hypot(gradient[1]) <= 1e-13 * high * (1.0 + at[0].hypot(at[1])),
                "{name} is level at {at:?}, not {gradient:?}"
            );
            for (k, step) in newton_step(&*surface, at).into_iter().enumerate() {
                assert!(
                    step.abs() <= 1e-12 * (1.0 + at[k].abs()),
                    "{name}: {at:?} is off by {step:e}"
                );
            }
        }
    }
}

#[test]
fn no_sample_lies_below_a_global_minimum() {
    for (name, surface) in every_surface() {
        let minima = surface.minima();
        for global in minima.iter().filter(|minimum| minimum.global) {
            for point in points(surface.window()) {
                assert!(surface.value(point) >= global.value, "{name}: {point:?}");
            }
        }
        for minimum in &minima {
            let least = minima
                .iter()
                .map(|other| other.value)
                .fold(f64::INFINITY, f64::min);
            let is_least = minimum.value <= least;
            assert_eq!(minimum.global, is_least, "{name}: {minimum:?}");
        }
    }
}

#[test]
fn the_tip_of_ackleys_cone_is_a_minimum() {
    let surface = open(&SurfaceChoice::Ackley);
    assert_eq!(surface.gradient([0.0, 0.0]), (0.0, [0.0, 0.0]));
    assert_eq!(surface.hessian([0.0, 0.0]), [[40.0, 0.0], [0.0, 40.0]]);
    // Near the tip the slope is that of the cone, 4/√2, even where x² underflows.
    let (_, [dx, _]) = surface.gradient([1e-100, 0.0]);
    assert_close(dx, 8.0_f64.sqrt(), 1e-12, "slope of the cone");
    let (loss, [dx, _]) = surface.gradient([1e-200, 0.0]);
    assert!(loss.abs() < 1e-14 && dx.is_finite());
}

#[test]
fn small_losses_keep_their_digits() {
    // Far from the hole Easom's loss is tiny but accurate, since nothing cancels.
    let easom = open(&SurfaceChoice::Easom);
    let expected = -(-2.0 * PI * PI).exp();
    assert!((easom.value([0.0, 0.0]) / expected - 1.0).abs() < 1e-14);
    let griewank = open(&SurfaceChoice::Griewank);
    assert_eq!(griewank.value([0.0, 0.0]).to_bits(), 0.0_f64.to_bits());
}

#[test]
fn find_finds_as_many_minima_as_there_are() {
    for (choice, count) in [
        (SurfaceChoice::Beale, 1),
        (SurfaceChoice::Rosenbrock, 1),
        (SurfaceChoice::Saddle, 0),
        (SurfaceChoice::LongValley, 1),
        (SurfaceChoice::Himmelblau, 4),
        (SurfaceChoice::Rastrigin, 121),
        (SurfaceChoice::Ackley, 121),
        (SurfaceChoice::Booth, 1),
        (SurfaceChoice::Matyas, 1),
        (SurfaceChoice::ThreeHumpCamel, 3),
        (SurfaceChoice::SixHumpCamel, 6),
        (SurfaceChoice::StyblinskiTang, 4),
        (SurfaceChoice::GoldsteinPrice, 4),
        (SurfaceChoice::McCormick, 2),
        (SurfaceChoice::Easom, 5),
        (SurfaceChoice::Griewank, 17),
        (SurfaceChoice::MonkeySaddle, 0),
        (SurfaceChoice::Bohachevsky, 25),
        (SurfaceChoice::Branin, 3),
    ] {
        let found = found(&choice);
        assert_eq!(found.len(), count, "{choice:?}: {found:?}");
    }
    // About a quarter of these ripples are too shallow for the grid to detect.
    assert!(found(&SurfaceChoice::LeviN13).len() >= 900);
}

#[test]
fn find_keeps_known_minima_and_polishes_the_others() {
    for choice in SurfaceChoice::BUILT_IN {
        let (surface, found) = (choice.open(), found(choice));
        for known in choice.about().minima {
            assert!(found.contains(known), "{choice:?}: {known:?}");
        }
        for minimum in &found {
            assert!(surface.window().contains(minimum.at));
            let [low, _] = eigenvalues(surface.hessian(minimum.at));
            assert!(low > 0.0, "{choice:?}: {minimum:?}");
            for (k, step) in newton_step(&*surface, minimum.at).into_iter().enumerate() {
                assert!(
                    step.abs() <= 1e-11 * (1.0 + minimum.at[k].abs()),
                    "{choice:?}: {minimum:?} is off by {step:e}"
                );
            }
        }
        let known_global = choice
            .about()
            .minima
            .iter()
            .filter(|minimum| minimum.global);
        let found_global = found.iter().filter(|minimum| minimum.global);
        assert_eq!(found_global.count(), known_global.count(), "{choice:?}");
        assert!(
            found.is_sorted_by_key(|minimum| minimum.value),
            "{choice:?}"
        );
    }
}

#[test]
fn find_works_in_any_window() {
    // The tip of the cone lies between samples, and a window may exclude the known minimum.
    let ackley = open(&SurfaceChoice::Ackley);
    let found = minima::find(&*ackley, &Window::new([-1.3, 2.1], [-0.7, 1.9]));
    assert_eq!(found[0], Minimum::global([0.0, 0.0], 0.0));
    assert_eq!(found.len(), 4 * 2, "four columns, two rows: {found:?}");
    let found = minima::find(&*ackley, &Window::new([0.5, 1.5], [-0.5, 0.5]));
    assert_eq!(found.len(), 1);
    assert!(!found[0].global, "the global one lies outside");
    // The samples differ only by rounding errors.
    for width in [1e-7, 1e-10, 1e-14] {
        let branin = open(&SurfaceChoice::Branin);
        let known = branin.minima()[1];
        let window = Window::square(width).moved(known.at[0], known.at[1]);
        assert_eq!(minima::find(&*branin, &window), [known]);
    }
    // McCormick's staircase has lower steps outside its own window.
    let mccormick = open(&SurfaceChoice::McCormick);
    let found = minima::find(&*mccormick, &Window::square(9.0));
    assert!(found.len() > 4);
    assert_eq!(found.iter().filter(|minimum| minimum.global).count(), 1);
    assert!(found[0].global && found[0].value < -4.0);
}

#[test]
fn find_turns_with_the_surface() {
    for angle in [0.3, 1.0, -2.0] {
        let turned = Rotated::new(open(&SurfaceChoice::Ackley), angle, [0.3, -0.2]);
        let found = minima::find(&turned, &Window::square(0.8));
        assert_eq!(found.iter().filter(|minimum| minimum.global).count(), 1);
        assert_eq!(found[0], turned.minima()[0]);
    }
}

/// Defines a surface without known minima from a formula.
macro_rules! formula {
    ($name:ident, |$x:ident, $y:ident| $formula:expr) => {
        #[derive(Debug)]
        struct $name;
        impl Formula for $name {
            const ABOUT: About = About {
                name: stringify!($name),
                title: stringify!($name),
                equation: Equation::Words(stringify!($formula)),
                window: Window::square(2.0),
                minima: &[],
                source: "",
                teaches: "",
            };
            fn formula<D: Number>(&self, $x: D, $y: D) -> D {
                $formula
            }
        }
    };
}

formula!(Constant, |x, y| (x + y) * 0.0 + 3.0);
formula!(AlmostConstant, |x, y| x.sin().powi(2)
    + x.cos().powi(2)
    + y * 0.0);
formula!(Gutter, |x, y| (y - x * 0.3).powi(2));
formula!(BentGutter, |x, y| (y - x * x).powi(2));
formula!(SharpGutter, |x, y| (y - x * 0.3).powi(2).sqrt());
formula!(Tilted, |x, y| x * 0.3 - y);
formula!(FlatBottomed, |x, y| ((x - 0.1).powi(4) + (y + 0.7).powi(4))
    + 5.0);
formula!(FlatOneWay, |x, y| (x - 0.1).powi(4) + (y + 0.7).powi(2));
formula!(Pyramid, |x, y| (x - 0.3).powi(2).sqrt()
    + (y * y).sqrt() * 2.0);
formula!(Undefined, |x, y| x.ln() * y.sqrt());
formula!(PartlyUndefined, |x, y| x * x.ln() + (y - 0.5).powi(2));
formula!(Nowhere, |x, y| (x - y) * f64::NAN);
formula!(Noise, |x, y| (x * y * 1e9).sin());
formula!(Cubic, |x, y| x.powi(3) - x * 3.0 + y * y);
formula!(Scaled, |x, y| ((x - 0.2).powi(2) + (y - 1.0).powi(2) * 1e6)
    * 1e-30);

#[test]
fn find_invents_no_minima() {
    for surface in [
        &Constant as &dyn Surface,
        &AlmostConstant,
        &Gutter,
        &BentGutter,
        &SharpGutter,
        &Tilted,
        &Undefined,
        &Nowhere,
    ] {
        let found = minima::find(surface, &Window::new([-2.0, 2.0], [-1.9, 2.3]));
        assert!(found.is_empty(), "{surface:?}: {found:?}");
    }
    // Noise has minima too, but too fine to find; what matters is that the search terminates.
    assert!(minima::find(&Noise, &Window::square(2.0)).len() <= 2048);
}

#[test]
fn find_copes_with_flat_sharp_and_partial_surfaces() {
    for (surface, at, digits) in [
        (&FlatBottomed as &dyn Surface, [0.1, -0.7], 1e-9),
        (&FlatOneWay, [0.1, -0.7], 1e-9),
        (&Pyramid, [0.3, 0.0], 1e-12),
        (&PartlyUndefined, [(-1.0_f64).exp(), 0.5], 1e-15),
        (&Scaled, [0.2, 1.0], 1e-15),
    ] {
        let found = minima::find(surface, &Window::new([-2.0, 2.1], [-1.9, 2.3]));
        assert_eq!(found.len(), 1, "{surface:?}: {found:?}");
        assert!(found[0].global, "{surface:?}");
        let [x, y] = found[0].at;
        let off = (x - at[0]).abs().max((y - at[1]).abs());
        assert!(off < digits, "{surface:?}: {found:?}");
    }
}

#[test]
fn the_lowest_minimum_is_global_only_if_nothing_lies_lower() {
    let near = minima::find(&Cubic, &Window::square(1.9));
    assert_eq!(near, [Minimum::global([1.0, 0.0], -2.0)]);
    let far = minima::find(&Cubic, &Window::square(3.0));
    assert_eq!(far, [Minimum::local([1.0, 0.0], -2.0)]);
}

#[test]
fn no_point_panics() {
    let odd = [
        0.0,
        -0.0,
        1.0,
        1e300,
        -1e300,
        f64::MAX,
        f64::INFINITY,
        f64::NAN,
        1e-320,
    ];
    for (_, surface) in every_surface() {
        for at in odd.into_iter().flat_map(|x| odd.map(|y| [x, y])) {
            let _ = (surface.value(at), surface.gradient(at), surface.hessian(at));
        }
        let _ = minima::find(&*surface, &Window::square(1e300));
        let _ = minima::find(&*surface, &Window::square(f64::NAN));
        let _ = minima::find(&*surface, &Window::square(0.0));
    }
}

/// Where a second derivative crosses zero among large ones, rounded coordinates decide.
#[test]
fn derivatives_agree_with_differences_where_they_cross_zero() {
    let surface = SurfaceChoice::LeviN13.open();
    let at = [8.375_353_391_407_089, -9.466_458_801_895_707];
    check_derivatives(&*surface, at).unwrap();
}
