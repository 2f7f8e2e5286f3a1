//! Constructors of Keras, PyTorch and Optax.

use slalom::experiment::Experiment;
use slalom::export::code::paste;
use slalom::preset::{self, Preset};

use crate::engine::{Answer, Kind, of_error};
use crate::round_trip;

pub const PASTED: Kind = Kind {
    name: "pasted",
    share: 10,
    words: &[
        "keras.optimizers.",
        "torch.optim.",
        "optax.",
        "learning_rate=",
        "lr=",
        "betas=(0.9, 0.5)",
        "eps=",
        "*args",
        "**options",
        "lambda x: x",
        "None",
        "True",
        "'",
        "\"\"\"",
        "\\\n",
        "# ",
        "optimizer=",
        "import torch\n",
        "0x1f",
        "1_000",
        "1j",
        "...",
        ":=",
    ],
    more: Vec::new,
    read,
};

fn read(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    match paste::read(text) {
        None => Ok("no constructor".to_owned()),
        Some(Err(error)) => Ok(of_error(&error)),
        Some(Ok(pasted)) => {
            let mut race = beale();
            race.experiment.racers = vec![pasted.racer];
            let answer = round_trip::preset(&race)?;
            Ok(format!("{answer} {:?}", pasted.library))
        }
    }
}

fn beale() -> Preset {
    let text = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 5, racers: [])";
    let preset: Experiment = preset::from_text("beale", text).unwrap().experiment;
    preset.into()
}

#[test]
fn constructors_are_read_or_refused() {
    PASTED.hunt();
}
