//! A chart of how every racer ends, against the values of a hyper-parameter.

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::axis::{self, Mark};
use super::plot::Plot;
use super::readout::{self, Reading};
use super::{MARKER, REACH, Scale, fitted, selected_last};
use crate::analysis::sensitivity::Ruler;
use crate::number;
use crate::view::{Colors, RacerLook};

/// The height below which losses are not told apart on a logarithmic axis, in decades.
const LOWEST: f64 = -10.0;
/// The distance from a dot, in points, within which it is taken hold of.
const GRASP: f32 = 14.0;
/// The distance between the lines of a hatched area.
const HATCH: f32 = 6.0;

/// The curve of one racer.
#[derive(Clone, Debug)]
pub struct SweptLine<'a> {
    /// The racer's name.
    pub name: &'a str,
    /// The racer's colour and marker.
    pub look: RacerLook,
    /// The points (position, value) in ascending order of their positions. The value of a run that
    /// leads nowhere is NaN, and that of one that never gets there infinite.
    pub points: Vec<[f64; 2]>,
    /// The point of the present value.
    pub now: Option<[f64; 2]>,
    /// The point of the best value.
    pub best: Option<[f64; 2]>,
    /// Whether it is the selected racer.
    pub selected: bool,
}

/// The contents of the chart.
#[derive(Debug)]
pub struct SweptChart<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The curves; those of hidden racers are not included.
    pub lines: &'a [SweptLine<'a>],
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The lowest and highest point of the vertical axis; `None` fits them to the curves.
    pub bounds: Option<[f64; 2]>,
    /// The scale of the horizontal axis.
    pub ruler: Ruler,
    /// The name of the horizontal axis, for instance "learning rate".
    pub unit: &'a str,
    /// The height of the chart in points.
    pub height: f32,
}

/// How the user interacted with the chart.
#[derive(Debug)]
pub struct SweptAnswer {
    /// The response of the chart's widget.
    pub response: Response,
    /// The index of the line whose dot was taken hold of.
    pub held: Option<usize>,
    /// The position to which it was moved.
    pub moved: Option<f64>,
}

impl SweptChart<'_> {
    /// Shows the chart over the available width. A click or drag moves the dot under the pointer
    /// or, anywhere else, that of the selected racer.
    pub fn show(&self, ui: &mut Ui) -> SweptAnswer {
        let size = vec2(ui.available_width(), self.height).max(Vec2::ZERO);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let plot = self.plot(ui.painter(), rect);
        plot.paint_axes(ui.painter(), rect, self.colors, &self.along(&plot));
        let id = ui.scope_id().with("swept");
        let response = ui.interact(plot.frame.expand(REACH), id, Sense::click_and_drag());
        let inside = ui.painter_at(plot.frame);
        let painter = ui.painter_at(plot.frame.expand(REACH + 1.0));
        for line in self.lines.iter().filter(|line| line.selected) {
            hatch(&inside, &plot, line);
        }
        for line in self.in_order() {
            self.curve(&inside, &plot, line);
        }
        for line in self.in_order() {
            self.marks(&painter, &plot, line);
        }
        let (held, moved) = self.follow(ui, &plot, &response);
        let hovered = response.hover_pos();
        if let Some(spot) = hovered.filter(|spot| plot.frame.expand(2.0).contains(*spot)) {
            // The values of all others would cover the way of a dot that is dragged.
            let dragged = held.filter(|_| response.dragged());
            let dragged = dragged.and_then(|index| self.lines.get(index));
            self.read(ui, &painter, &plot, spot, dragged);
        }
        SweptAnswer {
            response,
            held,
            moved,
        }
    }

    /// The lowest and highest point of all curves, with a margin, as positions on the axis.
    #[must_use]
    pub fn fitted_bounds(&self) -> [f64; 2] {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let heights = points.filter_map(|[_, value]| self.scale.height(*value));
        let lowest = match self.scale {
            Scale::Log { .. } => LOWEST,
            _ => f64::NEG_INFINITY,
        };
        let heights = heights.map(|height| height.max(lowest));
        fitted(self.scale, heights).unwrap_or([0.0, 1.0])
    }

    fn plot(&self, painter: &Painter, rect: Rect) -> Plot {
        let bounds = self.bounds.unwrap_or_else(|| self.fitted_bounds());
        let points = self.lines.iter().flat_map(|line| &line.points);
        let ends = number::finite_range(points.map(|point| point[0]));
        let [start, end] = ends.unwrap_or([0.0, 1.0]);
        let ends = [start, if end > start { end } else { start + 1.0 }];
        Plot::within(painter, rect, self.colors, self.scale, [ends, bounds])
    }

    /// The numbers on the horizontal axis.
    fn along(&self, plot: &Plot) -> Vec<Mark> {
        let ends = [plot.start, plot.end];
        let apart = |points: f64| points * (plot.end - plot.start) / f64::from(plot.frame.width());
        match self.ruler {
            Ruler::Log => axis::up(Scale::Log { floor: 0.0 }, ends, apart(30.0)),
            Ruler::Complement => nines(ends, apart(34.0)),
            Ruler::Linear => axis::along(ends, apart(52.0), false),
        }
    }

    fn curve(&self, painter: &Painter, plot: &Plot, line: &SweptLine<'_>) {
        let width = if line.selected { 2.4 } else { 1.5 };
        let stroke = Stroke::new(width, line.look.color);
        let height = |point: &[f64; 2]| Some(plot.at([point[0], self.scale.height(point[1])?]));
        let heights: Vec<Option<Pos2>> = line.points.iter().map(height).collect();
        for piece in heights.split(Option::is_none) {
            let piece: Vec<Pos2> = piece.iter().flatten().copied().collect();
            match &*piece {
                [] => {}
                [only] => {
                    painter.circle_filled(*only, width / 2.0 + 0.5, line.look.color);
                }
                _ if line.look.dashed => {
                    painter.extend(Shape::dashed_line(&piece, stroke, 6.0, 4.0));
                }
                _ => {
                    painter.add(Shape::line(piece, stroke));
                }
            }
        }
    }

    /// Paints the ring at the best value and the racer's marker at the present one.
    fn marks(&self, painter: &Painter, plot: &Plot, line: &SweptLine<'_>) {
        let ring = if line.selected { 4.6 } else { 3.6 };
        if let Some(at) = line.best.and_then(|point| self.spot(plot, point)) {
            painter.circle(at, ring + 1.2, self.colors.panel, Stroke::NONE);
            let stroke = Stroke::new(1.8, line.look.color);
            painter.circle(at, ring, Color32::TRANSPARENT, stroke);
        }
        if let Some(at) = line.now.map(|point| self.dot(plot, point)) {
            let rim = Stroke::new(1.2, self.colors.panel);
            let size = if line.selected { MARKER + 3.0 } else { MARKER };
            painter.extend(line.look.marker.filled(at, size, line.look.color, rim));
        }
    }

    /// The place of a point, moved to the edge if it is outside; `None` if its value is not finite.
    fn spot(&self, plot: &Plot, [x, value]: [f64; 2]) -> Option<Pos2> {
        let height = self.scale.height(value)?;
        Some(plot.frame.clamp(plot.at([x.max(plot.start), height])))
    }

    /// The place of the dot of a present value, at the top if its run leads nowhere.
    fn dot(&self, plot: &Plot, point: [f64; 2]) -> Pos2 {
        self.spot(plot, point)
            .unwrap_or_else(|| pos2(plot.x(point[0].max(plot.start)), plot.frame.top()))
    }

    /// Shows the values of all lines at the pointer, or only that of one line.
    fn read(
        &self,
        ui: &Ui,
        painter: &Painter,
        plot: &Plot,
        spot: Pos2,
        only: Option<&SweptLine<'_>>,
    ) {
        let pointed = plot.along(spot.x);
        let x = plot.x(pointed);
        painter.vline(x, plot.frame.y_range(), Stroke::new(1.0, self.colors.dim));
        let value = self.ruler.rounded(self.ruler.value(pointed));
        let title = format!("{} {}", self.unit, number::precise(value));
        let mut readings = Vec::with_capacity(self.lines.len());
        let is_read = |line: &&SweptLine<'_>| only.is_none_or(|only| std::ptr::eq(*line, only));
        for line in self.in_order().filter(is_read) {
            let Some([at, value]) = nearest(&line.points, pointed) else {
                continue;
            };
            let height = self.scale.height(value);
            let dot = plot.at([at, height.unwrap_or(f64::INFINITY)]);
            if plot.frame.expand(1.0).contains(dot) {
                let rim = Stroke::new(1.2, self.colors.panel);
                painter.circle(dot, 3.2, line.look.color, rim);
            }
            readings.push(Reading {
                name: line.name,
                look: line.look,
                value,
                height: height.unwrap_or(f64::MAX),
                says: height.is_none().then_some(match value {
                    value if value.is_nan() => "diverges",
                    _ => "never",
                }),
                has_ended: height.is_none(),
                selected: line.selected,
            });
        }
        if !readings.is_empty() {
            readout::paint(ui, self.colors, spot, &title, readings);
        }
    }

    /// The line whose dot the pointer holds, and where it is moved.
    fn follow(&self, ui: &Ui, plot: &Plot, response: &Response) -> (Option<usize>, Option<f64>) {
        let Some(spot) = response.interact_pointer_pos() else {
            return (None, None);
        };
        let begins = response.drag_started() || response.clicked();
        if begins {
            let pressed = ui
                .input(|input| input.pointer.press_origin())
                .unwrap_or(spot);
            let held = self.under(plot, pressed);
            ui.data_mut(|data| data.insert_temp(response.id, held));
        }
        let held: Option<usize> = ui.data(|data| data.get_temp(response.id)).flatten();
        let is_moved = response.dragged() || response.clicked();
        let moved = is_moved.then(|| plot.along(spot.x));
        (held, moved.filter(|_| held.is_some()))
    }

    /// The line whose dot is nearest to a place or, if none is near, the selected one.
    fn under(&self, plot: &Plot, spot: Pos2) -> Option<usize> {
        let dots = self.lines.iter().enumerate();
        let near = dots.filter_map(|(index, line)| {
            let away = self.dot(plot, line.now?).distance(spot);
            // Of dots on top of each other, the selected one is in front.
            let away = if line.selected { away - 2.0 } else { away };
            (away <= GRASP).then_some((index, away))
        });
        let nearest = near.min_by(|a, b| a.1.total_cmp(&b.1));
        let selected = || self.lines.iter().position(|line| line.selected);
        nearest.map(|(index, _)| index).or_else(selected)
    }

    fn in_order(&self) -> impl Iterator<Item = &SweptLine<'_>> {
        selected_last(self.lines, |line| line.selected)
    }
}

/// Fills the ranges in which a racer's runs lead nowhere with slanted lines.
fn hatch(painter: &Painter, plot: &Plot, line: &SweptLine<'_>) {
    let frame = plot.frame;
    let color = line.look.color.gamma_multiply(0.28);
    for [from, to] in lost_ranges(&line.points) {
        let [left, right] = [plot.x(from), plot.x(to)];
        let area = Rect::from_x_y_ranges(left..=right, frame.y_range()).intersect(frame);
        if area.width() < 1.0 {
            continue;
        }
        let painter = painter.with_clip_rect(area.intersect(painter.clip_rect()));
        // The lines of neighbouring areas continue each other.
        let mut x = (area.left() / HATCH).floor() * HATCH - area.height();
        while x < area.right() {
            let ends = [pos2(x, area.bottom()), pos2(x + area.height(), area.top())];
            painter.line_segment(ends, Stroke::new(1.0, color));
            x += HATCH;
        }
    }
}

/// The numbers 0, 0.9, 0.99 and so on, with 0.5 where there is space.
fn nines([low, high]: [f64; 2], apart: f64) -> Vec<Mark> {
    let mark = |value: f64| Mark {
        at: Ruler::Complement.position(value),
        text: number::precise(value),
    };
    #[expect(clippy::cast_possible_truncation, reason = "a few digits")]
    let digits = (high + 1e-6).floor().clamp(1.0, 16.0) as i32;
    let every = apart.ceil().max(1.0);
    let values = (0..=digits).filter(|digit| f64::from(*digit) % every == 0.0);
    let values = values.map(|digit| Ruler::Complement.rounded(1.0 - 10_f64.powi(-digit)));
    let mut marks: Vec<Mark> = values.map(mark).collect();
    let half = mark(0.5);
    if half.at >= apart && 1.0 - half.at >= apart {
        marks.insert(1.min(marks.len()), half);
    }
    marks.retain(|mark| (low - 1e-9..=high + 1e-9).contains(&mark.at));
    marks
}

/// The ranges between the first and the last of neighbouring runs that lead nowhere, up to the
/// middle of the gap beside them.
fn lost_ranges(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut ranges: Vec<[f64; 2]> = Vec::new();
    let mut is_open = false;
    for (index, [x, value]) in points.iter().enumerate() {
        let is_lost = value.is_nan();
        let before = index.checked_sub(1).and_then(|it| points.get(it));
        let from = before.map_or(*x, |before| f64::midpoint(before[0], *x));
        match ranges.last_mut().filter(|_| is_open) {
            Some(range) if is_lost => range[1] = *x,
            Some(range) => range[1] = from,
            None if is_lost => ranges.push([from, *x]),
            None => {}
        }
        is_open = is_lost;
    }
    ranges
}

/// The point nearest to a position; `None` outside the points.
fn nearest(points: &[[f64; 2]], x: f64) -> Option<[f64; 2]> {
    let [first, last] = [points.first()?, points.last()?];
    if !(first[0]..=last[0]).contains(&x) {
        return None;
    }
    let after = points.partition_point(|point| point[0] < x);
    let near = [after.saturating_sub(1), after].map(|index| points.get(index).copied());
    match near {
        [Some(before), Some(after)] if x - before[0] < after[0] - x => Some(before),
        [before, after] => after.or(before),
    }
}

#[cfg(test)]
mod tests;
