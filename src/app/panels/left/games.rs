//! The games, shown in place of the racers' panel.

use egui::{
    Align, Label, Layout, RadioButton, RichText, Role, ScrollArea, Ui, Vec2, WidgetInfo, vec2,
};

use crate::app::action::AppAction;
use crate::app::controls::Card;
use crate::app::controls::{parameter_row, rows};
use crate::app::desk::Desk;
use crate::app::games::{Game, GameMove, Ingredient, Ladder, Predict, WhoAmI};
use crate::app::widgets::primary;
use crate::app::widgets::racer_marker;
use crate::view::theme::{caption, strong};
use crate::view::{number, racer_looks};

/// The size of the area that holds a racer's marker.
const ROOM: Vec2 = vec2(14.0, 18.0);
/// The size of the area that holds a racer's letter.
const LETTER: Vec2 = vec2(18.0, 18.0);

/// Shows the current game.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, game: &Game) {
    ui.horizontal(|ui| {
        ui.label(caption(game.kind().label()).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Leave the game").clicked() {
                desk.send(AppAction::LeaveGame);
            }
        });
    });
    ui.label(RichText::new(game.kind().help()).color(desk.colors.dim));
    ui.add_space(4.0);
    ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| match game {
            Game::Predict(game) => predict(ui, desk, game),
            Game::WhoAmI(game) => who_am_i(ui, desk, game),
            Game::Ladder(game) => ladder(ui, desk, game),
        });
}

fn predict(ui: &mut Ui, desk: &mut Desk<'_>, game: &Predict) {
    let names = desk.document.experiment().titles();
    let looks = racer_looks(desk.document.experiment(), desk.colors);
    if desk.document.race.lineup().ids() != desk.document.lineup().ids() {
        ui.label(RichText::new("The race is being simulated …").color(desk.colors.dim));
        return;
    }
    let indices: Vec<usize> = desk.document.shown().map(|shown| shown.index).collect();
    ui.label(strong("Who will have the lowest loss at the end?"));
    for racer_index in indices {
        let Some(&look) = looks.get(racer_index) else {
            continue;
        };
        ui.horizontal(|ui| {
            racer_marker(ui, look, 10.0, ROOM);
            let chosen = game.vote == Some(racer_index);
            let name = name_of(&names, racer_index);
            let button = ui.add_enabled(!game.revealed, RadioButton::new(chosen, name));
            if button.clicked() {
                desk.send(AppAction::PlayGame(GameMove::Vote(racer_index)));
            }
        });
    }
    ui.add_space(6.0);
    let hint = if game.sketch.is_empty() {
        "Draw the winner's path in the picture, starting at the ring."
    } else {
        "Your sketch stays while the race runs over it. Draw again to start over."
    };
    if !game.revealed {
        ui.label(RichText::new(hint).color(desk.colors.dim));
    }
    ui.add_space(6.0);
    if game.revealed {
        verdict(ui, desk, game, &names);
        if ui.button("Play again").clicked() {
            desk.send(AppAction::PlayGame(GameMove::Again));
        }
    } else if ui.add(primary(desk, "Reveal")).clicked() {
        desk.send(AppAction::PlayGame(GameMove::Reveal));
    }
}

fn verdict(ui: &mut Ui, desk: &Desk<'_>, game: &Predict, names: &[String]) {
    let document = desk.document;
    let Some(winner) = game.winner(document) else {
        ui.label(RichText::new("Racing …").color(desk.colors.dim));
        return;
    };
    let name = name_of(names, winner);
    let text = match (game.vote, game.verdict(document)) {
        (_, Some(true)) => format!("Right: it was {name}."),
        (Some(vote), _) => format!("It was {name}, not {}. Why?", name_of(names, vote)),
        (None, _) => format!("{name} has the lowest loss."),
    };
    ui.label(strong(text));
}

/// Returns a racer's name, or a question mark for an index that no racer has.
fn name_of(names: &[String], racer_index: usize) -> &str {
    names.get(racer_index).map_or("?", String::as_str)
}

fn who_am_i(ui: &mut Ui, desk: &mut Desk<'_>, game: &WhoAmI) {
    let experiment = desk.document.experiment();
    let names = experiment.titles();
    let looks = racer_looks(experiment, desk.colors);
    let alike = |a: usize, b: usize| {
        let racers = &experiment.racers;
        a == b
            || racers.get(a).map(|it| &it.plan.optimizer)
                == racers.get(b).map(|it| &it.plan.optimizer)
    };
    let right = game.right(alike);
    let mut guessed = Vec::new();
    for racer_index in game.in_order() {
        let slot = game.slots.get(racer_index);
        let Some(&colors) = slot.and_then(|&slot| looks.get(slot)) else {
            continue;
        };
        let guess = game.guesses.get(racer_index).copied().flatten();
        ui.horizontal(|ui| {
            racer_marker(ui, colors, 10.0, ROOM);
            let letter = Label::new(strong(game.letter(racer_index)));
            ui.add_sized(LETTER, letter);
            let text = guess.map_or("?", |guess| name_of(&names, guess));
            let letter = game.letter(racer_index);
            ui.add_enabled_ui(!game.revealed, |ui| {
                let response = rows::menu(("guess", racer_index), 160.0)
                    .selected_text(text)
                    .show_ui(ui, |ui| {
                        if ui.selectable_label(guess.is_none(), "?").clicked() {
                            guessed.push((racer_index, None));
                        }
                        for (racer, name) in names.iter().enumerate() {
                            if ui.selectable_label(guess == Some(racer), name).clicked() {
                                guessed.push((racer_index, Some(racer)));
                            }
                        }
                    })
                    .response;
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::ComboBox, true, format!("Rule of trail {letter}"))
                });
            });
        });
        if game.revealed {
            let good = guess.is_some_and(|guess| alike(racer_index, guess));
            let mark = if good { "right" } else { "wrong" };
            let text = format!(
                "{mark}: {} is {}",
                game.letter(racer_index),
                name_of(&names, racer_index)
            );
            let color = if good {
                desk.colors.text
            } else {
                desk.colors.error
            };
            ui.label(RichText::new(text).color(color));
        }
    }
    for (racer_index, guess) in guessed {
        desk.send(AppAction::PlayGame(GameMove::Guess(racer_index, guess)));
    }
    ui.add_space(8.0);
    if game.revealed {
        ui.label(strong(format!("{right} of {} right", names.len())));
        if ui.button("Play again").clicked() {
            desk.send(AppAction::PlayGame(GameMove::Again));
        }
    } else if ui.add(primary(desk, "Reveal")).clicked() {
        desk.send(AppAction::PlayGame(GameMove::Reveal));
    }
}

fn ladder(ui: &mut Ui, desk: &mut Desk<'_>, game: &Ladder) {
    for ingredient in Ingredient::ALL {
        let mut on = game.has(ingredient);
        let hindrance = game.hindrance(ingredient);
        let box_ = egui::Checkbox::new(&mut on, ingredient.label());
        let response = ui
            .add_enabled(hindrance.is_none(), box_)
            .on_hover_text(ingredient.help())
            .on_disabled_hover_text(hindrance.unwrap_or_default());
        if response.changed() {
            desk.send(AppAction::PlayGame(GameMove::Ingredient(ingredient, on)));
        }
    }
    ui.add_space(6.0);
    let first = desk.document.lineup().racers().next();
    let Some((id, racer)) = first.map(|(id, racer)| (id, racer.clone())) else {
        return;
    };
    let rule = racer.plan.optimizer.rule();
    let title = if rule.about().name == "Adam" && !game.has(Ingredient::BiasCorrection) {
        "Adam without bias correction".to_owned()
    } else {
        rule.title().to_owned()
    };
    ui.label(strong(title));
    ui.label(RichText::new(rule.idea()).color(desk.colors.dim));
    ui.add_space(4.0);
    let path = desk.document.race.paths().first();
    if let Some(path) = path {
        let text = format!("final loss: {}", number::short(path.loss_at(usize::MAX)));
        ui.label(text);
    }
    ui.add_space(4.0);
    let looks = racer_looks(desk.document.experiment(), desk.colors);
    let card = looks.first().map(|&look| Card {
        id,
        name: rule.title(),
        racer: &racer,
        look,
    });
    for index in 0..rule.parameter_count().min(3) {
        if let Some(card) = card {
            parameter_row::show(ui, desk, card, index);
        }
    }
    ui.add_space(4.0);
    let text = "The thin trail shows the rule before your last switch.";
    ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
}
