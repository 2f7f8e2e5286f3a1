//! The functions that follow a layer.

use serde::{Deserialize, Serialize};

/// The activation φ of all hidden layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// tanh z
    #[default]
    Tanh,
    /// max(z, 0), with derivative 0 at 0.
    Relu,
    /// σ(z) = 1/(1 + e⁻ᶻ)
    Sigmoid,
    /// z σ(z) (Ramachandran et al. 2017)
    Silu,
    /// ½ z (1 + erf(z/√2)), the exact form of Hendrycks & Gimpel 2016.
    Gelu,
    /// z
    Identity,
}

impl Activation {
    /// All activations, in menu order.
    pub const ALL: [Self; 6] = [
        Self::Tanh,
        Self::Relu,
        Self::Sigmoid,
        Self::Silu,
        Self::Gelu,
        Self::Identity,
    ];

    /// The name in preset files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tanh => "Tanh",
            Self::Relu => "Relu",
            Self::Sigmoid => "Sigmoid",
            Self::Silu => "Silu",
            Self::Gelu => "Gelu",
            Self::Identity => "Identity",
        }
    }

    /// The display name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tanh => "tanh",
            Self::Relu => "ReLU",
            Self::Sigmoid => "sigmoid",
            Self::Silu => "SiLU",
            Self::Gelu => "GELU",
            Self::Identity => "none (linear)",
        }
    }
}
