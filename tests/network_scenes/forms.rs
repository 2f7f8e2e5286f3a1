//! Rules of one name, with the defaults of two libraries.

use super::scene::{assert_tells, end, scene};

#[test]
fn one_name_is_not_one_rule() {
    let scene = scene("same-name-other-defaults");
    for (quotation, racer) in [
        ("Adadelta ends at {0.295} as in", "Adadelta as in PyTorch"),
        ("PyTorch and at {0.788} as in Keras", "Adadelta as in Keras"),
        ("RMSProp at {0.061} and", "RMSProp as in PyTorch"),
        ("0.061 and {0.572}", "RMSProp as in Keras"),
        ("Adagrad at {0.416} and", "Adagrad as in PyTorch"),
        ("0.416 and {0.767}", "Adagrad as in Keras"),
        ("Nadam at {0.406} and", "Nadam as in PyTorch"),
        ("0.406 and {0.598}", "Nadam as in Keras"),
    ] {
        assert_tells(&scene, quotation, end(&scene, racer));
    }
    let [one, other] = ["Adam as in PyTorch", "Adam as in Keras"].map(|racer| end(&scene, racer));
    assert_tells(&scene, "Only Adam ends at {0.592} in both", one);
    assert_tells(&scene, "Only Adam ends at {0.592} in both", other);
}
