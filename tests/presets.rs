//! The preset file: its contents, its defaults, and that nothing is lost in a round trip.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::preset::{TEXT, assert_wrong, wrong};
use common::{any_preset, cases, with};
use proptest::prelude::*;
use slalom::experiment::{Color, Schedule};
use slalom::optimizer::Origin;
use slalom::preset::{
    self, BUILT_IN, BuiltIn, FIRST, Pictures, Projection, Viewpoint, from_text, to_text,
};
use slalom::sampling::Heights;
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;

/// A lesson is recognized by its title when the window is opened with it.
#[test]
fn titles_of_built_in_presets_are_their_own() {
    let mut titles: Vec<&str> = BuiltIn::all().map(|it| it.title().unwrap()).collect();
    for built_in in BuiltIn::all() {
        assert_eq!(
            built_in.title().unwrap(),
            built_in.preset().unwrap().experiment.title
        );
    }
    titles.sort_unstable();
    let count = titles.len();
    titles.dedup();
    assert_eq!(titles.len(), count);
}

#[test]
fn every_file_in_presets_is_built_in_and_the_other_way_round() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let embedded: BTreeSet<String> = BUILT_IN
        .iter()
        .map(|built_in| format!("{}.ron", built_in.name))
        .collect();
    assert_eq!(files, embedded);
    assert_eq!(embedded.len(), BUILT_IN.len(), "no name twice");
    assert!(BuiltIn::named(FIRST).is_some());
}

#[test]
fn every_built_in_preset_loads_and_round_trips() {
    for built_in in BUILT_IN {
        let loaded = preset::load(built_in.name).unwrap();
        assert_eq!(loaded.check(), Ok(()));
        let experiment = &loaded.experiment;
        assert!(!experiment.title.is_empty(), "{}", built_in.name);
        assert!(!experiment.notes.is_empty(), "{}", built_in.name);
        let text = to_text(&loaded).unwrap();
        assert_eq!(from_text("again", &text).unwrap(), loaded);
        assert_eq!(to_text(&from_text("again", &text).unwrap()).unwrap(), text);
        for path in simulate(experiment) {
            assert_eq!(path.last_step(), experiment.steps, "{}", built_in.name);
        }
    }
}

#[test]
fn all_fields_are_read() {
    let experiment = from_text("race.ron", TEXT).unwrap().experiment;
    assert_eq!(experiment.title, "A race");
    assert_eq!(experiment.notes, "");
    assert_eq!(experiment.surface, SurfaceChoice::Beale);
    assert_eq!(experiment.start, [1.0, 1.6]);
    assert_eq!((experiment.steps, experiment.seed), (200, 7));
    let [momentum, slow] = &experiment.racers[..] else {
        panic!("two racers")
    };
    assert_eq!(momentum, &with("Momentum()"));
    assert_eq!(slow.appearance.name.as_deref(), Some("Slow"));
    assert_eq!(slow.appearance.color, Some(Color([0xe6, 0x9f, 0])));
    assert!(slow.appearance.visible);
    let cosine = Schedule::cosine(300, 0.0);
    assert_eq!(slow.plan.schedule, cosine);
    assert_eq!(slow.plan.edits, [common::edit(100, "beta_1", 0.5)]);
}

#[test]
fn an_eye_is_read_field_by_field() {
    let view = "view: (pictures: Both, eye: (azimuth: 12.5, zoom: 2, shift: (0.25, -1), \
                projection: Parallel), heights: Logarithmic), steps: 200";
    let preset = from_text("race.ron", &TEXT.replace("steps: 200", view)).unwrap();
    let expected = Viewpoint {
        azimuth: 12.5,
        zoom: 2.0,
        shift: [0.25, -1.0],
        projection: Projection::Parallel,
        ..Viewpoint::RADFORD
    };
    assert_eq!(preset.view.eye, expected);
    assert_eq!(preset.view.pictures, Pictures::Both);
    assert_eq!(preset.view.heights, Heights::Logarithmic);
    let text = to_text(&preset).unwrap();
    assert!(text.contains("shift: (0.25, -1.0)"), "{text}");
    assert_eq!(from_text("again", &text).unwrap(), preset);
}

#[test]
fn only_five_fields_are_required() {
    let least = "(version: 1, surface: Saddle, start: (0, -1), steps: 3, racers: [])";
    let experiment = from_text("race.ron", least).unwrap().experiment;
    assert_eq!(experiment.title, "");
    assert_eq!(experiment.seed, 0);
    assert_eq!(experiment.start, [0.0, -1.0]);
    let fields = [
        "version: 1, ",
        "surface: Saddle, ",
        "start: (0, -1), ",
        "steps: 3, ",
        "racers: []",
    ];
    for field in fields {
        let (_, what) = wrong(&least.replace(field, ""));
        let name = field.split(':').next().unwrap();
        assert_eq!(what, format!("the field {name} is missing"));
    }
    assert_wrong(
        "optimizer: Momentum()",
        "¦",
        "the field optimizer is missing",
    );
    assert_wrong(
        "parameter: \"beta_1\", value: 0.5)",
        "value: 0.5¦)",
        "the field parameter is missing",
    );
    assert_wrong(
        "Cosine(steps: 300)",
        "Exponential(¦)",
        "the field factor is missing",
    );
}

/// Each rule with the defaults in the column "ours" of the table of defaults.
const DEFAULTS: &[(&str, &str)] = &[
    ("GradientDescent()", "GradientDescent(learning_rate: 0.01)"),
    (
        "Momentum()",
        "Momentum(learning_rate: 0.01, momentum: 0.9, dampening: 0, velocity: Scaled)",
    ),
    (
        "Nesterov()",
        "Nesterov(learning_rate: 0.01, momentum: 0.9, form: LookAhead, velocity: Scaled)",
    ),
    (
        "Adagrad()",
        "Adagrad(learning_rate: 0.01, epsilon: 1e-8, epsilon_inside_sqrt: true, \
         initial_accumulator: 0, learning_rate_decay: 0, matrix: Diagonal)",
    ),
    (
        "Adadelta()",
        "Adadelta(learning_rate: 1, rho: 0.95, epsilon: 1e-6)",
    ),
    (
        "RMSProp()",
        "RMSProp(learning_rate: 0.001, rho: 0.9, epsilon: 1e-8, epsilon_inside_sqrt: true, \
         momentum: 0, centered: false, velocity: Scaled)",
    ),
    (
        "Adam()",
        "Adam(learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, \
         epsilon_hat: false, amsgrad: Off, weight_decay: 0, bias_correction: true)",
    ),
    (
        "Nadam()",
        "Nadam(learning_rate: 0.002, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, \
         momentum_schedule: Dozat, momentum_decay: 0.004, weight_decay: 0)",
    ),
    (
        "AdamW()",
        "AdamW(learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, \
         epsilon_hat: false, amsgrad: Off, weight_decay: 0.01)",
    ),
    (
        "Adamax()",
        "Adamax(learning_rate: 0.002, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, \
         epsilon_place: InsideMax)",
    ),
    (
        "RAdam()",
        "RAdam(learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, \
         epsilon_hat: false, threshold: 4, threshold_inclusive: false)",
    ),
    (
        "AdaBelief()",
        "AdaBelief(learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-16, \
         epsilon_root: 1e-16)",
    ),
    (
        "Yogi()",
        "Yogi(learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-3, \
         initial_accumulator: 1e-6)",
    ),
    (
        "Lion()",
        "Lion(learning_rate: 1e-4, beta_1: 0.9, beta_2: 0.99, weight_decay: 0)",
    ),
    (
        "Rprop()",
        "Rprop(learning_rate: 0.01, eta_minus: 0.5, eta_plus: 1.2, step_min: 1e-6, step_max: 50)",
    ),
    (
        "PolyakSgd()",
        "PolyakSgd(scaling: 1, max_learning_rate: 1, f_min: 0, epsilon: 0, variant: Sps)",
    ),
    (
        "Newton()",
        "Newton(learning_rate: 1, damping: 0, curvature: Raw)",
    ),
    (
        "ScheduleFreeSgd()",
        "ScheduleFreeSgd(learning_rate: 1, momentum: 0.9, warmup_steps: 0, r: 0, \
         weight_power: 2, weight_decay: 0)",
    ),
    (
        "Lookahead(inner: Momentum())",
        "Lookahead(sync_period: 5, slow_step_size: 0.5, inner: Momentum(learning_rate: 0.01, \
         momentum: 0.9, dampening: 0, velocity: Scaled))",
    ),
];

#[test]
fn what_is_left_out_has_the_published_default() {
    for (short, long) in DEFAULTS {
        let rule = with(short).plan.optimizer;
        assert_eq!(rule, with(long).plan.optimizer);
        let said = long.matches(':').count() - long.matches("inner:").count();
        assert_eq!(said, rule.rule().parameter_count(), "{long} says all");
        assert_eq!(rule.defaults(Origin::Paper).as_ref(), Some(&rule));
    }
}

/// Each rule with a library's own defaults; everything omitted is as published. Optax has no
/// default η, so it uses ours.
const LIBRARIES: &[(Origin, &str)] = &[
    (Origin::PyTorch, "GradientDescent(learning_rate: 0.001)"),
    (Origin::Keras, "GradientDescent(learning_rate: 0.01)"),
    (Origin::Optax, "GradientDescent()"),
    (
        Origin::PyTorch,
        "Momentum(learning_rate: 0.001, velocity: Unscaled)",
    ),
    (Origin::Keras, "Momentum(learning_rate: 0.01)"),
    (Origin::Optax, "Momentum(velocity: Unscaled)"),
    (
        Origin::PyTorch,
        "Nesterov(learning_rate: 0.001, form: Reformulated, velocity: Unscaled)",
    ),
    (
        Origin::Keras,
        "Nesterov(learning_rate: 0.01, form: Reformulated)",
    ),
    (
        Origin::Optax,
        "Nesterov(form: Reformulated, velocity: Unscaled)",
    ),
    (
        Origin::PyTorch,
        "Adagrad(learning_rate: 0.01, epsilon: 1e-10, epsilon_inside_sqrt: false)",
    ),
    (
        Origin::Keras,
        "Adagrad(learning_rate: 0.001, epsilon: 1e-7, initial_accumulator: 0.1)",
    ),
    (
        Origin::Optax,
        "Adagrad(epsilon: 1e-7, initial_accumulator: 0.1)",
    ),
    (Origin::PyTorch, "Adadelta(rho: 0.9)"),
    (
        Origin::Keras,
        "Adadelta(learning_rate: 0.001, epsilon: 1e-7)",
    ),
    (Origin::Optax, "Adadelta(rho: 0.9)"),
    (
        Origin::PyTorch,
        "RMSProp(learning_rate: 0.01, rho: 0.99, epsilon_inside_sqrt: false, velocity: Unscaled)",
    ),
    (Origin::Keras, "RMSProp(epsilon: 1e-7)"),
    (Origin::Optax, "RMSProp()"),
    (Origin::PyTorch, "Adam()"),
    (Origin::Keras, "Adam(epsilon: 1e-7, epsilon_hat: true)"),
    (Origin::Optax, "Adam()"),
    (Origin::PyTorch, "Nadam()"),
    (
        Origin::Keras,
        "Nadam(learning_rate: 0.001, epsilon: 1e-7, momentum_decay: 1)",
    ),
    (Origin::Optax, "Nadam(momentum_schedule: Constant)"),
    (Origin::PyTorch, "AdamW()"),
    (
        Origin::Keras,
        "AdamW(epsilon: 1e-7, epsilon_hat: true, weight_decay: 0.004)",
    ),
    (Origin::Optax, "AdamW(weight_decay: 1e-4)"),
    (Origin::PyTorch, "Adamax()"),
    (
        Origin::Keras,
        "Adamax(learning_rate: 0.001, epsilon: 1e-7, epsilon_place: Added)",
    ),
    (Origin::Optax, "Adamax()"),
    (Origin::PyTorch, "RAdam(epsilon_hat: true, threshold: 5)"),
    (
        Origin::Optax,
        "RAdam(threshold: 5, threshold_inclusive: true)",
    ),
    (Origin::Optax, "AdaBelief()"),
    (Origin::Optax, "Yogi()"),
    (Origin::Keras, "Lion(learning_rate: 0.001)"),
    (Origin::Optax, "Lion(weight_decay: 1e-3)"),
    (Origin::PyTorch, "Rprop()"),
    (Origin::Optax, "PolyakSgd()"),
    (
        Origin::Optax,
        "Lookahead(inner: Momentum(velocity: Unscaled))",
    ),
];

#[test]
fn the_libraries_defaults_are_theirs() {
    for (library, text) in LIBRARIES {
        let theirs = with(text).plan.optimizer;
        assert_eq!(
            theirs.defaults(*library).as_ref(),
            Some(&theirs),
            "{library:?}"
        );
    }
}

#[test]
fn comments_spaces_and_other_peoples_editors_do_no_harm() {
    let expected = from_text("race.ron", TEXT).unwrap();
    let commented = TEXT
        .replace(
            "steps: 200,",
            "steps: /* not 300, /* nor 400 */ */ 200, // ( [ \"",
        )
        .replace("racers: [", "racers: [ // racers: [\n");
    for text in [
        commented,
        TEXT.replace('\n', "\r\n"),
        TEXT.replace('\n', " "),
        format!("\u{feff}{TEXT}"),
        format!("// first\n\n{TEXT}\n\n// last"),
        TEXT.replace("\"A race\"", "r#\"A race\"#"),
        TEXT.replace(")),", "))")
            .replace("Momentum())", "Momentum()),"),
    ] {
        assert_eq!(
            from_text("race.ron", &text).as_ref(),
            Ok(&expected),
            "{text}"
        );
    }
    let (at, _) = wrong(&TEXT.replace('\n', "\r\n").replace("Beale", "Beal"));
    assert_eq!(at, "4:14");
    let (at, _) = wrong(&format!("\u{feff}{}", TEXT.replace("Beale", "Beal")));
    assert_eq!(at, "4:14");
}

#[test]
fn colours_are_read_in_either_case_and_written_in_one() {
    let experiment = from_text("race.ron", TEXT).unwrap();
    assert!(to_text(&experiment).unwrap().contains("color: \"#e69f00\""));
    for colour in [
        "red",
        "",
        "#e69f0",
        "#e69f000",
        "e69f00#",
        "#e69f0g",
        "#+69f00",
        "#\u{e9}9f00",
    ] {
        assert_wrong(
            "\"#E69F00\"",
            &format!("¦\"{colour}\""),
            &format!("\"{colour}\" is no colour; a colour is written like \"#e69f00\""),
        );
    }
    assert_wrong(
        "\"#E69F00\"",
        "¦#E69F00",
        "color is #E69F00, but must be text in quotation marks",
    );
}

#[test]
fn what_is_written_is_fit_to_be_read_by_people() {
    let text = TEXT.replace("A race", "Ein schöner Tag — 🎿 \\\"ja\\\"");
    let text = to_text(&from_text("race.ron", &text).unwrap()).unwrap();
    let expected = r##"(
    version: 1,
    title: "Ein schöner Tag — 🎿 \"ja\"",
    surface: Beale,
    start: (1.0, 1.6),
    steps: 200,
    seed: 7,
    racers: [
        (optimizer: Momentum(learning_rate: 0.01, momentum: 0.9, dampening: 0.0, velocity: Scaled)),
        (name: "Slow", optimizer: Adam(learning_rate: 0.1, beta_1: 0.5, beta_2: 0.999, epsilon: 1e-8, epsilon_hat: false, amsgrad: Off, weight_decay: 0.0, bias_correction: true), color: "#e69f00", schedule: Cosine(steps: 300, final_learning_rate: 0.0), edits: [(step: 100, parameter: "beta_1", value: 0.5)]),
    ],
)
"##;
    assert_eq!(text, expected);
}

proptest! {
    #![proptest_config(cases(256))]

    /// Debug output distinguishes any two numbers, even −0 and 0.
    #[test]
    fn any_race_round_trips_to_the_last_bit(preset in any_preset()) {
        let text = to_text(&preset).unwrap();
        let again = from_text("again", &text).map_err(|error| {
            TestCaseError::fail(format!("{error}\n{text}"))
        })?;
        prop_assert_eq!(format!("{preset:?}"), format!("{again:?}"));
        prop_assert_eq!(to_text(&again).unwrap(), text);
    }
}
