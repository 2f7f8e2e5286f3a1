//! The card about the selected racer, and the gradient flow.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{DocumentAction, table};
use slalom::preset::{self, Card};

use crate::support::Slalom;

fn valley(rate: f64) -> Slalom {
    let mut slalom = Slalom::paused(&format!(
        "(version: 1, surface: LongValley, start: (-4.5, 1.5), steps: 60, racers: [
            (optimizer: GradientDescent(learning_rate: {rate}))])"
    ));
    slalom.perform(DocumentAction::Seek(12.0));
    slalom.rest();
    slalom
}

/// Returns the accessible text that begins like this, if there is one.
fn spoken(slalom: &Slalom, beginning: &str) -> Option<String> {
    let text = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.label().or(node.value())
    };
    let mut found = slalom.query_all_by(|node| {
        let text = node.label().or(node.value());
        text.is_some_and(|text| text.starts_with(beginning))
    });
    found.next().and_then(|node| text(&node))
}

/// Returns the accessible text that begins like this.
#[track_caller]
fn text(slalom: &Slalom, beginning: &str) -> String {
    let found = spoken(slalom, beginning);
    found.unwrap_or_else(|| panic!("nothing begins with “{beginning}”"))
}

#[test]
fn segments_choose_what_the_card_shows() {
    let mut slalom = valley(0.036);
    for card in [Card::Slice, Card::Theory, Card::Step] {
        slalom.click(card.label());
        assert_eq!(slalom.document().view.card, card);
        for (shown, beginning) in [
            (Card::Step, "the step taken: "),
            (Card::Slice, "Loss along the step: "),
            (Card::Theory, "Along y, "),
        ] {
            let is_said = spoken(&slalom, beginning).is_some();
            assert_eq!(is_said, shown == card, "{shown:?} on {card:?}");
        }
    }
}

#[test]
fn the_slice_says_how_long_the_step_is() {
    for (rate, sentence) in [
        (0.036, "Too long: "),
        (0.001, "Too short: "),
        (0.041, "Too long: "),
    ] {
        let mut slalom = valley(rate);
        slalom.perform(DocumentAction::Card(Card::Slice));
        slalom.rest();
        let spoken = text(&slalom, "Loss along the step: ");
        assert!(spoken.contains(sentence), "{rate}: {spoken}");
        assert!(spoken.contains("quadratic model is lowest at"), "{spoken}");
        text(&slalom, sentence);
    }
}

#[test]
fn the_slice_follows_the_playhead_while_the_race_plays() {
    let mut slalom = valley(0.036);
    slalom.perform(DocumentAction::Card(Card::Slice));
    let spoken = text(&slalom, "Loss along the step: ");
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.run_steps(3);
    assert!(slalom.is_playing());
    assert_ne!(text(&slalom, "Loss along the step: "), spoken);
}

#[test]
fn theory_stands_beside_what_is_measured() {
    let mut slalom = valley(0.036);
    slalom.perform(DocumentAction::Card(Card::Theory));
    slalom.rest();
    for (row, predicted, measured) in [
        ("Along x, ", "0.964 predicted", "0.964 measured"),
        ("Along y, ", "0.8 predicted", "0.8 measured"),
    ] {
        let spoken = text(&slalom, row);
        assert!(
            spoken.contains(predicted) && spoken.contains(measured),
            "{spoken}"
        );
    }
    assert!(!slalom.says("Unstable along"));
}

#[test]
fn a_rate_beyond_the_limit_is_unstable_in_theory() {
    let mut slalom = valley(0.041);
    slalom.perform(DocumentAction::Card(Card::Theory));
    slalom.rest();
    assert!(slalom.says("Unstable along y"));
    let spoken = text(&slalom, "Along y, ");
    assert!(spoken.contains("1.05 predicted, 1.05 measured"), "{spoken}");
}

#[test]
fn where_there_is_no_theory_a_sentence_says_why() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Card(Card::Theory));
    slalom.perform(DocumentAction::Seek(20.0));
    slalom.rest();
    assert!(slalom.says("There is no such theory for Adam"));
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    slalom.rest();
    assert!(slalom.says("The racer is not near a minimum yet"));
}

#[test]
fn the_gradient_flow_is_drawn_when_it_is_switched_on() {
    let mut slalom = Slalom::three();
    assert!(!slalom.says("gradient flow (rate to 0)"));
    slalom.click("View");
    slalom.click(table::view::FLOW.label);
    slalom.rest();
    assert!(slalom.document().view.flow);
    assert!(slalom.says("gradient flow (rate to 0)"));
    slalom.perform(&table::view::FLOW);
    slalom.rest();
    assert!(!slalom.says("gradient flow (rate to 0)"));
}

#[test]
fn card_and_flow_are_saved_with_the_race() {
    let mut slalom = valley(0.036);
    let plain = preset::to_text(&slalom.document().preset()).unwrap();
    assert!(
        !plain.contains("card") && !plain.contains("flow"),
        "{plain}"
    );
    slalom.perform(DocumentAction::Card(Card::Theory));
    slalom.perform(&table::view::FLOW);
    let text = preset::to_text(&slalom.document().preset()).unwrap();
    let again = preset::from_text("again", &text).unwrap();
    assert_eq!(
        (again.view.card, again.view.flow),
        (Card::Theory, true),
        "{text}"
    );
}
