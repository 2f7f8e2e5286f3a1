//! What a chart shows: the axes that a document asks for, and the curves of its racers.

use std::sync::Arc;

use egui::Context;

use crate::analysis::{Quantity, TimeUnit};
use crate::app::caches::chart::{ChartCache, Curve, GhostCurve};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::clock::Clock;
use crate::number::finite_range;
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
        let quantity = document.charted();
        let against = document.time_unit();
        let is_network = document.race.surface().network().is_some();
        let scale = match quantity {
            _ if document.view.linear || has_linear_scale(quantity) => Scale::Linear,
            // The losses of a network are never below 0.
            Quantity::Loss | Quantity::Sensitivity if !is_network => {
                Scale::of(document.race.minima())
            }
            _ => Scale::Log { floor: 0.0 },
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

/// Returns whether a quantity is always shown on a linear scale.
pub fn has_linear_scale(quantity: Quantity) -> bool {
    quantity.is_share() || quantity == Quantity::Arrival
}

/// Returns whether only whole numbers stand along the horizontal axis. A network is evaluated after
/// whole epochs, as a rule.
pub fn has_whole_numbers(document: &Document, against: TimeUnit) -> bool {
    against != TimeUnit::Epochs || document.race.surface().network().is_some()
}

/// The curves of the racers that are shown.
pub struct Curves<'a> {
    names: Vec<String>,
    /// The names of the curves over the rows that are only used to test.
    test_names: Vec<String>,
    looks: Vec<RacerLook>,
    selected: Option<usize>,
    /// The indices of the racers, with their curves.
    shown: Vec<(usize, &'a Curve)>,
    /// The same over the rows that are only used to test, for the selected racer or, without one,
    /// for all.
    tests: Vec<(usize, &'a Curve)>,
    /// The curve of a ghost, with the index of the racer whose colour it has.
    ghost: Option<(usize, &'a GhostCurve)>,
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
        let names = experiment.titles();
        let selected = document.selected_index();
        let is_shown = |index: usize| shown.iter().any(|(it, _)| *it == index);
        let chosen = selected.filter(|index| is_shown(*index));
        let tests = cache.tests.iter().enumerate();
        let tests = tests
            .filter(|(index, _)| chosen.map_or(is_shown(*index), |chosen| chosen == *index))
            .collect();
        let ghost = cache.ghost.as_ref().and_then(|ghost| {
            let index = document.race.lineup().index_of(ghost.racer)?;
            Some((index, ghost)).filter(|(index, _)| is_shown(*index))
        });
        Self {
            ghost,
            test_names: names.iter().map(|name| format!("{name}, test")).collect(),
            names,
            looks: racer_looks(experiment, colors),
            selected,
            shown,
            tests,
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

    /// Returns the lowest and highest point of the vertical axis, if it does not follow from all
    /// values: the first accuracies are so low that the others could not be told apart.
    #[must_use]
    pub fn bounds(&self, quantity: Quantity) -> Option<[f64; 2]> {
        if !quantity.is_share() {
            return None;
        }
        let curves = self.shown.iter().chain(&self.tests);
        let later = curves.flat_map(|(_, curve)| {
            let values = curve.values().values;
            &values[values.len().div_ceil(10).min(values.len() / 2)..]
        });
        let [low, high] = finite_range(later.copied())?;
        let room = (0.06 * (high - low)).max(0.5);
        Some([low - room, (high + room).min(100.0 + room)])
    }

    /// Returns the lines of the chart.
    pub fn lines<'s>(&'s self) -> Vec<ChartLine<'s>> {
        let step = |racer_index: usize| {
            let path = self.paths.get(racer_index);
            path.map_or(0, |path| self.clock.step_of(path))
        };
        let line = |name: &'s str, racer_index: usize, curve: &'s Curve, is_test| ChartLine {
            name,
            series: &curve.series,
            band: Some(&curve.band),
            values: Some(curve.values()),
            colors: self.looks[racer_index],
            now: if self.by_step {
                None
            } else {
                curve.at(step(racer_index))
            },
            dotted: is_test,
            selected: self.selected == Some(racer_index) && !is_test,
        };
        let tests = self.tests.iter();
        let tests = tests.map(|&(index, curve)| line(&self.test_names[index], index, curve, true));
        let shown = self.shown.iter();
        let shown = shown.map(|&(index, curve)| line(&self.names[index], index, curve, false));
        let ghost = self.ghost.map(|(index, ghost)| ChartLine {
            colors: RacerLook {
                dashed: true,
                ..self.looks[index]
            },
            selected: false,
            ..line(&ghost.name, index, &ghost.curve, false)
        });
        ghost.into_iter().chain(tests).chain(shown).collect()
    }
}

/// Returns where the axes would end if they followed from the curves of this document alone.
pub fn ends(ctx: &Context, desk: &mut Desk<'_>, axes: &Axes) -> Ends {
    let caches = &mut *desk.caches;
    let (cache, seeds) = (&mut caches.chart, &caches.seeds);
    cache.update(
        ctx,
        desk.document,
        seeds,
        axes.quantity,
        axes.against,
        axes.scale,
    );
    let original = caches.others.original();
    cache.update_ghost(
        desk.document,
        original,
        (axes.quantity, axes.against, axes.scale),
    );
    let curves = Curves::of(desk.document, cache, axes.against, desk.colors);
    let chart = Chart {
        colors: desk.colors,
        lines: &curves.lines(),
        scale: axes.scale,
        bounds: None,
        end: curves.end,
        unit: axes.against.label(),
        counts: has_whole_numbers(desk.document, axes.against),
        playhead: None,
        height: 0.0,
    };
    Ends {
        bounds: curves
            .bounds(axes.quantity)
            .unwrap_or_else(|| chart.fitted_bounds()),
        end: curves.end,
    }
}
