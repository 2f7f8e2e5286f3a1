//! Steps that go to and fro.

use super::{Finding, Kind, Situation};
use crate::analysis::Stability;
use crate::number::short;

/// What to do where the scaling itself leads to the limit: Cohen et al., *Adaptive gradient methods
/// at the edge of stability*, 2022.
const FALLING: &str = "A lower learning rate swings less, but as the gradients shrink, the scaling \
                       lifts the effective rate up to the limit again: let the learning rate fall \
                       towards the end.";

/// Beyond the stability limit: thrown from wall to wall.
pub fn bouncing(it: &Situation) -> Option<Finding> {
    let stability = it.stability.filter(|stability| stability.share() > 1.0)?;
    let [across, _] = stability.measures;
    let turns = it.turns(across, 3) >= 2;
    if !(it.is_under_way() && turns && !is_jittering(it)) {
        return None;
    }
    let swings: Vec<f64> = it.swings(across).take(3).map(f64::abs).collect();
    let how = if swings.first() > swings.last() {
        "each time further"
    } else {
        "from wall to wall"
    };
    Some(Finding::new(
        Kind::Bouncing,
        format!(
            "{} = {}, more than the {} that {} bears: it bounces across the valley, {how}.",
            product_of(it),
            short(stability.sharpness[0]),
            short(stability.bound),
            it.title(),
        ),
        if is_self_scaling(it) {
            FALLING.into()
        } else {
            format!(
                "Take a learning rate below {}; the mark on its slider shows the limit here.",
                short(stability.limit())
            )
        },
    ))
}

/// Near the stability limit: every step overshoots and comes back, a little shorter.
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
        Kind::Oscillating,
        format!(
            "{} = {}, not far from the {} that {} bears: every step overshoots the floor of the \
             valley, and the next comes back {} times as long.",
            product_of(it),
            short(stability.sharpness[0]),
            short(stability.bound),
            it.title(),
            short(kept),
        ),
        match (is_self_scaling(it), it.inertia()) {
            (true, _) => FALLING.into(),
            (false, None) => format!(
                "Half the limit, a learning rate of {}, goes to the floor without detours.",
                short(stability.limit() / 2.0)
            ),
            (false, Some((symbol, _))) => format!(
                "A learning rate well below the limit of {}, or a lower {symbol}, swings less.",
                short(stability.limit())
            ),
        },
    ))
}

/// Steps of a fixed size around the minimum.
pub fn jitter(it: &Situation) -> Option<Finding> {
    if !(it.is_under_way() && is_jittering(it)) {
        return None;
    }
    let (_, distance) = it.nearest()?;
    let eta = it.learning_rate();
    Some(Finding::new(
        Kind::Jitter,
        format!(
            "It jitters around the minimum, {} away, in steps of {} at η = {}: {} divides every \
             gradient by its recent size, so its steps do not shrink with the slope.",
            short(distance),
            short(it.stride()),
            short(eta),
            it.title(),
        ),
        "Let the learning rate fall towards the end, for instance by the Cosine schedule.",
    ))
}

/// Whether a rule that scales by recent gradients goes to and fro at its minimum and does not get
/// lower.
fn is_jittering(it: &Situation) -> bool {
    /// The steps that are compared with as many before them.
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

/// Whether the rule's effective rate grows again where gradients shrink.
fn is_self_scaling(it: &Situation) -> bool {
    it.forgetting().is_some() && it.scaling().is_some()
}

/// The product that the stability limit is about, in words.
fn product_of(it: &Situation) -> &'static str {
    match it.scaling() {
        Some(_) => "Effective rate × largest curvature",
        None => "Learning rate × largest curvature",
    }
}
