//! The window as a figure in an article.
//!
//! It shows scene and timeline alone. It plays once when it comes into sight, and then rests on the
//! last step; out of sight, nothing moves. Whoever put it there can listen to the playhead.

use egui::{Context, ThemePreference};

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
        let now = Moment::of(self.workspace.active());
        if figure.told != now {
            figure.told = now;
            (figure.listener)(now);
        }
    }
}
