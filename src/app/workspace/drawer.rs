//! The drawers of a narrow window: one thing at a time, over half of it or nearly all.

use super::Workspace;

/// What a drawer of a phone can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The racers' cards, the lesson or the game.
    Racers,
    /// The chart and the leaderboard.
    Chart,
    /// The selected racer's step.
    Step,
    /// The surface, and how it is seen.
    Scene,
}

impl Pane {
    /// All panes, from left to right.
    pub const ALL: [Self; 4] = [Self::Racers, Self::Chart, Self::Step, Self::Scene];

    /// Returns the word on the button that opens it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Racers => "Racers",
            Self::Chart => "Chart",
            Self::Step => "Step",
            Self::Scene => "Scene",
        }
    }
}

/// An open drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawer {
    /// What it holds.
    pub pane: Pane,
    /// Whether it covers the scene, rather than half of it.
    pub is_full: bool,
}

impl Drawer {
    /// Creates a drawer that is open half, below the scene.
    #[must_use]
    pub const fn half(pane: Pane) -> Self {
        Self {
            pane,
            is_full: false,
        }
    }
}

impl Workspace {
    /// The width of the window, in points, below which it is laid out as on a phone.
    pub const PHONE: f32 = 720.0;

    /// Returns whether the window is so narrow that all panels are drawers. A figure has none.
    #[must_use]
    pub fn is_phone(&self) -> bool {
        self.width < Self::PHONE && !self.is_figure
    }

    /// Returns the drawer of a phone.
    #[must_use]
    pub fn phone_drawer(&self) -> Option<Drawer> {
        self.drawer.filter(|_| self.is_phone())
    }
}
