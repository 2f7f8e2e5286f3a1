//! The parts of the window. A panel reads the state and sends commands; it never acts itself.

mod charts;
mod equations;
mod inspector;
mod leaderboard;
pub mod notice;
pub mod numbers;
mod parameter_row;
mod racer_card;
mod racer_details;
pub mod racers;
pub mod scene;
mod shape_menu;
mod symmetry;
pub mod timeline;
pub mod top_bar;

use super::change::Change;
use super::command::Command;
use super::ghosts::OtherSelves;
use super::insight::InsightCache;
use super::map_cache::MapCache;
use super::state::State;
use crate::optimizer::Family;
use crate::view::Look;

/// What a panel works with: it reads, and it sends commands.
pub struct Desk<'a> {
    /// What is open and how it is seen.
    pub state: &'a State,
    /// The colours.
    pub look: &'a Look,
    /// What is kept from frame to frame to save time; never anything that cannot be made again.
    pub caches: &'a mut Caches,
    pub(super) commands: &'a mut Vec<Command>,
}

impl Desk<'_> {
    /// Asks for a command; it is done before the frame is shown.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Asks for the playhead to go to a step, unless it is there.
    pub fn seek(&mut self, step: f64) {
        if step.to_bits() != self.state.document().playback.playhead.to_bits() {
            self.send(Command::Seek(step));
        }
    }

    /// Asks for a change of the experiment.
    pub fn change(&mut self, change: Change) {
        self.send(Command::Change(change));
    }
}

/// What is kept from frame to frame to save time.
#[derive(Debug, Default)]
pub struct Caches {
    /// The painted surface.
    pub map: MapCache,
    /// The chart's lines.
    pub chart: charts::ChartCache,
    /// The selected racer's step, from inside.
    pub insight: InsightCache,
    /// The selected racer's other selves.
    pub others: OtherSelves,
    /// The kind of quantity that is pointed at in the equations.
    pub lit: Option<Family>,
    /// The kind of quantity whose arrow was pointed at in the frame before.
    pub lit_in_scene: Option<Family>,
    /// What the pointer holds in the scene.
    pub hand: scene::Hand,
    /// Where the last click in the scene has moved the start.
    pub clicked: Option<[f64; 2]>,
    /// The place of the racer whose card is being carried.
    pub carried: Option<usize>,
}

impl Caches {
    /// The kind of quantity that is pointed at, in equations or in the scene.
    #[must_use]
    pub fn lit(&self) -> Option<Family> {
        self.lit.or(self.lit_in_scene)
    }
}
