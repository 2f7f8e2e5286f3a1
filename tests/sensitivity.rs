//! Sweeps of hyper-parameters: the numbers of known races, and what holds for every sweep.

use proptest::prelude::*;
use slalom::analysis::sensitivity::{Curve, Ground, Run, Sweep, cost, finish, next_rounds};
use slalom::engine::{Signal, at_once};
use slalom::experiment::{Edit, Experiment, Plan, Schedule};
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::preset::load_built_in;
use slalom::simulation::{Ending, simulate, simulate_racer};
use slalom::surface::SurfaceChoice;

fn radford() -> Experiment {
    load_built_in("radford-beale").unwrap().experiment
}

/// The curves of all racers that have the parameter.
fn curves(race: &Experiment, name: Option<&str>) -> Vec<Curve> {
    let ground = Ground::of(race);
    let paths = simulate(race);
    let racers = race.racers.iter().zip(&paths);
    let swept =
        racers.filter_map(|(racer, path)| Some((Sweep::new(&racer.plan, name)?, racer, path)));
    swept
        .map(|(mut sweep, racer, path)| {
            finish(
                std::slice::from_mut(&mut sweep),
                &ground,
                &Signal::default(),
            );
            let now = sweep.knob().value(&racer.plan);
            let ending = Ending::of(path, race.steps, None);
            Curve::of(&sweep, Some(Run::new(now, ending, &ground)), &ground)
        })
        .collect()
}

/// The loss at the end of a plan with another rate.
fn loss_at(race: &Experiment, plan: &Plan, rate: f64) -> f64 {
    let mut plan = plan.clone();
    let rule = plan.optimizer.rule_mut();
    rule.set(rule.rate().unwrap(), Value::Number(rate));
    let path = simulate_racer(
        &race.open_surface(),
        &plan,
        race.start,
        race.steps,
        race.seed,
    );
    path.loss_at(race.steps)
}

fn about(value: f64, wanted: f64) -> bool {
    (value / wanted - 1.0).abs() < 0.05
}

#[test]
fn at_its_best_rate_every_racer_of_radfords_race_does_at_least_as_well_as_known() {
    let race = radford();
    let curves = curves(&race, None);
    let titles = race.titles();
    for (title, now, [best_rate, best]) in [
        ("Nadam", 1.6e-2, [0.67, 1.2e-11]),
        ("Adam", 2.3e-3, [1.74, 5.9e-8]),
        ("Adadelta", 1.4e-4, [218.0, 2.6e-6]),
    ] {
        let index = titles.iter().position(|it| it == title).unwrap();
        let curve = &curves[index];
        assert!(about(curve.now.unwrap().ending.loss, now), "{title}");
        let found = curve.best.unwrap();
        assert!(found.ending.loss <= best, "{title}: {found:?}");
        // The known rate, written with two or three digits, is one of those that do as well.
        let plan = &race.racers[index].plan;
        let near = (-50..=50).map(|k| best_rate * (1.0 + 1e-4 * f64::from(k)));
        let lowest = near
            .map(|rate| loss_at(&race, plan, rate))
            .fold(f64::INFINITY, f64::min);
        assert!(lowest <= 1.05 * best, "{title}: {lowest:e} at {best_rate}");
    }
}

#[test]
fn nadam_is_seventh_at_the_rates_of_the_race_and_first_at_the_best_ones() {
    let race = radford();
    let curves = curves(&race, None);
    let nadam = race.titles().iter().position(|it| it == "Nadam").unwrap();
    let place = |loss: fn(&Curve) -> f64| {
        let own = loss(&curves[nadam]);
        1 + curves.iter().filter(|other| loss(other) < own).count()
    };
    assert_eq!(place(|it| it.now.unwrap().ending.loss), 7);
    assert_eq!(place(|it| it.best.unwrap().ending.loss), 1);
}

#[test]
fn a_value_does_what_the_slider_would_do() {
    // Schedule and edits stay as they are.
    let mut race = radford();
    let adam = &mut race.racers[6].plan;
    adam.schedule = Schedule::Exponential { factor: 0.99 };
    adam.edits.push(Edit {
        step: 120,
        parameter: "learning_rate".into(),
        value: 0.02,
    });
    race.racers = vec![race.racers[6].clone()];
    let curve = &curves(&race, None)[0];
    for run in curve.runs.iter().step_by(11) {
        let alone = loss_at(&race, &race.racers[0].plan, run.value);
        assert_eq!(run.ending.loss.to_bits(), alone.to_bits(), "{}", run.value);
    }
}

#[test]
fn moving_what_is_swept_keeps_the_sweep_and_moving_anything_else_does_not() {
    let race = radford();
    let adam = &race.racers[6].plan;
    let sweep = Sweep::new(adam, None).unwrap();
    let with = |name: &str, value: f64| {
        let mut plan = adam.clone();
        let rule = plan.optimizer.rule_mut();
        rule.set(rule.find(name).unwrap(), Value::Number(value));
        plan
    };
    assert!(sweep.is_of(adam, None));
    assert!(sweep.is_of(&with("learning_rate", 0.7), None));
    assert!(!sweep.is_of(&with("beta_1", 0.7), None));
    assert!(!sweep.is_of(adam, Some("beta_1")));
    assert!(
        !sweep.is_of(&with("learning_rate", 1e4), None),
        "it is outside"
    );
    assert!(!sweep.is_of(&race.racers[7].plan, None));
}

#[test]
fn partial_results_are_part_of_the_final_ones() {
    let mut race = radford();
    race.steps = 20_000;
    race.racers.drain(..6);
    let ground = Ground::of(&race);
    let plans = race.racers.iter().map(|racer| &racer.plan);
    let mut sweeps: Vec<Sweep> = plans.filter_map(|plan| Sweep::new(plan, None)).collect();
    let mut partial: Vec<Vec<Run>> = Vec::new();
    while !sweeps.iter().all(Sweep::is_finished) {
        at_once(next_rounds(&mut sweeps, &ground, &Signal::default()));
        partial.push(sweeps[0].runs().to_vec());
    }
    assert!(partial.len() > 2, "{}", partial.len());
    assert_eq!(partial[0].len(), 8, "every eighth value comes first");
    let all = sweeps[0].runs();
    let same =
        |a: &Run, b: &Run| a.value == b.value && a.ending.loss.to_bits() == b.ending.loss.to_bits();
    for run in partial.iter().flatten() {
        assert!(all.iter().any(|it| same(it, run)), "{run:?}");
    }
}

#[test]
fn a_sweep_that_is_stopped_stays_as_it_was() {
    let race = radford();
    let mut sweeps = vec![Sweep::new(&race.racers[0].plan, None).unwrap()];
    let signal = Signal::default();
    signal.stop();
    finish(&mut sweeps, &Ground::of(&race), &signal);
    assert!(sweeps[0].runs().is_empty() && !sweeps[0].is_finished());
}

#[test]
fn a_race_that_is_too_long_has_fewer_values_or_none() {
    let mut race = radford();
    for (steps, [is_whole, is_possible]) in [(200, [true, true]), (1_000_000, [false, true])] {
        race.steps = steps;
        let ground = Ground::of(&race);
        let plans = race.racers.iter().map(|racer| &racer.plan);
        let sweeps: Vec<Sweep> = plans.filter_map(|plan| Sweep::new(plan, None)).collect();
        let full = cost(&mut sweeps[..1].to_vec(), &ground).unwrap();
        let all = cost(&mut sweeps.clone(), &ground);
        assert_eq!(all.is_some(), is_possible, "{steps}");
        assert_eq!(all == Some(8 * full), is_whole, "{steps}");
        let mut crowd: Vec<Sweep> = sweeps.iter().cycle().take(80).cloned().collect();
        assert_eq!(cost(&mut crowd, &ground).is_some(), is_whole, "{steps}");
    }
}

#[test]
fn what_flies_off_is_lost_and_never_the_best() {
    let race = radford();
    let descent = &curves(&race, None)[0];
    let bold = descent.runs.iter().filter(|run| run.value > 0.1);
    assert!(bold.clone().count() > 10);
    assert!(
        bold.into_iter()
            .all(|run| run.ending.is_lost() && run.loss().is_nan())
    );
    assert!(descent.region.unwrap().to < 0.04);
}

#[test]
fn on_long_valley_the_region_of_good_rates_ends_at_the_stability_limit() {
    let race = load_built_in("long-valley").unwrap().experiment;
    let descent = race.titles().iter().position(|it| it == "Gradient descent");
    let curve = &curves(&race, None)[descent.unwrap()];
    let region = curve.region.unwrap();
    // The largest eigenvalue is 50.
    assert!(region.to < 0.04 && region.to > 0.035, "{region:?}");
    assert!(region.decades.unwrap() < 0.3, "{region:?}");
}

fn any_race() -> impl Strategy<Value = (Experiment, Option<&'static str>)> {
    let rules = prop::sample::select(OptimizerChoice::for_points().cloned().collect::<Vec<_>>());
    let surfaces = prop::sample::select(SurfaceChoice::BUILT_IN);
    let names =
        prop::sample::select(&[None, Some("momentum"), Some("epsilon"), Some("beta_1")][..]);
    let at = [-1.0..1.0_f64, -1.0..1.0_f64];
    (rules, surfaces, names, at, 1..60_usize).prop_map(|(rule, surface, name, start, steps)| {
        let race = Experiment {
            surface,
            start,
            steps,
            racers: vec![slalom::experiment::Racer::new(rule)],
            ..Experiment::default()
        };
        (race, name)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_best_run_is_no_worse_than_any_other_and_lies_in_its_region((race, name) in any_race()) {
        for curve in curves(&race, name) {
            prop_assert!(curve.is_finished);
            prop_assert!(curve.runs.is_sorted_by(|a, b| a.value < b.value));
            let now = curve.now.unwrap();
            prop_assert!(curve.runs.iter().any(|run| run.value == now.value));
            for run in &curve.runs {
                let is_lost = !run.ending.loss.is_finite() || run.ending.loss > run.ending.began;
                prop_assert_eq!(run.ending.is_lost(), is_lost);
                if !is_lost {
                    prop_assert!(curve.best.unwrap().ending.loss <= run.ending.loss);
                }
            }
            if let (Some(best), Some(region)) = (curve.best, curve.region) {
                let slack = 1e-9 * (1.0 + best.value.abs());
                prop_assert!(region.from <= best.value + slack && best.value <= region.to + slack);
            }
        }
    }

    #[test]
    fn the_present_run_is_the_race_itself((race, name) in any_race()) {
        let path = &simulate(&race)[0];
        for curve in curves(&race, name) {
            let loss = curve.now.unwrap().ending.loss;
            if path.last_step() == race.steps {
                prop_assert_eq!(loss.to_bits(), path.loss_at(race.steps).to_bits());
            } else {
                prop_assert!(loss.is_nan());
            }
        }
    }
}
