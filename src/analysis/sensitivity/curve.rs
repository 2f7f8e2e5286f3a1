//! What a sweep shows: the best value, and how wide the range of good values is.

use super::{Ground, Ruler, Run, Sweep};
use crate::number::lowest_first;

/// A sweep together with the present value.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The scale of the values.
    pub ruler: Ruler,
    /// All runs, in ascending order of their values, the present one included.
    pub runs: Vec<Run>,
    /// The run with the present value.
    pub now: Option<Run>,
    /// The run with the lowest loss; of equal ones the one that arrives first. `None` if every run
    /// is lost.
    pub best: Option<Run>,
    /// The values around the best one that are about as good.
    pub region: Option<Region>,
    /// Whether all runs have been made.
    pub is_finished: bool,
}

/// The range of values around the best one whose runs end within ten times of its loss above the
/// global minimum. Other ranges, apart from this one, do not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// The lowest of the values.
    pub from: f64,
    /// The highest of them.
    pub to: f64,
    /// The highest of their losses above the minimum.
    pub limit: f64,
    /// The width on a logarithmic scale, in decades; `None` on a linear one.
    pub decades: Option<f64>,
    /// Whether the limit is ten times the best loss, rather than that of a race that is as good as
    /// at the minimum.
    pub is_within_10x: bool,
}

/// A loss above the minimum up to which a race has as good as reached it.
const NOTHING: f64 = 1e-10;
/// The factor between the best and a good loss.
const GOOD: f64 = 10.0;

impl Curve {
    /// The curve of a sweep, with the run of the present value if it is known.
    #[must_use]
    pub fn of(sweep: &Sweep, now: Option<Run>, ground: &Ground) -> Self {
        let ruler = sweep.grid().ruler;
        let mut runs = sweep.runs().to_vec();
        if let Some(now) = now {
            let at = runs.partition_point(|run| run.value < now.value);
            match runs.get_mut(at) {
                Some(known) if known.value == now.value => *known = now,
                _ => runs.insert(at, now),
            }
        }
        let good = runs
            .iter()
            .enumerate()
            .filter(|(_, run)| !run.ending.is_lost());
        let best = good.min_by(|(_, a), (_, b)| {
            let arrival = |run: &Run| run.ending.arrived.unwrap_or(usize::MAX);
            lowest_first(a.loss(), b.loss()).then_with(|| arrival(a).cmp(&arrival(b)))
        });
        let region = best.and_then(|(index, _)| Region::around(index, &runs, ruler, ground));
        Self {
            ruler,
            best: best.map(|(_, run)| *run),
            region,
            runs,
            now,
            is_finished: sweep.is_finished(),
        }
    }
}

impl Region {
    /// The region around the best of the runs; `None` if the loss at the minimum is unknown.
    fn around(best: usize, runs: &[Run], ruler: Ruler, ground: &Ground) -> Option<Self> {
        ground.floor?;
        let excess = |index: usize| {
            let loss = runs.get(index).map_or(f64::NAN, Run::loss);
            loss.is_finite().then(|| ground.excess(loss))
        };
        let lowest = excess(best)?;
        let limit = GOOD * lowest.max(NOTHING);
        let is_good = |index: usize| excess(index).is_some_and(|it| it <= limit);
        let position = |index: usize| runs.get(index).map(|run| ruler.position(run.value));
        let end = |inside: usize, outside: Option<usize>| {
            let own = position(inside)?;
            let Some((outside, beyond)) = outside.and_then(|it| Some((it, excess(it)?))) else {
                return Some(own);
            };
            let height = |excess: f64| excess.max(1e-3 * NOTHING).log10();
            let [low, high] = [height(excess(inside)?), height(beyond)];
            let share = ((limit.log10() - low) / (high - low)).clamp(0.0, 1.0);
            Some(own + share * (position(outside)? - own))
        };
        let first = (0..best).rev().take_while(|it| is_good(*it)).last();
        let first = first.unwrap_or(best);
        let last = (best..runs.len()).take_while(|it| is_good(*it)).last();
        let last = last.unwrap_or(best);
        let ends = [
            end(first, first.checked_sub(1))?,
            end(last, Some(last + 1))?,
        ];
        let [from, to] = ends.map(|position| ruler.value(position));
        Some(Self {
            from,
            to,
            limit,
            decades: (ruler != Ruler::Linear).then_some(ends[1] - ends[0]),
            is_within_10x: lowest >= NOTHING,
        })
    }
}
