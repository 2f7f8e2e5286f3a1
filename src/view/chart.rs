//! A chart of one quantity of every racer over the race, with the playhead.

use egui::{FontId, Pos2, Rangef, Response, Stroke, Ui, vec2};
use egui_plot::{AxisHints, GridInput, GridMark, Line, Plot, PlotBounds, PlotPoint, PlotPoints};

pub use super::scale::Scale;
use super::{Colors, RacerLook, number};
use crate::plane::ticks;
use crate::simulation::Trajectory;

/// The maximum number of decades that a chart extends above the highest starting loss.
const ABOVE: f64 = 4.0;

/// The values of one racer, ready to be drawn: a few hundred points, however long the race.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    points: Vec<[f64; 2]>,
}

impl Series {
    /// The losses of a path over its steps.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn of_losses(path: &Trajectory, scale: Scale) -> Self {
        let points = path.loss.iter().enumerate();
        let points = points.map(|(point, &loss)| [path.step_of(point) as f64, loss]);
        Self::of(points, scale)
    }

    /// The points (x, height), in ascending order of x.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// A series of points (x, value) in ascending order of x: keeps the lowest and the highest
    /// value of every interval, so that no spike is lost.
    #[must_use]
    pub fn of(points: impl Iterator<Item = [f64; 2]>, scale: Scale) -> Self {
        const STRETCHES: usize = 300;
        let heights: Vec<[f64; 2]> = points
            .filter_map(|[x, value]| Some([x, scale.height(value)?]))
            .collect();
        if heights.len() <= 2 * STRETCHES {
            return Self { points: heights };
        }
        let mut points = Vec::with_capacity(2 * STRETCHES + 2);
        for stretch in heights.chunks(heights.len().div_ceil(STRETCHES)) {
            let by_height = |a: &&[f64; 2], b: &&[f64; 2]| number::lowest_first(a[1], b[1]);
            let low = stretch.iter().min_by(by_height);
            let high = stretch.iter().max_by(by_height);
            let mut both: Vec<[f64; 2]> = low.into_iter().chain(high).copied().collect();
            both.sort_by(|a, b| a[0].total_cmp(&b[0]));
            points.extend(both);
        }
        points.extend(heights.last());
        Self { points }
    }
}

/// One line of the chart.
#[derive(Clone, Copy, Debug)]
pub struct ChartLine<'a> {
    /// The racer's name.
    pub name: &'a str,
    /// The racer's values.
    pub series: &'a Series,
    /// The racer's colour and marker.
    pub colors: RacerLook,
    /// The racer's current point as (x, value), if there is no common playhead.
    pub now: Option<[f64; 2]>,
    /// Whether it is the selected racer.
    pub selected: bool,
}

/// The contents of the chart.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The lines; hidden ones are not included.
    pub lines: &'a [ChartLine<'a>],
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The lowest and highest point of the vertical axis; `None` fits them to the lines. Charts
    /// with the same bounds can be compared; see [`Chart::fitted_bounds`] and [`join`].
    pub bounds: Option<[f64; 2]>,
    /// The end of the horizontal axis, which starts at 0.
    pub end: f64,
    /// The position of the playhead on the horizontal axis, if it is the same for all racers.
    pub playhead: Option<f64>,
    /// The height of the chart in points.
    pub height: f32,
}

/// How the user interacted with the chart.
#[derive(Debug)]
pub struct Answer {
    /// The response of the chart's widget.
    pub response: Response,
    /// The position on the horizontal axis that was clicked or dragged to.
    pub seek: Option<f64>,
    /// The position on the horizontal axis under the pointer.
    pub hovered: Option<f64>,
}

impl Chart<'_> {
    /// Shows the chart; a click or drag seeks to the position under the pointer.
    pub fn show(&self, ui: &mut Ui) -> Answer {
        let end = self.end.max(1.0);
        let [low, high] = self.bounds.unwrap_or_else(|| self.fitted_bounds());
        let scale = self.scale;
        let (width, height) = (ui.available_width() - 46.0, self.height - 20.0);
        let plot = Plot::new("loss chart")
            // Leaves space for the markers at the lines' ends.
            .width(ui.available_width() - 8.0)
            .height(self.height)
            .show_axes(true)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false)
            .show_background(false)
            .show_crosshair(false)
            .show_x(false)
            .show_y(false)
            .label_formatter(|_| None)
            .sense(egui::Sense::click_and_drag())
            .set_margin_fraction(vec2(0.0, 0.0))
            .grid_color(self.colors.line)
            .x_grid_spacer(move |_: GridInput| marks(0.0, end, f64::from(width) / 52.0))
            .y_grid_spacer(move |_: GridInput| match scale {
                Scale::Linear => marks(low, high, f64::from(height) / 28.0),
                _ => decades(low, high, f64::from(height) / 22.0),
            })
            .custom_x_axes(vec![
                AxisHints::new_x()
                    .formatter(|mark, _| number::short(mark.value))
                    .tick_label_color(self.colors.dim)
                    .label_spacing(Rangef::new(12.0, 24.0))
                    .tick_label_font(FontId::proportional(10.5)),
            ])
            .custom_y_axes(vec![
                AxisHints::new_y()
                    .formatter(move |mark, _| scale.text(mark.value))
                    .tick_label_color(self.colors.dim)
                    .tick_label_font(FontId::proportional(10.5))
                    .label_spacing(Rangef::new(8.0, 12.0))
                    .min_thickness(34.0),
            ]);
        let shown = plot.show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([0.0, low], [end, high]));
            for line in self.in_order() {
                let points = PlotPoints::from(line.series.points.clone());
                let width = if line.selected { 2.4 } else { 1.5 };
                plot.line(
                    Line::new(line.name, points)
                        .stroke(Stroke::new(width, line.colors.color))
                        .allow_hover(false),
                );
            }
        });
        let transform = shown.transform;
        let at = |x: f64, y: f64| transform.position_from_point(&PlotPoint::new(x, y));
        let frame = *transform.frame();
        let painter = ui.painter_at(frame.expand(8.0));
        if let Some(playhead) = self.playhead {
            let x = at(playhead.min(end), low).x;
            painter.vline(x, frame.y_range(), Stroke::new(1.5, self.colors.text));
        }
        for line in self.in_order() {
            let last = line.series.points.last().copied();
            let now = line
                .now
                .and_then(|[x, value]| Some([x, scale.height(value)?]));
            if let Some([x, y]) = now.or(last) {
                let rim = Stroke::new(1.2, self.colors.panel);
                painter.extend(
                    line.colors
                        .marker
                        .filled(at(x, y), 8.0, line.colors.color, rim),
                );
            }
        }
        let response = shown.response;
        let along = |spot: Pos2| transform.value_from_position(spot).x.clamp(0.0, end);
        let hovered = response.hover_pos().filter(|spot| frame.contains(*spot));
        if let Some(spot) = hovered {
            painter.vline(spot.x, frame.y_range(), Stroke::new(1.0, self.colors.dim));
        }
        let pointed = response.interact_pointer_pos();
        let seek = pointed
            .filter(|_| response.clicked() || response.dragged())
            .map(along);
        Answer {
            response,
            seek,
            hovered: hovered.map(along),
        }
    }

    /// The lowest and highest point of all lines, with a margin, as positions on the axis.
    #[must_use]
    pub fn fitted_bounds(&self) -> [f64; 2] {
        let points = self.lines.iter().flat_map(|line| &line.series.points);
        let Some([low, high]) = number::finite_range(points.map(|point| point[1])) else {
            return [0.0, 1.0];
        };
        // A diverging racer must not squeeze all others into one line.
        let starts = self
            .lines
            .iter()
            .filter_map(|line| line.series.points.first());
        let start = starts.map(|point| point[1]).fold(low, f64::max);
        let high = match self.scale {
            Scale::Log { .. } | Scale::SymLog => high.min(start + ABOVE),
            Scale::Linear => high,
        };
        let room = 0.06 * (high - low).max(0.5);
        [low - room, high + room]
    }

    fn in_order(&self) -> impl Iterator<Item = &ChartLine<'_>> {
        let (selected, others): (Vec<_>, Vec<_>) =
            self.lines.iter().partition(|line| line.selected);
        others.into_iter().chain(selected)
    }
}

/// The bounds of two charts together.
#[must_use]
pub fn join(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0].min(b[0]), a[1].max(b[1])]
}

/// About `count` round numbers over a range.
fn marks(low: f64, high: f64, count: f64) -> Vec<GridMark> {
    let apart = (high - low) / count.max(1.0);
    spaced(low, high, ticks::step(apart, ticks::QUARTERS))
}

/// Integer powers of ten, all of them or every nth.
fn decades(low: f64, high: f64, count: f64) -> Vec<GridMark> {
    spaced(low, high, ((high - low) / count.max(1.0)).ceil().max(1.0))
}

fn spaced(low: f64, high: f64, step: f64) -> Vec<GridMark> {
    let mark = |value| GridMark {
        value,
        step_size: step,
    };
    let values = ticks::multiples([low, high], step);
    values.into_iter().map(mark).collect()
}
