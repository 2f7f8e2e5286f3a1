//! Turns key presses, dropped files and pasted text into actions.

use egui::{Context, Event, FocusDirection, Memory};

use super::SlalomApp;
use crate::app::action::{Action, AppAction, DocumentAction, Entry, table};
use crate::app::ports::{clipboard, files};
use crate::app::widgets::slider_has_focus;
use crate::app::workspace::{Asked, Opening};

impl SlalomApp {
    /// Turns key presses into actions, unless a text field or a dialog has the keyboard.
    pub(super) fn read_keys(&mut self, ctx: &Context) {
        let keyboard = Keyboard {
            typing: ctx.text_edit_focused(),
            was_typing: self.typing,
            has_dialog: self.workspace.asked.is_some(),
            has_popup: egui::Popup::is_any_open(ctx),
            on_slider: slider_has_focus(ctx),
            has_focus: ctx.memory(Memory::focused).is_some(),
        };
        let mut pressed = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } = event
                else {
                    return true;
                };
                let entry = table::all().find(|entry| entry.is_pressed(*modifiers, *key));
                let entry = entry.filter(|entry| keyboard.allows(entry));
                pressed.extend(entry);
                entry.is_none()
            });
        });
        if !pressed.is_empty() {
            // An arrow key that moves the playhead does not move the focus as well.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        let document = self.workspace.active().id();
        self.actions
            .extend(pressed.into_iter().map(|entry| entry.on(document)));
        if !keyboard.typing && !keyboard.has_dialog {
            self.read_pastes(ctx);
        }
        self.read_drops(ctx);
    }

    fn read_drops(&mut self, ctx: &Context) {
        let Some(path) = files::dropped(ctx) else {
            return;
        };
        let is_data = matches!(self.workspace.asked, Some(Asked::Data(_)));
        self.actions.push(Action::App(if is_data {
            AppAction::AskForData(path)
        } else {
            AppAction::OpenFile(path)
        }));
    }

    fn read_pastes(&mut self, ctx: &Context) {
        if let Some(text) = clipboard::pasted(ctx) {
            self.actions.push(if text.trim_start().starts_with('(') {
                AppAction::Open(Opening::Text(text)).into()
            } else {
                let id = self.workspace.active().id();
                Action::Document(id, DocumentAction::AddText(text))
            });
        }
    }
}

/// What decides who gets a key press.
#[derive(Clone, Copy)]
struct Keyboard {
    typing: bool,
    was_typing: bool,
    has_dialog: bool,
    has_popup: bool,
    on_slider: bool,
    has_focus: bool,
}

impl Keyboard {
    fn allows(self, entry: &Entry) -> bool {
        if *entry == table::help::DISMISS {
            // Escape first leaves a text field or closes a menu.
            return !self.was_typing && !self.has_popup;
        }
        if self.typing || self.has_dialog {
            return false;
        }
        if [&table::play::STEP_BACK, &table::play::STEP_FORWARD].contains(&entry) {
            // Arrow keys move a slider that has the focus.
            return !self.on_slider;
        }
        // Space presses the button focused with Tab.
        *entry != table::play::PLAY_OR_PAUSE || !self.has_focus || self.on_slider
    }
}
