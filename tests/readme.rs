//! The README is correct: its tables, its commands and its preset.
//!
//! `UPDATE_README=1 cargo test --test readme` rewrites the tables.

use std::collections::BTreeSet;
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value as Json;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    fs::read_to_string(README).unwrap()
}

fn slalom(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_slalom");
    Command::new(program).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = slalom(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "slalom {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn listed(what: &str) -> Vec<Json> {
    serde_json::from_str(&printed(&["list", what, "--json"])).unwrap()
}

/// A cell of a table, in which a vertical bar has to be escaped.
fn cell(json: &Json) -> String {
    json.as_str().unwrap().replace('|', "\\|")
}

fn optimizers() -> String {
    let parameter = |parameter: &Json| {
        let default = match &parameter["default"] {
            Json::String(name) => name.clone(),
            other => other.to_string(),
        };
        format!("`{}` {default}", parameter["name"].as_str().unwrap())
    };
    let row = |rule: &Json| {
        // The inner rule of a wrapper has to be specified, so its parameters have no defaults here.
        let name = |it: &Json| it["name"].as_str().unwrap().to_owned();
        let all = rule["parameters"].as_array().unwrap().iter();
        let (inner, own): (Vec<&Json>, Vec<&Json>) =
            all.partition(|it| name(it).starts_with("inner."));
        let mut parameters: Vec<String> = own.into_iter().map(parameter).collect();
        let fields = rule["fields"].as_array().into_iter().flatten();
        parameters.extend(fields.map(|field| format!("`{}`", name(field))));
        parameters.extend((!inner.is_empty()).then(|| "`inner`, a rule".to_owned()));
        format!(
            "| `{}` | {} | {} | {} |\n",
            rule["name"].as_str().unwrap(),
            cell(&rule["equation"]),
            parameters.join(", "),
            cell(&rule["source"])
        )
    };
    let rows: String = listed("optimizers").iter().map(row).collect();
    format!("| name | rule | parameters and their defaults | source |\n|---|---|---|---|\n{rows}")
}

fn surfaces() -> String {
    let row = |surface: &Json| {
        format!(
            "| `{}` | {} | {} |\n",
            surface["name"].as_str().unwrap(),
            cell(&surface["equation"]),
            cell(&surface["teaches"])
        )
    };
    let rows: String = listed("surfaces").iter().map(row).collect();
    format!("| name | f(x, y) | what it teaches |\n|---|---|---|\n{rows}")
}

fn schedules() -> String {
    let parameter = |parameter: &Json| {
        let name = parameter["name"].as_str().unwrap();
        match (&parameter["default"], &parameter["one_of_several"]) {
            (Json::Null, Json::Bool(true)) => format!("(`{name}`)"),
            (Json::Null, _) => format!("`{name}`"),
            (Json::String(choice), _) => format!("`{name}` {choice}"),
            (default, _) => format!("`{name}` {default}"),
        }
    };
    let row = |schedule: &Json| {
        let parameters = schedule["parameters"].as_array().unwrap().iter();
        let parameters: Vec<String> = parameters.map(parameter).collect();
        format!(
            "| `{}` | {} | {} | {} | {} |\n",
            schedule["name"].as_str().unwrap(),
            cell(&schedule["formula"]),
            parameters.join(", "),
            cell(&schedule["idea"]),
            cell(&schedule["source"])
        )
    };
    let rows: String = listed("schedules").iter().map(row).collect();
    let head = "| name | learning rate after k steps | parameters, with their defaults | what it does | \
                source |\n|---|---|---|---|---|\n";
    format!("{head}{rows}")
}

/// The text between the two comments that delimit a table.
fn table<'a>(text: &'a str, name: &str) -> &'a str {
    let begin = format!("<!-- {name}: begin -->\n");
    let end = format!("<!-- {name}: end -->");
    let rest = text.split_once(&begin).expect(&begin).1;
    rest.split_once(&end).expect(&end).0
}

#[test]
fn tables_are_the_programs_lists() {
    let mut text = readme();
    let tables = [
        ("optimizers", optimizers()),
        ("schedules", schedules()),
        ("surfaces", surfaces()),
    ];
    if env::var_os("UPDATE_README").is_some() {
        for (name, expected) in &tables {
            let marks = [
                format!("<!-- {name}: begin -->\n"),
                format!("<!-- {name}: end -->"),
            ];
            let old = format!("{}{}{}", marks[0], table(&text, name), marks[1]);
            text = text.replace(&old, &format!("{}{expected}{}", marks[0], marks[1]));
        }
        fs::write(README, &text).unwrap();
    }
    // New rules and surfaces may be missing, but the rows that exist must be correct and in order.
    for (name, expected) in tables {
        let mut lines = expected.lines();
        assert!(table(&text, name).lines().count() > 8, "{name}");
        for row in table(&text, name).lines() {
            assert!(
                lines.any(|line| line == row),
                "see the head of this file: {row}"
            );
        }
    }
}

/// The code blocks in one language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let begin = format!("```{language}\n");
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(&begin) {
        let (block, after) = after.split_once("```").expect("the end of a block");
        blocks.push(block.to_owned());
        rest = after;
    }
    blocks
}

/// The arguments of every `slalom …` in the README's shell code blocks.
fn commands(text: &str) -> Vec<Vec<String>> {
    let mut commands = Vec::new();
    for block in blocks(text, "sh") {
        for line in block.lines() {
            let line = line.split_once(" #").map_or(line, |(command, _)| command);
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            if words.first().is_some_and(|word| word == "slalom") {
                commands.push(words[1..].to_vec());
            }
        }
    }
    commands
}

#[test]
fn commands_exist_with_their_options() {
    let help = printed(&["--help"]);
    let list = help.split_once("Commands:").unwrap().1;
    let list = list.split_once("\n\n").unwrap().0;
    let known: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let presets = listed("presets");
    let is_preset =
        |word: &str| word.contains(".ron") || presets.iter().any(|preset| preset["name"] == word);

    let text = readme();
    let commands = commands(&text);
    assert!(commands.len() > 4, "{commands:?}");
    for words in commands {
        let Some(first) = words.first() else {
            continue;
        };
        if !known.contains(&**first) {
            assert!(
                words.len() == 1 && is_preset(first),
                "slalom {words:?}: no command and no preset"
            );
            continue;
        }
        let help = printed(&[first, "--help"]);
        for option in words.iter().filter(|word| word.starts_with('-')) {
            let name = option.split('=').next().unwrap();
            let offers = help
                .split(|letter: char| letter.is_whitespace() || letter == ',')
                .any(|word| word == name);
            assert!(offers, "slalom {words:?}: there is no {name}");
        }
        match &**first {
            "list" => assert!(slalom(&words_of(&words)).status.success(), "{words:?}"),
            // A table of the reader's own.
            "check" if words[1] == "measurements.csv" => {}
            "run" | "check" | "render" | "code" => assert!(is_preset(&words[1]), "{words:?}"),
            _ => {}
        }
    }
}

fn words_of(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

#[test]
fn the_preset_makes_sense() {
    let text = readme();
    let presets = blocks(&text, "ron");
    assert!(!presets.is_empty());
    let folder = tempfile::tempdir().unwrap();
    for preset in presets {
        let path = folder.path().join("my-race.ron");
        fs::write(&path, preset).unwrap();
        let path = path.to_str().unwrap();
        let said = printed(&["check", path]);
        assert!(
            said.ends_with("every step is kept (less than 1 MB).\n"),
            "{said}"
        );
        assert!(printed(&["run", path]).lines().count() > 100);
    }
}

/// The pictures and files that the README shows or links to. The package has no screenshots.
#[test]
fn links_lead_somewhere() {
    let text = readme();
    let has_screenshots = fs::exists(README.replace("README.md", "screenshots")).unwrap();
    for target in text.split("](").skip(1) {
        let target = target.split_once(')').unwrap().0;
        let is_web = target.starts_with("http") || target.starts_with('#');
        if is_web || (target.starts_with("screenshots/") && !has_screenshots) {
            continue;
        }
        let path = README.replace("README.md", target);
        assert!(fs::exists(&path).unwrap(), "{target}");
    }
}
