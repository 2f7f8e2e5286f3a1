//! The contraction per step near a minimum: predicted and measured.

use egui::{
    Align2, Color32, FontId, Pos2, Rect, RichText, Role, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::analysis::{Contraction, Direction, Measured};
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::view::theme::touch::hold;
use crate::view::{fonts, number};

const ROW: f32 = 20.0;
/// The width below which the last column is left out.
const NARROW: f32 = 226.0;
/// The titles of the columns, and their widths.
const COLUMNS: [(&str, f32); 5] = [
    ("along", 34.0),
    ("curvature", 50.0),
    ("predicted", 50.0),
    ("measured", 54.0),
    ("÷10 in", 36.0),
];
/// Where the theory comes from.
const SOURCES: &str = "The factor by which the distance to the minimum shrinks per step, along each \
                       principal direction of the curvature.\nB. T. Polyak, 1964; G. Goh, Distill, \
                       2017; L. Lessard, B. Recht & A. Packard, SIAM J. Optim. 26(1), 2016";

/// Shows the table, or why there is none; `waiting` says why nothing is known yet.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, id: RacerId, waiting: &str) {
    let insight = desk.caches.insight.of(id);
    let theory = insight.and_then(|insight| insight.theory.as_ref());
    let dim = |text: &str| RichText::new(text).size(12.0).color(desk.colors.dim);
    match theory {
        None => {
            ui.label(dim(waiting));
        }
        Some(Err(reason)) => {
            ui.label(dim(&reason.to_string()));
        }
        Some(Ok(found)) => {
            table(ui, desk, found);
            ui.add_space(4.0);
            for remark in remarks(found) {
                ui.label(dim(&remark)).on_hover_text(SOURCES);
            }
            if let Some(warning) = warning(desk, found) {
                ui.label(RichText::new(warning).size(12.0).color(desk.colors.error));
            }
        }
    }
}

fn table(ui: &mut Ui, desk: &Desk<'_>, found: &Contraction) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (head, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), hold(ui));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Contraction per step"));
    for (place, (title, _)) in places(head).zip(COLUMNS) {
        write(
            ui,
            place,
            title,
            FontId::proportional(11.0),
            desk.colors.dim,
        );
    }
    response.on_hover_text(SOURCES);
    for direction in &found.directions {
        row(ui, desk, direction);
    }
}

/// Returns where the columns of a row are written, and from which side: the first from the left, the
/// numbers from the right, with equal gaps.
fn places(row: Rect) -> impl Iterator<Item = (Pos2, Align2)> {
    let count = if row.width() < NARROW { 4 } else { 5 };
    let widths = COLUMNS.into_iter().take(count).map(|(_, width)| width);
    #[expect(clippy::cast_precision_loss, reason = "a few columns")]
    let gap = (row.width() - widths.clone().sum::<f32>()) / (count - 1) as f32;
    let mut x = row.left() - gap;
    widths.enumerate().map(move |(column, width)| {
        x += gap + width;
        match column {
            0 => (row.left_center(), Align2::LEFT_CENTER),
            _ => (pos2(x, row.center().y), Align2::RIGHT_CENTER),
        }
    })
}

fn write(ui: &Ui, (at, align): (Pos2, Align2), text: &str, font: FontId, color: Color32) {
    ui.painter().text(at, align, text, font, color);
}

fn row(ui: &mut Ui, desk: &Desk<'_>, direction: &Direction) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), hold(ui));
    let measured = match direction.measured {
        Measured::Factor(factor) => number::short(factor),
        _ => "–".to_owned(),
    };
    let steps = direction.steps_per_decade();
    let cells = [
        name(desk, direction),
        number::short(direction.curvature),
        number::short(direction.predicted),
        measured,
        steps.map_or_else(|| "never".to_owned(), |it| number::whole(it.ceil())),
    ];
    let label = in_words(direction, &cells);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
    let border = Stroke::new(1.0, desk.colors.line);
    ui.painter().hline(rect.x_range(), rect.top(), border);
    for (column, place) in places(rect).enumerate() {
        let color = match column {
            2 if direction.is_unstable() => desk.colors.error,
            0 | 2 | 3 => desk.colors.text,
            _ => desk.colors.dim,
        };
        let font = match column {
            0 => FontId::proportional(12.0),
            _ => fonts::numbers(12.0),
        };
        write(ui, place, &cells[column], font, color);
    }
    response.on_hover_text(label);
}

/// Returns the name of a direction: an axis, or an angle from the first one.
fn name(desk: &Desk<'_>, direction: &Direction) -> String {
    let axes = desk.document.race.surface().axes();
    match direction.along[..] {
        [_, y] if y.abs() < 1e-9 => axes[0].to_owned(),
        [x, _] if x.abs() < 1e-9 => axes[1].to_owned(),
        [x, y] => format!("{:.0}°", y.atan2(x).to_degrees()).replace('-', "−"),
        _ => String::new(),
    }
}

/// Returns a row in one sentence.
fn in_words(direction: &Direction, cells: &[String; 5]) -> String {
    let [name, curvature, predicted, measured, steps] = cells;
    let along: Vec<String> = direction.along.iter().copied().map(number::short).collect();
    let along = along.join(", ");
    let measured = match direction.measured {
        Measured::Factor(_) => format!("{measured} measured"),
        Measured::TooFewSteps => "measured from the third step on".to_owned(),
        Measured::Arrived => "not measured, since only rounding is left".to_owned(),
        Measured::Curved => "not measured, since the surface is not quadratic here".to_owned(),
    };
    let steps = match direction.steps_per_decade() {
        Some(_) => format!("the distance falls to a tenth in {steps} steps"),
        None => "unstable, the distance does not shrink".to_owned(),
    };
    format!(
        "Along {name}, ({along}): curvature {curvature}; per step {predicted} predicted, {measured}; \
         {steps}"
    )
}

/// Returns what the numbers are about.
fn remarks(found: &Contraction) -> Vec<String> {
    let at: Vec<String> = found.at.iter().copied().map(number::short).collect();
    let mut remarks = vec![format!(
        "A step leaves this share of the distance to the {} ({}).",
        found.kind(),
        at.join(", "),
    )];
    let is = |measured: Measured| found.directions.iter().any(|it| it.measured == measured);
    if is(Measured::TooFewSteps) {
        remarks.push("It takes three steps to measure it.".to_owned());
    }
    if is(Measured::Arrived) {
        remarks.push("Where the racer has arrived, only rounding is left to measure.".to_owned());
    }
    if is(Measured::Curved) {
        remarks.push("Where nothing is measured, the surface is not quadratic enough.".to_owned());
    }
    remarks
}

/// Returns a warning if theory says that a distance grows.
fn warning(desk: &Desk<'_>, found: &Contraction) -> Option<String> {
    let unstable = found.directions.iter().filter(|it| it.is_unstable());
    let names: Vec<String> = unstable.map(|it| name(desk, it)).collect();
    let names = names.join(" and ");
    (!names.is_empty()).then(|| format!("Unstable along {names}: 1 or more does not shrink."))
}
