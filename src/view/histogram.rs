//! A histogram: bars over an axis of numbers.

use egui::{
    Align2, FontId, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::blend;
use super::{Colors, number};
use crate::analysis::{Histogram, Spacing};
use crate::plane::ticks;

/// The contents of the chart.
#[derive(Clone, Copy, Debug)]
pub struct HistogramChart<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The colour of the bars.
    pub color: egui::Color32,
    /// The numbers.
    pub histogram: &'a Histogram,
    /// The height of the chart in points.
    pub height: f32,
    /// The accessible text.
    pub text: &'a str,
}

/// The height of the numbers below the axis.
const BELOW: f32 = 16.0;
/// The gap between two bars.
const GAP: f32 = 1.0;
/// The least height of a bar that is not empty.
const LEAST: f32 = 1.5;
/// The least distance between two numbers below the axis.
const APART: f32 = 14.0;

impl HistogramChart<'_> {
    /// Shows the chart over the available width; a bar under the pointer tells its numbers.
    pub fn show(&self, ui: &mut Ui) -> Response {
        let size = vec2(ui.available_width(), self.height).max(vec2(1.0, 1.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.text));
        let painter = ui.painter_at(rect);
        let frame = rect.with_max_y(rect.bottom() - BELOW);
        let pointed = response.hover_pos().filter(|at| frame.contains(*at));
        let pointed = pointed.map(|at| self.part_at(frame, at));
        self.bars(&painter, frame, pointed);
        let axis = egui::Stroke::new(1.0, blend(self.colors.card, self.colors.dim, 0.6));
        painter.hline(frame.x_range(), frame.bottom(), axis);
        self.numbers(&painter, frame);
        match pointed {
            Some(part) => response.on_hover_text_at_pointer(self.tell(part)),
            None => response,
        }
    }

    fn bars(&self, painter: &Painter, frame: Rect, pointed: Option<usize>) {
        let highest = self.histogram.counts.iter().copied().max().unwrap_or(1);
        for (part, &count) in self.histogram.counts.iter().enumerate() {
            if count == 0 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
            let share = count as f32 / highest.max(1) as f32;
            let height = (share * (frame.height() - 4.0)).max(LEAST);
            let [left, right] = [part, part + 1].map(|it| self.edge(frame, it));
            let bar = Rect::from_min_max(
                pos2(left + GAP / 2.0, frame.bottom() - height),
                pos2(right - GAP / 2.0, frame.bottom()),
            );
            let color = if pointed == Some(part) {
                blend(self.color, self.colors.text, 0.35)
            } else {
                self.color
            };
            painter.rect_filled(bar, 0.0, color);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a few parts")]
    fn edge(&self, frame: Rect, part: usize) -> f32 {
        frame.left() + frame.width() * part as f32 / self.histogram.counts.len().max(1) as f32
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few parts"
    )]
    fn part_at(&self, frame: Rect, at: Pos2) -> usize {
        let parts = self.histogram.counts.len();
        let share = (at.x - frame.left()) / frame.width();
        ((share * parts as f32).max(0.0) as usize).min(parts.saturating_sub(1))
    }

    /// Says how many numbers lie in a part, and where it is.
    fn tell(&self, part: usize) -> String {
        let parts = self.histogram.counts.len();
        let [from, to] = [part, part + 1].map(|it| number::short(self.number(it, parts)));
        let count = self.histogram.counts.get(part).copied().unwrap_or(0);
        format!("{} from {from} to {to}", number::count(count))
    }

    /// The number at the edge of a part.
    #[expect(clippy::cast_precision_loss, reason = "a few parts")]
    fn number(&self, part: usize, parts: usize) -> f64 {
        let share = part as f64 / parts.max(1) as f64;
        let [from, to] = self.histogram.ends;
        match self.histogram.spacing {
            Spacing::Linear => (1.0 - share) * from + share * to,
            Spacing::Logarithmic => 10_f64.powf((1.0 - share) * from.log10() + share * to.log10()),
        }
    }

    /// Writes round numbers below the axis, as many as have space.
    fn numbers(&self, painter: &Painter, frame: Rect) {
        let font = FontId::proportional(11.0);
        for family in families(self.histogram) {
            let texts: Vec<_> = family
                .iter()
                .map(|&it| {
                    let text =
                        painter.layout_no_wrap(number::short(it), font.clone(), self.colors.dim);
                    let half = text.size().x / 2.0;
                    #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
                    let x = frame.left() + frame.width() * self.histogram.share(it) as f32;
                    (x, half)
                })
                .collect();
            let fits = texts
                .windows(2)
                .all(|pair| pair[1].0 - pair[1].1 - pair[0].0 - pair[0].1 >= APART);
            if !fits {
                continue;
            }
            for (&it, (x, half)) in family.iter().zip(texts) {
                let x = x.clamp(
                    frame.left() + half,
                    (frame.right() - half).max(frame.left() + half),
                );
                let at = pos2(x, frame.bottom() + 3.0);
                let text = number::short(it);
                painter.text(at, Align2::CENTER_TOP, text, font.clone(), self.colors.dim);
            }
            return;
        }
    }
}

/// Round numbers along the axis of a histogram, the densest first.
fn families(histogram: &Histogram) -> Vec<Vec<f64>> {
    let [from, to] = histogram.ends;
    match histogram.spacing {
        Spacing::Linear => {
            let counts = [8.0, 6.0, 5.0, 4.0, 3.0, 2.0];
            let width = 0.5 * to - 0.5 * from;
            let apart = counts.map(|count| width / (0.5 * count));
            apart
                .map(|apart| ticks::ticks([from, to], apart, ticks::HALVES))
                .into()
        }
        Spacing::Logarithmic => {
            let [first, last] = [from.log10().floor(), to.log10().ceil()];
            #[expect(
                clippy::cast_possible_truncation,
                reason = "`f64` has some 600 decades"
            )]
            let decades = first as i32..=last as i32;
            let of = |every: i32, factors: &[f64]| -> Vec<f64> {
                let powers = decades.clone().filter(|power| power % every == 0);
                let all =
                    powers.flat_map(|power| factors.iter().map(move |it| it * 10_f64.powi(power)));
                all.filter(|it| (from..=to).contains(it)).collect()
            };
            let dense = [of(1, &[1.0, 2.0, 5.0]), of(1, &[1.0, 3.0])];
            let sparse = [1, 2, 5, 10, 20, 50, 100].map(|every| of(every, &[1.0]));
            dense.into_iter().chain(sparse).collect()
        }
    }
}
