//! The choice of data: a file, or a built-in or generated set.

use egui::containers::menu::MenuButton;
use egui::{Button, RichText, Ui, vec2};

use super::draft::Draft;
use super::field::{number, row};
use super::generated::Set;
use super::sample::Sample;
use crate::app::desk::Desk;
use crate::app::dialogs::path_field::PathField;
use crate::app::ports::files;
use crate::app::widgets::name;
use crate::number::count;
use crate::surface::data::{BUILT_IN, BuiltIn};
use crate::view::theme::caption;

/// The width of the button beside the field.
const BUTTON: f32 = 88.0;

/// Shows the field for a file and the menu of all other data.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, file: &mut PathField, draft: &mut Draft) {
    ui.horizontal(|ui| {
        let hint = "a file, or iris, penguins, moons";
        file.field(ui, "Data file", hint, ui.available_width() - BUTTON - 8.0);
        let button = Button::new("Choose…").min_size(vec2(BUTTON, 28.0));
        let (response, _) = MenuButton::from_button(button).ui(ui, |ui| menu(ui, desk, file));
        name(ui, &response, "Choose data");
    });
    if file.text != draft.path {
        draft.use_data(file.text.clone());
    }
}

fn menu(ui: &mut Ui, desk: &Desk<'_>, file: &mut PathField) {
    ui.set_min_width(190.0);
    let browse = ui.add_enabled(file.can_browse(), Button::new("A file…"));
    let browse = browse.on_disabled_hover_text("This desktop offers no file dialog; type the path");
    if browse.clicked() {
        file.browse(ui, files::For::Data);
        ui.close();
    }
    ui.separator();
    ui.label(caption("Built in").color(desk.colors.dim));
    let built_in = BUILT_IN.iter().map(|it| (it.name, it.about));
    let generated = Set::ALL.map(|it| (it.name(), it.about()));
    for (name, about) in built_in {
        item(ui, file, name, about);
    }
    ui.separator();
    ui.label(caption("Generated").color(desk.colors.dim));
    for (name, about) in generated {
        item(ui, file, name, about);
    }
}

fn item(ui: &mut Ui, file: &mut PathField, name: &str, about: &str) {
    let button = ui.selectable_label(file.text == name, name);
    if button.on_hover_text(about).clicked() {
        name.clone_into(&mut file.text);
        ui.close();
    }
}

/// Says in one line what was chosen.
pub fn about(ui: &mut Ui, desk: &Desk<'_>, draft: &Draft, sample: Option<&Sample>) {
    let built_in = BuiltIn::named(&draft.file());
    let text = match (draft.set(), built_in, sample) {
        (Some(set), ..) => set.about().to_owned(),
        (None, Some(set), _) => set.about.to_owned(),
        (None, None, Some(sample)) => format!("{} · or drop a file anywhere", size(sample.bytes)),
        (None, None, None) => "CSV, TSV, text or NPY; or drop a file on the window".to_owned(),
    };
    let text = RichText::new(text).size(11.0).color(desk.colors.dim);
    ui.label(text);
}

/// Returns a number of bytes in words.
fn size(bytes: u64) -> String {
    let whole = |number: u64| count(usize::try_from(number).unwrap_or(usize::MAX));
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", whole(bytes.div_ceil(1_000))),
        _ => format!("{} MB", whole(bytes.div_ceil(1_000_000))),
    }
}

/// Shows the settings of generated data.
pub fn settings(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft) {
    ui.label(caption("How these data are made").color(desk.colors.dim));
    ui.add_space(5.0);
    let points = &mut draft.points;
    row(ui, desk.colors, "rows", |ui| {
        number(ui, desk, "Rows of data", &mut points.rows, |field| {
            field.range(4..=1_000_000).speed(1.0)
        });
    });
    row(ui, desk.colors, "noise", |ui| {
        number(ui, desk, "Noise of the data", &mut points.noise, |field| {
            field.range(0.0..=10.0).speed(0.005).max_decimals(3)
        });
    });
    row(ui, desk.colors, "seed", |ui| {
        number(ui, desk, "Seed of the data", &mut points.seed, |field| {
            field.speed(0.1)
        });
    });
}
