//! What a racer's card shows.

use egui::Color32;

use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::experiment::Racer;
use crate::view::RacerLook;

/// A racer as its card shows it.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The racer's id.
    pub id: RacerId,
    /// Its name on screen.
    pub name: &'a str,
    /// The racer.
    pub racer: &'a Racer,
    /// Its colour and marker.
    pub look: RacerLook,
}

impl<'a> Card<'a> {
    /// Returns the cards of all racers, in order, with the racers' names and looks.
    pub fn all(
        document: &'a Document,
        names: &'a [String],
        looks: Vec<RacerLook>,
    ) -> impl Iterator<Item = Self> {
        let racers = document.lineup().racers().zip(names).zip(looks);
        racers.map(|(((id, racer), name), look)| Self {
            id,
            name,
            racer,
            look,
        })
    }

    /// Returns whether the racer is to be seen in the scene.
    pub fn is_shown(&self, desk: &Desk<'_>) -> bool {
        match desk.document.solo() {
            Some(solo) => solo == self.id,
            None => self.racer.appearance.visible,
        }
    }

    /// Returns the colour of its marker, which is faint if the racer is hidden.
    pub fn color(&self, desk: &Desk<'_>) -> Color32 {
        let strength = if self.is_shown(desk) { 1.0 } else { 0.35 };
        self.look.color.gamma_multiply(strength)
    }
}
