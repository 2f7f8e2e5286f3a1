//! The lines of an article: every optimizer as it is written for Keras.

use slalom::optimizer::Value;

use super::scene::{Run, assert_tells, end, scene};

const RMSPROP: [&str; 2] = ["RMSprop, lr=0.00025", "The same in Keras 3"];

#[test]
fn what_is_written_in_one_line_decides_how_far_it_comes() {
    let mut scene = scene("keras-lines");
    for (quotation, racer) in [
        ("epsilon=0.01)` ends at {0.676}", RMSPROP[0]),
        ("and there it ends at {0.810}", RMSPROP[1]),
        ("**Momentum** ends at {0.032}", "Momentum"),
        ("**Adam** at {0.139}", "Adam"),
        ("**SGD** at {0.223}", "SGD"),
    ] {
        assert_tells(&scene, quotation, end(&scene, racer));
    }
    let place = scene
        .names()
        .iter()
        .position(|it| it == RMSPROP[0])
        .unwrap();
    let rule = scene.racers[place].plan.optimizer.rule_mut();
    rule.set(rule.find("epsilon").unwrap(), Value::Number(1e-7));
    assert_tells(&scene, "it would end at {0.613}", end(&scene, RMSPROP[0]));
}

#[test]
fn the_test_rows_are_too_few_to_tell_most_rules_apart() {
    let scene = scene("keras-lines");
    let names = scene.names();
    let others = names
        .iter()
        .filter(|name| !RMSPROP.contains(&name.as_str()));
    let right: Vec<f64> = others
        .map(|name| 100.0 * Run::of(&scene, name).to(scene.steps).test_accuracy())
        .collect();
    let [least, most] = [f64::min, f64::max].map(|of| right.iter().copied().reduce(of).unwrap());
    assert_tells(&scene, "are right in {92} to", least);
    assert_tells(&scene, "92 to {99} %", most);
    let rows = scene
        .surface
        .open()
        .network()
        .unwrap()
        .perceptron
        .test()
        .len();
    assert_eq!(rows, 86);
}
