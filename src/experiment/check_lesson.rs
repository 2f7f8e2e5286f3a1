//! Whether view and lesson fit the race that they belong to.

use super::lesson::Bound;
use super::{Condition, Experiment, Fault, Place, nearest};

impl Experiment {
    /// Checks that the view shows what the race has.
    ///
    /// A change of the race can undo this without harm, so it is no part of [`Self::check`].
    ///
    /// # Errors
    /// The first value that makes no sense, with its place.
    pub fn check_view(&self) -> Result<(), Fault> {
        let place = |field: &str| Place::default().field("view").field(field);
        let fault = |what: String, place| Err(Fault { what, place });
        if let Some(window) = self.view.window {
            for (name, [from, to]) in [("x", window.x), ("y", window.y)] {
                if !(from < to && (to - from).is_finite()) {
                    let what = format!(
                        "{name} of the window is ({from}, {to}), but must be a smaller and a \
                         larger number"
                    );
                    return fault(what, place("window").field(name));
                }
            }
        }
        if let Some(selected) = &self.view.selected {
            self.check_name(selected, place("selected"))?;
        }
        if let Some(step) = self.view.step.filter(|&step| step > self.steps) {
            let what = format!("step is {step}, but the race ends at step {}", self.steps);
            return fault(what, place("step"));
        }
        let over_rows = self.view.against.is_some_and(super::Against::needs_data);
        let no_data = |field: &str, value: &str| {
            let what = format!(
                "{field}: {value} needs data, but {} has none",
                self.surface.about().name
            );
            fault(what, place(field))
        };
        match self.open_surface().data() {
            None if self.view.data == Some(true) => no_data("data", "true"),
            None if over_rows => no_data("against", "Rows or Epochs"),
            _ => Ok(()),
        }
    }

    /// Checks that the lesson's goal is about this race; like the view, it can come not to be.
    ///
    /// # Errors
    /// The first value that makes no sense, with its place.
    pub fn check_lesson(&self) -> Result<(), Fault> {
        let goal = self.lesson.as_ref().and_then(|lesson| lesson.goal.as_ref());
        let Some(goal) = goal else {
            return Ok(());
        };
        let place = Place::default().field("lesson").field("goal").field("when");
        self.check_condition(&goal.when, &place)
    }

    fn check_condition(&self, condition: &Condition, place: &Place) -> Result<(), Fault> {
        let fault = |what: String, place| Err(Fault { what, place });
        if let Condition::All(parts) = condition {
            // `All([…])`: the list is the first entry of what the brackets hold.
            let list = place.clone().entry(0);
            for (index, part) in parts.iter().enumerate() {
                self.check_condition(part, &list.clone().entry(index))?;
            }
            return match parts[..] {
                [] => fault("All needs one condition or more".into(), list),
                _ => Ok(()),
            };
        }
        for (field, name) in condition.racers() {
            self.check_name(name, place.clone().field(field))?;
        }
        match condition.bound() {
            Some(Bound::Distance(name, value)) if !(value > 0.0 && value.is_finite()) => {
                let what = format!("{name} is {value}, but must be a finite number above 0");
                return fault(what, place.clone().field(name));
            }
            Some(Bound::Number(name, value)) if !value.is_finite() => {
                let what = format!("{name} is {value}, but must be a finite number");
                return fault(what, place.clone().field(name));
            }
            _ => {}
        }
        let minima = self.open_surface().minima();
        if matches!(condition, Condition::Settles { .. }) && !minima.iter().any(|it| it.global) {
            let surface = self.surface.about().name;
            let what = format!("nobody settles on {surface}, of which no lowest point is known");
            return fault(what, place.clone());
        }
        Ok(())
    }

    /// Whether there is a racer of that name.
    fn check_name(&self, name: &str, place: Place) -> Result<(), Fault> {
        let names = self.names();
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
        Err(Fault { what, place })
    }
}
