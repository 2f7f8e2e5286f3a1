//! The picture of a network with its initial weights.

use egui::{Align, Layout, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::desk::Desk;
use crate::app::document::network_words;
use crate::network::Perceptron;
use crate::objective::Objective as _;
use crate::view::layers::LayersFigure;
use crate::view::theme::{CAPTION, caption};

/// The height of the layers.
const HEIGHT: f32 = 104.0;

/// Shows the layers with the weights at which all racers start.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, perceptron: &Perceptron) {
    let seed = desk.document.experiment().seed;
    let weights = perceptron.initial(seed).unwrap_or_default();
    let figure = LayersFigure {
        colors: desk.colors,
        architecture: perceptron.architecture(),
        weights: &weights,
        is_classes: perceptron.loss_function().classifies(),
    };
    let said = network_words::weights(perceptron);
    ui.horizontal(|ui| {
        ui.label(caption(&said).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = RichText::new(legend(&figure, &weights)).size(CAPTION);
            ui.add(egui::Label::new(text.color(desk.colors.dim)).truncate());
        });
    });
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    figure.paint(ui.painter(), rect);
    let label = format!("Network: {}; {said}", figure.words());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    response.on_hover_text(figure.words());
}

/// Says what the lines mean.
fn legend(figure: &LayersFigure<'_>, weights: &[f64]) -> &'static str {
    let is_zero = weights.iter().all(|weight| *weight == 0.0);
    match (is_zero, figure.is_sample()) {
        (true, _) => "initial values, all zero",
        (false, true) => "initial values of some units",
        (false, false) => "initial values, orange +, blue −",
    }
}
