//! Rprop, Polyak, Newton, schedule-free and Lookahead.

use super::walk::*;

/// Step sizes: kept, doubled, doubled up to 3, halved, kept, halved, kept, not halved below 0.75.
#[test]
fn rprop_lengthens_and_shortens_its_stride_between_limits() {
    let rule = "Rprop(learning_rate: 1, eta_minus: 0.5, eta_plus: 2, step_min: 0.75, step_max: 3)";
    let mut walk = Walk::from(&[0.0], rule);
    for (gradient, size, at) in [
        (1.0, 1.0, -1.0),
        (2.0, 2.0, -3.0),
        (0.1, 3.0, -6.0),
        (-1.0, 1.5, -6.0),
        (-1.0, 1.5, -4.5),
        (1.0, 0.75, -4.5),
        (1.0, 0.75, -5.25),
        (-1.0, 0.75, -5.25),
        (0.0, 0.75, -5.25),
    ] {
        let before = walk.at[0];
        walk.expect(gradient, at, &[("s", size), ("from_gradient", at - before)]);
    }
    // If the limits are in the wrong order, the lower one wins.
    walk.set("step_max", 0.5);
    walk.expect(1.0, -6.0, &[("s", 0.75)]);
}

/// f = 50 and |g|² = 25, so the step to a value of 0 is 2 g.
#[test]
fn polyaks_step_fills_the_gap() {
    let first = |value: f64, values: &str| {
        let mut walk = Walk::from(&[1.0, 1.0], &format!("PolyakSgd({values})"));
        walk.step_on(Told {
            value,
            gradient: vec![3.0, 4.0],
            ..Told::default()
        });
        let rate = walk.told[&("a".to_owned(), 0)];
        if rate.is_finite() {
            walk.assert_at(&[1.0 - 3.0 * rate, 1.0 - 4.0 * rate]);
            walk.assert_told("asked", &[1.0, 1.0]);
            walk.assert_told("g", &[3.0, 4.0]);
            walk.assert_told("from_gradient", &[-3.0 * rate, -4.0 * rate]);
        } else {
            assert!(walk.at.iter().all(|at| at.is_nan()));
        }
        [walk.told[&("gap".to_owned(), 0)], rate]
    };
    let long = "max_learning_rate: 5";
    assert_eq!(first(50.0, long), [50.0, 2.0]);
    assert_eq!(first(50.0, ""), [50.0, 1.0]);
    assert_eq!(first(50.0, "max_learning_rate: 5, f_min: 25"), [25.0, 1.0]);
    assert_eq!(
        first(50.0, "max_learning_rate: 5, epsilon: 25"),
        [50.0, 1.0]
    );
    assert_eq!(
        first(50.0, "max_learning_rate: 5, scaling: 0.5"),
        [50.0, 1.0]
    );
    assert_eq!(
        first(50.0, "max_learning_rate: 1.5, scaling: 0.5"),
        [50.0, 0.75]
    );
    assert_eq!(first(-50.0, long), [-50.0, -2.0], "uphill");
    let plus = "max_learning_rate: 5, variant: SpsPlus";
    assert_eq!(first(50.0, plus), [50.0, 2.0]);
    assert_eq!(first(-50.0, plus), [0.0, 0.0]);
    for values in [long, plus] {
        assert!(first(f64::NAN, values).iter().all(|it| it.is_nan()));
    }
}

/// 2⁻²⁶ squared is 2⁻⁵², which is treated as zero; twice that is limited by `max_learning_rate`.
#[test]
fn polyaks_step_is_nothing_where_there_is_no_slope() {
    let tiny = (-26.0_f64).exp2();
    for (slope, expected) in [(tiny, 0.0), (2.0 * tiny, 1.0), (0.0, 0.0)] {
        let mut walk = Walk::from(&[0.0], "PolyakSgd()");
        walk.step_on(Told {
            value: 1.0,
            gradient: vec![slope],
            ..Told::default()
        });
        assert_eq!(walk.told[&("a".to_owned(), 0)], expected);
    }
}

/// H has the eigenvalues 3 along (1, 1) and −1 perpendicular to it.
#[test]
fn newton_divides_by_the_curvature_of_every_direction() {
    let first = |gradient: [f64; 2], values: &str| {
        let rule = format!("Newton(learning_rate: 0.5, {values})");
        let mut walk = Walk::from(&[7.0, 7.0], &rule);
        walk.step_on(Told {
            gradient: gradient.to_vec(),
            hessian: vec![1.0, 2.0, 2.0, 1.0],
            ..Told::default()
        });
        let step = [walk.at[0] - 7.0, walk.at[1] - 7.0];
        if step[0].is_finite() {
            walk.assert_told("asked", &[7.0, 7.0]);
            walk.assert_told("g", &gradient);
            walk.assert_told("from_gradient", &step);
        }
        step
    };
    let assert_step = |found: [f64; 2], expected: [f64; 2]| {
        let all_close = found.iter().zip(expected).all(|(&a, b)| close(a, b));
        assert!(all_close, "{found:?}, not {expected:?}");
    };
    assert_step(first([6.0, 6.0], ""), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], ""), [1.0, -1.0]);
    assert_step(first([10.0, 10.0], "damping: 2"), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], "damping: 2"), [-1.0, 1.0]);
    assert_step(first([6.0, 6.0], "curvature: Absolute"), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], "curvature: Absolute"), [-1.0, 1.0]);
    assert_step(
        first([8.0, 8.0], "curvature: Absolute, damping: 1"),
        [-1.0, -1.0],
    );
    assert_step(
        first([4.0, -4.0], "curvature: Absolute, damping: 1"),
        [-1.0, 1.0],
    );
    // H + I is singular.
    assert!(first([1.0, 1.0], "damping: 1").iter().all(|it| it.is_nan()));
}

#[test]
fn newton_is_lost_where_the_curvature_is_no_number() {
    for curvature in ["Raw", "Absolute"] {
        let mut walk = Walk::from(&[0.0, 0.0], &format!("Newton(curvature: {curvature})"));
        walk.step_on(Told {
            gradient: vec![1.0, 1.0],
            hessian: vec![1.0, 0.0, 0.0, f64::INFINITY],
            ..Told::default()
        });
        assert!(walk.at.iter().all(|it| it.is_nan()), "{curvature}");
    }
}

/// ηₜ is ½, 1, 1; ωₜ = t ηₜ is ½, 2, 3, so that c is 1, 4/5, 6/11. z is 2, −1, −2.65.
#[test]
fn schedule_free_sgd_averages_what_it_has_stepped() {
    let rule = "ScheduleFreeSgd(learning_rate: 1, momentum: 0.5, warmup_steps: 2, r: 1, \
                weight_power: 1, weight_decay: 0.5)";
    let mut walk = Walk::from(&[4.0], rule);
    let told = |asked, z, memory, gradient, decay| {
        [
            ("y", asked),
            ("z", z),
            ("from_memory", memory),
            ("from_gradient", gradient),
            ("from_decay", decay),
        ]
    };
    walk.expect(2.0, 2.0, &told(4.0, 2.0, 0.0, -1.0, -1.0));
    walk.expect(2.0, -0.4, &told(2.0, -1.0, 0.0, -1.6, -0.8));
    let share = 6.0 / 11.0;
    let at = -0.4 * (1.0 - share) - 2.65 * share;
    let notes = told(-0.7, -2.65, -0.6 * share, -2.0 * share, 0.35 * share);
    walk.expect(2.0, at, &notes);
}

/// After the rate has dropped to ½, a step still has the weight of the largest rate: c is ½, then
/// ⅓.
#[test]
fn schedule_free_sgd_weighs_by_the_largest_rate_so_far() {
    let mut walk = Walk::from(&[0.0], "ScheduleFreeSgd(learning_rate: 2, momentum: 0)");
    walk.expect(1.0, -2.0, &[("y", 0.0), ("z", -2.0)]);
    walk.set("learning_rate", 0.5);
    walk.expect(2.0, -2.5, &[("y", -2.0), ("z", -3.0)]);
    walk.expect(2.0, -3.0, &[("y", -3.0), ("z", -4.0)]);
}

#[test]
fn schedule_free_sgd_stands_still_until_it_has_a_rate() {
    let mut walk = Walk::from(&[3.0], "ScheduleFreeSgd(learning_rate: 0)");
    walk.expect(1.0, 3.0, &[("z", 3.0), ("from_memory", 0.0)]);
    walk.set("learning_rate", 1.0);
    walk.expect(1.0, 2.0, &[("z", 2.0), ("from_gradient", -1.0)]);
}

/// φ moves a quarter of the way after every second step.
#[test]
fn lookahead_tells_of_its_slow_weights_and_of_the_rule_inside() {
    let rule = "Lookahead(sync_period: 2, slow_step_size: 0.25, \
                inner: GradientDescent(learning_rate: 0.5))";
    let mut walk = Walk::from(&[0.0], rule);
    for (at, slow, from_slow) in [
        (2.0, 0.0, 0.0),
        (1.0, 1.0, -3.0),
        (3.0, 1.0, 0.0),
        (2.0, 2.0, -3.0),
    ] {
        let notes = [
            ("slow", slow),
            ("from_slow", from_slow),
            ("from_gradient", 2.0),
            ("g", -4.0),
        ];
        walk.expect(-4.0, at, &notes);
    }
}

/// What is longer than the limit is cut to it, and the rule inside sees no more.
#[test]
fn clipping_tells_the_gradient_before_and_the_share_that_is_left() {
    let inner = "inner: GradientDescent(learning_rate: 0.5)";
    let mut walk = Walk::from(&[0.0, 0.0], &format!("ClipByValue(limit: 2, {inner})"));
    walk.step(&[-8.0, 1.0]);
    walk.assert_at(&[1.0, -0.5]);
    walk.assert_told("unclipped", &[-8.0, 1.0]);
    walk.assert_told("kept", &[0.25, 1.0]);
    walk.assert_told("g", &[-2.0, 1.0]);

    let mut walk = Walk::from(&[0.0, 0.0], &format!("ClipByGlobalNorm(limit: 1, {inner})"));
    walk.step(&[3.0, -4.0]);
    walk.assert_at(&[-0.3, 0.4]);
    walk.assert_told("unclipped", &[3.0, -4.0]);
    assert!(close(walk.told[&("length".to_owned(), 0)], 5.0));
    assert!(close(walk.told[&("kept".to_owned(), 0)], 0.2));
    walk.step(&[0.5, 0.0]);
    assert!(close(walk.told[&("kept".to_owned(), 0)], 1.0));
    walk.assert_at(&[-0.55, 0.4]);

    let rule = format!("ClipByGlobalNorm(limit: 1, epsilon: 3, {inner})");
    let mut walk = Walk::from(&[0.0, 0.0], &rule);
    walk.step(&[3.0, -4.0]);
    walk.assert_at(&[-0.1875, 0.25]);
}

#[test]
fn coupled_decay_tells_what_it_adds() {
    let rule = "CoupledDecay(weight_decay: 0.5, inner: GradientDescent(learning_rate: 0.1))";
    let mut walk = Walk::from(&[2.0, -4.0], rule);
    walk.step(&[1.0, 1.0]);
    walk.assert_told("slope", &[1.0, 1.0]);
    walk.assert_told("decay", &[1.0, -2.0]);
    walk.assert_told("g", &[2.0, -1.0]);
    walk.assert_at(&[1.8, -3.9]);
}

/// The gradient is (3, 4) everywhere here, so that both of a step are the same.
#[test]
fn sam_tells_its_way_uphill() {
    let rule = "Sam(rho: 0.5, inner: GradientDescent(learning_rate: 0.1))";
    let mut walk = Walk::from(&[1.0, 1.0], rule);
    walk.step(&[3.0, 4.0]);
    walk.assert_told("here", &[3.0, 4.0]);
    walk.assert_told("ascent", &[0.3, 0.4]);
    walk.assert_told("above", &[3.0, 4.0]);
    walk.assert_told("asked", &[1.0, 1.0]);
    walk.assert_at(&[0.7, 0.6]);
    walk.step(&[0.0, 0.0]);
    walk.assert_told("ascent", &[0.0, 0.0]);
    walk.assert_at(&[0.7, 0.6]);
}

/// The loss never changes here, so no step lowers it as much as the slope promises.
#[test]
fn a_search_that_finds_nothing_stays() {
    for rule in [
        "GradientDescentArmijo",
        "ConjugateGradient",
        "Bfgs",
        "LBfgs",
    ] {
        let mut walk = Walk::from(&[1.0, 1.0], &format!("{rule}(max_shrinks: 7)"));
        walk.step(&[3.0, 4.0]);
        walk.assert_at(&[1.0, 1.0]);
        assert!(close(walk.told[&("j".to_owned(), 0)], 7.0), "{rule}");
        assert!(close(walk.told[&("a".to_owned(), 0)], 0.0), "{rule}");
    }
}
