//! Controls that stand in several places: the hyper-parameters of a racer, in rows, and the menu of
//! surfaces.

pub mod card;
pub mod checked;
pub mod from_here;
pub mod links;
pub mod parameter_row;
pub mod rate;
pub mod rows;
pub mod surface_menu;
pub mod weight;

pub use card::Card;
