//! All weights of a network in a step: their effective rates, their values, their gradients.

use egui::{Color32, RichText, Ui};

use crate::analysis::{Histogram, Spectrum, WeightStep};
use crate::app::caches::insight::Insight;
use crate::app::desk::{Desk, OfWeights};
use crate::app::document::ids::RacerId;
use crate::app::widgets::{Segment, segments};
use crate::experiment::Racer;
use crate::number::{count, short};
use crate::optimizer::Family;
use crate::view::histogram::HistogramChart;
use crate::view::racer_looks;
use crate::view::spectra::SpectraChart;

/// The height of the histogram.
const HEIGHT: f32 = 96.0;

/// What there is to see; the last only where a rule makes singular values alike.
const CHOICES: [(OfWeights, &str, &str); 4] = [
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
    (
        OfWeights::Singular,
        "singular",
        "The singular values of each matrix of weights in this step, before and after the rule \
         makes them alike",
    ),
];

/// Shows one of the histograms, or singular values; `waiting` says why nothing is known yet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, racer: &Racer, waiting: &str) {
    let offered = offered(racer);
    let wanted = desk.caches.of_weights;
    let now = if offered.iter().any(|(choice, ..)| *choice == wanted) {
        wanted
    } else {
        OfWeights::default()
    };
    match desk.caches.insight.of(id) {
        Some(Insight {
            spectra: Some(spectra),
            ..
        }) if now == OfWeights::Singular => singular(ui, desk, id, spectra),
        Some(Insight {
            weights: Some(weights),
            anatomy,
            ..
        }) if now != OfWeights::Singular => {
            chosen(ui, desk, now, id, racer, weights, anatomy.learning_rate);
        }
        _ => {
            ui.set_min_height(HEIGHT);
            ui.label(RichText::new(waiting).size(12.0).color(desk.colors.dim));
        }
    }
    ui.add_space(4.0);
    let segment =
        |&(choice, title, help): &(_, _, _)| Segment::new(title, choice == now).help(help);
    let choices: Vec<Segment<'_>> = offered.iter().map(segment).collect();
    let width = ui.available_width();
    let clicked = segments(ui, desk.colors, Some(width), &choices);
    if let Some((choice, ..)) = clicked.and_then(|index| offered.get(index)) {
        desk.caches.of_weights = *choice;
    }
}

/// Returns what there is to see of a racer.
fn offered(racer: &Racer) -> &'static [(OfWeights, &'static str, &'static str)] {
    if Spectrum::exist(&racer.plan) {
        &CHOICES
    } else {
        &CHOICES[..CHOICES.len() - 1]
    }
}

/// Shows the singular values of every matrix in the step, before and after.
fn singular(ui: &mut Ui, desk: &Desk<'_>, id: RacerId, spectra: &[Spectrum]) {
    ui.label(RichText::new("Singular values of the step").size(13.0));
    if spectra.is_empty() {
        let text = "None of them is a number that could be shown.";
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
        return;
    }
    ui.add_space(4.0);
    SpectraChart {
        colors: desk.colors,
        color: color_of(desk, id),
        spectra,
    }
    .show(ui);
    let text = "Above, the direction of each matrix, scaled to length 1; below, that of the \
                step taken.";
    ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
}

/// Shows the chosen histogram and says in words what it shows.
fn chosen(
    ui: &mut Ui,
    desk: &Desk<'_>,
    what: OfWeights,
    id: RacerId,
    racer: &Racer,
    weights: &WeightStep,
    rate: Option<f64>,
) {
    let all = count(weights.count);
    let (title, found) = match what {
        OfWeights::Value => (format!("Values of {all} weights"), &weights.weights),
        OfWeights::Gradient => {
            // Groups have gradients of their own.
            let told = weights.gradients.as_ref();
            let told = told.map_or(weights.count, Histogram::all);
            let title = format!("Sizes of {} gradients", count(told));
            (title, &weights.gradients)
        }
        OfWeights::Rate | OfWeights::Singular => {
            // What the racer's own rule moves; a matrix rule has rates only for the rest.
            let blocks = desk.document.race.surface().blocks();
            let own = racer.plan.weights_of_each(blocks).first().copied();
            let own = own.unwrap_or(weights.count);
            let rated = weights.rates.as_ref().map_or(own, Histogram::all);
            let title = format!("Effective rates of {} weights", count(rated));
            (title, &weights.rates)
        }
    };
    ui.label(RichText::new(&title).size(13.0));
    let Some(found) = found else {
        let text = without(what, racer, rate);
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
        return;
    };
    let sentence = in_words(found);
    HistogramChart {
        colors: desk.colors,
        color: color_of(desk, id),
        histogram: found,
        height: HEIGHT,
        text: &format!("{title}: {sentence}"),
    }
    .show(ui);
    ui.label(RichText::new(sentence).size(12.0).color(desk.colors.dim));
}

/// Returns the colour of a racer.
fn color_of(desk: &Desk<'_>, id: RacerId) -> Color32 {
    let looks = racer_looks(desk.document.race.experiment(), desk.colors);
    let index = desk.document.race.lineup().index_of(id);
    let look = index.and_then(|index| looks.get(index));
    look.map_or(desk.colors.family(Family::Squares), |look| look.color)
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
    let title = racer.plan.optimizer.rule().title();
    match (what, rate) {
        (OfWeights::Rate, Some(rate)) => format!(
            "{title} has no rate for each weight: all of them share the learning rate {}.",
            short(rate)
        ),
        (OfWeights::Rate, None) => format!("{title} has no rate for each weight."),
        _ => "None of them is a number that could be shown.".to_owned(),
    }
}
