//! How the learning rate changes over the steps.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// A schedule of the learning rate; k = 0, 1, … counts finished steps, and past its end a schedule
/// keeps its last value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Schedule {
    /// η
    #[default]
    Constant,
    /// η · factor^⌊k/every⌋
    Step {
        /// Steps between two drops.
        every: u64,
        /// What η is multiplied with at each drop.
        factor: f64,
    },
    /// η · factorᵏ
    Exponential {
        /// What η is multiplied with at each step.
        factor: f64,
    },
    /// `η_f` + (η − `η_f`)(1 + cos(πk/steps))/2 (Loshchilov & Hutter 2017, eq. 5, without restarts)
    Cosine {
        /// Steps until the end.
        steps: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// Cosine over `period` steps, again and again (Loshchilov & Hutter 2017, eq. 5)
    CosineWarmRestarts {
        /// Steps from one restart to the next.
        period: u64,
        /// `η_f`
        #[serde(default)]
        final_learning_rate: f64,
    },
    /// η times a factor that rises linearly from `from` to 1
    LinearWarmUp {
        /// Steps until η is reached.
        steps: u64,
        /// The factor at the start.
        from: f64,
    },
    /// η/(1 + decay · k), the classic for stochastic descent (Robbins & Monro 1951)
    InverseTime {
        /// How fast η falls.
        decay: f64,
    },
    /// Up from M/25 to M over 30 % of the steps, then down to M/250,000, both by a cosine
    /// (Smith & Topin 2018, as PyTorch's `OneCycleLR`); η itself is not used
    OneCycle {
        /// Steps until the end.
        steps: u64,
        /// M
        max_learning_rate: f64,
    },
}

/// One number of a schedule, open to change.
#[derive(Debug, PartialEq)]
pub enum Setting<'a> {
    /// A number of steps, 1 or more.
    Steps(&'a mut u64),
    /// A finite number, 0 or more.
    Number(&'a mut f64),
}

impl Schedule {
    /// One schedule of each kind, with numbers that suit a race of 200 steps.
    pub const ALL: &[Self] = &[
        Self::Constant,
        Self::Step {
            every: 50,
            factor: 0.5,
        },
        Self::Exponential { factor: 0.98 },
        Self::Cosine {
            steps: 200,
            final_learning_rate: 0.0,
        },
        Self::CosineWarmRestarts {
            period: 50,
            final_learning_rate: 0.0,
        },
        Self::LinearWarmUp {
            steps: 20,
            from: 0.1,
        },
        Self::InverseTime { decay: 0.02 },
        Self::OneCycle {
            steps: 200,
            max_learning_rate: 0.1,
        },
    ];

    /// Whether it is [`Schedule::Constant`].
    #[must_use]
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::Constant)
    }

    /// The name in preset files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Constant => "Constant",
            Self::Step { .. } => "Step",
            Self::Exponential { .. } => "Exponential",
            Self::Cosine { .. } => "Cosine",
            Self::CosineWarmRestarts { .. } => "CosineWarmRestarts",
            Self::LinearWarmUp { .. } => "LinearWarmUp",
            Self::InverseTime { .. } => "InverseTime",
            Self::OneCycle { .. } => "OneCycle",
        }
    }

    /// The name on screen.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Step { .. } => "steps down",
            Self::Exponential { .. } => "exponential",
            Self::Cosine { .. } => "cosine",
            Self::CosineWarmRestarts { .. } => "cosine, warm restarts",
            Self::LinearWarmUp { .. } => "linear warm-up",
            Self::InverseTime { .. } => "inverse time",
            Self::OneCycle { .. } => "one cycle",
        }
    }

    /// The learning rate after `k` finished steps, for a base rate η.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn learning_rate(&self, eta: f64, k: u64) -> f64 {
        let cosine = |from: f64, to: f64, fraction: f64| {
            to + (from - to) * f64::midpoint(1.0, (PI * fraction).cos())
        };
        match *self {
            Self::Constant => eta,
            Self::Step { every, factor } => eta * factor.powf((k / every.max(1)) as f64),
            Self::Exponential { factor } => eta * factor.powf(k as f64),
            Self::Cosine {
                steps,
                final_learning_rate,
            } => cosine(
                eta,
                final_learning_rate,
                k.min(steps) as f64 / steps.max(1) as f64,
            ),
            Self::CosineWarmRestarts {
                period,
                final_learning_rate,
            } => {
                let period = period.max(1);
                cosine(
                    eta,
                    final_learning_rate,
                    (k % period) as f64 / period as f64,
                )
            }
            Self::LinearWarmUp { steps, from } => {
                eta * (from + (1.0 - from) * k.min(steps) as f64 / steps.max(1) as f64)
            }
            Self::InverseTime { decay } => eta / (1.0 + decay * k as f64),
            Self::OneCycle {
                steps,
                max_learning_rate,
            } => {
                let (k, end) = (k.min(steps) as f64, steps as f64);
                let peak = 0.3 * (end + 1.0) - 1.0;
                let first = max_learning_rate / 25.0;
                if k < peak {
                    cosine(first, max_learning_rate, k / peak)
                } else {
                    cosine(max_learning_rate, first / 1e4, (k - peak) / (end - peak))
                }
            }
        }
    }

    /// The numbers of the schedule by name, open to change.
    pub fn settings(&mut self) -> Vec<(&'static str, Setting<'_>)> {
        use Setting::{Number, Steps};
        match self {
            Self::Constant => vec![],
            Self::Step { every, factor } => {
                vec![("every", Steps(every)), ("factor", Number(factor))]
            }
            Self::Exponential { factor } => vec![("factor", Number(factor))],
            Self::Cosine {
                steps,
                final_learning_rate,
            } => vec![
                ("steps", Steps(steps)),
                ("final_learning_rate", Number(final_learning_rate)),
            ],
            Self::CosineWarmRestarts {
                period,
                final_learning_rate,
            } => vec![
                ("period", Steps(period)),
                ("final_learning_rate", Number(final_learning_rate)),
            ],
            Self::LinearWarmUp { steps, from } => {
                vec![("steps", Steps(steps)), ("from", Number(from))]
            }
            Self::InverseTime { decay } => vec![("decay", Number(decay))],
            Self::OneCycle {
                steps,
                max_learning_rate,
            } => vec![
                ("steps", Steps(steps)),
                ("max_learning_rate", Number(max_learning_rate)),
            ],
        }
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

        let cycle = Schedule::OneCycle {
            steps: 199,
            max_learning_rate: 0.5,
        };
        assert!((cycle.learning_rate(9.0, 0) - 0.02).abs() < 1e-15);
        assert!((cycle.learning_rate(9.0, 59) - 0.5).abs() < 1e-15);
        assert!((cycle.learning_rate(9.0, 400) - 2e-6).abs() < 1e-15);
    }

    #[test]
    fn short_schedules_stay_finite() {
        for steps in 1..5 {
            let cycle = Schedule::OneCycle {
                steps,
                max_learning_rate: 0.5,
            };
            assert!((0..9).all(|k| cycle.learning_rate(1.0, k).is_finite()));
        }
    }

    #[test]
    fn restarts_return_to_the_base_rate() {
        let restarts = Schedule::CosineWarmRestarts {
            period: 10,
            final_learning_rate: 0.0,
        };
        assert!((restarts.learning_rate(0.3, 20) - 0.3).abs() < 1e-15);
        assert!((restarts.learning_rate(0.3, 15) - 0.15).abs() < 1e-15);
    }
}
