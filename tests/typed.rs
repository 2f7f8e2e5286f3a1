//! Surfaces that are typed into a preset.

use slalom::plane::Window;
use slalom::preset::{from_text, to_text};
use slalom::surface::SurfaceChoice;
use slalom::surface::stationary::{self, Kind};
use slalom::surface::typed::{Parameter, Typed};

fn preset(surface: &str) -> Result<slalom::preset::Preset, String> {
    let text = format!(
        "(version: 1, surface: {surface}, start: (0.5, 0.5), steps: 10,\n racers: [(optimizer: Adam())])"
    );
    from_text("p.ron", &text).map_err(|fault| fault.to_string())
}

fn open(surface: &str) -> std::sync::Arc<dyn slalom::surface::Surface> {
    preset(surface).unwrap().experiment.open_surface()
}

#[test]
fn a_formula_with_parameters_is_a_surface() {
    let surface = open(
        r#"Formula(loss: "x^2 + a*sin(y)", parameters: {"a": 2.0}, window: (x: (-3.0, 3.0), y: (-3.0, 3.0)))"#,
    );
    assert_eq!(surface.window(), Window::square(3.0));
    let at = [0.7, 0.3_f64];
    let (loss, gradient) = surface.gradient(at);
    assert_eq!(loss, surface.value(at));
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-14, "{a} {b}");
    close(loss, 0.49 + 2.0 * at[1].sin());
    close(gradient[0], 1.4);
    close(gradient[1], 2.0 * at[1].cos());
    let [[xx, xy], [yx, yy]] = surface.hessian(at);
    close(xx, 2.0);
    close(yy, -2.0 * at[1].sin());
    assert_eq!([xy, yx], [0.0; 2]);
    let mut losses = [0.0; 3];
    surface.row(&[0.7, 1.0, 2.0], 0.3, &mut losses);
    close(losses[0], loss);
    assert!(surface.precise().is_some());
}

#[test]
fn a_typed_copy_of_a_surface_races_in_the_same_way() {
    let beale = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2";
    let race = |surface: &str| slalom::simulation::simulate(&preset(surface).unwrap().experiment);
    let typed = race(&format!("Formula(loss: \"{beale}\")"));
    let built_in = race("Beale");
    for (a, b) in typed[0].loss.iter().zip(&built_in[0].loss) {
        assert!((a - b).abs() <= 1e-13 * b.abs().max(1.0), "{a} {b}");
    }
    assert_eq!(typed[0].points(), 11);
}

#[test]
fn files_keep_parameters_in_their_order_and_with_their_ranges() {
    let text = r#"Formula(loss: "b*x^2 + a*y^2", parameters: {"b": (value: 2.0, range: (0.0, 5.0)), "a": 1})"#;
    let read = preset(text).unwrap();
    let written = to_text(&read).unwrap();
    assert_eq!(from_text("p.ron", &written).unwrap(), read);
    let SurfaceChoice::Typed(typed) = &read.experiment.surface else {
        panic!("{written}");
    };
    assert_eq!(typed.parameters.names().collect::<Vec<_>>(), ["b", "a"]);
    let b = Parameter {
        value: 2.0,
        range: Some([0.0, 5.0]),
    };
    assert_eq!(typed.parameters.get("b"), Some(&b));
    assert_eq!(typed.parameters.get("a"), Some(&1.0.into()));
}

#[test]
fn a_wrong_formula_is_told_in_one_sentence_with_its_place() {
    for (surface, expected) in [
        (
            r#"Formula(loss: "x^2 + sine(y)")"#,
            "p.ron:1:37: in the formula, line 1, column 7: there is no function sine; did you mean \
             sin?",
        ),
        (
            r#"Formula(loss: "a*x^2")"#,
            "p.ron:1:37: in the formula, line 1, column 1: there is no quantity a; give it a value, as in \
             parameters: {\"a\": 1.0}",
        ),
        (
            r#"Formula(loss: "x", parameters: {"sin": 1.0})"#,
            "a parameter cannot be called \"sin\"",
        ),
        (
            r#"Formula(loss: "a*x", parameters: {"a": 1.0, "a": 2.0})"#,
            "the parameter a is given twice",
        ),
        (
            r#"Formula(loss: "a*x", parameters: {"a": inf})"#,
            "the parameter a is inf, but must be a finite number",
        ),
        (
            r#"Formula(loss: "a*x", parameters: {"a": (value: 1.0, range: (2.0, 2.0))})"#,
            "the range of the parameter a is (2, 2), but must be a smaller and a larger number",
        ),
        (
            r#"Formula(loss: "x", window: (x: (1.0, -1.0), y: (0.0, 1.0)))"#,
            "x of the window is (1, -1), but must be a smaller and a larger number",
        ),
        (r#"Formula(los: "x")"#, "did you mean loss?"),
        (r#"Formula(loss: "")"#, "there is nothing to compute"),
    ] {
        let told = preset(surface).map(|_| ()).unwrap_err();
        assert!(told.contains(expected), "{surface}\n{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}

#[test]
fn the_window_shows_the_stationary_points() {
    let window = |loss: &str| {
        let text = format!("Formula(loss: \"{loss}\")");
        open(&text).window()
    };
    assert_eq!(window("x^2 + 50*y^2"), Window::square(2.0));
    // Two valleys far out.
    let far = window("((x - 30)^2 - 25)^2/100 + (y + 7)^2");
    for at in [[25.0, -7.0], [35.0, -7.0], [30.0, -7.0]] {
        assert!(far.contains(at), "{far:?}");
    }
    // There is nothing but a slope.
    assert_eq!(window("x + y"), Window::square(5.0));
    // It is defined only far away.
    let disc = window("sqrt(x^2 + y^2 - 900)");
    assert!(disc.contains([40.0, 0.0]), "{disc:?}");
}

#[test]
fn stationary_points_are_found_and_told_apart() {
    let surface = open(
        r#"Formula(loss: "u = y - c*x^2; (x^2 - 1)^2 + a*x + b*u^2",
            parameters: {"a": 0.35, "b": 2.0, "c": 0.5})"#,
    );
    let points = stationary::find(&*surface, &surface.window());
    let told: Vec<(Kind, [f64; 2], f64)> = points
        .iter()
        .map(|point| (point.kind, point.at, point.value))
        .collect();
    let expected = [
        (Kind::Minimum, [-1.0412, 0.5420], -0.3568),
        (Kind::Minimum, [0.953, 0.454], 0.342),
        (Kind::Saddle, [0.0882, 0.0039], 1.0155),
    ];
    assert_eq!(told.len(), 3, "{told:?}");
    for ((kind, at, value), (its, place, loss)) in told.into_iter().zip(expected) {
        assert_eq!(kind, its);
        for (a, b) in [(at[0], place[0]), (at[1], place[1]), (value, loss)] {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }
}

#[test]
fn names_without_a_value_are_offered() {
    let mut typed = Typed::new("a*x^2 + k*y^2");
    assert_eq!(typed.unknown_names().unwrap(), ["a", "k"]);
    typed.parameters.set("k", 2.0.into());
    assert_eq!(typed.unknown_names().unwrap(), ["a"]);
    assert!(typed.expression().is_err());
    typed.parameters.set("a", 1.0.into());
    assert!(typed.expression().is_ok());
}

#[test]
fn a_slider_without_a_range_has_one_that_suits() {
    for (value, range) in [
        (0.35, [0.0, 1.0]),
        (2.0, [0.0, 5.0]),
        (50.0, [0.0, 100.0]),
        (-3.0, [-10.0, 10.0]),
        (0.0, [0.0, 2.0]),
    ] {
        assert_eq!(Parameter::from(value).slider(), range, "{value}");
    }
}

/// A preset whose parameter has another value.
fn moved(name: &str, parameter: &str, value: f64) -> slalom::experiment::Experiment {
    let mut race = slalom::preset::load_built_in(name).unwrap().experiment;
    let mut typed = race.surface.typed().unwrap().clone();
    typed.parameters.set(parameter, value.into());
    race.surface = SurfaceChoice::Typed(typed);
    race.surface.load(None).unwrap();
    race
}

/// The last losses of a race, in the order of its racers.
fn ends(race: &slalom::experiment::Experiment) -> Vec<f64> {
    let paths = slalom::simulation::simulate(race);
    paths
        .iter()
        .map(|path| *path.loss.last().unwrap())
        .collect()
}

#[test]
fn only_momentum_leaves_the_second_minimum_which_vanishes_where_the_notes_say() {
    let race = slalom::preset::load_built_in("second-minimum")
        .unwrap()
        .experiment;
    let paths = slalom::simulation::simulate(&race);
    let lefts: Vec<String> = (race.titles().into_iter().zip(&paths))
        .filter(|(_, path)| path.at(path.last_step())[0] < 0.0)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(lefts, ["Momentum"]);
    for path in &paths {
        let end = path.at(path.last_step())[0];
        assert!(
            (end + 1.04).abs() < 0.05 || (end - 0.95).abs() < 0.05,
            "{end}"
        );
    }
    let kinds = |a: f64| {
        let surface = moved("second-minimum", "a", a).open_surface();
        let points = stationary::find(&*surface, &Window::square(3.0));
        points.iter().map(|point| point.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(0.35), [Kind::Minimum, Kind::Minimum, Kind::Saddle]);
    assert_eq!(kinds(1.53), [Kind::Minimum, Kind::Minimum, Kind::Saddle]);
    assert_eq!(kinds(1.55), [Kind::Minimum]);
    let depth = |a: f64| {
        let surface = moved("second-minimum", "a", a).open_surface();
        stationary::find(&*surface, &Window::square(3.0))[0].value
    };
    assert!(depth(0.7) < depth(0.35), "the left minimum deepens");
}

#[test]
fn the_rates_bear_the_conditions_that_the_notes_say() {
    let [descent, momentum, adam] = [0, 1, 2];
    let ends = |k: f64| ends(&moved("condition-of-a-valley", "k", k));
    let (flat, near, past, far) = (ends(5.0), ends(24.0), ends(26.0), ends(50.0));
    assert!(
        near[descent] < 1e-6 && past[descent] > 1e6,
        "the limit is 25"
    );
    assert!(
        past[momentum] < 1e-2 && far[momentum] > 1e6,
        "1.9/0.04 = 47.5"
    );
    assert!(ends(47.0)[momentum] < 1.0);
    let path = |k: f64| {
        let paths = slalom::simulation::simulate(&moved("condition-of-a-valley", "k", k));
        (0..=120)
            .map(|step| paths[adam].at(step))
            .collect::<Vec<_>>()
    };
    for (a, b) in path(5.0).iter().zip(path(50.0)) {
        assert!(
            (a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 1e-6,
            "{a:?} {b:?}"
        );
    }
    assert!(flat[adam] < 1e-3 && far[adam] < 1e-3);
}

#[test]
fn only_rules_that_scale_the_axes_notice_that_the_valley_is_turned() {
    let at = |angle: f64| ends(&moved("turned-rosenbrock", "a", angle));
    let straight = at(0.0);
    for angle in [0.3, 0.8, 1.57] {
        let turned = at(angle);
        for racer in [0, 1] {
            let change = (turned[racer] / straight[racer] - 1.0).abs();
            assert!(change < 1e-9, "{angle} {racer}: {change}");
        }
        for racer in [2, 3] {
            let change = (turned[racer] / straight[racer] - 1.0).abs();
            assert!(change > 0.01, "{angle} {racer}: {change}");
        }
    }
}

#[test]
fn where_a_loss_is_not_finite_there_is_none_however_close_to_the_edge() {
    for (formula, holes) in [
        ("sqrt(x) + y^2", &[-1e-9, -0.3, -4.0][..]),
        ("ln(x)^2 + y^2", &[-0.2, -3.0]),
        ("1/x + y^2", &[]),
    ] {
        let surface = open(&format!("Formula(loss: \"{formula}\")"));
        let xs = [-4.0, -0.3, -1e-9, -0.2, -3.0, 0.5];
        let mut row = [0.0; 6];
        surface.row(&xs, 1.0, &mut row);
        for (x, loss) in xs.iter().zip(row) {
            let is_hole = holes.contains(x);
            assert!(!is_hole || loss.is_nan(), "{formula} at {x}: {loss}");
            assert_eq!(loss.to_bits(), surface.value([*x, 1.0]).to_bits());
        }
        assert!(row[5].is_finite());
    }
}
