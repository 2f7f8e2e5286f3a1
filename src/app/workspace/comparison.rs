//! The comparison of two open documents, A and B.

use super::Workspace;
use crate::app::document::Document;
use crate::app::document::ids::DocumentId;
use crate::preset::ViewSettings;

/// Two documents that are compared. Their playheads, windows and selections move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The first document.
    pub a: DocumentId,
    /// The second document.
    pub b: DocumentId,
    /// How they are shown.
    pub layout: Layout,
}

/// How two documents are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Side by side.
    #[default]
    SideBySide,
    /// The paths of the first one as ghosts in the second one.
    Ghosts,
}

impl Comparison {
    /// Returns whether a document is one of the two.
    #[must_use]
    pub fn has(&self, id: DocumentId) -> bool {
        self.a == id || self.b == id
    }

    /// Returns the document that another one is compared with.
    #[must_use]
    pub fn other(&self, id: DocumentId) -> Option<DocumentId> {
        match id {
            _ if id == self.a => Some(self.b),
            _ if id == self.b => Some(self.a),
            _ => None,
        }
    }
}

impl Workspace {
    /// Returns the comparison, if the active document is part of one.
    #[must_use]
    pub fn comparison(&self) -> Option<Comparison> {
        self.comparison.filter(|it| it.has(self.active().id()))
    }

    /// Returns the two documents of the comparison that is shown, the first one first.
    #[must_use]
    pub fn compared(&self) -> Option<[&Document; 2]> {
        let comparison = self.comparison()?;
        Some([self.document(comparison.a)?, self.document(comparison.b)?])
    }

    /// Compares two documents, or ends the comparison.
    pub fn compare(&mut self, comparison: Option<Comparison>) {
        let is_open = |it: &Comparison| {
            it.a != it.b && self.document(it.a).is_some() && self.document(it.b).is_some()
        };
        self.comparison = comparison.filter(is_open);
    }

    /// Makes the other document of the comparison the active one, without pausing it.
    pub fn work_on(&mut self, id: DocumentId) {
        let is_compared = self.comparison().is_some_and(|it| it.has(id));
        if let Some(index) = self.documents.iter().position(|it| it.id() == id)
            && is_compared
        {
            self.active = index;
        }
    }

    /// Ends the comparison with a document that was closed, or goes on with the one in its place.
    pub(super) fn forget_comparison_of(&mut self, id: DocumentId, replaced: Option<DocumentId>) {
        let Some(comparison) = self.comparison.as_mut().filter(|it| it.has(id)) else {
            return;
        };
        match replaced {
            Some(new) if comparison.a == id => comparison.a = new,
            Some(new) => comparison.b = new,
            None => self.comparison = None,
        }
    }

    /// Moves playhead, window and selection of the other document along with the active one.
    pub fn keep_together(&mut self) {
        let active = self.active();
        let Some(other) = self.comparison.and_then(|it| it.other(active.id())) else {
            return;
        };
        let (playback, window, view) = (active.playback, active.window(), active.view.clone());
        let same_plane = |other: &Document| other.experiment().same_surface(active.experiment());
        let same_plane = self.document(other).is_some_and(same_plane);
        let name = active
            .selected()
            .and_then(|id| active.lineup().title_of(id));
        let Some(other) = self.document_mut(other) else {
            return;
        };
        other.playback = playback;
        let steps = other.steps();
        other.playback.seek(playback.playhead, steps);
        if same_plane && other.window() != window {
            other.follow_window(window);
        }
        other.view = ViewSettings {
            window: other.view.window,
            selected: other.view.selected.take(),
            step: other.view.step,
            ..view
        };
        let racers = other.lineup().ids().iter().copied();
        let mut racers = racers.zip(other.experiment().titles());
        let same = racers.find(|(_, title)| Some(title) == name.as_ref());
        let same = same.map(|(id, _)| id);
        other.select(same);
    }
}
