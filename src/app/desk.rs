//! What panels and dialogs work with.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use egui::{Context, Id, Key, Pos2};
use egui_commonmark::CommonMarkCache;

use super::action::{Action, AppAction, DocumentAction, Entry};
use super::caches::chart::ChartCache;
use super::caches::confusion::ConfusionCache;
use super::caches::differences::DifferenceCache;
use super::caches::draws::DrawsCache;
use super::caches::flow::FlowCache;
use super::caches::formula::FormulaCache;
use super::caches::horizon::HorizonCache;
use super::caches::insight::InsightCache;
use super::caches::learned::LearnedCache;
use super::caches::map_cache::MapCache;
use super::caches::off_plane::OffPlaneCache;
use super::caches::other_selves::OtherSelves;
use super::caches::rivals::RivalCache;
use super::caches::seeds::SeedCache;
use super::caches::stationary::StationaryCache;
use super::caches::turn::Turn;
use super::document::Document;
use super::document::change::Change;
use super::document::clock::Clock;
use super::document::ids::{DocumentId, RacerId};
use super::slider_memory::SliderMemory;
use super::workspace::Workspace;
use crate::optimizer::Family;
use crate::simulation::Trajectory;
use crate::view::Colors;
use crate::view::scene::TrailMeshes;

/// The context of a panel: what it shows, and a queue for actions.
pub struct Desk<'a> {
    /// The whole window.
    pub workspace: &'a Workspace,
    /// The document that the panel shows.
    pub document: &'a Document,
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// Data of the document kept between frames to save time, all of which can be recomputed.
    pub caches: &'a mut Caches,
    /// The document that it is compared with.
    pub beside: Option<Beside<'a>>,
    /// What the widgets of the whole window remember from frame to frame.
    pub memory: &'a mut Memory,
    /// The actions to be performed after the panels were shown.
    pub actions: &'a mut Vec<Action>,
}

/// The other document of a comparison.
pub struct Beside<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its data kept between frames.
    pub caches: &'a mut Caches,
}

impl Desk<'_> {
    /// Returns whether the document is the one that sliders and undo act on.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.document.id() == self.workspace.active().id()
    }

    /// Returns the letters of the document that this one is compared with, and of this one.
    #[must_use]
    pub fn letters(&self) -> Option<[&'static str; 2]> {
        let comparison = self.workspace.comparison()?;
        let id = self.document.id();
        Some([
            comparison.letter(comparison.other(id)?)?,
            comparison.letter(id)?,
        ])
    }

    /// Returns an accessible name with the letter of the document, if it is compared.
    #[must_use]
    pub fn lettered(&self, name: String) -> String {
        match self.letters() {
            Some([_, letter]) => format!("{letter}: {name}"),
            None => name,
        }
    }

    /// Returns the context of a panel that shows the document that this one is compared with.
    #[must_use]
    pub fn other(&mut self) -> Option<Desk<'_>> {
        let beside = self.beside.as_mut()?;
        Some(Desk {
            workspace: self.workspace,
            document: beside.document,
            colors: self.colors,
            caches: beside.caches,
            beside: None,
            memory: self.memory,
            actions: self.actions,
        })
    }

    /// Queues an action on the window, which is performed before the frame is shown.
    pub fn send(&mut self, action: AppAction) {
        self.actions.push(Action::App(action));
    }

    /// Queues an action on the document.
    pub fn act(&mut self, action: DocumentAction) {
        self.actions
            .push(Action::Document(self.document.id(), action));
    }

    /// Queues what an entry of the table does.
    pub fn perform(&mut self, entry: &'static Entry) {
        self.actions.push(entry.on(self.document.id()));
    }

    /// Changes the experiment.
    pub fn change(&mut self, change: Change) {
        self.act(DocumentAction::Change(change));
    }

    /// Returns the clock of the playhead.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.document.clock()
    }

    /// Returns the step at which a racer is shown.
    #[must_use]
    pub fn step_of(&self, racer: RacerId) -> usize {
        let path = self.document.race.path_of(racer);
        path.map_or(0, |path| self.clock().step_of(path))
    }

    /// Moves the playhead to a step, if it is not there already.
    pub fn seek(&mut self, step: f64) {
        if step.to_bits() != self.document.playback.playhead.to_bits() {
            self.act(DocumentAction::Seek(step));
        }
    }
}

/// The data kept for every open document.
#[derive(Default)]
pub struct Shelf(HashMap<DocumentId, Caches>);

impl Shelf {
    /// Returns the data of a document.
    pub fn of(&mut self, document: DocumentId) -> &mut Caches {
        self.0.entry(document).or_default()
    }

    /// Returns the data of two documents.
    pub fn of_both(&mut self, documents: [DocumentId; 2]) -> [Option<&mut Caches>; 2] {
        for id in documents {
            self.of(id);
        }
        let [a, b] = &documents;
        if a == b {
            return [self.0.get_mut(a), None];
        }
        self.0.get_disjoint_mut([a, b])
    }

    /// Returns whether a worker derives anything.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.values().any(Caches::is_busy)
    }

    /// Forgets the data of documents that are not shown.
    pub fn keep_only(&mut self, shown: &[DocumentId]) {
        self.0.retain(|id, _| shown.contains(id));
    }
}

/// Data of one document kept between frames to save time.
#[derive(Default)]
pub struct Caches {
    /// The painted surface.
    pub map: MapCache,
    /// What the racers' networks have learned.
    pub learned: LearnedCache,
    /// The turn of the eye.
    pub turn: Turn,
    /// The meshes of the trails.
    pub trails: RefCell<TrailMeshes>,
    /// The pass in which trails were drawn last.
    drawn: Option<u64>,
    /// The chart's curves.
    pub chart: ChartCache,
    /// Which classes the selected racer takes for which.
    pub confusion: ConfusionCache,
    /// What the card about all weights shows.
    pub of_weights: OfWeights,
    /// The details of the selected racer's step.
    pub insight: InsightCache,
    /// The rows of the selected racer's step.
    pub draws: DrawsCache,
    /// The steps from which rounding decides the paths.
    pub horizon: HorizonCache,
    /// The selected racer's variants.
    pub others: OtherSelves,
    /// The race with its other seeds.
    pub seeds: SeedCache,
    /// The gradient flow from the start.
    pub flow: FlowCache,
    /// The formula of the surface, typeset.
    pub formula: FormulaCache,
    /// The stationary points of a typed surface.
    pub stationary: StationaryCache,
    /// What the plane does not show of the selected racer.
    pub off_plane: OffPlaneCache,
    /// What differs from the document that it is compared with.
    pub differences: DifferenceCache,
    /// The paths of the document that it is compared with.
    pub rivals: RivalCache,
    /// The kind of quantity under the pointer in the equations.
    pub lit: Option<Family>,
    /// The kind of quantity whose arrow was under the pointer in the last frame.
    pub lit_in_scene: Option<(Picture, Family)>,
    /// What is being dragged in the scene.
    pub hand: Hand,
    /// The spot of which the scene tells since a long press.
    pub read_at: Option<(Picture, Pos2)>,
    /// The start set by the last click in the scene.
    pub clicked: Option<[f64; 2]>,
    /// The racer whose card is being dragged.
    pub carried: Option<RacerId>,
    /// The selection in the last frame in which the cards were shown.
    pub before: Before,
}

impl Caches {
    fn is_busy(&self) -> bool {
        self.map.is_busy()
            || self.learned.is_busy()
            || self.confusion.is_busy()
            || self.insight.is_busy()
            || self.horizon.is_busy()
            || self.others.is_busy()
            || self.seeds.is_busy()
            || self.flow.is_busy()
            || self.chart.is_busy()
            || self.stationary.is_busy()
    }

    /// Returns the kind of quantity under the pointer, in the equations or in the scene.
    #[must_use]
    pub fn lit(&self) -> Option<Family> {
        self.lit.or(self.lit_in_scene.map(|(_, family)| family))
    }

    /// Begins to draw trails of these paths, once in a pass even if it shows two pictures.
    pub fn begin_trails(&mut self, ctx: &Context, paths: &[Arc<Trajectory>]) {
        let now = ctx.cumulative_pass_nr();
        if self.drawn.replace(now) != Some(now) {
            self.trails.get_mut().begin(paths);
        }
    }
}

/// A number that every weight of a network has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OfWeights {
    /// Its effective learning rate.
    #[default]
    Rate,
    /// Its value.
    Value,
    /// The component of the gradient.
    Gradient,
    /// The singular values of the matrices of which it is a part.
    Singular,
}

/// What was selected before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// Nothing was shown yet.
    #[default]
    Unknown,
    /// A racer, or none.
    Selected(Option<RacerId>),
}

/// What the widgets of the whole window remember from frame to frame.
#[derive(Default)]
pub struct Memory {
    /// The laid-out text of the lessons.
    pub markdown: CommonMarkCache,
    /// What the sliders remember.
    pub sliders: SliderMemory,
    /// The pass in which Escape was pressed last.
    escaped: Option<u64>,
    /// The landscape that had the focus last.
    pub landscape: Option<Id>,
    /// How far the drawer of a phone is dragged up, in points.
    pub pulled: f32,
    /// Whether a finger holds something of a figure, so that it must not scroll the article.
    pub is_held: bool,
    /// Whether a menu was open when the frame began. A click that closes it does nothing else.
    pub had_menu: bool,
}

impl Memory {
    /// Returns whether a landscape has the focus, in which case the arrow keys turn it.
    #[must_use]
    pub fn has_landscape(&self, ctx: &Context) -> bool {
        self.landscape.is_some() && ctx.memory(egui::Memory::focused) == self.landscape
    }

    /// Notes a press of Escape, which cancels the editing of a number. Called at the start of every
    /// pass.
    pub fn note_escape(&mut self, ctx: &Context) {
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.escaped = Some(ctx.cumulative_pass_nr());
        }
    }

    /// Returns whether Escape was pressed in this pass or the previous one.
    ///
    /// A number field left with Escape keeps its value, but egui 0.37 still reports the typed value
    /// one pass later. Number fields have to ignore changes until then.
    #[must_use]
    pub fn just_escaped(&self, ctx: &Context) -> bool {
        let now = ctx.cumulative_pass_nr();
        self.escaped.is_some_and(|pass| now <= pass + 1)
    }
}

/// One of the pictures of a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Picture {
    /// The contours, seen from above.
    Contours,
    /// The landscape in three dimensions.
    Relief,
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
    /// The landscape, to turn it.
    Turning,
    /// The landscape, to move it.
    Moving,
    /// The chalk that sketches a path.
    Chalk,
    /// Two fingers, which zoom and move; the one that is lifted last does nothing.
    Pinch,
    /// A finger that rests on a point, of which the scene tells.
    Reading,
}
