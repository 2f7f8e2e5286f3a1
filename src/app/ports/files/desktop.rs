//! The system's file dialog, and files dropped on the window.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::Context;

use super::{For, PICTURES, PRESETS, TABLES};
use crate::app::ports::spawn;
use crate::engine::caught;

/// Returns whether there is a file dialog. On Linux it needs a session bus to reach the portal.
pub fn exists() -> bool {
    let has_bus = || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    !cfg!(target_os = "linux") || has_bus()
}

/// Opens the file dialog on its own thread, so that the race keeps running. The receiver gets the
/// chosen file, or `None` if the user cancelled.
pub fn ask(what: For, ctx: Context) -> Receiver<Option<PathBuf>> {
    let (send, receive) = channel();
    let answer = send.clone();
    let is_open = spawn(async move || {
        // A dialog that fails is one without an answer.
        let picked = caught(|| pick(what)).unwrap_or_default();
        // If the dialog in the window was closed, the receiver is gone and the answer is not
        // needed.
        let _ = answer.send(picked);
        ctx.request_repaint();
    });
    if !is_open {
        let _ = send.send(None);
    }
    receive
}

fn pick(what: For) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new();
    let presets = || dialog.clone().add_filter("Slalom preset", PRESETS);
    match what {
        For::Saving => presets().set_file_name("race.ron").save_file(),
        For::Opening => openable(dialog.clone()).pick_file(),
        For::Data => dialog.pick_file(),
        For::Exporting(ending) => dialog.set_file_name(format!("race.{ending}")).save_file(),
    }
}

/// Adds the kinds of files that open.
fn openable(dialog: rfd::FileDialog) -> rfd::FileDialog {
    dialog
        .add_filter("All that opens", &[PRESETS, PICTURES, TABLES].concat())
        .add_filter("Slalom preset", PRESETS)
        .add_filter("Picture or clip exported by Slalom", PICTURES)
        .add_filter("Table", TABLES)
}

/// Returns a file dropped on the window in this frame.
pub fn dropped(ctx: &Context) -> Option<PathBuf> {
    let file = ctx.input(|input| input.raw.dropped_files.first().cloned());
    file.map(|file| file.path().to_owned())
}
