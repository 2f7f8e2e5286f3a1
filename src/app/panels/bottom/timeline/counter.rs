//! The counter of steps or epochs, in which their number can be changed.

use std::ops::RangeInclusive;

use egui::{DragValue, FontId, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::Sizes;
use crate::analysis::TimeUnit;
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::experiment::Experiment;
use crate::view::theme::touch::target;
use crate::view::{fonts, number};

/// Returns the width of the counter, which stays the same while the race plays.
pub fn width(ui: &Ui, desk: &Desk<'_>, sizes: Sizes) -> f32 {
    let end = Length::of(desk.document).now.to_string();
    let letter = ui.fonts_mut(|fonts| fonts.glyph_width(&font(sizes), '0'));
    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    let width = |letters: usize| letters as f32 * letter;
    // The number is as wide as a finger, at least.
    let number = (width(end.len()) + 4.0).max(target(ui, 0.0));
    let slack = if sizes.is_small { 4.0 } else { 10.0 };
    width(text(desk, sizes).chars().count()) + number + slack
}

/// Shows the counter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, width: f32, sizes: Sizes) {
    let size = vec2(width, target(ui, 30.0));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(RichText::new(text(desk, sizes)).font(font(sizes)));
        number_of_steps(ui, desk, sizes);
    });
}

/// Returns where the playhead is and where it ends: "step 22 / 150".
pub fn whole(desk: &Desk<'_>) -> String {
    let clock = desk.clock();
    let unit = match desk.document.time_unit() {
        _ if clock.now().is_none() => "step",
        TimeUnit::Epochs => "epoch",
        _ => "row",
    };
    let steps = [desk.document.step(), desk.document.experiment().steps];
    let [now, end] = match clock.now() {
        Some(both) => both.map(|it| number::whole(it.floor())),
        None => steps.map(|it| it.to_string()),
    };
    let room = end.chars().count();
    format!("{unit} {now:>room$} / {end}")
}

fn font(sizes: Sizes) -> FontId {
    fonts::numbers(sizes.text - 1.0)
}

/// Returns where the playhead is, in the unit of time.
fn text(desk: &Desk<'_>, sizes: Sizes) -> String {
    let digits = desk.document.experiment().steps.to_string().len();
    let now = desk.clock().now();
    if let (
        Some([now, _]),
        Length {
            epochs: true,
            now: end,
        },
    ) = (now, Length::of(desk.document))
    {
        let room = end.to_string().len();
        let now = number::whole(now.floor());
        return if sizes.is_small {
            format!("{now:>room$} /")
        } else {
            format!("epoch {now:>room$} /")
        };
    }
    match now {
        Some([now, end]) => {
            let unit = match desk.document.time_unit() {
                TimeUnit::Epochs => "epoch",
                _ => "row",
            };
            let [now, end] = [now, end].map(|it| number::whole(it.floor()));
            let room = end.chars().count();
            if sizes.is_small {
                format!("{unit} {now:>room$} ·")
            } else {
                format!("{unit} {now:>room$} of {end} · steps")
            }
        }
        None if sizes.is_small => format!("{:>digits$} /", desk.document.step()),
        None => format!("step {:>digits$} /", desk.document.step()),
    }
}

/// The length of a race, as it can be changed.
struct Length {
    /// Whether it is a number of epochs rather than of steps.
    epochs: bool,
    now: usize,
}

impl Length {
    /// Returns the length of the race: in epochs, if a network is timed by them.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of epochs is not negative, and no more than that of steps"
    )]
    fn of(document: &Document) -> Self {
        let is_network = document.race.surface().network().is_some();
        let by_epochs = is_network && document.time_unit() == TimeUnit::Epochs;
        match document.clock().now().filter(|_| by_epochs) {
            Some([_, end]) => Self {
                epochs: true,
                now: (end.floor() as usize).max(1),
            },
            None => Self {
                epochs: false,
                now: document.experiment().steps,
            },
        }
    }

    fn label(&self) -> &'static str {
        if self.epochs {
            "Number of epochs"
        } else {
            "Number of steps"
        }
    }

    fn help(&self) -> &'static str {
        if self.epochs {
            "Number of epochs of the racer that sees the most rows; click to type, drag to change"
        } else {
            "Number of steps; click to type, drag to change"
        }
    }

    /// Returns the number of steps of a race of another length.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "steps are small numbers, and `as` saturates"
    )]
    fn steps(&self, wanted: usize, document: &Document) -> usize {
        let end = document.clock().now().map(|[_, end]| end);
        match end.filter(|end| self.epochs && *end > 0.0) {
            Some(end) => {
                let per_epoch = document.race.experiment().steps as f64 / end;
                let steps = (wanted as f64 * per_epoch).round() as usize;
                steps.clamp(1, Experiment::MOST_STEPS)
            }
            None => wanted,
        }
    }

    fn range(&self, document: &Document) -> RangeInclusive<usize> {
        if !self.epochs {
            return 1..=Experiment::MOST_STEPS;
        }
        let per_epoch = self.steps(1, document).max(1);
        1..=(Experiment::MOST_STEPS / per_epoch).max(1)
    }
}

fn number_of_steps(ui: &mut Ui, desk: &mut Desk<'_>, sizes: Sizes) {
    let length = Length::of(desk.document);
    let mut wanted = length.now;
    let response = ui
        .scope(|ui| {
            let visuals = &mut ui.visuals_mut().widgets.inactive;
            visuals.weak_bg_fill = egui::Color32::TRANSPARENT;
            visuals.bg_stroke = Stroke::NONE;
            ui.spacing_mut().button_padding.x = 2.0;
            ui.spacing_mut().interact_size.x = target(ui, 20.0);
            ui.style_mut().drag_value_text_style = egui::TextStyle::Monospace;
            ui.style_mut()
                .text_styles
                .insert(egui::TextStyle::Monospace, font(sizes));
            ui.add(
                DragValue::new(&mut wanted)
                    .range(length.range(desk.document))
                    .update_while_editing(false)
                    .speed(1.0)
                    .custom_formatter(|value, _| format!("{value:.0}")),
            )
        })
        .inner
        .on_hover_text(length.help());
    response.widget_info(|| WidgetInfo {
        label: Some(length.label().into()),
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        value: Some(length.now as f64),
        ..WidgetInfo::new(Role::SpinButton)
    });
    if wanted != length.now && !desk.memory.just_escaped(ui.ctx()) {
        desk.change(Change::Steps(length.steps(wanted, desk.document)));
    }
}
