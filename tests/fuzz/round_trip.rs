//! What holds for every preset that was read.

use slalom::analysis::TimeUnit;
use slalom::experiment::Experiment;
use slalom::preset::{self, Preset};
use slalom::simulation::simulate;

use crate::engine::{Answer, VALID};

/// The most steps of a race that is run for a try.
const STEPS: usize = 5;
/// The most rows of data of such a race.
const ROWS: usize = 300;

/// Checks that a preset is within its limits, that its text and its link open to the same, and that
/// its race can be begun.
pub fn preset(preset: &Preset) -> Answer {
    preset
        .check()
        .map_err(|it| format!("read, but wrong: {it}"))?;
    within_limits(&preset.experiment)?;
    let text = text(preset)?;
    if !preset::carries_data(preset) {
        let again = preset::from_text("again", &text);
        let again = again.map_err(|it| format!("written, but not read: {it}\n{text}"))?;
        if again != *preset {
            return Err(format!(
                "written, but read otherwise: {text}\n{again:?}\n{preset:?}"
            ));
        }
    }
    linked(preset)?;
    begun(&preset.experiment)?;
    Ok(format!("{VALID}: {}", what(preset)))
}

fn text(preset: &Preset) -> Result<String, String> {
    preset::to_text(preset).map_err(|it| format!("not written: {it}"))
}

/// Checks that the link of a preset opens to the same, as far as a link holds it.
fn linked(preset: &Preset) -> Result<(), String> {
    // Some names and numbers that are random take more than a link holds.
    let Ok(link) = preset::link(preset) else {
        return Ok(());
    };
    let opened = preset::read_link("again", &link);
    let opened = opened.map_err(|it| format!("linked, but not opened: {it}"))?;
    let again = preset::link(&opened).map_err(|it| format!("not linked again: {it}"))?;
    if again != link {
        return Err(format!("the link of a link differs: {link}\n{again}"));
    }
    let same_view = opened.view == preset.view;
    let is_same = preset::carries_data(&opened) || opened.experiment == preset.experiment;
    if !is_same || !same_view {
        return Err(format!("linked, but opened otherwise: {}", text(preset)?));
    }
    Ok(())
}

fn within_limits(race: &Experiment) -> Result<(), String> {
    let is_within = (1..=Experiment::MOST_STEPS).contains(&race.steps)
        && (1..=Experiment::MOST_SEEDS).contains(&race.seeds)
        && race.start.iter().all(|it| it.is_finite());
    is_within
        .then_some(())
        .ok_or_else(|| format!("out of limits: {race:?}"))
}

/// Runs the first steps of a race, unless it is a large one.
fn begun(race: &Experiment) -> Result<(), String> {
    let surface = race.open_surface();
    if surface.rows() > ROWS || surface.network().is_some() || race.racers.len() > 20 {
        return Ok(());
    }
    let mut short = race.clone();
    short.steps = race.steps.min(STEPS);
    let paths = simulate(&short);
    if paths.len() != race.racers.len() || race.titles().len() != paths.len() {
        return Err("a racer has no path".to_owned());
    }
    Ok(())
}

/// What is in a preset, so that a new kind of race counts as a new answer.
pub fn what(preset: &Preset) -> String {
    let race = &preset.experiment;
    let racers = race.racers.iter().take(3);
    let rules: Vec<&str> = racers
        .map(|it| it.plan.optimizer.rule().about().name)
        .collect();
    let schedules = race.racers.iter().take(3);
    let schedules: Vec<String> = schedules
        .map(|it| {
            let text = format!("{:?}", it.plan.schedule);
            let end = text.find(|it: char| !it.is_alphanumeric());
            text[..end.unwrap_or(text.len())].to_owned()
        })
        .collect();
    let over_rows = preset.view.against.is_some_and(TimeUnit::needs_data);
    format!(
        "{} {rules:?} {schedules:?} {} {over_rows}",
        race.surface.about().name,
        preset.lesson.is_some(),
    )
}
