//! The lines of a chart, cut at its upper and lower edge.

use egui::{Response, Sense, Stroke, Ui, Vec2};
use egui_plot::{FilledArea, Line, LineStyle, PlotBounds, PlotPoints};

use super::ChartLine;
use super::plot::Plot;

/// The opacity of a band, and of that of the selected racer.
const BAND: [f32; 2] = [0.14, 0.24];

/// Shows the bands and the lines over the whole area, without axes and numbers.
pub fn show<'a>(
    ui: &mut Ui,
    plot: &Plot,
    lines: impl Iterator<Item = &'a ChartLine<'a>> + Clone,
) -> Response {
    let [low, high] = plot.bounds;
    let area = egui_plot::Plot::new("lines")
        .width(plot.frame.width())
        .height(plot.frame.height())
        .min_size(Vec2::ZERO)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .label_formatter(|_| None)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .set_margin_fraction(Vec2::ZERO)
        .sense(Sense::click_and_drag());
    let shown = area.show(ui, |area| {
        area.set_plot_bounds(PlotBounds::from_min_max(
            [plot.start, low],
            [plot.end, high],
        ));
        for line in lines.clone() {
            let Some(band) = line.band.filter(|band| !band.is_empty()) else {
                continue;
            };
            let [xs, low, high] = band.within(plot);
            let fill = line
                .colors
                .color
                .gamma_multiply(BAND[usize::from(line.selected)]);
            let filled = FilledArea::new(line.name, &xs, &low, &high).fill_color(fill);
            area.add(filled.allow_hover(false));
        }
        for line in lines {
            let width = match (line.dotted, line.selected) {
                (true, _) => 0.9,
                (false, true) => 2.4,
                (false, false) => 1.5,
            };
            let stroke = Stroke::new(width, line.colors.color);
            let style = if line.dotted {
                LineStyle::dotted_dense()
            } else if line.colors.dashed {
                LineStyle::dashed_dense()
            } else {
                LineStyle::Solid
            };
            for piece in pieces(line.series.points(), plot.bounds) {
                let points = PlotPoints::from(piece);
                let piece = Line::new(line.name, points).stroke(stroke).style(style);
                area.line(piece.allow_hover(false));
            }
        }
    });
    shown.response
}

/// The pieces of a line between two heights.
fn pieces(points: &[[f64; 2]], bounds: [f64; 2]) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = vec![];
    let mut is_open = false;
    for pair in points.windows(2) {
        let Some([from, to]) = cut([pair[0], pair[1]], bounds) else {
            is_open = false;
            continue;
        };
        match pieces.last_mut().filter(|_| is_open) {
            Some(piece) => piece.push(to),
            None => pieces.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    pieces
}

/// The part of a segment between two heights.
fn cut([a, b]: [[f64; 2]; 2], [low, high]: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    if a[1].max(b[1]) < low || a[1].min(b[1]) > high {
        return None;
    }
    let at = |height: f64| {
        let share = (height - a[1]) / (b[1] - a[1]);
        [a[0] + share * (b[0] - a[0]), height]
    };
    let inside = |point: [f64; 2]| match point[1] {
        height if height < low => at(low),
        height if height > high => at(high),
        _ => point,
    };
    Some([inside(a), inside(b)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves_the_chart() {
        let line = [[0.0, 1.0], [1.0, 3.0], [2.0, 1.0], [3.0, 1.0], [4.0, -1.0]];
        assert_eq!(
            pieces(&line, [0.0, 2.0]),
            [
                vec![[0.0, 1.0], [0.5, 2.0]],
                vec![[1.5, 2.0], [2.0, 1.0], [3.0, 1.0], [3.5, 0.0]],
            ]
        );
    }

    #[test]
    fn a_line_that_crosses_the_whole_chart_is_cut_twice() {
        let line = [[0.0, -1e300], [2.0, 1e300]];
        assert_eq!(pieces(&line, [0.0, 2.0]), [vec![[1.0, 0.0], [1.0, 2.0]]]);
    }

    #[test]
    fn a_line_outside_is_not_drawn() {
        assert!(pieces(&[[0.0, 5.0], [1.0, 9.0]], [0.0, 2.0]).is_empty());
        assert!(pieces(&[[0.0, 1.0]], [0.0, 2.0]).is_empty());
    }
}
