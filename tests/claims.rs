//! What choosers say of the rules is so: every statement is shown by a race that exists, and which
//! ends as stated.

use slalom::experiment::{Experiment, race_against, trial_of};
use slalom::optimizer::{Listed, OptimizerChoice, Outcome, Shown, Trial};
use slalom::preset;
use slalom::simulation::{Status, Trajectory, simulate};
use slalom::surface::SurfaceChoice;

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// How a race ended for its first racer.
fn outcome(race: &Experiment, path: &Trajectory) -> Outcome {
    let surface = race.open_surface();
    let window = surface.window();
    let near = 0.01 * (window.x[1] - window.x[0]);
    let end = path.at(path.last_step());
    if path.status().is_out() || path.status() == Status::Far {
        return Outcome::Diverges;
    }
    let minima = race.surface.about().minima;
    let global = minima.iter().filter(|it| it.global);
    let is_there = |at: [f64; 2]| distance(end, at) <= near;
    if global.map(|it| it.at).any(is_there) {
        Outcome::Arrives
    } else if minima.is_empty() && is_there([0.0, 0.0]) {
        Outcome::Stays
    } else {
        Outcome::Misses
    }
}

/// Returns what is wrong with a trial, if anything is.
fn fault(rule: &Listed, trial: &Trial) -> Option<String> {
    let mut surfaces = SurfaceChoice::BUILT_IN.iter();
    let surface = surfaces.find(|it| it.about().name == trial.surface);
    let Some(surface) = surface else {
        return Some(format!("there is no surface {}", trial.surface));
    };
    let refused = rule.optimizer.refusal(surface.open().provides()).is_some();
    if trial.outcome == Outcome::Refused {
        return (!refused).then(|| "it is not refused".to_owned());
    }
    for (name, _) in trial.settings {
        if rule.optimizer.rule().find(name).is_none() {
            return Some(format!("it has no {name}"));
        }
    }
    let race = trial_of(rule, trial).unwrap();
    if let Err(fault) = race.check() {
        return Some(fault.to_string());
    }
    let path = &simulate(&race)[0];
    let ended = outcome(&race, path);
    let (end, at) = (path.last_step(), path.at(path.last_step()));
    let told = || {
        format!(
            "{ended:?} instead of {:?}: at {at:?} after {end}",
            trial.outcome
        )
    };
    (ended != trial.outcome).then(told)
}

#[test]
fn every_statement_on_a_rule_is_shown_by_a_race() {
    let mut faults = Vec::new();
    for rule in Listed::all() {
        let Some(history) = rule.history else {
            faults.push(format!("{}: no history", rule.name));
            continue;
        };
        for claim in [&history.good_for, &history.fails_when] {
            let sentence = claim.sentence;
            if !sentence.ends_with('.') || sentence.len() > 110 {
                faults.push(format!("{}: {sentence}", rule.name));
            }
            let fault = match &claim.shown {
                Shown::Trial(trial) => fault(rule, trial),
                Shown::Preset(name) => match preset::load_built_in(name) {
                    Err(error) => Some(error.to_string()),
                    Ok(preset) => {
                        let mut racers = preset.experiment.racers.iter();
                        let is_in =
                            racers.any(|it| it.plan.optimizer.is_same_rule(&rule.optimizer));
                        (!is_in).then(|| format!("it does not race in {name}"))
                    }
                },
            };
            faults.extend(fault.map(|fault| format!("{}: {sentence} {fault}", rule.name)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A rule is younger than its parents, which exist, and no rule is its own ancestor.
#[test]
fn parents_are_listed_and_older() {
    for rule in Listed::all() {
        let Some(history) = rule.history else {
            continue;
        };
        assert_eq!(
            rule.parents().count(),
            history.parents.len(),
            "{}",
            rule.name
        );
        for parent in rule.parents() {
            let year = parent.history.map(|it| it.year);
            assert!(
                year <= Some(history.year),
                "{} and {}",
                rule.name,
                parent.name
            );
        }
        for parent in history.parents {
            let words = parent.added.split(' ').count();
            assert!((1..=4).contains(&words), "{}: {}", rule.name, parent.added);
        }
        assert!(rule.ancestors().iter().all(|it| it.name != rule.name));
    }
}

/// The year of a rule is in its source, except where an older idea was published by others.
#[test]
fn years_are_those_of_the_sources() {
    for rule in Listed::all() {
        let Some(history) = rule.history else {
            continue;
        };
        let year = history.year.to_string();
        assert!(
            rule.source.contains(&year),
            "{}: {year}, {}",
            rule.name,
            rule.source
        );
    }
}

#[test]
fn every_child_can_race_its_parent_unless_it_moves_matrices_only() {
    let points: Vec<&OptimizerChoice> = OptimizerChoice::for_points().collect();
    for rule in Listed::all() {
        let Some(parent) = rule.parents().next() else {
            continue;
        };
        let race = race_against(rule, &[parent]);
        assert_eq!(
            race.is_some(),
            points.contains(&&rule.optimizer) || rule.name == "AMSGrad"
        );
        if let Some(race) = race {
            assert_eq!(race.check(), Ok(()), "{}", rule.name);
            assert_eq!(race.titles()[0], rule.title);
        }
    }
}
