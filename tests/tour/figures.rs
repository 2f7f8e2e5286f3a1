//! Every number stated in a lesson agrees with its race.
//!
//! A claim quotes the lesson, with the number in braces, and computes it. All digits of the number
//! must be right. A number that is not in a claim must be a setting of the lesson, a year, or
//! listed here as given.

use slalom::experiment::Schedule;
use slalom::optimizer::NoteRole;
use slalom::preset::{TOUR, load_built_in, to_text};

use super::lessons::*;
use super::measures::*;
use super::numbers::numbers;

struct Claim {
    says: &'static str,
    is: fn() -> f64,
}

macro_rules! claims {
    ($($lesson:literal: [$($says:literal => $is:expr),+ $(,)?])+) => {
        const CLAIMS: &[(&str, &[Claim])] = &[
            $(($lesson, &[$(Claim { says: $says, is: || $is }),+])),+
        ];
    };
}

claims! {
    "01-gradient-descent": [
        "where λ = {50} is the steepest curvature" => steepest(),
        "after 200 steps its loss is still {0.0031}" => loss(GRADIENT_DESCENT, "Careful"),
        "from step {167} on" => settles(GRADIENT_DESCENT, "Bold"),
        "at 0.041 the loss ends at {1.7}·10¹⁰" => bold(0.041) / 1e10,
        "the limit, 2/λ = {0.04}" => 2.0 / steepest(),
    ]
    "02-batch-and-stochastic": [
        "fits {100} points" => number(lesson(STOCHASTIC).surface.open().rows()),
        "slope, over all {100} (*batch*)" => number(lesson(STOCHASTIC).surface.open().rows()),
        "the lowest loss after {35} rows" => mean(|seed| rows_to_low(seed, "1 row")),
        "needs {18} steps, which" => rows_to_low(0, "All rows") / 100.0,
        "which is {1,800} rows" => rows_to_low(0, "All rows"),
        "over the last 200 steps its loss is {0.105} too high on average" =>
            mean(|seed| excess(seed, "1 row", Schedule::Constant)),
        "against {0.004} for 16 rows" => mean(|seed| excess(seed, "16 rows", Schedule::Constant)),
        "the inverse-time schedule and a decay of 0.02, the loss over the last 200 steps is only {0.004} too high" =>
            mean(|seed| excess(seed, "1 row", Schedule::InverseTime { decay: 0.02 })),
    ]
    "03-momentum": [
        "to 1/(1 − μ) gradients, which is {10} at μ = 0.9" => sum_on_an_even_slope(),
        "settles (within 0.01) at step {167}" => settles(MOMENTUM, "Without momentum"),
        "(0.5) at {76}" => settles(MOMENTUM, "A little"),
        "(0.9) at {108}" => settles(MOMENTUM, "A lot"),
        "overshooting to x = {1.87}" => highest(&path(MOMENTUM, "A lot").x),
        "With 0.7 it is step {38}" => settled_with(MOMENTUM, "A little", "momentum", 0.7),
    ]
    "04-nesterov": [
        "Momentum to −{1.39}" => -lowest(&path(NESTEROV, "Momentum").y),
        "it swings out to y = −{0.16}" => -lowest(&path(NESTEROV, "Nesterov").y),
        "(within 0.01) at step {97}" => settles(NESTEROV, "Nesterov"),
        "instead of {117}" => settles(NESTEROV, "Momentum"),
        "Here that is {0.0271}" => breaks(NESTEROV, "Nesterov"),
        "and {0.076}, with gradient" => breaks(NESTEROV, "Momentum"),
        "descent in between, at {0.04}" => breaks(GRADIENT_DESCENT, "Bold"),
    ]
    "05-adagrad": [
        "first slopes are −{4.5} along x" => -first_slope(0),
        "and {75} along y" => first_slope(1),
        "the first step is η = {1} on both axes" => first_move(ADAGRAD, "Adagrad", 0),
        "(within 0.01) at step {44}" => settles(ADAGRAD, "Adagrad"),
        "gradient descent at {167}" => settles(ADAGRAD, "Gradient descent"),
        "With η = 4 it is step {6}" => settled_with(ADAGRAD, "Adagrad", "learning_rate", 4.0),
    ]
    "06-adagrad-full": [
        "its loss is {0.0039}" => loss(FULL, "Diagonal"),
        "Full settles (within 0.01) at step {45}" => settles(FULL, "Full"),
        "On Booth from (−8, −6), with η = 1, it is the other way round: Diagonal settles at step {175}" =>
            number(settles_in(&booth(), "Diagonal").unwrap()),
        "Rotated by 45 degrees, Diagonal settles at step {44}" =>
            number(settles_in(&changed(FULL, |it| turn(it, 45.0)), "Diagonal").unwrap()),
        "however the surface lies, at {45} as before" =>
            number(settles_in(&changed(FULL, |it| turn(it, 45.0)), "Full").unwrap()),
    ]
    "07-forgetting": [
        "drops to {9.7} % of the first" => 100.0 * kept_of_the_rate(),
        "ends at a loss of {1.49}" => loss(FORGETTING, "Adagrad"),
        "It settles (within 0.01) at step {251}" => settles(FORGETTING, "Adadelta"),
        "RMSProp arrives at step {121}" => arrives(FORGETTING, "RMSProp"),
        "jitters and ends at {0.016}" => loss(FORGETTING, "RMSProp"),
        "with the cosine schedule over 300 steps it settles at step {234}" => {
            let cosine = Schedule::cosine(300, 0.0);
            let calmed = changed(FORGETTING, |it| schedule(it, "RMSProp", cosine));
            number(settles_in(&calmed, "RMSProp").unwrap())
        },
    ]
    "08-adam": [
        "the first within 0.01 of the minimum, at step {67}" => arrives(ADAM, "RMSProp"),
        "at a loss of {0.063}" => loss(ADAM, "RMSProp"),
        "**Momentum** settles at step {118}" => settles(ADAM, "Momentum"),
        "at step {118}, and so does **Adam**" => settles(ADAM, "Adam"),
    ]
    "09-bias-correction": [
        "multiplies m by {10} and v" => first_correction(NoteRole::Moment),
        "by {1,000}, later by less" => first_correction(NoteRole::Squares),
        "instead of η = {0.05}" => first_move(BIAS, "Corrected", 0),
        "the first move is {0.158} on each axis" => first_move(BIAS, "Uncorrected", 0),
        "soon moves by up to {0.30}" => longest_move(BIAS, "Uncorrected"),
        "(within 0.01) at step {101}" => settles(BIAS, "Uncorrected"),
        "With 0.1 it is step {118}" => settled_with(BIAS, "Corrected", "learning_rate", 0.1),
    ]
    "10-nadam": [
        "**Adam** settles (within 0.01) at step {111}" => settles(NADAM, "Adam"),
        "**Nadam as in Optax** at {106}" => settles(NADAM, "Nadam as in Optax"),
        "**as in Keras** at {99}" => settles(NADAM, "Nadam as in Keras"),
        "**as in PyTorch** at {79}" => settles(NADAM, "Nadam as in PyTorch"),
        "from (−1.5, 2), Adam is at a loss of {0.023} after 400 steps" =>
            loss_in(&rosenbrock(), "Adam"),
        "this Nadam at {0.108}" => loss_in(&rosenbrock(), "Nadam as in PyTorch"),
    ]
    "11-radfords-race": [
        "to y = −{2.06}" => -lowest(&path(RADFORD, "Momentum").y),
        "and −{1.44}" => -lowest(&path(RADFORD, "Nesterov").y),
        "Adadelta's loss is {0.00014}" => loss(RADFORD, "Adadelta"),
        "Nesterov's {0.0012}" => loss(RADFORD, "Nesterov"),
        "Adam's {0.0023}" => loss(RADFORD, "Adam"),
        "Momentum's {0.0089}" => loss(RADFORD, "Momentum"),
        "gradient descent's {1.16}" => loss(RADFORD, "Gradient descent"),
        "from step {149} on, where its trail is dashed" => decided_from(RADFORD, "RMSProp"),
        "far below Adam's {0.0023}" => loss(RADFORD, "Adam"),
        "With 0.03 it ends at {0.00014}" => loss_in(&tuned(), "Gradient descent"),
    ]
    "12-saddle": [
        "still at y = −{0.005}" => -path(SADDLE, "Gradient descent").at(200)[1],
        "at steps {29} and 34" => leaves(0.0, "Adam").unwrap(),
        "at steps 29 and {34}" => leaves(0.0, "Adagrad").unwrap(),
        "leaves at step {99}" => leaves(0.0, "Momentum").unwrap(),
        "Rotated by 45 degrees" => 45.0,
        "Adam leaves at step {118}" => leaves(45.0, "Adam").unwrap(),
        "and Momentum at {99}" => leaves(45.0, "Momentum").unwrap(),
    ]
    "13-a-fair-race": [
        "it ends at a loss of {0.366}" => loss(FAIR, "Momentum"),
        "Gradient descent at {2.43}" => loss(FAIR, "Gradient descent"),
        "and the other two above {3.3}" => loss(FAIR, "RMSProp").min(loss(FAIR, "Adam")),
        "all four end within {0.0001} of each other" => apart_at_their_best(),
    ]
    "14-from-the-plane-to-a-network": [
        "This network, 2-8-1, has {33}" => weights(),
        "no rule gets below a loss of {0.288}" => straight_border(),
        "**Adam** ends at {0.071}" => loss(NETWORK, "Adam"),
        "**Momentum** at {0.123}" => loss(NETWORK, "Momentum"),
        "At a rate of 2 it ends at {0.078}" =>
            loss_in(&changed(NETWORK, |it| set(it, "Gradient descent", "learning_rate", 2.0)), "Gradient descent"),
    ]
    "15-invent-an-optimizer": [
        "at steps {22} and 11" => settles(INVENTED, "Momentum"),
        "at steps 22 and {11}" => settles(INVENTED, "Adam"),
    ]
}

/// Numbers that no lesson needs to prove: small ones in formulas, the distance that counts as near,
/// and the number of seeds.
const GIVEN: &[f64] = &[0.0, 1.0, 2.0, NEAR, 20.0];

/// Returns the text that a learner reads.
fn prose(name: &str) -> String {
    let goal = goal(name);
    let hint = goal.hint.unwrap_or_default();
    [lesson(name).notes, goal.ask, hint, goal.praise].join("\n\n")
}

/// Returns the numbers that the lesson sets: everything in its file except the prose.
fn settings(name: &str) -> Vec<f64> {
    let mut bare = load_built_in(name).unwrap();
    bare.experiment.notes.clear();
    let goal = bare
        .lesson
        .as_mut()
        .and_then(|it| it.goal.as_mut())
        .unwrap();
    goal.ask.clear();
    goal.hint = None;
    goal.praise.clear();
    assert_eq!(bare.check(), Ok(()));
    numbers(&to_text(&bare).unwrap())
}

#[test]
fn every_figure_is_right_in_all_its_digits() {
    for (name, claims) in CLAIMS {
        for claim in *claims {
            let Some((before, rest)) = claim.says.split_once('{') else {
                continue;
            };
            let (figure, after) = rest.split_once('}').unwrap();
            let quoted = format!("{before}{figure}{after}");
            assert!(
                prose(name).contains(&quoted),
                "{name} no longer says: {quoted}"
            );
            let digits = figure.replace(',', "");
            let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
            let is = (claim.is)();
            assert_eq!(format!("{is:.decimals$}"), digits, "{name}: {quoted}");
        }
    }
}

#[test]
fn no_number_is_left_without_proof() {
    assert_eq!(CLAIMS.len(), TOUR.len());
    for (name, claims) in CLAIMS {
        let mut prose = prose(name);
        for claim in *claims {
            prose = prose.replace(&claim.says.replace(['{', '}'], ""), "");
        }
        let settings = settings(name);
        for number in numbers(&prose) {
            let is_year = (1800.0..2100.0).contains(&number) && number.fract() == 0.0;
            let is_known = GIVEN.contains(&number) || settings.contains(&number);
            assert!(is_year || is_known, "{name} does not prove {number}");
        }
    }
}

/// Claims without a number.
#[test]
fn what_lessons_say_without_a_figure_is_so_too() {
    let careful = path(GRADIENT_DESCENT, "Careful");
    assert_eq!(careful.at(1)[1], 0.0, "on the floor after one step");
    assert_eq!(settles_in(&lesson(GRADIENT_DESCENT), "Careful"), None);

    let adagrad = path(ADAGRAD, "Adagrad");
    let [x, y] = adagrad.at(1);
    assert!(
        (x + 3.5).abs() < 1e-8 && (y - 0.5).abs() < 1e-8,
        "the same on both axes"
    );

    assert_eq!(settles_in(&booth(), "Full"), None, "not within 200");
    assert_eq!(booth().steps, 200);
    let (straight, turned) = (lesson(FULL), changed(FULL, |it| turn(it, 30.0)));
    let [straight, turned] = [straight, turned].map(|it| path_in(&it, "Full").loss);
    let part = |(a, b): (&f64, &f64)| (a - b).abs() / a.abs().max(1e-12);
    let parts = straight.iter().zip(&turned).map(part);
    assert!(
        parts.fold(0.0, f64::max) < 1e-6,
        "however the surface is rotated"
    );

    let rmsprop = path(ADAM, "RMSProp");
    let ([x, y], [from_x, from_y]) = (rmsprop.at(200), rmsprop.at(199));
    for leap in [x - from_x, y - from_y] {
        assert!(
            (leap.abs() - 0.1).abs() < 0.01,
            "in steps of about η: {leap}"
        );
    }
    assert_eq!(
        settles_in(&lesson(BIAS), "Corrected"),
        None,
        "not within 200 steps"
    );

    let half = |t: i32| 1.0 - 0.5 * 0.96_f64.powf(f64::from(t) * 0.004);
    assert!(half(200) < 0.52, "hardly at all during this race");

    let tuned = tuned();
    let best = loss_in(&tuned, "Gradient descent");
    for racer in &tuned.names()[1..] {
        assert!(best < loss_in(&tuned, racer), "lower than {racer}");
    }
    assert_eq!(leaves(45.0, "Adagrad"), None, "not at all");
}

#[test]
fn settling_is_staying_near() {
    let path = path(MOMENTUM, "A lot");
    let since = settles_in(&lesson(MOMENTUM), "A lot").unwrap();
    let away = |step: usize| path.at(step)[0].hypot(path.at(step)[1]);
    assert!((since..=200).all(|step| away(step) < NEAR));
    assert!(away(since - 1) >= NEAR);
}

/// A search over rates and memories finds none that settles earlier.
#[test]
fn the_rivals_of_an_invention_are_at_their_best() {
    let grid = |from: f64, to: f64, count: i32| {
        let factor = (to / from).powf(1.0 / f64::from(count - 1));
        (0..count).map(move |index| from * factor.powi(index))
    };
    let mut momentum = lesson(INVENTED);
    let mut adam = lesson(INVENTED);
    let mut tried = 0;
    let (first, second) = (settles(INVENTED, "Momentum"), settles(INVENTED, "Adam"));
    for memory in (0..50).map(|it| 0.02 * f64::from(it)) {
        for rate in grid(1e-3, 0.2, 60) {
            set(&mut momentum, "Momentum", "learning_rate", rate);
            set(&mut momentum, "Momentum", "momentum", memory);
            let since = settles_in(&momentum, "Momentum");
            assert!(
                since.is_none_or(|it| number(it) >= first),
                "{rate} {memory}"
            );
        }
        for rate in grid(0.05, 5.0, 40) {
            for forgetting in [0.0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999] {
                set(&mut adam, "Adam", "learning_rate", rate);
                set(&mut adam, "Adam", "beta_1", memory);
                set(&mut adam, "Adam", "beta_2", forgetting);
                let since = settles_in(&adam, "Adam");
                let is_later = since.is_none_or(|it| number(it) >= second);
                assert!(is_later, "{rate} {memory} {forgetting}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 16_000);
}
