//! The selected racer's rule, typeset, with the value of every symbol.

use egui::{Pos2, Rect, RichText, Role, Ui, WidgetInfo, vec2};

use crate::analysis::WeightStep;
use crate::app::caches::insight::Insight;
use crate::app::desk::Desk;
use crate::experiment::Racer;
use crate::optimizer::{Family, Line, Note, NoteRole, Parameter, Rule, Term, Told};
use crate::plane::difference;
use crate::simulation::Anatomy;
use crate::view::equation::Equation;
use crate::view::number;
use crate::view::theme::blend;
use crate::view::theme::touch::hold;

/// The font size, if there is enough room for it.
const EM: f32 = 16.0;
/// The gap between two lines.
const GAP: f32 = 7.0;

/// Returns the lines of the rule for the step after `step`.
pub fn lines_of(rule: &dyn Rule, step: usize) -> Vec<Line> {
    rule.lines(step as u64 + 1)
}

/// Shows the lines of the rule for the step after `step`. Hovering over a symbol highlights its
/// kind of quantity.
pub fn lines(ui: &mut Ui, desk: &mut Desk<'_>, racer: &Racer, step: usize) {
    let optimizer = racer.plan.optimizer_at(step);
    let rule = optimizer.rule();
    let lines = lines_of(rule, step);
    let cache = &mut desk.caches.insight;
    let equations: Vec<_> = lines
        .into_iter()
        .filter_map(|line| cache.equation(line))
        .collect();
    if equations.is_empty() {
        for statement in rule.equation().split(';') {
            ui.label(RichText::new(statement.trim()).size(13.0));
        }
        return;
    }
    let width = ui.available_width();
    let ems: Vec<f32> = equations
        .iter()
        .map(|equation| EM.min(width / equation.size(1.0).x))
        .collect();
    let heights = equations
        .iter()
        .zip(&ems)
        .map(|(line, em)| line.size(*em).y + GAP);
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, heights.sum::<f32>() - GAP), hold(ui));
    let spoken: Vec<&str> = equations.iter().map(|equation| equation.text()).collect();
    let spoken = format!("{}: {}", rule.title(), spoken.join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let mut top = rect.min;
    let pointer = response.hover_pos();
    for (equation, em) in equations.iter().zip(ems) {
        if let Some(lit) = line(ui, desk, equation, top, em, pointer) {
            desk.caches.lit = Some(lit);
        }
        top.y += equation.size(em).y + GAP;
    }
    response.on_hover_text(rule.about().source);
}

/// Paints a line and returns the kind of quantity under the pointer.
fn line(
    ui: &Ui,
    desk: &Desk<'_>,
    equation: &Equation,
    at: Pos2,
    em: f32,
    pointer: Option<Pos2>,
) -> Option<Family> {
    let lit = desk.caches.lit();
    let colors = desk.colors;
    let terms = equation.paint(ui.painter(), at, em, |term| {
        let family = term.and_then(Term::family);
        let color = family.map_or(colors.text, |family| colors.family(family));
        if lit.is_some() && lit != family {
            blend(color, colors.card, 0.55)
        } else {
            color
        }
    });
    let pointer = pointer?;
    let touched = terms
        .iter()
        .find(|found| found.rect.expand(3.0).contains(pointer))?;
    touched.term.family()
}

/// Shows the values of all symbols: the hyper-parameters in one line, then a row per quantity.
pub fn values(ui: &mut Ui, desk: &mut Desk<'_>, insight: &Values) {
    parameters(ui, desk, insight);
    for quantity in &insight.quantities {
        row(ui, desk, quantity);
    }
}

/// The values in a step, ready for display.
pub struct Values {
    parameters: Vec<(Parameter, f64)>,
    quantities: Vec<Quantity>,
}

struct Quantity {
    sign: String,
    meaning: String,
    family: Family,
    value: String,
}

impl Values {
    /// Collects the values that the equations of this step mention, and the step itself.
    pub fn of(racer: &Racer, insight: &Insight) -> Self {
        let rate = insight.anatomy.learning_rate;
        let optimizer = racer.plan.optimizer_in(insight.step, rate);
        let rule = optimizer.rule();
        let lines = lines_of(rule, insight.step);
        let anatomy = &insight.anatomy;
        if let Some(weights) = &insight.weights {
            return Self {
                parameters: parameters_beside(rule, &lines),
                quantities: of_weights(anatomy, weights, &lines),
            };
        }
        let told = anatomy.notes.beside(&lines).into_iter();
        let told = told.filter(|(_, note, value)| says_something(note, *value, anatomy.from));
        let quantities = told.map(|(_, note, value)| Quantity {
            sign: note.sign.to_string(),
            meaning: note.label.to_string(),
            family: note.role.family(),
            value: match value {
                Told::Vector(value) => pair(value),
                Told::Scalar(value) | Told::Pair(value) => number::short(value),
            },
        });
        let mut quantities: Vec<Quantity> = quantities.collect();
        let [from, to] = [anatomy.from, anatomy.to];
        quantities.push(Quantity {
            sign: "step".to_owned(),
            meaning: "the step taken".to_owned(),
            family: Family::Step,
            value: pair(difference(to, from)),
        });
        Self {
            parameters: parameters_beside(rule, &lines),
            quantities,
        }
    }
}

/// Returns the lengths of the vectors that the equations mention, and the length of the step.
fn of_weights(anatomy: &Anatomy, weights: &WeightStep, lines: &[Line]) -> Vec<Quantity> {
    let told = anatomy.notes.beside(lines).into_iter();
    let mut quantities: Vec<Quantity> = told
        .filter_map(|(id, note, value)| {
            let has_length = matches!(
                note.role,
                NoteRole::Gradient | NoteRole::Velocity | NoteRole::Moment | NoteRole::Part(_)
            );
            let (sign, meaning, value) = match value {
                Told::Scalar(value) => (note.sign.to_string(), note.label.to_string(), value),
                Told::Vector(_) if has_length => (
                    format!("‖{}‖", note.sign),
                    format!("length of the {}", note.label),
                    weights.length_of(id)?,
                ),
                _ => return None,
            };
            Some(Quantity {
                sign,
                meaning,
                family: note.role.family(),
                value: number::short(value),
            })
        })
        .collect();
    quantities.push(Quantity {
        sign: "‖step‖".to_owned(),
        meaning: "length of the step taken".to_owned(),
        family: Family::Step,
        value: number::short(weights.length),
    });
    quantities
}

/// Returns the numbers that appear in the lines, or all numbers if the rule has no lines.
fn parameters_beside(rule: &(dyn Rule + 'static), lines: &[Line]) -> Vec<(Parameter, f64)> {
    let named: Vec<Term> = lines.iter().flat_map(Line::terms).collect();
    let numbers = rule.parameters().enumerate();
    let numbers = numbers.filter_map(|(index, parameter)| {
        let value = rule.number(index)?;
        let is_named = named.contains(&Term::Parameter(index));
        (is_named || lines.is_empty()).then_some((parameter, value))
    });
    numbers.collect()
}

/// Returns whether a quantity deserves a row. A look-ahead point equal to the position and a part
/// of the step that is zero do not.
fn says_something(note: &Note, value: Told, from: [f64; 2]) -> bool {
    match note.role {
        NoteRole::Asked => value != Told::Vector(from),
        NoteRole::Part(Family::Gradient) => true,
        NoteRole::Part(_) => value != Told::Vector([0.0, 0.0]),
        _ => true,
    }
}

fn parameters(ui: &mut Ui, desk: &Desk<'_>, values: &Values) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        for (parameter, value) in &values.parameters {
            let label = parameter.label_with_sign().replace(' ', "\u{a0}");
            let text = format!("{label}\u{a0}{}", number::short(*value));
            let response = ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
            response.on_hover_text(parameter.help);
        }
    });
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, quantity: &Quantity) {
    /// The width of the column of symbols.
    const SIGN: f32 = 84.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), hold(ui));
    let label = format!("{}: {}", quantity.meaning, quantity.value);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
    if response.hovered() {
        desk.caches.lit = Some(quantity.family);
    }
    let color = desk.colors.family(quantity.family);
    let lit = desk.caches.lit() == Some(quantity.family);
    if lit {
        let ground = color.gamma_multiply(0.14);
        ui.painter()
            .rect_filled(rect.expand2(vec2(4.0, 0.0)), 3.0, ground);
    }
    let left = rect.left_center();
    let text = |at, align, text: &str, font, color| {
        ui.painter().text(at, align, text, font, color);
    };
    text(
        left,
        egui::Align2::LEFT_CENTER,
        &quantity.sign,
        egui::FontId::proportional(12.0),
        color,
    );
    let column = Rect::from_min_max(rect.min + vec2(SIGN, 0.0), rect.max);
    text(
        column.left_center(),
        egui::Align2::LEFT_CENTER,
        &quantity.value,
        crate::view::fonts::numbers(12.0),
        desk.colors.text,
    );
    response.on_hover_text(&quantity.meaning);
}

fn pair([x, y]: [f64; 2]) -> String {
    format!("({}, {})", number::short(x), number::short(y))
}
