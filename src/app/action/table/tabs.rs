//! Tabs and comparison.

use egui::Key;

use super::{ALT, CTRL, CTRL_SHIFT, Category, Entry, NONE, ONLY_ONE_TAB, entries};
use crate::app::workspace::{Asked, Comparison, Layout, List, Next, Opening, Workspace};
use crate::view::icon::Icon;

entries! { Tabs:
    /// Opens a new experiment in a tab of its own.
    NEW = Entry::app("new-tab", "New tab", Icon::Plus, |it| it.open_beside(Opening::New))
        .keys(&[(CTRL, Key::T)])
        .on_a_page(&[(ALT, Key::A)]);
    /// Shows the next tab.
    NEXT = Entry::app("next-tab", "Next tab", Icon::StepForward, |it| it.show_next(1))
        .keys(&[(CTRL, Key::Tab), (CTRL, Key::PageDown)])
        .on_a_page(&[(ALT, Key::Period)])
        .unless(|it, _| only_one(it));
    /// Shows the previous tab.
    PREVIOUS = Entry::app("previous-tab", "Previous tab", Icon::StepBack, |it| {
        it.show_next(it.documents().len().saturating_sub(1));
    })
    .keys(&[(CTRL_SHIFT, Key::Tab), (CTRL, Key::PageUp)])
    .on_a_page(&[(ALT, Key::Comma)])
    .unless(|it, _| only_one(it));
    /// Closes the tab that is shown.
    CLOSE = Entry::app("close-tab", "Close the tab", Icon::Cross, |it| {
        it.ask_or_go_on(Next::Close(it.active().id()));
    })
    .keys(&[(CTRL, Key::W)])
    .on_a_page(&[(ALT, Key::X)])
    .unless(|it, _| only_one(it));
    /// Reopens the race that was closed last.
    REOPEN = Entry::app("reopen", "Reopen the race closed last", Icon::Reset, Workspace::reopen)
        .keys(&[(CTRL_SHIFT, Key::T)])
        .on_a_page(&[(ALT, Key::Z)])
        .unless(|it, _| (!it.can_reopen()).then_some("No race with changes was closed"));
    /// Asks for a race to compare with, or ends the comparison.
    COMPARE = Entry::app("compare", "Compare two races", Icon::Compare, |it| {
        if it.comparison().is_some() {
            it.compare(None);
        } else {
            it.asked = Some(Asked::Comparison);
        }
    })
    .keys(&[(NONE, Key::K)])
    .switch(|it, _| it.comparison().is_some());
    /// Swaps A and B.
    SWAP = Entry::app("swap", "Swap A and B", Icon::Swap, |it| {
        it.compare(it.comparison().map(Comparison::swapped));
    })
    .keys(&[(ALT, Key::S)])
    .unless(|it, _| not_compared(it));
    /// Works on the other one of the two races.
    OTHER_SIDE = Entry::app("other-side", "Work on the other race", Icon::PanelRight, |it| {
        if let Some(rival) = it.rival() {
            it.work_on(rival.id());
        }
    })
    .keys(&[(NONE, Key::O)])
    .unless(|it, _| not_compared(it));
    /// Switches between two scenes and one with ghosts.
    GHOSTS = Entry::app("ghosts", "A as ghosts in B", Icon::Ghost, |it| {
        if let Some(comparison) = it.comparison() {
            let layout = match comparison.layout {
                Layout::SideBySide => Layout::Ghosts,
                Layout::Ghosts => Layout::SideBySide,
            };
            it.compare(Some(Comparison { layout, ..comparison }));
        }
    })
    .keys(&[(NONE, Key::G)])
    .unless(|it, _| not_compared(it).or_else(|| too_narrow(it)))
    .switch(|it, _| it.layout() == Some(Layout::Ghosts));
    /// Switches between the differences and the racers in the left panel.
    DIFFERENCES = Entry::app("differences", "List the differences", Icon::Compare, |it| {
        if let Some(comparison) = it.comparison() {
            let list = match comparison.list {
                List::Differences => List::Racers,
                List::Racers => List::Differences,
            };
            it.compare(Some(Comparison { list, ..comparison }));
        }
    })
    .keys(&[(ALT, Key::D)])
    .unless(|it, _| not_compared(it))
    .switch(|it, _| it.comparison().is_some_and(|both| both.list == List::Differences));
}

fn only_one(workspace: &Workspace) -> Option<&'static str> {
    (workspace.documents().len() < 2).then_some(ONLY_ONE_TAB)
}

fn not_compared(workspace: &Workspace) -> Option<&'static str> {
    let is_alone = workspace.comparison().is_none();
    is_alone.then_some("No races are being compared")
}

fn too_narrow(workspace: &Workspace) -> Option<&'static str> {
    (!workspace.has_room_for_two()).then_some("The window is too narrow for two scenes")
}
