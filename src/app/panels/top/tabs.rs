//! The tabs, one for each open document.

use egui::{
    Align2, CursorIcon, FontId, PointerButton, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::HEIGHT;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::widgets::entry_icon;

/// The least width of a tab.
pub const NARROWEST: f32 = 96.0;
const WIDEST: f32 = 200.0;
/// The width of the button for a new tab.
const NEW: f32 = 28.0;

/// Shows the tabs and a button for a new one, within a width.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, room: f32) {
    let count = desk.workspace.documents().len();
    #[expect(clippy::cast_precision_loss, reason = "there are few tabs")]
    let width = ((room - NEW) / count as f32).clamp(NARROWEST, WIDEST);
    let scroll = ScrollArea::horizontal()
        .id_salt("tabs")
        .max_width(room - NEW)
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let mut tabs = Vec::new();
        for document in desk.workspace.documents() {
            tabs.push(tab(ui, desk, document, width));
        }
        act(desk, &tabs);
    });
    entry_icon(ui, desk, &table::tabs::NEW, vec2(NEW, 28.0));
}

/// The responses of a tab and of its button to close it.
struct Tab<'a> {
    document: &'a Document,
    whole: Response,
    close: Option<Response>,
}

fn tab<'a>(ui: &mut Ui, desk: &Desk<'_>, document: &'a Document, width: f32) -> Tab<'a> {
    let size = vec2(width, HEIGHT);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let title = document.title();
    let is_changed = document.is_changed();
    whole.widget_info(|| {
        let mark = if is_changed { ", unsaved" } else { "" };
        WidgetInfo::labeled(Role::Tab, true, format!("Tab {title}{mark}"))
    });
    let is_active = document.id() == desk.workspace.active().id();
    if is_active && !ui.clip_rect().contains_rect(rect) && !whole.dragged() {
        whole.scroll_to_me(None);
    }
    paint(ui, desk, rect, document, is_active);
    let at = pos2(rect.right() - 18.0, rect.center().y);
    let can_close = desk.workspace.documents().len() > 1;
    let close = can_close.then(|| {
        let area = Rect::from_center_size(at, vec2(20.0, 20.0));
        let close = ui.interact(area, whole.id.with("close"), Sense::click());
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {title}")));
        close
    });
    let is_over_close = close.as_ref().is_some_and(Response::hovered);
    // A dot marks unsaved changes; the pointer turns it into a cross.
    let sign = match (is_changed, whole.hovered() || is_over_close) {
        (true, over) if !over || !can_close => Some("•"),
        _ => can_close.then_some("×"),
    };
    if let Some(sign) = sign {
        let color = if is_over_close || sign == "•" {
            desk.colors.text
        } else {
            desk.colors.dim
        };
        let font = FontId::proportional(14.0);
        ui.painter()
            .text(at, Align2::CENTER_CENTER, sign, font, color);
    }
    let whole = whole.on_hover_text(match document.source.path() {
        Some(path) => format!("{title}\n{}", path.display()),
        None => format!("{title}\ndouble click to edit title and notes"),
    });
    Tab {
        document,
        whole,
        close,
    }
}

fn paint(ui: &Ui, desk: &Desk<'_>, rect: Rect, document: &Document, is_active: bool) {
    let painter = ui.painter();
    let colors = desk.colors;
    if is_active {
        painter.rect_filled(rect, 0.0, colors.window);
        let line = Stroke::new(2.0, colors.accent);
        painter.hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    for x in [rect.left(), rect.right()] {
        painter.vline(x, rect.y_range(), Stroke::new(1.0, colors.line));
    }
    let mut left = rect.left() + 12.0;
    if let Some(letter) = letter(desk, document) {
        let badge = Rect::from_center_size(pos2(left + 8.0, rect.center().y), vec2(16.0, 16.0));
        let (fill, text) = if is_active {
            (colors.accent, colors.on_accent)
        } else {
            (colors.card, colors.accent)
        };
        let frame = Stroke::new(1.0, colors.accent);
        painter.rect(badge, 3.0, fill, frame, StrokeKind::Inside);
        let font = FontId::proportional(11.0);
        painter.text(badge.center(), Align2::CENTER_CENTER, letter, font, text);
        left = badge.right() + 8.0;
    }
    let color = if is_active { colors.text } else { colors.dim };
    let clip = rect.with_max_x(rect.right() - 30.0).with_min_x(left);
    let font = FontId::proportional(13.0);
    let laid_out = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), color);
    let width = |text: &str| laid_out(text).size().x;
    let galley = laid_out(&shortened(document.title(), clip.width(), width));
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    painter
        .with_clip_rect(clip.intersect(ui.clip_rect()))
        .galley(at, galley, color);
}

/// Returns the letter of a document that is compared with another one.
fn letter(desk: &Desk<'_>, document: &Document) -> Option<&'static str> {
    desk.workspace.comparison()?.letter(document.id())
}

/// Turns clicks and drags into actions.
fn act(desk: &mut Desk<'_>, tabs: &[Tab<'_>]) {
    for (index, tab) in tabs.iter().enumerate() {
        let id = tab.document.id();
        let closes = tab.close.as_ref().is_some_and(Response::clicked);
        if closes || tab.whole.clicked_by(PointerButton::Middle) {
            desk.send(AppAction::Close(id));
        } else if tab.whole.double_clicked() {
            desk.perform(&table::edit::DESCRIBE);
        } else if tab.whole.clicked() || tab.whole.drag_started() {
            desk.send(AppAction::Show(id));
        }
        if tab.whole.dragged() {
            tab.whole.ctx.set_cursor_icon(CursorIcon::Grabbing);
        }
        // A tab is moved when it is dropped, as its widget stays with its index.
        if let Some(pointer) = tab.whole.interact_pointer_pos()
            && tab.whole.drag_stopped()
        {
            let under = |it: &Tab<'_>| it.whole.rect.x_range().contains(pointer.x);
            if let Some(to) = tabs.iter().position(under).filter(|&to| to != index) {
                desk.send(AppAction::MoveTab(id, to));
            }
        }
    }
}

/// Returns a title cut in the middle where it is wider than `room`, so that both its ends can be
/// read. `width` measures a text.
pub fn shortened(title: &str, room: f32, width: impl Fn(&str) -> f32) -> String {
    if width(title) <= room {
        return title.to_owned();
    }
    let letters: Vec<char> = title.chars().collect();
    let cut = |kept: usize| {
        let (head, tail) = (kept.div_ceil(2), kept / 2);
        let head: String = letters.iter().take(head).collect();
        let tail: String = letters.iter().skip(letters.len() - tail).collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    let mut fitting = (2..letters.len()).rev().map(cut);
    let least = cut(2.min(letters.len()));
    fitting.find(|text| width(text) <= room).unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    fn short(title: &str, room: f32) -> String {
        shortened(title, room, |text| text.chars().count() as f32)
    }

    #[test]
    fn long_titles_are_cut_in_the_middle() {
        assert_eq!(short("Beale", 5.0), "Beale");
        assert_eq!(short("Nadam: Keras against PyTorch", 13.0), "Nadam:…yTorch");
        assert_eq!(short("abcdefgh", 0.0), "a…h");
        assert_eq!(short("", 0.0), "");
    }
}
