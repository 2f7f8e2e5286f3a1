//! Racers that get on slowly, and why.

use super::{Finding, Kind, Situation};
use crate::number::short;
use crate::plane::{dot, length};

/// The learning rate is 0, or a schedule has nearly brought it there before the race was over.
pub fn run_down(it: &Situation) -> Option<Finding> {
    let rate = it.learning_rate();
    let earlier = it
        .path
        .learning_rate
        .iter()
        .take(it.path.point_of(it.step()))
        .copied();
    let highest = earlier.fold(rate, f64::max);
    // An infinite rate, which Rprop outlives, is no share of anything.
    let is_low = rate.is_finite() && rate <= 0.01 * highest;
    if !(it.is_under_way() && is_low && it.is_far_off(100.0)) {
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
    let is_long = steep > 30.0 * flat.abs();
    let is_near_the_limit = (0.2..=1.0).contains(&stability.share());
    let floor = curvature.directions[1];
    let (rest, destination) = way_to_go(it, floor)?;
    let covered = dot(it.way(), floor).abs() / rest;
    let is_slow = covered < 0.05 && rest > 0.01 * it.diagonal && it.has_gathered();
    if !(it.is_under_way() && is_long && is_near_the_limit && is_slow) {
        return None;
    }
    Some(Finding::new(
        Kind::Crawling,
        format!(
            "The walls of the valley bear a learning rate of {} at most, and with {} a step covers \
             only {} % of the way along the floor to {destination}.",
            short(stability.limit()),
            short(stability.learning_rate),
            short(100.0 * covered),
        ),
        faster_along(it, floor),
    ))
}

/// How far it is along the floor of the valley to where the local quadratic has its bottom; or,
/// where that is off the map, to the nearest minimum.
fn way_to_go(it: &Situation, floor: [f64; 2]) -> Option<(f64, &'static str)> {
    let curvature = it.curvature?;
    let rest = curvature.newton_step(it.gradient);
    if curvature.smallest() > 0.0 && length(rest) < it.diagonal {
        Some((dot(rest, floor).abs(), "its lowest point"))
    } else {
        let (_, distance) = it.nearest()?;
        Some((distance, "the nearest minimum"))
    }
}

/// What gets on faster along the floor of a valley.
fn faster_along(it: &Situation, [x, y]: [f64; 2]) -> String {
    let momentum = match it.inertia() {
        Some((symbol, _)) => format!("A higher {symbol}"),
        None => "Momentum".into(),
    };
    let levels = if it.scaling().is_some() {
        ""
    } else if x.abs().max(y.abs()) > 0.95 {
        "; a rule with a rate per axis, such as RMSProp or Adam, levels the valley"
    } else {
        "; a rate per axis helps less, since the valley runs aslant"
    };
    format!("{momentum} adds up the small steps along the floor{levels}.")
}

/// The learning rate is far below what the surface bears.
pub fn timid(it: &Situation) -> Option<Finding> {
    let (curvature, stability) = (it.curvature?, it.stability?);
    let rest = length(curvature.newton_step(it.gradient));
    let is_bowl = curvature.smallest() > 0.0;
    let is_on_the_map = (0.01..1.0).contains(&(rest / it.diagonal));
    let is_slow = it.stride() < 0.01 * rest && it.has_gathered();
    let bears_more = stability.share() < 0.05;
    if !(it.is_under_way() && is_bowl && is_on_the_map && is_slow && bears_more) {
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
