//! Everything that can be pressed or focused has an accessible name.

use egui::accesskit::Action;
use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{Change, table};

use crate::data_dialog::PENGUINS;
use crate::support::{CTRL, CTRL_SHIFT, Slalom, THREE};

/// Returns everything that can be pressed or focused but has no name.
fn nameless(slalom: &Slalom) -> Vec<String> {
    // Scroll bars belong to egui, which does not name them.
    let acts = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        [Action::Click, Action::Focus]
            .iter()
            .any(|action| node.data().supports_action(*action))
    };
    let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        let label = node.label().or_else(|| {
            // Text is its own name.
            (node.role() == Role::Label).then(|| node.value()).flatten()
        });
        label.is_some_and(|label| !label.trim().is_empty())
    };
    slalom
        .root()
        .children_recursive()
        .map(|node| node.accesskit_node())
        .filter(|node| {
            node.role() != Role::ScrollBar && !node.is_hidden() && acts(node) && !named(node)
        })
        .map(|node| format!("{:?} at {:?}", node.role(), node.raw_bounds()))
        .collect()
}

#[track_caller]
pub fn assert_named(slalom: &Slalom, state: &str) {
    let nameless = nameless(slalom);
    assert!(nameless.is_empty(), "{state}:\n{}", nameless.join("\n"));
    slalom.check_accessibility();
}

#[test]
fn the_window_is_named_through_and_through() {
    let slalom = Slalom::first();
    assert_named(&slalom, "first start");
}

#[test]
fn an_open_card_is_named_for_every_rule() {
    let mut slalom = Slalom::three();
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    for (place, optimizer) in slalom::optimizer::OptimizerChoice::for_points().enumerate() {
        slalom.perform(Change::Optimizer(slalom.id(2), optimizer.clone()));
        let schedules = slalom::experiment::Schedule::all();
        let schedule = schedules[place % schedules.len()].clone();
        slalom.perform(Change::Schedule(slalom.id(2), schedule));
        slalom.step();
        assert!(slalom.has("less"), "the card is open");
        assert_named(&slalom, optimizer.rule().about().name);
    }
}

#[test]
fn menus_are_named() {
    for menu in [
        "Menu",
        "History",
        "Surface: Beale",
        "View",
        "Speed: 25 steps/s",
        "Add a racer",
        "More",
    ] {
        let mut slalom = Slalom::three();
        slalom.click(menu);
        assert_named(&slalom, menu);
    }
}

#[test]
fn dialogs_are_named() {
    for (modifiers, key) in [
        (CTRL, Key::O),
        (CTRL_SHIFT, Key::S),
        (egui::Modifiers::NONE, Key::F1),
    ] {
        let mut slalom = Slalom::three();
        slalom.press_with(modifiers, key);
        assert_named(&slalom, "dialog");
    }
    let mut slalom = Slalom::three();
    slalom.perform(&table::file::EXPORT);
    slalom.rest();
    assert_named(&slalom, "export");
}

#[test]
fn the_data_dialog_is_named() {
    for preset in [THREE, PENGUINS] {
        let mut slalom = Slalom::paused(preset);
        assert_named(&slalom, "card of the network");
        slalom.perform(&table::file::FIT_DATA);
        slalom.rest();
        assert_named(&slalom, "data");
        if slalom.has("more…") {
            slalom.click("more…");
            slalom.rest();
            assert_named(&slalom, "more about the network");
        }
    }
}

#[test]
fn the_question_about_unsaved_changes_is_named() {
    let mut slalom = Slalom::three();
    slalom.perform(Change::Steps(50));
    slalom.press_with(CTRL, Key::N);
    assert_named(&slalom, "unsaved changes");
}

#[test]
fn presenter_mode_and_a_narrow_window_are_named() {
    let mut slalom = Slalom::sized([600.0, 400.0], None);
    assert_named(&slalom, "narrow");
    slalom.press(Key::P);
    assert_named(&slalom, "presenter");
}

#[test]
fn sliders_tell_their_value_and_can_be_set_by_a_screen_reader() {
    let mut slalom = Slalom::three();
    let slider = slalom.thing("Adam: learning rate");
    let value = slider.accesskit_node().numeric_value();
    assert!(value.is_some_and(|value| (value - 0.15).abs() < 1e-12));
    slider.set_value_accesskit(0.02);
    slalom.step();
    assert!((slalom.rate(2) - 0.02).abs() < 1e-12);
}
