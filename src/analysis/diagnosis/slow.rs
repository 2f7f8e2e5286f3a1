//! Racers that make slow progress, and why.

use super::{Finding, FindingKind, Situation};
use crate::number::short;
use crate::plane::{dot, length};

/// The learning rate is 0, or a schedule has reduced it almost to 0 before the end of the race.
pub fn run_down(it: &Situation) -> Option<Finding> {
    if !it.rule().heeds_rate() {
        return None;
    }
    let rate = it.learning_rate();
    let earlier = it
        .path
        .learning_rate
        .iter()
        .take(it.path.point_of(it.step()))
        .copied();
    let highest = earlier.fold(rate, f64::max);
    // An infinite rate has no meaningful ratio to others.
    let is_low = rate.is_finite() && rate <= 0.01 * highest;
    if !(it.is_under_way() && is_low && it.is_far_off(100.0)) {
        return None;
    }
    if highest == 0.0 {
        return Some(Finding::new(
            FindingKind::RunDown,
            format!("The {} is 0, so nothing moves.", it.rate_label()),
            it.advice(it.rates(it.published_rate())),
        ));
    }
    let left = match it.nearest() {
        Some((_, distance)) => format!(" {} away from the nearest minimum", short(distance)),
        None => String::new(),
    };
    Some(Finding::new(
        FindingKind::RunDown,
        format!(
            "The {} has fallen from {} to {}: it comes to a stop{left}.",
            it.rate_label(),
            short(highest),
            short(rate),
        ),
        it.advice(
            it.unscheduled()
                .into_iter()
                .chain(it.rates([3.0 * highest, 10.0 * highest])),
        ),
    ))
}

/// A long valley: a rate that suits its walls makes little progress along its floor.
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
    let why = match stability.named_limit() {
        Some(limit) => format!(
            "Above a learning rate of {} it would bounce off the valley walls, but at {} a step",
            short(limit),
            short(stability.learning_rate)
        ),
        None => "A step".into(),
    };
    Some(Finding::new(
        FindingKind::Crawling,
        format!(
            "{why} covers only {} % of the way along the floor to {destination}.{}",
            short(100.0 * covered),
            leveling(it, floor),
        ),
        it.advice(it.more_momentum().into_iter().chain(it.adaptive())),
    ))
}

/// The distance along the floor of the valley to the minimum of the local quadratic, or if that is
/// outside the map, to the nearest minimum.
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

/// A remark on whether a rate per axis could level the valley, for rules with a single rate.
fn leveling(it: &Situation, [x, y]: [f64; 2]) -> &'static str {
    if it.scaling().is_some() {
        ""
    } else if x.abs().max(y.abs()) > 0.95 {
        " The valley lies along an axis, so a rate per axis (RMSProp, Adam) could level it."
    } else {
        " The valley lies aslant, where a rate per axis (RMSProp, Adam) helps less."
    }
}

/// The learning rate is far below the stability limit.
pub fn timid(it: &Situation) -> Option<Finding> {
    let (curvature, stability) = (it.curvature?, it.stability?);
    let rest = length(curvature.newton_step(it.gradient));
    let is_bowl = curvature.smallest() > 0.0;
    let is_on_the_map = (0.01..1.0).contains(&(rest / it.diagonal));
    let is_slow = it.stride() < 0.01 * rest && it.has_gathered();
    let has_room = stability.share() < 0.05;
    if !(it.is_under_way() && is_bowl && is_on_the_map && is_slow && has_room) {
        return None;
    }
    let room = match stability.named_limit() {
        Some(limit) => format!(
            ", though a learning rate of up to {} would still be stable here",
            short(limit)
        ),
        None => String::new(),
    };
    let rate = it.learning_rate();
    let half_the_limit = stability.named_limit().map(|limit| limit / 2.0);
    let higher = half_the_limit.into_iter().chain([10.0 * rate, 3.0 * rate]);
    Some(Finding::new(
        FindingKind::Timid,
        format!(
            "A step covers only {} % of the way to the bottom{room}.",
            short(100.0 * it.stride() / rest),
        ),
        it.advice(it.unscheduled().into_iter().chain(it.rates(higher))),
    ))
}
