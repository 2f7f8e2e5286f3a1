//! Paths shown behind the racers for comparison.

use std::path::Path;
use std::sync::Arc;

use super::Document;
use crate::preset::{PresetError, read_recordings};
use crate::simulation::Trajectory;
use crate::surface::Surface;

/// A path shown for comparison.
#[derive(Clone, Debug)]
pub struct GhostPath {
    /// The label at its head.
    pub name: String,
    /// The index of the racer whose colour it uses; `None` for a colour of its own.
    pub index: Option<usize>,
    /// The path.
    pub path: Arc<Trajectory>,
    /// The first step that is drawn.
    pub since: usize,
}

/// Returns the current visible paths, to be pinned as a baseline.
#[must_use]
pub fn baseline(document: &Document) -> Vec<GhostPath> {
    let paths = document.race.paths().iter().enumerate();
    let visible = |index: usize| document.shown().any(|(shown, _)| shown == index);
    paths
        .filter(|&(index, _)| visible(index))
        .map(|(index, path)| GhostPath {
            name: String::new(),
            index: Some(index),
            path: Arc::clone(path),
            since: 0,
        })
        .collect()
}

/// Reads the paths in a table and evaluates their losses on a surface.
///
/// # Errors
/// If the file cannot be read or contains no path.
pub fn imported(file: &Path, surface: &dyn Surface) -> Result<Vec<GhostPath>, PresetError> {
    let recordings = read_recordings(file)?.recordings;
    let ghost = |recording: crate::preset::Recording| GhostPath {
        name: recording.name,
        index: None,
        path: Arc::new(Trajectory::recorded(
            surface,
            &recording.points,
            recording.diverged,
        )),
        since: 0,
    };
    Ok(recordings.into_iter().map(ghost).collect())
}
