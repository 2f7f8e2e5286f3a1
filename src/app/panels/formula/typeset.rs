//! The formula as a book would print it.

use egui::{Frame, Margin, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::app::caches::formula::Typeset;
use crate::app::desk::Desk;
use crate::optimizer::Family;
use crate::view::equation::Equation;
use crate::view::theme::{RADIUS, blend};

/// The size of the formula, if there is room for it, and the least one, with which it scrolls.
const EM: f32 = 17.0;
const LEAST: f32 = 11.0;
/// The gap between two lines.
const GAP: f32 = 9.0;

/// Shows the lines of the last formula that could be read, faint while another one is being typed.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, typeset: &Typeset) {
    if typeset.lines.is_empty() {
        return;
    }
    let frame = Frame::new()
        .fill(desk.colors.card)
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(14, 12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let scroll = ScrollArea::horizontal().id_salt("typeset");
        scroll.show(ui, |ui| lines(ui, desk, typeset));
    });
}

fn lines(ui: &mut Ui, desk: &Desk<'_>, typeset: &Typeset) {
    let lines = &typeset.lines;
    let widest = lines.iter().map(|line| line.size(1.0).x);
    let widest = widest.fold(0.1, f32::max);
    let em = (ui.available_width() / widest).clamp(LEAST, EM);
    let heights = lines.iter().map(|line| line.size(em).y + GAP);
    let size = vec2(widest * em, heights.sum::<f32>() - GAP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken: Vec<&str> = lines.iter().map(Equation::text).collect();
    let spoken = format!("The formula: {}", spoken.join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let is_old = desk.document.draft().is_some();
    let mut at = rect.min;
    for line in lines {
        line.paint(ui.painter(), at, em, |term| {
            let color = match term {
                Some(_) => desk.colors.family(Family::Decay),
                None => desk.colors.text,
            };
            if is_old {
                blend(color, desk.colors.card, 0.55)
            } else {
                color
            }
        });
        at.y += line.size(em).y + GAP;
    }
}
