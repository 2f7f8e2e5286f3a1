//! The families on the left of the chooser, or above it on a phone.

use egui::{Align, Frame, Layout, Margin, RichText, Role, Ui, WidgetInfo, vec2};

use super::entries::{Card, Shelf};
use super::{Chooser, LEFT};
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::optimizer::Kin;
use crate::view::theme::strong;
use crate::view::theme::touch::target;

/// How a racer is added from a script.
const PASTE: &str = "Or copy a constructor from a script for Keras, PyTorch or Optax, close this, and \
                     paste it here.";

impl Chooser {
    fn all_shelves(cards: &[Card], favourites: &[String]) -> Vec<(Shelf, usize)> {
        let mut shelves = vec![Shelf::Favourites, Shelf::All];
        if cards.iter().any(|card| card.history.is_none()) {
            shelves.push(Shelf::Mine);
        }
        shelves.extend(Kin::ALL.map(Shelf::Kin));
        let count = |shelf: Shelf| cards.iter().filter(|it| shelf.has(it, favourites)).count();
        let with_counts = shelves.into_iter().map(|shelf| (shelf, count(shelf)));
        let is_shown = |it: &(Shelf, usize)| it.1 > 0 || it.0 == Shelf::Favourites;
        with_counts.filter(is_shown).collect()
    }

    pub(super) fn shelves(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        cards: &[Card],
        height: f32,
    ) {
        let frame = Frame::new().inner_margin(Margin::symmetric(10, 12));
        let size = vec2(LEFT, height);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(size);
            frame.show(ui, |ui| {
                let favourites = desk.workspace.settings.favourites.clone();
                for (shelf, count) in Self::all_shelves(cards, &favourites) {
                    self.shelf(ui, desk, shelf, count);
                    if shelf == Shelf::All {
                        ui.add_space(8.0);
                    }
                }
                ui.add_space(10.0);
                self.add_all(ui, desk, cards);
                ui.add_space(14.0);
                ui.label(RichText::new(PASTE).size(11.0).color(desk.colors.dim));
            });
        });
    }

    fn shelf(&mut self, ui: &mut Ui, desk: &Desk<'_>, shelf: Shelf, count: usize) {
        let is_on = self.shelf == shelf && self.typed.trim().is_empty();
        let size = vec2(ui.available_width(), target(ui, 32.0));
        let text = if is_on {
            strong(shelf.title())
        } else {
            RichText::new(shelf.title())
        };
        let label = format!("{} {count}", shelf.title());
        let count = RichText::new(count.to_string()).color(desk.colors.dim);
        let button = egui::Button::new(text)
            .right_text(count)
            .selected(is_on)
            .frame_when_inactive(false)
            .min_size(size);
        let response = ui.add(button);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, &label));
        if response.clicked() {
            (self.shelf, self.cursor) = (shelf, 0);
            self.typed.clear();
        }
    }

    /// On a phone, the families stand above the cards.
    pub(super) fn shelves_in_a_row(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, cards: &[Card]) {
        let favourites = desk.workspace.settings.favourites.clone();
        let shelves = Self::all_shelves(cards, &favourites);
        let text = |(shelf, count): &(Shelf, usize)| format!("{} {count}", shelf.title());
        let chosen = shelves.iter().find(|(shelf, _)| *shelf == self.shelf);
        let shown = chosen.map(text).unwrap_or_default();
        let menu = egui::ComboBox::from_id_salt("family").selected_text(&shown);
        let menu = menu.show_ui(ui, |ui| {
            for entry in &shelves {
                let is_on = self.shelf == entry.0;
                if ui.selectable_label(is_on, text(entry)).clicked() {
                    (self.shelf, self.cursor) = (entry.0, 0);
                    self.typed.clear();
                }
            }
        });
        let told = || WidgetInfo::labeled(Role::ComboBox, true, format!("Family: {shown}"));
        menu.response.widget_info(told);
    }

    /// Offers to add a whole family.
    fn add_all(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, cards: &[Card]) {
        let Shelf::Kin(_) = self.shelf else {
            return;
        };
        let provides = desk.document.race.surface().provides();
        let family = cards.iter().filter(|it| self.shelf.has(it, &[]));
        let names: Vec<String> = family
            .filter(|it| it.optimizer.refusal(provides).is_none())
            .map(|it| it.name.clone())
            .collect();
        if names.is_empty() {
            return;
        }
        let text = format!("Add all {} of this family", names.len());
        if link_text(ui, &text, desk.colors.accent).clicked() {
            self.chosen = names;
            self.add(desk, cards);
        }
    }
}
