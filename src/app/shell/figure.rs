//! The window as a figure in an article.
//!
//! It shows scene and timeline alone. It plays once when it comes into sight, and then rests on the
//! last step; out of sight, nothing moves. Whoever put it there can listen to the playhead.

use std::cell::Cell;
use std::rc::Rc;

use egui::{Context, Event, Modifiers, PointerButton, RawInput, ThemePreference, TouchPhase, Vec2};

use super::SlalomApp;
use super::keeping::Keeping;
use crate::app::document::Document;
use crate::app::settings::Settings;
use crate::app::workspace::Workspace;

/// Where the playhead is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The fractional step that is shown.
    pub playhead: f64,
    /// The number of steps of the race.
    pub steps: usize,
    /// Whether the playhead is moving.
    pub playing: bool,
}

impl Moment {
    /// Returns the moment that a document shows.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            playhead: document.playback.playhead,
            steps: document.experiment().steps,
            playing: document.playback.playing,
        }
    }
}

/// Is told every moment that a reader chooses or that playing leads to.
pub type Listener = Box<dyn FnMut(Moment)>;

/// What the window remembers as a figure.
pub(super) struct Figure {
    in_sight: bool,
    frames: u64,
    told: Moment,
    listener: Listener,
    /// Whether a finger holds something, so that it must not scroll the article.
    is_held: Rc<Cell<bool>>,
}

impl Figure {
    /// Returns whether nobody can see the figure.
    pub(super) fn is_out_of_sight(&self) -> bool {
        !self.in_sight
    }
}

/// Returns the workspace of a figure, which rests until it comes into sight. A race whose view says at
/// which step it is paused stays there; any other plays once. `page` is the address of the page to
/// which the figure leads.
#[must_use]
pub fn workspace(
    mut document: Document,
    theme: ThemePreference,
    reduced_motion: bool,
    page: Option<String>,
) -> Workspace {
    if reduced_motion && document.playback.playing {
        document.playback.playing = false;
        let end = document.steps();
        document.playback.seek(end, end);
    }
    let settings = Settings {
        theme,
        reduced_motion,
        looping: false,
        ..Settings::default()
    };
    let mut workspace = Workspace::new(document, settings);
    workspace.is_figure = true;
    workspace.page = page;
    workspace
}

/// Lets go of what a finger held that the system has taken away, for instance to scroll the page. Nothing
/// is clicked by that.
pub(super) fn let_go_of_cancelled(input: &mut RawInput) {
    /// So far away that it is no click, and straight above, where no slider moves by it.
    const AWAY: Vec2 = Vec2::new(0.0, -10_000.0);
    let cancelled = input.events.iter().find_map(|event| match event {
        Event::Touch {
            phase: TouchPhase::Cancel,
            pos,
            ..
        } => Some(*pos),
        _ => None,
    });
    let Some(pos) = cancelled.map(|pos| pos + AWAY) else {
        return;
    };
    input.events.extend([
        Event::PointerMoved(pos),
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        },
        Event::PointerGone,
    ]);
}

impl SlalomApp {
    /// Creates the application as a figure in an article, out of sight. It keeps nothing.
    #[must_use]
    pub fn figure(
        creation: &eframe::CreationContext<'_>,
        workspace: Workspace,
        listener: Listener,
    ) -> Self {
        let figure = Figure {
            in_sight: false,
            frames: 0,
            told: Moment::of(workspace.active()),
            listener,
            is_held: Rc::default(),
        };
        let mut app = Self::of(creation, workspace, None, Keeping::default());
        app.figure = Some(figure);
        app
    }

    /// Returns the workspace, mutably, for whoever surrounds the window.
    pub fn workspace_mut(&mut self) -> &mut Workspace {
        &mut self.workspace
    }

    /// Says whether the figure can be seen. Whoever says that it can has to ask for a frame.
    pub fn set_in_sight(&mut self, in_sight: bool) {
        if let Some(figure) = &mut self.figure {
            figure.in_sight = in_sight;
        }
    }

    /// Returns the number of pictures of the figure that were drawn.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.figure.as_ref().map_or(0, |figure| figure.frames)
    }

    /// Returns what tells, between two frames, whether a finger holds something of the figure: the start,
    /// or with another finger the picture. Any other one scrolls the article.
    #[must_use]
    pub fn held(&self) -> Rc<Cell<bool>> {
        let figure = self.figure.as_ref();
        figure.map_or_else(Rc::default, |figure| Rc::clone(&figure.is_held))
    }

    /// Takes the present moment as told, since the listener has chosen it.
    pub fn hush(&mut self) {
        let now = Moment::of(self.workspace.active());
        if let Some(figure) = &mut self.figure {
            figure.told = now;
        }
    }

    /// Tells the listener of a moment that it does not know.
    pub(super) fn tell_moment(&mut self, ctx: &Context) {
        let Some(figure) = &mut self.figure else {
            return;
        };
        figure.frames += u64::from(ctx.current_pass_index() == 0);
        figure.is_held.set(self.memory.is_held);
        let now = Moment::of(self.workspace.active());
        if figure.told != now {
            figure.told = now;
            (figure.listener)(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Id, Pos2, Rect, Sense, TouchDeviceId, TouchId, pos2, vec2};

    use super::*;

    fn touch(phase: TouchPhase, pos: Pos2) -> Event {
        Event::Touch {
            device_id: TouchDeviceId(7),
            id: TouchId(1),
            phase,
            pos,
            force: None,
        }
    }

    fn button(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    /// Returns whether something was clicked, and whether the finger is still down.
    fn frame(ctx: &Context, events: Vec<Event>) -> [bool; 2] {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0));
        let mut input = RawInput {
            screen_rect: Some(screen),
            events,
            ..RawInput::default()
        };
        let_go_of_cancelled(&mut input);
        let mut seen = [false; 2];
        let mut output = ctx.run_ui(input, |ui| {
            let response = ui.interact(screen, Id::unique("picture"), Sense::click());
            seen[0] |= response.clicked();
            seen[1] = ui.input(|input| input.pointer.any_down());
        });
        output.textures_delta.clear();
        seen
    }

    #[test]
    fn a_finger_that_is_taken_away_is_up_and_has_clicked_nothing() {
        let at = pos2(200.0, 150.0);
        let press = || {
            vec![
                touch(TouchPhase::Start, at),
                Event::PointerMoved(at),
                button(at, true),
            ]
        };
        for (end, clicks) in [
            (vec![touch(TouchPhase::End, at), button(at, false)], true),
            (vec![touch(TouchPhase::Cancel, at)], false),
        ] {
            let ctx = Context::default();
            frame(&ctx, Vec::new());
            assert_eq!(frame(&ctx, press()), [false, true]);
            assert_eq!(frame(&ctx, end), [clicks, false]);
            assert_eq!(frame(&ctx, Vec::new()), [false, false]);
        }
    }
}
