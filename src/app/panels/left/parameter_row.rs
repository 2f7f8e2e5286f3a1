//! A hyper-parameter of a racer: its name and its control.

use egui::{Align, ComboBox, Layout, Response, RichText, Role, Ui, WidgetInfo, vec2};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::widgets::{ValueSlider, icon_toggle};
use crate::experiment::{Edit, Racer};
use crate::optimizer::{Origin, Parameter, ParameterKind, Role as ParameterRole, Value};
use crate::view::icon::Icon;
use crate::view::number;

/// The width of the name column.
pub const NAME: f32 = 92.0;

#[expect(
    clippy::too_many_arguments,
    reason = "one row of one racer, with its whereabouts"
)]
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: RacerId,
    name: &str,
    racer: &Racer,
    index: usize,
    parameter: &Parameter,
    from_here: bool,
) {
    let rule = racer.plan.optimizer.rule();
    let Some(value) = rule.get(index) else {
        return;
    };
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let title = parameter.label();
        let mut help = parameter.help.to_owned();
        if let Some(limit) = limit(desk, id).filter(|_| parameter.role == ParameterRole::Rate) {
            let limit = number::short(limit);
            help.push_str("\nThe red mark is the largest that is stable where the racer is now: ");
            help.push_str(&limit);
        }
        named(ui, desk, &title).on_hover_text(help);
        let send = |desk: &mut Desk<'_>, value: Value| {
            let linked = desk.document.linked.contains(&*parameter.name);
            desk.change(Change::Parameter {
                racer: id,
                parameter: index,
                value,
                linked,
            });
        };
        match (parameter.kind, value) {
            (
                ParameterKind::Number {
                    slider,
                    logarithmic,
                    ..
                },
                Value::Number(_),
            ) => {
                chain(ui, desk, parameter);
                let step = desk.step_of(id);
                let now = if from_here {
                    racer.plan.number_at(index, step)
                } else {
                    rule.number(index)
                };
                let now = now.unwrap_or_default();
                let published = racer.plan.optimizer.defaults(Origin::Paper);
                let published = published.and_then(|paper| paper.rule().number(index));
                let limit = (parameter.role == ParameterRole::Rate)
                    .then(|| limit(desk, id))
                    .flatten();
                let slider =
                    ValueSlider::new(&format!("{name}: {title}"), now, slider, logarithmic)
                        .reset(published)
                        .mark(limit)
                        .show(ui);
                match slider {
                    Some(value) if from_here && step > 0 => desk.change(Change::Edit(
                        id,
                        Edit {
                            step,
                            parameter: parameter.name.to_string(),
                            value,
                        },
                    )),
                    Some(value) => send(desk, Value::Number(value)),
                    None => {}
                }
            }
            (ParameterKind::Switch, Value::Switch(on)) => {
                let mut wanted = on;
                let response = ui.checkbox(&mut wanted, "").on_hover_text(parameter.help);
                response.widget_info(|| {
                    WidgetInfo::selected(Role::CheckBox, true, on, format!("{name}: {title}"))
                });
                if wanted != on {
                    send(desk, Value::Switch(wanted));
                }
            }
            (ParameterKind::Choice(names), Value::Choice(chosen)) => {
                let mut wanted = chosen;
                let response = ComboBox::from_id_salt((id, &*parameter.name))
                    .width(ui.available_width() - 8.0)
                    .selected_text(parameter.form(chosen).unwrap_or_default())
                    .show_index(ui, &mut wanted, names.len(), |choice| {
                        parameter.form(choice).unwrap_or_default()
                    });
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {title}"))
                });
                if wanted != chosen {
                    send(desk, Value::Choice(wanted));
                }
            }
            _ => {}
        }
    });
}

/// Returns the largest learning rate that is stable at the racer's position.
fn limit(desk: &Desk<'_>, id: RacerId) -> Option<f64> {
    let stability = desk.caches.insight.of(id)?.stability?;
    stability.named_limit()
}

/// Shows a name in the name column.
pub fn named(ui: &mut Ui, desk: &Desk<'_>, name: &str) -> Response {
    let size = vec2(NAME, 22.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(NAME);
        let text = RichText::new(name).size(12.5).color(desk.colors.dim);
        ui.add(egui::Label::new(text).truncate().selectable(false))
    })
    .inner
}

/// A toggle that links a parameter across all racers that have it.
fn chain(ui: &mut Ui, desk: &mut Desk<'_>, parameter: &Parameter) {
    let linked = desk.document.linked.contains(&*parameter.name);
    let sharing = desk
        .document
        .experiment()
        .racers
        .iter()
        .filter(|racer| racer.plan.optimizer.rule().find(&parameter.name).is_some())
        .count();
    let label = format!("Link {} across racers", parameter.label());
    let response = icon_toggle(ui, Icon::Chain, linked, vec2(18.0, 22.0), &label);
    let text = if linked {
        format!("Linked: a change applies to all {sharing} racers that have it; click to unlink")
    } else {
        format!("{label}: a change then applies to all {sharing} that have it")
    };
    if response.on_hover_text(text).clicked() {
        desk.act(DocumentAction::ToggleLink(parameter.name.to_string()));
    }
}
