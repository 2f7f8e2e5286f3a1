//! The selected racer's step explained: its rule, the value of every symbol, and a diagnosis.

use egui::{Align, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::equations::{self, Values};
use super::{card, confusion, slice, theory, weights};
use crate::analysis::diagnosis::{Finding, Severity};
use crate::app::action::{DocumentAction, table};
use crate::app::controls::checked;
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::app::widgets::{Segment, segments};
use crate::experiment::{Plan, Racer};
use crate::number::count;
use crate::objective::Block;
use crate::preset::{Arrows, Card};
use crate::view::theme::{caption, touch};

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let Some(id) = document.selected() else {
        return;
    };
    let lineup = document.race.lineup();
    let (Some(racer), Some(name)) = (lineup.racer(id).cloned(), lineup.title_of(id)) else {
        return;
    };
    let path = document.race.path_of(id);
    let last = path.map_or(0, |path| path.last_step());
    let step = desk.step_of(id).min(last.saturating_sub(1));
    title(ui, desk, &name);
    card(desk).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        let card = desk.document.card();
        if card == Card::Confusion {
            confusion::head(ui, desk, id);
        } else {
            head(
                ui,
                desk,
                &format!("step {step} → {}", step + 1),
                card == Card::Step,
            );
        }
        ui.add_space(4.0);
        match desk.document.card() {
            Card::Step if desk.workspace.edits_selected_rule() && !desk.workspace.is_phone() => {
                what_is_checked(ui, desk, id);
            }
            Card::Step => explain(ui, desk, id, &racer, step),
            Card::Rates => weights::show(ui, desk, id, &racer, waiting(desk)),
            Card::Confusion => confusion::show(ui, desk, id),
            Card::Slice => slice::show(ui, desk, id, waiting(desk)),
            Card::Theory => theory::show(ui, desk, id, waiting(desk)),
        }
    });
    ui.add_space(4.0);
    diagnosis(ui, desk, id);
    let idea = racer.plan.optimizer.rule().idea();
    let idea = RichText::new(idea).size(touch::text(ui, 12.0));
    ui.label(idea.color(desk.colors.dim));
}

/// Shows what is known about a rule of one's own.
fn what_is_checked(ui: &mut Ui, desk: &Desk<'_>, id: RacerId) {
    ui.label(caption("Checked").color(desk.colors.dim));
    for sentence in checked::sentences(desk, id) {
        ui.label(RichText::new(sentence).size(touch::text(ui, 12.0)));
    }
}

/// The racer's name, and what its card shows.
fn title(ui: &mut Ui, desk: &mut Desk<'_>, name: &str) {
    /// The width of the segments, which leaves room for most names.
    const WIDTH: f32 = 153.0;
    /// The same with longer words.
    const WIDER: f32 = 180.0;
    let (now, colors) = (desk.document.card(), desk.colors);
    let cards = Card::all_on(&**desk.document.race.surface());
    let width = if cards.contains(&Card::Confusion) {
        WIDER
    } else {
        WIDTH
    };
    let width = touch::scale(ui) * width;
    let segment = |&card: &Card| Segment::new(card.label(), card == now).help(card.help());
    let choices: Vec<Segment<'_>> = cards.iter().map(segment).collect();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let chosen = segments(ui, colors, Some(width), &choices);
            if let Some(card) = chosen.and_then(|chosen| cards.get(chosen)) {
                desk.act(DocumentAction::Card(*card));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(caption(name).color(colors.dim)).truncate());
            });
        });
    });
}

/// Shows the rule, and the value of every symbol in it.
fn explain(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, racer: &Racer, step: usize) {
    equations::lines(ui, desk, racer, step);
    if let Some(network) = desk.document.race.surface().network() {
        let text = reach(&racer.plan, network.perceptron.blocks());
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
    }
    ui.add_space(6.0);
    let insight = desk.caches.insight.of(id);
    if let Some(values) = insight.map(|insight| Values::of(racer, insight)) {
        equations::values(ui, desk, &values);
    }
}

/// Returns which weights the rule that is shown moves, in words.
fn reach(plan: &Plan, blocks: &[Block]) -> String {
    let weights = plan.weights_of_each(blocks);
    let all = count(weights.iter().sum());
    match weights.first() {
        _ if plan.groups.is_empty() => format!("acts on each of the {all} weights"),
        Some(0) | None => format!("the racer’s own rule, which moves none of the {all} weights"),
        Some(&own) => {
            let own = count(own);
            format!("the racer’s own rule, which moves {own} of the {all} weights")
        }
    }
}

/// Returns why nothing is known about a step yet.
fn waiting(desk: &Desk<'_>) -> &'static str {
    if desk.document.playback.playing {
        "Pause the race to examine a step of it."
    } else {
        "This step is being examined."
    }
}

/// The head of the card: the step, and how it is drawn.
fn head(ui: &mut Ui, desk: &mut Desk<'_>, step: &str, has_arrows: bool) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = touch::target(ui, 18.0);
        ui.horizontal(|ui| {
            ui.label(caption(step).color(desk.colors.dim));
            if has_arrows || desk.document.race.surface().network().is_none() {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| arrows(ui, desk));
            }
        });
    });
}

/// The menu that chooses how the step is drawn as arrows.
fn arrows(ui: &mut Ui, desk: &mut Desk<'_>) {
    let now = desk.document.view.arrows;
    let text = format!("arrows: {} ▾", now.label());
    let button = egui::Button::new(
        RichText::new(text)
            .size(touch::text(ui, 11.0))
            .color(desk.colors.accent),
    );
    let button = button
        .frame(false)
        .min_size(vec2(0.0, touch::target(ui, 18.0)));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(220.0);
        for choice in Arrows::ALL {
            let item = ui.selectable_label(choice == now, choice.label());
            if item.on_hover_text(choice.help()).clicked() {
                desk.act(DocumentAction::Arrows(choice));
                ui.close();
            }
        }
        if desk.document.race.surface().network().is_some() {
            // The curvature of the plane is not that at the racer.
            return;
        }
        ui.separator();
        let mut curvature = desk.document.view.curvature;
        if ui
            .checkbox(&mut curvature, table::view::CURVATURE.label)
            .clicked()
        {
            desk.perform(&table::view::CURVATURE);
        }
    });
    let label = format!("Arrows of the step: {}", now.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    response.on_hover_text(table::view::ARROWS.tooltip(ui.ctx()));
}

/// The findings and what to try.
fn diagnosis(ui: &mut Ui, desk: &Desk<'_>, id: RacerId) {
    let Some(insight) = desk.caches.insight.of(id) else {
        return;
    };
    for finding in &insight.findings {
        remark(ui, desk, finding);
    }
}

fn remark(ui: &mut Ui, desk: &Desk<'_>, finding: &Finding) {
    ui.horizontal_top(|ui| {
        let color = match finding.kind.severity() {
            Severity::Good => desk.colors.family(crate::optimizer::Family::Squares),
            Severity::Hint => desk.colors.dim,
            Severity::Problem => desk.colors.error,
        };
        let (dot, _) = ui.allocate_exact_size(vec2(8.0, 16.0), egui::Sense::hover());
        ui.painter().circle_filled(dot.center(), 3.0, color);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(RichText::new(&finding.what).size(touch::text(ui, 12.0)));
            if let Some(advice) = &finding.advice {
                let advice = RichText::new(advice).size(touch::text(ui, 12.0));
                ui.label(advice.color(desk.colors.dim));
            }
        });
    });
}
