//! The playhead.

use egui::Key;

use super::{Category, Entry, NONE, SHIFT, entries};
use crate::app::document::Document;
use crate::app::document::playback::SPEEDS;
use crate::app::workspace::Workspace;
use crate::view::icon::Icon;

entries! { Play:
    /// Starts or stops the playhead.
    PLAY_OR_PAUSE = Entry::document("play-or-pause", "Play or pause", Icon::Play, |it| {
        let steps = it.steps();
        it.playback.toggle(steps);
    })
    .keys(&[(NONE, Key::Space)])
    .switch(|_, it| it.playback.playing);
    /// Goes one step forward.
    STEP_FORWARD = Entry::document("step-forward", "One step forward", Icon::StepForward, |it| {
        step(it, 1.0);
    })
    .keys(&[(NONE, Key::ArrowRight)])
    .unless(|_, it| at_end(it));
    /// Goes one step back.
    STEP_BACK = Entry::document("step-back", "One step back", Icon::StepBack, |it| step(it, -1.0))
        .keys(&[(NONE, Key::ArrowLeft)])
        .unless(|_, it| at_start(it));
    /// Goes ten steps forward.
    TEN_FORWARD = Entry::document("ten-forward", "Ten steps forward", Icon::StepForward, |it| {
        step(it, 10.0);
    })
    .keys(&[(SHIFT, Key::ArrowRight)])
    .unless(|_, it| at_end(it));
    /// Goes ten steps back.
    TEN_BACK = Entry::document("ten-back", "Ten steps back", Icon::StepBack, |it| step(it, -10.0))
        .keys(&[(SHIFT, Key::ArrowLeft)])
        .unless(|_, it| at_start(it));
    /// Goes to the start.
    TO_START = Entry::document("to-start", "Go to the start", Icon::Start, |it| seek(it, 0.0))
        .keys(&[(NONE, Key::Home)])
        .unless(|_, it| at_start(it));
    /// Goes to the end.
    TO_END = Entry::document("to-end", "Go to the end", Icon::End, |it| seek(it, it.steps()))
        .keys(&[(NONE, Key::End)])
        .unless(|_, it| at_end(it));
    /// Plays from the start.
    REPLAY = Entry::document("replay", "Play from the start", Icon::Reset, |it| {
        seek(it, 0.0);
        it.playback.playing = true;
    })
    .keys(&[(NONE, Key::R)]);
    /// Switches whether the race starts over at its end.
    LOOP = Entry::app("loop", "Loop", Icon::Loop, |it| it.settings.looping ^= true)
        .keys(&[(NONE, Key::L)])
        .switch(|it, _| it.settings.looping);
    /// Plays faster.
    FASTER = Entry::app("faster", "Play faster", Icon::Speed, |it| {
        change_speed(it, SPEEDS.into_iter().find(|speed| *speed > it.settings.speed));
    })
    .keys(&[(NONE, Key::Period)])
    .unless(|it, _| {
        (it.settings.speed >= SPEEDS[SPEEDS.len() - 1]).then_some("This is the highest speed")
    });
    /// Plays slower.
    SLOWER = Entry::app("slower", "Play slower", Icon::Speed, |it| {
        change_speed(it, SPEEDS.into_iter().rfind(|speed| *speed < it.settings.speed));
    })
    .keys(&[(NONE, Key::Comma)])
    .unless(|it, _| (it.settings.speed <= SPEEDS[0]).then_some("This is the lowest speed"));
}

fn at_start(document: &Document) -> Option<&'static str> {
    let is_there = document.playback.playhead <= 0.0;
    is_there.then_some("The race is at its start")
}

fn at_end(document: &Document) -> Option<&'static str> {
    let is_there = document.playback.playhead >= document.steps();
    is_there.then_some("The race is at its end")
}

fn step(document: &mut Document, by: f64) {
    let steps = document.steps();
    document.playback.step(by, steps);
}

fn seek(document: &mut Document, to: f64) {
    let steps = document.steps();
    document.playback.seek(to, steps);
}

fn change_speed(workspace: &mut Workspace, speed: Option<f64>) {
    workspace.settings.speed = speed.unwrap_or(workspace.settings.speed);
}
