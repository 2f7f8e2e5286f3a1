//! The formula of a typed surface while it is edited: the last good one is the surface, and what
//! cannot be read yet is a draft.

use super::Document;
use super::change::Change;
use super::draft::Draft;
use super::formula_change::{self, FormulaChange};
use super::parameter_change::NEW;
use crate::experiment::Fault;
use crate::surface::SurfaceChoice;
use crate::surface::typed::Typed;

impl Document {
    /// Returns the surface, if it is typed.
    #[must_use]
    pub fn typed(&self) -> Option<&Typed> {
        self.experiment().surface.typed()
    }

    /// Returns whether the formula is edited beside the surface.
    #[must_use]
    pub fn shows_formula(&self) -> bool {
        self.view.formula && self.typed().is_some()
    }

    /// Returns the text that cannot be read yet, if there is one.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref().filter(|_| self.typed().is_some())
    }

    /// Opens the editor of the formula, or closes it. Another surface is first replaced by a copy that
    /// can be edited or, without one, by a formula to begin with.
    pub fn toggle_formula(&mut self) {
        self.draft = None;
        if self.shows_formula() {
            self.view.formula = false;
            return;
        }
        self.view.formula = true;
        self.close_rule();
        if self.typed().is_none() {
            let experiment = self.experiment();
            let copy = experiment.shape.typed_copy(&experiment.surface);
            let seen = copy.is_some().then_some((self.window, self.view.window));
            let typed = copy.unwrap_or_else(formula_change::first);
            let mut surface = SurfaceChoice::Typed(typed);
            let is_read = surface.load(None).is_ok();
            if !is_read || self.change(Change::Surface(surface)).is_err() {
                self.view.formula = false;
            } else if let Some((window, of_view)) = seen {
                // A copy is the same surface, and looks the same.
                (self.window, self.view.window) = (window, of_view);
                self.unfitted = false;
            }
        }
    }

    /// Takes a text for the formula. One that can be read becomes the surface; any other one is a
    /// draft, and the surface stays.
    ///
    /// # Errors
    /// If the race is not possible on the surface.
    pub fn type_formula(&mut self, text: String) -> Result<(), Fault> {
        let Some(typed) = self.typed() else {
            return Ok(());
        };
        let mut next = typed.clone();
        next.loss.clone_from(&text);
        match next.expression() {
            Ok(_) => {
                self.change(FormulaChange::Text(text).into())?;
                self.draft = None;
            }
            Err(fault) => {
                let unknown = next.unknown_names().unwrap_or_default();
                self.draft = Some(Draft::of_formula(text, &fault, unknown));
            }
        }
        Ok(())
    }

    /// Makes a name in the draft a parameter. If nothing else is missing, the draft becomes the
    /// surface.
    ///
    /// # Errors
    /// If the race is not possible on the surface.
    pub fn make_slider(&mut self, name: &str) -> Result<(), Fault> {
        let (Some(mut next), Some(draft)) = (self.typed().cloned(), self.draft().cloned()) else {
            return Ok(());
        };
        if !draft.unknown.iter().any(|unknown| unknown == name) {
            return Ok(());
        }
        next.parameters.set(name, NEW);
        next.loss.clone_from(&draft.text);
        let is_whole = next.expression().is_ok();
        let text = is_whole.then(|| draft.text.clone());
        let name = name.to_owned();
        self.change(FormulaChange::Add { name, text }.into())?;
        self.draft = None;
        if is_whole {
            Ok(())
        } else {
            self.type_formula(draft.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::source::Source;
    use crate::plane::Window;
    use crate::preset;

    fn document() -> Document {
        let preset = preset::load_built_in("radford-beale").unwrap();
        let mut document = Document::new(preset, Source::New);
        let mut surface = SurfaceChoice::Typed(formula_change::first());
        surface.load(None).unwrap();
        document.change(Change::Surface(surface)).unwrap();
        document.toggle_formula();
        document
    }

    #[test]
    fn a_text_becomes_the_surface_once_it_can_be_read() {
        let mut document = document();
        let before = document.experiment().clone();
        document.type_formula("x^2 +".to_owned()).unwrap();
        assert_eq!(*document.experiment(), before);
        assert_eq!(document.draft().unwrap().text, "x^2 +");
        document.type_formula("x^2 + y^2".to_owned()).unwrap();
        assert_eq!(document.draft(), None);
        assert_eq!(document.typed().unwrap().loss, "x^2 + y^2");
        document.type_formula("x^2 + y^2 +".to_owned()).unwrap();
        document.undo();
        assert_eq!((document.draft(), document.experiment()), (None, &before));
        document.undo();
        assert!(!document.shows_formula());
        document.redo();
        assert!(document.shows_formula());
    }

    #[test]
    fn new_names_become_sliders_one_by_one() {
        let mut document = document();
        document.type_formula("k*x^2 + m*y^2".to_owned()).unwrap();
        assert_eq!(document.draft().unwrap().unknown, ["k", "m"]);
        document.make_slider("k").unwrap();
        assert_eq!(document.draft().unwrap().unknown, ["m"]);
        document.make_slider("m").unwrap();
        assert_eq!(document.draft(), None);
        let typed = document.typed().unwrap();
        assert_eq!(typed.loss, "k*x^2 + m*y^2");
        assert_eq!(typed.parameters.get("m").unwrap().value, 1.0);
        let told: Vec<&str> = document.steps_done().collect();
        assert_eq!(told[1..], ["New slider k", "New slider m"]);
    }

    #[test]
    fn the_window_stays_while_a_parameter_moves_and_follows_a_new_formula() {
        let mut document = document();
        let seen = Window::new([-0.5, 0.5], [0.0, 1.0]);
        document.show_window(seen);
        let value = |it| FormulaChange::Value("a".to_owned(), it);
        for it in [0.5, 0.7, 1.9] {
            document.change(value(it).into()).unwrap();
        }
        assert_eq!(document.window(), seen);
        let last = document.steps_done().last();
        assert_eq!(last, Some("a 0.35 → 1.9"), "one step");
        document.type_formula("x^2 + y^2".to_owned()).unwrap();
        assert_ne!(document.window(), seen);
    }

    #[test]
    fn a_copy_of_a_valley_has_its_condition_as_a_parameter() {
        let mut preset = preset::load_built_in("long-valley").unwrap();
        preset.experiment.shape.condition = Some(200.0);
        let before = preset.experiment.open_surface();
        let mut document = Document::new(preset, Source::New);
        document.toggle_formula();
        let typed = document.typed().unwrap();
        assert_eq!(typed.parameters.get("k").unwrap().value, 200.0);
        assert_eq!(document.experiment().shape.condition, None);
        let copy = document.experiment().open_surface();
        for at in [[1.0, 0.5], [-3.0, 1.5]] {
            let [was, is] = [before.value(at), copy.value(at)];
            assert!((was - is).abs() < 1e-11 * was, "{was} {is}");
        }
    }
}
