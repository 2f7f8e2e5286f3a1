//! The menu of a rule's forms: as published, or as in a library.

use egui::containers::menu::MenuButton;
use egui::{Button, RadioButton, RichText, Role, Ui, WidgetInfo};

use crate::app::action::DocumentAction;
use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::kept_rate::keep_rate_of;
use crate::experiment::Racer;
use crate::optimizer::Origin;
use crate::view::number;

const HELP: &str = "Sets the form and the constants to those of the paper or of a library";

/// Shows the menu, and where the path in the form chosen for comparison departs.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let text = match current(card.racer) {
        None => "of your own".to_owned(),
        Some(Origin::Paper) => "as published".to_owned(),
        Some(library) => format!("as {}", library.label()),
    };
    rows::row(ui, desk.colors, "form and constants", HELP, |ui| {
        let shown = RichText::new(format!("{text} ▾")).size(rows::name_size(ui));
        let button = Button::new(shown.color(desk.colors.accent)).frame(false);
        let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
            ui.set_width(220.0);
            defaults(ui, desk, card);
            ui.separator();
            ghosts(ui, desk, card);
        });
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Form and constants: {text}"))
        });
        response.on_hover_text(HELP);
    });
    parting(ui, desk);
}

/// Returns whose form and constants the racer has, apart from the learning rate.
fn current(racer: &Racer) -> Option<Origin> {
    let optimizer = &racer.plan.optimizer;
    let has = |library: &Origin| {
        optimizer.defaults(*library).is_some_and(|mut theirs| {
            keep_rate_of(optimizer, &mut theirs);
            theirs == *optimizer
        })
    };
    Origin::ALL.iter().copied().find(has)
}

fn defaults(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let keep_rate = desk.workspace.settings.keep_rate;
    for &library in Origin::ALL {
        let is_known = card.racer.plan.optimizer.defaults(library).is_some();
        let text = match library {
            Origin::Paper => "as published".to_owned(),
            library => format!("as {}", library.label()),
        };
        let button = ui
            .add_enabled(is_known, Button::new(text))
            .on_disabled_hover_text("This library does not have this rule");
        if button.clicked() {
            desk.change(Change::Defaults {
                racer: card.id,
                library,
                keep_rate: keep_rate || library == Origin::Optax,
            });
        }
    }
    if keep_rate {
        let text = "The learning rate stays as it is; double-click its slider to reset it.";
        rows::remark(ui, desk.colors, text);
    }
}

/// Shows the choice of a form to be compared with, as a ghost.
fn ghosts(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    rows::remark(ui, desk.colors, "compare, as a ghost");
    let now = desk.document.variant;
    let libraries = Origin::ALL.iter().copied().map(Some);
    for library in [None].into_iter().chain(libraries) {
        let text = library.map_or("with nothing".to_owned(), |it| {
            format!("with {}’s form", it.label())
        });
        let optimizer = &card.racer.plan.optimizer;
        let is_known = library.is_none_or(|it| optimizer.in_the_form_of(it).is_some());
        let item = ui
            .add_enabled(is_known, RadioButton::new(now == library, text))
            .on_disabled_hover_text("This library does not have this rule with these values");
        if item.clicked() {
            desk.act(DocumentAction::Variant(library));
            ui.close();
        }
    }
}

/// Says at which step the path in the other library's form departs.
fn parting(ui: &mut Ui, desk: &Desk<'_>) {
    let Some(variant) = desk.caches.others.variant() else {
        return;
    };
    let library = variant.library.label();
    let text = match variant.parting {
        Some(step) => {
            let step = number::count(step);
            format!("departs from {library}’s form at step {step}")
        }
        None => format!("takes the same path in {library}’s form"),
    };
    rows::remark(ui, desk.colors, &text);
}
