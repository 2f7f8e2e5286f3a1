//! The detected format of a file, and controls to correct it.

use egui::{RichText, Ui};

use super::draft::Draft;
use super::field::{choice, fact, note, row};
use super::sample::{Missing, Sample};
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::number::count;
use crate::table::{DecimalMark, Format, Header, Reading, Separator, TextFormat};
use crate::text::{brief, counted};
use crate::view::theme::caption;

/// Shows the detected format and stores corrections in the draft. If the file cannot be read, only
/// the choices are shown.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: Option<&Sample>) {
    ui.label(caption("How this file was understood").color(desk.colors.dim));
    ui.add_space(5.0);
    match sample.map(|sample| (sample, &sample.reading.format)) {
        Some((sample, Format::Npy { .. })) => {
            ui.label(sample.reading.storage());
        }
        Some((sample, Format::Text(format))) => text(ui, desk, draft, sample, format),
        None => choices(ui, desk, draft, Found::default()),
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if !draft.is_as_found()
            && link_text(ui, "Reset to the detected format", desk.colors.accent).clicked()
        {
            draft.as_found();
        }
        let text = RichText::new("A choice made here is saved in the preset.");
        ui.label(text.size(11.0).color(desk.colors.dim));
    });
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

fn text(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: &Sample, format: &TextFormat) {
    let reading = &sample.reading;
    let found = Found {
        separator: Some((format.separator, separator(reading, format))),
        decimal: Some((format.decimal, format.decimal_from.to_string())),
        header: Some((!matches!(reading.header, Header::None), names(reading))),
        line: header(reading.header),
    };
    choices(ui, desk, draft, found);
    missing(ui, desk, &sample.missing);
    let mark = if format.has_mark {
        "byte order mark"
    } else {
        "no byte order mark"
    };
    let comments = match format.comments {
        0 => String::new(),
        comments => format!(" · {} skipped", counted(comments, "comment line")),
    };
    let encoding = format.encoding.to_string();
    fact(
        ui,
        desk.colors,
        "encoding",
        &encoding,
        &format!("{mark}{comments}"),
    );
}

/// Returns the reason for the separator, with the numbers of rows and columns that follow from it.
fn separator(reading: &Reading, format: &TextFormat) -> String {
    let columns = counted(reading.columns.len(), "column");
    format!(
        "{}: {} rows of {columns}",
        format.separator_from,
        count(reading.rows)
    )
}

fn missing(ui: &mut Ui, desk: &Desk<'_>, missing: &Missing) {
    let signs = missing.signs.iter().map(|sign| match &**sign {
        "" => "empty".to_owned(),
        sign => brief(sign),
    });
    let signs = signs.collect::<Vec<_>>().join(", ");
    let signs = if signs.is_empty() { "none" } else { &signs };
    let place = if missing.is_partial {
        " in the first 10,000 rows"
    } else {
        ""
    };
    let cells = if missing.cells == 1 { "cell" } else { "cells" };
    let counted = format!("{} {cells}{place}", count(missing.cells));
    fact(ui, desk.colors, "missing", signs, &counted);
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

/// A labelled menu, with the reason for the detected value below it.
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
    row(ui, desk.colors, name, |ui| {
        let width = ui.available_width();
        if let Some(made) = choice(ui, name, width, (now.as_ref(), shown), choices) {
            *chosen = Some(made);
        }
    });
    note(ui, desk.colors, &why);
}
