//! Rules that wrap another rule: their effect on it, and that edits and schedules reach it.

mod common;

use common::{any_racer, cases, edited, race, with};
use proptest::prelude::*;
use slalom::experiment::{Edit, Plan};
use slalom::optimizer::{Lookahead, OptimizerChoice};
use slalom::simulation::{simulate, simulate_racer};
use slalom::surface::SurfaceChoice;

/// The plan with its rule in a Lookahead that does not look back before step `sync_period`.
fn ahead(plan: &Plan, sync_period: f64) -> Plan {
    let inner = |edit: &Edit| Edit {
        parameter: format!("inner.{}", edit.parameter),
        ..edit.clone()
    };
    Plan {
        optimizer: OptimizerChoice::Lookahead(Lookahead {
            sync_period,
            slow_step_size: 0.5,
            inner: Box::new(plan.optimizer.clone()),
        }),
        edits: plan.edits.iter().map(inner).collect(),
        ..plan.clone()
    }
}

fn any_plain_plan() -> impl Strategy<Value = Plan> {
    let plans = any_racer().prop_map(|racer| racer.plan);
    plans.prop_filter("no wrapper", |plan| plan.optimizer.inner().is_none())
}

proptest! {
    #![proptest_config(cases(128))]

    /// Edits, schedules and noise affect the inner rule as they would without a wrapper.
    #[test]
    fn until_it_looks_back_lookahead_is_the_rule_inside(
        plan in any_plain_plan(),
        start in [-2.0..2.0_f64, -2.0..2.0],
    ) {
        let surface = SurfaceChoice::Beale.open();
        let alone = simulate_racer(&surface, &plan, start, 60, 3);
        let wrapped = simulate_racer(&surface, &ahead(&plan, 1000.0), start, 60, 3);
        // As text, so that NaN equals NaN.
        prop_assert_eq!(format!("{alone:?}"), format!("{wrapped:?}"));
    }

    #[test]
    fn the_first_steps_are_those_of_the_rule_inside(
        plan in any_plain_plan(),
        period in 2..20_u32,
    ) {
        let surface = SurfaceChoice::Booth.open();
        let alone = simulate_racer(&surface, &plan, [-4.0, 2.0], 20, 3);
        let wrapped = simulate_racer(&surface, &ahead(&plan, f64::from(period)), [-4.0, 2.0], 20, 3);
        for step in (0..period as usize).filter(|&step| step <= alone.last_step()) {
            prop_assert_eq!(alone.at(step).map(f64::to_bits), wrapped.at(step).map(f64::to_bits));
        }
    }
}

/// Algorithm 1 by hand, with gradient descent as the inner rule: along the floor of the valley the
/// gradient is x.
#[test]
fn every_fifth_step_leads_half_the_way_back() {
    let racer = "(optimizer: Lookahead(inner: GradientDescent(learning_rate: 0.1)))";
    let path = simulate(&race("LongValley", [4.0, 0.0], 40, racer)).remove(0);
    let (mut fast, mut slow) = (4.0, 4.0);
    for step in 1..=40 {
        fast -= 0.1 * fast;
        if step % 5 == 0 {
            slow += 0.5 * (fast - slow);
            fast = slow;
        }
        assert!((path.x[step] - fast).abs() < 1e-14, "{step}");
    }
}

/// From step 7 on the fast weights return every second step, and from step 9 on all the way.
#[test]
fn the_wrappers_own_numbers_can_be_edited_on_the_way() {
    let racer = edited(
        with("Lookahead(inner: GradientDescent(learning_rate: 0.1))"),
        &[
            (7, "sync_period", 2.0),
            (9, "slow_step_size", 0.0),
            (3, "inner.learning_rate", 0.2),
        ],
    );
    let valley = SurfaceChoice::LongValley.open();
    let path = simulate_racer(&valley, &racer.plan, [4.0, 0.0], 20, 0);
    let (mut fast, mut slow) = (4.0, 4.0);
    for step in 0..20 {
        fast -= if step < 3 { 0.1 } else { 0.2 } * fast;
        let period = if step < 7 { 5 } else { 2 };
        if (step + 1) % period == 0 {
            slow += if step < 9 { 0.5 } else { 0.0 } * (fast - slow);
            fast = slow;
        }
        assert!((path.x[step + 1] - fast).abs() < 1e-14, "{step}");
        let rate = if step < 3 { 0.1 } else { 0.2 };
        assert_eq!(path.learning_rate[step], rate);
    }
}
