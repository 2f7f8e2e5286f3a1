//! What two races have where they differ, in words.

mod surface;

use super::{Aspect, Difference};
use crate::experiment::{Batch, Color, Experiment, Plan, Racer, Schedule};
use crate::number::{apart, count, precise};
use crate::optimizer::{OptimizerChoice, Parameter, Role, Value, spelled};

/// Returns the differences in what all racers share.
pub fn of_races(theirs: &Experiment, mine: &Experiment) -> Vec<Difference> {
    let both = [theirs, mine];
    let mut list = Vec::new();
    let mut add = |aspect: Aspect, what: &str, values: [String; 2]| {
        list.push(Difference::new(aspect, what, values));
    };
    if theirs.surface != mine.surface {
        let values = surface::values(both.map(|it| &it.surface));
        add(Aspect::Surface, "Surface", values);
    } else if theirs.shape.condition != mine.shape.condition {
        let values = match both.map(|it| it.shape.condition) {
            [Some(theirs), Some(mine)] => numbers([theirs, mine]),
            values => values.map(|it| it.map_or("as defined".to_owned(), precise)),
        };
        add(Aspect::Condition, "Condition number", values);
    }
    if theirs.shape.rotation != mine.shape.rotation {
        let values = numbers(both.map(|it| it.shape.rotation));
        let values = values.map(|angle| format!("{angle}°"));
        add(Aspect::Rotation, "Rotation of the surface", values);
    }
    if theirs.start != mine.start {
        let [xs, ys] = [0, 1].map(|axis: usize| numbers(both.map(|it| it.start[axis])));
        let points = xs.into_iter().zip(ys).map(|(x, y)| format!("({x}, {y})"));
        let mut points = points.collect::<Vec<_>>().into_iter();
        let values = [(); 2].map(|()| points.next().unwrap_or_default());
        add(Aspect::Start, "Start", values);
    }
    if theirs.steps != mine.steps {
        add(Aspect::Steps, "Steps", both.map(|it| count(it.steps)));
    }
    if theirs.seed != mine.seed {
        add(Aspect::Seed, "Seed", both.map(|it| it.seed.to_string()));
    }
    if theirs.seeds != mine.seeds {
        add(Aspect::Seeds, "Seeds", both.map(|it| count(it.seeds)));
    }
    list
}

/// Returns the differences in titles and notes.
pub fn of_descriptions(theirs: &Experiment, mine: &Experiment) -> Vec<Difference> {
    let both = [theirs, mine];
    let mut list = Vec::new();
    if theirs.title != mine.title {
        let values = unlike(both.map(|it| quoted(&it.title)));
        list.push(Difference::new(Aspect::Title, "Title", values));
    }
    if theirs.notes != mine.notes {
        let values = unlike(both.map(|it| quoted(&it.notes)));
        list.push(Difference::new(Aspect::Notes, "Notes", values));
    }
    list
}

/// Returns the beginning of a text in quotation marks.
fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.chars().nth(MOST) {
        _ if text.is_empty() => "none".to_owned(),
        None => format!("“{text}”"),
        Some(_) => format!("“{}…”", text.chars().take(MOST).collect::<String>()),
    }
}

/// Tells two texts apart that are the same, although what they describe is not.
pub fn unlike([theirs, mine]: [String; 2]) -> [String; 2] {
    if theirs == mine {
        let mine = format!("another: {mine}");
        [theirs, mine]
    } else {
        [theirs, mine]
    }
}

/// Returns two different numbers with as many digits as tell them apart.
pub fn numbers(values: [f64; 2]) -> [String; 2] {
    apart(values)
}

pub fn either(is: bool, yes: &str, no: &str) -> String {
    if is { yes } else { no }.to_owned()
}

pub fn name(racer: &Racer) -> String {
    match &racer.appearance.name {
        Some(name) => quoted(name),
        None => format!("{}, by its rule", racer.plan.optimizer.rule().title()),
    }
}

pub fn color(color: Option<Color>) -> String {
    color.map_or("the usual one".to_owned(), |color| color.to_string())
}

/// Returns the title of a rule and of those that it wraps.
pub fn rule(optimizer: &OptimizerChoice) -> String {
    let title = optimizer.rule().title();
    match (optimizer.inner(), optimizer.vectors()) {
        (Some(inner), _) => format!("{title} around {}", rule(inner)),
        (None, Some(vectors)) => format!("{title} with {} for the biases", rule(vectors)),
        (None, None) => title.to_owned(),
    }
}

/// Returns the groups with their rules.
pub fn groups(plan: &Plan) -> String {
    let groups = plan.groups.iter().map(|group| {
        let block = spelled(&group.block);
        format!("{block} by {}", rule(&group.optimizer))
    });
    match groups.collect::<Vec<_>>().join("; ") {
        none if none.is_empty() => "none".to_owned(),
        groups => groups,
    }
}

/// Returns the name of a hyper-parameter, with its symbol unless it is the learning rate.
pub fn parameter(parameter: &Parameter) -> String {
    match parameter.role {
        Role::Rate => parameter.label(),
        _ => parameter.label_with_sign(),
    }
}

/// Returns the values of a hyper-parameter.
pub fn values(parameter: &Parameter, values: [Value; 2]) -> [String; 2] {
    match values {
        [Value::Number(theirs), Value::Number(mine)] => numbers([theirs, mine]),
        values => values.map(|value| match value {
            Value::Number(number) => precise(number),
            Value::Switch(on) => either(on, "on", "off"),
            Value::Choice(index) => parameter.form(index).unwrap_or_default(),
        }),
    }
}

/// Returns the schedules: their kinds, or else the numbers in which they differ.
pub fn schedules(both: [&Schedule; 2]) -> [String; 2] {
    let [theirs, mine] = both;
    unlike([theirs.beside(mine), mine.beside(theirs)])
}

/// Returns the changes during the race.
pub fn edits(plan: &Plan) -> String {
    let rule = plan.optimizer.rule();
    let named = |name: &str| {
        let known = rule.find(name).and_then(|index| rule.parameter(index));
        known.map_or_else(|| spelled(name), |it| parameter(&it))
    };
    let edits = plan.edits.iter().map(|edit| {
        let (name, value) = (named(&edit.parameter), precise(edit.value));
        format!("{name} {value} from step {}", count(edit.step))
    });
    match edits.collect::<Vec<_>>().join("; ") {
        none if none.is_empty() => "none".to_owned(),
        edits => edits,
    }
}

pub fn batch(batch: &Batch) -> String {
    match batch {
        Batch::Full => "all rows".to_owned(),
        Batch::Sample => "1 row".to_owned(),
        Batch::MiniBatch(1) => "batches of 1 row".to_owned(),
        Batch::MiniBatch(size) => format!("batches of {} rows", count(*size)),
        Batch::Rows(lists) if lists.len() == 1 => "rows listed for 1 step".to_owned(),
        Batch::Rows(lists) => format!("rows listed for {} steps", count(lists.len())),
    }
}
