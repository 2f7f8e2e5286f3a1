//! The losses at the height axis of a landscape: round numbers, as many as there is room for.

use egui::Pos2;

use super::corners::upright;
use crate::number;
use crate::plane::ticks::{HALVES, multiples, step};
use crate::sampling::{HeightScale, Heights};
use crate::view::eye::Orbit;

/// The minimum distance between two losses on an axis of proportions, in text sizes.
const EVEN: f32 = 2.5;
/// The minimum distance between two losses on another axis, in text sizes.
const ROUND: f32 = 1.6;
/// The minimum distance between any two losses, in text sizes.
const CLOSE: f32 = 1.25;
/// The number of losses that are enough for an axis.
const ENOUGH: usize = 3;
/// The number of powers of ten that are tried, from the largest loss downwards.
const DECADES: i32 = 14;

/// A loss at the height axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LossMark {
    pub height: f64,
    pub text: String,
}

/// The losses at the axis of a landscape, from the floor upwards. `text` is the size of the numbers.
pub(super) fn of(orbit: &Orbit, text: f32) -> Vec<LossMark> {
    let spot = upright(orbit);
    let length = spot(0.0).distance(spot(1.0));
    if !length.is_finite() || length < 2.0 * CLOSE * text {
        return Vec::new();
    }
    let axis = Axis {
        scale: orbit.relief().scale(),
        spot: &spot,
        length,
        text,
    };
    axis.marks()
}

/// What stands above the axis.
pub(super) fn title(scale: &HeightScale) -> String {
    let what = match scale.base() {
        Some(base) if base != 0.0 => "loss above the minimum",
        _ => "loss",
    };
    format!("{what}, {}", scale.heights().label())
}

/// A height axis on screen.
struct Axis<'a> {
    scale: &'a HeightScale,
    spot: &'a dyn Fn(f64) -> Pos2,
    length: f32,
    text: f32,
}

impl Axis<'_> {
    fn marks(&self) -> Vec<LossMark> {
        let mut marks = match self.scale.heights() {
            Heights::Linear => self.even(),
            Heights::Logarithmic => self.powers(),
            Heights::Compressed => self.spread_out(),
        };
        marks.sort_by(|one, other| one.height.total_cmp(&other.height));
        marks.dedup_by(|one, other| one.text == other.text);
        marks
    }

    /// The losses at the floor and at the top.
    fn range(&self) -> [f64; 2] {
        [self.scale.loss_at(0.0), self.scale.loss_at(1.0)]
    }

    /// How far below the floor a round number may lie that is written at the floor: the lowest loss
    /// is hardly ever at a node of the grid.
    fn near(&self) -> f64 {
        let [low, high] = self.range();
        2e-3 * (high - low)
    }

    /// Multiples of a round number.
    fn even(&self) -> Vec<LossMark> {
        let [low, high] = self.range();
        let apart = f64::from(EVEN * self.text / self.length) * (high - low);
        let step = step(apart, HALVES);
        let marks = multiples([low - self.near(), high], step).into_iter();
        let mark = |loss: f64| LossMark {
            height: self.scale.at(loss),
            text: number::mark(loss, step),
        };
        self.apart(marks.map(mark), CLOSE)
    }

    /// Powers of ten above the minimum.
    fn powers(&self) -> Vec<LossMark> {
        let base = self.scale.base().unwrap_or_default();
        let [low, high] = self.range().map(|loss| (loss - base).log10());
        let apart = f64::from(ROUND * self.text / self.length) * (high - low);
        let powers = multiples([low - 1e-9, high + 1e-9], step(apart.max(1.0), HALVES));
        if powers.len() < 2 {
            return self.spread_out();
        }
        let mark = |power: f64| {
            let above = 10_f64.powf(power.round());
            LossMark {
                height: self.scale.at(base + above),
                text: number::short(above),
            }
        };
        self.apart(powers.into_iter().map(mark), CLOSE)
    }

    /// 0 and powers of ten, with their doubles and halves if there are few of them; or multiples
    /// of a round number where the losses differ little.
    fn spread_out(&self) -> Vec<LossMark> {
        if self.is_proportional() {
            return self.even();
        }
        let tens = self.round(&[1.0]);
        if tens.len() >= ENOUGH {
            return tens;
        }
        let more = self.round(&[1.0, 5.0, 2.0]);
        if more.len() >= ENOUGH {
            return more;
        }
        let even = self.even();
        if even.len() > more.len() { even } else { more }
    }

    /// 0 and multiples of powers of ten, of either sign; the largest powers have precedence.
    fn round(&self, factors: &[f64]) -> Vec<LossMark> {
        let [low, high] = self.range();
        let largest = low.abs().max(high.abs()).log10().floor();
        let powers = (0..DECADES).map(|down| 10_f64.powf(largest - f64::from(down)));
        let multiples = powers.flat_map(|power| {
            let multiples = factors.iter().map(move |factor| factor * power);
            multiples.flat_map(|loss| [loss, -loss])
        });
        let losses = std::iter::once(0.0).chain(multiples);
        let inside = losses.filter(|loss| (low - self.near()..=high).contains(loss));
        let marks = inside.map(|loss| LossMark {
            height: self.scale.at(loss),
            text: number::short(loss),
        });
        self.apart(marks, ROUND)
    }

    /// Whether half of the height is about half of the way from the lowest to the highest loss.
    fn is_proportional(&self) -> bool {
        let [low, high] = self.range();
        let middle = (self.scale.loss_at(0.5) - low) / (high - low);
        middle.is_nan() || middle >= 0.4
    }

    /// The marks that are some text sizes apart from all earlier ones.
    fn apart(&self, marks: impl Iterator<Item = LossMark>, apart: f32) -> Vec<LossMark> {
        let mut kept: Vec<(Pos2, LossMark)> = Vec::new();
        for mark in marks.filter(|mark| (0.0..=1.0).contains(&mark.height)) {
            let at = (self.spot)(mark.height);
            let is_apart = |(other, _): &(Pos2, LossMark)| {
                (other.y - at.y).abs().max((other.x - at.x).abs() / 3.0) >= apart * self.text
            };
            if kept.iter().all(is_apart) {
                kept.push((at, mark));
            }
        }
        kept.into_iter().map(|(_, mark)| mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::{Rect, Vec2};

    use super::*;
    use crate::plane::Window;
    use crate::preset::Viewpoint;
    use crate::sampling::{Relief, Sampled};
    use crate::surface::{About, Beale, Equation, Formula, Number, Saddle, Surface};

    /// f = `base` + `slope` · x + `bend` · (x² + y²)
    #[derive(Debug)]
    struct Simple {
        base: f64,
        slope: f64,
        bend: f64,
    }

    impl Formula for Simple {
        const ABOUT: About = About {
            name: "Simple",
            title: "Simple",
            equation: Equation::Words(""),
            window: Window::square(1.0),
            minima: &[],
            source: "",
            teaches: "",
        };

        fn formula<D: Number>(&self, x: D, y: D) -> D {
            x * self.slope + (x * x + y * y) * self.bend + self.base
        }
    }

    impl Simple {
        const LEVEL: Self = Self {
            base: 3.0,
            slope: 0.0,
            bend: 0.0,
        };
    }

    fn orbit(surface: &dyn Surface, window: Window, heights: Heights, at: Viewpoint) -> Orbit {
        let sampled = Sampled::new(surface, window, [121, 121], [600.0, 600.0]);
        let lowest = surface.minima().first().map(|minimum| minimum.value);
        let relief = Arc::new(Relief::of(&sampled, 80, heights, lowest));
        let rect = Rect::from_min_size(Pos2::ZERO, Vec2::splat(600.0));
        Orbit::new(&relief, &at, rect)
    }

    fn texts(orbit: &Orbit) -> Vec<String> {
        of(orbit, 12.0).into_iter().map(|mark| mark.text).collect()
    }

    #[test]
    fn every_scale_has_its_round_numbers() {
        let window = Window::square(1.5);
        let saddle = orbit(&Saddle, window, Heights::Linear, Viewpoint::RADFORD);
        assert_eq!(texts(&saddle), ["−2", "−1", "0", "1", "2"]);
        let beale = |heights| orbit(&Beale, Beale.window(), heights, Viewpoint::RADFORD);
        let compressed = texts(&beale(Heights::Compressed));
        assert_eq!(compressed[..3], ["0", "10", "100"], "{compressed:?}");
        let logarithmic = texts(&beale(Heights::Logarithmic));
        let decades = ["1", "10", "100"];
        let has_all = logarithmic.windows(3).any(|it| it == decades);
        assert!(has_all, "{logarithmic:?}");
    }

    #[test]
    fn losses_that_hardly_differ_have_numbers_as_well() {
        let gentle = Simple {
            base: 78.2,
            slope: 0.02,
            ..Simple::LEVEL
        };
        for heights in Heights::ALL {
            let orbit = orbit(&gentle, Window::square(1.0), heights, Viewpoint::RADFORD);
            assert!(texts(&orbit).len() >= ENOUGH, "{:?}", texts(&orbit));
        }
    }

    #[test]
    fn a_level_surface_or_none_has_at_most_one() {
        for base in [3.0, f64::NAN] {
            let level = Simple {
                base,
                ..Simple::LEVEL
            };
            for heights in Heights::ALL {
                let orbit = orbit(&level, Window::square(1.0), heights, Viewpoint::RADFORD);
                assert!(texts(&orbit).len() <= 1, "{:?}", texts(&orbit));
            }
        }
    }

    #[test]
    fn losses_ascend_and_keep_apart_from_wherever_they_are_seen() {
        for heights in Heights::ALL {
            for elevation in [0.0, 20.0, 45.0, 70.0] {
                for turn in 0..12 {
                    let at = Viewpoint::at(f64::from(turn) * 31.0 - 180.0, elevation);
                    let orbit = orbit(&Beale, Beale.window(), heights, at);
                    let marks = of(&orbit, 12.0);
                    let spot = upright(&orbit);
                    for pair in marks.windows(2) {
                        assert!(pair[0].height < pair[1].height, "{marks:?}");
                        let [low, high] = [&pair[0], &pair[1]].map(|it| spot(it.height).y);
                        assert!(low - high >= 14.0, "{at:?} {marks:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_minimum_other_than_0_is_what_a_logarithm_counts_from() {
        let scale = |lowest: f64| {
            let surface = Simple {
                base: lowest,
                bend: 1.0,
                ..Simple::LEVEL
            };
            let sampled = Sampled::new(&surface, Window::square(1.0), [41, 41], [400.0, 400.0]);
            let relief = Relief::of(&sampled, 40, Heights::Logarithmic, Some(lowest));
            title(relief.scale())
        };
        assert_eq!(scale(0.0), "loss, logarithmic");
        assert_eq!(scale(-78.3), "loss above the minimum, logarithmic");
    }
}
