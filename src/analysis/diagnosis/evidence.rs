//! What is measured of a network for its diagnosis.

use crate::network::{Activation, UnitActivity};
use crate::simulation::Anatomy;
use crate::surface::Surface;

/// What is measured of a network beside its losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub(super) activation: Activation,
    /// The activity of the hidden layers at the start of the race and at the step.
    pub(super) activity: [Vec<UnitActivity>; 2],
}

impl Evidence {
    /// Measures a network at the first step of a race and at another; `None` on a surface of two
    /// parameters.
    #[must_use]
    pub fn of(surface: &dyn Surface, steps: [&Anatomy; 2]) -> Option<Self> {
        let network = &surface.network()?.perceptron;
        let mut workspace = network.workspace();
        let activity = steps.map(|step| {
            let [before, _] = step.parameters.as_ref()?;
            Some(workspace.unit_activity(before))
        });
        let [first, now] = activity;
        Some(Self {
            activation: network.architecture().activation,
            activity: [first?, now?],
        })
    }
}
