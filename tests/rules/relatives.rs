//! Adamax, `RAdam`, `AdaBelief`, Yogi and Lion.

use super::walk::*;

/// m̂ = 1.5/0.5, then 1/0.75. u fades from 4 to 2, or from 3 to 1.5.
#[test]
fn adamax_divides_by_the_largest_gradient_as_it_fades() {
    let rule = |place: &str| {
        format!("Adamax(learning_rate: 4, beta_1: 0.5, beta_2: 0.5, epsilon: 1, {place})")
    };
    let inside = rule("");
    let mut walk = Walk::from(&[0.0], &inside);
    let told = |m, m_hat, u, rate, memory, gradient| {
        [
            ("m", m),
            ("m_hat", m_hat),
            ("u", u),
            ("rate", rate),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(-3.0, 3.0, &told(-1.5, -3.0, 4.0, 1.0, 0.0, 3.0));
    walk.expect(
        0.5,
        3.0 + 4.0 / 3.0,
        &told(-0.5, -0.5 / 0.75, 2.0, 2.0, 2.0, -2.0 / 3.0),
    );
    // |g| + ε is larger than what has faded.
    walk.expect(0.5, 3.0 + 4.0 / 3.0, &[("m", 0.0), ("u", 1.5)]);

    let mut walk = Walk::from(&[0.0], &rule("epsilon_place: Added"));
    walk.expect(-3.0, 3.0, &told(-1.5, -3.0, 3.0, 1.0, 0.0, 3.0));
    let rate = 4.0 / 2.5;
    walk.expect(
        0.5,
        3.0 + rate * 0.5 / 0.75,
        &told(-0.5, -0.5 / 0.75, 1.5, rate, rate, -rate / 3.0),
    );
    assert!(close(gain(&inside, 1), 1.0 / 3.0));
}

/// How much of a scaled step is made, if v holds `rho` gradients and can hold `longest`.
fn trust(rho: f64, longest: f64) -> f64 {
    ((rho - 4.0) * (rho - 2.0) * longest / ((longest - 4.0) * (longest - 2.0) * rho)).sqrt()
}

/// With a gradient that is always 2, m̂ is 2 and v̂ is 4. With β₂ = 0.9, ρ∞ is 19, and ρ passes 4 in
/// the fifth step and 5 in the sixth.
#[test]
fn radam_scales_its_steps_from_the_threshold_on_and_little_at_first() {
    for (threshold, first_scaled) in [(4.0, 5), (5.0, 6)] {
        for is_hat in [false, true] {
            let rule = format!(
                "RAdam(learning_rate: 3, beta_1: 0.5, beta_2: 0.9, epsilon: 4, \
                 threshold: {threshold}, epsilon_hat: {is_hat})"
            );
            let mut walk = Walk::from(&[0.0], &rule);
            let mut at = 0.0;
            for t in 1..=30 {
                let power = 0.9_f64.powi(t);
                let v = 4.0 * (1.0 - power);
                if t < first_scaled {
                    at -= 6.0;
                    walk.expect(
                        2.0,
                        at,
                        &[("m_hat", 2.0), ("v", v), ("r", 0.0), ("rate", 3.0)],
                    );
                    walk.assert_told("v_hat", &[4.0]);
                    continue;
                }
                let r = trust(19.0 - 2.0 * f64::from(t) * power / (1.0 - power), 19.0);
                let rate = if is_hat {
                    3.0 * r * (1.0 - power).sqrt() / (v.sqrt() + 4.0)
                } else {
                    3.0 * r / 6.0
                };
                at -= 2.0 * rate;
                walk.expect(2.0, at, &[("m_hat", 2.0), ("v_hat", 4.0), ("rate", rate)]);
                walk.assert_told("r", &[r]);
            }
            assert!(close(gain(&rule, 1), 1.0 / 3.0));
        }
    }
}

#[test]
fn radams_parts_are_those_of_memory_and_gradient() {
    let rule = "RAdam(learning_rate: 3, beta_1: 0.5)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(
        2.0,
        -6.0,
        &[("m", 1.0), ("from_memory", 0.0), ("from_gradient", -6.0)],
    );
    walk.expect(
        1.0,
        -10.0,
        &[("m", 1.0), ("from_memory", -2.0), ("from_gradient", -2.0)],
    );
}

/// After many steps, ρ is ρ∞ to the last digit: 7 for β₂ = 0.75, and 4 for 0.6.
#[test]
fn radams_threshold_can_belong_to_either_side() {
    for (beta_2, threshold) in [(0.75, 7), (0.6, 4)] {
        for (is_inclusive, step) in [(false, 6.0), (true, 1.0)] {
            let rule = format!(
                "RAdam(learning_rate: 3, beta_2: {beta_2}, epsilon: 4, threshold: {threshold}, \
                 threshold_inclusive: {is_inclusive})"
            );
            let mut walk = Walk::from(&[0.0], &rule);
            for _ in 0..200 {
                walk.step(&[2.0]);
            }
            let at = walk.at[0];
            walk.expect(2.0, at - step, &[]);
        }
    }
}

/// s is 4/4 + 1.25 and then, with a gradient that is its own average, 0.75 · 2.25 + 1.25.
#[test]
fn adabelief_divides_by_the_spread_around_the_new_average() {
    let rule = "AdaBelief(learning_rate: 3, beta_1: 0.5, beta_2: 0.75, epsilon: 1, \
                epsilon_root: 1.25)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(
        4.0,
        -3.0,
        &[
            ("m", 2.0),
            ("m_hat", 4.0),
            ("s", 2.25),
            ("s_hat", 9.0),
            ("rate", 0.75),
            ("from_memory", 0.0),
            ("from_gradient", -3.0),
        ],
    );
    let corrected: f64 = 2.9375 / 0.4375;
    let rate = 3.0 / (corrected.sqrt() + 1.0);
    walk.expect(
        2.0,
        -3.0 - rate * 2.0 / 0.75,
        &[
            ("m", 2.0),
            ("s", 2.9375),
            ("s_hat", corrected),
            ("rate", rate),
            ("from_memory", -rate / 0.75),
            ("from_gradient", -rate / 0.75),
        ],
    );
    assert!(close(gain(rule, 1), 1.0 / 3.0));
}

/// v rises by a quarter of 16, then falls by a quarter of 1; it would fall to 3.25 in Adam.
#[test]
fn yogi_rises_and_falls_by_the_gradient_alone() {
    let rule = |start: &str| {
        format!(
            "Yogi(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, \
             initial_accumulator: {start})"
        )
    };
    let mut walk = Walk::from(&[0.0], &rule("0"));
    let told = |m, v, v_hat, rate, memory, gradient| {
        [
            ("m", m),
            ("v", v),
            ("v_hat", v_hat),
            ("rate", rate),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -4.0, &told(2.0, 4.0, 16.0, 1.0, 0.0, -4.0));
    let corrected: f64 = 3.75 / 0.4375;
    let rate = 5.0 / (corrected.sqrt() + 1.0);
    walk.expect(
        1.0,
        -4.0 - rate * 2.0,
        &told(1.5, 3.75, corrected, rate, -rate / 0.75, -rate * 0.5 / 0.75),
    );
    // Both averages start at 5, and at 16, where v is the gradient's square and stays.
    let rate = 5.0 / 7.0;
    let mut walk = Walk::from(&[0.0], &rule("5"));
    walk.expect(
        4.0,
        -9.0 * rate,
        &told(4.5, 9.0, 36.0, rate, -5.0 * rate, -4.0 * rate),
    );
    walk.assert_told("m_hat", &[9.0]);
    let mut walk = Walk::from(&[0.0], &rule("16"));
    walk.expect(4.0, -20.0 * 5.0 / 9.0, &[("v", 16.0), ("v_hat", 64.0)]);
    assert!(close(gain(&rule("0"), 1), 1.0 / 3.0));
}

/// The direction is that of 2, of nothing, and of −1.75.
#[test]
fn lion_goes_by_the_sign_of_what_it_remembers_and_sees() {
    let rule = "Lion(learning_rate: 0.5, beta_1: 0.5, beta_2: 0.75, weight_decay: 0.2)";
    let mut walk = Walk::from(&[2.0], rule);
    let told = |u, m, sign, decay| {
        [
            ("u", u),
            ("m", m),
            ("from_sign", sign),
            ("from_decay", decay),
        ]
    };
    walk.expect(4.0, 1.3, &told(1.0, 1.0, -0.5, -0.2));
    walk.expect(-1.0, 1.17, &told(0.0, 0.5, 0.0, -0.13));
    walk.expect(-4.0, 1.553, &told(-1.0, -0.625, 0.5, -0.117));
    let mut lost = Walk::from(&[2.0], rule);
    lost.step(&[f64::NAN]);
    assert!(lost.at[0].is_nan());
}
