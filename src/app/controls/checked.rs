//! What is known about a rule of one's own without a person's having to look.

use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::expression::{Program, Whole};
use crate::number::{count, short};

/// Says whether the rule takes the same steps as the one of which it is a copy; `None` if it is none,
/// or if that is not known yet.
#[must_use]
pub fn compared(desk: &Desk<'_>, racer: RacerId) -> Option<String> {
    let original = desk.caches.others.original()?;
    if original.ghost.racer != Some(racer) {
        return None;
    }
    let title = &original.title;
    let steps = count(original.steps);
    Some(match (original.same, original.parting) {
        (Some(difference), _) => format!(
            "This rule takes the same steps as {title} itself: largest difference over {steps} \
             steps {}.",
            short(difference)
        ),
        (None, Some(step)) => {
            format!(
                "The path leaves that of {title} itself at step {}.",
                count(step)
            )
        }
        (None, None) => format!(
            "Over {steps} steps, the path stays that of {title} itself as far as one can see."
        ),
    })
}

/// Says what is known about a racer's rule, in sentences; nothing about one that is built in.
#[must_use]
pub fn sentences(desk: &Desk<'_>, racer: RacerId) -> Vec<String> {
    let racer_there = desk.document.lineup().racer(racer);
    let rule = racer_there.and_then(|it| it.plan.optimizer.own_rule());
    let Some(program) = rule.and_then(|rule| rule.program()) else {
        return Vec::new();
    };
    let mut told: Vec<String> = compared(desk, racer).into_iter().collect();
    told.push(reach(program));
    told.push("No stability limit is known for rules of one’s own.".to_owned());
    told
}

/// Says which coordinates a coordinate's step depends on, and what else is asked for.
fn reach(program: &Program) -> String {
    let asked = match (program.calls(Whole::Value), program.calls(Whole::Gradient)) {
        (true, true) => " It asks for values, and for gradients elsewhere.",
        (true, false) => " It asks for values.",
        (false, true) => " It asks for gradients elsewhere.",
        (false, false) => "",
    };
    let mixes = [Whole::Norm, Whole::Dot, Whole::Mean, Whole::Max];
    if mixes.into_iter().any(|whole| program.calls(whole)) {
        format!("It mixes all coordinates, on networks all weights.{asked}")
    } else {
        format!("It acts on each coordinate alone, on networks on each weight.{asked}")
    }
}
