//! The command palette: one field that finds racers, actions, optimizers, surfaces and presets.

mod items;
mod search;

use egui::text::LayoutJob;
use egui::{
    Align, Align2, FontId, Id, Key, Layout, Modifiers, Pos2, Rect, Response, RichText, Role,
    ScrollArea, Sense, Stroke, TextEdit, TextFormat, Ui, WidgetInfo, pos2, vec2,
};

use super::sheet;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::view::fonts::strong_family;
use crate::view::racer_looks;
use crate::view::theme::touch::{is_for_fingers, target};
use crate::view::theme::{blend, caption};
use items::{Item, Sign, items};
use search::{Found, nearest, search};

/// The palette's width, and its distance from the window's upper edge.
pub const WIDTH: f32 = 600.0;
/// See [`WIDTH`].
pub const TOP: f32 = 72.0;
const ROW: f32 = 34.0;
const LEFT: f32 = 26.0;

/// What has been typed, and which item is chosen.
#[derive(Debug, Default)]
pub struct Palette {
    typed: String,
    chosen: usize,
    /// Whether the chosen item was chosen by the keyboard and has to be scrolled to.
    reveal: bool,
}

impl Palette {
    /// Shows the palette.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let items = items(desk.workspace);
        let recent = &desk.workspace.settings.recent_entries;
        // Before the field, which would take the arrow keys to move its cursor.
        let keys = Keys::read(ui);
        let mut found = search(&items, &self.typed, recent);
        if self.field(ui, found.len()) {
            found = search(&items, &self.typed, recent);
        }
        ui.separator();
        self.move_by(keys.by, found.len());
        let mut used = None;
        if found.is_empty() {
            self.nothing(ui, &items, desk);
        } else {
            let window = ui.ctx().content_rect().height();
            let height = if sheet::is_sheet(ui) {
                // A keyboard on the screen covers the lower half of most.
                0.5 * window
            } else {
                (window - TOP - 150.0).min(440.0)
            };
            ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    used = self.list(ui, &items, &found, desk);
                });
            if keys.enter || keys.beside {
                used = found.get(self.chosen).map(|found| found.item);
            }
        }
        self.reveal = false;
        ui.separator();
        hints(ui, desk);
        let Some(item) = used.and_then(|index| items.get(index)) else {
            return;
        };
        if item.hindrance.is_none() {
            let mut settings = desk.workspace.settings.clone();
            settings.remember_entry(item.title.clone());
            desk.send(AppAction::Settings(Box::new(settings)));
            desk.perform(&table::help::DISMISS);
            let beside = item.beside().filter(|_| keys.beside);
            desk.actions
                .push(beside.unwrap_or_else(|| item.action.clone()));
        }
    }

    /// Shows the search field and returns whether something was typed.
    fn field(&mut self, ui: &mut Ui, found: usize) -> bool {
        let size = vec2(ui.available_width(), target(ui, 34.0));
        let is_sheet = sheet::is_sheet(ui);
        let layout = Layout::left_to_right(Align::Center);
        let row = ui.allocate_ui_with_layout(size, layout, |ui| {
            // A sheet has no room for how many were found.
            let (hint, count) = if is_sheet {
                ("Search for anything", 0.0)
            } else {
                ("Search for anything to do, to add or to open", 90.0)
            };
            let id = Id::unique("field of the palette");
            let field = TextEdit::singleline(&mut self.typed)
                .id(id)
                .frame(egui::Frame::NONE)
                .font(FontId::proportional(17.0))
                .hint_text(hint)
                .desired_width(ui.available_width() - count)
                .min_size(vec2(0.0, size.y));
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search"));
            if !response.has_focus() {
                response.request_focus();
            }
            if response.changed() {
                self.chosen = 0;
                self.reveal = true;
            }
            if !is_sheet {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let count = format!("{found} found");
                    ui.label(RichText::new(count).size(11.0).weak());
                });
            }
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
        items: &[Item],
        found: &[Found],
        desk: &Desk<'_>,
    ) -> Option<usize> {
        let mut used = None;
        let mut group = None;
        for (index, found) in found.iter().enumerate() {
            let Some(item) = items.get(found.item) else {
                continue;
            };
            if group != Some(item.group) {
                group = Some(item.group);
                ui.add_space(6.0);
                ui.label(caption(item.group.title()).color(desk.colors.dim));
            }
            let is_chosen = index == self.chosen;
            let response = row(ui, desk, item, &found.letters, is_chosen);
            if is_chosen && self.reveal {
                response.scroll_to_me(None);
            }
            if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                self.chosen = index;
            }
            if response.clicked() {
                used = Some(found.item);
            }
        }
        used
    }

    /// Shows that nothing was found, and the nearest entry.
    fn nothing(&mut self, ui: &mut Ui, items: &[Item], desk: &Desk<'_>) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let text = format!("Nothing is called “{}”.", self.typed.trim());
            ui.label(RichText::new(text).color(desk.colors.dim));
            if let Some(near) = nearest(items, &self.typed) {
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

/// Shows one item, with the matched letters in bold.
fn row(ui: &mut Ui, desk: &Desk<'_>, item: &Item, letters: &[u32], is_chosen: bool) -> Response {
    let size = vec2(ui.available_width(), target(ui, ROW));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let is_enabled = item.hindrance.is_none();
        let label = format!("{}: {}", item.group.title(), item.title);
        WidgetInfo::labeled(Role::Button, is_enabled, label)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let colors = desk.colors;
    if is_chosen {
        let fill = blend(colors.card, colors.accent, 0.22);
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    let text = match item.hindrance.as_deref() {
        Some(_) => colors.dim,
        None => colors.text,
    };
    sign(ui, desk, item, pos2(rect.left() + 13.0, rect.center().y));
    let right = note(ui, desk, item, rect);
    let galley = ui.painter().layout_job(title(item, letters, text));
    let at = pos2(rect.left() + LEFT, rect.center().y - galley.size().y / 2.0);
    let room = Rect::from_min_max(rect.min, pos2(right - 8.0, rect.bottom()));
    ui.painter().with_clip_rect(room).galley(at, galley, text);
    match item.hindrance.as_deref() {
        Some(why) => response.on_hover_text(why),
        None => response,
    }
}

fn sign(ui: &Ui, desk: &Desk<'_>, item: &Item, at: Pos2) {
    match item.sign {
        Sign::Racer(id) => {
            let looks = racer_looks(desk.document.experiment(), desk.colors);
            let index = desk.document.lineup().index_of(id);
            if let Some(look) = index.and_then(|index| looks.get(index)) {
                let marker = look.marker.filled(at, 10.0, look.color, Stroke::NONE);
                ui.painter().extend(marker);
            }
        }
        Sign::Icon(icon) => {
            let area = Rect::from_center_size(at, vec2(16.0, 16.0));
            icon.paint(ui.painter(), area, desk.colors.dim);
        }
    }
}

/// Paints what stands at an item's right end, and returns where that begins.
fn note(ui: &Ui, desk: &Desk<'_>, item: &Item, rect: Rect) -> f32 {
    // Where there are fingers, there is hardly a keyboard.
    let keys = item.keys.filter(|_| !is_for_fingers(ui.style()));
    let keys = keys.map(|keys| ui.ctx().format_shortcut(&keys));
    let text = match (item.hindrance.as_deref(), keys) {
        (Some(why), _) => why.to_owned(),
        (None, Some(keys)) if item.note.is_empty() => keys,
        (None, Some(keys)) => format!("{}   {keys}", item.note),
        (None, None) => item.note.clone(),
    };
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let font = FontId::proportional(11.0);
    let painted = ui
        .painter()
        .text(at, Align2::RIGHT_CENTER, text, font, desk.colors.dim);
    painted.left()
}

fn title(item: &Item, letters: &[u32], color: egui::Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (index, letter) in (0..).zip(item.title.chars()) {
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
    if desk.workspace.is_phone() {
        return;
    }
    ui.horizontal(|ui| {
        let hint = "↑ ↓ choose    Enter do    Ctrl+Enter open beside    Esc close";
        ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hint = "> actions    + optimizers    ~ surfaces";
            ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
        });
    });
}
