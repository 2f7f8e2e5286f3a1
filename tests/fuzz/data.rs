//! Tables as data of the surfaces that learn from them, and files of weights.

use slalom::export::WeightsFormat;
use slalom::preset;

use crate::engine::{Answer, Kind, VALID, of_error};
use crate::{round_trip, sealed, tables};

pub const DATA: Kind = Kind {
    name: "data",
    share: 6,
    words: &[
        "",
        "NA",
        "yes",
        "no",
        "1,5",
        "\"",
        ";",
        "\n1,2,3\n",
        "1e400",
        "-",
    ],
    more: tables::of_data_sets,
    read: read_data,
};

pub const WEIGHTS: Kind = Kind {
    name: "weights",
    share: 3,
    words: &["\n", "nan", "inf", "1e400", ",", "0.5\n"],
    more: || {
        let weights: Vec<f64> = (0..17_u32).map(|it| f64::from(it) / 8.0).collect();
        let file = |name: &str| {
            let mut bytes = Vec::new();
            let format = WeightsFormat::of(std::path::Path::new(name));
            format.write(&mut bytes, &weights).unwrap();
            bytes
        };
        vec![file("w.csv"), file("w.npy")]
    },
    read: read_weights,
};

/// The surfaces that learn from a table.
const SURFACES: [&str; 4] = [
    "LinearRegression(data: \"fuzz.csv\"), start: (0.5, 0.5)",
    "LogisticRegression(data: \"fuzz.csv\"), start: (0.5, 0.5)",
    "Network(data: \"fuzz.csv\", hidden: [2])",
    "Network(data: \"fuzz.csv\", hidden: [], loss: SoftmaxCrossEntropy)",
];

fn read_data(input: &[u8]) -> Answer {
    let mut answers = String::new();
    for surface in SURFACES {
        let text = format!(
            "(version: 1, surface: {surface}, steps: 3, \
             racers: [(optimizer: Momentum(learning_rate: 0.1), batch: MiniBatch(1))])"
        );
        let link = sealed::link(&sealed::content(&text, &[("fuzz.csv", input)]));
        let answer = match preset::read_link("the link", &link) {
            Ok(preset) => round_trip::preset(&preset)?,
            Err(error) => of_error(&error),
        };
        answers.push_str(&answer);
        answers.push(' ');
    }
    Ok(answers)
}

fn read_weights(input: &[u8]) -> Answer {
    let text = "(version: 1, surface: Network(xor: (rows: 40), hidden: [3], \
                initial: File(\"weights.csv\")), steps: 3, \
                racers: [(optimizer: Adam(learning_rate: 0.1))])";
    let link = sealed::link(&sealed::content(text, &[("weights.csv", input)]));
    let preset = match preset::read_link("the link", &link) {
        Ok(preset) => preset,
        Err(error) => return Ok(of_error(&error)),
    };
    let weights = preset.experiment.open_surface().initial(0);
    let weights = weights.ok_or("a network without weights")?;
    if weights.len() != 17 || weights.iter().any(|it| !it.is_finite()) {
        return Err(format!("weights that cannot be: {weights:?}"));
    }
    round_trip::preset(&preset)?;
    Ok(format!("{VALID}: {}", input.starts_with(b"\x93NUMPY")))
}

#[test]
fn data_are_learned_from_or_refused() {
    DATA.hunt();
}

#[test]
fn weights_are_read_or_refused() {
    WEIGHTS.hunt();
}
