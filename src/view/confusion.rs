//! A confusion matrix: which classes are taken for which.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::blend;
use super::{Colors, fonts, number};
use crate::analysis::Confusion;

/// The highest and the lowest width and height of a cell.
const WIDTH: [f32; 2] = [16.0, 62.0];
const HEIGHT: [f32; 2] = [18.0, 38.0];
/// The height of the lines above and below the cells.
const LINE: f32 = 18.0;
/// The most that the names of the classes take of the width.
const NAMES: f32 = 84.0;
/// The gap between two cells.
const GAP: f32 = 2.0;

/// The contents of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct ConfusionMatrix<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The numbers of rows.
    pub confusion: &'a Confusion,
}

/// Where the cells are.
struct Cells {
    first: Pos2,
    size: egui::Vec2,
    count: usize,
}

impl Cells {
    #[expect(clippy::cast_precision_loss, reason = "a few classes")]
    fn at(&self, row: usize, column: usize) -> Rect {
        let by = vec2(column as f32, row as f32) * (self.size + vec2(GAP, GAP));
        Rect::from_min_size(self.first + by, self.size)
    }

    /// The cell at a spot, as its row and column.
    fn under(&self, at: Pos2) -> Option<[usize; 2]> {
        let all = (0..self.count).flat_map(|row| (0..self.count).map(move |column| [row, column]));
        let mut all = all.filter(|&[row, column]| self.at(row, column).contains(at));
        all.next()
    }
}

impl ConfusionMatrix<'_> {
    /// Shows the matrix over the available width: a row for each true class, a column for each
    /// predicted one.
    pub fn show(&self, ui: &mut Ui) {
        let whole = ui.available_width();
        let count = self.confusion.counts.len();
        let names: Vec<Arc<Galley>> = (0..count)
            .map(|class| fitted(ui.painter(), self.confusion.name(class), NAMES))
            .collect();
        let beside = names.iter().map(|it| it.size().x).fold(38.0, f32::max) + 8.0;
        #[expect(clippy::cast_precision_loss, reason = "a few classes")]
        let width = (whole - beside) / count.max(1) as f32 - GAP;
        let width = width.clamp(WIDTH[0], WIDTH[1]);
        let size = vec2(width, (0.62 * width).clamp(HEIGHT[0], HEIGHT[1]));
        #[expect(clippy::cast_precision_loss, reason = "a few classes")]
        let height = (size.y + GAP) * count as f32 + 2.0 * LINE;
        let (rect, _) = ui.allocate_exact_size(vec2(whole, height), Sense::hover());
        let cells = Cells {
            first: rect.min + vec2(beside, LINE),
            size,
            count,
        };
        self.heads(ui.painter(), rect, beside);
        for (class, name) in names.into_iter().enumerate() {
            let row = cells.at(class, 0);
            let at = pos2(rect.left() + beside - 8.0, row.center().y);
            let corner = Align2::RIGHT_CENTER.anchor_size(at, name.size()).min;
            ui.painter().galley(corner, name, self.colors.text);
            self.row(ui, &cells, class, rect);
            let column = cells.at(count.saturating_sub(1), class);
            let name = fitted(ui.painter(), self.confusion.name(class), size.x);
            let at = pos2(column.center().x, column.bottom() + 4.0);
            let corner = Align2::CENTER_TOP.anchor_size(at, name.size()).min;
            ui.painter().galley(corner, name, self.colors.dim);
        }
    }

    fn heads(&self, painter: &Painter, rect: Rect, beside: f32) {
        let font = FontId::proportional(11.0);
        let (top, dim) = (rect.top() + LINE / 2.0 - 2.0, self.colors.dim);
        let left = pos2(rect.left() + beside - 8.0, top);
        painter.text(left, Align2::RIGHT_CENTER, "true ↓", font.clone(), dim);
        let right = pos2(rect.left() + beside, top);
        painter.text(right, Align2::LEFT_CENTER, "predicted →", font, dim);
    }

    /// The cells of a true class.
    fn row(&self, ui: &mut Ui, cells: &Cells, class: usize, rect: Rect) {
        let counts = self.confusion.counts.get(class).map_or(&[][..], |it| it);
        let area = cells
            .at(class, 0)
            .union(cells.at(class, cells.count.saturating_sub(1)));
        let id = ui.scope_id().with(("true class", class));
        let response = ui.interact(area, id, Sense::hover());
        let text = self.in_words(class, counts);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let all: usize = counts.iter().sum();
        for (column, &count) in counts.iter().enumerate() {
            let cell = cells.at(class, column);
            let (fill, ink) = self.paint(class == column, count, all);
            painter.rect_filled(cell, 2.0, fill);
            let text = count.to_string();
            let size = if cells.size.x < 30.0 { 10.0 } else { 12.0 };
            let at = cell.center();
            painter.text(at, Align2::CENTER_CENTER, text, fonts::numbers(size), ink);
        }
        let pointed = response.hover_pos().and_then(|at| cells.under(at));
        if let Some([_, column]) = pointed {
            let count = counts.get(column).copied().unwrap_or(0);
            response.on_hover_text_at_pointer(self.one_cell(class, column, count));
        }
    }

    /// The colours of a cell and of its number. A cell is brighter, the more of the rows of its
    /// class it has.
    fn paint(&self, is_right: bool, count: usize, all: usize) -> (Color32, Color32) {
        let Colors {
            card,
            text,
            dim,
            error,
            ..
        } = *self.colors;
        if count == 0 {
            return (Color32::TRANSPARENT, blend(card, dim, 0.7));
        }
        #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
        let share = count as f32 / all.max(1) as f32;
        let fill = if is_right {
            blend(card, text, 0.08 + 0.26 * share)
        } else {
            blend(card, error, 0.14 + 0.5 * share)
        };
        (fill, text)
    }

    /// What happens to the rows of a class, in words.
    fn in_words(&self, class: usize, counts: &[usize]) -> String {
        let name = self.confusion.name(class);
        let right = counts.get(class).copied().unwrap_or(0);
        let mut parts = vec![format!("{} right", number::count(right))];
        let wrong = counts.iter().enumerate();
        for (other, &count) in wrong.filter(|&(other, &count)| other != class && count > 0) {
            let other = self.confusion.name(other);
            parts.push(format!("{} taken for {other}", number::count(count)));
        }
        format!("{name}: {}", parts.join(", "))
    }

    /// The same for one cell.
    fn one_cell(&self, class: usize, column: usize, count: usize) -> String {
        let rows = if count == 1 { "row" } else { "rows" };
        let count = number::count(count);
        let (name, other) = (self.confusion.name(class), self.confusion.name(column));
        if class == column {
            format!("{count} {rows} of {name}, recognized")
        } else {
            format!("{count} {rows} of {name}, taken for {other}")
        }
    }
}

/// A name on one line, cut where it is too long.
fn fitted(painter: &Painter, name: &str, width: f32) -> Arc<Galley> {
    let font = FontId::proportional(11.0);
    let mut job = LayoutJob::simple_singleline(name.to_owned(), font, Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width(width.max(8.0));
    painter.layout_job(job)
}
