//! The lines as a book would print them, each with its value in this step.

use std::sync::Arc;

use egui::{Align2, Color32, Frame, Margin, Pos2, Rect, Role, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::caches::insight::Insight;
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::app::panels::typing::group;
use crate::optimizer::equation::Piece;
use crate::optimizer::{Family, Line, Note, OwnRule, Rule as _, Term};
use crate::view::equation::Equation;
use crate::view::theme::touch::hold;
use crate::view::theme::{RADIUS, blend};
use crate::view::{fonts, number};

/// The size of the lines, if there is room for them, and the least one.
const EM: f32 = 17.0;
const LEAST: f32 = 9.0;
/// The space above and below a line.
const PADDING: f32 = 7.0;
/// The gap between a line and its value.
const GAP: f32 = 12.0;
/// The size of the values.
const VALUE: f32 = 12.5;

/// A line, with what is assigned in it.
struct Shown {
    equation: Arc<Equation>,
    value: String,
    family: Family,
}

/// Shows the lines of the last rule that could be read, faint while others are being typed.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    let insight = desk.caches.insight.of(racer);
    let step = insight.map_or_else(|| desk.step_of(racer), |insight| insight.step);
    let remark = match insight {
        Some(_) => "this step’s values",
        None if desk.document.playback.playing => "values appear on pause",
        None => "",
    };
    group(ui, desk, &format!("Step {step} → {}", step + 1), remark);
    let lines = lines(desk, racer, rule, step);
    if lines.is_empty() {
        return;
    }
    let frame = Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(12, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, line) in lines.iter().enumerate() {
            row(ui, desk, line, index > 0);
        }
    });
}

/// Returns the lines with their values.
fn lines(desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule, step: usize) -> Vec<Shown> {
    let notes = rule.notes();
    let mut lines = rule.lines(step as u64 + 1);
    lines.splice(0..0, gradient(rule, &notes));
    let lines = lines.into_iter().filter_map(|line| {
        let target = target(&line);
        let insight = desk.caches.insight.of(racer);
        let value = insight
            .zip(target)
            .and_then(|(insight, target)| value(insight, &notes, target));
        Some(Shown {
            equation: desk.caches.insight.equation(line)?,
            value: value.unwrap_or_default(),
            family: target.and_then(Term::family).unwrap_or(Family::Step),
        })
    });
    lines.collect()
}

/// Returns the line that says what g is, for a rule that reads it.
fn gradient(rule: &OwnRule, notes: &[Note]) -> Option<Line> {
    rule.program().filter(|program| program.reads_gradient())?;
    let term = (0..).zip(notes).find(|(_, note)| note.name == "g");
    let (id, note) = term?;
    let piece = |latex: &str| Piece::Latex(latex.to_owned());
    Some(Line(vec![
        Piece::Term(Term::Note(id, note.role.family()), vec![piece("g")]),
        piece(r" = \nabla J("),
        Piece::Term(Term::Position, vec![piece(r"\theta")]),
        piece(")"),
    ]))
}

/// Returns what is assigned in a line: the quantity with which it begins.
fn target(line: &Line) -> Option<Term> {
    match line.0.first()? {
        Piece::Term(term, _) => Some(*term),
        Piece::Latex(_) => None,
    }
}

/// Returns the value that a quantity has in a step, or its length where there are many weights.
fn value(insight: &Insight, notes: &[Note], target: Term) -> Option<String> {
    let anatomy = &insight.anatomy;
    let many = insight.weights.as_ref();
    match target {
        Term::Position if many.is_some() => None,
        Term::Position => Some(pair(anatomy.to)),
        Term::Parameter(_) => None,
        Term::Note(id, _) => {
            // Behind the notes of a wrapper, they have other numbers.
            let name = &notes.get(usize::from(id))?.name;
            let known = anatomy.notes.indexed();
            let (id, _) = known.rev().find(|(_, note)| note.name == *name)?;
            if let Some(length) = many.and_then(|many| many.length_of(id)) {
                return Some(format!("length {}", number::short(length)));
            }
            if let Some(vector) = anatomy.notes.vector(id) {
                return Some(pair(vector));
            }
            anatomy.notes.get(0, id).map(number::short)
        }
    }
}

fn pair([x, y]: [f64; 2]) -> String {
    format!("({}, {})", number::short(x), number::short(y))
}

/// Shows a line on the left, as large as it has room, and its value on the right.
fn row(ui: &mut Ui, desk: &mut Desk<'_>, line: &Shown, has_rule: bool) {
    let width = ui.available_width();
    let font = fonts::numbers(VALUE);
    let is_old = desk.document.rule_draft().is_some();
    let faint = |color: Color32| {
        if is_old {
            blend(color, desk.colors.card, 0.55)
        } else {
            color
        }
    };
    let lit = desk.caches.lit();
    let color_of =
        |family: Option<Family>| family.map_or(desk.colors.text, |it| desk.colors.family(it));
    let value_color = faint(color_of(Some(line.family)));
    let value = ui
        .painter()
        .layout_no_wrap(line.value.clone(), font, value_color);
    let natural = line.equation.size(EM).x;
    let beside = width - value.size().x - GAP;
    // A value that leaves too little room stands below its line.
    let is_below = !line.value.is_empty() && natural * LEAST / EM > beside;
    let room = if is_below { width } else { beside };
    let em = (EM * room / natural.max(1.0)).clamp(LEAST, EM);
    let size = line.equation.size(em);
    let below = if is_below { value.size().y + 2.0 } else { 0.0 };
    let height = size.y.max(value.size().y) + below + 2.0 * PADDING;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), hold(ui));
    let spoken = format!("{}: {}", line.equation.text(), line.value);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if has_rule {
        let stroke = Stroke::new(1.0, blend(desk.colors.card, desk.colors.line, 0.8));
        ui.painter().hline(rect.x_range(), rect.top(), stroke);
    }
    let middle = rect.center().y - below / 2.0;
    let at = pos2(rect.left(), middle - size.y / 2.0);
    let areas = line.equation.paint(ui.painter(), at, em, |term| {
        let color = match term {
            Some(Term::Parameter(_)) => color_of(Some(Family::Decay)),
            Some(Term::Position) | None => color_of(None),
            Some(term) => color_of(term.family()),
        };
        let family = term.and_then(Term::family);
        if lit.is_some() && lit != family {
            blend(color, desk.colors.card, 0.55)
        } else {
            faint(color)
        }
    });
    let foot = if is_below {
        rect.bottom() - PADDING - value.size().y / 2.0
    } else {
        middle
    };
    let place = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right(), foot), value.size());
    ui.painter().galley(place.min, value, value_color);
    if let Some(pointer) = response.hover_pos() {
        desk.caches.lit = lit_at(pointer, &areas, place, line.family);
    }
}

/// Returns the kind of quantity under the pointer.
fn lit_at(
    pointer: Pos2,
    areas: &[crate::view::equation::TermArea],
    value: Rect,
    family: Family,
) -> Option<Family> {
    if value.expand(3.0).contains(pointer) {
        return Some(family);
    }
    let mut areas = areas.iter();
    let touched = areas.find(|it| it.rect.expand(3.0).contains(pointer))?;
    touched.term.family()
}
