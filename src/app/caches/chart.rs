//! The chart's curves.

use std::sync::Arc;

use super::seeds::SeedCache;
use crate::analysis::{Ensemble, Quantiles, Quantity, TimeUnit};
use crate::app::document::Document;
use crate::experiment::Racer;
use crate::simulation::{Record, Trajectory, price, record};
use crate::view::chart::{Along, Band, Scale, Series, Values};

/// The chart's curves, rebuilt only when the paths or the settings change.
#[derive(Debug, Default)]
pub struct ChartCache {
    key: Option<([u64; 2], Quantity, TimeUnit, Scale)>,
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
    /// The range of the values over the seeds; empty without seeds.
    pub band: Band,
}

/// The step number of each point of a path.
#[derive(Clone, Copy, Debug, Default)]
struct PointSteps {
    every: usize,
    last: usize,
}

/// The highest cost of a race that is run again to collect the rules' notes, in evaluations of a
/// row.
const MOST: u64 = 2_000_000 * price::STEP;
/// The most points of a band.
const MOST_POINTS: usize = 300;

impl ChartCache {
    /// Updates the curves for a document and the chart's settings.
    pub fn update(
        &mut self,
        document: &Document,
        seeds: &SeedCache,
        quantity: Quantity,
        against: TimeUnit,
        scale: Scale,
    ) {
        let versions = [document.race.version(), seeds.version()];
        let key = Some((versions, quantity, against, scale));
        if self.key == key {
            return;
        }
        self.key = key;
        let experiment = document.race.experiment();
        let needed = quantity.needs_record() || against.needs_record();
        let paths = document.race.paths().iter().enumerate();
        let runs = paths.map(|(racer, _)| seeds.of(racer).map_or(1, <[_]>::len));
        let steps = experiment.steps.saturating_mul(runs.sum()) as u64;
        let once = price::of_step(&**document.race.surface());
        let cost = steps.saturating_mul(once);
        self.too_long = needed && cost > MOST;
        let surface = document.race.surface();
        let racers = experiment.racers.iter().zip(document.race.paths());
        let curve = |(index, (racer, path)): (usize, (&Racer, &Arc<Trajectory>))| {
            let is_recorded = needed && !self.too_long;
            let record = is_recorded.then(|| record(surface, &racer.plan, path, experiment.seed));
            let along = against.along(path, record.as_ref());
            let several = seeds.of(index).filter(|paths| paths.len() > 1);
            if let Some(paths) = several.filter(|_| is_recorded || !quantity.needs_record()) {
                let noted = record.filter(|_| quantity.needs_record());
                let others = paths.iter().zip(experiment.all_seeds()).skip(1);
                let others = others.filter(|_| noted.is_some());
                let others =
                    others.map(|(path, seed)| self::record(surface, &racer.plan, path, seed));
                let others: Vec<Record> = others.collect();
                let records: Vec<Record> = noted.into_iter().chain(others).collect();
                let most = experiment.steps.div_ceil(MOST_POINTS);
                let grid = [seeds.every().max(most), experiment.steps];
                let minima = document.race.minima();
                let band = Ensemble::of(paths).band(quantity, &records, minima, grid);
                return Curve::of_band(quantity.first(), &band, grid, (path, along), scale);
            }
            let first = quantity.first();
            let values = quantity.values(path, record.as_ref(), document.race.minima());
            let along = along.map(|along| along.into_iter().skip(first).collect());
            let steps = PointSteps {
                every: path.every(),
                last: path.last_step(),
            };
            Curve::new(first, values, along, steps, scale)
        };
        self.curves = racers.enumerate().map(curve).collect();
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
            band: Band::default(),
        };
        let points = (0..curve.values.len()).map(|index| [curve.x(index), curve.values[index]]);
        curve.series = Series::of(points, scale);
        curve
    }

    /// The medians of a quantity after multiples of some steps, with the range around them. The
    /// horizontal positions are those of the points of a path, if they are not steps.
    fn of_band(
        first: usize,
        band: &[Quantiles],
        [every, last]: [usize; 2],
        (path, along): (&Trajectory, Option<Vec<f64>>),
        scale: Scale,
    ) -> Self {
        let medians = band.iter().map(|it| it.median).collect();
        let steps = PointSteps { every, last };
        let step = |index: usize| ((first + index) * every).min(last);
        let position = |along: &[f64], index| {
            along
                .get(path.point_of(step(index)))
                .or(along.last())
                .copied()
        };
        let along = along.map(|along| {
            let positions = (0..band.len()).filter_map(|index| position(&along, index));
            positions.collect()
        });
        let mut curve = Self::new(first, medians, along, steps, scale);
        let points = band.iter().enumerate();
        let points = points.map(|(index, it)| [curve.x(index), it.low, it.high]);
        curve.band = Band::of(points, scale);
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
