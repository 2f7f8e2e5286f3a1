//! Menus for choosing a racer's rule and the rule inside a wrapper.

use egui::{AsIdSalt, Button, Role, Ui, WidgetInfo};

use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::kept_rate::keep_rate_of;
use crate::objective::Queries;
use crate::optimizer::OptimizerChoice;

/// The maximum height of the menu, which fits all rules in a window of the usual height.
const HEIGHT: f32 = 480.0;

/// Shows a menu of all rules and returns the rule chosen in place of `now`, on an objective that
/// provides this.
pub fn rule_menu(
    ui: &mut Ui,
    salt: impl AsIdSalt,
    label: &str,
    now: &OptimizerChoice,
    provides: Queries,
    width: f32,
) -> Option<OptimizerChoice> {
    let mut chosen = None;
    let response = rows::menu(salt, width)
        .height(HEIGHT)
        .selected_text(now.rule().about().title)
        .show_ui(ui, |ui| {
            for choice in OptimizerChoice::all() {
                let about = choice.rule().about();
                let same = choice.is_same_rule(now);
                let refusal = choice.refusal(provides);
                let button = Button::selectable(same, about.title);
                let button = ui.add_enabled(refusal.is_none(), button);
                let button = button.on_hover_text(about.idea);
                if let Some(refusal) = refusal {
                    button.on_disabled_hover_text(refusal);
                } else if button.clicked() && !same {
                    let mut optimizer = choice.clone();
                    // The learning rate is kept, so that only the rule changes.
                    keep_rate_of(now, &mut optimizer);
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
    /// The width of the menu.
    const WIDTH: f32 = 160.0;
    let Some(held) = card.racer.plan.optimizer.inner() else {
        return;
    };
    let provides = desk.document.race.surface().provides();
    let mut chosen = None;
    rows::row(
        ui,
        desk.colors,
        "wraps",
        "The rule that takes the steps",
        |ui| {
            chosen = rule_menu(ui, "inner", "Wrapped rule", held, provides, WIDTH);
        },
    );
    if let Some(chosen) = chosen {
        let mut optimizer = card.racer.plan.optimizer.clone();
        if let Some(held) = optimizer.inner_mut() {
            *held = chosen;
        }
        desk.change(Change::Optimizer(card.id, optimizer));
    }
}

/// Shows what is needed to judge the rule's race fairly: that it uses more than a gradient, if it
/// does, and its own remark.
pub fn remarks(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let optimizer = &card.racer.plan.optimizer;
    let beyond = optimizer.needs().beyond_gradient();
    let beyond = beyond.map(|what| format!("Uses more than a gradient: {what}."));
    let own = optimizer.rule().remarks();
    let own = own.into_iter().map(str::to_owned);
    for text in beyond.into_iter().chain(own) {
        rows::remark(ui, desk.colors, &text);
    }
}
