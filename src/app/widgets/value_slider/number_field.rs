//! The number of a slider: drag it, or click and type.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::accesskit::{Action, ActionData};
use egui::{
    Align2, Color32, CursorIcon, Galley, Id, Key, Margin, PointerButton, Popup, Rect, Response,
    RichText, Role, Sense, StrokeKind, TextEdit, TextStyle, Tooltip, Ui, Vec2, WidgetInfo,
    text::CCursorRange,
};

use super::{ValueSlider, tidy};
use crate::app::slider_memory::{Refused, SliderMemory};
use crate::app::widgets::finger::{self, Way};
use crate::view::number;

const PADDING: f32 = 4.0;
/// The maximum number of letters of a refused text that are repeated.
const QUOTED: usize = 24;

impl ValueSlider<'_> {
    /// Shows the number and returns the new value if the user changed it.
    pub(super) fn number(&self, ui: &mut Ui, memory: &mut SliderMemory, size: Vec2) -> Option<f64> {
        let id = ui.make_persistent_id(("number", self.label));
        let is_typing = memory.typing.as_ref().is_some_and(|it| it.field == id);
        // With Tab, a field is opened like those for text.
        if !is_typing && ui.memory(|it| it.has_focus(id)) {
            memory.start_typing(id, number::exact(self.value));
        }
        let is_typing = memory.typing.as_ref().is_some_and(|it| it.field == id);
        let (response, changed) = if is_typing {
            self.typed(ui, memory, size, id)
        } else {
            self.shown(ui, memory, size, id)
        };
        response.widget_info(|| WidgetInfo {
            label: Some(format!("{}, number", self.label)),
            value: Some(self.value),
            ..WidgetInfo::new(Role::SpinButton)
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(Action::SetValue);
            node.set_value(number::exact(self.value));
        });
        self.asked(ui, id).or(changed)
    }

    /// Returns the value set by a screen reader.
    fn asked(&self, ui: &Ui, id: Id) -> Option<f64> {
        ui.input(|input| {
            let mut requests = input.accesskit_action_requests(id, Action::SetValue);
            requests.find_map(|request| match &request.data {
                Some(ActionData::NumericValue(value)) => Some(*value),
                Some(ActionData::Value(text)) => number::parse(text),
                _ => None,
            })
        })
        .filter(|value| self.objection(*value).is_none())
    }

    /// Shows the number as text, which can be dragged.
    fn shown(
        &self,
        ui: &mut Ui,
        memory: &mut SliderMemory,
        size: Vec2,
        id: Id,
    ) -> (Response, Option<f64>) {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui
            .interact(rect, id, Sense::click_and_drag())
            .on_hover_cursor(CursorIcon::ResizeHorizontal);
        let now = ui.ctx().cumulative_pass_nr();
        let refused = memory.refused_in(id, self.value, now);
        let is_whole = self.paint_number(ui, &response, refused);
        let response = if is_whole {
            response
        } else {
            response.on_hover_text(number::exact(self.value))
        };
        if let Some(refused) = refused {
            note(ui, id, rect, &refused.reason);
        }
        if response.clicked() {
            memory.start_typing(id, number::exact(self.value));
            response.request_focus();
            ui.ctx().request_repaint();
        }
        let reset = Popup::context_menu(&response).show(|ui| self.reset_item(ui));
        if let Some(value) = reset.and_then(|menu| menu.inner) {
            return (response, Some(value));
        }
        if matches!(finger::way(ui, &response), Some(Way::Across)) {
            return (response, None);
        }
        let pull = response.drag_delta();
        if !response.dragged_by(PointerButton::Primary) || pull == Vec2::ZERO {
            return (response, None);
        }
        let fine = ui.input(|input| input.modifiers.shift);
        let points = f64::from(pull.x - pull.y) * if fine { 0.1 } else { 1.0 };
        let exact = self.pulled(memory.unrounded(id, self.value), points);
        let rounded = tidy(exact, self.step(), fine);
        let changed = self.objection(rounded).is_none().then_some(rounded);
        if changed.is_some() {
            memory.moved(id, exact, rounded);
        }
        (response, changed)
    }

    /// Returns the value after dragging the number by this many points.
    fn pulled(&self, value: f64, points: f64) -> f64 {
        let [low, high] = self.range;
        if self.logarithmic {
            value.max(low) * (0.01 * points).exp()
        } else {
            value + points * (high - low) / 400.0
        }
    }

    /// Paints the number and returns whether it has all its digits.
    fn paint_number(&self, ui: &Ui, response: &Response, refused: Option<&Refused>) -> bool {
        let rect = response.rect;
        let visuals = ui.style().interact(response);
        if response.hovered() || response.dragged() || refused.is_some() {
            let mut border = visuals.bg_stroke;
            if refused.is_some() {
                border.color = ui.visuals().error_fg_color;
            }
            let fill = visuals.weak_bg_fill;
            let radius = visuals.corner_radius;
            ui.painter()
                .rect(rect, radius, fill, border, StrokeKind::Inside);
        }
        let (galley, color) = match refused {
            Some(refused) => {
                let color = ui.visuals().error_fg_color;
                (laid_out(ui, refused.text.clone()), color)
            }
            None => {
                let number = fitted(ui, self.value, rect.width() - 2.0 * PADDING);
                (number, visuals.text_color())
            }
        };
        let is_whole = galley.text() == number::exact(self.value);
        let at = rect.right_center() - Vec2::new(PADDING, 0.0);
        let painter = ui.painter_at(rect);
        let corner = Align2::RIGHT_CENTER.anchor_size(at, galley.size()).min;
        painter.galley(corner, galley, color);
        is_whole || refused.is_some()
    }

    /// Shows the field in which the number is typed.
    fn typed(
        &self,
        ui: &mut Ui,
        memory: &mut SliderMemory,
        size: Vec2,
        id: Id,
    ) -> (Response, Option<f64>) {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let Some(typing) = &mut memory.typing else {
            return (ui.interact(rect, id, Sense::click()), None);
        };
        if std::mem::take(&mut typing.is_new) {
            select_all(ui, id, &typing.text);
        }
        let field = TextEdit::singleline(&mut typing.text)
            .id(id)
            .font(TextStyle::Monospace)
            .margin(Margin::symmetric(4, 2))
            .align(Align2::RIGHT_CENTER)
            .desired_width(rect.width());
        let response = ui.put(rect, field);
        // Not only the digits between two dots.
        if response.double_clicked() {
            select_all(ui, id, &typing.text);
        }
        if ui.memory(|it| it.has_focus(id)) {
            return (response, None);
        }
        let text = memory.typing.take().map(|it| it.text).unwrap_or_default();
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            return (response, None);
        }
        match self.read(&text) {
            Ok(value) => (response, value),
            Err(reason) => {
                memory.refused = Some(Refused {
                    field: id,
                    text,
                    reason,
                    value: self.value,
                    pass: ui.ctx().cumulative_pass_nr(),
                });
                (response, None)
            }
        }
    }

    /// Returns the typed value, or `None` if nothing was typed.
    fn read(&self, text: &str) -> Result<Option<f64>, String> {
        if text.trim().is_empty() || text == number::exact(self.value) {
            return Ok(None);
        }
        let fault = match number::parse(text) {
            Some(value) => match self.objection(value) {
                None => return Ok(Some(value)),
                Some(valid) => format!("is not {valid}"),
            },
            None => "is not a number".to_owned(),
        };
        let mut quoted: String = text.trim().chars().take(QUOTED).collect();
        if quoted.len() < text.trim().len() {
            quoted.push('…');
        }
        let value = number::fitted(self.value, 12);
        Err(format!("“{quoted}” {fault}; the value stays {value}."))
    }
}

/// Selects everything in a field.
fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::select_all_str(text);
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// Shows a note below a field.
fn note(ui: &Ui, id: Id, field: Rect, text: &str) {
    let color = ui.visuals().error_fg_color;
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id.with("note"), field)
        .width(240.0)
        .show(|ui| ui.label(RichText::new(text).size(12.0).color(color)));
}

/// The number with as many digits as fit a width.
fn fitted(ui: &Ui, value: f64, width: f32) -> Arc<Galley> {
    /// Enough for any number, and for seven characters of it.
    const ROOMS: RangeInclusive<usize> = 7..=24;
    let mut texts: Vec<String> = ROOMS.map(|room| number::fitted(value, room)).collect();
    texts.dedup();
    let fewest = laid_out(ui, texts.first().cloned().unwrap_or_default());
    let more = texts.drain(1..).rev().map(|text| laid_out(ui, text));
    let mut fitting = more.filter(|galley| galley.size().x <= width);
    fitting.next().unwrap_or(fewest)
}

fn laid_out(ui: &Ui, text: String) -> Arc<Galley> {
    let font = TextStyle::Monospace.resolve(ui.style());
    let painter = ui.painter();
    painter.layout_no_wrap(text, font, Color32::PLACEHOLDER)
}
