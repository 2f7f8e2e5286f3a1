//! Connects the parts of one frame: input → actions → workspace → simulation → views.

pub mod figure;
mod heap;
mod keeping;
mod keys;
#[cfg(not(target_arch = "wasm32"))]
pub mod launch;
mod layout;
#[cfg(target_arch = "wasm32")]
pub mod page;

use std::time::Duration;

use egui::{Context, OpenUrl, Theme, Ui};

use crate::app::action::{Action, table};
use crate::app::desk::{Beside, Desk, Memory, Shelf};
use crate::app::dialogs::Dialogs;
use crate::app::document::Document;
use crate::app::document::ids::DocumentId;
use crate::app::document::source::Source;
use crate::app::games::Game;
use crate::app::ports::{clipboard, clock, run_slices};
use crate::app::recovery::{Attempt, Found};
use crate::app::widgets::{finger, focus_ring};
use crate::app::workspace::{Layout, Workspace};
use crate::experiment::Experiment;
use crate::preset::{self, Arrows, Preset};
use crate::view::{Colors, number, theme};
use figure::Figure;
use keeping::Keeping;

/// The application.
pub struct SlalomApp {
    workspace: Workspace,
    shelf: Shelf,
    memory: Memory,
    dialogs: Dialogs,
    actions: Vec<Action>,
    /// Whether a text field had the focus at the end of the last frame.
    typing: bool,
    /// The start with the selected tab, until it has succeeded.
    start: Option<Attempt>,
    /// Keeps settings and tabs for the next start.
    keeping: Keeping,
    /// What the window remembers as a figure in an article, if it is one.
    figure: Option<Figure>,
    /// The error that was logged last.
    #[cfg(not(target_arch = "wasm32"))]
    logged: Option<String>,
}

/// The name under which the system knows the application and stores its files.
#[cfg(not(target_arch = "wasm32"))]
const APP_ID: &str = "slalom";

impl SlalomApp {
    /// Creates the application with what was found of an earlier run, and the given preset before
    /// it. Without any of them, it shows the first built-in race.
    fn with(
        creation: &eframe::CreationContext<'_>,
        opened: Option<Document>,
        mut found: Found,
        keeping: Keeping,
    ) -> Self {
        let notice = found.notice();
        let start = found.start.take();
        let settings = std::mem::take(&mut found.settings);
        let first = || {
            let preset = preset::load_built_in(preset::FIRST).ok()?;
            Some(Document::new(preset, Source::BuiltIn(preset::FIRST)))
        };
        let kept = found.session.open(opened, settings.clone());
        let mut workspace = kept.unwrap_or_else(|| {
            let document = first();
            let document =
                document.unwrap_or_else(|| Document::new(Experiment::default(), Source::New));
            Workspace::new(document, settings)
        });
        workspace.notice = notice;
        Self::of(creation, workspace, start, keeping)
    }

    /// Creates the application with a workspace.
    fn of(
        creation: &eframe::CreationContext<'_>,
        workspace: Workspace,
        start: Option<Attempt>,
        keeping: Keeping,
    ) -> Self {
        heap::keep_freed_memory();
        theme::apply(&creation.egui_ctx);
        // The scale of the interface is a setting, changed by the same keys.
        creation
            .egui_ctx
            .options_mut(|options| options.zoom_with_keyboard = false);
        Self {
            workspace,
            shelf: Shelf::default(),
            memory: Memory::default(),
            dialogs: Dialogs::default(),
            actions: Vec::new(),
            typing: false,
            start,
            keeping,
            figure: None,
            #[cfg(not(target_arch = "wasm32"))]
            logged: None,
        }
    }

    /// Returns the workspace.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Returns the race that is shown, with its view, unless a gesture lasts or a worker is busy.
    #[must_use]
    pub fn race_at_rest(&self, ctx: &Context) -> Option<Preset> {
        let is_held = ctx.input(|input| input.pointer.any_down());
        let document = self.workspace.active();
        let rests = !is_held && !self.workspace.is_waiting() && !document.race.is_busy();
        rests.then(|| document.preset())
    }

    /// Returns whether workers are opening, simulating or deriving something, so that the window may
    /// change by itself. A sweep of hyper-parameters does not count, which goes on for long.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let mut documents = self.workspace.documents().iter();
        self.workspace.is_waiting()
            || documents.any(|document| document.race.is_busy())
            || self.shelf.is_busy()
    }

    /// Queues an action, as if a user had given it.
    pub fn perform(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Marks the start as successful once enough frames with all paths have been drawn.
    fn watch_start(&mut self, ctx: &Context) {
        let race = &self.workspace.active().race;
        let Some(start) = self.start.as_mut().filter(|_| !race.is_busy()) else {
            return;
        };
        if start.drew_a_frame() {
            self.start = None;
        } else {
            ctx.request_repaint();
        }
    }

    /// Performs the actions in the queue.
    fn perform_actions(&mut self) {
        for action in std::mem::take(&mut self.actions) {
            self.workspace.perform(action);
        }
        if let Some(arrived) = self.workspace.arrived() {
            self.workspace.take(arrived);
            let id = self.workspace.active().id();
            self.workspace.keep_together(id);
        }
    }

    fn obey(&mut self, ctx: &Context) {
        self.perform_actions();
        if hand_is_free(ctx) && !ctx.text_edit_focused() {
            for id in self.shown() {
                if let Some(document) = self.workspace.document_mut(id) {
                    document.rest();
                }
            }
        }
        if let Some(text) = self.workspace.clipboard.take() {
            clipboard::copy_text(ctx, text);
        }
        if let Some(address) = self.workspace.visit.take() {
            ctx.open_url(OpenUrl::new_tab(address));
        }
        if self.workspace.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// Returns the documents that are shown.
    fn shown(&self) -> Vec<DocumentId> {
        match self.workspace.compared() {
            Some(both) => both.map(Document::id).to_vec(),
            None => vec![self.workspace.active().id()],
        }
    }

    fn simulate(&mut self, ctx: &Context) {
        let shown = self.shown();
        self.shelf.keep_only(&shown);
        for id in shown {
            let wake = ctx.clone();
            let Some(document) = self.workspace.document_mut(id) else {
                continue;
            };
            document.simulate(move || wake.request_repaint());
            document.judge();
            let wake = ctx.clone();
            document.study(move || wake.request_repaint());
            let failure = document.race.take_failure();
            let failure = failure.or_else(|| document.take_study_failure());
            let done = match document.source {
                Source::BuiltIn(name) if document.goal_found => Some(name),
                _ => None,
            };
            if let Some(failure) = failure {
                self.workspace.fail(failure.to_string());
            }
            if let Some(name) = done {
                let lessons = &mut self.workspace.settings.lessons_done;
                if !lessons.contains(name) {
                    lessons.insert(name.to_owned());
                }
            }
        }
        // A window that has just been fitted to the paths is shown on both sides.
        self.workspace.keep_in_step();
    }

    fn play(&mut self, ctx: &Context) {
        if self.figure.as_ref().is_some_and(Figure::is_out_of_sight) {
            return;
        }
        let seconds = clock::tick(ctx);
        let (speed, looping) = (
            self.workspace.settings.speed,
            self.workspace.settings.looping,
        );
        // A race that keeps starting over would never reach a verdict.
        let looping = looping && !matches!(self.workspace.game, Some(Game::Predict(_)));
        let document = self.workspace.active_mut();
        document.play(seconds, speed, looping);
        // Nothing is repainted while nothing moves.
        if document.playback.playing {
            ctx.request_repaint();
        }
        self.workspace.keep_in_step();
    }

    fn ask_before_closing(&mut self, ctx: &Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        let is_unsaved = self.workspace.documents().iter().any(Document::is_unsaved);
        if closing && !self.workspace.quit && is_unsaved {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            let id = self.workspace.active().id();
            self.actions.push(table::file::QUIT.on(id));
        }
    }

    /// Applies the preferences that concern egui itself.
    fn follow_settings(&mut self, ctx: &Context) {
        let settings = &self.workspace.settings;
        ctx.set_theme(settings.theme);
        if ctx.zoom_factor() != settings.scale {
            ctx.set_zoom_factor(settings.scale);
        }
        number::set_digits(settings.digits);
        self.workspace.is_dark = ctx.theme() == Theme::Dark;
        self.workspace.width = ctx.content_rect().width();
        let has_fingers = ctx.input(egui::InputState::has_touch_screen);
        // Nothing moves away under the first finger that touches the screen.
        if !has_fingers || !ctx.input(egui::InputState::any_touches) {
            theme::touch::suit(ctx, self.workspace.is_phone() || has_fingers);
        }
    }

    /// Shows everything.
    fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let settings = &self.workspace.settings;
        let colors = Colors::current(&ctx).with_ground(settings.surface_colours);
        let document = self.workspace.active();
        let rival = self.workspace.rival();
        let has_two_scenes = self.workspace.layout() == Some(Layout::SideBySide);
        for shown in [Some(document), rival.filter(|_| has_two_scenes)] {
            let Some(shown) = shown else {
                continue;
            };
            let caches = self.shelf.of(shown.id());
            caches.horizon.update(&ctx, shown);
            caches.others.update(&ctx, shown);
            caches.seeds.update(&ctx, shown);
            caches.flow.update(&ctx, shown);
            caches.off_plane.update(shown);
            caches.stationary.update(&ctx, shown);
            // Nothing explains a step of the other document, but it may be drawn.
            let is_drawn = shown.view.arrows != Arrows::Off || shown.view.curvature;
            if shown.id() == document.id() || is_drawn {
                caches.insight.update(&ctx, shown);
            }
            if shown.id() == document.id() {
                caches.confusion.update(&ctx, shown);
            }
            caches.lit = None;
        }
        if let Some(rival) = rival.filter(|_| !has_two_scenes) {
            self.shelf.of(document.id()).rivals.update(rival, document);
        }
        let ids = [document, rival.unwrap_or(document)].map(Document::id);
        let [Some(caches), other] = self.shelf.of_both(ids) else {
            return;
        };
        let beside = rival.zip(other);
        let mut desk = Desk {
            workspace: &self.workspace,
            document,
            colors: &colors,
            caches,
            beside: beside.map(|(document, caches)| Beside { document, caches }),
            memory: &mut self.memory,
            actions: &mut self.actions,
        };
        layout::show(ui, &mut desk);
        self.dialogs.show(&ctx, &mut desk);
        mark_focus(ui);
    }
}

/// Marks what the keyboard acts on. Text fields show their cursor instead.
fn mark_focus(ui: &Ui) {
    let focused = ui.memory(egui::Memory::focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = response.filter(|_| !ui.ctx().text_edit_focused()) {
        focus_ring(ui, &response);
    }
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
        self.follow_settings(&ctx);
        self.ask_before_closing(&ctx);
        self.memory.note_escape(&ctx);
        self.memory.had_menu = egui::Popup::is_any_open(&ctx);
        self.memory.is_held = false;
        finger::point(&ctx);
        self.read_keys(&ctx);
        self.obey(&ctx);
        if ctx.current_pass_index() == 0 {
            self.play(&ctx);
        }
        self.simulate(&ctx);
        self.show(ui);
        self.typing = ctx.text_edit_focused();
        self.watch_start(&ctx);
        self.keep(&ctx);
        self.tell_moment(&ctx);
        // The effect of actions from the panels is shown in this frame, in a second pass.
        if !self.actions.is_empty() {
            ctx.request_discard("an action was sent");
            ctx.request_repaint();
        }
        run_slices(&ctx);
    }

    fn raw_input_hook(&mut self, _: &Context, input: &mut egui::RawInput) {
        figure::let_go_of_cancelled(input);
    }

    /// What surrounds the page speaks to it.
    #[cfg(target_arch = "wasm32")]
    fn as_any_mut(&mut self) -> Option<&mut dyn std::any::Any> {
        Some(self)
    }

    /// On the desktop, everything is kept as soon as it changes.
    #[cfg(target_arch = "wasm32")]
    fn save(&mut self, _: &mut dyn eframe::Storage) {
        self.store();
    }

    #[cfg(target_arch = "wasm32")]
    fn auto_save_interval(&self) -> Duration {
        keeping::INTERVAL
    }

    /// A window closed right away has not failed either.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(mut start) = self.start.take() {
            start.has_gone_well();
        }
        self.end();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
