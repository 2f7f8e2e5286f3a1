//! The detected format of a file, and controls to correct it.

use egui::{ComboBox, RichText, Role, Ui, WidgetInfo};

use super::draft::Draft;
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::table::{DecimalMark, Format, Header, Reading, Separator, TextFormat};
use crate::text::counted;
use crate::view::theme::caption;

/// The width of a name.
const NAME: f32 = 92.0;

/// Shows the detected format and stores corrections in the draft. If the file cannot be read, only
/// the choices are shown.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, reading: Option<&Reading>) {
    ui.label(caption("How this file was read").color(desk.colors.dim));
    ui.add_space(4.0);
    match reading.map(|reading| (reading, &reading.format)) {
        Some((reading, Format::Npy { .. })) => {
            ui.label(reading.storage());
        }
        Some((reading, Format::Text(format))) => text(ui, desk, draft, reading, format),
        None => choices(ui, desk, draft, Found::default()),
    }
    ui.add_space(4.0);
    let note = "Your choices here are saved in the preset.";
    if draft.is_as_found() {
        ui.label(RichText::new(note).size(11.0).color(desk.colors.dim));
    } else if link_text(ui, "Reset to the detected format", desk.colors.accent).clicked() {
        draft.as_found();
    }
}

/// What was detected in a file, each with the reason.
#[derive(Default)]
struct Found {
    separator: Option<(Separator, String)>,
    decimal: Option<(DecimalMark, String)>,
    header: Option<(bool, String)>,
    /// The label of the choice that there is a header.
    line: String,
}

fn text(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, reading: &Reading, format: &TextFormat) {
    let found = Found {
        separator: Some((format.separator, format.separator_from.to_string())),
        decimal: Some((format.decimal, format.decimal_from.to_string())),
        header: Some((!matches!(reading.header, Header::None), names(reading))),
        line: header(reading.header),
    };
    choices(ui, desk, draft, found);
    let mark = if format.has_mark {
        ", byte order mark"
    } else {
        ""
    };
    fact(ui, desk, "encoding", &format!("{}{mark}", format.encoding));
    if format.comments > 0 {
        let passed_over = format!("{} skipped", counted(format.comments, "line"));
        fact(ui, desk, "comments", &passed_over);
    }
}

fn choices(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, found: Found) {
    let line = match &*found.line {
        "" => "first line".to_owned(),
        line => line.to_owned(),
    };
    pick(
        ui,
        desk,
        "separator",
        &mut draft.separator,
        found.separator,
        &Separator::ALL.map(|it| (it, it.to_string())),
    );
    pick(
        ui,
        desk,
        "decimal mark",
        &mut draft.decimal,
        found.decimal,
        &DecimalMark::ALL.map(|it| (it, format!("{it} {}", it.sign()))),
    );
    pick(
        ui,
        desk,
        "header",
        &mut draft.header,
        found.header,
        &[(true, line), (false, "none".to_owned())],
    );
}

/// Returns where the column names come from.
fn header(header: Header) -> String {
    match header {
        Header::Line(line) => format!("line {line}"),
        Header::Comment(line) => format!("comment on line {line}"),
        Header::None => "first line".to_owned(),
    }
}

fn names(reading: &Reading) -> String {
    let named = reading.columns.iter().filter(|it| it.is_named).count();
    let columns = counted(reading.columns.len(), "column");
    if named == reading.columns.len() {
        format!("{columns}, all named")
    } else {
        format!("{columns}, {named} named")
    }
}

/// A labelled combo box, with the reason for the detected value below it.
fn pick<T: Copy + PartialEq>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    name: &str,
    chosen: &mut Option<T>,
    found: Option<(T, String)>,
    choices: &[(T, String)],
) {
    let (now, why) = match found {
        Some((found, why)) => (Some(found), why),
        None => (*chosen, String::new()),
    };
    let shown = choices.iter().find(|(choice, _)| Some(*choice) == now);
    let shown = shown.map_or("automatic", |(_, label)| &**label);
    ui.horizontal(|ui| {
        label(ui, desk, name);
        let combo = ComboBox::from_id_salt(name)
            .width(ui.available_width() - 8.0)
            .selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            for (choice, label) in choices {
                let is_now = Some(*choice) == now;
                if ui.selectable_label(is_now, label).clicked() && !is_now {
                    *chosen = Some(*choice);
                }
            }
        });
        let accessible = format!("{name}: {shown}");
        response
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &accessible));
    });
    let size = egui::vec2(ui.available_width(), 15.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().interact_size.y = 12.0;
        ui.add_space(NAME + 8.0);
        ui.add(egui::Label::new(RichText::new(why).size(11.0).color(desk.colors.dim)).truncate());
    });
    ui.add_space(2.0);
}

fn fact(ui: &mut Ui, desk: &Desk<'_>, name: &str, value: &str) {
    ui.horizontal(|ui| {
        label(ui, desk, name);
        ui.label(value);
    });
}

fn label(ui: &mut Ui, desk: &Desk<'_>, name: &str) {
    let size = egui::vec2(NAME, ui.spacing().interact_size.y);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(NAME);
        ui.label(RichText::new(name).color(desk.colors.dim));
    });
}
