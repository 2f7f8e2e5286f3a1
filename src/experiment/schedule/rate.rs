//! The learning rates of the schedules.

use std::f64::consts::PI;

use super::Schedule;
use super::length::length;

impl Schedule {
    /// The learning rate after `k` completed steps, for the base rate η. A schedule that watches the
    /// loss gives the rate before any reduction; see [`Running`](super::Running).
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn learning_rate(&self, eta: f64, k: u64) -> f64 {
        match *self {
            Self::Constant | Self::ReduceOnPlateau { .. } => eta,
            Self::Step {
                every,
                every_epochs,
                factor,
            } => eta * factor.powf((k / length(every, every_epochs).max(1)) as f64),
            Self::Exponential { factor } => eta * factor.powf(k as f64),
            Self::Linear {
                steps,
                epochs,
                from,
                final_learning_rate,
                final_factor,
            } => {
                let last = final_learning_rate.unwrap_or(eta * final_factor.unwrap_or(1.0));
                let first = eta * from;
                first + (last - first) * share(k, length(steps, epochs))
            }
            Self::Polynomial {
                steps,
                epochs,
                power,
                final_learning_rate,
            } => {
                let left = 1.0 - share(k, length(steps, epochs));
                final_learning_rate + (eta - final_learning_rate) * left.powf(power)
            }
            Self::Cosine {
                steps,
                epochs,
                final_learning_rate,
            } => cosine(eta, final_learning_rate, share(k, length(steps, epochs))),
            Self::CosineWarmRestarts {
                period,
                period_epochs,
                factor,
                final_learning_rate,
            } => {
                let (k, period) = since_restart(k, length(period, period_epochs), factor);
                cosine(eta, final_learning_rate, share(k, period))
            }
            Self::LinearWarmUp {
                steps,
                epochs,
                from,
            } => {
                let steps = length(steps, epochs);
                eta * (from + (1.0 - from) * k.min(steps) as f64 / steps.max(1) as f64)
            }
            Self::InverseTime { decay } => eta / (1.0 + decay * k as f64),
            Self::OneCycle {
                max_learning_rate, ..
            } => one_cycle(max_learning_rate, k, self.one_cycle_end()),
            Self::PiecewiseConstant { ref changes } => changes
                .iter()
                .take_while(|change| length(change.step, change.epoch) <= k)
                .fold(eta, |rate, change| change.apply(rate)),
            Self::Sequence { .. } => {
                let (_, part, own) = self.part_at(k);
                match part {
                    Self::Sequence { .. } => eta,
                    part => part.learning_rate(eta, own),
                }
            }
        }
    }

    /// The part that gives the learning rate after `k` completed steps, with its index and the
    /// number of steps completed since it began; a schedule that is no sequence is its only part.
    #[must_use]
    pub fn part_at(&self, k: u64) -> (usize, &Self, u64) {
        let Self::Sequence { parts } = self else {
            return (0, self, k);
        };
        let mut own = k;
        for (index, part) in parts.iter().enumerate() {
            let steps = length(part.steps, part.epochs);
            if own < steps || index + 1 == parts.len() {
                return (index, &part.schedule, own);
            }
            own -= steps;
        }
        (0, self, k)
    }

    /// The number of completed steps after which a [`Schedule::OneCycle`] ends; 0 for all others.
    #[must_use]
    pub fn one_cycle_end(&self) -> u64 {
        match *self {
            Self::OneCycle {
                total_steps,
                steps,
                epochs,
                ..
            } => steps.or(total_steps.or(epochs).map(|total| total.saturating_sub(1))),
            _ => None,
        }
        .unwrap_or_default()
    }
}

/// Goes from one value to another along half a cosine.
fn cosine(from: f64, to: f64, fraction: f64) -> f64 {
    to + (from - to) * f64::midpoint(1.0, (PI * fraction).cos())
}

/// The fraction of `steps` that is completed after `k` steps; 1 after the end.
#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
fn share(k: u64, steps: u64) -> f64 {
    k.min(steps) as f64 / steps.max(1) as f64
}

/// The number of steps since the last restart, and the length of the current period.
fn since_restart(k: u64, period: u64, factor: u64) -> (u64, u64) {
    let mut period = period.max(1);
    if factor <= 1 {
        return (k % period, period);
    }
    let mut left = k;
    while left >= period {
        left -= period;
        period = period.saturating_mul(factor);
    }
    (left, period)
}

/// Goes up from M/25 to M and down to M/250,000.
#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
fn one_cycle(max: f64, k: u64, end: u64) -> f64 {
    let (k, end) = (k.min(end) as f64, end as f64);
    let peak = 0.3 * (end + 1.0) - 1.0;
    let first = max / 25.0;
    if k < peak {
        cosine(first, max, k / peak)
    } else {
        cosine(max, first / 1e4, (k - peak) / (end - peak))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_end_where_they_should_and_stay_there() {
        let cosine = Schedule::cosine(100, 0.01);
        assert!((cosine.learning_rate(0.5, 0) - 0.5).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 50) - 0.255).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 100) - 0.01).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 5000) - 0.01).abs() < 1e-15);

        let warm_up = Schedule::warm_up(10, 0.2);
        assert!((warm_up.learning_rate(1.0, 0) - 0.2).abs() < 1e-15);
        assert!((warm_up.learning_rate(1.0, 5) - 0.6).abs() < 1e-15);
        assert!((warm_up.learning_rate(1.0, 99) - 1.0).abs() < 1e-15);

        let cycle = one_cycle_of(200);
        assert!((cycle.learning_rate(9.0, 0) - 0.02).abs() < 1e-15);
        assert!((cycle.learning_rate(9.0, 59) - 0.5).abs() < 1e-15);
        assert!((cycle.learning_rate(9.0, 400) - 2e-6).abs() < 1e-15);
    }

    fn one_cycle_of(total_steps: u64) -> Schedule {
        Schedule::OneCycle {
            total_steps: Some(total_steps),
            steps: None,
            epochs: None,
            max_learning_rate: 0.5,
        }
    }

    #[test]
    fn short_schedules_stay_finite() {
        for total_steps in 0..6 {
            let cycle = one_cycle_of(total_steps);
            assert!((0..9).all(|k| cycle.learning_rate(1.0, k).is_finite()));
        }
    }

    #[test]
    fn restarts_return_to_the_base_rate() {
        let restarts = |factor| Schedule::warm_restarts(10, factor, 0.0);
        assert!((restarts(1).learning_rate(0.3, 20) - 0.3).abs() < 1e-15);
        assert!((restarts(1).learning_rate(0.3, 15) - 0.15).abs() < 1e-15);
        // Periods of 10, 30 and 90 steps.
        for (k, rate) in [
            (9, 0.007_341_52),
            (10, 0.3),
            (25, 0.15),
            (40, 0.3),
            (85, 0.15),
        ] {
            let ours = restarts(3).learning_rate(0.3, k);
            assert!((ours - rate).abs() < 1e-7, "{k}: {ours}");
        }
        assert_eq!(since_restart(u64::MAX, 1, 2), (0, u64::MAX));
        assert_eq!(since_restart(u64::MAX, u64::MAX, u64::MAX), (0, u64::MAX));
    }
}
