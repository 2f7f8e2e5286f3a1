//! The field in which the formula is typed, and what is wrong with it.

use egui::{Id, Ui};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::panels::typing::{self, Field, Mended, Stays};
use crate::optimizer::Family;
use crate::surface::typed::Typed;

/// Shows the field, and below it what is wrong with its text.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed) {
    let draft = desk.document.draft().cloned();
    let yellow = desk.colors.family(Family::Decay);
    let names = |name: &str| typed.parameters.get(name).map(|_| yellow);
    let field = Field {
        id: Id::unique(("formula", desk.document.id())),
        label: "Formula",
        text: &typed.loss,
        draft: draft.as_ref(),
        names: &names,
    };
    if let Some(text) = typing::show(ui, desk, &field) {
        desk.act(DocumentAction::TypeFormula(text));
    }
    let mended = draft.and_then(|draft| typing::explain(ui, desk, &draft, Stays::Surface));
    match mended {
        Some(Mended::Text(text)) => desk.act(DocumentAction::TypeFormula(text)),
        Some(Mended::Slider(name)) => desk.act(DocumentAction::MakeSlider(name)),
        None => {}
    }
}
