//! Long work in slices.

/// How far a job has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<T> {
    /// It goes on.
    Working {
        /// The units of work that are done.
        done: u64,
        /// The units of work in all, as far as it is known.
        of: u64,
    },
    /// It is finished, and this is what came of it.
    Done(T),
}

/// Long work that is done in slices. A slice is counted in units of work rather than in time, so
/// that a job is the same on every machine; whoever drives it, a thread or the frames of a page,
/// decides how much to do at once.
pub trait Job: Send {
    /// What comes of it.
    type Out;

    /// Does some `work` more: units of about one look at a row of data or at a formula. After
    /// [`Progress::Done`], the job is spent.
    fn advance(&mut self, work: u64) -> Progress<Self::Out>;

    /// Does all that is left.
    fn finish(mut self) -> Self::Out
    where
        Self: Sized,
    {
        loop {
            if let Progress::Done(out) = self.advance(u64::MAX) {
                return out;
            }
        }
    }
}
