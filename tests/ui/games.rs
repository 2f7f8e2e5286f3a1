//! The three games.

use egui::{Key, vec2};
use slalom::app::{
    AppAction, Change, Comparison, Game, GameKind, GameMove as Move, Ingredient,
    table,
};

use crate::support::{ADAM, Slalom};

fn game(slalom: &Slalom) -> &Game {
    slalom.workspace().game.as_ref().unwrap()
}

#[test]
fn nothing_is_given_away_before_the_reveal() {
    let mut slalom = Slalom::three();
    slalom.open_menu("Tour: lessons and games");
    slalom.click("Game: predict, then reveal");
    slalom.rest();
    assert!(game(&slalom).hides_race());
    assert!(!slalom.says("Leaderboard") && !slalom.says("LEADERBOARD"));
    assert!(!slalom.is_playing());
    // A sketch, drawn over the scene.
    let start = slalom.ring();
    slalom.drag(start, start + vec2(80.0, 60.0));
    let Game::Predict(predict) = game(&slalom) else {
        panic!("another game");
    };
    assert!(predict.sketch.len() > 1);
    slalom.click("Adam");
    slalom.click("Reveal");
    slalom.rest();
    assert!(slalom.is_playing());
    slalom.perform(&table::play::TO_END);
    slalom.rest();
    let Game::Predict(predict) = game(&slalom) else {
        panic!("another game");
    };
    assert_eq!(predict.vote, Some(ADAM));
    assert!(predict.verdict(slalom.document()).is_some());
    assert!(slalom.says("Right: it was Adam.") || slalom.says(", not Adam. Why?"));
    slalom.click("Leave the game");
    slalom.rest();
    assert!(slalom.workspace().game.is_none());
}

#[test]
fn a_game_ends_when_racers_come_or_go() {
    for (kind, step) in [
        (GameKind::Predict, Move::Vote(ADAM)),
        (GameKind::WhoAmI, Move::Guess(0, Some(ADAM))),
    ] {
        let mut slalom = Slalom::three();
        slalom.perform(AppAction::StartGame(kind));
        slalom.perform(AppAction::PlayGame(step));
        slalom.perform(Change::Steps(100));
        assert!(slalom.workspace().game.is_some(), "the same racers go on");
        slalom.press(Key::Delete);
        assert!(slalom.workspace().game.is_none());
    }
}

#[test]
fn a_game_on_a_race_that_is_still_being_simulated_waits_for_it() {
    let mut slalom = Slalom::three();
    slalom.perform(Change::Steps(1_000_000));
    slalom.perform(Change::Remove(slalom.id(0)));
    assert!(slalom.document().race.is_busy());
    slalom.perform(AppAction::StartGame(GameKind::Predict));
    slalom.rest();
    assert!(slalom.says("being simulated") || !slalom.document().race.is_busy());
}

#[test]
fn a_comparison_ends_the_game() {
    let mut slalom = Slalom::three();
    slalom.perform(&table::tabs::NEW);
    slalom.perform(&table::help::WHO_AM_I);
    let comparison = Comparison::new(slalom.tab(0), slalom.tab(1));
    slalom.perform(AppAction::Compare(Some(comparison)));
    assert!(slalom.workspace().game.is_none());
    slalom.perform(&table::help::WHO_AM_I);
    assert!(
        slalom.workspace().comparison().is_none(),
        "nor the other way"
    );
}

#[test]
fn names_are_hidden_until_they_are_guessed() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.rest();
    assert!(!slalom.says("Momentum"), "no name is to be seen");
    let Game::WhoAmI(guessing) = game(&slalom).clone() else {
        panic!("another game");
    };
    assert!(slalom.says(&guessing.letter(ADAM)));
    for place in 0..3 {
        slalom.perform(AppAction::PlayGame(Move::Guess(place, Some(place))));
    }
    slalom.click("Reveal");
    slalom.rest();
    assert!(slalom.says("3 of 3 right"));
    slalom.click("Play again");
    slalom.rest();
    assert!(game(&slalom).hides_names());
    slalom.press(Key::Escape);
    slalom.rest();
    assert!(slalom.says("Momentum"));
}

#[test]
fn ladder_leads_from_gradient_descent_to_nadam() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::StartGame(GameKind::Ladder));
    slalom.rest();
    let name = |slalom: &Slalom| {
        slalom.experiment().racers[0]
            .plan
            .optimizer
            .rule()
            .about()
            .name
    };
    assert_eq!(name(&slalom), "GradientDescent");
    let before = slalom.path(0);
    for (label, expected) in [
        ("scaling per axis", "Adagrad"),
        ("forgetting", "RMSProp"),
        ("momentum", "Adam"),
        ("bias correction", "Adam"),
        ("look-ahead", "Nadam"),
    ] {
        slalom.click(label);
        slalom.rest();
        assert_eq!(name(&slalom), expected, "after {label}");
        assert_eq!(slalom.document().pinned.len(), 1, "the path before stays");
    }
    assert_ne!(slalom.path(0), before);
    // An ingredient that others build on cannot be removed.
    slalom.perform(AppAction::PlayGame(Move::Ingredient(
        Ingredient::Scaling,
        false,
    )));
    slalom.rest();
    assert_eq!(name(&slalom), "Nadam");
}
