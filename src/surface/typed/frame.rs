//! The window in which a typed surface is worth seeing.

use crate::plane::Window;
use crate::surface::Formula;
use crate::surface::stationary::{self, Stationary};

/// The squares around the origin in which stationary points are sought: half their sides, the first
/// with any being enough.
const REACHES: [f64; 4] = [3.0, 10.0, 60.0, 400.0];

/// The part of the window's side that the points take.
const FILL: f64 = 0.6;

/// The window without anything to go by.
const PLAIN: f64 = 5.0;

/// A window around the stationary points that are nearest to the origin. Without any, it is a
/// square around the origin in which the loss is finite at least here and there.
pub fn frame(loss: &impl Formula) -> Window {
    for reach in REACHES {
        let points = stationary::find(loss, &Window::square(reach));
        if !points.is_empty() {
            return around(&points, reach);
        }
    }
    let halves = [PLAIN, 1.0, 50.0, 0.1, 1000.0];
    let shown = halves.into_iter().find(|half| is_seen(loss, *half));
    Window::square(shown.unwrap_or(PLAIN))
}

/// A window of round numbers around points within this reach.
fn around(points: &[Stationary], reach: f64) -> Window {
    let range = |axis: usize| {
        let of = points.iter().map(|point| point.at[axis]);
        of.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
            [low.min(value), high.max(value)]
        })
    };
    let ranges = [range(0), range(1)];
    let extent = ranges.map(|[low, high]| high - low);
    // A point alone says nothing about its surroundings, except how far it is from the origin.
    let half = (extent[0].max(extent[1]) / (2.0 * FILL)).max(reach * 2.0 / 3.0);
    let unit = 10_f64.powf(half.log10().floor()) / 2.0;
    let side = |[low, high]: [f64; 2]| {
        let middle = f64::midpoint(low, high);
        [
            unit * ((middle - half) / unit).round(),
            unit * ((middle + half) / unit).round(),
        ]
    };
    let [x, y] = ranges.map(side);
    Window::new(x, y)
}

/// Whether the loss is finite at a twentieth of the points of a square or more.
fn is_seen(loss: &impl Formula, half: f64) -> bool {
    const POINTS: u8 = 41;
    let place = |index: u8| half * (f64::from(index) / f64::from(POINTS - 1) * 2.0 - 1.0);
    let xs: Vec<f64> = (0..POINTS).map(place).collect();
    let mut losses = vec![0.0; xs.len()];
    let finite = (0..POINTS).map(|index| {
        loss.along(&xs, place(index), &mut losses);
        losses.iter().filter(|loss| loss.is_finite()).count()
    });
    let finite: usize = finite.sum();
    finite * 20 >= usize::from(POINTS) * usize::from(POINTS)
}
