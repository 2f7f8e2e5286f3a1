//! The selected racer's variants, shown behind it for comparison.

use std::sync::Arc;

use crate::analysis::parting;
use crate::app::document::Document;
use crate::app::document::ghost::GhostPath;
use crate::app::document::ids::RacerId;
use crate::experiment::Racer;
use crate::optimizer::Origin;
use crate::simulation::{Trajectory, simulate_racer};

/// Variants of the selected racer: in another library's form, and without its last edits.
#[derive(Debug, Default)]
pub struct OtherSelves {
    key: Option<(u64, RacerId, Option<Origin>)>,
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
            .selected()
            .filter(|_| document.experiment().steps <= MOST_STEPS);
        let key = selected.map(|id| (document.race.version(), id, document.variant));
        if key == self.key {
            return;
        }
        self.key = key;
        let racer = selected.and_then(|id| Some((id, document.race.lineup().racer(id)?)));
        self.unedited = racer.and_then(|(id, racer)| unedited(document, id, racer));
        self.variant = racer.and_then(|(id, racer)| variant(document, id, racer));
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
fn unedited(document: &Document, id: RacerId, racer: &Racer) -> Option<GhostPath> {
    let last = racer.plan.edits.iter().map(|edit| edit.step).max()?;
    let mut before = racer.clone();
    before.plan.edits.retain(|edit| edit.step < last);
    Some(GhostPath {
        name: format!("without the change at step {last}"),
        racer: Some(id),
        path: run(document, &before),
        since: last,
    })
}

fn variant(document: &Document, id: RacerId, racer: &Racer) -> Option<Variant> {
    let library = document.variant?;
    let mut other = racer.clone();
    other.plan.optimizer = other.plan.optimizer.in_the_form_of(library)?;
    let path = run(document, &other);
    let own = document.race.path_of(id)?;
    let parting = parting(own, &path, &document.race.surface().window());
    Some(Variant {
        library,
        parting,
        ghost: GhostPath {
            name: format!("as {}", library.label()),
            racer: Some(id),
            path,
            since: parting.unwrap_or(usize::MAX).saturating_sub(1),
        },
    })
}
