//! Gradient descent, momentum and Nesterov.

use super::walk::*;

#[test]
fn gradient_descent_steps_down_the_slope() {
    let mut walk = Walk::from(&[3.0], "GradientDescent(learning_rate: 0.5)");
    walk.expect(
        2.0,
        2.0,
        &[("asked", 3.0), ("g", 2.0), ("from_gradient", -1.0)],
    );
    walk.expect(
        -4.0,
        4.0,
        &[("asked", 2.0), ("g", -4.0), ("from_gradient", 2.0)],
    );
    assert!(close(gain("GradientDescent()", 1), 1.0));
}

/// v is 2, then 0.5 · 2 + 0.5 · 4 = 3, then 0.5 · 3 − 0.5 · 2 = 0.5.
#[test]
fn momentum_keeps_a_share_of_its_velocity() {
    let mut walk = Walk::from(&[0.0], "Momentum(learning_rate: 0.5, momentum: 0.5)");
    let told = |v, memory, gradient| {
        [
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(2.0, 0.0, -2.0));
    walk.expect(4.0, -5.0, &told(3.0, -1.0, -2.0));
    walk.expect(-2.0, -5.5, &told(0.5, -1.5, 1.0));
}

/// The first gradient is added whole, later ones with 1 − τ: v is 4, 2 + 0.75 · 4 = 5, 2.5 − 1.5 =
/// 1.
#[test]
fn dampening_begins_with_the_second_step() {
    let rule = "Momentum(learning_rate: 0.5, momentum: 0.5, dampening: 0.25, velocity: Unscaled)";
    let mut walk = Walk::from(&[0.0], rule);
    let told = |v, memory, gradient| {
        [
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(4.0, 0.0, -2.0));
    walk.expect(4.0, -4.5, &told(5.0, -1.0, -1.5));
    walk.expect(-2.0, -5.0, &told(1.0, -1.25, 0.75));
    assert!(close(gain(rule, 1), 0.75 / 1.5));
}

/// The velocities are those of Momentum; the gradient is evaluated further along by μ v.
#[test]
fn nesterov_asks_where_its_velocity_leads() {
    let rule = "Nesterov(learning_rate: 0.5, momentum: 0.5)";
    let mut walk = Walk::from(&[0.0], rule);
    let told = |asked, v, memory, gradient| {
        [
            ("asked", asked),
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(0.0, 2.0, 0.0, -2.0));
    walk.expect(4.0, -5.0, &told(-3.0, 3.0, -1.0, -2.0));
    walk.expect(-2.0, -5.5, &told(-6.5, 0.5, -1.5, 1.0));
    assert!(close(gain(rule, 1), 2.0 / 1.5));
}

#[test]
fn reformulated_nesterov_steps_by_the_new_velocity_and_the_gradient() {
    for (velocity, v) in [("Scaled", [2.0, 3.0, 0.5]), ("Unscaled", [4.0, 6.0, 1.0])] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Nesterov(learning_rate: 0.5, momentum: 0.5, form: Reformulated, \
                 velocity: {velocity})"
            ),
        );
        let told = |v, memory, gradient| {
            [
                ("v", v),
                ("from_memory", memory),
                ("from_gradient", gradient),
            ]
        };
        walk.expect(4.0, -3.0, &told(v[0], -1.0, -2.0));
        walk.expect(4.0, -6.5, &told(v[1], -1.5, -2.0));
        walk.expect(-2.0, -5.75, &told(v[2], -0.25, 1.0));
    }
}
