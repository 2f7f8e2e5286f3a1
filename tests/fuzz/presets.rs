//! Preset files.

use slalom::preset::{self, BuiltIn};

use crate::engine::{Answer, Kind, of_error};
use crate::round_trip;

pub const PRESETS: Kind = Kind {
    name: "presets",
    share: 20,
    words: &[
        "version: 1",
        "seeds: 3",
        "batch: MiniBatch(4)",
        "schedule: Cosine(",
        "edits: [(step: 2, parameter: \"learning_rate\", value: 0.5)]",
        "condition: 30.0",
        "rotation: 45.0",
        "view: (",
        "groups: [",
        "optimizer: Rule(title: \"R\", lines: \"theta <- theta - a*g\", parameters: {\"a\": 0.1})",
        "\"p\": (value: 0.5, range: (0.0, 1.0))",
        "name: \"\"",
        "Some(",
        "None",
        "#![enable(",
        "r#\"",
        "//",
    ],
    more: texts,
    read,
};

/// The texts of the built-in presets.
pub fn texts() -> Vec<Vec<u8>> {
    let presets = BuiltIn::all().map(|it| it.preset().unwrap());
    let texts = presets.map(|it| preset::to_text(&it).unwrap().into_bytes());
    texts.collect()
}

pub fn read(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    match preset::from_text("fuzz.ron", text) {
        Ok(preset) => round_trip::preset(&preset),
        Err(error) => Ok(of_error(&error)),
    }
}

#[test]
fn presets_are_read_or_refused() {
    PRESETS.hunt();
}
