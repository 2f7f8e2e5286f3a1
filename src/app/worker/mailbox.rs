//! Where running work leaves what it has so far.

use std::sync::{Arc, Mutex};

/// A place for one interim result: the work fills it, and whoever waits takes it out. Clones share
/// the place.
#[derive(Debug)]
pub struct Mailbox<T>(Arc<Mutex<Option<T>>>);

impl<T> Default for Mailbox<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Clone for Mailbox<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Mailbox<T> {
    /// Fills the place if it is empty. Otherwise nobody has taken the last result yet, and this one
    /// is not even made.
    pub fn fill(&self, make: impl FnOnce() -> T) {
        let is_empty = self.0.lock().is_ok_and(|place| place.is_none());
        if is_empty {
            let made = make();
            if let Ok(mut place) = self.0.lock() {
                *place = Some(made);
            }
        }
    }

    /// Takes out the last result, if there is one.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.0.lock().ok()?.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_only_if_the_last_one_was_taken() {
        let (ours, theirs) = {
            let place = Mailbox::default();
            (place.clone(), place)
        };
        assert_eq!(ours.take(), None);
        theirs.fill(|| 1);
        theirs.fill(|| panic!("nobody would see it"));
        assert_eq!([ours.take(), ours.take()], [Some(1), None]);
        theirs.fill(|| 2);
        assert_eq!(ours.take(), Some(2));
    }
}
