//! A chart of the loss along a step.

use egui::{
    Align2, FontId, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::theme::blend;
use super::{Colors, RacerLook, fonts, number};
use crate::plane::ticks;

/// The contents of the chart.
#[derive(Clone, Copy, Debug)]
pub struct SliceChart<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The racer's colour and marker.
    pub look: RacerLook,
    /// s and the loss there, from the start of the step at s = 0 to twice its length.
    pub losses: &'a [[f64; 2]],
    /// The quadratic model at the same places; empty if there is none.
    pub model: &'a [[f64; 2]],
    /// The s at which the loss is lowest.
    pub best: Option<f64>,
    /// The height of the chart in points.
    pub height: f32,
    /// The accessible text.
    pub text: &'a str,
}

/// The height of the line that names the model.
const ABOVE: f32 = 16.0;
/// The height of the numbers below the horizontal axis.
const BELOW: f32 = 16.0;
/// The size of the racer's marker.
const MARKER: f32 = 9.0;
/// The space that a marker needs around its centre.
const REACH: f32 = 7.0;
/// How far above the losses at both ends of the step the chart extends, relative to its height.
const HEADROOM: f64 = 0.35;

impl SliceChart<'_> {
    /// Shows the chart over the available width, with the values at the pointer.
    pub fn show(&self, ui: &mut Ui) -> Response {
        let size = vec2(ui.available_width(), self.height).max(vec2(1.0, 1.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        let painter = ui.painter_at(rect);
        let Some(plot) = self.plot(&painter, rect) else {
            return response;
        };
        self.axes(&painter, &plot);
        self.name_model(&painter, &plot);
        let inside = painter.with_clip_rect(plot.frame.intersect(painter.clip_rect()));
        let losses = self.losses.iter().filter(|it| it[1].is_finite());
        let losses: Vec<[f64; 2]> = losses.copied().collect();
        inside.add(Shape::line(
            plot.line(&losses),
            Stroke::new(2.2, self.look.color),
        ));
        // Above the losses, so that it is seen where both coincide.
        let model = Stroke::new(1.2, self.colors.dim);
        inside.extend(Shape::dashed_line(&plot.line(self.model), model, 5.0, 4.0));
        self.marks(&painter, &plot);
        match response.hover_pos().filter(|at| plot.frame.contains(*at)) {
            Some(at) => self.read(&painter, &plot, at, response),
            None => response,
        }
    }

    /// The area of the lines; `None` if no loss is finite.
    fn plot(&self, painter: &Painter, rect: Rect) -> Option<Plot> {
        let bounds = self.bounds()?;
        let marks = marks(bounds);
        let widths = marks.iter().map(|(_, text)| {
            let text = painter.layout_no_wrap(text.clone(), font(), self.colors.dim);
            text.size().x
        });
        let left = rect.left() + widths.fold(REACH, f32::max) + 6.0;
        let top = rect.top() + ABOVE;
        let right = (rect.right() - REACH).max(left + 1.0);
        let bottom = (rect.bottom() - BELOW).max(top + 1.0);
        Some(Plot {
            frame: Rect::from_min_max(pos2(left, top), pos2(right, bottom)),
            bounds,
            marks,
        })
    }

    /// The lowest and highest loss of the chart. What rises far beyond the step must not press the
    /// rest into one line.
    fn bounds(&self) -> Option<[f64; 2]> {
        let [low, high] = number::finite_range(self.losses.iter().map(|it| it[1]))?;
        let ends = [0, self.losses.len() / 2].map(|point| self.losses[point][1]);
        let [_, at_ends] = number::finite_range(ends).unwrap_or([low, high]);
        let top = (at_ends + HEADROOM * (at_ends - low)).min(high).max(low);
        let room = match 0.08 * (top - low) {
            room if room > 1e-12 * low.abs().max(top.abs()) => room,
            _ => (0.05 * low.abs()).max(f64::MIN_POSITIVE),
        };
        let bounds = [low - room, top + room];
        (bounds[1] - bounds[0]).is_finite().then_some(bounds)
    }

    fn axes(&self, painter: &Painter, plot: &Plot) {
        let (frame, dim) = (plot.frame, self.colors.dim);
        let grid = Stroke::new(1.0, self.colors.line);
        for (loss, text) in &plot.marks {
            let y = plot.y(*loss);
            painter.hline(frame.x_range(), y, grid);
            let at = pos2(frame.left() - 5.0, y);
            painter.text(at, Align2::RIGHT_CENTER, text, font(), dim);
        }
        for (s, text, align) in [
            (0.0, "0", Align2::CENTER_TOP),
            (1.0, "1 step", Align2::CENTER_TOP),
            (2.0, "2 steps", Align2::RIGHT_TOP),
        ] {
            let x = plot.x(s);
            painter.vline(x, frame.y_range(), grid);
            let right = if s < 2.0 { x } else { frame.right() + REACH };
            let at = pos2(right, frame.bottom() + 4.0);
            painter.text(at, align, text, font(), dim);
        }
    }

    /// Says which line is the model, above the chart.
    fn name_model(&self, painter: &Painter, plot: &Plot) {
        if self.model.is_empty() {
            return;
        }
        let at = pos2(plot.frame.right() + REACH, plot.frame.top() - ABOVE + 6.0);
        let dim = self.colors.dim;
        let text = painter.text(at, Align2::RIGHT_CENTER, "quadratic model", font(), dim);
        let end = pos2(text.left() - 5.0, at.y);
        let sample = [end - vec2(23.0, 0.0), end];
        painter.extend(Shape::dashed_line(&sample, Stroke::new(1.2, dim), 5.0, 4.0));
    }

    /// Marks the start of the step, its end, and the lowest point.
    fn marks(&self, painter: &Painter, plot: &Plot) {
        let frame = plot.frame;
        if let Some(best) = self.best.filter(|best| (1e-3..1.999).contains(best)) {
            let x = plot.x(best);
            let tick = Stroke::new(1.6, self.colors.text);
            painter.vline(x, frame.bottom() - 5.0..=frame.bottom() + 3.0, tick);
        }
        let rim = Stroke::new(1.2, self.colors.card);
        let losses = [0, self.losses.len() / 2].map(|point| self.losses[point][1]);
        if losses[0].is_finite() {
            let at = frame.clamp(plot.at([0.0, losses[0]]));
            painter.circle(at, 3.2, self.look.color, rim);
        }
        if losses[1].is_finite() {
            let at = frame.clamp(plot.at([1.0, losses[1]]));
            painter.extend(self.look.marker.filled(at, MARKER, self.look.color, rim));
        }
    }

    /// Tells the values at the pointer.
    fn read(&self, painter: &Painter, plot: &Plot, at: Pos2, response: Response) -> Response {
        let Some(point) = plot.nearest(self.losses, at.x) else {
            return response;
        };
        let [s, loss] = self.losses[point];
        let line = Stroke::new(1.0, blend(self.colors.line, self.colors.dim, 0.6));
        painter.vline(plot.x(s), plot.frame.y_range(), line);
        let dot = plot.at([s, loss]);
        if plot.frame.expand(1.0).contains(dot) {
            painter.circle(
                dot,
                3.2,
                self.look.color,
                Stroke::new(1.2, self.colors.card),
            );
        }
        response.on_hover_ui_at_pointer(|ui| {
            let number = |ui: &mut Ui, name: &str, value: f64| {
                ui.horizontal(|ui| {
                    ui.label(egui::RichText::new(name).size(12.0).color(self.colors.dim));
                    let value = egui::RichText::new(number::short(value));
                    ui.label(value.font(fonts::numbers(12.0)));
                });
            };
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 15.0;
            number(ui, "steps", s);
            number(ui, "loss", loss);
            if let Some([_, model]) = self.model.get(point) {
                number(ui, "model", *model);
            }
        })
    }
}

/// Where losses are drawn.
struct Plot {
    frame: Rect,
    bounds: [f64; 2],
    /// The numbers on the vertical axis.
    marks: Vec<(f64, String)>,
}

impl Plot {
    #[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
    fn x(&self, s: f64) -> f32 {
        self.frame.left() + (s / 2.0) as f32 * self.frame.width()
    }

    /// The height of a loss; what is far outside lies a few heights away.
    #[expect(clippy::cast_possible_truncation, reason = "a place on screen")]
    fn y(&self, loss: f64) -> f32 {
        let [low, high] = self.bounds;
        let share = ((loss - low) / (high - low)).clamp(-9.0, 9.0);
        self.frame.bottom() - share as f32 * self.frame.height()
    }

    fn at(&self, [s, loss]: [f64; 2]) -> Pos2 {
        pos2(self.x(s), self.y(loss))
    }

    fn line(&self, points: &[[f64; 2]]) -> Vec<Pos2> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    /// The point nearest to a place on the horizontal axis.
    fn nearest(&self, points: &[[f64; 2]], x: f32) -> Option<usize> {
        let off = |point: &[f64; 2]| (self.x(point[0]) - x).abs();
        let points = points.iter().enumerate();
        let nearest = points.min_by(|(_, a), (_, b)| off(a).total_cmp(&off(b)));
        nearest.map(|(index, _)| index)
    }
}

/// Two or three round losses.
fn marks([low, high]: [f64; 2]) -> Vec<(f64, String)> {
    let step = ticks::step(0.3 * (high - low), ticks::HALVES);
    let losses = ticks::multiples([low, high], step).into_iter();
    losses
        .map(|loss| (loss, number::mark(loss, step)))
        .collect()
}

fn font() -> FontId {
    FontId::proportional(10.5)
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::super::marker::Marker;
    use super::*;

    fn chart<'a>(colors: &'a Colors, losses: &'a [[f64; 2]]) -> SliceChart<'a> {
        SliceChart {
            colors,
            look: RacerLook {
                color: colors.racers[0],
                marker: Marker::Circle,
                dashed: false,
            },
            losses,
            model: losses,
            best: Some(0.5),
            height: 130.0,
            text: "",
        }
    }

    fn along(loss: impl Fn(f64) -> f64) -> Vec<[f64; 2]> {
        (0..81_u8)
            .map(|k| f64::from(k) / 40.0)
            .map(|s| [s, loss(s)])
            .collect()
    }

    #[test]
    fn what_rises_far_beyond_the_step_does_not_flatten_the_rest() {
        let colors = Colors::dark();
        let losses = along(|s| if s > 1.5 { 1e9 } else { (s - 0.5).powi(2) });
        let [low, high] = chart(&colors, &losses).bounds().unwrap();
        assert!(low < 0.0 && (0.25..1.0).contains(&high), "{low} to {high}");
    }

    #[test]
    fn a_step_that_is_far_too_long_still_ends_in_the_chart() {
        let colors = Colors::dark();
        let losses = along(|s| 1.0 + 1e6 * s * s);
        let [low, high] = chart(&colors, &losses).bounds().unwrap();
        assert!(low < 1.0 && high > 1e6, "{low} to {high}");
    }

    #[test]
    fn every_slice_is_drawn_within_its_chart() {
        let colors = Colors::dark();
        for losses in [
            along(|s| (s - 1.0).powi(2)),
            along(|_| 3.0),
            along(|_| 0.0),
            along(|s| 1e-300 * s),
            along(|s| s * f64::MAX),
            along(|s| if s > 0.7 { f64::NAN } else { s }),
            along(|s| if s > 0.0 { f64::INFINITY } else { 1.0 }),
            along(|_| f64::NAN),
        ] {
            let ctx = Context::default();
            let mut area = Rect::NOTHING;
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                ui.set_max_width(240.0);
                area = chart(&colors, &losses).show(ui).rect;
            });
            output.textures_delta.clear();
            for clipped in output.shapes {
                let seen = clipped.shape.visual_bounding_rect();
                assert!(!seen.any_nan(), "{losses:?}");
                let seen = seen.intersect(clipped.clip_rect);
                let fits = !seen.is_positive() || area.expand(1.0).contains_rect(seen);
                assert!(fits, "{seen} of {area}");
            }
        }
    }
}
