//! What stands at the sides of the window: the racers on the left, the numbers on the right.

use super::{Drawer, Layout, Pane, Workspace};
use crate::app::document::Document;
use crate::app::document::ids::{DocumentId, RacerId};
use crate::app::document::wording::in_words;
use crate::experiment::Fault;
use crate::preset::Pictures;

/// A side of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left one, with the racers.
    Left,
    /// The right one, with chart and leaderboard.
    Right,
}

impl Side {
    /// Returns the width of the window, in points, below which the panel on this side is a drawer.
    #[must_use]
    pub const fn narrow(self) -> f32 {
        match self {
            Self::Left => Workspace::PHONE,
            Self::Right => 1000.0,
        }
    }

    /// Returns the drawer of a phone that has what stands on this side of a wide window, or the most
    /// of it.
    const fn pane(self) -> Pane {
        match self {
            Self::Left => Pane::Racers,
            Self::Right => Pane::Chart,
        }
    }

    /// Returns the side on which a wide window has what is in a drawer, if it is at one.
    const fn with(pane: Pane) -> Option<Self> {
        match pane {
            Pane::Racers => Some(Self::Left),
            Pane::Chart | Pane::Step => Some(Self::Right),
            Pane::Scene => None,
        }
    }
}

/// How the racers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Racers {
    /// In their panel.
    Panel,
    /// As a strip of markers.
    Strip,
    /// Not at all.
    Hidden,
}

/// What is edited on the left in place of the racers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// The formula of the surface.
    Formula,
    /// The rule of a racer.
    Rule,
}

impl Workspace {
    /// Returns whether a panel is a drawer, since the window is too narrow for it.
    #[must_use]
    pub fn has_drawer(&self, side: Side) -> bool {
        self.width < side.narrow()
    }

    /// Returns how the racers are shown.
    #[must_use]
    pub fn racers(&self) -> Racers {
        let is_phone = self.is_phone();
        if !is_phone && (self.is_crowded() || self.editor().is_some()) {
            return Racers::Strip;
        }
        let (is_open, folded) = if is_phone {
            (self.drawer_holds(Side::Left), Racers::Strip)
        } else if self.makes_room() {
            (self.settings.racers_beside_both, Racers::Strip)
        } else {
            (self.settings.left_panel.open, Racers::Hidden)
        };
        if is_open { Racers::Panel } else { folded }
    }

    /// Returns whether the panel on a side is open.
    #[must_use]
    pub fn is_open(&self, side: Side) -> bool {
        match side {
            Side::Left => self.racers() == Racers::Panel,
            Side::Right if self.has_drawer(side) => self.drawer_holds(side),
            Side::Right => self.settings.right_panel.open,
        }
    }

    /// Folds a panel away or unfolds it. A drawer opens or closes.
    pub fn fold(&mut self, side: Side) {
        if self.is_phone() {
            self.drawer = (!self.is_open(side)).then_some(Drawer::half(side.pane()));
            return;
        }
        let open = !self.is_open(side);
        if let Some(editor) = self.editor().filter(|_| side == Side::Left) {
            // The racers take the place of what is edited.
            match editor {
                Editor::Formula => self.active_mut().toggle_formula(),
                Editor::Rule => self.active_mut().close_rule(),
            }
            if self.is_open(side) {
                return;
            }
        }
        if self.has_drawer(side) {
            self.drawer = open.then_some(Drawer::half(side.pane()));
            return;
        }
        if side == Side::Left && self.is_crowded() {
            // Closing the other drawer makes room.
            self.drawer = None;
        }
        let makes_room = self.makes_room();
        let settings = &mut self.settings;
        let panel = match side {
            Side::Left if makes_room => &mut settings.racers_beside_both,
            Side::Left => &mut settings.left_panel.open,
            Side::Right => &mut settings.right_panel.open,
        };
        *panel = open;
    }

    /// Returns what is edited on the left, if anything is. It makes room for a game, and for a drawer
    /// on the right.
    #[must_use]
    pub fn editor(&self) -> Option<Editor> {
        let has_room = self.game.is_none() && !self.is_crowded();
        let document = self.active();
        let editor = if document.edited_rule().is_some() {
            Some(Editor::Rule)
        } else {
            document.shows_formula().then_some(Editor::Formula)
        };
        editor.filter(|_| has_room)
    }

    /// Returns whether the formula of the surface is edited on the left.
    #[must_use]
    pub fn edits_formula(&self) -> bool {
        self.editor() == Some(Editor::Formula)
    }

    /// Returns whether the rule of a racer is edited on the left.
    #[must_use]
    pub fn edits_rule(&self) -> bool {
        self.editor() == Some(Editor::Rule)
    }

    /// Returns whether the rule that is edited is that of the selected racer.
    #[must_use]
    pub fn edits_selected_rule(&self) -> bool {
        let edited = self.active().edited_rule().map(|(racer, _)| racer);
        self.edits_rule() && edited == self.active().selected()
    }

    /// Returns whether the drawer of a phone holds something else.
    fn is_away_from(&self, pane: Pane) -> bool {
        self.is_phone() && self.drawer.is_none_or(|it| it.pane != pane)
    }

    /// Makes room for an editor. A game or a drawer in whose place it stands is left; on a phone, it
    /// stands in a drawer.
    fn make_room_for_editor(&mut self, pane: Pane) {
        if self.is_away_from(pane) {
            self.drawer = Some(Drawer::half(pane));
        }
        self.game = None;
        if self.is_crowded() {
            self.drawer = None;
        }
    }

    /// Opens the editor of the active document's formula, or closes it.
    pub fn toggle_formula(&mut self) {
        let is_hidden = !self.edits_formula() || self.is_away_from(Pane::Scene);
        let was_hidden = self.active().shows_formula() && is_hidden;
        self.make_room_for_editor(Pane::Scene);
        if was_hidden {
            self.active_mut().close_rule();
        } else {
            self.active_mut().toggle_formula();
        }
    }

    /// Opens the editor of the selected racer's rule, or closes it.
    pub fn toggle_rule(&mut self) {
        let is_shown = self.edits_rule() && !self.is_away_from(Pane::Racers);
        let document = self.active_mut();
        if is_shown {
            document.close_rule();
        } else if let Some(racer) = document.selected() {
            let id = document.id();
            self.edit_rule(id, racer);
        }
    }

    /// Opens the editor of a racer's rule. A rule that is built in is replaced by a copy.
    pub fn edit_rule(&mut self, id: DocumentId, racer: RacerId) {
        self.edit(id, |document| document.edit_rule(racer));
    }

    /// Adds a racer with a rule to begin with, and opens the editor.
    pub fn new_rule(&mut self, id: DocumentId) {
        self.edit(id, Document::new_rule);
    }

    fn edit(&mut self, id: DocumentId, act: impl FnOnce(&mut Document) -> Result<(), Fault>) {
        let Some(document) = self.document_mut(id) else {
            return;
        };
        match act(document) {
            Ok(()) => self.make_room_for_editor(Pane::Racers),
            Err(fault) => self.fail(in_words(&fault.to_string())),
        }
    }

    /// Returns whether the drawer holds what stands on a side of a wide window.
    fn drawer_holds(&self, side: Side) -> bool {
        let pane = self.drawer.map(|it| it.pane);
        pane.and_then(Side::with) == Some(side)
    }

    /// Returns whether a drawer on the right leaves no room for more than a strip on the left.
    fn is_crowded(&self) -> bool {
        !self.is_phone() && self.has_drawer(Side::Right) && self.drawer_holds(Side::Right)
    }

    /// Returns whether the racers make room for two pictures. What a lesson or a game says stays, and
    /// so does what differs between two races side by side, which have no right panel.
    fn makes_room(&self) -> bool {
        let document = self.active();
        document.view.pictures == Pictures::Both
            && document.lesson().is_none()
            && self.game.is_none()
            && self.layout() != Some(Layout::SideBySide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::source::Source;
    use crate::app::settings::Settings;
    use crate::experiment::Experiment;

    fn workspace(width: f32) -> Workspace {
        let document = Document::new(Experiment::default(), Source::New);
        let mut workspace = Workspace::new(document, Settings::default());
        workspace.width = width;
        workspace
    }

    fn show(workspace: &mut Workspace, pictures: Pictures) {
        workspace.active_mut().view.pictures = pictures;
    }

    #[test]
    fn beside_two_pictures_the_racers_fold_and_come_back_as_they_were() {
        for was_open in [true, false] {
            let mut workspace = workspace(1280.0);
            workspace.settings.left_panel.open = was_open;
            let before = workspace.racers();
            show(&mut workspace, Pictures::Both);
            assert_eq!(workspace.racers(), Racers::Strip);
            workspace.fold(Side::Left);
            assert_eq!(workspace.racers(), Racers::Panel);
            show(&mut workspace, Pictures::Relief);
            assert_eq!(workspace.racers(), before);
            show(&mut workspace, Pictures::Both);
            assert_eq!(workspace.racers(), Racers::Panel, "opened by hand");
            workspace.fold(Side::Left);
            assert_eq!(workspace.racers(), Racers::Strip);
            assert_eq!(workspace.settings.left_panel.open, was_open);
        }
    }

    #[test]
    fn in_a_narrow_window_panels_are_drawers_and_one_of_them_is_open() {
        let mut workspace = workspace(600.0);
        for side in [Side::Left, Side::Right, Side::Left] {
            workspace.fold(side);
            let open = [Side::Left, Side::Right].map(|it| workspace.is_open(it));
            assert_eq!(open, [side == Side::Left, side == Side::Right]);
        }
        workspace.fold(Side::Left);
        assert_eq!(workspace.racers(), Racers::Strip);
        assert_eq!(workspace.drawer, None);
    }

    #[test]
    fn a_drawer_of_a_phone_stays_open_in_a_wider_window_where_it_has_a_panel() {
        let mut workspace = workspace(390.0);
        workspace.fold(Side::Right);
        assert!(workspace.is_open(Side::Right));
        workspace.width = 900.0;
        assert!(workspace.is_open(Side::Right));
        assert_eq!(workspace.phone_drawer(), None);
        workspace.drawer = Some(Drawer::half(Pane::Scene));
        assert!(!workspace.is_open(Side::Right) && workspace.is_open(Side::Left));
    }

    #[test]
    fn opening_the_racers_closes_the_drawer_that_leaves_them_no_room() {
        let mut workspace = workspace(900.0);
        assert_eq!(workspace.racers(), Racers::Panel);
        workspace.fold(Side::Right);
        assert_eq!(workspace.racers(), Racers::Strip);
        workspace.fold(Side::Left);
        assert_eq!(workspace.racers(), Racers::Panel);
        assert!(!workspace.is_open(Side::Right));
    }
}
