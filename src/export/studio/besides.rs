//! What a figure shows besides the race itself: its other seeds, and the gradient flow.

use std::sync::Arc;

use crate::analysis::{Ensemble, FlowJob, Quantity};
use crate::engine::{Signal, drive, repeat};
use crate::experiment::Experiment;
use crate::export::ExportError;
use crate::simulation::{Repeats, Trajectory};
use crate::surface::{Minimum, Surface};
use crate::view::chart::{Band, Scale, Series};

/// The paths of each racer with all its seeds, its own first; empty if there is only one seed.
pub(super) async fn with_seeds(
    experiment: &Experiment,
    paths: &[Arc<Trajectory>],
    repeats: &Repeats,
    signal: &Signal,
) -> Vec<Vec<Arc<Trajectory>>> {
    if experiment.seeds < 2 {
        return Vec::new();
    }
    let mut all: Vec<Vec<_>> = paths.iter().map(|own| vec![Arc::clone(own)]).collect();
    let racers = repeats.racers();
    repeat(repeats, racers, signal, |position, path| {
        if let Some(paths) = all.get_mut(racers[position]) {
            paths.push(Arc::new(path));
        }
    })
    .await;
    all
}

/// The medians of the losses over the seeds, with the range around them.
#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
pub(super) fn medians(
    ensemble: Ensemble<'_>,
    [every, steps]: [usize; 2],
    minima: &[Minimum],
    scale: Scale,
) -> (Series, Band) {
    /// The most points of a band.
    const MOST: usize = 600;
    let every = every.max(steps.div_ceil(MOST));
    let band = ensemble.band(Quantity::Loss, &[], minima, [every, steps]);
    let points = || {
        let steps = (0..).map(|index: usize| (index * every).min(steps) as f64);
        steps.zip(&band)
    };
    (
        Series::of(points().map(|(x, it)| [x, it.median]), scale),
        Band::of(points().map(|(x, it)| [x, it.low, it.high]), scale),
    )
}

/// The gradient flow on a surface.
pub(super) async fn follow(
    surface: &Arc<dyn Surface>,
    start: [f64; 2],
    signal: &Signal,
) -> Result<Trajectory, ExportError> {
    let flow = drive(FlowJob::on(surface, start), 0, &signal.aside()).await;
    let flow = flow.ok_or(ExportError::Stopped)?;
    Ok(flow.on(&**surface))
}
