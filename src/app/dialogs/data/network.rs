//! The layers of a network.

use egui::{Button, Ui, vec2};

use super::field::{choice, number, row};
use crate::app::desk::Desk;
use crate::network::{Activation, LossFunction, Perceptron};
use crate::surface::Network;
use crate::view::theme::touch::target_size;

/// The width of a new layer, if there is none to copy.
const USUAL: usize = 8;
/// The width of the menus.
const MENU: f32 = 150.0;

/// Shows the hidden layers, their activation and the loss. `found` is the network as it is with its
/// data.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, network: &mut Network, found: Option<&Perceptron>) {
    row(ui, desk.colors, "hidden layers", |ui| {
        ui.horizontal_wrapped(|ui| layers(ui, desk, &mut network.hidden));
    });
    row(ui, desk.colors, "activation", |ui| {
        let all = Activation::ALL.map(|it| (it, it.title().to_owned()));
        let now = network.activation;
        let shown = (Some(&now), now.title());
        if let Some(chosen) = choice(ui, "activation", MENU, shown, &all) {
            network.activation = chosen;
        }
    });
    row(ui, desk.colors, "loss", |ui| {
        let all = LossFunction::ALL.map(|it| (it, it.title().to_owned()));
        let now = found.map(Perceptron::loss_function).or(network.loss);
        let shown = (now.as_ref(), now.map_or("automatic", LossFunction::title));
        if let Some(chosen) = choice(ui, "loss", MENU, shown, &all) {
            network.loss = Some(chosen);
        }
    });
}

fn layers(ui: &mut Ui, desk: &Desk<'_>, hidden: &mut Vec<usize>) {
    for (layer, units) in (1..).zip(hidden.iter_mut()) {
        let label = format!("Units of hidden layer {layer}");
        number(ui, desk, &label, units, |field| {
            field.range(1..=Network::WIDEST).speed(0.1)
        });
    }
    let can_add = hidden.len() < Network::MOST_LAYERS;
    if button(ui, "+", "Add a hidden layer", can_add) {
        hidden.push(hidden.last().copied().unwrap_or(USUAL));
    }
    if button(ui, "−", "Remove the last hidden layer", !hidden.is_empty()) {
        hidden.pop();
    }
}

fn button(ui: &mut Ui, text: &str, label: &str, is_possible: bool) -> bool {
    let size = target_size(ui, vec2(24.0, 24.0));
    let button = Button::new(text.to_owned()).min_size(size);
    let response = ui.add_enabled(is_possible, button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_possible, label));
    response.on_hover_text(label).clicked()
}
