//! What a chart shows: the axes that a document asks for, and the curves of its racers.

use std::sync::Arc;

use crate::analysis::{Quantity, TimeUnit};
use crate::app::caches::chart::{ChartCache, Curve};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::clock::Clock;
use crate::simulation::Trajectory;
use crate::view::chart::{Chart, ChartLine, Scale};
use crate::view::{Colors, RacerLook, racer_looks};

/// What a chart shows, and along which axes.
#[derive(Clone, Copy)]
pub struct Axes {
    /// What is shown.
    pub quantity: Quantity,
    /// The unit of the horizontal axis.
    pub against: TimeUnit,
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The ends of the axes, if they do not follow from the curves alone.
    pub ends: Option<Ends>,
}

/// The ends of the axes of a chart.
#[derive(Clone, Copy)]
pub struct Ends {
    /// The lowest and highest point of the vertical axis.
    pub bounds: [f64; 2],
    /// The end of the horizontal axis.
    pub end: f64,
}

impl Axes {
    /// Returns the axes that a document asks for.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let settings = &document.view;
        let quantity = settings.chart;
        let has_data = document.race.surface().data().is_some();
        let against = match settings.against {
            against if against.needs_data() && !has_data => TimeUnit::Steps,
            against => against,
        };
        let scale = match (settings.linear, quantity) {
            (true, _) | (_, Quantity::Arrival | Quantity::Accuracy) => Scale::Linear,
            (false, Quantity::Loss | Quantity::Sensitivity) => Scale::of(document.race.minima()),
            (false, _) => Scale::Log { floor: 0.0 },
        };
        Self {
            quantity,
            against,
            scale,
            ends: None,
        }
    }

    /// Returns the title of the chart.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.quantity.label()
    }
}

/// The curves of the racers that are shown.
pub struct Curves<'a> {
    names: Vec<String>,
    looks: Vec<RacerLook>,
    selected: Option<usize>,
    /// The indices of the racers, with their curves.
    shown: Vec<(usize, &'a Curve)>,
    by_step: bool,
    clock: Clock,
    paths: &'a [Arc<Trajectory>],
    /// The end of the horizontal axis.
    pub end: f64,
}

impl<'a> Curves<'a> {
    /// Returns the curves of a document.
    pub fn of(
        document: &'a Document,
        cache: &'a ChartCache,
        against: TimeUnit,
        colors: &Colors,
    ) -> Self {
        let experiment = document.race.experiment();
        let clock = document.clock();
        let by_step = against == TimeUnit::Steps || (against.needs_data() && !clock.is_by_rows());
        let shown: Vec<(usize, &Curve)> = document
            .shown()
            .filter_map(|shown| Some((shown.index, cache.curves.get(shown.index)?)))
            .collect();
        let ends = shown.iter().filter_map(|(_, curve)| curve.at(usize::MAX));
        #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
        let end = if by_step {
            experiment.steps as f64
        } else {
            ends.map(|[x, _]| x).fold(1.0, f64::max)
        };
        Self {
            names: experiment.titles(),
            looks: racer_looks(experiment, colors),
            selected: document.selected_index(),
            shown,
            by_step,
            clock,
            paths: document.race.paths(),
            end,
        }
    }

    /// Returns the position of the playhead on the horizontal axis, if it is the same for all racers.
    pub fn playhead(&self, document: &Document) -> Option<f64> {
        match self.clock.now() {
            Some([now, _]) => Some(now),
            None => self.by_step.then_some(document.playback.playhead),
        }
    }

    /// Returns the playhead for a position on the horizontal axis. If the racers' steps are at
    /// different positions, the selected racer's step counts.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn playhead_at(&self, x: f64) -> f64 {
        let is_selected = |(index, _): &&(usize, &Curve)| self.selected == Some(*index);
        let selected = self.shown.iter().find(is_selected);
        let guide = selected.or(self.shown.first()).map(|(_, curve)| *curve);
        match self.clock.is_by_rows() {
            true => self.clock.playhead_at(x),
            false if self.by_step => x,
            false => guide.map_or(0, |curve| curve.step_at(x)) as f64,
        }
    }

    /// Returns the lines of the chart.
    pub fn lines(&self) -> Vec<ChartLine<'_>> {
        let step = |racer_index: usize| {
            let path = self.paths.get(racer_index);
            path.map_or(0, |path| self.clock.step_of(path))
        };
        let lines = self.shown.iter().map(|&(racer_index, curve)| ChartLine {
            name: &self.names[racer_index],
            series: &curve.series,
            values: Some(curve.values()),
            colors: self.looks[racer_index],
            now: if self.by_step {
                None
            } else {
                curve.at(step(racer_index))
            },
            selected: self.selected == Some(racer_index),
        });
        lines.collect()
    }
}

/// Returns where the axes would end if they followed from the curves of this document alone.
pub fn ends(desk: &mut Desk<'_>, axes: &Axes) -> Ends {
    let cache = &mut desk.caches.chart;
    cache.update(desk.document, axes.quantity, axes.against, axes.scale);
    let curves = Curves::of(desk.document, cache, axes.against, desk.colors);
    let chart = Chart {
        colors: desk.colors,
        lines: &curves.lines(),
        scale: axes.scale,
        bounds: None,
        end: curves.end,
        unit: axes.against.label(),
        counts: axes.against != TimeUnit::Epochs,
        playhead: None,
        height: 0.0,
    };
    Ends {
        bounds: chart.fitted_bounds(),
        end: curves.end,
    }
}
