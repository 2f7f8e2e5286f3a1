//! One racer: a row, and when it is open its hyper-parameters.

use egui::{
    Align, Button, Color32, ComboBox, DragValue, Frame, Layout, Margin, Response, RichText, Role,
    Sense, Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Desk;
use crate::app::change::Change;
use crate::app::command::Command;
use crate::app::widgets::{ValueSlider, icon_button, icon_toggle, just_escaped, link_text};
use crate::experiment::{Color, Edit, Racer, Schedule, Setting};
use crate::optimizer::{Kind, Library, OptimizerChoice, Parameter, Value};
use crate::view::icon::Icon;
use crate::view::theme::strong;
use crate::view::{RacerLook, number};

/// How many parameters show at once; the rest stands behind one line.
const FIRST: usize = 3;
/// The width of a parameter's name.
const NAME: f32 = 92.0;

/// Shows the card; the response is of the whole card, which can be clicked and dragged.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    place: usize,
    name: &str,
    look: RacerLook,
) -> Response {
    let document = desk.state.document();
    let Some(racer) = document.experiment().racers.get(place) else {
        return ui.allocate_response(vec2(0.0, 0.0), Sense::hover());
    };
    let open = document.selected == Some(place);
    let border = if open { desk.look.accent } else { desk.look.line };
    let frame = Frame::new()
        .fill(desk.look.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 0));
    ui.scope_builder(
        UiBuilder::new().sense(Sense::click_and_drag()).id_salt(("racer", place)),
        |ui| {
            let shown = frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                row(ui, desk, place, name, look, racer, open);
                if open {
                    details(ui, desk, place, name, racer);
                }
            });
            let response = ui.response();
            response.widget_info(|| {
                WidgetInfo::selected(Role::ListItem, true, open, format!("Racer {name}"))
            });
            if response.clicked() {
                desk.send(Command::Select((!open).then_some(place)));
            }
            response.context_menu(|ui| actions(ui, desk, place, name));
            response.with_new_rect(shown.response.rect)
        },
    )
    .inner
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    place: usize,
    name: &str,
    look: RacerLook,
    racer: &Racer,
    open: bool,
) {
    let size = vec2(ui.available_width(), 34.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
        let painter = ui.painter();
        let middle = rect.center();
        let line = [pos2(rect.left(), middle.y), pos2(rect.right(), middle.y)];
        painter.line_segment(line, Stroke::new(2.2, look.color));
        let rim = Stroke::new(1.4, desk.look.card);
        painter.extend(look.marker.filled(middle, 11.0, look.color, rim));
        ui.add_space(2.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            eye(ui, desk, place, name, racer.visible);
            let solo = desk.state.document().solo;
            if solo == Some(place) {
                ui.label(RichText::new("alone").size(11.0).color(desk.look.accent));
            }
            if open {
                let menu = |ui: &mut Ui| icon_button(ui, Icon::More, vec2(26.0, 26.0), "More");
                let button = menu(ui);
                egui::Popup::menu(&button).show(|ui| actions(ui, desk, place, name));
            } else {
                let rate = racer.number_at(0, desk.state.document().step());
                let rate = rate.map_or_else(String::new, |rate| format!("η {}", number::short(rate)));
                ui.label(RichText::new(rate).monospace().color(desk.look.dim));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let color = if racer.visible { desk.look.text } else { desk.look.dim };
                let text = if open { strong(name) } else { RichText::new(name) };
                let text = text.color(color);
                ui.add(egui::Label::new(text).truncate().selectable(false));
            });
        });
    });
}

fn eye(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, name: &str, visible: bool) {
    let (icon, verb) = if visible {
        (Icon::Eye, "Hide")
    } else {
        (Icon::EyeClosed, "Show")
    };
    let label = format!("{verb} {name}");
    let response = icon_button(ui, icon, vec2(26.0, 26.0), &label);
    if response
        .on_hover_text(format!("{label}; it races on all the same"))
        .clicked()
    {
        desk.change(Change::Visible(place, !visible));
    }
}

fn actions(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, name: &str) {
    let racers = desk.state.document().experiment().racers.len();
    let solo = desk.state.document().solo == Some(place);
    let alone = if solo { "Show all again" } else { "Show alone" };
    let mut item = |ui: &mut Ui, text: &str, enabled: bool, command: Command| {
        if ui.add_enabled(enabled, Button::new(text)).clicked() {
            desk.send(command);
            ui.close();
        }
    };
    ui.set_min_width(160.0);
    item(ui, alone, true, Command::Solo(place));
    item(ui, "Duplicate", true, Command::Change(Change::Duplicate(place)));
    item(
        ui,
        "Move up",
        place > 0,
        Command::Change(Change::Move {
            from: place,
            to: place.saturating_sub(1),
        }),
    );
    item(
        ui,
        "Move down",
        place + 1 < racers,
        Command::Change(Change::Move {
            from: place,
            to: place + 1,
        }),
    );
    ui.separator();
    item(
        ui,
        &format!("Remove {name}"),
        true,
        Command::Change(Change::Remove(place)),
    );
}

/// The open part of a card.
fn details(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, name: &str, racer: &Racer) {
    let rule = racer.optimizer.rule();
    let count = rule.parameter_count();
    let more_id = ui.make_persistent_id("more");
    let more = ui.data(|data| data.get_temp::<bool>(more_id).unwrap_or(false));
    let mut from_here = from_here_on(ui);
    let shown = if more { count } else { FIRST.min(count) };
    for index in 0..shown {
        if let Some(parameter) = rule.parameter(index) {
            parameter_row(ui, desk, place, name, racer, index, parameter, from_here);
        }
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        dialect_menu(ui, desk, place, racer);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = if more {
                "less".to_owned()
            } else {
                let rest: Vec<&str> = (shown..count)
                    .filter_map(|index| rule.parameter(index))
                    .map(|parameter| parameter.symbol)
                    .take(2)
                    .collect();
                match rest.as_slice() {
                    [] => "schedule, name…".to_owned(),
                    rest => format!("{}, schedule…", rest.join(", ")),
                }
            };
            if link_text(ui, &text, desk.look.dim)
                .on_hover_text("All other hyper-parameters, the schedule, name and colour")
                .clicked()
            {
                ui.data_mut(|data| data.insert_temp(more_id, !more));
            }
        });
    });
    if more {
        schedule(ui, desk, place, racer);
        let response = ui.checkbox(&mut from_here, "changes count from here on").on_hover_text(
            "On: a slider changes its value only from the playhead's step on, as an edit. Off: for the whole race",
        );
        if response.changed() {
            set_from_here_on(ui, from_here);
        }
        identity(ui, desk, place, name, racer);
    }
    edits(ui, desk, place, racer);
    ui.add_space(8.0);
}

fn from_here_on(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(egui::Id::unique("from here on")).unwrap_or(false))
}

fn set_from_here_on(ui: &Ui, on: bool) {
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("from here on"), on));
}

#[expect(clippy::too_many_arguments, reason = "one row of one racer, with its whereabouts")]
fn parameter_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    place: usize,
    name: &str,
    racer: &Racer,
    index: usize,
    parameter: &'static Parameter,
    from_here: bool,
) {
    let rule = racer.optimizer.rule();
    let Some(value) = rule.get(index) else {
        return;
    };
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let title = title(parameter);
        named(ui, desk, title).on_hover_text(format!("{}\n{}", parameter.name, parameter.help));
        let send = |desk: &mut Desk<'_>, value: Value| {
            let linked = desk.state.settings.linked.contains(parameter.name);
            desk.change(Change::Parameter {
                racer: place,
                parameter: index,
                value,
                linked,
            });
        };
        match (parameter.kind, value) {
            (
                Kind::Number {
                    slider, logarithmic, ..
                },
                Value::Number(_),
            ) => {
                chain(ui, desk, parameter);
                let step = desk.state.document().step();
                let now = if from_here { racer.number_at(index, step) } else { rule.number(index) };
                let now = now.unwrap_or_default();
                let published = racer.optimizer.defaults(Library::Paper);
                let published = published.and_then(|paper| paper.rule().number(index));
                let slider = ValueSlider::new(
                    &format!("{name}: {title}"),
                    now,
                    slider,
                    logarithmic,
                )
                .reset(published)
                .show(ui);
                match slider {
                    Some(value) if from_here && step > 0 => desk.change(Change::Edit(
                        place,
                        Edit {
                            step,
                            parameter: parameter.name.to_owned(),
                            value,
                        },
                    )),
                    Some(value) => send(desk, Value::Number(value)),
                    None => {}
                }
            }
            (Kind::Switch, Value::Switch(on)) => {
                let mut wanted = on;
                let response = ui.checkbox(&mut wanted, "").on_hover_text(parameter.help);
                response.widget_info(|| {
                    WidgetInfo::selected(Role::CheckBox, true, on, format!("{name}: {title}"))
                });
                if wanted != on {
                    send(desk, Value::Switch(wanted));
                }
            }
            (Kind::Choice(names), Value::Choice(chosen)) => {
                let mut wanted = chosen;
                let response = ComboBox::from_id_salt((place, parameter.name))
                    .width(ui.available_width() - 8.0)
                    .selected_text(names.get(chosen).copied().unwrap_or_default())
                    .show_index(ui, &mut wanted, names.len(), |place| names[place]);
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {title}"))
                });
                if wanted != chosen {
                    send(desk, Value::Choice(wanted));
                }
            }
            _ => {}
        }
    });
}

/// A name in a column of its own.
fn named(ui: &mut Ui, desk: &Desk<'_>, name: &str) -> Response {
    let size = vec2(NAME, 22.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(NAME);
        let text = RichText::new(name).color(desk.look.dim);
        ui.add(egui::Label::new(text).truncate().selectable(false))
    })
    .inner
}

/// The name on the card: the symbol where it is short, the words where it is not.
fn title(parameter: &Parameter) -> &'static str {
    match parameter.name {
        "learning_rate" => "learning rate",
        "momentum" => "momentum",
        _ => parameter.symbol,
    }
}

/// Links a parameter across all racers that have it.
fn chain(ui: &mut Ui, desk: &mut Desk<'_>, parameter: &Parameter) {
    let linked = desk.state.settings.linked.contains(parameter.name);
    let sharing = desk
        .state
        .document()
        .experiment()
        .racers
        .iter()
        .filter(|racer| racer.optimizer.rule().find(parameter.name).is_some())
        .count();
    let label = format!("Link {} across racers", parameter.name);
    let response = icon_toggle(ui, Icon::Chain, linked, vec2(18.0, 22.0), &label);
    let text = format!("{label}: a change then goes to all {sharing} that have it");
    if response.on_hover_text(text).clicked() {
        desk.send(Command::ToggleLink(parameter.name.to_owned()));
    }
}

/// "as PyTorch" and the like.
fn dialect_menu(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, racer: &Racer) {
    let keep_rate = desk.state.settings.keep_rate;
    let same = |library: &Library| {
        racer.optimizer.defaults(*library).is_some_and(|mut theirs| {
            if let Some(rate) = racer.optimizer.rule().get(0) {
                theirs.rule_mut().set(0, rate);
            }
            theirs == racer.optimizer
        })
    };
    let current = Library::ALL.iter().find(|library| same(library));
    let text = current.map_or_else(
        || "defaults".to_owned(),
        |library| match library {
            Library::Paper => "as published".to_owned(),
            library => format!("as {}", library.label()),
        },
    );
    let button = Button::new(RichText::new(format!("{text} ▾")).size(12.0).color(desk.look.accent))
        .frame(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(200.0);
        for library in Library::ALL {
            let known = racer.optimizer.defaults(*library).is_some();
            let text = format!("as {}", library.label());
            let button = ui
                .add_enabled(known, Button::new(text))
                .on_disabled_hover_text("This library does not have the rule");
            if button.clicked() {
                desk.change(Change::Defaults {
                    racer: place,
                    library: *library,
                    keep_rate: keep_rate || *library == Library::Optax,
                });
            }
        }
        ui.separator();
        ui.label(
            RichText::new("The learning rate stays as it is; double-click its slider for the default.")
                .size(11.0)
                .color(desk.look.dim),
        );
    });
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Form and constants: {text}"))
    });
    response.on_hover_text("Sets form and constants as the paper or a library has them");
}

fn schedule(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, racer: &Racer) {
    let mut schedule = racer.schedule;
    ui.horizontal(|ui| {
        named(ui, desk, "schedule").on_hover_text("How the learning rate changes over the steps");
        let response = ComboBox::from_id_salt((place, "schedule"))
            .width(ui.available_width() - 8.0)
            .selected_text(schedule.title())
            .show_ui(ui, |ui| {
                for choice in Schedule::ALL {
                    let chosen = choice.name() == schedule.name();
                    if ui.selectable_label(chosen, choice.title()).clicked() && !chosen {
                        schedule = *choice;
                    }
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Schedule"));
    });
    for (setting, value) in schedule.settings() {
        ui.horizontal(|ui| {
            ui.add_space(NAME + 8.0);
            ui.label(RichText::new(setting.replace('_', " ")).size(12.0).color(desk.look.dim));
            let response = match value {
                Setting::Steps(steps) => ui.add(DragValue::new(steps).range(1..=1_000_000_u64)),
                Setting::Number(number) => {
                    let speed = (number.abs() * 0.01).max(1e-4);
                    ui.add(
                        DragValue::new(number)
                            .range(0.0..=f64::MAX)
                            .speed(speed)
                            .custom_formatter(|value, _| number::exact(value))
                            .custom_parser(number::parse),
                    )
                }
            };
            response.widget_info(|| WidgetInfo {
                label: Some(format!("Schedule: {setting}")),
                ..WidgetInfo::new(Role::SpinButton)
            });
        });
    }
    if schedule != racer.schedule && !just_escaped(ui) {
        desk.change(Change::Schedule(place, schedule));
    }
}

/// Name, rule and colour.
fn identity(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, title: &str, racer: &Racer) {
    ui.add_space(2.0);
    let about = racer.optimizer.rule().about();
    ui.horizontal(|ui| {
        let mut name = racer.name.clone().unwrap_or_default();
        let field = TextEdit::singleline(&mut name)
            .hint_text(about.title)
            .desired_width(112.0);
        let response = ui.add(field).on_hover_text("The racer's name; empty: as its rule");
        if response.changed() {
            let name = (!name.is_empty()).then_some(name);
            desk.change(Change::Name(place, name));
        }
        let response = ComboBox::from_id_salt((place, "rule"))
            .width(ui.available_width() - 44.0)
            .selected_text(about.title)
            .show_ui(ui, |ui| {
                for choice in OptimizerChoice::ALL {
                    let about = choice.rule().about();
                    let same = choice.place() == racer.optimizer.place();
                    let button = ui.selectable_label(same, about.title).on_hover_text(about.idea);
                    if button.clicked() && !same {
                        let mut optimizer = *choice;
                        // The rate is kept: one ingredient changes at a time.
                        if let Some(rate) = racer.optimizer.rule().get(0) {
                            optimizer.rule_mut().set(0, rate);
                        }
                        desk.change(Change::Optimizer(place, optimizer));
                    }
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Optimizer"));
        let looks = crate::view::racer_looks(desk.state.document().experiment(), desk.look);
        let shown = looks.get(place).map_or(Color32::GRAY, |look| look.color);
        let mut rgb = [shown.r(), shown.g(), shown.b()];
        let response = ui
            .color_edit_button_srgb(&mut rgb)
            .on_hover_text("The racer's colour; right click: back to its slot's");
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Colour of {title}"))
        });
        if response.changed() {
            desk.change(Change::Color(place, Some(Color(rgb))));
        }
        if response.secondary_clicked() {
            desk.change(Change::Color(place, None));
        }
    });
}

fn edits(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, racer: &Racer) {
    for (index, edit) in racer.edits.iter().enumerate() {
        ui.horizontal(|ui| {
            let text = format!(
                "from step {}: {} = {}",
                number::count(edit.step),
                edit.parameter,
                number::short(edit.value)
            );
            ui.label(RichText::new(&text).size(12.0).color(desk.look.dim));
            let response = ui.small_button("×");
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("Remove the edit {text}"))
            });
            if response.on_hover_text("Take this edit away").clicked() {
                desk.change(Change::RemoveEdit(place, index));
            }
        });
    }
}
