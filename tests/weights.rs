//! Weights of a network: written after any step, and read back as a start.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use slalom::export::WeightsFormat;
use slalom::preset;
use slalom::simulation::{Course, Job, Progress, WeightsJob, simulate};

const RACE: &str = "(
    version: 1,
    surface: Network(xor: (rows: 40), hidden: [3], initial: INITIAL),
    steps: 30,
    racers: [
        (optimizer: Adam(learning_rate: 0.05), batch: MiniBatch(7)),
        (optimizer: GradientDescent(learning_rate: 1e9)),
        (name: \"steep\", optimizer: Momentum(learning_rate: 1e308, momentum: 0.99)),
    ],
)";

fn race_from(folder: &Path, initial: &str) -> slalom::experiment::Experiment {
    let file = folder.join("race.ron");
    fs::write(&file, RACE.replace("INITIAL", initial)).unwrap();
    preset::open(&file).unwrap().experiment
}

#[test]
fn weights_in_a_file_are_read_back_bit_by_bit() {
    let folder = tempfile::tempdir().unwrap();
    let race = race_from(folder.path(), "GlorotUniform");
    let surface = race.open_surface();
    let plan = &race.racers[0].plan;
    let job = WeightsJob::new(&surface, plan, race.start, None, 13, race.seed).unwrap();
    let weights = job.finish().unwrap();
    assert_eq!(weights.len(), 17);
    for name in ["weights.csv", "weights.npy"] {
        let file = folder.path().join(name);
        let mut bytes = Vec::new();
        WeightsFormat::of(&file)
            .write(&mut bytes, &weights)
            .unwrap();
        fs::write(&file, bytes).unwrap();
        let again = race_from(folder.path(), &format!("File({name:?})"));
        assert_eq!(again.open_surface().initial(5).as_ref(), Some(&weights));
    }
}

#[test]
fn weights_that_are_not_kept_are_those_of_the_race() {
    let folder = tempfile::tempdir().unwrap();
    let race = race_from(folder.path(), "TorchDefault");
    let surface = race.open_surface();
    let plan = &race.racers[0].plan;
    let path = &simulate(&race)[0];
    let mut course = Course::over(&surface, plan, race.start, race.seed).unwrap();
    for step in 0..=30 {
        let job = |path| WeightsJob::new(&surface, plan, race.start, path, step, race.seed);
        let (kept, found) = path.parameters_by(step).unwrap();
        assert_eq!(kept, step);
        assert_eq!(job(Some(path)).unwrap().finish().unwrap(), found);
        assert_eq!(job(None).unwrap().finish().unwrap(), course.at());
        assert_eq!(course.at(), found);
        let mut slow = job(None).unwrap();
        let again = loop {
            if let Progress::Done(weights) = slow.advance(1) {
                break weights.unwrap();
            }
        };
        assert_eq!(again, found);
        course.next(&mut slalom::optimizer::Silent);
    }
}

fn slalom(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slalom"));
    command.current_dir(folder).args(arguments);
    command.output().unwrap()
}

#[test]
fn the_command_line_writes_weights() {
    let folder = tempfile::tempdir().unwrap();
    let race = race_from(folder.path(), "Zero");
    let at = |step: &str, file: &str| {
        let written = slalom(
            folder.path(),
            &[
                "run",
                "race.ron",
                "--weights",
                file,
                "--racer",
                "Adam",
                "--step",
                step,
            ],
        );
        assert!(written.status.success(), "{written:?}");
        assert!(written.stdout.is_empty());
        fs::read(folder.path().join(file)).unwrap()
    };
    assert_eq!(at("0", "w.csv"), "0.0\n".repeat(17).into_bytes());
    let last = at("30", "w.csv");
    let whole = slalom(
        folder.path(),
        &["run", "race.ron", "--weights", "end.csv", "--racer", "Adam"],
    );
    assert!(whole.status.success());
    assert_eq!(fs::read(folder.path().join("end.csv")).unwrap(), last);
    let text = String::from_utf8(last).unwrap();
    let numbers: Vec<f64> = text.lines().map(|line| line.parse().unwrap()).collect();
    let (_, found) = simulate(&race)[0]
        .parameters_by(30)
        .map(|it| (it.0, it.1.to_vec()))
        .unwrap();
    assert_eq!(numbers, found);
    assert!(at("3", "w.npy").starts_with(b"\x93NUMPY"));
}

#[test]
fn weights_that_do_not_exist_are_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    race_from(folder.path(), "GlorotUniform");
    for (arguments, said) in [
        (&["race.ron"][..], "--racer has to say whose weights"),
        (&["race.ron", "--racer", "Adan"], "did you mean \"Adam\"?"),
        (
            &["race.ron", "--racer", "Adam", "--step", "31"],
            "only 30 steps, not 31",
        ),
        (
            &["race.ron", "--racer", "steep"],
            "steep diverges before step 30",
        ),
        (&["beale"], "only a network has weights"),
    ] {
        let all = [&["run", "--weights", "w.csv"], arguments].concat();
        let answer = slalom(folder.path(), &all);
        let error = String::from_utf8(answer.stderr).unwrap();
        assert!(error.contains(said), "{arguments:?}: {error}");
        assert_eq!(answer.status.code(), Some(2), "{arguments:?}");
        assert!(!folder.path().join("w.csv").exists());
    }
}
