//! A chart of one quantity of every racer over the race, with the playhead.

mod axis;
mod band;
mod lines;
mod plot;
mod readout;
mod series;
mod swept;

use egui::{FontId, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, UiBuilder, Vec2, vec2};

pub use self::band::Band;
pub use self::series::{Along, Series, Values};
pub use self::swept::{SweptAnswer, SweptChart, SweptLine};
pub use super::scale::Scale;
use super::{Colors, RacerLook, number};
use plot::Plot;
use readout::Reading;

/// The maximum number of decades that a chart extends above the highest starting loss.
const ABOVE: f64 = 4.0;
/// The size of the markers at the ends of the lines.
const MARKER: f32 = 8.0;
/// The space that a marker with its rim needs around its centre.
const REACH: f32 = 7.0;
/// The height of the numbers below the horizontal axis.
const BELOW: f32 = 17.0;
/// The minimum width of the numbers beside the vertical axis.
const BESIDE: f32 = 26.0;

/// One line of the chart.
#[derive(Clone, Copy, Debug)]
pub struct ChartLine<'a> {
    /// The racer's name.
    pub name: &'a str,
    /// The racer's values, as drawn.
    pub series: &'a Series,
    /// The range around the values that is tinted, if they are medians.
    pub band: Option<&'a Band>,
    /// The racer's values, as read at the pointer.
    pub values: Option<Values<'a>>,
    /// The racer's colour and marker.
    pub colors: RacerLook,
    /// The racer's current point as (x, value), if there is no common playhead.
    pub now: Option<[f64; 2]>,
    /// Whether it is drawn as dots, without a marker: what belongs to another line.
    pub dotted: bool,
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
    /// The name of the horizontal axis, for instance "step".
    pub unit: &'a str,
    /// Whether the horizontal axis has only whole numbers.
    pub counts: bool,
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
    /// Shows the chart over the available width; a click or drag seeks to the position under the
    /// pointer, and the values there are written beside it.
    pub fn show(&self, ui: &mut Ui) -> Answer {
        let size = vec2(ui.available_width(), self.height).max(Vec2::ZERO);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let plot = self.plot(ui.painter(), rect);
        self.axes(ui.painter(), rect, &plot);
        let mut area = ui.new_child(UiBuilder::new().max_rect(plot.frame));
        let response = lines::show(&mut area, &plot, self.in_order());
        // Markers at the edge may reach beyond it.
        let painter = ui.painter_at(plot.frame.expand(REACH));
        if let Some(playhead) = self.playhead {
            let x = plot.x(playhead.min(plot.end));
            painter.vline(x, plot.frame.y_range(), Stroke::new(1.5, self.colors.text));
        }
        for line in self.in_order().filter(|line| !line.dotted) {
            self.marker(&painter, &plot, line);
        }
        let inside = |spot: &Pos2| plot.frame.expand(2.0).contains(*spot);
        let hovered = response.hover_pos().filter(inside);
        if let Some(spot) = hovered {
            self.read(ui, &painter, &plot, spot);
        }
        let pointed = response.interact_pointer_pos();
        let seek = pointed.filter(|_| response.clicked() || response.dragged());
        Answer {
            response,
            seek: seek.map(|spot| plot.along(spot.x)),
            hovered: hovered.map(|spot| plot.along(spot.x)),
        }
    }

    /// The lowest and highest point of all lines, with a margin, as positions on the axis.
    #[must_use]
    pub fn fitted_bounds(&self) -> [f64; 2] {
        let points = || self.lines.iter().map(|line| line.series.points());
        // A diverging racer must not squeeze all others into one line.
        let starts = points().filter_map(|points| points.first());
        let highest = starts.map(|point| point[1] + ABOVE).reduce(f64::max);
        let highest = match self.scale {
            Scale::Log { .. } | Scale::SymLog => highest.unwrap_or(f64::INFINITY),
            Scale::Linear => f64::INFINITY,
        };
        let lines = points().flatten().map(|point| point[1]);
        let bands = self.lines.iter().filter_map(|line| line.band?.range());
        let heights = lines
            .chain(bands.flatten())
            .map(|height| height.min(highest));
        fitted(self.scale, heights).unwrap_or([0.0, 1.0])
    }

    /// The part of `rect` in which lines are drawn, beside and above the numbers of the axes.
    fn plot(&self, painter: &Painter, rect: Rect) -> Plot {
        let bounds = self.bounds.unwrap_or_else(|| self.fitted_bounds());
        let ends = [0.0, self.end.max(1.0)];
        Plot::within(painter, rect, self.colors, self.scale, [ends, bounds])
    }

    fn axes(&self, painter: &Painter, rect: Rect, plot: &Plot) {
        let apart = 52.0 * plot.end / f64::from(plot.frame.width());
        let along = axis::along([0.0, plot.end], apart, self.counts);
        plot.paint_axes(painter, rect, self.colors, &along);
    }

    /// Paints a racer's marker at its current point or at the end of its line.
    fn marker(&self, painter: &Painter, plot: &Plot, line: &ChartLine<'_>) {
        let now = line
            .now
            .and_then(|[x, value]| Some([x, self.scale.height(value)?]));
        let Some(point) = now.or(line.series.points().last().copied()) else {
            return;
        };
        // A line that leaves the chart has its marker at the edge.
        let at = plot.frame.clamp(plot.at(point));
        let rim = Stroke::new(1.2, self.colors.panel);
        let marker = line
            .colors
            .marker
            .filled(at, MARKER, line.colors.color, rim);
        painter.extend(marker);
    }

    /// Shows all values at the pointer.
    fn read(&self, ui: &Ui, painter: &Painter, plot: &Plot, spot: Pos2) {
        let pointed = plot.along(spot.x);
        let moment = if self.counts {
            pointed.round()
        } else {
            pointed
        };
        let x = plot.x(moment);
        painter.vline(x, plot.frame.y_range(), Stroke::new(1.0, self.colors.dim));
        let title = format!("{} {}", self.unit, self.moment(moment));
        let mut readings = Vec::with_capacity(self.lines.len());
        for line in self.in_order() {
            let Some([at, value]) = line.values.and_then(|values| values.nearest(moment)) else {
                continue;
            };
            let height = self.scale.height(value).unwrap_or(f64::INFINITY);
            let end = line.values.and_then(|values| values.nearest(f64::INFINITY));
            let has_ended = end.is_some_and(|[end, _]| end < moment);
            let dot = plot.at([at, height]);
            if !has_ended && plot.frame.expand(1.0).contains(dot) {
                let rim = Stroke::new(1.2, self.colors.panel);
                painter.circle(dot, 3.2, line.colors.color, rim);
            }
            readings.push(Reading {
                name: line.name,
                look: line.colors,
                value,
                height,
                says: None,
                has_ended,
                selected: line.selected,
            });
        }
        if !readings.is_empty() {
            readout::paint(ui, self.colors, spot, &title, readings);
        }
    }

    fn moment(&self, moment: f64) -> String {
        if self.counts {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count"
            )]
            return number::count(moment as usize);
        }
        number::short(moment)
    }

    fn in_order(&self) -> impl Iterator<Item = &ChartLine<'_>> + Clone {
        selected_last(self.lines, |line| line.selected)
    }
}

/// The lines in the order in which they are drawn: the selected one comes last, on top.
fn selected_last<T>(
    lines: &[T],
    is_selected: impl Fn(&T) -> bool,
) -> impl Iterator<Item = &T> + Clone {
    let (selected, others): (Vec<&T>, Vec<&T>) = lines.iter().partition(|line| is_selected(line));
    others.into_iter().chain(selected)
}

/// The bounds of two charts together.
#[must_use]
pub fn join(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0].min(b[0]), a[1].max(b[1])]
}

/// The lowest and highest of the heights, with a margin; `None` if there are none.
fn fitted(scale: Scale, heights: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    const MARGIN: f64 = 0.06;
    let [low, high] = number::finite_range(heights)?;
    let span = high - low;
    let room = match scale {
        Scale::Log { .. } | Scale::SymLog => MARGIN * span.max(0.5),
        // Narrower, and most digits of the numbers on the axis would be the same.
        Scale::Linear => match low.abs().max(high.abs()) {
            0.0 => 0.5,
            size if span < 1e-6 * size => MARGIN * size,
            _ => MARGIN * span,
        },
    };
    Some([low - room, high + room])
}

fn font() -> FontId {
    FontId::proportional(10.5)
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput, Shape, pos2};

    use super::super::marker::Marker;
    use super::*;

    const SIZE: [f32; 2] = [280.0, 130.0];

    fn series(values: &[f64], scale: Scale) -> Series {
        let points = (0_u8..).map(f64::from).zip(values);
        Series::of(points.map(|(x, value)| [x, *value]), scale)
    }

    fn line<'a>(series: &'a Series, values: &'a [f64]) -> ChartLine<'a> {
        ChartLine {
            name: "Adam",
            series,
            band: None,
            values: Some(Values {
                values,
                along: Along::Every {
                    first: 0.0,
                    step: 1.0,
                    last: 1e9,
                },
            }),
            colors: RacerLook {
                color: egui::Color32::RED,
                marker: Marker::Circle,
                dashed: false,
            },
            now: None,
            dotted: false,
            selected: false,
        }
    }

    fn chart<'a>(colors: &'a Colors, lines: &'a [ChartLine<'a>], scale: Scale) -> Chart<'a> {
        Chart {
            colors,
            lines,
            scale,
            bounds: None,
            end: 4.0,
            unit: "step",
            counts: true,
            playhead: None,
            height: SIZE[1],
        }
    }

    /// The shapes of a chart, with the rectangle in which each is visible.
    fn painted(chart: &Chart<'_>) -> Vec<(Rect, Shape)> {
        let ctx = Context::default();
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let rect = Rect::from_min_size(pos2(20.0, 20.0), SIZE.into());
            chart.show(&mut ui.new_child(UiBuilder::new().max_rect(rect)));
        });
        output.textures_delta.clear();
        let shapes = output.shapes.into_iter();
        shapes.map(|it| (it.clip_rect, it.shape)).collect()
    }

    #[test]
    fn markers_are_never_cut() {
        let colors = Colors::dark();
        let scale = Scale::Log { floor: 0.0 };
        // To the top and the bottom of the chart, and out of it.
        for values in [[1.0, 10.0, 100.0], [100.0, 10.0, 1.0], [1.0, 1e9, 1e99]] {
            let series = series(&values, scale);
            let lines = [line(&series, &values)];
            for end in [2.0, 4.0] {
                let mut chart = chart(&colors, &lines, scale);
                chart.end = end;
                let shapes = painted(&chart);
                let markers = shapes
                    .iter()
                    .filter(|(_, shape)| matches!(shape, Shape::Circle(_)));
                let mut count = 0;
                for (clip, marker) in markers {
                    let bounds = marker.visual_bounding_rect();
                    assert!(clip.contains_rect(bounds), "{bounds} in {clip}");
                    count += 1;
                }
                assert_eq!(count, 1);
            }
        }
    }

    #[test]
    fn losses_at_the_limit_of_numbers_are_drawn() {
        let colors = Colors::dark();
        let values = [f64::MAX, 1e308, -f64::MAX, f64::INFINITY, 1e-308];
        let far = -f64::MAX;
        for scale in [Scale::Linear, Scale::SymLog, Scale::Log { floor: far }] {
            let series = series(&values, scale);
            let lines = [line(&series, &values)];
            let shapes = painted(&chart(&colors, &lines, scale));
            assert!(!shapes.is_empty());
            for (_, shape) in shapes {
                let bounds = shape.visual_bounding_rect();
                assert!(bounds.is_finite() || !bounds.is_positive(), "{shape:?}");
            }
        }
    }

    #[test]
    fn charts_with_joined_bounds_have_the_same_numbers() {
        let colors = Colors::dark();
        let scale = Scale::Log { floor: 0.0 };
        let [a, b] = [[1.0, 0.1, 0.01], [50.0, 40.0, 30.0]];
        let [low, high] = [a, b].map(|values| series(&values, scale));
        let [low, high] = [[line(&low, &a)], [line(&high, &b)]];
        let [mut low, mut high] = [&low, &high].map(|lines| chart(&colors, lines, scale));
        let numbers = |chart: &Chart<'_>| {
            let ctx = Context::default();
            let mut marks = vec![];
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                let rect = Rect::from_min_size(Pos2::ZERO, SIZE.into());
                marks = chart.plot(ui.painter(), rect).up;
            });
            output.textures_delta.clear();
            marks
        };
        assert_ne!(numbers(&low), numbers(&high));
        let bounds = Some(join(low.fitted_bounds(), high.fitted_bounds()));
        (low.bounds, high.bounds) = (bounds, bounds);
        assert_eq!(numbers(&low), numbers(&high));
    }

    #[test]
    fn a_band_is_tinted_within_the_chart() {
        let colors = Colors::dark();
        let scale = Scale::Log { floor: 0.0 };
        let values = [1.0, 0.1, 0.01];
        let series = series(&values, scale);
        // Some runs have diverged by the last step.
        let points = [
            [0.0, 0.5, 2.0],
            [1.0, 0.05, 0.2],
            [2.0, 1e-3, f64::INFINITY],
        ];
        let band = Band::of(points.into_iter(), scale);
        let mut lines = [line(&series, &values)];
        let without = chart(&colors, &lines, scale).fitted_bounds();
        lines[0].band = Some(&band);
        let chart = chart(&colors, &lines, scale);
        assert!(chart.fitted_bounds()[0] < without[0], "it has room");
        let shapes = painted(&chart);
        let tints = shapes.iter().filter_map(|(clip, shape)| match shape {
            Shape::Mesh(mesh) => Some((clip, mesh)),
            _ => None,
        });
        let mut count = 0;
        for (clip, mesh) in tints {
            count += 1;
            assert!(mesh.is_valid() && mesh.vertices.len() == 6);
            assert!(clip.expand(0.5).contains_rect(mesh.calc_bounds()));
        }
        assert_eq!(count, 1);
    }

    #[test]
    fn small_losses_fill_a_linear_chart() {
        let colors = Colors::dark();
        let values = [2e-9, 1e-9];
        let series = series(&values, Scale::Linear);
        let lines = [line(&series, &values)];
        let [low, high] = chart(&colors, &lines, Scale::Linear).fitted_bounds();
        assert!(low > 0.9e-9 && high < 2.1e-9, "{low} to {high}");
    }
}
