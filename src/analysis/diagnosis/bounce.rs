//! Steps that go back and forth.

use super::{Finding, FindingKind, Situation};
use crate::analysis::Stability;
use crate::number::short;
use crate::optimizer::Role;

/// Why a rule that scales by recent gradients approaches the limit by itself: Cohen et al.,
/// *Adaptive gradient methods at the edge of stability*, 2022.
const RISING: &str = " As the gradients shrink, its scaling lifts the effective rate to that limit \
                      again and again.";

/// Beyond the stability limit: bounces from wall to wall.
pub fn bouncing(it: &Situation) -> Option<Finding> {
    let stability = it.stability.filter(|stability| stability.share() > 1.0)?;
    let [across, _] = stability.measures;
    let turns = it.turns(across, 3) >= 2;
    if !(it.is_under_way() && turns && !is_jittering(it)) {
        return None;
    }
    let swings: Vec<f64> = it.swings(across).take(3).map(f64::abs).collect();
    let how = if swings.first() > swings.last() {
        ", further each time"
    } else {
        ""
    };
    Some(Finding::new(
        FindingKind::Bouncing,
        format!(
            "{} = {}, above the limit of {}: it bounces off the walls of the valley{how}.{}",
            product_of(it),
            short(stability.sharpness[0]),
            limit_of(it, &stability),
            if is_self_scaling(it) { RISING } else { "" },
        ),
        calming(it, &stability),
    ))
}

/// Near the stability limit: every step overshoots and the next one returns, a little shorter.
pub fn oscillating(it: &Situation) -> Option<Finding> {
    let is_near = |stability: &Stability| (0.5..=1.0).contains(&stability.share());
    let stability = it.stability.filter(is_near)?;
    let [across, _] = stability.measures;
    let mut swings = it.swings(across);
    let (now, before) = (swings.next()?, swings.next()?);
    let kept = (now / before).abs();
    let is_visible = now.abs() > 1e-4 * it.diagonal;
    if !(it.is_under_way() && is_visible && kept < 1.0 && it.turns(across, 4) >= 3) {
        return None;
    }
    Some(Finding::new(
        FindingKind::Oscillating,
        format!(
            "{} = {}, close to the limit of {}: every step overshoots the floor of the valley, \
             and the next one swings back {} times as far.{}",
            product_of(it),
            short(stability.sharpness[0]),
            limit_of(it, &stability),
            short(kept),
            if is_self_scaling(it) { RISING } else { "" },
        ),
        calming(it, &stability),
    ))
}

/// The limit of the product, the rule it applies to, and the learning rate at which it is reached,
/// if known.
fn limit_of(it: &Situation, stability: &Stability) -> String {
    let bound = format!("{} for {}", short(stability.bound), it.title());
    match stability.named_limit() {
        Some(rate) => format!("{bound} (a learning rate of {})", short(rate)),
        None => bound,
    }
}

/// A change that reduces the oscillations: a decreasing rate, if the scaling would raise any
/// constant one to the limit; a rate below the limit; less momentum, or some if there is none.
fn calming(it: &Situation, stability: &Stability) -> Option<String> {
    let rate = it.learning_rate();
    if is_self_scaling(it) {
        return it.advice(
            it.falling_rate()
                .into_iter()
                .chain(it.rates([rate / 2.0, rate / 10.0])),
        );
    }
    let limit = stability.limit();
    let lower = [0.9, 0.5, 0.25].map(|share| share * limit);
    let lower = lower.into_iter().filter(|lower| *lower < rate);
    let less = it.inertia().map(|(_, kept)| 1.0 - 2.0 * (1.0 - kept));
    let less = less.filter(|less| *less > 0.0);
    let less = less.and_then(|less| it.with(Role::Momentum, less));
    let momentum = it.inertia().is_none().then(|| it.more_momentum());
    let others = less.into_iter().chain(momentum.into_iter().flatten());
    it.advice(it.rates(lower).chain(others))
}

/// Steps of constant size around the minimum.
pub fn jitter(it: &Situation) -> Option<Finding> {
    if !(it.is_under_way() && is_jittering(it)) {
        return None;
    }
    let (_, distance) = it.nearest()?;
    let rate = it.learning_rate();
    Some(Finding::new(
        FindingKind::Jitter,
        format!(
            "It jitters around the minimum, {} away, in steps of {} at a learning rate of {}: {} \
             divides every gradient by its recent size, so its steps do not shrink with the slope.",
            short(distance),
            short(it.stride()),
            short(rate),
            it.inner_title(),
        ),
        it.advice(it.falling_rate().into_iter().chain(it.rates([rate / 5.0]))),
    ))
}

/// Whether a rule that scales by recent gradients oscillates at its minimum without getting lower.
fn is_jittering(it: &Situation) -> bool {
    /// The number of steps that are compared with as many before them.
    const SPAN: usize = 20;
    let (Some((minimum, distance)), Some(earlier)) =
        (it.nearest(), it.step().checked_sub(2 * SPAN))
    else {
        return false;
    };
    let is_there = distance < 0.05 * it.diagonal && distance < 5.0 * it.stride();
    let turns = |axis| it.turns(axis, SPAN);
    let goes_to_and_fro = turns([1.0, 0.0]).max(turns([0.0, 1.0])) >= SPAN / 2;
    let height = |from: usize| {
        let losses = (from..from + SPAN).map(|step| it.path.loss_at(step));
        losses.fold(0.0, |highest: f64, loss| highest.max(loss - minimum.value))
    };
    let gets_lower = height(earlier + SPAN) < 0.5 * height(earlier);
    is_self_scaling(it) && is_there && goes_to_and_fro && !gets_lower
}

/// Whether the rule's effective rate grows when gradients shrink.
fn is_self_scaling(it: &Situation) -> bool {
    it.forgetting().is_some() && it.scaling().is_some()
}

/// The product to which the stability limit applies, in words.
fn product_of(it: &Situation) -> &'static str {
    match it.scaling() {
        Some(_) => "Effective rate × largest curvature",
        None => "Learning rate × largest curvature",
    }
}
