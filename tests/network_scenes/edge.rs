//! The edge of stability: the steepest curvature settles where a rule would become unstable.

use super::scene::{Run, assert_tells, scene};

/// The largest eigenvalue of the Hessian at every hundredth step from 400 to the end, and the loss
/// at the first and the last of them.
fn steepness(racer: &str) -> (Vec<f64>, [f64; 2]) {
    let scene = scene("edge-of-stability");
    let mut run = Run::of(&scene, racer);
    let first = run.to(400).loss();
    let steps = (400..=scene.steps).step_by(100);
    let steepness = steps.map(|step| run.to(step).sharpness()).collect();
    (steepness, [first, run.loss()])
}

fn range(numbers: &[f64]) -> [f64; 2] {
    [f64::min, f64::max].map(|of| numbers.iter().copied().reduce(of).unwrap())
}

#[test]
fn gradient_descent_stays_where_it_is_just_stable() {
    let scene = scene("edge-of-stability");
    let (steepness, [first, last]) = steepness("GradientDescent");
    let [least, most] = range(&steepness);
    assert_tells(&scene, "is between {1.90} and", least);
    assert_tells(&scene, "1.90 and {2.02}", most);
    assert_tells(&scene, "falling, from {0.079} to", first);
    assert_tells(&scene, "0.079 to {0.029}", last);
}

#[test]
fn momentum_has_a_limit_of_its_own() {
    let scene = scene("edge-of-stability");
    let (steepness, _) = steepness("Momentum");
    assert_tells(&scene, "2(1 + μ)/η = {12.7}", 2.0 * 1.9 / 0.3);
    assert_tells(&scene, "climbs from {9.8}", steepness[0]);
    assert_tells(&scene, "to {13.5} at the most", range(&steepness)[1]);
}

#[test]
fn nesterov_is_stable_up_to_less() {
    let scene = scene("edge-of-stability");
    let (steepness, _) = steepness("Nesterov");
    assert_tells(&scene, "stable up to {13.6}", 2.0 * 1.9 / (0.1 * 2.8));
    assert_tells(&scene, "it reaches {12.4} and", range(&steepness)[1]);
    let last = *steepness.last().unwrap();
    assert!(last < 0.5 * range(&steepness)[1], "a flatter place: {last}");
}
