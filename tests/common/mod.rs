//! Helpers for several test files: shortcuts to a racer, and random valid values.
#![allow(dead_code, reason = "no test file uses all of it")]

pub mod bowl;
pub mod data;
pub mod leaderboard;
pub mod lesson;
pub mod oracle;
pub mod preset;
pub mod python;
pub mod renderer;
pub mod scenery;
pub mod typesetting;
#[cfg(feature = "window")]
pub mod wish;

use proptest::prelude::*;
use proptest::sample::Index;
use slalom::experiment::schedule::{Part, RateChange, Setting};
use slalom::experiment::{Appearance, Color, Edit, Experiment, Plan, Racer, Schedule};
use slalom::optimizer::{OptimizerChoice, Parameter, ParameterKind, Valid, Value};
use slalom::preset::Preset;
use slalom::simulation::{Horizon, HorizonJob, Job, Trajectory, simulate};
use slalom::surface::{Shape, SurfaceChoice};

/// A race on `surface`, with its racers written as in a preset file.
pub fn race(surface: &str, start: [f64; 2], steps: usize, racers: &str) -> Experiment {
    let [x, y] = start;
    let text = format!(
        "(version: 1, surface: {surface}, start: ({x:?}, {y:?}), steps: {steps}, racers: [{racers}])"
    );
    slalom::preset::from_text("test", &text).unwrap().experiment
}

/// From which step on rounding decides the path of a racer.
pub fn horizon_of(race: &Experiment, racer: usize) -> Horizon {
    let (surface, plan) = (race.open_surface(), &race.racers[racer].plan);
    let job = HorizonJob::new(&surface, plan, race.start, race.steps, race.seed);
    job.unwrap().finish()
}

/// A racer written as in a preset file, for instance `(optimizer: Adam())`.
pub fn racer(text: &str) -> Racer {
    race("Beale", [1.0, 1.6], 1, text).racers.remove(0)
}

/// A racer with this optimizer, for instance `Adam()`.
pub fn with(optimizer: &str) -> Racer {
    racer(&format!("(optimizer: {optimizer})"))
}

/// The path of a racer with this optimizer.
pub fn run(surface: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Trajectory {
    let experiment = race(surface, start, steps, &format!("(optimizer: {optimizer})"));
    simulate(&experiment).remove(0)
}

/// A racer with these edits, as (step, parameter, value).
pub fn edited(mut racer: Racer, edits: &[(usize, &str, f64)]) -> Racer {
    let edits = edits.iter();
    racer.plan.edits = edits
        .map(|&(step, name, value)| edit(step, name, value))
        .collect();
    racer
}

pub fn edit(step: usize, parameter: &str, value: f64) -> Edit {
    Edit {
        step,
        parameter: parameter.into(),
        value,
    }
}

/// Quick, and without regression files from earlier failures.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A number in the valid range, over many orders of magnitude, and sometimes at its end.
pub fn any_number(valid: Valid) -> BoxedStrategy<f64> {
    match valid {
        Valid::Fraction => prop_oneof![
            8 => 0.0..1.0_f64,
            1 => Just(0.0),
            1 => Just(1.0 - f64::EPSILON / 2.0),
        ]
        .boxed(),
        Valid::Share => prop_oneof![8 => 0.0..1.0_f64, 1 => Just(0.0), 1 => Just(1.0)].boxed(),
        Valid::Positive => any_size().boxed(),
        Valid::NonNegative => prop_oneof![8 => any_size(), 1 => Just(0.0)].boxed(),
        Valid::AtLeastOne => any_size().prop_map(|it| 1.0 + it).boxed(),
        Valid::AtLeastFour => any_size().prop_map(|it| 4.0 + it).boxed(),
        Valid::Count => (1..=100_u32).prop_map(f64::from).boxed(),
        Valid::Whole => (0..=100_u32).prop_map(f64::from).boxed(),
        Valid::NonPositive => {
            prop_oneof![8 => any_size().prop_map(|it| -it), 1 => Just(0.0)].boxed()
        }
        Valid::Finite => {
            prop_oneof![4 => any_size(), 4 => any_size().prop_map(|it| -it), 1 => Just(0.0)].boxed()
        }
        valid => panic!("numbers of {valid:?} have to be drawn here, too"),
    }
}

/// A positive number, over many orders of magnitude.
fn any_size() -> impl Strategy<Value = f64> {
    (-12.0..2.0_f64).prop_map(|power| 10_f64.powf(power))
}

/// The value of a hyper-parameter in a rule's JSON; those of a wrapped rule are nested.
pub fn written<'a>(json: &'a serde_json::Value, parameter: &str) -> &'a serde_json::Value {
    let Some(parameter) = parameter.strip_prefix("inner.") else {
        return &json[parameter];
    };
    let inner = json["inner"].as_object().unwrap();
    assert_eq!(inner.len(), 1, "one rule with its name: {inner:?}");
    written(inner.values().next().unwrap(), parameter)
}

/// Any finite number that is at least 0, including subnormal ones.
pub fn any_bits() -> impl Strategy<Value = f64> {
    use prop::num::f64::{NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NORMAL | SUBNORMAL | ZERO
}

fn any_value(kind: ParameterKind) -> BoxedStrategy<Value> {
    match kind {
        ParameterKind::Number { valid, .. } => any_number(valid).prop_map(Value::Number).boxed(),
        ParameterKind::Switch => any::<bool>().prop_map(Value::Switch).boxed(),
        ParameterKind::Choice(names) => (0..names.len()).prop_map(Value::Choice).boxed(),
        kind => panic!("values of {kind:?} have to be drawn here, too"),
    }
}

/// Any rule with its published defaults; a wrapper holds any rule that is not a wrapper.
fn any_published() -> impl Strategy<Value = OptimizerChoice> {
    let is_plain = |it: &&OptimizerChoice| it.inner().is_none();
    let plain = OptimizerChoice::for_points().filter(is_plain).cloned();
    let plain: Vec<_> = plain.collect();
    let any: Vec<_> = OptimizerChoice::for_points().cloned().collect();
    let any = prop::sample::select(any);
    (any, prop::sample::select(plain)).prop_map(|(mut optimizer, plain)| {
        if let Some(inner) = optimizer.inner_mut() {
            *inner = plain;
        }
        optimizer
    })
}

/// Any rule with valid hyper-parameters, in all variants and with all switches.
pub fn any_optimizer() -> impl Strategy<Value = OptimizerChoice> {
    any_published()
        .prop_flat_map(|optimizer| {
            let parameters = optimizer.rule().parameters();
            let values: Vec<_> = parameters.map(|it| any_value(it.kind)).collect();
            values.prop_map(move |values| {
                let mut optimizer = optimizer.clone();
                for (index, value) in values.into_iter().enumerate() {
                    optimizer.rule_mut().set(index, value);
                }
                optimizer
            })
        })
        .prop_filter("the forms must go together", |optimizer| {
            optimizer.rule().conflict().is_none()
        })
}

/// Any schedule with valid numbers.
pub fn any_schedule() -> BoxedStrategy<Schedule> {
    let part = (1..2000_u64, any_plain_schedule());
    let parts = prop::collection::vec(part, 1..4).prop_map(|parts| {
        let mut parts: Vec<Part> = parts
            .into_iter()
            .map(|(steps, schedule)| Part::of(steps, schedule))
            .collect();
        let last = parts.pop().map(|part| Part::last(part.schedule));
        parts.extend(last);
        Schedule::Sequence { parts }
    });
    prop_oneof![3 => any_plain_schedule(), 1 => parts].boxed()
}

/// Any schedule that is no sequence.
fn any_plain_schedule() -> BoxedStrategy<Schedule> {
    let numbers = prop::collection::vec((1..2000_u32, any_bits()), 7);
    let by_steps = Schedule::OneCycle {
        total_steps: None,
        steps: Some(1),
        epochs: None,
        max_learning_rate: 1.0,
    };
    let by_rate = Schedule::Linear {
        steps: Some(1),
        epochs: None,
        from: 1.0,
        final_learning_rate: Some(1.0),
        final_factor: None,
    };
    let all = Schedule::all().iter().cloned().chain([by_steps, by_rate]);
    let kinds = all.filter(|it| !it.about().settings.iter().any(Setting::is_list));
    let plain = (prop::sample::select(kinds.collect::<Vec<_>>()), numbers);
    let plain = plain.prop_map(|(mut schedule, numbers)| {
        let known = schedule.clone();
        for ((setting, _), (count, number)) in known.values().zip(numbers) {
            if setting.is_count() {
                setting.set(&mut schedule, f64::from(count));
            } else if setting.choices().is_some() {
                setting.set(&mut schedule, f64::from(count % 2));
            } else if setting.valid.allows(number) {
                setting.set(&mut schedule, number);
            }
        }
        schedule
    });
    let change = (1..2000_u64, any_bits(), any::<bool>());
    let changes = prop::collection::vec(change, 1..4).prop_map(|changes| {
        let change = |(step, value, is_factor): (u64, f64, bool)| RateChange {
            step: Some(step),
            epoch: None,
            factor: is_factor.then_some(value),
            learning_rate: (!is_factor).then_some(value),
        };
        let mut changes: Vec<RateChange> = changes.into_iter().map(change).collect();
        changes.sort_by_key(|change| change.step);
        changes.dedup_by_key(|change| change.step);
        Schedule::PiecewiseConstant { changes }
    });
    prop_oneof![5 => plain, 1 => changes].boxed()
}

/// Text as people and machines write it: other scripts, quotes, backslashes, line breaks.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,30}",
        "[a-zé\"\\\\\\n\\r\\t#'({,:\u{1f3bf}\u{2028}\u{0}\u{1b}]{0,20}"
    ]
}

/// An edit of any number of the rule, where `value` is from 0 to 1. Dampening is left alone because
/// it is an error with most kinds of velocity, and limits because they must not cross.
fn any_edit(optimizer: &OptimizerChoice, step: usize, which: Index, value: f64) -> Edit {
    let is_tied = |name: &str| ["dampening", "step_min", "step_max"].contains(&name);
    let is_free = |it: &Parameter| !it.name.rsplit('.').take(1).any(is_tied);
    let parameters = optimizer.rule().parameters().filter(is_free);
    let numbers = parameters.filter_map(|it| match it.kind {
        ParameterKind::Number { valid, .. } => Some((it.name, valid)),
        _ => None,
    });
    let numbers: Vec<_> = numbers.collect();
    let (name, valid) = which.get(&numbers);
    let value = match valid {
        Valid::Count | Valid::Whole => (1.0 + 20.0 * value).floor(),
        Valid::Positive => value.max(1e-9),
        Valid::NonPositive => -value,
        Valid::AtLeastOne => 1.0 + value,
        Valid::AtLeastFour => 4.0 + value,
        _ => value,
    };
    edit(step, name, value)
}

/// A racer with anything that a file can contain.
pub fn any_racer() -> impl Strategy<Value = Racer> {
    let edits = prop::collection::vec((0..3000_usize, any::<Index>(), 0.0..1.0), 0..4);
    (
        prop::option::of(any_text()),
        any_optimizer(),
        prop::option::of(any::<[u8; 3]>().prop_map(Color)),
        any::<bool>(),
        prop::option::of(0..128_u8),
        any_schedule(),
        edits,
        any_number(Valid::NonNegative),
    )
        .prop_map(
            |(name, optimizer, color, visible, slot, schedule, edits, noise)| {
                // A rule without a rate has none that a schedule could drive.
                let has_rate = optimizer.rule().rate().is_some();
                let schedule = if has_rate {
                    schedule
                } else {
                    Schedule::Constant
                };
                let edits = edits.into_iter();
                let edits =
                    edits.map(|(step, which, value)| any_edit(&optimizer, step, which, value));
                let edits = edits.collect();
                Racer {
                    appearance: Appearance {
                        name,
                        color,
                        visible,
                        slot,
                    },
                    plan: Plan {
                        schedule,
                        edits,
                        noise,
                        ..Plan::new(optimizer)
                    },
                }
            },
        )
}

/// A surface, rotated or not; a long valley of any condition number.
fn any_ground() -> impl Strategy<Value = (SurfaceChoice, Shape)> {
    let rotation = prop_oneof![Just(0.0), -360.0..=360.0];
    let condition = prop::option::of(1.0..=1e6);
    let surface = prop::sample::select(SurfaceChoice::BUILT_IN);
    (surface, rotation, condition).prop_map(|(surface, rotation, condition)| {
        let condition = condition.filter(|_| Shape::has_condition(&surface));
        let shape = Shape {
            rotation,
            condition,
        };
        (surface, shape)
    })
}

/// Any preset that a file can contain.
pub fn any_preset() -> impl Strategy<Value = Preset> {
    any_experiment().prop_flat_map(lesson::any_lesson_of)
}

/// Any race that a file can contain.
pub fn any_experiment() -> impl Strategy<Value = Experiment> {
    let coordinate = || prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO;
    (
        (any_text(), any_text()),
        any_ground(),
        [coordinate(), coordinate()],
        1..=Experiment::MOST_STEPS,
        (
            0..u64::MAX - Experiment::MOST_SEEDS as u64,
            1..=Experiment::MOST_SEEDS,
        ),
        prop::collection::vec(any_racer(), 0..5),
    )
        .prop_map(
            |((title, notes), (surface, shape), start, steps, (seed, seeds), racers)| Experiment {
                title,
                notes,
                surface,
                shape,
                start,
                steps,
                seed,
                seeds,
                racers,
            },
        )
}
