//! Undo and redo as a history of values.

use super::gesture::Gesture;
use super::ids::RevisionId;

/// A value with its history.
#[derive(Clone, Debug)]
pub struct History<T> {
    /// Earlier values, each with what was done to it.
    past: Vec<(T, String)>,
    now: T,
    /// Changes with `now`.
    revision: RevisionId,
    /// Undone values, each with what led to it; the next one is last.
    future: Vec<(T, String)>,
    /// The current gesture, whose changes form one undo step.
    gesture: Option<Gesture>,
}

/// The maximum number of undo steps.
const DEPTH: usize = 500;

impl<T: Clone + PartialEq> History<T> {
    /// Creates a history that contains only `now`.
    pub fn new(now: T) -> Self {
        Self {
            past: Vec::new(),
            now,
            revision: RevisionId::fresh(),
            future: Vec::new(),
            gesture: None,
        }
    }

    /// Returns the current value.
    pub fn now(&self) -> &T {
        &self.now
    }

    /// Returns the id of the current value, which no other value had.
    pub fn revision(&self) -> RevisionId {
        self.revision
    }

    /// Returns the values before the current one, the latest first.
    pub fn earlier(&self) -> impl Iterator<Item = &T> {
        self.past.iter().rev().map(|(value, _)| value)
    }

    /// Replaces the value. Changes of the same gesture form one undo step until [`Self::rest`];
    /// `tell` describes what led from one value to another.
    pub fn change(
        &mut self,
        next: T,
        gesture: Option<Gesture>,
        tell: impl FnOnce(&T, &T) -> String,
    ) {
        if next == self.now {
            return;
        }
        let continues = gesture.is_some() && gesture == self.gesture;
        let before = std::mem::replace(&mut self.now, next);
        if let Some((first, words)) = self.past.last_mut().filter(|_| continues) {
            *words = tell(first, &self.now);
        } else {
            let words = tell(&before, &self.now);
            self.past.push((before, words));
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.gesture = gesture;
        self.revision = RevisionId::fresh();
    }

    /// Ends the current gesture, so that the next change becomes a new undo step.
    pub fn rest(&mut self) {
        self.gesture = None;
    }

    /// Returns whether there is a change to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Returns whether there is a change to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Goes back one step, if possible.
    pub fn undo(&mut self) {
        if let Some((before, words)) = self.past.pop() {
            let after = std::mem::replace(&mut self.now, before);
            self.future.push((after, words));
            self.revision = RevisionId::fresh();
        }
        self.rest();
    }

    /// Goes forward one step, if possible.
    pub fn redo(&mut self) {
        if let Some((after, words)) = self.future.pop() {
            let before = std::mem::replace(&mut self.now, after);
            self.past.push((before, words));
            self.revision = RevisionId::fresh();
        }
        self.rest();
    }

    /// Returns what was done, oldest first, undone steps included.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let past = self.past.iter().map(|(_, words)| &**words);
        past.chain(self.future.iter().rev().map(|(_, words)| &**words))
    }

    /// Returns how many of the steps are done rather than undone.
    pub fn position(&self) -> usize {
        self.past.len()
    }

    /// Undoes or redoes steps until `position` of them are done.
    pub fn go_to(&mut self, position: usize) {
        while self.past.len() > position {
            self.undo();
        }
        while self.past.len() < position && self.can_redo() {
            self.redo();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<T: std::fmt::Display>(before: &T, after: &T) -> String {
        format!("{before} to {after}")
    }

    #[test]
    fn what_was_done_is_told_and_can_be_gone_back_to() {
        let mut history = History::new(0);
        history.change(1, Some(Gesture::Start), told);
        history.change(2, Some(Gesture::Start), told);
        history.change(3, None, told);
        history.change(4, None, told);
        let steps = ["0 to 2", "2 to 3", "3 to 4"];
        assert!(history.steps().eq(steps));
        history.go_to(1);
        assert_eq!((*history.now(), history.position()), (2, 1));
        assert!(history.steps().eq(steps), "undone steps stay");
        history.go_to(9);
        assert_eq!((*history.now(), history.position()), (4, 3));
        history.go_to(0);
        assert_eq!(*history.now(), 0);
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut history = History::new(0);
        for value in 1..=5 {
            history.change(value, Some(Gesture::Start), told);
        }
        history.rest();
        history.change(6, Some(Gesture::Start), told);
        history.undo();
        assert_eq!(*history.now(), 5);
        history.undo();
        assert_eq!(*history.now(), 0);
        assert!(!history.can_undo());
        history.redo();
        history.redo();
        assert_eq!(*history.now(), 6);
        assert!(!history.can_redo());
    }

    #[test]
    fn a_change_after_an_undo_forgets_the_future() {
        let mut history = History::new('a');
        history.change('b', None, told);
        history.undo();
        history.change('c', None, told);
        assert!(!history.can_redo());
        history.undo();
        assert_eq!(*history.now(), 'a');
    }

    #[test]
    fn no_change_is_no_step() {
        let mut history = History::new(1);
        history.change(1, None, told);
        assert!(!history.can_undo());
    }
}
