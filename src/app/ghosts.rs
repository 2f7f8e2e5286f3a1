//! Paths shown behind the racers for comparison.

use std::path::Path;
use std::sync::Arc;

use super::document::Document;
use crate::analysis::parting;
use crate::experiment::Racer;
use crate::optimizer::Origin;
use crate::preset::{PresetError, read_recordings};
use crate::simulation::{Trajectory, simulate_racer};
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

/// Variants of the selected racer: in another library's form, and without its last edits.
#[derive(Debug, Default)]
pub struct OtherSelves {
    key: Option<(u64, usize, Option<Origin>)>,
    /// The racer in another library's form.
    pub variant: Option<Variant>,
    /// The racer without its last edits.
    pub unedited: Option<GhostPath>,
}

/// The selected racer in another library's form.
#[derive(Debug)]
pub struct Variant {
    /// The library.
    pub library: Origin,
    /// Its path.
    pub ghost: GhostPath,
    /// The step at which the path diverges from the racer's.
    pub parting: Option<usize>,
}

/// The longest race that is run again within a frame, in steps.
const MOST_STEPS: usize = 200_000;

impl OtherSelves {
    /// Recomputes the variants if anything they depend on has changed.
    pub fn update(&mut self, document: &Document) {
        let selected = document
            .selected
            .filter(|_| document.experiment().steps <= MOST_STEPS);
        let key = selected.map(|index| (document.race.version(), index, document.compare));
        if key == self.key {
            return;
        }
        self.key = key;
        let racer = selected.and_then(|index| {
            let racer = document.race.experiment().racers.get(index)?;
            Some((index, racer))
        });
        self.unedited = racer.and_then(|(index, racer)| unedited(document, index, racer));
        self.variant =
            racer.and_then(|(index, racer)| variant(document, index, racer, document.compare?));
    }
}

fn run(document: &Document, racer: &Racer) -> Arc<Trajectory> {
    let experiment = document.race.experiment();
    let surface = document.race.surface();
    Arc::new(simulate_racer(
        surface,
        &racer.plan,
        experiment.start,
        experiment.steps,
        experiment.seed,
    ))
}

/// Returns the path the racer would have taken without the edits at its last edited step.
fn unedited(document: &Document, index: usize, racer: &Racer) -> Option<GhostPath> {
    let last = racer.plan.edits.iter().map(|edit| edit.step).max()?;
    let mut before = racer.clone();
    before.plan.edits.retain(|edit| edit.step < last);
    Some(GhostPath {
        name: format!("without the change at step {last}"),
        index: Some(index),
        path: run(document, &before),
        since: last,
    })
}

fn variant(document: &Document, index: usize, racer: &Racer, library: Origin) -> Option<Variant> {
    let mut other = racer.clone();
    other.plan.optimizer = other.plan.optimizer.in_the_form_of(library)?;
    let path = run(document, &other);
    let own = document.race.paths().get(index)?;
    let parting = parting(own, &path, &document.race.surface().window());
    Some(Variant {
        library,
        parting,
        ghost: GhostPath {
            name: format!("as {}", library.label()),
            index: Some(index),
            path,
            since: parting.unwrap_or(usize::MAX).saturating_sub(1),
        },
    })
}
