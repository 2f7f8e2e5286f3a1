//! What is wrong with a text that cannot be read, and what would mend it.

use egui::{RichText, Role, Ui, WidgetInfo};

use crate::app::desk::Desk;
use crate::app::document::draft::Draft;
use crate::app::widgets::link_text;
use crate::expression::ExpressionError;

/// The size of what is said.
const SENTENCE: f32 = 12.5;

/// What a person does about a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// The text is replaced by this one.
    Text(String),
    /// This name becomes a slider.
    Slider(String),
}

/// What stays while there is a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The last good surface.
    Surface,
    /// The last good rule.
    Rule,
}

impl Stays {
    const fn until_mended(self) -> &'static str {
        match self {
            Self::Surface => "The last good surface stays until this is mended.",
            Self::Rule => "The last good rule goes on running until this is mended.",
        }
    }

    const fn until_then(self) -> &'static str {
        match self {
            Self::Surface => "The last good surface stays until then.",
            Self::Rule => "The last good rule goes on running until then.",
        }
    }
}

/// Says what is wrong with a text, and offers what would mend it.
pub fn explain(ui: &mut Ui, desk: &Desk<'_>, draft: &Draft, stays: Stays) -> Option<Mended> {
    let suggestion = draft.mistake.as_ref().and_then(ExpressionError::suggestion);
    let is_only_new = !draft.unknown.is_empty() && suggestion.is_none();
    let is_taken = !is_only_new && sentence(ui, desk, draft, suggestion);
    let slider = new_names(ui, &draft.unknown);
    let until = if is_only_new {
        stays.until_then()
    } else {
        stays.until_mended()
    };
    remark(ui, desk, until);
    if !is_taken {
        return slider.map(Mended::Slider);
    }
    let at = draft.mistake.as_ref()?.at.clone();
    let mut text = draft.text.clone();
    text.get(at.clone())?;
    text.replace_range(at, suggestion?);
    Some(Mended::Text(text))
}

/// Says what is wrong, and returns whether the user takes what is suggested in its place.
fn sentence(ui: &mut Ui, desk: &Desk<'_>, draft: &Draft, suggestion: Option<&str>) -> bool {
    let mut sentence = draft.sentence.clone();
    if let Some(suggestion) = suggestion {
        let question = format!("; did you mean {suggestion}?");
        sentence = sentence.replace(&question, "");
    }
    let sentence = capitalised(&sentence) + ".";
    let mut is_taken = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(
            RichText::new(sentence)
                .size(SENTENCE)
                .color(desk.colors.error),
        );
        if let Some(suggestion) = suggestion {
            ui.label(RichText::new("Did you mean").size(SENTENCE));
            is_taken = link_text(ui, suggestion, desk.colors.accent).clicked();
            ui.label(RichText::new("?").size(SENTENCE));
        }
    });
    is_taken
}

/// Offers to make sliders of names, and returns the name that becomes one.
fn new_names(ui: &mut Ui, names: &[String]) -> Option<String> {
    /// The most names that are offered at a time.
    const MOST: usize = 6;
    let mut chosen = None;
    for name in names.iter().take(MOST) {
        ui.horizontal(|ui| {
            let text = RichText::new(format!("{name} is new:")).size(SENTENCE);
            ui.label(text);
            let button = ui.button(RichText::new("make a slider").size(SENTENCE));
            let label = format!("Make a slider for {name}");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            if button.clicked() {
                chosen = Some(name.clone());
            }
        });
    }
    chosen
}

/// Shows a remark below the field.
fn remark(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    ui.label(RichText::new(text).size(SENTENCE).color(desk.colors.dim));
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
