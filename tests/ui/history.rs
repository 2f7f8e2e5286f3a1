//! The history: what was done is told, and can be gone back to.

use slalom::app::{Change, DocumentAction};
use slalom::optimizer::Value;

use crate::support::{ADAM, Slalom};

#[test]
fn what_was_done_is_listed_and_a_click_goes_there() {
    let mut slalom = Slalom::three();
    let first = slalom.experiment().clone();
    for value in [0.2, 0.3] {
        slalom.perform(Change::Parameter {
            racer: slalom.id(ADAM),
            parameter: 0,
            value: Value::Number(value),
            linked: false,
        });
    }
    slalom.rest();
    slalom.perform(Change::Steps(77));
    slalom.rest();
    slalom.click("History");
    slalom.rest();
    assert!(slalom.has("learning rate of Adam 0.15 → 0.2"));
    slalom.click("learning rate of Adam 0.2 → 0.3");
    slalom.rest();
    assert_eq!(slalom.rate(ADAM), 0.3);
    assert_ne!(slalom.experiment().steps, 77);
    assert!(slalom.has("Steps 200 → 77"), "it stays listed");
    slalom.click("As opened");
    slalom.rest();
    assert_eq!(*slalom.experiment(), first);
    slalom.perform(DocumentAction::GoTo(3));
    slalom.rest();
    assert_eq!(slalom.experiment().steps, 77);
}
