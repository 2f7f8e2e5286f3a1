//! The window of the surface, and the copies of built-in surfaces.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Layout, RichText, Ui, vec2};

use crate::app::action::{AppAction, DocumentAction};
use crate::app::desk::Desk;
use crate::app::document::formula_change::FormulaChange;
use crate::app::settings::library::Entry;
use crate::app::widgets::{Segment, chooser, long_menu, name, segments};
use crate::surface::SurfaceChoice;
use crate::surface::typed::Typed;
use crate::view::theme::touch::{is_for_fingers, target};

/// The width of the menu of built-in surfaces.
const COPY: f32 = 140.0;

/// Shows whether the surface finds its window, and the menu of surfaces to copy.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed) {
    let size = vec2(ui.available_width(), target(ui, 28.0));
    let has_room = !is_for_fingers(ui.style());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new("window").color(desk.colors.dim));
        window(ui, desk, typed);
        if has_room {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| copies(ui, desk));
        }
    });
    if !has_room {
        copies(ui, desk);
    }
    if ui.button("Keep in my library").clicked() {
        let title = desk.document.experiment().title.clone();
        let entry = Entry::of_surface(title, typed.clone());
        desk.send(AppAction::Keep(Box::new(entry)));
    }
}

fn window(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed) {
    let is_fixed = typed.window.is_some();
    let choices = [
        Segment::new("automatic", !is_fixed)
            .help("The surface finds a window that holds its stationary points"),
        Segment::new("fixed", is_fixed).help("The surface begins with the window that is seen now"),
    ];
    match segments(ui, desk.colors, None, &choices) {
        Some(0) if is_fixed => desk.change(FormulaChange::Window(None).into()),
        Some(1) => {
            let seen = desk.document.window();
            desk.change(FormulaChange::Window(Some(seen)).into());
        }
        _ => {}
    }
}

/// The menu of built-in surfaces that can be copied, if there are any.
fn copies(ui: &mut Ui, desk: &mut Desk<'_>) {
    let surfaces = SurfaceChoice::BUILT_IN.iter();
    let copies = surfaces.filter_map(|surface| Some((surface.about(), surface.typed_copy()?)));
    let copies: Vec<_> = copies.collect();
    if copies.is_empty() {
        return;
    }
    let title = "Copy a built-in…";
    let (response, _) = MenuButton::from_button(chooser(title, COPY))
        .config(MenuConfig::new())
        .ui(ui, |ui| {
            long_menu(ui, |ui| {
                for (about, copy) in copies {
                    let button = ui
                        .button(about.title)
                        .on_hover_text(about.equation.to_string());
                    if button.clicked() {
                        desk.act(DocumentAction::UseSurface(SurfaceChoice::Typed(copy)));
                        ui.close();
                    }
                }
            });
        });
    name(ui, &response, title);
}
