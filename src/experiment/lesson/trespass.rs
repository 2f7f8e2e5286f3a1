//! The changes that a lesson does not allow.

use super::Goal;
use super::freedom::{FIELDS, Freedom, RaceField};
use crate::experiment::{Batch, Experiment, Plan, Racer};
use crate::number::{apart, count, precise};
use crate::optimizer::{OptimizerChoice, Parameter, Value};
use crate::plane::{difference, length};
use crate::surface::SurfaceChoice;
use crate::text::brief;

impl Goal {
    /// Every change from the lesson's race to `answer` that the goal does not allow, as a clause
    /// like "the start was changed from (1, 2) to (0, 2)". The order of the racers, names on
    /// screen, colours, titles and notes do not count.
    #[must_use]
    pub fn trespasses(&self, lesson: &Experiment, answer: &Experiment) -> Vec<String> {
        let mut judge = Judge {
            freedoms: self.freedoms(lesson),
            found: Vec::new(),
        };
        judge.race(lesson, answer);
        judge.racers(lesson, answer);
        judge.found
    }
}

struct Judge {
    freedoms: Vec<Freedom>,
    found: Vec<String>,
}

impl Judge {
    fn note(&mut self, what: &str, [from, to]: [String; 2]) {
        let clause = if from == to {
            format!("{what} was changed")
        } else {
            format!("{what} was changed from {from} to {to}")
        };
        self.found.push(clause);
    }

    fn race(&mut self, lesson: &Experiment, answer: &Experiment) {
        let both = [lesson, answer];
        let differing = [
            (
                RaceField::Surface,
                "the surface",
                lesson.surface != answer.surface,
                both.map(|it| surface(&it.surface)),
            ),
            (
                RaceField::Rotation,
                "the rotation",
                lesson.shape.rotation.to_bits() != answer.shape.rotation.to_bits(),
                apart(both.map(|it| it.shape.rotation)).map(|it| format!("{it}°")),
            ),
            (
                RaceField::Condition,
                "the condition number",
                lesson.shape.condition != answer.shape.condition,
                both.map(|it| it.shape.condition.map_or("the usual one".into(), precise)),
            ),
            (
                RaceField::Start,
                "the start",
                !starts_alike(lesson, answer),
                points(both.map(|it| it.start)),
            ),
            (
                RaceField::Steps,
                "the number of steps",
                lesson.steps != answer.steps,
                both.map(|it| count(it.steps)),
            ),
            (
                RaceField::Seed,
                "the seed",
                lesson.seed != answer.seed,
                both.map(|it| it.seed.to_string()),
            ),
            (
                RaceField::Seeds,
                "the number of seeds",
                lesson.seeds != answer.seeds,
                both.map(|it| count(it.seeds)),
            ),
        ];
        for (field, what, differs, values) in differing {
            if differs && !self.freedoms.contains(&Freedom::Race(field)) {
                self.note(what, values);
            }
        }
    }

    fn racers(&mut self, lesson: &Experiment, answer: &Experiment) {
        let (names, theirs) = (lesson.names(), answer.names());
        for (name, racer) in names.iter().zip(&lesson.racers) {
            match theirs.iter().position(|other| other == name) {
                Some(index) => self.racer(name, racer, &answer.racers[index]),
                None => self
                    .found
                    .push(format!("the racer {} was removed", brief(name))),
            }
        }
        let added = theirs.iter().filter(|name| !names.contains(name));
        let added = added.map(|name| format!("the racer {} was added", brief(name)));
        self.found.extend(added);
    }

    fn racer(&mut self, name: &str, lesson: &Racer, answer: &Racer) {
        let (lesson, answer) = (&lesson.plan, &answer.plan);
        self.optimizer(name, &lesson.optimizer, &answer.optimizer);
        for field in FIELDS {
            if let Some(values) = differing(field, [lesson, answer])
                && !self.allows(name, field)
            {
                let what = match field {
                    "edits" => "the changes during the race".to_owned(),
                    "replacement" => "the way of drawing rows".to_owned(),
                    field => format!("the {field}"),
                };
                self.note(&format!("{what} of {}", brief(name)), values);
            }
        }
    }

    fn optimizer(&mut self, name: &str, lesson: &OptimizerChoice, answer: &OptimizerChoice) {
        if self.allows(name, "optimizer") {
            return;
        }
        if titles(lesson) != titles(answer) {
            let values = [lesson, answer].map(titles);
            self.note(&format!("the optimizer of {}", brief(name)), values);
            return;
        }
        if lines(lesson) != lines(answer) {
            self.found
                .push(format!("the lines of {} were changed", brief(name)));
            return;
        }
        let both = [lesson, answer].map(OptimizerChoice::rule);
        for (index, parameter) in both[0].parameters().enumerate() {
            let [Some(from), Some(to)] = both.map(|rule| rule.get(index)) else {
                continue;
            };
            if from != to && !self.allows(name, &parameter.name) {
                let what = format!("the {} of {}", parameter.label(), brief(name));
                self.note(&what, told(&parameter, [from, to]));
            }
        }
    }

    fn allows(&self, name: &str, changed: &str) -> bool {
        self.freedoms.iter().any(|freedom| match freedom {
            Freedom::Race(_) => false,
            Freedom::Racer(racer) => {
                racer == name && (changed == "schedule" || !FIELDS.contains(&changed))
            }
            Freedom::Part { racer, field } => racer == name && field == changed,
        })
    }
}

/// The values of a field of a racer that is no hyper-parameter, if they differ.
fn differing(field: &str, both: [&Plan; 2]) -> Option<[String; 2]> {
    let [lesson, answer] = both;
    let (differs, values) = match field {
        "schedule" => {
            let [from, to] = both.map(|plan| &plan.schedule);
            (from != to, [from.beside(to), to.beside(from)])
        }
        "groups" => (lesson.groups != answer.groups, both.map(|_| String::new())),
        "edits" => (lesson.edits != answer.edits, both.map(|_| String::new())),
        "batch" => (
            lesson.batch != answer.batch,
            both.map(|plan| batch(&plan.batch)),
        ),
        "replacement" => (
            lesson.replacement != answer.replacement,
            both.map(|plan| {
                let is_so = plan.replacement;
                if is_so { "with replacement" } else { "without" }.to_owned()
            }),
        ),
        "noise" => (
            lesson.noise.to_bits() != answer.noise.to_bits(),
            apart(both.map(|plan| plan.noise)),
        ),
        _ => return None,
    };
    differs.then_some(values)
}

/// Whether the start is the same, or was carried along as the surface was rotated.
fn starts_alike(lesson: &Experiment, answer: &Experiment) -> bool {
    /// Rounding adds up while a slider is dragged.
    const NEAR: f64 = 1e-6;
    let rotation = answer.shape.rotation;
    let carried = lesson.shape.carry(&lesson.surface, lesson.start, rotation);
    lesson.start == answer.start || length(difference(carried, answer.start)) < NEAR
}

fn points(both: [[f64; 2]; 2]) -> [String; 2] {
    let [from, to] = both;
    let [xs, ys] = [0, 1].map(|axis: usize| apart([from[axis], to[axis]]));
    let [x, other_x] = xs;
    let [y, other_y] = ys;
    [format!("({x}, {y})"), format!("({other_x}, {other_y})")]
}

fn surface(surface: &SurfaceChoice) -> String {
    let title = surface.about().title;
    match surface.open().data() {
        Some(data) => format!("{title} over {}", data.name),
        None => title.to_owned(),
    }
}

/// The title of a rule and of those that it wraps.
fn titles(optimizer: &OptimizerChoice) -> String {
    let title = optimizer.rule().title();
    match optimizer.inner() {
        Some(inner) => format!("{title} around {}", titles(inner)),
        None => title.to_owned(),
    }
}

/// The lines of a rule that is typed, be it this one or one that it wraps.
fn lines(optimizer: &OptimizerChoice) -> Option<&str> {
    match optimizer {
        OptimizerChoice::Rule(rule) => Some(rule.text()),
        other => lines(other.inner()?),
    }
}

fn told(parameter: &Parameter, values: [Value; 2]) -> [String; 2] {
    match values {
        [Value::Number(from), Value::Number(to)] => apart([from, to]),
        values => values.map(|value| match value {
            Value::Number(number) => precise(number),
            Value::Switch(on) => if on { "on" } else { "off" }.to_owned(),
            Value::Choice(index) => parameter.form(index).unwrap_or_default(),
        }),
    }
}

fn batch(batch: &Batch) -> String {
    match batch {
        Batch::Full => "all rows".to_owned(),
        Batch::Sample => "1 row".to_owned(),
        Batch::MiniBatch(size) => format!("{} rows", count(*size)),
        Batch::Rows(_) => "listed rows".to_owned(),
    }
}
