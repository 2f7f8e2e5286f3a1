//! `slalom check --lesson`: whether an answer reaches the goal of a lesson, with changes only where
//! the lesson allows them.

use std::path::Path;

use serde::Serialize;

use super::Failure;
use super::output::{answer, answer_in_json};
use crate::experiment::{Goal, nearest};
use crate::preset::{Preset, TOUR, Trust, load_built_in};
use crate::simulation::simulate;

/// The verdict on an answer.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    file: &'a str,
    /// Whether the preset is valid.
    ok: bool,
    /// The name of the lesson.
    lesson: String,
    /// Whether the goal is reached with allowed changes alone.
    passes: bool,
    reached: bool,
    /// The changes that the lesson does not allow, as clauses.
    forbidden: Vec<String>,
    /// The verdict in words.
    message: String,
    hint: Option<String>,
}

impl<'a> Verdict<'a> {
    /// Judges the answer in a file.
    ///
    /// # Errors
    /// Returns an error if there is no such lesson, or if it has no goal.
    pub(super) fn of(
        file: &'a str,
        answer: &Preset,
        lesson: &str,
        trust: Trust,
    ) -> Result<Self, Failure> {
        let (name, lesson) = lesson_named(lesson, trust)?;
        let goal = lesson.lesson.as_ref().and_then(|it| it.goal.as_ref());
        let Some(goal) = goal else {
            let what = match lesson.lesson {
                Some(_) => format!("the lesson {name} has no goal that could be reached"),
                None => format!("{name} is no lesson"),
            };
            return Err(Failure::Lesson(what));
        };
        let race = &answer.experiment;
        let reached = goal.is_reached(race, &simulate(race));
        let forbidden = goal.trespasses(&lesson.experiment, race);
        Ok(Self {
            file,
            ok: true,
            passes: reached && forbidden.is_empty(),
            message: sentence(&name, goal, reached, &forbidden),
            hint: goal.hint.clone().filter(|_| !reached),
            lesson: name,
            reached,
            forbidden,
        })
    }

    /// Prints the verdict; a negative one is a failure that says nothing more.
    pub(super) fn tell(&self, as_json: bool) -> Result<(), Failure> {
        if as_json {
            answer_in_json(self)?;
        } else {
            let mut text = format!("{}: {}\n", self.file, self.message);
            if let Some(hint) = &self.hint {
                text.extend(["Hint: ", hint, "\n"]);
            }
            answer(&text)?;
        }
        if self.passes {
            Ok(())
        } else {
            Err(Failure::No)
        }
    }
}

fn sentence(name: &str, goal: &Goal, reached: bool, forbidden: &[String]) -> String {
    let (not, ask) = if reached {
        ("", String::new())
    } else {
        (" not", format!(" ({})", goal.ask.trim_end_matches('.')))
    };
    let goal = format!("the goal of {name} is{not} reached{ask}");
    match forbidden {
        [] => format!("{goal}."),
        [only] => format!("{only}, which this lesson does not allow; {goal}."),
        [first, rest @ ..] => {
            let (number, changes) = match rest.len() {
                1 => ("one".to_owned(), "change"),
                more => (more.to_string(), "changes"),
            };
            format!(
                "{first}, which this lesson does not allow, and {number} more {changes}; {goal}."
            )
        }
    }
}

/// Returns the lesson in this file, or the lesson of the tour with this name, with or without its
/// number.
fn lesson_named(name: &str, trust: Trust) -> Result<(String, Preset), Failure> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok((name.to_owned(), trust.open(path)?.0));
    }
    let bare = |full: &'static str| full.split_once('-').map_or(full, |(_, bare)| bare);
    let found = TOUR
        .iter()
        .find(|it| it.name == name || bare(it.name) == name);
    if let Some(found) = found {
        return Ok((found.name.to_owned(), found.preset()?));
    }
    if let Ok(race) = load_built_in(name) {
        return Ok((name.to_owned(), race));
    }
    let numbered = TOUR.iter().map(|it| it.name);
    let names: Vec<&str> = numbered.clone().chain(numbered.map(bare)).collect();
    let hint = match nearest(name, &names) {
        Some(near) => format!("did you mean {near}?"),
        None => "`slalom list presets` lists the lessons of the tour".to_owned(),
    };
    let what = format!("there is neither a file nor a lesson \"{name}\"; {hint}");
    Err(Failure::Lesson(what))
}
