//! Races as scripts for Keras, PyTorch and Optax.
//!
//! The script for each preset in `tests/code/` and each library is stored beside the preset;
//! `UPDATE_CODE=1 cargo test --test code` rewrites the scripts. Run them afterwards, with
//! `SLALOM_PYTHON=python cargo test --test code -- --ignored`: their output must agree with that of
//! `slalom run` for the preset to nine digits.

mod common;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use common::python;
use common::{any_experiment, any_text, cases, race, with};
use proptest::prelude::*;
use slalom::experiment::{Experiment, Schedule};
use slalom::export::code::{Framework, script, script_of, script_on};
use slalom::optimizer::OptimizerChoice;
use slalom::preset::{self, BUILT_IN};
use slalom::simulation::{Draws, Noise};
use slalom::surface::{Shape, SurfaceChoice};

fn stored() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/code");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut presets: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    presets.sort();
    assert!(presets.len() >= 11, "{presets:?}");
    presets
}

fn every_stored_race() -> Vec<Experiment> {
    let open = |path: PathBuf| preset::open(&path).unwrap().experiment;
    stored().into_iter().map(open).collect()
}

#[test]
fn scripts_are_the_stored_ones() {
    for path in stored() {
        let experiment = preset::open(&path).unwrap().experiment;
        for &library in Framework::ALL {
            let ending = format!("{}.py", library.label().to_lowercase());
            let file = path.with_extension(ending);
            let script = script(&experiment, library);
            if env::var_os("UPDATE_CODE").is_some() {
                fs::write(&file, &script).unwrap();
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(script, expected, "{}", file.display());
        }
    }
}

#[test]
fn the_stored_races_have_every_rule_and_every_schedule() {
    let races = every_stored_race();
    let racers = || races.iter().flat_map(|race| &race.racers);
    let is_written =
        |rule: &&OptimizerChoice| Framework::ALL.iter().any(|it| it.package(rule).is_some());
    for rule in OptimizerChoice::all().iter().filter(is_written) {
        assert!(racers().any(|racer| racer.plan.optimizer.is_same_rule(rule)));
    }
    for schedule in Schedule::all() {
        assert!(racers().any(|racer| racer.plan.schedule.name() == schedule.name()));
    }
}

/// How often a racer appears in the script, and how often it is reported as left out.
fn mentions(script: &str, name: &str) -> [usize; 2] {
    let mut found = [0, 0];
    let lines = script.lines().map(str::trim_start);
    for line in lines.filter(|line| !line.starts_with("\"\"\"")) {
        let Some((name_here, rest)) =
            python::leading_string(line.trim_start_matches(['#', '(', ' ']))
        else {
            continue;
        };
        if name_here == name {
            let left_out = line.starts_with('#') && rest.starts_with(" is left out: ");
            found[usize::from(left_out)] += 1;
        }
    }
    found
}

#[test]
fn no_racer_is_lost_silently() {
    let built_in = BUILT_IN.iter().map(|it| it.preset().unwrap().experiment);
    let mut left_out = 0;
    for race in built_in.chain(every_stored_race()) {
        // A fitted plane would need every race of a network to be run.
        let plane = race.open_surface().subspace().cloned();
        let everyone: Vec<usize> = (0..race.racers.len()).collect();
        for &library in Framework::ALL {
            let script = script_on(&race, &everyone, library, plane.as_deref());
            for name in race.names() {
                if race.racers.len() > 1 {
                    let [written, missing] = mentions(&script, &name);
                    assert!((written > 0) != (missing == 1), "{name} in {script}");
                    left_out += missing;
                }
            }
        }
    }
    assert!(left_out > 20);
}

fn left_out(optimizer: &str, library: Framework) -> Option<String> {
    let mut experiment = race("Beale", [1.0, 1.6], 50, "");
    experiment.racers.push(with(optimizer));
    let script = script(&experiment, library);
    let rest = script.split_once(" is left out: ")?.1;
    Some(rest.lines().next().unwrap().to_owned())
}

#[test]
fn what_a_library_lacks_is_said() {
    use Framework::{Keras, Optax, PyTorch};
    let cases = [
        (
            "Adagrad(learning_rate_decay: 0.1)",
            Keras,
            "no learning_rate_decay",
        ),
        (
            "Adagrad(learning_rate_decay: 0.1)",
            Optax,
            "no learning_rate_decay",
        ),
        ("Adagrad(matrix: Full)", PyTorch, "no library"),
        ("Nesterov()", Keras, "no library"),
        (
            "Momentum(dampening: 0.1, velocity: Unscaled)",
            Keras,
            "no dampening",
        ),
        ("RMSProp()", PyTorch, "outside of the root only"),
        (
            "RMSProp(epsilon_inside_sqrt: false)",
            Keras,
            "inside of the root only",
        ),
        ("Nadam()", Keras, "no momentum_decay"),
        ("Nadam(momentum_schedule: Constant)", PyTorch, "constant"),
        ("Adam(amsgrad: MaxOfRaw)", Optax, "the maximum after"),
        (
            "Adam(amsgrad: MaxOfCorrected)",
            PyTorch,
            "the maximum before",
        ),
        ("Adamax()", Keras, "outside of the maximum only"),
        ("Adamax(epsilon_place: Added)", PyTorch, "inside of the max"),
        ("Adamax(epsilon_place: Added)", Optax, "inside of the max"),
        ("RAdam()", Keras, "no RAdam"),
        ("RAdam()", PyTorch, "no threshold"),
        ("RAdam(beta_2: 0.4, threshold: 4.0)", PyTorch, "always 5"),
        ("AdaBelief()", Keras, "no AdaBelief"),
        ("AdaBelief()", PyTorch, "no AdaBelief"),
        ("Yogi()", Keras, "no Yogi"),
        ("Yogi()", PyTorch, "no Yogi"),
        ("Lion()", PyTorch, "no Lion"),
        ("Lion(beta_1: 0.0)", Keras, "above 0 only"),
        ("Rprop()", Keras, "no Rprop"),
        ("Rprop()", Optax, "one step behind"),
        ("Rprop(eta_plus: 1.0)", PyTorch, "above 1 only"),
        ("PolyakSgd()", PyTorch, "no Polyak"),
        ("PolyakSgd()", Keras, "no Polyak"),
        ("Newton()", Optax, "no library"),
        ("ScheduleFreeSgd()", Keras, "no schedule-free"),
        ("ScheduleFreeSgd(r: 1.0)", Optax, "no r"),
        ("ScheduleFreeSgd(momentum: 0.0)", PyTorch, "above 0"),
        ("ScheduleFreeSgd(warmup_steps: 9.0)", Optax, "of the next"),
        ("Lookahead(inner: Adam())", PyTorch, "no Lookahead"),
        ("Lookahead(inner: Nesterov())", Optax, "look-ahead point"),
        ("Lookahead(inner: PolyakSgd())", Optax, "the loss"),
        (
            "Lookahead(inner: Rule(parameters: {}, lines: \"theta <- theta - 0.1*gradient(theta)\"))",
            Optax,
            "does not hand on",
        ),
        (
            "Lookahead(inner: Rule(parameters: {}, lines: \"theta <- theta - 0.1*g\"))",
            PyTorch,
            "no Lookahead",
        ),
        ("Shampoo()", PyTorch, "a point is none"),
        ("Shampoo()", Keras, "a point is none"),
    ];
    for (optimizer, library, why) in cases {
        let said = left_out(optimizer, library).unwrap_or_default();
        assert!(said.contains(why), "{optimizer} in {library:?}: {said:?}");
    }
    for optimizer in [
        "Momentum()",
        "Adadelta()",
        "Adam()",
        "Adam(epsilon_hat: true)",
        "AdamW()",
        "AdamW(epsilon_hat: true)",
        "Rule(parameters: {}, lines: \"theta <- theta - 0.1*g\")",
        "Rule(parameters: {}, lines: \"theta <- theta - 0.1*gradient(theta)/norm(theta)\")",
    ] {
        for &library in Framework::ALL {
            assert_eq!(
                left_out(optimizer, library),
                None,
                "{optimizer} in {library:?}"
            );
        }
    }
}

#[test]
fn some_of_the_racers_keep_their_names() {
    let racers = "(optimizer: Adam()), (optimizer: Adam()), (optimizer: Nadam())";
    let experiment = race("Beale", [1.0, 1.6], 50, racers);
    let second = script_of(&experiment, &[1], Framework::PyTorch);
    assert!(second.contains("write([\"Adam 2\", \"Adam\", step, x, y, value.item()])"));
    assert!(!second.contains("NAdam"));
    let two = script_of(&experiment, &[2, 0], Framework::PyTorch);
    assert!(two.find("(\"Adam\"").unwrap() < two.find("\"Nadam\"").unwrap());
    assert_eq!(mentions(&two, "Adam 2"), [0, 0]);
    let nobody = script(&race("Beale", [1.0, 1.6], 50, ""), Framework::Optax);
    assert!(nobody.contains("racers = [\n]\n"), "{nobody}");
}

/// A surface's Python code computes the same function as its formula.
#[test]
fn python_computes_the_same_surface() {
    for choice in SurfaceChoice::BUILT_IN {
        let experiment = Experiment {
            surface: choice.clone(),
            ..Experiment::default()
        };
        let code = &body_of_loss(&script(&experiment, Framework::PyTorch));
        let surface = choice.open();
        let window = surface.window();
        let mut points = vec![[0.0, 0.0]];
        for step in 0..40 {
            let [across, up] = [step % 8, step / 8].map(|it| f64::from(it) / 7.3);
            points.push([
                window.x[0] + across * (window.x[1] - window.x[0]),
                window.y[0] + up * (window.y[1] - window.y[0]),
            ]);
        }
        for at in points {
            let (ours, python) = (surface.value(at), python::run(code, at));
            let error = (ours - python).abs() / (1.0 + ours.abs());
            assert!(error < 1e-13, "{choice:?} at {at:?}: {ours}, but {python}");
        }
    }
}

/// The lines of the function `loss` after `x, y = position`.
fn body_of_loss(script: &str) -> String {
    let (_, body) = script.split_once("x, y = position\n").unwrap();
    let lines = body.lines().map_while(|line| line.strip_prefix("    "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn python_computes_the_surface_in_its_shape() {
    for surface in SurfaceChoice::BUILT_IN {
        let has_condition = Shape::has_condition(surface);
        for rotation in [30.0, -135.5, 360.0, 0.0] {
            let experiment = Experiment {
                surface: surface.clone(),
                shape: Shape {
                    rotation,
                    condition: has_condition.then_some(200.0),
                },
                ..Experiment::default()
            };
            let body = body_of_loss(&script(&experiment, Framework::PyTorch));
            let surface = experiment.open_surface();
            for at in [[0.3, -0.7], [1.9, 1.4], [-0.2, 2.6]] {
                let (ours, python) = (surface.value(at), python::run(&body, at));
                let error = (ours - python).abs() / (1.0 + ours.abs());
                assert!(error < 1e-12, "{body} at {at:?}: {ours}, but {python}");
            }
        }
    }
}

/// A list in the script, which may be an argument of a function, as lists of numbers.
fn list(script: &str, name: &str) -> Vec<Vec<f64>> {
    let (_, rest) = script.split_once(&format!("\n{name} = ")).unwrap();
    let (_, rest) = rest.split_once("[\n").unwrap();
    let (list, _) = rest.split_once(",\n]").unwrap();
    let rows = list.split(['(', '[']).skip(1);
    let numbers = |row: &str| {
        let numbers = row.trim_end_matches([')', ']', ',', '\n', ' ']).split(',');
        numbers.map(|it| it.trim().parse().unwrap()).collect()
    };
    rows.map(numbers).collect()
}

const OVER_LINE: &str = "LinearRegression(data: \"line\")";

#[test]
fn data_rows_and_noise_in_a_script_are_those_of_the_race() {
    let racers = "(optimizer: Momentum(), batch: MiniBatch(16), noise: 0.5),
        (optimizer: Adam(), batch: Rows([[7, 9], [3]])),
        (optimizer: Adam(), batch: Sample, replacement: true)";
    let mut experiment = race(OVER_LINE, [0.0, 0.0], 200, racers);
    experiment.seed = 5;
    let surface = experiment.open_surface();
    let data = surface.data().unwrap();
    for &library in Framework::ALL {
        let script = script(&experiment, library);
        let pairs = data.x.iter().zip(&data.y);
        let rows: Vec<_> = pairs.map(|(&x, &y)| vec![x, y]).collect();
        assert_eq!(list(&script, "data"), rows);
        let names = [
            "batches_of_16",
            "given_batches",
            "batches_of_1_with_replacement",
        ];
        for ((racer, name), length) in experiment.racers.iter().zip(names).zip([200, 2, 200]) {
            let mut draws = Draws::of(&racer.plan, data.len(), 5);
            let batches = list(&script, name);
            assert_eq!(batches.len(), length);
            for step in 0..200 {
                let batch = batches[step % length].iter().copied();
                assert!(batch.eq(draws.rows(step).unwrap().iter().map(|&row| f64::from(row))));
            }
        }
        let mut noise = Noise::new(1.0, 5);
        let mut draw = || {
            let mut push = vec![0.0; 2];
            noise.draw(&mut push);
            push
        };
        let drawn: Vec<_> = (0..200).map(|_| draw()).collect();
        assert_eq!(list(&script, "normals"), drawn);
    }
}

#[test]
fn what_is_too_long_for_a_script_is_left_out_or_read_from_its_file() {
    let racers = "(name: \"many rows\", optimizer: Momentum(), batch: MiniBatch(50)),
        (name: \"noise\", optimizer: Momentum(), noise: 0.1),
        (name: \"all rows\", optimizer: Momentum())";
    for (steps, left_out) in [(200, [0, 0]), (201, [1, 0]), (5_001, [1, 1])] {
        let experiment = race(OVER_LINE, [0.0, 0.0], steps, racers);
        let script = script(&experiment, Framework::Keras);
        assert_eq!(
            mentions(&script, "many rows"),
            [1 - left_out[0], left_out[0]]
        );
        assert_eq!(mentions(&script, "noise"), [1 - left_out[1], left_out[1]]);
        assert_eq!(mentions(&script, "all rows"), [1, 0]);
    }
    for (rows, is_left_out) in [(500, false), (501, true)] {
        let moons = format!("LogisticRegression(moons: (rows: {rows}))");
        let script = script(&race(&moons, [0.0, 0.0], 9, racers), Framework::Optax);
        assert_eq!(mentions(&script, "all rows") == [0, 1], is_left_out);
        assert_eq!(script.contains("data = ["), !is_left_out);
    }
}

#[test]
fn many_rows_are_read_from_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("flowers.csv");
    let line = |row: usize| format!("{row};{}.5;{};\n", row % 7, ["rose", "tulip"][row % 2]);
    let preset = folder.path().join("race.ron");
    let text = "(version: 1, start: (0.0, 0.0), steps: 9, racers: [(optimizer: Adam())],
        surface: LogisticRegression(data: \"flowers.csv\", label: \"column 3\", positive: \"tulip\",
        standardize: true))";
    fs::write(&preset, text).unwrap();
    let written = |rows: usize| {
        fs::write(&csv, (0..rows).map(line).collect::<String>()).unwrap();
        script(
            &preset::open(&preset).unwrap().experiment,
            Framework::PyTorch,
        )
    };
    assert!(written(500).contains("# 500 rows of flowers.csv, standardized: column 1, column 2"));
    let script = written(501);
    for needed in [
        &*format!("with open({:?}, ", csv.display().to_string()),
        "csv.reader(file, delimiter=\";\")",
        "for line in lines:\n",
        "(line[0], line[1], line[2])",
        "float(label == \"tulip\")",
        "x1 = (x1 - x1.mean()) / x1.std(correction=0)\n",
    ] {
        assert!(script.contains(needed), "{needed} in {script}");
    }
    assert!(python::is_whole(&script));
}

/// A race of one racer on a network over a table of this many rows.
fn network_over_rows(folder: &Path, rows: usize, fields: &str) -> Experiment {
    let line = |row: usize| {
        let (length, kind) = (row % 7, ["rose", "tulip", "oak"][row % 3]);
        format!("{length}.5;{kind};{};{}\n", row % 5, row % 2 + 1)
    };
    let lines: String = (0..rows).map(line).collect();
    fs::write(folder.join("flowers.csv"), lines).unwrap();
    let file = folder.join("race.ron");
    let text = format!(
        "(version: 1, steps: 9, racers: [(optimizer: Adam(), batch: MiniBatch(8))],
        surface: Network(data: \"flowers.csv\", hidden: [3], {fields}))"
    );
    fs::write(&file, text).unwrap();
    preset::open(&file).unwrap().experiment
}

#[test]
fn a_network_has_its_draws_and_its_start_in_the_script() {
    let folder = tempfile::tempdir().unwrap();
    let race = network_over_rows(folder.path(), 40, "target: \"column 2\", test: 10");
    let surface = race.open_surface();
    let start = surface.initial(race.seed).unwrap();
    for &library in Framework::ALL {
        let script = script(&race, library);
        let mut draws = Draws::of(&race.racers[0].plan, 30, race.seed);
        let batches = list(&script, "batches_of_8");
        for (step, batch) in batches.iter().enumerate() {
            let drawn = draws.rows(step).unwrap().iter();
            assert!(batch.iter().copied().eq(drawn.map(|&row| f64::from(row))));
        }
        assert_eq!(batches.len(), 9);
        let (_, rest) = script.split_once("\ninitial = ").unwrap();
        let (numbers, _) = rest.split_once(",\n])").unwrap();
        let (_, numbers) = numbers.split_once("[\n").unwrap();
        let numbers = numbers.split(',').map(|it| it.trim().parse().unwrap());
        assert_eq!(numbers.collect::<Vec<f64>>(), start);
        // Four batches of 8, 8, 8 and 6 rows make an epoch.
        assert!(script.contains("is_due = step % 4 == 0 or step == 9\n"));
        assert!(script.contains("# 30 rows of flowers.csv to train on:"));
        assert!(script.contains("# 10 rows of flowers.csv to test on:"));
    }
}

#[test]
fn many_rows_of_a_network_are_read_scaled_and_split() {
    let folder = tempfile::tempdir().unwrap();
    let fields = "features: [\"column 1\", \"column 3\"], standardize: true, test: 0.1";
    let of = |target: &str, more: &str| {
        let fields = format!("{fields}, target: {target:?}{more}");
        script(
            &network_over_rows(folder.path(), 800, &fields),
            Framework::PyTorch,
        )
    };
    let words = of("column 2", "");
    for needed in [
        &*format!(
            "with open({:?}, ",
            folder.path().join("flowers.csv").display().to_string()
        ),
        "(line[0], line[2], line[1])",
        "(*map(float, numbers), [\"oak\", \"rose\", \"tulip\"].index(target))",
        "features = (features - features.mean(0)) / features.std(0, correction=0)\n",
        "features, targets = features[train], targets[train]\n",
    ] {
        assert!(words.contains(needed), "{needed} in {words}");
    }
    let numbers = of("column 4", ", loss: BinaryCrossEntropy");
    let class = "float([1.0, 2.0].index(float(target)))";
    assert!(numbers.contains(class), "{numbers}");
    let scaled = of("column 4", ", standardize_target: true");
    assert!(scaled.contains("targets = (targets - targets.mean()) / targets.std(correction=0)\n"));
    for script in [words, numbers, scaled] {
        assert!(python::is_whole(&script));
    }
}

#[test]
fn what_a_script_of_a_network_cannot_have_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut race = network_over_rows(folder.path(), 40, "target: \"column 2\"");
    race.racers[0].plan.noise = 0.1;
    race.racers[0].plan.batch = slalom::experiment::Batch::Full;
    race.racers.push(with("Adam()"));
    race.racers[1].plan.batch = slalom::experiment::Batch::Sample;
    race.steps = 1_000_001;
    let plane = race.open_surface().subspace().cloned();
    let said = script_on(&race, &[0, 1], Framework::Keras, plane.as_deref());
    assert!(said.contains("# \"Adam\" is left out: Slalom drew its noise, one number per weight"));
    assert!(
        said.contains("# \"Adam 2\" is left out: Slalom drew its rows, and more than 1,000,000")
    );
    race.surface = SurfaceChoice::Network(slalom::surface::network::Network::default());
    let said = script(&race, Framework::Optax);
    assert_eq!(
        said.matches("is left out: its data are not loaded").count(),
        2
    );
    assert!(python::is_whole(&said));
}

#[test]
fn groups_that_a_library_cannot_have_are_said() {
    let folder = tempfile::tempdir().unwrap();
    network_over_rows(folder.path(), 40, "target: \"column 2\"");
    let file = folder.path().join("race.ron");
    for (plan, library, why) in [
        (
            "optimizer: Lookahead(inner: Adam()), groups: [(block: \"biases\", optimizer: Adam())]",
            Framework::Optax,
            "lookahead holds all parameters",
        ),
        (
            "optimizer: Lookahead(inner: Muon()), groups: [(block: \"biases\", optimizer: Adam())]",
            Framework::Optax,
            "lookahead holds all parameters",
        ),
        (
            "optimizer: Lookahead(inner: Muon(vectors: PolyakSgd()))",
            Framework::Optax,
            "does not hand the loss on",
        ),
        (
            "optimizer: Adam(), groups: [(block: \"biases\", optimizer: ScheduleFreeSgd())]",
            Framework::Optax,
            "averages all parameters",
        ),
        (
            "optimizer: Adam(), groups: [(block: \"biases\", optimizer: RAdam())]",
            Framework::Keras,
            "no RAdam",
        ),
        (
            "optimizer: Muon(vectors: Yogi())",
            Framework::PyTorch,
            "no Yogi",
        ),
        (
            "optimizer: Adam(), groups: [(block: \"biases\", optimizer: Momentum())],
                schedule: Exponential(factor: 0.9), edits: [(step: 3, parameter: \"learning_rate\", value: 0.0)]",
            Framework::PyTorch,
            "0 for a while",
        ),
    ] {
        let text = format!(
            "(version: 1, steps: 9, racers: [({plan})],
            surface: Network(data: \"flowers.csv\", hidden: [3], target: \"column 2\"))"
        );
        fs::write(&file, text).unwrap();
        let race = preset::open(&file).unwrap().experiment;
        let plane = race.open_surface().subspace().cloned();
        let said = script_on(&race, &[0], library, plane.as_deref());
        assert!(python::is_whole(&said), "{said}");
        assert!(said.contains(why), "{plan}: {said}");
    }
}

/// The rows that a program prints, each as racer, step and the numbers x, y and loss.
fn printed(mut program: Command) -> Result<HashMap<[String; 2], [f64; 3]>, String> {
    let output = program.output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let mut reader = csv::Reader::from_reader(&*output.stdout);
    let row = |record: csv::StringRecord| {
        let key = [&record[0], &record[2]].map(str::to_owned);
        // A loss that is not evaluated is empty.
        let number = |cell: &str| cell.parse().unwrap_or(f64::NAN);
        (key, [&record[3], &record[4], &record[5]].map(number))
    };
    Ok(reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect())
}

/// Runs every stored script whose libraries are installed for the interpreter `SLALOM_PYTHON`:
/// `SLALOM_PYTHON=python cargo test --test code -- --ignored`.
#[test]
#[ignore = "needs Keras, PyTorch or Optax, and minutes"]
fn libraries_print_the_same_numbers() {
    let python = env::var_os("SLALOM_PYTHON").expect("SLALOM_PYTHON names an interpreter");
    let mut compared = 0;
    for path in stored() {
        let mut slalom = Command::new(env!("CARGO_BIN_EXE_slalom"));
        slalom.arg("run").arg(&path);
        let ours = printed(slalom).unwrap();
        for &library in Framework::ALL {
            let ending = format!("{}.py", library.label().to_lowercase());
            let mut script = Command::new(&python);
            script.arg(path.with_extension(ending));
            let theirs = match printed(script) {
                Ok(theirs) => theirs,
                Err(error) if error.contains("ModuleNotFoundError") => continue,
                Err(error) => panic!("{} in {library:?}: {error}", path.display()),
            };
            for (key, numbers) in theirs {
                for (ours, theirs) in ours[&key].into_iter().zip(numbers) {
                    let is_near = (ours - theirs).abs() <= 1e-9 * (1.0 + ours.abs());
                    // Infinite, or not evaluated.
                    let are_same = ours == theirs || (ours.is_nan() && theirs.is_nan());
                    assert!(
                        is_near || are_same,
                        "{key:?} of {} in {library:?}: {ours}, but {theirs}",
                        path.display()
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

/// Racers of the same rule share a class, whatever their numbers; other lines are another class.
#[test]
fn a_rule_of_ones_own_is_defined_once() {
    let rule = |title: &str, rate: f64, lines: &str| {
        format!(
            "(optimizer: Rule(title: {title:?}, parameters: {{\"learning_rate\": {rate:?}}}, lines: {lines:?}))"
        )
    };
    let descent = "theta <- theta - learning_rate*g";
    let racers = [
        rule("Mine", 0.1, descent),
        rule("Mine", 0.2, descent),
        rule("Mine", 0.2, "theta <- theta - learning_rate*sign(g)"),
        rule("torch", 0.2, "theta <- theta - learning_rate*tanh(g)"),
        rule("Plateau", 0.2, "theta <- theta - learning_rate*atan(g)"),
    ];
    let experiment = race("Beale", [1.0, 1.6], 9, &racers.join(", "));
    let torch = script(&experiment, Framework::PyTorch);
    for (class, uses) in [("Mine", 2), ("Mine2", 1), ("Torch", 1), ("OwnPlateau", 1)] {
        let class_line = format!("class {class}(");
        assert_eq!(torch.matches(&class_line).count(), 1, "{torch}");
        let entry = format!(", {class}, dict(lr=");
        assert_eq!(torch.matches(&entry).count(), uses);
    }
    assert!(torch.contains("def __init__(self, params, lr=0.1):"));
    let optax = script(&experiment, Framework::Optax);
    for function in ["mine", "mine_2", "own_torch", "plateau"] {
        let head = format!("def {function}(learning_rate=0.");
        assert!(optax.contains(&head), "{optax}");
    }
    // No rule keeps anything.
    assert!(!optax.contains("NamedTuple"));
}

/// Whatever a person calls things, the script is Python.
#[test]
fn names_of_a_rule_of_ones_own_are_no_words_of_python() {
    let lines = "lambda <- 0.9*lambda + g; state = lambda; loss <- loss + 1; k_0 = 2; k <- k
        theta <- theta - learning_rate*state*lr/loss + 0*k";
    let rule = format!(
        "(optimizer: Rule(title: {:?}, parameters: {{\"learning_rate\": 0.1, \"lr\": 1.0}}, lines: {lines:?}))",
        "A \"\"\" \\ title"
    );
    let experiment = race("Beale", [1.0, 1.6], 9, &rule);
    for &library in Framework::ALL {
        let script = script(&experiment, library);
        assert!(python::is_whole(&script), "{script}");
        assert!(script.contains("    \"\"\"A ''' \\\\ title:\n"), "{script}");
        assert!(script.contains("lambda_"), "{script}");
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn any_name_reads_back(name in any_text()) {
        let mut experiment = race("Beale", [1.0, 1.6], 9, "(optimizer: Adam()), (optimizer: Adam(bias_correction: false))");
        experiment.racers[0].appearance.name = Some(name.clone());
        experiment.racers[1].appearance.name = Some(format!("{name}2"));
        for &library in Framework::ALL {
            let script = script(&experiment, library);
            prop_assert_eq!(mentions(&script, &name), [1, 0], "{}", script);
            prop_assert_eq!(mentions(&script, &format!("{name}2")), [0, 1], "{}", script);
        }
    }

    #[test]
    fn any_race_makes_whole_lines(experiment in any_experiment()) {
        for &library in Framework::ALL {
            let script = script(&experiment, library);
            prop_assert!(python::is_whole(&script), "{}", script);
            prop_assert!(script.lines().all(|line| line.trim_end() == line), "{}", script);
        }
    }
}

#[test]
fn a_script_runs_the_first_of_several_seeds() {
    let mut experiment = race(
        OVER_LINE,
        [0.0, 0.0],
        20,
        "(optimizer: Adam(), batch: Sample)",
    );
    experiment.seed = 5;
    for &library in Framework::ALL {
        experiment.seeds = 1;
        let alone = script(&experiment, library);
        experiment.seeds = 4;
        let several = script(&experiment, library);
        assert!(
            several.contains("`slalom run`, with seed 5 alone."),
            "{several}"
        );
        assert_eq!(several.replace(", with seed 5 alone", ""), alone);
    }
}
