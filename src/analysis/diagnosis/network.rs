//! What the losses and the hidden units of a network show.

use super::{Finding, FindingKind, Situation};
use crate::analysis::{Evaluation, evaluations};
use crate::network::Activation;
use crate::number::short;

/// The losses of a network where they were evaluated up to the step.
struct Losses {
    steps: Vec<usize>,
    train: Vec<f64>,
    test: Vec<f64>,
}

impl Losses {
    fn of(it: &Situation) -> Self {
        let seen = evaluations(it.path).into_iter();
        let seen: Vec<Evaluation> = seen.take_while(|seen| seen.step <= it.step()).collect();
        let train = seen.iter().filter_map(|seen| it.path.loss.get(seen.point));
        let test = seen
            .iter()
            .filter_map(|seen| it.path.scores.get(seen.point));
        Self {
            train: train.copied().collect(),
            test: test.map(|scores| scores.test_loss).collect(),
            steps: seen.into_iter().map(|seen| seen.step).collect(),
        }
    }

    /// Where an evaluation took place, in words.
    fn place(&self, it: &Situation, index: usize) -> String {
        let step = self.steps.get(index).copied().unwrap_or_default();
        format!("epoch {}", short(it.path.epochs_at(step)))
    }
}

/// A whole layer that is 0 for every row: what the network says no longer depends on its inputs.
pub fn dead_layer(it: &Situation) -> Option<Finding> {
    let evidence = it.network.as_ref()?;
    let [first, now] = &evidence.activity;
    let layer = now
        .iter()
        .position(|it| it.units > 0 && it.dead == it.units)?;
    let was_dead = first.get(layer).is_some_and(|it| it.dead == it.units);
    let what = format!(
        "All {} units of hidden layer {} are dead: they are 0 for every row, so the network says \
         the same of all rows, and no gradient reaches the layers below.",
        now.get(layer)?.units,
        layer + 1
    );
    Some(Finding::new(
        FindingKind::DeadLayer,
        what,
        Some(revive(it, was_dead)),
    ))
}

/// Units that are cut off for every row.
pub fn dead_units(it: &Situation) -> Option<Finding> {
    let evidence = it.network.as_ref()?;
    let [first, now] = &evidence.activity;
    let [before, dead] = [first, now].map(|layers| layers.iter().map(|it| it.dead).sum::<usize>());
    let units: usize = now.iter().map(|it| it.units).sum();
    let is_told = now.iter().any(|it| it.units > 0 && it.dead == it.units);
    if dead == 0 || is_told {
        return None;
    }
    let what = format!(
        "{} dead: ReLU cuts {} to 0 for every row, so no gradient reaches {} weights.",
        of_units(dead, units),
        if dead == 1 { "it" } else { "them" },
        if dead == 1 { "its" } else { "their" },
    );
    Some(Finding::new(
        FindingKind::DeadUnits,
        what,
        Some(revive(it, before >= dead)),
    ))
}

/// What helps against dead units.
fn revive(it: &Situation, were_dead: bool) -> String {
    if were_dead {
        return "It began like this: try another seed, other initial weights, or SiLU, which never \
                cuts off completely."
            .to_owned();
    }
    lower(it).unwrap_or_else(|| {
        "A lower learning rate, other initial weights, or SiLU, which never cuts off completely, \
         may keep them alive."
            .to_owned()
    })
}

/// Units that are at the flat ends of their curve for every row.
pub fn saturated_units(it: &Situation) -> Option<Finding> {
    let evidence = it.network.as_ref()?;
    let [_, now] = &evidence.activity;
    let saturated: usize = now.iter().map(|it| it.saturated).sum();
    let units: usize = now.iter().map(|it| it.units).sum();
    if saturated == 0 {
        return None;
    }
    let ends = match evidence.activation {
        Activation::Tanh => "beyond ±0.99",
        _ => "within 0.01 of 0 or 1",
    };
    let what = format!(
        "{} saturated: {ends} for every row, where the curve is flat and hardly any gradient gets \
         through.",
        of_units(saturated, units)
    );
    let advice = lower(it).unwrap_or_else(|| {
        "A lower learning rate, smaller initial weights or weight decay keep units on the steep \
         part of the curve."
            .to_owned()
    });
    Some(Finding::new(
        FindingKind::SaturatedUnits,
        what,
        Some(advice),
    ))
}

/// "3 of 16 hidden units (19 %) are"
fn of_units(count: usize, units: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!(
        "{count} of {units} hidden units ({} %) {verb}",
        (100 * count + units / 2) / units.max(1)
    )
}

/// A lower rate, if the race then ends lower.
fn lower(it: &Situation) -> Option<String> {
    let rate = it.learning_rate();
    it.advice(it.rates([rate / 3.0, rate / 10.0]))
}

/// The loss rises over the rows that are only used to test, and falls over the others.
pub fn overfitting(it: &Situation) -> Option<Finding> {
    const FEWEST: usize = 8;
    let losses = Losses::of(it);
    let last = losses.test.len().checked_sub(1)?;
    let tested = losses.test.iter().enumerate();
    let tested = tested.filter(|(_, loss)| loss.is_finite());
    let (best, &lowest) = tested.min_by(|a, b| a.1.total_cmp(b.1))?;
    // One high value may be chance; three in a row are not.
    let recent = losses.test.get(last.checked_sub(2)?..)?;
    let has_risen = recent.iter().all(|loss| *loss > 1.05 * lowest);
    let [then, now] = [best, last].map(|index| losses.train.get(index).copied());
    let (then, now) = (then?, now?);
    if last < FEWEST || !has_risen || now > 0.95 * then {
        return None;
    }
    let place = losses.place(it, best);
    let what = format!(
        "The test loss has risen from {} in {place} to {}, while the training loss fell from {} to \
         {}: it learns its rows by heart.",
        short(lowest),
        short(*losses.test.last()?),
        short(then),
        short(now),
    );
    let advice = format!("Stop in {place}, or use fewer units, weight decay or more rows.");
    Some(Finding::new(FindingKind::Overfitting, what, Some(advice)))
}

/// The loss rises and falls by turns.
pub fn jumping(it: &Situation) -> Option<Finding> {
    /// The number of latest evaluations that count.
    const LATEST: usize = 12;
    let losses = Losses::of(it);
    let latest = losses
        .train
        .get(losses.train.len().checked_sub(LATEST)?..)?;
    let changes: Vec<f64> = latest.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rises: Vec<f64> = changes.iter().copied().filter(|it| *it > 0.0).collect();
    let way: f64 = changes.iter().map(|it| it.abs()).sum();
    let progress = latest.first()? - latest.last()?;
    let mean = latest.iter().sum::<f64>() / f64::from(u8::try_from(LATEST).unwrap_or(u8::MAX));
    let highest = rises.iter().copied().fold(0.0, f64::max);
    if rises.len() < 4 || highest < 0.1 * mean || progress > 0.3 * way {
        return None;
    }
    let what = format!(
        "The training loss jumps: it rose after {} of the last {} evaluations, by up to {}.",
        rises.len(),
        changes.len(),
        short(highest)
    );
    let is_full = it.plan.batch.is_full();
    let advice = lower(it).unwrap_or_else(|| {
        if is_full {
            "Lower the learning rate.".to_owned()
        } else {
            "Lower the learning rate, or let each step use more rows.".to_owned()
        }
    });
    Some(Finding::new(FindingKind::Jumping, what, Some(advice)))
}

/// The loss has stopped to fall, though not near 0.
pub fn stalled(it: &Situation) -> Option<Finding> {
    const FEWEST: usize = 12;
    let losses = Losses::of(it);
    let last = losses.train.len().checked_sub(1)?;
    if last < FEWEST {
        return None;
    }
    let from = last - last / 3;
    let [start, then, now] = [0, from, last].map(|index| losses.train.get(index).copied());
    let (start, then, now) = (start?, then?, now?);
    let has_stopped = then - now < 0.005 * then && now - then < 0.02 * then;
    if !has_stopped || now < 0.1 * start {
        return None;
    }
    let what = format!(
        "The training loss has hardly moved since {}: from {} to {}.",
        losses.place(it, from),
        short(then),
        short(now)
    );
    let rate = it.learning_rate();
    let advice = it.advice(it.rates([3.0 * rate, 10.0 * rate, rate / 3.0]));
    Some(Finding::new(FindingKind::Stalled, what, advice))
}
