//! All weights of a network in a step: their effective rates, their values, their gradients.

use egui::{RichText, Ui};

use crate::analysis::{Histogram, WeightStep};
use crate::app::desk::{Desk, OfWeights};
use crate::app::document::ids::RacerId;
use crate::app::widgets::{Segment, segments};
use crate::experiment::Racer;
use crate::number::{count, short};
use crate::optimizer::Family;
use crate::view::histogram::HistogramChart;
use crate::view::racer_looks;

/// The height of the histogram.
const HEIGHT: f32 = 96.0;

/// What there is to see.
const CHOICES: [(OfWeights, &str, &str); 3] = [
    (
        OfWeights::Rate,
        "rates",
        "By what each component of the gradient, or of its average, is multiplied",
    ),
    (OfWeights::Value, "weights", "The weights before the step"),
    (
        OfWeights::Gradient,
        "gradients",
        "The sizes of the components of the gradient",
    ),
];

/// Shows one of the histograms; `waiting` says why nothing is known yet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, racer: &Racer, waiting: &str) {
    let now = desk.caches.of_weights;
    let insight = desk.caches.insight.of(id);
    match insight
        .and_then(|insight| Some((insight.weights.as_ref()?, insight.anatomy.learning_rate)))
    {
        Some((weights, rate)) => chosen(ui, desk, id, racer, weights, rate),
        None => {
            ui.set_min_height(HEIGHT);
            ui.label(RichText::new(waiting).size(12.0).color(desk.colors.dim));
        }
    }
    ui.add_space(4.0);
    let choices =
        CHOICES.map(|(choice, title, help)| Segment::new(title, choice == now).help(help));
    let width = ui.available_width();
    if let Some(chosen) = segments(ui, desk.colors, Some(width), &choices) {
        desk.caches.of_weights = CHOICES[chosen].0;
    }
}

/// Shows the chosen histogram and says in words what it shows.
fn chosen(
    ui: &mut Ui,
    desk: &Desk<'_>,
    id: RacerId,
    racer: &Racer,
    weights: &WeightStep,
    rate: Option<f64>,
) {
    let all = count(weights.count);
    let (title, found) = match desk.caches.of_weights {
        OfWeights::Rate => {
            // A group of weights may have a rule without rates of their own.
            let rated = weights.rates.as_ref().map_or(weights.count, Histogram::all);
            let title = format!("Effective rates of {} weights", count(rated));
            (title, &weights.rates)
        }
        OfWeights::Value => (format!("Values of {all} weights"), &weights.weights),
        OfWeights::Gradient => (format!("Sizes of {all} gradients"), &weights.gradients),
    };
    ui.label(RichText::new(&title).size(13.0));
    let Some(found) = found else {
        let text = without(desk.caches.of_weights, racer, rate);
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
        return;
    };
    let looks = racer_looks(desk.document.race.experiment(), desk.colors);
    let index = desk.document.race.lineup().index_of(id);
    let look = index.and_then(|index| looks.get(index));
    let color = look.map_or(desk.colors.family(Family::Squares), |look| look.color);
    let sentence = in_words(found);
    HistogramChart {
        colors: desk.colors,
        color,
        histogram: found,
        height: HEIGHT,
        text: &format!("{title}: {sentence}"),
    }
    .show(ui);
    ui.label(RichText::new(sentence).size(12.0).color(desk.colors.dim));
}

/// Returns what a histogram shows, in words.
fn in_words(of: &Histogram) -> String {
    let [low, high] = of.range.map(short);
    let text = if low == high {
        format!("All are {low}.")
    } else {
        format!("Median {}, from {low} to {high}.", short(of.median))
    };
    match of.left_out {
        0 => text,
        1 => format!("{text} One is 0 or no number."),
        more => format!("{text} {} are 0 or no numbers.", count(more)),
    }
}

/// Returns why there is no histogram.
fn without(what: OfWeights, racer: &Racer, rate: Option<f64>) -> String {
    let title = racer.plan.optimizer.rule().about().title;
    match (what, rate) {
        (OfWeights::Rate, Some(rate)) => format!(
            "{title} has no rate for each weight: all of them share the learning rate {}.",
            short(rate)
        ),
        (OfWeights::Rate, None) => format!("{title} has no rate for each weight."),
        _ => "None of them is a number that could be shown.".to_owned(),
    }
}
