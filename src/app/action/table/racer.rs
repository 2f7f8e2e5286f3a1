//! The selected racer.

use egui::Key;

use super::{ALT, ALT_SHIFT, CTRL_SHIFT, Category, Entry, NONE, SHIFT, entries};
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::workspace::{Asked, Workspace};
use crate::view::icon::Icon;

entries! { Racer:
    /// Selects the next racer.
    NEXT = Entry::document("next-racer", "Select the next racer", Icon::StepForward, |it| {
        select(it, 1);
    })
    .keys(&[(NONE, Key::CloseBracket), (NONE, Key::N)])
    .unless(|_, it| it.lineup().ids().is_empty().then_some("There are no racers"));
    /// Selects the previous racer.
    PREVIOUS = Entry::document("previous-racer", "Select the previous racer", Icon::StepBack, |it| {
        let last = it.lineup().ids().len().saturating_sub(1);
        select(it, last);
    })
    .keys(&[(NONE, Key::OpenBracket), (SHIFT, Key::N)])
    .unless(|_, it| it.lineup().ids().is_empty().then_some("There are no racers"));
    /// Shows only the selected racer, or all again.
    SOLO = Entry::document("solo", "Show only the selected racer", Icon::Eye, |it| {
        if let Some(id) = it.selected() {
            it.toggle_solo(id);
        }
    })
    .keys(&[(NONE, Key::S)])
    .unless(|_, it| unselected(it))
    .switch(|_, it| it.solo().is_some() && it.solo() == it.selected());
    /// Hides the selected racer, or shows it again.
    HIDE = Entry::document("hide", "Hide the selected racer", Icon::EyeClosed, |it| {
        let is_visible = it.selected().and_then(|id| it.lineup().racer(id));
        let is_visible = is_visible.is_some_and(|racer| racer.appearance.visible);
        change(it, |id| Change::Visible(id, !is_visible));
    })
    .keys(&[(NONE, Key::H)])
    .unless(|_, it| unselected(it))
    .switch(|_, it| {
        let racer = it.selected().and_then(|id| it.lineup().racer(id));
        racer.is_some_and(|racer| !racer.appearance.visible)
    });
    /// Inserts a copy of the selected racer.
    DUPLICATE = Entry::document("duplicate", "Duplicate the selected racer", Icon::Duplicate, |it| {
        change(it, Change::Duplicate);
    })
    .keys(&[(CTRL_SHIFT, Key::D)])
    .unless(|_, it| unselected(it));
    /// Opens the editor of the selected racer's rule, or closes it. A rule that is built in is
    /// replaced by a copy.
    RULE = Entry::app("rule", "Edit the selected racer’s rule", Icon::Formula, Workspace::toggle_rule)
        .keys(&[(ALT, Key::X)])
        .on_a_page(&[(ALT_SHIFT, Key::X)])
        .unless(|_, it| {
            unselected(it).or_else(|| it.selected().and_then(|id| it.why_not_edited(id)))
        })
        .switch(|it, _| it.edits_rule());
    /// Moves the selected racer up.
    UP = Entry::document("racer-up", "Move the selected racer up", Icon::Up, |it| {
        move_by(it, -1);
    })
    .keys(&[(ALT, Key::ArrowUp)])
    .unless(|_, it| {
        unselected(it).or_else(|| is_at(it, 0).then_some("It is the first one"))
    });
    /// Moves the selected racer down.
    DOWN = Entry::document("racer-down", "Move the selected racer down", Icon::Down, |it| {
        move_by(it, 1);
    })
    .keys(&[(ALT, Key::ArrowDown)])
    .unless(|_, it| {
        let last = it.lineup().ids().len().saturating_sub(1);
        unselected(it).or_else(|| is_at(it, last).then_some("It is the last one"))
    });
    /// Shows all rules, to add some of them.
    ADD = Entry::app("add-racers", "Add racers…", Icon::Plus, |it| {
        it.asked = Some(Asked::Racers);
    })
    .keys(&[(SHIFT, Key::A)]);
    /// Shows which rule came from which.
    FAMILY_TREE = Entry::app("family-tree", "Family tree of the rules", Icon::Share, |it| {
        it.asked = Some(Asked::FamilyTree);
    })
    .keys(&[(SHIFT, Key::T)]);
    /// Removes the selected racer.
    REMOVE = Entry::document("remove", "Remove the selected racer", Icon::Trash, |it| {
        change(it, Change::Remove);
    })
    .keys(&[(NONE, Key::Delete)])
    .unless(|_, it| unselected(it));
    /// Sets every racer to its best rate.
    TUNE = Entry::document("tune", "Set every racer to its best rate", Icon::Speed, Document::tune)
        .keys(&[(ALT, Key::B)])
        .unless(|_, it| it.why_not_tuned());
}

fn unselected(document: &Document) -> Option<&'static str> {
    let is_none = document.selected().is_none();
    is_none.then_some("No racer is selected")
}

fn index(document: &Document) -> Option<usize> {
    document.lineup().index_of(document.selected()?)
}

fn is_at(document: &Document, place: usize) -> bool {
    index(document) == Some(place)
}

fn change(document: &mut Document, change: impl FnOnce(RacerId) -> Change) {
    if let Some(id) = document.selected() {
        // These changes are valid whenever a racer is selected.
        let _ = document.change(change(id));
    }
}

fn move_by(document: &mut Document, by: isize) {
    if let Some(to) = index(document).and_then(|index| index.checked_add_signed(by)) {
        change(document, |id| Change::Reorder(id, to));
    }
}

/// Selects the racer that stands this many places further on; after the last one comes the first.
fn select(document: &mut Document, by: usize) {
    let ids = document.lineup().ids();
    let next = match index(document) {
        Some(index) => (index + by) % ids.len().max(1),
        None => 0,
    };
    let id = ids.get(next).copied();
    document.select(id);
}
