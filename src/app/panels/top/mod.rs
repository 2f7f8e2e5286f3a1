//! The bar at the top: the program's menu, the tabs, and what concerns the whole window.

pub mod bar;
mod history;
mod menu;
pub mod phone;
mod tabs;

/// The height of the bar.
pub const HEIGHT: f32 = 44.0;
