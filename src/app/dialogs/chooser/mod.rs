//! The chooser of rules: families, search, thumbnails, and what each is good for.

mod card;
mod entries;
mod foot;
mod keys;
mod list;
mod portraits;
mod shelves;

use egui::{
    Align, ComboBox, Frame, Id, Layout, Margin, RichText, Role, Stroke, TextEdit, Ui, WidgetInfo,
    vec2,
};

use super::sheet;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::icon_button;
use crate::surface::SurfaceChoice;
use crate::view::icon::Icon;
use crate::view::theme::strong;
use crate::view::theme::touch::target;
use entries::{Card, Shelf, cards, found};
use portraits::Portraits;

/// The maximum size of the dialog.
pub const WIDTH: f32 = 1080.0;
const HEIGHT: f32 = 680.0;
/// The space above and below it.
const AROUND: f32 = 48.0;
const HEAD: f32 = 56.0;
const LEFT: f32 = 174.0;
const GAP: f32 = 6.0;
/// The size of a card.
const CARD: egui::Vec2 = vec2(284.0, 124.0);

/// What is typed, chosen and shown.
#[derive(Debug)]
pub struct Chooser {
    typed: String,
    shelf: Shelf,
    by_name: bool,
    /// The names of the cards that are chosen, in the order in which they were.
    chosen: Vec<String>,
    /// The place of the card that the keys act on.
    cursor: usize,
    /// Whether the keys act on the cards, and not on the field.
    in_cards: bool,
    /// Whether the card has to be scrolled to.
    reveal: bool,
    portraits: Portraits,
}

impl Default for Chooser {
    fn default() -> Self {
        Self {
            typed: String::new(),
            shelf: Shelf::All,
            by_name: false,
            chosen: Vec::new(),
            cursor: 0,
            in_cards: false,
            reveal: false,
            portraits: Portraits::on(SurfaceChoice::Rosenbrock),
        }
    }
}

impl Chooser {
    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let cards = cards(&desk.workspace.settings.library);
        ui.spacing_mut().item_spacing.y = 0.0;
        let is_sheet = sheet::is_sheet(ui);
        let around = if is_sheet { sheet::ABOVE } else { AROUND };
        let room = ui.ctx().content_rect().height() - around;
        let most = if is_sheet { room } else { room.min(HEIGHT) };
        let columns = Self::columns(ui, is_sheet);
        let favourites = desk.workspace.settings.favourites.clone();
        let shown = |it: &Self| -> Vec<Card> {
            let found = found(&cards, &it.typed, it.shelf, &favourites, it.by_name);
            found.into_iter().cloned().collect()
        };
        let shown_before = shown(self);
        let enter = self.keys(ui, desk, &shown_before, columns);
        self.head(ui, desk, is_sheet);
        rule(ui, desk);
        let shown = shown(self);
        self.cursor = self.cursor.min(shown.len().saturating_sub(1));
        let height = most - HEAD - foot::height(is_sheet) - 2.0;
        if is_sheet {
            self.shelves_in_a_row(ui, desk, &cards);
            self.list(ui, desk, &shown, 1, height - target(ui, 40.0));
        } else {
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), height),
                Layout::left_to_right(Align::Min),
                |ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    self.shelves(ui, desk, &cards, height);
                    ui.vertical(|ui| self.list(ui, desk, &shown, columns, height));
                },
            );
        }
        rule(ui, desk);
        self.foot(ui, desk, &cards, &shown, is_sheet);
        if enter {
            let provides = desk.document.race.surface().provides();
            if self.chosen.is_empty()
                && let Some(card) = shown.get(self.cursor)
                && card.optimizer.refusal(provides).is_none()
            {
                self.chosen.push(card.name.clone());
            }
            self.add(desk, &cards);
        }
        self.reveal = false;
    }

    /// How many cards stand beside each other.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a handful"
    )]
    fn columns(ui: &Ui, is_sheet: bool) -> usize {
        if is_sheet {
            return 1;
        }
        let width = ui.available_width() - LEFT - 24.0;
        ((width + GAP) / (CARD.x + GAP)).floor().max(1.0) as usize
    }

    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, is_sheet: bool) {
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 10));
        frame.show(ui, |ui| {
            let size = vec2(ui.available_width(), target(ui, HEAD - 20.0));
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                if !is_sheet {
                    ui.label(strong("Add racers").size(16.0));
                }
                self.field(ui, is_sheet);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = icon_button(ui, Icon::Cross, vec2(28.0, 28.0), "Close");
                    if close.clicked() {
                        desk.perform(&table::help::DISMISS);
                    }
                    if is_sheet {
                        return;
                    }
                    if ui.button("Family tree").clicked() {
                        desk.perform(&table::racer::FAMILY_TREE);
                    }
                    self.surface(ui);
                    ui.label(RichText::new("Thumbnails:").color(desk.colors.dim));
                });
            });
        });
    }

    fn field(&mut self, ui: &mut Ui, is_sheet: bool) {
        let width = if is_sheet {
            ui.available_width() - 60.0
        } else {
            300.0
        };
        let id = Id::unique("field of the chooser");
        let field = TextEdit::singleline(&mut self.typed)
            .id(id)
            .hint_text("name, idea, author or year")
            .desired_width(width)
            .margin(Margin::symmetric(8, 7));
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search rules"));
        if response.clicked() {
            self.in_cards = false;
        }
        if self.in_cards {
            response.surrender_focus();
        } else if !response.has_focus() && !is_sheet {
            response.request_focus();
        }
        if response.changed() {
            self.cursor = 0;
            self.reveal = true;
        }
    }

    /// Chooses the surface of the thumbnails.
    fn surface(&mut self, ui: &mut Ui) {
        let mut choice = self.portraits.choice.clone();
        let combo = ComboBox::from_id_salt("surface of the thumbnails")
            .selected_text(choice.about().title)
            .show_ui(ui, |ui| {
                for surface in SurfaceChoice::BUILT_IN {
                    let title = surface.about().title;
                    ui.selectable_value(&mut choice, surface.clone(), title);
                }
            });
        combo
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Surface of the thumbnails"));
        if choice != self.portraits.choice {
            self.portraits = Portraits::on(choice);
        }
    }

    fn toggle(&mut self, name: &str) {
        let before = self.chosen.len();
        self.chosen.retain(|it| it != name);
        if self.chosen.len() == before {
            self.chosen.push(name.to_owned());
        }
    }

    /// Adds what is chosen, and closes the dialog.
    fn add(&mut self, desk: &mut Desk<'_>, cards: &[Card]) {
        let provides = desk.document.race.surface().provides();
        for name in &self.chosen {
            let card = cards.iter().find(|it| it.name == *name);
            let card = card.filter(|it| it.optimizer.refusal(provides).is_none());
            if let Some(card) = card {
                let mut racer = crate::experiment::Racer::new(card.optimizer.clone());
                // A form of a rule goes by its own name.
                if racer.plan.optimizer.rule().title() != card.title {
                    racer.appearance.name = Some(card.title.clone());
                }
                desk.change(Change::Add(Box::new(racer)));
            }
        }
        if !self.chosen.is_empty() {
            desk.perform(&table::help::DISMISS);
        }
    }
}

/// Gives a rule a star, or takes it away.
fn toggle_favourite(desk: &mut Desk<'_>, name: &str) {
    let mut settings = desk.workspace.settings.clone();
    settings.toggle_favourite(name);
    desk.send(AppAction::Settings(Box::new(settings)));
}

fn rule(ui: &mut Ui, desk: &Desk<'_>) {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 1.0), egui::Sense::hover());
    let stroke = Stroke::new(1.0, desk.colors.line);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}
