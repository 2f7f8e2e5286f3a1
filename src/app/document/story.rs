//! What a change did, in plain words.

use super::change::Change;
use crate::experiment::{Batch, Experiment, Racer};
use crate::number::precise;
use crate::optimizer::{Origin, Parameter, Value};

/// Describes a change that led from one experiment to another: "learning rate of Adam 0.1 → 0.3".
/// If the change ended a gesture, `before` is the experiment at the start of the gesture.
#[must_use]
pub fn story(change: &Change, before: &Experiment, after: &Experiment) -> String {
    let name = |index: usize| name(after, index);
    match change {
        Change::Surface(_) => format!("Surface {}", title(after)),
        Change::Rotation(_) => {
            let angle = |it: &Experiment| format!("{}°", precise(it.shape.rotation));
            format!("Rotation {} → {}", angle(before), angle(after))
        }
        Change::Condition(condition) => format!("Condition number {}", precise(*condition)),
        Change::OffRidge(_) | Change::Start(_) => {
            format!("Start {} → {}", point(before.start), point(after.start))
        }
        Change::Steps(_) => format!("Steps {} → {}", before.steps, after.steps),
        Change::Add(_) | Change::AddRacer(_) => {
            format!("Add {}", name(after.racers.len().saturating_sub(1)))
        }
        Change::Duplicate(index) => format!("Duplicate {}", self::name(before, *index)),
        Change::Remove(index) => format!("Remove {}", self::name(before, *index)),
        Change::Reorder { to, .. } => format!("Move {}", name(*to)),
        Change::Name(index, _) => {
            format!("Rename {} to {}", self::name(before, *index), name(*index))
        }
        Change::Visible(index, true) => format!("Show {}", name(*index)),
        Change::Visible(index, false) => format!("Hide {}", name(*index)),
        Change::Color(index, _) => format!("Colour of {}", name(*index)),
        Change::Optimizer(index, optimizer) => {
            let rule = optimizer.rule().about().title;
            format!("{} becomes {rule}", self::name(before, *index))
        }
        Change::Defaults { racer, library, .. } => match library {
            Origin::Paper => format!("{} as published", name(*racer)),
            library => format!("{} as in {}", name(*racer), library.label()),
        },
        Change::Parameter {
            racer,
            parameter,
            linked,
            ..
        } => {
            let text = parameter_story(before, after, *racer, *parameter);
            if *linked {
                text.replacen(&format!(" of {}", name(*racer)), " of all racers", 1)
            } else {
                text
            }
        }
        Change::Edit(index, edit) => {
            let label = label_of(after.racers.get(*index), &edit.parameter);
            let (name, value) = (name(*index), precise(edit.value));
            format!("{label} of {name} {value} from step {}", edit.step)
        }
        Change::RemoveEdit(index, _) => format!("Remove a change of {}", name(*index)),
        Change::Batch(index, batch) => match batch {
            Batch::Full => format!("{} uses all rows", name(*index)),
            Batch::Sample => format!("{} uses 1 row", name(*index)),
            Batch::MiniBatch(size) => format!("Batch size of {} {size}", name(*index)),
            Batch::Rows(_) => format!("{} uses listed rows", name(*index)),
        },
        Change::Replacement(index, true) => {
            format!("{} samples with replacement", name(*index))
        }
        Change::Replacement(index, false) => {
            format!("{} samples without replacement", name(*index))
        }
        Change::Noise(index, noise) => format!("Noise of {} {}", name(*index), precise(*noise)),
        Change::Schedule(index, schedule) => {
            format!("Schedule of {}: {}", name(*index), schedule.title())
        }
        Change::ScaleRates(factor) => format!("All learning rates × {}", precise(*factor)),
    }
}

fn parameter_story(before: &Experiment, after: &Experiment, racer: usize, index: usize) -> String {
    let value = |it: &Experiment| {
        let rule = it.racers.get(racer)?.plan.optimizer.rule();
        Some(written(&rule.parameter(index)?, rule.get(index)?))
    };
    let parameter = after
        .racers
        .get(racer)
        .and_then(|racer| racer.plan.optimizer.rule().parameter(index));
    let label = parameter.map_or_else(String::new, |it| it.label());
    let [from, to] = [before, after].map(|it| value(it).unwrap_or_default());
    format!("{label} of {} {from} → {to}", name(after, racer))
}

/// The value of a parameter as the window shows it.
fn written(parameter: &Parameter, value: Value) -> String {
    match value {
        Value::Number(number) => precise(number),
        Value::Switch(true) => "on".to_owned(),
        Value::Switch(false) => "off".to_owned(),
        Value::Choice(index) => parameter.form(index).unwrap_or_default(),
    }
}

fn label_of(racer: Option<&Racer>, parameter: &str) -> String {
    let found = racer.and_then(|racer| {
        let rule = racer.plan.optimizer.rule();
        rule.parameter(rule.find(parameter)?)
    });
    found.map_or_else(|| parameter.to_owned(), |it| it.label())
}

fn name(experiment: &Experiment, index: usize) -> String {
    let names = experiment.titles();
    names.into_iter().nth(index).unwrap_or_default()
}

fn title(experiment: &Experiment) -> &'static str {
    experiment.surface.about().title
}

fn point([x, y]: [f64; 2]) -> String {
    format!("({}, {})", precise(x), precise(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::OptimizerChoice;
    use crate::preset;

    /// Returns the story of a change of Radford's Beale, whose second racer is Momentum.
    fn told(change: &Change) -> String {
        let before = preset::load_built_in("radford-beale").unwrap().experiment;
        let after = change.clone().applied(&before);
        story(change, &before, &after)
    }

    #[test]
    fn changes_are_told_in_plain_words() {
        let parameter = |parameter: usize, number: f64, linked: bool| Change::Parameter {
            racer: 1,
            parameter,
            value: Value::Number(number),
            linked,
        };
        let adam = OptimizerChoice::all()
            .iter()
            .find(|it| it.rule().about().name == "AdamW")
            .unwrap();
        let expected = [
            (
                parameter(0, 0.003, false),
                "learning rate of Momentum 0.001 → 0.003",
            ),
            (
                parameter(0, 0.003, true),
                "learning rate of all racers 0.001 → 0.003",
            ),
            (Change::Steps(300), "Steps 200 → 300"),
            (Change::Start([1.0, 2.0]), "Start (1, 1.6) → (1, 2)"),
            (Change::Remove(1), "Remove Momentum"),
            (Change::Duplicate(1), "Duplicate Momentum"),
            (Change::Visible(1, false), "Hide Momentum"),
            (Change::Add(adam.clone()), "Add AdamW"),
            (
                Change::AddRacer(Box::new(Racer::new(adam.clone()))),
                "Add AdamW",
            ),
            (Change::Optimizer(1, adam.clone()), "Momentum becomes AdamW"),
            (
                Change::Name(1, Some("Ball".into())),
                "Rename Momentum to Ball",
            ),
            (Change::ScaleRates(2.0), "All learning rates × 2"),
        ];
        for (change, expected) in expected {
            assert_eq!(told(&change), expected);
        }
    }
}
