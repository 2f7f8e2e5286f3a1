//! Where training begins.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Architecture, Layer};
use crate::chance::{Chance, Use};
use crate::file::DataFile;

/// How the parameters are chosen before the first step. Unless said otherwise, biases are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Initial {
    /// 0
    Zero,
    /// Uniform in ±√(6/(inputs + outputs)) (Glorot & Bengio 2010); Keras' default.
    #[default]
    GlorotUniform,
    /// Normal with deviation √(2/(inputs + outputs)), not truncated.
    GlorotNormal,
    /// Uniform in ±√(6/inputs) (He et al. 2015).
    HeUniform,
    /// Normal with deviation √(2/inputs), not truncated.
    HeNormal,
    /// Uniform in ±1/√inputs, biases too; the default of `PyTorch`.
    TorchDefault,
    /// The numbers in this file: layer by layer W row by row, then b.
    File(DataFile),
}

/// The distribution from which a parameter is drawn.
#[derive(Clone, Copy)]
enum Distribution {
    Zero,
    /// Uniform in ± this.
    Uniform(f64),
    /// Normal with this deviation.
    Normal(f64),
}

impl Initial {
    /// All that are drawn rather than read, in menu order.
    pub const DRAWN: [Self; 6] = [
        Self::GlorotUniform,
        Self::GlorotNormal,
        Self::HeUniform,
        Self::HeNormal,
        Self::TorchDefault,
        Self::Zero,
    ];

    /// The name in preset files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Zero => "Zero",
            Self::GlorotUniform => "GlorotUniform",
            Self::GlorotNormal => "GlorotNormal",
            Self::HeUniform => "HeUniform",
            Self::HeNormal => "HeNormal",
            Self::TorchDefault => "TorchDefault",
            Self::File(_) => "File",
        }
    }

    /// The display name.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Zero => "all zero",
            Self::GlorotUniform => "Glorot, uniform",
            Self::GlorotNormal => "Glorot, normal",
            Self::HeUniform => "He, uniform",
            Self::HeNormal => "He, normal",
            Self::TorchDefault => "as PyTorch",
            Self::File(_) => "from a file",
        }
    }

    /// Draws all parameters of a network from a seed; `None` if they are read from a file.
    ///
    /// Every block of weights and of biases has a stream of random numbers of its own, so that the
    /// width of one layer does not shift the numbers of the others.
    #[must_use]
    pub fn draw(&self, architecture: &Architecture, seed: u64) -> Option<Vec<f64>> {
        let mut parameters = Vec::with_capacity(architecture.parameters());
        for (number, layer) in (0_u64..).zip(architecture.layers()) {
            let [weights, biases] = self.distributions(&layer)?;
            let blocks = [(weights, &layer.weights), (biases, &layer.biases)];
            for (part, (distribution, range)) in (0..).zip(blocks) {
                let mut chance = Chance::new(seed, Use::Weights, 2 * number + part);
                distribution.draw(&mut chance, range.len(), &mut parameters);
            }
        }
        Some(parameters)
    }

    /// The distributions of a layer's weights and biases; `None` if they are read from a file.
    #[expect(clippy::cast_precision_loss, reason = "layers are small")]
    fn distributions(&self, layer: &Layer) -> Option<[Distribution; 2]> {
        use Distribution::{Normal, Uniform, Zero};
        let (inputs, outputs) = (layer.inputs as f64, layer.outputs as f64);
        let weights = match self {
            Self::Zero => Zero,
            Self::GlorotUniform => Uniform((6.0 / (inputs + outputs)).sqrt()),
            Self::GlorotNormal => Normal((2.0 / (inputs + outputs)).sqrt()),
            Self::HeUniform => Uniform((6.0 / inputs).sqrt()),
            Self::HeNormal => Normal((2.0 / inputs).sqrt()),
            Self::TorchDefault => Uniform(1.0 / inputs.sqrt()),
            Self::File(_) => return None,
        };
        let biases = match self {
            Self::TorchDefault => weights,
            _ => Zero,
        };
        Some([weights, biases])
    }
}

impl Distribution {
    /// Appends `count` numbers.
    fn draw(self, chance: &mut Chance, count: usize, numbers: &mut Vec<f64>) {
        let end = numbers.len() + count;
        match self {
            Self::Zero => numbers.resize(end, 0.0),
            Self::Uniform(bound) => {
                let drawn = std::iter::repeat_with(|| bound * (2.0 * chance.fraction() - 1.0));
                numbers.extend(drawn.take(count));
            }
            Self::Normal(deviation) => {
                let pairs = std::iter::repeat_with(|| chance.normals());
                let drawn = pairs.flatten().map(|number| deviation * number);
                numbers.extend(drawn.take(count));
            }
        }
    }
}

/// Where the parameters of a network come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// They are drawn from the seed of the race.
    Drawn(Initial),
    /// These numbers, whatever the seed.
    Given(Arc<[f64]>),
}

impl Start {
    /// All parameters for a seed; `None` if they are to be read from a file.
    #[must_use]
    pub fn parameters(&self, architecture: &Architecture, seed: u64) -> Option<Vec<f64>> {
        match self {
            Self::Drawn(initial) => initial.draw(architecture, seed),
            Self::Given(numbers) => Some(numbers.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Activation;

    fn architecture(hidden: &[usize]) -> Architecture {
        Architecture {
            inputs: 30,
            hidden: hidden.to_vec(),
            outputs: 40,
            activation: Activation::Tanh,
            bias: true,
        }
    }

    /// Mean, variance and largest size.
    #[expect(clippy::cast_precision_loss, reason = "they are few")]
    fn moments(numbers: &[f64]) -> [f64; 3] {
        let count = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / count;
        let variance = numbers.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / count;
        let size = numbers.iter().fold(0.0, |size: f64, it| size.max(it.abs()));
        [mean, variance, size]
    }

    #[test]
    fn weights_have_the_moments_of_their_distribution() {
        let architecture = architecture(&[100]);
        for (initial, variance, bound) in [
            (
                Initial::GlorotUniform,
                2.0_f64 / 130.0,
                (6.0_f64 / 130.0).sqrt(),
            ),
            (Initial::GlorotNormal, 2.0 / 130.0, f64::INFINITY),
            (Initial::HeUniform, 2.0 / 30.0, (6.0_f64 / 30.0).sqrt()),
            (Initial::HeNormal, 2.0 / 30.0, f64::INFINITY),
            (Initial::TorchDefault, 1.0 / 90.0, 1.0 / 30.0_f64.sqrt()),
        ] {
            let drawn = initial.draw(&architecture, 5).unwrap();
            assert_eq!(drawn.len(), architecture.parameters());
            let [mean, found, size] = moments(&drawn[..3000]);
            // Five standard errors of 3,000 numbers.
            assert!(
                mean.abs() < 5.0 * (variance / 3000.0).sqrt(),
                "{initial:?}: {mean}"
            );
            assert!(
                (found / variance - 1.0).abs() < 0.13,
                "{initial:?}: {found}"
            );
            assert!(size <= bound, "{initial:?}: {size}");
            let is_wide = size > 0.99 * bound || bound.is_infinite();
            assert!(is_wide, "{initial:?}: {size}");
            let biases = &drawn[3000..3100];
            let has_biases = biases.iter().all(|bias| *bias != 0.0);
            assert_eq!(has_biases, initial == Initial::TorchDefault);
            assert!(has_biases || biases.iter().all(|bias| *bias == 0.0));
        }
        let zero = Initial::Zero.draw(&architecture, 5).unwrap();
        assert!(zero.iter().all(|number| *number == 0.0));
        assert_eq!(
            Initial::File("weights.csv".into()).draw(&architecture, 5),
            None
        );
    }

    #[test]
    fn a_wider_layer_does_not_shift_the_numbers_of_others() {
        let [narrow, wide] = [[8, 6], [8, 7]].map(|hidden| architecture(&hidden));
        let draw = |of: &Architecture, seed| Initial::TorchDefault.draw(of, seed).unwrap();
        let (before, after) = (draw(&narrow, 1), draw(&wide, 1));
        let first: Vec<Layer> = narrow.layers().collect();
        let end = first[0].biases.end;
        assert_eq!(before[..end], after[..end]);
        let row = first[1].weights.start..first[1].weights.end;
        assert_eq!(before[row.clone()], after[row]);
        assert_ne!(before, draw(&narrow, 2));
    }

    #[test]
    fn files_write_it_by_name() {
        let text = |initial: &Initial| ron::to_string(initial).unwrap();
        assert_eq!(text(&Initial::GlorotUniform), "GlorotUniform");
        let file = Initial::File("weights.csv".into());
        assert_eq!(text(&file), "File(\"weights.csv\")");
        assert_eq!(ron::from_str::<Initial>(&text(&file)), Ok(file));
        for initial in Initial::DRAWN {
            assert_eq!(text(&initial), initial.name());
        }
    }
}
