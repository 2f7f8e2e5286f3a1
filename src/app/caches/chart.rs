//! The chart's curves.

use super::seeds::SeedCache;
use crate::analysis::{Ensemble, Evaluation, Quantiles, Quantity, TimeUnit, evaluations};
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
    /// The same quantity over the rows that a network is only tested on, one for each racer; empty
    /// if there is none.
    pub tests: Vec<Curve>,
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
    /// The steps that the values belong to.
    steps: Steps,
    /// What is drawn.
    pub series: Series,
    /// The range of the values over the seeds; empty without seeds.
    pub band: Band,
}

/// The steps that the values of a curve belong to.
#[derive(Clone, Debug)]
enum Steps {
    /// Multiples of some steps, and the last one.
    Every { every: usize, last: usize },
    /// Those after which a network was evaluated.
    At(Vec<usize>),
}

impl Default for Steps {
    fn default() -> Self {
        Self::Every { every: 1, last: 0 }
    }
}

/// The highest cost of a race that is run again to collect the rules' notes, in evaluations of a
/// row.
const MOST: u64 = 2_000_000 * price::STEP;
/// The same where each step takes longer than on a surface of two parameters.
const MOST_OF_NETWORK: u64 = 20_000_000;
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
        let surface = document.race.surface();
        let (once, most) = match surface.network() {
            Some(_) => (price::of_step(&**surface), MOST_OF_NETWORK),
            None => (price::of_step(&**surface), MOST),
        };
        let cost = steps.saturating_mul(once);
        self.too_long = needed && cost > most;
        let is_recorded = needed && !self.too_long;
        let shown = Shown {
            document,
            seeds,
            against,
            scale,
            is_recorded,
        };
        self.curves = shown.curves(quantity);
        let on_test_rows = quantity.on_test_rows();
        let tested = on_test_rows.filter(|it| it.exists_on(&**surface));
        self.tests = tested.map(|it| shown.curves(it)).unwrap_or_default();
    }
}

/// What all curves of a chart have in common.
struct Shown<'a> {
    document: &'a Document,
    seeds: &'a SeedCache,
    against: TimeUnit,
    scale: Scale,
    /// Whether the races are run again for the rules' notes.
    is_recorded: bool,
}

impl Shown<'_> {
    /// Returns one curve for each racer.
    fn curves(&self, quantity: Quantity) -> Vec<Curve> {
        let race = &self.document.race;
        let racers = race.experiment().racers.iter().zip(race.paths());
        let curves = racers.enumerate();
        curves
            .map(|(index, (racer, path))| self.curve(quantity, index, racer, path))
            .collect()
    }

    /// Returns the curve of a racer: the medians, if there are several seeds.
    fn curve(&self, quantity: Quantity, index: usize, racer: &Racer, path: &Trajectory) -> Curve {
        let (race, against, scale) = (&self.document.race, self.against, self.scale);
        let (experiment, surface) = (race.experiment(), race.surface());
        let again = |path: &Trajectory, seed| record(surface, &racer.plan, path, seed);
        let record = self.is_recorded.then(|| again(path, experiment.seed));
        let along = against.along(path, record.as_ref());
        let several = self.seeds.of(index).filter(|paths| paths.len() > 1);
        if let Some(paths) = several.filter(|_| self.is_recorded || !quantity.needs_record()) {
            let noted = record.filter(|_| quantity.needs_record());
            let others = paths.iter().zip(experiment.all_seeds()).skip(1);
            let others = others.filter(|_| noted.is_some());
            let others: Vec<Record> = others.map(|(path, seed)| again(path, seed)).collect();
            let records: Vec<Record> = noted.into_iter().chain(others).collect();
            let most = experiment.steps.div_ceil(MOST_POINTS);
            let mut every = self.seeds.every().max(most);
            if quantity.is_evaluated() {
                every = every.next_multiple_of(path.interval());
            }
            let grid = [every, experiment.steps];
            let band = Ensemble::of(paths).band(quantity, &records, race.minima(), grid);
            return Curve::of_band(quantity.first(), &band, grid, (path, along), scale);
        }
        let values = quantity.values(path, record.as_ref(), race.minima());
        if quantity.is_evaluated() && path.interval() > 1 {
            return Curve::of_evaluations(&values, path, record.as_ref(), against, scale);
        }
        let first = quantity.first();
        let along = along.map(|along| along.into_iter().skip(first).collect());
        let steps = Steps::Every {
            every: path.every(),
            last: path.last_step(),
        };
        Curve::new(first, values, along, steps, scale)
    }
}

impl Curve {
    fn new(
        first: usize,
        values: Vec<f64>,
        along: Option<Vec<f64>>,
        steps: Steps,
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

    /// The values of a quantity where they were evaluated, of those at all points of a path.
    fn of_evaluations(
        values: &[f64],
        path: &Trajectory,
        record: Option<&Record>,
        against: TimeUnit,
        scale: Scale,
    ) -> Self {
        let mut kept = Vec::new();
        let mut along = Vec::new();
        let mut steps = Vec::new();
        for Evaluation { step, point } in evaluations(path) {
            let at = against.at(path, record, step);
            if let (Some(&value), Some(at)) = (values.get(point), at) {
                kept.push(value);
                along.push(at);
                steps.push(step);
            }
        }
        Self::new(0, kept, Some(along), Steps::At(steps), scale)
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
        let steps = Steps::Every { every, last };
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
            None => self.step(index) as f64,
        }
    }

    /// Returns the step that a value belongs to.
    fn step(&self, index: usize) -> usize {
        match &self.steps {
            Steps::Every { every, last } => ((self.first + index) * every).min(*last),
            Steps::At(steps) => steps.get(index).or(steps.last()).copied().unwrap_or(0),
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
        let index = match &self.steps {
            Steps::Every { every, .. } => {
                let point = step / every.max(&1);
                point.max(self.first) - self.first
            }
            Steps::At(steps) => steps.partition_point(|it| *it <= step).saturating_sub(1),
        };
        let index = index.min(self.values.len().checked_sub(1)?);
        Some([self.x(index), self.values[index]])
    }

    /// Returns all values with their horizontal positions.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn values(&self) -> Values<'_> {
        let along = match (&self.along, &self.steps) {
            (Some(along), _) => Along::At(along),
            (None, Steps::Every { every, last }) => Along::Every {
                first: (self.first * every) as f64,
                step: *every as f64,
                last: *last as f64,
            },
            // A curve of evaluations always has positions.
            (None, Steps::At(_)) => Along::At(&[]),
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
        self.step(index)
    }
}
