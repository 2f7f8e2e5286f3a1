//! A hyper-parameter of a racer: its name and its control.

use egui::{Role, Ui, WidgetInfo};

use super::{Card, links, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::group_change::{GroupChange, block_label};
use crate::app::widgets::ValueSlider;
use crate::experiment::Edit;
use crate::optimizer::{
    OptimizerChoice, Origin, Parameter, ParameterKind, Role as ParameterRole, Value,
};
use crate::view::number;

/// The width of a menu of forms.
const MENU: f32 = 124.0;

/// A hyper-parameter with its racer and its index.
#[derive(Clone, Copy)]
struct Row<'a> {
    card: Card<'a>,
    /// The group to whose rule it belongs; `None` for the racer's own rule.
    group: Option<usize>,
    optimizer: &'a OptimizerChoice,
    index: usize,
    parameter: &'a Parameter,
    /// The step from which a change applies; `None` for the whole race.
    since: Option<usize>,
}

/// Shows the row of the hyper-parameter at an index of the racer's own rule.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, index: usize) {
    let optimizer = &card.racer.plan.optimizer;
    let step = desk.step_of(card.id);
    let since = Some(step).filter(|&step| desk.document.from_here && step > 0);
    row(ui, desk, card, None, (optimizer, index), since);
}

/// Shows the row of the hyper-parameter at an index of the rule of a group. It applies to the whole
/// race.
pub fn of_group(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, group: usize, index: usize) {
    if let Some(found) = card.racer.plan.groups.get(group) {
        row(ui, desk, card, Some(group), (&found.optimizer, index), None);
    }
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    card: Card<'_>,
    group: Option<usize>,
    (optimizer, index): (&OptimizerChoice, usize),
    since: Option<usize>,
) {
    let rule = optimizer.rule();
    let (Some(parameter), Some(value)) = (rule.parameter(index), rule.get(index)) else {
        return;
    };
    let row = Row {
        card,
        group,
        optimizer,
        index,
        parameter: &parameter,
        since,
    };
    match value {
        Value::Number(_) => row.number(ui, desk),
        Value::Switch(on) => row.switch(ui, desk, on),
        Value::Choice(chosen) => row.choice(ui, desk, chosen),
    }
}

impl Row<'_> {
    /// Returns the accessible name of the control.
    fn label(self) -> String {
        let label = self.parameter.label();
        let groups = &self.card.racer.plan.groups;
        match self.group.and_then(|group| groups.get(group)) {
            Some(group) => format!("{}, {}: {label}", self.card.name, block_label(group)),
            None => format!("{}: {label}", self.card.name),
        }
    }

    /// Shows a slider over the whole width, below its name and its number.
    fn number(self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let ParameterKind::Number {
            valid,
            slider,
            logarithmic,
        } = self.parameter.kind
        else {
            return;
        };
        let now = if desk.document.from_here && self.group.is_none() {
            let step = desk.step_of(self.card.id);
            self.card.racer.plan.number_at(self.index, step)
        } else {
            self.optimizer.rule().number(self.index)
        };
        let published = self.optimizer.defaults(Origin::Paper);
        let published = published.and_then(|paper| paper.rule().number(self.index));
        let label = self.label();
        let slider = ValueSlider::new(&label, now.unwrap_or_default(), slider, logarithmic)
            .reset(published)
            .mark(self.limit(desk))
            .valid(valid);
        let help = self.help(desk);
        let mut sliders = std::mem::take(&mut desk.memory.sliders);
        let moved = slider.show_tall(ui, &mut sliders, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let title = self.parameter.label();
            rows::title(ui, desk.colors, &title).on_hover_text(help);
            if self.group.is_none() {
                links::toggle(ui, desk, self.parameter);
            }
        });
        desk.memory.sliders = sliders;
        if self.group.is_none() {
            links::remark(ui, desk, self.parameter);
        }
        if let Some(value) = moved {
            self.set_number(desk, value);
        }
    }

    fn switch(self, ui: &mut Ui, desk: &mut Desk<'_>, on: bool) {
        let mut wanted = on;
        let response = rows::check(ui, desk.colors, &mut wanted, &self.parameter.label());
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, self.label()));
        response.on_hover_text(self.parameter.help);
        if wanted != on {
            self.set(desk, Value::Switch(wanted));
        }
    }

    fn choice(self, ui: &mut Ui, desk: &mut Desk<'_>, chosen: usize) {
        let ParameterKind::Choice(names) = self.parameter.kind else {
            return;
        };
        let mut wanted = chosen;
        let form = |choice| self.parameter.form(choice).unwrap_or_default();
        rows::row(
            ui,
            desk.colors,
            &self.parameter.label(),
            self.parameter.help,
            |ui| {
                let response = rows::menu(&*self.parameter.name, MENU)
                    .selected_text(form(chosen))
                    .show_index(ui, &mut wanted, names.len(), form);
                response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, self.label()));
                response.on_hover_text(self.parameter.help);
            },
        );
        if wanted != chosen {
            self.set(desk, Value::Choice(wanted));
        }
    }

    fn help(self, desk: &Desk<'_>) -> String {
        let help = self.parameter.help;
        self.limit(desk).map_or(help.to_owned(), |limit| {
            let limit = number::short(limit);
            format!(
                "{help}\nThe red mark is the largest that is stable where the racer is now: {limit}"
            )
        })
    }

    /// Returns the largest learning rate that is stable at the racer's position, for its own rule.
    fn limit(self, desk: &Desk<'_>) -> Option<f64> {
        if self.group.is_some() {
            return None;
        }
        let stability = desk.caches.insight.of(self.card.id)?.stability?;
        let is_rate = self.parameter.role == ParameterRole::Rate;
        stability.named_limit().filter(|_| is_rate)
    }

    fn set_number(self, desk: &mut Desk<'_>, value: f64) {
        match self.since {
            Some(step) => desk.change(Change::Edit(
                self.card.id,
                Edit {
                    step,
                    parameter: self.parameter.name.to_string(),
                    value,
                },
            )),
            None => self.set(desk, Value::Number(value)),
        }
    }

    fn set(self, desk: &mut Desk<'_>, value: Value) {
        if let Some(group) = self.group {
            let change = GroupChange::Parameter(self.index, value);
            desk.change(Change::Group(self.card.id, group, change));
            return;
        }
        let linked = desk.document.linked.contains(&*self.parameter.name);
        desk.change(Change::Parameter {
            racer: self.card.id,
            parameter: self.index,
            value,
            linked,
        });
    }
}
