//! Undo, the description of the race, and what is kept for comparison.

use egui::Key;

use super::{ALT, ALT_SHIFT, CTRL, CTRL_SHIFT, Category, Entry, NONE, entries};
use crate::app::document::{Document, ghost};
use crate::app::workspace::{Asked, Workspace};
use crate::view::icon::Icon;

entries! { Edit:
    /// Undoes the last change.
    UNDO = Entry::document("undo", "Undo", Icon::Undo, Document::undo)
        .keys(&[(CTRL, Key::Z)])
        .unless(|_, it| (!it.can_undo()).then_some("Nothing has been changed yet"));
    /// Redoes the last undone change.
    REDO = Entry::document("redo", "Redo", Icon::Redo, Document::redo)
        .keys(&[(CTRL_SHIFT, Key::Z), (CTRL, Key::Y)])
        .unless(|_, it| (!it.can_redo()).then_some("Nothing has been undone"));
    /// Asks for the title and the notes.
    DESCRIBE = Entry::app("describe", "Title and notes…", Icon::Rename, |it| {
        it.asked = Some(Asked::Description);
    })
    .keys(&[(NONE, Key::F2)]);
    /// Opens the editor of the formula beside the surface, which becomes a formula, or closes it.
    FORMULA = Entry::app("formula", "Type a surface", Icon::Formula, Workspace::toggle_formula)
        .keys(&[(ALT, Key::Y)])
        .switch(|it, _| it.edits_formula());
    /// Adds a racer with a rule of one's own, and opens the editor of its lines.
    NEW_RULE = Entry::app("new-rule", "New rule", Icon::Formula, |it| {
        let id = it.active().id();
        it.new_rule(id);
    })
    .keys(&[(ALT, Key::Q)]);
    /// Shows the rules and surfaces that have been kept.
    LIBRARY = Entry::app("library", "My library…", Icon::Open, |it| {
        it.asked = Some(Asked::Library);
    })
    .keys(&[(ALT, Key::J)])
    .on_a_page(&[(ALT_SHIFT, Key::J)])
    .unless(|it, _| {
        let is_empty = it.settings.library.is_empty();
        is_empty.then_some("No rule and no surface of your own has been kept yet")
    });
    /// Pins the current paths as thin ghosts, or unpins them.
    PIN = Entry::document("pin", "Pin the paths as a baseline", Icon::Pin, |it| {
        it.pinned = if it.pinned.is_empty() {
            ghost::baseline(it)
        } else {
            Vec::new()
        };
    })
    .keys(&[(NONE, Key::B)])
    .switch(|_, it| !it.pinned.is_empty());
    /// Removes the paths recorded elsewhere.
    FORGET = Entry::document("forget", "Remove the imported paths", Icon::Trash, |it| {
        it.imported.clear();
    })
    .keys(&[(ALT, Key::I)])
    .unless(|_, it| it.imported.is_empty().then_some("No path has been imported"));
    /// Ends all links between sliders.
    UNLINK = Entry::document("unlink", "End all links between sliders", Icon::Chain, |it| {
        it.linked.clear();
    })
    .keys(&[(ALT, Key::U)])
    .unless(|_, it| it.linked.is_empty().then_some("No sliders are linked"));
}
