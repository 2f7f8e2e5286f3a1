//! Undo and redo as a history of values.

use crate::app::document::change::Gesture;

/// A value with its history.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: Vec<T>,
    now: T,
    future: Vec<T>,
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
            future: Vec::new(),
            gesture: None,
        }
    }

    /// Returns the current value.
    pub fn now(&self) -> &T {
        &self.now
    }

    /// Replaces the value. Changes of the same gesture form one undo step until [`Self::rest`].
    pub fn change(&mut self, next: T, gesture: Option<Gesture>) {
        if next == self.now {
            return;
        }
        let continues = gesture.is_some() && gesture == self.gesture && !self.past.is_empty();
        let before = std::mem::replace(&mut self.now, next);
        if !continues {
            self.past.push(before);
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.gesture = gesture;
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
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.now, before));
        }
        self.rest();
    }

    /// Goes forward one step, if possible.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
        }
        self.rest();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_is_one_step() {
        let mut history = History::new(0);
        for value in 1..=5 {
            history.change(value, Some(Gesture::Start));
        }
        history.rest();
        history.change(6, Some(Gesture::Start));
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
        history.change('b', None);
        history.undo();
        history.change('c', None);
        assert!(!history.can_redo());
        history.undo();
        assert_eq!(*history.now(), 'a');
    }

    #[test]
    fn no_change_is_no_step() {
        let mut history = History::new(1);
        history.change(1, None);
        assert!(!history.can_undo());
    }
}
