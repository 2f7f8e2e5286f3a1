//! The curve of one racer in words, and what moves its value.

use std::sync::Arc;

use crate::analysis::Quantity;
use crate::analysis::sensitivity::{Curve, Grid, Ground, Knob, Ruler, Run};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::experiment::{Plan, Schedule};
use crate::optimizer::{Valid, Value};
use crate::view::number;

/// How far an arrow key moves the dot, as a share of a decade or of a linear axis.
const NUDGE: f64 = 0.05;

/// A racer's curve as the chart shows it.
pub struct Shown {
    /// The racer.
    pub id: RacerId,
    /// Its index in the race.
    pub index: usize,
    /// Its curve.
    pub curve: Arc<Curve>,
    ground: Ground,
    quantity: Quantity,
}

/// Returns the curves of the racers that are shown.
pub fn shown(document: &Document, quantity: Quantity) -> Vec<Shown> {
    let study = document.shown_study();
    let Some(ground) = study.ground() else {
        return Vec::new();
    };
    let shown = document.shown().filter_map(|it| {
        Some(Shown {
            id: it.id,
            index: it.index,
            curve: Arc::clone(study.curve_of(it.id)?),
            ground: ground.clone(),
            quantity,
        })
    });
    shown.collect()
}

impl Shown {
    /// Returns the point of a run: its position and its value.
    pub fn point(&self, run: &Run) -> [f64; 2] {
        [self.curve.ruler.position(run.value), self.value(run)]
    }

    /// Returns the value of a run: NaN if it leads nowhere, infinite if it never reaches the loss.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn value(&self, run: &Run) -> f64 {
        match self.quantity {
            _ if run.ending.is_lost() => f64::NAN,
            Quantity::Arrival => run.ending.arrived.map_or(f64::INFINITY, |step| step as f64),
            Quantity::Accuracy => run.accuracy.map_or(f64::NAN, |share| 100.0 * share),
            _ => run.loss(),
        }
    }

    /// Returns the value of a run in words, with the value of the parameter.
    fn told(&self, run: &Run) -> String {
        let at = number::precise(run.value);
        let value = self.value(run);
        match self.quantity {
            _ if value.is_nan() => format!("diverges at {at}"),
            _ if value.is_infinite() => format!("never at {at}"),
            Quantity::Arrival => format!("{value:.0} steps at {at}"),
            Quantity::Accuracy => format!("{} % at {at}", number::short(value)),
            _ => format!("{} at {at}", number::short(value)),
        }
    }

    /// Returns the same, with the loss above the minimum if that is not 0.
    fn told_above(&self, run: &Run) -> String {
        let is_loss = self.quantity == Quantity::Sensitivity && !run.ending.is_lost();
        let is_above = self.ground.floor.is_some_and(|floor| floor != 0.0);
        if is_loss && is_above {
            let excess = number::short(self.ground.excess(run.ending.loss));
            let at = number::precise(run.value);
            return format!("{excess} above the minimum at {at}");
        }
        self.told(run)
    }

    /// Returns the numbers of the present and of the best value.
    pub fn numbers(&self) -> String {
        let now = self.curve.now.map(|run| self.told(&run));
        let best = self.curve.best.map(|run| self.told(&run));
        match (now, best) {
            (Some(now), Some(best)) => format!("{now}, at best {best}"),
            (Some(now), None) => now,
            _ => "nothing yet".to_owned(),
        }
    }

    /// Returns how good the best value is, and how wide the range of good ones.
    pub fn sentence(&self) -> String {
        let Some(best) = self.curve.best else {
            return "diverges at all values".to_owned();
        };
        let best = self.told_above(&best);
        let Some(region) = self
            .curve
            .region
            .filter(|_| self.quantity == Quantity::Sensitivity)
        else {
            return format!("ends best with {best}");
        };
        let over = match region.decades {
            Some(decades) if decades < 0.1 => format!("{} decades", number::short(decades)),
            Some(decades) => format!("{decades:.1} decades"),
            None => {
                let [from, to] = [region.from, region.to].map(number::short);
                format!("{from} to {to}")
            }
        };
        if region.is_within_10x {
            format!("within 10x of its best ({best}) over {over}")
        } else {
            let limit = number::short(region.limit);
            format!("below {limit} over {over}; its best is {best}")
        }
    }

    /// Moves the racer's value to a position, as its slider would.
    pub fn move_to(&self, desk: &mut Desk<'_>, position: f64) {
        let Some((plan, knob)) = self.knob(desk.document) else {
            return;
        };
        let now = knob.value(&plan);
        let Some([low, high]) = Grid::of(&knob, now).and_then(|grid| grid.ends()) else {
            return;
        };
        let ruler = self.curve.ruler;
        let value = ruler.rounded(ruler.value(position)).clamp(low, high);
        let value = match knob.valid() {
            Valid::Count | Valid::Whole => value.round(),
            _ => value,
        };
        if value != now {
            self.set(desk, plan, &knob, value);
        }
    }

    /// Moves the racer's value by some steps of the keyboard.
    pub fn nudge(&self, desk: &mut Desk<'_>, steps: f64) {
        let Some((plan, knob)) = self.knob(desk.document) else {
            return;
        };
        let ruler = self.curve.ruler;
        let runs = &self.curve.runs;
        let step = match (ruler, runs.first(), runs.last()) {
            (Ruler::Linear, Some(first), Some(last)) => NUDGE * 0.2 * (last.value - first.value),
            _ => NUDGE,
        };
        let step = match knob.valid() {
            Valid::Count | Valid::Whole => {
                let now = knob.value(&plan);
                let whole = ruler.position(now + steps.signum()) - ruler.position(now);
                step.max(whole.abs())
            }
            _ => step,
        };
        self.move_to(desk, ruler.position(knob.value(&plan)) + steps * step);
    }

    fn knob(&self, document: &Document) -> Option<(Plan, Knob)> {
        let plan = document.lineup().racer(self.id)?.plan.clone();
        let knob = Knob::find(&plan, document.view.swept.as_deref())?;
        Some((plan, knob))
    }

    fn set(&self, desk: &mut Desk<'_>, mut plan: Plan, knob: &Knob, value: f64) {
        match &mut plan.schedule {
            Schedule::OneCycle {
                max_learning_rate, ..
            } if knob.is_of_schedule() => {
                *max_learning_rate = value;
                desk.change(Change::Schedule(self.id, plan.schedule));
            }
            _ => {
                let linked = desk.document.linked.contains(&*knob.parameter.name);
                desk.change(Change::Parameter {
                    racer: self.id,
                    parameter: knob.index,
                    value: Value::Number(value),
                    linked,
                });
            }
        }
    }
}
