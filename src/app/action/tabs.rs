//! The tabs: opening, closing, choosing and ordering documents.

use crate::app::document::Document;
use crate::app::workspace::State;

impl State {
    /// Opens a new experiment in a tab of its own, after the active one.
    pub(super) fn new_tab(&mut self) {
        self.leave_tab();
        self.active += 1;
        let document = Document::new(super::files::new_experiment(), None, true);
        self.documents.insert(self.active, document);
        self.follow_author();
    }

    /// Shows the tab at `index`.
    pub(super) fn show_tab(&mut self, index: usize) {
        if index < self.documents.len() && index != self.active {
            self.leave_tab();
            self.active = index;
            self.follow_author();
        }
    }

    /// Shows the tab this many tabs further on; after the last one comes the first.
    pub(super) fn next_tab(&mut self, by: usize) {
        self.show_tab((self.active + by) % self.documents.len().max(1));
    }

    /// Closes the tab at `index`, unless it is the only one.
    pub(super) fn close_tab(&mut self, index: usize) {
        if self.documents.len() < 2 || index >= self.documents.len() {
            return;
        }
        self.leave_tab();
        self.documents.remove(index);
        if index < self.active || self.active == self.documents.len() {
            self.active -= 1;
        }
        self.follow_author();
    }

    /// Moves a tab to another index.
    pub(super) fn move_tab(&mut self, from: usize, to: usize) {
        let tabs = 0..self.documents.len();
        if !tabs.contains(&from) || !tabs.contains(&to) {
            return;
        }
        let document = self.documents.remove(from);
        self.documents.insert(to, document);
        self.active = match self.active {
            active if active == from => to,
            active if from < active && active <= to => active - 1,
            active if to <= active && active < from => active + 1,
            active => active,
        };
    }

    /// Ends what belongs to the active tab alone.
    fn leave_tab(&mut self) {
        self.game = None;
        self.notice = None;
        self.document_mut().playback.playing = false;
    }
}
