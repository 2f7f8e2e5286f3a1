//! The learning rates of the schedules.

use std::f64::consts::PI;

use super::Schedule;

impl Schedule {
    /// The learning rate after `k` finished steps, for a base rate η.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn learning_rate(&self, eta: f64, k: u64) -> f64 {
        match *self {
            Self::Constant => eta,
            Self::Step { every, factor } => eta * factor.powf((k / every.max(1)) as f64),
            Self::Exponential { factor } => eta * factor.powf(k as f64),
            Self::Cosine {
                steps,
                final_learning_rate,
            } => cosine(eta, final_learning_rate, share(k, steps)),
            Self::CosineWarmRestarts {
                period,
                factor,
                final_learning_rate,
            } => {
                let (k, period) = since_restart(k, period, factor);
                cosine(eta, final_learning_rate, share(k, period))
            }
            Self::LinearWarmUp { steps, from } => {
                eta * (from + (1.0 - from) * k.min(steps) as f64 / steps.max(1) as f64)
            }
            Self::InverseTime { decay } => eta / (1.0 + decay * k as f64),
            Self::OneCycle {
                max_learning_rate, ..
            } => one_cycle(max_learning_rate, k, self.one_cycle_end()),
        }
    }

    /// The number of finished steps after which a [`Schedule::OneCycle`] ends; 0 for all others.
    #[must_use]
    pub fn one_cycle_end(&self) -> u64 {
        match *self {
            Self::OneCycle {
                total_steps, steps, ..
            } => steps.or(total_steps.map(|total| total.saturating_sub(1))),
            _ => None,
        }
        .unwrap_or_default()
    }
}

/// From one value to another, by half a cosine.
fn cosine(from: f64, to: f64, fraction: f64) -> f64 {
    to + (from - to) * f64::midpoint(1.0, (PI * fraction).cos())
}

/// The fraction of these steps that is done after `k` of them; 1 past their end.
#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
fn share(k: u64, steps: u64) -> f64 {
    k.min(steps) as f64 / steps.max(1) as f64
}

/// How many steps were made since the last restart, and after how many the next follows.
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

/// Up from M/25 to M and down to M/250,000.
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
        let cosine = Schedule::Cosine {
            steps: 100,
            final_learning_rate: 0.01,
        };
        assert!((cosine.learning_rate(0.5, 0) - 0.5).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 50) - 0.255).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 100) - 0.01).abs() < 1e-15);
        assert!((cosine.learning_rate(0.5, 5000) - 0.01).abs() < 1e-15);

        let warm_up = Schedule::LinearWarmUp {
            steps: 10,
            from: 0.2,
        };
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
        let restarts = |factor| Schedule::CosineWarmRestarts {
            period: 10,
            factor,
            final_learning_rate: 0.0,
        };
        assert!((restarts(1).learning_rate(0.3, 20) - 0.3).abs() < 1e-15);
        assert!((restarts(1).learning_rate(0.3, 15) - 0.15).abs() < 1e-15);
        // 10, then 30, then 90 steps.
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
