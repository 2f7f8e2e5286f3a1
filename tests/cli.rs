//! The program as seen from a shell: what it prints, where, and its exit code.

mod common;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{race, written as parameter_in};
use serde_json::Value as Json;
use slalom::experiment::{Experiment, Schedule};
use slalom::optimizer::{OptimizerChoice, ParameterKind};
use slalom::preset::{self, BUILT_IN, BuiltIn};
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;
use slalom::surface::data::Source;
use tempfile::TempDir;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slalom"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn slalom(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// The standard output of a command that succeeds.
fn stdout(arguments: &[&str]) -> String {
    let output = slalom(arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), &*stderr),
        (Some(0), ""),
        "{arguments:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The error message: one line, with nothing on standard output.
fn complaint(output: &Output) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(stderr.matches('\n').count(), 1, "{stderr}");
    assert!(stderr.ends_with('\n') && stderr.len() > 10, "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    stderr.trim_end().to_owned()
}

fn fails(arguments: &[&str]) -> String {
    complaint(&slalom(arguments))
}

fn saved(folder: &TempDir, name: &str, experiment: &Experiment) -> String {
    let path = folder.path().join(name);
    preset::save(&path, &experiment.clone().into()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn written(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// Asserts that the text is exactly the number, to the last bit, with no superfluous digits.
fn assert_number(text: &str, number: f64) {
    let read: f64 = text.parse().unwrap();
    assert_eq!(read.to_bits(), number.to_bits(), "{text}");
    let digits = |text: &str| -> usize {
        let mantissa = text.split('e').next().unwrap_or("");
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        digits.trim_matches('0').len()
    };
    assert_eq!(digits(text), digits(&format!("{number:e}")), "{text}");
}

#[test]
fn csv_has_a_row_for_every_racer_and_step() {
    let experiment = preset::load("radford-beale").unwrap().experiment;
    let paths = simulate(&experiment);
    let text = stdout(&["run", "radford-beale"]);
    assert_eq!(
        text.lines().next(),
        Some("racer,optimizer,step,x,y,loss,decided_by_rounding")
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut records = reader.records().map(Result::unwrap);
    for ((name, racer), path) in experiment
        .names()
        .iter()
        .zip(&experiment.racers)
        .zip(&paths)
    {
        for step in 0..=experiment.steps {
            let record = records.next().unwrap();
            assert_eq!(&record[0], name);
            assert_eq!(&record[1], racer.plan.optimizer.rule().about().name);
            assert_eq!(record[2], step.to_string());
            let [x, y] = path.at(step);
            assert_number(&record[3], x);
            assert_number(&record[4], y);
            assert_number(&record[5], path.loss_at(step));
            assert!(["true", "false"].contains(&&record[6]));
            assert_eq!(record.len(), 7);
        }
    }
    assert!(records.next().is_none());
}

#[test]
fn a_name_is_quoted_as_csv_wants_it() {
    let folder = folder();
    let mut experiment = race(
        "Beale",
        [1.0, 1.5],
        1,
        "(optimizer: Adam()), (optimizer: Adam())",
    );
    experiment.racers[0].appearance.name = Some("a,\"b\"".into());
    experiment.racers[1].appearance.name = Some("two\nlines, ö".into());
    let text = stdout(&["run", &saved(&folder, "race.ron", &experiment)]);
    assert!(text.contains("\n\"a,\"\"b\"\"\",Adam,0,1.0,1.5,"), "{text}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .records()
        .map(|it| it.unwrap()[0].to_owned())
        .collect();
    assert_eq!(
        names,
        ["a,\"b\"", "a,\"b\"", "two\nlines, ö", "two\nlines, ö"]
    );
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = folder();
    for format in ["csv", "json"] {
        let path = folder.path().join("race.out");
        fs::write(&path, "old").unwrap();
        let file = path.to_str().unwrap();
        assert_eq!(
            stdout(&["run", "beale", "--format", format, "-o", file]),
            ""
        );
        let expected = stdout(&["run", "beale", "--format", format]);
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert_eq!(entries(folder.path()), 1);
    }
}

#[test]
fn a_script_goes_to_standard_output_or_to_a_file() {
    let folder = folder();
    let path = folder.path().join("race.py");
    let file = path.to_str().unwrap();
    for library in ["keras", "pytorch", "optax"] {
        let arguments = ["code", "beale", "--library", library];
        let expected = stdout(&arguments);
        assert!(expected.contains("import"));
        assert_eq!(stdout(&[&arguments[..], &["-o", file]].concat()), "");
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert_eq!(entries(folder.path()), 1);
    }
    let said = fails(&[
        "code",
        "beale",
        "--library",
        "optax",
        "-o",
        "no/such/race.py",
    ]);
    assert!(
        said.starts_with("slalom: no/such/race.py cannot be written: "),
        "{said}"
    );
}

#[test]
fn json_has_an_entry_for_every_racer() {
    let experiment = preset::load("beale").unwrap().experiment;
    let text = stdout(&["run", "beale", "--format", "json"]);
    let racers: Vec<Json> = serde_json::from_str(&text).unwrap();
    assert_eq!(racers.len(), experiment.racers.len());
    let paths = simulate(&experiment);
    for (index, json) in racers.iter().enumerate() {
        let rule = experiment.racers[index].plan.optimizer.rule();
        let status = paths[index].status();
        assert_eq!(json["racer"], experiment.names()[index]);
        assert_eq!(json["optimizer"], rule.about().name);
        assert_eq!(json["parameters"], rule.to_json().unwrap());
        assert_eq!(json["status"], status.word());
        assert_eq!(
            json["status_step"].as_u64(),
            status.step().map(|step| step as u64)
        );
    }
    let numbers = |key: &str, index: usize| -> Vec<&str> {
        let begin = format!("\"{key}\":[");
        let rest = text.split(&begin).nth(index + 1).unwrap();
        rest.split(']').next().unwrap().split(',').collect()
    };
    for (index, path) in paths.iter().enumerate() {
        for (key, values) in [("x", &path.x), ("y", &path.y), ("loss", &path.loss)] {
            let texts = numbers(key, index);
            assert_eq!(texts.len(), values.len());
            for (text, value) in texts.iter().zip(values) {
                assert_number(text, *value);
            }
        }
    }
}

#[test]
fn an_empty_race_is_no_mistake() {
    let folder = folder();
    let preset = saved(&folder, "empty.ron", &race("Beale", [1.0, 1.6], 9, ""));
    assert_eq!(
        stdout(&["run", &preset]),
        "racer,optimizer,step,x,y,loss,decided_by_rounding\n"
    );
    assert_eq!(stdout(&["run", &preset, "--format", "json"]), "[]\n");
    assert_eq!(
        stdout(&["check", &preset]),
        "There is no racer, and nothing is kept.\n"
    );
}

/// y grows 499-fold per step: the loss is infinite from step 57 on, the position after step 114.
#[test]
fn a_race_that_diverges_is_a_result() {
    let folder = folder();
    let racer = "(optimizer: GradientDescent(learning_rate: 10))";
    let preset = saved(
        &folder,
        "far.ron",
        &race("LongValley", [0.0, 1.0], 200, racer),
    );
    let text = stdout(&["run", &preset]);
    assert_eq!(text.lines().count(), 1 + 115);
    let last = text.lines().last().unwrap();
    assert!(
        last.starts_with("GradientDescent,GradientDescent,114,0.0,"),
        "{last}"
    );
    assert!(last.ends_with(",inf,false"), "{last}");

    let json: Json = serde_json::from_str(&stdout(&["run", &preset, "--format", "json"])).unwrap();
    assert_eq!(json[0]["status"], "diverged");
    assert_eq!(json[0]["status_step"], 114);
    assert_eq!(json[0]["loss"].as_array().unwrap().len(), 115);
    assert_eq!(json[0]["loss"][56].as_str(), None, "y² is below 1.8e308");
    assert!((57..115).all(|step| json[0]["loss"][step] == "inf"));
    assert!(json[0]["loss"][1].is_f64());
    assert!(json[0]["y"].as_array().unwrap().iter().all(Json::is_f64));
}

#[test]
fn hidden_racers_run_too() {
    let folder = folder();
    let racers = "(optimizer: Adam(), visible: false), (optimizer: Adam())";
    let preset = saved(&folder, "race.ron", &race("Beale", [1.0, 1.6], 3, racers));
    let text = stdout(&["run", &preset]);
    assert_eq!(text.matches("\nAdam,").count(), 4);
    assert_eq!(text.matches("\nAdam 2,").count(), 4);
}

#[test]
fn every_built_in_preset_runs_and_checks() {
    for built_in in BuiltIn::all() {
        let rows = stdout(&["run", built_in.name]).lines().count();
        let experiment = built_in.preset().unwrap().experiment;
        assert_eq!(rows, 1 + experiment.racers.len() * (experiment.steps + 1));
        let checked = stdout(&["check", built_in.name]);
        let kept = if experiment.surface.has_own_start() {
            // All weights of a network are kept, too.
            "every step is kept ("
        } else {
            "every step is kept (less than 1 MB).\n"
        };
        assert!(checked.contains(kept), "{checked}");
        let surface = experiment.open_surface();
        let of_table = |source: &Source| source.lines().len();
        let of_data = surface.data().and_then(|data| data.source.as_ref());
        let lines = match surface.network() {
            // One line lists the layers.
            Some(network) => 2 + network.data.lines().len(),
            None => {
                let of_grid = surface.grid().map_or(0, |grid| grid.lines().len());
                1 + of_grid + of_data.map_or(0, of_table)
            }
        };
        assert_eq!(checked.lines().count(), lines, "{checked}");
    }
}

fn listed(what: &str) -> Vec<Json> {
    serde_json::from_str(&stdout(&["list", what, "--json"])).unwrap()
}

fn names(list: &[Json]) -> Vec<&str> {
    list.iter()
        .map(|entry| entry["name"].as_str().unwrap())
        .collect()
}

#[test]
fn surfaces_are_listed() {
    let list = listed("surfaces");
    let known: Vec<&str> = SurfaceChoice::all().map(|about| about.name).collect();
    assert_eq!(names(&list), known);
    assert!(known.contains(&"LogisticRegression"));
    assert_eq!(list.last().unwrap()["window"], Json::Null);
    let beale = &list[0];
    assert_eq!(beale["window"]["x"], serde_json::json!([-4.5, 4.5]));
    assert_eq!(beale["minima"][0]["x"], 3.0);
    assert_eq!(beale["minima"][0]["global"], true);
    let text = stdout(&["list", "surfaces"]);
    for about in SurfaceChoice::all() {
        assert!(text.contains(&format!("{:18} {}", about.name, about.equation)));
        assert!(text.contains(about.teaches));
    }
    for set in slalom::surface::data::BUILT_IN {
        assert!(text.contains(&format!("{:18} {}", set.name, set.about)));
    }
}

#[test]
fn optimizers_are_listed_with_their_parameters() {
    let list = listed("optimizers");
    let text = stdout(&["list", "optimizers"]);
    assert_eq!(list.len(), OptimizerChoice::all().len() + 1);
    let typed = list.last().unwrap();
    assert_eq!(typed["name"], "Rule");
    for (entry, choice) in list.iter().zip(OptimizerChoice::all()) {
        let rule = choice.rule();
        assert_eq!(entry["name"], rule.about().name);
        assert!(text.contains(&format!("{}\n", rule.about().name)));
        let json = rule.to_json().unwrap();
        let parameters = entry["parameters"].as_array().unwrap();
        assert_eq!(parameters.len(), rule.parameter_count());
        for (parameter, described) in parameters.iter().zip(rule.parameters()) {
            assert_eq!(parameter["name"], *described.name);
            let written = parameter_in(&json, &described.name);
            assert_eq!(parameter["default"], *written);
            assert_eq!(parameter["defaults"]["paper"], *written);
            assert!(text.contains(described.help));
        }
    }
    // The example of a rule that is typed is one.
    let example = text.split_once("Rule(title").unwrap().1;
    let example = example.split_once("\n    title ").unwrap().0;
    let racer = common::with(&format!("Rule(title{example}"));
    assert_eq!(racer.plan.optimizer.rule().title(), "Heavy ball");
    let example = typed["example"].as_str().unwrap();
    assert_eq!(common::with(example).plan, racer.plan);
    let fields = typed["fields"].as_array().unwrap().iter();
    for field in fields {
        let line = format!("    {:20} ", field["name"].as_str().unwrap());
        assert!(text.contains(&(line + field["help"].as_str().unwrap())));
    }
    let adam = list.iter().find(|entry| entry["name"] == "Adam").unwrap();
    assert_eq!(adam["parameters"][3]["name"], "epsilon");
    assert_eq!(adam["parameters"][3]["defaults"]["Keras"], 1e-7);
    assert_eq!(adam["parameters"][3]["remark"], Json::Null);
}

#[test]
fn every_choice_of_a_parameter_is_listed() {
    let list = listed("optimizers");
    let text = stdout(&["list", "optimizers"]);
    let mut choices = 0;
    for (entry, choice) in list.iter().zip(OptimizerChoice::all()) {
        let parameters = entry["parameters"].as_array().unwrap();
        for (parameter, described) in parameters.iter().zip(choice.rule().parameters()) {
            let ParameterKind::Choice(names) = described.kind else {
                assert_eq!(parameter["choices"], Json::Null);
                continue;
            };
            assert_eq!(parameter["choices"], serde_json::json!(names));
            assert!(text.contains(&format!("Choices: {}.\n", names.join(", "))));
            choices += 1;
        }
    }
    assert!(choices > 10);
    assert!(text.contains("Choices: Off, MaxOfRaw, MaxOfCorrected.\n"));
}

#[test]
fn schedules_are_listed_with_every_parameter() {
    let list = listed("schedules");
    let text = stdout(&["list", "schedules"]);
    let known: Vec<&str> = Schedule::all().iter().map(Schedule::name).collect();
    assert_eq!(names(&list), known);
    for (entry, schedule) in list.iter().zip(Schedule::all()) {
        let about = schedule.about();
        for field in ["title", "formula", "idea", "source", "elsewhere"] {
            assert!(!entry[field].as_str().unwrap().is_empty(), "{entry}");
        }
        assert!(text.contains(&format!("{}\n", about.name)) && text.contains(about.formula));
        let parameters = entry["parameters"].as_array().unwrap();
        let fields: Vec<&str> = about.settings.iter().map(|it| it.name).collect();
        assert_eq!(names(parameters), fields);
        for setting in about.settings {
            assert!(text.contains(setting.help), "{}", setting.help);
        }
    }
    let find = |name: &str| list.iter().find(|entry| entry["name"] == name).unwrap();
    let restarts = &find("CosineWarmRestarts")["parameters"];
    assert_eq!(restarts[0]["default"], Json::Null);
    assert_eq!(restarts[1]["name"], "period_epochs");
    assert_eq!(restarts[1]["one_of_several"], true);
    assert_eq!(restarts[2]["name"], "factor");
    assert_eq!(restarts[2]["default"], 1);
    assert_eq!(restarts[2]["valid"], "a whole number, 1 or more");
    assert_eq!(restarts[3]["default"], 0.0);
    let cycle = &find("OneCycle")["parameters"];
    assert_eq!(cycle[0]["name"], "total_steps");
    assert_eq!(cycle[0]["one_of_several"], true);
    assert_eq!(cycle[3]["one_of_several"], false);
    let plateau = &find("ReduceOnPlateau")["parameters"];
    assert_eq!(plateau[3]["default"], "Relative");
    assert_eq!(plateau[3]["valid"], "Relative or Absolute");
    let parts = find("Sequence")["parameters"][0]["valid"].as_str().unwrap();
    assert!(
        parts.starts_with("a list like [(steps: 50, schedule: "),
        "{parts}"
    );
}

#[test]
fn optimizers_are_listed_with_what_they_need_and_who_has_them() {
    let list = listed("optimizers");
    let find = |name: &str| list.iter().find(|entry| entry["name"] == name).unwrap();
    let (newton, polyak) = (find("Newton"), find("PolyakSgd"));
    assert_eq!(newton["needs"], serde_json::json!(["gradient", "hessian"]));
    assert_eq!(newton["packages"], serde_json::json!({}));
    assert_eq!(polyak["needs"], serde_json::json!(["gradient", "value"]));
    assert_eq!(polyak["packages"], serde_json::json!({"Optax": "optax"}));
    assert_eq!(
        find("ScheduleFreeSgd")["packages"],
        serde_json::json!({"PyTorch": "schedulefree", "Optax": "optax"})
    );
    assert_eq!(
        find("Nadam")["packages"],
        serde_json::json!({"Keras": "keras", "PyTorch": "torch", "Optax": "optax"})
    );
    let text = stdout(&["list", "optimizers"]);
    assert!(text.contains("Needs: gradient, hessian. Libraries: none.\n"));
    assert!(text.contains("Needs: gradient. Libraries: PyTorch (schedulefree), Optax (optax).\n"));
}

#[test]
fn parameters_of_a_wrapped_rule_are_said_to_be_such() {
    let list = listed("optimizers");
    let remark = "belongs to Adam, the default inner rule";
    let parameters = list
        .iter()
        .flat_map(|it| it["parameters"].as_array().unwrap());
    let mut inner = 0;
    for parameter in parameters {
        let is_inner = parameter["name"].as_str().unwrap().starts_with("inner.");
        assert_eq!(parameter["remark"] == remark, is_inner);
        inner += usize::from(is_inner);
    }
    assert!(inner > 0);
    let text = stdout(&["list", "optimizers"]);
    let wrappers = list.iter().filter(|it| {
        let mut parameters = it["parameters"].as_array().unwrap().iter();
        parameters.any(|it| it["remark"] == remark)
    });
    assert_eq!(text.matches(remark).count(), wrappers.count());
}

#[test]
fn presets_are_listed() {
    let list = listed("presets");
    let text = stdout(&["list", "presets"]);
    assert_eq!(list.len(), BuiltIn::all().count());
    for (entry, built_in) in list.iter().zip(BuiltIn::all()) {
        let preset = built_in.preset().unwrap();
        let experiment = preset.experiment;
        assert_eq!(entry["name"], built_in.name);
        assert_eq!(entry["title"], experiment.title);
        assert_eq!(entry["surface"], experiment.surface.about().name);
        assert_eq!(entry["racers"], serde_json::json!(experiment.names()));
        assert_eq!(entry["lesson"], preset.lesson.is_some());
        assert!(text.contains(&format!("{:28} {}\n", built_in.name, experiment.title)));
    }
}

#[test]
fn a_fault_is_said_with_file_line_and_column() {
    let folder = folder();
    let text = BUILT_IN[0].text.replace("surface: Beale", "surface: Beal");
    let preset = written(&folder, "my race.ron", &text);
    let expected = format!("{preset}:5:14: there is no surface \"Beal\"; did you mean Beale?");
    for command in ["check", "run"] {
        assert_eq!(fails(&[command, &preset]), expected);
    }
    assert_eq!(fails(&["code", &preset, "--library", "keras"]), expected);
    assert_eq!(fails(&[&preset]), expected, "before any window is opened");

    let text = BUILT_IN[0]
        .text
        .replacen("momentum: 0.95", "momentum: 1.95", 1);
    let preset = written(&folder, "range.ron", &text);
    let line = text.lines().position(|line| line.contains("1.95")).unwrap() + 1;
    let said = fails(&["check", &preset]);
    assert!(said.starts_with(&format!("{preset}:{line}:")), "{said}");
    assert!(said.ends_with("Momentum: momentum is 1.95, but must be 0 or more and less than 1"));
}

#[cfg(not(feature = "window"))]
#[test]
fn a_build_without_the_window_says_so() {
    for arguments in [&[][..], &["rosenbrock"]] {
        assert!(fails(arguments).starts_with("slalom: this build has no window"));
    }
}

#[test]
fn an_unknown_preset_suggests_the_nearest() {
    for command in [&["run"][..], &["check"], &[]] {
        let said = fails(&[command, &["rosenbrok"]].concat());
        assert_eq!(
            said,
            "slalom: there is no file or built-in preset named \"rosenbrok\"; did you mean rosenbrock?"
        );
    }
    let said = fails(&["run", "no/such/file.ron"]);
    assert!(said.contains("slalom list presets"), "{said}");
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    assert_eq!(
        fails(&["check", path]),
        format!("slalom: {path} cannot be read: it is a folder")
    );
    let binary = folder.path().join("binary.ron");
    fs::write(&binary, [0xff, 0xfe, 0, b'\n', 7]).unwrap();
    let binary = binary.to_str().unwrap();
    let expected = format!("slalom: {binary} cannot be read: it is not UTF-8 text");
    assert_eq!(fails(&["run", binary]), expected);
    let empty = written(&folder, "empty.ron", "");
    assert_eq!(
        fails(&["check", &empty]),
        format!("{empty}:1:1: the preset is empty")
    );
}

/// A folder may have the same name as a built-in preset.
#[test]
fn a_folder_hides_no_built_in_preset() {
    let folder = folder();
    fs::create_dir(folder.path().join("beale")).unwrap();
    let output = command(&["check", "beale"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    written(&folder, "saddle", "no preset");
    let output = command(&["check", "saddle"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        complaint(&output),
        "saddle:1:1: a preset must begin with an opening ("
    );
}

#[test]
fn a_message_stays_one_line_whatever_a_file_is_called() {
    let said = fails(&["run", "two\nlines\u{1b}[31m.ron"]);
    assert!(said.contains(r"two\nlines\u{1b}[31m.ron"), "{said}");
    assert!(fails(&["check", &"x".repeat(5000)]).starts_with("slalom: "));
    assert!(fails(&["check", ""]).starts_with("slalom: "));
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = folder();
    let inside = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(inside("folder")).unwrap();
    let read_only = written(&folder, "old.csv", "old");
    let mut permissions = fs::metadata(&read_only).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&read_only, permissions).unwrap();
    for (file, why) in [
        (inside("folder"), "it is a folder"),
        (read_only.clone(), "it is read-only"),
        (inside("nowhere/race.csv"), ""),
        (inside("old.csv/race.csv"), ""),
    ] {
        for format in ["csv", "json"] {
            let said = fails(&["run", "beale", "--format", format, "-o", &file]);
            let expected = format!("slalom: {file} cannot be written: {why}");
            assert!(said.starts_with(&expected), "{said}");
        }
    }
    assert_eq!(fs::read_to_string(&read_only).unwrap(), "old");
    assert_eq!(entries(folder.path()), 2);
    assert_eq!(entries(&folder.path().join("folder")), 0);
}

#[test]
fn a_preset_that_is_wrong_leaves_the_old_output() {
    let folder = folder();
    let old = written(&folder, "old.csv", "old");
    let preset = written(&folder, "race.ron", "(version: 1)");
    fails(&["run", &preset, "-o", &old]);
    assert_eq!(fs::read_to_string(&old).unwrap(), "old");
    assert_eq!(entries(folder.path()), 2);
}

const PRINTING: &[&[&str]] = &[
    &["run", "radford-beale"],
    &["run", "radford-beale", "--format", "json"],
    &["code", "radford-beale", "--library", "keras"],
    &["list", "surfaces"],
    &["list", "optimizers", "--json"],
    &["list", "presets"],
];

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    use std::os::unix::fs::FileTypeExt;

    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in PRINTING {
        let output = command(arguments).stdout(full()).output().unwrap();
        let said = complaint(&output);
        let expected = "slalom: standard output cannot be written: No space left on device";
        assert!(said.starts_with(expected), "{said}");
    }
    for format in ["csv", "json"] {
        let said = fails(&["run", "beale", "--format", format, "-o", "/dev/full"]);
        assert!(
            said.starts_with("slalom: /dev/full cannot be written: No space left"),
            "{said}"
        );
    }
    assert_eq!(stdout(&["run", "beale", "-o", "/dev/null"]), "");
    for device in ["/dev/full", "/dev/null"] {
        assert!(fs::metadata(device).unwrap().file_type().is_char_device());
    }
}

/// A reader may stop early.
#[test]
fn a_closed_pipe_is_no_mistake() {
    for arguments in PRINTING {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn help_names_every_command_and_gives_examples() {
    let help = stdout(&["--help"]);
    for command in ["run", "code", "list", "check"] {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command} in {help}"
        );
        let its = stdout(&[command, "--help"]);
        assert!(its.contains(&format!("Usage: slalom {command}")), "{its}");
        assert_eq!(stdout(&["help", command]), its);
    }
    assert!(help.contains("slalom run radford-beale"));
    assert_eq!(
        stdout(&["--version"]),
        format!("slalom {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn arguments_that_make_no_sense_are_one_sentence() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["rnu", "beale"],
            "slalom: there is no command \"rnu\"; did you mean run?",
        ),
        (
            &["chekc", "beale", "--json"],
            "slalom: there is no command \"chekc\"; did you mean check?",
        ),
        (
            &["run"],
            "slalom: the following required arguments were not provided: <PRESET> (see slalom --help)",
        ),
        (
            &["run", "beale", "--format", "xml"],
            "slalom: invalid value 'xml' for '--format <FORMAT>' [possible values: csv, json] (see \
             slalom --help)",
        ),
        (
            &["run", "beale", "--fromat", "csv"],
            "slalom: unexpected argument '--fromat' found; a similar argument exists: '--format' \
             (see slalom --help)",
        ),
        (
            &["code", "beale"],
            "slalom: the following required arguments were not provided: --library <LIBRARY> (see \
             slalom --help)",
        ),
        (
            &["code", "beale", "--library", "jax"],
            "slalom: invalid value 'jax' for '--library <LIBRARY>' [possible values: keras, \
             pytorch, optax] (see slalom --help)",
        ),
        (
            &["list", "optimisers"],
            "slalom: invalid value 'optimisers' for '<WHAT>' [possible values: surfaces, \
             optimizers, schedules, presets]; a similar value exists: 'optimizers' (see slalom --help)",
        ),
    ];
    for (arguments, expected) in cases {
        assert_eq!(fails(arguments), *expected);
    }
    for arguments in [
        &["beale", "saddle"][..],
        &["--nonsense"],
        &["-x"],
        &["run", "beale", "saddle"],
        &["run", "beale", "-o"],
        &["run", "beale", "-o", "a", "-o", "b"],
        &["run", "--format", "csv"],
        &["run", "beale", "--two\nlines"],
        &["list"],
        &["list", "surfaces", "beale"],
        &["check"],
        &["help", "nothing"],
        &["runn"],
        &["--", "runn"],
    ] {
        let said = fails(arguments);
        assert!(said.starts_with("slalom: "), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_survived() {
    use std::os::unix::ffi::OsStrExt;

    for command_name in ["run", "check", "list"] {
        let odd = OsStr::from_bytes(b"\xff\xfe.ron");
        complaint(&command(&[command_name]).arg(odd).output().unwrap());
    }
}
