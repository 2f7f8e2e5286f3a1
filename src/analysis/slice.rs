//! The loss along a step, and whether the step was too short or too long.

use std::fmt;

use crate::number::{self, lowest_first};
use crate::objective::{Evaluator, Rows};
use crate::pause::{at_once, pause};

/// The number of points of a slice.
pub const POINTS: usize = 81;
/// The multiple of the step at which a slice ends.
const END: f64 = 2.0;
/// The number of evaluations that narrow down the lowest point.
const NARROWING: usize = 40;
/// The largest ratio of two lengths that count as about the same.
const ABOUT: f64 = 1.25;

/// The loss on the line of a step: f(θ + s d) for s from 0 to 2, where the step d ends at s = 1. The
/// loss is that of all rows, even if the step has seen only some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// s and the loss there, at equal distances.
    pub losses: Vec<[f64; 2]>,
    /// The quadratic model around s = 0, if the objective offers products with its Hessian.
    pub model: Option<Model>,
    /// The s from 0 to 2 at which the loss is lowest; `None` if it is finite nowhere.
    pub best: Option<f64>,
    /// gᵀd, the slope along the step at s = 0.
    pub slope: f64,
    /// What this says about the length of the step.
    pub verdict: Verdict,
}

/// q(s) = f + s gᵀd + ½ s² dᵀHd, the second-order expansion of the loss along a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// f
    pub value: f64,
    /// gᵀd
    pub slope: f64,
    /// dᵀHd
    pub curvature: f64,
}

impl Model {
    /// q(s)
    #[must_use]
    pub fn at(&self, s: f64) -> f64 {
        self.value + s * (self.slope + s * self.curvature / 2.0)
    }

    /// s* = −gᵀd / dᵀHd, where q is lowest; `None` if it does not curve upwards.
    #[must_use]
    pub fn lowest(&self) -> Option<f64> {
        let s = -self.slope / self.curvature;
        (self.curvature > 0.0 && s.is_finite()).then_some(s)
    }
}

/// What a slice says about the length of a step. It is displayed as one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The racer does not move.
    Rests,
    /// A loss or a slope on the line is not finite where it matters.
    NotFinite,
    /// The loss rises at first.
    Uphill {
        /// The loss at the start of the step and at its end.
        losses: [f64; 2],
        /// The s at which it is lowest, if that is not at the start.
        best: Option<f64>,
    },
    /// The step is longer than the way to the lowest point, by this factor.
    TooLong(f64),
    /// The step ends near the lowest point, which lies at this s.
    AboutRight(f64),
    /// The lowest point lies farther, at this s.
    TooShort(f64),
    /// The loss still falls where the slice ends.
    FarTooShort,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = number::short;
        match *self {
            Self::Rests => f.write_str("The racer does not move in this step."),
            Self::NotFinite => f.write_str("The step leads where the loss is not a finite number."),
            Self::Uphill {
                losses: [from, to],
                best,
            } => {
                let [before, after] = [from, to].map(number::short);
                write!(f, "The step goes uphill at first; ")?;
                match best {
                    Some(best) if to < from => write!(
                        f,
                        "then the loss falls from {before} to {after}, and is lowest at {} steps.",
                        times(best)
                    ),
                    _ => write!(f, "the loss goes from {before} to {after}."),
                }
            }
            Self::TooLong(ratio) => write!(
                f,
                "Too long: the step is {} times as long as the way to the lowest point along it.",
                times(ratio)
            ),
            Self::AboutRight(best) => write!(
                f,
                "About right: the loss is lowest at {} times the step’s length.",
                times(best)
            ),
            Self::TooShort(best) => write!(
                f,
                "Too short: the loss is lowest at {} times the step’s length.",
                times(best)
            ),
            Self::FarTooShort => {
                f.write_str("Too short: at twice the step’s length, the loss is still falling.")
            }
        }
    }
}

impl Slice {
    /// The most evaluations of the objective that a slice takes, with a product with the Hessian
    /// counted as three.
    pub const COST: u64 = (POINTS + NARROWING + 1 + 3) as u64;

    /// The slice along `step` from the point `at`.
    #[must_use]
    pub fn along(evaluator: &mut dyn Evaluator, at: &[f64], step: &[f64]) -> Self {
        at_once(Self::along_in_slices(evaluator, at, step))
    }

    /// The same, with a pause after every evaluation of all rows.
    pub async fn along_in_slices(evaluator: &mut dyn Evaluator, at: &[f64], step: &[f64]) -> Self {
        let mut line = Line {
            evaluator,
            at,
            step,
            point: at.to_vec(),
        };
        let mut losses = Vec::with_capacity(POINTS);
        for s in (0..POINTS).map(place) {
            losses.push([s, line.loss(s).await]);
        }
        let best = line.lowest(&losses).await;
        let (slope, model) = line.expansion();
        let mut slice = Self {
            losses,
            model,
            best,
            slope,
            verdict: Verdict::Rests,
        };
        slice.verdict = slice.judge(step);
        slice
    }

    /// The loss at the start of the step.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.losses.first().map_or(f64::NAN, |point| point[1])
    }

    /// The loss at the end of the step.
    #[must_use]
    pub fn end(&self) -> f64 {
        let middle = self.losses.get(POINTS / 2);
        middle.map_or(f64::NAN, |point| point[1])
    }

    /// The quadratic model at the same places; empty if there is none.
    #[must_use]
    pub fn modelled(&self) -> Vec<[f64; 2]> {
        let places = self.losses.iter().map(|it| it[0]);
        let model = self.model.into_iter();
        model
            .flat_map(|model| places.clone().map(move |s| [s, model.at(s)]))
            .collect()
    }

    fn judge(&self, step: &[f64]) -> Verdict {
        if step.iter().all(|part| *part == 0.0) {
            return Verdict::Rests;
        }
        let losses = [self.start(), self.end()];
        let is_finite = losses.iter().all(|loss| loss.is_finite()) && self.slope.is_finite();
        let Some(best) = self.best.filter(|_| is_finite) else {
            return Verdict::NotFinite;
        };
        match best {
            _ if self.slope > 0.0 => Verdict::Uphill {
                losses,
                best: (best > 0.0).then_some(best),
            },
            0.0 => Verdict::Uphill { losses, best: None },
            _ if best >= END => Verdict::FarTooShort,
            _ if best > ABOUT => Verdict::TooShort(best),
            _ if best * ABOUT < 1.0 => Verdict::TooLong(1.0 / best),
            _ => Verdict::AboutRight(best),
        }
    }
}

/// The s of a point.
#[expect(clippy::cast_precision_loss, reason = "a few points")]
fn place(point: usize) -> f64 {
    END * point as f64 / (POINTS - 1) as f64
}

/// The line of a step, on which an objective is evaluated.
struct Line<'a> {
    evaluator: &'a mut dyn Evaluator,
    at: &'a [f64],
    step: &'a [f64],
    point: Vec<f64>,
}

impl Line<'_> {
    async fn loss(&mut self, s: f64) -> f64 {
        pause().await;
        for ((point, at), step) in self.point.iter_mut().zip(self.at).zip(self.step) {
            // Where the step is infinite, 0 · ∞ must not hide the start.
            *point = if s == 0.0 { *at } else { at + s * step };
        }
        self.evaluator.value(&self.point, Rows::All)
    }

    /// The s of the lowest loss: golden-section search around the lowest of these points.
    async fn lowest(&mut self, losses: &[[f64; 2]]) -> Option<f64> {
        const GOLDEN: f64 = 0.618_033_988_749_894_8;
        let finite = losses
            .iter()
            .enumerate()
            .filter(|(_, it)| it[1].is_finite());
        let (index, lowest) = finite.min_by(|(_, a), (_, b)| lowest_first(a[1], b[1]))?;
        let edge = |index: usize| losses.get(index).map_or(END, |it| it[0]);
        let [mut from, mut to] = [edge(index.saturating_sub(1)), edge(index + 1)];
        let inner = |from: f64, to: f64| [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
        let [mut left, mut right] = inner(from, to);
        let (mut on_left, mut on_right) = (self.loss(left).await, self.loss(right).await);
        for _ in 2..NARROWING {
            // What is not finite is higher than anything else.
            if lowest_first(on_left, on_right).is_le() {
                (to, right, on_right) = (right, left, on_left);
                [left, _] = inner(from, to);
                on_left = self.loss(left).await;
            } else {
                (from, left, on_left) = (left, right, on_right);
                [_, right] = inner(from, to);
                on_right = self.loss(right).await;
            }
        }
        let (s, found) = if lowest_first(on_left, on_right).is_le() {
            (left, on_left)
        } else {
            (right, on_right)
        };
        Some(if found < lowest[1] { s } else { lowest[0] })
    }

    /// The slope at s = 0, and the model if there is one.
    fn expansion(&mut self) -> (f64, Option<Model>) {
        let n = self.at.len();
        let (mut gradient, mut product) = (vec![0.0; n], vec![0.0; n]);
        let value = self.evaluator.gradient(self.at, Rows::All, &mut gradient);
        let slope = dot(&gradient, self.step);
        let evaluator = &mut self.evaluator;
        let offered = evaluator.hessian_vector(self.at, Rows::All, self.step, &mut product);
        let curvature = dot(&product, self.step);
        let is_finite = [value, slope, curvature].iter().all(|it| it.is_finite());
        let model = Model {
            value,
            slope,
            curvature,
        };
        (slope, (offered && is_finite).then_some(model))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests;
