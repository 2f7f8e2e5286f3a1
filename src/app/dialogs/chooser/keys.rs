//! The keys of the chooser.

use egui::{Key, Modifiers, Ui};

use super::entries::Card;
use super::{Chooser, toggle_favourite};
use crate::app::desk::Desk;

impl Chooser {
    /// Reads the keys before the field does, and returns whether Enter was pressed.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        shown: &[Card],
        columns: usize,
    ) -> bool {
        let (mut by, mut space, mut star) = (0_isize, false, false);
        let across = isize::try_from(columns).unwrap_or(1);
        let in_cards = self.in_cards;
        let mut enter = false;
        ui.input_mut(|input| {
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) > 0;
            enter = pressed(Key::Enter);
            if pressed(Key::ArrowDown) {
                by = if in_cards { across } else { 0 };
                self.in_cards = true;
                self.reveal = true;
            }
            if !in_cards {
                return;
            }
            if pressed(Key::ArrowUp) {
                by = -across;
            }
            if pressed(Key::ArrowRight) {
                by = 1;
            }
            if pressed(Key::ArrowLeft) {
                by = -1;
            }
            space = pressed(Key::Space);
            star = pressed(Key::F);
            if space || star {
                input
                    .events
                    .retain(|event| !matches!(event, egui::Event::Text(_)));
            }
        });
        let last = shown.len().saturating_sub(1);
        if by != 0 {
            self.reveal = true;
            match self.cursor.checked_add_signed(by) {
                Some(next) => self.cursor = next.min(last),
                // Above the first row is the field.
                None => self.in_cards = false,
            }
        }
        if let Some(card) = shown.get(self.cursor) {
            if space {
                self.toggle(&card.name);
            }
            if star {
                toggle_favourite(desk, &card.name);
            }
        }
        enter
    }
}
