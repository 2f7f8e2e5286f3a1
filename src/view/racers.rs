//! How the racers of an experiment are distinguished: by colour, marker and dashes.

use egui::Color32;

use super::Colors;
use super::marker::Marker;
use crate::experiment::{Color, Experiment};

/// The appearance of a racer in one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RacerLook {
    /// The colour of its trail and head.
    pub color: Color32,
    /// The shape of its head.
    pub marker: Marker,
    /// Whether the trail is dashed: from the ninth racer on, when the slots repeat.
    pub dashed: bool,
}

/// The appearance of all racers, in order.
///
/// A racer takes the slot of its rule, so that Adam has the same colour in every experiment, or the
/// next free slot if that one is taken.
#[must_use]
pub fn racer_looks(experiment: &Experiment, colors: &Colors) -> Vec<RacerLook> {
    const SLOTS: usize = Marker::ALL.len();
    let mut taken = [false; SLOTS];
    let mut looks = Vec::with_capacity(experiment.racers.len());
    for (index, racer) in experiment.racers.iter().enumerate() {
        let own = usize::from(racer.plan.optimizer.rule().about().hue) % SLOTS;
        let slot = (own..own + SLOTS)
            .map(|slot| slot % SLOTS)
            .find(|&slot| !taken[slot])
            .unwrap_or(own);
        taken[slot] = true;
        if taken == [true; SLOTS] {
            taken = [false; SLOTS];
        }
        looks.push(RacerLook {
            color: racer.appearance.color.map_or(colors.racers[slot], opaque),
            marker: if colors.discs {
                Marker::Circle
            } else {
                Marker::ALL[slot]
            },
            dashed: index >= SLOTS,
        });
    }
    looks
}

fn opaque(Color([red, green, blue]): Color) -> Color32 {
    Color32::from_rgb(red, green, blue)
}
