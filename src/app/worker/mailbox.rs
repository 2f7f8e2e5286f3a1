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
    /// Returns whether the place is empty. Otherwise nobody has taken the last result yet, and the
    /// next need not even be made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.lock().is_ok_and(|place| place.is_none())
    }

    /// Fills the place.
    pub fn fill(&self, result: T) {
        if let Ok(mut place) = self.0.lock() {
            *place = Some(result);
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
    fn a_result_is_taken_once() {
        let (ours, theirs) = {
            let place = Mailbox::default();
            (place.clone(), place)
        };
        assert!(theirs.is_empty());
        assert_eq!(ours.take(), None);
        theirs.fill(1);
        assert!(!theirs.is_empty());
        assert_eq!([ours.take(), ours.take()], [Some(1), None]);
        assert!(theirs.is_empty());
        theirs.fill(2);
        assert_eq!(ours.take(), Some(2));
    }
}
