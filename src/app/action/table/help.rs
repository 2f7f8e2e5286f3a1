//! Lessons, games and help.

use egui::Key;

use super::{ALT, CTRL, Category, Entry, NONE, entries};
use crate::app::document::Document;
use crate::app::document::lessons::LessonAt;
use crate::app::games::GameKind;
use crate::app::workspace::{Asked, Next, Opening, Workspace};
use crate::preset::{self, TOUR};
use crate::view::icon::Icon;

entries! { Help:
    /// Opens the first lesson.
    TOUR_START = Entry::app("tour", "Start the tour", Icon::Tour, |it| {
        if let Some(first) = TOUR.first() {
            it.ask_or_go_on(Next::Open(Opening::BuiltIn(first.name)));
        }
    })
    .keys(&[(ALT, Key::Home)]);
    /// Opens the next lesson.
    NEXT_LESSON = Entry::app("next-lesson", "Next lesson", Icon::StepForward, |it| {
        let next = it.active().neighbours.after.clone();
        open(it, next.as_ref());
    })
    .keys(&[(ALT, Key::PageDown)])
    .unless(|_, it| outside(it).or_else(|| {
        it.neighbours.after.is_none().then_some("This is the last lesson")
    }));
    /// Opens the previous lesson.
    PREVIOUS_LESSON = Entry::app("previous-lesson", "Previous lesson", Icon::StepBack, |it| {
        let previous = it.active().neighbours.before.clone();
        open(it, previous.as_ref());
    })
    .keys(&[(ALT, Key::PageUp)])
    .unless(|_, it| outside(it).or_else(|| {
        it.neighbours.before.is_none().then_some("This is the first lesson")
    }));
    /// Opens the first built-in race.
    LEAVE_TOUR = Entry::app("leave-tour", "Leave the tour", Icon::Cross, |it| {
        it.ask_or_go_on(Next::Open(Opening::BuiltIn(preset::FIRST)));
    })
    .keys(&[(ALT, Key::End)])
    .unless(|_, it| outside(it));
    /// Shows the hint to the lesson's goal.
    HINT = Entry::document("hint", "Show the hint", Icon::Help, |it| it.hint_shown = true)
        .keys(&[(ALT, Key::H)])
        .unless(|_, it| no_hint(it));
    /// Starts the game of predictions.
    PREDICT = Entry::app("predict", "Game: predict, then reveal", Icon::Game, |it| {
        it.start_game(GameKind::Predict);
    })
    .keys(&[(ALT, Key::Num1)]);
    /// Starts the game of anonymous trails.
    WHO_AM_I = Entry::app("who-am-i", "Game: who am I?", Icon::Game, |it| {
        it.start_game(GameKind::WhoAmI);
    })
    .keys(&[(ALT, Key::Num2)]);
    /// Starts the game of ingredients.
    LADDER = Entry::app("ladder", "Game: the ladder", Icon::Game, |it| {
        it.start_game(GameKind::Ladder);
    })
    .keys(&[(ALT, Key::Num3)]);
    /// Searches for anything to do, to add or to open.
    PALETTE = Entry::app("palette", "Search for anything to do", Icon::Search, |it| {
        it.asked = Some(Asked::Palette);
    })
    .keys(&[(CTRL, Key::P), (CTRL, Key::K)])
    .on_a_page(&[(CTRL, Key::K)]);
    /// Shows keys and gestures.
    KEYS = Entry::app("keys", "Keys and gestures", Icon::Help, |it| it.asked = Some(Asked::Help))
        .keys(&[(NONE, Key::F1), (NONE, Key::Questionmark)]);
    /// Closes the open dialog or notice.
    DISMISS = Entry::app("dismiss", "Close what is open", Icon::Cross, Workspace::dismiss)
        .keys(&[(NONE, Key::Escape)]);
}

fn outside(document: &Document) -> Option<&'static str> {
    let is_lesson = document.lesson().is_some();
    (!is_lesson).then_some("This is no lesson")
}

fn no_hint(document: &Document) -> Option<&'static str> {
    /// The number of failed attempts after which there is a hint.
    const ATTEMPTS: usize = 3;
    let goal = document.lesson().and_then(|lesson| lesson.goal.as_ref());
    match goal {
        None => Some("There is no task"),
        Some(_) if document.goal_found => Some("The task is solved"),
        Some(goal) if goal.hint.is_none() => Some("There is no hint for this task"),
        Some(_) if document.hint_shown => Some("The hint is shown already"),
        Some(_) if document.tries < ATTEMPTS => Some("There is a hint after three attempts"),
        Some(_) => None,
    }
}

fn open(workspace: &mut Workspace, lesson: Option<&LessonAt>) {
    if let Some(lesson) = lesson {
        workspace.ask_or_go_on(Next::Open(lesson.into()));
    }
}
