//! What panels and dialogs work with.

use std::cell::RefCell;

use egui_commonmark::CommonMarkCache;

use super::caches::chart::ChartCache;
use super::caches::insight::InsightCache;
use super::caches::map_cache::MapCache;
use super::caches::other_selves::OtherSelves;
use super::command::Command;
use super::document::change::Change;
use super::document::clock::Clock;
use super::workspace::State;
use crate::optimizer::Family;
use crate::view::Colors;
use crate::view::scene::TrailMeshes;

/// The context of a panel: state to read, and a queue for commands.
pub struct Desk<'a> {
    /// The state.
    pub state: &'a State,
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// Data kept between frames to save time, all of which can be recomputed.
    pub caches: &'a mut Caches,
    pub commands: &'a mut Vec<Command>,
}

impl Desk<'_> {
    /// Queues a command, which is executed before the frame is shown.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Returns the clock of the playhead.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.state.clock()
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

/// Data kept between frames to save time.
#[derive(Default)]
pub struct Caches {
    /// The painted surface.
    pub map: MapCache,
    /// The meshes of the trails.
    pub trails: RefCell<TrailMeshes>,
    /// The chart's curves.
    pub chart: ChartCache,
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
    pub hand: Hand,
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

/// What is being dragged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// Nothing.
    #[default]
    Empty,
    /// The start of the race.
    Start,
    /// The plane, to pan the window.
    Ground,
}
