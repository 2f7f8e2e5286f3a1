//! The chart's curves.

use std::sync::Arc;

use egui::Context;

use super::other_selves::Original;
use super::seeds::SeedCache;
use crate::analysis::{Ensemble, Evaluation, Quantiles, Quantity, TimeUnit, evaluations};
use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::app::worker::{Background, Report};
use crate::engine::{Signal, drive};
use crate::experiment::{Plan, Racer};
use crate::optimizer::NoteRole;
use crate::simulation::{Record, RecordJob, Trajectory, price};
use crate::surface::Surface;
use crate::view::chart::{Along, Band, Scale, Series, Values};

/// The chart's curves, rebuilt only when the paths or the settings change.
#[derive(Debug)]
pub struct ChartCache {
    key: Option<([u64; 2], Quantity, TimeUnit, Scale)>,
    /// One for each racer.
    pub curves: Vec<Curve>,
    /// The same quantity over the rows that a network is only tested on, one for each racer; empty
    /// if there is none.
    pub tests: Vec<Curve>,
    /// The curve of the rule of which the selected racer's is a copy, if it can be told from its path.
    pub ghost: Option<GhostCurve>,
    /// In how many steps each racer's gradient was clipped, and of how many; `None` if it does not clip
    /// or takes too long to run again.
    pub clipped: Vec<Option<[usize; 2]>>,
    /// Whether it would take too long to run the race again.
    pub too_long: bool,
    /// What the rules note, if the curves need that and until they have been made.
    records: Background<Noted, Records>,
    /// The highest cost of a race that is run again within a frame, on a formula and on a network.
    in_frame: [u64; 2],
}

/// What records depend on: the versions of the paths, and whether all seeds are noted rather than
/// the first.
type Noted = ([u64; 2], bool);
/// The records of the runs of each racer.
type Records = Vec<Vec<Record>>;

/// A curve for comparison.
#[derive(Debug)]
pub struct GhostCurve {
    /// Its name.
    pub name: String,
    /// The racer whose colour it has.
    pub racer: RacerId,
    /// The curve.
    pub curve: Curve,
    path: Arc<Trajectory>,
    axes: (Quantity, TimeUnit, Scale),
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
/// The highest cost of a race that is run again within a frame: on a page, some milliseconds. As
/// above, a step of a network takes longer.
const IN_FRAME: u64 = if cfg!(target_arch = "wasm32") {
    30_000_000
} else {
    MOST
};
const IN_FRAME_OF_NETWORK: u64 = if cfg!(target_arch = "wasm32") {
    400_000
} else {
    MOST_OF_NETWORK
};
/// The most points of a band.
const MOST_POINTS: usize = 300;

impl Default for ChartCache {
    fn default() -> Self {
        Self {
            key: None,
            curves: Vec::new(),
            tests: Vec::new(),
            ghost: None,
            clipped: Vec::new(),
            too_long: false,
            records: no_records(),
            in_frame: [IN_FRAME, IN_FRAME_OF_NETWORK],
        }
    }
}

fn no_records() -> Background<Noted, Records> {
    Background::new("record of the steps", 0)
}

impl ChartCache {
    /// Updates the curves for a document and the chart's settings. If the races are run again for
    /// that and it takes long, the last curves stay meanwhile.
    pub fn update(
        &mut self,
        ctx: &Context,
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
        let experiment = document.race.experiment();
        let needed = quantity.needs_record() || against.needs_record();
        let paths = document.race.paths().iter().enumerate();
        let runs = paths.map(|(racer, _)| seeds.of(racer).map_or(1, <[_]>::len));
        let steps = experiment.steps.saturating_mul(runs.sum()) as u64;
        let surface = document.race.surface();
        let (in_frame, most) = match surface.network() {
            Some(_) => (self.in_frame[1], MOST_OF_NETWORK),
            None => (self.in_frame[0], MOST),
        };
        let cost = steps.saturating_mul(price::of_step(&**surface));
        self.too_long = needed && cost > most;
        let noted = needed || (cost <= in_frame && experiment.racers.iter().any(clips));
        if noted && !self.too_long {
            let of = (versions, quantity.needs_record());
            let again = Again::of(document, seeds, quantity.needs_record());
            let (cost, wake) = (if cost <= in_frame { 0 } else { u64::MAX }, ctx.clone());
            self.records.update(
                of,
                cost,
                move || wake.request_repaint(),
                async move |signal| again.run(signal).await,
            );
            if self.records.key() != Some(&of) {
                // Only the curves of the same racers and with the same axes may stay.
                let fits = |(_, of, along, on): (_, Quantity, TimeUnit, Scale)| {
                    (of, along, on) == (quantity, against, scale)
                        && self.curves.len() == experiment.racers.len()
                };
                if !self.key.is_some_and(fits) {
                    (self.curves, self.tests) = (Vec::new(), Vec::new());
                    self.key = None;
                }
                return;
            }
        }
        self.key = key;
        // They take much memory, and nobody needs them any more.
        let records = std::mem::replace(&mut self.records, no_records());
        let records = records.get().filter(|_| noted && !self.too_long);
        self.clipped = records.map(clipped).unwrap_or_default();
        let records = records.filter(|_| needed);
        let shown = Shown {
            document,
            seeds,
            against,
            scale,
            records,
        };
        self.curves = shown.curves(quantity);
        let on_test_rows = quantity.on_test_rows();
        let tested = on_test_rows.filter(|it| it.exists_on(&**surface));
        self.tests = tested.map(|it| shown.curves(it)).unwrap_or_default();
    }

    /// Updates the curve of the rule of which the selected racer's is a copy.
    pub fn update_ghost(
        &mut self,
        document: &Document,
        original: Option<&Original>,
        axes: (Quantity, TimeUnit, Scale),
    ) {
        let (quantity, against, scale) = axes;
        let path = original.map(|original| &original.ghost.path);
        let is_there = |ghost: &GhostCurve| {
            ghost.axes == axes && path.is_some_and(|path| Arc::ptr_eq(&ghost.path, path))
        };
        if self.ghost.as_ref().is_some_and(is_there) {
            return;
        }
        self.ghost = original.and_then(|original| {
            let path = &original.ghost.path;
            let needs_record = quantity.needs_record() || against.needs_record();
            let is_evaluated = quantity.is_evaluated() && path.interval() > 1;
            if needs_record || is_evaluated {
                return None;
            }
            let values = quantity.values(path, None, document.race.minima());
            Some(GhostCurve {
                name: format!("{} (ghost)", original.ghost.name),
                racer: original.ghost.racer?,
                curve: Curve::of_path(quantity, values, path, against.along(path, None), scale),
                path: Arc::clone(path),
                axes,
            })
        });
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.records.is_busy()
    }

    /// Returns why the races could not be run again, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.records.take_failure()
    }
}

/// Returns whether a racer's rule clips its gradients.
fn clips(racer: &Racer) -> bool {
    let notes = racer.plan.optimizer.rule().notes();
    notes.iter().any(|note| note.role == NoteRole::Kept)
}

/// Returns in how many steps each racer's gradient was clipped, and of how many.
fn clipped(records: &Records) -> Vec<Option<[usize; 2]>> {
    let of = |runs: &Vec<Record>| {
        let record = runs.first()?;
        Some([record.clipped?, record.cost.len()])
    };
    records.iter().map(of).collect()
}

/// Races that are run again for what the rules note.
struct Again {
    surface: Arc<dyn Surface>,
    /// The plan and the runs of each racer.
    racers: Vec<(Plan, Vec<Run>)>,
}

/// The path and the seed of a run.
type Run = (Arc<Trajectory>, u64);

impl Again {
    /// Prepares to run all races again, or only those with the first seed.
    fn of(document: &Document, seeds: &SeedCache, all_seeds: bool) -> Self {
        let race = &document.race;
        let experiment = race.experiment();
        let racers = experiment.racers.iter().zip(race.paths()).enumerate();
        let runs = |(index, (racer, path)): (usize, (&Racer, &Arc<Trajectory>))| {
            let own = (Arc::clone(path), experiment.seed);
            let others = seeds.of(index).filter(|_| all_seeds).unwrap_or_default();
            let others = others.iter().cloned().zip(experiment.all_seeds()).skip(1);
            let runs = std::iter::once(own).chain(others);
            (racer.plan.clone(), runs.collect())
        };
        Self {
            surface: Arc::clone(race.surface()),
            racers: racers.map(runs).collect(),
        }
    }

    async fn run(self, signal: &Signal) -> Records {
        let mut all = Records::with_capacity(self.racers.len());
        for (plan, runs) in &self.racers {
            let mut records = Vec::with_capacity(runs.len());
            for (path, seed) in runs {
                let record = match RecordJob::new(&self.surface, plan, path, *seed) {
                    Some(job) => drive(job, 0, signal).await,
                    None => None,
                };
                records.push(record.unwrap_or_default());
            }
            all.push(records);
        }
        all
    }
}

/// What all curves of a chart have in common.
struct Shown<'a> {
    document: &'a Document,
    seeds: &'a SeedCache,
    against: TimeUnit,
    scale: Scale,
    /// What the rules noted, if the races were run again.
    records: Option<&'a Records>,
}

impl Shown<'_> {
    /// Returns one curve for each racer.
    fn curves(&self, quantity: Quantity) -> Vec<Curve> {
        let race = &self.document.race;
        let paths = race.paths().iter().enumerate();
        paths
            .map(|(index, path)| self.curve(quantity, index, path))
            .collect()
    }

    /// Returns the curve of a racer: the medians, if there are several seeds.
    fn curve(&self, quantity: Quantity, index: usize, path: &Trajectory) -> Curve {
        let (race, against, scale) = (&self.document.race, self.against, self.scale);
        let experiment = race.experiment();
        let noted = self.records.and_then(|all| all.get(index));
        let record = noted.and_then(|records| records.first());
        let along = against.along(path, record);
        let several = self.seeds.of(index).filter(|paths| paths.len() > 1);
        if let Some(paths) = several.filter(|_| noted.is_some() || !quantity.needs_record()) {
            let noted = noted.filter(|_| quantity.needs_record());
            let records = noted.map_or(&[][..], |records| records);
            let most = experiment.steps.div_ceil(MOST_POINTS);
            let mut every = self.seeds.every().max(most);
            if quantity.is_evaluated() {
                every = every.next_multiple_of(path.interval());
            }
            let grid = [every, experiment.steps];
            let band = Ensemble::of(paths).band(quantity, records, race.minima(), grid);
            return Curve::of_band(quantity.first(), &band, grid, (path, along), scale);
        }
        let values = quantity.values(path, record, race.minima());
        if quantity.is_evaluated() && path.interval() > 1 {
            return Curve::of_evaluations(&values, path, record, against, scale);
        }
        Curve::of_path(quantity, values, path, along, scale)
    }
}

impl Curve {
    /// The values of a quantity at the points of a path.
    fn of_path(
        quantity: Quantity,
        values: Vec<f64>,
        path: &Trajectory,
        along: Option<Vec<f64>>,
        scale: Scale,
    ) -> Self {
        let first = quantity.first();
        let along = along.map(|along| along.into_iter().skip(first).collect());
        let steps = Steps::Every {
            every: path.every(),
            last: path.last_step(),
        };
        Self::new(first, values, along, steps, scale)
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::source::Source;
    use crate::app::ports::sliced;
    use crate::preset::load_built_in;

    /// Updates a chart of the rates until its curves are there, and returns the frames that it took.
    fn frames(cache: &mut ChartCache, document: &Document) -> usize {
        let (ctx, seeds) = (Context::default(), SeedCache::default());
        let quantity = Quantity::RateX;
        for frame in 0..1000 {
            cache.update(
                &ctx,
                document,
                &seeds,
                quantity,
                TimeUnit::Steps,
                Scale::Linear,
            );
            if !cache.is_busy() {
                return frame;
            }
            assert!(cache.curves.is_empty());
            sliced::run(1);
        }
        unreachable!("it takes some slices")
    }

    #[test]
    fn curves_that_take_long_are_those_that_are_made_at_once() {
        sliced::turn_on();
        let document = Document::new(load_built_in("radford-beale").unwrap(), Source::New);
        let mut at_once = ChartCache::default();
        assert_eq!(frames(&mut at_once, &document), 0);
        let mut late = ChartCache {
            in_frame: [0; 2],
            ..ChartCache::default()
        };
        assert!(frames(&mut late, &document) > 0);
        let values = |cache: &ChartCache| -> Vec<Vec<f64>> {
            cache.curves.iter().map(|it| it.values.clone()).collect()
        };
        assert_eq!(values(&late), values(&at_once));
        assert!(values(&late).iter().all(|values| values.len() > 1));
    }
}
