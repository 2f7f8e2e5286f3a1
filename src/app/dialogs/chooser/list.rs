//! The cards of the chooser, in rows.

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::entries::Card;
use super::{Chooser, GAP};
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::view::theme::caption;

impl Chooser {
    pub(super) fn list(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        shown: &[Card],
        columns: usize,
        height: f32,
    ) {
        let frame = Frame::new().inner_margin(Margin::symmetric(12, 10));
        frame.show(ui, |ui| {
            self.heading(ui, desk, shown.len());
            ui.add_space(8.0);
            let height = height - 56.0;
            let scroll = ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, false]);
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                if shown.is_empty() {
                    let text = if self.typed.trim().is_empty() {
                        "No rule has a star yet: press F on a card, or click its star.".to_owned()
                    } else {
                        format!("Nothing is called “{}”.", self.typed.trim())
                    };
                    ui.label(RichText::new(text).color(desk.colors.dim));
                }
                let mut may_compute = true;
                for (row, cards) in shown.chunks(columns.max(1)).enumerate() {
                    ui.horizontal(|ui| {
                        for (column, card) in cards.iter().enumerate() {
                            self.card(ui, desk, card, row * columns + column, &mut may_compute);
                        }
                    });
                }
                if !may_compute {
                    ui.ctx().request_repaint();
                }
            });
        });
    }

    fn heading(&mut self, ui: &mut Ui, desk: &Desk<'_>, count: usize) {
        ui.horizontal(|ui| {
            let is_search = !self.typed.trim().is_empty();
            let (title, idea) = if is_search {
                (format!("{count} found"), "")
            } else {
                (self.shelf.title().to_owned(), self.shelf.idea())
            };
            ui.label(caption(&title).color(desk.colors.dim));
            if !idea.is_empty() {
                ui.add(
                    Label::new(RichText::new(idea).size(12.0).color(desk.colors.dim)).truncate(),
                );
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if is_search {
                    return;
                }
                let order = if self.by_name { "by name" } else { "by year" };
                if link_text(ui, order, desk.colors.accent).clicked() {
                    self.by_name ^= true;
                }
            });
        });
    }
}
