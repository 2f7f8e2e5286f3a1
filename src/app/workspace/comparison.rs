//! The comparison of two open documents, A and B.

use super::Workspace;
use crate::app::document::Document;
use crate::app::document::difference::Pairs;
use crate::app::document::ids::DocumentId;
use crate::preset::ViewSettings;

/// Two documents that are compared. Their playheads, windows and selections move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The first document.
    pub a: DocumentId,
    /// The second document.
    pub b: DocumentId,
    /// How they are shown, if there is enough width.
    pub layout: Layout,
    /// What the left panel lists.
    pub list: List,
}

/// How two documents are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Side by side.
    #[default]
    SideBySide,
    /// The paths of the other document as ghosts in the active one.
    Ghosts,
}

/// What the left panel lists while two documents are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// What differs between the two.
    #[default]
    Differences,
    /// The racers of the active one.
    Racers,
}

impl Comparison {
    /// The width of the window, in points, below which there is no room for two scenes.
    pub const WIDE: f32 = 1100.0;

    /// Compares two documents side by side.
    #[must_use]
    pub fn new(a: DocumentId, b: DocumentId) -> Self {
        Self {
            a,
            b,
            layout: Layout::default(),
            list: List::default(),
        }
    }

    /// Returns the comparison with A and B swapped.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            ..self
        }
    }

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

    /// Returns the letter of one of the two documents.
    #[must_use]
    pub fn letter(&self, id: DocumentId) -> Option<&'static str> {
        match id {
            _ if id == self.a => Some("A"),
            _ if id == self.b => Some("B"),
            _ => None,
        }
    }
}

impl Workspace {
    /// Returns the comparison, if the active document is part of one and no game is played on it.
    #[must_use]
    pub fn comparison(&self) -> Option<Comparison> {
        let comparison = self.comparison.filter(|_| self.game.is_none());
        comparison.filter(|it| it.has(self.active().id()))
    }

    /// Returns how the two documents are shown. A narrow window has no room for two scenes.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        let chosen = self.comparison()?.layout;
        Some(match chosen {
            Layout::SideBySide if !self.has_room_for_two() => Layout::Ghosts,
            layout => layout,
        })
    }

    /// Returns whether the window is wide enough for two scenes.
    #[must_use]
    pub fn has_room_for_two(&self) -> bool {
        self.width >= Comparison::WIDE
    }

    /// Returns the two documents of the comparison that is shown, the first one first.
    #[must_use]
    pub fn compared(&self) -> Option<[&Document; 2]> {
        let comparison = self.comparison()?;
        Some([self.document(comparison.a)?, self.document(comparison.b)?])
    }

    /// Returns the document that the active one is compared with.
    #[must_use]
    pub fn rival(&self) -> Option<&Document> {
        let comparison = self.comparison()?;
        self.document(comparison.other(self.active().id())?)
    }

    /// Compares two documents, or ends the comparison.
    pub fn compare(&mut self, comparison: Option<Comparison>) {
        let is_open = |it: &Comparison| {
            it.a != it.b && self.document(it.a).is_some() && self.document(it.b).is_some()
        };
        self.comparison = comparison.filter(is_open);
        if self.comparison.is_some() {
            // A game is played on one race.
            self.game = None;
        }
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

    /// Moves playhead and window of the other document along with the active one.
    pub fn keep_in_step(&mut self) {
        self.lead(self.active().id());
    }

    /// Moves playhead, window, view settings and selection of the other document along with this
    /// one, or with the active one if this one is not compared.
    pub fn keep_together(&mut self, id: DocumentId) {
        let is_compared = self.comparison().is_some_and(|it| it.has(id));
        let leader = if is_compared { id } else { self.active().id() };
        self.lead(leader);
        self.share_view(leader);
    }

    /// Returns a document and the one that it is compared with.
    fn both(&self, leader: DocumentId) -> Option<[&Document; 2]> {
        let other = self.comparison()?.other(leader)?;
        Some([self.document(leader)?, self.document(other)?])
    }

    fn lead(&mut self, leader: DocumentId) {
        let kept = self.comparison.filter(|_| self.game.is_none());
        let alone = self.documents.iter_mut();
        for document in alone.filter(|it| !kept.is_some_and(|both| both.has(it.id()))) {
            document.reach(0);
        }
        let Some(both) = self.both(leader) else {
            return;
        };
        let [leading, other] = both;
        // The shorter race waits at its end.
        let longest = both.map(|it| it.experiment().steps);
        let longest = longest.into_iter().max().unwrap_or_default();
        let (playback, window) = (leading.playback, leading.window());
        let same_plane = leading.experiment().same_surface(other.experiment());
        for id in both.map(Document::id) {
            if let Some(document) = self.document_mut(id) {
                document.reach(longest);
                if id != leader {
                    document.playback = playback;
                    if same_plane {
                        document.follow_window(window);
                    }
                }
            }
        }
    }

    fn share_view(&mut self, leader: DocumentId) {
        let Some([leading, other]) = self.both(leader) else {
            return;
        };
        let (view, id) = (leading.view.clone(), other.id());
        let selected = leading.selected().and_then(|selected| {
            let index = leading.lineup().index_of(selected)?;
            Pairs::between(leading.experiment(), other.lineup()).mine(index)
        });
        if let Some(other) = self.document_mut(id) {
            other.view = ViewSettings {
                window: other.view.window,
                selected: other.view.selected.take(),
                step: other.view.step,
                ..view
            };
            other.select(selected);
        }
    }
}
