//! The functions that the hyper-parameters of a script call.

use super::entrant::Entrant;
use super::python::Numbers;
use crate::experiment::Schedule;

const RESTARTS: &str = "def restarts(step, start, end, period, factor, times):
    \"\"\"`cosine` again and again, each period `factor` times as long as the one before.\"\"\"
    for _ in range(times):
        if step >= period:
            step, period = step - period, period * factor
    return cosine(step, start, end, period)
";

const PLATEAU_CLASS: &str = "class Plateau:
    \"\"\"A rate that falls when `value`, the loss over all rows, has stopped falling.\"\"\"

    def __init__(self, per_epoch, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps):
        self.per_epoch, self.factor, self.patience = per_epoch, factor, patience
        self.threshold, self.is_relative = threshold, threshold_mode == \"rel\"
        self.cooldown, self.min_lr, self.eps = cooldown, min_lr, eps
        self.eta = None
        self.lowest, self.waited, self.cooling = math.inf, 0, 0

    def __call__(self, step, eta):
        if self.eta is None:
            self.eta, self.rate, self.begin = eta, eta, step
        elif step > self.begin and step % self.per_epoch == 0:
            self.see(value.item())
        if eta != self.eta:
            self.rate = eta * (self.rate / self.eta) if self.eta else eta
            self.eta = eta
        return self.rate

    def see(self, loss):
        limit = self.lowest * (1 - self.threshold) if self.is_relative else self.lowest - self.threshold
        if loss < limit:
            self.lowest, self.waited = loss, 0
        else:
            self.waited += 1
        if self.cooling > 0:
            self.cooling, self.waited = self.cooling - 1, 0
        if self.waited > self.patience:
            reduced = max(self.rate * self.factor, self.min_lr)
            if self.rate - reduced > self.eps:
                self.rate = reduced
            self.cooling, self.waited = self.cooldown, 0
";

const TRACED_RESTARTS: &str = "def restarts(step, start, end, period, factor, times):
    \"\"\"`cosine` again and again, each period `factor` times as long as the one before.\"\"\"
    for _ in range(times):
        again = step >= period
        step = jnp.where(again, step - period, step)
        period = jnp.where(again, period * factor, period)
    return cosine(step, start, end, period)
";

/// The helper functions that the racers' hyper-parameters call.
pub(super) fn helpers(entrants: &[Entrant], numbers: Numbers, is_own: bool) -> Vec<String> {
    let (module, least) = (numbers.module(), numbers.least());
    let mut cosine = false;
    let mut restarts = false;
    let mut one_cycle = false;
    let mut linear = false;
    let mut polynomial = false;
    let mut plateau = false;
    let changing = entrants.iter().filter(|entrant| entrant.changes());
    for schedule in changing.flat_map(|entrant| entrant.schedule.parts()) {
        match *schedule {
            Schedule::Cosine { .. } => cosine = true,
            Schedule::CosineWarmRestarts { factor, .. } => {
                cosine = true;
                restarts |= factor > 1;
            }
            Schedule::OneCycle { .. } => one_cycle = true,
            Schedule::Linear { .. } => linear = true,
            Schedule::Polynomial { .. } => polynomial = true,
            Schedule::ReduceOnPlateau { .. } => plateau = !is_own,
            _ => {}
        }
    }
    let mut helpers = Vec::new();
    if linear {
        helpers.push(format!(
            "def linear(step, start, end, steps):
    \"\"\"From `start` to `end` in `steps` steps, in a straight line.\"\"\"
    return start + (end - start) * {least}(step, steps) / steps
"
        ));
    }
    if plateau {
        helpers.push(PLATEAU_CLASS.to_owned());
    }
    if polynomial {
        helpers.push(format!(
            "def polynomial(step, start, end, steps, power):
    \"\"\"From `start` to `end` in `steps` steps, along a power of what is left.\"\"\"
    left = 1 - 1.0 * {least}(step, steps) / steps
    return end + (start - end) * left ** power
"
        ));
    }
    if cosine || one_cycle {
        helpers.push(format!(
            "def cosine(step, start, end, steps):
    \"\"\"From `start` to `end` in `steps` steps.\"\"\"
    angle = {module}.pi * {least}(step, steps) / steps
    return end + (start - end) * (1 + {module}.cos(angle)) / 2
"
        ));
    }
    if restarts {
        helpers.push(match numbers {
            Numbers::Plain => RESTARTS.to_owned(),
            Numbers::Traced => TRACED_RESTARTS.to_owned(),
        });
    }
    if one_cycle {
        let choice = match numbers {
            Numbers::Plain => "up if step < turn else down",
            Numbers::Traced => "jnp.where(step < turn, up, down)",
        };
        helpers.push(format!(
            "def one_cycle(step, top, steps):
    \"\"\"From top / 25 up to `top`, then down to top / 250,000.\"\"\"
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return {choice}
"
        ));
    }
    let is_list = entrants.len() > 1 || entrants.iter().any(Entrant::is_grouped);
    if numbers == Numbers::Plain && is_list && entrants.iter().any(Entrant::changes) {
        helpers.push(
            "def at(step, parameters):
    \"\"\"The hyper-parameters of the update from `step` to the next.\"\"\"
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}
"
            .to_owned(),
        );
    }
    helpers
}
