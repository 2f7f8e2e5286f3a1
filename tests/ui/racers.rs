//! The racers' panel: sliders and numbers, adding and removing, names and colours, schedules and
//! edits.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, Opening};
use slalom::experiment::{Color, Schedule};
use slalom::optimizer::OptimizerChoice;
use slalom::surface::SurfaceChoice;

use crate::support::{ADAM, CTRL, CTRL_SHIFT, DESCENT, MOMENTUM, Slalom, THREE, assert_near};

const RATE: &str = "Adam: learning rate";
const RATE_NUMBER: &str = "Adam: learning rate, number";
const MULTIPLIER: &str = "All rates, multiplier";

/// Returns the centre of a slider, which is on the same line as its handle.
fn middle(slalom: &Slalom, name: &str) -> Pos2 {
    slalom.thing(name).rect().center()
}

fn open_more(slalom: &mut Slalom) {
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
}

/// Chooses from the menu behind the open card's three dots.
fn choose(slalom: &mut Slalom, action: &str) {
    slalom.click("More");
    slalom.click(action);
}

#[test]
fn a_dragged_slider_changes_its_racers_path_in_the_same_frame() {
    let mut slalom = Slalom::three();
    let [descent, momentum, adam] = [DESCENT, MOMENTUM, ADAM].map(|place| slalom.path(place));
    let at = middle(&slalom, RATE);
    slalom.grasp(at);
    slalom.move_to(at + vec2(12.0, 0.0));
    assert!(slalom.rate(ADAM) > 0.0 && slalom.rate(ADAM) != 0.15);
    assert_eq!(slalom.document().race.experiment(), slalom.experiment());
    assert_ne!(slalom.path(ADAM), adam);
    assert_eq!(slalom.path(DESCENT), descent);
    assert_eq!(slalom.path(MOMENTUM), momentum);
}

#[test]
fn undo_takes_a_whole_drag_back_bit_for_bit_and_redo_makes_it_again() {
    let mut slalom = Slalom::three();
    let (before, path) = (slalom.experiment().clone(), slalom.path(ADAM));
    let at = middle(&slalom, RATE);
    slalom.drag(at, at + vec2(-20.0, 0.0));
    let (after, dragged) = (slalom.experiment().clone(), slalom.path(ADAM));
    assert_ne!(after, before);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment(), &before);
    assert_eq!(slalom.path(ADAM), path);
    assert!(!slalom.document().can_undo());
    slalom.press_with(CTRL_SHIFT, Key::Z);
    assert_eq!(slalom.experiment(), &after);
    assert_eq!(slalom.path(ADAM), dragged);
    slalom.click("Undo");
    assert_eq!(slalom.experiment(), &before);
    slalom.click("Redo");
    assert_eq!(slalom.experiment(), &after);
}

#[test]
fn two_drags_are_two_steps_back() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE);
    slalom.drag(at, at + vec2(-20.0, 0.0));
    let first = slalom.experiment().clone();
    slalom.run_steps(10);
    slalom.drag(at + vec2(-20.0, 0.0), at + vec2(15.0, 0.0));
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment(), &first);
}

#[test]
fn a_slider_can_be_dragged_to_its_ends() {
    let mut slalom = Slalom::three();
    let rail = slalom.thing("Adam: decay rate β₂").rect();
    slalom.drag(rail.center(), rail.right_center());
    assert!(slalom.notice().is_empty(), "{}", slalom.notice());
    assert_near(slalom.number(ADAM, "beta_2"), 0.999_99);
    slalom.drag(rail.right_center() - vec2(7.0, 0.0), rail.left_center());
    assert_near(slalom.number(ADAM, "beta_2"), 0.5);
}

#[test]
fn a_double_click_on_a_slider_goes_back_to_the_published_value() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE);
    slalom.double_click_at(at);
    assert_near(slalom.rate(ADAM), 0.001);
    slalom.run_steps(10);
    slalom.press_with(CTRL, Key::Z);
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn numbers_can_be_typed_as_people_write_them() {
    let mut slalom = Slalom::three();
    for (typed, value) in [
        ("1e-3", 0.001),
        ("0.002", 0.002),
        (" 0,5 ", 0.5),
        ("3", 3.0),
    ] {
        slalom.type_number(RATE_NUMBER, typed);
        assert_near(slalom.rate(ADAM), value);
    }
}

#[test]
fn a_typed_number_may_lie_beyond_the_slider() {
    let mut slalom = Slalom::three();
    slalom.type_number(RATE_NUMBER, "1234.5");
    assert_near(slalom.rate(ADAM), 1234.5);
}

#[test]
fn what_is_no_number_changes_nothing() {
    let mut slalom = Slalom::three();
    for garbage in ["fast", "1e400", "nan", "", "1.2.3", "−"] {
        slalom.type_number(RATE_NUMBER, garbage);
        assert_near(slalom.rate(ADAM), 0.15);
    }
    assert!(!slalom.document().can_undo());
}

#[test]
fn escape_leaves_a_number_as_it_was() {
    let mut slalom = Slalom::three();
    slalom.click(RATE_NUMBER);
    slalom.event(Event::Text("7".into()));
    slalom.press(Key::Escape);
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn the_wheel_nudges_a_slider_as_one_step_back() {
    let mut slalom = Slalom::three();
    let at = middle(&slalom, RATE);
    slalom.wheel(at, 50.0);
    let nudged = slalom.rate(ADAM);
    assert!(nudged > 0.15 && nudged < 0.3, "{nudged}");
    slalom.run_steps(30);
    slalom.press_with(CTRL, Key::Z);
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn shift_makes_a_drag_fine() {
    let moved = |modifiers: Modifiers| {
        let mut slalom = Slalom::three();
        let at = middle(&slalom, "Adam: momentum β₁");
        slalom.grasp(at);
        slalom.event(Event::ModifiersChanged(modifiers));
        slalom.step();
        let from = slalom.number(ADAM, "beta_1");
        for step in 1..=20_u8 {
            slalom.move_to(at + vec2(f32::from(step), 0.0));
        }
        slalom.number(ADAM, "beta_1") - from
    };
    let (plain, fine) = (moved(Modifiers::NONE), moved(Modifiers::SHIFT));
    assert!(fine > 0.0 && fine < 0.2 * plain, "{fine} against {plain}");
}

#[test]
fn a_linked_parameter_changes_in_all_racers_that_have_it() {
    let mut slalom = Slalom::three();
    slalom.click("Link learning rate across racers");
    slalom.type_number(RATE_NUMBER, "0.02");
    for place in [DESCENT, MOMENTUM, ADAM] {
        assert_near(slalom.rate(place), 0.02);
    }
    slalom.click("Link learning rate across racers");
    slalom.type_number(RATE_NUMBER, "0.03");
    assert_near(slalom.rate(DESCENT), 0.02);
}

#[test]
fn links_end_with_their_document() {
    let mut slalom = Slalom::three();
    slalom.click("Link learning rate across racers");
    assert!(!slalom.document().linked.is_empty());
    slalom.perform(AppAction::Open(Opening::BuiltIn("04-nesterov")));
    slalom.rest();
    assert!(slalom.document().linked.is_empty());
}

#[test]
fn the_multiplier_scales_all_rates_and_leaves_no_trace_at_1() {
    let third = "0.3333333333333333";
    let mut slalom = Slalom::paused(&THREE.replace("0.15", third));
    let before = slalom.experiment().clone();
    slalom.type_number(MULTIPLIER, "3");
    assert_near(slalom.rate(DESCENT), 0.003);
    assert_near(slalom.rate(ADAM), 1.0);
    let at = middle(&slalom, MULTIPLIER);
    slalom.drag(at, at + vec2(40.0, 0.0));
    assert!(slalom.rate(DESCENT) > 0.003);
    slalom.type_number(MULTIPLIER, "0.07");
    slalom.type_number(MULTIPLIER, "1");
    assert_eq!(slalom.experiment(), &before);
    assert_near(slalom.document().rate_scale(), 1.0);
}

#[test]
fn a_double_click_sets_the_multiplier_to_1() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    slalom.type_number(MULTIPLIER, "3");
    let at = middle(&slalom, MULTIPLIER);
    slalom.double_click_at(at);
    slalom.rest();
    slalom.click("Racer Momentum");
    assert_eq!(slalom.experiment(), &before);
}

#[test]
fn another_surface_is_one_click_and_a_start_outside_moves_in() {
    let mut slalom = Slalom::three();
    slalom.perform(Change::Start([-4.0, 4.0]));
    slalom.click("Surface: Beale");
    slalom.click("Easom");
    assert_eq!(slalom.experiment().surface.about().title, "Easom");
    assert_eq!(slalom.experiment().start, [0.0, 4.0]);
    assert_eq!(slalom.document().race.experiment(), slalom.experiment());
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.experiment().start, [-4.0, 4.0]);
    assert_eq!(slalom.experiment().surface.about().title, "Beale");
}

#[test]
fn every_surface_and_every_rule_can_be_shown() {
    let mut slalom = Slalom::three();
    for surface in SurfaceChoice::BUILT_IN {
        slalom.perform(Change::Surface(surface.clone()));
    }
    for optimizer in OptimizerChoice::for_points() {
        slalom.perform(Change::add(optimizer.clone()));
        slalom.perform(DocumentAction::Seek(150.0));
        slalom.step();
    }
}

#[test]
fn a_racer_is_added_from_the_menu_and_opened() {
    let mut slalom = Slalom::three();
    slalom.click("Add a racer");
    slalom.type_keys("RMSProp");
    slalom.rest();
    slalom
        .get_by_role_and_label(Role::Button, "RMSProp")
        .click();
    slalom.rest();
    slalom.click("Add 1 racer");
    assert_eq!(
        slalom.names(),
        ["Gradient descent", "Momentum", "Adam", "RMSProp"]
    );
    assert_eq!(slalom.selected(), Some(3));
    assert_eq!(slalom.path(3).last_step(), 200);
}

#[test]
fn a_racer_can_be_duplicated_and_removed() {
    let mut slalom = Slalom::three();
    choose(&mut slalom, "Duplicate");
    assert_eq!(
        slalom.names(),
        ["Gradient descent", "Momentum", "Adam", "Adam 2"]
    );
    assert_eq!(slalom.selected(), Some(3));
    choose(&mut slalom, "Remove Adam 2");
    assert_eq!(slalom.names().len(), 3);
    slalom.thing("Racer Gradient descent").click_secondary();
    slalom.rest();
    slalom.click("Remove Gradient descent");
    assert_eq!(slalom.names(), ["Momentum", "Adam"]);
}

#[test]
fn the_open_racer_stays_open_when_others_come_go_and_move() {
    let mut slalom = Slalom::three();
    let open = |slalom: &Slalom| slalom.names()[slalom.selected().unwrap()].clone();
    slalom.perform(Change::Remove(slalom.id(DESCENT)));
    assert_eq!(open(&slalom), "Adam");
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(open(&slalom), "Adam");
    slalom.perform(Change::Reorder(slalom.id(0), 2));
    assert_eq!(open(&slalom), "Adam");
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(open(&slalom), "Adam");
}

#[test]
fn all_racers_can_leave_and_come_back() {
    let mut slalom = Slalom::three();
    for _ in 0..3 {
        slalom.perform(Change::Remove(slalom.id(0)));
    }
    slalom.run_steps(3);
    assert!(slalom.names().is_empty());
    assert!(slalom.says("No racers yet"));
    slalom.press(Key::Space);
    slalom.run_steps(5);
    for _ in 0..3 {
        slalom.press_with(CTRL, Key::Z);
    }
    assert_eq!(slalom.names().len(), 3);
}

#[test]
fn a_hidden_racer_is_not_shown_but_races_on() {
    let mut slalom = Slalom::three();
    slalom.click("Hide Momentum");
    let shown: Vec<usize> = slalom.document().shown().map(|it| it.index).collect();
    assert_eq!(shown, [DESCENT, ADAM]);
    let path = slalom.path(MOMENTUM);
    slalom.perform(Change::Start([0.0, 1.0]));
    assert_ne!(slalom.path(MOMENTUM), path);
    slalom.click("Show Momentum");
    assert_eq!(slalom.document().shown().count(), 3);
}

#[test]
fn one_racer_can_be_shown_alone() {
    let mut slalom = Slalom::three();
    choose(&mut slalom, "Show only this racer");
    let shown: Vec<usize> = slalom.document().shown().map(|it| it.index).collect();
    assert_eq!(shown, [ADAM]);
    choose(&mut slalom, "Show all racers");
    assert_eq!(slalom.document().shown().count(), 3);
}

#[test]
fn a_click_on_a_card_opens_it_and_another_closes_it() {
    let mut slalom = Slalom::three();
    slalom.click("Racer Momentum");
    assert_eq!(slalom.selected(), Some(MOMENTUM));
    assert!(slalom.has("Momentum: learning rate"));
    assert!(!slalom.has(RATE));
    let card = slalom.thing("Racer Momentum").rect();
    slalom.click_at(card.left_top() + vec2(60.0, 17.0));
    slalom.rest();
    assert_eq!(slalom.selected(), None);
}

#[test]
fn a_card_that_is_dragged_takes_another_place_as_one_step() {
    let mut slalom = Slalom::three();
    let first = slalom.thing("Racer Gradient descent").rect();
    let below = slalom.thing("Add a racer").rect().center_top() - vec2(0.0, 20.0);
    slalom.drag(first.left_top() + vec2(60.0, 17.0), below);
    assert_eq!(slalom.names(), ["Momentum", "Adam", "Gradient descent"]);
    assert_eq!(slalom.selected(), Some(1), "Adam stays open");
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.names(), ["Gradient descent", "Momentum", "Adam"]);
    assert!(!slalom.document().can_undo());
}

#[test]
fn a_card_can_be_dragged_up() {
    let mut slalom = Slalom::three();
    let [first, middle] = ["Racer Gradient descent", "Racer Momentum"]
        .map(|name| slalom.thing(name).rect().left_top() + vec2(60.0, 17.0));
    slalom.drag(middle, first - vec2(0.0, 10.0));
    assert_eq!(slalom.names(), ["Momentum", "Gradient descent", "Adam"]);
}

#[test]
fn the_menu_moves_a_racer_up_and_down() {
    let mut slalom = Slalom::three();
    choose(&mut slalom, "Move up");
    assert_eq!(slalom.names(), ["Gradient descent", "Adam", "Momentum"]);
    assert_eq!(slalom.selected(), Some(1));
    choose(&mut slalom, "Move down");
    assert_eq!(slalom.names(), ["Gradient descent", "Momentum", "Adam"]);
}

#[test]
fn a_racer_can_be_renamed_as_one_step() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    slalom.get_by_role(Role::TextInput).click();
    slalom.rest();
    slalom.type_keys("mine");
    assert_eq!(slalom.names()[ADAM], "mine");
    slalom.press(Key::Enter);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(slalom.names()[ADAM], "Adam");
}

#[test]
fn a_racer_keeps_a_colour_of_the_users_until_it_is_given_back() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    slalom.click("Colour of Adam");
    slalom.type_number("R", "12");
    let color = slalom.experiment().racers[ADAM].appearance.color;
    assert_eq!(color.map(|Color([red, ..])| red), Some(12));
    slalom.press(Key::Escape);
    slalom.thing("Colour of Adam").click_secondary();
    slalom.rest();
    assert_eq!(slalom.experiment().racers[ADAM].appearance.color, None);
}

#[test]
fn another_rule_keeps_the_learning_rate() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    slalom.click("Optimizer");
    slalom.get_by_role_and_label(Role::Button, "Nadam").click();
    slalom.rest();
    assert_eq!(
        slalom.experiment().racers[ADAM]
            .plan
            .optimizer
            .rule()
            .about()
            .name,
        "Nadam"
    );
    assert_near(slalom.rate(ADAM), 0.15);
}

#[test]
fn a_wrapper_shows_its_rule_which_can_be_exchanged() {
    let mut slalom = Slalom::three();
    let is_wrapper = |it: &&OptimizerChoice| it.inner().is_some();
    let mut lookahead = OptimizerChoice::all()
        .iter()
        .find(is_wrapper)
        .unwrap()
        .clone();
    let held = slalom.experiment().racers[ADAM].plan.optimizer.clone();
    *lookahead.inner_mut().unwrap() = held;
    slalom.perform(Change::Optimizer(slalom.id(ADAM), lookahead));
    slalom.step();
    let inner = |slalom: &Slalom| {
        let held = slalom.experiment().racers[ADAM].plan.optimizer.inner();
        held.map(|inner| inner.rule().about().name)
    };
    assert_eq!(inner(&slalom), Some("Adam"));
    slalom.get_by_label_contains("The path shown is that of the fast weights");
    slalom.click("Wrapped rule");
    slalom
        .get_by_role_and_label(Role::Button, "Momentum")
        .click();
    slalom.rest();
    assert_eq!(inner(&slalom), Some("Momentum"));
    assert_near(slalom.number(ADAM, "inner.learning_rate"), 0.15);
}

#[test]
fn a_closed_card_shows_the_parameter_that_schedules_drive() {
    let mut slalom = Slalom::three();
    for (name, shown) in [("Lookahead", "rate 0.001"), ("PolyakSgd", "scaling 1")] {
        let named = |it: &&OptimizerChoice| it.rule().about().name == name;
        let rule = OptimizerChoice::all().iter().find(named).unwrap().clone();
        slalom.perform(Change::Optimizer(slalom.id(DESCENT), rule));
        slalom.step();
        assert!(slalom.has(shown), "{shown}");
    }
}

#[test]
fn a_card_says_what_its_rule_asks_for() {
    let mut slalom = Slalom::three();
    let newton = OptimizerChoice::Newton(slalom::optimizer::Newton::default());
    slalom.perform(Change::Optimizer(slalom.id(ADAM), newton));
    slalom.step();
    assert!(slalom.has("Uses more than a gradient: the whole Hessian."));
    // Its η is a fraction of the way to the minimum, not a learning rate to pass on.
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.click("Optimizer");
    slalom.get_by_role_and_label(Role::Button, "Adam").click();
    slalom.rest();
    assert_near(slalom.rate(ADAM), 0.001);
}

#[test]
fn as_keras_sets_its_constants_and_leaves_the_rate() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("Form and constants").click();
    slalom.rest();
    slalom.click("as Keras");
    assert_near(slalom.number(ADAM, "epsilon") * 1e7, 1.0);
    assert_near(slalom.rate(ADAM), 0.15);
    assert!(slalom.has("Form and constants: as Keras"));
}

#[test]
fn a_schedule_is_chosen_and_its_numbers_typed() {
    let mut slalom = Slalom::three();
    let path = slalom.path(ADAM);
    open_more(&mut slalom);
    slalom.click("Schedule");
    slalom.click("exponential");
    assert_eq!(
        slalom.experiment().racers[ADAM].plan.schedule.name(),
        "Exponential"
    );
    assert_ne!(slalom.path(ADAM), path);
    slalom.type_number("Schedule: factor", "0.5");
    let Schedule::Exponential { factor } = slalom.experiment().racers[ADAM].plan.schedule.clone()
    else {
        panic!("{:?}", slalom.experiment().racers[ADAM].plan.schedule)
    };
    assert_near(factor, 0.5);
}

/// Returns the label of the learning-rate curve, if there is one.
fn rate_curve(slalom: &Slalom) -> Option<String> {
    let curve = slalom.query_by_label_contains("Learning rate over the race")?;
    curve.accesskit_node().label()
}

#[test]
fn a_schedule_shows_the_learning_rate_over_the_race() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    assert_eq!(
        rate_curve(&slalom),
        None,
        "a rate that stays needs no curve"
    );
    slalom.click("Schedule");
    slalom.click("one cycle");
    let said = "Learning rate over the race: 0.004 in the first step, 0.1 at most, 4e-7 in the last \
                step";
    assert_eq!(rate_curve(&slalom).as_deref(), Some(said));
    slalom.type_number("Schedule: total steps", "100");
    let Schedule::OneCycle { total_steps, .. } =
        slalom.experiment().racers[ADAM].plan.schedule.clone()
    else {
        panic!("{:?}", slalom.experiment().racers[ADAM].plan.schedule)
    };
    assert_eq!(total_steps, Some(100));
    slalom.click("Schedule");
    slalom.click("cosine, warm restarts");
    slalom.type_number("Schedule: factor", "2");
    let Schedule::CosineWarmRestarts { period, factor, .. } =
        slalom.experiment().racers[ADAM].plan.schedule.clone()
    else {
        panic!("{:?}", slalom.experiment().racers[ADAM].plan.schedule)
    };
    assert_eq!((period, factor), (Some(50), 2));
    // Rprop uses it only for its first step size.
    let rprop = OptimizerChoice::Rprop(slalom::optimizer::Rprop::default());
    slalom.perform(Change::Optimizer(slalom.id(ADAM), rprop));
    slalom.step();
    assert_eq!(rate_curve(&slalom), None);
}

#[test]
fn a_change_from_here_on_is_an_edit_that_can_be_removed() {
    let mut slalom = Slalom::three();
    let before = slalom.path(ADAM);
    open_more(&mut slalom);
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.click("apply sliders from step 40");
    slalom.type_number(RATE_NUMBER, "0.5");
    let edits = &slalom.experiment().racers[ADAM].plan.edits;
    assert_eq!(edits.len(), 1);
    assert_eq!((edits[0].step, &*edits[0].parameter), (40, "learning_rate"));
    assert_near(slalom.rate(ADAM), 0.15);
    let edited = slalom.path(ADAM);
    assert_eq!(edited.x[..=40], before.x[..=40]);
    assert!((edited.x[41] - before.x[41]).abs() > 1e-12);
    slalom.click("Remove the edit from step 40: learning rate = 0.5");
    assert_eq!(slalom.path(ADAM), before);
}

#[test]
fn without_from_here_on_a_slider_changes_the_whole_race_in_spite_of_edits() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.click("apply sliders from step 40");
    slalom.type_number(RATE_NUMBER, "0.5");
    slalom.click("apply sliders from step 40");
    assert_eq!(slalom.thing(RATE_NUMBER).value().as_deref(), Some("0.15"));
    slalom.type_number(RATE_NUMBER, "0.2");
    assert_near(slalom.rate(ADAM), 0.2);
}

#[test]
fn a_racer_that_flies_off_is_said_to_have_diverged() {
    let mut slalom = Slalom::three();
    slalom.click("Racer Gradient descent");
    slalom.type_number("Gradient descent: learning rate, number", "1000");
    slalom.press(Key::End);
    slalom.run_steps(3);
    assert!(slalom.path(DESCENT).last_step() < 200);
    let row = slalom.get_by_label_contains("Gradient descent: loss");
    assert!(row.accesskit_node().label().unwrap().contains("diverged"));
    slalom.press(Key::F);
    slalom.run_steps(3);
}

#[test]
fn a_step_of_zero_by_zero_is_said_to_be_undefined_and_why() {
    let mut slalom = Slalom::three();
    let text = "(version: 1, surface: LongValley, start: (-4.0, 0.0), steps: 50, racers: [\
                (optimizer: Adagrad(epsilon: 0)), (optimizer: GradientDescent())])";
    slalom.perform(AppAction::Open(Opening::Text(text.into())));
    slalom.press(Key::End);
    slalom.run_steps(3);
    let row = slalom.get_by_label_contains("Adagrad: loss");
    let label = row.accesskit_node().label().unwrap();
    let said = "undefined at 0: Adagrad divides by √(G + ε), and both are 0 in y";
    assert!(label.ends_with(said), "{label}");
    assert!(!slalom.says("diverged"));
}

#[test]
fn switches_can_be_switched() {
    let mut slalom = Slalom::three();
    open_more(&mut slalom);
    slalom.click("Adam: bias correction");
    let node = slalom.thing("Adam: bias correction");
    assert_eq!(node.accesskit_node().toggled(), Some(Toggled::False));
}

#[test]
fn where_there_are_no_data_no_batches_are_drawn() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn("noisy-moons")));
    let batches = |slalom: &Slalom| {
        let racers = &slalom.experiment().racers;
        racers
            .iter()
            .filter(|racer| !racer.plan.batch.is_full())
            .count()
    };
    assert_eq!(batches(&slalom), 8);
    slalom.perform(Change::Surface(SurfaceChoice::Beale));
    assert_eq!(slalom.experiment().surface, SurfaceChoice::Beale);
    assert_eq!(batches(&slalom), 0);
    slalom.press_with(CTRL, Key::Z);
    assert_eq!(batches(&slalom), 8);
    assert_eq!(slalom.document().race.experiment(), slalom.experiment());
}
