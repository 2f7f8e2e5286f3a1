//! Radford's noisy moons with a bias, and how many points are right.

use super::scene::{Run, assert_tells, end, scene};

#[test]
fn with_a_bias_the_border_needs_not_pass_through_the_middle() {
    let scene = scene("radford-moons-with-bias");
    let names = scene.names();
    let ends: Vec<f64> = names.iter().map(|name| end(&scene, name)).collect();
    let [least, most] = [f64::min, f64::max].map(|of| ends.iter().copied().reduce(of).unwrap());
    assert_tells(&scene, "end between {0.288} and", least);
    assert_tells(&scene, "0.288 and {0.290}", most);
    let right: Vec<f64> = names
        .iter()
        .map(|name| 100.0 * Run::of(&scene, name).to(scene.steps).accuracy())
        .collect();
    let [least, most] = [f64::min, f64::max].map(|of| right.iter().copied().reduce(of).unwrap());
    assert_tells(&scene, "between {87.0} and", least);
    assert_tells(&scene, "and {87.5} % of the points", most);
    let mut start = Run::of(&scene, "Adam");
    assert_tells(&scene, "from {53} %", 100.0 * start.accuracy());
    assert_eq!(start.weights().len(), 3);
}
