//! The system's file dialog. On the web there is none.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

/// Returns whether the dialog is available. On Linux it needs a session bus to reach the portal.
pub fn exists() -> bool {
    let is_desktop = !cfg!(target_arch = "wasm32");
    let has_bus = || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    is_desktop && (!cfg!(target_os = "linux") || has_bus())
}

/// The purpose of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Opening a preset.
    Opening,
    /// Saving a preset.
    Saving,
    /// Choosing a table of data.
    Data,
}

/// Opens the dialog on its own thread, so that the race keeps running. The receiver gets the chosen
/// file, or `None` if the user cancelled.
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
        // If the dialog in the window was closed, the receiver is gone and the answer is not
        // needed.
        let _ = send.send(picked);
        ctx.request_repaint();
    });
    receive
}

/// Returns a receiver that never gets an answer.
#[cfg(target_arch = "wasm32")]
pub fn ask(_what: For, _ctx: Context) -> Receiver<Option<PathBuf>> {
    channel().1
}
