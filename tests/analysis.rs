//! What is computed from whole paths: records of internal quantities, escapes, partings.

mod common;

use common::{any_racer, cases, edited, race, run, with};
use proptest::prelude::*;
use slalom::analysis::{TimeUnit, escape, parting};
use slalom::experiment::Racer;
use slalom::optimizer::{NoteRole, Told};
use slalom::real::norm;
use slalom::simulation::{anatomy, record, simulate_racer};
use slalom::surface::SurfaceChoice;

proptest! {
    #![proptest_config(cases(64))]

    /// For every step, the record agrees with the anatomy of that step.
    #[test]
    fn the_record_is_the_anatomy_of_all_steps(racer in any_racer()) {
        let surface = SurfaceChoice::Beale.open();
        let path = simulate_racer(&surface, &racer.plan, [1.0, 1.6], 25, 0);
        let record = record(&surface, &racer.plan, &path, 0);
        let steps = path.last_step();
        prop_assert_eq!(record.effective_rate.len(), steps);
        prop_assert_eq!(record.gradients.len(), steps);
        for step in 0..steps {
            let notes = anatomy(&surface, &racer.plan, &path, step, 0).unwrap().notes;
            let one = notes.beside(&[]).into_iter().find_map(|(_, note, told)| match told {
                Told::Scalar(rate) if note.role == NoteRole::Rate => Some(rate),
                _ => None,
            });
            let one = one.unwrap_or(path.learning_rate[step]);
            let rate = notes.first(NoteRole::Rate).unwrap_or([one; 2]);
            prop_assert_eq!(record.effective_rate[step].map(f64::to_bits), rate.map(f64::to_bits));
            let memory = notes.first(NoteRole::Velocity).or_else(|| notes.first(NoteRole::Moment));
            let length = memory.map(|memory| norm(&memory).to_bits());
            let recorded = record.memory.as_ref().map(|sizes| sizes[step].to_bits());
            prop_assert_eq!(recorded, length);
            // None in a step, one, or two around SAM.
            let in_a_step = record.gradients[0];
            prop_assert_eq!(record.gradients[step], in_a_step * (step as u64 + 1));
        }
    }

    /// Schedules and edits are applied as in the race itself.
    #[test]
    fn a_rule_at_a_step_has_the_learning_rate_of_that_step(racer in any_racer()) {
        let surface = SurfaceChoice::Booth.open();
        let path = simulate_racer(&surface, &racer.plan, [1.0, 1.6], 200, 0);
        prop_assume!(racer.plan.optimizer.rule().rate().is_some());
        for (step, &rate) in path.learning_rate.iter().enumerate() {
            // What a schedule does that watches the loss, only the race knows.
            let told = racer.plan.schedule.watches_loss().then_some(rate);
            let at_step = racer.plan.optimizer_in(step, told).rule().learning_rate();
            // As bits, so that NaN equals NaN: Rprop continues after a schedule has produced 0 · ∞.
            prop_assert_eq!(at_step.map(f64::to_bits), Some(rate.to_bits()));
        }
    }
}

#[test]
fn a_rule_at_a_step_has_the_values_edited_before() {
    let racer = edited(with("Adam()"), &[(5, "beta_1", 0.5), (9, "beta_1", 0.25)]);
    let rule = racer.plan.optimizer.rule();
    let index = rule.find("beta_1").unwrap();
    for (step, expected) in [(4, 0.9), (5, 0.5), (8, 0.5), (9, 0.25)] {
        let optimizer = racer.plan.optimizer_at(step);
        assert_eq!(optimizer.rule().number(index), Some(expected), "{step}");
    }
    assert_eq!(racer.plan.optimizer_at(0), racer.plan.optimizer);
}

/// With a hundred rows and batches of forty, the third step of an epoch sees the remaining twenty.
#[test]
fn charts_can_be_drawn_against_gradients_rows_and_epochs() {
    let line = "LinearRegression(data: \"line\")";
    let race = common::race(
        line,
        [-1.0, -2.0],
        4,
        "(optimizer: GradientDescent(), batch: MiniBatch(40))",
    );
    let (surface, racer) = (race.open_surface(), &race.racers[0]);
    let path = simulate_racer(&surface, &racer.plan, race.start, race.steps, race.seed);
    let record = record(&surface, &racer.plan, &path, race.seed);
    let along = |against: TimeUnit| against.along(&path, Some(&record));
    assert_eq!(along(TimeUnit::Steps), None);
    let gradients = [0.0, 1.0, 2.0, 3.0, 4.0];
    assert_eq!(along(TimeUnit::Gradients), Some(gradients.to_vec()));
    let rows = [0.0, 40.0, 80.0, 100.0, 140.0];
    assert_eq!(along(TimeUnit::Rows), Some(rows.to_vec()));
    assert_eq!(
        along(TimeUnit::Epochs),
        Some(rows.map(|it| it / 100.0).to_vec())
    );
    assert_eq!(TimeUnit::Gradients.along(&path, None), None);

    let without_data = run("Beale", "Adam()", [1.0, 1.6], 4);
    assert_eq!(TimeUnit::Rows.along(&without_data, None), None);
    assert_eq!(TimeUnit::Epochs.along(&without_data, None), None);
}

#[test]
fn rules_without_memory_have_none_on_record() {
    let surface = SurfaceChoice::Booth.open();
    for (optimizer, remembers) in [
        ("GradientDescent()", false),
        ("Adagrad()", false),
        ("Adagrad(matrix: Full)", false),
        ("Adadelta()", false),
        ("Momentum()", true),
        ("Adam()", true),
    ] {
        let racer = with(optimizer);
        let path = simulate_racer(&surface, &racer.plan, [1.0, 1.6], 3, 0);
        let memory = record(&surface, &racer.plan, &path, 0).memory;
        assert_eq!(memory.is_some(), remembers, "{optimizer}");
    }
}

/// y ← y + 0.2 y from 0.01: 1.2²⁷ = 137, 1.2²⁸ = 165, and the window ends at 1.5.
#[test]
fn a_racer_has_escaped_when_it_is_outside_the_window() {
    let racer = "GradientDescent(learning_rate: 0.1)";
    let mut saddle = race("Saddle", [-1.2, 0.01], 60, "");
    let path = run("Saddle", racer, [-1.2, 0.01], 60);
    assert_eq!(escape(&path, &saddle), Some(28));
    let on_the_ridge = run("Saddle", racer, [-1.2, 0.0], 60);
    assert_eq!(escape(&on_the_ridge, &saddle), None);
    // Rotated together with its surface, the path escapes at the same step.
    let mut turned = path.clone();
    for (x, y) in turned.x.iter_mut().zip(&mut turned.y) {
        [*x, *y] = saddle.shape.carry(&saddle.surface, [*x, *y], 30.0);
    }
    saddle.shape.rotation = 30.0;
    assert_eq!(escape(&turned, &saddle), Some(28));
}

#[test]
fn paths_part_where_they_are_seen_to_differ() {
    let surface = SurfaceChoice::LongValley.open();
    let window = surface.window();
    let path = |racer: Racer| simulate_racer(&surface, &racer.plan, [-4.5, 1.5], 200, 0);
    let descent = path(with("GradientDescent(learning_rate: 0.03)"));
    let same = path(with("Momentum(learning_rate: 0.03, momentum: 0.0)"));
    assert_eq!(parting(&descent, &same, &window), None);

    let change = [(10, "learning_rate", 0.02)];
    let changed = path(edited(
        with("GradientDescent(learning_rate: 0.03)"),
        &change,
    ));
    assert_eq!(parting(&descent, &changed, &window), Some(11));
    assert_eq!(parting(&changed, &descent, &window), Some(11));
}

/// Both diverge in the same way, but one was cut off by the end of the race.
#[test]
fn a_path_that_ends_parts_from_one_that_goes_on() {
    let path = |steps| {
        let optimizer = "GradientDescent(learning_rate: 10.0)";
        run("LongValley", optimizer, [0.0, 1.0], steps)
    };
    let window = SurfaceChoice::LongValley.open().window();
    assert_eq!(parting(&path(200), &path(50), &window), Some(51));
    assert_eq!(parting(&path(200), &path(500), &window), None);
}
