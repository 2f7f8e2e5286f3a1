//! The title of the rule, and what it was made from.

use egui::{Align, Align2, FontId, Label, Layout, RichText, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::document::rule_change::RuleChange;
use crate::app::panels::rule::words::WORDS;
use crate::app::panels::typing;
use crate::app::widgets::icon_button;
use crate::optimizer::{OptimizerChoice, Origin, OwnRule};
use crate::view::fonts;
use crate::view::icon::Icon;
use crate::view::theme::touch::{is_for_fingers, target};
use crate::view::theme::{CAPTION, strong};

/// The least width of the title.
const NARROWEST: f32 = 100.0;
/// The size of the title.
const TITLE: f32 = 14.0;

/// Shows the heading of the editor.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    let size = vec2(ui.available_width(), target(ui, 28.0));
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let label = "Close the rule";
        let close = icon_button(ui, Icon::Cross, vec2(28.0, 28.0), label);
        if close.on_hover_text(label).clicked() {
            desk.act(DocumentAction::CloseRule);
        }
        typing::words(ui, desk, &WORDS);
        let from = desk.document.original_of(racer).map(from);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if !is_for_fingers(ui.style()) {
                ui.label(strong("Rule:").size(TITLE));
            }
            title(ui, desk, racer, rule);
            if let Some(from) = from {
                let from = RichText::new(from).size(CAPTION).color(desk.colors.dim);
                ui.add(Label::new(from).truncate());
            }
        });
    });
}

/// The field of the title, as wide as that.
fn title(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    let mut title = rule.typed_title().to_owned();
    let font = FontId::new(TITLE, fonts::strong_family());
    let width = width_of(ui, rule.title(), &font) + 24.0;
    let most = (ui.available_width() * 0.8).max(NARROWEST);
    let field = TextEdit::singleline(&mut title)
        .font(font)
        .hint_text(OwnRule::UNTITLED)
        .align(Align2::LEFT_CENTER)
        .desired_width(width.clamp(NARROWEST, most));
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo {
        label: Some("Title of the rule".to_owned()),
        ..WidgetInfo::text_edit(true, &title, &title, OwnRule::UNTITLED)
    });
    if response.changed() {
        desk.change(Change::Rule(racer, RuleChange::Title(title)));
    }
}

fn width_of(ui: &Ui, text: &str, font: &FontId) -> f32 {
    let color = ui.visuals().text_color();
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font.clone(), color);
    galley.size().x
}

/// Says which rule a copy was made from, and in which form.
fn from(original: &OptimizerChoice) -> String {
    let title = original.rule().title();
    let is_theirs = |origin: &Origin| {
        let mut theirs = original.defaults(*origin);
        if let Some(theirs) = &mut theirs {
            crate::app::document::kept_rate::keep_rate_of(original, theirs);
        }
        theirs.as_ref() == Some(original)
    };
    match Origin::ALL.iter().copied().find(is_theirs) {
        Some(Origin::Paper) => format!("from {title} as published"),
        Some(library) => format!("from {title} as in {}", library.label()),
        None => format!("from {title}"),
    }
}
