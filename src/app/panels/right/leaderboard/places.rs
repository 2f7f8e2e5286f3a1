//! The racers in their order, with what is shown about each.

use super::of_network::Columns;
use super::or_dash;
use crate::analysis::{Duel, Quantiles, Ranking, Standing};
use crate::app::desk::Desk;
use crate::app::document::Shown;
use crate::simulation::Trajectory;
use crate::view::number;

/// A racer's place on the leaderboard.
pub struct Place {
    pub standing: Standing,
    /// The number in the first column, and what it is in words.
    pub first: (String, &'static str),
    /// The number in the second column, and what it is in words.
    pub second: (String, &'static str),
    /// Why the racer is no worse than the one above, if it isn't.
    pub tie: Option<String>,
}

/// The values by which a racer is ranked, one for each seed.
struct Seeded {
    racer: usize,
    values: Vec<f64>,
}

/// Returns the racers, the best first.
pub fn places(desk: &Desk<'_>, ranking: Ranking) -> Vec<Place> {
    let (clock, minima) = (desk.clock(), desk.document.race.minima());
    let seeds = &desk.caches.seeds;
    let shown = desk.document.shown();
    let standing = |it: Shown<'_>| {
        let step = clock.step_of(it.path);
        let medians = seeds.ensemble(it.index);
        let medians = medians.and_then(|seeds| seeds.standing(it.index, ranking, step, minima));
        medians.unwrap_or_else(|| Standing::of(it.index, it.path, step, minima))
    };
    let mut standings: Vec<Standing> = shown.map(standing).collect();
    ranking.sort(&mut standings);
    if ranking == Ranking::Tuned {
        Ranking::sort_tuned(&mut standings, |racer| tuned(desk, racer));
    }
    let mut places = Vec::with_capacity(standings.len());
    let mut above: Option<Seeded> = None;
    for standing in standings {
        let own = seeded(desk, ranking, standing.racer);
        // At the best rates, only one seed has been run.
        let pair = above.as_ref().zip(own.as_ref());
        let pair = pair.filter(|_| ranking != Ranking::Tuned);
        let tie = pair.and_then(|(above, own)| tie(desk, ranking, above, own));
        places.push(match &own {
            Some(own) => with_seeds(desk, ranking, standing, own, tie),
            None => alone(desk, ranking, standing),
        });
        above = own;
    }
    places
}

/// Returns the numbers of a path that has no place of its own.
pub fn of_ghost(desk: &Desk<'_>, ranking: Ranking, path: &Trajectory) -> Place {
    let step = desk.clock().step_of(path);
    let standing = Standing::of(usize::MAX, path, step, desk.document.race.minima());
    alone(desk, ranking, standing)
}

/// Returns a racer's values with all seeds, if there are several.
fn seeded(desk: &Desk<'_>, ranking: Ranking, racer: usize) -> Option<Seeded> {
    let ensemble = desk.caches.seeds.ensemble(racer)?;
    let path = desk.document.race.paths().get(racer)?;
    let step = desk.clock().step_of(path);
    let values = ensemble.values(ranking, step, desk.document.race.minima());
    Some(Seeded { racer, values })
}

/// Returns why a racer is no worse than the one above it, if it isn't.
fn tie(desk: &Desk<'_>, ranking: Ranking, above: &Seeded, own: &Seeded) -> Option<String> {
    // Of accuracies, the higher one is ahead.
    let sign = if ranking == Ranking::Accuracy {
        -1.0
    } else {
        1.0
    };
    let [one, other] =
        [above, own].map(|it| it.values.iter().map(|it| sign * it).collect::<Vec<_>>());
    let duel = Duel::between(&one, &other);
    let names = desk.document.race.experiment().titles();
    let name = names.get(above.racer)?;
    duel.is_tie().then(|| match duel.of {
        0 => format!("a tie with {name}, equal with every seed"),
        of => format!(
            "a tie with {name}, which is ahead with {} of {of} seeds",
            duel.won
        ),
    })
}

/// Tells the numbers of a race with one seed.
fn alone(desk: &Desk<'_>, ranking: Ranking, standing: Standing) -> Place {
    if let Some(columns) = Columns::of(&**desk.document.race.surface()) {
        let tuned = tuned(desk, standing.racer).filter(|_| ranking == Ranking::Tuned);
        let [first, second] = columns.numbers(ranking, &standing, tuned);
        return Place {
            first,
            second,
            tie: None,
            standing,
        };
    }
    let loss = match ranking {
        Ranking::Best => standing.best,
        _ => standing.loss,
    };
    let (second, what) = match ranking {
        Ranking::Tuned => (tuned(desk, standing.racer), "at its best"),
        _ => (standing.distance, "distance"),
    };
    Place {
        first: (number::short(loss), "loss"),
        second: (or_dash(second), what),
        tie: None,
        standing,
    }
}

/// Tells the numbers of a race with several seeds.
fn with_seeds(
    desk: &Desk<'_>,
    ranking: Ranking,
    standing: Standing,
    own: &Seeded,
    tie: Option<String>,
) -> Place {
    let quantiles = Quantiles::of(&mut own.values.clone());
    let what = match ranking {
        Ranking::Best => "median of the lowest loss",
        Ranking::Distance => "median distance",
        Ranking::TestLoss => "median test loss",
        Ranking::Accuracy => "median accuracy",
        _ => "median loss",
    };
    let columns = Columns::of(&**desk.document.race.surface());
    let share = columns.filter(|_| ranking == Ranking::Accuracy);
    let second = match (ranking, quantiles) {
        (Ranking::Tuned, _) => (or_dash(tuned(desk, standing.racer)), "at its best"),
        (_, None) => ("–".into(), "spread"),
        (_, Some(of)) => match share {
            Some(columns) => (format!("± {}", columns.share(of.spread())), "spread"),
            None => (spread(of), "spread"),
        },
    };
    let first = match (quantiles, share) {
        (None, _) => "–".into(),
        (Some(of), Some(columns)) => columns.share(of.median),
        (Some(of), None) => median(of),
    };
    Place {
        first: (first, what),
        second,
        tie,
        standing,
    }
}

/// Returns the median over the seeds, with digits down to those of the spread.
fn median(of: Quantiles) -> String {
    let spread = of.spread();
    if spread > 0.0 && spread < 0.01 * of.median.abs() {
        let last_digit = 10_f64.powf(spread.log10().floor());
        number::mark(of.median, last_digit)
    } else {
        number::short(of.median)
    }
}

/// Returns the spread over the seeds, as text.
fn spread(of: Quantiles) -> String {
    match of.spread() {
        spread if spread.is_finite() => format!("± {}", number::short(spread)),
        _ => "± ∞".to_owned(),
    }
}

/// Returns the loss that a racer reaches at its best rate, once it is known.
fn tuned(desk: &Desk<'_>, racer: usize) -> Option<f64> {
    let id = desk.document.race.lineup().ids().get(racer)?;
    let curve = desk.document.rate_study().curve_of(*id)?;
    Some(curve.best?.ending.loss)
}

/// Says that rounding decides a path.
pub fn decides(step: usize) -> String {
    format!("rounding decides from step {}", number::count(step))
}

/// Returns the step from which rounding decides a racer's path, once the playhead is there.
pub fn decided_from(desk: &Desk<'_>, racer: usize) -> Option<usize> {
    let from = desk.caches.horizon.decided_from(racer)?;
    let path = desk.document.race.paths().get(racer)?;
    (desk.clock().step_of(path) >= from).then_some(from)
}
