//! The command palette: one field that finds racers, commands, optimizers, surfaces and presets.

mod entries;
mod search;

use egui::text::LayoutJob;
use egui::{
    Align, Align2, FontId, Id, Key, Layout, Modifiers, Rect, Response, RichText, Role, ScrollArea,
    Sense, Stroke, TextEdit, TextFormat, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::view::fonts::strong_family;
use crate::view::racer_looks;
use crate::view::theme::{blend, caption};
use entries::{Entry, Group, entries};
use search::{Found, nearest, search};

/// The palette's width, and its distance from the window's upper edge.
pub const WIDTH: f32 = 600.0;
/// See [`WIDTH`].
pub const TOP: f32 = 72.0;
const ROW: f32 = 34.0;
const LEFT: f32 = 26.0;
/// The number of recent entries that are remembered.
const RECENT: usize = 8;

/// What has been typed, and which entry is chosen.
#[derive(Debug, Default)]
pub struct Palette {
    typed: String,
    chosen: usize,
    /// Whether the chosen entry was chosen by the keyboard and has to be scrolled to.
    reveal: bool,
}

impl Palette {
    /// Shows the palette. `recent` are the titles of the last entries that were used.
    pub fn show(&mut self, ui: &mut Ui, recent: &mut Vec<String>, desk: &mut Desk<'_>) {
        let entries = entries(desk.state);
        // Before the field, which would take the arrow keys to move its cursor.
        let keys = Keys::read(ui);
        let mut found = search(&entries, &self.typed, recent);
        if self.field(ui, found.len()) {
            found = search(&entries, &self.typed, recent);
        }
        ui.separator();
        self.move_by(keys.by, found.len());
        let mut used = None;
        if found.is_empty() {
            self.nothing(ui, &entries, desk);
        } else {
            let height = (ui.ctx().content_rect().height() - TOP - 150.0).min(440.0);
            ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    used = self.list(ui, &entries, &found, desk);
                });
            if keys.enter || keys.beside {
                used = found.get(self.chosen).map(|found| found.entry);
            }
        }
        self.reveal = false;
        ui.separator();
        hints(ui, desk);
        let Some(entry) = used.and_then(|index| entries.get(index)) else {
            return;
        };
        if entry.hindrance.is_none() {
            recent.retain(|title| *title != entry.title);
            recent.insert(0, entry.title.clone());
            recent.truncate(RECENT);
            desk.send(Command::Dismiss);
            let command = entry.command.clone();
            desk.send(if keys.beside && entry.group == Group::Open {
                Command::InNewTab(Box::new(command))
            } else {
                command
            });
        }
    }

    /// Shows the search field and returns whether something was typed.
    fn field(&mut self, ui: &mut Ui, found: usize) -> bool {
        let size = vec2(ui.available_width(), 34.0);
        let layout = Layout::left_to_right(Align::Center);
        let row = ui.allocate_ui_with_layout(size, layout, |ui| {
            let id = Id::unique("field of the palette");
            let field = TextEdit::singleline(&mut self.typed)
                .id(id)
                .frame(egui::Frame::NONE)
                .font(FontId::proportional(17.0))
                .hint_text("Search for anything to do, to add or to open")
                .desired_width(ui.available_width() - 90.0)
                .min_size(vec2(0.0, 34.0));
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search"));
            if !response.has_focus() {
                response.request_focus();
            }
            if response.changed() {
                self.chosen = 0;
                self.reveal = true;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let count = format!("{found} found");
                ui.label(RichText::new(count).size(11.0).weak());
            });
            response.changed()
        });
        row.inner
    }

    fn move_by(&mut self, by: isize, found: usize) {
        if by != 0 && found > 0 {
            let last = found - 1;
            self.chosen = self.chosen.min(last);
            self.chosen = match self.chosen.checked_add_signed(by) {
                Some(next) if next <= last => next,
                Some(_) => 0,
                None => last,
            };
            self.reveal = true;
        }
        self.chosen = self.chosen.min(found.saturating_sub(1));
    }

    /// Shows the entries that were found and returns the one that was clicked.
    fn list(
        &mut self,
        ui: &mut Ui,
        entries: &[Entry],
        found: &[Found],
        desk: &Desk<'_>,
    ) -> Option<usize> {
        let mut used = None;
        let mut group = None;
        for (index, found) in found.iter().enumerate() {
            let Some(entry) = entries.get(found.entry) else {
                continue;
            };
            if group != Some(entry.group) {
                group = Some(entry.group);
                ui.add_space(6.0);
                ui.label(caption(entry.group.title()).color(desk.colors.dim));
            }
            let is_chosen = index == self.chosen;
            let response = row(ui, desk, entry, &found.letters, is_chosen);
            if is_chosen && self.reveal {
                response.scroll_to_me(None);
            }
            if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                self.chosen = index;
            }
            if response.clicked() {
                used = Some(found.entry);
            }
        }
        used
    }

    /// Shows that nothing was found, and the nearest entry.
    fn nothing(&mut self, ui: &mut Ui, entries: &[Entry], desk: &Desk<'_>) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let text = format!("Nothing is called “{}”.", self.typed.trim());
            ui.label(RichText::new(text).color(desk.colors.dim));
            if let Some(near) = nearest(entries, &self.typed) {
                ui.label(RichText::new("Did you mean").color(desk.colors.dim));
                let link = RichText::new(&near.title).color(desk.colors.accent);
                if ui.add(egui::Button::new(link).frame(false)).clicked() {
                    self.typed.clone_from(&near.title);
                    self.chosen = 0;
                }
            }
        });
        ui.add_space(6.0);
    }
}

/// The keys that move and use the choice.
#[derive(Clone, Copy, Debug)]
struct Keys {
    by: isize,
    enter: bool,
    /// Enter with Ctrl, which opens in a new tab.
    beside: bool,
}

impl Keys {
    /// Takes the keys out of the input, so that the text field does not see them.
    fn read(ui: &Ui) -> Self {
        ui.input_mut(|input| {
            let beside = input.count_and_consume_key(Modifiers::COMMAND, Key::Enter) > 0;
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key);
            let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
            Self {
                by: isize::try_from(down).unwrap_or(0) - isize::try_from(up).unwrap_or(0),
                enter: pressed(Key::Enter) > 0,
                beside,
            }
        })
    }
}

/// Shows one entry, with the matched letters in bold.
fn row(ui: &mut Ui, desk: &Desk<'_>, entry: &Entry, letters: &[u32], is_chosen: bool) -> Response {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let is_enabled = entry.hindrance.is_none();
        let group = entry.group.title();
        WidgetInfo::labeled(
            Role::Button,
            is_enabled,
            format!("{group}: {}", entry.title),
        )
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let colors = desk.colors;
    if is_chosen {
        let fill = blend(colors.card, colors.accent, 0.22);
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    let middle = rect.center().y;
    if let Some(index) = entry.racer {
        let looks = racer_looks(desk.state.document().experiment(), colors);
        if let Some(look) = looks.get(index) {
            let at = pos2(rect.left() + 13.0, middle);
            let marker = look.marker.filled(at, 10.0, look.color, Stroke::NONE);
            ui.painter().extend(marker);
        }
    }
    let right = note(ui, desk, entry, rect);
    let text = match entry.hindrance {
        Some(_) => colors.dim,
        None => colors.text,
    };
    let job = title(entry, letters, text);
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + LEFT, middle - galley.size().y / 2.0);
    let room = Rect::from_min_max(rect.min, pos2(right - 8.0, rect.bottom()));
    ui.painter().with_clip_rect(room).galley(at, galley, text);
    match entry.hindrance {
        Some(why) => response.on_hover_text(why),
        None => response,
    }
}

/// Paints what stands at an entry's right end, and returns where that begins.
fn note(ui: &Ui, desk: &Desk<'_>, entry: &Entry, rect: Rect) -> f32 {
    let shortcut = entry.command.shortcuts().into_iter().next();
    let keys = shortcut.map(|shortcut| ui.ctx().format_shortcut(&shortcut));
    let text = match (entry.hindrance, keys) {
        (Some(why), _) => why.to_owned(),
        (None, Some(keys)) if entry.note.is_empty() => keys,
        (None, Some(keys)) => format!("{}   {keys}", entry.note),
        (None, None) => entry.note.clone(),
    };
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let font = FontId::proportional(11.0);
    let painted = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, text, font, desk.colors.dim);
    painted.left()
}

fn title(entry: &Entry, letters: &[u32], color: egui::Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (index, letter) in (0..).zip(entry.title.chars()) {
        let font = if letters.binary_search(&index).is_ok() {
            FontId::new(14.0, strong_family())
        } else {
            FontId::proportional(14.0)
        };
        let mut buffer = [0; 4];
        let text = letter.encode_utf8(&mut buffer);
        job.append(text, 0.0, TextFormat::simple(font, color));
    }
    job
}

fn hints(ui: &mut Ui, desk: &Desk<'_>) {
    ui.horizontal(|ui| {
        let hint = "↑ ↓ choose    Enter do    Ctrl+Enter open in a new tab    Esc close";
        ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hint = "> commands    + optimizers    ~ surfaces";
            ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
        });
    });
}
