//! The timeline: playback buttons, scrubber, speed and loop.

use std::time::Duration;

use egui::{
    Align, Align2, Button, DragValue, FontId, Layout, Pos2, Rect, Response, RichText, Role, Sense,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::analysis::TimeUnit;
use crate::app::action::table::play;
use crate::app::action::{AppAction, DocumentAction};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::playback::{PACE, SPEEDS};
use crate::app::widgets::{entry_icon, just_escaped};
use crate::experiment::Experiment;
use crate::plane::ticks::{HALVES, QUARTERS, ticks};
use crate::view::icon::Icon;
use crate::view::number;

/// The size of the buttons that move the playhead.
const TRANSPORT: egui::Vec2 = vec2(32.0, 32.0);

/// Shows the timeline.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        entry_icon(ui, desk, &play::TO_START, TRANSPORT);
        entry_icon(ui, desk, &play::STEP_BACK, TRANSPORT);
        play_button(ui, desk);
        entry_icon(ui, desk, &play::STEP_FORWARD, TRANSPORT);
        entry_icon(ui, desk, &play::TO_END, TRANSPORT);
        ui.add_space(12.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            entry_icon(ui, desk, &play::LOOP, vec2(30.0, 30.0));
            speed_menu(ui, desk);
            step_counter(ui, desk);
            ui.add_space(8.0);
            scrubber(ui, desk);
        });
    });
}

fn play_button(ui: &mut Ui, desk: &mut Desk<'_>) {
    let playing = desk.document.playback.playing;
    let (rect, response) = ui.allocate_exact_size(vec2(38.0, 38.0), Sense::click());
    let label = if playing { "Pause" } else { "Play" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let fill = if response.hovered() {
        crate::view::theme::blend(desk.colors.accent, desk.colors.text, 0.15)
    } else {
        desk.colors.accent
    };
    ui.painter().circle_filled(rect.center(), 19.0, fill);
    let icon = if playing { Icon::Pause } else { Icon::Play };
    icon.paint(ui.painter(), rect, desk.colors.on_accent);
    let response = response.on_hover_text(play::PLAY_OR_PAUSE.tooltip(ui.ctx()));
    if response.clicked() {
        desk.perform(&play::PLAY_OR_PAUSE);
    }
}

fn speed_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let speed = desk.workspace.settings.speed;
    let text = format!("{} steps/s", number::short(PACE * speed));
    let width = 92.0;
    let button = Button::new(RichText::new(&text).color(desk.colors.dim))
        .min_size(vec2(width, 26.0))
        .frame(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for choice in SPEEDS {
            let text = format!(
                "{}×   {} steps/s",
                number::short(choice),
                number::short(PACE * choice)
            );
            if ui
                .selectable_label((choice - speed).abs() < 1e-9, text)
                .clicked()
            {
                desk.send(AppAction::Speed(choice));
                ui.close();
            }
        }
        if desk.document.race.surface().rows() > 0 {
            time_axis(ui, desk);
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Speed: {text}")));
    response.on_hover_text("Playback speed; 1× is 25 steps per second");
}

/// Chooses the unit of time. By rows, racers are compared after the same number of rows.
fn time_axis(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.separator();
    ui.label(
        RichText::new("compare racers by")
            .size(11.0)
            .color(desk.colors.dim),
    );
    let now = desk.document.view.against;
    for choice in [TimeUnit::Steps, TimeUnit::Rows, TimeUnit::Epochs] {
        let help = match choice {
            TimeUnit::Steps => "All racers are shown at the same step",
            _ => {
                "All racers are shown where they have seen the same number of rows, which is fair to small batches"
            }
        };
        let radio = ui.radio(choice == now, choice.label());
        if radio.on_hover_text(help).clicked() {
            desk.act(DocumentAction::ChartAgainst(choice));
        }
    }
}

fn step_counter(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let steps = document.experiment().steps;
    let mut wanted = steps;
    let progress = document.race.progress();
    ui.spacing_mut().item_spacing.x = 2.0;
    let response = ui
        .scope(|ui| {
            let visuals = &mut ui.visuals_mut().widgets.inactive;
            visuals.weak_bg_fill = egui::Color32::TRANSPARENT;
            visuals.bg_stroke = Stroke::NONE;
            ui.spacing_mut().button_padding.x = 2.0;
            ui.add(
                DragValue::new(&mut wanted)
                    .range(1..=Experiment::MOST_STEPS)
                    .update_while_editing(false)
                    .speed(1.0)
                    .custom_formatter(|value, _| format!("{value:.0}")),
            )
        })
        .inner
        .on_hover_text("Number of steps; click to type, drag to change");
    response.widget_info(|| WidgetInfo {
        label: Some("Number of steps".into()),
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        value: Some(steps as f64),
        ..WidgetInfo::new(Role::SpinButton)
    });
    if wanted != steps && !just_escaped(ui) {
        desk.change(Change::Steps(wanted));
    }
    // A long race is simulated in the background; its progress changes even if nothing else does.
    let state = progress.map_or_else(String::new, |share| {
        ui.ctx().request_repaint_after(Duration::from_millis(100));
        format!(" ({:.0} % simulated)", 100.0 * share.min(1.0))
    });
    let digits = steps.to_string().len();
    let text = match desk.clock().now() {
        Some([now, end]) => {
            let unit = match desk.document.view.against {
                TimeUnit::Epochs => "epoch",
                _ => "row",
            };
            let [now, end] = [now, end].map(|it| number::short(it.floor()));
            format!("{unit}{state} {now} of {end} · steps")
        }
        None => format!("step{state} {:>digits$} /", document.step()),
    };
    ui.label(RichText::new(text).monospace());
}

fn scrubber(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let (steps, playhead) = (document.steps(), document.playback.playhead);
    let size = vec2(ui.available_width(), 40.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, playhead, "Playhead, step"));
    let rail = Rect::from_x_y_ranges(
        rect.left() + 8.0..=rect.right() - 8.0,
        rect.center().y - 5.0..=rect.center().y - 1.0,
    );
    paint(ui, desk, rail, &response, playhead, steps);
    if let Some(pointer) = response.interact_pointer_pos() {
        let share = f64::from((pointer.x - rail.left()) / rail.width());
        desk.seek((share * steps).clamp(0.0, steps));
    }
    if let Some(step) = asked_by_screen_reader(ui, &response, playhead, steps) {
        desk.seek(step);
    }
}

/// Screen readers set the value directly or request one step more or less.
fn asked_by_screen_reader(ui: &Ui, response: &Response, playhead: f64, steps: f64) -> Option<f64> {
    use egui::accesskit::{Action, ActionData};
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(steps);
        node.set_numeric_value_step(1.0);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
    ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(response.id, action);
        let more = count(Action::Increment);
        let less = count(Action::Decrement);
        #[expect(clippy::cast_precision_loss, reason = "a few requests")]
        let moved = more as f64 - less as f64;
        let set = input
            .accesskit_action_requests(response.id, Action::SetValue)
            .find_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) => Some(value),
                _ => None,
            });
        set.or((more + less > 0).then(|| playhead.floor() + moved))
    })
}

fn paint(ui: &Ui, desk: &Desk<'_>, rail: Rect, response: &Response, playhead: f64, steps: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
    let at = |step: f64| rail.left() + rail.width() * (step / steps.max(1.0)) as f32;
    let painter = ui.painter();
    let here = at(playhead);
    painter.rect_filled(rail, 2.0, desk.colors.line);
    let done = Rect::from_x_y_ranges(rail.left()..=here, rail.y_range());
    painter.rect_filled(done, 2.0, desk.colors.dim);
    // The ticks count rows or epochs if the playhead does, and otherwise steps.
    let clock = desk.clock();
    let end = clock.now().map_or(steps, |[_, end]| end);
    let font = FontId::proportional(11.0);
    let ticks = egui::lerp(3.0..=8.0, ((rail.width() - 200.0) / 800.0).clamp(0.0, 1.0));
    for moment in round_steps(end, f64::from(ticks)) {
        let spot = pos2(at(clock.playhead_at(moment)), rail.bottom() + 6.0);
        painter.text(
            spot,
            Align2::CENTER_TOP,
            number::short(moment),
            font.clone(),
            desk.colors.dim,
        );
    }
    let handle = Pos2::new(here, rail.center().y);
    let radius = if response.hovered() || response.dragged() {
        8.5
    } else {
        7.5
    };
    painter.circle(
        handle,
        radius,
        desk.colors.text,
        Stroke::new(2.0, desk.colors.panel),
    );
}

/// Returns about `count` round step numbers from 0 to the end.
fn round_steps(end: f64, count: f64) -> Vec<f64> {
    let apart = (end / count).max(1.0);
    // There is no step 2.5.
    let rounding = if apart < 10.0 { HALVES } else { QUARTERS };
    ticks([0.0, end], apart, rounding)
}
