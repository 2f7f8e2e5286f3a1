//! The choice of the features that are seen.

use egui::containers::menu::MenuButton;
use egui::{Button, RichText, Ui};

use super::Subject;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::widgets::{long_menu, name};
use crate::sampling::learned::Sight;
use crate::view::network::words::spoken;

/// Shows the feature of an axis, 0 for the one across and 1 for the one up, as a menu of all.
pub fn menu(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, axis: usize) {
    let Sight::Plane(seen) = subject.outlook.sight() else {
        return;
    };
    let names = &subject.learner.data.features;
    let title = |feature: usize| names.get(feature).map_or("", String::as_str);
    let text = format!("{} ▾", spoken(title(seen[axis])));
    let text = RichText::new(text).size(11.0).color(desk.colors.accent);
    let button = Button::new(text).frame(false);
    let mut picked = None;
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(180.0);
        long_menu(ui, |ui| {
            for feature in 0..names.len() {
                let is_seen = feature == seen[axis];
                if ui
                    .selectable_label(is_seen, spoken(title(feature)))
                    .clicked()
                {
                    picked = Some(feature);
                    ui.close();
                }
            }
        });
    });
    let place = ["across", "up"][axis];
    let label = format!("Feature {place}: {}", spoken(title(seen[axis])));
    name(ui, &response, &label);
    response.on_hover_text("Choose another feature; the others are held at their mean");
    if let Some(feature) = picked {
        let features = exchanged(seen, axis, feature).map(|feature| title(feature).to_owned());
        desk.act(DocumentAction::Features(features));
    }
}

/// Puts a feature on an axis. If it is on the other one, they change places.
fn exchanged(seen: [usize; 2], axis: usize, feature: usize) -> [usize; 2] {
    let mut features = seen;
    if features[1 - axis] == feature {
        features[1 - axis] = features[axis];
    }
    features[axis] = feature;
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_change_places_rather_than_being_seen_twice() {
        assert_eq!(exchanged([0, 1], 0, 3), [3, 1]);
        assert_eq!(exchanged([0, 1], 1, 2), [0, 2]);
        assert_eq!(exchanged([0, 1], 0, 1), [1, 0]);
        assert_eq!(exchanged([2, 5], 1, 2), [5, 2]);
        assert_eq!(exchanged([2, 5], 1, 5), [2, 5]);
    }
}
