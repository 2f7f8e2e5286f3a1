//! The desktop's own dialog for files. A page in a browser has none.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

/// Whether there is one: on Linux, without a session bus there is no portal to ask.
pub fn exists() -> bool {
    let is_desktop = !cfg!(target_arch = "wasm32");
    let has_bus = || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    is_desktop && (!cfg!(target_os = "linux") || has_bus())
}

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// A preset to open.
    Opening,
    /// A preset to save.
    Saving,
    /// A table of data.
    Data,
}

/// Opens it on a thread of its own, so that the race goes on. The answer is the chosen file, or
/// none if nothing was chosen.
#[cfg(not(target_arch = "wasm32"))]
pub fn ask(what: For, ctx: Context) -> Receiver<Option<PathBuf>> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let dialog = rfd::FileDialog::new();
        let presets = || dialog.clone().add_filter("Slalom preset", &["ron"]);
        let picked = match what {
            For::Saving => presets().set_file_name("race.ron").save_file(),
            For::Opening => presets().pick_file(),
            For::Data => dialog.pick_file(),
        };
        // If the dialog was closed, nobody listens any more, and that is fine.
        let _ = send.send(picked);
        ctx.request_repaint();
    });
    receive
}

/// Nobody will answer.
#[cfg(target_arch = "wasm32")]
pub fn ask(_what: For, _ctx: Context) -> Receiver<Option<PathBuf>> {
    channel().1
}
