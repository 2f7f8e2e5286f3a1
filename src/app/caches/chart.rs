//! The chart's curves.

use std::sync::Arc;

use super::insight::STEP;
use crate::analysis::{Quantity, TimeUnit};
use crate::app::document::Document;
use crate::experiment::Racer;
use crate::simulation::{Trajectory, record};
use crate::view::chart::{Along, Scale, Series, Values};

/// The chart's curves, rebuilt only when the paths or the settings change.
#[derive(Debug, Default)]
pub struct ChartCache {
    key: Option<(u64, Quantity, TimeUnit, Scale)>,
    /// One for each racer.
    pub curves: Vec<Curve>,
    /// Whether it would take too long to run the race again.
    pub too_long: bool,
}

/// The values of one racer.
#[derive(Debug, Default)]
pub struct Curve {
    /// The point of the path that the first value belongs to.
    first: usize,
    values: Vec<f64>,
    /// The horizontal positions of the values; `None` if these are their steps.
    along: Option<Vec<f64>>,
    /// The steps of the points, used as horizontal positions.
    steps: PointSteps,
    /// What is drawn.
    pub series: Series,
}

/// The step number of each point of a path.
#[derive(Clone, Copy, Debug, Default)]
struct PointSteps {
    every: usize,
    last: usize,
}

/// The highest cost of a race that is run again to collect the rules' notes, in evaluations of a
/// row.
const MOST: u64 = 2_000_000 * STEP;

impl ChartCache {
    /// Updates the curves for a document and the chart's settings.
    pub fn update(
        &mut self,
        document: &Document,
        quantity: Quantity,
        against: TimeUnit,
        scale: Scale,
    ) {
        let key = Some((document.race.version(), quantity, against, scale));
        if self.key == key {
            return;
        }
        self.key = key;
        let experiment = document.race.experiment();
        let needed = quantity.needs_record() || against.needs_record();
        let steps = experiment.steps.saturating_mul(experiment.racers.len()) as u64;
        let once = STEP.max(document.race.surface().cost() as u64);
        let cost = steps.saturating_mul(once);
        self.too_long = needed && cost > MOST;
        let surface = document.race.surface();
        let racers = experiment.racers.iter().zip(document.race.paths());
        let curve = |(racer, path): (&Racer, &Arc<Trajectory>)| {
            let record = (needed && !self.too_long)
                .then(|| record(surface, &racer.plan, path, experiment.seed));
            let first = quantity.first();
            let values = quantity.values(path, record.as_ref(), document.race.minima());
            let along = against.along(path, record.as_ref());
            let along = along.map(|along| along.into_iter().skip(first).collect());
            let steps = PointSteps {
                every: path.every(),
                last: path.last_step(),
            };
            Curve::new(first, values, along, steps, scale)
        };
        self.curves = racers.map(curve).collect();
    }
}

impl Curve {
    fn new(
        first: usize,
        values: Vec<f64>,
        along: Option<Vec<f64>>,
        steps: PointSteps,
        scale: Scale,
    ) -> Self {
        let mut curve = Self {
            first,
            values,
            along,
            steps,
            series: Series::default(),
        };
        let points = (0..curve.values.len()).map(|index| [curve.x(index), curve.values[index]]);
        curve.series = Series::of(points, scale);
        curve
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn x(&self, index: usize) -> f64 {
        match &self.along {
            Some(along) => along.get(index).copied().unwrap_or_default(),
            None => ((self.first + index) * self.steps.every).min(self.steps.last) as f64,
        }
    }

    /// Returns whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the horizontal position and the value at a step.
    #[must_use]
    pub fn at(&self, step: usize) -> Option<[f64; 2]> {
        let point = step / self.steps.every.max(1);
        let index = point.max(self.first) - self.first;
        let index = index.min(self.values.len().checked_sub(1)?);
        Some([self.x(index), self.values[index]])
    }

    /// Returns all values with their horizontal positions.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn values(&self) -> Values<'_> {
        let along = match &self.along {
            Some(along) => Along::At(along),
            None => Along::Every {
                first: (self.first * self.steps.every) as f64,
                step: self.steps.every as f64,
                last: self.steps.last as f64,
            },
        };
        Values {
            values: &self.values,
            along,
        }
    }

    /// Returns the step at a horizontal position.
    #[must_use]
    pub fn step_at(&self, x: f64) -> usize {
        let index = match &self.along {
            Some(along) => along.partition_point(|position| *position < x),
            None => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "steps are small numbers"
                )]
                let step = x.max(0.0).round() as usize;
                return step.max(self.first);
            }
        };
        ((self.first + index) * self.steps.every).min(self.steps.last)
    }
}
