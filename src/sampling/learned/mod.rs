//! What a network has learned: its predictions over one or two features of its data.
//!
//! An [`Outlook`] is what does not change while the network learns: the features that are seen, the
//! window over them, and the rows that are shown. A [`LearnedJob`] turns it and the weights of a
//! moment into [`Learned`], which [`Palette`] paints.

mod borders;
mod field;
mod job;
mod outlook;
mod palette;
mod prediction;
#[cfg(test)]
mod tests;

pub use borders::borders;
pub use field::Field;
pub use job::LearnedJob;
pub use outlook::{Dot, Outlook, Sight};
pub use palette::Palette;
pub use prediction::{Learned, Prediction};
