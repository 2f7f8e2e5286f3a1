//! The layers of a network with its weights.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, pos2};

use crate::network::Architecture;
use crate::number::count;
use crate::view::Colors;
use crate::view::theme::{CAPTION, blend};

/// The maximum number of units drawn of a layer.
const MOST_UNITS: usize = 10;
/// The maximum number of layers whose numbers of units have room for words.
const FEW_LAYERS: usize = 5;
/// The radius of a unit, and the height of the text below the layers.
const RADIUS: f32 = 4.5;
const TEXT: f32 = 22.0;
/// The room at both sides for the text below the first and the last layer.
const SIDE: f32 = 34.0;

/// The layers of a network, drawn with their weights: positive ones in orange, negative ones in
/// blue, and the stronger the larger they are in their layer.
#[derive(Clone, Copy, Debug)]
pub struct LayersFigure<'a> {
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// The layers.
    pub architecture: &'a Architecture,
    /// All weights and biases.
    pub weights: &'a [f64],
    /// The noun for the outputs: "class" or "output".
    pub is_classes: bool,
}

/// A layer of units: how many there are, and which of them are drawn where.
struct Units {
    count: usize,
    drawn: Vec<(usize, Pos2)>,
}

impl LayersFigure<'_> {
    /// Returns whether only a sample of the units of some layer is drawn.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.widths().iter().any(|&width| width > MOST_UNITS)
    }

    /// Returns the layers in words: "2 features · 8 · 8 · 3 classes".
    #[must_use]
    pub fn words(&self) -> String {
        self.labels().join(" · ")
    }

    fn widths(&self) -> Vec<usize> {
        let Architecture {
            inputs,
            hidden,
            outputs,
            ..
        } = self.architecture;
        [*inputs]
            .into_iter()
            .chain(hidden.iter().copied())
            .chain([*outputs])
            .collect()
    }

    fn labels(&self) -> Vec<String> {
        let widths = self.widths();
        let last = widths.len().saturating_sub(1);
        let label = |(layer, &width): (usize, &usize)| {
            let number = count(width);
            let noun = match (layer, width, self.is_classes) {
                (0, 1, _) => " feature",
                (0, ..) => " features",
                (layer, _, true) if layer == last => " classes",
                (layer, 1, false) if layer == last => " output",
                (layer, _, false) if layer == last => " outputs",
                _ => "",
            };
            // One output tells two classes apart.
            match (layer == last, width, self.is_classes) {
                (true, 1, true) => "2 classes".to_owned(),
                _ => format!("{number}{noun}"),
            }
        };
        widths.iter().enumerate().map(label).collect()
    }

    /// Draws the layers from left to right, with their numbers of units below.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let area = rect.with_max_y(rect.bottom() - TEXT);
        let layers = self.units(area);
        for (layer, pair) in self.architecture.layers().zip(layers.windows(2)) {
            let [from, to] = pair else { continue };
            let weights = self.weights.get(layer.weights.clone()).unwrap_or(&[]);
            self.connect(painter, from, to, weights, layer.inputs);
        }
        let fill = self.colors.card;
        for (_, at) in layers.iter().flat_map(|layer| &layer.drawn) {
            painter.circle(*at, RADIUS, fill, Stroke::new(1.2, self.colors.text));
        }
        self.label(painter, &layers, rect.bottom());
    }

    /// Places the units of every layer around the middle of the area.
    fn units(&self, area: Rect) -> Vec<Units> {
        let widths = self.widths();
        let last = widths.len().saturating_sub(1).max(1);
        let place = |(layer, count): (usize, usize)| {
            let across = share(layer, last);
            let x = egui::lerp(area.left() + SIDE..=area.right() - SIDE, across);
            let drawn = drawn(count);
            let room = area.height() - 2.0 * RADIUS - 2.0;
            let gap = (room / share(drawn.len().max(2) - 1, 1)).min(26.0);
            let top = area.center().y - gap * share(drawn.len().max(1) - 1, 2);
            let spots = drawn.iter().enumerate();
            Units {
                count,
                drawn: spots
                    .map(|(index, &unit)| (unit, pos2(x, top + gap * share(index, 1))))
                    .collect(),
            }
        };
        widths.into_iter().enumerate().map(place).collect()
    }

    fn connect(&self, painter: &Painter, from: &Units, to: &Units, weights: &[f64], inputs: usize) {
        let largest = weights.iter().fold(0.0, |most: f64, it| most.max(it.abs()));
        for &(output, end) in &to.drawn {
            for &(input, start) in &from.drawn {
                let weight = weights.get(output * inputs + input).copied().unwrap_or(0.0);
                painter.line_segment([start, end], self.line(weight, largest));
            }
        }
    }

    /// Returns how a weight is drawn, compared with the largest one of its layer.
    fn line(&self, weight: f64, largest: f64) -> Stroke {
        if weight == 0.0 || largest == 0.0 {
            return Stroke::new(0.6, self.colors.line);
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is from 0 to 1")]
        let strength = (weight.abs() / largest) as f32;
        Stroke::new(
            0.5 + strength,
            self.sign(weight).gamma_multiply(0.25 + 0.7 * strength),
        )
    }

    /// Returns the colour of positive or negative weights.
    #[must_use]
    pub fn sign(&self, weight: f64) -> Color32 {
        let [positive, negative, ..] = self.colors.families;
        let color = if weight < 0.0 { negative } else { positive };
        blend(color, self.colors.card, 0.1)
    }

    fn label(&self, painter: &Painter, layers: &[Units], bottom: f32) {
        let labels = self.labels();
        let is_crowded = layers.len() > FEW_LAYERS;
        for (layer, label) in layers.iter().zip(&labels) {
            let Some((_, at)) = layer.drawn.first() else {
                continue;
            };
            let text = if is_crowded {
                count(layer.count)
            } else {
                label.clone()
            };
            painter.text(
                pos2(at.x, bottom - 2.0),
                Align2::CENTER_BOTTOM,
                text,
                FontId::proportional(CAPTION),
                self.colors.dim,
            );
        }
    }
}

/// Returns the units that are drawn: all of a narrow layer, and some evenly spaced ones of a wide
/// one.
fn drawn(count: usize) -> Vec<usize> {
    if count <= MOST_UNITS {
        return (0..count).collect();
    }
    (0..MOST_UNITS)
        .map(|it| it * (count - 1) / (MOST_UNITS - 1))
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "few units are drawn")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Activation;

    fn figure(architecture: &Architecture, is_classes: bool) -> [String; 2] {
        let colors = Colors::dark();
        let figure = LayersFigure {
            colors: &colors,
            architecture,
            weights: &[],
            is_classes,
        };
        [figure.words(), figure.is_sample().to_string()]
    }

    #[test]
    fn layers_are_told_in_words() {
        let mut layers = Architecture {
            inputs: 2,
            hidden: vec![8, 8],
            outputs: 3,
            activation: Activation::Tanh,
            bias: true,
        };
        let words = "2 features · 8 · 8 · 3 classes";
        assert_eq!(figure(&layers, true), [words, "false"]);
        layers.hidden = vec![512];
        (layers.inputs, layers.outputs) = (1, 1);
        assert_eq!(
            figure(&layers, false),
            ["1 feature · 512 · 1 output", "true"]
        );
        assert_eq!(
            figure(&layers, true),
            ["1 feature · 512 · 2 classes", "true"]
        );
    }

    #[test]
    fn a_sample_reaches_from_the_first_unit_to_the_last() {
        assert_eq!(drawn(3), [0, 1, 2]);
        let sample = drawn(64);
        assert_eq!((sample.len(), sample[0], sample[9]), (10, 0, 63));
    }
}
