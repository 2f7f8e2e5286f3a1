//! Uses a drawing again when the view has only moved.

use egui::{Rect, Vec2};

use crate::view::eye::{Eye, Frame, Sight};

/// The largest side of a small view, such as the lens: it follows the racers all the time, and it
/// costs little to draw what is around it as well.
const SMALL: f32 = 256.0;
/// The relative difference of scales that makes no difference on screen.
const SAME: f64 = 1e-5;

/// A sight that goes on being valid while the view moves a little.
pub(super) fn generous(sight: Sight) -> Sight {
    let size = sight.clip.size();
    let around = if size.max_elem() <= SMALL {
        // Whole points, so that what is drawn meets the same pixels.
        (size / 2.0).round()
    } else {
        Vec2::ZERO
    };
    Sight {
        clip: sight.clip.expand2(around),
        ..sight
    }
}

/// How far something drawn in one sight has to be moved to be right in another one, if it can be.
pub(super) fn shift(drawn: &Sight, wanted: &Sight) -> Option<Vec2> {
    let shift = match (&drawn.eye, &wanted.eye) {
        (drawn, wanted) if drawn == wanted => Some(Vec2::ZERO),
        (Eye::Above(drawn), Eye::Above(wanted)) => shift_of_frame(drawn, wanted),
        _ => None,
    }?;
    let covers = |clip: Rect| drawn.clip.contains_rect(clip.translate(-shift));
    (drawn.pixels_per_point == wanted.pixels_per_point && covers(wanted.clip)).then_some(shift)
}

fn shift_of_frame(drawn: &Frame, wanted: &Frame) -> Option<Vec2> {
    let [from, to] = [drawn.unit(), wanted.unit()];
    let same = |axis: usize| (from[axis] / to[axis] - 1.0).abs() < SAME;
    let middle = wanted.window.centre();
    (same(0) && same(1)).then(|| wanted.to_screen(middle) - drawn.to_screen(middle))
}
