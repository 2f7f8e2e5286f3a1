//! The tabs, one for each open document, shown as soon as there are two.

use egui::{
    Align2, CursorIcon, FontId, PointerButton, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::document::Document;

/// The height of the row.
pub const HEIGHT: f32 = 34.0;
const NARROWEST: f32 = 96.0;
const WIDEST: f32 = 200.0;

/// Shows the tabs and a button for a new one.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let count = desk.state.documents().len();
    #[expect(clippy::cast_precision_loss, reason = "there are few tabs")]
    let width = ((ui.available_width() - 40.0) / count as f32).clamp(NARROWEST, WIDEST);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let mut tabs = Vec::new();
        for (index, document) in desk.state.documents().iter().enumerate() {
            tabs.push(tab(ui, desk, index, document, width));
        }
        act(desk, &tabs);
        let new = ui.add_sized([28.0, 24.0], egui::Button::new("+").frame(false));
        new.widget_info(|| WidgetInfo::labeled(Role::Button, true, Command::NewTab.label()));
        if new
            .on_hover_text(Command::NewTab.tooltip(ui.ctx()))
            .clicked()
        {
            desk.send(Command::NewTab);
        }
    });
}

/// The responses of a tab and of its button to close it.
struct Tab {
    whole: Response,
    close: Response,
}

fn tab(ui: &mut Ui, desk: &Desk<'_>, index: usize, document: &Document, width: f32) -> Tab {
    let size = vec2(width, HEIGHT);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let title = title(document);
    let changed = document.is_changed();
    whole.widget_info(|| {
        let mark = if changed { ", unsaved" } else { "" };
        WidgetInfo::labeled(Role::Tab, true, format!("Tab {title}{mark}"))
    });
    let at = pos2(rect.right() - 18.0, rect.center().y);
    let close = Rect::from_center_size(at, vec2(20.0, 20.0));
    let close = ui.interact(close, whole.id.with("close"), Sense::click());
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Close {title}")));
    paint(ui, desk, rect, &title, index == desk.state.active());
    // A dot marks unsaved changes; the pointer turns it into a cross.
    let sign = if changed && !whole.hovered() && !close.hovered() {
        "•"
    } else {
        "×"
    };
    let color = if close.hovered() {
        desk.colors.text
    } else {
        desk.colors.dim
    };
    let font = FontId::proportional(14.0);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, sign, font, color);
    Tab { whole, close }
}

fn paint(ui: &Ui, desk: &Desk<'_>, rect: Rect, title: &str, is_active: bool) {
    let painter = ui.painter();
    let colors = desk.colors;
    if is_active {
        painter.rect_filled(rect, 0.0, colors.card);
        let line = Stroke::new(2.0, colors.accent);
        painter.hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    painter.vline(rect.right(), rect.y_range(), Stroke::new(1.0, colors.line));
    let color = if is_active { colors.text } else { colors.dim };
    let room = rect.width() - 44.0;
    let galley = painter.layout_no_wrap(shortened(title, room), FontId::proportional(13.0), color);
    let at = pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0);
    let clip = rect.with_max_x(rect.right() - 30.0);
    painter.with_clip_rect(clip).galley(at, galley, color);
}

/// Turns clicks and drags into commands.
fn act(desk: &mut Desk<'_>, tabs: &[Tab]) {
    for (index, tab) in tabs.iter().enumerate() {
        let closes = tab.close.clicked() || tab.whole.clicked_by(PointerButton::Middle);
        if closes {
            desk.send(Command::CloseTab(index));
        } else if tab.whole.clicked() || tab.whole.drag_started() {
            desk.send(Command::ShowTab(index));
        }
        if tab.whole.dragged() {
            tab.whole.ctx.set_cursor_icon(CursorIcon::Grabbing);
        }
        // A tab is moved when it is dropped, as its id stays with its index.
        if let Some(pointer) = tab.whole.interact_pointer_pos()
            && tab.whole.drag_stopped()
        {
            let under = |it: &Tab| it.whole.rect.x_range().contains(pointer.x);
            if let Some(to) = tabs.iter().position(under).filter(|&to| to != index) {
                desk.send(Command::MoveTab { from: index, to });
            }
        }
    }
}

fn title(document: &Document) -> String {
    match &*document.experiment().title {
        "" => "Untitled".to_owned(),
        title => title.to_owned(),
    }
}

/// A title cut in the middle, so that both its ends can be read.
fn shortened(title: &str, room: f32) -> String {
    /// The mean width of a letter.
    const LETTER: f32 = 7.2;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a tab has room for a few letters"
    )]
    let most = (room / LETTER).max(4.0) as usize;
    let letters: Vec<char> = title.chars().collect();
    if letters.len() <= most {
        return title.to_owned();
    }
    let head = (most - 1).div_ceil(2);
    let tail = most - 1 - head;
    let head: String = letters.iter().take(head).collect();
    let tail: String = letters.iter().skip(letters.len() - tail).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_titles_are_cut_in_the_middle() {
        assert_eq!(shortened("Beale", 100.0), "Beale");
        assert_eq!(
            shortened("Nadam: Keras against PyTorch", 100.0),
            "Nadam:…yTorch"
        );
        assert_eq!(shortened("abcdefgh", 0.0), "ab…h");
    }
}
