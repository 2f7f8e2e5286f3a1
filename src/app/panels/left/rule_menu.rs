//! Menus for choosing a racer's rule and the rule inside a wrapper.

use egui::{AsIdSalt, Button, Role, Ui, WidgetInfo};

use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::kept_rate::keep_rate_of;
use crate::number::count;
use crate::optimizer::OptimizerChoice;

/// The maximum height of the menu, which fits all rules in a window of the usual height.
const HEIGHT: f32 = 480.0;

/// Returns all rules that can be chosen: those in the library, and then the built-in ones.
pub fn rules(desk: &Desk<'_>) -> Vec<OptimizerChoice> {
    let kept = desk.workspace.settings.library.rules().cloned();
    let built_in = OptimizerChoice::all().iter().cloned();
    kept.map(OptimizerChoice::Rule).chain(built_in).collect()
}

/// What a rule does, in a sentence, or in its lines.
fn idea(choice: &OptimizerChoice) -> String {
    match choice {
        OptimizerChoice::Rule(own) => own.text().to_owned(),
        _ => choice.rule().about().idea.to_owned(),
    }
}

/// Shows a menu of these rules and returns the rule chosen in place of `now`; `refusal` says why one
/// cannot be chosen.
pub fn rule_menu(
    ui: &mut Ui,
    salt: impl AsIdSalt,
    label: &str,
    rules: &[OptimizerChoice],
    now: &OptimizerChoice,
    refusal: impl Fn(&OptimizerChoice) -> Option<String>,
    width: f32,
) -> Option<OptimizerChoice> {
    let mut chosen = None;
    let response = rows::menu(salt, width)
        .height(HEIGHT)
        .selected_text(now.rule().title())
        .show_ui(ui, |ui| {
            for choice in rules {
                let is_own = matches!(choice, OptimizerChoice::Rule(_));
                let same = choice == now || (!is_own && choice.is_same_rule(now));
                let refusal = refusal(choice);
                let button = Button::selectable(same, choice.rule().title());
                let button = ui.add_enabled(refusal.is_none(), button);
                let button = button.on_hover_text(idea(choice));
                if let Some(refusal) = refusal {
                    button.on_disabled_hover_text(refusal);
                } else if button.clicked() && !same {
                    let mut optimizer = choice.clone();
                    // The learning rate is kept, so that only the rule changes; a rule of one's own
                    // was kept with the rate that suits it.
                    if let Some(inner) = optimizer.inner_mut() {
                        // A wrapper is put around the rule that is there.
                        *inner = now.clone();
                    } else if !is_own {
                        keep_rate_of(now, &mut optimizer);
                    }
                    chosen = Some(optimizer);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, label));
    chosen
}

/// Shows a menu of the rule inside the racer's wrapper; nothing if the rule is no wrapper.
pub fn inner(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let provides = desk.document.race.surface().provides();
    let optimizer = &card.racer.plan.optimizer;
    let refusal = |held: &OptimizerChoice| held.refusal(provides);
    if let Some(chosen) = wrapped(ui, desk, "Wrapped rule", optimizer, refusal) {
        desk.change(Change::Optimizer(card.id, chosen));
    }
}

/// Shows a menu of the rule inside a wrapper, with this accessible name, and returns the wrapper
/// with the rule chosen; nothing if the rule is no wrapper. `refusal` says why an inner rule cannot
/// be chosen.
pub fn wrapped(
    ui: &mut Ui,
    desk: &Desk<'_>,
    label: &str,
    optimizer: &OptimizerChoice,
    refusal: impl Fn(&OptimizerChoice) -> Option<String>,
) -> Option<OptimizerChoice> {
    /// The width of the menu.
    const WIDTH: f32 = 160.0;
    let held = optimizer.inner()?;
    let mut chosen = None;
    let help = "The rule that takes the steps";
    rows::row(ui, desk.colors, "wraps", help, |ui| {
        chosen = rule_menu(ui, "inner", label, &rules(desk), held, refusal, WIDTH);
    });
    holding(optimizer, chosen?)
}

/// Returns a wrapper with another rule inside; `None` if the rule is no wrapper.
pub fn holding(optimizer: &OptimizerChoice, inner: OptimizerChoice) -> Option<OptimizerChoice> {
    let mut optimizer = optimizer.clone();
    *optimizer.inner_mut()? = inner;
    Some(optimizer)
}

/// Shows what is needed to judge the rule's race fairly: how often its gradient was clipped, that it
/// uses more than a gradient, if it does, and its own remark.
pub fn remarks(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let optimizer = &card.racer.plan.optimizer;
    let beyond = optimizer.needs().beyond_gradient();
    let has_gradient = optimizer.needs().gradient;
    let beyond = beyond.map(|what| {
        if has_gradient {
            format!("Uses more than a gradient: {what}.")
        } else {
            format!("Uses no gradient, but {what}.")
        }
    });
    let index = desk.document.race.lineup().index_of(card.id);
    let clipped = index.and_then(|index| *desk.caches.chart.clipped.get(index)?);
    let clipped = clipped.map(|[clipped, steps]| {
        format!("Clipped in {} of {} steps.", count(clipped), count(steps))
    });
    let own = optimizer.rule().remarks();
    let own = own.into_iter().map(str::to_owned);
    for text in clipped.into_iter().chain(beyond).chain(own) {
        rows::remark(ui, desk.colors, &text);
    }
}
