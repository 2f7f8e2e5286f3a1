//! Lessons as files: those of the tour, the template, and a teacher's own folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use slalom::analysis::Quantity;
use slalom::preset::{self, BUILT_IN, BuiltIn, TOUR, first_lesson, from_text, neighbours, to_text};
use slalom::simulation::simulate;

use super::lessons::is_reached;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/presets/tour"))
}

#[test]
fn every_lesson_in_the_folder_is_built_in_and_the_other_way_round() {
    let entries = fs::read_dir(folder()).unwrap();
    let files: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && name != "template.ron")
        .collect();
    let names = TOUR.iter().map(|lesson| format!("{}.ron", lesson.name));
    assert_eq!(files, names.collect());
    assert!(
        TOUR.is_sorted_by_key(|lesson| lesson.name),
        "in the order of their numbers"
    );
    let all: BTreeSet<&str> = BuiltIn::all().map(|it| it.name).collect();
    assert_eq!(all.len(), BUILT_IN.len() + TOUR.len(), "no name twice");
}

/// The number of sentences in a text.
fn sentences(text: &str) -> usize {
    1 + text.matches(". ").count() + text.matches("? ").count()
}

#[test]
fn every_lesson_is_complete_and_round_trips() {
    for built_in in TOUR {
        let name = built_in.name;
        let loaded = preset::load(name).unwrap();
        let experiment = &loaded.experiment;
        assert!(
            !experiment.title.is_empty() && !experiment.notes.is_empty(),
            "{name}"
        );
        let goal = loaded.lesson.clone().unwrap().goal.unwrap();
        assert!(
            goal.ask.ends_with('.') && goal.praise.ends_with('.'),
            "{name}"
        );
        assert_eq!(sentences(&goal.ask), 1, "{name}: one sentence");
        assert!(sentences(&goal.praise) <= 2, "{name}: {}", goal.praise);
        let words = goal.praise.split_whitespace().count();
        assert!(words <= 48, "{name}: {words} words are no short praise");
        assert!(loaded.view.selected.is_some(), "{name}");
        let named = experiment
            .racers
            .iter()
            .all(|racer| racer.appearance.name.is_some());
        assert!(named, "{name}: goals find racers by name");
        let paragraphs: Vec<&str> = experiment.notes.split("\n\n").collect();
        assert!(paragraphs.len() <= 2, "{name} has more than two paragraphs");
        for paragraph in paragraphs {
            let words = paragraph.split_whitespace().count();
            assert!(words <= 66, "{name}: {words} words are no short paragraph");
        }
        for path in simulate(experiment) {
            assert_eq!(path.last_step(), experiment.steps, "{name}");
        }
        let text = to_text(&loaded).unwrap();
        assert_eq!(from_text("again", &text), Ok(loaded));
        assert_eq!(to_text(&from_text("again", &text).unwrap()).unwrap(), text);
    }
}

/// Notes use only the Markdown promised by the README: paragraphs, **bold**, *slanted*, `code`,
/// lists.
#[test]
fn notes_are_simple_markdown() {
    for built_in in TOUR {
        let notes = built_in.preset().unwrap().experiment.notes;
        let bold = notes.matches("**").count();
        let stars = notes.matches('*').count() - 2 * bold;
        assert!(bold % 2 == 0 && stars % 2 == 0, "{}", built_in.name);
        for line in notes.lines() {
            assert_eq!(line, line.trim(), "{}", built_in.name);
            let plain = !line.starts_with(['#', '>', '|', '!']) && !line.contains("](");
            assert!(plain, "{}: {line}", built_in.name);
        }
    }
}

#[test]
fn the_template_is_a_lesson_with_every_field_of_the_view() {
    let path = folder().join("template.ron");
    let template = preset::open(&path).unwrap();
    let goal = template
        .lesson
        .as_ref()
        .and_then(|it| it.goal.as_ref())
        .unwrap();
    assert!(!is_reached(goal, &template.experiment));
    let mut solved = template.experiment.clone();
    super::lessons::set(&mut solved, "Quick", "learning_rate", 0.036);
    assert!(is_reached(goal, &solved));
    assert!(goal.hint.is_some());
    let text = fs::read_to_string(&path).unwrap();
    let fields = [
        "window",
        "selected",
        "step",
        "arrows",
        "curvature",
        "chart",
        "against",
        "linear",
        "data",
        "ranking",
        "trail_length",
        "lens",
        "stretch",
    ];
    for field in fields {
        assert_eq!(
            text.matches(&format!("        {field}: ")).count(),
            1,
            "{field}"
        );
    }
}

/// The README next to the lessons covers all fields and conditions, and its example lesson loads.
#[test]
fn the_readme_knows_every_name() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let conditions = [
        "Bounces",
        "FliesOff",
        "Settles",
        "LossBelow",
        "Beats",
        "Escapes",
        "EscapesBefore",
        "Invented",
        "Seeds",
        "All",
    ];
    let text = fs::read_to_string(folder().join("template.ron")).unwrap();
    let unknown = from_text("it", &text.replace("Settles(", "Nothing(")).unwrap_err();
    let said = unknown.to_string();
    assert!(
        said.ends_with(&format!("there are {}", conditions.join(", "))),
        "{said}"
    );
    let fields = [
        "window",
        "selected",
        "step",
        "arrows",
        "curvature",
        "chart",
        "against",
        "linear",
        "data",
    ];
    let quantities = [
        "Loss",
        "TestLoss",
        "TrainAccuracy",
        "TestAccuracy",
        "GradientNorm",
        "StepLength",
        "LearningRate",
        "RateX",
        "RateY",
        "Distance",
        "Memory",
        "Norm",
        "Sensitivity",
        "Arrival",
        "Accuracy",
    ];
    assert_eq!(Quantity::ALL.map(|it| format!("{it:?}")), quantities);
    let others = [
        "Off",
        "Normalised",
        "ToScale",
        "Steps",
        "Gradients",
        "Rows",
        "Epochs",
    ];
    let of_goals = ["ask", "when", "hint", "praise"];
    for name in conditions
        .iter()
        .chain(&of_goals)
        .chain(&fields)
        .chain(&quantities)
        .chain(&others)
    {
        assert!(readme.contains(&format!("`{name}")), "{name}");
    }
}

/// What menus show in every frame agrees with the parsed file.
#[test]
fn titles_and_numbers_are_known_without_parsing() {
    for built_in in BuiltIn::all() {
        let title = built_in.preset().unwrap().experiment.title;
        assert_eq!(built_in.title(), Some(&*title));
    }
    for (index, lesson) in TOUR.iter().enumerate() {
        let number = lesson.number().unwrap();
        assert_eq!([number.number, number.of], [index + 1, TOUR.len()]);
        assert_eq!(number.is_first(), index == 0);
        assert_eq!(number.is_last(), index + 1 == TOUR.len());
        assert!(lesson.name.starts_with(&format!("{:02}-", number.number)));
    }
    assert!(BUILT_IN.iter().all(|race| race.number().is_none()));
}

/// The end of the tour is no dead end.
#[test]
fn the_last_lesson_says_where_to_go_next() {
    let last = TOUR.last().unwrap().preset().unwrap();
    let notes = last.experiment.notes;
    let end = notes.rsplit(". ").next().unwrap();
    for word in ["last lesson", "your own", "games"] {
        assert!(end.contains(word), "{end}");
    }
}

#[test]
fn a_lesson_knows_the_ones_before_and_after() {
    let names = |name: &str| BuiltIn::neighbours(name).map(|it| it.map(|lesson| lesson.name));
    assert_eq!(names(TOUR[0].name), [None, Some(TOUR[1].name)]);
    assert_eq!(
        names(TOUR[5].name),
        [Some(TOUR[4].name), Some(TOUR[6].name)]
    );
    let last = TOUR.len() - 1;
    assert_eq!(names(TOUR[last].name), [Some(TOUR[last - 1].name), None]);
    assert_eq!(names("beale"), [None, None]);
}

#[test]
fn lessons_in_a_folder_follow_each_other_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let lesson = TOUR[0].text;
    write("10-first.ron", lesson);
    write("15-race.ron", BUILT_IN[0].text);
    write("20-broken.ron", &lesson.replace("LongValley", "LongVally"));
    write("25-copy.txt", lesson);
    write(
        "27-in-a-comment.ron",
        "(version: 1, /* lesson: () */ notes: \"lesson: ()\")",
    );
    write(
        "30-last.ron",
        "(version: 1, surface: Beale, start: (0, 0), steps: 1, racers: [], lesson: ())",
    );
    fs::write(folder.path().join("28-binary.ron"), [0xff, 0xfe, 0]).unwrap();
    fs::create_dir(folder.path().join("29-folder.ron")).unwrap();

    let beside = |name: &str| {
        let found = neighbours(&folder.path().join(name));
        found.map(|path| path.map(|it| it.file_name().unwrap().to_str().unwrap().to_owned()))
    };
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(beside("10-first.ron"), [None, some("20-broken.ron")]);
    assert_eq!(
        beside("20-broken.ron"),
        [some("10-first.ron"), some("30-last.ron")]
    );
    assert_eq!(beside("30-last.ron"), [some("20-broken.ron"), None]);
    // A race among lessons, and a file that no longer exists.
    assert_eq!(
        beside("15-race.ron"),
        [some("10-first.ron"), some("20-broken.ron")]
    );
    assert_eq!(
        beside("24-gone.ron"),
        [some("20-broken.ron"), some("30-last.ron")]
    );
    for name in ["10-first.ron", "30-last.ron", "15-race.ron"] {
        let first = first_lesson(&folder.path().join(name));
        assert_eq!(first, Some(folder.path().join("10-first.ron")), "{name}");
    }
    let nowhere = folder.path().join("no/such/folder.ron");
    assert_eq!(first_lesson(&nowhere), None);
    let [_, next] = neighbours(&folder.path().join("10-first.ron"));
    let said = preset::open(&next.unwrap()).unwrap_err().to_string();
    assert!(said.contains("did you mean LongValley?"), "{said}");
    assert_eq!(
        neighbours(&folder.path().join("no/such/folder.ron")),
        [None, None]
    );
    assert_eq!(neighbours(Path::new("")), [None, None]);
}
