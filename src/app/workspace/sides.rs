//! What stands at the sides of the window: the racers on the left, the numbers on the right.

use super::{Layout, Workspace};
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
            Self::Left => 720.0,
            Self::Right => 1000.0,
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

impl Workspace {
    /// Returns whether a panel is a drawer, since the window is too narrow for it.
    #[must_use]
    pub fn has_drawer(&self, side: Side) -> bool {
        self.width < side.narrow()
    }

    /// Returns how the racers are shown.
    #[must_use]
    pub fn racers(&self) -> Racers {
        if self.is_crowded() || self.edits_formula() {
            return Racers::Strip;
        }
        let (is_open, folded) = if self.has_drawer(Side::Left) {
            (self.drawer == Some(Side::Left), Racers::Strip)
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
            Side::Right if self.has_drawer(side) => self.drawer == Some(side),
            Side::Right => self.settings.right_panel.open,
        }
    }

    /// Folds a panel away or unfolds it. A drawer opens or closes.
    pub fn fold(&mut self, side: Side) {
        let open = !self.is_open(side);
        if side == Side::Left && self.edits_formula() {
            // The racers take the place of the formula.
            self.active_mut().toggle_formula();
            if self.is_open(side) {
                return;
            }
        }
        if self.has_drawer(side) {
            self.drawer = open.then_some(side);
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

    /// Returns whether the formula of the surface is edited on the left. It makes room for a game, and
    /// for a drawer on the right.
    #[must_use]
    pub fn edits_formula(&self) -> bool {
        self.active().shows_formula() && self.game.is_none() && !self.is_crowded()
    }

    /// Opens the editor of the active document's formula, or closes it. A game or a drawer in whose
    /// place it stands is left.
    pub fn toggle_formula(&mut self) {
        let was_hidden = self.active().shows_formula() && !self.edits_formula();
        self.game = None;
        if self.is_crowded() {
            self.drawer = None;
        }
        if !was_hidden {
            self.active_mut().toggle_formula();
        }
    }

    /// Returns whether a drawer on the right leaves no room for more than a strip on the left.
    fn is_crowded(&self) -> bool {
        self.has_drawer(Side::Right) && self.drawer == Some(Side::Right)
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
    use crate::app::document::Document;
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
