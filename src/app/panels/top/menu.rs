//! The menu under the program's name, from which everything can be reached.

use egui::containers::menu::MenuButton;
use egui::{Button, Response, RichText, Ui};

use crate::app::action::{AppAction, Category, table};
use crate::app::desk::Desk;
use crate::app::ports::files;
use crate::app::widgets::{entry_item, long_menu, name};
use crate::app::workspace::Opening;
use crate::preset::{BUILT_IN, BuiltIn, TOUR};
use crate::view::icon::Icon;
use crate::view::theme::{TITLE, caption, strong};

/// The width of the menu and its submenus.
const WIDTH: f32 = 320.0;

/// Shows the program's name, which opens the menu.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let text = strong("Slalom").size(TITLE);
    let button = Button::new(text)
        .right_text(RichText::new("▾").size(11.0).color(desk.colors.dim))
        .frame(false)
        .min_size(egui::vec2(84.0, 28.0));
    opened_by(ui, desk, button);
}

/// Shows a button that opens the menu.
pub fn opened_by(ui: &mut Ui, desk: &mut Desk<'_>, button: Button<'_>) -> Response {
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(WIDTH);
        long_menu(ui, |ui| content(ui, desk));
    });
    name(ui, &response, "Menu");
    response
}

fn content(ui: &mut Ui, desk: &mut Desk<'_>) {
    use table::file;
    for entry in [&file::NEW, &file::OPEN] {
        entry_item(ui, desk, entry);
    }
    // A page forgets the files that were handed to it.
    if !files::ARE_NAMES {
        submenu(ui, "Open recent", |ui| recent(ui, desk));
    }
    submenu(ui, "Built-in races", |ui| {
        ui.set_width(WIDTH);
        long_menu(ui, |ui| built_in(ui, desk, BUILT_IN));
    });
    entry_item(ui, desk, &file::FIT_DATA);
    ui.separator();
    for entry in [&file::SAVE, &file::SAVE_AS, &table::edit::DESCRIBE] {
        entry_item(ui, desk, entry);
    }
    ui.separator();
    let handed_on = [
        &file::SHARE,
        &file::COPY_TEXT,
        &file::EXPORT,
        &file::SAVE_WEIGHTS,
    ];
    for entry in handed_on {
        entry_item(ui, desk, entry);
    }
    submenu(ui, "The race as a script", |ui| {
        for entry in [&file::COPY_KERAS, &file::COPY_PYTORCH, &file::COPY_OPTAX] {
            entry_item(ui, desk, entry);
        }
    });
    ui.separator();
    for category in Category::ALL {
        match category {
            Category::File => {}
            Category::Help => {
                submenu(ui, "Tour: lessons and games", |ui| {
                    ui.set_width(WIDTH);
                    long_menu(ui, |ui| learn(ui, desk));
                });
            }
            category => {
                submenu(ui, category.title(), |ui| {
                    ui.set_width(WIDTH);
                    long_menu(ui, |ui| {
                        for entry in category.entries() {
                            entry_item(ui, desk, entry);
                        }
                    });
                });
            }
        }
    }
    ui.separator();
    entry_item(ui, desk, &file::SETTINGS);
    if !files::ARE_NAMES {
        entry_item(ui, desk, &file::QUIT);
    }
}

/// A menu inside the menu, whose title is in line with those of the entries.
pub fn submenu(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) {
    let shown = ui.menu_button(format!("        {title}"), add);
    name(ui, &shown.response, title);
}

fn recent(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.set_min_width(260.0);
    let files = &desk.workspace.settings.recent_files;
    if files.is_empty() {
        ui.label(RichText::new("No file has been opened yet").color(desk.colors.dim));
    }
    for path in files {
        let title = path.file_name().unwrap_or_default().to_string_lossy();
        let button = ui.button(title).on_hover_text(path.display().to_string());
        if button.clicked() {
            desk.actions.push(AppAction::OpenFile(path.clone()).into());
            ui.close();
        }
    }
}

pub fn built_in(ui: &mut Ui, desk: &mut Desk<'_>, presets: &[BuiltIn]) {
    for preset in presets {
        let title = preset.title().unwrap_or(preset.name);
        if ui.button(title).clicked() {
            desk.send(AppAction::Open(Opening::BuiltIn(preset.name)));
            ui.close();
        }
    }
}

/// The menu of lessons and games. A lesson is marked if it is open or its goal has been reached.
fn learn(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.label(caption("Lessons").color(desk.colors.dim));
    let current = desk.document.neighbours.index.map(|[number, _]| number);
    for (number, lesson) in (1..).zip(TOUR) {
        let title = lesson.title().unwrap_or(lesson.name);
        let is_done = desk.workspace.settings.lessons_done.contains(lesson.name);
        let button = Button::selectable(
            current == Some(number),
            format!("        {number}  {title}"),
        );
        let response = ui.add(button);
        let said = if is_done {
            format!("Lesson {number}: {title}, done")
        } else {
            format!("Lesson {number}: {title}")
        };
        name(ui, &response, &said);
        if is_done {
            let middle = response.rect.left_center() + egui::vec2(20.0, 0.0);
            let area = egui::Rect::from_center_size(middle, egui::vec2(14.0, 14.0));
            let color = desk.colors.family(crate::optimizer::Family::Squares);
            Icon::Check.paint(ui.painter(), area, color);
        }
        if response.clicked() {
            desk.send(AppAction::Open(Opening::BuiltIn(lesson.name)));
            ui.close();
        }
    }
    ui.separator();
    for entry in Category::Help.entries() {
        entry_item(ui, desk, entry);
    }
}
