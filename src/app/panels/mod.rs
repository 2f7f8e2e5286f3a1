//! The parts of the window. A panel reads the state and sends commands; it never changes anything
//! itself.

mod batch_rows;
mod charts;
pub mod data;
mod equations;
mod games;
mod inspector;
mod leaderboard;
mod lesson;
pub mod notice;
pub mod numbers;
mod parameter_row;
mod racer_card;
mod racer_details;
pub mod racers;
mod rule_menu;
pub mod scene;
mod schedule_rows;
mod shape_menu;
mod symmetry;
pub mod timeline;
pub mod top_bar;

use egui::{Ui, UiBuilder};
use egui_commonmark::CommonMarkCache;

use super::change::Change;
use super::clock::Clock;
use super::command::Command;
use super::ghosts::OtherSelves;
use super::insight::InsightCache;
use super::map_cache::MapCache;
use super::state::State;
use crate::optimizer::Family;
use crate::view::Colors;

/// The context of a panel: state to read, and a queue for commands.
pub struct Desk<'a> {
    /// The state.
    pub state: &'a State,
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// Data kept between frames to save time, all of which can be recomputed.
    pub caches: &'a mut Caches,
    pub(super) commands: &'a mut Vec<Command>,
}

impl Desk<'_> {
    /// Queues a command, which is executed before the frame is shown.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Returns the clock of the playhead.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::of(self.state)
    }

    /// Returns the step at which the racer at `index` is shown.
    #[must_use]
    pub fn step_of(&self, index: usize) -> usize {
        let path = self.state.document().race.paths().get(index);
        path.map_or(0, |path| self.clock().step_of(path))
    }

    /// Moves the playhead to a step, if it is not there already.
    pub fn seek(&mut self, step: f64) {
        if step.to_bits() != self.state.document().playback.playhead.to_bits() {
            self.send(Command::Seek(step));
        }
    }

    /// Changes the experiment.
    pub fn change(&mut self, change: Change) {
        self.send(Command::Change(change));
    }
}

/// Shows the racers or the current game.
pub fn left(ui: &mut Ui, desk: &mut Desk<'_>) {
    match desk.state.game.clone() {
        Some(game) => games::show(ui, desk, &game),
        None => racers::show(ui, desk),
    }
}

/// Shows chart, leaderboard and inspector, unless they would give away the answer of a game.
pub fn right(ui: &mut Ui, desk: &mut Desk<'_>) {
    let game = desk.state.game.as_ref();
    if game.is_some_and(|game| game.hides_race() || game.hides_names()) {
        ui.centered_and_justified(|ui| {
            let text = "Chart and leaderboard come back when you reveal.";
            ui.label(egui::RichText::new(text).color(desk.colors.dim));
        });
    } else {
        numbers::show(ui, desk);
    }
}

/// Shows the scene and, if the surface has data, the data: to the right of the scene if there is
/// enough width, otherwise below it.
pub fn centre(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The gap between scene and data.
    const GAP: f32 = 10.0;
    let has_data = desk.state.document().race.surface().rows() > 0;
    if !has_data || !desk.state.settings.data {
        scene::show(ui, desk);
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let (left, right) = if whole.width() > 1.25 * whole.height() {
        let (left, right) = whole.split_left_right_at_fraction(0.55);
        (left.with_max_x(left.right() - GAP), right)
    } else {
        let (top, bottom) = whole.split_top_bottom_at_fraction(0.58);
        (top.with_max_y(top.bottom() - GAP), bottom)
    };
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| scene::show(ui, desk));
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| data::show(ui, desk));
}

/// Data kept between frames to save time.
#[derive(Default)]
pub struct Caches {
    /// The painted surface.
    pub map: MapCache,
    /// The chart's curves.
    pub chart: charts::ChartCache,
    /// The details of the selected racer's step.
    pub insight: InsightCache,
    /// The selected racer's variants.
    pub others: OtherSelves,
    /// The laid-out text of the lessons.
    pub markdown: CommonMarkCache,
    /// The kind of quantity under the pointer in the equations.
    pub lit: Option<Family>,
    /// The kind of quantity whose arrow was under the pointer in the last frame.
    pub lit_in_scene: Option<Family>,
    /// What is being dragged in the scene.
    pub hand: scene::Hand,
    /// The start set by the last click in the scene.
    pub clicked: Option<[f64; 2]>,
    /// The index of the racer whose card is being dragged.
    pub carried: Option<usize>,
}

impl Caches {
    /// Returns the kind of quantity under the pointer, in the equations or in the scene.
    #[must_use]
    pub fn lit(&self) -> Option<Family> {
        self.lit.or(self.lit_in_scene)
    }
}
