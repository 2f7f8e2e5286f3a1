//! A racer's groups: the parts of a network that have a rule of their own.

use std::sync::Arc;

use egui::{Button, RichText, Role, Ui, WidgetInfo, vec2};

use super::rule_menu;
use crate::app::controls::weight::by_weight;
use crate::app::controls::{Card, parameter_row, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::group_change::{GroupChange, block_label, new_group};
use crate::app::widgets::icon_button;
use crate::experiment::{Group, GroupFault, Plan, block_names};
use crate::number::count;
use crate::optimizer::{OptimizerChoice, spelled};
use crate::surface::Surface;
use crate::view::icon::Icon;

/// The title of the section.
pub const TITLE: &str = "parameter groups";
const HELP: &str = "Parts of the network with a rule of their own. The racer’s rule moves the rest, \
                    and its schedule multiplies their rates as well";
/// The width of the menus.
const MENU: f32 = 160.0;
/// The size of a button that removes a group.
const CROSS: f32 = 24.0;

/// Returns whether a race has weights that could have a rule of their own.
pub fn exist(desk: &Desk<'_>) -> bool {
    desk.document.race.surface().network().is_some()
}

/// Says in a line which parts have a rule of their own, if there are any.
pub fn remark(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let groups = &card.racer.plan.groups;
    if groups.is_empty() || !exist(desk) {
        return;
    }
    let told = groups.iter().map(|group| {
        let title = group.optimizer.rule().title();
        format!("{} by {title}", block_label(group))
    });
    let told: Vec<String> = told.collect();
    rows::remark(ui, desk.colors, &format!("{TITLE}: {}", told.join(", ")));
}

/// Shows the groups, and the button that adds one; nothing if the surface is no network.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    if !exist(desk) {
        return;
    }
    let surface = Arc::clone(desk.document.race.surface());
    let plan = &card.racer.plan;
    rows::row(ui, desk.colors, TITLE, HELP, |ui| {
        add(ui, desk, card, &*surface);
    });
    let weights = plan.weights_of_each(surface.blocks());
    let all: usize = weights.iter().sum();
    for (index, group) in plan.groups.iter().enumerate() {
        ui.push_id(("group", index), |ui| {
            let place = Place {
                card,
                index,
                group,
                surface: &*surface,
            };
            place.head(ui, desk);
            ui.indent("rule", |ui| {
                if let Some(own) = weights.get(index + 1) {
                    let text = format!("moves {} of {} weights", count(*own), count(all));
                    rows::remark(ui, desk.colors, &text);
                }
                place.rule(ui, desk);
                for parameter in by_weight(group.optimizer.rule()).concat() {
                    parameter_row::of_group(ui, desk, card, index, parameter);
                }
            });
        });
    }
}

/// Shows the button that adds a group.
fn add(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>, surface: &dyn Surface) {
    let proposed = new_group(&card.racer.plan, surface.blocks(), surface.provides());
    let text = RichText::new("Add a group").size(rows::remark_size(ui));
    let button = rows::quiet(text.color(desk.colors.accent));
    let response = ui.add_enabled(proposed.is_some(), button);
    let label = format!("{}: add a group", card.name);
    let enabled = proposed.is_some();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &label));
    let response = response
        .on_hover_text("Give a part of the network a rule of its own")
        .on_disabled_hover_text("The racer’s own rule would have nothing left to move");
    if let Some(group) = proposed.filter(|_| response.clicked()) {
        let change = GroupChange::Add(group);
        desk.change(Change::Group(card.id, card.racer.plan.groups.len(), change));
    }
}

/// A group of a racer.
#[derive(Clone, Copy)]
struct Place<'a> {
    card: Card<'a>,
    index: usize,
    group: &'a Group,
    surface: &'a dyn Surface,
}

impl Place<'_> {
    /// Returns the accessible name of the group.
    fn label(self) -> String {
        format!("{}, {}", self.card.name, block_label(self.group))
    }

    /// Shows which blocks the group takes, and what removes it.
    fn head(self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let name = format!("group {}", self.index + 1);
        let help = "A block goes to the first group that takes it";
        let (mut removed, mut chosen) = (false, None);
        rows::row(ui, desk.colors, &name, help, |ui| {
            let label = format!("Remove the group: {}", self.label());
            let button = icon_button(ui, Icon::Cross, vec2(CROSS, CROSS), &label);
            removed = button.on_hover_text("Remove this group").clicked();
            chosen = self.blocks(ui);
        });
        if removed {
            self.change(desk, GroupChange::Remove);
        } else if let Some(block) = chosen {
            self.change(desk, GroupChange::Block(block));
        }
    }

    /// Shows a menu of all blocks and returns the one that is chosen.
    fn blocks(self, ui: &mut Ui) -> Option<String> {
        let mut chosen = None;
        let response = rows::menu("block", MENU)
            .selected_text(block_label(self.group))
            .show_ui(ui, |ui| {
                for block in block_names(self.surface.blocks()) {
                    let is_same = block == self.group.block;
                    let refusal = self.refusal(|group| group.block.clone_from(&block));
                    let item = Button::selectable(is_same, spelled(&block));
                    let item = ui.add_enabled(refusal.is_none(), item);
                    if let Some(refusal) = refusal {
                        item.on_disabled_hover_text(refusal);
                    } else if item.clicked() && !is_same {
                        chosen = Some(block);
                    }
                }
            })
            .response;
        let label = format!("{}: blocks of group {}", self.card.name, self.index + 1);
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
        response.on_hover_text("The weights and biases that it moves");
        chosen
    }

    /// Shows the menus of the group's rule, and of the rule inside if it is a wrapper.
    fn rule(self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let now = &self.group.optimizer;
        let label = format!("{}: optimizer", self.label());
        let refusal = |rule: OptimizerChoice| self.refusal(|group| group.optimizer = rule);
        let mut chosen = None;
        let help = "The rule that moves these weights";
        let rules = rule_menu::rules(desk);
        rows::row(ui, desk.colors, "optimizer", help, |ui| {
            let refusal = |choice: &OptimizerChoice| refusal(choice.clone());
            chosen = rule_menu::rule_menu(ui, "rule", &label, &rules, now, refusal, MENU);
        });
        let label = format!("{}: wrapped rule", self.label());
        let inner = |choice: &OptimizerChoice| {
            let changed = rule_menu::holding(now, choice.clone());
            changed.and_then(refusal)
        };
        let wrapped = rule_menu::wrapped(ui, desk, &label, now, inner);
        if let Some(rule) = chosen.or(wrapped) {
            self.change(desk, GroupChange::Rule(rule));
        }
    }

    /// Returns why the group cannot be changed like this.
    fn refusal(self, change: impl FnOnce(&mut Group)) -> Option<String> {
        let mut plan = Plan::clone(&self.card.racer.plan);
        change(plan.groups.get_mut(self.index)?);
        let (blocks, provides) = (self.surface.blocks(), self.surface.provides());
        let (index, fault) = plan.check_groups(blocks, provides).err()?;
        Some(match fault {
            GroupFault::Empty { name } if index == Some(self.index) => {
                format!("The groups before it leave nothing of {}", spelled(&name))
            }
            GroupFault::Empty { name } => {
                format!("Nothing would be left for the group: {}", spelled(&name))
            }
            fault => fault.to_string(),
        })
    }

    fn change(self, desk: &mut Desk<'_>, change: GroupChange) {
        desk.change(Change::Group(self.card.id, self.index, change));
    }
}
