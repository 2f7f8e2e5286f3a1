//! Checks that the view settings and the lesson fit the race.

use super::{Preset, ViewSettings};
use crate::analysis::TimeUnit;
use crate::experiment::lesson::{Bound, Freedom};
use crate::experiment::{Condition, Experiment, Fault, Location, nearest};
use crate::number::count;
use crate::simulation::price;
use crate::subspace::PlaneChoice;
use crate::text::brief;

impl Preset {
    /// Checks every value that a file or a user can set.
    ///
    /// # Errors
    /// Returns the first invalid value, with its location.
    pub fn check(&self) -> Result<(), Fault> {
        self.experiment.check()?;
        self.check_time()?;
        self.check_view()?;
        self.check_lesson()
    }

    /// Checks that the race ends in a time that anyone might wait.
    fn check_time(&self) -> Result<(), Fault> {
        let race = &self.experiment;
        let cost = price::of_race(race, &*race.open_surface());
        if cost <= price::MOST_OF_RACE {
            return Ok(());
        }
        let times = cost.div_ceil(price::MOST_OF_RACE);
        let what = format!(
            "the race would take weeks: steps, racers and rows together are {} times what is \
             simulated; reduce one of them",
            count(usize::try_from(times).unwrap_or(usize::MAX).max(2))
        );
        Err(Fault::conflict(what, Location::default().field("steps")))
    }

    /// Checks that the view settings fit the race.
    ///
    /// Changes to the race may break this without harm: what no longer fits is left out when the
    /// preset is written.
    ///
    /// # Errors
    /// Returns the first invalid value, with its location.
    pub fn check_view(&self) -> Result<(), Fault> {
        let location = |field: &str| Location::default().field("view").field(field);
        let wrong_axis = self.view.window.and_then(|window| window.wrong_axis());
        if let Some((name, [from, to])) = wrong_axis {
            let what = format!(
                "{name} of the window is ({from}, {to}), but must be a smaller and a larger number"
            );
            let location = location("window").field(name);
            return Err(Fault::out_of_range(what, location));
        }
        check_plane(&self.experiment, &self.view.plane, &location("plane"))?;
        if let Some((field, what)) = self.view.eye.fault() {
            return Err(Fault::out_of_range(what, location("eye").field(field)));
        }
        if let Some(selected) = &self.view.selected {
            check_name(&self.experiment, selected, location("selected"))?;
        }
        if let Some(step) = self.view.step.filter(|&step| step > self.experiment.steps) {
            let what = format!(
                "step is {step}, but the race ends at step {}",
                self.experiment.steps
            );
            return Err(Fault::out_of_range(what, location("step")));
        }
        if let Some(length) = self
            .view
            .trail_length
            .filter(|it| !(*it > 0.0 && it.is_finite()))
        {
            let what =
                format!("trail_length is {length}, but must be a finite number of steps above 0");
            return Err(Fault::out_of_range(what, location("trail_length")));
        }
        let target = self.view.target;
        if !(target > 0.0 && target.is_finite()) {
            let what = format!("target is {target}, but must be a finite number above 0");
            return Err(Fault::out_of_range(what, location("target")));
        }
        check_features(&self.experiment, &self.view, &location)?;
        let over_rows = self.view.against.is_some_and(TimeUnit::needs_data);
        let no_data = |field: &str, value: &str| {
            let what = format!(
                "{field}: {value} needs data, but {} has none",
                self.experiment.surface.about().name
            );
            Err(Fault::conflict(what, location(field)))
        };
        match self.experiment.open_surface().rows() {
            0 if self.view.data == Some(true) => no_data("data", "true"),
            0 if over_rows => no_data("against", "Rows or Epochs"),
            _ => Ok(()),
        }
    }

    /// Checks that the lesson's goal has a hint worth showing, if any, and that it fits the race. As
    /// with the view settings, changes to the race may break this.
    ///
    /// # Errors
    /// Returns the first invalid value, with its location.
    pub fn check_lesson(&self) -> Result<(), Fault> {
        let goal = self.lesson.as_ref().and_then(|lesson| lesson.goal.as_ref());
        let Some(goal) = goal else {
            return Ok(());
        };
        let location = |field: &str| {
            let goal = Location::default().field("lesson").field("goal");
            goal.field(field)
        };
        let texts = [
            ("ask", Some(&goal.ask)),
            ("hint", goal.hint.as_ref()),
            ("praise", Some(&goal.praise)),
        ];
        for (field, text) in texts {
            if let Some(text) = text {
                Experiment::check_text(field, text, Experiment::LONGEST_NOTES, location(field))?;
            }
        }
        if goal
            .hint
            .as_ref()
            .is_some_and(|hint| hint.trim().is_empty())
        {
            let what = "hint is empty; leave it out, or say what to try".to_owned();
            return Err(Fault::out_of_range(what, location("hint")));
        }
        check_condition(&self.experiment, &goal.when, &location("when"))?;
        for (index, allowed) in goal.allows.iter().flatten().enumerate() {
            Freedom::read(allowed, &self.experiment)
                .map_err(|what| Fault::unknown(what, location("allows").entry(index)))?;
        }
        Ok(())
    }
}

/// Checks that a condition fits the race.
fn check_condition(
    experiment: &Experiment,
    condition: &Condition,
    location: &Location,
) -> Result<(), Fault> {
    if let Condition::All(parts) = condition {
        // In `All([…])`, the list is the first entry inside the parentheses.
        let list = location.clone().entry(0);
        for (index, part) in parts.iter().enumerate() {
            check_condition(experiment, part, &list.clone().entry(index))?;
        }
        return match parts[..] {
            [] => {
                let what = "All needs one condition or more".to_owned();
                Err(Fault::out_of_range(what, list))
            }
            _ => Ok(()),
        };
    }
    for (field, name) in condition.racers() {
        check_name(experiment, name, location.clone().field(field))?;
    }
    match condition.bound() {
        Some(Bound::Distance(name, value)) if !(value > 0.0 && value.is_finite()) => {
            let what = format!("{name} is {value}, but must be a finite number above 0");
            return Err(Fault::out_of_range(what, location.clone().field(name)));
        }
        Some(Bound::Number(name, value)) if !value.is_finite() => {
            let what = format!("{name} is {value}, but must be a finite number");
            return Err(Fault::out_of_range(what, location.clone().field(name)));
        }
        Some(Bound::Seeds(name, value)) if !(2..=Experiment::MOST_SEEDS).contains(&value) => {
            let what = format!("{name} is {value}, but must be from 2 to 1,000");
            return Err(Fault::out_of_range(what, location.clone().field(name)));
        }
        _ => {}
    }
    let minima = experiment.open_surface().minima();
    if matches!(condition, Condition::Settles { .. }) && !minima.iter().any(|it| it.global) {
        let surface = experiment.surface.about().name;
        let what = format!("nobody settles on {surface}, of which no lowest point is known");
        return Err(Fault::conflict(what, location.clone()));
    }
    Ok(())
}

/// Checks that there is a racer with this name.
fn check_name(experiment: &Experiment, name: &str, location: Location) -> Result<(), Fault> {
    let names = experiment.names();
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let hint = match (nearest(name, &known), &known[..]) {
        (Some(near), _) => format!("did you mean \"{near}\"?"),
        (None, []) => "nobody races".to_owned(),
        (None, known) => format!("there are {}", known.join(", ")),
    };
    let what = format!("there is no racer \"{name}\"; {hint}");
    Err(Fault::unknown(what, location))
}

/// Checks that the plane on which paths are seen exists.
fn check_plane(
    experiment: &Experiment,
    plane: &PlaneChoice,
    location: &Location,
) -> Result<(), Fault> {
    if *plane == PlaneChoice::Fitted {
        return Ok(());
    }
    let surface = experiment.open_surface();
    let Some(n) = surface.subspace().map(|plane| plane.dimension()) else {
        let what = "plane belongs to a network; a surface of two parameters is seen as it is";
        return Err(Fault::conflict(what.to_owned(), location.clone()));
    };
    match plane {
        PlaneChoice::Through(one, other) => {
            check_name(experiment, one, location.clone())?;
            check_name(experiment, other, location.clone())?;
            if one == other {
                let what = format!(
                    "the plane goes through the end of {one} twice; name two different racers"
                );
                return Err(Fault::conflict(what, location.clone()));
            }
            Ok(())
        }
        PlaneChoice::Held(held) => {
            let lists = [
                ("origin", &held.origin),
                ("first", &held.first),
                ("second", &held.second),
            ];
            for (field, list) in lists {
                if list.len() != n {
                    let what = format!(
                        "{field} of the plane has {} numbers, but the network has {n} weights",
                        list.len()
                    );
                    return Err(Fault::conflict(what, location.clone().field(field)));
                }
            }
            match held.plane() {
                Some(_) => Ok(()),
                None => {
                    let what = "first and second must be finite and point in different directions";
                    Err(Fault::conflict(what.to_owned(), location.clone()))
                }
            }
        }
        _ => Ok(()),
    }
}

/// Checks that the features over which predictions are seen exist, and that there are predictions to
/// be seen at full size.
fn check_features(
    experiment: &Experiment,
    view: &ViewSettings,
    location: &impl Fn(&str) -> Location,
) -> Result<(), Fault> {
    let field = match (&view.features, view.large_data) {
        (Some(_), _) => "features",
        (None, true) => "large_data",
        (None, false) => return Ok(()),
    };
    let surface = experiment.open_surface();
    let Some(learner) = surface.network() else {
        let what = format!(
            "{field} belongs to a network; {} predicts nothing over features",
            experiment.surface.about().name
        );
        return Err(Fault::conflict(what, location(field)));
    };
    let known: Vec<&str> = learner.data.features.iter().map(String::as_str).collect();
    let features = view.features.iter().flatten();
    for (index, name) in features.enumerate() {
        if !known.contains(&name.as_str()) {
            let hint = nearest(name, &known).map_or_else(String::new, |near| {
                format!("; did you mean {}?", brief(near))
            });
            let what = format!("there is no feature {}{hint}", brief(name));
            return Err(Fault::unknown(what, location("features").entry(index)));
        }
    }
    match &view.features {
        Some([across, up]) if across == up => {
            let what = format!("features has {} twice; name two different ones", brief(up));
            Err(Fault::conflict(what, location("features").entry(1)))
        }
        _ => Ok(()),
    }
}
