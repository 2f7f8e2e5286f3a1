//! Racers that get on slowly, and why.

use super::{Finding, Kind, Situation};
use crate::analysis::{dot, length};
use crate::number::short;

/// The learning rate is 0, or a schedule has nearly brought it there before the race was over.
pub fn run_down(it: &Situation) -> Option<Finding> {
    let rate = it.learning_rate();
    let earlier = it.path.learning_rate.iter().take(it.step()).copied();
    let highest = earlier.fold(rate, f64::max);
    if !(it.is_under_way() && rate <= 0.01 * highest && it.is_far_off(100.0)) {
        return None;
    }
    if highest == 0.0 {
        return Some(Finding::new(
            Kind::RunDown,
            "The learning rate is 0, so it stands still.".into(),
            "Raise the learning rate.",
        ));
    }
    let left = match it.nearest() {
        Some((_, distance)) => format!(", {} from the nearest minimum", short(distance)),
        None => String::new(),
    };
    Some(Finding::new(
        Kind::RunDown,
        format!(
            "The learning rate has fallen to {}, {} % of its highest: it stops short{left}.",
            short(rate),
            short(100.0 * rate / highest),
        ),
        "Let the schedule fall later or more slowly, or start with a higher learning rate.",
    ))
}

/// A long valley: what its walls bear does not get on along its floor.
pub fn crawling(it: &Situation) -> Option<Finding> {
    let (curvature, stability) = (it.curvature?, it.stability?);
    let [steep, flat] = stability.sharpness;
    let ratio = steep / flat;
    let is_long = flat > 0.0 && ratio > 30.0;
    let is_near_the_limit = (0.2..=1.0).contains(&stability.share());
    let rest = curvature.newton_step(it.gradient);
    let [_, along] = stability.measures;
    let covered = (dot(it.way(), along) / dot(rest, along)).abs();
    let has_far_to_go = length(rest) > 0.01 * it.diagonal;
    if !(it.is_under_way() && is_long && is_near_the_limit && covered < 0.05 && has_far_to_go) {
        return None;
    }
    // A rate per axis levels a valley that runs along an axis.
    let [x, y] = curvature.directions[1];
    let cure = if x.abs().max(y.abs()) > 0.95 {
        "Momentum adds up the small steps along the floor, and a rule with a rate per axis, such \
         as RMSProp or Adam, levels the valley"
    } else {
        "Momentum adds up the small steps along the floor (a rate per axis helps little, since the \
         valley runs aslant)"
    };
    Some(Finding::new(
        Kind::Crawling,
        format!(
            "The valley is {} times steeper across than along, so that a step covers only {} % of \
             the way along its floor.",
            short(ratio),
            short(100.0 * covered),
        ),
        format!(
            "{cure}; the learning rate cannot do much, since the walls bear {} at most.",
            short(stability.limit())
        ),
    ))
}

/// The learning rate is far below what the surface bears.
pub fn timid(it: &Situation) -> Option<Finding> {
    let (curvature, stability) = (it.curvature?, it.stability?);
    let rest = length(curvature.newton_step(it.gradient));
    let is_bowl = curvature.smallest() > 0.0;
    let is_slow = it.stride() < 0.01 * rest && rest > 0.01 * it.diagonal;
    // At first, memory has yet to gather.
    let has_begun = it.step() >= 10;
    if !(it.is_under_way() && is_bowl && is_slow && has_begun && stability.share() < 0.05) {
        return None;
    }
    Some(Finding::new(
        Kind::Timid,
        format!(
            "A step covers only {} % of the way, though the surface here bears a learning rate {} \
             times as high.",
            short(100.0 * it.stride() / rest),
            short(1.0 / stability.share()),
        ),
        format!(
            "Raise the learning rate; its limit here is {}.",
            short(stability.limit())
        ),
    ))
}
