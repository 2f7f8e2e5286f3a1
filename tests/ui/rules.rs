//! Rules of one's own: typed in the window, beside the rules that they were copied from.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, Kept, RuleChange, table};
use slalom::expression::Parameters;
use slalom::optimizer::{NO_COPY, OptimizerChoice, OwnRule};
use slalom::simulation::takes_the_same_steps;
use slalom::surface::typed::Typed;
use tempfile::TempDir;

use crate::accessibility::assert_named;
use crate::support::{ADAM, CTRL, MOMENTUM, Slalom, THREE};

/// Opens the editor on a copy of Adam.
fn open() -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(&table::racer::RULE);
    slalom.rest();
    slalom
}

/// Returns the rule that is edited.
#[track_caller]
fn rule(slalom: &Slalom) -> &OwnRule {
    slalom.document().edited_rule().expect("a rule is edited").1
}

fn is_open(slalom: &Slalom) -> bool {
    slalom.has("Close the rule")
}

/// Replaces the lines.
fn type_lines(slalom: &mut Slalom, text: &str) {
    slalom.get_by_role(Role::MultilineTextInput).focus();
    slalom.rest();
    slalom.press_with(CTRL, Key::A);
    slalom.event(Event::Text(text.into()));
    slalom.rest();
}

/// Types at the end of the lines, one letter after another.
fn append(slalom: &mut Slalom, text: &str) {
    slalom.get_by_role(Role::MultilineTextInput).focus();
    slalom.rest();
    slalom.press_with(CTRL, Key::End);
    for letter in text.chars() {
        slalom.event(Event::Text(letter.into()));
        slalom.step();
    }
    slalom.rest();
}

fn own(title: &str, lines: &str) -> OwnRule {
    let rule = OwnRule::new(title, Parameters::default(), lines);
    assert_eq!(rule.fault(), None);
    rule
}

#[test]
fn a_new_rule_begins_with_a_template_in_menu_palette_and_by_key() {
    let ways: [fn(&mut Slalom); 3] = [
        |slalom| {
            slalom.click("Add a racer");
            slalom.click("New rule");
        },
        |slalom| {
            slalom.press_with(CTRL, Key::P);
            slalom.event(Event::Text("New rule".to_owned()));
            slalom.rest();
            slalom.press(Key::Enter);
        },
        |slalom| slalom.press_with(Modifiers::ALT, Key::Q),
    ];
    for way in ways {
        let mut slalom = Slalom::three();
        way(&mut slalom);
        assert!(is_open(&slalom));
        assert_eq!(*rule(&slalom), OwnRule::template());
        assert_eq!(slalom.names()[3], "My rule");
        assert_eq!(slalom.selected(), Some(3));
        assert!(slalom.says("v is remembered from step to step, from 0 on"));
        assert_named(&slalom, "the editor of a rule");
        slalom.click("Close the rule");
        assert!(!is_open(&slalom) && slalom.has("Racer My rule"));
    }
}

#[test]
fn a_copy_is_edited_from_menu_palette_and_by_key_and_an_own_rule_from_its_card() {
    let ways: [fn(&mut Slalom); 3] = [
        |slalom| {
            slalom.click("More");
            slalom.click("Edit a copy");
        },
        |slalom| {
            slalom.press_with(CTRL, Key::P);
            slalom.event(Event::Text("Edit a copy of Adam".to_owned()));
            slalom.rest();
            slalom.press(Key::Enter);
        },
        |slalom| slalom.press_with(Modifiers::ALT, Key::X),
    ];
    for way in ways {
        let mut slalom = Slalom::three();
        way(&mut slalom);
        assert!(is_open(&slalom));
        assert_eq!(rule(&slalom).title(), "Adam, edited");
        assert!(slalom.says("from Adam as published"));
        assert_eq!(slalom.experiment().racers.len(), 3, "in the racer's place");
        slalom.click("Close the rule");
        slalom.click("Edit the lines of Adam, edited");
        assert!(is_open(&slalom));
        assert_eq!(slalom.experiment().racers.len(), 3);
    }
}

#[test]
fn typing_changes_the_path_at_once_and_is_one_undo_step() {
    let mut slalom = open();
    let before = slalom.path(ADAM);
    let lines = rule(&slalom).text().to_owned();
    append(&mut slalom, " - 0.01*g");
    assert_eq!(rule(&slalom).text(), format!("{lines} - 0.01*g"));
    assert_ne!(slalom.path(ADAM).at(50), before.at(50), "the path follows");
    assert_eq!(slalom.document().position(), 2, "copying and typing");
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert_eq!(rule(&slalom).text(), lines);
    assert_eq!(slalom.path(ADAM).at(50), before.at(50));
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert!(!is_open(&slalom));
    assert_eq!(slalom.names()[ADAM], "Adam");
}

#[test]
fn a_mistake_is_told_and_the_last_good_rule_goes_on_running() {
    let mut slalom = open();
    let before = rule(&slalom).clone();
    let path = slalom.path(ADAM);
    type_lines(&mut slalom, "theta <- theta - learning_rat*g");
    assert_eq!(*rule(&slalom), before);
    assert_eq!(slalom.path(ADAM).at(50), path.at(50));
    assert!(slalom.says("Line 1, column 18: there is no quantity learning_rat."));
    assert!(slalom.says("The last good rule goes on running until this is mended."));
    assert!(!slalom.says("no error"));
    let field = slalom.get_by_role(Role::MultilineTextInput);
    let shown = field.accesskit_node().value();
    assert_eq!(shown.as_deref(), Some("theta <- theta - learning_rat*g"));
    assert_named(&slalom, "a rule with a mistake");
    slalom.click("learning_rate");
    assert_eq!(rule(&slalom).text(), "theta <- theta - learning_rate*g");
    assert!(slalom.says("no error") && !slalom.says("goes on running"));
    assert!(slalom.says("nothing is remembered from step to step"));
}

#[test]
fn an_unknown_name_becomes_a_slider_and_an_unused_one_can_be_removed() {
    let mut slalom = open();
    type_lines(&mut slalom, "theta <- theta - learning_rate*g - zeta*theta");
    assert!(slalom.says("zeta is new:"));
    slalom.click("Make a slider for zeta");
    let zeta = rule(&slalom).parameters().get("zeta").copied();
    assert_eq!(zeta.map(|it| it.value), Some(1.0));
    slalom.click("Remove decay rate β₂");
    assert_eq!(rule(&slalom).parameters().get("beta_2"), None);
    let unused = slalom.query_all_by_label_contains("Remove ").count();
    assert_eq!(unused, 2, "β₁ and ε");
    slalom.type_number("Upper end of ζ, number", "3");
    let range = rule(&slalom).parameters().get("zeta").unwrap().range;
    assert_eq!(range, Some([0.0, 3.0]));
}

#[test]
fn a_drag_of_a_slider_is_one_undo_step() {
    let mut slalom = open();
    let before = slalom.document().position();
    let rail = slalom.thing("Parameter momentum β₁").rect();
    slalom.drag(
        rail.right_center() - vec2(30.0, 0.0),
        rail.left_center() + vec2(20.0, 0.0),
    );
    slalom.run_steps(20);
    let value = |slalom: &Slalom| rule(slalom).parameters().get("beta_1").unwrap().value;
    assert!(value(&slalom) < 0.3, "{}", value(&slalom));
    assert_eq!(slalom.document().position(), before + 1);
    slalom.perform(&table::edit::UNDO);
    assert_eq!(value(&slalom), 0.9);
}

#[test]
fn the_original_runs_along_as_a_ghost_and_comes_back() {
    let mut slalom = open();
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.rest();
    let same = "This rule takes the same steps as Adam itself: largest difference over 200 steps";
    assert!(slalom.says(same));
    let ghost = slalom.query_all_by_label_contains("Adam itself (ghost): loss");
    assert_eq!(ghost.count(), 1, "a row of the leaderboard");
    assert!(!slalom.says("Adam itself,"), "no label where both are one");
    let lines = rule(&slalom).text().replace("sqrt(v_hat)", "v_hat^(1/3)");
    type_lines(&mut slalom, &lines);
    assert!(slalom.says("The path leaves that of Adam itself at step 1"));
    assert!(slalom.says("Adam itself"), "at the head of the ghost");
    slalom.click("Back to Adam");
    assert!(!is_open(&slalom) && slalom.names()[ADAM] == "Adam");
    assert!(!slalom.says("Adam itself"));
    slalom.perform(&table::edit::UNDO);
    slalom.rest();
    assert_eq!(slalom.names()[ADAM], "Adam, edited");
}

#[test]
fn each_line_has_its_value_in_this_step() {
    let mut slalom = open();
    type_lines(&mut slalom, "theta <- theta - 0.001*g");
    slalom.perform(DocumentAction::Seek(0.0));
    slalom.rest();
    let [x, y] = slalom.path(ADAM).at(1).map(slalom::view::number::short);
    let value = format!("({x}, {y})");
    let lines = slalom.query_all_by_label_contains(&value).count();
    assert!(lines >= 1, "{value} beside θ");
    assert!(slalom.says("STEP 0 → 1") && slalom.says("this step’s values"));
}

#[test]
fn the_title_names_the_racer() {
    let mut slalom = open();
    slalom.get_by_label("Title of the rule").focus();
    slalom.rest();
    slalom.press_with(CTRL, Key::A);
    slalom.event(Event::Text("Adam with a cube root".to_owned()));
    slalom.rest();
    assert_eq!(slalom.names()[ADAM], "Adam with a cube root");
    slalom.perform(&table::edit::UNDO);
    assert_eq!(slalom.names()[ADAM], "Adam, edited");
}

#[test]
fn the_editor_follows_the_selection_to_other_rules_of_ones_own() {
    let mut slalom = open();
    slalom.perform(&table::edit::NEW_RULE);
    slalom.perform(DocumentAction::Select(Some(slalom.id(ADAM))));
    slalom.rest();
    assert_eq!(rule(&slalom).title(), "Adam, edited");
    slalom.perform(DocumentAction::Select(Some(slalom.id(MOMENTUM))));
    slalom.rest();
    assert_eq!(
        rule(&slalom).title(),
        "Adam, edited",
        "Momentum is built in"
    );
    slalom.click("Racers panel");
    assert!(!is_open(&slalom) && slalom.has("Racer Momentum"));
}

#[test]
fn only_one_editor_is_open() {
    let mut slalom = open();
    slalom.perform(&table::edit::FORMULA);
    slalom.rest();
    assert!(!is_open(&slalom) && slalom.has("Close the formula"));
    slalom.perform(&table::racer::RULE);
    slalom.rest();
    assert!(is_open(&slalom) && !slalom.has("Close the formula"));
}

/// Every rule that is built in, in the form in which it is added.
#[test]
fn every_rule_is_copied_with_its_steps_or_says_why_not() {
    let mut slalom = Slalom::three();
    // Later, what rounding has become may be all that two paths do not share.
    slalom.perform(Change::Steps(15));
    let mut refused = Vec::new();
    for optimizer in OptimizerChoice::for_points() {
        let title = optimizer.rule().title().to_owned();
        slalom.perform(Change::Optimizer(slalom.id(ADAM), optimizer.clone()));
        slalom.rest();
        let before = slalom.path(ADAM);
        if slalom.document().why_not_edited(slalom.id(ADAM)) == Some(NO_COPY) {
            refused.push(title);
            slalom.click("More");
            let item = slalom.get_by_label("Edit a copy");
            assert!(item.accesskit_node().is_disabled());
            item.hover();
            slalom.run_steps(25);
            assert!(slalom.says(NO_COPY));
            slalom.press(Key::Escape);
            continue;
        }
        slalom.perform(DocumentAction::EditRule(slalom.id(ADAM)));
        slalom.rest();
        assert!(is_open(&slalom), "{title}");
        let after = slalom.path(ADAM);
        assert!(takes_the_same_steps(&before, &after), "{title}");
        let same = slalom.says("This rule takes the same steps as");
        assert!(same, "{title} says so");
        slalom.perform(DocumentAction::CloseRule);
    }
    let by_hand = [
        "Newton",
        "Sophia-H",
        "Line search",
        "Conjugate gradient",
        "BFGS",
        "L-BFGS",
        "Nelder–Mead",
        "Shampoo",
    ];
    assert_eq!(refused, by_hand, "the others can be typed");
}

#[test]
fn rules_and_surfaces_that_are_kept_are_there_after_a_restart() {
    let folder = TempDir::new().unwrap();
    let preset = slalom::preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::kept_in(folder.path(), Some(preset.clone()));
    slalom.perform(&table::racer::RULE);
    slalom.rest();
    slalom.click("Keep in my library");
    assert_eq!(slalom.notice(), "“Adam, edited” is in your library now");
    let bowl = Kept::of_surface("Bowl", Typed::new("x^2 + y^2"));
    slalom.perform(AppAction::KeepAnyway(Box::new(bowl)));
    slalom.run_steps(60);
    eframe::App::on_exit(slalom.state_mut(), None);
    drop(slalom);

    let mut slalom = Slalom::kept_in(folder.path(), Some(preset));
    slalom.rest();
    slalom.click("Add a racer");
    slalom.click("Adam, edited");
    slalom.click("Add 1 racer");
    assert_eq!(slalom.names().last().unwrap(), "Adam, edited");
    slalom.click("Surface: Beale");
    slalom.click("Bowl");
    assert_eq!(slalom.document().typed().unwrap().loss, "x^2 + y^2");
    let written = slalom::preset::to_text(&slalom.document().preset()).unwrap();
    assert!(written.contains("x^2 + y^2") && written.contains("Adam, edited"));
    slalom.press_with(CTRL, Key::P);
    slalom.event(Event::Text("Adam, edited".to_owned()));
    slalom.rest();
    assert!(slalom.says("my library"));
}

#[test]
fn a_kept_rule_can_take_the_place_of_a_racers_rule() {
    let mut slalom = Slalom::three();
    let kept = own("Slow", "theta <- theta - 0.01*g");
    slalom.perform(AppAction::KeepAnyway(Box::new(Kept::of_rule(kept.clone()))));
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.click("Optimizer");
    slalom.get_by_role_and_label(Role::Button, "Slow").click();
    slalom.rest();
    let chosen = &slalom.experiment().racers[ADAM].plan.optimizer;
    assert_eq!(*chosen, OptimizerChoice::Rule(kept));
}

#[test]
fn a_name_that_is_taken_is_asked_about_before_anything_is_replaced() {
    let mut slalom = open();
    let first = own("Adam, edited", "theta <- theta - 0.1*g");
    slalom.perform(AppAction::KeepAnyway(Box::new(Kept::of_rule(
        first.clone(),
    ))));
    slalom.rest();
    slalom.click("Keep in my library");
    assert!(slalom.says("There is another rule of this name."));
    let kept = |slalom: &Slalom| {
        let library = &slalom.workspace().settings.library;
        library.rules().cloned().collect::<Vec<_>>()
    };
    assert_eq!(kept(&slalom)[..], [first]);
    assert_named(&slalom, "the question about a name");
    slalom.event(Event::Text(" 2".to_owned()));
    slalom.rest();
    slalom.click("Keep");
    assert_eq!(kept(&slalom).len(), 2);
    slalom.click("Keep in my library");
    slalom.click("Replace");
    assert_eq!(kept(&slalom)[0], *rule(&slalom));
}

#[test]
fn what_is_kept_can_be_renamed_removed_and_put_back() {
    let mut slalom = Slalom::three();
    for title in ["One", "Two"] {
        let rule = own(title, "theta <- theta - 0.1*g");
        slalom.perform(AppAction::KeepAnyway(Box::new(Kept::of_rule(rule))));
    }
    slalom.perform(&table::edit::LIBRARY);
    slalom.rest();
    assert_named(&slalom, "the library");
    let names = |slalom: &Slalom| {
        let entries = slalom.workspace().settings.library.entries();
        entries
            .iter()
            .map(|it| it.name().to_owned())
            .collect::<Vec<_>>()
    };
    slalom.get_by_label("Name of One").focus();
    slalom.rest();
    slalom.press_with(CTRL, Key::A);
    slalom.event(Event::Text("Three".to_owned()));
    slalom.rest();
    slalom.press(Key::Enter);
    assert_eq!(names(&slalom), ["Three", "Two"]);
    slalom.click("Remove Two");
    assert_eq!(names(&slalom), ["Three"]);
    slalom.click("Put it back");
    assert_eq!(names(&slalom), ["Three", "Two"]);
    slalom
        .get_all_by_label("Add a racer")
        .last()
        .unwrap()
        .click();
    slalom.rest();
    assert_eq!(slalom.names().last().unwrap(), "Two");
}

#[test]
fn on_a_phone_the_rule_stands_in_a_drawer() {
    let preset = slalom::preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::sized([390.0, 844.0], Some(preset));
    slalom.rest();
    slalom.perform(&table::racer::RULE);
    slalom.rest();
    assert!(is_open(&slalom));
    assert_named(&slalom, "a rule on a phone");
    slalom.click("Close the rule");
    assert!(slalom.has("Racer Adam, edited"));
}

#[test]
fn a_change_of_a_rule_that_is_built_in_changes_nothing() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    let change = RuleChange::Lines("theta <- theta - g".to_owned());
    slalom.perform(Change::Rule(slalom.id(ADAM), change));
    slalom.rest();
    assert_eq!(*slalom.experiment(), before);
}
