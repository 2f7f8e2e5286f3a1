//! Who came from whom: the rules as a tree, and races between relatives.

mod foot;
mod picture;

use egui::{
    Align, Frame, Label, Layout, RichText, Role, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::sheet;
use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::widgets::{Segment, icon_button, segments};
use crate::optimizer::Listed;
use crate::view::icon::Icon;
use crate::view::theme::strong;
use picture::laid;

/// The maximum width of the dialog.
pub const WIDTH: f32 = 1600.0;
/// The heights of what stands above and below the picture, and the space around the dialog.
const HEAD: f32 = 46.0;
const FOOT: f32 = 104.0;
const AROUND: f32 = 84.0;

/// What is selected and sought.
#[derive(Debug)]
pub struct FamilyTree {
    selected: &'static str,
    typed: String,
    in_race: bool,
    /// Whether the selected box has to be scrolled to.
    reveal: bool,
}

impl Default for FamilyTree {
    fn default() -> Self {
        Self {
            selected: "Adam",
            typed: String::new(),
            in_race: false,
            reveal: true,
        }
    }
}

impl FamilyTree {
    /// Shows the tree.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.head(ui, desk);
        let all = self.shown(desk);
        let room = ui.ctx().content_rect().height() - AROUND;
        let foot = if sheet::is_sheet(ui) { 240.0 } else { FOOT };
        let height = (room - HEAD - foot).max(120.0);
        let laid = laid(ui, &all, height - 2.0);
        Frame::new()
            .stroke(Stroke::new(1.0, desk.colors.line))
            .fill(desk.colors.card)
            .show(ui, |ui| {
                ScrollArea::both()
                    .max_height(height)
                    .min_scrolled_height(height)
                    .auto_shrink([false, false])
                    .show(ui, |ui| self.picture(ui, desk, &all, &laid));
            });
        self.foot(ui, desk);
        self.reveal = false;
    }

    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let size = vec2(ui.available_width(), 32.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.label(strong("Who came from whom").size(16.0));
            let is_sheet = sheet::is_sheet(ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::Cross, vec2(28.0, 28.0), "Close").clicked() {
                    desk.perform(&table::help::DISMISS);
                }
                if is_sheet {
                    return;
                }
                let field = TextEdit::singleline(&mut self.typed)
                    .hint_text("find")
                    .desired_width(150.0);
                let response = ui.add(field);
                response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find a rule"));
                if response.changed() {
                    self.find();
                }
                let parts = [
                    Segment::new("all", !self.in_race),
                    Segment::new("in this race", self.in_race),
                ];
                let width = Some(170.0);
                if let Some(clicked) = segments(ui, desk.colors, width, &parts) {
                    self.in_race = clicked == 1;
                }
                let text = "the words above a box say what it added";
                let text = RichText::new(text).size(12.0).color(desk.colors.dim);
                ui.add(Label::new(text).truncate());
            });
        });
        ui.add_space(6.0);
    }

    /// Selects the first rule that begins with what is typed, or contains it.
    fn find(&mut self) {
        let typed = self.typed.trim().to_lowercase();
        if typed.is_empty() {
            return;
        }
        let title = |it: &&Listed| it.title.to_lowercase();
        let mut all = Listed::all().iter();
        let begins = all.clone().find(|it| title(it).starts_with(&typed));
        if let Some(found) = begins.or_else(|| all.find(|it| title(it).contains(&typed))) {
            (self.selected, self.reveal) = (found.name, true);
        }
    }

    /// Returns the rules that the picture shows: all of them, or those that race with their ancestors.
    fn shown(&self, desk: &Desk<'_>) -> Vec<&'static Listed> {
        let with_history = || Listed::all().iter().filter(|it| it.history.is_some());
        if !self.in_race {
            return with_history().collect();
        }
        let racing: Vec<&Listed> = with_history().filter(|it| races(desk, it)).collect();
        let ancestors: Vec<&Listed> = racing.iter().flat_map(|it| it.ancestors()).collect();
        let is_shown = |it: &&Listed| {
            let name = it.name;
            racing.iter().chain(&ancestors).any(|it| it.name == name)
        };
        with_history().filter(is_shown).collect()
    }
}

/// Returns whether a rule is among those that race.
fn races(desk: &Desk<'_>, rule: &Listed) -> bool {
    let racers = desk.document.experiment().racers.iter();
    let is_form = rule.optimizer.rule().about().name != rule.name;
    racers.into_iter().any(|racer| {
        let optimizer = &racer.plan.optimizer;
        optimizer.is_same_rule(&rule.optimizer)
            && (!is_form || racer.appearance.name.as_deref() == Some(rule.title))
    })
}
