//! Answers to lessons: presets that are compared with the lesson's own.

use std::sync::LazyLock;

use slalom::experiment::{Experiment, Goal};
use slalom::preset::{self, Preset, TOUR};
use slalom::simulation::simulate;

use crate::engine::{Answer, Kind, VALID, of_error};

pub const ANSWERS: Kind = Kind {
    name: "answers",
    share: 3,
    words: &[
        "allows: []",
        "allows: [\"start\"]",
        "All([",
        "Seeds(at_least: 2)",
        "FliesOff(",
    ],
    more: || {
        let texts = LESSONS.iter().map(|it| preset::to_text(it).unwrap());
        texts.map(String::into_bytes).collect()
    },
    read,
};

/// The lessons of the tour that have a goal.
static LESSONS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let lessons = TOUR.iter().map(|it| it.preset().unwrap());
    lessons.filter(|it| goal(it).is_some()).collect()
});

fn goal(preset: &Preset) -> Option<&Goal> {
    preset.lesson.as_ref()?.goal.as_ref()
}

fn read(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    let answer = match preset::from_text("answer.ron", text) {
        Ok(answer) => answer,
        Err(error) => return Ok(of_error(&error)),
    };
    let mut counts = Vec::new();
    for lesson in &*LESSONS {
        let Some(goal) = goal(lesson) else {
            continue;
        };
        counts.push(
            goal.trespasses(&lesson.experiment, &answer.experiment)
                .len()
                .min(3),
        );
        if !goal
            .trespasses(&lesson.experiment, &lesson.experiment)
            .is_empty()
        {
            return Err("a lesson does not allow itself".to_owned());
        }
    }
    let reached = goal(&answer).map(|goal| {
        let _ = goal.freedoms(&answer.experiment);
        let race = short(&answer.experiment);
        goal.is_reached(&race, &simulate(&race))
    });
    Ok(format!("{VALID}: {reached:?} {counts:?}"))
}

/// The beginning of a race, so that many can be run.
fn short(race: &Experiment) -> Experiment {
    let mut short = race.clone();
    let is_large = race.open_surface().rows() > 100 || race.racers.len() > 10;
    short.steps = race.steps.min(if is_large { 1 } else { 30 });
    if is_large {
        short.racers.truncate(10);
    }
    short
}

#[test]
fn answers_to_lessons_are_judged_or_refused() {
    ANSWERS.hunt();
}
