//! The rule of a racer while it is edited: the last good one runs, and what cannot be read yet is a
//! draft.

use super::Document;
use super::change::Change;
use super::draft::Draft;
use super::ids::RacerId;
use super::rule_change::RuleChange;
use super::wording::in_words;
use crate::experiment::Fault;
use crate::optimizer::{NO_COPY, OptimizerChoice, OwnRule};

/// What is edited of the racers' rules, and what they were copied from.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// The racer whose rule is edited.
    edited: Option<RacerId>,
    /// The lines that cannot be read yet, if there are any.
    draft: Option<Draft>,
    /// The rules of which racers have copies.
    originals: Vec<(RacerId, OptimizerChoice)>,
}

impl Document {
    fn optimizer_of(&self, racer: RacerId) -> Option<&OptimizerChoice> {
        Some(&self.lineup().racer(racer)?.plan.optimizer)
    }

    /// Returns the rule that is edited, and its racer.
    #[must_use]
    pub fn edited_rule(&self) -> Option<(RacerId, &OwnRule)> {
        let id = self.rules.edited?;
        Some((id, self.optimizer_of(id)?.own_rule()?))
    }

    /// Returns the lines that cannot be read yet, if there are any.
    #[must_use]
    pub fn rule_draft(&self) -> Option<&Draft> {
        self.rules
            .draft
            .as_ref()
            .filter(|_| self.edited_rule().is_some())
    }

    /// Returns the rule of which a racer's is a copy.
    #[must_use]
    pub fn original_of(&self, racer: RacerId) -> Option<&OptimizerChoice> {
        self.optimizer_of(racer)?.own_rule()?;
        let mut known = self.rules.originals.iter();
        known
            .find(|(id, _)| *id == racer)
            .map(|(_, original)| original)
    }

    /// Returns why the rule of a racer cannot be edited, nor a copy of it; `None` if it can.
    #[must_use]
    pub fn why_not_edited(&self, racer: RacerId) -> Option<&'static str> {
        let optimizer = self.optimizer_of(racer)?;
        optimizer.copy_to_edit().is_none().then_some(NO_COPY)
    }

    /// Edits the rule of a racer. One that is built in is replaced by a copy, and runs along as a
    /// ghost.
    ///
    /// # Errors
    /// If the race is not possible with the copy.
    pub fn edit_rule(&mut self, racer: RacerId) -> Result<(), Fault> {
        let Some(optimizer) = self.optimizer_of(racer).cloned() else {
            return Ok(());
        };
        if optimizer.own_rule().is_none() {
            let Some(copy) = optimizer.copy_to_edit() else {
                return Ok(());
            };
            self.change(Change::Optimizer(racer, copy))?;
            self.rules.originals.retain(|(id, _)| *id != racer);
            self.rules.originals.push((racer, optimizer));
        }
        self.show_rule(racer);
        Ok(())
    }

    /// Adds a racer with a rule to begin with, and edits it.
    ///
    /// # Errors
    /// If the race is not possible with it.
    pub fn new_rule(&mut self) -> Result<(), Fault> {
        self.change(Change::add(OptimizerChoice::Rule(OwnRule::template())))?;
        if let Some(racer) = self.selected() {
            self.show_rule(racer);
        }
        Ok(())
    }

    fn show_rule(&mut self, racer: RacerId) {
        self.rules.edited = Some(racer);
        self.rules.draft = None;
        (self.view.formula, self.view.rule) = (false, true);
        self.select(Some(racer));
    }

    /// Closes the editor of the rule.
    pub fn close_rule(&mut self) {
        self.rules.edited = None;
        self.rules.draft = None;
        self.view.rule = false;
    }

    /// Edits the rule of the selected racer, if that is one of one's own.
    pub(super) fn follow_rule_of_view(&mut self) {
        let own = |id: &RacerId| self.optimizer_of(*id)?.own_rule();
        self.rules.edited = self.selected().filter(|id| own(id).is_some());
    }

    /// Lets the editor follow the selection, if that has a rule that can be edited.
    pub(super) fn follow_selected_rule(&mut self) {
        let selected = self.selected();
        let edited = self.edited_rule().map(|(racer, _)| racer);
        let is_other = edited.is_some() && edited != selected;
        let has_own = |id: &RacerId| {
            self.optimizer_of(*id)
                .is_some_and(|it| it.own_rule().is_some())
        };
        if let Some(racer) = selected.filter(|id| is_other && has_own(id)) {
            self.rules.edited = Some(racer);
            self.rules.draft = None;
        }
    }

    /// Forgets the lines that cannot be read.
    pub(super) fn forget_rule_draft(&mut self) {
        self.rules.draft = None;
    }

    /// Takes a text for the lines of the rule that is edited. A text that can be read becomes the
    /// rule; any other one is a draft, and the rule stays.
    pub fn type_rule(&mut self, text: String) {
        let Some((racer, rule)) = self.edited_rule() else {
            return;
        };
        let parameters = rule.parameters().clone();
        let next = OwnRule::new(rule.typed_title(), parameters, text.clone());
        if let Some(fault) = next.fault() {
            let unknown = next.unknown_names().unwrap_or_default();
            self.rules.draft = Some(Draft::of_rule(text, fault, unknown));
            return;
        }
        let change = RuleChange::Lines(text.clone());
        self.rules.draft = match self.change(Change::Rule(racer, change)) {
            Ok(()) => None,
            Err(fault) => Some(Draft::refused(text, in_words(&fault.to_string()))),
        };
    }

    /// Makes a name in the draft a parameter. If nothing else is missing, the draft becomes the rule.
    pub fn make_rule_slider(&mut self, name: &str) {
        let Some((racer, rule)) = self.edited_rule() else {
            return;
        };
        let Some(draft) = self.rules.draft.clone() else {
            return;
        };
        if !draft.unknown.iter().any(|unknown| unknown == name) {
            return;
        }
        let name = name.to_owned();
        let whole = RuleChange::Add {
            name: name.clone(),
            lines: Some(draft.text.clone()),
        };
        let is_whole = whole.clone().applied(rule).is_some();
        let change = if is_whole {
            whole
        } else {
            RuleChange::Add { name, lines: None }
        };
        match self.change(Change::Rule(racer, change)) {
            Ok(()) if is_whole => self.rules.draft = None,
            Ok(()) => self.type_rule(draft.text),
            Err(fault) => {
                let sentence = in_words(&fault.to_string());
                self.rules.draft = Some(Draft::refused(draft.text, sentence));
            }
        }
    }

    /// Gives the racer whose rule is edited the rule back of which it is a copy.
    ///
    /// # Errors
    /// If the race is not possible with it.
    pub fn revert_rule(&mut self) -> Result<(), Fault> {
        let Some((racer, _)) = self.edited_rule() else {
            return Ok(());
        };
        let Some(original) = self.original_of(racer).cloned() else {
            return Ok(());
        };
        self.change(Change::Optimizer(racer, original))?;
        self.close_rule();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::source::Source;
    use crate::preset;

    /// A document with Momentum, Adam, and others, in which a copy of Adam is edited.
    fn document() -> Document {
        let preset = preset::load_built_in("radford-beale").unwrap();
        let mut document = Document::new(preset, Source::New);
        let adam = document.selected().unwrap();
        document.edit_rule(adam).unwrap();
        document
    }

    fn lines(document: &Document) -> &str {
        document.edited_rule().unwrap().1.text()
    }

    #[test]
    fn a_text_becomes_the_rule_once_it_can_be_read() {
        let mut document = document();
        let before = document.experiment().clone();
        document.type_rule("theta <- theta -".to_owned());
        assert_eq!(*document.experiment(), before);
        assert_eq!(document.rule_draft().unwrap().text, "theta <- theta -");
        document.type_rule("theta <- theta - learning_rate*g".to_owned());
        assert_eq!(document.rule_draft(), None);
        assert_eq!(lines(&document), "theta <- theta - learning_rate*g");
        document.type_rule("theta <- ".to_owned());
        document.undo();
        assert_eq!(
            (document.rule_draft(), document.experiment()),
            (None, &before)
        );
        document.undo();
        assert_eq!(document.edited_rule(), None, "it is built in again");
        document.redo();
        assert!(document.edited_rule().is_some());
    }

    #[test]
    fn new_names_become_sliders_one_by_one() {
        let mut document = document();
        document.type_rule("theta <- theta - k*g - w*g^3".to_owned());
        assert_eq!(document.rule_draft().unwrap().unknown, ["k", "w"]);
        document.make_rule_slider("k");
        assert_eq!(document.rule_draft().unwrap().unknown, ["w"]);
        document.make_rule_slider("w");
        assert_eq!(document.rule_draft(), None);
        assert_eq!(lines(&document), "theta <- theta - k*g - w*g^3");
    }

    #[test]
    fn a_copy_knows_its_original_until_it_goes_back() {
        let mut document = document();
        let (racer, _) = document.edited_rule().unwrap();
        let original = document.original_of(racer).cloned().unwrap();
        assert_eq!(original.rule().title(), "Adam");
        document.revert_rule().unwrap();
        let now = &document.lineup().racer(racer).unwrap().plan.optimizer;
        assert_eq!(*now, original);
        assert_eq!(
            (document.original_of(racer), document.edited_rule()),
            (None, None)
        );
    }

    #[test]
    fn the_editor_is_open_again_when_the_document_is_restored() {
        let document = document();
        assert!(document.preset().view.rule);
        let mut restored = Document::restored(&document.kept());
        assert_eq!(lines(&restored), lines(&document));
        restored.close_rule();
        assert!(!restored.preset().view.rule);
    }

    #[test]
    fn a_rate_that_a_schedule_needs_cannot_be_typed_away() {
        let mut document = document();
        let (racer, _) = document.edited_rule().unwrap();
        let schedule = crate::experiment::Schedule::Exponential { factor: 0.99 };
        document.change(Change::Schedule(racer, schedule)).unwrap();
        document.type_rule("theta <- theta - 0.1*g".to_owned());
        let before = document.experiment().clone();
        let remove = RuleChange::Remove("learning_rate".to_owned());
        let refused = document.change(Change::Rule(racer, remove));
        assert!(refused.is_err());
        assert_eq!(*document.experiment(), before);
    }
}
