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
    /// Whether the trail is dashed: from the ninth racer on, when the colours repeat.
    pub dashed: bool,
}

/// The appearance of all racers, in order.
///
/// It follows from their slots ([`Experiment::slots`]); a colour that the user has chosen replaces
/// that of the slot.
#[must_use]
pub fn racer_looks(experiment: &Experiment, colors: &Colors) -> Vec<RacerLook> {
    let racers = experiment.racers.iter().zip(experiment.slots());
    racers
        .map(|(racer, slot)| {
            let look = look(slot, colors);
            RacerLook {
                color: racer.appearance.color.map_or(look.color, opaque),
                ..look
            }
        })
        .collect()
}

/// The appearance of a slot. Within eight slots, colours and markers are all different.
///
/// The first eight have no dashes; the next eight have the same colours and markers with dashes.
/// Then the markers move on from colour to colour, with dashes until these have been used up, and
/// without dashes after that.
fn look(slot: usize, colors: &Colors) -> RacerLook {
    const EIGHT: usize = Marker::ALL.len();
    let (round, color) = (slot / EIGHT, slot % EIGHT);
    let (moved, dashed) = match round {
        0 => (0, false),
        1..=EIGHT => (round - 1, true),
        _ => (round - EIGHT, false),
    };
    RacerLook {
        color: colors.racers[color],
        marker: if colors.discs {
            Marker::Circle
        } else {
            Marker::ALL[(color + moved) % EIGHT]
        },
        dashed,
    }
}

fn opaque(Color([red, green, blue]): Color) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_slots_look_the_same() {
        for colors in [Colors::dark(), Colors::light()] {
            let looks: Vec<RacerLook> = (0..Experiment::SLOTS)
                .map(|slot| look(slot, &colors))
                .collect();
            for (slot, one) in looks.iter().enumerate() {
                assert!(!looks[..slot].contains(one), "{slot}: {one:?}");
            }
        }
    }

    #[test]
    fn dashes_come_with_the_ninth_slot() {
        let colors = Colors::dark();
        assert!((0..8).all(|slot| !look(slot, &colors).dashed));
        for slot in 8..16 {
            let solid = look(slot - 8, &colors);
            let dashed = RacerLook {
                dashed: true,
                ..solid
            };
            assert_eq!(look(slot, &colors), dashed);
        }
    }
}
