//! A hyper-parameter of a racer: its name and its control.

use egui::{Role, Ui, WidgetInfo};

use super::{Card, links, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::ValueSlider;
use crate::experiment::Edit;
use crate::optimizer::{Origin, Parameter, ParameterKind, Role as ParameterRole, Value};
use crate::view::number;

/// The width of a menu of forms.
const MENU: f32 = 124.0;

/// A hyper-parameter with its racer and its index.
#[derive(Clone, Copy)]
struct Row<'a> {
    card: Card<'a>,
    index: usize,
    parameter: &'a Parameter,
    /// The step from which a change applies; `None` for the whole race.
    since: Option<usize>,
}

/// Shows the row of the hyper-parameter at an index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, index: usize) {
    let rule = card.racer.plan.optimizer.rule();
    let (Some(parameter), Some(value)) = (rule.parameter(index), rule.get(index)) else {
        return;
    };
    let step = desk.step_of(card.id);
    let row = Row {
        card,
        index,
        parameter: &parameter,
        since: Some(step).filter(|&step| desk.document.from_here && step > 0),
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
        format!("{}: {}", self.card.name, self.parameter.label())
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
        let optimizer = &self.card.racer.plan.optimizer;
        let now = if desk.document.from_here {
            let step = desk.step_of(self.card.id);
            self.card.racer.plan.number_at(self.index, step)
        } else {
            optimizer.rule().number(self.index)
        };
        let published = optimizer.defaults(Origin::Paper);
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
            links::toggle(ui, desk, self.parameter);
        });
        desk.memory.sliders = sliders;
        links::remark(ui, desk, self.parameter);
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

    /// Returns the largest learning rate that is stable at the racer's position.
    fn limit(self, desk: &Desk<'_>) -> Option<f64> {
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
        let linked = desk.document.linked.contains(&*self.parameter.name);
        desk.change(Change::Parameter {
            racer: self.card.id,
            parameter: self.index,
            value,
            linked,
        });
    }
}
