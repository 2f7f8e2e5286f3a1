//! A rule whose rate follows the schedule of another one.

use super::{Oracle, Probe, Run, Undefined};
use crate::real::Real;

/// The run of a rule beside a racer's own: the schedule drives the rate of the racer's own rule and
/// multiplies the rate of this one by the same factor.
#[derive(Clone)]
pub struct Paced<N: Real> {
    run: Box<dyn Run<N>>,
    /// The index of its rate, if it has one.
    rate: Option<usize>,
    /// Its rate before the schedule is applied.
    base: f64,
    /// The rate of the racer's own rule and its η, once the schedule has changed it.
    pace: Option<[f64; 2]>,
}

impl<N: Real> Paced<N> {
    /// A run at its own rate, whose index and value are given.
    #[must_use]
    pub fn new(run: Box<dyn Run<N>>, rate: Option<usize>, base: f64) -> Self {
        Self {
            run,
            rate,
            base,
            pace: None,
        }
    }

    fn set_rate(&mut self) {
        if let Some(index) = self.rate {
            let rate = self.pace.map_or(self.base, |pace| in_step(self.base, pace));
            self.run.adjust(index, rate);
        }
    }
}

/// The rate of a rule beside another one, whose rate the schedule has changed from η to `rate`: both
/// change by the same factor, and equal rates stay equal. An η of 0 tells no factor.
#[must_use]
pub fn in_step(base: f64, [rate, eta]: [f64; 2]) -> f64 {
    let is_unchanged = rate.to_bits() == eta.to_bits();
    if is_unchanged || eta == 0.0 {
        base
    } else {
        base / eta * rate
    }
}

impl<N: Real> Run<N> for Paced<N> {
    fn query(&mut self, at: &[N], point: &mut [N]) {
        self.run.query(at, point);
    }

    fn step(&mut self, at: &mut [N], t: u64, oracle: &mut dyn Oracle<N>) {
        self.run.step(at, t, oracle);
    }

    fn step_noted(
        &mut self,
        at: &mut [N],
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut dyn Probe,
    ) {
        self.run.step_noted(at, t, oracle, probe);
    }

    fn undefined(&mut self, at: &[N]) -> Option<Undefined> {
        self.run.undefined(at)
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        if self.rate == Some(parameter) {
            self.base = value;
            self.set_rate();
        } else {
            self.run.adjust(parameter, value);
        }
    }

    fn pace(&mut self, rate: f64, eta: f64) {
        self.pace = Some([rate, eta]);
        self.set_rate();
        self.run.pace(rate, eta);
    }

    fn fork(&self) -> Box<dyn Run<N>> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rates_stay_equal_to_the_last_bit() {
        for (rate, eta) in [(0.03, 0.1), (1e-300, 0.7), (0.0, 0.3), (5.0, 1e-9)] {
            assert_eq!(in_step(eta, [rate, eta]).to_bits(), rate.to_bits());
        }
        assert_eq!(in_step(0.5, [0.1, 0.2]), 0.25);
        assert_eq!(in_step(0.5, [0.1, 0.0]), 0.5);
        assert_eq!(in_step(0.1, [0.3, 0.3]), 0.1);
    }
}
