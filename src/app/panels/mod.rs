//! The parts of the window, by where they stand. A panel is handed the document that it shows, and
//! sends actions; it never changes anything itself.

pub mod bottom;
pub mod centre;
pub mod comparison;
pub mod formula;
pub mod left;
pub mod phone;
pub mod right;
pub mod rule;
pub mod top;
pub mod typing;
