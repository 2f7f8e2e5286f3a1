//! The controls of a racer: its hyper-parameters, in rows, wherever they stand.

pub mod card;
pub mod from_here;
pub mod links;
pub mod parameter_row;
pub mod rate;
pub mod rows;
pub mod weight;

pub use card::Card;
