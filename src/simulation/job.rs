//! Long computations in slices.

/// The progress of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress<T> {
    /// The job is not finished yet.
    Working {
        /// The number of units of work done so far.
        done: u64,
        /// The total number of units of work, as far as known.
        of: u64,
    },
    /// The job is finished, with this result.
    Done(T),
}

/// A long computation that is done in slices. Slices are measured in units of work rather than in
/// time, so that a job behaves the same on every machine; its driver, a thread or the frames of a
/// web page, decides how much to do at once.
pub trait Job: Send {
    /// The result.
    type Out;

    /// Does `work` more units, each about one evaluation of a row of data or of a formula. The job
    /// is spent once it has returned [`Progress::Done`].
    fn advance(&mut self, work: u64) -> Progress<Self::Out>;

    /// Does all the remaining work.
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
