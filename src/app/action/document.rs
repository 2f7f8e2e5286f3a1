//! Actions on one document.

use super::table::{Entry, Subject};
use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::app::document::change::Change;
use crate::app::document::ids::{DocumentId, RacerId};
use crate::app::document::wording::in_words;
use crate::app::workspace::Workspace;
use crate::export::code::Framework;
use crate::optimizer::Origin;
use crate::plane::Window;
use crate::preset::{Arrows, Card, Viewpoint};
use crate::subspace::PlaneChoice;
use crate::surface::SurfaceChoice;

/// An action on one document.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentAction {
    /// Do what an entry of the table does.
    Do(&'static Entry),
    /// Change the experiment.
    Change(Change),
    /// Load the data of a surface and switch to it.
    UseSurface(SurfaceChoice),
    /// Show the race on a surface whose data are loaded, on trial.
    TrySurface(SurfaceChoice),
    /// Keep the surface that is on trial.
    KeepSurface,
    /// Go back to the race as it was before the trial.
    RevertSurface,
    /// Take a text for the formula of the surface, which stays until that can be read.
    TypeFormula(String),
    /// Make a name in that text a parameter.
    MakeSlider(String),
    /// Add a racer with a rule of one's own, and edit it.
    NewRule,
    /// Edit the rule of a racer, or a copy of one that is built in.
    EditRule(RacerId),
    /// Close the editor of the rule.
    CloseRule,
    /// Take a text for the lines of the rule that is edited, which stays until that can be read.
    TypeRule(String),
    /// Make a name in those lines a parameter.
    MakeRuleSlider(String),
    /// Go back to the rule of which the edited one is a copy.
    RevertRule,
    /// Add the racer of a library's constructor, as pasted; other text is ignored.
    AddText(String),
    /// Undo or redo until this many steps of the history are done.
    GoTo(usize),
    /// Go to the given step.
    Seek(f64),
    /// Select a racer, or none.
    Select(Option<RacerId>),
    /// Show only one racer, or all again.
    Solo(RacerId),
    /// Show a part of the plane.
    ShowWindow(Window),
    /// Show the paths of a network on another plane.
    Plane(PlaneChoice),
    /// Show the landscape from a viewpoint.
    LookFrom(Viewpoint),
    /// Set how the selected racer's step is drawn as arrows.
    Arrows(Arrows),
    /// Choose what the card about the selected racer shows.
    Card(Card),
    /// Set the number of steps for which the trail stays visible; `None` shows all.
    TrailLength(Option<f64>),
    /// Choose the quantity shown in the chart.
    Chart(Quantity),
    /// Choose the unit of the chart's horizontal axis.
    ChartAgainst(TimeUnit),
    /// Choose the hyper-parameter of the charts of how races end; `None` is the learning rate.
    Sweep(Option<String>),
    /// Set the loss, above the minimum if that is known, that counts as reached.
    Target(f64),
    /// Choose the features over which the predictions of a network are seen, across and up.
    Features([String; 2]),
    /// Choose how the leaderboard ranks.
    Rank(Ranking),
    /// Show another library's form of the selected racer as a ghost; `None` removes it.
    Variant(Option<Origin>),
    /// Link a parameter across all racers, or unlink it.
    ToggleLink(String),
    /// Set whether sliders change their values only from the playhead's step on.
    FromHere(bool),
    /// Show everything in the open racer's card, or only what matters most.
    Expand(bool),
    /// Cancel the simulation that is running.
    CancelSimulation,
    /// Copy the race, or one racer, as a script for a framework.
    CopyCode(Option<RacerId>, Framework),
}

impl DocumentAction {
    /// Returns why the action cannot be performed now; `None` if it can.
    #[must_use]
    pub fn hindrance(&self, workspace: &Workspace, id: DocumentId) -> Option<&'static str> {
        match self {
            Self::Do(entry) => entry.hindrance(workspace, workspace.document(id)?),
            Self::EditRule(racer) => workspace.document(id)?.why_not_edited(*racer),
            _ => None,
        }
    }
}

impl Workspace {
    pub(super) fn perform_on(&mut self, id: DocumentId, action: DocumentAction) {
        if action.hindrance(self, id).is_some() {
            return;
        }
        let Some(document) = self.document_mut(id) else {
            return;
        };
        match action {
            DocumentAction::Do(entry) => match entry.subject {
                Subject::App(act) => act(self),
                Subject::Document(act) => act(document),
            },
            DocumentAction::Change(change) => self.change(id, change),
            DocumentAction::UseSurface(surface) => self.use_surface(id, surface),
            DocumentAction::TrySurface(surface) => {
                if let Err(fault) = document.try_surface(surface) {
                    self.fail(in_words(&fault.to_string()));
                }
            }
            DocumentAction::KeepSurface => document.keep_surface(),
            DocumentAction::RevertSurface => document.revert_surface(),
            DocumentAction::TypeFormula(text) => {
                if let Err(fault) = document.type_formula(text) {
                    self.fail(in_words(&fault.to_string()));
                }
            }
            DocumentAction::MakeSlider(name) => {
                if let Err(fault) = document.make_slider(&name) {
                    self.fail(in_words(&fault.to_string()));
                }
            }
            DocumentAction::NewRule => self.new_rule(id),
            DocumentAction::EditRule(racer) => self.edit_rule(id, racer),
            DocumentAction::CloseRule => document.close_rule(),
            DocumentAction::TypeRule(text) => document.type_rule(text),
            DocumentAction::MakeRuleSlider(name) => document.make_rule_slider(&name),
            DocumentAction::RevertRule => {
                if let Err(fault) = document.revert_rule() {
                    self.fail(in_words(&fault.to_string()));
                }
            }
            DocumentAction::AddText(text) => self.add_text(id, &text),
            DocumentAction::GoTo(position) => document.go_to(position),
            DocumentAction::Seek(step) => {
                let steps = document.steps();
                document.playback.seek(step, steps);
            }
            DocumentAction::Select(racer) => document.select(racer),
            DocumentAction::Solo(racer) => document.toggle_solo(racer),
            DocumentAction::ShowWindow(window) => document.show_window(window),
            DocumentAction::Plane(plane) => document.show_plane(plane),
            DocumentAction::LookFrom(viewpoint) => document.look_from(viewpoint),
            DocumentAction::Arrows(arrows) => document.view.arrows = arrows,
            DocumentAction::Card(card) => document.view.card = card,
            DocumentAction::TrailLength(length) => document.view.trail_length = length,
            DocumentAction::Chart(quantity) => document.view.chart = quantity,
            DocumentAction::ChartAgainst(unit) => document.view.against = Some(unit),
            DocumentAction::Sweep(name) => document.view.swept = name,
            DocumentAction::Target(target) => document.view.target = target,
            DocumentAction::Features(names) => document.show_features(names),
            DocumentAction::Rank(ranking) => document.view.ranking = Some(ranking),
            DocumentAction::Variant(library) => document.variant = library,
            DocumentAction::ToggleLink(name) => {
                if !document.linked.remove(&name) {
                    document.linked.insert(name);
                }
            }
            DocumentAction::FromHere(on) => document.from_here = on,
            DocumentAction::Expand(on) => document.expanded = on,
            DocumentAction::CancelSimulation => document.race.cancel(),
            DocumentAction::CopyCode(racer, framework) => self.copy_code(id, racer, framework),
        }
    }

    pub(super) fn change(&mut self, id: DocumentId, change: Change) {
        let Some(document) = self.document_mut(id) else {
            return;
        };
        if matches!(change, Change::Edit(..)) {
            // "From here on" means one step, not every step that passes while a slider moves.
            document.playback.playing = false;
        }
        match document.change(change) {
            Ok(()) => {
                self.settings.hint_seen = true;
                self.notice = None;
            }
            Err(fault) => self.fail(in_words(&fault.to_string())),
        }
    }
}
