//! What is kept of an open document, so that it can be restored after the program has ended.

use std::path::Path;
use std::sync::Arc;

use super::Document;
use super::ids::{DocumentId, RacerId, RevisionId};
use super::source::Source;
use crate::experiment::Experiment;
use crate::preset::{Preset, ViewSettings};
use crate::text::{brief, one_line};

/// What is kept of an open document: all but its undo history and the paths of other races.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The experiment with its changes, and how it is looked at.
    pub preset: Arc<Preset>,
    /// The experiment as it was opened or saved, if it has changed since then.
    pub saved: Option<Arc<Experiment>>,
    /// Where it comes from.
    pub source: Source,
    /// The fractional step that is shown.
    pub playhead: f64,
    /// Whether the playhead is moving.
    pub playing: bool,
    /// Whether its file no longer holds what was saved.
    pub adrift: bool,
}

impl Kept {
    /// Returns the document without the changes since it was opened or saved.
    #[must_use]
    pub fn without_changes(mut self) -> Self {
        if let Some(saved) = self.saved.take() {
            let mut preset = Preset::clone(&self.preset);
            preset.experiment = Experiment::clone(&saved);
            self.preset = Arc::new(preset);
        }
        self
    }

    /// Returns a name for messages: that of its file, or its title.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.source.path().and_then(Path::file_name);
        let name = file.map(|name| name.to_string_lossy().into_owned());
        brief(&one_line(&name.unwrap_or_else(
            || match &*self.preset.experiment.title {
                "" => "Untitled".to_owned(),
                title => title.to_owned(),
            },
        )))
    }

    /// Returns whether changes would be lost without it.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        (self.saved.is_some() || self.adrift) && !matches!(self.source, Source::BuiltIn(_))
    }
}

/// What shows whether a document has to be kept again, apart from the moving playhead.
#[derive(Clone, Debug)]
pub struct Marks {
    id: DocumentId,
    experiment: RevisionId,
    saved: RevisionId,
    selected: Option<RacerId>,
    /// The playhead, unless it is moving.
    paused_at: Option<f64>,
    view: ViewSettings,
}

impl Document {
    /// Returns what is kept of the document.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let is_changed = *self.experiment() != self.saved;
        Kept {
            preset: Arc::new(self.preset()),
            saved: is_changed.then(|| Arc::new(self.saved.clone())),
            source: self.source.clone(),
            playhead: self.playback.playhead,
            playing: self.playback.playing,
            adrift: self.adrift,
        }
    }

    /// Opens a document as it was kept.
    #[must_use]
    pub fn restored(kept: &Kept) -> Self {
        let mut document = Self::new(Preset::clone(&kept.preset), kept.source.clone());
        if let Some(saved) = &kept.saved {
            document.saved = Experiment::clone(saved);
        }
        document.adrift = kept.adrift;
        document.playback.seek(kept.playhead, document.steps());
        document.playback.playing = kept.playing;
        document
    }

    /// Returns the marks of the document as it is now.
    #[must_use]
    pub fn marks(&self) -> Marks {
        Marks {
            id: self.id,
            experiment: self.history.revision(),
            saved: self.saved_revision,
            selected: self.selected,
            paused_at: self.paused_at(),
            view: self.view.clone(),
        }
    }

    /// Returns whether the document is as it was when it had these marks, apart from a moving
    /// playhead.
    #[must_use]
    pub fn has(&self, marks: &Marks) -> bool {
        self.id == marks.id
            && self.history.revision() == marks.experiment
            && self.saved_revision == marks.saved
            && self.selected == marks.selected
            && self.paused_at() == marks.paused_at
            && self.view == marks.view
    }

    fn paused_at(&self) -> Option<f64> {
        let playback = &self.playback;
        (!playback.playing).then_some(playback.playhead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::change::Change;
    use crate::preset;

    fn document() -> Document {
        let preset = preset::load_built_in(preset::FIRST).unwrap();
        Document::new(preset, Source::New)
    }

    #[test]
    fn a_document_is_restored_with_its_changes_and_its_playhead() {
        let mut document = document();
        let steps = document.experiment().steps + 7;
        document.change(Change::Steps(steps)).unwrap();
        document.playback.seek(12.25, 100.0);
        document.playback.playing = false;
        let restored = Document::restored(&document.kept());
        assert_eq!(restored.experiment(), document.experiment());
        assert_eq!(restored.playback, document.playback);
        assert!(restored.is_unsaved());
        assert_eq!(restored.kept(), document.kept());
        let reverted = Document::restored(&document.kept().without_changes());
        assert_eq!(reverted.experiment().steps + 7, steps);
        assert!(!reverted.is_changed());
    }

    #[test]
    fn marks_change_with_everything_but_a_moving_playhead() {
        let mut document = document();
        let marks = document.marks();
        document.play(0.1, 1.0, true);
        assert!(document.has(&marks));
        document.change(Change::Steps(77)).unwrap();
        let changed = document.marks();
        assert!(!document.has(&marks));
        document.undo();
        assert!(!document.has(&changed));
        let undone = document.marks();
        document.playback.playing = false;
        assert!(!document.has(&undone));
        let paused = document.marks();
        document.playback.seek(3.0, 77.0);
        assert!(!document.has(&paused));
        let moved = document.marks();
        document.view.curvature = !document.view.curvature;
        assert!(!document.has(&moved));
        let curved = document.marks();
        document.mark_saved(Source::File("race.ron".into()));
        assert!(!document.has(&curved));
    }
}
