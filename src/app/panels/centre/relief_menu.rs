//! How the landscape is seen: from where, and with which heights.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::text::LayoutJob;
use egui::{Button, FontId, Response, Role, TextFormat, Ui, WidgetInfo, vec2};

use crate::app::action::{Entry, table};
use crate::app::desk::Desk;
use crate::app::widgets::{chooser, chooser_width, entry_item, name};
use crate::preset::Viewpoint;
use crate::sampling::Heights;
use crate::view::theme::BODY;

/// The entries of both menus.
pub const GROUPS: &[&[&Entry]] = &[
    &[
        &table::pictures::ABOVE,
        &table::pictures::RADFORD,
        &table::pictures::VALLEY,
        &table::pictures::PERSPECTIVE,
    ],
    &table::pictures::HEIGHTS,
];

/// The texts of both buttons.
pub struct Texts {
    eye: &'static str,
    heights: String,
}

impl Texts {
    /// Returns the longest texts for which there is room.
    pub fn within(ui: &Ui, desk: &Desk<'_>, room: f32) -> Option<Self> {
        let eye = desk.document.view.eye.label();
        let full = heights_text(desk);
        let short = capitalised(desk.document.heights().label());
        let mut texts = [full, short]
            .into_iter()
            .map(|heights| Self { eye, heights });
        texts.find(|texts| texts.width(ui) <= room)
    }

    /// Returns the width of both buttons.
    pub fn width(&self, ui: &Ui) -> f32 {
        chooser_width(ui, self.eye) + chooser_width(ui, &self.heights)
    }
}

/// The menu of viewpoints.
pub fn eye(ui: &mut Ui, desk: &mut Desk<'_>, texts: &Texts) {
    let now = texts.eye;
    let (response, _) = button(ui, now).ui(ui, |ui| {
        ui.set_width(200.0);
        for ((text, _), entry) in Viewpoint::NAMED
            .into_iter()
            .zip(table::pictures::VIEWPOINTS)
        {
            if ui.selectable_label(text == now, text).clicked() {
                desk.perform(entry);
                ui.close();
            }
        }
        ui.separator();
        entry_item(ui, desk, &table::pictures::PERSPECTIVE);
    });
    name(ui, &response, &format!("Eye: {now}"));
    response.on_hover_text("From where the landscape is seen; a drag turns it");
}

/// The menu of the scales of heights.
pub fn heights(ui: &mut Ui, desk: &mut Desk<'_>, texts: &Texts) {
    let (response, _) = button(ui, &texts.heights).ui(ui, |ui| {
        ui.set_width(260.0);
        for (heights, entry) in Heights::ALL.into_iter().zip(table::pictures::HEIGHTS) {
            if choice(ui, desk, heights, entry).clicked() {
                desk.perform(entry);
                ui.close();
            }
        }
    });
    name(ui, &response, &heights_text(desk));
    response.on_hover_text("How losses become heights");
}

/// A scale of heights with its explanation.
fn choice(ui: &mut Ui, desk: &Desk<'_>, heights: Heights, entry: &'static Entry) -> Response {
    let chosen = desk.document.heights() == heights;
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let text = |size, color| TextFormat {
        font_id: FontId::proportional(size),
        color,
        ..TextFormat::default()
    };
    let strength = if hindrance.is_some() { 0.5 } else { 1.0 };
    let [title, dim] =
        [desk.colors.text, desk.colors.dim].map(|color| color.gamma_multiply(strength));
    let label = capitalised(heights.label());
    let mut job = LayoutJob::default();
    job.append(&label, 6.0, text(BODY, title));
    job.append(&format!("\n{}", heights.help()), 6.0, text(11.0, dim));
    let button = Button::selectable(chosen, job)
        .wrap()
        .min_size(vec2(ui.available_width(), 48.0));
    let is_free = hindrance.is_none();
    let response = ui.add_enabled(is_free, button);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, is_free, chosen, &label));
    response.on_disabled_hover_text(hindrance.unwrap_or_default())
}

fn button<'a>(ui: &Ui, text: &str) -> MenuButton<'a> {
    let button = chooser(text, chooser_width(ui, text));
    MenuButton::from_button(button).config(MenuConfig::new())
}

/// The heights that are shown: "Linear heights".
fn heights_text(desk: &Desk<'_>) -> String {
    format!("{} heights", capitalised(desk.document.heights().label()))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
