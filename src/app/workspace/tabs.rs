//! The tabs: opening, closing, choosing and ordering documents.

use super::Workspace;
use crate::app::document::Document;
use crate::app::document::ids::DocumentId;

/// The maximum number of closed documents that can be reopened.
const MOST_CLOSED: usize = 10;

impl Workspace {
    fn index_of(&self, id: DocumentId) -> Option<usize> {
        self.documents.iter().position(|it| it.id() == id)
    }

    /// Opens a document in a tab of its own, after the active one, and shows it.
    pub fn insert(&mut self, document: Document) {
        self.leave();
        self.active += 1;
        self.documents.insert(self.active, document);
    }

    /// Opens a document in the last tab, without showing it.
    pub fn append(&mut self, document: Document) {
        self.documents.push(document);
    }

    /// Shows the tab of a document that was restored, as it was.
    pub fn show_restored(&mut self, id: DocumentId) {
        if let Some(index) = self.index_of(id) {
            self.active = index;
        }
    }

    /// Replaces the active document.
    pub fn replace(&mut self, document: Document) {
        self.leave();
        let id = document.id();
        let before = std::mem::replace(self.active_mut(), document);
        self.forget_comparison_of(before.id(), Some(id));
        self.keep_closed(before);
    }

    /// Shows the tab of a document. One that is compared with the active one goes on playing.
    pub fn show(&mut self, id: DocumentId) {
        if self.rival().map(Document::id) == Some(id) {
            self.work_on(id);
        } else if let Some(index) = self.index_of(id)
            && index != self.active
        {
            self.leave();
            self.active = index;
        }
    }

    /// Shows the tab this many tabs further on; after the last one comes the first.
    pub fn show_next(&mut self, by: usize) {
        let next = (self.active + by) % self.documents.len().max(1);
        if let Some(id) = self.documents.get(next).map(Document::id) {
            self.show(id);
        }
    }

    /// Closes the tab of a document, unless it is the only one.
    pub fn close(&mut self, id: DocumentId) {
        let Some(index) = self.index_of(id).filter(|_| self.documents.len() > 1) else {
            return;
        };
        self.leave();
        let closed = self.documents.remove(index);
        if index < self.active || self.active == self.documents.len() {
            self.active -= 1;
        }
        self.forget_comparison_of(id, None);
        self.keep_closed(closed);
    }

    /// Moves the tab of a document to an index.
    pub fn move_tab(&mut self, id: DocumentId, to: usize) {
        let Some(from) = self.index_of(id).filter(|_| to < self.documents.len()) else {
            return;
        };
        let active = self.active().id();
        let document = self.documents.remove(from);
        self.documents.insert(to, document);
        self.active = self.index_of(active).unwrap_or_default();
    }

    /// Returns whether a closed document can be reopened.
    #[must_use]
    pub fn can_reopen(&self) -> bool {
        !self.closed.is_empty()
    }

    /// Reopens the document that was closed last.
    pub fn reopen(&mut self) {
        if let Some(document) = self.closed.pop() {
            self.insert(document);
        }
    }

    /// Keeps a document with changes after it was closed or replaced.
    fn keep_closed(&mut self, mut document: Document) {
        if !document.is_changed() {
            return;
        }
        document.playback.playing = false;
        self.closed.push(document);
        if self.closed.len() > MOST_CLOSED {
            self.closed.remove(0);
        }
    }

    /// Ends what belongs to the active tab alone, or to the two that are compared.
    fn leave(&mut self) {
        let rival = self.rival().map(Document::id);
        self.game = None;
        self.notice = None;
        self.active_mut().playback.playing = false;
        if let Some(rival) = rival.and_then(|id| self.document_mut(id)) {
            rival.playback.playing = false;
        }
    }
}
