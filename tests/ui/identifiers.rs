//! No label, tooltip or painted text contains an identifier of the preset file.

use std::collections::BTreeSet;

use egui::Shape;
use egui_kittest::kittest::NodeT as _;
use egui_kittest::kittest::Queryable as _;
use slalom::app::{Change, table};
use slalom::experiment::{Edit, Schedule};
use slalom::optimizer::{OptimizerChoice, ParameterKind, Value};
use slalom::preset::BuiltIn;
use slalom::surface::SurfaceChoice;

use crate::support::{ADAM, Slalom};

/// Returns the identifiers of preset files that are not words: rules, choices, schedules and
/// surfaces with a capital letter inside, unless that is their name on screen.
fn identifiers() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        found.insert((rule.about().name.to_owned(), rule.about().title.to_owned()));
        for parameter in rule.parameters() {
            if let ParameterKind::Choice(names) = parameter.kind {
                found.extend(names.iter().map(|name| ((*name).to_owned(), String::new())));
            }
        }
    }
    let schedules = Schedule::all().iter().map(Schedule::name);
    found.extend(schedules.map(|name| (name.to_owned(), String::new())));
    let surfaces = SurfaceChoice::BUILT_IN.iter();
    found.extend(surfaces.map(|it| (format!("{it:?}"), it.open().title().to_owned())));
    let has_a_hump = |name: &str| name.chars().skip(1).any(char::is_uppercase);
    let found = found
        .into_iter()
        .filter(|(name, title)| has_a_hump(name) && name != title);
    found.map(|(name, _)| name).collect()
}

/// Whether a word is in snake case, like `beta_1`.
fn is_snake(word: &str) -> bool {
    let word = word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric());
    word.contains('_')
        && word
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

fn painted(shape: &Shape, texts: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => texts.push(text.galley.text().to_owned()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| painted(shape, texts)),
        _ => {}
    }
}

/// Returns all texts that are visible or accessible.
fn texts(slalom: &Slalom) -> Vec<String> {
    let mut texts = Vec::new();
    for node in slalom.root().children_recursive() {
        let node = node.accesskit_node();
        texts.extend(node.label());
        texts.extend(node.value());
        texts.extend(node.description());
    }
    let shapes = slalom.output().shapes.iter();
    shapes.for_each(|clipped| painted(&clipped.shape, &mut texts));
    texts
}

/// Returns the texts with identifiers that belong only in a file. Columns keep the names from their
/// file.
fn found(texts: &[String], identifiers: &BTreeSet<String>) -> Vec<String> {
    let is_one = |text: &str| {
        let mut words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
        words.any(|word| identifiers.contains(word) || is_snake(word))
    };
    texts.iter().filter(|text| is_one(text)).cloned().collect()
}

#[track_caller]
pub fn assert_in_words(slalom: &Slalom, state: &str) {
    let surface = slalom.document().race.surface();
    let columns = surface
        .data()
        .map(|data| data.columns.clone())
        .unwrap_or_default();
    let without_columns = |text: String| {
        let names = columns.iter().filter(|name| !name.is_empty());
        names.fold(text, |text, name| text.replace(name, ""))
    };
    let texts: Vec<String> = texts(slalom).into_iter().map(without_columns).collect();
    let found = found(&texts, &identifiers());
    assert!(found.is_empty(), "{state}: {found:#?}");
}

#[test]
fn identifiers_are_told_from_words() {
    let identifiers = identifiers();
    for name in [
        "LookAhead",
        "MaxOfRaw",
        "InverseTime",
        "ScheduleFreeSgd",
        "LongValley",
    ] {
        assert!(identifiers.contains(name), "{name}");
    }
    for name in ["RMSProp", "AdamW", "Full", "Scaled"] {
        assert!(!identifiers.contains(name), "{name}");
    }
    let texts = ["Adam: β₁", "form: LookAhead", "beta_1 = 0.5", "Look ahead"].map(String::from);
    assert_eq!(
        found(&texts, &identifiers),
        ["form: LookAhead", "beta_1 = 0.5"]
    );
}

/// Every form of every rule in an open card and in the inspector.
#[test]
fn cards_and_equations_hold_no_identifier() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    for (place, optimizer) in OptimizerChoice::for_points().enumerate() {
        for parameter in 0..optimizer.rule().parameter_count() {
            let Some(ParameterKind::Choice(names)) =
                optimizer.rule().parameter(parameter).map(|it| it.kind)
            else {
                continue;
            };
            for choice in 0..names.len() {
                let mut form = optimizer.clone();
                form.rule_mut().set(parameter, Value::Choice(choice));
                if form.rule().conflict().is_none() {
                    slalom.perform(Change::Optimizer(slalom.id(ADAM), form));
                    slalom.rest();
                    assert_in_words(&slalom, optimizer.rule().about().name);
                }
            }
        }
        slalom.perform(Change::Optimizer(slalom.id(ADAM), optimizer.clone()));
        let schedule = Schedule::all()[place % Schedule::all().len()].clone();
        slalom.perform(Change::Schedule(slalom.id(ADAM), schedule));
        slalom.rest();
        assert!(slalom.has("less"), "the card is open");
        assert_in_words(&slalom, optimizer.rule().about().name);
    }
}

#[test]
fn an_edit_names_its_parameter_in_words() {
    let mut slalom = Slalom::three();
    let edit = |parameter: &str| Edit {
        step: 3,
        parameter: parameter.into(),
        value: 0.5,
    };
    for parameter in ["beta_1", "learning_rate", "weight_decay"] {
        slalom.perform(Change::Edit(slalom.id(ADAM), edit(parameter)));
    }
    slalom.rest();
    assert!(slalom.says("from step 3: momentum β₁ = 0.5"));
    assert_in_words(&slalom, "edits");
}

/// Conflicting choices are refused in the words of the card.
#[test]
fn a_refused_change_is_explained_in_words() {
    let mut slalom = Slalom::three();
    let adam = OptimizerChoice::Adam(slalom::optimizer::Adam {
        epsilon_hat: true,
        ..Default::default()
    });
    let amsgrad = adam.rule().find("amsgrad").unwrap();
    slalom.perform(Change::Optimizer(slalom.id(ADAM), adam));
    slalom.perform(Change::Parameter {
        racer: slalom.id(ADAM),
        parameter: amsgrad,
        value: Value::Choice(2),
        linked: false,
    });
    slalom.rest();
    let notice = slalom.notice();
    assert!(
        notice.contains("Max of corrected cannot go with epsilon hat"),
        "{notice}"
    );
    assert_in_words(&slalom, "a refused change");
}

#[test]
fn menus_hold_no_identifier() {
    for menu in [
        "Menu",
        "Surface: Beale",
        "History",
        "View",
        "Speed: 25 steps/s",
        "Add a racer",
        "More",
        "Chart of: loss",
        "Axes of the chart",
    ] {
        let mut slalom = Slalom::three();
        slalom.click(menu);
        slalom.rest();
        assert_in_words(&slalom, menu);
    }
}

#[test]
fn dialogs_and_games_hold_no_identifier() {
    for entry in [
        &table::file::OPEN,
        &table::file::SAVE_AS,
        &table::file::FIT_DATA,
        &table::file::EXPORT,
        &table::file::SETTINGS,
        &table::edit::DESCRIBE,
        &table::tabs::COMPARE,
        &table::help::PALETTE,
        &table::help::KEYS,
        &table::help::PREDICT,
        &table::help::WHO_AM_I,
        &table::help::LADDER,
    ] {
        let mut slalom = Slalom::three();
        slalom.perform(entry);
        slalom.rest();
        assert_in_words(&slalom, entry.id);
    }
}

#[test]
fn lessons_and_presets_hold_no_identifier() {
    for built_in in BuiltIn::all() {
        let slalom = Slalom::sized([1280.0, 800.0], Some(built_in.preset().unwrap()));
        assert_in_words(&slalom, built_in.name);
    }
}

/// The texts of tooltips, without waiting for each to appear.
#[test]
fn texts_of_rules_hold_no_identifier() {
    let identifiers = identifiers();
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        let mut texts = vec![rule.about().title.to_owned(), rule.about().idea.to_owned()];
        texts.extend(rule.remark().map(str::to_owned));
        for parameter in rule.parameters() {
            texts.extend([parameter.label(), parameter.label_with_sign()]);
            texts.push(parameter.help.to_owned());
            texts.extend((0..9).filter_map(|place| parameter.form(place)));
        }
        let notes = rule.notes();
        texts.extend(notes.iter().map(|note| note.label.to_string()));
        let found = found(&texts, &identifiers);
        assert!(found.is_empty(), "{}: {found:#?}", rule.about().name);
    }
    for schedule in Schedule::all() {
        let texts = [
            schedule.title().to_owned(),
            schedule.about().idea.to_owned(),
        ];
        assert_eq!(found(&texts, &identifiers), Vec::<String>::new());
    }
}

/// A Greek letter alone means nothing to most people.
#[test]
fn a_word_stands_before_every_greek_letter() {
    let is_greek = |letter: char| ('α'..='ω').contains(&letter);
    for choice in OptimizerChoice::all() {
        for parameter in choice.rule().parameters() {
            for label in [parameter.label(), parameter.label_with_sign()] {
                let before = label.split(is_greek).next().unwrap_or_default();
                let is_explained = !label.contains(is_greek) || before.trim().len() > 2;
                assert!(is_explained, "{label:?} of {}", choice.rule().about().name);
            }
        }
    }
}
