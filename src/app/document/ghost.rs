//! Paths shown behind the racers for comparison.

use std::sync::Arc;

use super::Document;
use super::ids::RacerId;
use crate::preset::{Recording, Recordings};
use crate::simulation::Trajectory;
use crate::surface::Surface;

/// A path shown for comparison.
#[derive(Clone, Debug)]
pub struct GhostPath {
    /// The label at its head.
    pub name: String,
    /// The racer whose colour it uses; `None` for a colour of its own.
    pub racer: Option<RacerId>,
    /// The path.
    pub path: Arc<Trajectory>,
    /// The first step that is drawn.
    pub since: usize,
}

/// Returns the current visible paths, to be pinned as a baseline.
#[must_use]
pub fn baseline(document: &Document) -> Vec<GhostPath> {
    let shown = document.shown();
    shown
        .map(|shown| GhostPath {
            name: String::new(),
            racer: Some(shown.id),
            path: Arc::clone(shown.path),
            since: 0,
        })
        .collect()
}

/// Evaluates the losses of recorded paths on a surface.
#[must_use]
pub fn imported(recordings: Recordings, surface: &dyn Surface) -> Vec<GhostPath> {
    let ghost = |recording: Recording| GhostPath {
        name: recording.name,
        racer: None,
        path: Arc::new(Trajectory::recorded(
            surface,
            &recording.points,
            recording.diverged,
        )),
        since: 0,
    };
    recordings.recordings.into_iter().map(ghost).collect()
}
