//! Races that show what a rule is good for, and where it fails.

use super::{Experiment, Racer};
use crate::optimizer::{Listed, OptimizerChoice, Outcome, Shown, Trial, Value};
use crate::surface::SurfaceChoice;

/// Returns the race of a trial: the rule, and its first parent with the same settings as far as it
/// has them. `None` if the rule cannot race there at all, or if there is no such surface.
#[must_use]
pub fn trial_of(rule: &Listed, trial: &Trial) -> Option<Experiment> {
    if trial.outcome == Outcome::Refused {
        return None;
    }
    let parent = rule.parents().next();
    let rivals: Vec<&Listed> = parent.into_iter().collect();
    on(trial, rule, &rivals)
}

/// Returns a race of a rule against others, where it does well: on the surface of the trial that shows
/// so, or on Beale's function. `None` if no two of them can move a point.
#[must_use]
pub fn race_against(rule: &Listed, rivals: &[&Listed]) -> Option<Experiment> {
    let trial = rule.history.map(|history| history.good_for.shown);
    let trial = match trial {
        Some(Shown::Trial(trial)) if trial.outcome != Outcome::Refused => trial,
        _ => Trial::on("Beale", [1.0, 1.6], 300),
    };
    let race = on(&trial, rule, rivals)?;
    (race.racers.len() > 1).then_some(race)
}

fn on(trial: &Trial, rule: &Listed, rivals: &[&Listed]) -> Option<Experiment> {
    let mut surfaces = SurfaceChoice::BUILT_IN.iter();
    let surface = surfaces.find(|it| it.about().name == trial.surface)?;
    let provides = surface.open().provides();
    let all = std::iter::once(&rule).chain(rivals);
    let racers: Vec<Racer> = all
        .filter(|it| it.optimizer.refusal(provides).is_none())
        .map(|it| racer(it, trial))
        .collect();
    let names: Vec<&str> = rivals.iter().map(|it| it.title).collect();
    let title = match &*names {
        [] => rule.title.to_owned(),
        [one] => format!("{} against {one}", rule.title),
        many => format!("{} against {} others", rule.title, many.len()),
    };
    Some(Experiment {
        title,
        surface: surface.clone(),
        start: trial.start,
        steps: trial.steps,
        racers,
        ..Experiment::default()
    })
}

/// A racer with the settings of a trial, as far as its rule has them. A rule inside a wrapper gets
/// those of the wrapper, and the other way round.
fn racer(listed: &Listed, trial: &Trial) -> Racer {
    let mut optimizer: OptimizerChoice = listed.optimizer.clone();
    for (name, value) in trial.settings {
        let bare = name.strip_prefix("inner.").unwrap_or(name);
        let held = format!("inner.{bare}");
        let found = [*name, bare, &*held]
            .into_iter()
            .find_map(|name| optimizer.rule().find(name));
        if let Some(index) = found {
            optimizer.rule_mut().set(index, Value::Number(*value));
        }
    }
    let mut racer = Racer::new(optimizer);
    if listed.name != listed.optimizer.rule().about().name {
        racer.appearance.name = Some(listed.title.to_owned());
    }
    racer
}
