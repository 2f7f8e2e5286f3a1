//! Two races compared: shown together, told apart in words, and worked on one at a time.

use egui::accesskit::Role;
use egui::{Key, Pos2, Shape, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{
    AppAction, Asked, Change, Comparison, Document, DocumentAction, DocumentId, Layout, List,
    Opening, table,
};
use slalom::experiment::Racer;
use slalom::optimizer::{Nadam, OptimizerChoice, Value};
use slalom::view::scene::Frame;

use crate::accessibility::assert_named;
use crate::identifiers::assert_in_words;
use crate::support::{ADAM, CTRL, DESCENT, MOMENTUM, Slalom, THREE, assert_near};
use crate::wish::Wish;

/// A window with three racers, and a copy with which they are compared.
fn compared() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::CompareWithCopy);
    slalom.rest();
    slalom
}

/// Sets the learning rate of a racer of the active race.
fn set_rate(slalom: &mut Slalom, place: usize, rate: f64) {
    slalom.perform(Wish::racer(place, move |racer| Change::Parameter {
        racer,
        parameter: 0,
        value: Value::Number(rate),
        linked: false,
    }));
    slalom.rest();
}

fn comparison(slalom: &Slalom) -> Comparison {
    slalom.workspace().comparison().expect("races are compared")
}

fn document<'a>(slalom: &'a Slalom, letter: &str) -> &'a Document {
    let Comparison { a, b, .. } = comparison(slalom);
    let id = if letter == "A" { a } else { b };
    slalom.workspace().document(id).unwrap()
}

fn active(slalom: &Slalom) -> &'static str {
    let id = slalom.document().id();
    comparison(slalom).letter(id).unwrap()
}

/// Returns the frame of a scene of two.
fn frame(slalom: &Slalom, letter: &str) -> Frame {
    let mut canvases = slalom.query_all_by_role(Role::Canvas);
    let start = format!("{letter}: ");
    let canvas = canvases.find(|it| {
        let label = it.accesskit_node().label();
        label.is_some_and(|label| label.starts_with(&start))
    });
    let rect = canvas.expect("there is a scene").rect();
    let aspect = f64::from(rect.width() / rect.height());
    let window = document(slalom, letter).window().with_aspect(aspect);
    Frame::new(window, rect)
}

fn scenes(slalom: &Slalom) -> usize {
    slalom.query_all_by_role(Role::Canvas).count()
}

/// Returns where a text is painted.
fn places(slalom: &Slalom, text: &str) -> Vec<Pos2> {
    fn find(shape: &Shape, text: &str, found: &mut Vec<Pos2>) {
        match shape {
            Shape::Text(painted) if painted.galley.text() == text => found.push(painted.pos),
            Shape::Vec(shapes) => shapes.iter().for_each(|it| find(it, text, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &slalom.output().shapes {
        find(&clipped.shape, text, &mut found);
    }
    found
}

#[test]
fn a_copy_stands_beside_the_original_and_is_worked_on() {
    let slalom = compared();
    assert_eq!((scenes(&slalom), active(&slalom)), (2, "B"));
    let [a, b] = ["A", "B"].map(|letter| frame(&slalom, letter));
    assert!(a.rect.right() < b.rect.left());
    assert_eq!(a.rect.size(), b.rect.size());
    assert_eq!(a.window, b.window);
    assert!(slalom.says("A and B are the same race."));
    assert!(slalom.says("Sliders and undo act on B, the framed one; click A to work on A."));
    assert!(!slalom.says("LEADERBOARD"), "the columns have the charts");
}

#[test]
fn changes_keys_and_undo_act_on_the_framed_race() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    let rate = |letter: &str| {
        let race = document(&slalom, letter).experiment();
        race.racers[ADAM]
            .plan
            .optimizer
            .rule()
            .learning_rate()
            .unwrap()
    };
    assert_eq!([rate("A"), rate("B")], [0.15, 0.3]);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.rate(ADAM), 0.15);
    slalom.press(Key::O);
    assert_eq!(active(&slalom), "A");
    slalom.click("Racers of A");
    slalom.type_number("Adam: learning rate, number", "0.02");
    let changed = ["A", "B"].map(|letter| document(&slalom, letter).is_changed());
    assert_eq!(changed, [true, false]);
}

#[test]
fn a_click_in_the_other_race_only_makes_it_the_active_one() {
    let mut slalom = compared();
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    let before = document(&slalom, "A").experiment().clone();
    let bare = frame(&slalom, "A").rect.left_top() + vec2(60.0, 200.0);
    slalom.click_at(bare);
    slalom.rest();
    assert_eq!(active(&slalom), "A");
    assert_eq!(*document(&slalom, "A").experiment(), before);
    assert!(slalom.is_playing(), "the playhead goes on");
    slalom.run_steps(10);
    slalom.click_at(bare);
    slalom.rest();
    assert_ne!(
        slalom.experiment().start,
        before.start,
        "now it is an ordinary click"
    );
    slalom.run_steps(10);
    slalom.thing("Work on B: Three racers, changed").click();
    slalom.rest();
    assert_eq!(active(&slalom), "B");
}

#[test]
fn each_difference_can_be_ended_by_a_click() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    slalom.perform(Wish::racer(DESCENT, Change::Remove));
    let nadam = OptimizerChoice::Nadam(Nadam::default());
    slalom.perform(Change::Add(Box::new(Racer::new(nadam))));
    slalom.perform(Change::Start([1.0, 1.5]));
    slalom.rest();
    assert!(slalom.says("4 DIFFERENCES"));
    assert!(slalom.says("The same: surface, steps, seed and 1 more racer"));
    assert!(slalom.has("Adam, learning rate: 0.15 in A, 0.3 in B"));
    assert_in_words(&slalom, "differences");
    for (action, left) in [
        ("take A’s: Adam, learning rate", "3 DIFFERENCES"),
        ("add to B: Gradient descent", "2 DIFFERENCES"),
        ("remove from B: Nadam", "1 DIFFERENCE"),
        ("take A’s: Start", "NO DIFFERENCES"),
    ] {
        slalom.click(action);
        assert!(slalom.says(left), "{action}");
    }
    assert!(slalom.says("A and B are the same race."));
    slalom.click("take A’s: Title");
    assert_eq!(
        document(&slalom, "A").experiment(),
        document(&slalom, "B").experiment()
    );
    slalom.click("History");
    assert!(slalom.says("HISTORY OF B"));
    assert!(
        slalom.has("Adam, learning rate 0.3 → 0.15"),
        "in plain words"
    );
    assert!(slalom.has("Add Gradient descent"));
}

/// From A's side, the arrow still leads from A to B.
#[test]
fn the_framed_race_takes_from_the_other_one() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    slalom.press(Key::O);
    assert!(slalom.says("0.15 → 0.3"));
    slalom.click("take B’s: Adam, learning rate");
    assert_eq!(slalom.rate(ADAM), 0.3);
    assert_eq!(active(&slalom), "A");
}

#[test]
fn the_list_is_chosen_in_the_comparison_and_stays() {
    let mut slalom = compared();
    assert!(!slalom.has("Adam: learning rate"));
    slalom.click("Racers of B");
    assert!(slalom.has("Adam: learning rate"));
    assert_eq!(comparison(&slalom).list, List::Racers);
    slalom.press(Key::O);
    assert!(slalom.has("Racers of A"));
    assert!(slalom.has("Adam: learning rate"));
    slalom.click("Differences");
    assert_eq!(comparison(&slalom).list, List::Differences);
}

#[test]
fn one_playhead_moves_in_both_and_the_shorter_race_waits_at_its_end() {
    let mut slalom = compared();
    slalom.perform(Change::Steps(50));
    slalom.perform(&table::play::TO_END);
    slalom.rest();
    assert_near(slalom.playhead(), 200.0);
    let steps = ["A", "B"].map(|letter| document(&slalom, letter).step());
    assert_eq!(steps, [200, 50]);
    slalom.perform(DocumentAction::Seek(30.0));
    let playheads = ["A", "B"].map(|letter| document(&slalom, letter).playback.playhead);
    assert_eq!(playheads, [30.0; 2]);
    slalom.perform(&table::view::LINEAR);
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.run_steps(40);
    assert!(
        slalom.playhead() > 60.0,
        "beyond the end of the framed race"
    );
    slalom.perform(&table::tabs::COMPARE);
    slalom.rest();
    assert!(slalom.playhead() <= 50.0, "alone, it has an end of its own");
}

#[test]
fn panning_and_zooming_one_moves_the_other() {
    let mut slalom = compared();
    let windows = |slalom: &Slalom| ["A", "B"].map(|it| document(slalom, it).window());
    let [before, _] = windows(&slalom);
    let bare = frame(&slalom, "B").rect.left_top() + vec2(60.0, 200.0);
    slalom.drag(bare, bare + vec2(40.0, 30.0));
    let [a, b] = windows(&slalom);
    assert_eq!(a, b);
    assert_ne!(a, before);
    // The other one can be panned and zoomed without working on it.
    let bare = frame(&slalom, "A").rect.left_top() + vec2(60.0, 200.0);
    slalom.drag(bare, bare + vec2(40.0, 30.0));
    let [panned, b] = windows(&slalom);
    assert_eq!(panned, b);
    assert_ne!(panned, a);
    slalom.wheel(bare, 120.0);
    let [zoomed, b] = windows(&slalom);
    assert_eq!(zoomed, b);
    assert!(zoomed.width() < panned.width());
    assert_eq!(active(&slalom), "B");
    assert!(
        !document(&slalom, "A").is_changed(),
        "nothing was dragged along"
    );
}

#[test]
fn on_another_surface_each_keeps_its_window_and_scale() {
    let mut slalom = compared();
    slalom.perform(AppAction::Open(Opening::BuiltIn("saddle")));
    slalom.rest();
    let [a, b] = ["A", "B"].map(|it| document(&slalom, it).window());
    assert_ne!(a, b, "the comparison goes on with what was opened");
    assert!(slalom.says("a scale of its own"));
    slalom.press(Key::G);
    assert!(slalom.says("A runs on another surface, so its paths are not drawn here."));
}

#[test]
fn both_charts_have_one_scale() {
    let mut slalom = compared();
    set_rate(&mut slalom, DESCENT, 1e-5);
    slalom.perform(Change::Steps(120));
    slalom.rest();
    assert!(slalom.says("the same scale"));
    let numbers = ["10⁻²", "10⁰"].map(|text| places(&slalom, text));
    for places in numbers {
        let [a, b] = places[..] else {
            panic!("{places:?} are not two");
        };
        assert_near(f64::from(a.y), f64::from(b.y));
    }
    let ends = places(&slalom, "200");
    assert!(ends.len() > 2, "both run to step 200, as does the timeline");
}

#[test]
fn the_losses_are_listed_and_a_click_selects_in_both() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    slalom.perform(Wish::racer(DESCENT, Change::Remove));
    slalom.perform(DocumentAction::Seek(96.0));
    slalom.rest();
    assert!(slalom.says("LOSS AT STEP 96"));
    let loss = |letter: &str, place: usize| {
        let path = &document(&slalom, letter).race.paths()[place];
        slalom::number::short(path.loss_at(96))
    };
    let adam = format!("Adam: loss {} in A, {} in B", loss("A", 2), loss("B", 1));
    let descent = format!("Gradient descent: loss {} in A, – in B", loss("A", 0));
    let momentum = format!(
        "Momentum: loss {} in A, {} in B",
        loss("A", 1),
        loss("B", 0)
    );
    let tops = [&adam, &momentum, &descent].map(|row| slalom.thing(row).rect().top());
    assert!(tops.is_sorted(), "the lowest loss comes first: {tops:?}");
    let selected = |slalom: &Slalom, letter: &str| {
        let document = document(slalom, letter);
        document.lineup().title_of(document.selected()?)
    };
    slalom.click(&momentum);
    for letter in ["A", "B"] {
        assert_eq!(selected(&slalom, letter).as_deref(), Some("Momentum"));
    }
    slalom.click(&descent);
    assert_eq!(selected(&slalom, "A").as_deref(), Some("Gradient descent"));
    assert_eq!(selected(&slalom, "B"), None, "it is not there");
}

#[test]
fn a_renamed_racer_is_still_selected_in_both() {
    let mut slalom = compared();
    slalom.perform(Wish::racer(MOMENTUM, |id| {
        Change::Name(id, Some("Ball".into()))
    }));
    slalom.perform(Wish::racer(MOMENTUM, |id| DocumentAction::Select(Some(id))));
    let a = document(&slalom, "A");
    assert_eq!(a.selected(), Some(a.lineup().ids()[MOMENTUM]));
}

#[test]
fn ghosts_show_where_the_other_race_differs() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.click("Ghosts of A in B");
    assert_eq!(scenes(&slalom), 1);
    assert!(slalom.says("A: Adam"));
    assert!(
        !slalom.says("A: Momentum"),
        "it takes the same path in both"
    );
    assert!(slalom.says("LEADERBOARD"));
    slalom.press(Key::O);
    assert!(slalom.has("Ghosts of B in A"));
    assert!(slalom.says("B: Adam"));
    slalom.click("Side by side");
    assert_eq!(scenes(&slalom), 2);
}

#[test]
fn a_narrow_window_has_ghosts_instead_of_two_scenes() {
    let text = slalom::preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(text));
    slalom.perform(AppAction::CompareWithCopy);
    slalom.rest();
    assert_eq!(scenes(&slalom), 1);
    assert_eq!(comparison(&slalom).layout, Layout::SideBySide);
    assert_eq!(slalom.workspace().layout(), Some(Layout::Ghosts));
    slalom.hover("Side by side");
    assert!(slalom.says("The window is too narrow for two scenes"));
    assert_named(&slalom, "ghosts in a narrow window");
    slalom.set_size(vec2(1280.0, 800.0));
    slalom.rest();
    assert_eq!(scenes(&slalom), 2);
}

#[test]
fn swapping_changes_the_sides_and_not_what_is_worked_on() {
    let mut slalom = compared();
    let before = comparison(&slalom);
    let framed = slalom.document().id();
    slalom.click("Swap A and B");
    assert_eq!(comparison(&slalom), before.swapped());
    assert_eq!(slalom.document().id(), framed);
    assert_eq!(active(&slalom), "A");
    assert!(slalom.says("Sliders and undo act on A, the framed one; click B to work on B."));
}

#[test]
fn a_comparison_is_hidden_by_other_tabs_and_games_and_comes_back() {
    let mut slalom = compared();
    slalom.perform(DocumentAction::Seek(30.0));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    let kept = comparison(&slalom);
    let b = slalom.document().id();
    slalom.perform(AppAction::OpenBeside(Opening::BuiltIn("saddle")));
    slalom.rest();
    assert_eq!(
        (slalom.workspace().comparison(), scenes(&slalom)),
        (None, 1)
    );
    slalom.perform(AppAction::Show(b));
    slalom.rest();
    assert_eq!((comparison(&slalom), scenes(&slalom)), (kept, 2));
    assert!(!slalom.is_playing(), "a tab that was left is paused");
    assert!(slalom.playhead() >= 30.0);
    slalom.perform(AppAction::StartGame(slalom::app::GameKind::WhoAmI));
    slalom.rest();
    assert_eq!(slalom.workspace().comparison(), None);
    slalom.perform(AppAction::LeaveGame);
    slalom.rest();
    assert_eq!(comparison(&slalom), kept);
}

#[test]
fn closing_either_side_ends_the_comparison() {
    for letter in ["A", "B"] {
        let mut slalom = compared();
        slalom.perform(Change::Steps(50));
        slalom.perform(DocumentAction::Seek(200.0));
        let id = document(&slalom, letter).id();
        slalom.perform(AppAction::Close(id));
        slalom.perform(AppAction::Discard);
        slalom.rest();
        assert_eq!(slalom.workspace().documents().len(), 1, "{letter}");
        assert_eq!(
            (slalom.workspace().comparison(), scenes(&slalom)),
            (None, 1)
        );
        assert!(slalom.playhead() <= slalom.document().steps());
        assert!(slalom.says("LEADERBOARD"));
    }
}

#[test]
fn undo_and_redo_keep_both_together() {
    let mut slalom = compared();
    slalom.perform(Wish::racer(ADAM, Change::Remove));
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert!(slalom.says("A and B are the same race."));
    slalom.perform(&table::edit::REDO);
    slalom.rest();
    assert!(slalom.has("Adam is in A, but not in B"));
}

#[test]
fn a_second_race_is_opened_to_compare_with() {
    let mut slalom = Slalom::three();
    let first = slalom.document().id();
    slalom.press(Key::K);
    assert_eq!(slalom.workspace().asked, Some(Asked::Comparison));
    assert!(slalom.says("Open a second race to compare with “Three racers”:"));
    assert_named(&slalom, "dialog");
    slalom.click("A built-in race");
    slalom.click("Rosenbrock: along the floor of the banana");
    slalom.run_steps(10);
    let ids: Vec<DocumentId> = slalom
        .workspace()
        .documents()
        .iter()
        .map(Document::id)
        .collect();
    let Comparison { a, b, .. } = comparison(&slalom);
    assert_eq!((a, vec![a, b]), (first, ids));
    slalom.press(Key::K);
    assert_eq!(
        slalom.workspace().comparison(),
        None,
        "the same key ends it"
    );
    slalom.press(Key::K);
    slalom.click("“Three racers”");
    assert_eq!(comparison(&slalom), Comparison::new(a, b));
}

#[test]
fn a_comparison_is_named_in_every_state() {
    let mut slalom = compared();
    set_rate(&mut slalom, ADAM, 0.3);
    slalom.perform(Wish::racer(DESCENT, Change::Remove));
    slalom.rest();
    assert_named(&slalom, "side by side");
    slalom.press(Key::G);
    assert_named(&slalom, "ghosts");
    slalom.click("Racers of B");
    assert_named(&slalom, "racers");
    slalom.perform(&table::view::PRESENTER);
    slalom.press(Key::G);
    assert_named(&slalom, "presenter");
    assert_eq!(scenes(&slalom), 2);
}
