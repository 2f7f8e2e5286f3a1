//! Connects the parts of one frame: input → commands → state → simulation → views.

mod heap;
mod last_start;
#[cfg(not(target_arch = "wasm32"))]
pub mod launch;

use std::path::PathBuf;
use std::time::Duration;

use egui::{Context, CornerRadius, Frame, Panel, Theme, ThemePreference, Ui};

use crate::app::command::Command;
use crate::app::command::Notice;
use crate::app::desk::{Caches, Desk};
use crate::app::dialogs::Dialogs;
use crate::app::document::Document;
use crate::app::games::Game;
use crate::app::panels;
use crate::app::ports::{clipboard, clock, files};
use crate::app::widgets::{note_escape, slider_has_focus};
use crate::app::workspace::State;
use crate::app::workspace::settings::Settings;
use crate::experiment::Experiment;
use crate::preset::{self, Preset};
use crate::view::{Colors, theme};
use last_start::{Attempt, LastStart};

/// The application.
pub struct SlalomApp {
    state: State,
    caches: Caches,
    dialogs: Dialogs,
    commands: Vec<Command>,
    /// Whether a text field had the focus at the end of the last frame.
    typing: bool,
    /// The start with the last experiment, until it has succeeded.
    start: Option<Attempt>,
}

/// The name under which the system knows the application and stores its files.
const APP_ID: &str = "slalom";
/// The storage keys of the last experiment and the settings.
const LAST: &str = "last experiment";
const SETTINGS: &str = "settings";
/// The width below which the right panel is folded away, and that for the left one.
const NARROW: f32 = 1000.0;
const NARROWER: f32 = 720.0;

impl SlalomApp {
    /// Creates the application with the given preset, the last experiment, or the first built-in.
    #[must_use]
    pub fn new(
        creation: &eframe::CreationContext<'_>,
        opened: Option<Preset>,
        path: Option<PathBuf>,
    ) -> Self {
        heap::keep_freed_memory();
        theme::apply(&creation.egui_ctx);
        let stored = |key| creation.storage.and_then(|storage| storage.get_string(key));
        let settings: Settings = creation
            .storage
            .and_then(|storage| eframe::get_value(storage, SETTINGS))
            .unwrap_or_default();
        let (mut start, mut notice) = (None, None);
        let last = || {
            let text = stored(LAST)?;
            if let Some(folder) = last_start::folder(APP_ID) {
                match LastStart::begin(&folder, &text) {
                    LastStart::Open(attempt) => start = Some(attempt),
                    LastStart::SetAside(aside) => {
                        notice = Some(Notice {
                            text: aside.sentence(),
                            error: true,
                        });
                        return None;
                    }
                }
            }
            preset::from_text("last experiment", &text).ok()
        };
        let first = || preset::load_built_in(preset::FIRST).ok();
        let mut state = State::new(Document::new(Experiment::default(), None, true), settings);
        if let Some(preset) = opened.or_else(last).or_else(first) {
            *state.document_mut() = Document::new(preset, path, true);
            state.set_up();
        }
        state.notice = notice;
        Self {
            state,
            caches: Caches::default(),
            dialogs: Dialogs::default(),
            commands: Vec::new(),
            typing: false,
            start,
        }
    }

    /// Returns the state.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Queues a command, as if a user had given it.
    pub fn perform(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Marks the start as successful once enough frames with all paths have been drawn.
    fn watch_start(&mut self, ctx: &Context) {
        let race = &self.state.document().race;
        let Some(start) = self.start.as_mut().filter(|_| !race.is_busy()) else {
            return;
        };
        if start.drew_a_frame() {
            self.start = None;
        } else {
            ctx.request_repaint();
        }
    }

    /// Turns key presses into commands, unless a text field or dialog has the keyboard.
    fn read_keys(&mut self, ctx: &Context) {
        let typing = ctx.text_edit_focused();
        let blocked = self.state.asked.is_some();
        for command in Command::PLAIN {
            let allowed = match command {
                // Escape first leaves a text field or closes a menu.
                Command::Dismiss => !self.typing && !egui::Popup::is_any_open(ctx),
                Command::StepBack | Command::StepForward if slider_has_focus(ctx) => false,
                // Space presses the button focused with Tab.
                Command::PlayPause if has_tabbed(ctx) => false,
                _ => !typing && !blocked,
            };
            if !allowed {
                continue;
            }
            let mut shortcuts = command.shortcuts();
            // Shift+Z before Z, as the shortcut without Shift would match, too.
            shortcuts.sort_by_key(|shortcut| !shortcut.modifiers.shift);
            let pressed = ctx.input_mut(|input| {
                shortcuts.iter().any(|shortcut| {
                    input.modifiers.shift == shortcut.modifiers.shift
                        && input.consume_shortcut(shortcut)
                })
            });
            if pressed {
                self.commands.push(command.clone());
            }
        }
        if !typing && !blocked {
            self.read_drops_and_pastes(ctx);
        }
    }

    fn read_drops_and_pastes(&mut self, ctx: &Context) {
        if let Some(path) = files::dropped(ctx) {
            self.commands.push(Command::OpenFile(path));
        }
        if let Some(text) = clipboard::pasted(ctx) {
            self.commands.push(if text.trim_start().starts_with('(') {
                Command::OpenText(text)
            } else {
                Command::AddText(text)
            });
        }
    }

    fn obey(&mut self, ctx: &Context) {
        for command in std::mem::take(&mut self.commands) {
            if command == Command::ToggleTheme {
                self.state.settings.theme = match ctx.theme() {
                    Theme::Dark => ThemePreference::Light,
                    Theme::Light => ThemePreference::Dark,
                };
            }
            self.state.apply(command);
        }
        if hand_is_free(ctx) && !ctx.text_edit_focused() {
            self.state.document_mut().rest();
        }
        if let Some(text) = self.state.clipboard.take() {
            clipboard::copy_text(ctx, text);
        }
        if self.state.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn simulate(&mut self, ctx: &Context) {
        let wake = ctx.clone();
        let document = self.state.document_mut();
        document.simulate(move || wake.request_repaint());
        document.judge();
    }

    fn play(&mut self, ctx: &Context) {
        let seconds = clock::tick(ctx);
        let Settings { speed, looping, .. } = self.state.settings;
        // A race that keeps starting over would never reach a verdict.
        let looping = looping && !matches!(self.state.game, Some(Game::Predict(_)));
        let document = self.state.document_mut();
        let steps = document.steps();
        document.playback.advance(seconds, speed, steps, looping);
        // Nothing is repainted while nothing moves.
        if document.playback.playing {
            ctx.request_repaint();
        }
    }

    fn ask_before_closing(&mut self, ctx: &Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        let is_unsaved = self.state.documents().iter().any(Document::is_unsaved);
        if closing && !self.state.quit && is_unsaved {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.commands.push(Command::Quit);
        }
    }

    fn panels(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let colors = Colors::current(&ctx);
        self.caches.others.update(self.state.document());
        let document = self.state.document();
        self.caches.insight.update(document, self.state.clock());
        self.caches.lit = None;
        let mut desk = Desk {
            state: &self.state,
            colors: &colors,
            caches: &mut self.caches,
            commands: &mut self.commands,
        };
        let settings = &desk.state.settings;
        let width = ui.available_width();
        let (presenter, left, right) = (settings.presenter, settings.left, settings.right);
        let bar = Frame::new()
            .fill(colors.panel)
            .inner_margin(egui::Margin::symmetric(16, 0));
        let side = Frame::new()
            .fill(colors.panel)
            .inner_margin(egui::Margin::same(10));
        if !presenter {
            Panel::top("top bar")
                .exact_size(44.0)
                .resizable(false)
                .frame(bar)
                .show(ui, |ui| panels::top_bar::show(ui, &mut desk));
        }
        if !presenter && desk.state.documents().len() > 1 {
            Panel::top("tabs")
                .exact_size(panels::tabs::HEIGHT)
                .resizable(false)
                .frame(Frame::new().fill(colors.panel))
                .show(ui, |ui| panels::tabs::show(ui, &mut desk));
        }
        Panel::bottom("timeline")
            .exact_size(64.0)
            .resizable(false)
            .frame(bar)
            .show(ui, |ui| panels::timeline::show(ui, &mut desk));
        if !presenter && left {
            if width < NARROWER {
                Panel::left("strip of racers")
                    .exact_size(48.0)
                    .resizable(false)
                    .frame(side)
                    .show(ui, |ui| panels::racers::strip(ui, &mut desk));
            } else {
                Panel::left("racers")
                    .default_size(292.0)
                    .size_range(232.0..=420.0)
                    .frame(side)
                    .show(ui, |ui| panels::left(ui, &mut desk));
            }
        }
        if !presenter && right && width >= NARROW {
            Panel::right("numbers")
                .default_size(300.0)
                .size_range(240.0..=520.0)
                .frame(side)
                .show(ui, |ui| panels::right(ui, &mut desk));
        }
        let ground = Frame::new()
            .fill(colors.window)
            .inner_margin(if presenter { 0 } else { 12 })
            .corner_radius(CornerRadius::ZERO);
        egui::CentralPanel::default()
            .frame(ground)
            .show(ui, |ui| panels::centre(ui, &mut desk));
        panels::notice::show(&ctx, &mut desk);
        self.dialogs.show(&ctx, &mut desk);
    }
}

/// Returns whether a button was focused with the keyboard. Sliders are excluded, as dragging
/// focuses them, too.
fn has_tabbed(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::focused).is_some() && !slider_has_focus(ctx)
}

/// Returns whether the gesture is over. A turn of the wheel and both halves of a double click count
/// as one gesture.
fn hand_is_free(ctx: &Context) -> bool {
    const DOUBLE_CLICK: Duration = Duration::from_millis(300);
    let (holds, lingers) = ctx.input(|input| {
        let clicked = input.pointer.time_since_last_click() < DOUBLE_CLICK.as_secs_f32();
        (input.pointer.any_down(), clicked || input.is_scrolling())
    });
    if lingers {
        ctx.request_repaint_after(DOUBLE_CLICK);
    }
    !holds && !lingers
}

impl eframe::App for SlalomApp {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        ctx.set_theme(self.state.settings.theme);
        self.ask_before_closing(&ctx);
        note_escape(&ctx);
        self.read_keys(&ctx);
        self.obey(&ctx);
        if ctx.current_pass_index() == 0 {
            self.play(&ctx);
        }
        self.simulate(&ctx);
        self.panels(ui);
        self.typing = ctx.text_edit_focused();
        self.watch_start(&ctx);
        // The effect of commands from the panels is shown in this frame, in a second pass.
        if !self.commands.is_empty() {
            ctx.request_discard("a command was given");
            ctx.request_repaint();
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, SETTINGS, &self.state.own_settings());
        if let Ok(text) = preset::to_text(&self.state.document().preset()) {
            storage.set_string(LAST, text);
        }
    }

    /// A window closed right away has not failed either.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(mut start) = self.start.take() {
            start.has_gone_well();
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
