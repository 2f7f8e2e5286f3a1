//! Singular values of matrices before and after a rule makes them alike, one layer below the other.

use egui::{
    Align2, Color32, FontId, Painter, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::theme::blend;
use super::{Colors, number};
use crate::analysis::Spectrum;

/// The contents of the chart.
#[derive(Clone, Copy, Debug)]
pub struct SpectraChart<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The colour of the singular values after.
    pub color: Color32,
    /// The matrices, at least one.
    pub spectra: &'a [Spectrum],
}

/// The height of a line of text.
const LINE: f32 = 16.0;
/// The height of a row of singular values.
const ROW: f32 = 11.0;
/// The space below a layer.
const GAP: f32 = 7.0;
/// The height of the numbers below the axis.
const BELOW: f32 = 16.0;
/// What is smaller is drawn at the start of the axis.
const LEAST: f64 = 1e-6;
/// How far the axis extends beyond the largest singular value, as a factor.
const BEYOND: f64 = 1.25;
/// The least distance between two numbers below the axis.
const APART: f32 = 34.0;

impl SpectraChart<'_> {
    /// Shows a picture per layer over the available width, and the common axis below them.
    pub fn show(&self, ui: &mut Ui) {
        let ends = self.ends();
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = GAP;
            for spectrum in self.spectra {
                self.layer(ui, ends, spectrum);
            }
        });
        self.axis(ui, ends);
    }

    /// The ends of the axis: a whole power of 10, and a little more than the largest number.
    fn ends(&self) -> [f64; 2] {
        let all = self.spectra.iter();
        let all = all.flat_map(|it| it.before.iter().chain(&it.after));
        let placed = all.copied().filter(|value| *value > 0.0);
        let (least, largest) = placed.fold((0.1_f64, 1.0_f64), |(least, largest), value| {
            (least.min(value), largest.max(value))
        });
        let least = 10_f64.powf(least.max(LEAST).log10().floor());
        [least, largest * BEYOND]
    }

    fn layer(&self, ui: &mut Ui, ends: [f64; 2], spectrum: &Spectrum) -> Response {
        let size = vec2(ui.available_width().max(1.0), 2.0 * (LINE + ROW));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let [before, after] = [&spectrum.before, &spectrum.after].map(|it| range(it));
        let [outputs, inputs] = spectrum.shape;
        let name = format!("Layer {}, {outputs} × {inputs}", spectrum.layer);
        let text = format!("{name}: singular values before {before}, after {after}");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &text));
        let painter = ui.painter_at(rect);
        let font = FontId::proportional(12.0);
        let write = |at, align, text: String, font, color| {
            painter.text(at, align, text, font, color);
        };
        write(
            rect.left_top(),
            Align2::LEFT_TOP,
            name,
            font,
            self.colors.text,
        );
        let small = FontId::proportional(11.0);
        let second = rect.left_top() + vec2(0.0, LINE);
        let color = self.colors.dim;
        let text = format!("before {before}");
        write(second, Align2::LEFT_TOP, text, small.clone(), color);
        let text = format!("after {after}");
        let right = pos2(rect.right(), second.y);
        write(right, Align2::RIGHT_TOP, text, small, self.color);
        let rows = rect.with_min_y(rect.top() + 2.0 * LINE);
        self.one(&painter, rows, ends);
        let [upper, lower] = rows.split_top_bottom_at_fraction(0.5).into();
        self.marks(&painter, upper, ends, &spectrum.before, self.colors.dim);
        self.marks(&painter, lower, ends, &spectrum.after, self.color);
        response.on_hover_text(format!(
            "{} singular values of the {outputs} × {inputs} matrix by which this layer is moved",
            number::count(spectrum.after.len())
        ))
    }

    /// Marks 1, near which the singular values are brought.
    fn one(&self, painter: &Painter, rect: Rect, ends: [f64; 2]) {
        let line = Stroke::new(1.0, blend(self.colors.card, self.colors.dim, 0.5));
        painter.vline(place(rect, ends, 1.0), rect.y_range(), line);
    }

    fn marks(&self, painter: &Painter, rect: Rect, ends: [f64; 2], values: &[f64], color: Color32) {
        let base = Stroke::new(1.0, blend(self.colors.card, self.colors.dim, 0.3));
        painter.hline(rect.x_range(), rect.bottom() - 0.5, base);
        let height = Rangef::new(rect.top() + 1.0, rect.bottom() - 1.0);
        // Where many lie close together, single ones must still be told apart.
        let stroke = Stroke::new(1.5, color.gamma_multiply(0.8));
        for &value in values {
            painter.vline(place(rect, ends, value), height, stroke);
        }
    }

    /// Writes powers of 10 below the axis, as many as have space.
    fn axis(&self, ui: &mut Ui, ends: [f64; 2]) {
        let size = vec2(ui.available_width().max(1.0), BELOW);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let decades = ends.map(f64::log10);
        #[expect(clippy::cast_possible_truncation, reason = "six decades or so")]
        let [first, last] = [decades[0].round() as i32, decades[1].floor() as i32];
        let apart = place(rect, ends, 10_f64.powi(last)) - place(rect, ends, 10_f64.powi(last - 1));
        #[expect(clippy::cast_possible_truncation, reason = "a few")]
        let every = (APART / apart.max(1.0)).ceil().max(1.0) as i32;
        for power in (first..=last).filter(|power| (power - last) % every == 0) {
            let value = 10_f64.powi(power);
            let text = number::short(value);
            let font = FontId::proportional(11.0);
            let text = ui
                .painter()
                .layout_no_wrap(text, font.clone(), self.colors.dim);
            let half = text.size().x / 2.0;
            let x = place(rect, ends, value).clamp(rect.left() + half, rect.right() - half);
            let at = pos2(x - half, rect.top() + 1.0);
            ui.painter().galley(at, text, self.colors.dim);
        }
    }
}

/// Returns where a number stands on a logarithmic axis over the width of `rect`; what is too small
/// stands at its left end.
fn place(rect: Rect, ends: [f64; 2], value: f64) -> f32 {
    let [from, to] = ends.map(f64::log10);
    let share = (value.max(ends[0]).log10() - from) / (to - from);
    #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
    let share = share as f32;
    // A line at an end is not to be cut.
    rect.shrink2(vec2(1.0, 0.0)).left() + (rect.width() - 2.0) * share
}

/// Returns the range of numbers that are sorted from large to small, in words.
fn range(values: &[f64]) -> String {
    let [Some(high), Some(low)] = [values.first(), values.last()].map(Option::<&f64>::copied)
    else {
        return "none".to_owned();
    };
    let [low, high] = [low, high].map(number::short);
    if low == high {
        high
    } else {
        format!("{low}–{high}")
    }
}
