//! The expanded part of a racer's card: its hyper-parameters, schedule, name and edits.

use egui::{Align, Button, Color32, Layout, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::parameter_row;
use super::{batch_rows, rule_menu, schedule_rows};
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::change::{Change, keep_rate_of};
use crate::app::document::ids::RacerId;
use crate::app::widgets::link_text;
use crate::experiment::{Color, Racer};
use crate::optimizer::Origin;
use crate::view::number;

/// The number of parameters shown at first; a link reveals the rest.
const FIRST: usize = 3;

/// Shows the expanded part of a card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str, racer: &Racer) {
    let rule = racer.plan.optimizer.rule();
    let count = rule.parameter_count();
    let more = desk.document.expanded;
    let mut from_here = desk.document.from_here;
    let shown = if more { count } else { FIRST.min(count) };
    for index in 0..shown {
        if let Some(parameter) = rule.parameter(index) {
            parameter_row::show(ui, desk, id, name, racer, index, &parameter, from_here);
        }
    }
    rule_menu::inner(ui, desk, id, racer);
    rule_menu::remarks(ui, desk, racer);
    if desk.document.race.surface().rows() > 0 {
        batch_rows::show(ui, desk, id, name, racer);
    }
    let step = desk.step_of(id);
    if step > 0 || from_here {
        let text = format!("apply sliders from step {}", number::count(step));
        let response = ui.checkbox(&mut from_here, RichText::new(text).size(12.0)).on_hover_text(
            "On: a slider changes its value only from the playhead's step onwards, as an edit, and \
             the old path stays as a ghost. Off: for the whole race",
        );
        if response.changed() {
            desk.act(DocumentAction::FromHere(from_here));
        }
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        dialect_menu(ui, desk, id, racer);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = if more {
                "less".to_owned()
            } else {
                match rule.parameter(shown) {
                    None => "schedule, name…".to_owned(),
                    Some(next) => format!("{}, schedule…", next.label()),
                }
            };
            if link_text(ui, &text, desk.colors.dim)
                .on_hover_text("All other hyper-parameters, the schedule, name and colour")
                .clicked()
            {
                desk.act(DocumentAction::Expand(!more));
            }
        });
    });
    if more {
        schedule_rows::show(ui, desk, id, racer);
        if desk.document.race.surface().rows() == 0 {
            batch_rows::show(ui, desk, id, name, racer);
        }
        identity(ui, desk, id, name, racer);
    }
    edits(ui, desk, id, racer);
    parting(ui, desk);
    ui.add_space(8.0);
}

/// The menu of defaults, "as PyTorch" and the like.
fn dialect_menu(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, racer: &Racer) {
    let keep_rate = desk.workspace.settings.keep_rate;
    let same = |library: &Origin| {
        racer
            .plan
            .optimizer
            .defaults(*library)
            .is_some_and(|mut theirs| {
                keep_rate_of(&racer.plan.optimizer, &mut theirs);
                theirs == racer.plan.optimizer
            })
    };
    let current = Origin::ALL.iter().find(|library| same(library));
    let text = current.map_or_else(
        || "defaults".to_owned(),
        |library| match library {
            Origin::Paper => "as published".to_owned(),
            library => format!("as {}", library.label()),
        },
    );
    let button = Button::new(
        RichText::new(format!("{text} ▾"))
            .size(12.0)
            .color(desk.colors.accent),
    )
    .frame(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(200.0);
        for library in Origin::ALL {
            let known = racer.plan.optimizer.defaults(*library).is_some();
            let text = format!("as {}", library.label());
            let button = ui
                .add_enabled(known, Button::new(text))
                .on_disabled_hover_text("This library does not have this rule");
            if button.clicked() {
                desk.change(Change::Defaults {
                    racer: id,
                    library: *library,
                    keep_rate: keep_rate || *library == Origin::Optax,
                });
            }
        }
        ui.separator();
        ui.label(
            RichText::new("compare, as a ghost")
                .size(11.0)
                .color(desk.colors.dim),
        );
        let now = desk.document.variant;
        for library in [None]
            .into_iter()
            .chain(Origin::ALL.iter().copied().map(Some))
        {
            let text = library.map_or("with nothing".to_owned(), |it| {
                format!("with {}’s form", it.label())
            });
            let known = library.is_none_or(|it| racer.plan.optimizer.in_the_form_of(it).is_some());
            let item = ui
                .add_enabled(known, egui::RadioButton::new(now == library, text))
                .on_disabled_hover_text("This library does not have this rule with these values");
            if item.clicked() {
                desk.act(DocumentAction::Variant(library));
                ui.close();
            }
        }
        ui.separator();
        ui.label(
            RichText::new("The learning rate stays as it is; double-click its slider to reset it.")
                .size(11.0)
                .color(desk.colors.dim),
        );
    });
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Form and constants: {text}"))
    });
    response.on_hover_text("Sets the form and the constants to those of the paper or of a library");
}

/// Shows the name, rule and colour.
fn identity(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, title: &str, racer: &Racer) {
    ui.add_space(2.0);
    let about = racer.plan.optimizer.rule().about();
    ui.horizontal(|ui| {
        let mut name = racer.appearance.name.clone().unwrap_or_default();
        let field = TextEdit::singleline(&mut name)
            .hint_text(about.title)
            .desired_width(112.0);
        let response = ui
            .add(field)
            .on_hover_text("The racer's name; leave it empty to use the rule's");
        if response.changed() {
            let name = (!name.is_empty()).then_some(name);
            desk.change(Change::Name(id, name));
        }
        let width = ui.available_width() - 44.0;
        let now = &racer.plan.optimizer;
        if let Some(chosen) = rule_menu::rule_menu(ui, (id, "rule"), "Optimizer", now, width) {
            desk.change(Change::Optimizer(id, chosen));
        }
        let looks = crate::view::racer_looks(desk.document.experiment(), desk.colors);
        let look = desk
            .document
            .lineup()
            .index_of(id)
            .and_then(|index| looks.get(index));
        let shown = look.map_or(Color32::GRAY, |look| look.color);
        let mut rgb = [shown.r(), shown.g(), shown.b()];
        let response = ui
            .color_edit_button_srgb(&mut rgb)
            .on_hover_text("The racer's colour; right-click to reset it");
        response
            .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Colour of {title}")));
        if response.changed() {
            desk.change(Change::Color(id, Some(Color(rgb))));
        }
        if response.secondary_clicked() {
            desk.change(Change::Color(id, None));
        }
    });
}

/// Shows the step at which the path in the other library's form diverges.
fn parting(ui: &mut Ui, desk: &Desk<'_>) {
    let Some(dialect) = &desk.caches.others.variant else {
        return;
    };
    let library = dialect.library.label();
    let text = match dialect.parting {
        Some(step) => format!(
            "departs from {library}’s form at step {}",
            number::count(step)
        ),
        None => format!("takes the same path in {library}’s form"),
    };
    ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
}

fn edits(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, racer: &Racer) {
    for edit in &racer.plan.edits {
        ui.horizontal(|ui| {
            let rule = racer.plan.optimizer.rule();
            let found = rule.find(&edit.parameter).and_then(|it| rule.parameter(it));
            let label = found.map_or_else(|| edit.parameter.clone(), |it| it.label());
            let text = format!(
                "from step {}: {label} = {}",
                number::count(edit.step),
                number::short(edit.value)
            );
            ui.label(RichText::new(&text).size(12.0).color(desk.colors.dim));
            let response = ui.small_button("×");
            response.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, format!("Remove the edit {text}"))
            });
            if response.on_hover_text("Remove this edit").clicked() {
                desk.change(Change::RemoveEdit {
                    racer: id,
                    step: edit.step,
                    parameter: edit.parameter.clone(),
                });
            }
        });
    }
}
