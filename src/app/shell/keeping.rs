//! How the window finds what was kept, and keeps it: in a folder, or in the storage of a page.

use std::path::PathBuf;
#[cfg(target_arch = "wasm32")]
use std::time::Duration;

use eframe::CreationContext;
use egui::Context;

use super::SlalomApp;
use crate::app::document::Document;
use crate::app::document::source::Source;
#[cfg(target_arch = "wasm32")]
use crate::app::ports::pages::Pages;
#[cfg(target_arch = "wasm32")]
use crate::app::ports::{files, storage};
#[cfg(not(target_arch = "wasm32"))]
use crate::app::recovery::{Folder, Found, Recovery, begin};
#[cfg(target_arch = "wasm32")]
use crate::app::recovery::{Names, Storage, Texts};
use crate::preset::Preset;

/// How long a page lets changes wait.
#[cfg(target_arch = "wasm32")]
pub const INTERVAL: Duration = Duration::from_secs(4);

/// Keeps settings and tabs; nothing where there is no folder for them.
#[cfg(not(target_arch = "wasm32"))]
pub type Keeping = Option<Recovery>;
/// Keeps settings and tabs.
#[cfg(target_arch = "wasm32")]
pub type Keeping = Storage;

/// Returns the document of a preset from the command line.
fn document(opened: Option<Preset>, path: Option<PathBuf>) -> Option<Document> {
    let source = path.map_or(Source::New, Source::File);
    opened.map(|preset| Document::new(preset, source))
}

#[cfg(not(target_arch = "wasm32"))]
impl SlalomApp {
    /// Creates the application with the given preset, or with the first built-in race. It keeps
    /// nothing.
    #[must_use]
    pub fn new(
        creation: &CreationContext<'_>,
        opened: Option<Preset>,
        path: Option<PathBuf>,
    ) -> Self {
        Self::with(creation, document(opened, path), Found::default(), None)
    }

    /// Creates the application with the given preset and what was kept in a folder, in which it keeps
    /// settings and tabs from now on.
    #[must_use]
    pub fn kept_in(
        folder: &Folder,
        creation: &CreationContext<'_>,
        opened: Option<Preset>,
        path: Option<PathBuf>,
    ) -> Self {
        let wake = creation.egui_ctx.clone();
        let (recovery, found) = begin(folder, opened.is_some(), move || wake.request_repaint());
        for notice in found.notices.iter().filter(|notice| !notice.error) {
            log::info!("{}", notice.text);
        }
        Self::with(creation, document(opened, path), found, recovery)
    }

    /// Writes what is left before a signal from outside ends the program.
    pub fn keep_on_signals(&self) {
        if let Some(recovery) = &self.keeping {
            recovery.keep_on_signals();
        }
    }

    /// Adds sentences to what the user should know at the start.
    pub(super) fn note(&mut self, sentences: impl Iterator<Item = String>) {
        for sentence in sentences {
            let text = match self.workspace.notice.take() {
                Some(before) => format!("{}\n{sentence}", before.text),
                None => sentence,
            };
            self.workspace.fail(text);
        }
    }

    pub(super) fn keep(&mut self, ctx: &Context) {
        self.log_notice();
        if let Some(recovery) = &mut self.keeping {
            recovery.keep(ctx, &mut self.workspace);
        }
    }

    /// Logs an error that is shown.
    fn log_notice(&mut self) {
        let shown = self.workspace.notice.as_ref();
        let shown = shown
            .filter(|notice| notice.error)
            .map(|notice| &notice.text);
        if shown != self.logged.as_ref() {
            self.logged = shown.cloned();
            if let Some(text) = &self.logged {
                log::error!("shown: {text}");
            }
        }
    }

    pub(super) fn end(&mut self) {
        if let Some(recovery) = &mut self.keeping {
            recovery.end(&self.workspace);
        }
    }
}

/// The storage of the browser.
#[cfg(target_arch = "wasm32")]
struct Local;

#[cfg(target_arch = "wasm32")]
impl Texts for Local {
    fn get(&self, name: &str) -> Option<String> {
        storage::get(name)
    }

    fn set(&self, name: &str, text: &str) -> Result<(), String> {
        storage::set(name, text)
    }

    fn remove(&self, name: &str) {
        storage::remove(name);
    }
}

#[cfg(target_arch = "wasm32")]
impl SlalomApp {
    /// Creates the application with the given preset, or with what was kept in the browser's storage by
    /// this page or by those that have ended.
    #[must_use]
    pub fn new(creation: &CreationContext<'_>, opened: Option<Preset>, pages: Pages) -> Self {
        let names = Names {
            own: pages.own,
            ended: pages.ended,
        };
        let (storage, found) = Storage::begin(&Local, names);
        Self::with(creation, document(opened, None), found, storage)
    }

    /// Downloads what was written in this frame, and asks for a frame in which the page can store what
    /// has changed.
    pub(super) fn keep(&mut self, ctx: &Context) {
        if let Err(why) = files::download() {
            self.workspace.fail(why);
        }
        // A figure is the article's, not the reader's.
        if !self.workspace.is_figure && self.keeping.is_behind(&self.workspace) {
            ctx.request_repaint_after(INTERVAL);
        }
    }

    /// Keeps everything in the browser's storage. If the browser refuses, this is said once.
    pub(super) fn store(&mut self) {
        if self.workspace.is_figure {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970"
        )]
        let now = js_sys::Date::now() as u64;
        let kept = self.keeping.keep(&self.workspace, &Local, now);
        if let Err(why) = kept
            && self.keeping.is_first_refusal()
        {
            self.workspace.fail(format!(
                "The tabs cannot be kept: {why}. Save what should last to a file."
            ));
        }
    }

    #[expect(clippy::unused_self, reason = "the desktop has something to end")]
    pub(super) fn end(&self) {}
}
