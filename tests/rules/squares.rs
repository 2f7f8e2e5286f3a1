//! Rules that divide by squared gradients.

use super::walk::*;

/// √(9 + 7) = 4 and √(18 + 7) = 5, with η′ = 1 and ½. In one dimension the matrix is just G.
#[test]
fn adagrad_divides_by_the_root_of_all_squares() {
    for matrix in ["Diagonal", "Full"] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Adagrad(learning_rate: 1, epsilon: 7, learning_rate_decay: 1, matrix: {matrix})"
            ),
        );
        walk.expect(3.0, -0.75, &[("G", 9.0), ("from_gradient", -0.75)]);
        if matrix == "Diagonal" {
            walk.assert_told("rate", &[0.25]);
        }
        walk.expect(3.0, -1.05, &[("G", 18.0), ("from_gradient", -0.3)]);
        if matrix == "Diagonal" {
            walk.assert_told("rate", &[0.1]);
        }
    }
}

/// √(16 + 9) + 1 = 6 and √(25 + 144) + 1 = 14, with η′ = 3 and 3/1.5.
#[test]
fn adagrads_epsilon_can_stand_outside_the_root() {
    for matrix in ["Diagonal", "Full"] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Adagrad(learning_rate: 3, epsilon: 1, epsilon_inside_sqrt: false, \
                 initial_accumulator: 16, learning_rate_decay: 0.5, matrix: {matrix})"
            ),
        );
        walk.expect(3.0, -1.5, &[("G", 25.0), ("from_gradient", -1.5)]);
        walk.expect(
            12.0,
            -1.5 - 12.0 / 7.0,
            &[("G", 169.0), ("from_gradient", -12.0 / 7.0)],
        );
    }
}

/// The gradients are along (1, 2, 2), of length 3, and (2, 1, −2), perpendicular to it, so each is
/// an eigenvector of G.
#[test]
fn full_adagrad_measures_every_direction_by_itself() {
    let rule = "Adagrad(learning_rate: 1, epsilon: 7, learning_rate_decay: 1, matrix: Full)";
    let mut walk = Walk::from(&[0.0; 3], rule);
    walk.step(&[1.0, 2.0, 2.0]);
    walk.assert_told("asked", &[0.0; 3]);
    walk.assert_told("g", &[1.0, 2.0, 2.0]);
    walk.assert_told("G", &[1.0, 4.0, 4.0]);
    walk.assert_told("from_gradient", &[-0.25, -0.5, -0.5]);
    walk.assert_at(&[-0.25, -0.5, -0.5]);
    assert!(!walk.told.contains_key(&("G_xy".to_owned(), 2)));
    walk.step(&[2.0, 1.0, -2.0]);
    walk.assert_told("G", &[5.0, 5.0, 8.0]);
    walk.assert_told("from_gradient", &[-0.25, -0.125, 0.25]);
    walk.assert_at(&[-0.5, -0.625, -0.25]);

    let rule = "Adagrad(learning_rate: 1, epsilon: 1, epsilon_inside_sqrt: false, \
                initial_accumulator: 16, matrix: Full)";
    let mut walk = Walk::from(&[0.0; 3], rule);
    walk.step(&[1.0, 2.0, 2.0]);
    walk.assert_at(&[-1.0 / 6.0, -2.0 / 6.0, -2.0 / 6.0]);
    walk.step(&[4.0, 8.0, 8.0]);
    let along = 1.0 / 6.0 + 4.0 / 14.0;
    walk.assert_at(&[-along, -2.0 * along, -2.0 * along]);
}

/// The rate is 20/(√9 + 1) = 5, then 20/(√25 + 3) = 2.5, then 10/(√36 + 4) = 1.
#[test]
fn every_number_of_full_adagrad_can_be_edited_on_the_way() {
    let rule = "Adagrad(learning_rate: 20, epsilon: 1, epsilon_inside_sqrt: false, matrix: Full)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(3.0, -15.0, &[("from_gradient", -15.0)]);
    walk.set("epsilon", 3.0);
    walk.expect(4.0, -25.0, &[("from_gradient", -10.0)]);
    walk.set("epsilon", 4.0);
    walk.set("learning_rate_decay", 0.5);
    let slope = 11.0_f64.sqrt();
    walk.expect(slope, -25.0 - slope, &[("from_gradient", -slope)]);
}

/// In the plane, with gradients along (0.6, 0.8), perpendicular to it, and along it again: √(25 +
/// 11) = 6, and √(25 + 64 + 11) = 10. G₀ and ε under the root have the same effect.
#[test]
fn full_adagrad_tells_its_matrix_in_the_plane() {
    for (initial, epsilon) in [(0.0, 11.0), (11.0, 0.0), (4.0, 7.0)] {
        let rule = format!(
            "Adagrad(learning_rate: 1, epsilon: {epsilon:?}, initial_accumulator: {initial:?}, \
             matrix: Full)"
        );
        let mut walk = Walk::from(&[0.0; 2], &rule);
        walk.step(&[3.0, 4.0]);
        walk.assert_told("g", &[3.0, 4.0]);
        walk.assert_told("G", &[initial + 9.0, initial + 16.0]);
        walk.assert_told("from_gradient", &[-0.5, -4.0 / 6.0]);
        let across = 11.0_f64.sqrt();
        walk.assert_told(
            "rate",
            &[0.36 / 6.0 + 0.64 / across, 0.64 / 6.0 + 0.36 / across],
        );
        assert!(close(walk.told[&("G_xy".to_owned(), 1)], 12.0));
        let mixed = 0.48 / 6.0 - 0.48 / across;
        assert!(close(walk.told[&("rate_xy".to_owned(), 1)], mixed));
        walk.step(&[4.0, -3.0]);
        walk.assert_at(&[-0.5 - 4.0 / 6.0, -4.0 / 6.0 + 0.5]);
        walk.assert_told("rate", &[1.0 / 6.0, 1.0 / 6.0]);
        walk.step(&[4.8, 6.4]);
        walk.assert_told("from_gradient", &[-0.48, -0.64]);
        walk.assert_told("G", &[initial + 25.0 + 23.04, initial + 25.0 + 40.96]);
        walk.step(&[0.0, 0.0]);
        walk.assert_told("from_gradient", &[0.0, 0.0]);
    }
}

/// With ε = 2: u = √2/√(2 + 2) · 2 = √2, then √(1 + 2)/√(2 + 2) · √2 = √6/2.
#[test]
fn adadelta_steps_as_far_as_its_steps_so_far() {
    let mut walk = Walk::from(&[0.0], "Adadelta(learning_rate: 3, rho: 0.5, epsilon: 2)");
    let (two, six) = (2.0_f64.sqrt(), 6.0_f64.sqrt());
    let told = |e, d, rate, step| [("E", e), ("D", d), ("rate", rate), ("from_gradient", step)];
    walk.expect(2.0, -3.0 * two, &told(2.0, 1.0, 1.5 * two, -3.0 * two));
    let rate = 1.5 * 3.0_f64.sqrt();
    walk.expect(
        two,
        -3.0 * two - 1.5 * six,
        &told(2.0, 1.25, rate, -1.5 * six),
    );
    walk.expect(0.0, -3.0 * two - 1.5 * six, &[("E", 1.0), ("D", 0.625)]);
}

/// √(8 + 1) = 3 in both steps, so that the rate is 1.
#[test]
fn rmsprop_keeps_a_velocity_in_two_ways() {
    let root = 8.0_f64.sqrt();
    for (velocity, scale) in [("Scaled", 1.0), ("Unscaled", 3.0)] {
        let rule = format!(
            "RMSProp(learning_rate: 3, rho: 0.5, epsilon: 1, momentum: 0.5, velocity: {velocity})"
        );
        let mut walk = Walk::from(&[0.0], &rule);
        let told = |b, memory, gradient| {
            [
                ("E", 8.0),
                ("rate", 1.0),
                ("b", b),
                ("from_memory", memory),
                ("from_gradient", gradient),
            ]
        };
        walk.expect(4.0, -4.0, &told(4.0 / scale, 0.0, -4.0));
        walk.expect(root, -6.0 - root, &told((2.0 + root) / scale, -2.0, -root));
        assert!(close(gain(&rule, 1), 1.0 / 1.5));
    }
}

/// The variance is 8 − 2², then 4 − 1².
#[test]
fn centered_rmsprop_divides_by_the_spread() {
    let rule = "RMSProp(learning_rate: 3, rho: 0.5, epsilon: 1, epsilon_inside_sqrt: false, \
                centered: true)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(4.0, -4.0, &[("E", 8.0), ("m", 2.0), ("rate", 1.0)]);
    let rate = 3.0 / (3.0_f64.sqrt() + 1.0);
    walk.expect(0.0, -4.0, &[("E", 4.0), ("m", 1.0), ("rate", rate)]);
}
