//! Properties of the update rules that hold for all hyper-parameters.

mod common;

use std::f64::consts::PI;
use std::sync::Arc;

use common::oracle::On;
use common::{any_optimizer, cases, edit, with, written};
use proptest::prelude::*;
use slalom::experiment::{Experiment, Racer};
use slalom::objective::Block;
use slalom::optimizer::{
    Family, NoteId, NoteRole, Notebook, OptimizerChoice, Oracle, Origin, ParameterKind, Probe,
    Role, Silent, Value,
};
use slalom::simulation::simulate_racer;
use slalom::surface::{Rotated, Surface, SurfaceChoice};

fn path(surface: &Arc<dyn Surface>, racer: &Racer, start: [f64; 2], steps: usize) -> Vec<[f64; 2]> {
    let trajectory = simulate_racer(surface, &racer.plan, start, steps, 0);
    (0..trajectory.len()).map(|k| trajectory.at(k)).collect()
}

/// Two coordinates without further structure.
const PLANE: &[Block] = &[Block::Vector(2)];

/// The largest distance between two paths of the same length, in units of 1 + |position|.
fn apart(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
    assert_eq!(a.len(), b.len());
    let distance = |(a, b): (&[f64; 2], &[f64; 2])| {
        (a[0] - b[0]).hypot(a[1] - b[1]) / (1.0 + a[0].hypot(a[1]))
    };
    a.iter().zip(b).map(distance).fold(0.0, f64::max)
}

/// The distance between the path on the rotated surface and the rotated path on the surface.
#[expect(clippy::needless_pass_by_value, reason = "a name without data")]
fn turning_error(
    surface: SurfaceChoice,
    racer: &Racer,
    start: [f64; 2],
    angle: f64,
    about: [f64; 2],
) -> f64 {
    let inner = surface.open();
    let turned = Arc::new(Rotated::new(Arc::clone(&inner), angle, about));
    let plain = path(&inner, racer, start, 60);
    let plain: Vec<_> = plain.into_iter().map(|at| turned.from_inner(at)).collect();
    let start = turned.from_inner(start);
    apart(
        &plain,
        &path(&(turned as Arc<dyn Surface>), racer, start, 60),
    )
}

proptest! {
    #![proptest_config(cases(64))]

    /// Rounding errors are not amplified on a bowl with a rate below the 1/50 at which it
    /// contracts, and by less than e³ on Himmelblau's hills at these rates.
    #[test]
    fn rules_without_a_rate_per_axis_turn_with_the_surface(
        angle in -PI..PI,
        x in -3.0..3.0,
        y in -2.0..2.0,
        momentum in 0.0..0.9,
        which in 0..5_usize,
    ) {
        let momentum = |form: &str| format!("learning_rate: 0.002, momentum: {momentum}, {form}");
        let optimizer = match which {
            0 => "GradientDescent(learning_rate: 0.002)".to_owned(),
            1 => format!("Momentum({})", momentum("velocity: Scaled")),
            2 => format!("Momentum({})", momentum("velocity: Unscaled, dampening: 0.3")),
            3 => format!("Nesterov({})", momentum("form: LookAhead")),
            _ => format!("Nesterov({})", momentum("form: Reformulated, velocity: Unscaled")),
        };
        let racer = with(&optimizer);
        for surface in [SurfaceChoice::LongValley, SurfaceChoice::Himmelblau] {
            let centre = surface.open().window().centre();
            for about in [[0.0, 0.0], centre, [1.0, -0.5]] {
                let error = turning_error(surface.clone(), &racer, [x, y], angle, about);
                prop_assert!(error < 1e-11, "{optimizer} {surface:?} {error:e}");
            }
        }
    }

    #[test]
    fn full_matrix_adagrad_turns_with_the_valley(
        angle in -PI..PI,
        x in 1.0..5.0,
        y in 0.5..2.0,
        inside in any::<bool>(),
        initial in prop_oneof![Just(0.0), 0.01..1.0],
    ) {
        let racer = with(&format!(
            "Adagrad(learning_rate: 0.3, matrix: Full, epsilon_inside_sqrt: {inside}, \
             initial_accumulator: {initial:?})"
        ));
        let error = turning_error(SurfaceChoice::LongValley, &racer, [x, y], angle, [0.0, 0.0]);
        prop_assert!(error < 1e-9, "{error:e}");
    }
}

#[test]
fn rules_with_a_rate_per_axis_do_not_turn_with_the_valley() {
    for optimizer in [
        "Adam(learning_rate: 0.1)",
        "Nadam(learning_rate: 0.1)",
        "RMSProp(learning_rate: 0.05)",
        "Adadelta(epsilon: 1e-4)",
        "Adagrad(learning_rate: 0.3)",
    ] {
        let error = turning_error(
            SurfaceChoice::LongValley,
            &with(optimizer),
            [-4.5, 1.5],
            PI / 6.0,
            [0.0, 0.0],
        );
        assert!(error > 0.1, "{optimizer}: {error}");
    }
}

/// The rules with both kinds of velocity, at the given `μ`.
fn both_velocities(which: usize, momentum: f64) -> [Racer; 2] {
    ["Scaled", "Unscaled"].map(|velocity| {
        let common = format!("learning_rate: 0.01, momentum: {momentum}, velocity: {velocity}");
        with(&match which {
            0 => format!("Momentum({common})"),
            1 => format!("Nesterov({common}, form: Reformulated)"),
            _ => format!("RMSProp({common})"),
        })
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn scaled_and_unscaled_part_only_when_the_rate_changes(
        which in 0..3_usize,
        momentum in 0.3..0.95,
        x in 1.0..5.0,
        y in 0.5..2.0,
    ) {
        let valley = SurfaceChoice::LongValley.open();
        let [mut scaled, mut unscaled] = both_velocities(which, momentum);
        let steady = apart(
            &path(&valley, &scaled, [x, y], 100),
            &path(&valley, &unscaled, [x, y], 100),
        );
        prop_assert!(steady < 1e-11, "{steady:e}");

        for racer in [&mut scaled, &mut unscaled] {
            racer.plan.edits.push(edit(10, "learning_rate", 0.001));
        }
        let scaled = path(&valley, &scaled, [x, y], 20);
        let unscaled = path(&valley, &unscaled, [x, y], 20);
        prop_assert!(apart(&scaled[..11], &unscaled[..11]) < 1e-11);
        prop_assert!(apart(&scaled[11..], &unscaled[11..]) > 1e-4);
    }

    /// Reformulated is the look-ahead path as seen from the look-ahead point θ − μ v, where
    /// v = previous θ − current θ.
    #[test]
    fn nesterov_has_one_path_seen_from_two_points(
        momentum in 0.0..0.95,
        x in -4.0..4.0,
        y in -2.0..2.0,
    ) {
        let form = |form: &str| {
            with(&format!("Nesterov(learning_rate: 0.01, momentum: {momentum}, form: {form})"))
        };
        let valley = SurfaceChoice::LongValley.open();
        let ahead = path(&valley, &form("LookAhead"), [x, y], 100);
        let here = path(&valley, &form("Reformulated"), [x, y], 100);
        let seen: Vec<[f64; 2]> = (0..ahead.len())
            .map(|k| {
                let before = ahead[k.saturating_sub(1)];
                [0, 1].map(|axis| {
                    let velocity = before[axis] - ahead[k][axis];
                    ahead[k][axis] - momentum * velocity
                })
            })
            .collect();
        prop_assert!(apart(&seen, &here) < 1e-11);
        if momentum > 0.1 && x.abs() > 1.0 {
            prop_assert!(apart(&ahead, &here) > 1e-4, "the two points differ");
        }
    }

    /// On an axis of the valley, the off-diagonal elements of G are zero.
    #[test]
    fn full_matrix_adagrad_is_the_diagonal_one_on_an_axis(
        position in 0.1..5.0,
        along_x in any::<bool>(),
        inside in any::<bool>(),
        epsilon in 1e-10..1e-2,
        initial in prop_oneof![Just(0.0), 0.001..1.0],
        decay in prop_oneof![Just(0.0), 0.001..0.1],
    ) {
        let start = if along_x { [position, 0.0] } else { [0.0, position] };
        let valley = SurfaceChoice::LongValley.open();
        let [diagonal, full] = ["Diagonal", "Full"].map(|matrix| {
            let racer = with(&format!(
                "Adagrad(learning_rate: 0.3, matrix: {matrix}, epsilon: {epsilon:?}, \
                 epsilon_inside_sqrt: {inside}, initial_accumulator: {initial:?}, \
                 learning_rate_decay: {decay:?})"
            ));
            path(&valley, &racer, start, 100)
        });
        prop_assert!(apart(&diagonal, &full) < 1e-12, "{:e}", apart(&diagonal, &full));
    }
}

/// The sum of the parts of a step along one axis, and the sum of their magnitudes.
fn parts(notebook: &Notebook, axis: usize) -> (f64, f64) {
    let is_part = |id: NoteId| notebook.list()[usize::from(id)].role.is_part();
    let values = notebook.values().iter();
    values
        .filter(|&&(at, id, _)| at == axis && is_part(id))
        .fold((0.0, 0.0), |(sum, size), &(.., part)| {
            (sum + part, size + part.abs())
        })
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn the_parts_of_a_step_add_up_to_it(
        optimizer in any_optimizer(),
        x in -4.0..4.0,
        y in -4.0..4.0,
    ) {
        let surface = SurfaceChoice::Beale.open();
        let mut at = [x, y];
        let mut run = optimizer.begin(&at, PLANE);
        for t in 1..=12 {
            let before = at;
            let mut notebook = Notebook::new(optimizer.rule().notes());
            run.step_noted(&mut at, t, &mut On(&*surface), &mut notebook);
            if !at.iter().all(|coordinate| coordinate.is_finite()) {
                break;
            }
            for axis in 0..2 {
                let (sum, size) = parts(&notebook, axis);
                // A few roundings, each at most half a unit in the last place of the largest number
                // involved: the position before, the position after, or a part.
                let largest = before[axis].abs().max(at[axis].abs()) + size;
                let error = (before[axis] + sum - at[axis]).abs();
                prop_assert!(
                    error <= 16.0 * f64::EPSILON * largest,
                    "{optimizer:?}, step {t}, axis {axis}: {error:e} of {largest:e}"
                );
            }
        }
    }

    #[test]
    fn a_step_that_is_watched_is_the_same_step(
        optimizer in any_optimizer(),
        x in -4.0..4.0,
        y in -4.0..4.0,
    ) {
        let surface = SurfaceChoice::Rosenbrock.open();
        let (mut plain, mut noted) = ([x, y], [x, y]);
        let [mut unwatched, mut watched] = [plain, noted].map(|at| optimizer.begin(&at, PLANE));
        for t in 1..=12 {
            unwatched.step(&mut plain, t, &mut On(&*surface));
            let probe: &mut dyn Probe = match t % 2 {
                0 => &mut Silent,
                _ => &mut Notebook::default(),
            };
            watched.step_noted(&mut noted, t, &mut On(&*surface), probe);
            prop_assert_eq!(plain.map(f64::to_bits), noted.map(f64::to_bits));
        }
    }

    /// The inspector shows the gradient and the point at which it was evaluated.
    #[test]
    fn every_rule_notes_its_gradient_on_every_axis(optimizer in any_optimizer()) {
        prop_assume!(optimizer.needs().gradient);
        let surface = SurfaceChoice::Booth.open();
        let mut at = [-4.0, 2.0];
        let mut notebook = Notebook::new(optimizer.rule().notes());
        let mut run = optimizer.begin(&at, PLANE);
        run.step_noted(&mut at, 1, &mut On(&*surface), &mut notebook);
        let (_, slope) = surface.gradient([-4.0, 2.0]);
        // A wrapper that changes the gradient notes the one that it was given.
        let name = optimizer.rule().about().name;
        let changes = ["Sam", "ClipByValue", "ClipByGlobalNorm", "CoupledDecay"].contains(&name);
        let role = if changes {
            NoteRole::Other(Family::Gradient)
        } else {
            NoteRole::Gradient
        };
        prop_assert_eq!(notebook.first(role), Some(slope));
        prop_assert_eq!(notebook.first(NoteRole::Asked), Some([-4.0, 2.0]));
        prop_assert!(notebook.has(NoteRole::Part(Family::Gradient)));
    }
}

#[test]
fn what_is_set_is_what_one_gets_and_nothing_else_changes() {
    for default in OptimizerChoice::all() {
        let rule = default.rule();
        for index in 0..rule.parameter_count() {
            let parameter = rule.parameter(index).unwrap();
            let (values, other_kind) = match parameter.kind {
                ParameterKind::Number { .. } => (
                    vec![
                        Value::Number(0.0),
                        Value::Number(0.3),
                        Value::Number(7e-300),
                    ],
                    Value::Switch(true),
                ),
                ParameterKind::Switch => (
                    vec![Value::Switch(true), Value::Switch(false)],
                    Value::Choice(0),
                ),
                ParameterKind::Choice(names) => (
                    (0..names.len()).map(Value::Choice).collect(),
                    Value::Number(0.0),
                ),
                kind => panic!("values of {kind:?} have to be set here, too"),
            };
            for value in values {
                let mut changed = default.clone();
                changed.rule_mut().set(index, value);
                assert_eq!(changed.rule().get(index), Some(value), "{}", parameter.name);
                changed.rule_mut().set(index, other_kind);
                assert_eq!(changed.rule().get(index), Some(value), "{}", parameter.name);
                for other in (0..rule.parameter_count()).filter(|&other| other != index) {
                    assert_eq!(changed.rule().get(other), rule.get(other));
                }
                let json = changed.rule().to_json().unwrap();
                let written = written(&json, &parameter.name);
                match (value, parameter.kind) {
                    (Value::Choice(place), ParameterKind::Choice(names)) => {
                        assert_eq!(written, names[place]);
                    }
                    (Value::Number(number), _) => assert_eq!(written.as_f64(), Some(number)),
                    (Value::Switch(on), _) => assert_eq!(written.as_bool(), Some(on)),
                    (Value::Choice(_), _) => unreachable!("only choices take places"),
                }
            }
        }
        let mut beyond = default.clone();
        beyond
            .rule_mut()
            .set(rule.parameter_count(), Value::Number(0.5));
        assert_eq!(beyond, *default);
        assert_eq!(rule.get(rule.parameter_count()), None);
        assert!(rule.parameter(rule.parameter_count()).is_none());
    }
}

/// The names of all hyper-parameters in a rule's JSON; those of a wrapped rule have the prefix
/// `inner.`. A list has no slider and is no hyper-parameter.
fn names_in(json: &serde_json::Value) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in json.as_object().unwrap() {
        match value.as_object() {
            Some(inner) => {
                let inner = inner.values().flat_map(names_in);
                names.extend(inner.map(|it| format!("{name}.{it}")));
            }
            None if value.is_array() => {}
            None => names.push(name.clone()),
        }
    }
    names
}

#[test]
fn descriptions_and_files_name_the_same_parameters() {
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        if choice.inner().is_none() && choice.needs().gradient {
            assert_eq!(rule.parameter(0).unwrap().role, Role::Rate);
        }
        let mut described: Vec<String> = rule.parameters().map(|it| it.name.into()).collect();
        let mut written = names_in(&rule.to_json().unwrap());
        described.sort_unstable();
        written.sort_unstable();
        assert_eq!(described, written, "{}", rule.about().name);
        for parameter in rule.parameters() {
            let index = rule.find(&parameter.name).unwrap();
            assert_eq!(rule.parameter(index).unwrap().name, parameter.name);
            assert!(parameter.help.ends_with('.'), "{}", parameter.name);
        }
    }
}

#[test]
fn defaults_of_every_library_make_sense() {
    for choice in OptimizerChoice::for_points() {
        for &library in Origin::ALL {
            let Some(defaults) = choice.defaults(library) else {
                continue;
            };
            assert!(defaults.is_same_rule(choice));
            assert_eq!(defaults.rule().conflict(), None);
            let experiment = Experiment {
                steps: 1,
                racers: vec![Racer::new(defaults)],
                ..Experiment::default()
            };
            assert_eq!(experiment.check(), Ok(()), "{library:?} {choice:?}");
        }
    }
}

/// In more than two dimensions, too, the coordinates are independent.
#[test]
fn one_coordinate_does_not_feel_another() {
    const CURVATURES: [f64; 3] = [1.0, 50.0, 7.0];
    struct Parabolas;
    impl Oracle for Parabolas {
        fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
            for (axis, (slope, at)) in gradient.iter_mut().zip(at).enumerate() {
                *slope = at * CURVATURES[axis];
            }
        }

        fn value(&mut self, at: &[f64]) -> f64 {
            let losses = at
                .iter()
                .zip(CURVATURES)
                .map(|(at, curvature)| curvature * at * at / 2.0);
            losses.sum()
        }

        fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
            hessian.fill(0.0);
            for (axis, row) in hessian.chunks_mut(at.len()).enumerate() {
                row[axis] = CURVATURES[axis];
            }
        }

        fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
            diagonal.copy_from_slice(&CURVATURES[..at.len()]);
        }
    }
    // Rules that need more than a gradient combine all coordinates, and so do full matrices.
    let alone = |choice: &&OptimizerChoice| {
        let measure_all = [
            "Shampoo",
            "NovoGrad",
            "DoG",
            "Prodigy",
            "DAdaptAdam",
            "Sam",
            "ClipByGlobalNorm",
        ];
        let measures_all = measure_all.contains(&choice.rule().about().name);
        !choice.needs().is_beyond_gradient() && !measures_all
    };
    for choice in OptimizerChoice::for_points().filter(alone) {
        let follow = |start: &[f64]| {
            let mut at = start.to_vec();
            let mut run = choice.begin(start, &[Block::Vector(start.len())]);
            for t in 1..=20 {
                run.step(&mut at, t, &mut Parabolas);
            }
            at
        };
        let three = follow(&[1.0, -2.0, 3.0]);
        assert_eq!(three[..2], follow(&[1.0, -2.0])[..], "{choice:?}");
        assert_eq!(three[..1], follow(&[1.0])[..], "{choice:?}");
    }
}
