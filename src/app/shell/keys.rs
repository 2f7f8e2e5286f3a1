//! Turns key presses, dropped files and pasted text into actions.

use egui::{Context, Event, FocusDirection, Key, Memory, Modifiers};

use super::SlalomApp;
use crate::app::action::{Action, AppAction, Category, DocumentAction, Entry, table};
use crate::app::ports::{clipboard, files};
use crate::app::workspace::{Asked, Opening};
use crate::preset;

impl SlalomApp {
    /// Acts on key presses, unless a text field, a menu or a dialog has the keyboard.
    pub(super) fn read_keys(&mut self, ctx: &Context) {
        // Actions from the panels came first.
        self.perform_actions();
        let keyboard = Keyboard {
            typing: ctx.text_edit_focused(),
            was_typing: self.typing,
            has_menu: egui::Popup::is_any_open(ctx),
            on_slider: self.memory.sliders.has_focus(ctx),
            on_landscape: self.memory.has_landscape(ctx),
            has_focus: ctx.memory(Memory::focused).is_some(),
            is_figure: self.workspace.is_figure,
        };
        let had_dialog = self.workspace.asked.is_some();
        let mut events = ctx.input_mut(|input| std::mem::take(&mut input.events));
        let count = events.len();
        events.retain(|event| !self.obeys_key(keyboard, event));
        if events.len() < count {
            // An arrow key that moves the playhead does not move the focus as well.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        ctx.input_mut(|input| input.events = events);
        if !self.workspace.is_figure {
            self.read_pastes(ctx, !keyboard.typing && !had_dialog);
            self.read_drops(ctx);
        }
    }

    /// Performs the entry that a press of a key means, and returns whether there was one. Each press
    /// is performed before the next one is looked at, since a slow frame can bring several, of which
    /// the first may have opened a dialog or another tab.
    fn obeys_key(&mut self, keyboard: Keyboard, event: &Event) -> bool {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return false;
        };
        let has_dialog = self.workspace.asked.is_some();
        let entry = table::all().find(|entry| entry.is_pressed(*modifiers, *key));
        let entry = entry.filter(|entry| keyboard.allows(entry, *modifiers, *key, has_dialog));
        if let Some(entry) = entry {
            let document = self.workspace.active().id();
            self.workspace.perform(entry.on(document));
        }
        entry.is_some()
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

    /// Opens what was pasted, or adds it to the race. Where text is typed, it is for the field; but
    /// nothing that is looked for in the palette begins like a link.
    fn read_pastes(&mut self, ctx: &Context, is_free: bool) {
        let Some(text) = clipboard::pasted(ctx) else {
            return;
        };
        let is_searching = self.workspace.asked == Some(Asked::Palette);
        if preset::is_link(&text) && (is_free || is_searching) {
            self.actions
                .push(AppAction::OpenBeside(Opening::Text(text)).into());
        } else if is_free {
            self.actions.push(if text.trim_start().starts_with('(') {
                AppAction::Open(Opening::Text(text)).into()
            } else {
                let id = self.workspace.active().id();
                Action::Document(id, DocumentAction::AddText(text))
            });
        }
    }
}

/// What decides who gets a key press, besides dialogs.
#[derive(Clone, Copy)]
struct Keyboard {
    typing: bool,
    was_typing: bool,
    has_menu: bool,
    on_slider: bool,
    on_landscape: bool,
    has_focus: bool,
    is_figure: bool,
}

impl Keyboard {
    fn allows(self, entry: &Entry, modifiers: Modifiers, key: Key, has_dialog: bool) -> bool {
        if *entry == table::help::DISMISS {
            // Escape first leaves a text field or closes a menu.
            return !self.was_typing && !self.has_menu;
        }
        if self.is_figure && entry.category != Category::Play {
            return false;
        }
        let is_plain = !modifiers.command && !modifiers.alt;
        if self.typing || has_dialog || (self.has_menu && is_plain) {
            return false;
        }
        match key {
            // They turn, move and enlarge a landscape that has the focus.
            Key::ArrowLeft | Key::ArrowRight | Key::Plus | Key::Equals | Key::Minus
                if is_plain && self.on_landscape =>
            {
                false
            }
            // Arrow keys move a slider that has the focus.
            Key::ArrowLeft | Key::ArrowRight if modifiers.is_none() => !self.on_slider,
            // Space presses the button focused with Tab.
            Key::Space => !self.has_focus || self.on_slider || self.on_landscape,
            _ => true,
        }
    }
}
