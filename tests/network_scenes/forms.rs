//! Rules of one name, with the defaults of two libraries.

use std::fs;

use slalom::preset::{self, Preset};

use super::scene::{Run, assert_tells, end, scene};

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

/// Built-in weights are named, not found in a folder, and a file of the same name stays a file.
#[test]
fn built_in_weights_are_known_in_every_folder() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved.ron");
    let experiment = scene("same-name-other-defaults");
    preset::save(&saved, &Preset::from(experiment.clone())).unwrap();
    assert_eq!(preset::open(&saved).unwrap().experiment, experiment);

    let text = fs::read_to_string(&saved).unwrap();
    let named = "File(\"crescents-weights\")";
    assert!(text.contains(named), "{text}");
    let ones = vec!["1"; 105].join("\n");
    fs::write(folder.path().join("crescents-weights"), ones).unwrap();
    fs::write(&saved, text.replace(named, "File(\"./crescents-weights\")")).unwrap();
    let other = preset::open(&saved).unwrap();
    let run = Run::of(&other.experiment, "Adam as in Keras");
    assert_eq!(run.weights(), [1.0; 105]);
    preset::save(&saved, &other).unwrap();
    assert_eq!(preset::open(&saved).unwrap(), other);
}
