//! What a change did, in plain words.

use super::change::Change;
use super::group_change::{GroupChange, block_label};
use super::ids::RacerId;
use super::lineup::Lineup;
use super::network_words;
use crate::experiment::{Batch, Experiment, Plan, Racer};
use crate::number::precise;
use crate::optimizer::{OptimizerChoice, Origin, Parameter, Value};

/// Describes a change that led from one lineup to another: "learning rate of Adam 0.1 → 0.3". If the
/// change ended a gesture, `before` is the lineup at the start of the gesture.
#[must_use]
pub fn story(change: &Change, before: &Lineup, after: &Lineup) -> String {
    let name = |id: RacerId| after.title_of(id).unwrap_or_default();
    let old_name = |id: RacerId| before.title_of(id).unwrap_or_default();
    let [was, is] = [before, after].map(Lineup::experiment);
    match change {
        Change::Title(_) => format!("Title “{}”", is.title),
        Change::Notes(_) => "Notes".to_owned(),
        Change::Surface(_) => format!("Surface {}", network_words::name(&is.surface)),
        Change::Formula(change) => change.story([&was.surface, &is.surface]),
        Change::Rotation(_) => {
            let angle = |it: &Experiment| format!("{}°", precise(it.shape.rotation));
            format!("Rotation {} → {}", angle(was), angle(is))
        }
        Change::Condition(condition) => format!("Condition number {}", precise(*condition)),
        Change::OffRidge(_) | Change::Start(_) => {
            format!("Start {} → {}", point(was.start), point(is.start))
        }
        Change::Steps(_) => format!("Steps {} → {}", was.steps, is.steps),
        Change::Seeds(_) => format!("Seeds {} → {}", was.seeds, is.seeds),
        Change::Seed(_) => format!("Seed {} → {}", was.seed, is.seed),
        Change::Add(_) => {
            let added = after.ids().last();
            format!("Add {}", added.map_or_else(String::new, |&id| name(id)))
        }
        Change::Duplicate(id) => format!("Duplicate {}", old_name(*id)),
        Change::Remove(id) => format!("Remove {}", old_name(*id)),
        Change::Reorder(id, _) => format!("Move {}", name(*id)),
        Change::Name(id, _) => format!("Rename {} to {}", old_name(*id), name(*id)),
        Change::Visible(id, true) => format!("Show {}", name(*id)),
        Change::Visible(id, false) => format!("Hide {}", name(*id)),
        Change::Color(id, _) => format!("Colour of {}", name(*id)),
        Change::Optimizer(id, optimizer) => {
            format!("{} becomes {}", old_name(*id), optimizer.rule().title())
        }
        Change::Rule(id, change) => {
            let own = |it: &'_ Lineup| {
                it.racer(*id)
                    .and_then(|it| it.plan.optimizer.own_rule().cloned())
            };
            let [was, is] = [before, after].map(own);
            change.story([was.as_ref(), is.as_ref()])
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
            let whose = if *linked {
                "all racers".to_owned()
            } else {
                name(*racer)
            };
            let optimizers =
                [before, after].map(|it| it.racer(*racer).map(|it| &it.plan.optimizer));
            parameter_story(optimizers, *parameter, &whose)
        }
        Change::Group(id, index, change) => {
            let plans = [before, after].map(|it| it.racer(*id).map(|it| &it.plan));
            group_story(change, *index, plans, &name(*id))
        }
        Change::Tune(_) => "Set every racer to its best rate".to_owned(),
        Change::Edit(id, edit) => {
            let label = label_of(after.racer(*id), &edit.parameter);
            let (name, value) = (name(*id), precise(edit.value));
            format!("{label} of {name} {value} from step {}", edit.step)
        }
        Change::RemoveEdit { racer, .. } => format!("Remove a change of {}", name(*racer)),
        Change::Edits(id, _) => format!("Changes of {} during the race", name(*id)),
        Change::Batch(id, batch) => match batch {
            Batch::Full => format!("{} uses all rows", name(*id)),
            Batch::Sample => format!("{} uses 1 row", name(*id)),
            Batch::MiniBatch(size) => format!("Batch size of {} {size}", name(*id)),
            Batch::Rows(_) => format!("{} uses listed rows", name(*id)),
        },
        Change::Replacement(id, true) => format!("{} samples with replacement", name(*id)),
        Change::Replacement(id, false) => format!("{} samples without replacement", name(*id)),
        Change::Noise(id, noise) => format!("Noise of {} {}", name(*id), precise(*noise)),
        Change::Schedule(id, schedule) => {
            format!("Schedule of {}: {}", name(*id), schedule.title())
        }
        Change::Take(take) => take.words.clone(),
        Change::ScaleRates(factor) => format!("All learning rates × {}", precise(*factor)),
    }
}

fn group_story(
    change: &GroupChange,
    index: usize,
    plans: [Option<&Plan>; 2],
    racer: &str,
) -> String {
    let GroupChange::Parameter(parameter, _) = change else {
        return change.story(index, plans, racer);
    };
    let groups = plans.map(|plan| plan?.groups.get(index));
    let block = groups[1].map_or_else(String::new, block_label);
    let optimizers = groups.map(|group| group.map(|it| &it.optimizer));
    parameter_story(optimizers, *parameter, &format!("{racer}, {block},"))
}

fn parameter_story(optimizers: [Option<&OptimizerChoice>; 2], index: usize, whose: &str) -> String {
    let value = |optimizer: Option<&OptimizerChoice>| {
        let rule = optimizer?.rule();
        Some(written(&rule.parameter(index)?, rule.get(index)?))
    };
    let parameter = optimizers[1].and_then(|optimizer| optimizer.rule().parameter(index));
    let label = parameter.map_or_else(String::new, |it| it.label());
    let [from, to] = optimizers.map(|it| value(it).unwrap_or_default());
    format!("{label} of {whose} {from} → {to}")
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

fn point([x, y]: [f64; 2]) -> String {
    format!("({}, {})", precise(x), precise(y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset;

    #[test]
    fn changes_are_told_in_plain_words() {
        let before = Lineup::new(preset::load_built_in("radford-beale").unwrap().experiment);
        let momentum = before.ids()[1];
        let parameter = |parameter: usize, number: f64, linked: bool| Change::Parameter {
            racer: momentum,
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
            (Change::Seeds(20), "Seeds 1 → 20"),
            (Change::Start([1.0, 2.0]), "Start (1, 1.6) → (1, 2)"),
            (Change::Remove(momentum), "Remove Momentum"),
            (Change::Duplicate(momentum), "Duplicate Momentum"),
            (Change::Visible(momentum, false), "Hide Momentum"),
            (Change::add(adam.clone()), "Add AdamW"),
            (
                Change::Optimizer(momentum, adam.clone()),
                "Momentum becomes AdamW",
            ),
            (
                Change::Name(momentum, Some("Ball".into())),
                "Rename Momentum to Ball",
            ),
            (Change::ScaleRates(2.0), "All learning rates × 2"),
            (Change::Title("Mine".into()), "Title “Mine”"),
        ];
        for (change, expected) in expected {
            let after = change.clone().applied(&before);
            assert_eq!(story(&change, &before, &after), expected);
        }
    }
}
