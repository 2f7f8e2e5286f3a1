//! The top bar: name, presets, surface, undo, share, help and theme.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Layout, RichText, Ui};

use super::{history, shape_menu};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::data_models;
use crate::app::games;
use crate::app::widgets::{chooser, command_button, long_menu, name, within};
use crate::export::code;
use crate::preset::{BUILT_IN, TOUR};
use crate::surface::SurfaceChoice;
use crate::view::icon::Icon;
use crate::view::theme::{TITLE, caption, strong};

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The width below which buttons that the menus also offer are left out.
    const ROOMY: f32 = 960.0;
    let roomy = ui.available_width() > ROOMY;
    ui.horizontal_centered(|ui| {
        ui.label(strong("Slalom").size(TITLE));
        ui.add_space(8.0);
        preset_menu(ui, desk);
        surface_menu(ui, desk);
        shape_menu::show(ui, desk);
        view_menu(ui, desk);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let theme = if desk.colors.dark {
                Icon::Moon
            } else {
                Icon::Sun
            };
            command_button(ui, desk, theme, Command::ToggleTheme);
            text_button(ui, desk, "?", Command::Help);
            tour_menu(ui, desk);
            if roomy {
                text_button(ui, desk, "Export…", Command::Export);
                text_button(ui, desk, "Share", Command::Share);
                ui.add_space(4.0);
            }
            if roomy {
                history::show(ui, desk);
            }
            command_button(ui, desk, Icon::Redo, Command::Redo);
            command_button(ui, desk, Icon::Undo, Command::Undo);
            if roomy {
                ui.add_space(4.0);
                command_button(ui, desk, Icon::PanelRight, Command::ToggleRight);
                command_button(ui, desk, Icon::PanelLeft, Command::ToggleLeft);
            }
            if ui.available_width() > SEARCH + 8.0 {
                ui.add_space(4.0);
                search_button(ui, desk);
            }
        });
    });
}

/// The width of the search button.
const SEARCH: f32 = 134.0;

/// Shows the button that opens the palette, which looks like a field.
fn search_button(ui: &mut Ui, desk: &mut Desk<'_>) {
    let keys = Command::Palette.shortcuts().into_iter().next();
    let keys = keys.map_or_else(String::new, |keys| ui.ctx().format_shortcut(&keys));
    let text = RichText::new("Search").color(desk.colors.dim);
    let button = Button::new(text)
        .right_text(RichText::new(keys).size(11.0).color(desk.colors.dim))
        .fill(desk.colors.window)
        .min_size(egui::vec2(SEARCH, 28.0));
    let response = ui.add(button);
    name(ui, &response, Command::Palette.label());
    if response.clicked() {
        desk.send(Command::Palette);
    }
}

/// Returns a menu item with its shortcut.
fn entry(ui: &Ui, text: &'static str, command: &Command) -> Button<'static> {
    let keys = command.shortcuts();
    let keys = keys.first().map(|keys| ui.ctx().format_shortcut(keys));
    Button::new(text).shortcut_text(keys.unwrap_or_default())
}

fn text_button(ui: &mut Ui, desk: &mut Desk<'_>, text: &str, command: Command) {
    let response = ui
        .add(Button::new(text).min_size(egui::vec2(28.0, 28.0)))
        .on_hover_text(command.tooltip(ui.ctx()));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), command.label())
    });
    if response.clicked() {
        desk.send(command);
    }
}

fn preset_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.state.document();
    let mark = if document.is_changed() { " •" } else { "" };
    let title = format!("{}{mark}", document.experiment().title);
    let width = (ui.available_width() * 0.36 - 150.0).clamp(96.0, 330.0);
    let button = chooser(&title, width);
    let (response, _) = within(ui, width, |ui| {
        MenuButton::from_button(button).ui(ui, |ui| {
            ui.set_min_width(360.0);
            long_menu(ui, |ui| {
                ui.label(caption("Presets").color(desk.colors.dim));
                for built_in in BUILT_IN {
                    let title = built_in.title().unwrap_or(built_in.name);
                    if ui.button(title).clicked() {
                        desk.send(Command::OpenBuiltIn(built_in.name));
                    }
                }
                ui.separator();
                for command in [
                    Command::New,
                    Command::Open,
                    Command::Save,
                    Command::SaveAs,
                    Command::Export,
                    Command::Share,
                    Command::Quit,
                ] {
                    if ui.add(entry(ui, command.label(), &command)).clicked() {
                        desk.send(command);
                    }
                }
                ui.separator();
                ui.label(caption("The race as a script").color(desk.colors.dim));
                for library in code::Framework::ALL {
                    if ui.button(format!("Copy for {}", library.label())).clicked() {
                        desk.send(Command::CopyCode(None, *library));
                    }
                }
            });
        })
    });
    name(ui, &response, &format!("Preset: {title}"));
    response.on_hover_text(if document.experiment().notes.is_empty() {
        "Open, save or create an experiment"
    } else {
        &document.experiment().notes
    });
}

fn surface_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let chosen = &desk.state.document().experiment().surface.clone();
    let title = format!("Surface: {}", chosen.about().title);
    let width = (ui.available_width() * 0.32 - 80.0).clamp(80.0, 190.0);
    let mut changed = None;
    let (response, _) = within(ui, width, |ui| {
        MenuButton::from_button(chooser(&title, width))
            .config(MenuConfig::new())
            .ui(ui, |ui| {
                ui.set_min_width(190.0);
                long_menu(ui, |ui| {
                    for surface in SurfaceChoice::BUILT_IN {
                        let about = surface.about();
                        let button = ui
                            .selectable_label(surface == chosen, about.title)
                            .on_hover_text(format!("{}\n{}", about.equation, about.teaches));
                        if button.clicked() {
                            changed = Some(surface.clone());
                            ui.close();
                        }
                    }
                    over_data(ui, desk, chosen);
                });
            })
    });
    name(ui, &response, &title);
    response.on_hover_text(chosen.about().teaches);
    if let Some(surface) = changed {
        desk.change(Change::Surface(surface));
    }
}

/// The menu of losses over data.
fn over_data(ui: &mut Ui, desk: &mut Desk<'_>, chosen: &SurfaceChoice) {
    ui.separator();
    ui.label(caption("Loss over data").color(desk.colors.dim));
    for (title, surface) in data_models::built_in() {
        let about = surface.about();
        let button = ui
            .selectable_label(surface == *chosen, title)
            .on_hover_text(format!(
                "{}: {}\n{}",
                about.title, about.equation, about.teaches
            ));
        if button.clicked() {
            desk.send(Command::UseSurface(surface));
            ui.close();
        }
    }
    if ui.button(Command::AskForData.label()).clicked() {
        desk.send(Command::AskForData);
        ui.close();
    }
}

/// The menu of lessons and games.
fn tour_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let button = Button::new("Tour").min_size(egui::vec2(28.0, 28.0));
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(240.0);
        long_menu(ui, |ui| {
            ui.label(caption("Lessons").color(desk.colors.dim));
            for (number, lesson) in TOUR.iter().enumerate() {
                let title = lesson.title().unwrap_or(lesson.name);
                if ui.button(format!("{}  {title}", number + 1)).clicked() {
                    desk.send(Command::OpenBuiltIn(lesson.name));
                    ui.close();
                }
            }
            ui.separator();
            ui.label(caption("Games").color(desk.colors.dim));
            for kind in games::GameKind::ALL {
                if ui.button(kind.label()).on_hover_text(kind.help()).clicked() {
                    desk.send(Command::StartGame(kind));
                    ui.close();
                }
            }
        });
    });
    name(ui, &response, "Tour: lessons and games");
    response.on_hover_text("Short lessons, and games for a class");
}

/// The menu of view settings.
fn view_menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    let settings = &desk.state.settings;
    let switches = [
        (Command::ToggleData, settings.data),
        (Command::ToggleCurvature, settings.curvature),
        (Command::ToggleLens, settings.lens),
        (Command::ToggleStretch, settings.stretch),
        (Command::TogglePresenter, settings.presenter),
        (Command::ToggleLeft, settings.left),
        (Command::ToggleRight, settings.right),
        (Command::ToggleMotion, settings.reduced_motion),
    ];
    let mut length = settings.trail_length;
    let (response, _) = MenuButton::from_button(chooser("View", 76.0)).ui(ui, |ui| {
        ui.set_min_width(250.0);
        for command in [Command::FitPaths, Command::ShowAll] {
            if ui.add(entry(ui, command.label(), &command)).clicked() {
                desk.send(command);
            }
        }
        ui.separator();
        for command in [Command::PinBaseline, Command::ForgetImported] {
            let hindrance = command.hindrance(desk.state);
            let pinned = !desk.state.document().pinned.is_empty();
            let text = match command {
                Command::PinBaseline if pinned => "Remove the baseline",
                _ => command.label(),
            };
            let response = ui.add_enabled(hindrance.is_none(), entry(ui, text, &command));
            if response
                .on_disabled_hover_text(hindrance.unwrap_or_default())
                .clicked()
            {
                desk.send(command);
                ui.close();
            }
        }
        ui.separator();
        for (command, on) in switches {
            let mut wanted = on;
            if ui.checkbox(&mut wanted, command.label()).clicked() {
                desk.send(command);
            }
        }
        ui.separator();
        ui.horizontal(|ui| {
            ui.label("trail");
            for (choice, label) in [
                (None, "all"),
                (Some(100.0), "100 steps"),
                (Some(25.0), "25 steps"),
            ] {
                ui.selectable_value(&mut length, choice, label);
            }
        });
    });
    name(ui, &response, "View");
    response.on_hover_text("What is shown, and how");
    if length != desk.state.settings.trail_length {
        desk.send(Command::TrailLength(length));
    }
}
